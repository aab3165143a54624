"""The project file: opened, older, newer, damaged, read-only, shared; and what doctor notices."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from hsreview.base.errors import HsreviewError, InputRefused, ProjectUnavailable
from hsreview.project import content, migrations
from hsreview.project import doctor as doctor_module
from hsreview.project.backups import backups
from hsreview.project.doctor import Finding, examine
from hsreview.project.log import replay
from hsreview.project.project import FILE_NAME, Project
from hsreview.workflows import coding as acts
from hsreview.workflows import undoing
from hsreview.workflows.checking import backup, doctor, finding_sentence
from hsreview.workflows.projects import find_project
from hsreview.workflows.reading import codings_of, transcripts
from hsreview.workflows.whereabouts import Place, remember_place
from tests.builders import a_project, code_id, opened

ROOT = Path(__file__).resolve().parents[2]
READ_AS_SOMEBODY = """
import os
import sys
from pathlib import Path
from hsreview.base.errors import HsreviewError
from hsreview.project.project import Project
from hsreview.workflows.coding import write_memo
from hsreview.workflows.coders import coders
from hsreview.workflows.reading import codings_of
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    with Project.open(Path(sys.argv[1])) as project:
        print(len(codings_of(project)))
        write_memo(project, coders(project)[0], "x")
except HsreviewError as error:
    print(type(error).__name__, error)
