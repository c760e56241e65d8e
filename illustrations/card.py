"""Composes a picture: shadow, render, hints, ruler, markers, labels, inset. Text comes last, from the language file."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import skia
import yaml

from illustrations import inset, overlay
from illustrations.body import Array, unit
from illustrations.grading import graded
from illustrations.overlay import INK, TEAL, WHITE, Box, Pen, paint
from illustrations.paths import BUILD, PICTURES, words_file
from illustrations.view import View, picture_spec

BIGGEST = 60_000  # bytes of a picture
MARKER, MARKER_CROWDED = 27, 21
IN_SIGHT = 4.0  # mm: a marker deeper behind the skin than that is on the far side
MARGIN = 30
TIPS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
LABEL = 36


@cache
def words(language: str = "en") -> dict[str, dict[str, str]]:
    """The words on the pictures: `labels` (id -> words) and `places` (point -> where on the body)."""
    read: dict[str, dict[str, str]] = yaml.safe_load(words_file(language).read_text())
    return read


@dataclass
class Card:
    """One picture in the making."""

    view: View
    language: str = "en"
    pen: Pen = field(default_factory=Pen)
    boxes: list[Box] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.spec = picture_spec(self.view.name)
        self.code = self.view.name.removesuffix("-wide")
        self.render = graded(str(BUILD / self.view.render))
        self.whole = skia.Rect.MakeWH(overlay.SIZE, overlay.SIZE)

    def at(self, place: str | list[float]) -> Array:
        """Where a place stands on the card; [x, y] is taken as it is."""
        return np.array(self.view.places[place] if isinstance(place, str) else place, float)

    def line(self, name: str) -> Array:
        """A line of the scene on the card."""
        return np.array(self.view.lines[name], float)

    def markers(self) -> dict[str, Array]:
        """The points to mark, on every side that is in sight."""
        found = {}
        for point in self.spec.get("markers", [self.code]):
            for name in (point, f"{point}.L", f"{point}.R"):
                if name in self.view.places and self.view.hidden[name] < IN_SIGHT and self._inside(self.at(name)):
                    found[name] = self.at(name)
        if not found:
            raise ValueError(f"{self.view.name}: no marker is in sight")
        return found

    @staticmethod
    def _inside(at: Array) -> bool:
        return bool((at > MARGIN).all() and (at < overlay.SIZE - MARGIN).all())

    def compose(self, *, marked: bool = True) -> "Card":
        """Draw everything; without markers for the loops, which draw them moving."""
        self.pen.paper()
        self.ground()
        for name, at in self.markers().items():
            self._mark(name, at, marked=marked)
        self._title()
        if "inset" in self.spec:
            spots = [self.view.spots[name] for name in self.markers()]
            self.boxes.append(inset.draw(self.pen, self.view.inset, spots, self.spec.get("inset_at", "right")))
        for label in self.spec.get("labels", []):
            self._label(label)
        return self

    def ground(self) -> None:
        """Draw what lies under the markers: shadow, body, hints."""
        self._body()
        items = self.spec.get("draw", [])
        self._under_the_skin([i for i in items if "bone" in i or "ribbon" in i])
        for item in items:
            self._hint(item)

    def _body(self) -> None:
        sampling = skia.SamplingOptions(skia.CubicResampler.Mitchell())
        shadow = skia.Paint(AntiAlias=True)
        shadow.setImageFilter(skia.ImageFilters.DropShadowOnly(14, 20, 26, 26, overlay.ink((92, 62, 46), 0.34)))
        for brush in (shadow, skia.Paint(AntiAlias=True)):
            self.pen.canvas.drawImageRect(self.render, self.whole, sampling, brush)

    def _under_the_skin(self, items: list[dict[str, Any]]) -> None:
        canvas = self.pen.canvas
        canvas.saveLayer(self.whole, skia.Paint())
        for item in items:
            if "bone" in item:
                start, end = (w * self.view.mm for w in item["width"])
                self.pen.bone(self.line(item["bone"]), (start, end), item.get("strength", 0.34))
            else:
                strength, blur = item.get("strength", 0.45), item.get("blur", 2.2)
                self.pen.ribbon(self.line(item["ribbon"]), item["width"] * self.view.mm, strength, blur=blur)
        only_skin = skia.Paint()
        only_skin.setBlendMode(skia.BlendMode.kDstIn)
        canvas.drawImageRect(self.render, self.whole, skia.SamplingOptions(skia.FilterMode.kLinear), only_skin)
        canvas.restore()

    def _hint(self, item: dict[str, Any]) -> None:
        if "fingers" in item:
            self._fingers(item)
        elif "halves" in item:
            self._halves(item)
        elif "dots" in item:
            self.pen.dots(self.line(item["dots"]))
        elif "ring" in item:
            self.pen.ring(self.at(item["ring"]), item["radius"] * self.view.mm)
        elif "rule" in item:
            line = self.line(item["rule"])
            shift = np.array(item.get("shift", [0, 0]), float)
            self.pen.rule(line[0] + shift, line[-1] + shift)
        elif "dot" in item:
            self.pen.dot(self.at(item["dot"]))
            self._box("landmark", item["dot"], self.at(item["dot"]), 12)

    def _fingers(self, item: dict[str, Any]) -> None:
        """Fingers as wide as the model's own, side by side, the last one ending where the line ends."""
        line, count = self.line(item["fingers"]), item["count"]
        way = unit(line[0] - line[-1])
        foreshortened = np.linalg.norm(line[-1] - line[0]) / self.view.lengths[item["fingers"]]
        width = float(self.view.finger * foreshortened)
        towards = np.array([-way[1], way[0]])
        if towards @ TIPS[item.get("tips", "left")] < 0:
            towards = -towards
        length = item.get("length", 75) * self.view.mm
        for i in range(count):
            tip = line[-1] + way * width * (i + 0.5) + towards * item.get("reach", 26) * self.view.mm
            own = length * (1 - 0.05 * abs(i - (count - 1) / 2 - 0.2))
            self.pen.finger(tip - towards * own, towards, own, width)

    def _halves(self, item: dict[str, Any]) -> None:
        """A line halved: equal parts on both sides of the point."""
        line = self.line(item["halves"])
        start, end = line[0], line[-1]
        across = unit(end - start)[::-1] * np.array([-1, 1])
        shift = across * item.get("shift", 0) * self.view.mm
        if item.get("dotted"):
            self.pen.dots(line)
        else:
            self.pen.rule(start + shift, end + shift, (0, 0.5, 1))
        beside = across * item.get("beside", -36)
        for share in (0.25, 0.75):
            at = (
                line[round((len(line) - 1) * share)] + shift + beside
                if item.get("dotted")
                else start + (end - start) * share + shift + beside
            )
            self.pen.canvas.drawCircle(*at, 27, paint(WHITE, 0.95))
            self.pen.text("½", (at[0], at[1] + 12), 36, "bold", TEAL, "middle")
            self._box("half", "½", at, 27)

    def _mark(self, name: str, at: Array, *, marked: bool) -> None:
        radius = self.spec.get("marker", MARKER)
        if marked:
            self.pen.marker(at, radius)
        self._box("marker", name, at, radius + 4)

    def _box(self, kind: str, name: str, at: Array, radius: float) -> None:
        x, y = at
        self.boxes.append(Box(kind, name, (x - radius, y - radius, x + radius, y + radius)))

    def _title(self) -> None:
        code = self.spec.get("title", self.code)
        below = words(self.language)["places"][self.spec.get("place", self.code)].split("\n")
        top = self.spec.get("title_at", 44)
        codes = code.split("\n")
        height = 88 * len(codes) + 42 * len(below) + 14
        wide = max(
            [overlay.font(92, "bold").measureText(c) for c in codes]
            + [overlay.font(36, "plain").measureText(b) for b in below]
        )
        box = (30, top, 56 + wide + 28, top + height + 12)
        if self.spec.get("title_plate"):
            self.pen.plate(box, 30)
        for i, text in enumerate(codes):
            self.pen.text(text, (56, top + 84 + 88 * i), 92, "bold", INK)
        for i, text in enumerate(below):
            self.pen.text(text, (59, top + 84 + 88 * (len(codes) - 1) + 52 + 42 * i), 36, "plain", overlay.GREY)
        self.boxes.append(Box("title", code, box))

    def _label(self, label: Mapping[str, Any]) -> None:
        lines = words(self.language)["labels"][label["text"]].split("\n")
        made = overlay.font(LABEL)
        wide, high = max(made.measureText(t) for t in lines) + 40, LABEL * overlay.LINE_HEIGHT * len(lines) + 22
        x, y = label["at"]
        box = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        if "to" in label:
            self._lead(box, label)
        self.pen.plate(box)
        colour = TEAL if label.get("measure") else INK
        for i, text in enumerate(lines):
            self.pen.text(
                text, (x, box[1] + 11 + LABEL * overlay.LINE_HEIGHT * (i + 0.76)), LABEL, "strong", colour, "middle"
            )
        self.boxes.append(Box("label", label["text"], box))

    def _lead(self, box: tuple[float, float, float, float], label: Mapping[str, Any]) -> None:
        """A leader from the label to a place; it stops at the rim of a marker, and ends in a dot anywhere else."""
        end = self.at(label["to"]) + np.array(label.get("by", [0, 0]), float)
        start = np.clip(end, box[:2], box[2:])
        if label["to"] in self.markers() and "by" not in label:
            self.pen.leader(start, end + unit(start - end) * (self.spec.get("marker", MARKER) + 7))
        else:
            self.pen.leader(start, end)
            self.pen.dot(end, INK)

    def save(self) -> int:
        """Write the JPEG; its bytes."""
        return save_jpeg(self.pen, self.view.name)


def save_jpeg(pen: Pen, name: str) -> int:
    """Write a picture as good as the allowed size permits; its bytes."""
    for quality in range(90, 24, -2):
        file = io.BytesIO()
        pen.image().save(file, "JPEG", quality=quality, optimize=True, progressive=True)
        if file.tell() <= BIGGEST:
            break
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / f"{name}.jpg").write_bytes(file.getvalue())
    return file.tell()
