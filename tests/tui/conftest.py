"""Projects for the workbench, and a guard that lets no accident of the program pass unseen."""

from __future__ import annotations

import shutil
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


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with three transcripts and one coder, Awa."""
    folder = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSREVIEW_HOME", str(folder / "home"))
        a_project(folder / "project", transcripts=3)[0].close()
    return folder / "project"


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """A copy of that project."""
    return Path(shutil.copytree(built, tmp_path / "project"))
