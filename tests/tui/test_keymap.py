"""The user's key file: what it changes, and what is wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base.settings import config_dir
from hsreview.tui.action import Scope
from hsreview.tui.actions import find
from hsreview.tui.keymap import KEY_FILE, key_name, key_text, read_keymap, undelivered
from tests.tui.stage import workbench


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    keymap = read_keymap(tmp_path / "none.toml")
    assert keymap.problems == ()
    assert keymap.keys(find("text.slot_2")) == ("2", "é")
    assert keymap.action_for("é", Scope.TEXT) is find("text.slot_2")
    assert keymap.action_for("é", Scope.LIST) is None


def test_an_action_gets_other_keys(tmp_path: Path) -> None:
    path = tmp_path / KEY_FILE
    path.write_text('[text]\nnext_unit = ["J", ";"]\nnext_hit = "F3"\npicker = " "\n', encoding="utf-8")
    keymap = read_keymap(path)
    assert keymap.problems == ()
    assert keymap.keys(find("text.next_unit")) == ("J", "semicolon")
    assert keymap.action_for("down", Scope.TEXT) is None
    assert keymap.action_for("semicolon", Scope.TEXT) is find("text.next_unit")
    assert keymap.shown(find("text.next_hit")) == "F3"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[text]\nfly = 'j'", "no such action"),
        ("[sky]\nnext_unit = 'j'", "no part"),
        ("[text]\nnext_unit = 'ctrl+1'", "not a key"),
        ("[text]\nnext_unit = 'ctrl+i'", "cannot tell ctrl+i from Tab"),
        ("[text]\nnext_unit = []", "Write one key"),
        ("[text]\nnext_unit = 3", "Write one key"),
        ("[text]\nnext_unit = 'u'", "already means"),
        ("[text\nnext_unit = 'x'", "not TOML"),
    ],
)
def test_what_is_wrong_is_said_and_the_defaults_stay(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / KEY_FILE
    path.write_text(line, encoding="utf-8")
    keymap = read_keymap(path)
    assert len(keymap.problems) == 1
    assert words in str(keymap.problems[0])
    assert KEY_FILE in keymap.problems[0].place
    assert keymap.keys(find("text.next_unit")) == ("down", "j")


def test_two_actions_may_swap_their_keys(tmp_path: Path) -> None:
    path = tmp_path / KEY_FILE
    path.write_text('[text]\nundo = "r"\nrepeat = "u"\n', encoding="utf-8")
    keymap = read_keymap(path)
    assert keymap.problems == ()
    assert keymap.action_for("r", Scope.TEXT) is find("text.undo")


@pytest.mark.parametrize(("written", "name"), [("é", "é"), (";", "semicolon"), ("F2", "f2"), ("ctrl+p", "ctrl+p")])
def test_keys_are_written_as_people_write_them(written: str, name: str) -> None:
    assert key_name(written) == name
    assert key_name(key_text(name)) == name


def test_keys_that_terminals_do_not_deliver() -> None:
    assert all(undelivered(key) for key in ("ctrl+1", "ctrl+shift+z", "alt+x", "shift+enter", "ctrl+h", "ctrl+m"))
    assert not any(undelivered(key) for key in ("1", "ctrl+z", "shift+down", "f1", "space", "escape"))


async def test_the_workbench_uses_the_key_file(root: Path) -> None:
    config_dir().mkdir(parents=True)
    (config_dir() / KEY_FILE).write_text('[text]\nnext_unit = "ù"\nfly = "x"\n', encoding="utf-8")
    async with workbench(root, "Awa") as stage:
        await stage.press("enter")
        before = stage.selected()
        await stage.press("down")
        assert stage.selected() == before
        await stage.press("ù")
        assert stage.selected() != before
        assert "ù" in stage.coding.footer.text()
        assert any("no such action" in notification.message for notification in stage.app._notifications)
