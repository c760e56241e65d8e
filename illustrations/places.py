"""Places and directions as the scenes write them, turned into points of the posed body.

A place is a name (landmark, or a place of the scene) or a mapping. One of these says where it starts:
  joint: wrist.L [share: 0.5]        on a bone: 0 its head, 1 its tail
  place: NAME                        another place
  mean: [A, B, ...]                  the middle of places
  walk: [A, B] share|mm|cun: x       along the skin from A towards B (cun: the model's own; `of: 12`: of the 12 to B);
        [seen: direction]            the side of the body on which the skin is walked (else: how it faces at A and B)
  extreme: direction near: A within: mm   the farthest skin within a radius
then, in this order, as far as given:
  move: {direction: mm, ...}         a step
  move_cun: {direction: cun, ...}    a step in the model's own cun
  skin: direction                    the skin seen from there; `skin: near` takes the nearest
A direction is a name, or a mapping of names to shares. Names: front back up down left right; of a hand thumb.L little.L
palm.L dorsum.L fingers.L; of a forearm elbow.L (towards the elbow); of a lower leg inner.L outer.L knee.L ankle.L
shin.L calf.L; of a foot toes.L heel.L instep.L sole.L medial.L lateral.L; of a thigh hip.L.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from illustrations.body import Array, Posed, unit
from illustrations.surface import Surface, along, lengths

MM = 0.001
WORLD = {
    "front": (0, -1, 0),
    "back": (0, 1, 0),
    "up": (0, 0, 1),
    "down": (0, 0, -1),
    "left": (1, 0, 0),
    "right": (-1, 0, 0),
}


def directions(posed: Posed) -> dict[str, Array]:
    """All named directions of a posed body."""
    named = {name: np.array(vector, float) for name, vector in WORLD.items()}
    for side, sign in (("L", 1.0), ("R", -1.0)):
        for name, vector in (_arm(posed, side) | _leg(posed, side, sign)).items():
            named[f"{name}.{side}"] = unit(vector)
    return named


def _arm(posed: Posed, side: str) -> dict[str, Array]:
    fingers, thumb, palm = (posed.carried(v, f"wrist.{side}") for v in posed.body.palm(side))
    elbow = posed.along(f"lowerarm01.{side}") - posed.along(f"wrist.{side}")
    return {"fingers": fingers, "thumb": thumb, "little": -thumb, "palm": palm, "dorsum": -palm, "elbow": elbow}


def _leg(posed: Posed, side: str, sign: float) -> dict[str, Array]:
    knee, ankle, hip = (posed.along(f"{b}.{side}") for b in ("lowerleg01", "foot", "upperleg01"))
    down = unit(ankle - knee)
    outer = posed.carried(np.array([sign, 0, 0]), f"lowerleg01.{side}")
    outer = unit(outer - down * (outer @ down))
    shin = np.cross(outer, down) * -sign
    toes, lateral = (posed.carried(v, f"foot.{side}") for v in (np.array([0.0, -1, 0]), np.array([sign, 0, 0])))
    instep = posed.carried(np.array([0.0, 0, 1]), f"foot.{side}")
    return {
        "ankle": down, "knee": -down, "outer": outer, "inner": -outer, "shin": shin, "calf": -shin, "hip": hip - knee,
        "toes": toes, "heel": -toes, "lateral": lateral, "medial": -lateral, "instep": instep, "sole": -instep,
    }  # fmt: skip


def mirrored(spec: Any) -> Any:  # noqa: ANN401 - whatever a scene holds
    """The same place or direction on the other side of the body."""
    if isinstance(spec, str):
        if spec.endswith((".L", ".R")):
            return spec[:-1] + ("R" if spec.endswith("L") else "L")
        return {"left": "right", "right": "left"}.get(spec, spec)
    if isinstance(spec, Mapping):
        return {mirrored(k): mirrored(v) for k, v in spec.items()}
    return [mirrored(s) for s in spec] if isinstance(spec, list) else spec


class Places:
    """Looks places up: the body's landmarks, and the scene's own places, found as they are asked for."""

    def __init__(
        self, posed: Posed, skin: Surface, landmarks: Mapping[str, Array], own: Mapping[str, Any], cun: float
    ) -> None:
        self.posed, self.skin, self.cun = posed, skin, cun
        self.named = directions(posed)
        self._own = own
        self._known = {name: skin.nearest(at) for name, at in landmarks.items()}

    def direction(self, spec: str | Mapping[str, float]) -> Array:
        """The unit vector of a direction."""
        parts = {spec: 1.0} if isinstance(spec, str) else spec
        return unit(sum((self.named[name] * share for name, share in parts.items()), np.zeros(3)))

    def find(self, spec: str | Mapping[str, Any]) -> Array:
        """The point of a place."""
        if isinstance(spec, str):
            if spec not in self._known:
                if spec not in self._own:
                    raise KeyError(f"There is no place {spec!r}: neither a landmark nor one of this scene")
                self._known[spec] = self.find(self._own[spec])
            return self._known[spec]
        at = self._start(spec)
        for name, step in spec.get("move", {}).items():
            at = at + self.named[name] * step * MM
        for name, step in spec.get("move_cun", {}).items():
            at = at + self.named[name] * step * self.cun
        look = spec.get("skin")
        if look is None:
            return at
        return self.skin.nearest(at) if look == "near" else self.skin.seen(at, self.direction(look))

    def line(self, spec: Mapping[str, Any]) -> Array:
        """A line along the skin: {path: [A, B, ...], seen: direction}; `inside: true` joins the places straight."""
        ends = [self.find(p) for p in spec["path"]]
        if spec.get("inside"):
            return np.array(ends)
        look = self.direction(spec["seen"]) if "seen" in spec else None
        parts = [self.skin.line(a, b, look, 24) for a, b in pairwise(ends)]
        return np.concatenate(parts)

    def _start(self, spec: Mapping[str, Any]) -> Array:
        if "joint" in spec:
            return self.posed.along(spec["joint"], spec.get("share", 0.0))
        if "mean" in spec:
            return np.mean([self.find(p) for p in spec["mean"]], axis=0)
        if "walk" in spec:
            return self._walk(spec)
        if "extreme" in spec:
            return self.skin.extreme(self.direction(spec["extreme"]), self.find(spec["near"]), spec["within"] * MM)
        return self.find(spec["place"])

    def _walk(self, spec: Mapping[str, Any]) -> Array:
        start, end = (self.find(p) for p in spec["walk"])
        look = self.direction(spec["seen"]) if "seen" in spec else None
        line = self.skin.line(start, end, look)
        whole = lengths(line)[-1]
        if "share" in spec:
            return along(line, whole * spec["share"])
        if "mm" in spec:
            return along(line, spec["mm"] * MM)
        return along(line, whole * spec["cun"] / spec["of"] if "of" in spec else spec["cun"] * self.cun)
