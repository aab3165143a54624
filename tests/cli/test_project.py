"""`init`, `doctor`, `backup`, `restore`, `demo`, the workbench; and projects that cannot be opened."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from hsreview.base.errors import InputRefused
from hsreview.cli.world import OpenWorkbench, World
from hsreview.project.project import Project
from hsreview.workflows import demo as demo_workflow
from hsreview.workflows import projects
from tests.cli.conftest import call, ok


def test_init_makes_a_project_with_a_lead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = ok("--coder", "Awa", "init", "review", "--codebook", "critical-review", "--name", "Revue")
    assert str(tmp_path / "review") in done.err and done.out == ""
    monkeypatch.chdir(tmp_path / "review" / "transcripts")
    assert [(c["name"], c["role"]) for c in ok("coders", "--json").json("coders")["coders"]] == [("Awa", "lead")]
    assert ok("codebook", "show", "--json").json("codebook show")["codebook"] == "hs-critical-review"
    again = call("init", str(tmp_path / "review"))
    assert again.code == 3 and "already" in again.err


def test_init_without_codebook_says_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "codebook import critical-review" in ok("init", "review").err
    monkeypatch.chdir(tmp_path / "review")
    assert "codes." in ok("--coder", "Awa", "codebook", "import", "critical-review").err
    assert ok("codebook", "show", "--json").json("codebook show")["codes"]


def test_init_with_a_bad_codebook_makes_nothing(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("themes: [", encoding="utf-8")
    assert call("init", str(tmp_path / "review"), "--codebook", str(tmp_path / "bad.yaml")).code == 3
    assert not (tmp_path / "review").exists()


@pytest.fixture
def unsafe(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder that Dropbox synchronises; returns the safe place that is proposed."""
    (tmp_path / "Dropbox").mkdir()
    safe = tmp_path / "safe" / "review"
    monkeypatch.setattr(projects, "safe_place", lambda name: safe)
    monkeypatch.chdir(tmp_path)
    return safe


def test_init_proposes_a_safe_place(unsafe: Path, tmp_path: Path) -> None:
    done = call("init", "Dropbox/review")
    assert done.code == 3 and "Dropbox" in done.err and str(unsafe) in done.err and "--here-anyway" in done.err
    assert not unsafe.exists() and not (tmp_path / "Dropbox" / "review").exists()


def test_init_without_any_safe_place_makes_nothing(unsafe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projects, "safe_place", lambda name: None)
    done = call("init", "Dropbox/review")
    assert done.code == 3 and "Dropbox" in done.err and "local disk" in done.err and "--here-anyway" in done.err
    assert not Path("Dropbox/review").exists() and not unsafe.exists()


def test_init_goes_to_the_safe_place_when_the_user_agrees(unsafe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _self: True, raising=False)
    assert call("init", "Dropbox/review", stdin="n\n").code == 3
    assert call("init", "Dropbox/review", stdin="y\n").code == 0
    assert (unsafe / "project.hsreview").is_file()


def test_writing_in_an_unsafe_place_warns_first_and_doctor_tells(unsafe: Path, tmp_path: Path) -> None:
    folder = str(tmp_path / "Dropbox" / "review")
    ok("--coder", "Awa", "init", folder, "--here-anyway")
    done = ok("-p", folder, "--coder", "Daan", "memos", "add", "note")
    assert done.err.index("Dropbox") < done.err.index("New coder") < done.err.index("Memo stored")
    assert "Dropbox" not in ok("-p", folder, "memos").err
    findings = call("-p", folder, "doctor", "--json")
    assert findings.code == 1
    assert [f["code"] for f in findings.json("doctor")["findings"]] == ["place"]


def test_doctor_finds_what_was_changed_outside(folder: Path) -> None:
    done = ok("doctor", "--json")
    assert done.json("doctor") == {"findings": []} and "sound" in done.err
    with closing(sqlite3.connect(folder / "project.hsreview")) as database:
        database.execute("update coding set start = start + 1")
        database.commit()
    done = call("doctor")
    assert done.code == 1 and "coding" in done.out and "1 problem found." in done.err


