"""An encrypted project in the workbench: the passphrase at the start, the lock, and the way back to the same place."""

from __future__ import annotations

import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event

import pytest

from hsreview.base.errors import InputRefused, ProjectSealed
from hsreview.base.settings import change_setting, state_dir
from hsreview.project import cipher, unlocking
from hsreview.project.project import FILE_NAME, Project
from hsreview.tui.app import Workbench
from hsreview.tui.locking import chosen_minutes
from hsreview.tui.screens.coding.screen import CodingScreen
from hsreview.tui.screens.unlocking import UnlockScreen
from hsreview.workflows.encrypting import decrypt
from hsreview.workflows.projects import open_project
from tests.project.encrypted import PASSPHRASE, answers, encrypted
from tests.project.encrypted import quick_keys as quick_keys
from tests.tui.stage import Stage, workbench

pytestmark = pytest.mark.usefixtures("quick_keys")
TYPED = f"={PASSPHRASE}"


@pytest.fixture
def sealed(built: Path, tmp_path: Path) -> Path:
    """An encrypted copy of the project."""
    return encrypted(Path(shutil.copytree(built, tmp_path / "project")))


@asynccontextmanager
async def at_the_door(root: Path, coder: str | None = "Awa", size: tuple[int, int] = (80, 24)) -> AsyncIterator[Stage]:
    """A workbench that asks for the passphrase of the project in `root`."""
    unlocking.ask_with(None)
    app = Workbench(None, coder, sealed=root)
    async with app.run_test(size=size, notifications=True) as pilot:
        stage = Stage(app, pilot)
        await stage.settle()
        yield stage
    if app.session is not None:
        app.session.project.close()


def picture(stage: Stage) -> str:
    """All that is on the screen."""
    strips = stage.app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips)


async def test_the_passphrase_opens_the_project(sealed: Path) -> None:
    async with at_the_door(sealed) as stage:
        said = " ".join(picture(stage).split())
        assert "is encrypted. Type its passphrase" in said and "cannot be recovered" in said
        await stage.press("=faux", "enter")
        assert "That is not the passphrase" in picture(stage) and "faux" not in picture(stage)
        assert "give up" not in picture(stage), "nothing goes on without it"
        await stage.press("escape", TYPED)
        assert PASSPHRASE[:6] not in picture(stage) and "••••••" in picture(stage)
        await stage.press("enter")
        assert isinstance(stage.app.screen_stack[0], CodingScreen), "Esc leads to no empty door"
        await stage.press("g", "t", "enter", "space", "=d1", "enter")
        assert len(stage.codings()) == 1


async def test_the_welcome_screen_asks_too(sealed: Path) -> None:
    answers(PASSPHRASE)
    open_project(sealed).close()
    unlocking.lock()
    unlocking.ask_with(None)
    app = Workbench()
    async with app.run_test(size=(200, 24)) as pilot:
        stage = Stage(app, pilot)
        await stage.settle()
        assert "project (encrypted)" in picture(stage)
        app.guarded(lambda: app.enter_project(sealed, "Awa"))
        await stage.settle()
        await stage.press(TYPED, "enter")
        assert app.session is not None and isinstance(app.screen_stack[1], CodingScreen)
    stage.project.close()


