"""A whole export of a layer made in code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from hsreview.analysis.layer_frame import LayerFrame
from hsreview.analysis.matrices import matrices
from hsreview.model.dataset import Dataset
from hsreview.model.material import Material
from hsreview.workbook import writer


def export(
    dataset: Dataset,
    path: Path,
    *,
    lang: str,
    sheets: Sequence[str] | None = None,
    material: Material | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> writer.ExportReport:
    """Count, then write."""
    counted = matrices(LayerFrame(dataset))
    return writer.export(
        dataset, counted, path, lang=lang, sheets=sheets, material=material, progress=progress, cancelled=cancelled
    )
