"""The pictures' commands: python -m illustrations render|check|sheet|cun [picture ...] [--preview]."""

import argparse

from illustrations import check, sheet
from illustrations.card import Card
from illustrations.paths import BUILD
from illustrations.view import FULL, PREVIEW, pictures, take


def _chosen(names: list[str]) -> list[str]:
    """The pictures of some names; a point's code means all its views."""
    everything = list(pictures())
    chosen = [p for p in everything if not names or p in names or p.removesuffix("-wide") in names]
    if not chosen:
        raise SystemExit(f"No picture is called {' or '.join(names)}. There are: {', '.join(everything)}")
    return chosen


def _render(names: list[str], *, preview: bool) -> None:
    for name, view in take(names, PREVIEW if preview else FULL).items():
        card = Card(view).compose()
        if preview:
            card.image().save(BUILD / f"preview-{name}.png")
        else:
            print(f"{name}: {card.save() / 1000:.0f} kB")  # noqa: T201 - a command's output


def main() -> None:
    """Run one command."""
    parser = argparse.ArgumentParser(prog="illustrations", description=__doc__)
    parser.add_argument("command", choices=("render", "check", "sheet"))
    parser.add_argument("names", nargs="*", help="pictures or points; all without one")
    parser.add_argument(
        "--preview", action="store_true", help="small and grainy, into the build folder as preview-NAME.png"
    )
    options = parser.parse_intermixed_args()
    names = _chosen(options.names)
    if options.command == "render":
        _render(names, preview=options.preview)
    elif options.command == "check":
        raise SystemExit(check.report(names))
    else:
        sheet.write(names)


if __name__ == "__main__":
    main()
