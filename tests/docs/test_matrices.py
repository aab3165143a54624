"""The pages about matrices: their commands run in both languages, and both take the same way."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.cli.matrix import NAMES
from tests.docs.pages import DOCS, LANGUAGES, Command, steps
from tests.docs.shell import follow


def page(language: str) -> Path:
    return DOCS / f"matrices.{language}.md"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_of_the_page_runs(language: str, reader: Path) -> None:
    follow(page(language), reader)


def test_both_pages_take_the_same_way_and_name_every_matrix() -> None:
    commands = {
        language: [step.words for step in steps(page(language)) if isinstance(step, Command)] for language in LANGUAGES
    }
    assert commands["en"] == commands["fr"]
    for language in commands:
        text = page(language).read_text(encoding="utf-8")
        assert all(f"| `{name}" in text for name in NAMES)
