"""What a text states beside its complaint: facts for the checklist, wishes to decline, and who it is about."""

from collections.abc import Sequence

from bot.domain.language.negation import Utterance
from bot.domain.language.roles import Role
from bot.domain.understanding.matching import Matches
from bot.domain.understanding.patterns import PatternKind
from bot.domain.understanding.placing import covers, says_more

CHILD = "child"
_CHILDREN = (CHILD, "son", "daughter", "baby")
_OTHERS = ("mum", "dad", "husband", "wife", "partner", "friend", "grandparent", "sibling", "relative_other")


def owners(kind: PatternKind, matches: Matches, utterance: Utterance) -> list[str]:
    """The ids that the matching patterns of a kind stand for, sorted, each once.

    A pattern of one general word counts only where the text says nothing else.
    """
    complete = matches.complete[kind]
    return sorted(
        {pattern.owner for pattern, places in complete if not (pattern.general and says_more(utterance, places))}
    )


def other_person(utterance: Utterance) -> str:
    """The person with the complaint, as the concept that names them ("mum"); CHILD for any child.

    Empty where it is the writer, or where the text does not say.
    """
    if not utterance.roles & Role.OTHER_PERSON:
        return ""
    for index, token in enumerate(utterance.tokens):
        person = next((one for one in (*_CHILDREN, *_OTHERS) if one in token.concepts), "")
        if person and utterance.current[index] and _has_the_complaint(utterance, index):
            return CHILD if person in _CHILDREN else person
    return ""


def _has_the_complaint(utterance: Utterance, index: int) -> bool:
    """Whether the person at this token has the complaint, and does not just comment on it ("my husband says ...")."""
    before = utterance.tokens[index - 1].concepts if index else ()
    after = [concept for token in utterance.tokens[index + 1 : index + 3] for concept in token.concepts]
    if "commenting" in after or "birth" in before or utterance.names("baby_move"):
        return False
    if "baby" in utterance.tokens[index].concepts and utterance.names("pregnant", "birth", "infertility"):
        return False
    later = {concept for token in utterance.tokens[index + 1 : index + 6] for concept in token.concepts}
    own = "first_person" in later and not later & {"trouble", "body_part"}
    near = {concept for token in utterance.tokens[max(0, index - 2) : index] for concept in token.concepts}
    owned = not index or near & {"possessive", "for_my", "age_child"} or CHILD in utterance.tokens[index].concepts
    return bool(owned) and not own and not _is_object(utterance, index)


def _is_object(utterance: Utterance, index: int) -> bool:
    """Whether the writer does something with or to the person at this token ("when I carry my baby")."""
    before = range(max(0, index - 4), index)
    doing = any(utterance.content[at] and not {"for_my", "present"} & {*utterance.tokens[at].concepts} for at in before)
    return doing and any("first_person" in utterance.tokens[at].concepts for at in before)


def topic_of(utterance: Utterance, matches: Matches, topics: Sequence[str]) -> tuple[str, bool]:
    """The first of the topics that a text is about, "" for none, and whether the text says nothing besides it."""
    found = {pattern.owner for pattern, _ in matches.complete[PatternKind.TOPIC]}
    topic = next((id_ for id_ in topics if id_ in found), "")
    if not topic:
        return "", False
    return topic, covers(utterance, [place for _, each in matches.complete[PatternKind.TOPIC] for place in each])


def is_about_an_animal(utterance: Utterance) -> bool:
    """Whether a text is about a pet, and not about the writer."""
    return utterance.names("pets") and not utterance.roles & Role.FIRST_PERSON
