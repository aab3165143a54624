"""From one named layer to a workbook."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview import __version__
from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.ids import now
from hsreview.base.messages import _, ngettext
from hsreview.model.codebook_json import codebook_to_json
from hsreview.model.coding import CONSENSUS
from hsreview.model.dataset import Basis, CodedSegment
from hsreview.model.dataset import Dataset as Dataset
from hsreview.model.people import Coder
from hsreview.model.text import text_hash
from hsreview.project import datasets, queries
from hsreview.project.codebooks import load_codebook
from hsreview.project.project import Project
from hsreview.review import blind

if TYPE_CHECKING:
    from hsreview.workbook.writer import ExportReport


@dataclass(frozen=True, slots=True)
class Layer:
    """Whose codings are meant."""

    name: str
    """The coder's name, `name/pass` for a repetition, or `consensus`."""
    coder_id: str | None
    codings: int
    pass_: str = ""
    """The repetition; empty for a first reading."""

    @property
    def id(self) -> str | None:
        """The coder's id, with `/pass` for a repetition; null for the consensus."""
        return f"{self.coder_id}/{self.pass_}" if self.pass_ else self.coder_id


def layers(project: Project) -> list[Layer]:
    """The layers that hold codings, the consensus first."""
    names = {c.id: c.name for c in queries.coders(project.connection)}
    sizes = queries.layer_sizes(project.connection)
    found = [_layer(names.get(coder or "", coder), coder, pass_, n) for (coder, pass_), n in sizes.items()]
    return sorted(found, key=lambda layer: (layer.coder_id is not None, layer.name))


def _layer(name: str | None, coder_id: str | None, pass_: str, codings: int) -> Layer:
    if coder_id is None or name is None:
        return Layer(CONSENSUS, None, codings)
    return Layer(f"{name}/{pass_}" if pass_ else name, coder_id, codings, pass_)


def choose_layer(project: Project, wish: str | None) -> Layer:
    """The layer called `wish` (a coder's name or id, or `consensus`), else the only one there is.

    Raises UsageProblem that lists the layers when there are several and none is named, or the name is unknown.
    """
    found = layers(project)
    listing = [
        Problem(ngettext("{n} coding", "{n} codings", layer.codings).format(n=layer.codings), layer.name, "layer")
        for layer in found
    ]
    if wish is not None:
        chosen = [layer for layer in found if wish == layer.id or wish.casefold() == layer.name.casefold()]
        coder = next((c for c in queries.coders(project.connection) if wish in (c.id, c.name)), None)
        if len(chosen) > 1:
            raise UsageProblem(_("Several layers are called {name}; give the coder's id.").format(name=wish), listing)
        if chosen:
            return chosen[0]
        if coder is not None:
            return Layer(coder.name, coder.id, 0)
        raise UsageProblem(_("There is no layer called {name}. Layers:").format(name=wish), listing)
    if len(found) > 1:
        raise UsageProblem(
            _("Several coders coded, and their codings are never added up. Name one layer with --layer. Layers:"),
            listing,
        )
    if found:
        return found[0]
    raise UsageProblem(_("Nothing is coded yet, so there is no layer to export."))


def dataset(project: Project, layer: Layer) -> Dataset:
    """Everything of one layer, with its basis."""
    with project.snapshot():
        book = load_codebook(project.connection)
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
        )
        return datasets.dataset(project.connection, basis, book)


def check_sight(project: Project, viewer: Coder | None, chosen: Dataset) -> None:
    """Raise InputRefused when a dataset holds work of others that `viewer` may not see yet: they code blind."""
    seen = blind.sight(project.connection, viewer)
    hidden = {
        s.transcript_id for s in chosen.segments if not seen.work(s.transcript_id, _maker(chosen, s), s.coding.pass_)
    }
    if hidden:
        names = {t.id: t.name for t in chosen.transcripts}
        raise InputRefused(
            _("You code blind: mark these transcripts as reviewed before you see this layer. Nothing was written."),
            [Problem(_("not marked as reviewed by you"), names.get(t, t), "blind") for t in sorted(hidden)],
        )


def _maker(chosen: Dataset, segment: CodedSegment) -> str:
    """Whose work a segment is; of the consensus it is everybody's, so nobody's own."""
    return segment.coding.coder_id if chosen.basis.layer_coder else ""


def export_excel(
    project: Project, path: Path, *, layer: str | None = None, lang: str = "both", viewer: Coder | None = None,
    progress: Callable[[int, int, str], None] | None = None, cancelled: Callable[[], bool] | None = None,
) -> ExportReport:  # fmt: skip
    """Write the theme workbook of one layer, with the team's review. `lang` is `fr`, `en` or `both`.

    Raises InputRefused when it holds work of others that `viewer` may not see yet.
    """
    from hsreview.analysis.matrices import matrices
    from hsreview.workbook.writer import export
    from hsreview.workflows.review_sheets import review

    with project.snapshot():  # Some numbers are read only when their sheet is written.
        chosen = dataset(project, choose_layer(project, layer))
        check_sight(project, viewer, chosen)
        chosen = replace(chosen, review=review(project, viewer=viewer))
        return export(chosen, matrices(chosen), path, lang=lang, progress=progress, cancelled=cancelled)
