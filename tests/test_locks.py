"""The lock files fit the bounds of the project, and every Python that it promises."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PYTHONS = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
EXTRAS = {"requirements.lock": ("postgresql",), "requirements-dev.lock": ("postgresql", "dev")}
PINNED = re.compile(r"^([\w.-]+)==([\w.+!]+)(?: ; (.+?))? \\$", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    """The versions that a lock file pins for this system, by the names of packages."""
    found = PINNED.findall((ROOT / lock).read_text(encoding="utf-8"))
    return {canonicalize_name(name): version for name, version, _ in found}


@cache
def asking(name: str) -> tuple[SpecifierSet, list[Requirement]]:
    """The versions of Python that an installed package takes, and all that it may ask for."""
    found = distribution(name)
    pythons = SpecifierSet(str(found.metadata.json.get("requires_python", "")))
    return pythons, [Requirement(each) for each in found.requires or []]


def asked(names: Iterable[str], python: str) -> Iterator[tuple[str, Requirement]]:
    """What each of the packages asks for on a version of Python, extras left aside."""
    environment = {"python_version": python, "python_full_version": f"{python}.9"}
    for name in names:
        for requirement in asking(name)[1]:
            marker = requirement.marker
            if marker is None or marker.evaluate(environment):
                yield name, requirement


@pytest.mark.parametrize("lock", EXTRAS)
def test_no_lock_file_is_behind_the_bounds_of_the_project(lock: str) -> None:
    """Dependabot raises the bounds alone: `make lock` has to follow."""
    optional = PROJECT["optional-dependencies"]
    wanted = [*PROJECT["dependencies"], *(each for extra in EXTRAS[lock] for each in optional[extra])]
    pinned = pins(lock)
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)], prereleases=True), (
            requirement
        )


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("lock", EXTRAS)
def test_a_lock_file_is_complete_on_every_python_that_is_promised(lock: str, python: str) -> None:
    """It is made on one of them, and pip refuses with hashes whatever a package asks for beyond it on another."""
    pinned = pins(lock)
    for name, requirement in asked(pinned, python):
        version = pinned.get(canonicalize_name(requirement.name))
        assert version, f"{name} asks for {requirement}"
        assert requirement.specifier.contains(version, prereleases=True), f"{name} asks for {requirement}"
    for name in pinned:
        assert asking(name)[0].contains(f"{python}.9"), f"{name} needs Python {asking(name)[0]}"
