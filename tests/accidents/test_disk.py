"""A disk that is full or read-only, and settings that cannot be kept: a sentence, and nothing is lost or half done."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import sys
import tempfile
from collections import namedtuple
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from hsreview.project.connection import connect
from hsreview.workflows.codebooks import export_codebook
from tests.accidents.witness import clean, records, sound, told
from tests.builders import a_codebook
from tests.cli.conftest import call, ok
from tests.tui.stage import Stage, workbench

TRANSCRIPT = "INT : Qui a décidé cela ?\nR1 : Nous avons décidé ensemble, avec les chefs.\n" * 300
NOBODY = 65534
Room = namedtuple("Room", ("total", "used", "free"))


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes: every write beyond fails, as on a full disk."""
    resource = pytest.importorskip("resource", reason="no limit of file sizes on Windows")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def write_inputs(folder: Path) -> None:
    """A transcript, codings and a codebook to import."""
    (folder / "new.txt").write_text(TRANSCRIPT, encoding="utf-8")
    (folder / "codings.csv").write_text("transcript,start,end,code\ncso-2,0,5,D1\n", encoding="utf-8")
    export_codebook(a_codebook(refs=tuple(f"D{n}" for n in range(1, 9))), folder / "book.yaml")


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A folder with files to import."""
    write_inputs(tmp_path)
    return tmp_path


WRITES: dict[str, list[str]] = {
    "coding": ["codings", "add", "cso-1", "5.1", "D1"],
    "memo": ["memos", "add", "x" * 60_000, "--transcript", "cso-1"],
    "undo": ["undo"],
    "import": ["import", "{}/new.txt"],
    "import of codings": ["codings", "import", "{}/codings.csv"],
    "codebook import": ["codebook", "import", "{}/book.yaml"],
    "backup": ["backup"],
    "workbook": ["export", "excel", "{}/x.xlsx", "--layer", "Awa"],
    "codebook as Word file": ["codebook", "export", "{}/x.docx"],
    "codebook as workbook": ["codebook", "export", "{}/x.xlsx"],
    "init": ["init", "{}/new", "--codebook", "{}/book.yaml"],
}


def files(folder: Path) -> set[Path]:
    """Everything below `folder` but the folder of backups and what SQLite keeps beside an open file."""
    return {path for path in folder.rglob("*") if path.name != "backups" and not path.name.endswith(("-wal", "-shm"))}


@pytest.mark.parametrize("what", WRITES)
def test_a_full_disk_leaves_all_as_it_was(still_sound: Path, inputs: Path, what: str) -> None:
    args = [each.replace("{}", str(inputs)) for each in WRITES[what]]
    before, there = records(still_sound), files(inputs)
    codes = []
    for size in (0, 4_096, 40_000, 150_000, 10_000_000):
        with room_for(size):
            done = clean(call("--coder", "Awa", *args))
        codes.append(done.code)
        if done.code == 0:
            break
        assert done.code == 3 and done.err.count("\n") <= 3, done.err
        assert "disk" in done.err or "too large" in done.err, done.err
        assert (records(still_sound), files(inputs)) == (before, there)
    assert codes[0] == 3 and codes[-1] == 0, "with room enough the step goes through"


def test_what_sqlite_calls_full_is_said_in_the_users_language(
    unchanged: Path, inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any, **settings: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*args, **settings)
        pages = connection.execute("pragma page_count").fetchone()[0]
        connection.execute(f"pragma max_page_count = {pages}")
        return connection

    monkeypatch.setattr("hsreview.project.project.connect", full)
    memo = ["memos", "add", "x" * 200_000, "--transcript", "cso-1"]
    told("--coder", "Awa", *memo, en="The disk is full", fr="Le disque est plein")
    told("--coder", "Awa", "import", str(inputs / "new.txt"), en="The disk is full", fr="Le disque est plein")


def test_a_disk_without_room_for_the_files_beside_the_project_is_full(
    unchanged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for free, words in ((10**9, "The disk reported an error"), (4_096, "The disk is full")):
        monkeypatch.setattr(shutil, "disk_usage", lambda _path, free=free: Room(10**9, 10**9 - free, free))
        with room_for(0):
            told("transcripts", en=words)
            told("--coder", "Awa", "codings", "add", "cso-1", "5.1", "D1", en=words)


def test_exports_on_a_full_disk_say_so(unchanged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_source: object, target: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(target))

    (tmp_path / "x.xlsx").write_bytes(b"precious")
    monkeypatch.setattr(os, "replace", full)
    workbook = ["export", "excel", str(tmp_path / "x.xlsx"), "--layer", "Awa"]
    told(*workbook, en="The disk is full", fr="Le disque est plein")
    told("codebook", "export", str(tmp_path / "x.docx"), en="the disk is full", fr="le disque est plein")
    told("backup", en="the disk is full", fr="le disque est plein")
    assert (tmp_path / "x.xlsx").read_bytes() == b"precious"
    assert {path.name for path in tmp_path.iterdir()} == {"project", "x.xlsx"}


def notified(stage: Stage) -> str:
    """What the workbench has told."""
    return " ".join(notification.message for notification in stage.app._notifications)


async def test_a_full_disk_is_told_in_the_workbench_and_nothing_is_painted(still_sound: Path) -> None:
    async with workbench(still_sound, "Awa") as stage:
        await stage.press("g", "t", "g", "g", "enter", "g", "e")
        before = len(stage.codings())
        with room_for(0):
            await stage.press("space", "=d1", "enter")
        assert "this step was not stored" in notified(stage)
        assert len(stage.codings()) == before and "no code here" in stage.status
        await stage.press("space", "=d1", "enter")
        assert len(stage.codings()) == before + 1 and "D1 Label D1" in stage.status


async def test_a_full_disk_is_told_when_the_workbench_imports_and_exports(unchanged: Path, inputs: Path) -> None:
    async with workbench(unchanged, "Awa", (120, 40)) as stage:
        await stage.press("i", "ctrl+u", f"={inputs / 'new.txt'}", "enter")
        with room_for(0):
            await stage.press("s")
        assert "disk" in notified(stage)
        await stage.press("escape", "w", "end", "enter", "ctrl+u", f"={inputs / 'x.xlsx'}", "enter")
        with room_for(0):
            await stage.press("w")
        assert "The workbook was not written" in notified(stage)
    assert not (inputs / "x.xlsx").exists()


async def test_a_read_only_project_opens_in_the_workbench(unchanged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    async with workbench(unchanged, "Awa") as stage:
        assert "This project can be read but not changed here." in notified(stage)
        await stage.press("g", "t", "g", "g", "enter", "g", "e", "space", "=d1", "enter")
        assert "can be read but not written here" in notified(stage) and "no code here" in stage.status


# Read-only places


@pytest.fixture(scope="module")
def loaded(template: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What commands import late is imported: somebody without rights may not be able to read the program's files."""
    folder = tmp_path_factory.mktemp("loaded")
    write_inputs(folder)
    shutil.copytree(template, folder / "project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSREVIEW_HOME", str(folder / "home"))
        for args in WRITES.values():
            call("-p", str(folder / "project"), "--coder", "Awa", *(each.replace("{}", str(folder)) for each in args))


