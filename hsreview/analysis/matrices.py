"""What the sheets of every workbook show counted, in one call."""

from __future__ import annotations

from hsreview.analysis.crosstabs import theme_interview
from hsreview.analysis.layer_frame import LayerFrame
from hsreview.analysis.levels import rows
from hsreview.analysis.quotes import pick_quotes
from hsreview.analysis.theme_groups import theme_group
from hsreview.model.matrices import Matrices
from hsreview.privacy.consent import may_quote


def matrices(frame: LayerFrame) -> Matrices:
    """Theme × interview, theme × group and the quotes of a layer.

    Raises ValueError when a coding bears a code that the codebook does not have.
    """
    dataset = frame.dataset
    quotable = {p.id: may_quote(p.consent, dataset.basis.made).allowed for p in dataset.respondents.values()}
    return Matrices(theme_interview(frame, rows(frame)), theme_group(frame), pick_quotes(dataset, quotable), quotable)
