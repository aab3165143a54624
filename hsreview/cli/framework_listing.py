"""Rows of the framework as `framework show` and `finding list` answer and print them."""

from __future__ import annotations

from collections.abc import Sequence

from hsreview.base.messages import _, ngettext
from hsreview.cli.framework_print import (
    emit_down,
    emit_row,
    flat,
    grade,
    kind_word,
    row_entry,
    status_word,
    step_entry,
)
from hsreview.cli.journal_print import emit_history
from hsreview.cli.output import emit_json, emit_table, say, shortened
from hsreview.cli.world import World


def list_rows(world: World, refs: Sequence[str], kind: str | None, *, as_json: bool) -> None:
    """Answer `framework show` and `finding list`: the rows of a kind (or all), or those named, each whole."""
    from hsreview.workflows.evidence import grounds
    from hsreview.workflows.evidence_agreement import agreement_behind
    from hsreview.workflows.evidence_words import in_brief
    from hsreview.workflows.framework_rows import RowKind, find_row, framework
    from hsreview.workflows.journal import journal_of
    from hsreview.workflows.tracing import steps

    with world.reading() as project:
        viewer = world.reader(project)
        found = framework(project, viewer=viewer)
        kinds = [RowKind(kind)] if kind else []
        rows = [find_row(found, ref, *kinds) for ref in refs] or (found.of(*kinds) if kinds else list(found.rows))
        behind = grounds(project, found, rows)
        history = journal_of(project, found, rows if refs else ())
        agreed = agreement_behind(project, behind, rows, viewer=viewer) if refs else {}
    entries = [row_entry(behind, each, agreed.get(each.id)) for each in rows]
    if as_json:
        emit_json({"rows": entries})
    elif refs:
        for row, entry in zip(rows, entries, strict=True):
            emit_row(behind, entry, agreed.get(row.id))
            emit_down([step_entry(behind, each) for each in steps(behind, row)])
            emit_history(history, row)
    elif kind == "finding":
        emit_table(
            [_("row"), _("status"), _("evidence"), _("heard from"), _("says")],
            [
                (
                    entry["ref"], status_word(entry["status"]), grade(entry["strength"]), in_brief(behind, row),
                    shortened(flat(entry["text"]), 60),
                )
                for row, entry in zip(rows, entries, strict=True)
            ],
        )  # fmt: skip
        say(ngettext("{n} row.", "{n} rows.", len(entries)).format(n=len(entries)))
    else:
        emit_table(
            [_("row"), _("kind"), _("status"), _("under"), _("evidence"), _("says")],
            [
                (
                    entry["ref"], kind_word(entry["kind"]), status_word(entry["status"]), entry["parent"],
                    grade(entry["strength"]), shortened(flat(entry["text"]), 60),
                )
                for entry in entries
            ],
        )  # fmt: skip
        say(ngettext("{n} row.", "{n} rows.", len(entries)).format(n=len(entries)))
