"""The body of every picture: the CC0 MakeHuman base mesh, morphed to one adult and posed by linear blend skinning.

Lengths are metres. Axes: x to the body's left, y to its back, z up. Bones, joints and landmarks carry `.L` and `.R`.
"""

import gzip
import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from illustrations.paths import MESH

Array = npt.NDArray[np.float64]
Pose = dict[str, Array]

GENDER, MUSCLE, WEIGHT = 0.62, 0.60, 0.60  # shares between the female, lean, light ends (0) and the opposite ones (1)
IDEAL = 0.0  # share of the "ideal proportions": they lengthen the legs, so that one cun differs between arm and leg
ANCESTRIES = ("caucasian", "asian", "african")
SHAPE = {  # further targets, name -> share: they make one cun the same on arm, leg and hand
    "legs/measure-lowerleg-height-decr": 0.85,
    "arms/measure-lowerarm-length-incr": 0.40,
    "arms/measure-upperarm-length-incr": 0.25,
    "hands/l-hand-fingers-diameter-decr": 0.42,
    "hands/r-hand-fingers-diameter-decr": 0.42,
} | {
    f"expression/units/{a}/eye-{s}-closure": 1 / len(ANCESTRIES) for a in ANCESTRIES for s in ("left", "right")
}  # a face at rest
SKIN_VERTICES = 13380  # the first vertices are the skin; behind them stand helpers: joints, clothes
DECIMETRE = 0.1


def unit(vector: npt.ArrayLike) -> Array:
    """The direction of a vector."""
    v = np.asarray(vector, float)
    return v / np.linalg.norm(v)


def turn(axis: npt.ArrayLike, degrees: float) -> Array:
    """The 3x3 matrix of a right-handed turn about an axis."""
    x, y, z = unit(axis)
    k = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    angle = np.radians(degrees)
    return np.eye(3) + np.sin(angle) * k + (1 - np.cos(angle)) * k @ k


@dataclass
class Mesh:
    """The base mesh as it stands in the file: vertices in its own axes, faces, texture coordinates, face groups."""

    vertices: Array
    faces: list[list[int]] = field(default_factory=list)
    uv: Array = field(default_factory=lambda: np.empty((0, 2)))
    face_uv: list[list[int]] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)


def read_mesh() -> Mesh:
    """Read the base mesh."""
    vertices, uv, group = [], [], ""
    mesh = Mesh(np.empty((0, 3)))
    for line in (MESH / "3dobjs" / "base.obj").read_text().splitlines():
        kind, *rest = line.split() or [""]
        if kind == "v":
            vertices.append([float(x) for x in rest[:3]])
        elif kind == "vt":
            uv.append([float(x) for x in rest[:2]])
        elif kind == "g":
            group = rest[0]
        elif kind == "f":
            corners = [c.split("/") for c in rest]
            mesh.faces.append([int(c[0]) - 1 for c in corners])
            mesh.face_uv.append([int(c[1]) - 1 for c in corners])
            mesh.groups.append(group)
    mesh.vertices, mesh.uv = np.array(vertices), np.array(uv)
    return mesh


def _between(share: float, name: str) -> dict[str, float]:
    """Split a share of 0..1 over the three targets min, average, max."""
    low, high = f"min{name}", f"max{name}"
    middle = f"average{name}"
    if share <= 0.5:  # noqa: PLR2004
        return {low: 1 - 2 * share, middle: 2 * share}
    return {middle: 2 - 2 * share, high: 2 * share - 1}


def targets(ideal: float = IDEAL, shape: dict[str, float] | None = None) -> dict[str, float]:
    """The morph targets of the one adult, name -> share."""
    result: dict[str, float] = {}
    for sex, part in (("female", 1 - GENDER), ("male", GENDER)):
        for ancestry in ANCESTRIES:
            result[f"macrodetails/{ancestry}-{sex}-young"] = part / len(ANCESTRIES)
        for (muscle, a), (weight, b) in product(_between(MUSCLE, "muscle").items(), _between(WEIGHT, "weight").items()):
            kind = f"{sex}-young-{muscle}-{weight}"
            result[f"macrodetails/universal-{kind}"] = part * a * b
            result[f"macrodetails/proportions/{kind}-idealproportions"] = part * a * b * ideal
    return result | (SHAPE if shape is None else shape)


