"""What the user is told when the program itself fails."""

from __future__ import annotations

from pathlib import Path

from hsreview.base.messages import _


def sentence(report: Path | None) -> str:
    """One clear message; `report` is the file that `write_report` made."""
    told = _("Something went wrong in the program itself. Everything that was shown as coded is stored.")
    if report is None:
        return told
    return f"{told} " + _("A report without any text of yours is in {path}.").format(path=report)
