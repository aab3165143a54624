"""The exchange: packages out and in, and the contradictions that wait for a decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.base.terminal import visible_block
from hsreview.model.exchange import Merged
from hsreview.model.people import Coder
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.line_editor import typed_path
from hsreview.tui.passphrases import Answers, PassphraseWanted
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.undoing import Undoing
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.key_menu import Entry
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows.brought import brought, lines_of
from hsreview.workflows.coders import coders
from hsreview.workflows.conflicts import ShownConflict, ShownValue, decide_conflict, open_conflicts
from hsreview.workflows.projects import Project
from hsreview.workflows.undoing import UndoResult

_TURNS = 2
"""Turns of a text that are shown below the list; `hsreview conflicts` lists them all."""


class ExchangeScreen(ListScreen):
    """The open conflicts; keys make packages and take them in."""

    SCOPES = (Scope.EXCHANGE,)
    ABOUT = HelpText(
        N_("Exchange"),
        N_(
            "A package is one encrypted file with records of coders. Whatever is in it twice, or came before, is "
            "harmless. Where two people changed the same thing without knowing of each other, it stands here until "
            "somebody decides: Enter takes one of the values, with a reason."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, ShownConflict] = {}

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("What"), 26, hued=True),
            Column(_("Field"), 14),
            Column(_("Contradicting values")),
        )

    def all_rows(self) -> Sequence[Row]:
        self.found = {
            each.conflict.id: each for each in open_conflicts(self.session.project, viewer=self.session.coder)
        }
        self.rows.empty = _("No contradictions.")
        return [self._row(each) for each in self.found.values()]

    def _row(self, each: ShownConflict) -> Row:
        values = " ≠ ".join(labelled(value.coder, value.said) for value in each.values)
        return Row(each.conflict.id, (each.thing, each.field, values))

    def title_pieces(self) -> Sequence[Piece]:
        count = len(self.found)
        said = ngettext("{count} contradiction", "{count} contradictions", count).format(count=count)
        return [Piece(f"{self.session.name} ▸ ", "quiet"), Piece(said, "strong" if not count else "warn")]

    def detail_of(self, row: Row) -> str:
        each = self.found[row.key]
        lines = []
        for value in each.values:
            lines.append(f"{value.coder}  {value.at[:16].replace('T', ' ')}  {value.said}")
            lines += [f"  {turn}" for turn in value.turns[:_TURNS]]
            left = len(value.turns) - _TURNS
            if left > 0:
                lines.append("  " + ngettext("and {n} more turn", "and {n} more turns", left).format(n=left))
        return "\n".join(lines)

    def chosen(self, row: Row) -> None:
        each = self.found[row.key]
        entries = [
            Entry(self.digit_keys(n), labelled(value.coder, value.said), partial(self._ask_reason, each, value))
            for n, value in enumerate(each.values)
        ]
        self.show_menu(_("{thing}: which value holds?").format(thing=each.thing), entries)

    def _ask_reason(self, each: ShownConflict, value: ShownValue) -> None:
        coder = self.workbench.coder()

        def done(reason: str) -> None:
            decide_conflict(self.session.project, coder, each.conflict.id, value.record, reason.strip())
            self.session.read_codebook()
            self.workbench.refresh_screens()
            self.say(_("Decided."))

        self.ask(_("Why does “{value}” hold?").format(value=value.said), done)

    # Packages

    def make(self, purpose: str, recipient: Coder | None = None, answers: Answers | None = None) -> None:
        """Write a package beside the screen; a passphrase is asked for where no key is known."""
        coder, root = self.workbench.coder(), self.session.project.root
        ask = answers or Answers({})
        self.say(_("Writing the package …"))

        def work() -> tuple[str, str] | PassphraseWanted:
            from hsreview.workflows.packages import Purpose, fingerprint, make_package

            with Project.open(root) as own:
                try:
                    made = make_package(own, coder, Purpose(purpose), recipient=recipient, ask=ask)
                except PassphraseWanted as wanted:
                    return wanted
            told = ngettext("Written: {path} ({count} record).", "Written: {path} ({count} records).", made.records)
            proof = _("Fingerprint of the file: {fingerprint}.").format(fingerprint=fingerprint(made.digest))
            return told.format(path=made.path.name, count=made.records), f"{made.path}\n{proof}"

        def done(answer: tuple[str, str] | PassphraseWanted) -> None:
            if isinstance(answer, PassphraseWanted):
                self.ask_passphrase(answer, ask, lambda more: self.make(purpose, recipient, more))
            else:
                said, details = answer
                self.say(said)
                self.detail.update(visible_block(details))

        self.workbench.in_background(work, done)

    def ask_passphrase(self, wanted: PassphraseWanted, answers: Answers, then: Callable[[Answers], None]) -> None:
        """Ask for a passphrase; it is not shown."""
        self.say("")

        def done(passphrase: str) -> None:
            if passphrase:
                then(answers.and_also(wanted.question, passphrase))

        self.ask(labelled(wanted.question, "").rstrip(" "), done, secret=True)

    def merge(self, paths: Sequence[Path], answers: Answers, *, dry_run: bool) -> None:
        """Look what packages would bring, beside the screen, and ask; or take them in."""
        root = self.session.project.root
        self.workbench.clear_notifications()  # What was refused before says nothing about these.
        self.say(_("Reading the packages …") if dry_run else _("Taking the packages in …"))

        def work() -> Merged | PassphraseWanted:
            from hsreview.workflows.taking_in import merge_files

            with Project.open(root) as own:
                try:
                    return merge_files(own, paths, answers, dry_run=dry_run)
                except PassphraseWanted as wanted:
                    return wanted

        def done(answer: Merged | PassphraseWanted) -> None:
            if isinstance(answer, PassphraseWanted):
                self.ask_passphrase(answer, answers, lambda more: self.merge(paths, more, dry_run=dry_run))
            elif dry_run:
                self._preview(answer, paths, answers)
            else:
                self.session.read_codebook()
                self.workbench.refresh_screens()
                self.say(_("Taken in: {what}").format(what=summary(answer)))
                self._list(answer)

        self.workbench.in_background(work, done)

    def _preview(self, merged: Merged, paths: Sequence[Path], answers: Answers) -> None:
        if merged.refused:
            self.workbench.tell(InputRefused(_("These packages are refused:"), merged.refused))
        if not merged.packages:
            self.say("")
            return
        self.say(summary(merged))
        self._list(merged)
        go = partial(self.merge, paths, answers, dry_run=False)
        names = ", ".join(each.name for each in brought(self.session.project, merged, self.session.coder))
        title = _("Take in the work of {names}?").format(names=names) if names else summary(merged)
        self.show_menu(title, [Entry(("enter",), _("Take in"), go)])

    def _list(self, merged: Merged) -> None:
        """Write what packages bring where the details of a row stand."""
        from hsreview.workflows.checking import uncleared
        from hsreview.workflows.withdrawn_files import holding_lines

        project = self.session.project
        lines = [*lines_of(project, merged, self.session.coder), *holding_lines(project), *uncleared(project)]
        self.detail.update(visible_block("\n".join(lines)))


def summary(merged: Merged) -> str:
    """What a merge brings, in a line."""
    new = sum(merged.new.values())
    missing = sum(gap.last - gap.first + 1 for gap in merged.missing)
    moved = sum(count for how, count in merged.carried.items() if how != "unchanged")
    open_, refused, weighty = len(merged.conflicts), len(merged.refused), len(merged.weighty)
    parts = [(new, ngettext("{count} new record", "{count} new records", new))]
    others = [
        (merged.known, _("{count} known already")),
        (merged.filled, _("{count} no longer withheld")),
        (missing, _("{count} missing")),
        (open_, ngettext("{count} contradiction", "{count} contradictions", open_)),
        (refused, ngettext("{count} file refused", "{count} files refused", refused)),
        (moved, _("{count} carried to another place")),
        (weighty, ngettext("{count} act of weight", "{count} acts of weight", weighty)),
    ]
    return ", ".join(text.format(count=count) for count, text in [*parts, *(each for each in others if each[0])])


def _for_coder(screen: ExchangeScreen) -> None:
    own = screen.workbench.coder()
    others = [coder for coder in coders(screen.session.project) if coder.id != own.id]
    if not others:
        raise UsageProblem(_("The team has no other coder yet."))
    entries = [
        Entry(screen.digit_keys(n), coder.name, partial(screen.make, "for", coder)) for n, coder in enumerate(others)
    ]
    screen.show_menu(_("A package for whom?"), entries)


def _merge(screen: ExchangeScreen) -> None:
    def done(answer: str) -> None:
        paths = [typed_path(part) for part in answer.split(";") if part.strip()]
        missing = [str(path) for path in paths if not path.is_file()]
        if missing:
            raise InputRefused(_("There is no file {name}.").format(name=missing[0]))
        if paths:
            screen.merge(paths, Answers({}), dry_run=True)

    text = str(screen.session.project.root / "exports") + "/"
    screen.ask(_("Packages to take in (; between several):"), done, text=text, select=False)


def _undoing(screen: ExchangeScreen) -> Undoing:
    def done(_result: UndoResult, said: str) -> None:
        screen.session.read_codebook()
        screen.workbench.refresh_screens()
        screen.say(said)

    def refused(reason: str) -> None:
        screen.say(reason, "warn")

    return Undoing(screen, frozenset({"ruling"}), None, done, refused)


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "exchange.mine": lambda screen: screen.make("mine"),
    "exchange.for_coder": _for_coder,
    "exchange.merge": _merge,
    "exchange.undo": lambda screen: _undoing(screen).undo(),
    "exchange.redo": lambda screen: _undoing(screen).redo(),
}
ExchangeScreen.HANDLERS = HANDLERS
