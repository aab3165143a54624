"""Other programs on the same file, at the other end of a pipe, or holding the file that is to be written."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hsreview.project import connection
from hsreview.workflows.coders import coders
from hsreview.workflows.coding import add_codings
from hsreview.workflows.projects import open_project
from tests.accidents.witness import clean, records, told
from tests.builders import code_id, opened
from tests.cli.conftest import call, ok
from tests.tui.stage import workbench

BUSY = ("in use by another program", "utilisé par un autre programme")


@pytest.fixture
def writer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """Another program in the middle of a long write; we wait for it a short time only."""
    monkeypatch.setattr(connection, "BUSY_MILLISECONDS", 30)
    with closing(sqlite3.connect(folder / "project.hsreview", isolation_level=None)) as other:
        other.execute("begin immediate")
        yield other


@pytest.mark.parametrize(
    "args",
    [
        ["codings", "add", "cso-1", "5.1", "D1"],
        ["memos", "add", "x", "--transcript", "cso-1"],
        ["undo"],
        ["reviewed", "cso-1"],
        ["transcripts", "rename", "cso-2", "other"],
        ["coders", "add", "New"],
        ["restore", "--yes"],
    ],
)
def test_a_write_says_that_another_program_writes(unchanged: Path, writer: sqlite3.Connection, args: list[str]) -> None:
    if args[0] == "restore":
        ok("backup")
    told("--coder", "Awa", *args, code=4, en=BUSY[0], fr=BUSY[1])


def test_an_import_says_it_for_the_file(unchanged: Path, writer: sqlite3.Connection, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("INT : Alors ?\nR1 : Rien.\n")
    told("--coder", "Awa", "import", str(tmp_path / "new.txt"), en=BUSY[0], fr=BUSY[1])


def test_reading_and_exporting_go_on_meanwhile(unchanged: Path, writer: sqlite3.Connection, tmp_path: Path) -> None:
    for args in (["transcripts"], ["show", "cso-1"], ["doctor"], ["backup"]):
        clean(ok(*args))
    clean(ok("export", "excel", str(tmp_path / "x.xlsx"), "--layer", "Awa"))


async def test_the_workbench_says_it_and_goes_on(still_sound: Path, writer: sqlite3.Connection) -> None:
    async with workbench(still_sound, "Awa") as stage:
        await stage.press("g", "t", "g", "g", "enter", "g", "e", "space", "=d1", "enter")
        assert BUSY[0] in " ".join(notification.message for notification in stage.app._notifications)
        assert "no code here" in stage.status
        writer.execute("rollback")
        await stage.press("space", "=d1", "enter")
        assert "D1 Label D1" in stage.status


def test_two_writers_lose_nothing(still_sound: Path) -> None:
    before = records(still_sound)
    with open_project(still_sound) as one, open_project(still_sound) as two:
        text = opened(one, "cso-2")
        for number, project in enumerate((one, two) * 10):
            lead = coders(project)[0]
            add_codings(project, lead, text.version.id, number, number + 5, [code_id("D1")])
    assert records(still_sound) == before + 20


def locked_workbook(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workbook that another program holds, as Excel does on Windows."""
    target = folder / "themes.xlsx"
    target.write_bytes(b"open in Excel")
    replace = os.replace

    def locked(source: str, to: str | Path) -> None:
        if Path(to) == target:
            raise PermissionError(13, "Permission denied", str(to))
        replace(source, to)

    monkeypatch.setattr(os, "replace", locked)
    return target


