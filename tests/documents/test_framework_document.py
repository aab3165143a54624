"""The framework as a Word document: strategy by strategy, every row once, in one language or both."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from docx import Document

from hsreview.documents.report_docx import write_report_docx
from hsreview.framework.chain import Framework
from hsreview.model.framework import Row, RowKind, RowStatus
from hsreview.workbook.framework_book import BookFacts
from hsreview.workflows.framework_book import Backing
from hsreview.workflows.framework_document import framework_document

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "framework_book"
ACTIVE, DRAFT = RowStatus.ACTIVE, RowStatus.DRAFT
ROWS = [
    Row("a1", RowKind.ACTOR, "AC1", ACTIVE, data={"label_fr": "Mairie inventée", "label_en": "Invented town hall"}),
    Row("s1", RowKind.STRATEGY, "ST1", ACTIVE, data={"title_fr": "Stratégie inventée", "period": "2014-2015"}),
    Row("f1", RowKind.FINDING, "F1", DRAFT, data={"statement_fr": "L’argent manque.", "answered": "Note interne."}),
    Row("o1", RowKind.OUTCOME, "OC1", DRAFT, "s1", data={"statement_fr": "La mairie consulte.", "actor": "a1"}),
    Row("o2", RowKind.OUTCOME, "OC2", DRAFT, data={"statement_en": "Nobody above it."}),
    Row("m1", RowKind.MARKER, "PM1", DRAFT, "o1", data={"statement_fr": "La mairie invite.", "level": "like"}),
    Row("i1", RowKind.INDICATOR, "IN1", DRAFT, "o1", data={"statement_fr": "Réunions", "baseline_value": 2.5,
        "baseline_date": "2015-03", "target_date": "2017-03-31", "disaggregation": ["sex", "age"]}),
    Row("i2", RowKind.INDICATOR, "IN2", DRAFT, "m1", data={"statement_fr": "Invitations"}),
    Row("i3", RowKind.INDICATOR, "IN3", DRAFT, data={"statement_fr": "Ailleurs"}),
    Row("r1", RowKind.RECOMMENDATION, "R1", RowStatus.OPEN, "s1", data={"statement_fr": "Payer les voyages.",
        "addressee": "a1", "next_check": "2016-09"}),
]  # fmt: skip


def text_of(path: Path, lang: str, *, public: bool = False, rows: list[Row] = ROWS) -> str:
    """What the document says, a line per paragraph and per row of a table."""
    facts = BookFacts("project", "Projet inventé", lang, public, "2026-01-02T03:04:05Z")
    told = Backing("entendu de plusieurs" if public else "faible", parts="" if public else "2 sur 3 répondants")
    write_report_docx(framework_document(Framework(rows, ()), facts, lambda row: told, "Base des nombres."), path)
    lines = []
    for part in Document(str(path)).iter_inner_content():
        if hasattr(part, "rows"):
            lines += [" | ".join(cell.text for cell in row.cells) for row in part.rows]
        else:
            lines.append(f"{part.style.name if part.style else ''}: {part.text}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("lang", ["fr", "both"])
def test_the_document_is_as_it_was(lang: str, tmp_path: Path) -> None:
    """Written anew with `GOLDEN=write` after a change that is meant."""
    found = text_of(tmp_path / "a.docx", lang)
    golden = GOLDEN / f"document.{lang}.txt"
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["fr", "en", "both"])
def test_every_row_is_in_it_and_an_empty_framework_says_so(lang: str, tmp_path: Path) -> None:
    found = text_of(tmp_path / "a.docx", lang)
    assert [row.ref for row in ROWS if row.ref not in found] == []
    empty = text_of(tmp_path / "b.docx", lang, rows=[])
    assert ("no row yet" in empty) is (lang != "fr")


def test_a_public_document_holds_no_counts_and_no_notes_of_the_team(tmp_path: Path) -> None:
    internal, public = (text_of(tmp_path / "a.docx", "fr", public=each) for each in (False, True))
    assert "Note interne." in internal and "sur 3" in internal and "Base des nombres." in internal
    assert not [text for text in ("Note interne.", "sur 3", "Base des nombres.", "INTERNE") if text in public]
    assert "PUBLIC" in public and "entendu de plusieurs" in public
