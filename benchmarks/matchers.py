"""What is compared: our understanding, and fuzzy matching over the same phrases."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from benchmarks.scoring import MOST, Reply
from bot.domain.knowledge import Knowledge, Urgency
from bot.domain.understanding.understand import Understanding
from bot.library.loader import load
from bot.library.shipped import shipped

LANGUAGE = "en"
OURS = "ours"
SCORERS = {"token_set_ratio": fuzz.token_set_ratio, "WRatio": fuzz.WRatio, "partial_ratio": fuzz.partial_ratio}
METHODS = (OURS, *SCORERS)
LEAST = 50.0  # no cut-off below this likeness is tried
_ALONE = re.compile(r"\{([^}]+)\}")
_STOPS = {Urgency.EMERGENCY, Urgency.SAME_DAY}

Phrase = tuple[str, str]  # the phrase, and the complaint it means
Ranked = tuple[tuple[str, float], ...]  # the likeliest complaints, and how like


class Matcher(Protocol):
    """Understands a message."""

    def reply(self, text: str) -> Reply: ...


class Ours:
    """The program's own understanding, red flags and all else it reads included."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._understanding = Understanding(knowledge, LANGUAGE)

    def reply(self, text: str) -> Reply:
        understood = self._understanding.understand(text)
        return Reply(
            tuple(each.id for each in understood.accepted),
            tuple(each.id for each in understood.offered),
            stops=any(flag.urgency in _STOPS for flag in understood.red_flags),
        )


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """The likeness from which a complaint is gone on with, or asked about, and how many are gone on with at most."""

    accepted: float = 100.0
    offered: float = LEAST
    most: int = 1


class Fuzzy:
    """One of rapidfuzz's scorers over all phrases. Of equally like phrases the longest counts."""

    def __init__(self, scorer: str, phrases: Iterable[Phrase], cutoffs: Cutoffs) -> None:
        self._scorer = SCORERS[scorer]
        cleaned = sorted({(default_process(phrase), owner) for phrase, owner in phrases}, key=_longest_first)
        self._choices = [phrase for phrase, _ in cleaned]
        self._owners = [owner for _, owner in cleaned]
        self._cutoffs = cutoffs

    def reply(self, text: str) -> Reply:
        return decided(self.ranked(text), self._cutoffs)

    def ranked(self, text: str) -> Ranked:
        """The three likeliest complaints."""
        like = process.extract(
            default_process(text),
            self._choices,
            scorer=self._scorer,
            limit=None,
            score_cutoff=self._cutoffs.offered,
        )
        best: dict[str, float] = {}
        for _, likeness, place in like:
            best.setdefault(self._owners[place], likeness)
            if len(best) == MOST:
                break
        return tuple(best.items())


def decided(ranked: Ranked, cutoffs: Cutoffs) -> Reply:
    """What a fuzzy matcher does with the likeliest complaints: goes on with the first ones, or else asks."""
    sure = [owner for owner, likeness in ranked if likeness >= cutoffs.accepted]
    if sure:
        return Reply(accepted=tuple(sure[: cutoffs.most]))
    return Reply(offered=tuple(owner for owner, likeness in ranked if likeness >= cutoffs.offered))


def knowledge_of_today() -> Knowledge:
    """The knowledge that travels with the program."""
    knowledge, problems = load(shipped())
    if knowledge is None:
        raise SystemExit("\n".join(map(str, problems)))
    return knowledge


def phrases_of(knowledge: Knowledge) -> list[Phrase]:
    """What a fuzzy matcher can use of the knowledge.

    The names of the complaints, their set phrases, and the words of every complaint pattern that asks for one thing
    (`{arthritis}`), all ways to say it. Patterns that join two things (`{knee} {trouble}`) are no plain text.
    """
    texts = knowledge.texts[LANGUAGE]
    phrases = [(each, id_) for id_, text in texts.conditions.items() for each in (text.name, *text.phrases)]
    for id_, lines in texts.vocabulary.complaints.items():
        phrases.extend((way, id_) for line in lines for way in _ways(line, texts.vocabulary.concepts))
    return phrases


def _ways(line: str, concepts: Mapping[str, Sequence[str]]) -> Iterable[str]:
    alone = _ALONE.fullmatch(line)
    return [way for name in alone[1].split("|") for way in concepts.get(name, ())] if alone else ()


def _longest_first(phrase: Phrase) -> tuple[int, str, str]:
    return (-len(phrase[0]), *phrase)
