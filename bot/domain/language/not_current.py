"""Finds what is no present symptom of a person: past, hearsay, imagined, asked in general, about a thing (S-7).

Where a clause also says that the symptom is somebody's own and present, it counts as current.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.language.lexicon import Token
from bot.domain.language.roles import Role

GIVEN_REACH = 4  # most tokens from "giving" to the illness it gives ("giving my poor mum a heart attack")
_NEEDED = Role.LONG_AGO | Role.HEARSAY | Role.WHAT_IF | Role.RELATIVE | Role.THING | Role.IN_CARE | Role.BACK_THEN
_PAST = Role.LONG_AGO | Role.BACK_THEN | Role.HEARSAY | Role.RELATIVE
_IN_GENERAL = Role.ASKING | Role.TAUGHT | Role.GIVING | Role.QUESTION
_TIME_ONLY = Role.LONG_AGO | Role.TIME | Role.HAD
_SOMEBODY = Role.PRONOUN | Role.OTHER_PERSON | Role.POSSESSIVE
_URGENT = Role.PRESENT | Role.RECENT | Role.BODY_PART | Role.TREATING | Role.HELP_ME


@dataclass(frozen=True, slots=True)
class _Clause:
    tokens: range
    sentence: int
    roles: int  # of all its tokens together


def not_current(
    tokens: Sequence[Token], roles: int, content: Sequence[bool], clause: Sequence[int], sentence: Sequence[int]
) -> set[int]:
    """The indexes of the tokens that raise no flag.

    `roles` are the roles of all tokens together. `content`, `clause` and `sentence` have one value for each token, as
    in `Utterance`.
    """
    if not (roles & _NEEDED or (roles & Role.NAMED and roles & _IN_GENERAL)):
        return set()
    clauses = list(_clauses(tokens, clause, sentence))
    found: set[int] = set()
    for at, each in enumerate(clauses):
        if each.roles & _PAST:
            found.update(_past(at, clauses, tokens, content))
        if each.roles & Role.WHAT_IF:
            found.update(_imagined(each, tokens, content))
        if each.roles & Role.THING and not each.roles & (Role.PRONOUN | Role.OTHER_PERSON):
            found.update(_of_a_thing(each, tokens, content))
        if each.roles & Role.IN_CARE:
            found.update(_cared_for(at, clauses))
        if each.roles & Role.NAMED and roles & _IN_GENERAL:
            found.update(_in_general(each, clauses, tokens, claimed=bool(roles & Role.CLAIM)))
    return found


def _clauses(tokens: Sequence[Token], clause: Sequence[int], sentence: Sequence[int]) -> Iterator[_Clause]:
    first, roles = 0, 0
    for index, token in enumerate(tokens):
        if clause[index] != clause[first]:
            yield _Clause(range(first, index), sentence[first], roles)
            first, roles = index, 0
        roles |= token.roles
    yield _Clause(range(first, len(tokens)), sentence[first], roles)


def _past(at: int, clauses: Sequence[_Clause], tokens: Sequence[Token], content: Sequence[bool]) -> Iterator[int]:
    """The clause, if it is about the past or another person's history; a bare "3 years ago" includes its neighbour.

    A neighbour that says "now", "since" or "this morning" is about the present and is never included.
    """
    each = clauses[at]
    roles = each.roles
    if roles & Role.PRESENT:
        return
    of_relative = roles & Role.RELATIVE and roles & Role.HAD and roles & Role.OLD_ILLNESS
    history = (of_relative or (roles & Role.BACK_THEN and roles & Role.HAD_THEN)) and not roles & Role.RECENT
    if not (roles & Role.HEARSAY or history or (roles & Role.LONG_AGO and not roles & Role.BEGAN)):
        return
    yield from each.tokens
    if roles & Role.LONG_AGO and not any(content[one] and not tokens[one].roles & _TIME_ONLY for one in each.tokens):
        neighbours = (at - 1,) if roles & Role.HAD else (at - 1, at + 1)  # "I had it years ago, ..." is complete
        for other in neighbours:
            if 0 <= other < len(clauses) and clauses[other].sentence == each.sentence:
                if not clauses[other].roles & (Role.PRESENT | Role.RECENT):
                    yield from clauses[other].tokens
                return


def _imagined(each: _Clause, tokens: Sequence[Token], content: Sequence[bool]) -> Iterator[int]:
    """What follows "in case of", up to something of the person's own ("what if my chest pain is ...")."""
    begun = False
    for at in each.tokens:
        roles = tokens[at].roles
        if begun and (roles & Role.POSSESSIVE or (roles & Role.PRONOUN and content[at - 1])):
            begun = False
        elif begun:
            yield at
        begun = begun or bool(roles & Role.WHAT_IF)


