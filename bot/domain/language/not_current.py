"""What of a text is not about somebody's today: over, hearsay, imagined, asked in general, said of a thing (S-7).

A symptom that is told as somebody's own stays alive beside all of these; only what cannot be one is let go.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.language.lexicon import Token
from bot.domain.language.roles import Role

GIVEN_REACH = 4  # tokens from "giving" to the illness it gives ("giving my poor mum a heart attack")
_TELLING = Role.LONG_AGO | Role.HEARSAY | Role.WHAT_IF | Role.RELATIVE | Role.THING | Role.IN_CARE | Role.BACK_THEN
_PAST = Role.LONG_AGO | Role.BACK_THEN | Role.HEARSAY | Role.RELATIVE
_IN_GENERAL = Role.ASKING | Role.TAUGHT | Role.GIVING | Role.QUESTION
_QUIET = Role.LONG_AGO | Role.TIME | Role.HAD
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
    """The tokens that raise no flag. `roles` are those of all tokens; the lists run parallel to the tokens."""
    if not (roles & _TELLING or (roles & Role.NAMED and roles & _IN_GENERAL)):
        return set()
    clauses = list(_clauses(tokens, clause, sentence))
    gone: set[int] = set()
    for place, each in enumerate(clauses):
        if each.roles & _PAST:
            gone.update(_over(place, clauses, tokens, content))
        if each.roles & Role.WHAT_IF:
            gone.update(_imagined(each, tokens, content))
        if each.roles & Role.THING and not each.roles & (Role.PRONOUN | Role.OTHER_PERSON):
            gone.update(_of_a_thing(each, tokens, content))
        if each.roles & Role.IN_CARE:
            gone.update(_cared_for(place, clauses))
        if each.roles & Role.NAMED and roles & _IN_GENERAL:
            gone.update(_in_general(each, clauses, tokens, claimed=bool(roles & Role.CLAIM)))
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
    if roles & Role.PRESENT:
        return
    whose = roles & Role.RELATIVE and roles & Role.HAD and roles & Role.OLD_ILLNESS
    history = (whose or (roles & Role.BACK_THEN and roles & Role.HAD_THEN)) and not roles & Role.RECENT
    if not (roles & Role.HEARSAY or history or (roles & Role.LONG_AGO and not roles & Role.BEGAN)):
        return
    yield from each.tokens
    if roles & Role.LONG_AGO and not any(content[at] and not tokens[at].roles & _QUIET for at in each.tokens):
        for other in (place - 1, place + 1):
            if 0 <= other < len(clauses) and clauses[other].sentence == each.sentence:
                yield from clauses[other].tokens
                return


def _imagined(each: _Clause, tokens: Sequence[Token], content: Sequence[bool]) -> Iterator[int]:
    """What follows "in case of", until something of one's own begins ("what if my chest pain is ...")."""
    begun = False
    for at in each.tokens:
        roles = tokens[at].roles
        if begun and (roles & Role.POSSESSIVE or (roles & Role.PRONOUN and content[at - 1])):
            begun = False
        elif begun:
            yield at
        begun = begun or bool(roles & Role.WHAT_IF)


def _of_a_thing(each: _Clause, tokens: Sequence[Token], content: Sequence[bool]) -> Iterator[int]:
    """A clause about an animal or a machine, unless it does something to somebody ("the dog bit my hand")."""
    subject = next((at for at in each.tokens if content[at]), None)
    if subject is None or not tokens[subject].roles & Role.THING:
        return
    after = range(subject + 1, each.tokens.stop)
    if not any(tokens[at].roles & (Role.POSSESSIVE | Role.ME_OR_MINE | Role.HARMING) for at in after):
        yield from after


def _cared_for(place: int, clauses: Sequence[_Clause]) -> Iterator[int]:
    """What befell somebody who is in good hands already ("she collapsed and the ambulance took her")."""
    here = clauses[place]
    for each in clauses[: place + 1]:
        same = each.sentence == here.sentence or here.roles & Role.PRONOUN
        if same and each.roles & Role.OTHER_PERSON and not each.roles & Role.NOW:
            yield from each.tokens


def _in_general(each: _Clause, clauses: Sequence[_Clause], tokens: Sequence[Token], *, claimed: bool) -> Iterator[int]:
    """Illnesses by name that are asked about in general, taught, told in a film, or given by a boss."""
    sentence = [at for other in clauses if other.sentence == each.sentence for at in other.tokens]
    roles = 0  # of what stands beside the illness
    for at in sentence:
        if not tokens[at].roles & Role.NAMED:
            roles |= tokens[at].roles
    own = claimed or roles & Role.TROUBLE or (roles & Role.BODY_PART and roles & Role.POSSESSIVE)
    told = not own and roles & (Role.ASKING | Role.TAUGHT)
    asked = not own and not roles & _URGENT and tokens[sentence[0]].roles & Role.QUESTION
    for at in each.tokens:
        if not tokens[at].roles & Role.NAMED:
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
    others = (token.roles for token in tokens[each.tokens.start : each.tokens.stop] if not token.roles & Role.NAMED)
    taught = any(tokens[before].roles & Role.TAUGHT for before in range(each.tokens.start, at))
    return taught and not any(roles & (Role.TROUBLE | Role.BODY_PART) for roles in others)


def _is_somebodys(at: int, first: int, tokens: Sequence[Token]) -> bool:
    """Whether a person stands before the illness, with no word of asking or telling between."""
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
    before = range(max(each.tokens.start, at - GIVEN_REACH), at)
    return bool(tokens[at].roles & Role.OLD_ILLNESS) and any(tokens[one].roles & Role.GIVING for one in before)
