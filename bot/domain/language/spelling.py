"""Finds the known word for a written one: its forms, slips in long words, doubled letters, words run together."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.domain.language.words import CACHED_WORDS

CORRECTED_LETTERS = 5  # shorter words are never corrected (S-10)
TWO_SLIPS_LETTERS = 9  # words of this length may have two slips
END = 3  # letters at the start or end of a word that a slip elsewhere in it leaves unchanged,
SHORT_END = 2  # the same for short words: two letters swapped in the middle may spoil three on either side
SPLIT_LETTERS = 6  # least letters of two words run together,
SPLIT_PART = 3  # and of each of the two
SHORTEST_INFLECTED = 3  # letters
SHORT_VERB = 4  # letters up to which a final consonant is always doubled (trap, trapped)
MOST_OTHERS = 3  # other words that a misspelled one may have been
MISSPELLED = 2  # most slips between two spellings of one name
FORM = 1  # added to the rank of a word for its regular forms
LAST_RANK = 9  # of words without a rank


class Spelling:
    """The known words of a language with all their forms.

    `ranks` says which words matter for health: of words equally near to a misspelled one, that of the lowest rank is
    taken. `plain` are everyday words that are never corrected.
    """

    def __init__(
        self, words: Sequence[Collection[str]], forms: Mapping[str, Sequence[str]], fixed: frozenset[str],
        ranks: Mapping[str, int], plain: frozenset[str],
    ) -> None:  # fmt: skip
        """`words` are sets of words, most important first; the last are those of phrases. `forms` maps a word to its
        irregular forms. `fixed` words have no other forms.
        """
        self._lemma = {word: word for word in fixed}
        self._lemma.update((form, base) for base, each in forms.items() for form in each)
        self._plain = plain
        self._ranks = dict(ranks)
        for base, each in forms.items():
            for form in each:
                self._ranks[form] = min(ranks.get(base, LAST_RANK), ranks.get(form, LAST_RANK))
        self._alike: dict[str, list[str]] = {}  # words by their first and by their last letters, see `_ends`
        *vocabulary, phrases = words
        for group in (*vocabulary[:1], forms, *vocabulary[1:]):
            self._learn(group, fixed)
        self._lemma.update(
            (form, self._lemma[base]) for base, each in forms.items() for form in each if self._lemma[form] == base
        )  # the base may be a form of another word itself ("collapsed")
        self._index(self._lemma)
        self._learn_phrases(phrases, fixed)
        self.known_lemma = self._lemma.get
        self.resolve = lru_cache(maxsize=CACHED_WORDS)(self._resolve)
        self.others_meant = lru_cache(maxsize=CACHED_WORDS)(self._others_meant)
        self.is_corrected = lru_cache(maxsize=CACHED_WORDS)(self._is_corrected)

    def knows(self, word: str) -> bool:
        """Whether it is a known word or a form of one, as it is spelled."""
        return word in self._lemma

    def is_plain(self, word: str) -> bool:
        """Whether it is an everyday word, which is never corrected."""
        return word in self._plain

    def lemma(self, word: str) -> str:
        """The word it is a form of; an unknown word is its own lemma."""
        return self._lemma.get(word, word)

    def _learn(self, pool: Iterable[str], fixed: Collection[str]) -> None:
        for word in sorted(pool, key=lambda each: (len(each), each)):
            if self._lemma.setdefault(word, word) == word and word not in fixed:
                for form in inflections(word):
                    self._lemma.setdefault(form, word)

    def _learn_phrases(self, pool: Iterable[str], fixed: Collection[str]) -> None:
        """Learns words that only phrases use; a misspelled one ("stran") as a form of the word that was meant."""
        slips, new = {}, []
        for word in sorted(pool):
            if word not in self._lemma:
                near = "" if word in self._plain else self._corrected(word)
                if near:
                    slips[word] = self._lemma[near]
                else:
                    new.append(word)
        before = set(self._lemma)
        self._lemma.update(slips)
        self._learn(new, fixed)
        self._index(word for word in self._lemma if word not in before)

    def _index(self, words: Iterable[str]) -> None:
        for word in words:
            if len(word) >= CORRECTED_LETTERS:
                for key in _ends(word, _end_of(len(word))):
                    self._alike.setdefault(key, []).append(word)

    def _resolve(self, text: str) -> tuple[str, ...]:
        """The lemma of the word that was meant (two of words run together), or the text itself if none is near."""
        if text in self._lemma:
            return (self._lemma[text],)
        if text in self._plain or not text.isalpha():
            return (text,)
        for spelling in _without_doubles(text):
            if spelling in self._lemma:
                return (self._lemma[spelling],)
        if len(text) < CORRECTED_LETTERS - 1:
            return (text,)
        corrected = self._corrected(text)
        return (self._lemma[corrected],) if corrected else self._split(text) or (text,)

    def _is_corrected(self, text: str) -> bool:
        """Whether it is an unknown word that is read as one known word."""
        lemmas = self.resolve(text)
        return not self.knows(text) and len(lemmas) == 1 and lemmas[0] != text

    def is_known_without_doubles(self, text: str) -> bool:
        """Whether it is a known word once doubled letters are made single."""
        return any(spelling in self._lemma for spelling in _without_doubles(text))

    def _others_meant(self, text: str) -> tuple[str, ...]:
        """The lemmas of other known words that may have been meant, likeliest first; none for a known word."""
        if self.knows(text) or text in self._plain or not text.isalpha() or len(text) < CORRECTED_LETTERS - 1:
            return ()
        (first,) = self._resolve(text)[:1]
        lemmas = dict.fromkeys(self._lemma[word] for word in self._near(text))
        return tuple(lemma for lemma in lemmas if lemma != first)[:MOST_OTHERS]

    def _corrected(self, text: str) -> str:
        """The nearest known word, or "" if none is near enough."""
        near = self._near(text)
        return near[0] if near else ""

    def _near(self, text: str) -> list[str]:
        """The known words that are near enough, nearest first. One end of each must be as written."""
        allowed = 2 if len(text) >= TWO_SLIPS_LETTERS else 1
        ends = {key for length in (SHORT_END, END) for key in _ends(text, length)}
        alike = {word for key in ends for word in self._alike.get(key, ()) if abs(len(word) - len(text)) <= allowed}
        near = extract(text, alike, scorer=OSA.distance, score_cutoff=allowed, limit=None)
        ranked = sorted((slips, self._rank(word), sorted(word) != sorted(text), word[0] != text[0],
                         abs(len(word) - len(text)), word)
                        for word, slips, _ in near if slips == 1 or _are_close(word, text))  # fmt: skip
        return [each[-1] for each in ranked]

    def _rank(self, word: str) -> float:
        """The rank of the word, or FORM more than that of the word it is a regular form of."""
        return self._ranks.get(word, self._ranks.get(self._lemma[word], LAST_RANK) + FORM)

    def _split(self, text: str) -> tuple[str, ...]:
        """The lemmas of two known words run together, the first as long as possible; or an empty tuple."""
        if len(text) >= SPLIT_LETTERS:
            for cut in range(len(text) - SPLIT_PART, SPLIT_PART - 1, -1):
                left, right = self._lemma.get(text[:cut]), self._lemma.get(text[cut:])
                if left and right:
                    return (left, right)
        return ()


def is_misspelling(word: str, name: str) -> bool:
    """Whether two words of six letters or more are at most two slips apart."""
    return min(len(word), len(name)) > CORRECTED_LETTERS and OSA.distance(word, name) <= MISSPELLED


def inflections(word: str) -> Iterable[str]:
    """The regular forms that a word may have, without itself. Some are no words, which does no harm."""
    if len(word) < SHORTEST_INFLECTED or not word.isalpha() or not word.isascii():
        return
    if word.endswith("y") and word[-2] not in "aeiou":
        yield from (word[:-1] + "ies", word[:-1] + "ied", word + "ing", word + "s")
        return
    yield word + ("es" if word.endswith(("s", "x", "ch", "sh", "z")) else "s")
    if word.endswith("e"):
        yield from (word + "d", (word if word.endswith("ee") else word[:-1]) + "ing")
        return
    doubles = word[-1] not in "aeiouwxys" and word[-2] in "aeiou" and word[-3] not in "aeiou"
    if doubles:
        yield from (word + word[-1] + "ed", word + word[-1] + "ing")
    if not doubles or len(word) > SHORT_VERB:
        yield from (word + "ed", word + "ing")


def _end_of(length: int) -> int:
    return END if length > 2 * END else SHORT_END


def _ends(word: str, length: int) -> tuple[str, str]:
    """The first letters with "-" after them, and the last letters with "-" before them."""
    return f"{word[:length]}-", f"-{word[-length:]}"


def _are_close(word: str, text: str) -> bool:
    """Whether the words are equal with one letter left out of each."""
    return not _shortened(word).isdisjoint(_shortened(text))


def _shortened(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _without_doubles(text: str) -> Iterable[str]:
    """The spellings with one doubled letter made single, then with all of them ("painn", "tummmy")."""
    doubled = [at for at in range(1, len(text)) if text[at] == text[at - 1]]
    for at in doubled:
        yield text[:at] + text[at + 1 :]
    if len(doubled) > 1:
        yield "".join(char for at, char in enumerate(text) if at not in doubled)
