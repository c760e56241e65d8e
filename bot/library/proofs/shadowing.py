"""Who takes whose messages: phrases, patterns and ways to say something that are understood as something else.

Told as warnings by `check` and /reload, for the editor who has just added a line. Each names the line that takes it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import permutations

from bot.domain.knowledge import Knowledge, Tier, Urgency
from bot.domain.understanding.explanation import derive
from bot.domain.understanding.patterns import Part, Pattern, PatternKind
from bot.domain.understanding.understand import Understanding
from bot.domain.understanding.understood import Understood
from bot.library.checks.names import folded
from bot.library.problems import Problem
from bot.library.proofs.blame import Leading
from bot.library.proofs.places import Places
from bot.library.proofs.wide import wide_phrases
from bot.library.reading.draft import Draft
from bot.library.reading.entries import Entry
from bot.library.reading.models import ConditionTextFile
from bot.library.reading.yaml_file import Steps

Understandings = Mapping[str, Understanding]
_PART, _TROUBLE = "body_part", "trouble"  # groups: what something is, and what ails it


def shadowed_messages(draft: Draft, knowledge: Knowledge, understandings: Understandings) -> Iterator[Problem]:
    """Everything in the knowledge that is understood as something it does not stand under."""
    for language, understanding in understandings.items():
        finder = _Finder(draft, knowledge, understanding, language)
        yield from finder.phrases()
        ways = knowledge.texts[language].vocabulary.concepts
        yield from wide_phrases(draft, ways, understanding, language)
        yield from finder.same_phrases()
        yield from finder.look_alikes()
        yield from finder.statements()
        yield from ways_in_two_places(draft, language, understanding)


class _Finder:
    def __init__(self, draft: Draft, knowledge: Knowledge, understanding: Understanding, language: str) -> None:
        self._draft = draft
        self._knowledge = knowledge
        self._understanding = understanding
        self._language = language
        self._texts = knowledge.texts[language]
        self._places = Places(draft, language)
        self._leading = Leading(draft, language, understanding)

    def phrases(self) -> Iterator[Problem]:
        """A complaint's name and phrases mean that complaint, are no warning sign and state nothing else."""
        for entry in self._draft.entries(f"{self._language}/conditions").values():
            declared = _declared(entry.value, self._knowledge)
            for within, phrase in _messages(entry.value):
                understood = self._understanding.understand(phrase)
                for fault, kind, owner in self._misunderstood(entry.id, phrase, understood, declared):
                    what = "name" if within == ("name",) else "phrase"
                    text = f'the {what} "{phrase}" {fault}'
                    yield entry.warning(within, text, self._hint(phrase, what, kind, owner))

    def same_phrases(self) -> Iterator[Problem]:
        """No phrase says in other words what another complaint is called, or has a pattern for that this one lacks."""
        for group in self._saying_the_same():
            for pattern, other in permutations(group, 2):
                entry = self._draft.entries(f"{self._language}/conditions")[pattern.owner]
                if pattern.text in entry.value.phrases and pattern.owner != other.owner and self._robs(pattern, other):
                    place = self._places.of(PatternKind.COMPLAINT, other.owner, other.text)
                    text = f'the phrase "{pattern.text}" says the same as "{other.text}" of {other.owner}'
                    hint = f"That is in knowledge/{place}. Take it out of one of them."
                    yield entry.warning(("phrases", entry.value.phrases.index(pattern.text)), text, hint)

    def _saying_the_same(self) -> Iterable[Sequence[Pattern]]:
        """The complaints' patterns that ask for the same, whatever their words."""
        groups: dict[tuple[Part, ...], list[Pattern]] = {}
        for pattern in self._understanding.workings("").pattern_index.patterns:
            if pattern.kind is PatternKind.COMPLAINT:
                groups.setdefault(pattern.parts, []).append(pattern)
        return groups.values()

    def _robs(self, pattern: Pattern, other: Pattern) -> bool:
        """Whether the other complaint has more right to what both say. Of equals the first by name is taken."""
        if "{" in other.text or other.text == self._texts.conditions[other.owner].name:
            return True
        weighed = self._understanding.workings(pattern.text).weighed
        whole = max((candidate.tokens for _, candidate in weighed), key=len)
        composed = {found.owner for (found, _), each in weighed if "{" in found.text and each.tokens == whole}
        return pattern.owner < other.owner and other.owner in composed and pattern.owner not in composed

    def look_alikes(self) -> Iterator[Problem]:
        """What only looks like a red flag raises none of that name (S-10)."""
        for entry in self._draft.entries(f"{self._language}/red_flags").values():
            for place, phrase in enumerate(entry.value.look_alikes):
                if any(flag.id == entry.id for flag in self._understanding.understand(phrase).red_flags):
                    hint = self._hint(phrase, "look-alike", PatternKind.FLAG, entry.id)
                    yield entry.warning(("look_alikes", place), f'the look-alike "{phrase}" raises the flag', hint)

    def statements(self) -> Iterator[Problem]:
        """A phrase of a contraindication states it."""
        rows = _rows(self._knowledge)
        for entry in self._draft.entries(f"{self._language}/contraindications").values():
            for place, phrase in enumerate(entry.value.phrases):
                heard = self._understanding.understand(phrase)
                if "{" not in phrase and not {entry.id, rows.get(entry.id)} & (heard.ticked | heard.contraindications):
                    hint = self._says_no_more(phrase)
                    yield entry.warning(("phrases", place), f'the phrase "{phrase}" does not state it', hint)

    def _says_no_more(self, phrase: str) -> str:
        said = " and ".join(each.concepts[0] for each in derive(self._understanding, phrase).meanings) or "nothing"
        return f"It says no more than {said}: too general, or a complaint by itself. Say more, or take it out."

    def _misunderstood(
        self, condition: str, phrase: str, heard: Understood, declared: Mapping[str, Collection[str]]
    ) -> Iterator[tuple[str, PatternKind, str]]:
        """Each fault in words, and what takes the phrase: of which kind, and whose."""
        stopping = [flag.id for flag in heard.red_flags if flag.urgency is not Urgency.SEE_GP]
        if stopping:
            yield f"raises the red flag {stopping[0]}", PatternKind.FLAG, stopping[0]
            return
        meant = [each.id for each in (*heard.accepted, *heard.offered)]
        if meant and condition not in meant:
            yield f"is understood as {meant[0]}", PatternKind.COMPLAINT, meant[0]
        if self._knowledge.conditions[condition].tier is not Tier.REFER:
            rows = _rows(self._knowledge)
            for id_ in sorted((heard.ticked | heard.contraindications) - {*declared.get(phrase, ())}):
                owner = next((each for each, row in rows.items() if row == id_ and self._states(phrase, each)), id_)
                yield f"is heard as stating {id_}", PatternKind.FACT, owner

    def _states(self, phrase: str, contraindication: str) -> bool:
        return any(each.owner == contraindication for each in derive(self._understanding, phrase).of(PatternKind.FACT))

    def _hint(self, phrase: str, what: str, kind: PatternKind, owner: str) -> str:
        """Which line takes it, where that stands, and what to do."""
        line = self._leading.line(phrase, kind, owner)
        if line is None:
            return f"Remove the {what}, or narrow what it is taken for."
        if folded(line.text) == folded(phrase):
            return f"{owner} has it too, in {line.place}. Take it out of one of them."
        return f'"{line.text}" in {line.place} takes it. Narrow that, or take the {what} out.'


