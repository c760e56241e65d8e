"""Body parts mentioned without a symptom: accepted, asked about or ignored."""

from collections.abc import Mapping, Sequence

from bot.domain.language.negation import DENIED, Utterance
from bot.domain.language.roles import Role
from bot.domain.understanding.body_part_lists import in_one_list
from bot.domain.understanding.ranking import ACCEPTED, Candidate

# Each value was chosen with benchmarks/thresholds.py: see ranking.py
# sample: less is wrong below OFFERED, but bare parts go unanswered; lists: changes nothing
BARE_PART = 0.5  # the score of a body part with nothing said about it
# both: 3 is wrong more often; sample: 1 less often, but "lower back please" goes unanswered
FEW_WORDS = 2  # most content words of a text that may consist of a body part alone ("lower back please")
# sample: asked about one message more from 1 on; strangers' messages: a third less goes unanswered
OWN_REACH = 3  # most tokens from "my" to the body part


def bare_parts(owners: Mapping[str, Sequence[str]], utterance: Utterance, *, found: bool) -> list[Candidate]:
    """A candidate for every complaint of every body part that is mentioned without a symptom.

    Its score is ACCEPTED where a feeling is said or denied elsewhere in the text ("My knee. It aches a lot"), else
    BARE_PART. `owners` are the complaints of each body part. `found` says that a complaint was accepted already: then
    a body part counts only if its clause says nothing else ("and the elbow, too").
    """
    skin = "skin_talk" in utterance.said  # "a blister on my heel" is no pain of the heel
    felt = ("pain_like" if skin else "ailing") in utterance.said or "hindered" in utterance.denied
    denied = any(utterance.polarity[token] is DENIED for token in utterance.denied.get("ailing", ()))
    few = not found and not skin and sum(utterance.content) <= FEW_WORDS
    if found and utterance.clause[-1] == utterance.clause[0]:
        return []
    score = ACCEPTED if felt or denied else BARE_PART
    return [
        Candidate(owner, score, 1.0, frozenset({token}))
        for concept in [each for each in utterance.said if each in owners]
        for owner in owners[concept]
        for token in utterance.said[concept]
        if (felt or denied or few or (not skin and _is_own(token, utterance)))
        and (not found or _is_listed(token, utterance))
    ]


def _is_own(token: int, utterance: Utterance) -> bool:
    """Whether the writer calls the body part their own ("my poor old knees") or lists several ("knees and heels")."""
    before = utterance.tokens[max(0, token - OWN_REACH) : token]
    if any(each.roles & Role.POSSESSIVE for each in before):
        return True
    near = range(max(0, token - OWN_REACH), min(len(utterance.tokens), token + OWN_REACH + 1))
    parts = [each for each in near if each != token and utterance.tokens[each].roles & Role.BODY_PART]
    return any(in_one_list(token, each, utterance) for each in parts)


def _is_listed(token: int, utterance: Utterance) -> bool:
    """Whether the token's clause names body parts and nothing else, in a sentence that says more."""
    clause, sentence = utterance.clause[token], utterance.sentence[token]
    content = [
        each for each, is_content in enumerate(utterance.content) if is_content and utterance.sentence[each] == sentence
    ]
    of_clause = [each for each in content if utterance.clause[each] == clause]
    return len(of_clause) < len(content) and all(utterance.tokens[each].roles & Role.BODY_PART for each in of_clause)
