"""What several states have in common, as the command line answers and prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hsreview.base.messages import _, current_language, labelled, ngettext
from hsreview.cli.output import emit, emit_table, say, shortened

if TYPE_CHECKING:
    from hsreview.cli.answers.states import StateCell, StateMatrix
    from hsreview.workflows.states import Cell, CrossState


def states_answer(found: CrossState) -> StateMatrix:
    """The matrix as it is answered."""
    from hsreview.cli.answers.shared import text_in
    from hsreview.workflows.states import state_names, why_not

    names = state_names(found)
    return {
        "internal": True,
        "states": [
            {
                "name": name,
                "state": side.book.base_state,
                "project": side.dataset.basis.project,
                "project_id": side.dataset.basis.project_id,
                "layer": side.dataset.basis.layer,
                "codebook": side.dataset.basis.codebook,
                "codebook_version": side.dataset.basis.codebook_version,
                "base": side.derived.base,
                "base_version": side.derived.base_version,
                "overlays": list(side.derived.overlays),
                "interviews": len(side.dataset.transcripts),
                "reviewed": len(side.dataset.reviewed),
                "respondents_heard": side.heard,
                "nameless": side.nameless,
            }
            for name, side in zip(names, found.sides, strict=True)
        ],
        "codes": [
            {
                "id": row.code_id,
                "ref": row.ref,
                "label": text_in(row.label),
                "theme": row.theme,
                "cells": [_cell(row.cells[n], name) for n, name in enumerate(names)],
            }
            for row in found.rows
        ],
        "not_compared": [
            {
                "id": each.code_id,
                "ref": each.ref,
                "label": text_in(each.label),
                "state": names[each.state],
                "why": each.why.value,
                "message": why_not(found, each),
            }
            for each in found.not_compared
        ],
    }


def _cell(cell: Cell | None, name: str) -> StateCell:
    return {
        "state": name,
        "codings": cell.codings if cell else None,
        "respondents": cell.respondents if cell else None,
        "through": list(cell.through) if cell else [],
    }


def _counted(cell: Cell) -> str:
    if not cell.through:
        return str(cell.codings)
    return _("{n} (with {codes})").format(n=cell.codings, codes=", ".join(cell.through))


def emit_states(found: CrossState) -> None:
    """Print the matrix, what its numbers rest on, and what is not compared."""
    from hsreview.workflows.states import basis_line, heard, internal, state_names, why_not

    language, names = current_language(), state_names(found)
    emit(internal())
    for number in range(len(names)):
        emit(basis_line(found, number))
    emit()
    headings = [_("code"), _("label")]
    for name in names:
        headings += [name, _("respondents")]
    lines = []
    for row in found.rows:
        line: list[object] = [row.ref, shortened(row.label.get(language), 28)]
        for number, cell in enumerate(row.cells):
            line += [_counted(cell), heard(found, number, cell)] if cell else ["–", "–"]
        lines.append(line)
    emit_table(headings, lines)
    n = len(found.rows)
    say(ngettext("{n} code compares.", "{n} codes compare.", n).format(n=n))
    if found.not_compared:
        emit()
        emit(labelled(_("Not comparable"), "").rstrip())
        for each in found.not_compared:
            what = f"{each.ref} {each.label.get(language)}, {names[each.state]}"
            emit("  " + labelled(what, why_not(found, each)))
