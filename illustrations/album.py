"""All that is made, by name: `LI4` (card), `LI4-wide` (second view), `map-hand` (region's map), `LI4-press` (film)."""

from collections.abc import Iterable
from pathlib import Path

from illustrations.card import Card
from illustrations.paths import PICTURES
from illustrations.press import Press
from illustrations.region_map import RegionMap, read_maps, views_of
from illustrations.view import FULL, Quality, picture_spec, pictures, take

WIDE, FILM = "-wide", "-press"


def everything() -> list[str]:
    """Every name, scene by scene; the views that only maps are put together from are none."""
    parts = {view for name in read_maps() for view in views_of(name)}
    cards = [name for name in pictures() if name not in parts]
    films = [name + FILM for name in cards if picture_spec(name).get("press")]
    return [*cards, *read_maps(), *films]


def chosen(names: Iterable[str]) -> list[str]:
    """What some names mean: a point's code is its card, its second view and its film. All without a name."""
    wanted = set(names)
    found = [n for n in everything() if not wanted or {n, n.removesuffix(WIDE), n.removesuffix(FILM)} & wanted]
    if not found:
        raise SystemExit(f"No picture is called {' or '.join(wanted)}. There are: {', '.join(everything())}")
    return found


def shots(names: Iterable[str]) -> list[str]:
    """The views of scenes that they need, scene by scene: a scene is built once for all its views."""
    needed = dict.fromkeys(v for n in names for v in (views_of(n) if n in read_maps() else [n.removesuffix(FILM)]))
    return sorted(needed, key=lambda view: pictures()[view])


def compose(name: str, quality: Quality = FULL) -> Card | RegionMap | Press:
    """One of them, drawn and not yet saved; views that are missing are rendered."""
    if name in read_maps():
        return RegionMap(name, take(views_of(name), quality)).compose()
    if name.endswith(FILM):
        card = name.removesuffix(FILM)
        return Press(Card(take([card], quality)[card]).compose(marked=False))
    return Card(take([name], quality)[name]).compose()


def file_of(name: str) -> Path:
    """Where it is saved."""
    return PICTURES / f"{name}{'.mp4' if name.endswith(FILM) else '.jpg'}"
