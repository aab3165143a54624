"""A reader of the docs: sits in an empty folder, reads one language, and need not wait for the sample project."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hsreview.base.messages import use_language
from hsreview.workflows import demo as demo_workflow
from hsreview.workflows.coders import known_coder, remember_coder
from hsreview.workflows.demo import LEAD, Demo
from hsreview.workflows.projects import open_project


@pytest.fixture
def reader(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, built_demo: Callable[[str, bool], Path],
    consent_asked: None,
) -> Path:  # fmt: skip
    """The folder in which a reader of that language types; `hsreview demo` gives a copy of the sample project there."""

    def copied(root: Path, *, coded_only: bool, progress: Callable[[str], None] | None = None) -> Demo:
        shutil.copytree(built_demo(language, coded_only), root)
        with open_project(root) as project:
            remember_coder(project, known_coder(project, LEAD))
        return Demo(root.resolve(), (root / "exports" / "themes.xlsx").resolve())

    monkeypatch.setattr(demo_workflow, "build_demo", copied)
    monkeypatch.setenv("HSREVIEW_LANG", language)
    monkeypatch.chdir(tmp_path)
    use_language(language)
    return tmp_path
