"""An explanation in words: why a text is understood as it is, for admins and for editors of the knowledge."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.language.negation import Polarity
from bot.domain.texts import Texts
from bot.domain.understanding.evidence import DeductionReason, Evidence, Fit, RespelledWord, Verdict, WordMeaning
from bot.domain.understanding.explanation import Derivation
from bot.domain.understanding.patterns import PatternKind

Say = Callable[..., str]  # gives a fixed text by its key; escapes the values it fills in
Locate = Callable[[Evidence, Fit], str]  # gives "texts/en/signs/stroke.yaml:12", or empty if the line is not known
MOST_OTHERS = 3  # patterns that are named beside the best one
MOST_WEIGHTS = 10  # words and letters that are named for a half-heard red flag
_INDENT = "   "
_BRIEF = frozenset({Verdict.ALONE, Verdict.GENERAL})  # about general words: they come last, without details


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines below it, in Telegram's HTML."""

    heading: str
    lines: tuple[str, ...]


def because(derivation: Derivation, texts: Texts, say: Say, locate: Locate) -> tuple[Section, ...]:
    """The derivation step by step, from words to results. Empty sections are left out."""
    writer = _Writer(texts, say, locate)
    sections = (
        ("words", map(writer.respelled, derivation.respelled)),
        ("concepts", map(writer.meaning, derivation.meanings)),
        *((kind.name.casefold(), writer.evidence(derivation.of(kind))) for kind in PatternKind),
        ("half_heard", writer.doubts(derivation)),
        ("point", writer.points(derivation)),
        ("other", writer.other(derivation)),
    )
    filled = ((key, tuple(lines)) for key, lines in sections)
    return tuple(Section(say(f"because.{key}"), lines) for key, lines in filled if lines)


def shortened(sections: Sequence[Section], longest: int, more: Callable[[int], str]) -> str:
    """The sections as one text of at most `longest` characters, tags included. The longest lists are cut first.

    `more` gives the line that says how many lines were left out.
    """
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
    def __init__(self, texts: Texts, say: Say, locate: Locate) -> None:
        self._texts = texts
        self._say = say
        self._locate = locate

    def respelled(self, word: RespelledWord) -> str:
        return self._say(f"because.{word.change}", written=word.written, read=word.read_as)

    def meaning(self, word: WordMeaning) -> str:
        named = [each for each in word.concepts if each in self._texts.vocabulary.concepts] or [word.concepts[0]]
        key = "concept" if word.known else "unknown"
        line = self._say(f"because.{key}", written=word.written, concept=", ".join(named))
        return ", ".join([line, *(self._say(f"because.{note}") for note in _notes(word))])

    def evidence(self, evidence: Iterable[Evidence]) -> Iterator[str]:
        for each in sorted(evidence, key=lambda one: one.verdict in _BRIEF):
            yield from self._evidence(each)

    def doubts(self, derivation: Derivation) -> Iterator[str]:
        for doubt in derivation.doubts:
            name = self._texts.red_flags[doubt.row.id].name
            likely = f"{doubt.row.doubt:.2f}"
            yield self._say("because.doubt", name=name, id=doubt.row.id, doubt=likely, words=doubt.row.quote)
            weights = " · ".join(f"{each.text} {each.weight:+.2f}" for each in doubt.weighed[:MOST_WEIGHTS])
            yield _INDENT + self._say("because.weights", weights=weights)

    def points(self, derivation: Derivation) -> Iterator[str]:
        understood = derivation.understood
        for code in (*understood.points, *understood.point_choice):
            yield self._say("because.point_named", code=code, name=self._texts.points[code].name)
        if understood.point_unknown:
            yield self._say("because.point_unknown", name=understood.point_unknown)

    def other(self, derivation: Derivation) -> Iterator[str]:
        understood = derivation.understood
        if understood.about:
            yield self._say("because.about", person=understood.about)
        if understood.vague:
            yield self._say("because.vague")
        if understood.answer:
            yield self._say("because.answer", answer=understood.answer.value)
        if not understood.readable:
            yield self._say("because.unreadable")

    def _evidence(self, each: Evidence) -> Iterator[str]:
        best, *others = each.fits
        verdict = self._say(f"because.{each.verdict.value}", by=each.by)
        key = "scored" if each.kind is PatternKind.COMPLAINT else "found"
        yield self._say(
            f"because.{key}", name=self._name(each), id=each.owner, verdict=verdict, score=f"{each.score:.2f}"
        )
        yield _INDENT + self._fit(each, best)
        for deduction in best.deductions:
            if deduction.reason is not DeductionReason.BARE:
                yield _INDENT + self._say(f"because.{deduction.reason.value}", words=_quoted(deduction.words))
        if others and each.verdict not in _BRIEF:
            yield _INDENT + self._others(others)

    def _fit(self, each: Evidence, fit: Fit) -> str:
        words, location = _quoted(fit.words), self._locate(each, fit)
        if not fit.pattern:
            return self._say("because.bare", words=words)
        key = "fit_at" if location else "fit"
        return self._say(f"because.{key}", words=words, pattern=fit.pattern, place=location)

    def _others(self, others: Sequence[Fit]) -> str:
        patterns = list(dict.fromkeys(fit.pattern for fit in others))
        left = len(patterns) - MOST_OTHERS
        key = "others_more" if left > 0 else "others"
        return self._say(f"because.{key}", patterns=" · ".join(patterns[:MOST_OTHERS]), n=str(left))

    def _name(self, each: Evidence) -> str:
        match each.kind:
            case PatternKind.FLAG:
                return self._texts.red_flags[each.owner].name
            case PatternKind.COMPLAINT:
                return self._texts.conditions[each.owner].name
            case PatternKind.FACT:
                return self._texts.contraindications[each.owner].name
            case PatternKind.REFUSAL | PatternKind.TOPIC:
                return each.owner


def _notes(word: WordMeaning) -> Iterator[str]:
    if word.polarity is not Polarity.SAID:
        yield word.polarity.name.casefold()
    if not word.current:
        yield "over"


def _quoted(words: Iterable[str]) -> str:
    return " … ".join(words)
