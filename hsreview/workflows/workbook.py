"""From one layer to a workbook: count, then write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.model.dataset import Dataset

if TYPE_CHECKING:
    from hsreview.workbook.writer import ExportReport


def export(
    dataset: Dataset,
    path: Path,
    *,
    lang: str,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ExportReport:
    """Write the workbook of `dataset` to `path` in `lang` (`fr`, `en` or `both`).

    `progress(done, total, next sheet)` is called before each sheet, `cancelled()` between sheets. Raises
    InputRefused when the file cannot be written and ExportCancelled when it was stopped: nothing is left behind.
    """
    from hsreview.analysis.matrices import matrices
    from hsreview.workbook import writer

    return writer.export(dataset, matrices(dataset), path, lang=lang, progress=progress, cancelled=cancelled)
