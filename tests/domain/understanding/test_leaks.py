"""Nothing written before, after or into a warning sign may hide it: every seed in every form, by kind.

The seeds are the emergencies of our lists that are stopped as they are written. The quick tests try one seed in
`SAMPLE`, the slow ones all of them. Each docstring says which share of all seeds was lost before the kind was mended.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from textwrap import wrap

import pytest

from bot.domain.language.spelling import CORRECTED_LETTERS
from bot.domain.understanding.evidence import Verdict
from bot.domain.understanding.explanation import derive
from bot.domain.understanding.patterns import PatternKind
from bot.domain.understanding.understand import Understanding
from tests.domain.shipped import pairs, stops

Form = Callable[[str], str]
SAMPLE = 12
MOST_LOST = {1: 0.01, SAMPLE: 0.02}  # of all seeds in all forms; a sample may be unlucky
every = pytest.mark.parametrize("step", [SAMPLE, pytest.param(1, marks=pytest.mark.slow)], ids=["sample", "all"])

DENIED = [
    "not been well", "no one believes me", "never had this", "never had this before", "not a joke", "dont worry",
    "without any reason", "without any warning", "no sleep last night", "not the usual", "im not ok", "no idea why",
    "nobody is here", "didnt sleep", "no energy", "not eaten since yesterday", "never felt like this", "dont panic",
    "not being dramatic", "i dont feel right", "no appetite", "havent slept", "i dont like this", "dont laugh",
    "nothing works", "not good", "not sure what to do",
]  # fmt: skip
PAST = [
    "i had this last year too and now", "i had this in 2019 and now", "i had this last year, now",
    "had it years ago and now", "a few years ago i had it, now", "had it last year, now again",
    "i used to have this, today", "years ago i had it, since an hour", "had the same 3 years ago, this morning",
    "i had it last year,", "had it years ago, again", "same thing in 2019 and again since yesterday",
    "two years ago, and today", "used to get this years ago and suddenly", "i was ill last year and now",
    "my dad had it years ago and now i have it", "had surgery years ago, now",
]  # fmt: skip

BREAKS = [
    "\n",
    " \n",
    "... ",
    "...",
    "\u2026",
    "\u2026 ",
    " - ",
    "\u2014",
    " \u2014 ",
    " \u2013 ",
    ": ",
    "; ",
    "! ",
    " | ",
]
SAID_IN_PASSING = ["um", "uh", "really", "fucking", "like", "you know", "sort of", "literally", "bloody"]


@pytest.fixture(scope="module")
def seeds(english: Understanding) -> list[str]:
    """The emergencies of our lists that are stopped as they are written."""
    messages = [message for name in ("emergencies.txt", "strangers/emergencies.txt") for _, message in pairs(name)]
    return [message for message in messages if stops(english.understand(message))]


def before(opening: str) -> Form:
    return lambda text: f"{opening} {text}"


def within(between: str) -> Form:
    """Puts this in the middle of a text, instead of a blank."""

    def form(text: str) -> str:
        words = text.split()
        return between.join(
            filter(None, (" ".join(each) for each in (words[: len(words) // 2], words[len(words) // 2 :])))
        )

    return form


def first_word_apart(text: str) -> str:
    return text.replace(" ", "\n", 1)


def one_word_a_line(text: str) -> str:
    return "\n".join(text.split())


def wrapped(columns: int) -> Form:
    return lambda text: "\n".join(wrap(text, columns))


def with_a_letter_left_out(text: str) -> Iterator[str]:
    """The text with the middle letter left out of one of its long words, for each of them."""
    words = text.split()
    for at, word in enumerate(words):
        if word.isalpha() and len(word) >= CORRECTED_LETTERS:
            slip = word[: len(word) // 2] + word[len(word) // 2 + 1 :]
            yield " ".join([*words[:at], slip, *words[at + 1 :]])


def lost(english: Understanding, seeds: Iterable[str], form: Form) -> list[str]:
    """The seeds, in this form, that do not stop any more."""
    return [text for text in map(form, seeds) if not stops(english.understand(text))]


def check(english: Understanding, seeds: Sequence[str], forms: Iterable[Form], step: int) -> None:
    """Tries every `step`th seed in each form."""
    each = [lost(english, seeds[::step], form) for form in forms]
    missing = [text for texts in each for text in texts]
    assert len(missing) <= MOST_LOST[step] * len(seeds[::step]) * len(each), missing[:20]


@every
@pytest.mark.safety("S-6")
def test_a_denial_does_not_run_on_into_a_warning_sign(english: Understanding, seeds: list[str], step: int) -> None:
    """Without a comma, as dictated. 18 of these 27 openings lost 31 to 45 % of 1,821 seeds."""
    check(english, seeds, map(before, DENIED), step)


@pytest.mark.safety("S-6")
@pytest.mark.parametrize(
    "message",
    [
        "no numbness in my legs", "I don't have pain in my chest", "no fever or rash", "not short of breath",
        "no crushing chest pain", "no radiating pain down my left arm from my chest", "not suffering from chest pain",
        "i dont think i am having a stroke", "i dont think its my heart, no chest pain at all",
        "my back hurts no weight loss night sweats or fever", "back pain but no loss of control of my bladder",
        "no numbness between my legs no leaking", "no new numbness or weakness in my legs", "never coughed up blood",
        "no slurred speech no face droop no arm weakness", "no thoughts of suicide", "im not going to hurt myself",
        "no visual disturbance double vision or slurred speech", "i dont get any pain in my chest on the stairs",
        "i am not having any chest pain shortness of breath dizziness or sweating", "i dont want to die",
        "headache without any fever, stiff neck or confusion", "no pain in the calf and its not swollen or hot",
    ],
)  # fmt: skip
def test_what_is_denied_stays_denied(english: Understanding, message: str) -> None:
    assert not stops(english.understand(message))


@every
@pytest.mark.safety("S-7")
def test_what_was_once_does_not_take_the_present_away(english: Understanding, seeds: list[str], step: int) -> None:
    """Eight of these openings lost 54 % of the seeds."""
    check(english, seeds, map(before, PAST), step)


@pytest.mark.safety("S-7")
@pytest.mark.parametrize(
    "message",
    [
        "i had a stroke last year", "had chest pain years ago, now my shoulder is stiff", "chest pain, years ago",
        "had a heart attack in 2015, now i have shoulder pain", "years ago i had a dvt, now my neck is stiff",
        "my dad had a stroke in 2010, i have neck pain today", "years ago, chest pain. now it is my knee",
    ],
)  # fmt: skip
def test_what_is_over_stays_over(english: Understanding, message: str) -> None:
    assert not stops(english.understand(message))


@every
@pytest.mark.safety("S-8", "S-10")
def test_no_pause_and_no_line_break_hides_a_warning_sign(english: Understanding, seeds: list[str], step: int) -> None:
    """Of 1,821 seeds 12 % were lost by nearly every mark, 28 % wrapped at 20 columns."""
    check(english, seeds, [first_word_apart, wrapped(20), wrapped(40), *map(within, BREAKS)], step)


@every
@pytest.mark.safety("S-10")
def test_one_word_a_line_hides_no_warning_sign(english: Understanding, seeds: list[str], step: int) -> None:
    """71 % of 1,821 seeds were lost."""
    check(english, seeds, [one_word_a_line], step)


@pytest.mark.safety("S-6", "S-18")
@pytest.mark.parametrize(
    ("message", "raises"),
    [
        ("no fever\nmy chest hurts", True),
        ("not sleeping - chest pain", True),
        ("I can't... breathe", True),
        ("he is not - breathing", True),
        ("Pain: chest\nSince: today\nAlso: sweating", True),
        ("my chest... it hurts so bad", True),
        ("CHEST\nPAIN", True),
        ("vomiting... blood", True),
        ("no chest pain\nno fever\nmy neck is stiff", False),
        ("my neck hurts - no numbness - no weakness", False),
        ("My chest is fine.\nMy knee hurts", False),
        ("My chest is fine\n\nmy knee hurts", False),
        ("I had chest pain years ago... my knee hurts now", False),
    ],
)
def test_a_pause_joins_what_is_said_and_nothing_that_is_denied(
    english: Understanding, message: str, *, raises: bool
) -> None:
    assert stops(english.understand(message)) is raises


@every
@pytest.mark.safety("S-10")
def test_a_word_said_in_passing_hides_no_warning_sign(english: Understanding, seeds: list[str], step: int) -> None:
    """4 % of 1,821 seeds were lost by each of these words."""
    check(english, seeds, (within(f" {word} ") for word in SAID_IN_PASSING), step)


@pytest.mark.parametrize("message", ["i feel like ive been hit by a bus lol", "my back aches like a toothache"])
def test_a_comparison_is_not_said_in_passing(english: Understanding, message: str) -> None:
    assert not stops(english.understand(message))


@pytest.mark.safety("S-4")
def test_flags_of_both_readings_come_most_urgent_first(english: Understanding) -> None:
    heard = english.understand("burning when I pee with a fever. my chest\nhurts").red_flags
    assert [flag.id for flag in heard] == ["heart_attack", "urine_infection_fever"]
    assert heard[0].because == ("chest hurts",)


def test_what_only_the_other_reading_finds_is_explained(english: Understanding) -> None:
    (evidence,) = derive(english, "numb\nbetween my legs").of(PatternKind.FLAG)
    assert (evidence.owner, evidence.verdict) == ("cauda_equina", Verdict.RAISED)
    assert evidence.fits[0].words == ("numb between my legs",)


@pytest.mark.safety("S-7")
def test_an_exception_holds_in_every_reading(english: Understanding) -> None:
    assert not stops(english.understand("marbled skin in cold, always like that"))


@every
@pytest.mark.safety("S-10")
def test_a_letter_left_out_of_a_long_word_seldom_hides_a_warning_sign(
    english: Understanding, seeds: list[str], step: int
) -> None:
    """1.6 % were lost. The rest are other words themselves ("aces", "grin", "sigh")."""
    tried = list(itertools.chain.from_iterable(map(with_a_letter_left_out, seeds[::step])))
    missing = lost(english, tried, str)
    assert len(missing) <= MOST_LOST[step] * len(tried), missing[:20]


@pytest.mark.safety("S-82")
def test_a_guess_at_a_misspelled_word_is_never_the_only_evidence(english: Understanding) -> None:
    assert stops(english.understand("breast caner and now my back bone hurts at night"))
    assert not stops(english.understand("caner"))
