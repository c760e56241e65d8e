"""The colours that all pictures share."""

from typing import Any

import numpy as np
import skia
from PIL import Image

CONTRAST = np.array([0.80, 0.86, 0.89], np.float32)  # lifts and warms the shadows


def graded(path: str) -> Any:  # noqa: ANN401 - a skia image
    """A render with the colours that all pictures share."""
    a = np.asarray(Image.open(path).convert("RGBA")).astype(np.float32) / 255
    rgb = a[..., :3]
    grey = rgb.mean(-1, keepdims=True)
    rgb = np.clip(grey + (rgb - grey) * 1.10, 0, 1) ** CONTRAST
    dark = (1 - rgb.mean(-1, keepdims=True)) ** 2
    rgb = np.clip(rgb + dark * np.array([0.030, -0.004, -0.012], np.float32), 0, 1)
    rgb = np.clip((rgb - 0.55) * 1.07 + 0.55, 0, 1)
    pixels = (np.concatenate([rgb, a[..., 3:]], -1) * 255).astype(np.uint8)
    return skia.Image.fromarray(pixels.copy(), colorType=skia.kRGBA_8888_ColorType)
