"""Writing an entry of the journal by keyboard: one short question after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hsreview.base.messages import _, current_language, labelled
from hsreview.tui.base_screen import BaseScreen
from hsreview.tui.screens.framework_evidence import choose_name
from hsreview.workflows import journal as acts
from hsreview.workflows.framework_rows import Column, Row
from hsreview.workflows.journal import DATE, Journal, form_columns
from hsreview.workflows.journal_remarks import remarks
from hsreview.workflows.monitoring import show_entry_value


def write_entry(screen: BaseScreen, found: Journal, row: Row, then: Callable[[str], None]) -> None:
    """Ask for the date and what an entry on `row` holds; it is stored after the last answer, and `then` is told.

    Raises InputRefused for a row on which nothing is entered.
    """
    columns = form_columns(row)
    answers: dict[str, str] = {"date": date.today().isoformat(), "next_check": str(row.data.get("next_check") or "")}

    def step(n: int) -> None:
        if n == len(columns):
            store()
            return

        def answered(text: str) -> None:
            acts.read_entry_value(found.framework, columns[n], text)  # Told at once, while the question is open.
            answers[columns[n].key] = text
            step(n + 1)

        ask_column(screen, row, columns[n], answers.get(columns[n].key, ""), answered)

    def store() -> None:
        given = [(each.key, answers[each.key]) for each in columns]
        values = acts.read_entry(found.framework, row, given)
        made = acts.add_entry(screen.session.project, screen.workbench.coder(), row, values)
        others = [each for each in found.of.get(row.id, ()) if each.id != made.id]
        told = _("An entry on {ref} was written.").format(ref=row.ref)
        then(" ".join([told, *remarks(row, made.date, others, kind=made.kind or "")]))

    step(0)


def ask_column(screen: BaseScreen, row: Row, column: Column, before: str, then: Callable[[str], None]) -> None:
    """Ask what one cell of an entry is to hold; `then` gets its text, which may be empty."""
    label = column.label.get(current_language())
    title = labelled(f"{row.ref} · {label}", "").rstrip()
    if column.choices:
        words = {each.key: f"{each.key} · {each.label.get(current_language())}" for each in column.choices}
        choose_name(screen, title, {**words, "": _("(nothing)")}, then)
    elif column is DATE:
        screen.ask(title, then, text=before)
    else:
        screen.ask(title, then, text=before, select=False)


def cell_text(found: Journal, column: Column, held: object) -> str:
    """What a cell holds, as it is proposed for a change."""
    return show_entry_value(found, column, held, current_language()) if held is not None else ""
