"""Withdraw a respondent: look at what that takes away, do it, test that nothing is left, and say what is outside."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import new_id
from hsreview.base.messages import _
from hsreview.base.settings import config_dir, state_dir
from hsreview.base.terminal import visible
from hsreview.model.confidentiality import Withdrawal as Withdrawal
from hsreview.model.people import Coder, Respondent
from hsreview.privacy import roles
from hsreview.project import queries
from hsreview.project.connection import connect, empty_for, explained, transaction
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.project.residue import Residue as Residue
from hsreview.project.residue import naming, search
from hsreview.project.scrubbing import Cleared as Cleared
from hsreview.project.scrubbing import finish_erasing
from hsreview.project.withdrawal import Also, Theirs, came_since, is_carried_out, theirs
from hsreview.project.withdrawal import withdraw as erase
from hsreview.project.withdrawal import withdrawals as withdrawals_of
from hsreview.project.withdrawal_again import theirs_again
from hsreview.workflows.consent_recording import find_respondent
from hsreview.workflows.files import written
from hsreview.workflows.key_files import place_of
from hsreview.workflows.outputs import Output as Output
from hsreview.workflows.outputs import outputs
from hsreview.workflows.people import person_key
from hsreview.workflows.withdrawal_also import Beside as Beside
from hsreview.workflows.withdrawal_also import Mention as Mention
from hsreview.workflows.withdrawal_also import beside
from hsreview.workflows.withdrawal_impact import Losses as Losses
from hsreview.workflows.withdrawal_impact import losses
from hsreview.workflows.withdrawal_words import PersonWords
from hsreview.workflows.withdrawal_words import Why as Why
from hsreview.workflows.withdrawn import REASONS, withdrawn_notice
from hsreview.workflows.withdrawn_files import Sent as Sent
from hsreview.workflows.withdrawn_files import keep_in_mind, originals, theirs_among
from hsreview.workflows.withdrawn_files import sent as sent_since


class Summaries(StrEnum):
    """What becomes of summaries of other cases that rest on the person's words."""

    ASK = "ask"
    KEEP = "keep"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a withdrawal would do. Nothing is changed yet."""

    person: Respondent
    mine: Theirs
    words: frozenset[str]
    """That nobody else said, to be looked for afterwards."""
    losses: Losses
    beside: Beside
    sent: Sequence[Sent]
    originals: Sequence[Path]
    """Files in the project's folder from which their interviews were imported."""
    naming: Sequence[Path]
    """Other files in the project's folder in which their pseudonym stands."""
    record: int
    """The newest record of the project when this was worked out."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal did, and what is left outside of it."""

    withdrawal: Withdrawal
    cleared: Cleared
    residue: Residue
    sent: Sequence[Sent]
    deleted: Sequence[Path]
    """Exports that were deleted."""
    undeleted: Sequence[Path]
    """Files that were to be deleted and could not be."""
    originals: Sequence[Path]
    naming: Sequence[Path]
    mentions: Sequence[Mention]
    """What others wrote that tells of the person, which stays."""
    key_file: Path | None
    """The key file, which may tell who they are."""


def find(project: Project, wish: str) -> Respondent:
    """The respondent with that id or pseudonym.

    Raises InputRefused, also for one who withdrew already, unless somebody brought more of them who did not know.
    """
    for each in withdrawals_of(project.connection):
        if each.respondent_id == wish and wish in came_since(project.connection):
            return Respondent(wish, "")
        if each.respondent_id == wish:
            raise InputRefused(
                _("This person was withdrawn on {date} already. Nothing was changed.").format(date=each.at[:10])
            )
    try:
        return find_respondent(project, wish)
    except InputRefused as error:
        told = withdrawn_notice(project)
        raise InputRefused(f"{error.message} {told}".rstrip()) from error


def check_may(project: Project, coder: Coder) -> None:
    """Raise UsageProblem when this member of the team may not withdraw anybody."""
    roles.check(roles.Duty.WITHDRAW, coder, queries.coders(project.connection))


def plan(
    project: Project, coder: Coder, person: Respondent, *, summaries: Summaries = Summaries.ASK
) -> Plan:  # fmt: skip
    """What withdrawing a respondent would take away, found out in a copy in memory.

    Raises UsageProblem when `coder` may not do it, InputRefused when the text of one of their interviews is not here.
    """
    check_may(project, coder)
    with project.snapshot():
        record = _newest(project)
        mine = theirs(project.connection, person.id)
        if mine.missing:
            names = queries.transcripts(project.connection)
            listed = ", ".join(visible(each.name) for each in names if each.id in mine.missing)
            raise InputRefused(
                _("The text of {names} is not in this copy of the project. Withdraw them where it is.").format(
                    names=listed or "–"
                )
            )
        words, lost, found = _looked_at(project, coder.id, mine, person, erase_summaries=summaries is Summaries.ERASE)
        sent, imported = sent_since(project, mine), tuple(originals(project, mine))
        known = {*imported, *(each.path for each in sent)}
        others = [path for path in naming(project.root, {person.name}) if path not in known]
        return Plan(person, mine, words.written, lost, found, sent, imported, others, record)


