"""A workbook with every sheet that there is, of whatever layer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hsreview.analysis.framework_matrix import cases_of, framework_matrix
from hsreview.analysis.layer_frame import LayerFrame
from hsreview.analysis.matrices import matrices
from hsreview.analysis.since import changes_since
from hsreview.analysis.table_set import table_set
from hsreview.model.dataset import Dataset
from hsreview.model.framework_matrix import CaseKind, Charted, FrameworkMatrix, Summary, summary_id
from hsreview.model.material import Audit, AuditRow, Material
from hsreview.model.review_sheets import AssignmentRow
from hsreview.workbook import writer
from hsreview.workbook.cells import Report, clean
from hsreview.workbook.earlier import read_earlier
from hsreview.workbook.sheets import SHEETS
from tests.workbook.exporting import export
from tests.workbook.test_review_sheets import reviewed


def everything(dataset: Dataset, path: Path, lang: str = "en", *, text: str = "Said") -> writer.ExportReport:
    """Write every sheet that `dataset` has anything for; `text` stands wherever people write."""
    review = reviewed().review
    assert review is not None
    here = [t.id for t in dataset.transcripts][:1]
    review = replace(
        review,
        disagreements=[
            replace(each, transcript_id=name, quote=text, because=text)
            for each in review.disagreements
            for name in here
        ],
        assignments=[AssignmentRow(name, text, "P", True, text, True, False) for name in here],
        statuses={},
        report=review.report and replace(review.report, per_transcript={}),
    )
    dataset = replace(dataset, review=review)
    frame = LayerFrame(dataset)
    tables, overlaps = table_set(frame, {}, {sheet.key for sheet in SHEETS})
    framework = [found for kind in CaseKind if (found := charted(dataset, kind, text)).cases]
    one = AuditRow("act-1", "2016-05-01T08:00:00.000Z", "anna", "replica-1", "put", "coding", 3, stands=False)
    earlier = export(replace(dataset, segments=dataset.segments[1:]), path.with_name("earlier.xlsx"), lang=lang)
    changes = changes_since(dataset, read_earlier(earlier.path), lambda said: clean(said, Report()))
    material = Material(tables, overlaps, framework, Audit((one,), False), changes)
    return writer.export(dataset, matrices(frame), path, lang=lang, material=material)


def charted(dataset: Dataset, kind: CaseKind, text: str) -> FrameworkMatrix:
    """The framework matrix with `text` in every cell."""
    cases, themes = cases_of(dataset, kind), dataset.codebook.themes
    summaries = [
        Summary(
            summary_id(kind, case.id, theme.id), kind, case.id, theme.id, text, Charted.DRAFTED,
            tuple(each.coding.id for each in dataset.segments[:2]), "anna", "2016-05-01T08:00:00.000Z",
        )
        for case in cases
        for theme in themes
    ]  # fmt: skip
    return framework_matrix(dataset, kind, summaries, {})