def morph(vertices: Array, shares: dict[str, float]) -> Array:
    """Move the vertices by every target's share."""
    moved = vertices.copy()
    for name, share in shares.items():
        if not share:
            continue
        with gzip.open(MESH / "targets" / f"{name}.target.gz", "rt") as lines:
            rows = np.array([line.split() for line in lines if line.strip() and not line.startswith("#")], float)
        rows = rows.reshape(-1, 4)  # some targets move nothing
        moved[rows[:, 0].astype(int)] += share * rows[:, 1:]
    return moved


class Body:
    """One adult at rest (arms held out), with the bones to pose it."""

    def __init__(self, ideal: float = IDEAL, shape: dict[str, float] | None = None) -> None:
        self.mesh = read_mesh()
        v = morph(self.mesh.vertices, targets(ideal, shape))
        self.rest: Array = np.stack([v[:, 0], -v[:, 2], v[:, 1]], 1) * DECIMETRE
        self.head: dict[str, Array] = {}
        self.tail: dict[str, Array] = {}
        self.parent: dict[str, str] = {}
        self._read_bones()

    def _read_bones(self) -> None:
        cubes: dict[str, set[int]] = defaultdict(set)
        for face, group in zip(self.mesh.faces, self.mesh.groups, strict=True):
            if group.startswith("joint-"):
                cubes[group].update(face)

        def place(end: dict[str, Any]) -> Array:
            if end["strategy"] == "CUBE":
                return self.rest[sorted(cubes[end["cube_name"]])].mean(0)
            if end["strategy"] == "VERTEX":
                return self.rest[end["vertex_index"]]
            return self.rest[end["vertex_indices"]].mean(0)

        for name, bone in json.loads((MESH / "rigs/standard/rig.default.json").read_text()).items():
            self.head[name], self.tail[name] = place(bone["head"]), place(bone["tail"])
            self.parent[name] = bone["parent"] or ""

    @cached_property
    def bones(self) -> list[str]:
        """The bones, each after the one it hangs on."""
        depth = {"": 0}

        def deep(name: str) -> int:
            if name not in depth:
                depth[name] = deep(self.parent[name]) + 1
            return depth[name]

        return sorted(self.parent, key=deep)

    @cached_property
    def weights(self) -> Array:
        """How much each vertex follows each bone; every row sums to one."""
        stored = json.loads((MESH / "rigs/standard/weights.default.json").read_text())["weights"]
        w = np.zeros((len(self.rest), len(self.bones)))
        for column, name in enumerate(self.bones):
            for vertex, weight in stored.get(name, ()):
                w[vertex, column] += weight
        w[w.sum(1) == 0, self.bones.index("root")] = 1
        return w / w.sum(1, keepdims=True)

    def pose(self, pose: Pose) -> "Posed":
        """Turn bones about their heads: {bone: 3x3 matrix in the axes of the body at rest}."""
        moves: dict[str, Array] = {"": np.eye(4)}
        for name in self.bones:
            own = np.eye(4)
            own[:3, :3] = pose.get(name, np.eye(3))
            own[:3, 3] = self.head[name] - own[:3, :3] @ self.head[name]
            moves[name] = moves[self.parent[name]] @ own
        blend = np.einsum("vb,bij->vij", self.weights, np.stack([moves[n] for n in self.bones]))
        vertices = np.einsum("vij,vj->vi", blend, np.c_[self.rest, np.ones(len(self.rest))])[:, :3]
        return Posed(self, vertices, moves)

    def palm(self, side: str) -> tuple[Array, Array, Array]:
        """Unit axes of a hand at rest: toward the fingers, toward the thumb, toward the palm."""
        wrist, index, little = (self.head[f"{b}.{side}"] for b in ("wrist", "finger2-1", "finger5-1"))
        along = unit((index + little) / 2 - wrist)
        thumb = index - little
        thumb = unit(thumb - along * (thumb @ along))
        normal = unit(np.cross(along, thumb))
        curl = self.tail[f"finger3-3.{side}"] - self.head[f"finger3-1.{side}"]  # at rest the fingers curl a little
        return along, thumb, normal if curl @ normal > 0 else -normal


@dataclass
class Posed:
    """The body in a pose."""

    body: Body
    vertices: Array
    moves: dict[str, Array]

    def along(self, bone: str, share: float = 0.0) -> Array:
        """The place on a bone: 0 is its head, 1 its tail."""
        at = self.body.head[bone] * (1 - share) + self.body.tail[bone] * share
        return (self.moves[bone] @ np.r_[at, 1])[:3]

    def carried(self, direction: Array, bone: str) -> Array:
        """A direction of the body at rest, as the posed bone carries it."""
        return unit(self.moves[bone][:3, :3] @ direction)
