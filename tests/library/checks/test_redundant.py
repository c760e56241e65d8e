"""Lines that add nothing and exceptions without effect are reported; lines that only look like it are not."""

from collections.abc import Callable, Iterator

import pytest

from bot.domain.language.lexicon import Lexicon
from bot.domain.texts import Vocabulary
from bot.library.checks.redundant import Lexicons, defeated_exceptions, redundant_lines
from bot.library.problems import Problem
from bot.library.reading.draft import Draft, read
from bot.library.reading.folder import read_folder
from tests.library.conftest import Folder

SIGNS = "texts/en/signs/stroke.yaml"
WORDS = """concepts:
  neck: [neck]
  back: [back]
  spine: [spine]
  hurts: [hurts]
  fever: [fever]
  flu: [flu]
  cough: [cough]
  not_: [not]
groups:
  body_part: [neck, back, spine]
  trunk: [back, spine]
  filler: [not_]
  negation: [not_]
plain_words:
  - face has dropped want to die start labour
"""
Check = Callable[[Draft, Lexicons], Iterator[Problem]]

REDUNDANT = {  # the first line adds nothing, for the second
    "a concept of two": ("{neck} {hurts}", "{neck|back} {hurts}"),
    "a concept of a group": ("{back} {hurts}", "{trunk} {hurts}"),
    "a group within a group": ("{trunk} {hurts}", "{body_part} {hurts}"),
    "a group by all its members": ("{trunk} {hurts}", "{back|spine} {hurts}"),
    "another order": ("{hurts} {neck}", "{neck} {hurts}"),
    "words for their concept": ("neck hurts", "{neck} {hurts}"),
    "one part for two": ("{neck} {hurts} + {back} {hurts}", "{body_part} {hurts}"),
    "other order of parts": ("{fever} + {neck} {hurts}", "{neck|back} {hurts} + {fever}"),
    "denied alike": ("not {neck} {hurts}", "not {trunk|neck} {hurts}"),
    "the other may be past": ("{neck} {hurts}", "ever: {neck} {hurts}"),
    "wider exceptions": ("{neck} {hurts} + unless: {flu|cough}", "{neck} {hurts} + unless: {flu}"),
    "a part beside": ("{neck} {hurts} + beside: {fever}", "{neck} {hurts} + beside: {fever|flu}"),
}
NEEDED = {
    "another concept": ("{neck} {hurts}", "{back} {hurts}"),
    "wider itself": ("{body_part} {hurts}", "{trunk} {hurts}"),
    "said, not denied": ("{neck} {hurts}", "not {neck} {hurts}"),
    "may be past": ("ever: {neck} {hurts}", "{neck} {hurts}"),
    "fewer exceptions": ("{neck} {hurts}", "{neck|back} {hurts} + unless: {flu}"),
    "narrower exceptions": ("{neck} {hurts} + unless: {flu}", "{neck|back} {hurts} + unless: {flu|cough}"),
    "apart, not near": ("{neck} + {hurts}", "{neck} {hurts}"),
    "two things, not one": ("{neck}", "{neck|back} {neck|spine}"),
    "nearer together by a third": ("{neck} {fever} {hurts}", "{neck} {hurts}"),
    "said in a second message": ("{neck} {hurts} + {fever}", "{neck} {hurts}"),
}
DEFEATED = {
    "the same": ("{neck} {hurts} + unless: {flu}", "{hurts} {neck}"),
    "wider": ("{neck} {hurts} + unless: {flu}", "{body_part} {hurts}"),
    "one of its words": ("{neck} {hurts} + unless: {flu}", "{neck}"),
    "fewer parts": ("{neck} {hurts} + {fever} + unless: {flu}", "{neck} {hurts}"),
}
HOLDING = {
    "excepted there, too": ("{neck} {hurts} + unless: {flu}", "{body_part} {hurts} + unless: {flu}"),
    "narrower": ("{body_part} {hurts} + unless: {flu}", "{neck} {hurts}"),
    "not past": ("ever: {neck} {hurts} + unless: {flu}", "{neck} {hurts}"),
    "of two words one is wanted twice": ("{neck} + unless: {flu}", "{neck|back} {neck|spine}"),
    "takes back the flag": ("unless: {flu}", "{neck}"),
}


def problems_of(check: Check, folder: Folder) -> Iterator[Problem]:
    draft = read(read_folder(folder.path)[0])[0]
    concepts, groups, forms = (draft.sound(f"en/{key}") for key in ("concepts", "groups", "forms"))
    return check(draft, {"en": Lexicon(Vocabulary(concepts, groups, forms), ())})


def found(folder: Folder, check: Check, *lines: str) -> list[str]:
    """Return what the check reports if the signs of one red flag are these lines."""
    folder.write("texts/en/vocabulary/body.yaml", WORDS)
    signs = "".join(f'  - "{line}"\n' for line in lines)
    folder.write(SIGNS, f"stroke:\n{signs}")
    problems = list(problems_of(check, folder))
    assert all(problem.severity == "warning" for problem in problems)
    return [str(problem) for problem in problems]


@pytest.mark.parametrize("name", REDUNDANT)
def test_a_line_that_a_wider_one_makes_useless_is_reported_with_that_line(small: Folder, name: str) -> None:
    line, wider = REDUNDANT[name]
    expected = f'2: warning: stroke: "{line}" adds nothing: "{wider}" in line 3 matches whenever it does.'
    (warning,) = found(small, redundant_lines, line, wider)
    assert expected in warning


@pytest.mark.parametrize("name", NEEDED)
def test_a_line_that_matches_where_no_other_does_is_not_reported(small: Folder, name: str) -> None:
    assert not [each for each in found(small, redundant_lines, *NEEDED[name]) if ":2: " in each]


def test_of_two_lines_that_say_the_same_only_one_is_reported(small: Folder) -> None:
    assert len(found(small, redundant_lines, "{neck} {hurts}", "{hurts} {neck}")) == 1


@pytest.mark.parametrize("name", DEFEATED)
def test_an_exception_that_a_line_without_it_defeats_is_reported_once(small: Folder, name: str) -> None:
    line, wider = DEFEATED[name]
    (warning,) = found(small, defeated_exceptions, line, wider)
    assert f'2: warning: stroke: "{line}" has an "unless:" that "{wider}" in line 3 defeats.' in warning
    assert found(small, redundant_lines, line, wider) == []


@pytest.mark.parametrize("name", HOLDING)
def test_an_exception_that_keeps_something_back_is_not_reported(small: Folder, name: str) -> None:
    assert found(small, defeated_exceptions, *HOLDING[name]) == []


def test_a_pattern_of_a_complaint_that_is_said_twice_is_reported(small: Folder) -> None:
    """A narrower one is not: it weighs more, and so may win against other complaints."""
    lines = "".join(f'    - "{line}"\n' for line in ("{neck} {hurts}", "{hurts} {neck}", "{neck|back} {hurts}"))
    small.write("texts/en/vocabulary/complaints.yaml", f"complaints:\n  tight_neck:\n{lines}")
    (warning,) = found(small, redundant_lines, "{neck}")
    assert (
        'complaints.yaml:4: warning: tight_neck: "{hurts} {neck}" adds nothing: "{neck} {hurts}" in line 3' in warning
    )


def test_nothing_is_reported_for_the_shipped_knowledge(whole: Folder) -> None:
    assert [str(each) for check in (redundant_lines, defeated_exceptions) for each in problems_of(check, whole)] == []
