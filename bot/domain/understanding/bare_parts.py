"""Body parts that stand alone, with nothing felt beside them: gone on with, asked about, or left."""

from collections.abc import Mapping, Sequence

from bot.domain.language.negation import DENIED, Utterance
from bot.domain.language.roles import Role
from bot.domain.understanding.ranking import ACCEPTED, Candidate, in_one_list

# Where each stands by benchmarks/thresholds.py: see ranking.py
# sample: less is wrong below OFFERED, but bare parts go unanswered; lists: moves nothing
BARE_PART = 0.5  # a body part alone, with nothing said about it
# both: 3 is wrong more often; sample: 1 less often, but "lower back please" goes unanswered
FEW_WORDS = 2  # content words of a text that may name a body part alone ("lower back please")
# sample: asked about one message more from 1 on; strangers' messages: a third less goes unanswered
OWN_REACH = 3  # tokens from "my" to the part of the body


def bare_parts(owners: Mapping[str, Sequence[str]], heard: Utterance, *, found: bool) -> list[Candidate]:
    """Body parts that stand alone: enough where a feeling is said or denied elsewhere ("My knee. It aches a lot").

    `owners` are the complaints of each body part. Where something else was `found` already, a part must be all
    there is in its clause ("and the elbow, too").
    """
    skin = "skin_talk" in heard.said  # "a blister on my heel" is no pain of the heel
    felt = ("pain_like" if skin else "ailing") in heard.said or "hindered" in heard.denied
    denied = any(heard.polarity[token] is DENIED for token in heard.denied.get("ailing", ()))
    few = not found and not skin and sum(heard.content) <= FEW_WORDS
    if found and heard.clause[-1] == heard.clause[0]:
        return []
    score = ACCEPTED if felt or denied else BARE_PART
    return [
        Candidate(owner, score, 1.0, frozenset({token}))
        for concept in [each for each in heard.said if each in owners]
        for owner in owners[concept]
        for token in heard.said[concept]
        if (felt or denied or few or (not skin and _is_own(token, heard))) and (not found or _is_listed(token, heard))
    ]


def _is_own(token: int, heard: Utterance) -> bool:
    """Whether somebody speaks of a part of their body ("my poor old knees") or of several ("knees and heels")."""
    before = heard.tokens[max(0, token - OWN_REACH) : token]
    if any(each.roles & Role.POSSESSIVE for each in before):
        return True
    near = range(max(0, token - OWN_REACH), min(len(heard.tokens), token + OWN_REACH + 1))
    parts = [each for each in near if each != token and heard.tokens[each].roles & Role.BODY_PART]
    return any(in_one_list(token, each, heard) for each in parts)


def _is_listed(token: int, heard: Utterance) -> bool:
    """Whether a clause names body parts and nothing else, in a sentence that says more."""
    clause, sentence = heard.clause[token], heard.sentence[token]
    others = [each for each, content in enumerate(heard.content) if content and heard.sentence[each] == sentence]
    mine = [each for each in others if heard.clause[each] == clause]
    return len(mine) < len(others) and all(heard.tokens[each].roles & Role.BODY_PART for each in mine)
