"""What processes that this one starts need, to find the same modules."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def module_path() -> str:
    """Where a child finds what this process has, but not in the current folder: strangers' files may be there."""
    own = str(Path(__file__).resolve().parents[2])
    inherited = [*os.environ.get("PYTHONPATH", "").split(os.pathsep), *sys.path]
    entries = [os.path.abspath(entry) for entry in inherited if entry]
    return os.pathsep.join(dict.fromkeys([own, *(entry for entry in entries if entry != os.getcwd())]))
