"""The page about workbook, report and tables: its commands run in both languages, and write what it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import DOCS, LANGUAGES
from tests.docs.shell import follow


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lead_hands_over_workbook_report_and_tables(language: str, reader: Path, deep: bool) -> None:
    if language == "fr" and not deep:
        follow(DOCS / "reports.fr.md", reader, known=DOCS / "reports.en.md")
        assert {path.name for path in Path("exports").iterdir()} >= {"partners.xlsx", "q1.md"}
        return
    follow(DOCS / f"reports.{language}.md", reader)
    made = {path.name for path in Path("exports").iterdir()}
    assert made >= {
        "all.xlsx", "some.xlsx", "partners.xlsx", "changes.xlsx", "q1.docx", "report.html", "q1.md", "public.html",
        "tables", "tables.json",
    }  # fmt: skip
    assert not made & {"nothing.xlsx", "no.xlsx"}
