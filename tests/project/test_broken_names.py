"""Names of folders may be any bytes; texts must be UTF-8."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id
from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.workflows import coding as acts
from hsreview.workflows.checking import backup, doctor, restore
from hsreview.workflows.coders import coders, store_coder
from hsreview.workflows.projects import create_project, open_project, project_name, recent_projects
from hsreview.workflows.reading import codings_of
from tests.builders import a_project, code_id, opened

BROKEN = os.fsdecode(b"caf\xe9 # ? %41 & x")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    try:
        (tmp_path / BROKEN).mkdir()
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")
    return tmp_path / BROKEN


def test_a_project_works_in_a_folder_whose_name_is_not_utf8(folder: Path) -> None:
    project, coder = a_project(folder)
    first = project.replica
    acts.add_codings(project, coder, opened(project).version.id, 20, 30, [code_id("D1")])
    saved = backup(project)
    project.close()
    with Project.open(folder) as again:
        assert again.replica == first
        assert doctor(again) == []
    assert restore(folder).backup == saved
    with Project.open(folder) as restored:
        assert len(codings_of(restored)) == 1


def test_such_a_folder_is_remembered_and_gives_a_readable_name(folder: Path) -> None:
    create_project(folder).close()
    with open_project(folder) as project:
        assert project_name(project) == "caf� # ? %41 & x"
    assert [entry.path for entry in recent_projects()] == [folder.resolve()]


def test_texts_that_are_not_utf8_are_refused_and_nothing_is_stored(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path / "p")
    text = opened(project)
    before = project.connection.execute("select count(*) from change").fetchone()
    with pytest.raises(InputRefused, match="not valid UTF-8"):
        acts.write_memo(project, coder, BROKEN, transcript_id=text.transcript.id)
    with pytest.raises(InputRefused, match="not valid UTF-8"):
        store_coder(project, Coder(new_id(), BROKEN))
    assert project.connection.execute("select count(*) from change").fetchone() == before
    assert len(coders(project)) == 1
    with pytest.raises(InputRefused, match="not valid UTF-8"):
        create_project(tmp_path / "q", name=BROKEN)
    assert not (tmp_path / "q").exists()
