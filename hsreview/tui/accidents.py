"""What the user is told when the program itself, or the system below it, fails."""

from __future__ import annotations

import os
from pathlib import Path

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _, labelled
from hsreview.base.reasons import os_reason


def sentence(report: Path | None) -> str:
    """One clear message; `report` is the file that `write_report` made."""
    told = _("Something went wrong in the program itself. Everything that was shown as coded is stored.")
    if report is None:
        return told
    return f"{told} " + _("A report without any text of yours is in {path}.").format(path=report)


def refusal(error: OSError) -> InputRefused:
    """What the system refused (a file, a folder), as the user is told."""
    name = os.fspath(error.filename) if isinstance(error.filename, str | os.PathLike) else ""
    return InputRefused(labelled(str(name), os_reason(error)) if name else os_reason(error))
