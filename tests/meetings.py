"""A small invented validation meeting: rows, a version of them, and tables in a room."""

from __future__ import annotations

from collections.abc import Sequence

from hsreview.model.framework import RowKind
from hsreview.model.people import Coder
from hsreview.model.validation import Rule, Side
from hsreview.project.project import Project
from hsreview.workflows.framework_rows import add_row
from hsreview.workflows.framework_versions import freeze
from hsreview.workflows.validating import Meeting, open_meeting
from hsreview.workflows.validation_acts import add_table

TABLES = (("A", Side.CSO, 8), ("B", Side.OFFICIAL, 6))
NAME = "Réunion de Bamako"


def a_meeting(
    project: Project, coder: Coder, *, rows: int = 2, tables: Sequence[tuple[str, Side, int]] = TABLES,
    language: str = "both", rule: Rule | None = None,
) -> Meeting:  # fmt: skip
    """An open meeting on so many indicators (IN1, IN2 …), in French and English."""
    for n in range(1, rows + 1):
        words = {"statement_fr": f"Réunions avec l’État, n° {n}", "statement_en": f"Meetings with the state, no. {n}"}
        add_row(project, coder, RowKind.INDICATOR, words)
    meeting = open_meeting(
        project, coder, name=NAME, version=freeze(project, coder), date="2016-05-12", place="Bamako", state="ML",
        language=language, rule=rule or Rule(),
    )  # fmt: skip
    for label, side, size in tables:
        add_table(project, coder, meeting, label, side, size)
    return meeting
