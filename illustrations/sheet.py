"""The contact sheet: all pictures side by side, to look at them as one family."""

from PIL import Image

from illustrations.album import FILM
from illustrations.paths import BUILD, PICTURES

CELL, COLUMNS = 360, 6


def write(names: list[str]) -> None:
    """Write build/sheet.png with the pictures at the size of a phone; films are left out."""
    names = [n for n in names if not n.endswith(FILM)]
    rows = -(-len(names) // COLUMNS)
    sheet = Image.new("RGB", (CELL * min(COLUMNS, len(names)), CELL * rows), "white")
    for i, name in enumerate(names):
        picture = Image.open(PICTURES / f"{name}.jpg").resize((CELL, CELL), Image.Resampling.LANCZOS)
        sheet.paste(picture, (CELL * (i % COLUMNS), CELL * (i // COLUMNS)))
    sheet.save(BUILD / "sheet.png")
    print(BUILD / "sheet.png")  # noqa: T201 - a command's output
