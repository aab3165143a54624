"""The page about codebooks: its example has no fault, its commands run, and it explains every key of the format."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hsreview.codebook.lint import lint_codebook
from hsreview.codebook.read import read_codebook
from hsreview.codebook.schema import CodebookEntry, CodeEntry
from tests.docs.pages import DOCS, lines_of
from tests.docs.shell import follow

PAGE = DOCS / "codebook.md"


def example() -> str:
    found = re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def test_the_example_is_a_codebook_that_a_careful_editor_would_let_pass() -> None:
    assert lint_codebook(read_codebook(example())) == []


def test_the_commands_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("water.yaml").write_text(example(), encoding="utf-8")
    follow(PAGE, tmp_path)
    assert (tmp_path / "water-review" / "codebooks" / "water.xlsx").exists()


def test_every_key_of_the_format_is_explained() -> None:
    text = "\n".join(line for line in lines_of(PAGE) if line.startswith("| `"))
    explained = set(re.findall(r"`([a-z_]+)(?::[^`]*)?`", text))
    for model in (CodebookEntry, CodeEntry):
        keys = {field.alias or name for name, field in model.model_fields.items()}
        assert keys <= explained
