"""What was done to the project's files and not in it, such as encrypting: put on record, for the audit."""

from __future__ import annotations

from enum import StrEnum

from hsreview.base.ids import new_id, now
from hsreview.base.messages import _
from hsreview.model.people import Coder
from hsreview.model.settings import FILE_ACT
from hsreview.project.project import Project


class FileAct(StrEnum):
    """What was done."""

    ENCRYPTED = "encrypted"
    DECRYPTED = "decrypted"
    PASSPHRASE = "passphrase"
    """It was changed."""
    ORIGINALS = "originals_removed"


def record_file_act(project: Project, coder: Coder | None, done: FileAct, files: int = 0) -> str:
    """Put it on record with the number of `files`, and no name of any; else why it is not on record, in a sentence."""
    if project.read_only:
        return _("This is not on record: the project is read-only.")
    if coder is None:
        return _("This is not on record, because nobody said who they are: use --coder.")
    with project.act(coder.id) as act:
        act.put("setting", f"{FILE_ACT}{done}.{new_id()}", value={"at": now(), "files": files})
    return ""
