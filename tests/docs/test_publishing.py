"""The page about what goes out: its commands run in both languages, and take the same way."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base.messages import use_language
from tests.docs.pages import DOCS, Command, steps
from tests.docs.shell import run


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_commands_of_the_page_run(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSREVIEW_LANG", language)
    monkeypatch.chdir(tmp_path)
    use_language(language)
    for step in steps(DOCS / f"publishing.{language}.md"):
        assert isinstance(step, Command)
        run(step, tmp_path)
    assert Path("exports/public.xlsx").stat().st_size > 10_000


def test_both_pages_take_the_same_way() -> None:
    def shape(language: str) -> list[tuple[str, ...]]:
        return [
            (*(w for w in step.words if w.startswith("--")), str(step.exit_code))
            for step in steps(DOCS / f"publishing.{language}.md")
            if isinstance(step, Command)
        ]

    assert shape("en") == shape("fr")