def ways_in_two_places(draft: Draft, language: str, understanding: Understanding) -> Iterator[Problem]:
    """No way of saying something names two parts of the body, or a part and what may ail it."""
    lexicon = understanding.workings("").lexicon
    first: dict[str, tuple[str, str]] = {}  # the concept that has it already, and where
    for merged in draft.entries(f"{language}/concepts").values():
        for entry in (merged, *merged.joined):
            for place, way in enumerate(entry.raw):
                other, line = first.setdefault(folded(way), (entry.id, _line(entry, place)))
                one, two = {*lexicon.concepts_of(other)}, {*lexicon.concepts_of(entry.id)}
                if other != entry.id and _are_apart(one, two):
                    hint = f"It is in {line}. Take it out of one of them."
                    yield entry.warning((place,), f'"{way}" stands under {other}, too', hint)


def _line(entry: Entry, place: int) -> str:
    return f"knowledge/{entry.tree.file}:{entry.tree.line((*entry.steps, place))}"


def _are_apart(one: set[str], two: set[str]) -> bool:
    """Whether two concepts, with their groups, are none that one word may name together."""
    return any(a in one and b in two for a, b in ((_PART, _PART), (_PART, _TROUBLE), (_TROUBLE, _PART)))


def _messages(text: ConditionTextFile) -> Iterable[tuple[Steps, str]]:
    return ((("name",), text.name), *((("phrases", place), phrase) for place, phrase in enumerate(text.phrases)))


def _declared(text: ConditionTextFile, knowledge: Knowledge) -> Mapping[str, Collection[str]]:
    """What each phrase is meant to state: contraindications, and the rows that ask about them."""
    rows = _rows(knowledge)
    return {phrase: {id_, rows.get(id_, id_)} for phrase, id_ in text.states.items()}


def _rows(knowledge: Knowledge) -> Mapping[str, str]:
    """The row of the checklist that asks about a contraindication."""
    return {id_: row.id for row in knowledge.checklist.rows for id_ in row.contraindications}
