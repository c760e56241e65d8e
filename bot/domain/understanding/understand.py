"""From a text to what it says: red flags, complaints, points, facts, an answer, and the words that led to each."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.domain.knowledge import Knowledge
from bot.domain.language.lexicon import Lexicon
from bot.domain.language.negation import Utterance
from bot.domain.language.roles import Role
from bot.domain.language.words import Word, clean, words
from bot.domain.understanding.answers import PlainAnswers
from bot.domain.understanding.bare_parts import bare_parts
from bot.domain.understanding.despair import Despair
from bot.domain.understanding.flag_reader import FlagReader
from bot.domain.understanding.intermediate import Workings
from bot.domain.understanding.matching import Index, Matches
from bot.domain.understanding.pattern_list import all_lines, all_patterns, complaint_names
from bot.domain.understanding.patterns import PatternKind, TextReader
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
from bot.domain.understanding.reader_sums import Weighed
from bot.domain.understanding.second_reader import MOST, Hearing, second_reader
from bot.domain.understanding.statements import CHILD, is_about_an_animal, other_person, owners, topic_of
from bot.domain.understanding.understood import (
    STOPPING,
    HalfHeard,
    HeardCondition,
    HeardFlag,
    SmallTalk,
    TypedAnswer,
    Understood,
)

BRIEF = 4  # words
MATCHED_CHARACTERS = 2_000  # only this much of a text is searched for complaints; all of it for red flags (S-67)
_AILING_PART = re.compile(r"\{([^}]+)\} \{ailing[^}]*\}")  # a body part with anything that may ail it
_GENERAL = "chronic_pain"  # pain without a place


class Understanding:
    """Understands texts of one language. Built once from the knowledge; the same text always gives the same result."""

    def __init__(self, knowledge: Knowledge, language: str) -> None:
        texts = knowledge.texts[language]
        groups = texts.vocabulary.groups
        self._knowledge = knowledge
        self._lexicon = Lexicon(texts.vocabulary, (clean(phrase).casefold().split() for phrase in all_lines(texts)))
        self._reader = TextReader(self._lexicon)
        self._point_names = PointNames(knowledge.points, texts, self._lexicon)
        self._index = Index(all_patterns(self._reader, texts))
        self._ranking = Ranking(self._index, _sizes(groups))
        self._accounts_for = texts.vocabulary.accounts_for
        self._complaints_of_parts = _complaints_of_parts(texts.vocabulary.complaints)
        self._second_reader = second_reader(knowledge, language)
        self._flag_reader = FlagReader(self._reader, self._index, knowledge.red_flags)
        self._complaint_names = frozenset(_bare(words(clean(name))) for name in complaint_names(texts))
        self._answers = PlainAnswers(groups)
        self._despair = Despair(groups)
        self._crises = tuple(id_ for id_, flag in knowledge.red_flags.items() if flag.crisis)
        self._near_crisis = {id_ for crisis in self._crises for id_ in knowledge.red_flags[crisis].applies_to}
        self._readability = Readability(self._lexicon, groups)
        self._topics = tuple(texts.topics)
        self._rows = {id_: row.id for row in knowledge.checklist.rows for id_ in row.contraindications}

    def understand(self, text: str, recent: Sequence[frozenset[str]] = (), before: Sequence[str] = ()) -> Understood:
        """What the text says. `recent` are the `signs` of the messages of the last two minutes (S-5).

        `before` are those messages themselves, the oldest first, as far as they are remembered.
        """
        cleaned = clean(text)
        written = words(cleaned)
        whole = self._reader.analyse_words(written)
        in_whole = self._index.match(whole)
        named = _bare(written) in self._complaint_names  # no more than the name of a complaint: nothing to doubt
        hearing = self._second_reader.hear(written) if self._second_reader and not named else None
        flags, doubted, signs = self._flag_reader.read(written, in_whole, recent, before, hearing)
        stops = any(flag.urgency in STOPPING for flag in flags)
        short = cleaned[:MATCHED_CHARACTERS]
        points = self._point_names.find(short, written)
        beginning = whole if short == cleaned else self._reader.analyse(short)
        in_beginning = in_whole if beginning is whole else self._index.match(beginning)
        accepted, offered, vague = ((), (), False) if stops else self._complaints(beginning, in_beginning, points)
        about = other_person(beginning)
        said = None if flags or doubted else self._answers.read(written, cleaned)
        answer = said if isinstance(said, TypedAnswer) else None
        topic, topic_only = topic_of(beginning, in_beginning, self._topics)
        ticked, contraindications = self._contraindications(beginning, in_beginning, about)
        half_heard = () if stops or answer else _half_heard(hearing, doubted, flags)
        if not (stops or answer or accepted or offered or points.codes or points.choice):
            half_heard = self._with_farewell(half_heard, self._despair.half_heard(text, written))
        understood = Understood(
            red_flags=flags,
            half_heard=half_heard,
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
            small_talk=said if isinstance(said, SmallTalk) else None,
            refusal=next(iter(owners(PatternKind.REFUSAL, in_beginning, beginning)), ""),
            topic=topic,
            topic_only=topic_only,
            about=about,
            brief=len(written) <= BRIEF,
            readable=bool(points.codes or points.choice) or self._readability.is_readable(written),
            signs=signs,
        )
        of_the_mind = bool(accepted) and not stops and all(each.id in self._near_crisis for each in accepted)
        if understood.says_something and not of_the_mind:
            return understood
        unsure = bool(accepted or offered or ticked or half_heard)  # something is half understood: only words count
        doubts = hearing.chances(self._crises) if hearing and not unsure else []
        return understood._replace(despairing=self._despair.is_despairing(text, written, doubts))

    def _with_farewell(
        self, half_heard: tuple[HalfHeard, ...], farewell: tuple[HalfHeard, ...]
    ) -> tuple[HalfHeard, ...]:
        """The half-heard signs with the crisis that a farewell may mean, unless they hold it already."""
        known = {row.id for row in half_heard}
        new = tuple(row for row in farewell if row.id in self._knowledge.red_flags and row.id not in known)
        return (*new, *half_heard)[:MOST]

    def by_patterns(self, text: str) -> tuple[HeardFlag, ...]:
        """The red flags that patterns alone raise, as they must those of the core list (S-81)."""
        written = words(clean(text))
        in_whole = self._index.match(self._reader.analyse_words(written))
        return self._flag_reader.read(written, in_whole).flags

    def knows(self, word: str) -> bool:
        """Whether the tidied word is one of the vocabulary or an everyday word, so that it is never corrected."""
        return self._lexicon.known(word) or self._lexicon.is_plain(word)

    def workings(self, text: str) -> Workings:
        """The intermediate results of `understand`, computed again. Slower; only for explaining and checking."""
        cleaned = clean(text)
        whole, beginning = self._reader.analyse(cleaned), self._reader.analyse(cleaned[:MATCHED_CHARACTERS])
        in_beginning = self._index.match(beginning)
        in_whole = self._index.match(whole)
        complete = in_beginning.complete[PatternKind.COMPLAINT]
        return Workings(
            lexicon=self._lexicon,
            pattern_index=self._index,
            whole=whole,
            in_whole=in_whole,
            in_others=self._flag_reader.others(words(cleaned)),
            half_met=lambda flag: self._flag_reader.half_met(flag, in_whole),
            beginning=beginning,
            in_beginning=in_beginning,
            weighed=tuple((match, self._ranking.weigh(*match, beginning)) for match in complete),
            candidates=tuple(self._candidates(beginning, in_beginning)),
            accounts_for=self._accounts_for,
            about_an_animal=is_about_an_animal(beginning),
        )

    def weighed(self, text: str, flag: str) -> tuple[Weighed, ...]:
        """What in the text weighs how much for a red flag that is half heard, the heaviest first."""
        return self._second_reader.weighed(text, flag) if self._second_reader else ()

    def _complaints(
        self, utterance: Utterance, matches: Matches, points: NamedPoints
    ) -> tuple[tuple[HeardCondition, ...], tuple[HeardCondition, ...], bool]:
        """The complaints to accept, those to offer, and whether pain was named without a place."""
        if points.codes or points.choice or is_about_an_animal(utterance):
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


def _half_heard(
    hearing: Hearing | None, doubted: tuple[HalfHeard, ...], flags: Iterable[HeardFlag]
) -> tuple[HalfHeard, ...]:
    """What to ask about: `doubted` first, then what the second reader adds to it and to the flags."""
    learned = hearing.to_ask({*(row.id for row in doubted), *(flag.id for flag in flags)}) if hearing else ()
    return (*doubted, *learned)[:MOST]


def _bare(written: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.text for word in written)


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


def _conditions(candidates: Sequence[Candidate], utterance: Utterance) -> tuple[HeardCondition, ...]:
    return tuple(
        [
            HeardCondition(each.id, round(each.score, 2), utterance.written(each.tokens))
            for each in candidates[:MOST_COMPLAINTS]
        ]
    )
