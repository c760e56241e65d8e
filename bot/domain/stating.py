"""What a text says beside the complaint: facts for the checklist, for whom it is, a plain yes or no, a wish to refuse."""

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.matching import Index, Pattern, Reader, find, says_more
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

    def __init__(self, patterns: Iterable[Pattern], lexicon: Lexicon, *, live_only: bool) -> None:
        self._index = Index(patterns, lexicon)
        self._live_only = live_only

    def stated(self, heard: Heard) -> list[str]:
        """The ids stated, in a fixed order."""
        places = {part: find(part, heard, live_only=self._live_only) for part in self._index.candidates(heard.at)}
        found = {part for part, place in places.items() if place}
        owners = {
            pattern.owner
            for pattern in self._index.patterns_with(found)
            if all((part in found) != part.unless for part in pattern.parts)
            and not (pattern.alone and says_more(heard, [places[part] for part in pattern.parts]))
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
    if "baby" in heard.tokens[index].concepts and ("pregnant" in heard.at or "birth" in heard.at or "infertility" in heard.at):
        return False
    later = [role for token in heard.tokens[index + 1 : index + 6] for role in token.concepts]
    own = "first_person" in later and not any(role in later for role in ("trouble", "body_part"))
    owned = "possessive" in before or "for_word" in before or not index or "numbered" in before or "age_child" in before
    return (owned or "child" in heard.tokens[index].concepts) and not own


class Answers:
    """Plain answers: texts that are nothing but words of one kind."""

    def __init__(self, kinds: Mapping[str, Sequence[str]], polite: Sequence[str], reader: Reader) -> None:
        del reader
        self._ways = {tuple(way.split()): kind for kind, ways in kinds.items() for way in ways}
        self._ways.update({tuple(way.split()): "" for way in polite})
        self._longest = max((len(way) for way in self._ways), default=0)

    def kind(self, words: Sequence[Word]) -> str:
        """The kind of answer the whole text is, or "". One unsure word makes the whole unsure."""
        texts = [word.text for word in words]
        if not texts or len(texts) > LONGEST_ANSWER:
            return ""
        kinds: list[str] = []
        at = 0
        while at < len(texts):
            for length in range(min(self._longest, len(texts) - at), 0, -1):
                kind = self._ways.get(tuple(texts[at : at + length]))
                if kind is not None:
                    kinds.append(kind)
                    at += length
                    break
            else:
                return ""
        said = [kind for kind in kinds if kind]
        return "" if not said else said[0] if len(set(said)) == 1 else "unsure"


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