@pytest.fixture
def shelf(loaded: None, template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that everybody may read, with a copy of the project and with files to import."""
    shelf = Path(tempfile.mkdtemp(prefix="hsreview-"))
    shutil.copytree(template, shelf / "project")
    write_inputs(shelf)
    monkeypatch.setenv("HSREVIEW_PROJECT", str(shelf / "project"))
    yield shelf
    for path in (shelf, *shelf.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(shelf)


@contextmanager
def only_reading(shelf: Path, *closed: str) -> Iterator[None]:
    """Run as somebody who may read everything on the shelf but write nothing; what is `closed` may not even be read."""
    if sys.platform == "win32":
        pytest.skip("Windows has other permissions")
    for path in (*shelf.rglob("*"), shelf):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for name in closed:
        (shelf / name).chmod(0)
    superuser = os.geteuid() == 0
    if superuser:
        os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        if superuser:
            os.setresuid(0, 0, 0)


def test_a_read_only_project_is_read_and_every_write_refused(shelf: Path) -> None:
    before = records(shelf / "project")
    reads = (["transcripts"], ["show", "cso-1"], ["search", "chefs"], ["codings"], ["doctor"])
    with only_reading(shelf):
        for args in reads:
            assert clean(call(*args)).code == 0
        for what, args in WRITES.items():
            full = ["--coder", "Awa", *(each.replace("{}", str(shelf)) for each in args)]
            done = clean(call(*full))
            assert done.code == 3 and not done.out, (what, done.err)
            assert any(words in done.err for words in ("cannot be written", "not written here", "access is denied")), (
                what, done.err,
            )  # fmt: skip
        told(
            "--coder",
            "Awa",
            *WRITES["coding"],
            en="can be read but not written here",
            fr="peut être lu ici mais pas écrit",
        )
        told("--coder", "Awa", *WRITES["import"][:1], str(shelf / "new.txt"), en="not written here", fr="pas écrit")
        told("backup", en="access is denied", fr="l’accès est refusé")
        told("--coder", "New", *WRITES["coding"], en="can be read but not written here")
    assert records(shelf / "project") == before and sound(shelf / "project")


def test_what_may_not_even_be_read(shelf: Path) -> None:
    with only_reading(shelf, "project/project.hsreview"):
        told("transcripts", code=4, en="cannot be read: access is denied", fr="l’accès est refusé")
    with only_reading(shelf, "project"):
        told("transcripts", code=4, en="cannot be read: access is denied", fr="l’accès est refusé")
    with only_reading(shelf, "new.txt", "codings.csv"):
        done = clean(call("import", str(shelf / "new.txt"), "--dry-run"))
        assert done.code == 3 and "cannot be read: access is denied" in done.out
        told(
            "--coder",
            "Awa",
            "codings",
            "import",
            str(shelf / "codings.csv"),
            en="access is denied",
            fr="l’accès est refusé",
        )
        told("codebook", "check", str(shelf / "new.txt"), en="access is denied", fr="l’accès est refusé")


def test_settings_that_cannot_be_kept_stop_nobody(
    still_sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("HSREVIEW_HOME", str(tmp_path / "file"))
    clean(ok("--coder", "Awa", "codings", "add", "cso-1", "5.1", "D1"))
    clean(ok("--coder", "Awa", "undo"))
    clean(ok("transcripts"))
    clean(ok("init", str(tmp_path / "new")))
    assert "hsreview --coder NAME" in told("codings", "add", "cso-1", "5.1", "D1", code=2, en="Say who you are")
