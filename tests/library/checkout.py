"""A checkout of the program with its knowledge that a test may change and run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import bot
from bot.library.shipped import shipped

PATIENCE = 300.0  # seconds; a check takes 6 on an idle machine


class Checkout:
    """A copy of the package and of the shipped knowledge, laid out as in the repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.package = folder / "bot"
        self.knowledge = folder / "knowledge"
        shutil.copytree(Path(bot.__file__).parent, self.package, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(shipped(), self.knowledge)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the checkout, so that it imports this copy of the program, and return its output."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
