"""The pages about searching: their commands run in both languages and find something."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base.messages import use_language
from tests.cli.conftest import call
from tests.docs.pages import DOCS, Command, steps
from tests.docs.shell import run

LANGUAGES = ("en", "fr")


def page(language: str) -> Path:
    return DOCS / f"search.{language}.md"


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_found_and_coded(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSREVIEW_LANG", language)
    monkeypatch.chdir(tmp_path)
    use_language(language)
    for step in steps(page(language)):
        assert isinstance(step, Command)
        if step.words[:2] in (("hsreview", "search"), ("hsreview", "memos"), ("hsreview", "codings")):
            done = call(*step.words[1:])
            assert done.code == step.exit_code and bool(done.out) == (done.code == 0), f"line {step.line}: {done.err}"
        else:
            run(step, tmp_path)


def test_both_pages_take_the_same_way() -> None:
    def shape(language: str) -> list[tuple[str, ...]]:
        return [
            (*(word for word in step.words if word.startswith("--")), str(step.exit_code))
            for step in steps(page(language))
            if isinstance(step, Command)
        ]

    assert shape("en") == shape("fr")
