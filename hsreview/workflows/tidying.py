"""Export of one layer as tidy tables, for programs of statistics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.dataset import Basis, Dataset
from hsreview.model.matrices import Matrices
from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.workflows.exporting import complete_dataset
from hsreview.workflows.files import written, written_folder
from hsreview.workflows.outputs import record_output


@dataclass(frozen=True, slots=True)
class TidyExported:
    """Tables that were written."""

    path: Path
    basis: Basis
    tables: Mapping[str, int]
    """Name → rows."""


def export_csv(
    project: Project, folder: Path, *, layer: str | None = None, viewer: Coder | None = None, partial: bool = False,
    recipient: str = "",
) -> TidyExported:  # fmt: skip
    """Write a CSV file for each table into `folder`, whole or not at all, and put them on
    record; an earlier export there is replaced.

    Raises InputRefused when the folder holds anything else, or cannot be written, and as `complete_dataset`.
    """
    from hsreview.workbook.tidy import tables
    from hsreview.workbook.tidy_files import write_csv

    chosen, matrices = _counted(project, layer, viewer, partial, recipient)
    found = tables(chosen, matrices)
    _check_folder(folder, {f"{table.name}.csv" for table in found})
    with written_folder(folder) as spare:
        rows = write_csv(found, spare)
    record_output(project, viewer, folder, "csv", basis=chosen.basis, recipient=recipient)
    return TidyExported(folder, chosen.basis, rows)


def _check_folder(folder: Path, ours: set[str]) -> None:
    if folder.exists() and (not folder.is_dir() or any(each.name not in ours for each in folder.iterdir())):
        raise InputRefused(
            _("{name} is there already and holds other things. Give the name of a new folder.").format(
                name=visible(str(folder))
            )
        )


def export_json(
    project: Project, path: Path, *, layer: str | None = None, viewer: Coder | None = None, partial: bool = False,
    recipient: str = "",
) -> TidyExported:  # fmt: skip
    """Write all tables as one JSON document, whole or not at all, and put it on record."""
    from hsreview.workbook.tidy import tables
    from hsreview.workbook.tidy_files import write_json

    if path.is_dir():
        raise InputRefused(_("{path} is a folder. Give the name of a file.").format(path=visible(str(path))))
    chosen, matrices = _counted(project, layer, viewer, partial, recipient)
    with written(path) as spare:
        rows = write_json(tables(chosen, matrices), _about(chosen), spare)
    record_output(project, viewer, path, "json", basis=chosen.basis, recipient=recipient)
    return TidyExported(path, chosen.basis, rows)


def _counted(
    project: Project, layer: str | None, viewer: Coder | None, partial: bool, recipient: str
) -> tuple[Dataset, Matrices]:  # fmt: skip
    from hsreview.analysis.layer_frame import LayerFrame
    from hsreview.analysis.matrices import matrices

    with project.snapshot():
        chosen = complete_dataset(project, layer, viewer=viewer, partial=partial, recipient=recipient)
        return chosen, matrices(LayerFrame(chosen))


def _about(dataset: Dataset) -> dict[str, object]:
    basis = dataset.basis
    return {
        "project": basis.project,
        "layer": basis.layer,
        "layer_coder": basis.layer_coder,
        "interviews": len(dataset.transcripts),
        "reviewed": len(dataset.reviewed),
        "begun": len(dataset.begun),
        "codebook": basis.codebook,
        "codebook_version": basis.codebook_version,
        "codebook_hash": basis.codebook_hash,
        "selection": basis.selection,
        "made": basis.made,
        "tool": basis.tool,
    }
