"""Sculpts what a smooth mesh lacks: bones, tendons, creases and hollows, some millimetres high."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from illustrations.body import Array
from illustrations.places import MM, Places


def smooth(x: Array, low: float, high: float) -> Array:
    """0 below `low`, 1 above `high`, and a soft step between."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


def _from_line(points: Array, line: Array) -> tuple[Array, Array]:
    """Each point's distance from a line, and how far along (0..1) it lies."""
    best, share = np.full(len(points), np.inf), np.zeros(len(points))
    for i, (start, end) in enumerate(pairwise(line)):
        way = end - start
        t = np.clip(((points - start) @ way) / max(way @ way, 1e-12), 0, 1)
        distance = np.linalg.norm(points - (start + t[:, None] * way), axis=1)
        closer = distance < best
        best[closer] = distance[closer]
        share[closer] = (i + t[closer]) / (len(line) - 1)
    return best, share


def _bump(points: Array, places: Places, spec: Mapping[str, Any]) -> Array:
    size = np.asarray(spec["size"], float) * MM
    q = np.linalg.norm((points - places.find(spec["bump"])) / size, axis=1)
    edge = spec.get("edge")
    return np.exp(-q * q / 2) if edge is None else 1 - smooth(q, 1 - edge, 1 + edge)


def _ridge(points: Array, places: Places, spec: Mapping[str, Any]) -> Array:
    line = places.line({"path": spec["ridge"]} | ({"seen": spec["seen"]} if "seen" in spec else {}))
    distance, share = _from_line(points, line)
    shape = np.exp(-((distance / (spec["width"] * MM)) ** 2) / 2)
    fade = spec.get("fade", 0.2)
    return shape * smooth(share, 0, fade) * (1 - smooth(share, 1 - fade, 1)) if fade else shape


def heights(points: Array, places: Places, items: Iterable[Mapping[str, Any]]) -> Array:
    """How far each point moves outwards, in metres.

    {bump: place, height: mm, size: mm or [x, y, z], edge: 0.28} is a knob; with `edge` it is flat, with a soft rim;
    {ridge: [A, B, ...], height: mm, width: mm, fade: 0.2, seen: direction} follows a line along the skin.
    A negative height makes a hollow or a crease.
    """
    total = np.zeros(len(points))
    for item in items:
        total += item["height"] * MM * (_bump if "bump" in item else _ridge)(points, places, item)
    return total
