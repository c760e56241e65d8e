"""Every pattern and phrase is found with its file and line."""

from bot.domain.understanding.patterns import PatternKind
from bot.domain.understanding.understand import Understanding
from bot.library.proofs.places import places_in
from bot.library.reading.folder import read_folder
from bot.library.shipped import shipped
from tests.library.conftest import Folder


def test_every_pattern_of_the_shipped_knowledge_is_found_in_its_place(
    understandings: dict[str, Understanding],
) -> None:
    places = places_in(read_folder(shipped())[0], "en")
    for pattern in understandings["en"].workings("").pattern_index.patterns:
        file, line = places.of(pattern.kind, pattern.owner, pattern.text).split(":")
        written = (shipped() / file).read_text("utf-8").splitlines()
        start = " ".join(pattern.text.split()[:2])  # a line may be broken after its first words
        there = " ".join(each.strip() for each in written[int(line) - 1 : int(line) + 2])
        assert start in there.replace("''", "'"), pattern


def test_an_unknown_pattern_has_no_place() -> None:
    assert places_in({}, "en").of(PatternKind.FLAG, "stroke", "zorble") == ""


def test_a_list_in_two_files_is_found_in_both(whole: Folder) -> None:
    whole.write("texts/en/vocabulary/complaints_own.yaml", 'complaints:\n  knee_pain:\n    - "{knee} {tongue}"\n')
    places = places_in(read_folder(whole.path)[0], "en")
    assert (
        places.of(PatternKind.COMPLAINT, "knee_pain", "{knee} {tongue}") == "texts/en/vocabulary/complaints_own.yaml:3"
    )
    assert places.of(PatternKind.COMPLAINT, "knee_pain", "{knee} {ailing}").startswith(
        "texts/en/vocabulary/complaints.yaml:"
    )
