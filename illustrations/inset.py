"""The small whole body in the corner that says where on it the picture is."""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import skia

from illustrations.body import Array, unit
from illustrations.overlay import CORAL, SIZE, Box, Pen, paint
from illustrations.paths import BUILD
from illustrations.scene import Scene, base_surface
from illustrations.studio import SAMPLES, Camera, empty_studio, shoot

if TYPE_CHECKING:
    from illustrations.surface import Anchor, Surface

WIDE, HIGH, EDGE, PAD = 196, 348, 44, 10
PIXELS = (400, 700)
SEEN = 1.00  # metres across
SCENE = "whole-body"
ANGLES = {  # from where the body is seen; x to its left, y to its back
    "front": (0, -1, 0),
    "back": (0, 1, 0),
    "left": (1, 0, 0),
    "inner": (-0.65, -1, 0),  # the inner side of the left leg
    "outer": (0.8, -1, 0),
    "behind": (0.6, 1, 0),
}


@cache
def _skin() -> "Surface":
    return base_surface(Scene(SCENE).posed)


def camera(angle: str) -> Camera:
    """The camera of one inset."""
    low, high = _skin().vertices[:, 2].min(), _skin().vertices[:, 2].max()
    return Camera(np.array([0, -0.02, (low + high) / 2]), unit(ANGLES[angle]), np.array([0, 0, 1.0]), SEEN)


def spot(anchor: "Anchor", angle: str) -> list[float]:
    """Where a place of the skin stands in the inset's render."""
    found: list[float] = np.round(camera(angle).project(_skin().at(anchor), PIXELS)[0], 1).tolist()
    return found


def render(angle: str, key: str) -> str:
    """The name of the inset's render; it is made when it is missing. It empties the studio."""
    path = BUILD / f"inset-{angle}-{key}.png"
    if not path.exists():
        empty_studio(SAMPLES)
        Scene(SCENE).furnish()
        shoot(camera(angle), path, PIXELS)
    return path.name


def draw(pen: Pen, image: str, spots: list[list[float]], side: str) -> Box:
    """Draw the plate with the body and a ring round the middle of the spots; the plate's box."""
    x, y = (SIZE - WIDE - EDGE if side == "right" else EDGE), EDGE
    pen.plate((x, y, x + WIDE, y + HIGH), 30)
    scale = (HIGH - 2 * PAD) / PIXELS[1]
    corner = np.array([x + (WIDE - PIXELS[0] * scale) / 2, y + PAD])
    sampling = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
    body = skia.Rect.MakeXYWH(*corner, PIXELS[0] * scale, PIXELS[1] * scale)
    pen.canvas.drawImageRect(skia.Image.open(str(BUILD / image)), body, sampling)
    for at in _apart([corner + np.array(s) * scale for s in spots]):
        pen.canvas.drawCircle(*at, 15, paint(CORAL, 0.30))
        pen.canvas.drawCircle(*at, 15, paint(CORAL, 1, stroke=3.5))
        pen.canvas.drawCircle(*at, 4.5, paint(CORAL))
    return Box("inset", image, (x, y, x + WIDE, y + HIGH))


def _apart(spots: list[Array]) -> list[Array]:
    """Spots that nearly touch, as at both sides of a neck, share one ring."""
    middle = np.mean(spots, axis=0)
    near = max(np.linalg.norm(s - middle) for s in spots) < 15  # noqa: PLR2004 - the ring's radius
    return [middle] if near else spots
