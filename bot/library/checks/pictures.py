"""Checks the pictures and films of points and areas: all there, of one size, and small enough for a slow phone."""

from collections.abc import Iterator
from io import BytesIO

import imagesize

from bot.library.problems import Problem, did_you_mean
from bot.library.reading.draft import Draft
from bot.library.reading.entries import Entry
from bot.library.reading.folder import PICTURES
from bot.library.reading.yaml_file import Steps

SIDE = 1080  # pixels of a picture, in width and in height
MOST_BYTES = 60_000  # of a picture or film, so that it loads at once on a slow phone
FILM = ".mp4"


def pictures_are_there(draft: Draft) -> Iterator[Problem]:
    """Each file that a point or area names must be in pictures/, a film under `film` and a picture elsewhere."""
    names = {name.removeprefix(PICTURES) for name in draft.files if name.startswith(PICTURES)}
    for entry, within, name, films in _named(draft):
        if name not in names:
            hint = did_you_mean(name, names, "Put it into knowledge/pictures/.")
            yield entry.problem(within, f'there is no picture "{name}"', hint)
        elif name.endswith(FILM) != films:
            is_, wanted = ("a film", "a picture") if not films else ("no film", "a film")
            yield entry.problem(within, f'"{name}" is {is_}', f"Name {wanted} here.")


def pictures_fit(draft: Draft) -> Iterator[Problem]:
    """Pictures must be squares of SIDE pixels, and no picture or film may have more than MOST_BYTES."""
    for file, content in draft.files.items():
        if not file.startswith(PICTURES):
            continue
        if len(content) > MOST_BYTES:
            text = f"the picture has {len(content):,} bytes; {MOST_BYTES:,} are enough"
            yield Problem(file, 1, "", "error", text, "Save it with a lower quality.")
        size = (SIDE, SIDE) if file.endswith(FILM) else imagesize.get(BytesIO(content))
        if size != (SIDE, SIDE):
            what = "this is no picture" if size[0] < 0 else f"the picture is {size[0]} x {size[1]} pixels"
            yield Problem(file, 1, "", "error", what, f"Save it as a JPEG of {SIDE} x {SIDE} pixels.")


def maps_are_of_their_area(draft: Draft) -> Iterator[Problem]:
    """Each map must be of a region of its own area."""
    for area in draft.entries("areas").values():
        for region in area.value.maps if area.value else ():
            if region not in area.value.point_regions:
                hint = did_you_mean(region, area.value.point_regions, "Move it to its area.")
                yield area.problem(("maps", region), f'"{region}" is no point region of this area', hint)


def _named(draft: Draft) -> Iterator[tuple[Entry, Steps, str, bool]]:
    """Yield the entry, the steps within it, the name of the file, and whether a film is expected there."""
    for entry in draft.entries("points").values():
        if entry.value:
            yield from ((entry, ("pictures", index), name, False) for index, name in enumerate(entry.value.pictures))
            if entry.value.film:
                yield entry, ("film",), entry.value.film, True
    for entry in draft.entries("areas").values():
        if entry.value:
            yield from ((entry, ("maps", region), name, False) for region, name in entry.value.maps.items())
