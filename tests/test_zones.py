"""A time zone from a town or an offset, as people type them."""

import pytest

from bot.domain.reminder_pages import ZONES
from bot.domain.reminders import zone_of
from bot.zones import TOWNS, find_zone


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
