"""The intermediate results of understanding a text, for `bot.domain.understanding.explanation`."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from bot.domain.language.lexicon import Lexicon
from bot.domain.language.negation import Utterance
from bot.domain.understanding.matching import Index, Matches, PatternMatch
from bot.domain.understanding.ranking import Candidate


class Workings(NamedTuple):
    """Everything between the words of a text and what it says."""

    lexicon: Lexicon
    patterns: Index
    whole: Utterance  # the text; red flags are looked for in all of it
    in_whole: Matches
    near: Utterance  # the part of it that everything else is looked for in
    in_near: Matches
    weighed: tuple[tuple[PatternMatch, Candidate], ...]  # every complaint pattern that matches, even if dropped
    candidates: tuple[Candidate, ...]  # those of them, or bare body parts, that are compared with each other
    accounts_for: Mapping[str, Collection[str]]  # complaints that are no more than part of another
    animal: bool  # whose complaint it is
