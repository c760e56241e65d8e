"""The film of a press: a finished card on which the markers show the motion. Flat, drawn in two dimensions only."""

import math
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import imageio_ffmpeg
import skia
import yaml

from illustrations.body import Array
from illustrations.card import MARKER, Card
from illustrations.overlay import CORAL, SIZE, TEAL, WHITE, Box, Pen, paint
from illustrations.paths import KNOWLEDGE, PICTURES

SECONDS, RATE = 2.0, 24
PIXELS = 720
RATE_FACTOR = 28  # x264's constant quality: the films stay far below 60 kB, and their letters sharp
TURN = 2 * math.pi


@cache
def _motions() -> dict[str, str]:
    """How each point is pressed: `hold`, `circles` or `squeeze`."""
    files = sorted((KNOWLEDGE / "points").glob("*.yaml"))
    return {code: point["motion"] for f in files for code, point in yaml.safe_load(f.read_text()).items()}


@dataclass
class Press:
    """The film of one card, which was composed without its markers."""

    card: Card

    @property
    def pen(self) -> Pen:
        """The card, as if it were a picture."""
        return self.card.pen

    @property
    def boxes(self) -> list[Box]:
        """What the card shows."""
        return self.card.boxes

    def save(self) -> int:
        """Write the MP4; its bytes."""
        path = PICTURES / f"{self.card.code}-press.mp4"
        scale = ["-vf", f"scale={PIXELS}:{PIXELS}:flags=lanczos"]
        pixels = ["-f", "rawvideo", "-pix_fmt", "rgba", "-s", f"{SIZE}x{SIZE}", "-r", str(RATE), "-i", "-"]
        coder = [
            "-c:v",
            "libx264",
            "-crf",
            str(RATE_FACTOR),
            "-preset",
            "veryslow",
            "-pix_fmt",
            "yuv420p",
            "-threads",
            "1",
        ]
        plain = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart"]
        call = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error", *pixels, *scale, *coder, *plain, str(path)]
        subprocess.run(call, input=b"".join(self._frames()), check=True)  # noqa: S603 - fixed words and our own path
        return path.stat().st_size

    def _frames(self) -> Iterator[bytes]:
        ground = self.pen.surface.makeImageSnapshot()
        markers, motion = list(self.card.markers().values()), _motions()[self.card.code]
        radius = self.card.spec.get("marker", MARKER)
        for i in range(round(SECONDS * RATE)):
            self.pen.canvas.drawImage(ground, 0, 0)
            for at in markers:
                _moment(self.pen, at, radius, i / (SECONDS * RATE), motion)
            yield self.pen.surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType).tobytes()


def _moment(pen: Pen, at: Array, radius: float, time: float, motion: str) -> None:
    """One marker at one moment; `time` runs from 0 to 1 and the film begins again."""
    pressed = 0.5 - 0.5 * math.cos(TURN * time)
    for offset in (0, 0.5):
        wave = (time + offset) % 1
        pen.canvas.drawCircle(*at, radius * (1 + 2.2 * wave), paint(CORAL, 0.55 * (1 - wave), stroke=5))
    pen.marker(at, radius * (1 - 0.15 * pressed))
    if motion == "circles":
        for half in (0, math.pi):
            _arrow(pen, at, radius * 1.9, TURN * time + half)
    elif motion == "squeeze":
        for side in (-1, 1):
            _jaw(pen, at, radius * (2.9 - 0.9 * pressed) * side)


def _arrow(pen: Pen, at: Array, radius: float, start: float, span: float = 1.75) -> None:
    """A part of a circle with an arrow head at its end, from an angle on, in radians."""
    x, y = (float(c) for c in at)
    rect = skia.Rect.MakeLTRB(x - radius, y - radius, x + radius, y + radius)
    for colour, width in ((WHITE, 9), (TEAL, 5)):
        pen.canvas.drawArc(
            rect, math.degrees(start), math.degrees(span), useCenter=False, paint=paint(colour, 0.97, stroke=width)
        )
    end = start + span
    out, on = (math.cos(end), math.sin(end)), (-math.sin(end), math.cos(end))
    x, y = x + out[0] * radius, y + out[1] * radius
    _triangle(pen, [(x + on[0] * 18, y + on[1] * 18), *((x + out[0] * k, y + out[1] * k) for k in (12, -12))])


def _jaw(pen: Pen, at: Array, across: float) -> None:
    """An arrow head beside the marker that points at it."""
    x, y, way = float(at[0]) + across, float(at[1]), math.copysign(1, -across)
    _triangle(pen, [(x + way * 20, y), (x, y - 16), (x, y + 16)])


def _triangle(pen: Pen, corners: list[tuple[float, float]]) -> None:
    path = skia.Path()
    path.addPoly([skia.Point(*c) for c in corners], close=True)
    pen.canvas.drawPath(path, paint(WHITE, 1, stroke=4))
    pen.canvas.drawPath(path, paint(TEAL))
