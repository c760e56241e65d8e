"""Everything the source article names is in the knowledge, or in the short list of what was left out and why."""

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
KNOWLEDGE = ROOT / "knowledge"
TEXTS = KNOWLEDGE / "texts" / "en"


def read(path: Path) -> dict[str, Any]:
    """One YAML file, every scalar as text; YAML's own types would turn `no` into False."""
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return loaded


def read_all(folder: Path) -> dict[str, Any]:
    """All files of a folder as one map."""
    return {key: value for path in sorted(folder.glob("*.yaml")) for key, value in read(path).items()}


def plain(name: str) -> str:
    """A name as compared: without case, accents, spaces and punctuation."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^a-z0-9]", "", letters)


ARTICLE = read(ROOT / "tests" / "data" / "article.yaml")
POINTS = read_all(KNOWLEDGE / "points")
POINT_TEXTS = read(TEXTS / "points.yaml")
POINT_NAMES = read(TEXTS / "point_names.yaml")
CONDITIONS = read_all(KNOWLEDGE / "conditions")
CONDITION_TEXTS = read_all(TEXTS / "conditions")
TECHNIQUES = read(KNOWLEDGE / "techniques.yaml")
TECHNIQUE_TEXTS = read(TEXTS / "techniques.yaml")
CONTRAINDICATIONS = read(KNOWLEDGE / "contraindications.yaml")["contraindications"]


def names_of(code: str) -> set[str]:
    """All that a point answers to."""
    point, text = POINTS[code], POINT_TEXTS[code]
    asked = [name for name, codes in POINT_NAMES["ambiguous"].items() if code in codes]
    own = [code, point["pinyin"], point["pinyin_plain"], text["name"], *text["aliases"]]
    return {plain(name) for name in own + asked}


def test_the_list_of_the_article_is_whole() -> None:
    """The counts guard against a list that shrinks."""
    assert len(ARTICLE["points"]) == 20
    assert len(ARTICLE["complaints"]) == 37
    assert len(ARTICLE["precautions"]) == 13


@pytest.mark.parametrize("code", ARTICLE["points"])
def test_a_point_of_the_article_can_be_found_by_hand_and_by_every_name_it_has_there(code: str) -> None:
    assert POINT_TEXTS[code]["find"]
    assert {plain(name) for name in ARTICLE["points"][code]} <= names_of(code)


@pytest.mark.parametrize("code", ARTICLE["points"])
def test_a_name_the_article_gives_a_point_leads_to_no_other_unless_it_is_asked(code: str) -> None:
    asked = {plain(name) for name in POINT_NAMES["ambiguous"]}
    names = {plain(name) for name in ARTICLE["points"][code]} - asked
    assert [other for other in POINTS if other != code and names & names_of(other)] == []


@pytest.mark.parametrize("complaint", ARTICLE["complaints"])
def test_a_complaint_of_the_article_is_known_by_the_words_it_has_there(complaint: str) -> None:
    text = CONDITION_TEXTS[complaint]
    known = {plain(phrase) for phrase in [text["name"], *text["phrases"]]}
    assert {plain(name) for name in ARTICLE["complaints"][complaint]["written"]} <= known


@pytest.mark.parametrize("complaint", ARTICLE["complaints"])
def test_a_point_the_article_links_with_a_complaint_is_offered_or_withheld_on_purpose(complaint: str) -> None:
    condition = CONDITIONS[complaint]
    listed = {*condition["points"], *condition["more_points"], *condition["points_not_offered"]}
    assert set(ARTICLE["complaints"][complaint]["points"]) <= listed


@pytest.mark.parametrize("way", ARTICLE["techniques"], ids=lambda way: way["what"])
def test_a_way_of_pressing_of_the_article_stands_in_a_technique_or_with_its_point(way: dict[str, Any]) -> None:
    assert "technique" in way or "point" in way
    if "technique" in way:
        said = TECHNIQUE_TEXTS[way["technique"]].casefold()
        assert [words for words in way.get("says", []) if words not in said] == []
        assert TECHNIQUES[way["technique"]].items() >= way.get("values_of_technique", {}).items()
    if "point" in way:
        assert POINTS[way["point"]].items() >= way.get("values", {}).items()
        posture = POINT_TEXTS[way["point"]]["posture"].casefold()
        assert [words for words in way.get("posture", []) if words not in posture] == []


@pytest.mark.parametrize("precaution", ARTICLE["precautions"], ids=lambda precaution: precaution["what"])
def test_a_precaution_of_the_article_is_kept_at_least_as_strict(precaution: dict[str, str]) -> None:
    known = CONTRAINDICATIONS[precaution["id"]]
    assert known["effect"] == precaution.get("effect", known["effect"])


def test_what_was_left_out_has_its_reason() -> None:
    assert all(entry["what"] and entry["why"] for entry in ARTICLE["left_out"])
