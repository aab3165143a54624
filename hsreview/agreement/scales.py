"""What others called good agreement: text with its source and with what speaks against it, never a verdict."""

from __future__ import annotations

from hsreview.base.messages import N_, _

_SCALES = (
    ("Krippendorff (2019)", N_("rely on alpha from .800, tentative conclusions from .667 – “tentative” himself.")),
    ("Landis & Koch (1977)", N_(".21 fair, .41 moderate, .61 substantial, .81 almost perfect – for kappa.")),
    ("Fleiss (1981)", N_("below .40 poor, .40 to .75 fair to good, above .75 excellent – for kappa.")),
    ("Altman (1991)", N_(".41 moderate, .61 good, .81 very good – for kappa.")),
)


def scales() -> list[tuple[str, str]]:
    """(Source, what it says)."""
    return [(source, _(text)) for source, text in _SCALES]


def scales_title() -> str:
    """What stands above the scales."""
    return _("Scales that are often cited; none of them is a verdict on this work:")


def criticism() -> str:
    """What speaks against all of them."""
    return _(
        "What speaks against them: the limits are arbitrary, and the same coders fall on either side of them by how "
        "common a code is (96 % agreement can have an alpha below 0 when it is rare), by how many codes there are, and "
        "by the unit that is counted (text that nobody codes raises the percentage)."
    )
