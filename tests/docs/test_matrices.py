"""The pages about matrices: their commands run in both languages, and both take the same way."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base.messages import use_language
from hsreview.cli.matrix import NAMES
from tests.docs.pages import DOCS, Command, steps
from tests.docs.shell import run


def page(language: str) -> Path:
    return DOCS / f"matrices.{language}.md"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_command_of_the_page_runs(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSREVIEW_LANG", language)
    monkeypatch.chdir(tmp_path)
    use_language(language)
    for step in steps(page(language)):
        assert isinstance(step, Command)
        run(step, tmp_path)


def test_both_pages_take_the_same_way_and_name_every_matrix() -> None:
    commands = {
        language: [step.words for step in steps(page(language)) if isinstance(step, Command)]
        for language in ("en", "fr")
    }
    assert commands["en"] == commands["fr"]
    for language in commands:
        text = page(language).read_text(encoding="utf-8")
        assert all(f"| `{name}" in text for name in NAMES)
