"""The rows of the framework as an outcome map and as a logframe on the screen: columns, branches, folding."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _, current_language
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows.framework_rows import Framework, RowKind, said, status_name
from hsreview.workflows.framework_views import Part, Place, View, cells, part_name, view_name

if TYPE_CHECKING:
    from hsreview.tui.screens.framework_rows import FrameworkRowsScreen

OPEN, CLOSED = "▾", "▸"


def place_text(found: Framework, place: Place, heads: Collection[str], closed: Collection[str] = ()) -> str:
    """`▾ OC1 The office consults`, indented; a marker with its level. `heads`: keys of lines with others below them."""
    sign = CLOSED if place.key in closed else OPEN if place.key in heads else " "
    return f"{'  ' * place.depth}{sign} {_said(found, place)}"


def _said(found: Framework, place: Place) -> str:
    if place.row is None:
        return part_name(place.part or Part.OUTSIDE)
    language, row = current_language(), place.row
    level = cells(found, row, language).level if row.kind is RowKind.MARKER else ""
    return " ".join([row.ref, *([f"[{level}]"] if level else []), *said(row, language).split()])


def columns_of(wanted: View) -> Sequence[Column]:
    """The columns of a view that is a tree."""
    if wanted is View.LOGFRAME:
        return (
            Column(_("Logframe"), hued=True), Column(_("Baseline"), 18), Column(_("Target"), 16),
            Column(_("Verification"), 22, least=110), Column(_("Assumptions"), 22, least=140),
        )  # fmt: skip
    return (Column(_("Outcome map"), hued=True), Column(_("Status"), 10), Column(_("Evidence"), 12))


def line_of(screen: FrameworkRowsScreen, place: Place) -> Row:
    """A line of a view that is a tree."""
    found, row = screen.behind.framework, place.row
    text = place_text(found, place, screen.heads, screen.closed)
    if row is None or place.again:
        return Row(place.key, (text, *[""] * (len(columns_of(screen.view)) - 1)), "branch")
    more: tuple[str, ...]
    if screen.view is View.LOGFRAME:
        told = cells(found, row, current_language())
        more = (told.baseline, told.target, told.verification, told.assumptions)
    else:
        more = (status_name(row.status), screen.evidence_of(row))
    return Row(place.key, (text, *(" ".join(each.split()) for each in more)))


def _next_view(screen: FrameworkRowsScreen) -> None:
    views = list(View)
    screen.view = views[(views.index(screen.view) + 1) % len(views)]
    screen.rows.columns = list(screen.columns() if screen.view is View.LIST else columns_of(screen.view))
    screen.lay_out()
    screen.refresh_footer()
    screen.say(view_name(screen.view))


def _fold(screen: FrameworkRowsScreen) -> None:
    if screen.view is View.LIST:
        raise InputRefused(_("A list has no branches: change the view with {key}.").format(key=screen.key("rows.view")))
    line = screen.rows.current
    if line is not None and line.key in screen.heads:
        screen.closed ^= {line.key}
        screen.lay_out()


HANDLERS: Mapping[str, Callable[[Any], None]] = {"rows.view": _next_view, "rows.fold": _fold}
