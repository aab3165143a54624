"""A whole export of a layer made in code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hsreview.analysis.matrices import matrices
from hsreview.model.dataset import Dataset
from hsreview.workbook import writer


def export(
    dataset: Dataset,
    path: Path,
    *,
    lang: str,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> writer.ExportReport:
    """Count, then write."""
    return writer.export(dataset, matrices(dataset), path, lang=lang, progress=progress, cancelled=cancelled)
