"""Which patterns match a text, and how near their words must stand to each other."""

import pytest

from bot.domain.understanding.matching import Index
from bot.domain.understanding.patterns import Pattern, PatternKind
from bot.domain.understanding.placing import PartMatch, find, says_more
from tests.domain.understanding.small_language import READER, analyse


def pattern(line: str, owner: str = "owner", kind: PatternKind = PatternKind.FLAG) -> Pattern:
    return READER.pattern(kind, owner, line)


def shown(match: PartMatch | None) -> str:
    """The numbers of the tokens of a match, "+" how far apart they are, and "across" if a break is between them."""
    if match is None:
        return ""
    numbers = " ".join(str(token) for token in sorted(match.tokens))
    return f"{numbers} +{match.apart}{' across' if match.across else ''}"


def met(line: str, text: str, kind: PatternKind = PatternKind.FLAG) -> str:
    """Where the first part of a pattern matches the text: the same, found directly and by an index."""
    (part, *_) = pattern(line, kind=kind).parts
    utterance = analyse(text)
    match = find(part, utterance)
    read = pattern(line, kind=kind)
    assert Index([read]).match(utterance).part_matches.get(read.parts[0]) == match
    return shown(match)


def owners(lines: dict[str, str], text: str) -> list[str]:
    """The owners of the patterns that are complete in the text."""
    index = Index(pattern(line, owner) for owner, line in lines.items())
    return sorted(each.owner for each, _ in index.match(analyse(text)).complete[PatternKind.FLAG])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("neck pain", "0 1 +0"),
        ("pain b neck", "0 2 +1"),
        ("neck b c d e f pain", "0 6 +5"),
        ("neck b c d e f g pain", ""),
        ("neck", ""),
        ("pain", ""),
        ("neck, pain", "0 1 +0 across"),
        ("neck i pain", "0 2 +0"),
        ("neck, b c d pain", "0 4 +3 across"),
        ("neck, b c d e pain", ""),
        ("neck. pain", ""),
        ("neck. pain pain", ""),
        ("neck b pain. neck b pain", "0 2 +1"),
        ("pain neck b pain pain pain pain pain", "0 1 +0"),
        ("knee. neck, i very, pain", "1 4 +0 across"),
        ("knee neck, pain", "1 2 +0 across"),
        ("neck knee, pain", ""),
        ("neck, i knee, pain", ""),
        ("neck, i very, pain", "0 3 +0 across"),
        ("neck b c pain d pain", "0 3 +2"),
        ("pain b c neck pain", "3 4 +0"),
        ("neck, pain neck b pain", "1 2 +0"),
        ("neck b pain, pain neck, pain", "3 4 +0"),
        ("neck. pain neck", "1 2 +0"),
        ("pain. pain. pain. pain. pain. neck pain", "5 6 +0"),
        ("pain. neck b pain. pain. pain. pain. pain.", "1 3 +1"),
        ("neck and pain", "0 2 +0 across"),
        ("pain but neck", ""),
        ("neck pain, neck b pain, pain c neck", "0 1 +0"),
    ],
)
def test_the_words_of_a_part_stand_near_each_other_and_the_nearest_count(text: str, place: str) -> None:
    assert met("{neck} {pain}", text) == place


@pytest.mark.safety("S-6", "S-7")
@pytest.mark.parametrize(
    ("line", "text", "place"),
    [
        ("{neck} {pain}", "neck pain years ago", ""),
        ("ever: {neck} {pain}", "neck pain years ago", "0 1 +0"),
        ("{neck} {pain}", "no neck pain", ""),
        ("no {fever}", "no fever", "1 +0"),
        ("no {fever}", "fever", ""),
        ("no {fever}", "fever, no rash", ""),
        ("{neck} no {fever}", "neck no fever", "0 2 +0"),
        ("{neck} no {fever}", "neck fever", ""),
        ("{fever}", "fever", "0 +0"),
        ("{fever}", "fever fever", "0 +0"),
        ("{fever}", "fever years ago, fever", "2 +0"),
        ("{fever}", "years ago fever", ""),
        ("ever: {fever}", "fever years ago", "0 +0"),
        ("{body_part} {neck}", "neck", ""),
        ("{body_part} {neck}", "neck knee", "0 1 +0"),
        ("{body_part} {body_part}", "neck", "0 +0"),
        ("{neck|knee} {pain}", "knee pain", "0 1 +0"),
        ("{neck|knee} {pain}", "knee pain b c neck", "0 1 +0"),
        ("{neck|knee} {pain}", "neck pain b c knee", "0 1 +0"),
        ("{neck} {pain} {trouble}", "neck pain sore pain pain pain pain", "0 1 2 +0"),
        ("{neck|knee} {pain}", "neck b knee pain", "2 3 +0"),
        ("{neck} {pain|sore}", "pain b neck sore", "2 3 +0"),
        ("{neck} {pain} {sleep}", "pain neck sleep", "0 1 2 +0"),
        ("{neck} {pain} {sleep}", "pain b neck c d sleep", "0 2 5 +3"),
        ("{neck} {pain} {sleep}", "pain b c d neck e f g sleep", ""),
        ("{neck} {pain} {sleep}", "neck pain", ""),
        ("{neck} {pain} {sleep}", "neck pain. sleep", ""),
        ("{trouble} {pain}", "fever pain pain", "0 1 +0"),
        ("{trouble} {pain}", "pain", ""),
        ("{trouble} {pain}", "pain b fever", "0 2 +1"),
    ],
)
def test_a_part_asks_for_each_of_its_words_said_or_denied_and_about_today(line: str, text: str, place: str) -> None:
    assert met(line, text) == place


