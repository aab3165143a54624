"""Texts that come into a project with the names as they are although it has a key file: said, and on record."""

from __future__ import annotations

from collections.abc import Sequence

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.workflows.coding import write_memo
from hsreview.workflows.importing import Stored
from hsreview.workflows.key_files import has_key_file


def check_plain(project: Project, reason: str) -> None:
    """Raise InputRefused when the project has a key file and nobody says why names may stay."""
    if has_key_file(project) and not reason.strip():
        raise InputRefused(
            _(
                "This project has a key file, and without --pseudonymise its names would be stored as they are. "
                "Nothing was stored. To replace them: hsreview import … --pseudonymise. To store the texts with "
                'their names, say why, which is noted: --plain-names "why"'
            )
        )


def note_plain(project: Project, coder: Coder, stored: Sequence[Stored], reason: str) -> None:
    """Write a memo on each stored text that says why its names stay, where there is a reason."""
    for entry in stored if reason.strip() else ():
        said = _("Stored with the names as they are: {reason}").format(reason=reason.strip())
        write_memo(project, coder, said, transcript_id=entry.transcript_id)