async def test_the_welcome_screen_stands_where_the_library_is_missing(
    sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(PASSPHRASE)
    open_project(sealed).close()
    unlocking.lock()
    monkeypatch.setitem(sys.modules, "sqlcipher3.dbapi2", None)
    app = Workbench()
    async with app.run_test(size=(200, 24), notifications=True) as pilot:
        stage = Stage(app, pilot)
        await stage.settle()
        assert "project (encrypted)" in picture(stage) and "sqlcipher3" not in picture(stage)
        app.guarded(lambda: app.enter_project(sealed, "Awa"))
        await stage.settle()
        assert "pip install sqlcipher3" in " ".join(note.message for note in app._notifications)


async def test_locking_hides_all_and_comes_back_to_the_same_place(sealed: Path) -> None:
    async with at_the_door(sealed) as stage:
        await stage.press(TYPED, "enter", "g", "t", "enter", "down", "down", "space", "=d1", "enter", "m")
        await stage.press("=not yet")
        before, place = picture(stage).split(), stage.coding.text.selection
        assert "fictif" in before and "yet" in before
        copied = state_dir() / "copied.txt"
        copied.write_text("fictif", encoding="utf-8")
        await stage.press("ctrl+l")
        assert isinstance(stage.app.screen, UnlockScreen)
        assert not copied.exists(), "nor does what was kept for want of a clipboard stay"
        shown = picture(stage)
        assert "locked" in shown and "fictif" not in shown and "cso-" not in shown and "Awa" not in shown
        assert unlocking._keys == {} and unlocking._given == []
        with pytest.raises(ProjectSealed):
            stage.project.connection.execute("select 1")
        with pytest.raises(ProjectSealed):
            Project.open(sealed)
        await stage.press("ctrl+p", "f1", "g", "t", "escape", "ctrl+l", "tab", "enter")
        assert isinstance(stage.app.screen, UnlockScreen) and len(stage.app.screen_stack) == 2
        await stage.press(TYPED, "enter")
        assert [word for word in picture(stage).split() if word != "✎"] == before, "but that the memo is stored now"
        assert stage.coding.text.selection == place
        await stage.press("=, now", "escape")
        memos = stage.project.connection.execute("select text from memo").fetchall()
        assert memos == [("not yet, now",)] and len(stage.codings()) == 1


async def test_what_cannot_be_stored_does_not_keep_the_screen_open(
    sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_door(sealed) as stage:
        await stage.press(TYPED, "enter", "g", "t", "enter", "down", "down", "space", "=d1", "enter", "m", "=draft")

        def refuse(*_arguments: object, **_more: object) -> None:
            raise InputRefused("cso-1 cannot be stored")

        with monkeypatch.context() as patch:
            patch.setattr("hsreview.tui.screens.coding.memo.acts.write_memo", refuse)
            patch.setattr(CodingScreen, "keep_place", refuse)
            await stage.press("ctrl+l")
        assert stage.app.locker.locked and isinstance(stage.app.screen, UnlockScreen)
        assert "cso-1" not in picture(stage), "what was told of it does not stand on the lock"
        await stage.press(TYPED, "enter", "escape")
        assert stage.project.connection.execute("select text from memo").fetchall() == [("draft",)]


async def test_the_lock_waits_for_work_and_then_comes(sealed: Path) -> None:
    async with at_the_door(sealed) as stage:
        app, go = stage.app, Event()
        await stage.press(TYPED, "enter", "g", "t", "enter")

        def work() -> None:
            app.in_background(lambda: go.wait(10), lambda _answer: None)

        app.locker.lock()
        work()  # As a key that was typed before the lock stood.
        for _ in range(3):
            await stage.pilot._wait_for_screen()
        assert not app.locker.locked, "it would close the project under the work"
        assert "locks when it is through" in " ".join(note.message for note in app._notifications)
        go.set()
        await stage.settle()
        app.locker.look()
        await stage.settle()
        assert app.locker.locked


async def test_nothing_passes_the_lock(sealed: Path) -> None:
    async with at_the_door(sealed) as stage:
        await stage.press(TYPED, "enter", "g", "t", "enter", "f1", "ctrl+l")
        await stage.press("ctrl+c", "ctrl+z", "f1", "ctrl+p", "escape", "ctrl+s", "tab", "pageup")
        for place in ((3, 0), (5, 23), (40, 12)):
            await stage.pilot.click(offset=place)
        assert isinstance(lock := stage.app.screen, UnlockScreen)
        stage.app.warn("ouvert cso-1")
        await stage.settle()
        assert "cso-1" not in picture(stage) and "cso-1" not in stage.app.export_screenshot()
        for size in ((50, 10), (80, 24)):
            await stage.pilot.resize_terminal(*size)
            await stage.settle()
            assert "Help" not in picture(stage) and isinstance(stage.app.screen, UnlockScreen)
        await stage.press(TYPED, "enter")
        assert not stage.app.locker.locked and "Help" in picture(stage) and "too small" not in picture(stage)
        assert "ouvert cso-1" in picture(stage), "it is told afterwards"
        assert lock.prompt.line.text == "", "the passphrase does not stay with the screen"


async def test_what_others_stored_meanwhile_is_there_after_the_lock(sealed: Path) -> None:
    async with at_the_door(sealed) as stage:
        await stage.press(TYPED, "enter", "g", "t", "enter", "ctrl+l")
        answers(PASSPHRASE)
        with Project.open(sealed) as other:
            coder = other.connection.execute("select id from coder").fetchone()[0]
            with other.act(coder) as act:
                act.put("setting", "name", value="Nouveau")
        unlocking.lock()
        unlocking.ask_with(None)
        assert not stage.app.session or stage.app.locker.locked
        await stage.press(TYPED, "enter")
        assert stage.project.connection.execute("select count(*) from coding").fetchone() == (0,)
        assert not stage.project.changed_elsewhere(), "it was taken over with the passphrase"


async def test_a_project_that_was_replaced_under_the_lock_is_not_gone_on_with(sealed: Path) -> None:
    async with at_the_door(sealed) as stage:
        await stage.press(TYPED, "enter", "ctrl+l")
        answers(PASSPHRASE)
        decrypt(sealed, lambda _name: None)
        unlocking.lock()
        await stage.press(TYPED, "enter")
        assert stage.app.locker.locked and "was replaced meanwhile" in " ".join(picture(stage).split())


async def test_another_project_under_the_lock_leaves_no_key(sealed: Path, tmp_path: Path) -> None:
    async with at_the_door(sealed) as stage:
        await stage.press(TYPED, "enter", "ctrl+l")
        Project.create(tmp_path / "other", key=cipher.new_key(PASSPHRASE)).close()
        (tmp_path / "other" / FILE_NAME).replace(sealed / FILE_NAME)
        unlocking.lock()
        await stage.press(TYPED, "enter")
        assert stage.app.locker.locked and unlocking._keys == {}


async def locks(stage: Stage) -> bool:
    """Whether the workbench locks when it looks at the clock now."""
    stage.app.locker.look()
    await stage.settle()
    return stage.app.locker.locked


async def test_the_workbench_locks_when_nobody_is_there(sealed: Path) -> None:
    async with at_the_door(sealed) as stage:
        await stage.press(TYPED, "enter")
        locker, now = stage.app.locker, [1000.0]
        locker.clocks = (lambda: 0.0, lambda: now[0])
        locker.touched()
        now[0] += 599
        assert not await locks(stage)
        await stage.press("j")
        now[0] += 599
        assert not await locks(stage), "a key was pressed meanwhile"
        now[0] += 1
        stage.app.run_worker(lambda: None, thread=True)
        locker.look()
        assert not locker.locked, "not while something is being done"
        await stage.settle()
        change_setting("lock_minutes", 0)
        assert not await locks(stage), "never, when that is set"
        change_setting("lock_minutes", 10)
        assert await locks(stage) and isinstance(stage.app.screen, UnlockScreen)


async def test_a_locked_workbench_can_be_left(sealed: Path) -> None:
    async with at_the_door(sealed) as stage:
        await stage.press(TYPED, "enter", "ctrl+l", "ctrl+q")
        assert not stage.app.is_running or stage.app._exit


async def test_a_plain_project_cannot_be_locked(root: Path) -> None:
    async with at_the_door(root) as stage:
        stage.app.guarded(lambda: stage.app.enter_project(root, "Awa"))
        await stage.settle()
        await stage.press("ctrl+l")
        assert not stage.app.locker.locked
        assert "hsreview encrypt" in " ".join(note.message for note in stage.app._notifications)


async def test_the_time_without_a_key_is_chosen_from_a_list(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "o", "end", "up", "enter")
        assert chosen_minutes() == 10 and "after 60 minutes" in picture(stage) and "never by itself" in picture(stage)
        await stage.press("escape")
        assert chosen_minutes() == 10
        await stage.press("enter", "up", "enter")
        assert chosen_minutes() == 5 and "after 5 minutes" in picture(stage)
