"""`search`: find words in all transcripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hsreview.base.messages import N_, _, ngettext
from hsreview.cli.kit import argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, say
from hsreview.cli.values import AT_LEAST_ONE
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.workflows.searching import Hit

AROUND = 60
"""Characters of the turn that are printed before and after the first match."""


@command(
    "search",
    N_(
        "Search the words of all transcripts.\n\n"
        'Finds turns that hold all the words; accents and capitals do not matter, œ is oe. "Words in quotation '
        'marks" stand together; secu* finds words that begin so. Matches stand in [brackets].'
    ),
)
@argument("words", N_("QUERY..."), nargs=-1, required=True)
@option(
    "--limit",
    metavar=N_("N"),
    type=AT_LEAST_ONE,
    default=50,
    show_default=True,
    text=N_("How many turns to print."),
)
@as_json
@pass_world
def search(world: World, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    from hsreview.workflows.searching import search as find

    query = " ".join(words)
    with world.reading() as project:
        found = find(project, query, limit)
    if as_json:
        entries = [
            {
                "transcript_id": hit.transcript_id,
                "transcript": hit.transcript,
                "version_id": hit.version_id,
                "turn": hit.turn,
                "speaker": hit.speaker,
                "start": hit.start,
                "end": hit.end,
                "text": hit.text,
                "marks": [list(mark) for mark in hit.marks],
            }
            for hit in found.hits
        ]
        emit_json({"query": query, "total": found.total, "hits": entries})
        return
    for hit in found.hits:
        emit(f"{hit.transcript} {hit.turn}{f' {hit.speaker}' if hit.speaker else ''}: {_snippet(hit)}")
    said = ngettext("{n} turn found.", "{n} turns found.", found.total).format(n=found.total)
    if found.total > len(found.hits):
        said += " " + _("The first {n} are printed; --limit prints more.").format(n=len(found.hits))
    say(said)


def _snippet(hit: Hit) -> str:
    first = hit.marks[0][0] if hit.marks else 0
    start, end = max(0, first - AROUND), min(len(hit.text), first + 2 * AROUND)
    pieces, at = ["…" if start else ""], start
    for mark_start, mark_end in hit.marks:
        if at <= mark_start and mark_end <= end:
            pieces += [hit.text[at:mark_start], "[", hit.text[mark_start:mark_end], "]"]
            at = mark_end
    return " ".join("".join([*pieces, hit.text[at:end], "…" if end < len(hit.text) else ""]).split())
