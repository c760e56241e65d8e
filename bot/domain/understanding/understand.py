"""From a text to what it says: red flags, complaints, points, answers, and the words that led there."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from bot.domain.knowledge import Knowledge, Urgency
from bot.domain.language.lexicon import Lexicon
from bot.domain.language.negation import Utterance
from bot.domain.language.roles import Role
from bot.domain.language.words import clean, words
from bot.domain.texts import Texts
from bot.domain.understanding import stating
from bot.domain.understanding.bare_parts import bare_parts
from bot.domain.understanding.intermediate import Workings
from bot.domain.understanding.matching import Index, Matches
from bot.domain.understanding.patterns import Pattern, PatternKind, TextReader, only_item
from bot.domain.understanding.point_names import Named, Names
from bot.domain.understanding.ranking import ACCEPTED, MOST, OFFERED, Candidate, Ranking, resolve, unaccounted
from bot.domain.understanding.warning_signs import WarningSigns

MATCHED_CHARACTERS = 2_000  # complaints are looked for in so many, red flags in all (S-67)
_URGENCIES = (Urgency.EMERGENCY, Urgency.SAME_DAY, Urgency.SEE_GP)
_STOPS = frozenset({Urgency.EMERGENCY, Urgency.SAME_DAY})
_PLACE = re.compile(r"\{([^}]+)\} \{ailing[^}]*\}")
_GENERAL = "chronic_pain"  # pain without a place
_ANSWERS = {"no": "answer_no", "yes": "answer_yes", "unsure": "answer_unsure"}  # the groups of their words


class TypedAnswer(StrEnum):
    """How a text answers an open question as a whole. UNSURE counts as yes wherever it matters (S-24)."""

    NO = "no"
    YES = "yes"
    UNSURE = "unsure"


class HeardFlag(NamedTuple):
    """A red flag and the words that raised it."""

    id: str
    urgency: Urgency
    because: tuple[str, ...]


class HeardCondition(NamedTuple):
    """A complaint, how sure we are (0 to 1), and the words that led to it, as the person wrote them."""

    id: str
    score: float
    because: tuple[str, ...]


class Understood(NamedTuple):
    """Everything one text says.

    `red_flags` is complete, most urgent first (S-4). `accepted` (at most three) are complaints to go on with,
    `offered` (at most three) complaints to ask about; where `red_flags` holds one that stops, both are empty.
    """

    red_flags: tuple[HeardFlag, ...] = ()
    accepted: tuple[HeardCondition, ...] = ()
    offered: tuple[HeardCondition, ...] = ()
    vague: bool = False  # pain without a place: "it hurts", "pain everywhere"
    points: tuple[str, ...] = ()  # codes named beyond doubt
    point_choice: tuple[str, ...] = ()  # codes to ask between ("shenmen")
    point_unknown: str = ""  # what looked like a point and is none in the catalogue ("LI44"), normalised
    points_close: tuple[str, ...] = ()  # the nearest codes to it
    ticked: frozenset[str] = frozenset()  # checklist rows the text states
    stated: frozenset[str] = frozenset()  # other contraindications the text states
    answer: TypedAnswer | None = None
    refusal: str = ""  # a wish that gets a kind no (S-27): labour, period, abortion, faint, hurt, medicine, needles
    about: str = ""  # for whom, when somebody else: "mum", "friend", "child"
    readable: bool = True  # False for text in other scripts or languages, or without words
    signs: frozenset[str] = frozenset()  # recognised parts of red flags, ids only, to be read with the next messages

    @property
    def stopping(self) -> tuple[str, ...]:
        """The red flags that stop everything, most urgent first."""
        return tuple(flag.id for flag in self.red_flags if flag.urgency is not Urgency.SEE_GP)


class Understanding:
    """Understands texts of one language. Built once from the knowledge; the same text always gives the same answer."""

    def __init__(self, knowledge: Knowledge, language: str) -> None:
        texts = knowledge.texts[language]
        groups = texts.vocabulary.groups
        self._knowledge = knowledge
        self._lexicon = Lexicon(texts.vocabulary, (clean(phrase).casefold().split() for phrase in _phrases(texts)))
        self._reader = TextReader(self._lexicon)
        self._names = Names(knowledge.points, texts, self._lexicon)
        self._index = Index(self._all_patterns(texts))
        self._ranking = Ranking(self._index, _sizes(groups))
        self._accounts_for = texts.vocabulary.accounts_for
        self._parts = _places(texts.vocabulary.complaints)
        flags = sorted(knowledge.red_flags.values(), key=lambda flag: (_URGENCIES.index(flag.urgency), not flag.crisis))
        self._warnings = WarningSigns(self._index, [flag.id for flag in flags])
        kinds = {answer: groups.get(group, ()) for answer, group in _ANSWERS.items()}
        self._answers = stating.Answers(kinds, groups.get("answer_polite", ()))
        self._readability = stating.Readability(self._lexicon, frozenset(groups.get("foreign", ())))
        self._rows = {each: row.id for row in knowledge.checklist.rows for each in row.contraindications}

    def understand(self, text: str, recent: Sequence[frozenset[str]] = ()) -> Understood:
        """What the text says. `recent` are the `signs` of the last messages within two minutes (S-5)."""
        cleaned = clean(text)
        said = words(cleaned)
        heard = self._reader.analyse_words(said)
        matches = self._index.match(heard)
        raised, signs = self._warnings.read(heard, matches, recent)
        flags = tuple(
            HeardFlag(flag.id, self._knowledge.red_flags[flag.id].urgency, heard.written(flag.tokens))
            for flag in raised
        )
        short = cleaned[:MATCHED_CHARACTERS]
        stops = any(flag.urgency in _STOPS for flag in flags)
        named = self._names.named(short, said)
        near = heard if short == cleaned else self._reader.analyse(short)
        near_matches = matches if near is heard else self._index.match(near)
        accepted, offered, vague = ((), (), False) if stops else self._complaints_in(near, near_matches, named)
        about = stating.about(near)
        ticked, stated = self._stated(near, near_matches, about)
        kind = self._answers.kind(said)
        return Understood(
            red_flags=flags,
            accepted=accepted,
            offered=offered,
            vague=vague,
            points=named.points,
            point_choice=named.choice,
            point_unknown=named.unknown,
            points_close=named.close,
            ticked=ticked,
            stated=stated,
            answer=TypedAnswer(kind) if kind and not flags else None,
            refusal=next(iter(stating.stated(PatternKind.REFUSAL, near_matches, near)), ""),
            about=about,
            readable=bool(named.points or named.choice) or self._readability.is_readable(said),
            signs=signs,
        )

    def workings(self, text: str) -> Workings:
        """The stages of `understand`, asked once more for what they found. Slower, and never part of a turn."""
        cleaned = clean(text)
        whole, near = self._reader.analyse(cleaned), self._reader.analyse(cleaned[:MATCHED_CHARACTERS])
        in_near = self._index.match(near)
        return Workings(
            self._lexicon, self._index, whole, self._index.match(whole), near, in_near,
            tuple((match, self._ranking.weigh(*match, near)) for match in in_near.complete[PatternKind.COMPLAINT]),
            tuple(self._candidates(near, in_near)), self._accounts_for,
            _is_about_an_animal(near),
        )  # fmt: skip

    def _complaints_in(
        self, heard: Utterance, matches: Matches, named: Named
    ) -> tuple[tuple[HeardCondition, ...], tuple[HeardCondition, ...], bool]:
        """The complaints to go on with, those to ask about, and whether pain was named without a place."""
        if named.points or named.choice or _is_about_an_animal(heard):
            return (), (), False
        ranked = unaccounted(resolve(self._candidates(heard, matches), heard), self._accounts_for)
        ranked = self._ranking.without_asides(ranked, heard, matches)
        vague = _is_vague(heard, ranked)
        sure = [] if vague else [each for each in ranked if each.score >= ACCEPTED]
        unsure = [] if sure else [each for each in ranked if each.score >= OFFERED]
        return _told(sure, heard), _told(unsure, heard), vague

    def _candidates(self, heard: Utterance, matches: Matches) -> list[Candidate]:
        found = self._ranking.candidates(heard, matches)
        return found + bare_parts(self._parts, heard, found=any(each.score >= ACCEPTED for each in found))

    def _stated(self, heard: Utterance, matches: Matches, about: str) -> tuple[frozenset[str], frozenset[str]]:
        """The checklist rows and the other contraindications that the text states (S-32)."""
        ids = set(stating.stated(PatternKind.FACT, matches, heard))
        if about == "child" and not heard.names("age_adult", "age_later"):
            ids.add("children")
        ticked = {self._rows[each] for each in ids if each in self._rows}
        return frozenset(ticked), frozenset(each for each in ids if each not in self._rows)

    def _patterns(self, kind: PatternKind, lines: Mapping[str, Iterable[str]]) -> list[Pattern]:
        return [self._reader.pattern(kind, owner, line) for owner, each in lines.items() for line in each]

    def _all_patterns(self, texts: Texts) -> list[Pattern]:
        flags = self._patterns(PatternKind.FLAG, {flag: text.signs for flag, text in texts.red_flags.items()})
        complaints = self._patterns(PatternKind.COMPLAINT, texts.vocabulary.complaints) + self._patterns(
            PatternKind.COMPLAINT, {id_: (text.name, *text.phrases) for id_, text in texts.conditions.items()}
        )
        refusals = self._patterns(PatternKind.REFUSAL, texts.refusals)
        return [*flags, *complaints, *self._facts(texts, complaints), *refusals]

    def _facts(self, texts: Texts, complaints: Iterable[Pattern]) -> list[Pattern]:
        """The ways to state a contraindication. A phrase that says no more than a complaint would tick it for all."""
        stated = self._patterns(PatternKind.FACT, {id_: text.phrases for id_, text in texts.contraindications.items()})
        states = [
            self._reader.pattern(PatternKind.FACT, id_, phrase)
            for condition in texts.conditions.values()
            for phrase, id_ in condition.states.items()
        ]
        only = {item for pattern in complaints if (item := only_item(pattern))}
        return [replace(fact, general=False) for fact in (*stated, *states) if self._reader.is_specific(fact, only)]


def _phrases(texts: Texts) -> Iterable[str]:
    for condition in texts.conditions.values():
        yield from (condition.name, *condition.phrases)
    for flag in texts.red_flags.values():
        yield from flag.signs
    for each in (*(text.phrases for text in texts.contraindications.values()), *texts.refusals.values()):
        yield from each
    for patterns in texts.vocabulary.complaints.values():
        yield from patterns


def _places(complaints: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The complaints of each body part, from the patterns that join one with anything that may ail it."""
    owners: dict[str, list[str]] = {}
    for id_, lines in complaints.items():
        for found in filter(None, map(_PLACE.fullmatch, lines)):
            for concept in found[1].split("|"):
                owners.setdefault(concept, []).append(id_)
    return owners


def _sizes(groups: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """How many concepts each group covers."""

    def count(group: str) -> int:
        return sum(count(member) if member in groups and member != group else 1 for member in groups[group])

    return {group: max(1, count(group)) for group in groups}


def _is_vague(heard: Utterance, ranked: Sequence[Candidate]) -> bool:
    """Whether the text says that it hurts, or asks for help, but not where."""
    if any(each.id != _GENERAL for each in ranked):
        return False
    if heard.names("body_part") and not heard.names("body", "all_over"):
        return False
    lasting = heard.names("constant", "for_long", "chronic_pain", "lasting_pain", "neuropathy")
    return ("pain" in heard.said and not lasting) or bool(heard.roles & Role.HELP_ME)


def _is_about_an_animal(heard: Utterance) -> bool:
    return heard.names("pets") and not heard.roles & Role.FIRST_PERSON


def _told(candidates: Sequence[Candidate], heard: Utterance) -> tuple[HeardCondition, ...]:
    return tuple(
        [HeardCondition(each.id, round(each.score, 2), heard.written(each.tokens)) for each in candidates[:MOST]]
    )
