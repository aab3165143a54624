"""The names that were found in an import: what is put in the place of each, one key each; a person decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, ngettext
from hsreview.base.terminal import visible_block
from hsreview.model.naming import NAME_CLASSES, NAME_STATES, NameClass
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens import names_acts
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row

if TYPE_CHECKING:
    from hsreview.tui.screens.names_keeping import Keeper
    from hsreview.workflows.pseudonymising import Name

MARKS: Mapping[str, str] = {"open": "?", "replaced": "✓", "generalised": "≈", "kept": "–"}
_CONTEXTS = 3
_EDGES = 3


class NamesScreen(ListScreen):
    """Every name once, however it is spelled; below the list, places where it stands."""

    SCOPES = (Scope.NAMES,)
    HANDLERS: ClassVar[Mapping[str, Callable[[Any], None]]] = {**ListScreen.HANDLERS, **names_acts.HANDLERS}
    ABOUT = HelpText(
        N_("Names"),
        N_(
            "Decide about every name: a pseudonym, words in brackets, or leave it as it is. A decision counts for "
            "every spelling in all files. Whatever is decided, others may still recognise who is meant: it does not "
            "make a text anonymous."
        ),
    )

    def __init__(self, keeper: Keeper) -> None:
        super().__init__()
        self.keeper = keeper
        self.names = keeper.names
        """What was found, and the acts on it."""
        self.state = ""
        """The only state that is listed; empty: all."""
        self.kind = ""
        """The only class that is listed; empty: all."""
        self.listed: dict[str, Name] = {}
        self._proposals: Mapping[int, str] = {}
        self._of: object = None

    def columns(self) -> Sequence[Column]:
        return (
            Column("", 1),
            Column(_("Name")),
            Column(_("Class"), 22, least=70),
            Column(_("In its place")),
            Column(_("How often"), 9, right=True, least=96),
            Column(_("Found by"), 20, least=110),
        )

    def fill(self) -> None:
        super().fill()
        for line in self.names.moved_in_words():
            self.workbench.notify(visible_block(line), markup=False)
        missing = ", ".join(language or _("unknown language") for language in self.names.without_model)
        if missing:
            self.say(_("No model for {language}: rules and lists alone looked.").format(language=missing), "warn")
        else:
            self.say(_("Names were looked for by: {engines}").format(engines=", ".join(self.names.engines)), "quiet")

    @property
    def proposals(self) -> Mapping[int, str]:
        """Number of each open name → what is proposed in its place."""
        if self._of is not self.names.register:
            self._proposals = self.names.settled()
            self._of = self.names.register
        return self._proposals

    def all_rows(self) -> Sequence[Row]:
        wanted = [n for n in self.names.names if self.state in ("", n.state) and self.kind in ("", n.kind)]
        self.listed = {str(name.number): name for name in wanted}
        return [self._row(name) for name in wanted]

    def _row(self, name: Name) -> Row:
        state = name.state.value
        placed = name.replacement or (f"→ {self.proposals[name.number]}" if state == "open" else _(NAME_STATES[state]))
        cells = (
            MARKS[state],
            name.form,
            _(NAME_CLASSES[NameClass(name.kind)]),
            placed,
            str(name.places.count),
            _engines(name),
        )
        return Row(
            str(name.number), tuple(" ".join(cell.split()) for cell in cells), "" if state == "open" else "quiet"
        )

    def title_pieces(self) -> Sequence[Piece]:
        return [Piece(_("Import"), "quiet"), Piece(" ▸ ", "quiet"), Piece(_("Names"), "strong")]

    def right_pieces(self) -> Sequence[Piece]:
        left, found = len(self.names.undecided), len(self.names.names)
        only = [_(NAME_STATES[self.state])] if self.state else []
        only += [_(NAME_CLASSES[NameClass(self.kind)])] if self.kind else []
        shown = [Piece(f" {_('only: {what}').format(what=', '.join(only))} ", "warn")] if only else []
        told = _("{left} of {count} not decided")
        return [*shown, Piece(f" {told.format(left=left, count=found)} ", "warn" if left else "quiet")]

    def detail_of(self, row: Row) -> str:
        name = self.listed[row.key]
        seen = name.places
        files = ngettext("{n} file", "{n} files", len(seen.files)).format(n=len(seen.files))
        facts = [
            _("no. {number}").format(number=name.number),
            _(NAME_STATES[name.state.value]),
            ngettext("{n} time", "{n} times", seen.count).format(n=seen.count),
            files,
            _("found by {engines}").format(engines=_engines(name)) if name.seen.engines else "",
            _("only with a capital") if name.cased else "",
            _("only with a capital: {forms}").format(forms=_flat(", ".join(name.capital))) if name.capital else "",
        ]
        lines = [" · ".join(fact for fact in facts if fact)]
        if name.variants:
            lines.append(_("also: {variants}").format(variants=", ".join(_flat(each) for each in name.variants)))
        width = max(20, self.size.width - _EDGES)
        return "\n".join([*lines, *(marked(*context, width) for context in seen.contexts[:_CONTEXTS])])

    def chosen(self, row: Row) -> None:
        names_acts.edit(self)

    def current(self) -> Name:
        """The name under the cursor. Raises InputRefused when there is none."""
        row = self.rows.current
        if row is None:
            raise InputRefused(_("There is no name here."))
        return self.listed[row.key]

    def changed(self, said: str, keep: int | None = None, *, onward: bool = False) -> None:
        """Show what was decided and keep it; `onward` goes to the next name about which nobody decided."""
        at = self.rows.cursor
        moved = self._moved()
        self.keeper.soon()
        self.reread()
        if keep is not None:
            self.rows.show(self.rows.rows, str(keep))
        if onward:
            self.next_open(at)
        self.say(f"{said}  {self.key('names.undo')} {_('undo')}{moved}")

    def _moved(self) -> str:
        """Says of how many names what is proposed had to change with the last act; empty for none."""
        before = self._of
        n = len(self.names.moved) if self.proposals and self._of is not before else 0
        told = ngettext("{n} proposal changed with it.", "{n} proposals changed with it.", n)
        return f"  {told.format(n=n)}" if n else ""

    def next_open(self, at: int) -> None:
        """Go to the next name from the row `at` on about which nobody decided, from the top after the last one."""
        order = [*range(at, len(self.rows.rows)), *range(at)]
        found = next(
            (n for n in order if n < len(self.rows.rows) and self.rows.rows[n].cells[0] == MARKS["open"]), None
        )
        if found is None:
            self.say(_("Everything that is listed is decided."))
        else:
            self.rows.go_to(found)


def marked(before: str, form: str, after: str, width: int) -> str:
    """One place in a text on one line of `width` cells, with signs around the form."""
    form = f"▸{_flat(form)}◂"
    side = max(0, (width - cell_len(form)) // 2 - 1)
    left, right = _flat(before), _flat(after)
    return f"…{left[max(0, len(left) - side) :]}{form}{right[:side]}…"


def _engines(name: Name) -> str:
    from hsreview.workflows.name_finding import engine_words

    return ", ".join(map(engine_words, name.seen.engines))


def _flat(text: str) -> str:
    return "".join(" " if char in "\n\r\t" else char for char in text)
