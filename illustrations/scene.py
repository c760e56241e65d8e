"""A scene: the posed body of the pictures of one place, with its relief, its points and its lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

import numpy as np
import yaml

from illustrations import measure
from illustrations.body import SKIN_VERTICES, Array, Body, Posed
from illustrations.paths import HERE, SCENES
from illustrations.places import Places, mirrored
from illustrations.posing import read_pose
from illustrations.relief import heights
from illustrations.skin_mesh import SkinMesh, covered
from illustrations.studio import Camera
from illustrations.surface import Anchor, Surface

LIMBS = {
    "arm": ("shoulder", "upperarm", "lowerarm", "wrist", "metacarpal", "finger"),
    "leg": ("upperleg", "lowerleg", "foot", "toe"),
}
FOLLOWS = 0.4  # a face belongs to a limb when it follows the limb's bones at least that much
CENTIMETRE = 0.01
MIDLINE = 0.005  # metres: a limb of one side begins at least that far from the other side


@cache
def the_body() -> Body:
    """The one adult of all pictures."""
    return Body()


@cache
def read_scenes() -> dict[str, dict[str, Any]]:
    """All scenes by name."""
    scenes: dict[str, dict[str, Any]] = {}
    for path in sorted(SCENES.glob("*.yaml")):
        for name, spec in yaml.safe_load(path.read_text()).items():
            if name in scenes:
                raise ValueError(f"Two scenes are called {name}")
            scenes[name] = spec
    return scenes


def base_faces(body: Body) -> list[int]:
    """The faces of the base mesh that are skin."""
    return [i for i, group in enumerate(body.mesh.groups) if group == "body"]


def base_surface(posed: Posed) -> Surface:
    """The skin of the whole base mesh; its anchors hold in every pose."""
    faces = posed.body.mesh.faces
    return Surface(posed.vertices[:SKIN_VERTICES], [faces[i] for i in base_faces(posed.body)])


@cache
def landmarks() -> dict[str, Anchor]:
    """The body's landmarks (landmarks.yaml), found on the body at rest and fixed to its skin."""
    posed = the_body().pose({})
    skin = base_surface(posed)
    own = both_sides(yaml.safe_load((HERE / "landmarks.yaml").read_text()))
    places = Places(posed, skin, {}, own, measure.finger_cun(the_body()))
    return {name: skin.anchor(places.find(name)) for name in own}


def both_sides(specs: Mapping[str, Any]) -> dict[str, Any]:
    """Every place that is named `.L`, and its mirror image, unless that is given too."""
    return {mirrored(n): mirrored(s) for n, s in specs.items() if n.endswith(".L")} | dict(specs)


def part_faces(body: Body, parts: list[Any]) -> list[int]:
    """The faces that a scene shows: `all`, `arm.L`, `leg.R`, or {z: [low, high], ...} in metres at rest."""
    faces = base_faces(body)
    middles = np.array([body.rest[body.mesh.faces[i]].mean(0) for i in faces])
    chosen = np.zeros(len(faces), bool)
    for part in parts:
        if isinstance(part, Mapping):
            inside = np.ones(len(faces), bool)
            for axis, (low, high) in part.items():
                values = middles[:, "xyz".index(axis)]
                inside &= (values > low) & (values < high)
            chosen |= inside
        elif part == "all":
            chosen[:] = True
        else:
            limb, side = part.split(".")
            columns = [k for k, b in enumerate(body.bones) if b.startswith(LIMBS[limb]) and b.endswith("." + side)]
            follows = body.weights[:, columns].sum(1)
            chosen |= np.array([follows[body.mesh.faces[i]].mean() > FOLLOWS for i in faces])
    return [i for i, c in zip(faces, chosen, strict=True) if c]


@dataclass
class Scene:
    """A scene by name; its mesh is built when it is first asked for."""

    name: str
    spec: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.spec = self.spec or read_scenes()[self.name]

    @cached_property
    def posed(self) -> Posed:
        """The body in this scene's pose."""
        return the_body().pose(read_pose(the_body(), self.spec.get("pose", [])))

    @cached_property
    def borrowed(self) -> dict[str, Anchor]:
        """Places of other scenes, fixed to the skin: a map shows points of several scenes on one body.

        Asking for it puts the other scenes' skin into the studio.
        """
        borrowed = self.spec.get("borrow", {}).items()
        others = {name: Scene(name) for name, _ in borrowed}
        return {p: others[name].anchor(p) for name, places in borrowed for p in places}

    @cached_property
    def mesh(self) -> SkinMesh:
        """The skin that is seen, sculpted. Asking for it puts it into the studio."""
        body = the_body()
        faces = part_faces(body, self.spec["parts"])
        mesh = SkinMesh.build(self.posed, faces, self.spec.get("subdivide", 2))
        relief = list(self.spec.get("relief", []))
        relief += [mirrored(item) for item in relief if item.get("both")]
        mesh.hem = self.spec.get("hem", mesh.hem)
        mesh.push(heights(mesh.surface.vertices, self._places(mesh.surface), relief))
        return mesh

    @cached_property
    def places(self) -> Places:
        """Everything that has a name, on the sculpted skin."""
        return self._places(self.mesh.surface)

    def _places(self, surface: Surface) -> Places:
        own = both_sides(self.spec.get("places", {}))
        known = {name: self._base.at(anchor) for name, anchor in (landmarks() | self.borrowed).items()}
        return Places(self.posed, surface, known, own, measure.finger_cun(the_body()))

    @cached_property
    def lines(self) -> dict[str, Array]:
        """The scene's lines along the skin, for rulers and hints."""
        specs = both_sides(self.spec.get("lines", {}))
        return {name: self.places.line(specs[name]) for name in self.shown(specs)}

    @cached_property
    def absent(self) -> str:
        """The ending of the names whose side of the body this scene does not show, else nothing."""
        across = self.mesh.rest[:, 0]
        if across.min() > -MIDLINE:
            return ".R"
        return ".L" if across.max() < MIDLINE else "-"

    def shown(self, names: Iterable[str]) -> list[str]:
        """Those names that are not of an absent side."""
        return [n for n in names if not n.endswith(self.absent)]

    def own_places(self) -> list[str]:
        """The landmarks and the places of this scene, on every side that it shows."""
        return self.shown([*both_sides(self.spec.get("places", {})), *self.borrowed, *landmarks()])

    @cached_property
    def _base(self) -> Surface:
        return base_surface(self.posed)

    def anchor(self, place: str) -> Anchor:
        """A place of this scene as an anchor on the base mesh."""
        return self._base.anchor(self.places.find(place))

    def camera(self, spec: Mapping[str, Any]) -> Camera:
        """A camera: {at: place, from: direction, up: direction, width: cm, shift: [right, up] cm}.

        The shift moves the body in the picture, to make room for the title.
        """
        towards, up = (self.places.direction(spec[k]) for k in ("from", "up"))
        camera = Camera(self.places.find(spec["at"]), towards, up, spec["width"] * CENTIMETRE)
        right, above, _ = camera.axes
        across, upwards = spec.get("shift", (0, 0))
        return replace(camera, at=camera.at - (right * across + above * upwards) * CENTIMETRE)

    def furnish(self) -> None:
        """Put the skin, and what covers it, into the studio."""
        self.mesh.show()
        for garment in covered(self.spec):
            self.mesh.dress(garment)
