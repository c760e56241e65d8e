"""The pictures' commands: python -m illustrations render|check|sheet [picture ...] [--preview]."""

import argparse

from illustrations import album, check, sheet
from illustrations.paths import BUILD
from illustrations.view import FULL, PREVIEW, take


def _render(names: list[str], *, preview: bool) -> None:
    quality = PREVIEW if preview else FULL
    take(album.shots(names), quality)
    for name in names:
        made = album.compose(name, quality)
        if preview:
            made.pen.image().save(BUILD / f"preview-{name}.png")
        else:
            print(f"{name}: {made.save() / 1000:.0f} kB")  # noqa: T201 - a command's output


def main() -> None:
    """Run one command."""
    parser = argparse.ArgumentParser(prog="illustrations", description=__doc__)
    parser.add_argument("command", choices=("render", "check", "sheet"))
    parser.add_argument("names", nargs="*", help="pictures or points; all without one")
    parser.add_argument(
        "--preview", action="store_true", help="small and grainy, into the build folder as preview-NAME.png"
    )
    options = parser.parse_intermixed_args()
    names = album.chosen(options.names)
    if options.command == "render":
        _render(names, preview=options.preview)
    elif options.command == "check":
        raise SystemExit(check.report(names))
    else:
        sheet.write(names)


if __name__ == "__main__":
    main()
