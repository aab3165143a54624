"""Whatever entries there are, the journal's Excel file reads back as it went out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsreview.framework.chain import Framework
from hsreview.model.framework import Row, RowKind, RowStatus
from hsreview.model.observation import EngagementKind, Frequency, Observation
from hsreview.workbook.framework_book import JOURNAL, BookFacts
from hsreview.workbook.framework_book_reading import read_framework_book
from hsreview.workbook.framework_book_writing import write_framework_book
from hsreview.workflows.journal import Journal
from hsreview.workflows.journal_book import journal_book
from hsreview.workflows.journal_import import compared

ROWS = (
    Row("pm", RowKind.MARKER, "PM1", RowStatus.DRAFT, data={"statement_fr": "=Elle invite"}),
    Row("in", RowKind.INDICATOR, "IN1", RowStatus.REJECTED, data={"baseline_value": 1}),
    Row("ac", RowKind.ACTOR, "AC1", RowStatus.ACTIVE, data={"label_en": "Town hall"}),
    Row("r", RowKind.RECOMMENDATION, "R1", RowStatus.SENT, data={"next_check": "2016-05"}),
)  # fmt: skip
DATES = st.sampled_from(["2016", "2016-Q3", "2016-05", "2016-05-31", "1850-01-02", "9999-12"])
NUMBERS = st.one_of(st.integers(-(10**6), 10**6), st.floats(-1e6, 1e6).map(lambda x: round(x, 3)))
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["", "=1+1", "+1", "1.10", "31/03/2017", "vrai", "a\r\nb", " x ", "0", "é" * 40_000]
)
HELD = st.fixed_dictionaries({"description": TEXTS, "source": TEXTS, "verified_by": TEXTS})


def _entry(row: str, **held: Any) -> Any:
    return st.builds(lambda date, texts, own: Observation("", row, date, **texts, **own), DATES, HELD, _own(held))


def _own(held: dict[str, Any]) -> Any:
    return st.fixed_dictionaries(held)


ENTRIES = st.lists(
    st.one_of(
        _entry("pm", level=st.integers(0, 3)),
        _entry("in", value=NUMBERS, parts=st.dictionaries(st.sampled_from(["femmes", "hommes", "≤ 25"]), NUMBERS)),
        _entry("ac", kind=st.sampled_from(EngagementKind), quality=st.none() | st.integers(0, 3),
               frequency=st.none() | st.sampled_from(Frequency), who=TEXTS),
        _entry("r", status=st.none() | st.sampled_from([RowStatus.OPEN, RowStatus.IN_PROGRESS, RowStatus.LAPSED])),
        _entry("gone", level=st.just(1)),
    ),
    max_size=6,
)  # fmt: skip


@given(ENTRIES)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("lang", ["fr", "both"])
def test_every_journal_reads_back_as_it_is(tmp_path: Path, lang: str, made: list[Observation]) -> None:
    entries = [replace(each, id=f"entry-{n}", created=f"{n}") for n, each in enumerate(made)]
    found = Journal(Framework(ROWS, ()), entries)
    path = tmp_path / "journal.xlsx"
    facts = BookFacts("project", "Projet", lang, False, "2026-01-02T03:04:05Z")
    write_framework_book(journal_book(found, facts), path)
    diff = compared(found, read_framework_book(path, JOURNAL)).found
    assert (diff.changes, diff.faults, diff.notices) == ([], [], [])