"""


def test_a_missing_project_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProjectUnavailable, match="hsreview init"):
        Project.open(tmp_path)


def test_a_project_is_never_made_over_another(tmp_path: Path) -> None:
    a_project(tmp_path)[0].close()
    with pytest.raises(InputRefused):
        Project.create(tmp_path)
    with Project.open(tmp_path) as project:
        assert len(transcripts(project)) == 1


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100, b"SQLite format 3\0" + b"x" * 4000])
def test_a_file_that_is_no_project_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(ProjectUnavailable):
        Project.open(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == content


def test_a_newer_format_is_refused_and_left_alone(tmp_path: Path) -> None:
    a_project(tmp_path)[0].close()
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("pragma user_version = 99")
    connection.close()
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(ProjectUnavailable, match="99"):
        Project.open(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_an_older_format_is_brought_up_to_date_after_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_project(tmp_path)[0].close()
    newest = len(migrations.MIGRATIONS) + 1

    def _m999_add_a_table(db: Any) -> None:
        db.execute("create table extra(id text primary key) strict")

    monkeypatch.setattr(migrations, "MIGRATIONS", [*migrations.MIGRATIONS, _m999_add_a_table])
    with Project.open(tmp_path) as project:
        assert project.connection.execute("select count(*) from extra").fetchone() == (0,)
        assert len(transcripts(project)) == 1
    assert [path.stem.endswith(f"before-format-{newest}") for path in backups(tmp_path)] == [True]


def test_a_failed_migration_leaves_the_old_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_project(tmp_path)[0].close()

    def _m999_fails(db: Any) -> None:
        db.execute("create table extra(id text primary key) strict")
        db.execute("insert into nowhere values (1)")

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", [*migrations.MIGRATIONS, _m999_fails])
        with pytest.raises(InputRefused):
            Project.open(tmp_path)
    with Project.open(tmp_path) as project:
        assert examine(project.connection) == []
        assert project.connection.execute("select count(*) from sqlite_master where name = 'extra'").fetchone() == (0,)


def test_the_format_is_bound_to_its_migrations() -> None:
    from hsreview.project.schema import SCHEMA_VERSION

    assert len(migrations.MIGRATIONS) == SCHEMA_VERSION


def test_a_second_program_sees_what_was_committed(tmp_path: Path) -> None:
    one, coder = a_project(tmp_path)
    two = Project.open(tmp_path)
    text = opened(one)
    assert not two.changed_elsewhere()
    acts.add_codings(one, coder, text.version.id, 20, 30, [code_id("D1")])
    assert two.changed_elsewhere()
    acts.add_codings(two, coder, text.version.id, 40, 50, [code_id("D2")])
    assert one.changed_elsewhere()
    assert len(codings_of(one)) == len(codings_of(two)) == 2
    assert examine(one.connection) == []


def test_moving_about_in_one_program_changes_nothing_for_another(tmp_path: Path) -> None:
    one, coder = a_project(tmp_path)
    two = Project.open(tmp_path)
    text = opened(one)
    remember_place(one, coder.id, Place(text.transcript.id, 20, 30))
    assert not two.changed_elsewhere()
    acts.add_codings(two, coder, text.version.id, 20, 30, [code_id("D1")])
    assert not two.changed_elsewhere(), "its own act"
    acts.add_codings(one, coder, text.version.id, 40, 50, [code_id("D1")])
    acts.add_codings(two, coder, text.version.id, 60, 70, [code_id("D1")])
    assert two.changed_elsewhere(), "an act of another program before its own"
    assert not two.changed_elsewhere()


def test_nothing_is_written_into_a_file_that_was_replaced_meanwhile(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    text = opened(project)
    saved = backup(project, tmp_path / "saved")
    os.replace(saved, tmp_path / FILE_NAME)
    with pytest.raises(ProjectUnavailable, match="Open the project again"):
        acts.add_codings(project, coder, text.version.id, 20, 30, [code_id("D1")])


def test_a_snapshot_is_one_state_of_the_file(tmp_path: Path) -> None:
    one, coder = a_project(tmp_path)
    two = Project.open(tmp_path)
    with two.snapshot():
        assert codings_of(two) == []
        acts.add_codings(one, coder, opened(one).version.id, 20, 30, [code_id("D1")])
        with two.snapshot():
            assert codings_of(two) == []
        assert codings_of(two) == []
        with pytest.raises(HsreviewError):
            acts.add_codings(two, coder, opened(two).version.id, 40, 50, [code_id("D1")])
    assert len(codings_of(two)) == 1, "what would go with the snapshot is refused"


def test_doctor_sees_one_state_while_another_program_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, coder = a_project(tmp_path)
    two = Project.open(tmp_path)

    def replay_slowly(connection: sqlite3.Connection) -> sqlite3.Connection:
        replayed = replay(connection)
        acts.add_codings(one, coder, opened(one).version.id, 20, 30, [code_id("D1")])
        return replayed

    monkeypatch.setattr(doctor_module, "replay", replay_slowly)
    assert examine(two.connection) == []
    assert not two.connection.in_transaction
    assert len(codings_of(two)) == 1


def test_doctor_notices_what_was_changed_behind_the_logs_back(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    text = opened(project)
    acts.add_codings(project, coder, text.version.id, 20, 30, [code_id("D1")])
    assert doctor(project) == []
    for tampering, code in (
        ("update coding set start = 21", "replay"),
        ('update coding set "end" = 100000', "coding_offsets"),
        ("update content set data = data || 'x' where kind = 'text'", "content_hash"),
        ("update change set body = replace(body, '20', '22')", "record_digest"),
        ("delete from change where kind = 'coding.put'", "replay"),
        ("delete from turn where number = 2", "turns"),
        ("delete from content where kind = 'text'", "content_lost"),
        ("delete from content where kind = 'turns'", "content_lost"),
        ("delete from content where kind = 'sentences'", "content_lost"),
        ("delete from content where kind = 'words'", "content_lost"),
        ("delete from content where kind = 'file_name'", "content_lost"),
        ("update text_version set cues_hash = 'nowhere'", "content_lost"),
        ("update head set seq = seq + 1", "replay"),
        ("delete from head", "replay"),
        ("insert into turn_fts(turn_fts) values ('delete-all')", "search_index"),
        ("insert into turn_fts(rowid, folded) values (9999, 'zzz')", "search_index"),
        ("insert into turn_fts(turn_fts, rowid, folded) values ('delete', 2, 'Qui')", "search_index"),
        ("update turn set rowid = rowid + 100", "search_index"),
    ):
        project.connection.execute("begin")
        project.connection.execute(tampering)
        assert code in {finding.code for finding in examine(project.connection)}, tampering
        project.connection.execute("rollback")
    assert doctor(project) == []


@pytest.mark.parametrize("kind", ["sentences", "words"])
@pytest.mark.parametrize("place", ["past the end", "over the start of a turn"])
def test_doctor_notices_units_that_do_not_fit(tmp_path: Path, kind: str, place: str) -> None:
    project, _coder = a_project(tmp_path)
    text = opened(project)
    start = text.turns[2].start
    spans = [(0, 5), (start, len(text.text) + 1)] if place == "past the end" else [(0, 5), (start - 1, start + 1)]
    project.connection.execute("begin")
    key = content.put_spans(project.connection, kind, spans)
    project.connection.execute(f"update text_version set {kind}_hash = ?", (key,))
    found = examine(project.connection)
    project.connection.execute("rollback")
    assert ("units", f"{text.version.id} {kind}") in {(each.code, each.details) for each in found}


def test_doctor_speaks_of_every_kind_of_finding() -> None:
    codes = set(re.findall(r'Finding\("(\w+)"', Path(examine.__code__.co_filename).read_text("utf-8")))
    assert len(codes) > 8
    assert all(finding_sentence(Finding(code, "x")) for code in codes)


def test_doctor_notices_a_gap_in_the_numbers(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    text = opened(project)
    acts.add_codings(project, coder, text.version.id, 20, 30, [code_id("D1")])
    acts.add_codings(project, coder, text.version.id, 40, 50, [code_id("D1")])
    project.connection.execute(
        "delete from change where seq = (select max(seq) - 1 from change where coder = ?) and coder = ?",
        (coder.id, coder.id),
    )
    assert "missing_records" in {finding.code for finding in examine(project.connection)}


def test_withheld_and_erased_bodies_are_valid(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    text = opened(project)
    [coding] = acts.add_codings(project, coder, text.version.id, 20, 30, [code_id("D1")])
    memo = acts.write_memo(project, coder, "a name", coding_id=coding.id)
    assert memo is not None
    project.connection.execute(
        "update change set body = null, salt = null, state = 'erased' where entity = ?", (memo.id,)
    )
    project.connection.execute("delete from memo where id = ?", (memo.id,))
    project.connection.execute("insert into memo(id, removed) values (?, 1)", (memo.id,))
    assert doctor(project) == []
    result = undoing.undo(project, coder)
    assert not result.done and result.reason


def test_an_erased_text_is_a_valid_state(tmp_path: Path) -> None:
    project, _coder = a_project(tmp_path)
    project.connection.execute("update content set data = null, state = 'erased'")
    project.connection.execute("delete from turn")
    project.connection.execute("insert into turn_fts(turn_fts) values ('delete-all')")
    assert doctor(project) == []
    with pytest.raises(InputRefused, match="withheld or erased"):
        opened(project)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs the rights of POSIX")
@pytest.mark.parametrize("log", ["none", "empty", "alone", "whole"])
def test_a_folder_that_may_only_be_read(tmp_path: Path, log: str) -> None:
    """Read as it stands; refused when its newest changes are in a log that cannot be read there."""
    project, coder = a_project(tmp_path / "live")
    project.connection.execute("pragma wal_checkpoint(truncate)")
    acts.add_codings(project, coder, opened(project).version.id, 20, 30, [code_id("D1")])
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        suffixes = {"none": [""], "empty": [""], "alone": ["", "-wal"], "whole": ["", "-wal", "-shm"]}[log]
        if log in ("none", "empty"):
            project.connection.execute("pragma wal_checkpoint(truncate)")
        for suffix in suffixes:
            shutil.copyfile(tmp_path / "live" / (FILE_NAME + suffix), root / (FILE_NAME + suffix))
            (root / (FILE_NAME + suffix)).chmod(0o444)
        if log == "empty":
            (root / (FILE_NAME + "-wal")).touch(0o444)
        root.chmod(0o555)
        command = [sys.executable, "-c", READ_AS_SOMEBODY, folder]
        try:
            done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
        finally:
            root.chmod(0o755)
    said = done.stdout.strip().split("\n")
    if log == "alone":
        assert said[0].startswith("ProjectUnavailable") and "not closed properly" in said[0], done.stderr
    else:
        assert said[0] == "1" and said[1].startswith("InputRefused"), done.stderr


def test_a_read_only_project_is_read_and_refuses_every_act(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, coder = a_project(tmp_path)
    project.close()
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    with Project.open(tmp_path) as project:
        text = opened(project)
        with pytest.raises(InputRefused):
            acts.add_codings(project, coder, text.version.id, 20, 30, [code_id("D1")])
        assert codings_of(project) == []


def test_a_full_disk_gives_a_sentence_and_changes_nothing(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    text = opened(project)
    pages = project.connection.execute("pragma page_count").fetchone()[0]
    project.connection.execute(f"pragma max_page_count = {pages}")
    long_memo = "x" * 200_000
    with pytest.raises(InputRefused, match="disk is full"):
        acts.write_memo(project, coder, long_memo, transcript_id=text.transcript.id)
    project.connection.execute("pragma max_page_count = 1000000")
    assert doctor(project) == []
    assert acts.write_memo(project, coder, "short", transcript_id=text.transcript.id) is not None


def test_a_project_is_found_from_below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_project(tmp_path / "p")[0].close()
    below = tmp_path / "p" / "exports" / "deep"
    below.mkdir(parents=True)
    assert find_project(below) == (tmp_path / "p").resolve()
    monkeypatch.setenv("HSREVIEW_PROJECT", str(tmp_path / "p"))
    assert find_project(tmp_path) == (tmp_path / "p").resolve()
    with pytest.raises(ProjectUnavailable):
        find_project(tmp_path, explicit=tmp_path / "elsewhere")


def test_what_a_snapshot_remembers_ends_with_it(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)

    def counted() -> int:
        return project.remembered("codings", lambda: len(codings_of(project)))

    with project.snapshot():
        assert (counted(), counted()) == (0, 0)
        assert project.remembered("other", lambda: "made") == "made", "by its key"
        assert project.remembered("codings", lambda: -1) == 0
        project.forget()
        assert project.remembered("codings", lambda: -1) == -1
    acts.add_codings(project, coder, opened(project).version.id, 20, 30, [code_id("D1")])
    assert counted() == 1
    with project.snapshot():
        assert counted() == 1
    with project.write():
        acts.add_codings(project, coder, opened(project).version.id, 40, 50, [code_id("D1")])
        with project.snapshot():
            assert counted() == 2
        acts.add_codings(project, coder, opened(project).version.id, 60, 70, [code_id("D1")])
        with project.snapshot():
            assert counted() == 3, "what is being written changes between two reads"