@pytest.mark.safety("S-7")
@pytest.mark.parametrize("kind", [PatternKind.COMPLAINT, PatternKind.FACT, PatternKind.REFUSAL])
def test_only_a_red_flag_has_to_be_about_today(kind: PatternKind) -> None:
    assert met("{neck} {pain}", "neck pain years ago", kind) == "0 1 +0"
    assert met("{fever}", "fever years ago", kind) == "0 +0"


LINES = {
    "one": "{fever}",
    "two": "{fever} + {rash}",
    "three": "{fever} + {rash} + {pain}",
    "unless": "{fever} + unless: {sleep}",
    "denied": "{fever} + no {rash}",
}


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("rash", []),
        ("fever", ["one", "unless"]),
        ("fever sleep", ["one"]),
        ("fever rash", ["one", "two", "unless"]),
        ("fever. rash. pain", ["one", "three", "two", "unless"]),
        ("fever no rash", ["denied", "one", "unless"]),
        ("rash no fever", []),
    ],
)
def test_a_pattern_is_complete_when_all_its_parts_stand_and_none_that_takes_it_back(
    text: str, complete: list[str]
) -> None:
    assert owners(LINES, text) == complete


def test_patterns_that_begin_alike_are_each_looked_at() -> None:
    alike = {"first": "{knee} {pain} + {fever}", "second": "{knee} {pain} + {rash}"}
    assert owners(alike, "knee pain. rash") == ["second"]
    assert owners(alike, "knee pain. fever") == ["first"]


def test_complete_patterns_come_by_their_kind_with_the_places_of_what_they_ask_for() -> None:
    read = [pattern("{fever} + {rash} + unless: {sleep}", "flag"), pattern("{fever}", "knee", PatternKind.COMPLAINT)]
    complete = Index(read).match(analyse("rash fever")).complete
    flags, complaints, facts, refusals, _ = (complete[kind] for kind in PatternKind)
    assert [(each.owner, [*map(shown, matches)]) for each, matches in flags] == [("flag", ["1 +0", "0 +0"])]
    assert [(each.owner, [*map(shown, matches)]) for each, matches in complaints] == [("knee", ["1 +0"])]
    assert (facts, refusals) == ([], [])


def test_a_pattern_that_only_takes_back_is_never_complete_by_itself() -> None:
    assert owners({"back": "unless: {sleep}"}, "sleep") == []


def test_equal_parts_are_one_and_all_patterns_that_hold_one_are_told() -> None:
    read = [pattern(line, owner) for owner, line in LINES.items()]
    index = Index([*read, pattern("{rash} + {fever}", "again"), pattern("my", "empty")])
    matched = index.matched_parts(index.match(analyse("rash")))
    assert len(matched) == 1
    assert [each.owner for each in index.patterns_with(matched)] == ["two", "three", "again"]
    assert "empty" not in [each.owner for each in index.patterns]


def test_patterns_that_ask_for_the_same_and_mean_the_same_are_one_with_the_wordings_of_both() -> None:
    lines = [pattern(text, "knee", PatternKind.COMPLAINT) for text in ("knee pain", "knee ache", "sore knee")]
    others = [pattern("knee pain", "neck", PatternKind.COMPLAINT), pattern("knee pain", "knee", PatternKind.FLAG)]
    merged = Index([*lines, *others]).patterns
    told = [(each.owner, each.kind, sorted(map(sorted, each.phrase_lemmas))) for each in merged]
    assert told == [
        ("knee", PatternKind.COMPLAINT, [["ache", "knee"], ["knee", "pain"]]),
        ("knee", PatternKind.COMPLAINT, [["knee", "sore"]]),
        ("neck", PatternKind.COMPLAINT, [["knee", "pain"]]),
        ("knee", PatternKind.FLAG, []),
    ]


@pytest.mark.parametrize(
    ("text", "more"), [("neck pain", False), ("my neck pain", False), ("neck b pain", True), ("neck pain. pain", False)]
)
def test_whether_a_text_says_more_than_what_matched(text: str, more: bool) -> None:
    utterance = analyse(text)
    (part,) = pattern("{neck} {pain}").parts
    match = find(part, utterance)
    assert match is not None
    assert says_more(utterance, [match]) is more
