"""The page about workbook, report and tables: its commands run in both languages, and write what it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base.messages import use_language
from tests.docs.pages import DOCS, Command, steps
from tests.docs.shell import run


def page(language: str) -> Path:
    return DOCS / f"reports.{language}.md"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_lead_hands_over_workbook_report_and_tables(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSREVIEW_LANG", language)
    monkeypatch.chdir(tmp_path)
    use_language(language)
    for step in steps(page(language)):
        assert isinstance(step, Command)
        run(step, tmp_path)
    made = {path.name for path in Path("exports").iterdir()}
    assert made >= {
        "all.xlsx", "some.xlsx", "partners.xlsx", "changes.xlsx", "q1.docx", "report.html", "q1.md", "public.html",
        "tables", "tables.json",
    }  # fmt: skip
    assert not made & {"nothing.xlsx", "no.xlsx"}


def test_both_pages_take_the_same_way() -> None:
    def shape(language: str) -> list[tuple[str, ...]]:
        return [
            (*(word for word in step.words if word.startswith("--")), str(step.exit_code))
            for step in steps(page(language))
            if isinstance(step, Command)
        ]

    assert shape("en") == shape("fr")
