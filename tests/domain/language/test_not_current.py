"""What is not about somebody's today: the past, hearsay, what is imagined, asked in general, or said of a thing."""

import pytest

from tests.domain.understanding.small_language import said


@pytest.mark.safety("S-7")
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("fever", "fever"),
        ("fever years ago", "(fever) (years_ago)"),
        ("fever now years ago", "fever now years_ago"),
        ("fever began years ago", "fever began years_ago"),
        ("read about fever", "(read_about) (fever)"),
        ("read about fever now", "read_about fever now"),
        ("began read about fever", "(began) (read_about) (fever)"),
        ("dad had stroke", "(dad) (had) (stroke)"),
        ("dad had fever", "dad had fever"),
        ("dad stroke", "dad stroke"),
        ("had stroke", "had stroke"),
        ("dad had stroke today", "dad had stroke today"),
        ("rash if fever", "rash (fever)"),
        ("fever but rash if sleep, eat", "fever rash (sleep) eat"),
        ("fever now if rash", "fever now (rash)"),
    ],
)
def test_the_past_hearsay_and_what_ifs_are_not_about_today(text: str, meant: str) -> None:
    assert said(text) == meant


@pytest.mark.safety("S-7")
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("stroke, years ago", "(stroke) (years_ago)"),
        ("sleep, had years ago", "(sleep) (had) (years_ago)"),
        ("sleep, years ago, eat", "(sleep) (years_ago) eat"),
        ("years ago, eat", "(years_ago) (eat)"),
        ("years ago, eat, sleep", "(years_ago) (eat) sleep"),
        ("years ago, now eat", "(years_ago) now eat"),
        ("years ago and eat today", "(years_ago) eat today"),
        ("sleep now, years ago", "sleep now (years_ago)"),
        ("had years ago, eat", "(had) (years_ago) eat"),
        ("eat. years ago, sleep", "eat (years_ago) (sleep)"),
        ("stroke. years ago", "stroke (years_ago)"),
        ("years ago. stroke", "(years_ago) stroke"),
        ("sleep, stroke years ago", "sleep (stroke) (years_ago)"),
        ("sleep, now years ago", "sleep now years_ago"),
        ("sleep, read about years ago", "sleep (read_about) (years_ago)"),
        ("sleep, read about", "sleep (read_about)"),
        ("sleep, reportedly", "sleep"),
        ("had stroke began years ago", "had stroke began years_ago"),
    ],
)
def test_a_bare_time_long_ago_belongs_to_the_clause_before_it_or_else_after_it(text: str, meant: str) -> None:
    assert said(text) == meant


@pytest.mark.safety("S-7")
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("dad had stroke as a child", "(dad) (had) (stroke) (as_a_child)"),
        ("had fever as a child", "(had) (fever) (as_a_child)"),
        ("fever as a child", "fever as_a_child"),
        ("had fever as a child today", "had fever as_a_child today"),
        ("sleep, right now years ago", "(sleep) (right_now) (years_ago)"),
    ],
)
def test_what_one_had_back_then_is_over(text: str, meant: str) -> None:
    assert said(text) == meant


@pytest.mark.safety("S-7")
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("if fever sleep", "(fever) (sleep)"),
        ("if fever my rash", "(fever) rash"),
        ("if my fever", "fever"),
        ("if i fever", "(fever)"),
        ("if sleep i fever", "(sleep) fever"),
        ("if b if my rash sleep", "(b) rash sleep"),
        ("if b my rash if sleep", "(b) rash (sleep)"),
    ],
)
def test_what_is_imagined_ends_where_something_of_ones_own_begins(text: str, meant: str) -> None:
    assert said(text) == meant


@pytest.mark.safety("S-7")
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("dog sleep fever", "dog (sleep) (fever)"),
        ("a dog fever", "dog (fever)"),
        ("machine stroke, rash", "machine (stroke) rash"),
        ("dog rash. dog stroke", "dog (rash) dog (stroke)"),
        ("dog bit neck", "dog bit neck"),
        ("dog rash my neck", "dog rash neck"),
        ("dog rash myself", "dog rash me_or_mine"),
        ("dog i rash", "dog rash"),
        ("dog dad rash", "dog dad rash"),
        ("sleep dog rash", "sleep dog rash"),
        ("that", ""),
    ],
)
def test_an_animal_or_a_machine_has_no_flag_unless_it_does_something_to_somebody(text: str, meant: str) -> None:
    assert said(text) == meant


