"""Short hair and eyebrows: where they grow, and their single hairs."""

import bpy
import numpy as np

from illustrations import materials
from illustrations.body import Array
from illustrations.relief import smooth
from illustrations.surface import Surface

HAIRS = 60_000
LENGTH = 0.0075
THICK = 0.00016
COMBED = np.array([0, -0.4, -1.0])  # down, and on the crown to the front
NAPE, FRONT, BEHIND, BEFORE, EAR = -0.028, 0.090, 0.010, -0.055, 0.077  # the hairline, metres from the head's joint
RECESS = 0.011  # how much higher it runs above the temples
BROW = np.array(
    [(0.0125, 0.0545), (0.022, 0.0590), (0.034, 0.0620), (0.046, 0.0590), (0.055, 0.0530)]
)  # from inside: across, up
BROW_HAIRS, BROW_LENGTH, BROW_WIDTHS = 1300, 0.0056, (0.0030, 0.0030, 0.0027, 0.0021, 0.0012)
FACE = -0.055  # the face lies before that, metres from the head's joint


def shares(rest: Array, head: Array) -> Array:
    """How densely hair grows at places of the body at rest, 0..1."""
    x, y, z = rest.T
    nape = head[2] + NAPE + np.abs(x) * 0.10
    recess = RECESS * smooth(np.abs(x), 0.018, 0.048) * (1 - smooth(np.abs(x), 0.052, 0.068))
    front = FRONT + recess
    line = head[2] + front + smooth(y, BEFORE, BEHIND) * (nape - head[2] - front)
    ears = 1 - smooth(np.abs(x), EAR, EAR + 0.004)
    return smooth(z - line, -0.008, 0.012) * ears


def brows(rest: Array, head: Array) -> Array:
    """How densely the eyebrows grow at places of the body at rest, 0..1."""
    across, up = np.abs(rest[:, 0]), rest[:, 2] - head[2]
    middle = np.interp(across, *BROW.T)
    half = np.interp(across, BROW[:, 0], BROW_WIDTHS, left=0.0001, right=0.0001)
    inside = (across > BROW[0, 0] - 0.002) & (across < BROW[-1, 0]) & (rest[:, 1] < head[1] + FACE)
    return np.where(inside, 1 - smooth(np.abs(up - middle) / half, 0.6, 1.2), 0.0)


def _roots(surface: Surface, density: Array, count: int, random: np.random.Generator) -> tuple[Array, Array]:
    """Places on the skin where a hair grows, and how the skin faces there."""
    quads = np.array([f for f in surface.faces if density[list(f)].max() > 0.02])  # noqa: PLR2004
    a, b, c, d = (surface.vertices[quads[:, k]] for k in range(4))
    normals = np.cross(c - a, d - b)
    areas = np.linalg.norm(normals, axis=1)
    chosen = random.choice(len(quads), count, p=areas / areas.sum())
    u, v = random.random((2, count, 1))
    spots = [corner[chosen] for corner in (a, b, c, d)]
    roots = (1 - u) * (1 - v) * spots[0] + u * (1 - v) * spots[1] + u * v * spots[2] + (1 - u) * v * spots[3]
    dense = [density[quads[:, k]][chosen] for k in range(4)]
    u, v = u[:, 0], v[:, 0]
    here = (1 - u) * (1 - v) * dense[0] + u * (1 - v) * dense[1] + u * v * dense[2] + (1 - u) * v * dense[3]
    grows = random.random(count) < here
    return roots[grows], (normals / areas[:, None])[chosen][grows]


def grow(surface: Surface, density: Array) -> None:
    """Plant the hairs of the head in the studio, combed down."""
    random = np.random.default_rng(0)
    roots, outward = _roots(surface, density, HAIRS, random)
    _plant(roots, outward, np.tile(COMBED, (len(roots), 1)), LENGTH, random)


def grow_brows(surface: Surface, density: Array) -> None:
    """Plant the eyebrows in the studio, combed outwards and flat."""
    random = np.random.default_rng(0)
    roots, outward = _roots(surface, density, BROW_HAIRS, random)
    combed = np.stack([np.sign(roots[:, 0]), np.zeros(len(roots)), np.full(len(roots), 0.25)], 1)
    _plant(roots, outward * 0.35, combed, BROW_LENGTH, random)


def _plant(roots: Array, outward: Array, combed: Array, length: float, random: np.random.Generator) -> None:
    if not len(roots):
        return
    down = combed - outward * (outward * combed).sum(1, keepdims=True)
    lean = outward * 0.45 + down * 0.9 + random.normal(0, 0.16, roots.shape)
    lean /= np.linalg.norm(lean, axis=1, keepdims=True)
    long = length * random.uniform(0.6, 1.1, (len(roots), 1))
    points = np.stack([roots, roots + (lean + outward * 0.35) * long * 0.5, roots + lean * long], 1)
    curves = bpy.data.hair_curves.new("hair")
    curves.add_curves([3] * len(roots))
    curves.points.foreach_set("position", points.astype("f").ravel())
    radius = curves.attributes.get("radius") or curves.attributes.new("radius", "FLOAT", "POINT")
    radius.data.foreach_set("value", np.tile([THICK, THICK * 0.8, THICK * 0.3], len(roots)).astype("f"))
    thing = bpy.data.objects.new("hair", curves)
    thing.data.materials.append(materials.hair())
    bpy.context.scene.collection.objects.link(thing)
