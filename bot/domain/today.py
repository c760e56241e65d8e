"""What of a text is not about somebody's today: over, hearsay, imagined, asked in general, said of a thing (S-7).

A symptom that is told as somebody's own stays alive beside all of these; only what cannot be one is let go.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain import role
from bot.domain.vocabulary import Token

GIVEN_REACH = 4  # tokens from "giving" to the illness it gives ("giving my poor mum a heart attack")
_TELLING = role.LONG_AGO | role.HEARSAY | role.WHAT_IF | role.RELATIVE | role.THING | role.IN_CARE | role.BACK_THEN
_PAST = role.LONG_AGO | role.BACK_THEN | role.HEARSAY | role.RELATIVE
_IN_GENERAL = role.ASKING | role.TAUGHT | role.GIVING | role.QUESTION
_QUIET = role.LONG_AGO | role.TIME | role.HAD
_SOMEBODY = role.PRONOUN | role.OTHER_PERSON | role.POSSESSIVE
_URGENT = role.PRESENT | role.RECENT | role.BODY_PART | role.TREATING | role.HELP_ME


@dataclass(frozen=True, slots=True)
class _Clause:
    tokens: range
    sentence: int
    roles: int  # of all its tokens together


def not_today(
    tokens: Sequence[Token], roles: int, content: Sequence[bool], clause: Sequence[int], sentence: Sequence[int]
) -> set[int]:
    """The tokens that raise no flag. `roles` are those of all tokens; the lists run parallel to the tokens."""
    if not (roles & _TELLING or (roles & role.NAMED and roles & _IN_GENERAL)):
        return set()
    clauses = list(_clauses(tokens, clause, sentence))
    gone: set[int] = set()
    for place, each in enumerate(clauses):
        if each.roles & _PAST:
            gone.update(_over(place, clauses, tokens, content))
        if each.roles & role.WHAT_IF:
            gone.update(_imagined(each, tokens, content))
        if each.roles & role.THING and not each.roles & (role.PRONOUN | role.OTHER_PERSON):
            gone.update(_of_a_thing(each, tokens, content))
        if each.roles & role.IN_CARE:
            gone.update(_cared_for(place, clauses))
        if each.roles & role.NAMED and roles & _IN_GENERAL:
            gone.update(_in_general(each, clauses, tokens, claimed=bool(roles & role.CLAIM)))
    return gone


def _clauses(tokens: Sequence[Token], clause: Sequence[int], sentence: Sequence[int]) -> Iterator[_Clause]:
    first, roles = 0, 0
    for index, token in enumerate(tokens):
        if clause[index] != clause[first]:
            yield _Clause(range(first, index), sentence[first], roles)
            first, roles = index, 0
        roles |= token.roles
    yield _Clause(range(first, len(tokens)), sentence[first], roles)


def _over(place: int, clauses: Sequence[_Clause], tokens: Sequence[Token], content: Sequence[bool]) -> Iterator[int]:
    """The clause, where it is over or somebody else's history; a bare "3 years ago" takes its neighbour along."""
    each = clauses[place]
    roles = each.roles
    if roles & role.PRESENT:
        return
    whose = roles & role.RELATIVE and roles & role.HAD and roles & role.OLD_ILLNESS
    history = (whose or (roles & role.BACK_THEN and roles & role.HAD_THEN)) and not roles & role.RECENT
    if not (roles & role.HEARSAY or history or (roles & role.LONG_AGO and not roles & role.BEGAN)):
        return
    yield from each.tokens
    if roles & role.LONG_AGO and not any(content[at] and not tokens[at].roles & _QUIET for at in each.tokens):
        for other in (place - 1, place + 1):
            if 0 <= other < len(clauses) and clauses[other].sentence == each.sentence:
                yield from clauses[other].tokens
                return


def _imagined(each: _Clause, tokens: Sequence[Token], content: Sequence[bool]) -> Iterator[int]:
    """What follows "in case of", until something of one's own begins ("what if my chest pain is ...")."""
    begun = False
    for at in each.tokens:
        roles = tokens[at].roles
        if begun and (roles & role.POSSESSIVE or (roles & role.PRONOUN and content[at - 1])):
            begun = False
        elif begun:
            yield at
        begun = begun or bool(roles & role.WHAT_IF)


def _of_a_thing(each: _Clause, tokens: Sequence[Token], content: Sequence[bool]) -> Iterator[int]:
    """A clause about an animal or a machine, unless it does something to somebody ("the dog bit my hand")."""
    subject = next((at for at in each.tokens if content[at]), None)
    if subject is None or not tokens[subject].roles & role.THING:
        return
    after = range(subject + 1, each.tokens.stop)
    if not any(tokens[at].roles & (role.POSSESSIVE | role.ONESELF | role.HARMING) for at in after):
        yield from after


def _cared_for(place: int, clauses: Sequence[_Clause]) -> Iterator[int]:
    """What befell somebody who is in good hands already ("she collapsed and the ambulance took her")."""
    here = clauses[place]
    for each in clauses[: place + 1]:
        same = each.sentence == here.sentence or here.roles & role.PRONOUN
        if same and each.roles & role.OTHER_PERSON and not each.roles & role.NOW:
            yield from each.tokens


def _in_general(each: _Clause, clauses: Sequence[_Clause], tokens: Sequence[Token], *, claimed: bool) -> Iterator[int]:
    """Illnesses by name that are asked about in general, taught, told in a film, or given by a boss."""
    sentence = [at for other in clauses if other.sentence == each.sentence for at in other.tokens]
    roles = 0  # of what stands beside the illness
    for at in sentence:
        if not tokens[at].roles & role.NAMED:
            roles |= tokens[at].roles
    own = claimed or roles & role.TROUBLE or (roles & role.BODY_PART and roles & role.POSSESSIVE)
    told = not own and roles & (role.ASKING | role.TAUGHT)
    asked = not own and not roles & _URGENT and tokens[sentence[0]].roles & role.QUESTION
    for at in each.tokens:
        if not tokens[at].roles & role.NAMED:
            continue
        spoken_of = told or (not claimed and _is_lesson(at, each, tokens))
        if (
            (spoken_of and not _is_somebodys(at, each.tokens.start, tokens))
            or (asked and not _is_somebodys(at, sentence[0], tokens))
            or _is_given(at, each, tokens)
        ):
            yield at


def _is_lesson(at: int, each: _Clause, tokens: Sequence[Token]) -> bool:
    """Whether a lesson or a film is about the illness ("my essay on sepsis"), whatever hurts in other clauses."""
    others = (token.roles for token in tokens[each.tokens.start : each.tokens.stop] if not token.roles & role.NAMED)
    taught = any(tokens[before].roles & role.TAUGHT for before in range(each.tokens.start, at))
    return taught and not any(roles & (role.TROUBLE | role.BODY_PART) for roles in others)


def _is_somebodys(at: int, first: int, tokens: Sequence[Token]) -> bool:
    """Whether a person stands before the illness, with no word of asking or telling between."""
    before_it = range(at - 1, first - 1, -1)
    if any(tokens[before].roles & role.POINTING for before in before_it):
        return True  # "are these signs of a stroke"
    for before in before_it:
        if tokens[before].roles & (role.ASKING | role.TAUGHT):
            return False
        if tokens[before].roles & _SOMEBODY:
            return True
    return False


def _is_given(at: int, each: _Clause, tokens: Sequence[Token]) -> bool:
    before = range(max(each.tokens.start, at - GIVEN_REACH), at)
    return bool(tokens[at].roles & role.OLD_ILLNESS) and any(tokens[one].roles & role.GIVING for one in before)
