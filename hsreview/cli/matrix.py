"""`matrix`: themes and codes against interviews, groups, attributes, time and each other."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.base.terminal import visible
from hsreview.cli.kit import argument, as_json, command, option
from hsreview.cli.output import cells, emit, emit_csv, emit_json, emit_table, say, shortened
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.matrices import BehindCoding, CodeMeeting, MatrixBasis, MatrixCell, MatrixHeader
    from hsreview.workflows.matrices import Header, Measure, OpenMatrices, Table, Wish

NAMES = (
    "theme-interview", "theme-group", "crosstab", "theme-speaker", "co-occurrence", "modifiers", "timeline",
    "saturation", "gaps", "divergence",
)  # fmt: skip
LONGEST_ROW, LONGEST_HEAD = 30, 16
"""Cells of the names of rows and columns in print."""


@command(
    "matrix",
    N_(
        "Count a matrix of one layer.\n\n"
        "theme-interview: themes by interview. theme-group, crosstab --by ATTRIBUTE: of how many respondents, "
        "organisations and interviews how many mention a theme. theme-speaker: by who speaks. co-occurrence: codes "
        "that stand together. modifiers: codes by stance, modality … timeline: by date or wave. saturation: new codes "
        "with each interview. gaps: for which group and place a review question was heard, asked in vain, not asked "
        "or not coded yet. divergence: what one group alone says, or judges the other way.\n\n"
        "Numbers rest on the interviews marked as reviewed. Shares are given from 20 people on; below, 3/12 stays "
        "3 of 12. --cell ROW COLUMN lists the codings behind a cell."
    ),
)
@argument("kind", N_("MATRIX"), type=click.Choice(NAMES))
@option("--layer", metavar=N_("NAME"), text=N_("Whose codings: the name of a coder, or consensus."))
@option("--level", metavar="theme|code|N", default="", text=N_("Rows: themes, codes, or codes N levels deep."))
@option("--codes", metavar=N_("REFS"), text=N_("Only these themes and codes, with commas between them."))
@option("--by", metavar=N_("NAME"), default="", text=N_("Attribute of a crosstab; date or wave; the place of gaps."))
@option("--period", type=click.Choice(["year", "month", "day"]), default="month", show_default=True,
        text=N_("Period of a timeline by date."))  # fmt: skip
@option("--within", metavar="overlap|turn|N", default="overlap", show_default=True,
        text=N_("Codes stand together on the same words, in a turn, or N turns apart."))  # fmt: skip
@option("--count", metavar=N_("WHAT"), text=N_("What is shown (respondents, interviews, codings, words …)."))
@option("--share", is_flag=True, text=N_("Show shares where they may be given."))
@option("--cell", metavar=N_("ROW COLUMN"), nargs=2, text=N_("List the codings behind this cell."))
@option("--csv", "as_csv", is_flag=True, text=N_("Print the table as CSV."))
@as_json
@pass_world
def matrix(
    world: World, kind: str, layer: str | None, level: str, codes: str | None, by: str, period: str, within: str,
    count: str | None, share: bool, cell: tuple[str, str] | None, as_csv: bool, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows import matrix_words
    from hsreview.workflows.matrices import Wish, open_matrices

    if as_csv and as_json:
        raise UsageProblem(_("Choose one of --json and --csv."))
    refs = tuple(part.strip() for part in codes.split(",") if part.strip()) if codes else ()
    wish = Wish(kind, level, refs, by, period, within)
    with world.reading() as project:
        opened = open_matrices(project, layer, viewer=world.reader(project))
        table = opened.table(wish)
        measure = matrix_words.measure_named(table, count) if count else table.measures[0]
        if cell:
            _behind(opened, wish, table, cell, as_csv=as_csv, as_json=as_json)
            return
    if as_json:
        emit_json(
            {
                "matrix": table.kind,
                "detail": table.detail,
                "basis": _basis(table),
                "measures": [str(each) for each in table.measures],
                "rows": [_header(each) for each in table.rows],
                "columns": [_header(each) for each in table.columns],
                "cells": _cells(table),
                "notes": matrix_words.notes(table),
            }
        )
    elif as_csv:
        _print_csv(table, measure, share)
    else:
        _print(table, measure, share)
    for note in matrix_words.notes(table):
        say(note)


def _basis(table: Table) -> MatrixBasis:
    basis, scope = table.basis, table.scope
    return {
        "layer": basis.layer,
        "coder_id": basis.layer_coder,
        "codebook": basis.codebook,
        "codebook_version": basis.codebook_version,
        "interviews": scope.interviews,
        "reviewed": scope.reviewed,
        "begun": scope.begun,
        "selection": basis.selection,
    }


def _header(header: Header) -> MatrixHeader:
    from hsreview.cli.answers.shared import text_in
    from hsreview.workflows.matrices import full_ref

    return {
        "kind": header.kind,
        "key": header.key,
        "name": "" if header.kind in ("all", "none") else full_ref(header),
        "label": text_in(header.label),
        "base": {str(measure): n for measure, n in header.base.items()},
        "state": str(header.why),
        "about": dict(header.about),
    }


def _cells(table: Table) -> list[MatrixCell]:
    found: list[MatrixCell] = []
    for r, row in enumerate(table.rows):
        for c, column in enumerate(table.columns):
            shares = ((each, table.share(r, c, each)) for each in table.measures)
            found.append(
                {
                    "row": row.key,
                    "column": column.key,
                    "values": {str(each): table.value(r, c, each) for each in table.measures},
                    "shares": {str(each): share for each, share in shares if share is not None},
                    "state": str(table.reason(r, c)),
                    "codings": len(table.behind(r, c)),
                }
            )
    return found


def _print_csv(table: Table, measure: Measure, share: bool) -> None:
    from hsreview.model.tables import Why
    from hsreview.workflows import matrix_words as words

    basis, columns = table.basis, range(len(table.columns))
    tail = [str(measure), basis.layer, basis.codebook, basis.codebook_version, table.scope.reviewed]
    rows: list[list[object]] = []
    if any(header.base for header in table.columns):
        rows.append(["n", "", *(header.base.get(measure) for header in table.columns), *tail])
    for r, row in enumerate(table.rows):
        label = words.difference(table, row) or words.full(row)
        shown = [table.share(r, c, measure) if share else table.value(r, c, measure) for c in columns]
        whys = ["" if table.reason(r, c) is Why.SELF else str(table.reason(r, c)) for c in columns]
        states = [each if each is not None else why or None for each, why in zip(shown, whys, strict=True)]
        rows.append([words.short(row), label, *states, *tail])
    heads = ["row", "label", *(words.short(header) for header in table.columns)]
    emit_csv([*heads, "counts", "layer", "codebook", "codebook_version", "interviews_reviewed"], rows)


def _print(table: Table, measure: Measure, share: bool) -> None:
    from hsreview.workflows import matrix_words as words

    emit(words.title(table))
    emit(words.basis_line(table))
    emit(labelled(_("Counted"), words.measure_name(measure)))
    emit()
    if not table.rows:
        say(_("No row."))
    heads = [shortened(words.head(header), LONGEST_HEAD) for header in table.columns]
    lines = []
    for r, row in enumerate(table.rows):
        shown = [words.cell_text(table, r, c, measure, share=share) for c in range(len(table.columns))]
        lines.append([shortened(words.full(row), LONGEST_ROW), *shown])
    differing = [words.difference(table, row) for row in table.rows]
    if any(differing):
        heads.insert(0, _("how"))
        lines = [[name, how, *line] for (name, *line), how in zip(lines, differing, strict=True)]
    for first, last in _folds(heads, lines):
        emit_table(["", *heads[first:last]], [[line[0], *line[first + 1 : last + 1]] for line in lines])
        emit()
    for told in words.legend(table, measure, share=share):
        emit(told)


def _folds(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """The columns in parts that fit the terminal, as `(first, last)`; a part holds one column at least."""
    room = shutil.get_terminal_size().columns - max((cells(visible(line[0])) for line in lines), default=0)
    folds: list[tuple[int, int]] = []
    first = used = 0
    for column, head in enumerate(heads):
        width = max(cells(visible(text)) for text in (head, *(line[column + 1] for line in lines))) + 2
        if column > first and used + width > room:
            folds.append((first, column))
            first, used = column, 0
        used += width
    return [*folds, (first, len(heads))]


def _behind(
    opened: OpenMatrices, wish: Wish, table: Table, names: tuple[str, str], *, as_csv: bool, as_json: bool
) -> None:
    from hsreview.workflows import matrix_words as words
    from hsreview.workflows.matrices import find_cell

    row, column = find_cell(table, *names)
    found = [_coding(opened, position) for position in table.behind(row, column)]
    overlaps: list[CodeMeeting] = []
    if table.kind == "co-occurrence" and table.detail == "overlap" and row != column:
        overlaps = _meetings(opened, wish, row, column)
    if as_json:
        emit_json(
            {
                "matrix": table.kind,
                "basis": _basis(table),
                "row": _header(table.rows[row]),
                "column": _header(table.columns[column]),
                "codings": found,
                "overlaps": overlaps,
            }
        )
    elif as_csv:
        keys = ("id", "transcript", "place", "code", "respondent", "speaker", "start", "end", "text")
        emit_csv(keys, [[each[key] for key in keys] for each in found])  # type: ignore[literal-required]
    else:
        emit(words.behind_title(table, row, column))
        emit(words.basis_line(table))
        emit()
        emit_table(
            [_("transcript"), _("place"), _("code"), _("who"), _("words")],
            [
                (each["transcript"], each["place"], each["code"], each["respondent"] or each["speaker"],
                 shortened(each["text"], 60))
                for each in found
            ],
        )  # fmt: skip
        if overlaps:
            emit()
            emit(labelled(_("Words under both"), ""))
            for each in overlaps:
                emit(f"  {opened.names[each['transcript_id']]}  {shortened(each['text'], 60)}")
    n = len(found)
    say(ngettext("{n} coding.", "{n} codings.", n).format(n=n))


def _coding(opened: OpenMatrices, position: int) -> BehindCoding:
    segment = opened.dataset.segments[position]
    person = opened.dataset.respondents.get(segment.respondent_id or "")
    return {
        "id": segment.coding.id,
        "transcript_id": segment.transcript_id,
        "transcript": opened.names[segment.transcript_id],
        "place": segment.place,
        "start": segment.coding.start,
        "end": segment.coding.end,
        "code_id": segment.coding.code_id,
        "code": opened.refs.get(segment.coding.code_id, "?"),
        "respondent": person.name if person else "",
        "speaker": segment.speaker,
        "text": segment.text,
        "translations": [
            {"language": t.language, "text": t.text, "translator": t.translator, "checked_by": t.checker}
            for t in segment.translated
        ],
    }


def _meetings(opened: OpenMatrices, wish: Wish, row: int, column: int) -> list[CodeMeeting]:
    found: list[CodeMeeting] = []
    for each in opened.meetings(wish, row, column):
        first, second = (opened.dataset.segments[position] for position in (each.first, each.second))
        begin = first.coding.start
        found.append(
            {
                "first_id": first.coding.id,
                "second_id": second.coding.id,
                "transcript_id": first.transcript_id,
                "start": each.start,
                "end": each.end,
                "text": first.text[each.start - begin : each.end - begin],
            }
        )
    return found
