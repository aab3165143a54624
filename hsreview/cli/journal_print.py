"""Entries of the journal as the command line answers and prints them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hsreview.base.messages import _, current_language, labelled
from hsreview.cli.framework_print import flat
from hsreview.cli.output import emit, say

if TYPE_CHECKING:
    from hsreview.cli.answers.framework import TracedEntry
    from hsreview.cli.answers.monitoring import JournalEntry
    from hsreview.workflows.framework_rows import Row
    from hsreview.workflows.journal import Journal, Observation
    from hsreview.workflows.tracing import Trace


def entry_answer(found: Journal, entry: Observation) -> JournalEntry:
    """An entry as it is answered."""
    row = found.row(entry)
    return {
        "id": entry.id, "row_id": entry.row_id, "row": row.ref if row else "", "date": entry.date,
        "level": entry.level, "value": entry.value, "parts": dict(entry.parts),
        "status": entry.status.value if entry.status else None, "kind": entry.kind.value if entry.kind else None,
        "quality": entry.quality, "frequency": entry.frequency.value if entry.frequency else None, "who": entry.who,
        "source": entry.source, "verified_by": entry.verified_by, "text": entry.description,
        "codings": [link.source for link in found.links.get(entry.id, ())],
    }  # fmt: skip


def traced_entries(found: Trace) -> list[TracedEntry]:
    """The entries of a trace as they are answered."""
    from hsreview.workflows.monitoring import entry_words

    behind, language = found.grounds, current_language()
    journal = found.journal
    return [
        {
            "id": each.entry.id, "row": each.row.ref, "date": each.entry.date,
            "says": " · ".join(
                labelled(label, flat(words)) for label, words in entry_words(journal, each.entry, language)
            ),
            "links": [
                {
                    "source": link.source, "stance": link.stance.value, "place": behind.place(there) if there else "",
                    "code": behind.codes.get(there.coding.code_id, "?") if there else "",
                    "text": there.text if there else "",
                }
                for link, there in each.links
            ],
        }
        for each in found.entries
    ]  # fmt: skip


def emit_traced(entries: Sequence[TracedEntry]) -> None:
    """Print the entries of a trace, each with its quotes."""
    from hsreview.workflows.framework_rows import Stance, stance_name

    if entries:
        emit(labelled(_("In the journal"), "").rstrip())
    for each in entries:
        emit(f"  {each['date']} {each['row']} · {each['says']}")
        for link in each["links"]:
            words = f"{link['code']} {flat(link['text'])}"
            told = labelled(link["place"], words) if link["place"] else _("a coding that is no longer there")
            emit(f"    {stance_name(Stance(link['stance']))} · {told}")


def emit_history(found: Journal, row: Row) -> None:
    """Print the entries of a row in time, a line each."""
    from hsreview.workflows.monitoring import entry_words

    entries, language = found.of.get(row.id, ()), current_language()
    if entries:
        emit("  " + labelled(_("In the journal"), "").rstrip())
    for each in entries:
        told = [labelled(label, flat(words)) for label, words in entry_words(found, each, language)]
        emit("    " + " · ".join([each.date, *told]))


def emit_entries(found: Journal, entries: Sequence[Observation]) -> None:
    """Print entries, each with what it holds below it."""
    from hsreview.workflows.journal import told
    from hsreview.workflows.monitoring import entry_words

    language = current_language()
    for each in entries:
        row = found.row(each)
        ref = row.ref if row else _("(a row that was removed)")
        emit(f"{each.date}  {ref}  [{each.id}]")
        for label, words in entry_words(found, each, language):
            emit("    " + labelled(label, flat(words)))
    say(told(len(entries)) + ".")
