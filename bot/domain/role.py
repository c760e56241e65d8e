"""The roles that the words of a sentence play, as bits: what is asked of every token of every message.

Each role is a concept or a group of the vocabulary of the same name; a knowledge editor decides which words play it.
"""

_NAMES = (
    "filler", "open", "negation", "impairing", "function", "negation_end", "clause_break", "joining", "or", "and",
    "pronoun", "possessive", "subject", "first_person", "long_ago", "hearsay", "what_if", "relative", "present",
    "began", "had", "old_illness", "recent", "time", "body_part", "trouble", "tissue", "leaning", "pain_like",
    "ambiguous", "elsewhere", "other_person", "help_me", "commenting",
    "now", "asking", "taught", "giving", "named", "claim", "thing", "in_care",
    "harming", "my_word", "back_then", "had_then", "fresh",
    "question", "pointing", "treating",
)  # fmt: skip
ROLES = {name: 1 << place for place, name in enumerate(_NAMES)}
NUMBER = 1 << len(_NAMES)  # a word of digits, whatever it says

FILLER, OPEN = ROLES["filler"], ROLES["open"]
NEGATION, IMPAIRING, FUNCTION = ROLES["negation"], ROLES["impairing"], ROLES["function"]
NEGATION_END, CLAUSE_BREAK, JOINING = ROLES["negation_end"], ROLES["clause_break"], ROLES["joining"]
OR, AND = ROLES["or"], ROLES["and"]
PRONOUN, POSSESSIVE, SUBJECT = ROLES["pronoun"], ROLES["possessive"], ROLES["subject"]
FIRST_PERSON = ROLES["first_person"]
LONG_AGO, HEARSAY, WHAT_IF, RELATIVE = ROLES["long_ago"], ROLES["hearsay"], ROLES["what_if"], ROLES["relative"]
PRESENT, BEGAN, HAD, OLD_ILLNESS = ROLES["present"], ROLES["began"], ROLES["had"], ROLES["old_illness"]
RECENT, TIME = ROLES["recent"], ROLES["time"]
BODY_PART, TROUBLE, TISSUE, LEANING = ROLES["body_part"], ROLES["trouble"], ROLES["tissue"], ROLES["leaning"]
PAIN_LIKE, AMBIGUOUS, ELSEWHERE = ROLES["pain_like"], ROLES["ambiguous"], ROLES["elsewhere"]
OTHER_PERSON, HELP_ME = ROLES["other_person"], ROLES["help_me"]
NOW, CLAIM, NAMED, THING = ROLES["now"], ROLES["claim"], ROLES["named"], ROLES["thing"]
ASKING, TAUGHT, GIVING, IN_CARE = ROLES["asking"], ROLES["taught"], ROLES["giving"], ROLES["in_care"]
HARMING, ONESELF, BACK_THEN, FRESH = ROLES["harming"], ROLES["my_word"], ROLES["back_then"], ROLES["fresh"]
HAD_THEN, QUESTION = ROLES["had_then"], ROLES["question"]
POINTING, TREATING = ROLES["pointing"], ROLES["treating"]


def roles_of(concepts: tuple[str, ...]) -> int:
    """The bits of all roles among these concepts and groups."""
    roles = 0
    for concept in concepts:
        roles |= ROLES.get(concept, 0)
    return roles
