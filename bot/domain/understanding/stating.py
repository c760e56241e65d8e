"""What a text says beside the complaint: facts for the checklist, for whom it is, a yes or no, a wish to refuse."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from functools import lru_cache

from bot.domain.language.lexicon import Lexicon
from bot.domain.language.negation import Utterance
from bot.domain.language.roles import Role
from bot.domain.language.words import CACHED_WORDS, Word
from bot.domain.understanding.matching import Matches
from bot.domain.understanding.patterns import PatternKind
from bot.domain.understanding.placing import says_more

LONGEST_ANSWER = 12  # words; a longer text is no plain answer
FEW = 2  # words of another language that make a text unreadable
UNREADABLE = 0.34  # so few known words, too, in a text of at least UNREADABLE_WORDS
UNREADABLE_WORDS = 4
_CHILDREN = ("child", "son", "daughter", "baby")
_OTHERS = ("mum", "dad", "husband", "wife", "partner", "friend", "grandparent", "sibling", "relative_other")


def stated(kind: PatternKind, matches: Matches, heard: Utterance) -> list[str]:
    """The owners of the patterns of a kind that match, in a fixed order."""
    complete = matches.complete[kind]
    return sorted({each.owner for each, places in complete if not (each.general and says_more(heard, places))})


def about(heard: Utterance) -> str:
    """For whom, when somebody else: the concept of the person ("mum"), "child" for any child."""
    if not heard.roles & Role.OTHER_PERSON:
        return ""
    for index, token in enumerate(heard.tokens):
        person = next((one for one in (*_CHILDREN, *_OTHERS) if one in token.concepts), "")
        if person and heard.current[index] and _is_theirs(heard, index):
            return "child" if person in _CHILDREN else person
    return ""


def _is_theirs(heard: Utterance, index: int) -> bool:
    """Whether the person has the complaint, and does not just comment on it ("my husband says I'm fine")."""
    before = heard.tokens[index - 1].concepts if index else ()
    after = [role for token in heard.tokens[index + 1 : index + 3] for role in token.concepts]
    if "commenting" in after or "birth" in before or heard.names("baby_move"):
        return False
    if "baby" in heard.tokens[index].concepts and heard.names("pregnant", "birth", "infertility"):
        return False
    later = {role for token in heard.tokens[index + 1 : index + 6] for role in token.concepts}
    own = "first_person" in later and not later & {"trouble", "body_part"}
    near = {role for token in heard.tokens[max(0, index - 2) : index] for role in token.concepts}
    owned = not index or near & {"possessive", "for_my", "age_child"} or "child" in heard.tokens[index].concepts
    return bool(owned) and not own and not _is_object(heard, index)


def _is_object(heard: Utterance, index: int) -> bool:
    """Whether the person is what somebody does something with ("when I carry my baby")."""
    before = range(max(0, index - 4), index)
    doing = any(heard.content[at] and not {"for_my", "present"} & {*heard.tokens[at].concepts} for at in before)
    return doing and any("first_person" in heard.tokens[at].concepts for at in before)


class Answers:
    """Plain answers: texts that are nothing but words of one kind."""

    def __init__(self, kinds: Mapping[str, Sequence[str]], polite: Sequence[str]) -> None:
        self._ways = {tuple(way.split()): kind for kind, ways in kinds.items() for way in ways}
        self._ways.update({tuple(way.split()): "" for way in polite})
        self._beginnings = {way[0] for way in self._ways}
        self._longest = max((len(way) for way in self._ways), default=0)

    def kind(self, words: Sequence[Word]) -> str:
        """The kind of answer the whole text is, or "". One unsure word makes the whole unsure."""
        if not words or len(words) > LONGEST_ANSWER or words[0].text not in self._beginnings:
            return ""
        texts = tuple(word.text for word in words)
        said = [kind for kind in self._kinds(texts) or () if kind]
        return "" if not said else said[0] if len(set(said)) == 1 else "unsure"

    def _kinds(self, texts: tuple[str, ...]) -> tuple[str, ...] | None:
        """The kinds of the answers the words consist of, or None where some word is no part of an answer."""
        if not texts:
            return ()
        for length in range(min(self._longest, len(texts)), 0, -1):
            kind = self._ways.get(texts[:length])
            rest = None if kind is None else self._kinds(texts[length:])
            if kind is not None and rest is not None:
                return (kind, *rest)
        return None


class _Kind(IntEnum):
    """What a word is to a reader of one language."""

    NO_WORD = 0
    OTHER_SCRIPT = 1
    FOREIGN = 2
    KNOWN = 3
    UNKNOWN = 4


class Readability:
    """Tells whether a text is in the language, as far as its small words tell."""

    def __init__(self, lexicon: Lexicon, foreign: frozenset[str]) -> None:
        self._lexicon = lexicon
        self._foreign = foreign
        self._kind = lru_cache(maxsize=CACHED_WORDS)(self._kind_of)

    def is_readable(self, words: Sequence[Word]) -> bool:
        """Whether the text can be read. A text of digits alone can."""
        kinds = [self._kind(word.text) for word in words]
        letters = len(kinds) - kinds.count(_Kind.NO_WORD)
        script, known = kinds.count(_Kind.OTHER_SCRIPT), kinds.count(_Kind.KNOWN)
        if letters == script:
            return bool(words) and all(word.text.isdigit() for word in words)
        strange = script + kinds.count(_Kind.FOREIGN)
        if strange >= FEW and strange > known:
            return False
        return letters < UNREADABLE_WORDS or known / letters >= UNREADABLE

    def _kind_of(self, word: str) -> _Kind:
        if not any(char.isalpha() for char in word):
            return _Kind.NO_WORD
        if not word.isascii():
            return _Kind.OTHER_SCRIPT
        if word in self._foreign:
            return _Kind.FOREIGN
        return _Kind.KNOWN if self._lexicon.known(word) or self._lexicon.is_plain(word) else _Kind.UNKNOWN
