"""How a text as a whole answers an open question: no, yes, or unsure; or whether it is only small talk."""

import re
from collections.abc import Mapping, Sequence

from bot.domain.language.words import Word
from bot.domain.understanding.understood import SmallTalk, TypedAnswer

LONGEST_ANSWER = 12  # words; a longer text is no plain answer
# The groups of the vocabulary that list the ways to give each answer, and small talk.
_GROUPS: dict[TypedAnswer | SmallTalk, str] = {
    TypedAnswer.NO: "answer_no",
    TypedAnswer.YES: "answer_yes",
    TypedAnswer.UNSURE: "answer_unsure",
    SmallTalk.THANKS: "says_thanks",
    SmallTalk.HELLO: "says_hello",
    SmallTalk.OK: "says_ok",
}
_POLITE = "answer_polite"  # what may stand beside an answer and is none ("please")
_ONLY_A_QUESTION_MARK = re.compile(r"[\s?\uff1f]*[?\uff1f][\s?\uff1f]*\Z")


class PlainAnswers:
    """Recognises texts that consist of answers, small talk and polite words alone ("no, none of those thanks").

    `groups` are the groups of the vocabulary. A missing group counts as empty.
    """

    def __init__(self, groups: Mapping[str, Sequence[str]]) -> None:
        self._phrases: dict[tuple[str, ...], TypedAnswer | SmallTalk | None] = {
            tuple(phrase.split()): None for phrase in groups.get(_POLITE, ())
        }
        for meaning, group in reversed(_GROUPS.items()):  # where a phrase stands twice, the earlier meaning counts
            self._phrases.update({tuple(phrase.split()): meaning for phrase in groups.get(group, ())})
        self._first_words = {phrase[0] for phrase in self._phrases}
        self._longest = max((len(phrase) for phrase in self._phrases), default=0)

    def read(self, words: Sequence[Word], text: str = "") -> TypedAnswer | SmallTalk | None:
        """The answer that the whole text gives, the small talk that it is if it gives none, or None.

        Different answers in one text are UNSURE. `text` is the text itself, for its question marks: a lone one is
        UNSURE, and what ends with one is no clear answer ("none?").
        """
        if not words:
            return TypedAnswer.UNSURE if _ONLY_A_QUESTION_MARK.match(text) else None
        if len(words) > LONGEST_ANSWER or words[0].text not in self._first_words:
            return None
        meanings = self._meanings(tuple(word.text for word in words)) or ()
        answers = {each for each in meanings if isinstance(each, TypedAnswer)}
        if not answers:
            return next((each for each in _GROUPS if each in meanings), None)
        answer = answers.pop() if len(answers) == 1 else TypedAnswer.UNSURE
        return _asked_back(answer) if text.rstrip().endswith(("?", "\uff1f")) else answer

    def _meanings(self, texts: tuple[str, ...]) -> tuple[TypedAnswer | SmallTalk | None, ...] | None:
        """The meaning of each phrase that the words consist of (None for a polite one).

        None where the words cannot be split into such phrases.
        """
        if not texts:
            return ()
        for length in range(min(self._longest, len(texts)), 0, -1):
            if texts[:length] in self._phrases:
                rest = self._meanings(texts[length:])
                if rest is not None:
                    return (self._phrases[texts[:length]], *rest)
        return None


def _asked_back(answer: TypedAnswer) -> TypedAnswer | None:
    """An answer with a question mark behind it: never a clear one, and a "no" is none at all."""
    return None if answer is TypedAnswer.NO else TypedAnswer.UNSURE
