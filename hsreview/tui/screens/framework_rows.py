"""The rows of the framework: made, written into, and linked to segments. Enter shows what a row stands on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, current_language, labelled, ngettext
from hsreview.tui.action import Action, Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens import framework_book
from hsreview.tui.screens.framework_evidence import UNDO, EvidenceScreen, RowsBase, choose_name
from hsreview.tui.screens.framework_lacks import HANDLERS as LACKS
from hsreview.tui.screens.framework_lacks import lacking, lacks_of
from hsreview.tui.screens.framework_versions import OF_ROWS
from hsreview.tui.screens.framework_views import HANDLERS as VIEWS
from hsreview.tui.screens.framework_views import line_of
from hsreview.tui.screens.framework_ways import HANDLERS as AROUND
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.lazy_rows import LazyRows
from hsreview.tui.widgets.rows import Column
from hsreview.tui.widgets.rows import Row as Line
from hsreview.workflows import framework_rows as acts
from hsreview.workflows.evidence import Grounds, grounds
from hsreview.workflows.evidence_words import in_words
from hsreview.workflows.framework_rows import (
    COLUMNS,
    GROUNDED,
    STATUSES,
    Framework,
    Row,
    RowKind,
    RowStatus,
    kind_name,
    said,
    status_name,
)
from hsreview.workflows.framework_start import start
from hsreview.workflows.framework_values import heading, show_value
from hsreview.workflows.framework_views import Place, View, folded, heads, view, view_name
from hsreview.workflows.querying import newest

if TYPE_CHECKING:
    from hsreview.tui.screens.framework_builder import BuilderScreen


IN_VIEWS = {"fold": 84, "view": 83}
"""How much actions deserve a place at the foot of an outcome map or a logframe."""


class FrameworkRowsScreen(RowsBase):
    """Every row, by kind and in its order."""

    SCOPES = (Scope.ROWS,)
    ABOUT = HelpText(
        N_("Framework"),
        N_(
            "Strategies, actors, findings, outcomes, progress markers, indicators and recommendations, each with the "
            "strength of its evidence. Enter shows what a row stands on, down to the words."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.kind: RowKind | None = None
        self.total = 0
        """Rows of any kind; none while the coder may not see them."""
        self.read = 0
        """The newest record when the rows were read."""
        self.lacking = False
        """Whether only rows are shown that lack something, each with what it lacks."""
        self.view = View.LIST
        self.closed: set[str] = set()
        """The keys of the branches that are folded."""
        self.heads: set[str] = set()
        """The keys of the lines that have others below them."""
        self.places: Mapping[str, Place] = {}

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Row"), 6, hued=True),
            Column(_("Kind"), 20, least=90),
            Column(_("Status"), 10),
            Column(_("Under"), 6),
            Column(_("Evidence"), 12),
            Column(_("Says")),
        )

    def reread(self) -> None:
        project = self.session.project
        self.read = newest(project)
        try:
            self.behind = grounds(project, acts.framework(project, viewer=self.session.coder))
        except InputRefused:
            self.total = 0
            self.rows.show(())
            raise
        self.total = len(self.behind.framework.rows)
        self.lay_out()

    def lay_out(self) -> None:
        """Show what was read as the view has it."""
        super().reread()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        if self.ready and self.read != newest(self.session.project):
            self.workbench.guarded(self.reread)

    def all_rows(self) -> Sequence[Line]:
        self.rows.empty = _(
            "No row yet. Make one with {key}, or link segments from the list of coded segments."
        ).format(key=self.key("rows.new"))
        if self.session.project.kit_coder is not None:
            self.rows.empty = _("This project file is for a meeting: its rows stand in the version ({key}).").format(
                key=self.key("rows.versions")
            )
        places = view(self.behind.framework, self.view)
        self.heads = heads(places)
        self.places = {place.key: place for place in places}
        wanted = [p for p in folded(places, self.closed) if not self.kind or (p.row and p.row.kind is self.kind)]
        if self.lacking:
            self.rows.empty = _("No row lacks anything.")
            shown = lacking(self, [p.row for p in wanted if p.row])
            wanted = [p for p in wanted if p.row and p.row.id in shown]
        return LazyRows(wanted, self._line)

    def _line(self, place: Place) -> Line:
        row = place.row
        if row is None or self.view is not View.LIST:
            return line_of(self, place)
        parent = self.behind.framework.by_id.get(row.parent_id or "")
        cells = (
            row.ref, kind_name(row.kind), status_name(row.status), parent.ref if parent else "",
            self.evidence_of(row), " ".join(said(row, current_language()).split()),
        )  # fmt: skip
        return Line(row.id, cells)

    def title_pieces(self) -> Sequence[Piece]:
        n = self.total
        count = ngettext("{n} row", "{n} rows", n).format(n=n)
        only = [Piece(f" · {kind_name(self.kind)}", "key")] if self.kind else []
        lacks = [Piece(f" · {_('lacking something')}", "key")] if self.lacking else []
        laid_out = [Piece(f" · {view_name(self.view)}", "key")] if self.view is not View.LIST else []
        return [Piece(_("Framework"), "strong"), Piece(f" · {count}", "quiet"), *laid_out, *only, *lacks]

    def detail_of(self, line: Line) -> str:
        row = self.places[line.key].row
        if row is None:
            return ""
        if self.lacking:
            return "\n".join(lacks_of(self, row))
        told = cells_of(self.behind, row)
        strength = [labelled(_("Evidence"), " · ".join(in_words(self.behind, row)))] if row.kind in GROUNDED else []
        # First what is wanted of every row, because the end may not be seen.
        return "\n".join([*lacks_of(self, row), *told[:1], *strength, *told[1:]])

    def live_actions(self) -> list[Action]:
        if self.view is View.LIST:
            return super().live_actions()
        # Where there are branches, folding them and going to the next view come before writing into rows.
        return [replace(each, show=IN_VIEWS.get(each.name, each.show)) for each in super().live_actions()]

    def row(self) -> Row:
        """The row under the cursor. Raises InputRefused when there is none."""
        line = self.rows.current
        row = self.places[line.key].row if line else None
        if row is None:
            raise InputRefused(_("There is no row here."))
        return row

    def chosen(self, line: Line) -> None:
        self.workbench.push_screen(EvidenceScreen(self.row().id))


def cells_of(behind: Grounds, row: Row) -> list[str]:
    """The cells of a row that hold something, a line each; of two languages that of the interface comes first."""
    language = current_language()
    told = []
    for column in COLUMNS[row.kind]:
        for key in sorted(column.keys, key=lambda key: not key.endswith(f"_{language}")):
            if key in row.data:
                said_here = show_value(behind.framework, column, row.data[key], language)
                told.append(labelled(heading(column, key, language), said_here))
    return told


_START = "start"
"""What is chosen in place of a kind of row to begin with the outcomes that were named before the review."""


def _new(screen: FrameworkRowsScreen) -> None:
    def kind_chosen(key: str) -> None:
        if key == _START:
            n = len(start(screen.session.project, screen.workbench.coder()))
            screen.reread()
            made = ngettext("{n} row made.", "{n} rows made.", n).format(n=n)
            screen.say(made if n else _("These rows are there already."))
            return
        kind = RowKind(key)

        def write(text: str) -> None:
            column = next(each for each in COLUMNS[kind] if each.main)
            values = {f"{column.key}_{current_language()}": text}
            made = acts.add_row(screen.session.project, screen.workbench.coder(), kind, values)
            screen.reread()
            places = [line.key for line in screen.rows.rows]
            screen.rows.go_to(places.index(made.id) if made.id in places else 0)
            screen.say(labelled(made.ref, kind_name(kind)))

        screen.ask(labelled(kind_name(kind), "").rstrip(), write)

    kinds = {kind.value: kind_name(kind) for kind in RowKind}
    choose_name(
        screen, _("What kind of row?"), {**kinds, _START: _("named before the review: outcomes")}, kind_chosen
    )  # fmt: skip


def edit_row(screen: FrameworkRowsScreen | BuilderScreen, found: Framework) -> None:
    """Choose a column of the row under the cursor and write into it."""
    row, language = screen.row(), current_language()
    columns = {
        key: column
        for column in COLUMNS[row.kind]
        for key in sorted(column.keys, key=lambda key: not key.endswith(f"_{language}"))
    }
    options = {key: heading(column, key, language) for key, column in columns.items()}

    def store(cells: Sequence[tuple[str, str]]) -> None:
        values = acts.read_values(found, row.kind, cells)
        changed = acts.change_row(screen.session.project, screen.workbench.coder(), row, values)
        screen.reread()
        screen.say((_("{ref} was changed.") if changed else _("{ref} says this already.")).format(ref=row.ref))

    def column_chosen(key: str) -> None:
        def write(text: str) -> None:
            if key == "strength_set" and text.strip():
                acts.read_values(found, row.kind, [(key, text)])  # Before a reason is asked for.
                asked = labelled(options["strength_reason"], "").rstrip()
                before = str(row.data.get("strength_reason") or "")
                screen.ask(asked, lambda reason: store([(key, text), ("strength_reason", reason)]), text=before)
                return
            store([(key, text)])

        before = show_value(found, columns[key], row.data.get(key), language)
        choices = ", ".join(each.label.get(language) for each in columns[key].choices)
        asked = f"{options[key]} ({choices})" if choices else options[key]
        screen.ask(labelled(asked, "").rstrip(), write, text=before)

    choose_name(screen, _("Which column?"), options, column_chosen)


def _status(screen: FrameworkRowsScreen) -> None:
    row = screen.row()

    def chosen(key: str) -> None:
        acts.change_row(screen.session.project, screen.workbench.coder(), row, status=RowStatus(key))
        screen.reread()
        screen.say(labelled(row.ref, status_name(RowStatus(key))))

    choose_name(screen, _("How far is it?"), {each.value: status_name(each) for each in STATUSES[row.kind]}, chosen)


def _remove(screen: FrameworkRowsScreen) -> None:
    row = screen.row()
    acts.remove_rows(screen.session.project, screen.workbench.coder(), screen.behind.framework, [row])
    screen.reread()
    screen.say(_("Removed: {refs}").format(refs=row.ref))


def _kind(screen: FrameworkRowsScreen) -> None:
    def then(key: str) -> None:
        screen.kind = RowKind(key) if key else None

    screen.filter_by(_("Which rows?"), {"": _("all"), **{kind.value: kind_name(kind) for kind in RowKind}}, then)


FrameworkRowsScreen.HANDLERS = {
    **ListScreen.HANDLERS,
    **{f"rows.{name}": act for name, act in UNDO.items()},
    **VIEWS,
    "rows.around": AROUND["rows.around"],
    **LACKS,
    **OF_ROWS,
    "rows.new": _new,
    "rows.edit": lambda screen: edit_row(screen, screen.behind.framework),
    "rows.status": _status,
    "rows.remove": _remove,
    "rows.export": framework_book.export,
    "rows.read": framework_book.read_back,
    "rows.kind": _kind,
}