@pytest.mark.parametrize(
    "command", [["transcripts"], ["doctor"], ["--coder", "Awa", "undo"], ["export", "excel", "x.xlsx"]]
)
def test_without_a_project_every_command_exits_with_4(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = call(*command)
    assert done.code == 4 and "hsreview init" in done.err and done.out == ""
    assert call("-p", "nowhere", *command).code == 4


@pytest.mark.parametrize("damage", [b"", b"not a database at all", b"SQLite format 3\0" + bytes(200)])
def test_a_damaged_project_exits_with_4(folder: Path, damage: bytes) -> None:
    (folder / "project.hsreview").write_bytes(damage)
    done = call("codings", "--json")
    assert done.code == 4 and "restore" in done.err and done.out == ""


def test_a_newer_project_exits_with_4(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "project.hsreview")) as database:
        database.execute("pragma user_version = 999")
    done = call("transcripts")
    assert done.code == 4 and "newer" in done.err


def test_a_locked_project_exits_with_4_and_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hsreview.project.connection.BUSY_MILLISECONDS", 50)
    with closing(sqlite3.connect(folder / "project.hsreview", isolation_level=None)) as other:
        other.execute("begin immediate")
        assert call("--coder", "Awa", "codings", "add", "cso-2", "3.1", "D1").code == 4
        assert len(ok("codings", "--json").json("codings")["codings"]) == 2
        other.execute("rollback")
    ok("--coder", "Awa", "codings", "add", "cso-2", "3.1", "D1")


def test_backup_and_restore(folder: Path, tmp_path: Path) -> None:
    made = ok("backup").lines[0]
    assert Path(made).is_file() and Path(made).parent == folder / "backups"
    ok("--coder", "Awa", "codings", "add", "cso-2", "3.1", "D1")
    listed = ok("restore", "--list", "--json").json("restore")["backups"]
    assert [entry["path"] for entry in listed] == [made]
    assert made in ok("restore", "--list").out
    asked = call("restore")
    assert asked.code == 2 and "--yes" in asked.err
    assert len(ok("codings", "--json").json("codings")["codings"]) == 3
    assert "kept" in ok("restore", "--yes").err
    assert len(ok("codings", "--json").json("codings")["codings"]) == 2
    other = ok("backup", str(tmp_path / "copy.hsreview"), "--json").json("backup")["backups"][0]
    assert other["bytes"] == (tmp_path / "copy.hsreview").stat().st_size
    assert call("backup", str(tmp_path / "copy.hsreview")).code == 3
    assert call("restore", "--yes", str(folder / "codebooks")).code == 3
    (folder / "project.hsreview").unlink()
    ok("-p", str(folder), "restore", "--yes", made)
    assert len(ok("codings", "--json").json("codings")["codings"]) == 2


def test_what_a_backup_lacks_is_told_before_it_is_restored_and_after(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ok("backup")
    assert "not in it" not in ok("restore", "--yes").err, "nothing was done since"
    ok("--coder", "Awa", "codings", "add", "cso-2", "3.1", "D1")
    ok("--coder", "Awa", "memos", "add", "seen", "--transcript", "cso-2")
    lacks = "2 acts done since this backup are not in it (codings that it lacks: 1)."
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _self: True, raising=False)
    asked = call("restore", str(min((folder / "backups").glob("*.hsreview"))), stdin="n\n")
    assert asked.code != 0 and lacks in asked.err
    assert lacks in ok("restore", "--yes", str(min((folder / "backups").glob("*.hsreview")))).err


def test_another_projects_backup_is_restored_only_when_it_is_meant(folder: Path, tmp_path: Path) -> None:
    ok("init", str(tmp_path / "other"), "--name", "Niger")
    made = ok("-p", str(tmp_path / "other"), "backup").lines[0]
    done = call("restore", "--yes", made)
    assert done.code == 3 and "Niger" in done.err and "--other-project" in done.err
    assert len(ok("codings", "--json").json("codings")["codings"]) == 2
    ok("restore", "--yes", "--other-project", made)
    assert ok("codings", "--json").json("codings")["codings"] == []


def test_restore_without_backups_says_so(folder: Path) -> None:
    assert call("restore", "--yes").code == 3


