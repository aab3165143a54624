"""Why values are undefined, for those who show them."""

from __future__ import annotations

from hsreview.agreement.reasons import explain

__all__ = ["explain"]
