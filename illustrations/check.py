"""The measuring check: distances along the skin against those of the WHO standard, and what the cards draw."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

import numpy as np

from illustrations import album
from illustrations.card import BIGGEST
from illustrations.measure import FINGERS, WHOLE_HAND_CUN, finger_cun
from illustrations.scene import Scene, base_surface, landmarks, the_body
from illustrations.studio import empty_studio
from illustrations.surface import lengths
from illustrations.view import SIZE, pictures

TOLERANCE = 0.10
LEVEL = 0.003  # metres: places on one level, places that stand higher
COVERS = {  # what must not lie on what
    frozenset(pair)
    for pair in (
        ("label", "marker"),
        ("label", "title"),
        ("label", "inset"),
        ("label", "landmark"),
        ("label", "label"),
        ("marker", "title"),
        ("marker", "inset"),
        ("landmark", "title"),
        ("landmark", "inset"),
        ("marker", "caption"),
        ("label", "half"),
        ("inset", "half"),
    )
}
Row = tuple[str, str, str, str, bool]  # point, what, should be, is, good


def _spread(scene: Scene, measure: Mapping[str, Any]) -> float:
    """The length of a measured stretch along the skin, metres."""
    start, end = (scene.places.find(p) for p in measure["along"])
    look = scene.places.direction(measure["seen"]) if "seen" in measure else None
    return float(lengths(scene.mesh.surface.line(start, end, look))[-1])


def _wanted(scene: Scene, measure: Mapping[str, Any]) -> tuple[str, float]:
    """What the stretch should be: in words, and in metres."""
    cun = finger_cun(the_body())
    if "cun" in measure:
        return f"{measure['cun']} cun", measure["cun"] * cun
    if "fingers" in measure:
        return f"{measure['fingers']} finger(s)", measure["fingers"] * cun * WHOLE_HAND_CUN / len(FINGERS)
    if "mm" in measure:
        return f"{measure['mm']} mm", measure["mm"] / 1000
    other = {"along": measure["as"]} | ({"seen": measure["seen"]} if "seen" in measure else {})
    return f"as {_names(measure['as'])}", _spread(scene, other)


def _names(places: list[Any]) -> str:
    return " to ".join(p if isinstance(p, str) else str(p.get("place", "…")) + " +" for p in places)


def measured(scene: Scene) -> Iterator[Row]:
    """Every measure that a scene states."""
    for measure in scene.spec.get("measures", []):
        point = measure["point"]
        if "along" in measure:
            want, metres = _wanted(scene, measure)
            found = _spread(scene, measure)
            off = found / metres - 1
            shown = f"{found / finger_cun(the_body()):.2f} cun, {found * 1000:.0f} mm, {off:+.0%}"
            yield point, _names(measure["along"]), want, shown, abs(off) <= measure.get("within", TOLERANCE)
            continue
        kind = "level" if "level" in measure else "higher"
        first, second = (scene.places.find(p)[2] for p in measure[kind])
        apart = first - second
        good = abs(apart) <= LEVEL if kind == "level" else apart >= LEVEL
        yield point, _names(measure[kind]), kind, f"{apart * 1000:+.0f} mm", good


def drawn(name: str) -> Iterator[Row]:
    """What is wrong with a picture: labels that cover something, sides left out, too many bytes."""
    boxes = album.compose(name).boxes
    for a, b in combinations(boxes, 2):
        if frozenset((a.kind, b.kind)) in COVERS and a.overlaps(b):
            yield name, f"{a.kind} {a.name}", "covers nothing", f"covers {b.kind} {b.name}", False
    for box in boxes:
        if min(box.edges) < 0 or max(box.edges) > SIZE:
            yield name, f"{box.kind} {box.name}", "inside", "leaves the picture", False
    file = album.file_of(name)
    if not file.exists():
        yield name, "picture", "there", "missing", False
    elif file.stat().st_size > BIGGEST:
        yield name, "picture", f"<= {BIGGEST / 1000:.0f} kB", f"{file.stat().st_size / 1000:.0f} kB", False


def ratios() -> Iterator[Row]:
    """Whether one cun is the same all over the body: by fingers, forearm and lower leg."""
    skin = base_surface(the_body().pose({}))
    at = {name: skin.at(anchor) for name, anchor in landmarks().items()}
    straight = {
        ("forearm", "elbow crease to wrist crease"): (
            lengths(skin.line(at["elbow_crease.L"], at["wrist_crease.L"]))[-1],
            12,
        ),
        ("lower leg, outer", "fold of the knee to the outer ankle bone"): (
            at["knee_crease_outer.L"][2] - at["outer_ankle.L"][2],
            16,
        ),
        ("lower leg, inner", "under the inner knee to the inner ankle bone"): (
            at["inner_knee.L"][2] - at["inner_ankle.L"][2],
            13,
        ),
    }
    cun = finger_cun(the_body())
    yield "hand", "four fingers", "3 cun", f"{cun * 3000:.0f} mm, one cun {cun * 1000:.1f} mm", True
    for (part, what), (metres, count) in straight.items():
        off = metres / count / cun - 1
        yield part, what, f"{count} cun", f"one cun {metres / count * 1000:.1f} mm, {off:+.0%}", abs(off) <= TOLERANCE


def report(names: list[str]) -> int:
    """Print the table; 0 when everything is right."""
    rows = list(ratios())
    for scene in dict.fromkeys(pictures()[view] for view in album.shots(names)):
        empty_studio()
        rows += measured(Scene(scene))
    for name in names:
        rows += drawn(name)
    widths = [max(len(str(r[k])) for r in rows) for k in range(4)]
    for *cells, good in rows:
        line = "  ".join(c.ljust(w) for c, w in zip(cells, widths, strict=True))
        print(("ok    " if good else "WRONG ") + line)  # noqa: T201 - a command's output
    bad = int(np.sum([not r[4] for r in rows]))
    print(f"{len(rows)} checked, {bad} wrong")  # noqa: T201
    return min(bad, 1)
