"""Short hair: where it grows, and its single hairs."""

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
NAPE, FRONT, BEHIND, BEFORE, EAR = -0.028, 0.085, 0.010, -0.055, 0.077  # the hairline, metres from the head's joint


def shares(rest: Array, head: Array) -> Array:
    """How densely hair grows at places of the body at rest, 0..1."""
    x, y, z = rest.T
    nape = head[2] + NAPE + np.abs(x) * 0.10
    line = head[2] + FRONT + smooth(y, BEFORE, BEHIND) * (nape - head[2] - FRONT)
    ears = 1 - smooth(np.abs(x), EAR, EAR + 0.004)
    return smooth(z - line, -0.008, 0.012) * ears


def _roots(surface: Surface, density: Array, random: np.random.Generator) -> tuple[Array, Array]:
    """Places on the skin where a hair grows, and how the skin faces there."""
    quads = np.array([f for f in surface.faces if density[list(f)].max() > 0.02])  # noqa: PLR2004
    a, b, c, d = (surface.vertices[quads[:, k]] for k in range(4))
    normals = np.cross(c - a, d - b)
    areas = np.linalg.norm(normals, axis=1)
    chosen = random.choice(len(quads), HAIRS, p=areas / areas.sum())
    u, v = random.random((2, HAIRS, 1))
    spots = [corner[chosen] for corner in (a, b, c, d)]
    roots = (1 - u) * (1 - v) * spots[0] + u * (1 - v) * spots[1] + u * v * spots[2] + (1 - u) * v * spots[3]
    grows = random.random(HAIRS) < density[quads].mean(1)[chosen]
    return roots[grows], (normals / areas[:, None])[chosen][grows]


def grow(surface: Surface, density: Array) -> None:
    """Plant the hairs in the studio, combed down."""
    random = np.random.default_rng(0)
    roots, outward = _roots(surface, density, random)
    if not len(roots):
        return
    down = COMBED - outward * (outward @ COMBED)[:, None]
    lean = outward * 0.45 + down * 0.9 + random.normal(0, 0.16, roots.shape)
    lean /= np.linalg.norm(lean, axis=1, keepdims=True)
    long = LENGTH * random.uniform(0.6, 1.1, (len(roots), 1))
    points = np.stack([roots, roots + (lean + outward * 0.35) * long * 0.5, roots + lean * long], 1)
    curves = bpy.data.hair_curves.new("hair")
    curves.add_curves([3] * len(roots))
    curves.points.foreach_set("position", points.astype("f").ravel())
    radius = curves.attributes.get("radius") or curves.attributes.new("radius", "FLOAT", "POINT")
    radius.data.foreach_set("value", np.tile([THICK, THICK * 0.8, THICK * 0.3], len(roots)).astype("f"))
    thing = bpy.data.objects.new("hair", curves)
    thing.data.materials.append(materials.hair())
    bpy.context.scene.collection.objects.link(thing)
