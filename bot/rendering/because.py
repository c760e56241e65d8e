"""A derivation in words: why a text is understood as it is, for admins and for people who write the knowledge."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.language.negation import Polarity
from bot.domain.texts import Texts
from bot.domain.understanding.evidence import Evidence, Fit, Lowered, Meant, Verdict
from bot.domain.understanding.explanation import Derivation
from bot.domain.understanding.patterns import PatternKind

Say = Callable[..., str]  # a fixed text by its key, with values that it escapes
Places = Callable[[Evidence, Fit], str]  # "texts/en/signs/stroke.yaml:12", or empty where nobody knows
OTHERS = 3  # other patterns that are named beside the best
_INDENT = "   "
_NO_TALK = frozenset({Verdict.ALONE, Verdict.GENERAL})  # general words: named last, and shortly


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines below it, as Telegram's HTML."""

    heading: str
    lines: tuple[str, ...]


def because(derivation: Derivation, texts: Texts, say: Say, where: Places) -> tuple[Section, ...]:
    """The derivation in the order it came about. Sections that would be empty are left out."""
    writer = _Writer(texts, say, where)
    sections = (
        ("words", (writer.read(word.written, word.read, word.change) for word in derivation.words)),
        ("concepts", map(writer.meant, derivation.meant)),
        *((kind.name.casefold(), writer.all(derivation.of(kind))) for kind in PatternKind),
        ("point", writer.points(derivation)),
        ("other", writer.other(derivation)),
    )
    told = ((key, tuple(lines)) for key, lines in sections)
    return tuple(Section(say(f"because.{key}"), lines) for key, lines in told if lines)


def shortened(sections: Sequence[Section], longest: int, more: Callable[[int], str]) -> str:
    """The sections as one text of at most `longest` characters: the longest lists lose their ends first."""
    most = max((len(section.lines) for section in sections), default=0)
    while most > 1 and len(_joined(sections, most, more)) > longest:
        most -= 1
    lines = _joined(sections, most, more).split("\n")
    while len("\n".join(lines)) > longest:
        lines.pop()
    return "\n".join(lines)


def _joined(sections: Iterable[Section], most: int, more: Callable[[int], str]) -> str:
    lines: list[str] = []
    for section in sections:
        left = len(section.lines) - most
        lines += [section.heading, *section.lines[:most], *([more(left)] if left > 0 else [])]
    return "\n".join(lines)


class _Writer:
    def __init__(self, texts: Texts, say: Say, where: Places) -> None:
        self._texts = texts
        self._say = say
        self._where = where

    def read(self, written: str, read: str, change: str) -> str:
        return self._say(f"because.{change}", written=written, read=read)

    def meant(self, meant: Meant) -> str:
        named = [each for each in meant.concepts if each in self._texts.vocabulary.concepts] or [meant.concepts[0]]
        key = "concept" if meant.known else "unknown"
        said = self._say(f"because.{key}", written=meant.written, concept=", ".join(named))
        return ", ".join([said, *(self._say(f"because.{note}") for note in _notes(meant))])

    def all(self, evidence: Iterable[Evidence]) -> Iterator[str]:
        for each in sorted(evidence, key=lambda one: one.verdict in _NO_TALK):
            yield from self._evidence(each)

    def points(self, derivation: Derivation) -> Iterator[str]:
        found = derivation.understood
        for code in (*found.points, *found.point_choice):
            yield self._say("because.point_named", code=code, name=self._texts.points[code].name)
        if found.point_unknown:
            yield self._say("because.point_unknown", name=found.point_unknown)

    def other(self, derivation: Derivation) -> Iterator[str]:
        found = derivation.understood
        if found.about:
            yield self._say("because.about", person=found.about)
        if found.vague:
            yield self._say("because.vague")
        if found.answer:
            yield self._say("because.answer", answer=found.answer.value)
        if not found.readable:
            yield self._say("because.unreadable")

    def _evidence(self, each: Evidence) -> Iterator[str]:
        best, *others = each.fits
        verdict = self._say(f"because.{each.verdict.value}", by=each.by)
        key = "scored" if each.kind is PatternKind.COMPLAINT else "found"
        yield self._say(
            f"because.{key}", name=self._name(each), id=each.owner, verdict=verdict, score=f"{each.score:.2f}"
        )
        yield _INDENT + self._fit(each, best)
        for less in best.less:
            if less.why is not Lowered.BARE:
                yield _INDENT + self._say(f"because.{less.why.value}", words=_quoted(less.words))
        if others and each.verdict not in _NO_TALK:
            yield _INDENT + self._others(others)

    def _fit(self, each: Evidence, fit: Fit) -> str:
        words, place = _quoted(fit.words), self._where(each, fit)
        if not fit.pattern:
            return self._say("because.bare", words=words)
        key = "fit_at" if place else "fit"
        return self._say(f"because.{key}", words=words, pattern=fit.pattern, place=place)

    def _others(self, others: Sequence[Fit]) -> str:
        named = list(dict.fromkeys(fit.pattern for fit in others))
        left = len(named) - OTHERS
        key = "others_more" if left > 0 else "others"
        return self._say(f"because.{key}", patterns=" · ".join(named[:OTHERS]), n=str(left))

    def _name(self, each: Evidence) -> str:
        match each.kind:
            case PatternKind.FLAG:
                return self._texts.red_flags[each.owner].name
            case PatternKind.COMPLAINT:
                return self._texts.conditions[each.owner].name
            case PatternKind.FACT:
                return self._texts.contraindications[each.owner].name
            case PatternKind.REFUSAL:
                return each.owner


def _notes(meant: Meant) -> Iterator[str]:
    if meant.polarity is not Polarity.SAID:
        yield meant.polarity.name.casefold()
    if not meant.live:
        yield "over"


def _quoted(words: Iterable[str]) -> str:
    return " … ".join(words)
