"""Points are found by any of their names, and never guessed."""

import pytest

from bot.domain.understanding.understand import Understanding


@pytest.mark.parametrize(
    "text",
    [
        "LI4",
        "li4",
        "LI-4",
        "li 4",
        "LI04",
        "Li.4",
        "L14",
        "l-14",
        "4GI",
        "4 gi",
        "GI4",
        "hegu",
        "Hégǔ",
        "he gu",
        "HE GU",
        "ho ku",
        "合谷",
        "Joining Valley",
        "large intestine 4",
        "where is LI4?",
        "show me he gu please",
        "how do I press LI 4",
    ],
)
def test_any_spelling_of_a_point_is_known(english: Understanding, text: str) -> None:
    understood = english.understand(text)
    assert understood.points == ("LI4",)
    assert understood.accepted == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("P6", "PC6"),
        ("third eye", "EX-HN3"),
        ("B54", "BL40"),
        ("B47", "BL52"),
        ("zusanli", "ST36"),
        ("sanyinjao", "SP6"),
        ("taichong", "LR3"),
        ("taixi", "KI3"),
        ("taiyang", "EX-HN5"),
        ("zhongzhu", "TE3"),
        ("ear shenmen", "EAR-SHENMEN"),
        ("wind pool", "GB20"),
        ("UB 40", "BL40"),
        ("Liv 3", "LR3"),
        ("太衝", "LR3"),
    ],
)
def test_pinyin_old_numbers_nicknames_and_slips_are_known(english: Understanding, text: str, code: str) -> None:
    assert english.understand(text).points == (code,)


@pytest.mark.parametrize(
    ("text", "choice"),
    [("shenmen", ("EAR-SHENMEN", "HT7")), ("shen men", ("EAR-SHENMEN", "HT7")), ("hip point", ("BL53", "GB30"))],
)
def test_an_ambiguous_name_is_asked_about(english: Understanding, text: str, choice: tuple[str, ...]) -> None:
    understood = english.understand(text)
    assert understood.point_choice == choice
    assert understood.points == ()


@pytest.mark.parametrize(
    ("text", "unknown", "close"),
    [("LI44", "LI44", ("LI4", "LI10")), ("BL54", "BL54", ("BL40",)), ("GB200", "", ()), ("LI3", "LI3", ("LR3",))],
)
def test_a_point_outside_the_catalogue_is_named_with_the_closest(
    english: Understanding, text: str, unknown: str, close: tuple[str, ...]
) -> None:
    understood = english.understand(text)
    assert understood.points == ()
    assert (understood.point_unknown, understood.points_close) == (unknown, close)


@pytest.mark.parametrize("text", ["taiyuan", "taiyan", "taixo"])
def test_names_that_are_one_slip_from_two_points_are_not_guessed(english: Understanding, text: str) -> None:
    assert english.understand(text).points == ()


@pytest.mark.parametrize(
    "text",
    [
        "my temples hurt",
        "pain at the front of my ankle",
        "vitamin B12 for my back",
        "the back of my wrist hurts",
        "l4-l5 disc pain",
    ],
)
def test_plain_words_that_also_name_a_point_stay_a_complaint(english: Understanding, text: str) -> None:
    assert english.understand(text).points == ()


def test_a_clock_time_is_no_point(english: Understanding) -> None:
    assert english.understand("AT4").points == ("EAR-SUBCORTEX",)
    woken = english.understand("wide awake at 4 every night")
    assert (woken.points, [each.id for each in woken.accepted]) == ((), ["sleep_problems"])
