"""Composes the map of a region: one to three views of the body side by side, every point marked and named."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import yaml

from illustrations import overlay
from illustrations.body import Array, unit
from illustrations.card import Card, save_jpeg, words
from illustrations.overlay import GREY, INK, SIZE, Box, Pen
from illustrations.paths import HERE
from illustrations.view import View, picture_spec

NAME, CAPTION, TITLE = 38, 34, 64
MARKER = 17
EDGE = 14  # what a name keeps from the rim of its view
GAP = 8  # and from everything else
NEAR, FAR, STEP = 40, 300, 12  # how far from its marker a name may stand
TURNS = 24  # directions that are tried
CODE = re.compile(r"EX-[A-Z]+\d+|EAR-[A-Z]+|[A-Z]+\d+")  # one point may have two spots: EX-LE5-inner.L


@cache
def read_maps() -> dict[str, dict[str, Any]]:
    """The maps by name: `region`, and `views`, a list of a view of a scene and the id of its caption."""
    maps: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "maps.yaml").read_text())
    return maps


def views_of(name: str) -> list[str]:
    """The views that a map is put together from, from left to right."""
    return [view["view"] for view in read_maps()[name]["views"]]


@dataclass
class RegionMap:
    """The map of one region in the making."""

    name: str
    views: Mapping[str, View]
    language: str = "en"
    pen: Pen = field(default_factory=Pen)
    boxes: list[Box] = field(default_factory=list)

    def compose(self) -> "RegionMap":
        """Draw the views, their captions, the title, and last the names of the points."""
        self.pen.paper()
        parts = read_maps()[self.name]["views"]
        wide = SIZE / len(parts)
        marked = [self._view(part["view"], i * wide, wide) for i, part in enumerate(parts)]
        self._title()
        for i, part in enumerate(parts):
            if "caption" in part:
                self._caption(words(self.language)["views"][part["caption"]], (i + 0.5) * wide)
        for i, markers in enumerate(marked):
            for code, at in _once(markers):
                self._name(code, at, (i * wide + EDGE, (i + 1) * wide - EDGE))
        return self

    def _view(self, name: str, left: float, wide: float) -> dict[str, Array]:
        """One view, its middle in the middle of its strip; its markers on the map."""
        card, shift = Card(self.views[name], self.language, self.pen), left + (wide - SIZE) / 2
        canvas = self.pen.canvas
        canvas.save()
        canvas.clipRect(overlay.rectangle(left, 0, left + wide, SIZE))
        canvas.translate(shift, 0)
        card.ground()
        found = {n: at + np.array([shift, 0]) for n, at in card.markers().items()}
        found = {n: at for n, at in found.items() if left + EDGE < at[0] < left + wide - EDGE}
        for x, y in found.values():
            self.pen.marker(np.array([x - shift, y]), MARKER)
        canvas.restore()
        for n, (x, y) in found.items():
            edges = (x - MARKER, y - MARKER, x + MARKER, y + MARKER)
            self.boxes.append(Box("marker", n, edges))
        return found

    def _title(self) -> None:
        text = words(self.language)["regions"][read_maps()[self.name]["region"]]
        wide = overlay.font(TITLE, "bold").measureText(text)
        box = (30.0, 30.0, 30 + wide + 52, 30 + 92.0)
        self.pen.plate(box, 30)
        self.pen.text(text, (56, 30 + 67), TITLE, "bold", INK)
        self.boxes.append(Box("title", text, box))

    def _caption(self, text: str, middle: float) -> None:
        half, low = overlay.font(CAPTION, "plain").measureText(text) / 2 + 22, SIZE - 26.0
        box = (middle - half, low - 56, middle + half, low)
        self.pen.plate(box, 20)
        self.pen.text(text, (middle, low - 17), CAPTION, "plain", GREY, "middle")
        self.boxes.append(Box("caption", text, box))

    def _name(self, code: str, at: Array, strip: tuple[float, float]) -> None:
        """A point's name at the nearest free place beside its marker."""
        text = picture_spec(code).get("title", code)
        half = np.array([overlay.font(NAME, "bold").measureText(text) / 2 + 16, 28])
        for spot in _around(at):
            box = Box("label", code, (*(spot - half), *(spot + half)))
            low, high = box.edges[0] >= strip[0], box.edges[2] <= strip[1]
            if low and high and not any(box.overlaps(b, GAP) for b in self.boxes) and self._clear(at, spot, half, code):
                break
        else:
            raise ValueError(f"{self.name}: there is no free place for the name of {code}")
        start = np.clip(at, spot - half, spot + half)
        self.pen.leader(start, at + unit(start - at) * (MARKER + 5))
        self.pen.plate(box.edges, 18)
        self.pen.text(text, (spot[0], spot[1] + 14), NAME, "bold", INK, "middle")
        self.boxes.append(box)

    def _clear(self, at: Array, spot: Array, half: Array, code: str) -> bool:
        """Whether the way from a name to its marker crosses nothing else."""
        start = np.clip(at, spot - half, spot + half)
        steps = [start + (at - start) * t for t in np.linspace(0, 1, 12)]
        others = [b for b in self.boxes if not (b.kind == "marker" and point_of(b.name) == code)]
        return not any(b.overlaps(Box("way", code, (*p, *p)), GAP / 2) for p in steps for b in others)

    def save(self) -> int:
        """Write the JPEG; its bytes."""
        return save_jpeg(self.pen, self.name)


def point_of(marker: str) -> str:
    """The point that a marker of one side belongs to."""
    found = CODE.match(marker)
    if not found:
        raise ValueError(f"{marker} is not named after a point")
    return found[0]


def _once(markers: Mapping[str, Array]) -> Iterator[tuple[str, Array]]:
    """Each spot once, with its first marker: a name at both sides would only crowd the map."""
    seen = set()
    for name, at in sorted(markers.items(), key=lambda m: m[1][1]):
        spot = name.removesuffix(".L").removesuffix(".R")
        if spot not in seen:
            seen.add(spot)
            yield point_of(name), at


def _around(at: Array) -> Iterator[Array]:
    """Places round a marker, the nearer ones and those straight beside it first."""
    for distance in range(NEAR, FAR, STEP):
        turns = sorted(range(TURNS), key=lambda k: min(abs(math.sin(2 * math.pi * k / TURNS)), 1))
        for k in turns:
            angle = 2 * math.pi * k / TURNS
            yield at + np.array([math.cos(angle) * (distance + 36), math.sin(angle) * distance])
