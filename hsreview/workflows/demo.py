"""The sample project: invented interviews, three coders, a framework with its validation, and the workbook."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id
from hsreview.base.messages import _
from hsreview.base.samples import sample_dir
from hsreview.model.people import Coder, CoderRole
from hsreview.project.project import Project
from hsreview.workflows.coders import find_coder, remember_coder
from hsreview.workflows.coding import mark_reviewed
from hsreview.workflows.codings_file import import_codings
from hsreview.workflows.demo_framework import build_framework
from hsreview.workflows.exporting import export_excel
from hsreview.workflows.importing import Staged, files_in, respondent_rows, stage_files, store
from hsreview.workflows.projects import create_project
from hsreview.workflows.reading import find_transcript

LEAD = "Aïcha"
"""The invented lead of the sample project, whose layer the workbook shows."""


@dataclass(frozen=True, slots=True)
class Demo:
    """A sample project that was built."""

    root: Path
    workbook: Path


def build_demo(
    root: Path, *, lang: str = "both", coded_only: bool = False, progress: Callable[[str], None] | None = None
) -> Demo:
    """Build the sample project in `root` (a new folder) and write its workbook; with `coded_only` without a framework.

    Raises InputRefused when `root` holds a project already.
    """
    tell = progress or (lambda _sentence: None)
    tell(_("Creating the sample project …"))
    coder = Coder(new_id(), LEAD, CoderRole.LEAD)
    codebook = sample_dir("codebooks") / "critical-review.yaml"
    with create_project(
        root, name=_("Sample: human security in Mali (invented)"), codebook=codebook, coder=coder
    ) as project:
        remember_coder(project, coder)
        samples = sample_dir("transcripts")
        tell(_("Importing the invented interviews …"))
        _import(project, coder, samples)
        tell(_("Loading the codings of three coders …"))
        import_codings(project, coder, samples / "codings.csv")
        _mark(project, samples / "reviewed.csv")
        if not coded_only:
            tell(_("Building the framework and its validation …"))
            build_framework(project, coder, sample_dir("codebooks") / "samples" / "framework.yaml")
        tell(_("Writing the workbook …"))
        report = export_excel(project, root / "exports" / "themes.xlsx", layer=coder.id, lang=lang, viewer=coder)
    return Demo(root.resolve(), report.path.resolve())


def _import(project: Project, coder: Coder, samples: Path) -> None:
    staged = []
    for entry in stage_files(files_in([samples]).files):
        if not isinstance(entry, Staged):
            raise InputRefused(
                _("The sample {name} is damaged: {reason}").format(name=entry.file.name, reason=entry.reason)
            )
        staged.append(entry)
    report = store(project, coder, staged, respondents=respondent_rows([samples]))
    if report.refused:
        raise InputRefused(report.refused[0].reason)


def _mark(project: Project, path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            coder = find_coder(project, row["coder"])
            if coder is not None:
                mark_reviewed(project, coder, find_transcript(project, row["transcript"]).id)
