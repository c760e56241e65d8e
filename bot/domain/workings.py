"""What the stages of understanding found on the way, kept for nothing but showing why (`bot.domain.derivation`)."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from bot.domain.matching import Index, Match, Matches
from bot.domain.ranking import Candidate
from bot.domain.scope import Heard
from bot.domain.vocabulary import Lexicon


class Workings(NamedTuple):
    """Everything between the words of a text and what it says."""

    lexicon: Lexicon
    patterns: Index
    whole: Heard  # the text; red flags are looked for in all of it
    in_whole: Matches
    near: Heard  # the part of it that everything else is looked for in
    in_near: Matches
    weighed: tuple[tuple[Match, Candidate], ...]  # every pattern of a complaint that matches, even where it is dropped
    candidates: tuple[Candidate, ...]  # those of them, or bare body parts, that are compared with each other
    accounts_for: Mapping[str, Collection[str]]  # complaints that are no more than part of another
    animal: bool  # whose complaint it is
