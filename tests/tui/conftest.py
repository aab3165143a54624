"""Projects for the workbench, and a guard that lets no accident of the program pass unseen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import a_project


@pytest.fixture(autouse=True)
def no_accident(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[BaseException]]:
    """Fail the test in which the program itself failed, though the workbench goes on and tells the user."""
    accidents: list[BaseException] = []
    monkeypatch.setattr("hsreview.tui.app.write_report", accidents.append)
    yield accidents
    if accidents:
        raise accidents[0]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with three transcripts and one coder, Awa."""
    project, _coder = a_project(tmp_path / "project", transcripts=3)
    project.close()
    return tmp_path / "project"
