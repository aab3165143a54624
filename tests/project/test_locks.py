"""Another program that comes and goes must not take the write-ahead log away from one that has the project open.

On POSIX systems a program that opens and closes a file by itself loses every lock that SQLite holds on it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hsreview.base.errors import ProjectUnavailable
from hsreview.project.doctor import examine
from hsreview.project.project import FILE_NAME, Project
from hsreview.workflows.coding import add_codings
from hsreview.workflows.importing import Refused, files_in, stage_files
from hsreview.workflows.reading import codings_of
from tests.builders import a_project, code_id, opened

VISIT = """
import sys
from pathlib import Path
from hsreview.project.project import Project
from hsreview.workflows.importing import Refused, files_in, stage_files
from hsreview.workflows.reading import codings_of
with Project.open(Path(sys.argv[1])) as project:
    print(len(codings_of(project)))
"""


def visit(root: Path) -> int:
    """Another program opens the project, counts the codings and leaves."""
    done = subprocess.run([sys.executable, "-c", VISIT, str(root)], capture_output=True, text=True, check=True)
    return int(done.stdout)


def open_again(root: Path) -> None:
    Project.open(root).close()


def back_up(root: Path) -> None:
    with Project.open(root) as project:
        project.backup("asked")


def look(root: Path) -> None:
    with Project.open(root) as project:
        assert examine(project.connection) == []


def stage_the_folder(root: Path) -> None:
    walk = files_in([root, root / FILE_NAME])
    assert all(isinstance(each, Refused) for each in stage_files([*walk.files, root / FILE_NAME]))


@pytest.mark.parametrize("job", [open_again, back_up, look, stage_the_folder])
def test_a_job_in_the_background_leaves_the_locks_of_the_open_project(
    tmp_path: Path, job: Callable[[Path], None]
) -> None:
    project, awa = a_project(tmp_path)
    version = opened(project).version.id
    add_codings(project, awa, version, 20, 30, [code_id("D1")])
    job(tmp_path)
    log = tmp_path / (FILE_NAME + "-wal")
    before = log.stat().st_ino
    assert visit(tmp_path) == 1
    assert log.exists() and log.stat().st_ino == before, "the visitor believed to be alone"
    add_codings(project, awa, version, 40, 50, [code_id("D2")])
    assert visit(tmp_path) == 2
    project.close()
    with Project.open(tmp_path) as again:
        assert len(codings_of(again)) == 2 and examine(again.connection) == []


def test_nothing_is_written_into_a_log_that_was_taken_away(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    version = opened(project).version.id
    add_codings(project, awa, version, 20, 30, [code_id("D1")])
    (tmp_path / (FILE_NAME + "-wal")).unlink()
    with pytest.raises(ProjectUnavailable, match="while it was open"):
        add_codings(project, awa, version, 40, 50, [code_id("D2")])


@pytest.mark.parametrize("pages", [1, 2, 5])
def test_a_program_killed_while_the_log_was_copied_into_the_file_loses_nothing(tmp_path: Path, pages: int) -> None:
    """The header already tells of pages that are still in the log only."""
    live, killed = tmp_path / "live", tmp_path / "killed"
    project, awa = a_project(live)
    project.connection.execute("pragma wal_checkpoint(truncate)")
    version = opened(project).version.id
    add_codings(project, awa, version, 20, 30, [code_id("D1")])
    with project.act(awa.id) as act:
        act.put("setting", "large", value="x" * 200_000)
    killed.mkdir()
    for suffix in ("", "-wal"):
        shutil.copyfile(live / (FILE_NAME + suffix), killed / (FILE_NAME + suffix))
    project.connection.execute("pragma wal_checkpoint(truncate)")
    project.close()
    page = 4096
    copied = (live / FILE_NAME).read_bytes()[: pages * page]
    with (killed / FILE_NAME).open("r+b") as file:
        file.write(copied)
    with Project.open(killed) as after:
        assert len(codings_of(after)) == 1 and examine(after.connection) == []
