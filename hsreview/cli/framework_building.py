"""The framework as an outcome map and a logframe, and what it is built from: views, segments, drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from hsreview.base.messages import _, current_language
from hsreview.cli.framework_print import flat, row_names, status_word
from hsreview.cli.output import emit_json, emit_table, shortened

if TYPE_CHECKING:
    from hsreview.cli.answers.framework_building import FrameworkPlace
    from hsreview.workflows.framework_rows import Framework
    from hsreview.workflows.framework_views import Place

VIEWS = ["list", "outcome-map", "logframe"]
ROOM = 60
"""Cells for what a row says."""
_LONG: tuple[Literal["verification", "assumptions"], ...] = ("verification", "assumptions")


def emit_view(found: Framework, wanted: str, *, as_json: bool) -> None:
    """Answer or print the rows as a view lays them out."""
    from hsreview.workflows.framework_views import View, view

    places = [place_entry(found, each) for each in view(found, View(wanted))]
    if as_json:
        emit_json({"view": wanted, "places": places})
    elif wanted == View.LOGFRAME:
        emit_table(
            [_("row"), _("baseline"), _("target"), _("means of verification"), _("assumptions")],
            [
                (_line(each), each["baseline"], each["target"], *(_short(each[key]) for key in _LONG))
                for each in places
            ],
        )  # fmt: skip
    else:
        emit_table(
            [_("row"), _("level"), _("actor"), _("status")],
            [(_line(each), each["level"], _short(each["actor"]), _status(each)) for each in places],
        )


def place_entry(found: Framework, place: Place) -> FrameworkPlace:
    """A line of a view as it is answered."""
    from hsreview.workflows.framework_views import NOTHING, cells, part_name

    told = cells(found, place.row, current_language()) if place.row and not place.again else NOTHING
    return {
        "depth": place.depth, "heading": part_name(place.part) if place.part else "",
        "row": row_names([place.row])[0] if place.row else None, "again": place.again,
        "status": place.row.status.value if place.row else "", "level": told.level, "actor": told.actor,
        "baseline": told.baseline, "target": told.target, "verification": told.verification,
        "assumptions": told.assumptions,
    }  # fmt: skip


def _line(entry: FrameworkPlace) -> str:
    row = entry["row"]
    said = f"{row['ref']} {shortened(flat(row['text']), ROOM)}" if row else f"— {entry['heading']}"
    return "  " * entry["depth"] + said


def _status(entry: FrameworkPlace) -> str:
    return "" if entry["again"] or not entry["status"] else status_word(entry["status"])


def _short(text: str) -> str:
    return shortened(flat(text), 30)
