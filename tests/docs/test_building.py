"""The page about building the framework: its commands run and its keys are pressed, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base.messages import use_language
from tests.cli.conftest import ok
from tests.docs.pages import DOCS, LANGUAGES, Command, steps
from tests.docs.shell import run
from tests.docs.test_tutorial import press


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_indicator_is_made_from_a_segment_and_stands_on_a_baseline(
    language: str, reader: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSREVIEW_LANG", language)
    use_language(language)
    for step in steps(DOCS / f"building.{language}.md"):
        if isinstance(step, Command):
            run(step, reader)
        else:
            await press(step, Path.cwd())
    found = ok("trace", "IN1", "--json").json("trace")
    assert [row["ref"] for row in found["above"]] == ["OC1", "ST1"]
    assert {(link["code"], link["role"]) for link in found["down"]} == {("M2", "indicator"), ("M4", "baseline")}
    assert found["row"]["data"]["unit"] == {"en": "per quarter", "fr": "par trimestre"}[language]
