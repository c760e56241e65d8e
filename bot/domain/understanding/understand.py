"""From a text to what it says: red flags, complaints, points, facts, an answer, and the words that led to each."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.domain.knowledge import Knowledge, Urgency
from bot.domain.language.lexicon import Lexicon
from bot.domain.language.negation import Utterance
from bot.domain.language.roles import Role
from bot.domain.language.words import Word, clean, words
from bot.domain.texts import Texts
from bot.domain.understanding.answers import PlainAnswers
from bot.domain.understanding.bare_parts import bare_parts
from bot.domain.understanding.intermediate import Workings
from bot.domain.understanding.matching import Index, Matches
from bot.domain.understanding.other_readings import OtherReading, OtherReadings
from bot.domain.understanding.patterns import Pattern, PatternKind, TextReader, only_item
from bot.domain.understanding.point_names import NamedPoints, PointNames
from bot.domain.understanding.ranking import (
    ACCEPTED,
    MOST_COMPLAINTS,
    OFFERED,
    Candidate,
    Ranking,
    resolve,
    unaccounted_for,
)
from bot.domain.understanding.readability import Readability
from bot.domain.understanding.reader_model import from_bytes
from bot.domain.understanding.second_reader import SecondReader, Weighed
from bot.domain.understanding.statements import CHILD, other_person, owners
from bot.domain.understanding.understood import HalfHeard, HeardCondition, HeardFlag, Understood
from bot.domain.understanding.warning_signs import RaisedFlag, WarningSigns

MATCHED_CHARACTERS = 2_000  # only this much of a text is searched for complaints; all of it for red flags (S-67)
_URGENCIES = (Urgency.EMERGENCY, Urgency.SAME_DAY, Urgency.SEE_GP)  # most urgent first
_STOPPING = frozenset({Urgency.EMERGENCY, Urgency.SAME_DAY})
_AILING_PART = re.compile(r"\{([^}]+)\} \{ailing[^}]*\}")  # a body part with anything that may ail it
_GENERAL = "chronic_pain"  # pain without a place


class Understanding:
    """Understands texts of one language. Built once from the knowledge; the same text always gives the same result."""

    def __init__(self, knowledge: Knowledge, language: str) -> None:
        texts = knowledge.texts[language]
        groups = texts.vocabulary.groups
        self._knowledge = knowledge
        self._lexicon = Lexicon(texts.vocabulary, (clean(phrase).casefold().split() for phrase in _phrases(texts)))
        self._reader = TextReader(self._lexicon)
        self._point_names = PointNames(knowledge.points, texts, self._lexicon)
        self._index = Index(self._all_patterns(texts))
        self._other_readings = OtherReadings(self._reader, self._index)
        self._ranking = Ranking(self._index, _sizes(groups))
        self._accounts_for = texts.vocabulary.accounts_for
        self._complaints_of_parts = _complaints_of_parts(texts.vocabulary.complaints)
        flags = sorted(knowledge.red_flags.values(), key=lambda flag: (_URGENCIES.index(flag.urgency), not flag.crisis))
        self._warnings = WarningSigns(self._index, [flag.id for flag in flags])
        self._second_reader = _second_reader(knowledge, language)
        self._complaint_names = frozenset(_bare(words(clean(name))) for name in _names(texts))
        self._answers = PlainAnswers(groups)
        self._readability = Readability(self._lexicon, groups)
        self._rows = {id_: row.id for row in knowledge.checklist.rows for id_ in row.contraindications}

    def understand(self, text: str, recent: Sequence[frozenset[str]] = ()) -> Understood:
        """What the text says. `recent` are the `signs` of the messages of the last two minutes (S-5)."""
        cleaned = clean(text)
        written = words(cleaned)
        whole = self._reader.analyse_words(written)
        in_whole = self._index.match(whole)
        raised, signs = self._warnings.read(whole, in_whole, recent)
        flags = self._heard(raised, whole)
        for other in self._other_readings.of(written):
            flags = self._with_others(flags, other, in_whole, recent)
        stops = any(flag.urgency in _STOPPING for flag in flags)
        short = cleaned[:MATCHED_CHARACTERS]
        points = self._point_names.find(short, written)
        beginning = whole if short == cleaned else self._reader.analyse(short)
        in_beginning = in_whole if beginning is whole else self._index.match(beginning)
        accepted, offered, vague = ((), (), False) if stops else self._complaints(beginning, in_beginning, points)
        about = other_person(beginning)
        answer = None if flags else self._answers.read(written)
        ticked, contraindications = self._contraindications(beginning, in_beginning, about)
        return Understood(
            red_flags=flags,
            half_heard=() if stops or answer else self._half_heard(written, flags),
            accepted=accepted,
            offered=offered,
            vague=vague,
            points=points.codes,
            point_choice=points.choice,
            point_unknown=points.unknown,
            points_close=points.close,
            ticked=ticked,
            contraindications=contraindications,
            answer=answer,
            refusal=next(iter(owners(PatternKind.REFUSAL, in_beginning, beginning)), ""),
            about=about,
            readable=bool(points.codes or points.choice) or self._readability.is_readable(written),
            signs=signs,
        )

    def _heard(self, raised: Iterable[RaisedFlag], utterance: Utterance) -> tuple[HeardFlag, ...]:
        return tuple(
            [
                HeardFlag(flag.id, self._knowledge.red_flags[flag.id].urgency, utterance.written(flag.tokens))
                for flag in raised
            ]
        )

    def _with_others(
        self, flags: tuple[HeardFlag, ...], other: OtherReading, as_written: Matches, recent: Sequence[frozenset[str]]
    ) -> tuple[HeardFlag, ...]:
        """The flags with those that another reading of the same text adds, most urgent first."""
        utterance = other.matches.utterance
        raised, _ = self._warnings.read(utterance, other.matches, recent, as_written)
        known = {flag.id for flag in flags}
        new = [flag for flag in raised if flag.id not in known and other.supports(flag.tokens)]
        others = self._heard(new, utterance)
        return tuple(sorted((*flags, *others), key=lambda flag: self._warnings.rank(flag.id))) if others else flags

    def workings(self, text: str) -> Workings:
        """The intermediate results of `understand`, computed again. Slower; only for explaining and checking."""
        cleaned = clean(text)
        whole, beginning = self._reader.analyse(cleaned), self._reader.analyse(cleaned[:MATCHED_CHARACTERS])
        in_beginning = self._index.match(beginning)
        complete = in_beginning.complete[PatternKind.COMPLAINT]
        return Workings(
            lexicon=self._lexicon,
            pattern_index=self._index,
            whole=whole,
            in_whole=self._index.match(whole),
            in_others=tuple(other.matches for other in self._other_readings.of(words(cleaned))),
            beginning=beginning,
            in_beginning=in_beginning,
            weighed=tuple((match, self._ranking.weigh(*match, beginning)) for match in complete),
            candidates=tuple(self._candidates(beginning, in_beginning)),
            accounts_for=self._accounts_for,
            about_an_animal=_is_about_an_animal(beginning),
        )

    def weighed(self, text: str, flag: str) -> tuple[Weighed, ...]:
        """What in the text weighs how much for a red flag that is half heard, the heaviest first."""
        return self._second_reader.weighed(text, flag) if self._second_reader else ()

    def _half_heard(self, written: Sequence[Word], flags: Iterable[HeardFlag]) -> tuple[HalfHeard, ...]:
        """What the second reader asks about, without the flags that are raised anyway.

        A text that is no more than the name of a complaint says nothing that could be doubted.
        """
        if self._second_reader is None or _bare(written) in self._complaint_names:
            return ()
        return self._second_reader.read_words(written, {flag.id for flag in flags})

    def _complaints(
        self, utterance: Utterance, matches: Matches, points: NamedPoints
    ) -> tuple[tuple[HeardCondition, ...], tuple[HeardCondition, ...], bool]:
        """The complaints to accept, those to offer, and whether pain was named without a place."""
        if points.codes or points.choice or _is_about_an_animal(utterance):
            return (), (), False
        ranked = unaccounted_for(resolve(self._candidates(utterance, matches), utterance), self._accounts_for)
        ranked = self._ranking.without_asides(ranked, utterance, matches)
        vague = _is_vague(utterance, ranked)
        sure = [] if vague else [each for each in ranked if each.score >= ACCEPTED]
        unsure = [] if sure else [each for each in ranked if each.score >= OFFERED]
        return _conditions(sure, utterance), _conditions(unsure, utterance), vague

    def _candidates(self, utterance: Utterance, matches: Matches) -> list[Candidate]:
        found = self._ranking.candidates(utterance, matches)
        sure = any(each.score >= ACCEPTED for each in found)
        return found + bare_parts(self._complaints_of_parts, utterance, found=sure)

    def _contraindications(
        self, utterance: Utterance, matches: Matches, about: str
    ) -> tuple[frozenset[str], frozenset[str]]:
        """The checklist rows that the text ticks, and the contraindications it states that have no row (S-32)."""
        ids = set(owners(PatternKind.FACT, matches, utterance))
        if about == CHILD and not utterance.names("age_adult", "age_later"):
            ids.add("children")
        ticked = {self._rows[id_] for id_ in ids if id_ in self._rows}
        return frozenset(ticked), frozenset(ids - self._rows.keys())

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
        """The patterns that state a contraindication.

        Phrases that say no more than a complaint does are left out: all people with the complaint would get the tick.
        """
        own = self._patterns(PatternKind.FACT, {id_: text.phrases for id_, text in texts.contraindications.items()})
        of_conditions = [
            self._reader.pattern(PatternKind.FACT, id_, phrase)
            for condition in texts.conditions.values()
            for phrase, id_ in condition.states.items()
        ]
        only = {item for pattern in complaints if (item := only_item(pattern))}
        return [replace(fact, general=False) for fact in (*own, *of_conditions) if self._reader.is_specific(fact, only)]


def _second_reader(knowledge: Knowledge, language: str) -> SecondReader | None:
    """None in knowledge made without one, as tests do; the library refuses such a folder (S-16)."""
    learned = knowledge.second_readers.get(language)
    if not learned:
        return None
    flags = knowledge.red_flags
    return SecondReader(
        from_bytes(learned),
        crises=[id_ for id_, flag in flags.items() if flag.crisis],
        mild=[id_ for id_, flag in flags.items() if flag.urgency not in _STOPPING],
        known=flags,
    )


def _bare(written: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.text for word in written)


def _names(texts: Texts) -> Iterable[str]:
    for condition in texts.conditions.values():
        yield from (condition.name, *condition.phrases)


def _phrases(texts: Texts) -> Iterable[str]:
    yield from _names(texts)
    for flag in texts.red_flags.values():
        yield from flag.signs
    for each in (*(text.phrases for text in texts.contraindications.values()), *texts.refusals.values()):
        yield from each
    for patterns in texts.vocabulary.complaints.values():
        yield from patterns


def _complaints_of_parts(complaints: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The complaints of each body part, from the patterns that join one with anything that may ail it."""
    found: dict[str, list[str]] = {}
    for id_, lines in complaints.items():
        for match in filter(None, map(_AILING_PART.fullmatch, lines)):
            for concept in match[1].split("|"):
                found.setdefault(concept, []).append(id_)
    return found


def _sizes(groups: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """How many concepts each group covers, those of its subgroups included; at least 1."""

    def count(group: str) -> int:
        return sum(count(member) if member in groups and member != group else 1 for member in groups[group])

    return {group: max(1, count(group)) for group in groups}


def _is_vague(utterance: Utterance, ranked: Sequence[Candidate]) -> bool:
    """Whether the text says that it hurts, or asks for help, but not where."""
    if any(each.id != _GENERAL for each in ranked):
        return False
    if utterance.names("body_part") and not utterance.names("body", "all_over"):
        return False
    lasting = utterance.names("constant", "for_long", "chronic_pain", "lasting_pain", "neuropathy")
    return ("pain" in utterance.said and not lasting) or bool(utterance.roles & Role.HELP_ME)


def _is_about_an_animal(utterance: Utterance) -> bool:
    return utterance.names("pets") and not utterance.roles & Role.FIRST_PERSON


def _conditions(candidates: Sequence[Candidate], utterance: Utterance) -> tuple[HeardCondition, ...]:
    return tuple(
        [
            HeardCondition(each.id, round(each.score, 2), utterance.written(each.tokens))
            for each in candidates[:MOST_COMPLAINTS]
        ]
    )
