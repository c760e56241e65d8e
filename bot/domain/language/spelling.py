"""Which known word a written one stands for: its forms, slips in long words, doubled letters, words run together."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.domain.language.words import REMEMBERED

CORRECTED_LETTERS = 5  # words of fewer letters are never taken for a slip of another (S-10)
TWO_SLIPS_LETTERS = 9  # longer words may hold two slips
END = 3  # letters of the end of a word that a slip in its other half leaves as they are,
SHORT_END = 2  # and so many of a shorter word: two letters swapped in its middle spoil three on either side
SPLIT_LETTERS = 6  # run-together words have at least so many letters,
SPLIT_PART = 3  # and their parts so many
SHORTEST_INFLECTED = 3
SHORT_VERB = 4  # letters up to which a final consonant is always doubled (trap, trapped)
MISSPELLED = 2  # slips between two spellings of one name
FORM = 1  # how much a regular form ranks behind words that are written down
LEAST = 9  # the rank of words that nothing says anything about


class Spelling:
    """The known words of a language with all their spellings.

    `ranks` says which words matter for health: of words equally near to a slip, that of the lowest rank is taken.
    `plain` are everyday words that are no slip of anything.
    """

    def __init__(
        self, words: Sequence[Collection[str]], forms: Mapping[str, Sequence[str]], fixed: frozenset[str],
        ranks: Mapping[str, int], plain: frozenset[str],
    ) -> None:  # fmt: skip
        """`words` come in pools, most important first; `fixed` ones have no further forms."""
        self._lemma = {word: word for word in fixed}
        self._lemma.update((form, base) for base, each in forms.items() for form in each)
        self._plain = plain
        self._ranks = dict(ranks)
        for base, each in forms.items():
            for form in each:
                self._ranks[form] = min(ranks.get(base, LEAST), ranks.get(form, LEAST))
        self._alike: dict[str, list[str]] = {}  # words by their first and by their last letters
        *vocabulary, phrases = words
        for pool in (*vocabulary[:1], forms, *vocabulary[1:]):
            self._learn(pool, fixed)
        self._index(self._lemma)
        self._learn_phrases(phrases, fixed)
        self.known_lemma = self._lemma.get
        self.resolve = lru_cache(maxsize=REMEMBERED)(self._resolve)

    def knows(self, word: str) -> bool:
        return word in self._lemma

    def is_plain(self, word: str) -> bool:
        return word in self._plain

    def lemma(self, word: str) -> str:
        return self._lemma.get(word, word)

    def _learn(self, pool: Iterable[str], fixed: Collection[str]) -> None:
        for word in sorted(pool, key=lambda each: (len(each), each)):
            if self._lemma.setdefault(word, word) == word and word not in fixed:
                for form in inflections(word):
                    self._lemma.setdefault(form, word)

    def _learn_phrases(self, pool: Iterable[str], fixed: Collection[str]) -> None:
        """Words that only phrases use; misspelled ones ("stran") stand for the word they are a slip of."""
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
        """The known words the text stands for (two when run together), or the text itself."""
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

    def _corrected(self, text: str) -> str:
        """The known word that is nearest, if it is near enough: a slip leaves one end of a word as it is."""
        allowed = 2 if len(text) >= TWO_SLIPS_LETTERS else 1
        ends = {key for length in (SHORT_END, END) for key in _ends(text, length)}
        alike = {word for key in ends for word in self._alike.get(key, ()) if abs(len(word) - len(text)) <= allowed}
        near = extract(text, alike, scorer=OSA.distance, score_cutoff=allowed, limit=None)
        ranked = sorted((slips, self._rank(word), sorted(word) != sorted(text), word[0] != text[0],
                         abs(len(word) - len(text)), word)
                        for word, slips, _ in near if slips == 1 or _are_close(word, text))  # fmt: skip
        return ranked[0][-1] if ranked else ""

    def _rank(self, word: str) -> float:
        """The rank of the word itself, or a little more than that of the word it is a regular form of."""
        return self._ranks.get(word, self._ranks.get(self._lemma[word], LEAST) + FORM)

    def _split(self, text: str) -> tuple[str, ...]:
        if len(text) >= SPLIT_LETTERS:
            for cut in range(len(text) - SPLIT_PART, SPLIT_PART - 1, -1):
                left, right = self._lemma.get(text[:cut]), self._lemma.get(text[cut:])
                if left and right:
                    return (left, right)
        return ()


def is_misspelling(word: str, name: str) -> bool:
    """Whether a long word is the same name with at most two slips."""
    return min(len(word), len(name)) > CORRECTED_LETTERS and OSA.distance(word, name) <= MISSPELLED


def inflections(word: str) -> Iterable[str]:
    """The regular forms a word may take; some are no words, which does no harm."""
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
    """The first and the last letters, with the sign of which they are."""
    return f"{word[:length]}-", f"-{word[-length:]}"


def _are_close(word: str, text: str) -> bool:
    """Whether two words are the same with one letter of each left out."""
    return not _shortened(word).isdisjoint(_shortened(text))


def _shortened(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _without_doubles(text: str) -> Iterable[str]:
    """The spellings with doubled letters made single, each by itself and all at once ("painn", "tummmy")."""
    doubled = [at for at in range(1, len(text)) if text[at] == text[at - 1]]
    for at in doubled:
        yield text[:at] + text[at + 1 :]
    if len(doubled) > 1:
        yield "".join(char for at, char in enumerate(text) if at not in doubled)
