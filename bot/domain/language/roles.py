"""The grammatical roles that a word may have in a sentence, as bits.

Each role but NUMBER is the concept or group of the vocabulary with the same name: knowledge editors decide which words
have it.
"""

from collections.abc import Iterable
from typing import Final


class Role:
    """One bit for each role. Plain integers: `&` on an IntFlag takes ten times as long, and runs for every token."""

    FILLER: Final = 1 << 0
    OPEN: Final = 1 << 1
    NEGATION: Final = 1 << 2
    IMPAIRING: Final = 1 << 3
    FUNCTION: Final = 1 << 4
    NEGATION_END: Final = 1 << 5
    CLAUSE_BREAK: Final = 1 << 6
    JOINING: Final = 1 << 7
    OR: Final = 1 << 8
    AND: Final = 1 << 9
    PRONOUN: Final = 1 << 10
    POSSESSIVE: Final = 1 << 11
    SUBJECT: Final = 1 << 12
    FIRST_PERSON: Final = 1 << 13
    LONG_AGO: Final = 1 << 14
    HEARSAY: Final = 1 << 15
    WHAT_IF: Final = 1 << 16
    RELATIVE: Final = 1 << 17
    PRESENT: Final = 1 << 18
    BEGAN: Final = 1 << 19
    HAD: Final = 1 << 20
    OLD_ILLNESS: Final = 1 << 21
    RECENT: Final = 1 << 22
    TIME: Final = 1 << 23
    BODY_PART: Final = 1 << 24
    TROUBLE: Final = 1 << 25
    TISSUE: Final = 1 << 26
    LEANING: Final = 1 << 27
    PAIN_LIKE: Final = 1 << 28
    AMBIGUOUS: Final = 1 << 29
    ELSEWHERE: Final = 1 << 30
    OTHER_PERSON: Final = 1 << 31
    HELP_ME: Final = 1 << 32
    COMMENTING: Final = 1 << 33
    NOW: Final = 1 << 34
    ASKING: Final = 1 << 35
    TAUGHT: Final = 1 << 36
    GIVING: Final = 1 << 37
    NAMED: Final = 1 << 38
    CLAIM: Final = 1 << 39
    THING: Final = 1 << 40
    IN_CARE: Final = 1 << 41
    HARMING: Final = 1 << 42
    ME_OR_MINE: Final = 1 << 43
    BACK_THEN: Final = 1 << 44
    HAD_THEN: Final = 1 << 45
    FRESH: Final = 1 << 46
    QUESTION: Final = 1 << 47
    POINTING: Final = 1 << 48
    TREATING: Final = 1 << 49
    CARRYING: Final = 1 << 50
    CLOSING: Final = 1 << 51
    LISTING: Final = 1 << 52
    LINKING: Final = 1 << 53
    NUMBER: Final = 1 << 54  # a word that begins with a digit


ROLES: Final = {name.lower(): bit for name, bit in vars(Role).items() if name.isupper() and name != "NUMBER"}


def roles_of(concepts: Iterable[str]) -> int:
    """The bits of all roles among these concepts and groups; 0 without any."""
    roles = 0
    for concept in concepts:
        roles |= ROLES.get(concept, 0)
    return roles
