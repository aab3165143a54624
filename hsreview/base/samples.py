"""Where the sample files lie: codebooks and invented interviews that come with hsreview."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent.parent


def sample_dir(kind: Literal["codebooks", "transcripts"]) -> Path:
    """The folder of the sample files of one kind; they may be read, not written.

    An installed hsreview has them inside the package; a checkout (or an editable install) has them at its root.
    """
    installed = _PACKAGE / "samples" / kind
    return installed if installed.is_dir() else _PACKAGE.parent / kind
