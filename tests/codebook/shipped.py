"""The codebook that is shipped, read once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hsreview.codebook.read import read_codebook
from hsreview.model.codebook import Codebook

SHIPPED = Path(__file__).resolve().parents[2] / "codebooks" / "critical-review.yaml"


@cache
def shipped() -> Codebook:
    return read_codebook(SHIPPED)
