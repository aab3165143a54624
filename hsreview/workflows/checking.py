"""Check a project, back it up, restore it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _
from hsreview.project.backups import backups as _backups
from hsreview.project.backups import newest_backup as _newest_backup
from hsreview.project.backups import plain_backups
from hsreview.project.connection import explained
from hsreview.project.doctor import Finding as Finding
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.project.restoring import restore_file
from hsreview.workflows.projects import place_warnings

_SENTENCES = {
    "integrity": N_("The database file is damaged ({details}). Restore a backup: hsreview restore"),
    "foreign_key": N_("A row points at something that is not there ({details})."),
    "content_hash": N_("A stored text does not match its hash ({details}): it was changed outside hsreview."),
    "content_lost": N_("A stored text or what belongs to it is missing ({details})."),
    "text_length": N_("A stored text does not have its recorded length ({details})."),
    "turns": N_("The turns of a text do not cover it without gaps ({details})."),
    "units": N_("Sentences, words or times do not fit the turns of their text ({details})."),
    "search_index": N_("The search index differs from the texts ({details}); searches may miss words."),
    "coding_offsets": N_("A coding lies outside its text ({details})."),
    "missing_records": N_("Records are missing from the log of {details}."),
    "record_digest": N_("A record of the log was changed outside hsreview ({details})."),
    "replay": N_("Table {details} differs from what the log says."),
    "plain_backup": N_("Anybody can read this backup of the encrypted project: {details}. Run: hsreview encrypt"),
    "place": N_("{details}"),
}


def doctor(project: Project, progress: Callable[[str], None] | None = None) -> list[Finding]:
    """Everything that is wrong with the project, its place included; empty when it is sound."""
    with explained(project.path):
        findings = examine(project.connection, progress)
    if project.is_encrypted:
        findings += [Finding("plain_backup", path.name) for path in plain_backups(project.root)]
    return findings + [Finding("place", sentence) for sentence in place_warnings(project.root)]


def finding_sentence(finding: Finding) -> str:
    """The finding in the user's language."""
    return _(_SENTENCES[finding.code]).format(details=finding.details)


def backup(project: Project, target: Path | None = None) -> Path:
    """A verified copy, in the project's folder `backups` unless `target` names a file."""
    if target is not None and target.exists():
        raise InputRefused(_("{name} exists already; nothing was overwritten.").format(name=target))
    return project.backup("asked", target)


def backups(root: Path) -> list[Path]:
    """The backups in the project's folder, newest first."""
    return _backups(root)


def restore(root: Path, source: Path | None = None, *, other_project: bool = False) -> tuple[Path, Path | None]:
    """Put a backup in the project's place: the newest one unless named.

    Returns the backup that was used and where the state before it was kept. Raises InputRefused when there is no
    backup, it is not sound, or it is of another project and `other_project` does not say that this is meant.
    """
    chosen = source or _newest_backup(root)
    if chosen is None:
        raise InputRefused(
            _("There is no backup made by hsreview in {folder}; name the file to restore.").format(
                folder=root / "backups"
            )
        )
    return chosen, restore_file(chosen, root, other_project=other_project)
