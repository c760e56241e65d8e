"""One camera's view of a scene: the render, and where its places and lines stand in it. Both are kept in the cache."""

import ast
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from illustrations import inset
from illustrations.measure import FINGERS, WHOLE_HAND_CUN, finger_cun
from illustrations.paths import BUILD, HERE
from illustrations.scene import Scene, read_scenes, the_body
from illustrations.studio import SAMPLES, Camera, empty_studio, shoot
from illustrations.surface import lengths

SIZE = 1080  # places are given in pixels of a picture this wide and high
SHAPE_FILES = ("body", "surface", "places", "posing", "relief", "scene", "skin_mesh", "measure", "view")
LOOK_FILES = ("materials", "studio", "hair", "skin_mesh")


@dataclass(frozen=True)
class Quality:
    """How well to render: pixels across and samples a pixel."""

    pixels: int = SIZE
    samples: int = SAMPLES


PREVIEW = Quality(400, 3)
FULL = Quality()


@dataclass(frozen=True)
class View:
    """What a card needs to know of its scene. Positions are pixels of a picture of SIZE x SIZE."""

    name: str
    render: str
    mm: float  # pixels a millimetre
    places: dict[str, tuple[float, float]]
    hidden: dict[str, float]  # how far (mm) a place lies behind the skin that the camera sees
    lines: dict[str, list[tuple[float, float]]]
    lengths: dict[str, float]  # of the lines along the skin, mm
    anchors: dict[str, dict[str, Any]]  # the scene's places, fixed to the base mesh
    finger: float  # one finger of the model, mm
    inset: str  # the render of the whole body, if there is an inset
    spots: dict[str, list[float]]  # the scene's places in the inset


def pictures() -> dict[str, str]:
    """Every picture and its scene."""
    return {name: scene for scene, spec in read_scenes().items() for name in spec["pictures"]}


def picture_spec(name: str) -> dict[str, Any]:
    """What the scenes say of a picture."""
    spec: dict[str, Any] = read_scenes()[pictures()[name]]["pictures"][name]
    return spec


def _hash(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]


@cache
def _sources(files: tuple[str, ...]) -> bytes:
    """What some modules do, whatever their comments and layout."""
    return b"".join(ast.dump(ast.parse((HERE / f"{f}.py").read_text())).encode() for f in files)


def _data() -> bytes:
    return b"".join((HERE / f).read_bytes() for f in ("landmarks.yaml", "poses.yaml"))


def _inset_key() -> str:
    scene = json.dumps(read_scenes()[inset.SCENE])
    return _hash(scene.encode(), _data(), _sources(SHAPE_FILES), _sources(LOOK_FILES), _sources(("inset",)))


def _shape(scene: Mapping[str, Any]) -> list[Any]:
    """What a scene, and those it borrows places from, say of the body."""
    own = {k: v for k, v in scene.items() if k not in ("pictures", "measures")}
    return [own, *(_shape(read_scenes()[other]) for other in scene.get("borrow", {}))]


def _shape_key(scene: Mapping[str, Any], picture: Mapping[str, Any], quality: Quality) -> str:
    return _hash(
        json.dumps([_shape(scene), picture["camera"], picture.get("inset"), asdict(quality)]).encode(),
        _data(),
        _sources(SHAPE_FILES),
        _sources(LOOK_FILES),
    )


def take(names: list[str], quality: Quality = FULL) -> dict[str, View]:
    """The views of some pictures, rendering what is missing; each scene is built at most once."""
    views: dict[str, View] = {}
    for scene_name in dict.fromkeys(pictures()[n] for n in names):
        scene: Scene | None = None
        for name in (n for n in names if pictures()[n] == scene_name):
            spec = read_scenes()[scene_name]
            stored = BUILD / f"{name}-{_shape_key(spec, picture_spec(name), quality)}.json"
            if not stored.exists():
                if scene is None:
                    scene = _furnished(scene_name, quality)
                _write(stored, _look(scene, name, quality))
            views[name] = View(**json.loads(stored.read_text()))
    for angle in {picture_spec(n)["inset"] for n in names if "inset" in picture_spec(n)}:
        inset.render(angle, _inset_key())
    return views


def _furnished(name: str, quality: Quality) -> Scene:
    scene = Scene(name)
    scene.borrowed  # noqa: B018 - its skins must leave the studio again
    empty_studio(quality.samples)
    scene.furnish()
    return scene


def _write(path: Path, view: View) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.glob(f"{view.name}-????????????.json"):
        old.unlink()
    path.write_text(json.dumps(asdict(view)))


def _look(scene: Scene, name: str, quality: Quality) -> View:
    camera = scene.camera(picture_spec(name)["camera"])
    pixels = (quality.pixels, quality.pixels)
    skin = np.round(scene.mesh.surface.vertices, 6).tobytes()
    numbers = json.dumps([np.round(v, 6).tolist() for v in (camera.at, camera.towards, camera.up)] + [camera.width])
    hem = [scene.spec["hem"]] if "hem" in scene.spec else []
    wear = json.dumps([scene.spec.get("wear", []), asdict(quality), *hem])
    image = BUILD / f"{name}-{_hash(skin, numbers.encode(), wear.encode(), _sources(LOOK_FILES))}.png"
    if not image.exists():
        for old in BUILD.glob(f"{name}-????????????.png"):
            old.unlink()
        seconds = shoot(camera, image, pixels)
        print(f"{name}: rendered in {seconds:.0f} s", flush=True)  # noqa: T201 - a command's progress
    return _project(scene, name, camera, image)


def _project(scene: Scene, name: str, camera: Camera, image: Path) -> View:
    def spot(points: Any) -> list[tuple[float, float]]:  # noqa: ANN401 - one point or many
        return [(round(x, 1), round(y, 1)) for x, y in camera.project(points, (SIZE, SIZE)).tolist()]

    known = {n: scene.places.find(n) for n in scene.own_places()}
    hidden = {
        n: float((scene.mesh.surface.first(p, camera.towards) - p) @ camera.towards) * 1000 for n, p in known.items()
    }
    anchors = {n: scene.anchor(n) for n in known}
    angle = picture_spec(name).get("inset")
    return View(
        name=name,
        render=image.name,
        mm=SIZE / camera.width / 1000,
        places={n: spot(p)[0] for n, p in known.items()},
        hidden={n: round(h, 1) for n, h in hidden.items()},
        lines={n: spot(line) for n, line in scene.lines.items()},
        lengths={n: round(float(lengths(line)[-1]) * 1000, 2) for n, line in scene.lines.items()},
        anchors={n: asdict(a) for n, a in anchors.items()},
        finger=round(finger_cun(the_body()) * 1000 * WHOLE_HAND_CUN / len(FINGERS), 3),
        inset=f"inset-{angle}-{_inset_key()}.png" if angle else "",
        spots={n: inset.spot(a, angle) for n, a in anchors.items()} if angle else {},
    )
