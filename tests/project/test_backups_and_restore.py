"""Backups rotate without touching what a person put there; a restore is checked first and keeps what was there."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from hsreview.base.errors import HsreviewError, InputRefused, ProjectUnavailable
from hsreview.project import restoring
from hsreview.project.backups import KEEP, backups
from hsreview.project.project import FILE_NAME, Project
from hsreview.workflows import coding as acts
from hsreview.workflows.checking import Restored, backup, doctor, restore
from hsreview.workflows.projects import create_project, project_name
from hsreview.workflows.reading import codings_of, transcripts
from tests.builders import a_project, code_id, opened


def make_newer(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("pragma user_version = 99")
    connection.close()


def names(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def test_automatic_backups_rotate_and_asked_ones_stay(tmp_path: Path) -> None:
    project, _coder = a_project(tmp_path)
    asked = backup(project)
    made = [project.backup("before-import") for _ in range(KEEP + 3)]
    assert backups(tmp_path) == [*made[:2:-1], asked]


def test_what_a_person_put_into_the_folder_is_never_removed(tmp_path: Path) -> None:
    project, _coder = a_project(tmp_path)
    own = [backup(project, tmp_path / "backups" / f"{name}.hsreview") for name in ("0-before-fieldwork", "before-x")]
    for _ in range(KEEP + 1):
        project.backup("before-import")
    assert all(path.exists() for path in own)


def test_a_named_backup_is_not_taken_for_the_newest_one(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    named = backup(project, tmp_path / "backups" / "start.hsreview")
    acts.add_codings(project, coder, opened(project).version.id, 20, 30, [code_id("D1")])
    newest = backup(project)
    os.utime(named)
    project.close()
    used = restore(tmp_path).backup
    assert used == newest
    with Project.open(tmp_path) as restored:
        assert len(codings_of(restored)) == 1


def test_without_a_backup_of_ours_the_file_must_be_named(tmp_path: Path) -> None:
    project, _coder = a_project(tmp_path)
    named = backup(project, tmp_path / "backups" / "start.hsreview")
    project.close()
    with pytest.raises(InputRefused, match="name the file"):
        restore(tmp_path)
    assert restore(tmp_path, named).backup == named


def test_the_listing_puts_named_backups_among_the_others_by_their_date(tmp_path: Path) -> None:
    project, _coder = a_project(tmp_path)
    newest = project.backup("before-import")
    old = backup(project, tmp_path / "backups" / "zzz.hsreview")
    os.utime(old, (1e9, 1e9))
    assert backups(tmp_path) == [newest, old]


def test_a_backup_never_overwrites_a_file(tmp_path: Path) -> None:
    project, _coder = a_project(tmp_path)
    target = tmp_path / "mine.hsreview"
    target.write_text("precious")
    with pytest.raises(InputRefused):
        backup(project, target)
    assert target.read_text() == "precious"


def test_two_backups_of_one_instant_are_two_files(tmp_path: Path) -> None:
    project, _coder = a_project(tmp_path)
    assert len({project.backup("asked") for _ in range(5)}) == 5


def test_a_damaged_backup_is_not_restored(tmp_path: Path) -> None:
    project, _coder = a_project(tmp_path)
    saved = backup(project, tmp_path / "b.hsreview")
    project.close()
    data = bytearray(saved.read_bytes())
    data[5000:9000] = os.urandom(4000)
    saved.write_bytes(bytes(data))
    before = names(tmp_path)
    with pytest.raises(InputRefused, match="not a sound backup"):
        restore(tmp_path, saved)
    assert names(tmp_path) == before
    with Project.open(tmp_path) as untouched:
        assert len(transcripts(untouched)) == 1


def test_a_backup_of_a_newer_format_is_refused_as_such(tmp_path: Path) -> None:
    project, _coder = a_project(tmp_path)
    saved = backup(project, tmp_path / "b.hsreview")
    project.close()
    make_newer(saved)
    with pytest.raises(InputRefused, match="newer hsreview"):
        restore(tmp_path, saved)
    Project.open(tmp_path).close()


def test_another_projects_backup_is_refused_by_its_name_unless_it_is_meant(tmp_path: Path) -> None:
    a_project(tmp_path / "here")[0].close()
    with create_project(tmp_path / "there", name="Other review") as other:
        saved = backup(other, tmp_path / "b.hsreview")
    before = names(tmp_path)
    with pytest.raises(InputRefused, match=r"“Other review”.*--other-project"):
        restore(tmp_path / "here", saved)
    assert names(tmp_path) == before
    kept = restore(tmp_path / "here", saved, other_project=True).kept
    with Project.open(tmp_path / "here") as restored:
        assert project_name(restored) == "Other review"
    assert kept is not None and restore(tmp_path / "here", kept, other_project=True)


def test_a_live_project_can_be_restored_from_with_its_newest_changes(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path / "a")
    acts.add_codings(project, coder, opened(project).version.id, 20, 30, [code_id("D1")])
    (tmp_path / "b").mkdir()
    restore(tmp_path / "b", project.path)
    with Project.open(tmp_path / "b") as restored:
        assert len(codings_of(restored)) == 1


def test_a_project_that_is_open_is_not_replaced(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    saved = backup(project)
    acts.add_codings(project, coder, opened(project).version.id, 20, 30, [code_id("D1")])
    with pytest.raises(ProjectUnavailable, match="in use"):
        restore(tmp_path, saved)
    assert len(codings_of(project)) == 1
    assert doctor(project) == []


@pytest.mark.parametrize("damage", ["header", "page"])
def test_a_damaged_project_is_kept_with_its_log(tmp_path: Path, damage: str) -> None:
    project, coder = a_project(tmp_path / "p")
    saved = backup(project)
    acts.add_codings(project, coder, opened(project).version.id, 20, 30, [code_id("D1")])
    for path in (tmp_path / "p").glob(FILE_NAME + "*"):
        shutil.copyfile(path, tmp_path / path.name)
    project.close()
    root = tmp_path / "p"
    for suffix in ("", "-wal"):
        shutil.copyfile(tmp_path / (FILE_NAME + suffix), root / (FILE_NAME + suffix))
    log = (root / (FILE_NAME + "-wal")).read_bytes()
    data = bytearray((root / FILE_NAME).read_bytes())
    damaged = bytes(data[:10]) if damage == "header" else bytes(data[:100] + b"\xff" * (len(data) - 100))
    (root / FILE_NAME).write_bytes(damaged)
    kept = restore(root, saved).kept
    assert kept is not None and "damaged" in kept.name
    assert kept.read_bytes() == damaged
    assert kept.with_name(kept.name + "-wal").read_bytes() == log
    with Project.open(root) as restored:
        assert codings_of(restored) == [] and doctor(restored) == []


def test_a_newer_project_is_kept_and_not_called_damaged(tmp_path: Path) -> None:
    project, _coder = a_project(tmp_path)
    saved = backup(project)
    project.close()
    make_newer(tmp_path / FILE_NAME)
    newer = (tmp_path / FILE_NAME).read_bytes()
    kept = restore(tmp_path, saved).kept
    assert kept is not None and "newer-format" in kept.name and "damaged" not in kept.name
    assert kept.read_bytes() == newer
    Project.open(tmp_path).close()


def test_a_lost_project_file_is_restored(tmp_path: Path) -> None:
    project, _coder = a_project(tmp_path)
    saved = backup(project)
    project.close()
    (tmp_path / FILE_NAME).unlink()
    assert restore(tmp_path) == Restored(saved, None, 0)
    Project.open(tmp_path).close()


@pytest.mark.parametrize(
    ("present", "fails"),
    [
        ("sound", "copying"),
        ("sound", "backing up"),
        ("sound", "renaming"),
        ("damaged", "copying"),
        ("damaged", "renaming"),
    ],
)
def test_a_failing_disk_leaves_the_present_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, present: str, fails: str
) -> None:
    project, _coder = a_project(tmp_path)
    saved = backup(project)
    project.close()
    if present == "damaged":
        (tmp_path / FILE_NAME).write_bytes(b"damaged" * 1000)
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}

    def full(*_args: object, **_more: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    real = os.replace

    def stuck(old: Path, new: Path) -> None:
        if Path(new).name == FILE_NAME and Path(old).suffix == ".new":
            raise OSError(28, "No space left on device")
        real(old, new)

    if fails == "copying":
        monkeypatch.setattr(restoring, "copy_file", full)
    elif fails == "backing up":
        monkeypatch.setattr("hsreview.project.backups.copy_file", full)
    else:
        monkeypatch.setattr(os, "replace", stuck)
    with pytest.raises(HsreviewError, match="full"):
        restore(tmp_path, saved)
    monkeypatch.undo()
    after = {name: (tmp_path / name).read_bytes() for name in names(tmp_path) if "before-restore" not in name}
    if present == "damaged":
        assert after == before
    else:
        assert set(after) == set(before)
        with Project.open(tmp_path) as untouched:
            assert len(transcripts(untouched)) == 1
