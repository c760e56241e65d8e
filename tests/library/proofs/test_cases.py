"""Worked cases are run with the real dialogue; a failing one says what differs."""

from bot.domain.knowledge import Knowledge
from bot.domain.understanding.understand import Understanding
from bot.library.proofs.cases import run_cases
from bot.library.reading.draft import read

Understandings = dict[str, Understanding]
STARTS_WITH = "knowledge/cases/en.yaml:3: A name: expected "


def run(case: str, knowledge: Knowledge, understandings: Understandings) -> list[str]:
    """Return the problems of one case, given without its name; `expect` is in line 3."""
    draft, faults = read({"cases/en.yaml": f"- case: A name\n  {case}\n".encode()})
    assert not [fault for fault in faults if fault.file.startswith("cases/en")]
    return [str(problem) for problem in run_cases(draft, knowledge, understandings)]


def test_a_case_that_ends_as_it_says_is_silent(knowledge: Knowledge, understandings: Understandings) -> None:
    case = "say: tennis elbow\n  expect: {condition: elbow_pain, points: [LI10, LI11, TE5], flag: none}"
    assert run(case, knowledge, understandings) == []


def test_a_case_that_ends_otherwise_tells_both_ends(knowledge: Knowledge, understandings: Understandings) -> None:
    (problem,) = run("say: tennis elbow\n  expect: {points: [LI4]}", knowledge, understandings)
    assert problem.startswith(f"{STARTS_WITH}points LI4, found LI10, LI11, TE5.")


def test_a_case_that_means_another_complaint_names_it(knowledge: Knowledge, understandings: Understandings) -> None:
    (problem,) = run("say: tennis elbow\n  expect: {condition: knee_pain}", knowledge, understandings)
    assert problem.startswith(f"{STARTS_WITH}condition knee_pain, found elbow_pain.")


def test_points_that_must_never_be_shown_are_reported(knowledge: Knowledge, understandings: Understandings) -> None:
    (problem,) = run("say: tennis elbow\n  expect: {never: [TE5, LI4]}", knowledge, understandings)
    assert problem.startswith(f"{STARTS_WITH}never TE5, LI4, found LI10, LI11, TE5.")


def test_the_combination_of_rows_that_breaks_a_case_is_reported(
    knowledge: Knowledge, understandings: Understandings
) -> None:
    case = "say: tennis elbow\n  expect: {points: [LI10, LI11, TE5]}\n  others: any"
    (problem,) = run(case, knowledge, understandings)
    assert problem.startswith(f"{STARTS_WITH}points LI10, LI11, TE5, found nothing (with pregnancy ticked).")


def test_every_combination_of_the_other_rows_is_tried(knowledge: Knowledge, understandings: Understandings) -> None:
    case = "say: tennis elbow\n  expect: {points: []}\n  others: any\n  ticked: under_18"
    assert run(case, knowledge, understandings) == []


def test_a_yes_to_the_question_ends_without_points(knowledge: Knowledge, understandings: Understandings) -> None:
    case = "say: tennis elbow\n  expect: {points: []}\n  answered: yes"
    assert run(case, knowledge, understandings) == []


def test_a_refer_a_stop_and_what_is_left_out_are_seen(knowledge: Knowledge, understandings: Understandings) -> None:
    assert run("say: asthma\n  expect: {refer: asthma, points: []}", knowledge, understandings) == []
    stop = "say: tennis elbow\n  expect: {stop: pregnancy}\n  ticked: pregnancy"
    assert run(stop, knowledge, understandings) == []
    left = "say: tennis elbow\n  expect: {left_out: [LI10, LI11, TE5], points: []}\n  ticked: skin_or_injury"
    assert run(left, knowledge, understandings) == []


def test_a_red_flag_and_its_absence_are_seen(knowledge: Knowledge, understandings: Understandings) -> None:
    assert run("say: my face has dropped on one side\n  expect: {flag: stroke}", knowledge, understandings) == []
    (missing,) = run("say: tennis elbow\n  expect: {flag: stroke}", knowledge, understandings)
    assert missing.startswith(f"{STARTS_WITH}flag stroke, found nothing.")
    (raised,) = run("say: my face has dropped\n  expect: {flag: none}", knowledge, understandings)
    assert raised.startswith(f"{STARTS_WITH}flag none, found stroke")


def test_what_the_text_states_is_seen(knowledge: Knowledge, understandings: Understandings) -> None:
    case = "say: i'm on warfarin and have tennis elbow\n  expect: {states: clot_or_bleeding, points: []}"
    assert run(case, knowledge, understandings) == []
