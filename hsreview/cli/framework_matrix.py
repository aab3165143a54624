"""`framework-matrix`: show the framework matrix, write its summaries, and exchange it as an Excel sheet."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, current_language, labelled, ngettext
from hsreview.cli.framework_matrix_kit import by, layer_option
from hsreview.cli.framework_sheet import export, read
from hsreview.cli.kit import argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_csv, emit_json, emit_lines, emit_table, say
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.framework_matrix import FrameworkCell, FrameworkCounts
    from hsreview.cli.answers.queries import Basis
    from hsreview.workflows.framework_matrix import Case, Cell, Charting

framework_matrix = group(
    "framework-matrix",
    N_(
        "Sum up cases under themes: show, write and exchange the framework matrix.\n\n"
        "A cell holds a summary that a person wrote, and the segments that it rests on. Without a further word, the "
        "matrix is shown."
    ),
    default="show",
)
_STATUS = ("todo", "drafted", "checked")


def basis_of(charting: Charting) -> Basis:
    """What the matrix rests on, for a JSON answer."""
    basis = charting.matrix.basis
    return {
        "layer": basis.layer,
        "coder_id": basis.layer_coder,
        "codebook": basis.codebook,
        "codebook_version": basis.codebook_version,
        "interviews": charting.matrix.interviews,
        "reviewed": charting.matrix.reviewed,
        "selection": basis.selection,
    }


def emit_basis(charting: Charting) -> None:
    """What the matrix rests on, on one line."""
    basis = charting.matrix.basis
    emit(
        _("Layer: {layer} · codebook {codebook} {version} · {reviewed} of {n} interviews reviewed").format(
            layer=basis.layer, codebook=basis.codebook, version=basis.codebook_version,
            reviewed=charting.matrix.reviewed, n=charting.matrix.interviews,
        )
    )  # fmt: skip


@sub(
    framework_matrix,
    "show",
    N_(
        "Show the framework matrix of a layer, or with --case or --theme its summaries in full.\n\n"
        "✓ checked, ✎ drafted, ○ to do, each with the number of segments behind the cell; ! says that segments came or "
        "went since the summary was written. An empty cell says why: ∅ asked and nothing said, × not asked, ? on no "
        "record, … not coded to the end, ≠ not settled, – not read, · no interview, # not shown to a blind coder."
    ),
)
@by
@layer_option
@option("--case", metavar=N_("CASE"), text=N_("Only this case, with its summaries and segments."))
@option("--theme", metavar=N_("THEME"), text=N_("Only this theme, with its summaries and segments."))
@option(
    "--attribute",
    "attributes",
    metavar=N_("NAME"),
    multiple=True,
    text=N_("A column with this attribute of the cases."),
)
@option("--csv", "as_csv", is_flag=True, text=N_("Print a table with a row for each cell, as CSV."))
@as_json
@pass_world
def show(
    world: World, by: str, layer: str | None, case: str | None, theme: str | None, attributes: tuple[str, ...],
    as_csv: bool, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.framework_matrix import charting, find_case, find_theme, kind_named

    if as_csv and as_json:
        raise UsageProblem(_("Choose one of --json and --csv."))
    with world.reading() as project:
        found = charting(project, kind_named(by), layer, viewer=world.reader(project))
    matrix = found.matrix
    cases = [find_case(matrix.cases, case, found.dataset.codebook)] if case else list(matrix.cases)
    themes = [find_theme(found.dataset.codebook, theme)] if theme else list(matrix.themes)
    cells = [matrix.cell(each, column) for each in cases for column in themes]
    if as_json:
        emit_json(
            {
                "kind": str(matrix.kind),
                "basis": basis_of(found),
                "themes": [{"id": t.id, "ref": t.ref, "label": t.label.get(current_language())} for t in themes],
                "cases": [_case(each) for each in cases],
                "cells": [_cell(found, each) for each in cells],
                "apart": [
                    {"id": each.id, "case_id": each.case_id, "theme_id": each.theme_id, "text": each.text}
                    for each in matrix.apart
                ],
            }
        )
    elif as_csv:
        _print_csv(found, cells, attributes)
    else:
        emit_basis(found)
        emit()
        if case or theme:
            _print_cells(found, cells)
        else:
            from hsreview.workflows.framework_matrix import mark

            grouped = [] if matrix.kind == "group" else [_("group")]
            emit_table(
                [_("case"), *grouped, *attributes, *(each.ref for each in themes)],
                [
                    (
                        found.called(each), *([found.groups(each)] if grouped else []),
                        *(str(each.attributes.get(name) or "") for name in attributes),
                        *(mark(matrix.cell(each, column)) for column in themes),
                    )
                    for each in cases
                ],
            )  # fmt: skip
    _tell_empty(found)
    if matrix.apart:
        n = len(matrix.apart)
        text = ngettext(
            "{n} summary is kept whose case or theme is no longer in the project; --json prints it.",
            "{n} summaries are kept whose case or theme is no longer in the project; --json prints them.",
            n,
        )
        say(text.format(n=n))


def _tell_empty(found: Charting) -> None:
    """Say why there is no row, and what to do."""
    why = found.why_empty()
    if why:
        link = _("Link one: hsreview speakers set TRANSCRIPT LABEL --respondent NAME")
        other = _("Other rows are chosen with --by: respondent, organisation, group or transcript.")
        say(" ".join([why, *([link] if found.matrix.kind == "respondent" else []), other]))


def _case(case: Case) -> dict[str, object]:
    return {
        "id": case.id, "name": case.name, "group": case.group, "attributes": dict(case.attributes),
        "transcript_ids": list(case.transcripts),
    }  # fmt: skip


def _cell(found: Charting, cell: Cell) -> FrameworkCell:
    refs = {place.code.id: place.code.ref for place in found.dataset.codebook.codes()}
    linked = set(cell.summary.segments) if cell.summary is not None else set()
    return {
        "case_id": cell.case.id,
        "case": cell.case.name,
        "theme_id": cell.theme.id,
        "theme": cell.theme.ref,
        "text": cell.text,
        "status": cell.status.value,
        "empty": cell.empty.value,
        "segments": [
            {
                "id": each.coding.id,
                "transcript_id": each.transcript_id,
                "place": found.place(each),
                "code": refs.get(each.coding.code_id, "?"),
                "text": each.text,
                "linked": each.coding.id in linked,
            }
            for each in found.segments(cell)
        ],
        "gone": cell.gone,
        "unlinked": cell.unlinked,
        "coder_id": cell.summary.coder_id if cell.summary is not None else "",
        "at": cell.summary.at if cell.summary is not None else "",
    }


def _print_csv(found: Charting, cells: Sequence[Cell], attributes: Sequence[str]) -> None:
    basis = found.matrix.basis
    emit_csv(
        [
            "case", "group", *attributes, "theme", "status", "empty", "segments", "text", "layer", "codebook",
            "codebook_version",
        ],
        [
            [
                cell.case.name, cell.case.group, *(cell.case.attributes.get(name) or "" for name in attributes),
                cell.theme.ref, cell.status.value, cell.empty.value, len(cell.behind), cell.text, basis.layer,
                basis.codebook, basis.codebook_version,
            ]
            for cell in cells
        ],
    )  # fmt: skip


def _print_cells(found: Charting, cells: Sequence[Cell]) -> None:
    from hsreview.workflows.framework_matrix import empty_name, status_name

    for cell in cells:
        theme = f"{cell.theme.ref} {cell.theme.label.get(current_language())}".strip()
        emit(f"{found.called(cell.case)} · {theme} · {empty_name(cell) or status_name(cell.status)}")
        emit_lines(f"    {line}" for line in cell.text.split("\n") if cell.text)
        linked = set(cell.summary.segments) if cell.summary is not None else set()
        for each in found.segments(cell):
            sign = "•" if each.coding.id in linked else " "
            emit(f"  {sign} {found.place(each)}  {' '.join(each.text.split())}  [{each.coding.id}]")
        emit()


@sub(framework_matrix, "status", N_("Say how far the charting is, theme by theme."))
@by
@layer_option
@as_json
@pass_world
def status(world: World, by: str, layer: str | None, as_json: bool) -> None:
    from hsreview.workflows.framework_matrix import charting, empty_word, kind_named

    with world.reading() as project:
        found = charting(project, kind_named(by), layer, viewer=world.reader(project))
    matrix = found.matrix
    rows = [_counts(t.ref, [matrix.cell(case, t) for case in matrix.cases]) for t in matrix.themes]
    rows.append(_counts(None, list(matrix.cells.values())))
    if as_json:
        emit_json({"kind": str(matrix.kind), "basis": basis_of(found), "themes": rows})
        return
    emit_basis(found)
    emit()
    emit_table(
        [_("theme"), _("to do"), _("drafted"), _("checked"), _("empty, because")],
        [
            (
                _("all together") if row["theme"] is None else row["theme"], row["todo"], row["drafted"],
                row["checked"], ", ".join(f"{empty_word(key)} {n}" for key, n in row["empty"].items()),
            )
            for row in rows
        ],
    )  # fmt: skip
    _tell_empty(found)


def _counts(theme: str | None, cells: Sequence[Cell]) -> FrameworkCounts:
    why: dict[str, int] = {}
    for cell in cells:
        if cell.empty.value not in ("", "to_do"):
            why[cell.empty.value] = why.get(cell.empty.value, 0) + 1
    charted = [cell for cell in cells if cell.empty.value in ("", "to_do")]
    done = {name: sum(cell.status.value == name for cell in charted) for name in ("todo", "drafted", "checked")}
    return {"theme": theme, "todo": done["todo"], "drafted": done["drafted"], "checked": done["checked"], "empty": why}


@sub(
    framework_matrix,
    "set",
    N_(
        "Write the summary of a case under a theme, or change how far it is.\n\n"
        "- reads the text from standard input. New words make a draft of it; --status checked says that it was "
        "checked. An empty text empties the cell. Undo brings back what was there."
    ),
)
@argument("case", N_("CASE"))
@argument("theme", N_("THEME"))
@argument("text", N_("[TEXT]"), required=False)
@by
@option("--status", "status_", type=click.Choice(_STATUS), text=N_("How far it is."))
@option(
    "--segment", "segments", metavar=N_("ID"), multiple=True,
    text=N_("A coding that the summary rests on; these replace the ones before."),
)  # fmt: skip
@option("--all-segments", is_flag=True, text=N_("It rests on every segment of the cell in the layer."))
@layer_option
@pass_world
def set_(
    world: World, case: str, theme: str, text: str | None, by: str, status_: str | None, segments: tuple[str, ...],
    all_segments: bool, layer: str | None,
) -> None:  # fmt: skip
    from hsreview.workflows.framework_matrix import (
        Charted,
        Edit,
        case_name,
        cases,
        charting,
        check_segments,
        find_case,
        find_theme,
        kind_named,
        write_cells,
    )  # fmt: skip
    from hsreview.workflows.reading import codebook

    if text is None and status_ is None and not segments and not all_segments:
        raise UsageProblem(_("Say what is to change: a text, --status, --segment or --all-segments."))
    if segments and all_segments:
        raise UsageProblem(_("Choose one of --segment and --all-segments."))
    if text == "-":
        text = sys.stdin.read().rstrip("\n")
    kind = kind_named(by)
    with world.writing() as (project, coder):
        book = codebook(project)
        row, column = find_case(cases(project, kind), case, book), find_theme(book, theme)
        links: tuple[str, ...] | None = None
        if all_segments:
            found = charting(project, kind, layer, viewer=coder)
            cell = found.matrix.cell(find_case(found.matrix.cases, row.id, book), column)
            links = tuple(each.coding.id for each in found.segments(cell))
        elif segments:
            links = check_segments(project, segments)
        wanted = Charted(status_) if status_ else None
        done = write_cells(project, coder, kind, [Edit(row.id, column.id, text, wanted, links)])
    where = f"{case_name(row, book)} · {column.ref}"
    say(labelled(where, _("Stored.") if done else _("It says this already.")))


for _each in (export, read):
    framework_matrix.add_command(_each)
