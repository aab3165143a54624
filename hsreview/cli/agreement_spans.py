"""`agreement spans`: a calculator for segments of anybody's data."""

from __future__ import annotations

from pathlib import Path

from hsreview.base.messages import N_, _
from hsreview.cli.kit import PATH, argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, say


@command(
    "spans",
    N_(
        "Calculate agreement from segments.\n\n"
        "FILE.csv has the columns document, coder, start, end, code; a segment covers the characters from start up to "
        "but without end. The file of --lengths has the columns document, coder, length and perhaps start: a line for "
        "each coder who read a document, also without coding anything in it. The first lines name the columns. One "
        "coder's overlapping segments of one code count as one."
    ),
)
@argument("path", N_("FILE.csv"), type=PATH)
@option("--lengths", metavar=N_("FILE.csv"), type=PATH, required=True, text=N_("Who read what, and how long it is."))
@option(
    "--delimiter",
    metavar=N_("CHARACTER"),
    default=",",
    show_default=True,
    text=N_("What separates columns, such as ; or tab."),
)
@as_json
def spans(path: Path, lengths: Path, delimiter: str, as_json: bool) -> None:
    from hsreview.cli.agreement import emit_statistics, separator, statistics_answer
    from hsreview.workflows.agreement_spans import calculate_spans

    found = calculate_spans(path, lengths, delimiter=separator(delimiter))
    for note in found.notes:
        say(note)
    if as_json:
        values, reasons = statistics_answer(found.statistics)
        emit_json(
            {
                "coders": list(found.coders),
                "documents": found.documents,
                "shared": found.shared,
                "characters": found.characters,
                "spans": found.spans,
                "codes": list(found.codes),
                "statistics": values,
                "undefined": reasons,
                "notes": list(found.notes),
            }
        )
        return
    basis = _("coders: {coders} · documents: {documents} · read by two coders or more: {shared} · segments: {spans}")
    emit(basis.format(coders=len(found.coders), documents=found.documents, shared=found.shared, spans=found.spans))
    emit(_("characters of shared documents: {n} · codes: {codes}").format(n=found.characters, codes=len(found.codes)))
    emit_statistics(found.statistics)
