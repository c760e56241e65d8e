"""How a text as a whole answers an open question: no, yes, or unsure."""

from collections.abc import Mapping, Sequence

from bot.domain.language.words import Word
from bot.domain.understanding.understood import TypedAnswer

LONGEST_ANSWER = 12  # words; a longer text is no plain answer
_GROUPS = {
    TypedAnswer.NO: "answer_no",
    TypedAnswer.YES: "answer_yes",
    TypedAnswer.UNSURE: "answer_unsure",
}  # the groups of the vocabulary that list the ways to give each answer
_POLITE = "answer_polite"  # what may stand beside an answer and is none ("thanks")


class PlainAnswers:
    """Recognises texts that consist of answers and polite words alone ("no, none of those thanks").

    `groups` are the groups of the vocabulary. A missing group counts as empty.
    """

    def __init__(self, groups: Mapping[str, Sequence[str]]) -> None:
        self._phrases: dict[tuple[str, ...], TypedAnswer | None] = {
            tuple(phrase.split()): answer for answer, group in _GROUPS.items() for phrase in groups.get(group, ())
        }
        self._phrases.update({tuple(phrase.split()): None for phrase in groups.get(_POLITE, ())})
        self._first_words = {phrase[0] for phrase in self._phrases}
        self._longest = max((len(phrase) for phrase in self._phrases), default=0)

    def read(self, words: Sequence[Word]) -> TypedAnswer | None:
        """The answer that the whole text gives, or None. Different answers in one text are UNSURE."""
        if not words or len(words) > LONGEST_ANSWER or words[0].text not in self._first_words:
            return None
        answers = {answer for answer in self._answers(tuple(word.text for word in words)) or () if answer}
        if not answers:
            return None
        return answers.pop() if len(answers) == 1 else TypedAnswer.UNSURE

    def _answers(self, texts: tuple[str, ...]) -> tuple[TypedAnswer | None, ...] | None:
        """The answer of each phrase that the words consist of (None for a polite one).

        None where the words cannot be split into such phrases.
        """
        if not texts:
            return ()
        for length in range(min(self._longest, len(texts)), 0, -1):
            if texts[:length] in self._phrases:
                rest = self._answers(texts[length:])
                if rest is not None:
                    return (self._phrases[texts[:length]], *rest)
        return None
