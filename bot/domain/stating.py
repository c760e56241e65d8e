"""What a text says beside the complaint: facts for the checklist, for whom it is, a yes or no, a wish to refuse."""

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.matching import Index, Pattern, says_more
from bot.domain.scope import Heard
from bot.domain.vocabulary import Lexicon
from bot.domain.words import Word

LONGEST_ANSWER = 12  # words; a longer text is no plain answer
FEW = 2  # words of another language that make a text unreadable
UNREADABLE = 0.34  # so few known words, too, in a text of at least UNREADABLE_WORDS
UNREADABLE_WORDS = 4
_CHILDREN = ("child", "son", "daughter", "baby")
_OTHERS = ("mum", "dad", "husband", "wife", "partner", "friend", "grandparent", "sibling", "relative_other")


class Statements:
    """Patterns whose owners are stated when they match, unless denied."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._index = Index(patterns)

    def stated(self, heard: Heard) -> list[str]:
        """The ids stated, in a fixed order."""
        found = self._index.found(heard, live_only=False)
        owners = {
            pattern.owner
            for pattern in self._index.patterns_with(found)
            if all((part in found) != part.unless for part in pattern.parts)
            and not (pattern.alone and says_more(heard, [found[part] for part in pattern.parts]))
        }
        return sorted(owners)


def about(heard: Heard) -> str:
    """For whom, when somebody else: the concept of the person ("mum"), "child" for any child."""
    for index, token in enumerate(heard.tokens):
        person = next((one for one in (*_CHILDREN, *_OTHERS) if one in token.concepts), "")
        if person and heard.live[index] and _is_theirs(heard, index):
            return "child" if person in _CHILDREN else person
    return ""


def _is_theirs(heard: Heard, index: int) -> bool:
    """Whether the person has the complaint, and does not just comment on it ("my husband says I'm fine")."""
    before = heard.tokens[index - 1].concepts if index else ()
    after = [role for token in heard.tokens[index + 1 : index + 3] for role in token.concepts]
    if "commenting" in after or "birth" in before or "baby_move" in heard.at:
        return False
    if "baby" in heard.tokens[index].concepts and (
        "pregnant" in heard.at or "birth" in heard.at or "infertility" in heard.at
    ):
        return False
    later = {role for token in heard.tokens[index + 1 : index + 6] for role in token.concepts}
    own = "first_person" in later and not later & {"trouble", "body_part"}
    near = {role for token in heard.tokens[max(0, index - 2) : index] for role in token.concepts}
    owned = not index or near & {"possessive", "for_word", "age_child"} or "child" in heard.tokens[index].concepts
    return bool(owned) and not own and not _is_object(heard, index)


def _is_object(heard: Heard, index: int) -> bool:
    """Whether the person is what somebody does something with ("when I carry my baby")."""
    before = range(max(0, index - 4), index)
    doing = any(heard.content[at] and not {"for_word", "present"} & {*heard.tokens[at].concepts} for at in before)
    return doing and any("first_person" in heard.tokens[at].concepts for at in before)


class Answers:
    """Plain answers: texts that are nothing but words of one kind."""

    def __init__(self, kinds: Mapping[str, Sequence[str]], polite: Sequence[str]) -> None:
        self._ways = {tuple(way.split()): kind for kind, ways in kinds.items() for way in ways}
        self._ways.update({tuple(way.split()): "" for way in polite})
        self._longest = max((len(way) for way in self._ways), default=0)

    def kind(self, words: Sequence[Word]) -> str:
        """The kind of answer the whole text is, or "". One unsure word makes the whole unsure."""
        texts = tuple(word.text for word in words)
        if not texts or len(texts) > LONGEST_ANSWER:
            return ""
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


def is_readable(words: Sequence[Word], lexicon: Lexicon, foreign: frozenset[str]) -> bool:
    """Whether the text is English as far as its small words tell."""
    texts = [word.text for word in words if any(char.isalpha() for char in word.text)]
    if not any(text.isascii() for text in texts):
        return bool(words) and all(word.text.isdigit() for word in words)
    strange = [text for text in texts if text in foreign or not text.isascii()]
    known = [text for text in texts if text not in foreign and (lexicon.known(text) or lexicon.is_plain(text))]
    if len(strange) >= FEW and len(strange) > len(known):
        return False
    return len(texts) < UNREADABLE_WORDS or len(known) / len(texts) >= UNREADABLE
