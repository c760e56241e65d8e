"""Pictures must be there, of one size and small enough; maps must be of their own area."""

import pytest

from bot.library.checks import pictures
from bot.library.checks.pictures import MOST_BYTES, SIDE
from tests.library.conftest import Check, Folder, problem_line

LI4 = "points/large_intestine.yaml"
PICTURE = "pictures/LI4.jpg"
BAD = [
    (LI4, "[LI4.jpg]", "[LI44.jpg]", '14: LI4: there is no picture "LI44.jpg". Did you mean "LI4.jpg"?'),
    (LI4, "[LI4.jpg]", "[LI4.jpg]\n  film: LI4.jpg", '15: LI4: "LI4.jpg" is no film. Name a film here.'),
    (
        "areas.yaml",
        "condition_regions: []",
        "condition_regions: []\n  maps: {hand: map.jpg}",
        '6: arm_hand: there is no picture "map.jpg". Known are: LI4.jpg.',
    ),
]


def jpeg(width: int, height: int, more: int = 0) -> bytes:
    """Return the first bytes of a JPEG of this size in pixels, and `more` zero bytes."""
    frame = b"\xff\xc0\x00\x11\x08" + height.to_bytes(2, "big") + width.to_bytes(2, "big") + b"\x03" + bytes(9)
    return b"\xff\xd8" + frame + bytes(more)


@pytest.mark.parametrize(("file", "old", "new", "problem"), BAD)
def test_a_picture_that_is_not_there_or_no_film_gets_one_clear_line(
    small: Folder, file: str, old: str, new: str, problem: str
) -> None:
    small.edit(file, old, new)
    assert small.found(pictures.pictures_are_there)[0] == problem_line(file, problem)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"not really a picture", f"this is no picture. Save it as a JPEG of {SIDE} x {SIDE} pixels."),
        (jpeg(1080, 720), f"the picture is 1080 x 720 pixels. Save it as a JPEG of {SIDE} x {SIDE} pixels."),
        (
            jpeg(1080, 1080, MOST_BYTES),
            f"the picture has {MOST_BYTES + len(jpeg(1, 1)):,} bytes; 60,000 are enough. Save it with a lower quality.",
        ),
    ],
)
def test_a_picture_of_another_size_gets_one_clear_line(small: Folder, content: bytes, problem: str) -> None:
    small.write(PICTURE, content)
    assert small.found(pictures.pictures_fit) == [problem_line(PICTURE, f"1: {problem}")]


def test_a_map_of_another_area_is_reported(small: Folder) -> None:
    small.edit("areas.yaml", "condition_regions: []", "condition_regions: []\n  maps: {neck: LI4.jpg}")
    (found,) = small.found(pictures.maps_are_of_their_area)
    assert 'arm_hand: "neck" is no point region of this area.' in found


@pytest.mark.parametrize(
    "check",
    [pictures.pictures_are_there, pictures.pictures_fit, pictures.maps_are_of_their_area],
)
def test_good_pictures_are_not_complained_about(small: Folder, check: Check) -> None:
    small.write("pictures/LI4-press.mp4", b"film")
    small.edit(LI4, "[LI4.jpg]", "[LI4.jpg]\n  film: LI4-press.mp4")
    assert small.found(check) == []
