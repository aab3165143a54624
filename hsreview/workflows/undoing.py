"""Undo and redo: what a coder takes back or does again, in words."""

from __future__ import annotations

from dataclasses import dataclass

from hsreview.base.messages import N_, _
from hsreview.model.people import Coder
from hsreview.project import queries
from hsreview.project.describing import describe
from hsreview.project.log import changes
from hsreview.project.project import Project
from hsreview.project.undo import Refusal, Toggled, next_act, refusal, toggle, transcripts_of


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


@dataclass(frozen=True, slots=True)
class NextUndo:
    """The act that undo would take back."""

    act: str
    table: str
    """`coding`, `memo`, `code`, `codebook`, `transcript` …: what the act's first record is about."""
    what: str
    """What would be taken back, and where, in the user's language."""
    transcripts: frozenset[str]
    """Ids of the transcripts whose speakers or review marks it changed."""


def next_undo(project: Project, coder: Coder) -> NextUndo | None:
    """What undo would take back; null when there is nothing."""
    with project.snapshot():
        found = next_act(project.state, coder.id)
        if found is None:
            return None
        act, kind = found
        table = kind.partition(".")[0]
        records = list(changes(project.connection, "act = ?", (act,)))
        what = describe(project.connection, records) or undo_label(table)
        return NextUndo(act, table, what, transcripts_of(project.state, act))


def undo(project: Project, coder: Coder, act: str | None = None) -> UndoResult:
    """Take back the coder's last act; it survives a restart, and has no limit.

    With `act`, the id of the act that the coder was told of, nothing is done when another one came after it.
    """
    with project.write():
        if act is not None and not _is_next(project, coder, act):
            told = _("Something else was done under your name meanwhile; nothing was taken back. Undo again.")
            return UndoResult(False, reason=told)
        toggled = toggle(project.state, coder.id, project.replica, forward=False)
    return _result(project, toggled, _("There is nothing to undo."))


def undo_refusal(project: Project, coder: Coder, act: str) -> str:
    """Why undo would refuse this act, in the user's language; empty when it would not."""
    with project.snapshot():
        found = refusal(project.state, coder.id, act)
        return _refusal_sentence(project, found) if found is not None else ""


def _is_next(project: Project, coder: Coder, act: str) -> bool:
    found = next_act(project.state, coder.id)
    return found is not None and found[0] == act


def redo(project: Project, coder: Coder) -> UndoResult:
    """Do again what was undone last."""
    return _result(project, project.toggle(coder.id, forward=True), _("There is nothing to redo."))


def skip_undo(project: Project, coder: Coder, act: str | None = None) -> bool:
    """Let the coder's last act stand for good, so that undo reaches what came before it; false when there is none.

    For an act that cannot be taken back because someone else's work rests on it. With `act`, the id of the act that
    the coder was told of, nothing is done (false) when another one came after it.
    """
    with project.act(coder.id) as keeping:
        found = next_act(project.state, coder.id)
        if found is None or act not in (None, found[0]):
            return False
        keeping.record("act.keep", found[0], {})
    return True


_LABELS = {
    "text_version": N_("corrected text"),
    "coding": N_("coding"),
    "memo": N_("memo"),
    "code": N_("codebook edit"),
    "codebook": N_("codebook import"),
    "transcript": N_("transcripts"),
    "respondent": N_("respondents"),
    "organisation": N_("respondents"),
    "speaker": N_("speakers"),
    "turn": N_("speakers"),
    "reviewed": N_("reviewed mark"),
    "assignment": N_("assignment"),
    "decision": N_("decision"),
    "recheck": N_("coding looked at again"),
    "adoption": N_("adoption"),
    "saved_search": N_("saved search"),
    "quote": N_("quote"),
    "summary": N_("summary"),
}


def undo_label(what: str) -> str:
    """The kind of an act by its table (`coding`, `memo` …), in the user's language."""
    return _(_LABELS.get(what, what))


def _result(project: Project, toggled: Toggled | None, nothing: str) -> UndoResult:
    if toggled is None:
        return UndoResult(False, reason=nothing)
    table = toggled.kind.partition(".")[0]
    label = undo_label(table)
    if toggled.refusal is not None:
        return UndoResult(False, label, _refusal_sentence(project, toggled.refusal), kind=toggled.kind)
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


def _refusal_sentence(project: Project, found: Refusal) -> str:
    if found.reason == "others_work":
        names = {c.id: c.name for c in queries.coders(project.connection)}
        people = ", ".join(names.get(c, c) for c in found.coders)
        return _("This cannot be taken back: work of {names} depends on it.").format(names=people)
    if found.reason == "changed_since":
        return _("This cannot be taken back: it was changed again since, by someone else.")
    return _("This cannot be taken back: its content was erased or withheld.")
