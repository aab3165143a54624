"""Undo and redo: what a coder takes back or does again, in words."""

from __future__ import annotations

from dataclasses import dataclass

from hsreview.base.messages import N_, _
from hsreview.model.people import Coder
from hsreview.project import queries
from hsreview.project.describing import describe
from hsreview.project.log import changes
from hsreview.project.project import Project
from hsreview.project.undo import Toggled, next_act


@dataclass(frozen=True, slots=True)
class UndoResult:
    """What undo or redo did. When nothing was done, `reason` says why, in the user's language."""

    done: bool
    label: str = ""
    """The kind of act that was taken back or done again, in the user's language."""
    reason: str = ""
    version_id: str | None = None
    """The text to look at, with the segment when there is one."""
    start: int | None = None
    end: int | None = None
    changed: tuple[str, ...] = ()
    """Tables that were touched: `coding`, `memo`, `code` …"""
    codings: tuple[str, ...] = ()
    """Ids of the codings that are there again, are changed, or are gone."""
    kind: str = ""
    """`coding.put`, `memo.remove` …: the kind of the act's first record."""
    what: str = ""
    """What was taken back or done again, and where, in the user's language: `code H1 on turn 12 of cso-01`."""


def undo(project: Project, coder: Coder) -> UndoResult:
    """Take back the coder's last act; it survives a restart, and has no limit."""
    return _result(project, project.toggle(coder.id, forward=False), _("There is nothing to undo."))


def redo(project: Project, coder: Coder) -> UndoResult:
    """Do again what was undone last."""
    return _result(project, project.toggle(coder.id, forward=True), _("There is nothing to redo."))


def skip_undo(project: Project, coder: Coder) -> bool:
    """Let the coder's last act stand for good, so that undo reaches what came before it; false when there is none.

    For an act that cannot be taken back because someone else's work rests on it.
    """
    with project.act(coder.id) as act:
        found = next_act(project.state, coder.id)
        if found is None:
            return False
        act.record("act.keep", found[0], {})
    return True


_LABELS = {
    "coding": N_("coding"),
    "memo": N_("memo"),
    "code": N_("codebook edit"),
    "codebook": N_("codebook import"),
    "transcript": N_("transcripts"),
    "respondent": N_("respondents"),
    "organisation": N_("respondents"),
    "text_version": N_("import"),
    "speaker": N_("speakers"),
    "turn": N_("speakers"),
    "reviewed": N_("reviewed mark"),
    "assignment": N_("assignment"),
}


def next_undo(project: Project, coder: Coder) -> str:
    """What undo would take back: `coding`, `memo`, `code`, `codebook`, `transcript` …; empty when nothing."""
    found = next_act(project.state, coder.id)
    return found[1].partition(".")[0] if found else ""


def next_undo_words(project: Project, coder: Coder) -> str:
    """What undo would take back, and where, in the user's language; empty when nothing."""
    found = next_act(project.state, coder.id)
    if found is None:
        return ""
    records = list(changes(project.connection, "act = ?", (found[0],)))
    return describe(project.connection, records) or undo_label(found[1].partition(".")[0])


def undo_label(what: str) -> str:
    """What `next_undo` names, in the user's language."""
    return _(_LABELS.get(what, what))


def _result(project: Project, toggled: Toggled | None, nothing: str) -> UndoResult:
    if toggled is None:
        return UndoResult(False, reason=nothing)
    table = toggled.kind.partition(".")[0]
    label = undo_label(table)
    if toggled.refusal is not None:
        return UndoResult(False, label, _refusal_sentence(project, toggled), kind=toggled.kind)
    version_id = start = end = None
    for change in toggled.changes:
        row = project.connection.execute(
            'select version_id, start, "end" from coding where id = ?', (change.entity,)
        ).fetchone()
        if row:
            version_id, start, end = row
            break
    tables = tuple(dict.fromkeys(c.kind.partition(".")[0] for c in toggled.changes))
    codings = tuple(dict.fromkeys(c.entity for c in toggled.changes if c.kind.startswith("coding.")))
    what = describe(project.connection, toggled.changes) or label
    return UndoResult(True, label, "", version_id, start, end, tables, codings, toggled.kind, what)


def _refusal_sentence(project: Project, toggled: Toggled) -> str:
    assert toggled.refusal is not None
    if toggled.refusal.reason == "others_work":
        names = {c.id: c.name for c in queries.coders(project.connection)}
        people = ", ".join(names.get(c, c) for c in toggled.refusal.coders)
        return _("This cannot be taken back: work of {names} depends on it.").format(names=people)
    if toggled.refusal.reason == "changed_since":
        return _("This cannot be taken back: it was changed again since, by someone else.")
    return _("This cannot be taken back: its content was erased or withheld.")


def next_undo_reviewed(project: Project, coder: Coder) -> str | None:
    """Id of the transcript whose review mark undo would change; null when undo would take back something else."""
    found = next_act(project.state, coder.id)
    if found is None or not found[1].startswith("reviewed."):
        return None
    row = project.connection.execute(
        "select r.transcript_id from change c join reviewed r on r.id = c.entity"
        " where c.act = ? and c.kind like 'reviewed.%'",
        (found[0],),
    ).fetchone()
    return row[0] if row else None
