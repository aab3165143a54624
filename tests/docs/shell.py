"""A shell for the tests: it does the few things that the docs ask a reader to type."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.cli.conftest import call
from tests.docs.pages import Command, steps


def run(command: Command, home: Path) -> None:
    """Do what a shell would do with one line of the docs, in the current folder; `~` is `home`."""
    words = [str(home / word[2:]) if word.startswith("~/") else word for word in command.words]
    match words:
        case ["hsreview", *args]:
            done = call(*args)
            assert done.code == command.exit_code, f"line {command.line}: {done.err}"
        case ["cd", folder]:
            os.chdir(folder)
        case ["cp", pattern, folder]:
            for path in Path().glob(pattern):
                shutil.copy(path, folder)
        case ["grep", "-aril", text, folder]:
            held = [path for path in Path(folder).rglob("*") if path.is_file() and text.lower() in _letters(path)]
            assert command.exit_code == (0 if held else 1), f"line {command.line}: {held}"
        case _:
            raise AssertionError(f"line {command.line}: a command that this shell does not know")


def _letters(path: Path) -> str:
    """The bytes of a file as small letters; what is no text is left out."""
    return path.read_bytes().decode(errors="ignore").lower()


def follow(page: Path, home: Path, *, known: Path | None = None) -> None:
    """Type every command of a page that has nothing but commands, from top to bottom.

    An export that the page `known` tells of in the same words is not made again.
    """
    made = {step.words for step in steps(known) if isinstance(step, Command)} if known else set()
    for step in steps(page):
        assert isinstance(step, Command)
        if step.words[:2] != ("hsreview", "export") or step.words not in made:
            run(step, home)
