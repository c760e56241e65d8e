"""A time zone from a town or an offset, as people type them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.state.reminders import zone_of
from bot.domain.turns.reminder_pages import ZONES
from bot.services.time_zones import LONGEST, TOWNS, find_zone


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Leeds", "Europe/London"),
        (" munich ", "Europe/Berlin"),
        ("München", "Europe/Berlin"),
        ("MUMBAI", "Asia/Kolkata"),
        ("São Paulo", "America/Sao_Paulo"),
        ("birmingam", "Europe/London"),
        ("UTC+2", "+02:00"),
        ("gmt -3", "-03:00"),
        ("+5:30", "+05:30"),
        ("−8", "-08:00"),  # noqa: RUF001 - a real minus sign
        ("utc", "+00:00"),
        (" GMT ", "+00:00"),
        ("UTC\u00a0+\u20035:45", "+05:45"),
        ("gmt-1130", "-11:30"),
        ("+99", ""),
        ("xyzzy", ""),
        ("no", ""),
        ("", ""),
    ],
)
def test_a_town_or_an_offset_gives_its_zone(text: str, zone: str) -> None:
    assert find_zone(text) == zone


def test_every_zone_of_a_button_and_of_a_town_exists() -> None:
    lines = TOWNS.read_text(encoding="utf-8").splitlines()
    zones = {line.split("\t")[1] for line in lines if not line.startswith("#")}
    for zone in zones | set(ZONES.values()):
        assert zone_of(zone)


@pytest.mark.parametrize(
    "text",
    [
        "10",
        "15",
        "112",
        "12:30",
        "1230",
        "b5",
        "Q7",
        "x5",
        "x12",
        "utc 10",
        "UTC10",
        "gmt 12",
        "utc12:30",
        ",5",
        "/3",
        "=9",
    ],
)
def test_a_number_without_a_sign_is_no_offset(text: str) -> None:
    assert find_zone(text) == ""


def no_letter(sign: str) -> bool:
    """Nor a sign that stands for letters, such as the one for kilometres."""
    return not any(part.isalpha() for part in unicodedata.normalize("NFKD", sign))


@given(st.text(st.characters(exclude_characters="+-\u2212").filter(no_letter)))
def test_what_has_neither_a_sign_nor_a_letter_is_no_zone(text: str) -> None:
    assert find_zone(text) == ""


@given(st.characters(exclude_characters="+-\u2212"), st.integers(0, 99))
def test_no_other_character_is_taken_for_a_sign(sign: str, hours: int) -> None:
    assert not find_zone(f"{sign}{hours}").startswith(("+", "-"))


@pytest.mark.safety("S-68")
@pytest.mark.parametrize("blank", ["\u00a0", "\u2003", " ", "\t", "\x1f", "\u3000", "\u200b", "5", "\ufdfa"])
@pytest.mark.parametrize(
    ("before", "after"), [("", "x"), ("utc", "x"), ("+", "x"), ("", "+5"), ("+5", ""), ("utc ", "")]
)
def test_nothing_longer_than_the_longest_town_is_looked_at(before: str, blank: str, after: str) -> None:
    """No pattern sees more than that, so none can take long; a time would measure the machine."""
    assert find_zone(before + blank * 4096 + after) == ""


def test_every_town_is_short_enough_to_be_found() -> None:
    lines = TOWNS.read_text(encoding="utf-8").splitlines()
    towns = dict(line.split("\t") for line in lines if not line.startswith("#"))
    assert max(map(len, towns)) <= LONGEST
    assert all(find_zone(town) for town in towns)
