"""The pages about searching: their commands run in both languages and find something."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import call
from tests.docs.pages import DOCS, LANGUAGES, Command, steps
from tests.docs.shell import run


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_found_and_coded(language: str, reader: Path) -> None:
    for step in steps(DOCS / f"search.{language}.md"):
        assert isinstance(step, Command)
        if step.words[:2] in (("hsreview", "search"), ("hsreview", "memos"), ("hsreview", "codings")):
            done = call(*step.words[1:])
            assert done.code == step.exit_code and bool(done.out) == (done.code == 0), f"line {step.line}: {done.err}"
        else:
            run(step, reader)
