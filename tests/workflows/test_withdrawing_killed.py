"""`kill -9` inside a withdrawal, at every step: nothing is done then, or the next opening brings it to its end."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn
from unittest.mock import Mock

import pytest

from hsreview.base.settings import state_dir
from hsreview.model.people import Coder
from hsreview.project import cipher, scrubbing
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows.checking import doctor, restore
from hsreview.workflows.withdrawal_told import done_lines
from hsreview.workflows.withdrawing import Summaries, find, plan, withdraw
from hsreview.workflows.withdrawn import listed
from tests.builders import a_project
from tests.workflows.spoken import PERSON, Spoken, found, spoken

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills its own copy")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Coder]]:
    project, awa = a_project(tmp_path_factory.mktemp("base") / "project")
    project.connection.execute("pragma wal_checkpoint(truncate)")
    project.close()
    yield project.root, awa


def _die(*_args: object, **_names: object) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _after(function: Callable[..., Any]) -> Callable[..., Any]:
    def then_die(*args: Any, **names: Any) -> Any:
        function(*args, **names)
        _die()

    return then_die


STEPS: dict[str, tuple[str, Callable[..., Any] | None]] = {
    "before the commit": ("hsreview.project.withdrawal.begin_erasing", None),
    "after the commit": ("hsreview.project.scrubbing._rewrite", _die),
    "the file is written anew": ("hsreview.project.scrubbing._rewrite", None),
    "while the backup is made": ("hsreview.project.backups.is_sound", _die),
    "backups are removed": ("hsreview.project.scrubbing._clear_folder", None),
}
"""Step → what is called there, and whether the end comes before (else after) it."""


@pytest.mark.parametrize("step", STEPS)
def test_a_killed_withdrawal_is_not_begun_or_finished(
    base: tuple[Path, Coder], tmp_path: Path, fresh_user: Path, step: str
) -> None:
    made = spoken(base[0], tmp_path / "p", base[1], 2)
    made.project.backup("asked")
    made.project.close()
    child = os.fork()
    if child == 0:
        _killed(made, *STEPS[step])
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    begun = step != "before the commit"
    with Project.open(made.root) as project:
        assert examine(project.connection) == []
        assert len(listed(project)) == begun
        assert not scrubbing.is_unfinished(project.connection)
    left = {word for word, _file in found(made.words, made.root, fresh_user)}
    assert left == (set() if begun else set(made.words))


def _killed(made: Spoken, place: str, instead: Callable[..., Any] | None) -> NoReturn:
    try:
        with pytest.MonkeyPatch.context() as patch:
            project = Project.open(made.root)
            planned = plan(project, made.coder, find(project, PERSON), summaries=Summaries.ERASE)
            module, _dot, name = place.rpartition(".")
            patch.setattr(place, instead or _after(getattr(sys.modules[module], name)))
            withdraw(project, made.coder, planned, "request")
    finally:
        os._exit(1)


def test_a_restoring_that_is_killed_leaves_no_copy_in_which_the_person_is_back(
    base: tuple[Path, Coder], tmp_path: Path, fresh_user: Path
) -> None:
    made = spoken(base[0], tmp_path / "p", base[1], 2)
    stick = made.project.backup("asked", tmp_path / "stick.hsreview")
    planned = plan(made.project, made.coder, find(made.project, PERSON), summaries=Summaries.ERASE)
    withdraw(made.project, made.coder, planned, "request")
    made.project.close()
    child = os.fork()
    if child == 0:
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("hsreview.project.restoring.put_in_place", _after(cipher.put_in_place))
                restore(made.root, stick)
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    with Project.open(made.root) as project:
        assert len(listed(project)) == 1 and examine(project.connection) == []
    assert found(made.words, made.root, fresh_user) == []


def test_a_reader_holds_up_the_clearing_but_not_the_erasing(
    base: tuple[Path, Coder], tmp_path: Path, fresh_user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = spoken(base[0], tmp_path / "p", base[1], 4)
    made.project.connection.execute("pragma busy_timeout = 50")
    with Project.open(made.root) as reader:
        reader.connection.execute("begin")
        reader.connection.execute("select count(*) from change").fetchone()
        planned = plan(made.project, made.coder, find(made.project, PERSON), summaries=Summaries.ERASE)
        done = withdraw(made.project, made.coder, planned, "request")
        assert done.cleared.in_use and not done.cleared.done and done.residue.files
        assert made.project.connection.execute("select count(*) from withdrawal").fetchone() == (1,)
        reader.connection.execute("rollback")
    made.project.close()
    Project.open(made.root).close()
    assert found(made.words, made.root, fresh_user) == []


def test_a_full_disk_after_the_erasing_is_told_and_the_project_opens(
    base: tuple[Path, Coder], tmp_path: Path, fresh_user: Path
) -> None:
    made = spoken(base[0], tmp_path / "p", base[1], 2)
    planned = plan(made.project, made.coder, find(made.project, PERSON), summaries=Summaries.ERASE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hsreview.project.scrubbing._rewrite", _full)
        done = withdraw(made.project, made.coder, planned, "request")
        assert not done.cleared.done and any("has room" in line for line in done_lines(made.project, done))
        made.project.close()
        with Project.open(made.root) as project:
            assert [finding.code for finding in doctor(project)] == ["erasing"]
    Project.open(made.root).close()
    assert found(made.words, made.root, fresh_user) == []


def _full(_connection: object) -> NoReturn:
    raise sqlite3.OperationalError("database or disk is full")


def test_what_cannot_be_deleted_is_told_and_the_rest_is_done(
    base: tuple[Path, Coder], tmp_path: Path, fresh_user: Path
) -> None:
    made = spoken(base[0], tmp_path / "p", base[1], 2)
    copied = state_dir() / "copied.txt"
    copied.mkdir(parents=True)
    planned = plan(made.project, made.coder, find(made.project, PERSON), summaries=Summaries.ERASE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shutil.rmtree", Mock(side_effect=PermissionError))
        done = withdraw(made.project, made.coder, planned, "request")
    assert (done.undeleted, done.cleared.done) == ([copied], True)
    assert any(str(copied) in line and "do it yourself" in line for line in done_lines(made.project, done))
