"""From one named layer to a workbook."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview import __version__
from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.ids import now
from hsreview.base.messages import _, ngettext
from hsreview.model.codebook_json import codebook_to_json
from hsreview.model.coding import CONSENSUS
from hsreview.model.dataset import Basis
from hsreview.model.dataset import Dataset as Dataset
from hsreview.model.people import Coder
from hsreview.model.review import reading_of
from hsreview.model.text import text_hash
from hsreview.project import datasets, queries
from hsreview.project.codebooks import load_codebook
from hsreview.project.project import Project
from hsreview.review import blind
from hsreview.workflows.adjudicating import consensus_of, layer_of
from hsreview.workflows.consensus_layer import check_complete, inside, statement, unsettled
from hsreview.workflows.leaving import Leaving
from hsreview.workflows.outputs import record_output

if TYPE_CHECKING:
    from hsreview.workbook.writer import ExportReport


@dataclass(frozen=True, slots=True)
class Layer:
    """Whose codings are meant."""

    name: str
    """The coder's name, `name/pass` for a repetition, or `consensus`."""
    coder_id: str | None
    codings: int | None
    """Null where the viewer codes blind and may not see all of it."""
    pass_: str = ""
    """The repetition; empty for a first reading."""

    @property
    def id(self) -> str | None:
        """The coder's id, with `/pass` for a repetition; null for the consensus."""
        return f"{self.coder_id}/{self.pass_}" if self.pass_ else self.coder_id


def layers(project: Project, *, viewer: Coder | None = None) -> list[Layer]:
    """The layers that hold codings, the consensus first; with their sizes, where `viewer` may see them."""
    names = {c.id: c.name for c in queries.coders(project.connection)}
    sizes = queries.layer_sizes(project.connection)
    hidden = _hidden_layers(project, viewer)
    found = [
        _layer(names.get(coder, coder), coder, pass_, None if (coder, pass_) in hidden else n)
        for (coder, pass_), n in sizes.items()
        if coder
    ]
    states = consensus_of(project)
    if inside(states):
        seen = len(inside(consensus_of(project, viewer=viewer))) == len(inside(states))
        found.append(Layer(CONSENSUS, None, sum(len(each.settled) for each in states) if seen else None))
    return sorted(found, key=lambda layer: (layer.coder_id is not None, layer.name))


def _hidden_layers(project: Project, viewer: Coder | None) -> set[tuple[str, str]]:
    """`(coder id, reading)` of the layers of which `viewer` may not see all."""
    seen = blind.sight(project.connection, viewer)
    return {
        (coder, reading_of(pass_, seen.parts))
        for transcript, coder, pass_ in queries.coded_by(project.connection)
        if not seen.work(transcript, coder, pass_)
    }


def _layer(name: str, coder_id: str, pass_: str, codings: int | None) -> Layer:
    return Layer(f"{name}/{pass_}" if pass_ else name, coder_id, codings, pass_)


def choose_layer(project: Project, wish: str | None, *, viewer: Coder | None = None) -> Layer:
    """The layer called `wish` (a coder's name or id, or `consensus`), else the consensus, else the only one there is.

    Raises UsageProblem that lists the layers when there are several and none is named, or the name is unknown.
    """
    found = layers(project, viewer=viewer)
    listing = [Problem(size_of(layer.codings), layer.name, "layer") for layer in found]
    if wish is not None:
        chosen = [layer for layer in found if wish == layer.id or wish.casefold() == layer.name.casefold()]
        coder = next((c for c in queries.coders(project.connection) if wish in (c.id, c.name)), None)
        if len(chosen) > 1:
            ids = [Problem(size_of(layer.codings), layer.id or layer.name, "layer") for layer in chosen]
            raise UsageProblem(_("Several layers are called {name}; give the coder's id.").format(name=wish), ids)
        if chosen:
            return chosen[0]
        if coder is not None:
            return Layer(coder.name, coder.id, 0)
        if wish.casefold() == CONSENSUS:
            raise InputRefused(
                _("No transcript is in the consensus yet: settle its differences, or adopt one coder's layer.")
            )
        raise UsageProblem(_("There is no layer called {name}. Layers:").format(name=wish), listing)
    if len(found) > 1 and found[0].coder_id is not None:
        raise UsageProblem(
            _("Several coders coded, and their codings are never added up. Name one layer with --layer. Layers:"),
            listing,
        )
    if found:
        return found[0]
    raise UsageProblem(_("Nothing is coded yet, so there is no layer to export."))


def size_of(codings: int | None) -> str:
    """How many codings a layer holds, in words."""
    if codings is None:
        return _("not shown: you code blind")
    return ngettext("{n} coding", "{n} codings", codings).format(n=codings)


