"""Measures on the body: its cun by finger widths and by the long bones."""

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from illustrations.body import SKIN_VERTICES, unit

if TYPE_CHECKING:
    from illustrations.body import Body

SLICE = 0.003  # half the thickness of the slice through a finger, metres
FINGERS = (2, 3, 4, 5)
WHOLE_HAND_CUN = 3  # four fingers side by side, at the middle joint of the middle finger


def finger_width(body: "Body", finger: int, side: str = "L") -> float:
    """How wide a finger is at its middle joint, metres."""
    joint = body.head[f"finger{finger}-2.{side}"]
    along = unit(body.tail[f"finger{finger}-1.{side}"] - body.head[f"finger{finger}-1.{side}"])
    _, thumb, _ = body.palm(side)
    across = unit(thumb - along * (thumb @ along))
    columns = [body.bones.index(f"finger{finger}-{k}.{side}") for k in (1, 2, 3)]
    own = body.rest[:SKIN_VERTICES][body.weights[:SKIN_VERTICES, columns].sum(1) > 0.5]  # noqa: PLR2004
    deep = np.abs((own - joint) @ along)
    near = own[deep < max(SLICE, float(np.sort(deep)[7]))]  # at least one ring of eight vertices
    spread = (near - joint) @ across
    return float(spread.max() - spread.min())


@lru_cache(maxsize=4)
def finger_cun(body: "Body") -> float:
    """One cun by the model's own hand: four fingers are three."""
    return sum(finger_width(body, f) for f in FINGERS) / WHOLE_HAND_CUN
