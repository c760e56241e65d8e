"""Whether words are evidence as they are spelled: a corrected spelling is never the only evidence for a stop (S-82)."""

from collections.abc import Collection, Sequence

from bot.domain.language.lexicon import Lexicon
from bot.domain.language.negation import Utterance
from bot.domain.language.roles import Role

_NO_EVIDENCE = Role.FILLER | Role.TIME | Role.RECENT | Role.PRESENT  # small words and words of time


def is_evidence(tokens: Sequence[int], utterance: Utterance, lexicon: Lexicon, guessed: Collection[str] = ()) -> bool:
    """Whether these tokens say something without the words whose spelling was corrected.

    That is a token without such a word, a denied one (its "no" or "can't" is spelled right), or one in which a word
    that is neither small nor about time is spelled right ("hart attack"). Of two words run together both must be among
    the tokens. `guessed` are words, as written, that are read as others than they seem.
    """
    used = {at for token in tokens for at in range(utterance.tokens[token].start, utterance.tokens[token].end)}
    doubtful = frozenset(at for at in used if _is_doubtful(at, used, utterance, lexicon, guessed))
    if not doubtful:
        return True
    return any(
        utterance.polarity[token] or _speaks(range(each.start, each.end), doubtful, utterance, lexicon)
        for token in tokens
        for each in [utterance.tokens[token]]
    )


def _speaks(span: range, doubtful: Collection[int], utterance: Utterance, lexicon: Lexicon) -> bool:
    sound = [at for at in span if at not in doubtful]
    if len(sound) == len(span):
        return True
    return any(not lexicon.single_word(utterance.lemmas[at]).roles & _NO_EVIDENCE for at in sound)


def _is_doubtful(
    at: int, used: Collection[int], utterance: Utterance, lexicon: Lexicon, guessed: Collection[str]
) -> bool:
    word = utterance.words[at]
    if not word.written:  # the second of two words run together
        return at - 1 not in used
    if at + 1 < len(utterance.words) and not utterance.words[at + 1].written:
        return at + 1 not in used
    return word.written in guessed or lexicon.is_corrected(word)