def _looked_at(
    project: Project, coder_id: str, mine: Theirs, person: Respondent, *, erase_summaries: bool
) -> tuple[PersonWords, Losses, Beside]:  # fmt: skip
    """The person's words, what goes and what else tells of them, found out in a copy in memory."""
    words = PersonWords(project.connection, mine)
    with closing(empty_for(project.connection)) as memory:
        project.connection.backup(memory)
        memory.execute("pragma foreign_keys = on")
        with transaction(memory):
            after = Project(project.path, memory, read_only=True)
            erase(Act(after.state, coder_id, new_id()), mine, "request", Also())
            found = beside(project.connection, memory, mine, words, with_summaries=erase_summaries)
            return words, losses(project, after, mine, person), found


def withdraw(
    project: Project, coder: Coder, planned: Plan, reason: str, *, exports: bool = False
) -> Withdrawn:  # fmt: skip
    """Carry out what was planned; the erasing is one transaction, and what follows it is repeated until it is done.

    With `exports`, files that the tool wrote since are deleted, as far as they are as it wrote them. Raises
    UsageProblem for a reason that there is not, InputRefused when the project was changed since it was planned.
    """
    if reason not in REASONS:
        raise UsageProblem(_("The reason is one of: {names}.").format(names=", ".join(REASONS)))
    check_may(project, coder)
    with project.act(coder.id) as act:
        if _newest(project) != planned.record:
            raise InputRefused(_("The project was changed meanwhile; nothing was erased. Look at it again."))
        key = erase(act, planned.mine, reason, planned.beside.also)
    own = [each.path for each in planned.sent if each.path is not None] if exports else []
    undeleted = [path for path in (*own, state_dir() / "copied.txt") if not _is_deleted(path)]
    deleted = [path for path in own if path not in undeleted]
    cleared = finish_erasing(project)
    residue = search(project, planned.words, [config_dir(), state_dir()])
    own = theirs_among(planned.sent, searched=bool(residue.words))
    left = [path for path in (*residue.files, *undeleted, *own) if path not in deleted]
    keep_in_mind(project, [*left, *planned.originals, *planned.naming])
    made = next(each for each in withdrawals_of(project.connection) if each.id == key)
    key_file = place_of(project)
    now = {each.id: each for each in outputs(project)}  # Without names of interviews in the names of files.
    sent = [Sent(now.get(each.output.id, each.output), each.path) for each in planned.sent]
    return Withdrawn(
        made,
        cleared,
        residue,
        sent,
        deleted,
        undeleted,
        planned.originals,
        planned.naming,
        planned.beside.mentions,
        key_file if key_file.exists() else None,
    )


def _is_deleted(path: Path) -> bool:
    """Delete a file or a folder; whether it is gone."""
    try:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


@contextmanager
def listing(path: Path | None) -> Iterator[Callable[[Iterable[str]], None]]:
    """What writes lines to a file, if there is to be one, whole or not at all.

    Raises InputRefused at once when it cannot be written: afterwards would be too late.
    """
    if path is None:
        yield lambda _lines: None
        return
    if path.is_dir():
        raise InputRefused(_("{path} is a folder. Give the name of a file.").format(path=visible(str(path))))
    with written(path) as spare:
        spare.touch()
        yield lambda lines: _write(spare, lines)


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def withdraw_again(backup: Project, present: Path, traces: Sequence[Withdrawal]) -> int:
    """Carry out in a backup withdrawals of the project file `present` that it does not know. Returns how many.

    `finish_erasing` has to follow: the next opening does it.
    """
    missing = [each for each in traces if not is_carried_out(backup.connection, each)]
    with explained(present), closing(connect(present, read_only=True)) as connection:
        for trace in missing:
            people = {each.id: each for each in queries.respondents(backup.connection)}
            person = people.get(trace.respondent_id) or Respondent(trace.respondent_id, "")
            mine = theirs_again(backup.connection, connection, trace)
            _words, _lost, found = _looked_at(backup, trace.coder_id, mine, person, erase_summaries=False)
            also = replace(found.also, records=found.also.records | frozenset(trace.records))
            with backup.act(trace.coder_id) as act:
                erase(act, mine, trace.reason, also)
    return len(missing)


def same_name(person: Respondent, typed: str) -> bool:
    """Whether what was typed is the pseudonym of whom is to be withdrawn."""
    return person_key(typed.strip()) == person_key(person.name or person.id)


def _newest(project: Project) -> int:
    return int(project.connection.execute("select coalesce(max(rowid), 0) from change").fetchone()[0])
