"""The pictures that ship: complete, as named in the knowledge, and with the points and words they should show.

Nothing is rendered: the scenes are read as data, so the tools that render are not needed.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
KNOWLEDGE, SCENES = ROOT / "knowledge", ROOT / "illustrations" / "scenes"
CODE = re.compile(r"EX-[A-Z]+\d+|EAR-[A-Z]+|[A-Z]+\d+")
MOST_BYTES_OF_ALL = 8_000_000
FEWEST_FILMS = 6  # "at least the six points most often recommended"


def read(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def points() -> dict[str, dict[str, Any]]:
    return {code: point for file in (KNOWLEDGE / "points").glob("*.yaml") for code, point in read(file).items()}


@pytest.fixture(scope="module")
def scene_pictures() -> dict[str, dict[str, Any]]:
    scenes = [scene for file in SCENES.glob("*.yaml") for scene in read(file).values()]
    return {name: picture for scene in scenes for name, picture in scene["pictures"].items()}


@pytest.fixture(scope="module")
def maps() -> dict[str, dict[str, Any]]:
    made: dict[str, dict[str, Any]] = read(ROOT / "illustrations" / "maps.yaml")
    return made


def marked(picture: Mapping[str, Any]) -> Iterator[str]:
    for marker in picture["markers"]:
        found = CODE.match(marker)
        assert found, marker
        yield found[0]


def test_every_point_has_a_card_and_a_second_view(points: dict[str, dict[str, Any]]) -> None:
    lacking = {c: p["pictures"] for c, p in points.items() if p["pictures"] != [f"{c}.jpg", f"{c}-wide.jpg"]}
    assert not lacking


def test_every_region_has_a_map(points: dict[str, dict[str, Any]]) -> None:
    named = {region for area in read(KNOWLEDGE / "areas.yaml") for region in area.get("maps", {})}
    assert named == {point["region"] for point in points.values()}


def test_a_map_shows_all_points_of_its_region_and_no_other(
    points: dict[str, dict[str, Any]], maps: dict[str, dict[str, Any]], scene_pictures: dict[str, dict[str, Any]]
) -> None:
    for name, made in maps.items():
        shown = {code for part in made["views"] for code in marked(scene_pictures[part["view"]])}
        assert shown == {code for code, point in points.items() if point["region"] == made["region"]}, name


def test_a_map_is_named_at_the_region_that_it_shows(maps: dict[str, dict[str, Any]]) -> None:
    named = {r: file for area in read(KNOWLEDGE / "areas.yaml") for r, file in area.get("maps", {}).items()}
    assert named == {made["region"]: f"{name}.jpg" for name, made in maps.items()}


def test_the_points_recommended_most_have_films(points: dict[str, dict[str, Any]]) -> None:
    conditions = [c for file in (KNOWLEDGE / "conditions").glob("*.yaml") for c in read(file).values()]
    named = [code for condition in conditions for code in condition.get("points", ())]
    most = sorted(points, key=lambda code: (-named.count(code), code))[:FEWEST_FILMS]
    assert [code for code in most if not points[code].get("film")] == []


def test_every_word_on_the_pictures_is_there_and_used(
    scene_pictures: dict[str, dict[str, Any]], maps: dict[str, dict[str, Any]], points: dict[str, dict[str, Any]]
) -> None:
    words = read(KNOWLEDGE / "texts" / "en" / "phrases" / "pictures.yaml")
    labels = {label["text"] for picture in scene_pictures.values() for label in picture.get("labels", ())}
    captions = {part["caption"] for made in maps.values() for part in made["views"] if "caption" in part}
    assert set(words["labels"]) == labels
    assert set(words["places"]) == set(points)
    assert set(words["regions"]) == {made["region"] for made in maps.values()}
    assert set(words["views"]) == captions


def test_nothing_lies_in_the_folder_of_pictures_that_is_not_named(points: dict[str, dict[str, Any]]) -> None:
    named = {name for point in points.values() for name in (*point["pictures"], point.get("film", ""))} - {""}
    named |= {file for area in read(KNOWLEDGE / "areas.yaml") for file in area.get("maps", {}).values()}
    assert {file.name for file in (KNOWLEDGE / "pictures").iterdir()} == named


def test_the_pictures_together_are_small() -> None:
    assert sum(file.stat().st_size for file in (KNOWLEDGE / "pictures").iterdir()) <= MOST_BYTES_OF_ALL
