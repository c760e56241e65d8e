"""The pen of the cards: paper, bones seen through the skin, rulers, markers, labels. Pixels of a 1080 x 1080 card."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import skia
from PIL import Image

from illustrations.body import Array, unit
from illustrations.paths import FONTS

SIZE = 1080
TEAL, INK, GREY, WHITE, CORAL, BROWN = (
    (0, 112, 120),
    (28, 43, 51),
    (84, 98, 106),
    (255, 255, 255),
    (226, 58, 50),
    (70, 45, 30),
)
FACES = {"bold": "InterDisplay-Bold.otf", "strong": "Inter-SemiBold.otf", "plain": "Inter-Medium.otf"}
LINE_HEIGHT = 1.22
Colour = tuple[int, int, int]
Points = Sequence[tuple[float, float]] | Array


@dataclass(frozen=True)
class Box:
    """Something that was drawn and must not be covered: its kind and its left, top, right, bottom."""

    kind: str
    name: str
    edges: tuple[float, float, float, float]

    def overlaps(self, other: "Box", gap: float = 0) -> bool:
        """Whether two boxes come closer than a gap."""
        left, top, right, bottom = self.edges
        a, b, c, d = other.edges
        return left < c + gap and a < right + gap and top < d + gap and b < bottom + gap


@cache
def _typeface(face: str) -> Any:  # noqa: ANN401 - skia has no types
    path = FONTS / FACES[face]
    if not path.exists():
        raise FileNotFoundError(f"The font Inter is not installed: {path}. Debian: fonts-inter")
    return skia.Typeface.MakeFromFile(str(path))


def rectangle(left: float, top: float, right: float, bottom: float) -> Any:  # noqa: ANN401
    """A rectangle as skia wants it."""
    return skia.Rect.MakeLTRB(left, top, right, bottom)


def font(size: float, face: str = "strong") -> Any:  # noqa: ANN401
    """Inter in a size."""
    made = skia.Font(_typeface(face), size)
    made.setSubpixel(True)
    return made


def ink(colour: Colour, strength: float = 1.0) -> int:
    """A colour as skia wants it."""
    return int(skia.Color(*colour, int(255 * strength)))


def paint(colour: Colour = INK, strength: float = 1.0, *, stroke: float = 0, blur: float = 0, dash: Any = None) -> Any:  # noqa: ANN401
    """A filled paint, or a round pen of a width."""
    made = skia.Paint(Color=ink(colour, strength), AntiAlias=True)
    if stroke:
        made.setStyle(skia.Paint.kStroke_Style)
        made.setStrokeWidth(stroke)
        made.setStrokeCap(skia.Paint.kRound_Cap)
        made.setStrokeJoin(skia.Paint.kRound_Join)
    if blur:
        made.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    if dash:
        made.setPathEffect(skia.DashPathEffect.Make(list(dash), 0))
    return made


def curve(points: Points) -> Any:  # noqa: ANN401
    """A smooth path through points."""
    p = np.asarray(points, float)
    path = skia.Path()
    path.moveTo(*p[0])
    for i in range(len(p) - 1):
        before, start, end, after = p[max(i - 1, 0)], p[i], p[i + 1], p[min(i + 2, len(p) - 1)]
        path.cubicTo(*(start + (end - before) / 6), *(end - (after - start) / 6), *end)
    return path


class Pen:
    """Draws on one card."""

    def __init__(self) -> None:
        self.surface = skia.Surface(SIZE, SIZE)
        self.canvas = self.surface.getCanvas()

    def image(self) -> Image.Image:
        """What is drawn so far."""
        pixels = self.surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)
        return Image.fromarray(pixels).convert("RGB")

    def paper(self) -> None:
        """The warm, light ground of every card."""
        slope = [ink((252, 249, 245)), ink((238, 230, 222))]
        whole = skia.Rect.MakeWH(SIZE, SIZE)
        shader = skia.GradientShader.MakeLinear([(0, 0), (SIZE * 0.3, SIZE)], slope)
        self.canvas.drawRect(whole, skia.Paint(Shader=shader))
        glow = skia.GradientShader.MakeRadial((SIZE * 0.5, SIZE * 0.45), SIZE * 0.62, [ink(WHITE, 0.85), ink(WHITE, 0)])
        self.canvas.drawRect(whole, skia.Paint(Shader=glow))

    def bone(self, line: Points, widths: tuple[float, float], strength: float) -> None:
        """A long bone seen through the skin, from the first point to the last: two heads and a waist."""
        ends = np.asarray(line, float)
        start, end = ends[0], ends[-1]
        way = unit(end - start)
        across = np.array([-way[1], way[0]])
        t = np.linspace(0, 1, 24)[:, None]
        half = (widths[0] * (1 - t) + widths[1] * t) * (0.62 + 0.38 * np.abs(2 * t - 1) ** 2.2)
        left, right = start + (end - start) * t + across * half, (start + (end - start) * t - across * half)[::-1]
        path = skia.Path()
        path.moveTo(*left[0])
        for point in left[1:]:
            path.lineTo(*point)
        path.cubicTo(*(left[-1] + way * widths[1] * 0.9), *(right[0] + way * widths[1] * 0.9), *right[0])
        for point in right[1:]:
            path.lineTo(*point)
        path.cubicTo(*(right[-1] - way * widths[0] * 0.9), *(left[0] - way * widths[0] * 0.9), *left[0])
        path.close()
        self.canvas.drawPath(path, paint(WHITE, strength, blur=3))
        self.canvas.drawPath(path, paint(WHITE, strength * 0.9, blur=1.2))
        self.canvas.drawPath(path, paint((120, 80, 62), strength * 0.55, stroke=2.2, blur=0.8))

    def ribbon(self, line: Points, width: float, strength: float, *, blur: float = 2.2) -> None:
        """A tendon, an edge or a crease seen through the skin."""
        self.canvas.drawPath(curve(line), paint(WHITE, strength, stroke=width, blur=blur))

    def dots(self, line: Points) -> None:
        """A dotted line to slide along."""
        path = curve(line)
        self.canvas.drawPath(path, paint(WHITE, 0.9, stroke=11, dash=(0.1, 19)))
        self.canvas.drawPath(path, paint(TEAL, 1, stroke=7, dash=(0.1, 19)))

    def ring(self, centre: Array, radius: float) -> None:
        """The outline of a bony knob."""
        self.canvas.drawCircle(*centre, radius, paint((60, 40, 30), 0.25, stroke=7, blur=3))
        self.canvas.drawCircle(*centre, radius, paint(WHITE, 0.92, stroke=4.5))

    def dot(self, centre: Array, colour: Colour = TEAL) -> None:
        """A landmark."""
        self.canvas.drawCircle(*centre, 13, paint((60, 40, 30), 0.3, blur=4))
        self.canvas.drawCircle(*centre, 12, paint(WHITE))
        self.canvas.drawCircle(*centre, 7.5, paint(colour))

    def rule(self, start: Array, end: Array, ticks: Sequence[float] = (0, 1)) -> None:
        """A measured stretch with ticks at shares of it."""
        across = unit(end - start)[::-1] * np.array([-1, 1]) * 13
        for width, colour in ((9, WHITE), (4, TEAL)):
            self.canvas.drawLine(*start, *end, paint(colour, 0.97, stroke=width))
            for share in ticks:
                at = start + (end - start) * share
                self.canvas.drawLine(*(at - across), *(at + across), paint(colour, 0.97, stroke=width))

    def finger(self, root: Array, towards: Array, length: float, width: float) -> None:
        """One translucent finger, its tip at root + towards * length."""
        r = width * 0.5 - 1.5
        self.canvas.save()
        self.canvas.translate(*root)
        self.canvas.rotate(math.degrees(math.atan2(towards[1], towards[0])))
        path = skia.Path()
        path.moveTo(0, -r * 0.98)
        path.lineTo(length - r, -r * 0.92)
        path.cubicTo(length + r * 0.25, -r * 0.9, length + r * 0.25, r * 0.9, length - r, r * 0.92)
        path.lineTo(0, r * 0.98)
        ends = [(0, 0), (length, 0)]
        glass = [ink((60, 170, 176), 0), ink((60, 170, 176), 0.16), ink((90, 190, 194), 0.30)]
        shader = skia.GradientShader.MakeLinear(ends, glass, [0, 0.4, 1])
        self.canvas.drawPath(path, skia.Paint(Shader=shader, AntiAlias=True))
        shader = skia.GradientShader.MakeLinear(ends, [ink(WHITE, 0), ink(WHITE, 0.85), ink(WHITE, 1)], [0, 0.35, 1])
        pen = skia.Paint(Shader=shader, AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=3.4)
        self.canvas.drawPath(path, pen)
        nail = skia.Rect.MakeLTRB(length - r * 1.15, -r * 0.48, length - r * 0.12, r * 0.48)
        self.canvas.drawRoundRect(nail, r * 0.45, r * 0.45, paint(WHITE, 0.5))
        self.canvas.restore()

    def marker(self, centre: Array, radius: float) -> None:
        """Where to press."""
        x, y = (float(c) for c in centre)
        halo = [ink(CORAL, 0.55), ink(CORAL, 0.18), ink(CORAL, 0)]
        shader = skia.GradientShader.MakeRadial((x, y), radius * 2.4, halo, [0, 0.5, 1])
        self.canvas.drawCircle(x, y, radius * 2.4, skia.Paint(Shader=shader, AntiAlias=True))
        self.canvas.drawCircle(x, y + 3, radius, paint((60, 20, 10), 0.45, stroke=9, blur=5))
        self.canvas.drawCircle(x, y, radius, paint(WHITE, 1, stroke=8))
        self.canvas.drawCircle(x, y, radius, paint(WHITE, 0.28))
        self.canvas.drawCircle(x, y, radius * 0.56, paint(WHITE))
        self.canvas.drawCircle(x, y, radius * 0.46, paint(CORAL))

    def plate(self, box: tuple[float, float, float, float], corner: float = 22) -> None:
        """A white plate with a soft shadow."""
        rect = skia.Rect.MakeLTRB(*box)
        self.canvas.drawRoundRect(rect.makeOffset(0, 5), corner, corner, paint(BROWN, 0.20, blur=9))
        self.canvas.drawRoundRect(rect, corner, corner, paint(WHITE, 0.96))

    def leader(self, start: Array, end: Array) -> None:
        """The line from a label to what it names."""
        self.canvas.drawLine(*start, *end, paint(WHITE, 0.95, stroke=7))
        self.canvas.drawLine(*start, *end, paint(INK, 0.9, stroke=3))

    def text(
        self, words: str, at: tuple[float, float], size: float, face: str, colour: Colour, align: str = "left"
    ) -> None:
        """One line of text; `at` is the left end or the middle of its baseline."""
        made = font(size, face)
        x = at[0] - (made.measureText(words) / 2 if align == "middle" else 0)
        self.canvas.drawString(words, x, at[1], made, paint(colour))