def _of_a_thing(each: _Clause, tokens: Sequence[Token], content: Sequence[bool]) -> Iterator[int]:
    """The rest of a clause about an animal or a machine, unless it harms a person ("the dog bit my hand")."""
    subject = next((at for at in each.tokens if content[at]), None)
    if subject is None or not tokens[subject].roles & Role.THING:
        return
    after = range(subject + 1, each.tokens.stop)
    if not any(tokens[at].roles & (Role.POSSESSIVE | Role.ME_OR_MINE | Role.HARMING) for at in after):
        yield from after


def _cared_for(at: int, clauses: Sequence[_Clause]) -> Iterator[int]:
    """What happened to a person who is already cared for ("she collapsed and the ambulance took her")."""
    here = clauses[at]
    for each in clauses[: at + 1]:
        same = each.sentence == here.sentence or here.roles & Role.PRONOUN
        if same and each.roles & Role.OTHER_PERSON and not each.roles & Role.NOW:
            yield from each.tokens


def _in_general(each: _Clause, clauses: Sequence[_Clause], tokens: Sequence[Token], *, claimed: bool) -> Iterator[int]:
    """Named illnesses that are asked about in general, taught, shown in a film, or a figure of speech."""
    sentence = [at for other in clauses if other.sentence == each.sentence for at in other.tokens]
    roles = 0  # of what stands beside the illness
    for at in sentence:
        if not tokens[at].roles & Role.NAMED:
            roles |= tokens[at].roles
    own = claimed or roles & Role.TROUBLE or (roles & Role.BODY_PART and roles & Role.POSSESSIVE)
    taught = not own and roles & (Role.ASKING | Role.TAUGHT)
    asked = not own and not roles & _URGENT and tokens[sentence[0]].roles & Role.QUESTION
    for at in each.tokens:
        if not tokens[at].roles & Role.NAMED:
            continue
        taught_here = taught or (not claimed and _is_lesson(at, each, tokens))
        if (
            (taught_here and not _is_somebodys(at, each.tokens.start, tokens))
            or (asked and not _is_somebodys(at, sentence[0], tokens))
            or _is_given(at, each, tokens)
        ):
            yield at


def _is_lesson(at: int, each: _Clause, tokens: Sequence[Token]) -> bool:
    """Whether the clause is about a lesson or a film on the illness ("my essay on sepsis") and no symptom."""
    others = (token.roles for token in tokens[each.tokens.start : each.tokens.stop] if not token.roles & Role.NAMED)
    taught = any(tokens[before].roles & Role.TAUGHT for before in range(each.tokens.start, at))
    return taught and not any(roles & (Role.TROUBLE | Role.BODY_PART) for roles in others)


def _is_somebodys(at: int, first: int, tokens: Sequence[Token]) -> bool:
    """Whether a person is named before the illness, with no word of asking or teaching between them."""
    before_it = range(at - 1, first - 1, -1)
    if any(tokens[before].roles & Role.POINTING for before in before_it):
        return True  # "are these signs of a stroke"
    for before in before_it:
        if tokens[before].roles & (Role.ASKING | Role.TAUGHT):
            return False
        if tokens[before].roles & _SOMEBODY:
            return True
    return False


def _is_given(at: int, each: _Clause, tokens: Sequence[Token]) -> bool:
    """Whether the illness is a figure of speech ("giving my poor mum a heart attack")."""
    before = range(max(each.tokens.start, at - GIVEN_REACH), at)
    return bool(tokens[at].roles & Role.OLD_ILLNESS) and any(tokens[one].roles & Role.GIVING for one in before)
