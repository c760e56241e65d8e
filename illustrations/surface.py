"""A piece of skin as a mesh: where a ray meets it, the nearest place on it, lines along it. Metres."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import bpy  # noqa: F401 - makes mathutils importable
import numpy as np
import numpy.typing as npt
from mathutils import Vector
from mathutils.bvhtree import BVHTree

from illustrations.body import Array, unit

FAR = 0.4  # a ray is no longer than this
STEPS = 48  # parts of a line along the skin: at 30 cm one part is 6 mm


@dataclass(frozen=True)
class Anchor:
    """A place that goes with the skin: a face of the base mesh, and the shares of that face's corners."""

    face: int
    shares: tuple[float, ...]


class Surface:
    """Skin: vertices and faces (corner indices into the vertices)."""

    def __init__(self, vertices: Array, faces: Sequence[Sequence[int]]) -> None:
        self.vertices = vertices
        self.faces = faces

    @cached_property
    def _tree(self) -> BVHTree:
        return BVHTree.FromPolygons([tuple(v) for v in self.vertices], self.faces)

    def seen(self, place: npt.ArrayLike, direction: npt.ArrayLike) -> Array:
        """The skin beside a place: a place in the body goes out to the skin in the direction, one outside comes back.

        Another limb farther out does not count, as it would for somebody looking from there. Without skin, the nearest.
        """
        start, out = np.asarray(place, float), unit(direction)
        hit, normal, *_ = self._tree.ray_cast(Vector(start), Vector(out), FAR)
        if hit is None or normal @ Vector(out) < 0:
            hit, *_ = self._tree.ray_cast(Vector(start), Vector(-out), FAR)
        return np.array(hit) if hit is not None else self.nearest(place)

    def first(self, place: npt.ArrayLike, direction: npt.ArrayLike) -> Array:
        """The skin that a camera far off in that direction sees in front of the place, else the place itself."""
        start, out = np.asarray(place, float), unit(direction)
        hit, *_ = self._tree.ray_cast(Vector(start + out * FAR), Vector(-out), FAR)
        return np.array(hit) if hit is not None else start

    def nearest(self, place: npt.ArrayLike) -> Array:
        """The nearest place on the skin."""
        return np.array(self._tree.find_nearest(Vector(np.asarray(place, float)))[0])

    def normal(self, place: npt.ArrayLike) -> Array:
        """The outward direction of the skin nearest to a place."""
        return np.array(self._tree.find_nearest(Vector(np.asarray(place, float)))[1])

    def line(self, start: Array, end: Array, direction: Array | None = None, steps: int = STEPS) -> Array:
        """The skin along the plane through both ends and the direction (else: how the skin faces there)."""
        if direction is None:
            direction = self.normal(start) + self.normal(end)
        return np.array([self.seen(start + (end - start) * t, direction) for t in np.linspace(0, 1, steps + 1)])

    def extreme(self, direction: Array, near: Array, within: float) -> Array:
        """The vertex that lies farthest in a direction, of those within a distance of a place."""
        close = self.vertices[np.linalg.norm(self.vertices - near, axis=1) < within]
        return np.asarray(close[np.argmax(close @ direction)])

    def anchor(self, place: npt.ArrayLike) -> Anchor:
        """The nearest place on the skin as an anchor, good for every pose of the same faces."""
        hit, _, face, _ = self._tree.find_nearest(Vector(np.asarray(place, float)))
        corners = self.vertices[list(self.faces[face])]
        system = np.r_[corners.T, np.ones((1, len(corners)))]
        shares, *_ = np.linalg.lstsq(system, np.r_[np.array(hit), 1.0], rcond=None)
        return Anchor(int(face), tuple(float(s) for s in shares))

    def at(self, anchor: Anchor) -> Array:
        """Where an anchor stands."""
        return np.array(anchor.shares) @ self.vertices[list(self.faces[anchor.face])]


def lengths(line: Array) -> Array:
    """How far along a line each of its points lies."""
    return np.r_[0.0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]


def along(line: Array, distance: float) -> Array:
    """The place on a line at a distance from its start; beyond its end it goes on straight."""
    marks = lengths(line)
    if distance > marks[-1]:
        return np.asarray(line[-1] + unit(line[-1] - line[-3]) * (distance - marks[-1]))
    return np.array([np.interp(distance, marks, line[:, k]) for k in range(3)])
