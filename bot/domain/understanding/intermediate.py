"""The intermediate results of understanding a text, for explanations and for checks of the knowledge."""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from bot.domain.language.lexicon import Lexicon
from bot.domain.language.negation import Utterance
from bot.domain.understanding.matching import Index, Matches, PatternMatch
from bot.domain.understanding.ranking import Candidate


class Workings(NamedTuple):
    """Everything between the words of a text and what it says."""

    lexicon: Lexicon
    pattern_index: Index
    whole: Utterance  # the whole text, which is searched for red flags
    in_whole: Matches
    in_others: tuple[Matches, ...]  # other readings of it, searched for red flags, too
    half_met: Callable[[str], PatternMatch | None]  # the pattern of a red flag that it meets but for one part
    beginning: Utterance  # its first MATCHED_CHARACTERS, which are searched for everything else
    in_beginning: Matches
    weighed: tuple[
        tuple[PatternMatch, Candidate], ...
    ]  # every match of a complaint's pattern, even one that is dropped
    candidates: tuple[Candidate, ...]  # those that compete with each other, and the bare body parts
    accounts_for: Mapping[str, Collection[str]]  # for a complaint, those that are only part of it
    about_an_animal: bool
