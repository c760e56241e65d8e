"""Packs the knowledge that shipped with a release, for `upgrade-knowledge`: what an operator has not touched.

    git archive v0.1.0 knowledge | tar -x -C FOLDER
    python tools/pack_earlier_knowledge.py FOLDER/knowledge bot/library/upgrade/0.1.0.zip

The YAML files are kept whole, so that each line can be compared; of pictures only their hashes.
"""

import sys
from pathlib import Path

from bot.library.archive import pack
from bot.library.reading.folder import PICTURES, read_folder
from bot.library.upgrade.earlier import HASHES, hash_of


def main(folder: Path, archive: Path) -> None:
    files, problems = read_folder(folder)
    if problems:
        raise SystemExit("\n".join(map(str, problems)))
    pictures = {name: content for name, content in files.items() if name.startswith(PICTURES)}
    kept = {name: content for name, content in files.items() if name not in pictures}
    hashes = "".join(f"{hash_of(content)} {name}\n" for name, content in pictures.items())
    archive.write_bytes(pack({**kept, HASHES: hashes.encode()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
