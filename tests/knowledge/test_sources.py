"""Where everything clinical comes from, and that nobody is led to think a clinician has looked at it (S-75)."""

import re
from collections.abc import Iterator

import pytest

from bot.domain.knowledge import ClinicalEntry, EvidenceKind
from tests.knowledge.expected import expected
from tests.shipped_knowledge import knowledge, plain_wording

KNOWN = knowledge()
_LINK = re.compile(
    r"https?://[^\s/]+\.[^\s]+|(?:doi:)?10\.\d{4,}/\S+|PMID:? ?\d+|PMC\d+|NCT\d+|\b\d+:\d+|\b20\d\d, ", re.IGNORECASE
)
_SAYS = {  # the word that an evidence line of this kind must hold
    EvidenceKind.PRESSING_TRIALS: re.compile(r"\b(?:pressing|PC6)\b"),
    EvidenceKind.NEEDLE_TRIALS_ONLY: re.compile(r"\bneedles?\b"),
    EvidenceKind.TRADITION_ONLY: re.compile(r"\b[Tt]radition\b"),
    EvidenceKind.MIXED_SMALL_TRIALS: re.compile(
        r"\b(?:[Ss]mall|[Ww]eak|[Mm]ixed|[Oo]ne|few)\b",
    ),
}


def clinical() -> Iterator[ClinicalEntry]:
    """Everything that must carry sources and a review line."""
    yield from KNOWN.points.values()
    yield from KNOWN.conditions.values()
    yield from KNOWN.contraindications.values()
    yield from KNOWN.red_flags.values()
    yield from KNOWN.techniques.values()


@pytest.mark.safety("S-75")
def test_every_source_that_is_named_exists_and_every_source_is_named() -> None:
    named = {source for entry in clinical() for source in entry.sources}
    assert named == KNOWN.sources.keys()


@pytest.mark.safety("S-75")
def test_a_source_is_named_once_in_an_entry() -> None:
    assert [entry.id for entry in clinical() if len(set(entry.sources)) != len(entry.sources)] == []


@pytest.mark.safety("S-75")
def test_a_source_has_a_title_and_a_place_where_it_can_be_read() -> None:
    assert [source.id for source in KNOWN.sources.values() if len(source.title) < 5] == []
    assert [source.link for source in KNOWN.sources.values() if not _LINK.search(source.link)] == []


@pytest.mark.safety("S-75")
def test_a_date_of_a_source_holds_a_year() -> None:
    dates = [source.date for source in KNOWN.sources.values() if source.date]
    assert [date for date in dates if not re.search(r"\b(?:1[89]|20)\d\d\b", date)] == []


@pytest.mark.safety("S-75")
def test_what_the_article_names_has_the_article_among_its_sources() -> None:
    article = expected("article.yaml")
    entries: list[ClinicalEntry] = [KNOWN.points[code] for code in article["points"]]
    entries += [KNOWN.conditions[id_] for id_ in article["complaints"]]
    assert [entry.id for entry in entries if "icyhealth" not in entry.sources] == []


@pytest.mark.safety("S-75")
def test_no_clinician_has_reviewed_is_said_as_long_as_it_is_true() -> None:
    waiting = any(entry.reviewed == "not yet" for entry in clinical())
    said = "No clinician has reviewed these texts yet." in plain_wording().phrase("about")
    assert said is waiting


@pytest.mark.safety("S-42", "S-40")
@pytest.mark.parametrize("condition", sorted(KNOWN.conditions))
def test_an_evidence_line_says_what_kind_of_evidence_it_is(condition: str) -> None:
    line = KNOWN.texts["en"].conditions[condition].evidence
    assert _SAYS[KNOWN.conditions[condition].evidence].search(line)


@pytest.mark.safety("S-42")
@pytest.mark.parametrize("condition", sorted(KNOWN.conditions))
def test_pretend_needles_and_acupuncture_results_are_named_as_results_of_needles(condition: str) -> None:
    line = KNOWN.texts["en"].conditions[condition].evidence
    assert "acupuncture" not in line.casefold()
    assert "needl" in line.casefold() or "pretend needles" not in line
