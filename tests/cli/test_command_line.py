"""The command line: its help names every command, and what is wrong is told in one clear message."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]
COMMANDS = ("run", "try", "ask", "understand", "check", "format", "concepts", "copy-knowledge", "upgrade-knowledge")


def bot(folder: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Runs the program in `folder`, with nothing of this machine's settings."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "-m", "bot", *arguments]
    env = {**keep, "PYTHONPATH": str(ROOT), **environ}
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=env, timeout=PATIENCE)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_names_every_command(command: str, tmp_path: Path) -> None:
    assert command in bot(tmp_path, "--help").stdout


def test_run_without_a_token_says_how_to_get_one_and_how_to_try_without(tmp_path: Path) -> None:
    done = bot(tmp_path, "run")
    assert done.returncode == 2
    assert "@BotFather" in done.stderr
    assert "make try" in done.stderr
    assert "Traceback" not in done.stderr


def test_all_wrong_settings_are_named_at_once(tmp_path: Path) -> None:
    done = bot(tmp_path, "run", ADMIN_IDS="me", LOG_LEVEL="LOUD", DATABASE_URL="mysql://x", EMERGENCY_NUMBER="")
    assert done.returncode == 2
    for name in ("TELEGRAM_BOT_TOKEN", "ADMIN_IDS", "LOG_LEVEL", "DATABASE_URL", "EMERGENCY_NUMBER"):
        assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_faulty_knowledge_keeps_the_bot_from_starting_with_the_place_of_each_fault(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    assert bot(tmp_path, "copy-knowledge", str(folder)).returncode == 0
    points = folder / "points" / "spleen.yaml"
    points.write_text(points.read_text().replace("pressure: firm", "pressure: frim", 1))
    done = bot(tmp_path, "ask", "my neck is stiff", KNOWLEDGE_DIR=str(folder))
    assert done.returncode == 2
    assert "knowledge/points/spleen.yaml:" in done.stderr
    assert 'Did you mean "firm"?' in done.stderr
    assert "Traceback" not in done.stderr


def test_ask_shows_each_step_from_the_words_to_the_answer(tmp_path: Path) -> None:
    shown = bot(tmp_path, "ask", "my lowr back, it really hurts, no fever").stdout
    steps = [
        shown.index(heading) for heading in ("Understood\n", "Because\n", "Words read", "Complaints\n", "Answer\n")
    ]
    assert steps == sorted(steps)
    assert "“lowr” is read as “lower”" in shown
    assert "“fever”: fever, denied" in shown
    assert "texts/en/" in shown
    assert "less sure: “really” stands between" in shown


def test_an_unknown_command_is_refused_with_the_usage(tmp_path: Path) -> None:
    done = bot(tmp_path, "dance")
    assert done.returncode == 2
    assert "usage:" in done.stderr
