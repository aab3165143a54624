"""The rows of the framework as an outcome map and as a logframe, in words."""

from __future__ import annotations

from dataclasses import dataclass

from hsreview.base.messages import _
from hsreview.framework.chain import Framework
from hsreview.framework.views import Part as Part
from hsreview.framework.views import Place as Place
from hsreview.framework.views import View as View
from hsreview.framework.views import folded as folded
from hsreview.framework.views import heads as heads
from hsreview.framework.views import view as view
from hsreview.model.framework import Row
from hsreview.model.framework_columns import COLUMNS
from hsreview.workflows.framework_rows import said
from hsreview.workflows.framework_values import show_value


@dataclass(frozen=True, slots=True)
class Cells:
    """What the views show of a row beside what it says; empty where its kind has no such column, or nothing in it."""

    level: str
    actor: str
    baseline: str
    target: str
    verification: str
    assumptions: str


NOTHING = Cells("", "", "", "", "", "")


def cells(found: Framework, row: Row, language: str) -> Cells:
    """The cells of a row that the views show, in words."""
    columns = {column.key: column for column in COLUMNS[row.kind]}

    def shown(key: str) -> str:
        return show_value(found, columns[key], row.data.get(key), language) if key in columns else ""

    def measured(name: str) -> str:
        value, date = shown(f"{name}_value"), shown(f"{name}_date")
        return " ".join(part for part in (value, shown("unit") if value else "", f"({date})" if date else "") if part)

    actor = found.by_id.get(str(row.data.get("actor") or row.data.get("addressee") or ""))
    return Cells(
        level=shown("level"),
        actor=said(actor, language) if actor else "",
        baseline=measured("baseline"),
        target=measured("target"),
        verification=shown("verification"),
        assumptions=shown("assumptions"),
    )


def view_name(wanted: View) -> str:
    """What a view is called, in the user's language."""
    return {View.LIST: _("list"), View.OUTCOME_MAP: _("outcome map"), View.LOGFRAME: _("logframe")}[wanted]


def part_name(part: Part) -> str:
    """A heading that is no row, in the user's language."""
    return {
        Part.NO_STRATEGY: _("Under no strategy"), Part.NO_ACTOR: _("No actor named"), Part.VISION: _("Goal or vision"),
        Part.OUTCOME: _("Outcomes"), Part.OUTPUT: _("Outputs"), Part.NO_LEVEL: _("Level not said"),
        Part.OUTSIDE: _("Without a place in this view"),
    }[part]  # fmt: skip