def test_a_workbook_that_is_open_in_excel_is_kept_beside(
    unchanged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = locked_workbook(tmp_path, monkeypatch)
    done = clean(ok("export", "excel", str(target), "--layer", "Awa"))
    assert "themes.xlsx is open in another program or protected and was not replaced" in done.err
    assert done.lines == [str(tmp_path / "themes (2).xlsx")] and Path(done.lines[0]).stat().st_size > 5_000
    monkeypatch.setenv("HSREVIEW_LANG", "fr")
    assert "ouvert dans un autre programme" in clean(ok("export", "excel", str(target), "--layer", "Awa")).err
    told("codebook", "export", str(target), en="open in another program", fr="ouvert dans un autre programme")
    assert target.read_bytes() == b"open in Excel"


async def test_the_workbench_says_where_a_workbook_was_kept(
    still_sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = locked_workbook(tmp_path, monkeypatch)
    async with workbench(still_sound, "Awa", (160, 40)) as stage:
        await stage.press("w", "end", "enter", "ctrl+u", f"={target}", "enter", "w")
        assert "themes.xlsx is open in another program" in stage.app.export_screenshot().replace("&#160;", " ")
    assert (tmp_path / "themes (2).xlsx").exists() and target.read_bytes() == b"open in Excel"


# Streams that are closed or speak another encoding


def run(*args: str, **environment: str) -> subprocess.Popen[bytes]:
    """`hsreview` in a process of its own, with pipes."""
    return subprocess.Popen(
        [sys.executable, "-m", "hsreview", *args], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env={**os.environ, **environment},
    )  # fmt: skip


def closed(streams: tuple[int, ...], *args: str) -> subprocess.CompletedProcess[bytes]:
    """`hsreview` in a process that was started with closed streams."""
    start = "import os, sys\nfor n in {}: os.close(n)\nos.execv(sys.executable, [sys.executable, '-m', *sys.argv[1:]])"
    command = [sys.executable, "-c", start.format(streams), "hsreview", *args]
    return subprocess.run(command, capture_output=True, check=False, timeout=60)


def test_a_reader_who_has_enough(unchanged: Path) -> None:
    with run("turns", "cso-1", "--json") as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_an_output_that_cannot_be_written_is_said(unchanged: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "hsreview", "text", "cso-1"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (3, b"the disk is full\n")


def test_without_any_stream_the_exit_code_still_tells(unchanged: Path) -> None:
    for words, expected in (("transcripts", 0), ("text nothing", 3), ("nonsense", 2), ("-p /no doctor", 4), ("", 2)):
        assert closed((0, 1, 2), *words.split()).returncode == expected


def test_a_closed_output_is_no_accident(unchanged: Path) -> None:
    done = closed((1,), "transcripts")
    assert done.returncode == 0 and b"Traceback" not in done.stderr and b"wrong" not in done.stderr


def test_the_locale_c_changes_nothing(unchanged: Path) -> None:
    plain = {"LC_ALL": "C", "LANG": "C", "HSREVIEW_LANG": "fr"}
    strict = {**plain, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    with run("text", "cso-1", **strict) as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"") and "c’était l’œuvre de tous".encode() in out
    for environment, words in ((plain, "transcription nommée été-1"), (strict, "n’est pas de l’UTF-8 valide")):
        with run("text", "été-1", **environment) as process:
            out, err = process.communicate(timeout=60)
        assert process.returncode == 3 and words in err.decode("utf-8") and b"Traceback" not in err


def test_the_workbench_needs_a_terminal(unchanged: Path) -> None:
    told(code=2, en="needs a terminal", fr="terminal")


async def test_a_terminal_that_is_too_small_says_so_in_both_languages(
    unchanged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hsreview.base.messages import use_language

    for language, words in (("en", "The terminal is too small"), ("fr", "Le terminal est trop petit")):
        use_language(language)
        async with workbench(unchanged, "Awa", (40, 10)) as stage:
            header = stage.app.screen.query_one("#header")
            assert words in " ".join(header.text().split())  # type: ignore[attr-defined]
            await stage.press("space", "d", "1", "enter")
            await stage.pilot.resize_terminal(80, 24)
            await stage.press()
            assert words not in header.text()  # type: ignore[attr-defined]
    assert call("doctor").code == 0
