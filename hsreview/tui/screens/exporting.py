"""What goes out: one screen on which an export of any kind is chosen and written, and which says what is not in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from hsreview.base.errors import HsreviewError, InputRefused, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.messages import N_, _, current_language, labelled
from hsreview.base.terminal import visible_block
from hsreview.model.coding import CONSENSUS
from hsreview.tui.action import Action, Scope
from hsreview.tui.help import HelpText
from hsreview.tui.key_opening import open_key_file
from hsreview.tui.screens.export_choices import BOOKS, LINES, OF_A_LAYER
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.chooser import Choice
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import exports
from hsreview.workflows.coders import coders
from hsreview.workflows.exporting import Layer
from hsreview.workflows.exports import Exported, ExportStopped, Watch, What, Wish
from hsreview.workflows.profiles import save_profile
from hsreview.workflows.projects import Project
from hsreview.workflows.querying import default_layer, layers

if TYPE_CHECKING:
    from hsreview.workflows.key_files import KeyFile

STEMS = {
    What.WORKBOOK: "themes", What.PUBLIC: "public", What.REPORT: "report", What.PUBLIC_REPORT: "public-report",
    What.CSV: "tables", What.JSON: "tables", What.AUDIT: "audit", What.ARCHIVE: "archive", What.CONFIRMED: "archive",
}  # fmt: skip
ENDINGS = {
    What.WORKBOOK: ".xlsx", What.PUBLIC: ".xlsx", What.CSV: "", What.JSON: ".json", What.AUDIT: ".xlsx",
    What.ARCHIVE: ".zip", What.CONFIRMED: ".zip",
}  # fmt: skip


class ExportScreen(ListScreen):
    """One line for each choice, then what was written and what is not in it."""

    SCOPES = (Scope.EXPORT,)
    ABOUT = HelpText(
        N_("Export"),
        N_(
            "Enter changes the highlighted line; a key writes the file. Every file is put on record. What is written "
            "can be stopped with Esc; then nothing is written. Of a public file it is told below what was held back "
            "and why: that is internal."
        ),
    )

    def __init__(self, what: What = What.WORKBOOK) -> None:
        super().__init__()
        self.what = what
        self.wish: Wish | None = None
        self.own_path = False
        """Whether the name of the file was typed, and is kept whatever is chosen."""
        self.exported: Exported | None = None
        self.running = self.stopped = False
        self.no_licence = False
        """Whether somebody said that the licence is filled in later."""

    def fill(self) -> None:
        project, coder, last = self.session.project, self.session.coder, self.workbench.last_layer
        layer = last if last and last != "all" else default_layer(project, coder)
        what = self.what if layer is not None or self.what not in OF_A_LAYER else What.ARCHIVE
        self.wish = Wish(project.root, what, layer, current_language())
        self.change()
        super().fill()
        if layer is None:
            self.say(_("Nothing is coded yet: here is what needs no codings, the archive and the audit."))

    # What is chosen

    @property
    def order(self) -> Wish:
        """What is chosen, once the screen is filled."""
        assert self.wish is not None
        return self.wish

    @property
    def kinds(self) -> Sequence[What]:
        """What can be written: all, or while nothing is coded what needs no layer."""
        return [what for what in What if self.order.layer is not None or what not in OF_A_LAYER]

    def change(self, **wanted: Any) -> None:
        """Choose otherwise; the name of the file follows, unless somebody typed one."""
        wish = replace(self.order, **wanted)
        if "path" in wanted:
            self.own_path = True
        elif not self.own_path:
            name = re.sub(r"[^\w-]+", "-", self.layer_name(wish)).strip("-")
            name = f"-{name}" if wish.what in LINES["partial"].kinds else ""
            ending = ENDINGS.get(wish.what, f".{wish.form}")
            path = self.session.project.root / "exports" / f"{STEMS[wish.what]}{name}{ending}"
            wish = replace(wish, path=path)
        if wish.lang == "both" and wish.what not in BOOKS:
            wish = replace(wish, lang=current_language())
        self.wish, self.exported = wish, None
        self.refresh_footer()

    def live_actions(self) -> list[Action]:
        found = super().live_actions()
        sheets = self.wish is not None and self.wish.what in LINES["sheets"].kinds
        return found if sheets else [entry for entry in found if entry.id != "export.save"]

    def layer_name(self, wish: Wish) -> str:
        """How the layer is called."""
        found = {each.id: each.name for each in coders(self.session.project)}  # One's own may have no coding yet.
        found |= {each.id or each.name: each.name for each in self.all_layers()}
        return found.get(wish.layer or "", wish.layer or "")

    def all_layers(self) -> list[Layer]:
        """Whose codings there are."""
        return layers(self.session.project, viewer=self.session.coder)

    def columns(self) -> Sequence[Column]:
        return (Column("", 24, hued=True), Column(""))

    def all_rows(self) -> Sequence[Row]:
        wish = self.wish
        if wish is None:
            return ()
        rows = [
            Row(key, (_(line.label), line.shown(self, wish)))
            for key, line in LINES.items()
            if wish.what in line.kinds and (key != "partial" or wish.layer == CONSENSUS)
            if key != "layer" or wish.layer is not None
        ]
        return [*rows, *self._told()]

    def _told(self) -> list[Row]:
        done = self.exported
        if done is None:
            return []
        rows = [Row("told:path", (_("Written"), str(done.path)), "branch")]
        rows += [Row(f"told:{n}", ("", said)) for n, said in enumerate(done.notices)]
        if done.held_back:
            rows.append(Row("told:held", (_("Not in the file"), _("This report is internal.")), "branch"))
        return rows + [Row(f"held:{n}", (what, why), "quiet") for n, (why, what) in enumerate(done.held_back)]

    def title_pieces(self) -> Sequence[Piece]:
        return [Piece(_("Export"), "strong"), Piece(f" · {_(exports.NAMES[self.order.what])}" if self.wish else "")]

    def detail_of(self, row: Row) -> str:
        told = row.key.startswith(("told:", "held:")) and row.cells[0]
        return labelled(row.cells[0], row.cells[1]) if told else row.cells[1]

    def chosen(self, row: Row) -> None:
        line = LINES.get(row.key)
        if line is not None and not self.running:
            line.act(self)

    def pick(self, title: str, options: Mapping[str, str], then: Callable[[str], object]) -> None:
        """Choose one of a few names."""
        rows = [Row(key, (label,)) for key, label in options.items()]

        def search(query: str) -> Sequence[Row]:
            return [row for row in rows if fold(query) in fold(row.cells[0])]

        def choose(row: Row) -> None:
            def taken() -> None:
                then(row.key)
                self.reread()

            self.workbench.guarded(taken)

        self.choose(Choice(title, search, choose, (Column("", hued=True),), total=len(rows)), width=64)

    def ask_line(self, question: str, text: str, then: Callable[[str], object]) -> None:
        """Ask for a line of text."""

        def done(answer: str) -> None:
            then(answer.strip())
            self.reread()

        self.ask(question, done, text=text)

    # Writing

    def write(self) -> None:
        """Write the file in the background; for an archive the key file is opened first."""
        if self.running:
            return
        wish = self.order
        if wish.path.suffix.lower() != ENDINGS.get(wish.what, f".{wish.form}"):
            ending = ENDINGS.get(wish.what, f".{wish.form}") or _("no ending: it is a folder")
            raise UsageProblem(_("The name of this file ends in {ending}.").format(ending=ending))
        if exports.needs_key_file(self.session.project, wish):
            open_key_file(self, self._complete, self._busy)
        else:
            self._complete()

    def _complete(self, key_file: KeyFile | None = None) -> None:
        """Ask what is missing, after the passphrase: whoever expects that one would type it in clear."""

        def then(answer: str) -> None:
            self._check(key_file, answer)
            self.change(licence=answer)
            self.no_licence = not answer
            self._begin(self.order, key_file)

        if self.order.what is What.ARCHIVE and not self.order.licence and not self.no_licence:
            self.ask_line(_("Licence of the archive (empty: to be filled in):"), "", then)
        else:
            self._begin(self.order, key_file)

    def _check(self, key_file: KeyFile | None, *values: str) -> None:
        if key_file is not None:
            for value in values:
                key_file.check_value(value)

    def _busy(self, now: bool) -> None:
        self.running = now

    def _begin(self, wish: Wish, key_file: KeyFile | None) -> None:
        self._check(key_file, wish.licence, wish.recipient, wish.names_replaced_before)
        register = key_file.register if key_file is not None else None
        root = self.session.project.root
        coder = self.workbench.coder() if wish.what.by_somebody else self.session.coder
        self.running, self.stopped, self.exported = True, False, None
        self.reread()
        watch = Watch(partial(self.app.call_from_thread, self._step), lambda: self.stopped)

        def work() -> Exported | HsreviewError:
            try:
                with Project.open(root) as project:
                    return exports.export(project, coder, wish, watch, register)
            except HsreviewError as refused:
                return refused
            finally:
                self.running = False

        self.workbench.in_background(work, self._done)

    def _step(self, said: str) -> None:
        self.say(_("{step}  ·  Esc stops").format(step=said))

    def _done(self, answer: Exported | HsreviewError) -> None:
        if self not in self.app.screen_stack:
            self._tell_elsewhere(answer)
            return
        self.say("")
        if isinstance(answer, ExportStopped):
            self.say(answer.message, "warn")
        elif isinstance(answer, HsreviewError):
            self.workbench.tell(answer)
        else:
            self.exported = answer
            self.reread()
            left = _("below stands what is not in it") if answer.held_back else ""
            self.say("  ·  ".join(filter(None, (_("Written: {path}").format(path=answer.path.name), left))))
            self.rows.go_to(next((at for at, row in enumerate(self.rows.rows) if row.key == "told:path"), 0))

    def _tell_elsewhere(self, answer: Exported | HsreviewError) -> None:
        """Somebody left this screen while the file was written, and is at work on another one."""
        if isinstance(answer, HsreviewError):
            self.workbench.tell(answer)
            return
        lines = (_("Written: {path}").format(path=answer.path), *answer.notices)
        self.app.notify(visible_block("\n".join(lines)), markup=False)

    def back(self) -> None:
        """Stop what is being written, else leave."""
        if self.running:
            self.stopped = True
            self.say(_("Stopping …"))
        else:
            self.app.pop_screen()

    def save(self) -> None:
        """Save the chosen sheets as a profile of the team."""
        sheets, project, coder = self.order.sheets, self.session.project, self.workbench.coder()
        if sheets is None or self.order.what not in LINES["sheets"].kinds:
            raise InputRefused(_("Choose sheets first: a profile is a choice of sheets."))

        def done(name: str) -> None:
            new = save_profile(project, coder, name, sheets)
            said = _("The profile is saved as {name}.") if new else _("{name} says this already.")
            self.say(said.format(name=name))

        self.ask(_("Name of the profile:"), done)


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "export.write": lambda screen: screen.write(),
    "export.save": lambda screen: screen.save(),
    "everywhere.back": lambda screen: screen.back(),
}
ExportScreen.HANDLERS = HANDLERS
