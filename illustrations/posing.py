"""Poses as the scenes write them: a list of presets (poses.yaml), single turns and finger curls.

  arms-down                                      a preset
  {turn: upperarm01.L, about: back, degrees: 32} a bone about its joint; axes as in places.py, of the body at rest
  {curl: L, finger: 2, degrees: [8, 6, 4], spread: 3}   a finger's three bones towards the palm; spread is sideways
Turns of one bone add up in the order they stand in.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import yaml

from illustrations.body import Array, Body, Pose, turn, unit
from illustrations.paths import HERE
from illustrations.places import directions, mirrored


@cache
def _presets() -> dict[str, list[Any]]:
    presets: dict[str, list[Any]] = yaml.safe_load((HERE / "poses.yaml").read_text())
    return presets


def _flat(items: Sequence[Any]) -> list[dict[str, Any]]:
    """The single turns and curls of a pose; `both: true` does the same on the right."""
    result: list[dict[str, Any]] = []
    for item in items:
        if isinstance(item, str):
            result += _flat(_presets()[item])
            continue
        result.append(item)
        if item.get("both"):
            other = {k: v for k, v in item.items() if k != "both"}
            # A mirrored turn goes the other way round the mirrored axis.
            other = mirrored(other) | ({"degrees": -item["degrees"]} if "turn" in item else {"curl": "R"})
            result.append(other)
    return result


def _axis(named: dict[str, Array], about: Any) -> Array:  # noqa: ANN401 - whatever a scene holds
    if isinstance(about, list):
        return unit(about)
    parts = {about: 1.0} if isinstance(about, str) else about
    return unit(sum((named[name] * share for name, share in parts.items()), np.zeros(3)))


def read_pose(body: Body, items: Sequence[Any]) -> Pose:
    """The turns of a scene's pose."""
    named = directions(body.pose({}))
    pose: Pose = {}
    for item in _flat(items):
        turns = _curl(body, item) if "curl" in item else _single(named, item)
        for bone, matrix in turns.items():
            pose[bone] = matrix @ pose.get(bone, np.eye(3))
    return pose


def _single(named: dict[str, Array], item: dict[str, Any]) -> Pose:
    return {item["turn"]: turn(_axis(named, item["about"]), item["degrees"])}


def _curl(body: Body, item: dict[str, Any]) -> Pose:
    side, finger = item["curl"], item["finger"]
    _, _, palm = body.palm(side)
    result = {}
    for number, degrees in enumerate(item["degrees"], 1):
        bone = f"finger{finger}-{number}.{side}"
        matrix = turn(np.cross(unit(body.tail[bone] - body.head[bone]), palm), degrees)
        result[bone] = turn(palm, item.get("spread", 0)) @ matrix if number == 1 else matrix
    return result
