"""The skin of a scene as a Blender object: subdivided, sculpted, with hair and clothes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import bpy
import numpy as np

from illustrations import hair, materials
from illustrations.body import Array, Posed
from illustrations.surface import Surface

GARMENTS = ("hair", "trousers", "shirt")
WAISTBAND = 0.11  # where trousers begin, height on the body at rest, metres
KNEE = -0.27  # where they end
SHOULDER = 0.505  # where the shirt begins
SLEEVE = 0.245  # where its sleeves end
HEM = 0.04  # cloth that is cut away, so that the hem is a clean line
CLOTH_THICK = 0.0015


def covered(spec: Mapping[str, Any]) -> list[str]:
    """What a scene puts on the skin."""
    return [g for g in GARMENTS if g in spec.get("wear", ())]


def _mesh(name: str, posed: Posed, faces: list[int], levels: int) -> tuple[Any, Array]:
    """A subdivided mesh of some faces with their texture coordinates, and where its vertices are at rest."""
    body = posed.body
    used = sorted({v for i in faces for v in body.mesh.faces[i]})
    number = {v: k for k, v in enumerate(used)}
    data = bpy.data.meshes.new(name)
    data.from_pydata(
        [tuple(v) for v in posed.vertices[used]], [], [[number[v] for v in body.mesh.faces[i]] for i in faces]
    )
    uv = np.array([body.mesh.uv[j] for i in faces for j in body.mesh.face_uv[i]])
    data.uv_layers.new(name="uv").data.foreach_set("uv", uv.ravel())
    data.attributes.new("rest", "FLOAT_VECTOR", "POINT").data.foreach_set("vector", body.rest[used].astype("f").ravel())
    thing = bpy.data.objects.new(name, data)
    bpy.context.scene.collection.objects.link(thing)
    if levels:
        modifier = thing.modifiers.new("subdivide", "SUBSURF")
        modifier.levels = modifier.render_levels = levels
        smooth_data = bpy.data.meshes.new_from_object(thing.evaluated_get(bpy.context.evaluated_depsgraph_get()))
        thing.modifiers.clear()
        thing.data = smooth_data
    thing.data.polygons.foreach_set("use_smooth", [True] * len(thing.data.polygons))
    return thing, _vectors(thing.data.attributes["rest"].data, "vector")


def _vectors(data: Any, name: str) -> Array:  # noqa: ANN401 - bpy has no types
    values = np.empty(len(data) * 3, np.float32)
    data.foreach_get(name, values)
    return values.reshape(-1, 3).astype(float)


@dataclass
class SkinMesh:
    """The skin in the studio, and as a surface to measure on."""

    posed: Posed
    thing: Any
    rest: Array
    hem: float = WAISTBAND

    @classmethod
    def build(cls, posed: Posed, faces: list[int], levels: int) -> "SkinMesh":
        """The skin of some faces of the base mesh, each split into 4 ** levels."""
        thing, rest = _mesh("skin", posed, faces, levels)
        return cls(posed, thing, rest)

    @cached_property
    def surface(self) -> Surface:
        """The skin as it stands now."""
        data = self.thing.data
        corners = np.empty(len(data.loops), np.int32)
        data.loops.foreach_get("vertex_index", corners)
        starts = np.empty(len(data.polygons), np.int32)
        data.polygons.foreach_get("loop_start", starts)
        faces = [tuple(f) for f in np.split(corners, starts[1:])]
        return Surface(_vectors(data.vertices, "co"), faces)

    def push(self, heights: Array) -> None:
        """Move every vertex outwards by its height."""
        data = self.thing.data
        moved = self.surface.vertices + _vectors(data.vertices, "normal") * heights[:, None]
        data.vertices.foreach_set("co", moved.astype("f").ravel())
        data.update()
        del self.surface

    def show(self) -> None:
        """Give the skin its material."""
        self.thing.data.materials.clear()
        self.thing.data.materials.append(materials.skin())
        self._paint("hair", np.zeros(len(self.rest)))
        self._paint("cloth", np.zeros(len(self.rest)))

    def dress(self, garment: str) -> None:
        """Put one of the garments on."""
        if garment == "hair":
            head = self.posed.body.head["head"]
            shares, brows = hair.shares(self.rest, head), hair.brows(self.rest, head)
            self._paint("hair", np.maximum(shares, 0.35 * brows))
            hair.grow(self.surface, shares)
            hair.grow_brows(self.surface, brows)
        elif garment == "trousers":
            # The skin under the cloth has its colour, or it would shine through where both touch.
            across, _, up = self.rest.T
            deep = np.minimum.reduce([self.hem - 0.012 - up, up - KNEE, SLEEVE - np.abs(across)])
            self._paint("cloth", np.clip(deep * 50 + 0.5, 0, 1))
            self._sew("trousers", materials.CLOTH, KNEE, self.hem)
        else:
            self._sew("shirt", materials.SHIRT, self.hem, SHOULDER)

    def _paint(self, name: str, values: Array, thing: Any = None) -> None:  # noqa: ANN401
        data = (thing or self.thing).data
        layer = data.attributes.get(name) or data.attributes.new(name, "FLOAT", "POINT")
        layer.data.foreach_set("value", np.asarray(values, np.float32))

    def _sew(self, name: str, tone: materials.Colour, low: float, high: float) -> None:
        """A tight garment between two heights of the body at rest, with short sleeves."""
        body = self.posed.body
        middles = {
            i: body.rest[body.mesh.faces[i]].mean(0) for i, g in enumerate(body.mesh.groups) if g == "helper-tights"
        }
        near = [i for i, m in middles.items() if low - HEM < m[2] < high + HEM and abs(m[0]) < SLEEVE + HEM]
        thing, rest = _mesh(name, self.posed, near, 2)
        below, deep = high - rest[:, 2], np.minimum(rest[:, 2] - low, SLEEVE - np.abs(rest[:, 0]))
        self._paint("below_hem", below if name == "trousers" else np.ones(len(rest)), thing)
        self._paint("deep", np.minimum(below, deep), thing)
        offset = thing.modifiers.new("thick", "DISPLACE")
        offset.strength, offset.mid_level = CLOTH_THICK, 0
        thing.data.materials.append(materials.cloth(tone, name))