def dataset(project: Project, layer: Layer, *, lang: str = "both", viewer: Coder | None = None) -> Dataset:
    """Everything of one layer, with its basis; `lang` is that of the statement on the consensus.

    What stands beside the layer (memos of others, progress, use of codes) is what `viewer` may see; whether the layer
    itself may be seen is for `check_sight` to say.
    """
    with project.snapshot():
        book = load_codebook(project.connection)
        may = blind.sight(project.connection, viewer).may
        states = consensus_of(project) if layer.coder_id is None else []
        basis = Basis(
            project=str(queries.setting(project.connection, "name", project.root.name)),
            project_id=project.id,
            layer=layer.name,
            layer_coder=layer.coder_id,
            layer_pass=layer.pass_,
            codebook=book.ref,
            codebook_version=book.version,
            made=now(),
            tool=f"hsreview {__version__}",
            codebook_hash=text_hash(json.dumps(codebook_to_json(book), ensure_ascii=False, sort_keys=True)),
            selection=statement(states, _names(project), _people(project), lang) if states else "",
            partial=(len(inside(states)), len(states)) if unsettled(states) else None,
        )
        if layer.coder_id is not None:
            return datasets.dataset(project.connection, basis, book, may=may)
        derived = layer_of(project, states)
        return datasets.dataset(
            project.connection, basis, book, derived=derived, settled=inside(states), unsettled=unsettled(states),
            may=may,
        )  # fmt: skip


def _names(project: Project) -> dict[str, str]:
    return {t.id: t.name for t in queries.transcripts(project.connection)}


def _people(project: Project) -> dict[str, str]:
    return {c.id: c.name for c in queries.coders(project.connection)}


def unseen_in(project: Project, viewer: Coder | None, layer: Layer) -> set[str]:
    """Ids of the transcripts on which a layer holds work of others that `viewer` may not see yet: they code blind."""
    seen = blind.sight(project.connection, viewer)
    if layer.coder_id is None:
        return {transcript for transcript in inside(consensus_of(project)) if not seen.transcript(transcript)}
    own = (layer.coder_id, layer.pass_)
    return {
        transcript
        for transcript, coder, pass_ in queries.coded_by(project.connection)
        if (coder, reading_of(pass_, seen.parts)) == own and not seen.work(transcript, coder, pass_)
    }


def check_sight(project: Project, viewer: Coder | None, layer: Layer) -> None:
    """Raise InputRefused when a layer holds work of others that `viewer` may not see yet."""
    hidden, names = unseen_in(project, viewer, layer), _names(project)
    if hidden:
        raise InputRefused(
            _("You code blind: mark these transcripts as reviewed before you see this layer. Nothing was written."),
            [
                Problem(_("not marked as reviewed by you"), name, "blind")
                for name in sorted(names.get(t, t) for t in hidden)
            ],
        )


def complete_dataset(
    project: Project, layer: str | None, *, lang: str = "both", viewer: Coder | None = None, partial: bool = False,
    recipient: str = "",
) -> Dataset:  # fmt: skip
    """The layer called `layer` as `choose_layer` finds it, fit to be handed over: words that may not stand in a file
    for `recipient` are gone.

    Raises InputRefused when it holds work of others that `viewer` may not see yet, and when a reviewed transcript is
    not in the consensus, unless a `partial` one is asked for.
    """
    whose = choose_layer(project, layer, viewer=viewer)
    if whose.coder_id is None and not partial:
        check_complete(consensus_of(project), _names(project))
    check_sight(project, viewer, whose)
    return Leaving(project, recipient).dataset(dataset(project, whose, lang=lang, viewer=viewer))


def export_excel(
    project: Project, path: Path, *, layer: str | None = None, lang: str = "both", viewer: Coder | None = None,
    partial: bool = False, sheets: Sequence[str] | None = None, since: Path | None = None,
    recipient: str = "", progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ExportReport:  # fmt: skip
    """Write the theme workbook of one layer, with the team's review, and put it on record. `lang`: `fr`, `en`, `both`.

    The layer is by default the consensus, where any transcript is in it. Raises InputRefused when it holds work of
    others that `viewer` may not see yet, and when a reviewed transcript is not in the consensus that is exported,
    unless a `partial` one is asked for; UsageProblem when one of the `sheets` (stable names; null: all) is unknown.
    With `since`, an earlier workbook of the layer, it tells what changed; InputRefused when it is none.
    """
    from hsreview.analysis.layer_frame import LayerFrame
    from hsreview.analysis.matrices import matrices
    from hsreview.analysis.table_set import table_set
    from hsreview.project.asked import asked
    from hsreview.workbook.sheets import chosen as chosen_sheets
    from hsreview.workbook.writer import export
    from hsreview.workflows.review_sheets import review
    from hsreview.workflows.sheet_material import CHANGES, material

    if since is not None and sheets is not None:
        sheets = [*sheets, *CHANGES]
    names = [sheet.key for sheet in chosen_sheets(sheets)]
    with project.snapshot():  # Some numbers are read only when their sheet is written.
        chosen = complete_dataset(
            project, layer, lang=lang, viewer=viewer, partial=partial, recipient=recipient
        )  # fmt: skip
        chosen = replace(chosen, review=review(project, viewer=viewer, recipient=recipient))
        frame = LayerFrame(chosen)
        tables, overlaps = table_set(frame, asked(project.connection), frozenset(names))
        parts = replace(
            material(project, chosen, names, viewer=viewer, since=since, recipient=recipient),
            tables=tables,
            overlaps=overlaps,
        )
        project.forget()
        report = export(
            chosen, matrices(frame), path, lang=lang, sheets=sheets, material=parts, progress=progress,
            cancelled=cancelled,
        )  # fmt: skip
    record_output(
        project, viewer, report.path, "excel", basis=chosen.basis, recipient=recipient,
        details={"sheets": list(report.sheets)},
    )  # fmt: skip
    return report
