"""`export csv` and `export json`: one layer as tidy tables for programs of statistics."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _
from hsreview.cli.export_public import tell_unrecorded, to_whom
from hsreview.cli.kit import PATH, argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, say
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.workflows.tidying import TidyExported

_layer = option("--layer", metavar=N_("NAME"), text=N_("Whose codings: the name of a coder, or consensus."))
_partial = option(
    "--partial", is_flag=True, text=N_("Export a consensus in which reviewed transcripts are still missing.")
)


@command(
    "csv",
    N_(
        "Write one layer as tables for R, Stata or SPSS: a folder of CSV files.\n\n"
        "Segments, segments with a 0/1 column for each code, interviews, respondents, codes, counts, memos and "
        "progress, and a dictionary of all columns. UTF-8 with a mark, so that Excel reads accents; a text that a "
        "spreadsheet would calculate has an apostrophe in front. An earlier export in that folder is replaced. The "
        "tables are internal: they hold testimony. The path is printed."
    ),
)
@argument("path", N_("FOLDER"), type=PATH)
@_layer
@_partial
@to_whom
@as_json
@pass_world
def tables(world: World, path: Path, layer: str | None, partial: bool, to_whom: str, as_json: bool) -> None:
    from hsreview.workflows.tidying import export_csv

    with world.reading() as project:
        viewer = world.reader(project)
        done = export_csv(project, path, layer=layer, viewer=viewer, partial=partial, recipient=to_whom)
        tell_unrecorded(project, viewer, path)
    _answer(done, as_json=as_json)


@command(
    "json",
    N_(
        "Write one layer as tables in one JSON file.\n\n"
        "The same tables as with: export csv. The file is internal: it holds testimony. The path is printed."
    ),
)
@argument("path", N_("FILE.json"), type=PATH)
@_layer
@_partial
@to_whom
@as_json
@pass_world
def document(world: World, path: Path, layer: str | None, partial: bool, to_whom: str, as_json: bool) -> None:
    from hsreview.workflows.tidying import export_json

    if path.suffix.lower() != ".json":
        raise UsageProblem(_("The name of the file ends in .json; {name} does not.").format(name=path.name))
    with world.reading() as project:
        viewer = world.reader(project)
        done = export_json(project, path, layer=layer, viewer=viewer, partial=partial, recipient=to_whom)
        tell_unrecorded(project, viewer, path)
    _answer(done, as_json=as_json)


def _answer(done: TidyExported, *, as_json: bool) -> None:
    path = str(done.path.resolve())
    say(_("Layer: {name}").format(name=done.basis.layer))
    if as_json:
        tables = [{"table": name, "rows": rows} for name, rows in done.tables.items()]
        emit_json({"path": path, "layer": done.basis.layer, "tables": tables})
    else:
        emit(path)
