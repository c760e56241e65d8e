"""The key under which knowledge is stored as proven changes with everything that the proof depends on."""

import ast
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import bot
from bot.library.fingerprint import DEPENDENCIES, SUBPACKAGES, core_fingerprint, fingerprint, running_versions
from bot.storage import Store
from bot.wiring import open_library
from tests.library.checkout import Checkout

PACKAGE = Path(bot.__file__).parent
INPUTS = sorted(
    path.relative_to(PACKAGE).as_posix()
    for subpackage in SUBPACKAGES
    for path in (PACKAGE / subpackage).rglob("*")
    if path.suffix in {".py", ".yaml"}
)
KEY = bytes(range(32))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package whose files a test may change, if it changes them back."""
    folder = tmp_path_factory.mktemp("program") / "bot"
    return shutil.copytree(PACKAGE, folder, ignore=shutil.ignore_patterns("__pycache__"))


@pytest.fixture(scope="module")
def key(package: Path) -> str:
    """The key of the copy as it is."""
    return fingerprint(package, {})


def imported() -> Iterator[str]:
    """Yield the full names of the modules that the subpackages import."""
    for name in INPUTS:
        if name.endswith(".py"):
            for node in ast.walk(ast.parse((PACKAGE / name).read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    yield from (alias.name for alias in node.names)
                elif isinstance(node, ast.ImportFrom):
                    assert node.level == 0, name
                    yield node.module or ""


def test_it_is_the_same_for_the_same_program_wherever_it_lies(package: Path) -> None:
    (package / "library" / "__pycache__").mkdir(exist_ok=True)
    (package / "library" / "__pycache__" / "draft.pyc").write_bytes(b"left by a run")
    assert fingerprint(package, running_versions()) == core_fingerprint()


@pytest.mark.parametrize("name", INPUTS)
def test_a_change_in_any_file_is_another_key(package: Path, key: str, name: str) -> None:
    content = (package / name).read_bytes()
    (package / name).write_bytes(content + b"\n")
    changed = fingerprint(package, {})
    (package / name).unlink()
    without = fingerprint(package, {})
    (package / name).write_bytes(content)
    assert len({key, changed, without}) == 3


@pytest.mark.parametrize("name", ["domain/new/rule.py", "library/reading/minimum/texts/es.yaml", "domain/list.tsv"])
def test_a_new_file_however_deep_is_another_key(package: Path, key: str, name: str) -> None:
    (package / name).parent.mkdir(parents=True, exist_ok=True)
    (package / name).write_text("", "utf-8")
    changed = fingerprint(package, {})
    (package / name).unlink()
    assert changed != key


@pytest.mark.parametrize("name", ["python", *DEPENDENCIES])
def test_another_version_is_another_key(package: Path, name: str) -> None:
    versions = running_versions()
    assert versions[name]
    assert fingerprint(package, {**versions, name: "0.0"}) != fingerprint(package, versions)


def test_a_subpackage_without_code_is_an_error_and_no_key(tmp_path: Path) -> None:
    (tmp_path / "domain").mkdir()
    (tmp_path / "domain" / "rules.yaml").write_text("", "utf-8")
    with pytest.raises(FileNotFoundError, match="no code in"):
        fingerprint(tmp_path, {})


def test_what_the_subpackages_import_is_in_them_or_counts_by_its_version() -> None:
    distributions = packages_distributions()
    modules = set(imported())
    own = {module.removeprefix("bot.").partition(".")[0] for module in modules if module.startswith("bot.")}
    foreign = {module.partition(".")[0] for module in modules} - sys.stdlib_module_names - {"bot"}
    assert own == set(SUBPACKAGES)
    counted = {name for module in foreign for name in distributions[module]}
    assert {name.lower().replace("_", "-") for name in counted - {"pydantic_core"}} == set(DEPENDENCIES)


@pytest.mark.safety("S-18", "S-66")
def test_knowledge_proven_by_an_older_program_is_proven_anew_by_a_stricter_one(tmp_path: Path) -> None:
    """After an upgrade that adds to the core list, the bot must not start with knowledge that lacks the addition."""
    checkout = Checkout(tmp_path)
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    store = Store.open(url, KEY)
    live = open_library(checkout.knowledge, store).current
    assert live.problems == ()
    assert store.proven(core_fingerprint()) == live.knowledge.version
    store.close()

    minimum = checkout.package / "library/reading/minimum/texts/en.yaml"
    text = minimum.read_text("utf-8")
    minimum.write_text(text.replace("\n  heart_attack:\n", "\n  heart_attack:\n    - the kettle is blue\n"), "utf-8")
    started = checkout.run("-c", START, str(checkout.knowledge), url)
    assert "The knowledge in" in started.stderr
    assert '"the kettle is blue" no longer raises a flag of urgency emergency' in started.stderr
    assert started.returncode == 1


START = """
import sys
from pathlib import Path
from bot.storage import Store
from bot.wiring import open_library
store = Store.open(sys.argv[2], bytes(range(32)))
open_library(Path(sys.argv[1]), store)
"""