def test_export_names_one_layer(folder: Path, tmp_path: Path) -> None:
    done = call("export", "excel", "themes.xlsx")
    assert done.code == 2 and "Awa" in done.err and "Daan" in done.err and not (tmp_path / "themes.xlsx").exists()
    assert call("export", "excel", "themes.csv", "--layer", "Awa").code == 2
    assert call("export", "excel", "themes.xlsx", "--layer", "Nobody").code == 2
    done = ok("export", "excel", "themes.xlsx", "--layer", "Awa", "--lang", "en")
    assert done.lines == [str(tmp_path / "themes.xlsx")]
    book = openpyxl.load_workbook(done.lines[0])
    answer = ok("export", "excel", "themes.xlsx", "--layer", "Awa", "--lang", "en", "--json").json("export excel")
    assert answer["layer"] == "Awa" and answer["sheets"] == book.sheetnames


def test_no_command_opens_the_workbench(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = call()
    assert done.code == 2 and "terminal" in done.err and "hsreview --help" in done.err
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _self: True, raising=False)
    assert call("--coder", "Awa", "--no-mouse").code == OpenWorkbench(folder.resolve(), "Awa", False)
    assert call("-p", "nowhere").code == 4
    monkeypatch.delenv("HSREVIEW_PROJECT")
    assert call().code == OpenWorkbench(None, None, True)


def test_the_program_opens_the_workbench_that_is_wished(monkeypatch: pytest.MonkeyPatch) -> None:
    import hsreview.__main__ as program

    opened: list[object] = []

    def run(root: Path | None, coder: str | None = None, *, mouse: bool = True) -> int:
        opened.append((root, coder, mouse))
        return 0

    module = type(sys)("hsreview.tui.app")
    module.run = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "hsreview.tui.app", module)
    monkeypatch.setattr(World, "workbench", lambda self: OpenWorkbench(None, self.coder, self.mouse))
    monkeypatch.setattr(sys, "argv", ["hsreview", "--coder", "Awa"])
    assert program.main() == 0
    assert opened == [(None, "Awa", True)]


@pytest.mark.parametrize(
    ("word", "command"),
    [
        ("exprot", "export"),
        ("transcript", "transcripts"),
        ("Export", "export"),
        ("annuler", "undo"),
        ("grile", "codebook"),
    ],
)
def test_an_unknown_command_names_the_nearest(word: str, command: str) -> None:
    done = call(word)
    assert done.code == 2 and f"There is no command {word}. Did you mean {command}" in done.err


@pytest.mark.parametrize("word", ["help", "aide"])
def test_help_is_shown_to_those_who_ask_in_words(word: str) -> None:
    assert ok(word).out == ok("--help").out
    assert ok(word, "export", "excel").out == ok("export", "excel", "--help").out
    assert call(word, "zzz").code == 2


def test_a_demo_without_a_folder_is_private_and_says_that_it_is_a_scratch_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(root: Path, *, coded_only: bool, progress: object = None) -> demo_workflow.Demo:
        Project.create(root).close()
        return demo_workflow.Demo(root.resolve(), root.resolve() / "exports" / "themes.xlsx")

    monkeypatch.setattr(demo_workflow, "build_demo", build)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    done = ok("demo")
    [folder] = tmp_path.iterdir()
    if os.name == "posix":
        assert folder.stat().st_mode & 0o777 == 0o700
    assert "scratch copy" in done.err and "demo DIR" in done.err
    assert "scratch copy" not in ok("demo", str(tmp_path / "kept")).err


def test_the_demo_prints_the_workbook_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[Path] = []

    def build(root: Path, *, coded_only: bool, progress: object = None) -> demo_workflow.Demo:
        if (root / "project.hsreview").exists():
            raise InputRefused("there is a project already")
        built.append(root)
        return demo_workflow.Demo(root.resolve(), root.resolve() / "exports" / "themes.xlsx")

    monkeypatch.setattr(demo_workflow, "build_demo", build)
    done = ok("demo", str(tmp_path / "my demo"))
    assert done.lines == [str(tmp_path / "my demo" / "exports" / "themes.xlsx")]
    assert f"hsreview -p '{tmp_path / 'my demo'}'" in done.err
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    first, second = ok("demo"), ok("demo")
    assert first.lines != second.lines and all(root.is_dir() for root in built[1:])
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _self: True, raising=False)
    assert call("demo", str(tmp_path / "x")).code == OpenWorkbench(tmp_path / "x", None, True)
    assert call("demo", str(tmp_path / "y"), "--no-open").code == 0
