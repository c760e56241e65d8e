"""A small language: a few words of each role, for tests of how sentences are read."""

from bot.domain.language.lexicon import Lexicon
from bot.domain.language.negation import DENIED, IMPAIRED, SAID, Utterance
from bot.domain.texts import Vocabulary
from bot.domain.understanding.patterns import TextReader

ROLES = ("and", "or", "now", "began", "had", "me_or_mine")  # concepts that are a role themselves
EXPRESSIONS = {
    "pain": ("pain", "ache"), "me_or_mine": ("myself",), "years_ago": ("years ago",), "right_now": ("right now",),
    "read_about": ("read about",), "as_a_child": ("as a child",), "turn_over": ("turn over",), "no_idea": ("no idea",),
}  # fmt: skip
GROUPS = {
    "filler": ("no", "cant", "but", "and", "or", "i", "my", "very", "a", "only", "if", "it", "she", "is", "what",
               "reportedly", "that", "are", "this", "whose", "have", "in", "here"),
    "body_part": ("neck", "knee"), "trouble": ("pain", "fever", "rash", "sore"), "negation": ("no",),
    "impairing": ("cant",), "function": ("sleep", "eat", "turn", "turn_over"), "open": ("turn_over", "no_idea"),
    "negation_end": ("only",), "clause_break": ("but",), "joining": ("and", "or"), "pronoun": ("i", "it", "she", "you"),
    "possessive": ("my", "whose"), "subject": ("someone",), "long_ago": ("years_ago",),
    "hearsay": ("read_about", "reportedly"),
    "what_if": ("if",), "relative": ("dad",), "present": ("now",), "old_illness": ("stroke",), "recent": ("today",),
    "other_person": ("she", "dad"), "thing": ("dog", "machine", "that"), "harming": ("bit",), "in_care": ("ambulance",),
    "taught": ("film",), "asking": ("what",), "named": ("stroke", "lump"), "giving": ("giving",),
    "back_then": ("as_a_child",), "claim": ("mine",), "time": ("right_now",), "fresh": ("new",),
    "had_then": ("had",), "question": ("are", "whose"), "pointing": ("this",), "treating": ("pills",),
    "carrying": ("have", "in"), "linking": ("in",), "closing": ("here",), "listing": ("obvious",),
}  # fmt: skip
WORDS = {word: EXPRESSIONS.get(word, (word,)) for each in (ROLES, *GROUPS.values()) for word in each}
READER = TextReader(Lexicon(Vocabulary(WORDS, GROUPS), ()))


def analyse(text: str) -> Utterance:
    """The text, analysed."""
    return READER.analyse(text)


def said(text: str) -> str:
    """The content words, with how each is meant: -denied, ~impaired, (not about today)."""
    utterance = analyse(text)
    marks = {SAID: "", DENIED: "-", IMPAIRED: "~"}
    return " ".join(
        marks[utterance.polarity[at]] + token.concept if utterance.current[at] else f"({token.concept})"
        for at, token in enumerate(utterance.tokens)
        if utterance.content[at]
    )