@pytest.mark.safety("S-7")
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("she stroke ambulance", "(stroke) (ambulance)"),
        ("she stroke. she ambulance", "(stroke) (ambulance)"),
        ("she stroke, ambulance", "(stroke) ambulance"),
        ("she stroke. ambulance", "stroke ambulance"),
        ("ambulance. she stroke", "ambulance stroke"),
        ("she stroke now ambulance", "stroke now ambulance"),
        ("stroke ambulance", "stroke ambulance"),
        ("she ambulance, she stroke", "(ambulance) stroke"),
        ("stroke, dad ambulance", "stroke (dad) (ambulance)"),
    ],
)
def test_who_is_in_good_hands_already_needs_no_help_now(text: str, meant: str) -> None:
    assert said(text) == meant


@pytest.mark.safety("S-7")
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("what stroke", "(stroke)"),
        ("film stroke", "film (stroke)"),
        ("stroke film", "(stroke) film"),
        ("film fever", "film fever"),
        ("stroke", "stroke"),
        ("what i stroke", "stroke"),
        ("what my stroke", "stroke"),
        ("i what stroke", "(stroke)"),
        ("what i sleep what stroke", "sleep (stroke)"),
        ("dad film stroke", "dad film (stroke)"),
        ("film dad stroke", "film dad stroke"),
        ("what stroke pain", "stroke pain"),
        ("what stroke mine", "stroke mine"),
        ("what stroke. mine", "stroke mine"),
        ("film stroke, my neck", "film (stroke) neck"),
        ("film stroke, neck pain", "film (stroke) neck pain"),
        ("film pain stroke", "film pain stroke"),
        ("stroke film, neck pain", "stroke film neck pain"),
        ("film stroke, neck", "film (stroke) neck"),
        ("film stroke. my neck pain", "film (stroke) neck pain"),
        ("stroke. film", "stroke film"),
        ("film stroke, my sleep", "film (stroke) sleep"),
        ("dad, stroke film", "dad (stroke) film"),
        ("film dad b stroke", "film dad b stroke"),
        ("film b stroke", "film b (stroke)"),
    ],
)
def test_an_illness_that_is_asked_about_or_taught_in_general_is_nobodys(text: str, meant: str) -> None:
    assert said(text) == meant


@pytest.mark.safety("S-7")
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("are stroke", "(stroke)"),
        ("are stroke sleep", "(stroke) sleep"),
        ("are sleep, stroke", "sleep (stroke)"),
        ("sleep. are stroke", "sleep (stroke)"),
        ("sleep, are stroke", "sleep stroke"),
        ("stroke are", "stroke"),
        ("are fever", "fever"),
        ("are this stroke", "stroke"),
        ("this what stroke", "stroke"),
        ("are my stroke", "stroke"),
        ("whose stroke", "stroke"),
        ("are my sleep, stroke", "sleep stroke"),
        ("are stroke mine", "stroke mine"),
        ("are stroke neck", "stroke neck"),
        ("are stroke pills", "stroke pills"),
        ("are stroke now", "stroke now"),
        ("are stroke today", "stroke today"),
        ("are stroke fever", "stroke fever"),
    ],
)
def test_a_question_about_an_illness_is_nobodys_unless_it_points_at_somebody_or_is_urgent(
    text: str, meant: str
) -> None:
    assert said(text) == meant


@pytest.mark.safety("S-7")
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("giving dad stroke", "giving dad (stroke)"),
        ("giving b c d stroke", "giving b c d (stroke)"),
        ("giving b c d e stroke", "giving b c d e stroke"),
        ("giving, stroke", "giving stroke"),
        ("giving dad lump", "giving dad lump"),
        ("stroke giving", "stroke giving"),
    ],
)
def test_an_illness_that_somebody_gives_is_a_figure_of_speech(text: str, meant: str) -> None:
    assert said(text) == meant
