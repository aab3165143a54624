"""Ways up: from a coded segment to the rows that stand on it, and from a row to those around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold
from hsreview.base.messages import _, current_language, ngettext
from hsreview.model.dataset import CodedSegment
from hsreview.tui.widgets.chooser import Choice
from hsreview.tui.widgets.rows import Column
from hsreview.tui.widgets.rows import Row as Line
from hsreview.workflows import building
from hsreview.workflows import framework_rows as acts
from hsreview.workflows.framework_rows import (
    GROUNDED,
    EvidenceRole,
    Framework,
    Row,
    RowKind,
    SourceKind,
    Stance,
    kind_name,
    said,
)
from hsreview.workflows.tracing import above

if TYPE_CHECKING:
    from hsreview.tui.screens.coding.screen import CodingScreen
    from hsreview.tui.screens.framework_evidence import EvidenceScreen
    from hsreview.tui.screens.framework_rows import FrameworkRowsScreen
    from hsreview.tui.screens.list_screen import ListScreen

_NAMED = 4
"""Questions and codes that are named where a finding is asked for."""
NOW, THROUGH = "●", "○"
"""A row that stands on the segment, and one that stands on a finding that does."""


def link_segment(screen: ListScreen | CodingScreen, coding_id: str) -> None:
    """Go up to a row that stands on a coding, or choose one that is to stand on it, or write a finding on it."""
    project = screen.session.project
    found = acts.framework(project, viewer=screen.session.coder)
    direct, through = building.rows_on(project, found, coding_id)
    signs = {**{row.id: THROUGH for row in through}, **{row.id: NOW for row in direct}}
    order = {NOW: 0, THROUGH: 1}
    rows = sorted(
        (row for row in found.rows if row.kind in GROUNDED), key=lambda row: order.get(signs.get(row.id, ""), 2)
    )
    new = Line("", ("", _("A new finding …")))
    lines = [*(Line(row.id, (signs.get(row.id, ""), _text(row))) for row in rows)]
    lines.insert(len(signs), new)

    def search(query: str) -> Sequence[Line]:
        return [line for line in lines if not line.key or fold(query) in fold(line.cells[1])]

    def choose(line: Line) -> None:
        if not line.key:
            screen.ask(_("What was found, in a sentence:"), write)
        elif line.key in signs:
            _open(screen, line.key)
        else:
            row = found.by_id[line.key]
            acts.link(project, screen.workbench.coder(), found, row, [(SourceKind.CODING, coding_id)], Stance.SUPPORTS)
            screen.say(_("{ref} stands on it now.").format(ref=row.ref))

    def write(sentence: str) -> None:
        values = {f"statement_{current_language()}": sentence}
        links = [(coding_id, Stance.SUPPORTS, EvidenceRole.NONE)]
        made = acts.add_row(project, screen.workbench.coder(), RowKind.FINDING, values, evidence=links)
        screen.say(_("{ref} stands on it now.").format(ref=made.ref))

    title = (
        _("Which row stands on it? {sign} does already: Enter goes there").format(sign=NOW)
        if signs
        else _("Which row stands on it?")
    )
    screen.choose(Choice(title, search, choose, (Column("", 1), Column("", hued=True)), total=len(lines)))


def write_finding(screen: ListScreen, segments: Sequence[CodedSegment]) -> None:
    """Ask for a finding that these segments support; it has their codes and review questions, and the screen stays."""
    project, coder = screen.session.project, screen.workbench.coder()
    acts.check_sees(project, coder)
    if not segments:
        raise InputRefused(_("There are no quotes here for a finding to stand on."))
    of = building.about(project, segments)
    refs = [*of.questions, *of.codes]
    named = ", ".join(refs[:_NAMED]) + (" …" if len(refs) > _NAMED else "")
    asked = ngettext("What was found ({n} quote, {about}):", "What was found ({n} quotes, {about}):", len(segments))

    def write(sentence: str) -> None:
        made = building.finding_on(project, coder, segments, sentence, language=current_language())
        told = ngettext("{ref} stands on {n} quote now.", "{ref} stands on {n} quotes now.", len(segments))
        screen.say(told.format(ref=made.ref, n=len(segments)))

    screen.ask(asked.format(n=len(segments), about=named), write)


def rows_around(screen: FrameworkRowsScreen | EvidenceScreen, found: Framework, row: Row) -> None:
    """Go to a row that stands on this one, or that it stands under, or that stands under it."""
    upon = {link.row_id: found.by_id[link.row_id] for link in found.up(row.id)}.values()
    ways = [
        *((_("stands on it"), each) for each in upon),
        *((_("above it"), each) for each in above(found, row)),
        *((_("under it"), each) for each in found.children.get(row.id, ())),
    ]
    if not ways:
        raise InputRefused(_("No row stands on {ref}, above it or under it.").format(ref=row.ref))
    lines = [Line(each.id, (way, _text(each), kind_name(each.kind))) for way, each in ways]

    def search(query: str) -> Sequence[Line]:
        return [line for line in lines if fold(query) in fold(" ".join(line.cells))]

    columns = (Column("", 14), Column("", hued=True), Column("", 18, least=70))
    screen.choose(
        Choice(_("Around {ref}").format(ref=row.ref), search, lambda line: _open(screen, line.key), columns,
               total=len(lines))
    )  # fmt: skip


def _open(screen: ListScreen | CodingScreen, row_id: str) -> None:
    from hsreview.tui.screens.framework_evidence import EvidenceScreen

    screen.workbench.push_screen(EvidenceScreen(row_id))


def _text(row: Row) -> str:
    return f"{row.ref} {' '.join(said(row, current_language()).split())}"


def _from_evidence(screen: EvidenceScreen) -> None:
    if not screen.known:
        raise InputRefused(_("There is no row here."))
    rows_around(screen, screen.behind.framework, screen.row)


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    "rows.around": lambda screen: rows_around(screen, screen.behind.framework, screen.row()),
    "evidence.around": _from_evidence,
}
