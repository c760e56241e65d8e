"""`python -m bot check`: one line for each problem, and an exit code."""

import re

import pytest

from bot.cli.knowledge_commands import reached_table, run_check
from bot.domain.knowledge import Knowledge
from bot.library.reading.folder import read_folder
from bot.library.shipped import shipped
from tests.library.conftest import Folder


def test_the_shipped_knowledge_has_no_problems(capsys: pytest.CaptureFixture[str]) -> None:
    code = run_check(shipped())
    out = capsys.readouterr().out
    assert code == 0
    assert "knowledge/" not in out
    assert "  pregnancy_points " in out
    last = out.splitlines()[-1]
    assert last.startswith("Checked ")
    assert " files: 54 points, 45 conditions, 86 red flags, 45 contraindications, " in last
    assert last.endswith(" sources. No errors, no warnings.")


@pytest.mark.safety("S-28")
def test_the_table_tells_how_each_precaution_that_stops_or_leaves_out_comes_up(knowledge: Knowledge) -> None:
    rows = {line.split()[0]: line.split()[1:] for line in reached_table(knowledge)}
    assert rows["pregnancy"] == ["stop", "checklist,", "stated_text"]
    assert rows["pregnancy_points"] == ["leave_out", "stated_text,", "second_lock"]
    assert "blood_thinners" not in rows


def test_ten_different_faults_are_ten_lines_each_with_file_line_and_hint(
    whole: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    whole.edit("points/spleen.yaml", "SP6:\n", "SP6:\n  colour: red\n")
    whole.edit("points/lung.yaml", "seconds: ", "seconds: about ")
    whole.edit("points/heart.yaml", "  hanzi: 神門\n", "  hanzi: 神門\n  hanzi: 神門\n")
    whole.edit("conditions/back.yaml", "points: [BL23, BL52, LI4, LR3]", "points: [BL23, BL52, LI4, LR33]")
    whole.edit("conditions/arm_hand.yaml", "question: elbow", "question: elbw")
    whole.edit("techniques.yaml", "back:\n", "back: &anchor\n")
    whole.edit("red_flags.yaml", "cauda_equina:\n  urgency: emergency", "cauda_equina:\n  urgency: see_gp")
    whole.edit("texts/en/phrases/admin.yaml", "version {version} stays live", "version {vresion} stays live")
    whole.write("texts/en/meridians.yaml", "bladder: [Bladder\n")
    whole.write("points/bomb.yaml", b"x" * 10_000_000)
    code = run_check(whole.path)
    *lines, last = capsys.readouterr().out.splitlines()
    assert code == 1
    assert all(re.match(r"knowledge/[a-z_/]+\.yaml:[1-9]\d*: ", line) for line in lines)
    assert [re.sub(r"(yaml:|Line )\d+", r"\1N", line) for line in lines] == [
        'knowledge/conditions/arm_hand.yaml:N: elbow_pain: unknown question "elbw". Did you mean "elbow"?',
        'knowledge/conditions/back.yaml:N: low_back_pain: unknown point "LR33". Did you mean "LR3"?',
        (
            "knowledge/points/bomb.yaml:N: the file is too big, 10,000,000 bytes; 1,000,000 are allowed. "
            "Split it into smaller files."
        ),
        'knowledge/points/heart.yaml:N: HT7: the key "hanzi" stands here twice. Line N has it already. Keep one.',
        'knowledge/points/lung.yaml:N: LU7: "seconds" must be a whole number, not "about 120". Write digits only.',
        'knowledge/points/spleen.yaml:N: SP6: unknown key "colour". Remove it.',
        "knowledge/red_flags.yaml:N: cauda_equina: it may not be less urgent than emergency. Write urgency: emergency.",
        'knowledge/techniques.yaml:N: back: the anchor "&anchor" is not allowed here. Remove it.',
        (
            "knowledge/texts/en/meridians.yaml:N: broken YAML: did not find expected ',' or ']'. "
            "Check the indentation, quotes and colons here and in the line before."
        ),
        (
            "knowledge/texts/en/phrases/admin.yaml:N: admin.reload_kept: missing or unknown placeholder: "
            "{version}, {vresion}. There must be: {problems}, {version}."
        ),
    ]
    assert last == f"Checked {len(read_folder(whole.path)[0])} files. 10 errors, no warnings."
