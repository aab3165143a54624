"""Files with original names that were made or joined on this computer: whoever destroys the key file has to find them.

Where they lie stands in the settings of this computer, never in the project.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hsreview.base.ids import now
from hsreview.base.settings import change_setting, setting
from hsreview.project.project import Project

_SETTING = "files_with_names"


@dataclass(frozen=True, slots=True)
class Holder:
    """A file with original names."""

    kind: str
    """`names` (a table), `originals` (an archive), `joined` (a colleague's key file)."""
    path: Path
    at: str
    """When it was made or joined last."""


def note_holder(project: Project, path: Path, kind: str) -> None:
    """Note on this computer where a file with original names lies."""
    known = _known()
    own = {**known.get(project.id, {}), str(path.resolve()): [kind, now()]}
    change_setting(_SETTING, {**known, project.id: own})


def holders(project: Project) -> list[Holder]:
    """Files with original names that this computer knows of, whether they are there still or not."""
    return [Holder(kind, Path(path), at) for path, (kind, at) in sorted(_known().get(project.id, {}).items())]


def _known() -> dict[str, dict[str, list[str]]]:
    found = setting(_SETTING, {})
    return found if isinstance(found, dict) else {}
