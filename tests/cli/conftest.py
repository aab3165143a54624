"""The command line called in this process, and a small project to call it on."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from hsreview.base.ids import new_id
from hsreview.cli.guard import guarded
from hsreview.cli.main import dispatch
from hsreview.cli.world import OpenWorkbench
from hsreview.model.people import Coder
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings
from tests.builders import a_project, code_id, opened
from tests.cli.shapes import check_answer


@dataclass(frozen=True)
class Done:
    """What one call printed and returned."""

    args: tuple[str, ...]
    code: int | OpenWorkbench
    stdout: bytes
    err: str

    @property
    def out(self) -> str:
        return self.stdout.decode("utf-8")

    @property
    def lines(self) -> list[str]:
        return self.out.split("\n")[:-1]

    def json(self, command: str) -> Any:
        """The JSON document on stdout; its shape must be the documented one of `command`."""
        answer = json.loads(self.out)
        check_answer(command, answer)
        return answer


def call(*args: str, stdin: str = "") -> Done:
    """Run `hsreview ARGS` in this process, errors and exit codes included."""
    with CliRunner().isolation(input=stdin) as (out, err, _both):
        code = guarded(lambda: dispatch(list(args)))
        sys.stdout.flush()
        return Done(args, code, out.getvalue(), err.getvalue().decode("utf-8"))


def ok(*args: str, stdin: str = "") -> Done:
    """As `call`, and it must succeed."""
    done = call(*args, stdin=stdin)
    assert done.code == 0, done.err
    return done


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two transcripts; Awa (lead) and Daan coded the first one."""
    folder = tmp_path_factory.mktemp("template")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSREVIEW_HOME", str(folder / "home"))
        project, awa = a_project(folder / "project", transcripts=2)
        daan = store_coder(project, Coder(new_id(), "Daan"), awa.id)
        text = opened(project)
        start = text.text.index("Mais sans budget")
        add_codings(project, awa, text.version.id, start, start + 16, [code_id("K4")], flags=["quote"])
        add_codings(
            project, daan, text.version.id, start, start + 30, [code_id("D1")], modifiers={"stance": "positive"}
        )
        project.close()
    return folder / "project"


@pytest.fixture
def folder(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh copy of the project, which commands find without being told."""
    copy = tmp_path / "project"
    shutil.copytree(template, copy)
    monkeypatch.setenv("HSREVIEW_PROJECT", str(copy))
    monkeypatch.chdir(tmp_path)
    return copy
