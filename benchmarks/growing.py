"""The knowledge as it would be with many times the phrases. The same every time.

What grows when an editor writes on for years? Mostly new ways to say what is known, in words that are known:
* A new phrase is a phrase of today in which one or two words are replaced, half of the time by a word that phrases
  already use (drawn as often as they use it), half of the time by a new one. So length and mixture of words stay as
  they are. No two phrases have the same words. Half of them belong to the complaint of the phrase they were made
  from, half to new complaints, each with as many phrases as one has today.
* Complaint patterns (`{knee} {trouble}`) grow likewise, with references in place of words.
* So do red-flag patterns, but always with a new concept: a message raises no more alarms than today, for a message
  with an alarm is read less far, which would flatter us.
* New words and concepts grow with the square root of the phrases, as in any collection of texts (Heaps' law). A new
  concept has as many ways to say it as one has today, and the roles of one that complaint patterns name.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from random import Random

from bot.domain.knowledge import Knowledge
from bot.domain.texts import ConditionText, Texts, Vocabulary

SEED = 20
_ONSETS = (
    "b",
    "br",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gl",
    "h",
    "k",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "r",
    "s",
    "st",
    "t",
    "v",
)
_VOWELS = ("a", "e", "i", "o", "u", "oo", "ai")
_ENDS = ("", "l", "n", "nd", "r", "rt", "s", "sk", "t", "x", "m", "ck")
_REFERENCE = re.compile(r"\{([a-z0-9_|]+)\}")


def grown(knowledge: Knowledge, factor: int, language: str) -> Knowledge:
    """The knowledge with `factor` times the phrases, complaint patterns and red-flag patterns."""
    if factor == 1:
        return knowledge
    texts = _Growth(knowledge.texts[language], factor).texts()
    return replace(knowledge, texts={**knowledge.texts, language: texts})


def fresh_words(known: Iterable[str], random: Random) -> Iterator[str]:
    """Words that can be said aloud, none of them known, none twice."""
    seen = set(known)
    while True:
        syllables = (random.choice(_ONSETS) + random.choice(_VOWELS) + random.choice(_ENDS) for _ in range(2))
        word = "".join(syllables)
        if word not in seen:
            seen.add(word)
            yield word


class _Growth:
    """Grows the texts of one language."""

    def __init__(self, texts: Texts, factor: int) -> None:
        self._texts = texts
        self._more = factor - 1
        self._random = Random(SEED)  # noqa: S311 - nothing is to be kept secret
        self._phrases = [(id_, phrase) for id_, text in texts.conditions.items() for phrase in text.phrases]
        self._used = [word for _, phrase in self._phrases for word in phrase.split()]
        concepts = texts.vocabulary.concepts
        known = {*self._used, *(word for ways in concepts.values() for way in ways for word in way.split())}
        widened = math.sqrt(factor) - 1
        self._new = list(islice(fresh_words(known, self._random), round(len(known) * widened)))
        self._new_concepts = [f"new_{number}" for number in range(round(len(concepts) * widened))]

    def texts(self) -> Texts:
        texts = self._texts
        signs = {id_: (*flag.signs, *self._signs(flag.signs)) for id_, flag in texts.red_flags.items()}
        return replace(
            texts,
            conditions=self._conditions(),
            red_flags={id_: replace(flag, signs=signs[id_]) for id_, flag in texts.red_flags.items()},
            vocabulary=self._vocabulary(),
        )

    def _conditions(self) -> dict[str, ConditionText]:
        conditions = self._texts.conditions
        size = len(self._phrases) // len(conditions)
        seen = {frozenset(phrase.split()) for _, phrase in self._phrases}
        added: dict[str, list[str]] = {id_: [] for id_ in conditions}
        for number in range(self._more * len(self._phrases)):
            id_, phrase = self._phrases[number % len(self._phrases)]
            owner = f"new_{number // 2 // size}" if number % 2 else id_
            added.setdefault(owner, []).append(self._phrase(phrase.split(), seen))
        model = next(iter(conditions.values()))
        blank = replace(model, name="", phrases=(), states={})
        return {
            id_: replace(text, name=text.name or phrases[0], phrases=(*text.phrases, *phrases))
            for id_, phrases in added.items()
            for text in [conditions.get(id_, blank)]
        }

    def _phrase(self, words: Sequence[str], seen: set[frozenset[str]]) -> str:
        """The words with one or two of them replaced, unlike all that was seen. A word by itself becomes a new one."""
        while True:
            changed = list(words)
            for place in self._random.sample(range(len(words)), k=min(len(words), self._random.choice((1, 2)))):
                fresh = len(words) == 1 or self._random.random() < 1 / 2
                changed[place] = self._random.choice(self._new if fresh else self._used)
            if frozenset(changed) not in seen:
                seen.add(frozenset(changed))
                return " ".join(changed)

    def _signs(self, lines: Sequence[str]) -> Iterator[str]:
        """As many lines more, each with a new concept in place of a reference or a word."""
        models = [line for line in lines if not line.startswith("unless:")]
        for number in range(self._more * len(models)):
            yield self._with_a_new_concept(models[number % len(models)])

    def _with_a_new_concept(self, line: str) -> str:
        first, *rest = line.split(" + ")
        new = "{" + self._random.choice(self._new_concepts) + "}"
        found = list(_REFERENCE.finditer(first))
        place = self._random.choice(found) if found else None
        changed = first[: place.start()] + new + first[place.end() :] if place else f"{first} {new}"
        return " + ".join([changed, *rest])

    def _vocabulary(self) -> Vocabulary:
        vocabulary = self._texts.vocabulary
        named = [
            name
            for lines in vocabulary.complaints.values()
            for line in lines
            for each in _REFERENCE.findall(line)
            for name in each.split("|")
            if name not in vocabulary.groups
        ]
        groups = {group: list(members) for group, members in vocabulary.groups.items()}
        roles = {name: [group for group, members in groups.items() if name in members] for name in named}
        for concept in self._new_concepts:
            for group in roles[self._random.choice(named)]:
                groups[group].append(concept)
        return replace(
            vocabulary,
            concepts={**vocabulary.concepts, **self._concepts(vocabulary.concepts)},
            groups={group: tuple(members) for group, members in groups.items()},
            complaints=self._complaints(vocabulary.complaints, named),
        )

    def _concepts(self, concepts: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
        """New concepts: a few new words each, and expressions of a new word beside a known one."""
        size = sum(map(len, concepts.values())) // len(concepts)
        share = len(self._new) // len(self._new_concepts)
        made = {}
        for number, concept in enumerate(self._new_concepts):
            own = self._new[number * share : (number + 1) * share][:size]
            more = (f"{self._random.choice(self._used)} {self._random.choice(own)}" for _ in range(size - len(own)))
            made[concept] = (*own, *dict.fromkeys(more))
        return made

    def _complaints(self, complaints: Mapping[str, Sequence[str]], named: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """As many patterns more, with another concept, known or new, in place of one reference."""
        made: dict[str, tuple[str, ...]] = {}
        for id_, lines in complaints.items():
            more = [lines[number % len(lines)] for number in range(self._more * len(lines))]
            made[id_] = (*lines, *(self._pattern(line, named) for line in more))
        return made

    def _pattern(self, line: str, named: Sequence[str]) -> str:
        references = _REFERENCE.findall(line)
        if references[1:] and self._random.random() < 1 / 2:
            return line.replace(self._random.choice(references), self._random.choice(named), 1)
        return self._with_a_new_concept(line)
