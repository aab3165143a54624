"""Copying without a clipboard: the quote is kept for its owner alone, and not for long."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from textual.app import App

from hsreview.base.settings import state_dir
from hsreview.tui.clipboard import copy, forget


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_kept_quote_is_private_and_goes_with_the_workbench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSREVIEW_HOME", str(tmp_path))
    monkeypatch.setenv("SSH_CONNECTION", "somewhere")
    monkeypatch.setattr("hsreview.tui.clipboard.PROGRAMS", ())
    kept = state_dir() / "copied.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("older", encoding="utf-8")
    kept.chmod(0o644)
    assert str(kept) in copy(App[int](), "words")
    assert kept.read_text(encoding="utf-8") == "words\n" and stat.S_IMODE(kept.stat().st_mode) == 0o600
    forget()
    assert not kept.exists()
    forget()


@pytest.mark.skipif(os.name == "nt", reason="the program is a script of the shell")
def test_a_program_that_keeps_the_text_does_not_get_the_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, program = tmp_path / "seen", tmp_path / "keeper"
    program.write_text(f"#!/bin/sh\n(cat; echo; env) > {seen}\n", encoding="utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("HSREVIEW_PASSPHRASE", "quatre mots")
    monkeypatch.setattr("hsreview.tui.clipboard.PROGRAMS", ((str(program), (), ""),))
    copy(App[int](), "words")
    told = seen.read_text(encoding="utf-8")
    assert told.startswith("words\n") and "PATH=" in told and "quatre mots" not in told
