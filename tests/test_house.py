"""What stands around the code: lock files, the settings example, make, and who may open connections."""

import ast
import re
import subprocess
import tomllib
from datetime import date
from pathlib import Path

import pytest

import bot
from bot.config.settings import ALL_NAMES, SECRETS, load_settings
from tests.config.test_settings import KEY
from tests.patience import PATIENCE

PACKAGE = Path(bot.__file__).parent
ROOT = PACKAGE.parent
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-mutants.lock")
NETWORK = {"aiohttp", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "telegram", "urllib", "websockets"}


def named(requirement: str) -> str:
    match = re.match(r"[\w.-]+", requirement)
    assert match
    return re.sub(r"[-_.]+", "-", match[0]).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_pins_every_package_with_hashes_and_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    for entry in re.split(r"\n(?=[^\s#])", text.strip()):
        pinned = r"[\w.\[\],-]+==[\w.+!]+( ; [^\n]+)? \\\n    --hash=sha256:[0-9a-f]{64}"
        assert re.match(pinned, entry), entry.splitlines()[0]
    assert "://" not in text
    assert "--index" not in text


def test_the_lock_files_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    run, dev = (
        {named(line) for line in (ROOT / lock).read_text().splitlines() if line[:1].isalnum()} for lock in LOCKS[:2]
    )
    assert {named(each) for each in [*project["dependencies"], *extras["postgresql"]]} <= run
    assert run | {named(each) for each in extras["dev"]} <= dev


def test_the_settings_example_explains_every_setting_and_works_as_it_stands(tmp_path: Path) -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    for name in set(ALL_NAMES) - {f"{secret}_FILE" for secret in SECRETS}:
        assert re.search(rf"^# .+\n#?{name}=", text, re.MULTILINE), name
    for secret in SECRETS:
        assert f"{secret}_FILE" in text
    (tmp_path / ".env").write_text(text)
    assert load_settings({"DATA_KEY": KEY}, tmp_path, need_token=False).admin_ids == frozenset()


def test_make_explains_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    command = ["make", "--no-print-directory", "help"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=PATIENCE).stdout
    assert [line.split()[1] for line in said.splitlines()] == phony[1].split()


def test_what_the_quick_tests_leave_out_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    left_out = re.search(r"^WHOLE := (.+)$", makefile, re.MULTILINE)
    assert left_out
    assert [name for name in left_out[1].split() if not (ROOT / "tests" / name).exists()] == []


@pytest.mark.safety("S-58")
def test_only_the_channels_can_open_connections_so_no_third_party_receives_a_text() -> None:
    """Besides Telegram and the local page there is the database, which is the operator's own and encrypted."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.partition(".")[0] in NETWORK and name != "urllib.parse" for name in names):
                found.add(path.relative_to(PACKAGE).parts[:2])
    assert found <= {("channels", "telegram"), ("channels", "web")}


def test_the_newest_release_in_the_change_log_is_the_version_of_the_project() -> None:
    """`Unreleased` may stand above it; every release has its date, the newest first."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    releases = headings[1:] if headings[0] == "Unreleased" else headings
    dated = [re.fullmatch(r"(\d+\.\d+\.\d+) \((\d{4}-\d\d-\d\d)\)", heading) for heading in releases]
    assert all(dated), releases
    found = [(match[1], date.fromisoformat(match[2])) for match in dated if match]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert found[0][0] == project["version"]
    assert [day for _, day in found] == sorted((day for _, day in found), reverse=True)


def test_ci_tries_the_oldest_and_the_newest_python_that_are_promised() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    promised = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    tried = re.search(r"^ +python: \[(.+?)\]", workflow, re.MULTILINE)
    assert tried
    assert re.findall(r"3\.\d+", tried[1]) == [promised[0], promised[-1]]
    assert project["requires-python"] == f">={promised[0]}"


def test_every_action_of_ci_is_pinned_by_its_commit() -> None:
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        used = re.findall(r"uses: (.+)", path.read_text(encoding="utf-8"))
        assert used
        assert [each for each in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", each)] == []
