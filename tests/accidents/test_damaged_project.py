"""A project file that is damaged, cut, newer or missing: nothing is written to it, and the way back is named."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from hsreview.tui.app import Workbench
from tests.accidents.witness import clean, records, sound, told
from tests.cli.conftest import call, ok
from tests.tui.stage import workbench

FILE = "project.hsreview"


def noise(data: bytes) -> bytes:
    """`data` with four pages of noise in its middle."""
    chance = random.Random(20261121)
    middle = len(data) // 2 // 4096 * 4096
    return data[:middle] + chance.randbytes(4 * 4096) + data[middle + 4 * 4096 :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "emptied": lambda data: b"",
    "cut in the middle": lambda data: data[: len(data) // 2],
    "cut to a page": lambda data: data[:4096],
    "zeroed": lambda data: bytes(len(data)),
    "another header": lambda data: b"x" * 100 + data[100:],
    "another database": lambda data: data[:68] + b"\0\0\0\0" + data[72:],
    "noise": noise,
}
COMMANDS: tuple[list[str], ...] = (
    ["transcripts"],
    ["show", "cso-1"],
    ["--coder", "Awa", "codings", "add", "cso-1", "5.1", "D1"],
    ["--coder", "Awa", "undo"],
    ["export", "excel", "x.xlsx", "--layer", "Awa"],
)


@pytest.mark.parametrize("what", DAMAGES)
def test_a_damaged_project_names_the_way_back(folder: Path, what: str) -> None:
    before = records(folder)
    ok("backup")
    file = folder / FILE
    damaged = DAMAGES[what](file.read_bytes())
    file.write_bytes(damaged)
    for args in COMMANDS:
        done = clean(call(*args))
        if what == "noise" and done.code == 0:
            continue  # What this command reads was not hit; doctor looks at all.
        assert done.code == 4 and "hsreview restore" in done.err and not done.out, done.err
    if what != "noise":
        told("transcripts", code=4, en="is damaged or not a project", fr="est endommagé")
        assert file.read_bytes() == damaged, "nothing is written to a file that is not understood"
    assert clean(call("doctor")).code in (1, 4)
    done = clean(call("restore", "--yes"))
    assert done.code == 0 and "is kept in" in done.err
    assert records(folder) == before and sound(folder)


def test_a_text_that_was_changed_behind_our_back_is_found(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.execute("update content set data = replace(data, 'chefs', 'voisins') where kind = 'text'")
        connection.commit()
    done = clean(call("doctor"))
    assert done.code == 1 and "does not match its hash" in done.out and "voisins" not in done.out + done.err
    done = clean(call("--lang", "fr", "doctor", "--json"))
    assert done.code == 1 and {entry["code"] for entry in done.json("doctor")["findings"]} >= {"content_hash"}


def test_a_project_of_a_newer_hsreview_is_left_alone(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.execute("pragma user_version = 99")
    before = (folder / FILE).read_bytes()
    told("transcripts", code=4, en="newer hsreview (format 99", fr="plus récent")
    told("--coder", "Awa", "undo", code=4, en="newer hsreview", fr="plus récent")
    assert (folder / FILE).read_bytes() == before


def test_a_project_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told("transcripts", code=4, en="There is no project here", fr="Il n’y a pas de projet ici")
    told("-p", str(tmp_path / "no"), "transcripts", code=4, en="hsreview init", fr="hsreview init")
    (tmp_path / FILE).mkdir()
    told("-p", str(tmp_path), "transcripts", code=4, en="There is no project", fr="Il n’y a pas de projet")


def test_a_restore_of_what_is_no_backup_changes_nothing(unchanged: Path, tmp_path: Path) -> None:
    (tmp_path / "x.hsreview").write_bytes(b"no backup")
    told("restore", "--yes", str(tmp_path / "x.hsreview"), en="nothing was changed", fr="rien n’a été modifié")
    told("restore", "--yes", str(tmp_path / "none.hsreview"), en="none.hsreview", fr="none.hsreview")
    told("restore", "--yes", en="There is no backup", fr="Il n’y a pas de sauvegarde")


async def test_the_welcome_screen_refuses_a_damaged_project(folder: Path) -> None:
    app = Workbench()
    async with app.run_test(size=(100, 30)) as pilot:
        (folder / FILE).write_bytes(b"x" * 5000)
        app.guarded(lambda: app.enter_project(folder))
        await pilot.pause()
        assert "is damaged or not a project" in " ".join(note.message for note in app._notifications)
        assert app.session is None


async def test_a_project_that_is_damaged_while_it_is_open(folder: Path) -> None:
    async with workbench(folder, "Awa") as stage:
        await stage.press("g", "t", "g", "g", "enter")
        stage.project.connection.execute("pragma wal_checkpoint(truncate)")
        file = folder / FILE
        file.write_bytes(b"x" * file.stat().st_size)
        stage.project.connection.execute("pragma shrink_memory")
        await stage.press("g", "e", "space", "=d1", "enter")
        assert "is damaged" in " ".join(note.message for note in stage.app._notifications)
        assert "no code here" in stage.status and stage.app.is_running
