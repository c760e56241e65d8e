"""The studio in Blender: camera, light and render, the same for every picture."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from mathutils import Matrix, Vector

from illustrations.body import Array, unit

LENS = 4.2  # the camera stands this many picture widths away: a long lens, hardly any perspective
SMALLEST = 0.20  # closer lights would burn highlights out
SAMPLES = 12
WARM, COOL = (1, 0.965, 0.92), (0.90, 0.95, 1)
LIGHTS = (  # direction in camera axes, size and power in picture widths, colour
    ((-0.75, 0.85, 0.75), 1.1, 128, WARM),
    ((1.1, -0.1, 0.8), 2.4, 16, COOL),
    ((0.55, 0.9, -0.9), 1.2, 60, (1, 0.97, 0.95)),
)


@dataclass(frozen=True)
class Camera:
    """A camera that looks at a place: from which side, what is up, how many metres the picture is wide."""

    at: Array
    towards: Array
    up: Array
    width: float

    @property
    def axes(self) -> tuple[Array, Array, Array]:
        """Right, up and towards the camera, as unit vectors."""
        right = unit(np.cross(self.up, self.towards))
        return right, np.cross(self.towards, right), self.towards

    def project(self, points: Array, pixels: tuple[int, int]) -> Array:
        """Where points stand in the picture."""
        right, up, towards = self.axes
        offset = np.atleast_2d(points) - (self.at + towards * self.width * LENS)
        deep = -(offset @ towards)
        across, down = offset @ right / deep * LENS, -(offset @ up) / deep * LENS
        return np.stack([pixels[0] * (0.5 + across), pixels[1] * 0.5 + pixels[0] * down], 1)


def empty_studio(samples: int = SAMPLES) -> None:
    """Throw everything away and set the renderer up."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.cycles.samples = samples
    scene.cycles.use_denoising = True
    scene.cycles.denoiser = "OPENIMAGEDENOISE"
    scene.cycles.use_adaptive_sampling = True
    scene.cycles.adaptive_threshold = 0.04
    scene.cycles.seed = 0
    scene.cycles.max_bounces = 4
    scene.cycles.transparent_max_bounces = 8
    scene.render.film_transparent = True
    scene.render.threads_mode, scene.render.threads = "FIXED", 2
    scene.render.use_persistent_data = True  # one body, several cameras
    scene.view_settings.view_transform, scene.view_settings.look = "Standard", "None"
    scene.view_settings.exposure = -0.78
    scene.render.image_settings.file_format, scene.render.image_settings.color_mode = "PNG", "RGBA"
    world = bpy.data.worlds.new("world")
    scene.world = world
    world.use_nodes = True
    background = world.node_tree.nodes["Background"]
    background.inputs[0].default_value, background.inputs[1].default_value = (1.0, 0.975, 0.955, 1), 0.36


def shoot(camera: Camera, path: Path, pixels: tuple[int, int]) -> float:
    """Render what stands in the studio into a transparent PNG; the seconds it took."""
    started = time.monotonic()
    placed = [_set_camera(camera), *_set_lights(camera)]
    scene = bpy.context.scene
    scene.render.resolution_x, scene.render.resolution_y = pixels
    scene.render.resolution_percentage = 100
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)
    for thing in placed:
        bpy.data.objects.remove(thing)
    return time.monotonic() - started


def _matrix(camera: Camera) -> Matrix:
    return Matrix([tuple(axis) for axis in camera.axes]).transposed()


def _add(name: str, data: Any) -> Any:  # noqa: ANN401 - bpy has no types
    thing = bpy.data.objects.new(name, data)
    bpy.context.scene.collection.objects.link(thing)
    return thing


def _set_camera(camera: Camera) -> Any:  # noqa: ANN401
    data = bpy.data.cameras.new("camera")
    data.sensor_fit, data.sensor_width, data.lens = "HORIZONTAL", 36, 36 * LENS
    data.clip_start, data.clip_end = 0.01, 50
    thing = _add("camera", data)
    thing.matrix_world = _matrix(camera).to_4x4()
    thing.location = Vector(camera.at + camera.towards * camera.width * LENS)
    bpy.context.scene.camera = thing
    return thing


def _set_lights(camera: Camera) -> list[Any]:
    width = max(camera.width, SMALLEST)
    placed = []
    for direction, size, power, colour in LIGHTS:
        data = bpy.data.lights.new("light", "AREA")
        data.shape, data.size, data.energy, data.color = "DISK", size * width, power * width * width, colour
        thing = _add("light", data)
        towards = (_matrix(camera) @ Vector(direction)).normalized()
        thing.location = Vector(camera.at) + towards * width * 2.6
        thing.rotation_euler = towards.to_track_quat("Z", "Y").to_euler()
        placed.append(thing)
    return placed
