"""Where an export cannot go: a sentence and exit code 3, nothing half written, and the old file whole."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.accidents.test_disk import room_for
from tests.accidents.witness import clean
from tests.cli.conftest import call

LAYER = ["--layer", "Awa"]
FORMS = {
    "report as Word file": ["report", "old.docx", *LAYER],
    "report as page": ["report", "old.html", *LAYER],
    "report as Markdown": ["report", "old.md", *LAYER],
    "tables as JSON": ["json", "old.json", *LAYER],
}
HELD = {errno.EACCES: "another program", errno.ENOSPC: "full", errno.EROFS: "could not be written"}


def there(folder: Path) -> dict[str, bytes]:
    """The files of a folder but the project's."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def exported(form: str, folder: Path) -> list[str]:
    """The command, with its target in `folder`, where an older file stands."""
    command = [str(folder / word) if word.startswith("old.") else word for word in FORMS[form]]
    (target,) = (word for word in FORMS[form] if word.startswith("old."))
    (folder / target).write_bytes(b"precious")
    return ["--coder", "Awa", "export", *command]


@pytest.mark.parametrize("number", HELD)
@pytest.mark.parametrize("form", FORMS)
def test_a_target_that_refuses_keeps_its_old_file(
    unchanged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, number: int
) -> None:
    def refused(_source: object, target: object) -> None:
        raise OSError(number, os.strerror(number), str(target))

    command = exported(form, tmp_path)
    before = there(tmp_path)
    monkeypatch.setattr(os, "replace", refused)
    done = clean(call(*command))
    assert done.code == 3 and HELD[number] in done.err and not done.out, done.err
    assert there(tmp_path) == before


@pytest.mark.parametrize("form", FORMS)
def test_a_disk_that_fills_up_under_an_export_keeps_the_old_file(unchanged: Path, tmp_path: Path, form: str) -> None:
    command = exported(form, tmp_path)
    before = there(tmp_path)
    with room_for(100):
        done = clean(call(*command))
    assert done.code == 3 and ("disk" in done.err or "too large" in done.err), done.err
    assert there(tmp_path) == before


@pytest.mark.parametrize("form", FORMS)
def test_a_folder_in_place_of_the_file_is_refused(unchanged: Path, tmp_path: Path, form: str) -> None:
    command = exported(form, tmp_path)
    (old,) = there(tmp_path)
    (tmp_path / old).unlink()
    (tmp_path / old).mkdir()
    done = clean(call(*command))
    assert done.code == 3 and done.err, done.err
    assert there(tmp_path) == {} and not list((tmp_path / old).iterdir())
