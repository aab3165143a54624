"""What a user is told when something goes wrong, and what the project holds afterwards."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hsreview.workflows.checking import doctor
from hsreview.workflows.projects import open_project
from tests.cli.conftest import Done, call
from tests.cli.test_console import steers

HOSTILE = "a\x1b[31mb\x9b2Jc\u202ed"
GLYPHS = "a␛[31mb\ufffd2Jc⇄d"


def records(root: Path) -> int:
    """How many records the log of a project holds."""
    with closing(sqlite3.connect(root / "project.hsreview")) as connection:
        return int(connection.execute("select count(*) from change").fetchone()[0])


def sound(root: Path) -> bool:
    """Whether `doctor` finds nothing."""
    with open_project(root) as project:
        return doctor(project) == []


def clean(done: Done) -> Done:
    """The call, whose output must hold neither a traceback nor anything that steers a terminal."""
    assert "Traceback" not in done.err + done.out, done.err
    assert not steers(done.err) and not steers(done.out)
    return done


def told(*args: str, code: int = 3, en: str, fr: str = "") -> str:
    """Run a command that goes wrong, in English and (when `fr` is given) in French, and return what it says.

    `en` and `fr` must stand in what is said on stderr; nothing may be printed as data.
    """
    said = ""
    for language, words in (("fr", fr), ("en", en)):
        if not words:
            continue
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("HSREVIEW_LANG", language)
            done = clean(call(*args))
        assert done.code == code, (args, done.code, done.err)
        assert words in done.err, done.err
        assert not done.out, "nothing is data when a step is refused"
        said = done.err
    return said
