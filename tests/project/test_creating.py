"""A new project is there whole or not at all, whatever fails, is killed or happens at the same time."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id
from hsreview.base.samples import sample_dir
from hsreview.model.people import Coder
from hsreview.project.doctor import examine
from hsreview.project.project import FILE_NAME, Project
from hsreview.workflows.checking import backup
from hsreview.workflows.coders import coders
from hsreview.workflows.projects import create_project, open_project, project_name, recent_projects
from hsreview.workflows.reading import codebook

ROOT = Path(__file__).resolve().parents[2]
BOOK = sample_dir("codebooks") / "critical-review.yaml"
CREATE_AND_SAY = """
import sys
from pathlib import Path
from hsreview.base.errors import HsreviewError
from hsreview.model.people import Coder
from hsreview.workflows.projects import create_project
print("begin", flush=True)
try:
    create_project(Path(sys.argv[1]), name=sys.argv[2], codebook=Path(sys.argv[3]), coder=Coder(sys.argv[2], "Awa"))
    print("made", flush=True)
except HsreviewError:
    print("refused", flush=True)
"""


def everything(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_project_begins_with_its_name_first_coder_and_codebook(tmp_path: Path) -> None:
    awa = Coder(new_id(), "Awa")
    with create_project(tmp_path / "p", name="Mali", codebook=BOOK, coder=awa) as project:
        assert project_name(project) == "Mali"
        assert [c.name for c in coders(project)] == ["Awa"]
        assert codebook(project).themes
        assert examine(project.connection) == []
        assert {row[0] for row in project.connection.execute("select replica from change")} == {project.replica}
    assert everything(tmp_path / "p") == ["codebooks", "exports", FILE_NAME, "transcripts"]


@pytest.mark.parametrize("there", [False, True])
def test_nothing_is_left_when_the_beginning_cannot_be_stored(tmp_path: Path, there: bool) -> None:
    root = tmp_path / "deep" / "p"
    if there:
        (root / "transcripts").mkdir(parents=True)
        (root / "transcripts" / "mine.txt").write_text("mine")
    before = everything(tmp_path)

    def fill(project: Project) -> None:
        with project.act("somebody") as act:
            act.put("setting", "name", value="x")
        raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(InputRefused, match="disk is full"):
        Project.create(root, fill)
    assert everything(tmp_path) == before
    Project.create(root).close()


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "exports").write_text("a file")
    with pytest.raises(InputRefused, match="No project can be created"):
        Project.create(tmp_path / "p")
    assert everything(tmp_path) == ["p", "p/exports"]


def test_a_project_made_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    def fill(_project: Project) -> None:
        create_project(tmp_path, name="first").close()

    with pytest.raises(InputRefused, match="already holds a project"):
        Project.create(tmp_path, fill)
    with open_project(tmp_path) as project:
        assert project_name(project) == "first"


def test_a_file_system_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_args: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    create_project(tmp_path / "p", name="first").close()

    def fill(_project: Project) -> None:
        create_project(tmp_path / "q", name="first").close()

    with pytest.raises(InputRefused, match="already holds a project"):
        Project.create(tmp_path / "q", fill)
    assert [entry.name for entry in recent_projects()] == ["first", "first"]


def _log_size(root: Path) -> int:
    try:
        return sum(each.stat().st_size for each in root.glob(".*-wal"))
    except FileNotFoundError:
        return 0


def _ended(child: subprocess.Popen[str]) -> bool:
    """Whether it ended within two thousandths of a second, in which the processor is left to it."""
    with suppress(subprocess.TimeoutExpired):
        child.wait(0.002)
    return child.returncode is not None


def test_a_killed_init_leaves_no_half_project(tmp_path: Path) -> None:
    for size in (0, 150_000, 300_000):
        root = tmp_path / str(size)
        command = [sys.executable, "-c", CREATE_AND_SAY, str(root), "x", str(BOOK)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "begin\n"
            while not _ended(child) and _log_size(root) <= size:
                pass
            child.kill()
        if not (root / FILE_NAME).exists():
            create_project(root, codebook=BOOK, coder=Coder(new_id(), "Awa")).close()
        with open_project(root) as project:
            assert coders(project) and codebook(project).themes
            assert examine(project.connection) == []
        for spare in root.glob(".*"):
            os.utime(spare, (1e9, 1e9))
        with open_project(root) as project:
            backup(project, root / "b.hsreview")
        assert not list(root.glob(".*")), "what a killed program left is cleared away a day later"


def test_two_inits_at_once_make_one_project(tmp_path: Path) -> None:
    command = [sys.executable, "-c", CREATE_AND_SAY, str(tmp_path / "p")]
    children = [
        subprocess.Popen([*command, name, str(BOOK)], cwd=ROOT, stdout=subprocess.PIPE, text=True) for name in "ab"
    ]
    said = {name: child.communicate()[0].split()[-1] for name, child in zip("ab", children, strict=True)}
    assert sorted(said.values()) == ["made", "refused"]
    with open_project(tmp_path / "p") as project:
        assert said[project_name(project)] == "made"
        assert [c.id for c in coders(project)] == [project_name(project)]
    assert not list((tmp_path / "p").glob(".*"))
