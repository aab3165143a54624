"""Everything that a workbook shows counted, in one call."""

from __future__ import annotations

from hsreview.analysis.frames import segments_frame, theme_group, theme_interview
from hsreview.analysis.quotes import pick_quotes
from hsreview.model.dataset import Dataset
from hsreview.model.matrices import Matrices
from hsreview.privacy.consent import quotes_allowed


def matrices(dataset: Dataset) -> Matrices:
    """Theme × interview, theme × group and the quotes of `dataset`.

    Raises ValueError when a coding bears a code that the codebook does not have.
    """
    frame = segments_frame(dataset)
    quotable = {p.id: quotes_allowed(p.consent, dataset.basis.made) for p in dataset.respondents.values()}
    return Matrices(
        theme_interview(dataset, frame), theme_group(dataset, frame), pick_quotes(dataset, quotable), quotable
    )
