"""Warns of phrases and patterns that shadow another entry: messages meant for one are understood as the other.

`check` and /reload show these warnings to the editor. Each names the line that wins.
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
from bot.library.proofs.blame import LineFinder
from bot.library.proofs.places import Places
from bot.library.proofs.wide import wide_phrases
from bot.library.reading.draft import Draft
from bot.library.reading.entries import Entry
from bot.library.reading.models import ConditionTextFile
from bot.library.reading.yaml_file import Steps

Understandings = Mapping[str, Understanding]
_PART, _TROUBLE = "body_part", "trouble"  # groups of the vocabulary


def shadowed_messages(draft: Draft, knowledge: Knowledge, understandings: Understandings) -> Iterator[Problem]:
    """Warn of each phrase and name that is understood as something else than its entry."""
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
    """Finds shadowed messages in one language."""

    def __init__(self, draft: Draft, knowledge: Knowledge, understanding: Understanding, language: str) -> None:
        self._draft = draft
        self._knowledge = knowledge
        self._understanding = understanding
        self._language = language
        self._texts = knowledge.texts[language]
        self._places = Places(draft, language)
        self._finder = LineFinder(draft, language, understanding)

    def phrases(self) -> Iterator[Problem]:
        """Warn of names and phrases of complaints that mean another, raise a red flag or state anything undeclared."""
        for entry in self._draft.entries(f"{self._language}/conditions").values():
            declared = _declared(entry.value, self._knowledge)
            for within, phrase in _messages(entry.value):
                understood = self._understanding.understand(phrase)
                for fault, kind, owner in self._misunderstood(entry.id, phrase, understood, declared):
                    what = "name" if within == ("name",) else "phrase"
                    text = f'the {what} "{phrase}" {fault}'
                    yield entry.warning(within, text, self._hint(phrase, what, kind, owner))

    def same_phrases(self) -> Iterator[Problem]:
        """Warn of phrases that say in other words what another complaint is called, or has a pattern for."""
        for group in self._saying_the_same():
            for pattern, other in permutations(group, 2):
                entry = self._draft.entries(f"{self._language}/conditions")[pattern.owner]
                if (
                    pattern.text in entry.value.phrases
                    and pattern.owner != other.owner
                    and self._loses_to(pattern, other)
                ):
                    place = self._places.of(PatternKind.COMPLAINT, other.owner, other.text)
                    text = f'the phrase "{pattern.text}" says the same as "{other.text}" of {other.owner}'
                    hint = f"That is in knowledge/{place}. Take it out of one of them."
                    yield entry.warning(("phrases", entry.value.phrases.index(pattern.text)), text, hint)

    def _saying_the_same(self) -> Iterable[Sequence[Pattern]]:
        """Return the patterns of complaints, in groups that ask for the same things."""
        groups: dict[tuple[Part, ...], list[Pattern]] = {}
        for pattern in self._understanding.workings("").pattern_index.patterns:
            if pattern.kind is PatternKind.COMPLAINT:
                groups.setdefault(pattern.parts, []).append(pattern)
        return groups.values()

    def _loses_to(self, pattern: Pattern, other: Pattern) -> bool:
        """Whether the other complaint would win what both say. Of equal ones the first by name wins."""
        if "{" in other.text or other.text == self._texts.conditions[other.owner].name:
            return True
        weighed = self._understanding.workings(pattern.text).weighed
        whole = max((candidate.tokens for _, candidate in weighed), key=len)
        composed = {found.owner for (found, _), each in weighed if "{" in found.text and each.tokens == whole}
        return pattern.owner < other.owner and other.owner in composed and pattern.owner not in composed

    def look_alikes(self) -> Iterator[Problem]:
        """Warn of look-alikes of a red flag that raise it (S-10)."""
        for entry in self._draft.entries(f"{self._language}/red_flags").values():
            for index, phrase in enumerate(entry.value.look_alikes):
                if any(flag.id == entry.id for flag in self._understanding.understand(phrase).red_flags):
                    hint = self._hint(phrase, "look-alike", PatternKind.FLAG, entry.id)
                    yield entry.warning(("look_alikes", index), f'the look-alike "{phrase}" raises the flag', hint)

    def statements(self) -> Iterator[Problem]:
        """Warn of phrases of a contraindication that do not state it. Phrases with {name} are left out."""
        rows = _rows(self._knowledge)
        for entry in self._draft.entries(f"{self._language}/contraindications").values():
            for index, phrase in enumerate(entry.value.phrases):
                understood = self._understanding.understand(phrase)
                if "{" not in phrase and not {entry.id, rows.get(entry.id)} & (
                    understood.ticked | understood.contraindications
                ):
                    hint = self._too_general(phrase)
                    yield entry.warning(("phrases", index), f'the phrase "{phrase}" does not state it', hint)

    def _too_general(self, phrase: str) -> str:
        """Return the hint for a phrase that states nothing."""
        said = " and ".join(each.concepts[0] for each in derive(self._understanding, phrase).meanings) or "nothing"
        return f"It says no more than {said}: too general, or a complaint by itself. Say more, or take it out."

    def _misunderstood(
        self, condition: str, phrase: str, understood: Understood, declared: Mapping[str, Collection[str]]
    ) -> Iterator[tuple[str, PatternKind, str]]:
        """Yield each fault in words, and the kind and id of the entry that wins the phrase."""
        stopping = [flag.id for flag in understood.red_flags if flag.urgency is not Urgency.SEE_GP]
        if stopping:
            yield f"raises the red flag {stopping[0]}", PatternKind.FLAG, stopping[0]
            return
        meant = [each.id for each in (*understood.accepted, *understood.offered)]
        if meant and condition not in meant:
            yield f"is understood as {meant[0]}", PatternKind.COMPLAINT, meant[0]
        if self._knowledge.conditions[condition].tier is not Tier.REFER:
            rows = _rows(self._knowledge)
            for id_ in sorted((understood.ticked | understood.contraindications) - {*declared.get(phrase, ())}):
                owner = next((each for each, row in rows.items() if row == id_ and self._states(phrase, each)), id_)
                yield f"is heard as stating {id_}", PatternKind.FACT, owner

    def _states(self, phrase: str, contraindication: str) -> bool:
        return any(each.owner == contraindication for each in derive(self._understanding, phrase).of(PatternKind.FACT))

    def _hint(self, phrase: str, what: str, kind: PatternKind, owner: str) -> str:
        """Return which line wins the phrase, where that line is, and what to do."""
        line = self._finder.find(phrase, kind, owner)
        if line is None:
            return f"Remove the {what}, or narrow what it is taken for."
        if folded(line.text) == folded(phrase):
            return f"{owner} has it too, in {line.place}. Take it out of one of them."
        return f'"{line.text}" in {line.place} takes it. Narrow that, or take the {what} out.'


def ways_in_two_places(draft: Draft, language: str, understanding: Understanding) -> Iterator[Problem]:
    """Warn of words in two concepts that exclude each other: two body parts, or a body part and a trouble."""
    lexicon = understanding.workings("").lexicon
    first: dict[str, tuple[str, str]] = {}  # for each word or expression, its first concept and where that is
    for merged in draft.entries(f"{language}/concepts").values():
        for entry in (merged, *merged.joined):
            for index, way in enumerate(entry.raw):
                other, line = first.setdefault(folded(way), (entry.id, _line(entry, index)))
                one, two = {*lexicon.concepts_of(other)}, {*lexicon.concepts_of(entry.id)}
                if other != entry.id and _are_apart(one, two):
                    hint = f"It is in {line}. Take it out of one of them."
                    yield entry.warning((index,), f'"{way}" stands under {other}, too', hint)


def _line(entry: Entry, index: int) -> str:
    return f"knowledge/{entry.tree.file}:{entry.tree.line((*entry.steps, index))}"


def _are_apart(one: set[str], two: set[str]) -> bool:
    """Whether one word may not be in two concepts that are in these groups."""
    return any(a in one and b in two for a, b in ((_PART, _PART), (_PART, _TROUBLE), (_TROUBLE, _PART)))


def _messages(text: ConditionTextFile) -> Iterable[tuple[Steps, str]]:
    return ((("name",), text.name), *((("phrases", index), phrase) for index, phrase in enumerate(text.phrases)))


def _declared(text: ConditionTextFile, knowledge: Knowledge) -> Mapping[str, Collection[str]]:
    """Return what each phrase is meant to state: contraindications, and the rows that ask about them."""
    rows = _rows(knowledge)
    return {phrase: {id_, rows.get(id_, id_)} for phrase, id_ in text.states.items()}


def _rows(knowledge: Knowledge) -> Mapping[str, str]:
    """Return, for each contraindication, the row of the checklist that asks about it."""
    return {id_: row.id for row in knowledge.checklist.rows for id_ in row.contraindications}
