"""Check a project, back it up, restore it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hsreview.base.errors import HsreviewError, InputRefused
from hsreview.base.messages import N_, _
from hsreview.base.terminal import visible
from hsreview.model.confidentiality import Withdrawal
from hsreview.project.backups import backups as _backups
from hsreview.project.backups import newest_backup as _newest_backup
from hsreview.project.backups import plain_backups
from hsreview.project.connection import explained
from hsreview.project.doctor import Finding as Finding
from hsreview.project.doctor import examine
from hsreview.project.project import FILE_NAME, Project
from hsreview.project.restoring import counted_since, restore_file
from hsreview.project.scrubbing import is_unfinished
from hsreview.project.withdrawal import traces_in
from hsreview.workflows.projects import place_warnings
from hsreview.workflows.withdrawn_files import still_holding

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
    "erasing": N_(
        "Something was erased, and its words still lie in the project file or its backups, because these could not be "
        "written anew: another program has the project open, or the disk is full. Change that, then run hsreview "
        "doctor again ({details})."
    ),
    "withdrawn_file": N_("This file still holds words of somebody who withdrew, or their name: {details}. Delete it."),
    "place": N_("{details}"),
}


def doctor(project: Project, progress: Callable[[str], None] | None = None) -> list[Finding]:
    """Everything that is wrong with the project, its place included; empty when it is sound."""
    with explained(project.path):
        findings = examine(project.connection, progress)
        if is_unfinished(project.connection):
            findings.append(Finding("erasing", project.path.name))
    findings += [Finding("withdrawn_file", visible(str(path))) for path in still_holding(project)]
    if project.is_encrypted:
        findings += [Finding("plain_backup", path.name) for path in plain_backups(project.root)]
    return findings + [Finding("place", sentence) for sentence in place_warnings(project.root)]


def finding_sentence(finding: Finding) -> str:
    """The finding in the user's language."""
    return _(_SENTENCES[finding.code]).format(details=finding.details)


def uncleared(project: Project) -> list[str]:
    """That words which are erased still lie in the project's file or its backups, in a sentence; none when not."""
    return [finding_sentence(Finding("erasing", FILE_NAME))] if is_unfinished(project.connection) else []


def backup(project: Project, target: Path | None = None) -> Path:
    """A verified copy, in the project's folder `backups` unless `target` names a file."""
    if target is not None and target.exists():
        raise InputRefused(_("{name} exists already; nothing was overwritten.").format(name=target))
    return project.backup("asked", target)


def backups(root: Path) -> list[Path]:
    """The backups in the project's folder, newest first."""
    return _backups(root)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in a project's place."""

    backup: Path
    kept: Path | None
    """Where the state before is kept; null where there was none, or it went."""
    withdrawn: int
    """Withdrawals from after the backup that were carried out again."""
    masked: int = 0
    """Texts and records in which names that were masked after the backup were masked again."""
    lost: bool = False
    """Whether the state before went: it held what is erased."""
    unsure: bool = False
    """Whether the state before could not be read, so that nobody knows what was erased after the backup."""
    uncleared: Sequence[str] = ()
    """That words which are erased still lie in the project's file or its backups, in a sentence."""


def restore(root: Path, source: Path | None = None, *, other_project: bool = False) -> Restored:
    """Put a backup in the project's place: the newest one unless named.

    Who withdrew since is withdrawn again, and names that were masked since are masked again. Raises InputRefused when
    there is no backup, it is not sound, or it is of another project and `other_project` does not say that it is meant.
    """
    chosen = source or _newest_backup(root)
    if chosen is None:
        raise InputRefused(
            _("There is no backup made by hsreview in {folder}; name the file to restore.").format(
                folder=root / "backups"
            )
        )
    withdrawn: list[int] = []
    masked: list[int] = []
    unsure: list[bool] = []

    def prepare(project: Project) -> None:
        from hsreview.workflows.masking import mask_again
        from hsreview.workflows.withdrawing import withdraw_again

        found, sure = _traces(root, project.id)
        unsure.append(not sure)
        if found is not None:
            present, traces, masks = found
            masked.append(mask_again(project, present) if masks else 0)
            withdrawn.append(withdraw_again(project, present, traces))

    kept = restore_file(chosen, root, other_project=other_project, prepare=prepare)
    lost = kept is not None and not kept.exists()
    with Project.open(root) as project:
        left = tuple(uncleared(project))
    return Restored(chosen, None if lost else kept, sum(withdrawn), sum(masked), lost, any(unsure), left)


@dataclass(frozen=True, slots=True)
class Since:
    """What was done in a project after a backup of it was made, and is not in the backup."""

    acts: int
    codings: int
    """Codings that were made."""


def since(root: Path, source: Path | None = None) -> Since | None:
    """What a backup (the newest one unless named) lacks; null where one of the two cannot be read, or is of another
    project."""
    chosen = source or _newest_backup(root)
    if chosen is None:
        return None
    try:
        found = counted_since(root / FILE_NAME, chosen)
    except (HsreviewError, OSError):
        return None
    return Since(*found) if found is not None else None


def _traces(root: Path, project_id: str) -> tuple[tuple[Path, Sequence[Withdrawal], bool] | None, bool]:
    """What was erased in a project, told by the file that is in place, else by its newest backup that can be read.

    The file and what `traces_in` finds; and whether that is all, for the file that is in place may know more.
    """
    place = root / FILE_NAME
    sure = True
    for path in (place, *_backups(root)):
        try:
            found, traces, masks = traces_in(path)
        except HsreviewError:
            sure = sure and not (path == place and path.exists())
            continue
        if found == project_id:
            return (path, traces, masks), sure
    return None, sure
