"""The framework is built: coded segments on one side, its rows on the other. One key makes a segment into a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual import events
from textual.containers import Container
from textual.widget import Widget

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold
from hsreview.base.messages import N_, _, current_language, labelled, ngettext
from hsreview.base.terminal import visible_block
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.framework_builder_acts import HANDLERS
from hsreview.tui.screens.framework_evidence import OWN, EvidenceScreen
from hsreview.tui.screens.framework_views import place_text
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.undoing import Undoing
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.lazy_rows import LazyRows
from hsreview.tui.widgets.rows import Column, RowList
from hsreview.tui.widgets.rows import Row as Line
from hsreview.workflows import building as acts
from hsreview.workflows import reading
from hsreview.workflows.coders import coders
from hsreview.workflows.framework_rows import Framework, Row, framework, kind_name, said, stance_name, status_name
from hsreview.workflows.framework_views import Place, View, heads, view
from hsreview.workflows.querying import newest
from hsreview.workflows.undoing import UndoResult

SIDE_BY_SIDE = 110
"""Cells from which the two lists stand beside each other; below, one above the other."""


class BuilderScreen(ListScreen):
    """Segments of the codes from which rows are made (the list of the screen), and the rows as an outcome map."""

    SCOPES = (Scope.BUILDER,)
    HANDLERS: ClassVar[Mapping[str, Callable[[Any], None]]] = {**ListScreen.HANDLERS, **HANDLERS}
    ABOUT = HelpText(
        N_("Builder of the framework"),
        N_(
            "Coded segments that speak of measurement, and the rows that are made from them. A key makes the segment "
            "into a draft of the kind that its code suggests; you write what it says in words of your own, because "
            "partners read it. The new row stands under the row of the other list, where it may. Tab goes from list "
            "to list; Enter goes to the words, or to what a row stands on."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.frame = RowList(
            (Column("", 1), Column(_("Framework"), hued=True), Column(_("Segm."), 6, right=True)), id="frame"
        )
        self.frame.when_moved = self.show_detail
        self.frame.when_chosen = self._row_chosen
        self.whose: str | None = None
        """A coder's id, `consensus`, or null for all coders."""
        self.code_id = ""
        self.group = ""
        self.unused = False
        self.wanted_row = ""
        """The words of the filter of the rows."""
        self.sources: Mapping[str, acts.Source] = {}
        """Id of a coding → its segment."""
        self.found = Framework((), ())
        self.standing: Mapping[tuple[str, int, int, str], Sequence[Row]] = {}
        self.places: Mapping[str, Place] = {}
        self.names: Mapping[str, str] = {}
        self.read = 0
        """The newest record when the rows were read."""

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Place"), 16, place=True), Column(_("Code"), 5, hued=True), Column(_("Rows"), 7),
            Column(_("Words")),
        )  # fmt: skip

    def body(self) -> Iterable[Widget]:
        yield Container(self.rows, self.frame, id="building")
        yield self.detail
        yield self.notice

    def fill(self) -> None:
        coder = self.session.coder
        self.whose = coder.id if coder else None
        super().fill()
        if self.whose and not self.sources:
            self.whose = None
            self.reread()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        if self.ready and self.read != newest(self.session.project):
            self.workbench.guarded(self.refresh_rows)

    def resized(self, event: events.Resize) -> None:
        self.set_class(event.size.width < SIDE_BY_SIDE, "-narrow")

    # What is shown

    def reread(self) -> None:
        """Read segments and rows anew; while the coder may not see them, there are none."""
        project, viewer = self.session.project, self.session.coder
        codes = [self.code_id] if self.code_id else []
        try:
            found = acts.sources(project, whose=self.whose, code_ids=codes, viewer=viewer)
        except InputRefused:
            self.sources, self.found = {}, Framework((), ())
            self.rows.show(())
            self.frame.show(())
            raise
        self.names = {coder.id: coder.name for coder in coders(project)}
        self.sources = {each.segment.coding.id: each for each in found}
        self.rows.empty = _("No segment here. {key} chooses the codes from which rows are made.").format(
            key=self.key("builder.codes")
        )
        self.refresh_rows()

    def refresh_rows(self, to: str = "") -> None:
        """Read the rows anew, with the cursor on the row `to` where it is given; segments stay as they were read."""
        self.read = newest(self.session.project)
        self.found = framework(self.session.project, viewer=self.session.coder)
        self.standing = acts.standing(self.session.project, self.found)
        super().reread()
        self._show_frame(to or None)

    def all_rows(self) -> Sequence[Line]:
        wanted = [
            source
            for source in self.sources.values()
            if self.group in ("", source.group) and not (self.unused and self.standing_on(source))
        ]
        return LazyRows(wanted, self._line)

    def standing_on(self, source: acts.Source) -> Sequence[Row]:
        """The rows that stand on the words of a segment already."""
        return self.standing.get(acts.place_of(source.segment.coding), ())

    def _line(self, source: acts.Source) -> Line:
        rows = self.standing_on(source)
        marks = f"{rows[0].ref}{f'+{len(rows) - 1}' if len(rows) > 1 else ''}" if rows else ""
        words = " ".join(source.segment.text.split())
        hue = self.session.code_name(source.code.code.id).hue
        return Line(source.segment.coding.id, (source.place, source.code.code.ref, marks, words), hue=hue)

    def _show_frame(self, to: str | None = None) -> None:
        places = view(self.found, View.OUTCOME_MAP)
        above = heads(places)
        words = fold(self.wanted_row).split()
        self.places = {each.key: each for each in places}
        current = self.rows.current
        marked = {row.id for row in self.standing_on(self.sources[current.key])} if current else set()
        lines = []
        for each in places:
            text = place_text(self.found, each, above)
            if all(word in fold(text) for word in words):
                links = len(self.found.links.get(each.row.id, ())) if each.row else 0
                mark = "●" if each.row and each.row.id in marked else ""
                look = "" if each.row else "heading"
                lines.append(Line(each.key, (mark, text, str(links) if links else ""), look))
        self.frame.empty = _("No row yet. {key} makes one from the segment.").format(key=self.key("builder.draft"))
        self.frame.show(lines, to)

    @property
    def in_rows(self) -> bool:
        """Whether the list of rows has the focus."""
        return self.focused is self.frame

    def on_descendant_focus(self) -> None:
        super().on_descendant_focus()
        for chosen, at, title in ((self.rows, 0, _("Place")), (self.frame, 1, _("Framework"))):
            sign = "▶ " if chosen is self.focused else ""
            chosen.columns[at] = replace(chosen.columns[at], title=sign + title)
            chosen.refresh()
        self.show_detail()

    def moved(self) -> None:
        if self.ready:
            self._show_frame()
        super().moved()

    def show_detail(self) -> None:
        line = self.frame.current if self.in_rows else self.rows.current
        told = self.row_told(self.places[line.key]) if line and self.in_rows else self.detail_of(line) if line else ""
        self.detail.update(visible_block(told))

    def show_segment(self) -> None:
        """Write the segment below the lists, whichever of them has the focus."""
        line = self.rows.current
        self.detail.update(visible_block(self.detail_of(line) if line else ""))

    def detail_of(self, row: Line) -> str:
        source = self.sources[row.key]
        segment, proposed = source.segment, source.suggestion
        name = self.session.code_name(source.code.code.id)
        parts = (kind_name(proposed.kind), acts.level_name(proposed), acts.role_name(proposed.role))
        about = " · ".join(part for part in parts if part)
        lines = [f"{name} → {about}", f"{segment.speaker or '–'} — {' '.join(segment.text.split())}"]
        details = self.session.details(segment.coding)
        rows = " ".join(row.ref for row in self.standing_on(source))
        return "\n".join([*lines, *([details] if details else []), *([labelled(_("Rows"), rows)] if rows else [])])

    def row_told(self, place: Place) -> str:
        """What stands below the lists for a line of the framework."""
        if place.row is None:
            return ""
        row = place.row
        head = f"{row.ref} · {kind_name(row.kind)} · {status_name(row.status)}"
        counts: dict[str, int] = {}
        for each in self.found.links.get(row.id, ()):
            counts[stance_name(each.stance)] = counts.get(stance_name(each.stance), 0) + 1
        stands = " · ".join(labelled(stance, str(n)) for stance, n in counts.items())
        return "\n".join(part for part in (head, " ".join(said(row, current_language()).split()), stands) if part)

    def title_pieces(self) -> Sequence[Piece]:
        n = len(self.rows.rows)
        count = ngettext("{n} segment", "{n} segments", n).format(n=n)
        whose = self.names.get(self.whose or "") or (_("consensus") if self.whose else _("all coders"))
        filters = [whose, self.group, _("unused only") if self.unused else ""]
        filters.append(str(self.session.code_name(self.code_id)) if self.code_id else "")
        told = " · ".join(part for part in filters if part)
        return [Piece(_("Builder"), "strong"), Piece(f" · {count} · ", "quiet"), Piece(told, "key")]

    def right_pieces(self) -> Sequence[Piece]:
        n = len(self.found.rows)
        words = [Piece(f" {_('filter: {words}').format(words=self.wanted_row)} ", "warn")] if self.wanted_row else []
        return [*words, Piece(" " + ngettext("{n} row", "{n} rows", n).format(n=n) + " ", "quiet")]

    # What is acted on

    def source(self) -> acts.Source:
        """The segment under the cursor. Raises InputRefused when there is none."""
        line = self.rows.current
        if line is None:
            raise InputRefused(_("There is no segment here."))
        return self.sources[line.key]

    def near(self) -> Row | None:
        """The row under the cursor of the other list; null when there is none."""
        line = self.frame.current
        return self.places[line.key].row if line else None

    def row(self) -> Row:
        """The row under the cursor. Raises InputRefused when there is none."""
        row = self.near()
        if row is None:
            raise InputRefused(_("There is no row here."))
        return row

    def chosen(self, row: Line) -> None:
        segment = self.sources[row.key].segment
        transcript = reading.present_transcript(self.session.project, segment.transcript_id)
        coding = segment.coding
        self.workbench.ways.jump(transcript, start=coding.start, end=coding.end, coding_id=coding.id)

    def _row_chosen(self, _line: Line) -> None:
        self.workbench.push_screen(EvidenceScreen(self.row().id))

    def ask_filter(self) -> None:
        """Ask for the words of the filter of the list that has the focus; it follows every letter."""
        if not self.in_rows:
            super().ask_filter()
            return
        before = self.wanted_row

        def typed(words: str) -> None:
            self.wanted_row = words
            self._show_frame()
            self.refresh_header()

        self.ask(_("Filter:"), typed, text=before, typed=typed, given_up=lambda: typed(before))

    @property
    def undoing(self) -> Undoing:
        def done(_result: UndoResult, told: str) -> None:
            before = self.standing
            self.reread()
            self._go_to_changed(before)
            self.say(told)

        return Undoing(self, OWN, None, done, self.say)

    def _go_to_changed(self, before: Mapping[tuple[str, int, int, str], Sequence[Row]]) -> None:
        """Put the cursor on the first segment on which other rows stand than `before`, if there is one here."""

        def refs(rows: Sequence[Row]) -> set[str]:
            return {row.id for row in rows}

        for index, line in enumerate(self.rows.rows):
            place = acts.place_of(self.sources[line.key].segment.coding)
            if refs(before.get(place, ())) != refs(self.standing.get(place, ())):
                self.rows.go_to(index)
                return
