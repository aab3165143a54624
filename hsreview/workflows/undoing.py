"""Undo and redo: what a coder takes back or does again, in words."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from hsreview.base.messages import N_, _
from hsreview.model.people import Coder
from hsreview.project import queries
from hsreview.project.describing import describe
from hsreview.project.log import changes
from hsreview.project.project import Project
from hsreview.project.undo import Refusal, Toggled, clock_of, keep_next, next_act, refusal, toggle, transcripts_of


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


MERGE = "merge"
"""What stands for the act where packages were taken in after the coder's last one."""
_MERGED, _FOR_OTHERS = "merged", "acts_for_others."
_REMEMBERED = 50
"""Acts done for others that this copy remembers of one coder."""


def note_merge(project: Project) -> None:
    """Remember in this copy that packages were taken in: undo takes no older act back without a word."""
    project.set_local(_MERGED, _newest_row(project))


def note_for_other(project: Project, doer: Coder | None, act: str) -> None:
    """Remember in this copy that an act of somebody else was done by `doer`, whose undo takes it back."""
    key = _FOR_OTHERS + (doer.id if doer else "")
    project.set_local(key, [*project.local(key, []), act][-_REMEMBERED:])


@dataclass(frozen=True, slots=True)
class _Found:
    """An act that undo or redo would take, and whose it is."""

    owner: str
    act: str
    kind: str


def _find(project: Project, coder: Coder, *, forward: bool = False) -> _Found | None:
    """The coder's own next act, or one that was done for somebody else since."""
    state = project.state
    own = next_act(state, coder.id, forward=forward)
    found = _Found(coder.id, *own) if own else None
    for_others = [
        each
        for each in _for_others(project, coder, "undone" if forward else "done")
        if not forward or _is_waiting(project, coder, each)
    ]
    candidates = [*for_others, *([found] if found else [])]
    if not candidates:
        return None
    choose = min if forward else max
    found = choose(candidates, key=lambda each: clock_of(state, each.act))
    merged = None if forward else project.local(_MERGED)
    if merged is not None and _row_of(project, found.act) <= merged:
        return _Found(coder.id, MERGE, "merge")
    return found


def _for_others(project: Project, coder: Coder, standing: str) -> list[_Found]:
    ids = [each for who in {coder.id, ""} for each in project.local(_FOR_OTHERS + who, [])]
    rows = project.connection.execute(
        "select coder, id, kind from act where id in (select value from json_each(?)) and state = ? and coder <> ?",
        (json.dumps(ids), standing, coder.id),
    )
    return [_Found(*row) for row in rows]


def _is_waiting(project: Project, coder: Coder, found: _Found) -> bool:
    """Whether redo may repeat what was done for somebody else: neither of the two has done more since."""
    row = project.connection.execute("select max(clock) from act where coder = ? and state = 'done'", (coder.id,))
    following = next_act(project.state, found.owner, forward=True)
    latest = int(row.fetchone()[0] or 0)
    return following == (found.act, found.kind) and clock_of(project.state, found.act) > latest


def _newest_row(project: Project) -> int:
    return int(project.connection.execute("select coalesce(max(rowid), 0) from change").fetchone()[0])


def _row_of(project: Project, act: str) -> int:
    """Where the records of an act, or of its latest repetition, stand in the order in which they came to this copy."""
    row = project.connection.execute("select max(rowid) from change where act = ?1 or redoes = ?1", (act,)).fetchone()
    return int(row[0] or 0)


def next_undo(project: Project, coder: Coder) -> NextUndo | None:
    """What undo would take back, or refuse to take back; null when there is nothing."""
    with project.snapshot():
        found = _find(project, coder)
        if found is None:
            return None
        if found.act == MERGE:
            return NextUndo(MERGE, MERGE, _("packages taken in"), frozenset())
        table = found.kind.partition(".")[0]
        records = list(changes(project.connection, "act = ?", (found.act,)))
        what = _whose(project, found, coder, describe(project.connection, records) or undo_label(table))
        return NextUndo(found.act, table, what, transcripts_of(project.state, found.act))


def _whose(project: Project, found: _Found, coder: Coder, what: str) -> str:
    """What an act was about; with its owner where that is somebody else."""
    if found.owner == coder.id:
        return what
    return _("{what} (by {name})").format(what=what, name=_names(project).get(found.owner, found.owner))


def undo(project: Project, coder: Coder, act: str | None = None) -> UndoResult:
    """Take back the coder's last act; it survives a restart, and has no limit.

    With `act`, the id of the act that the coder was told of, nothing is done when another one came after it.
    """
    with project.write():
        found = _find(project, coder)
        if act is not None and (found is None or found.act != act):
            told = _("Something else was done under your name meanwhile; nothing was taken back. Undo again.")
            return UndoResult(False, reason=told)
        reason = _obstacle(project, found)
        if found is not None and reason:
            return UndoResult(False, undo_label(found.kind.partition(".")[0]), reason, kind=found.kind)
        toggled = toggle(project.state, found.owner, project.replica, forward=False) if found else None
    result = _result(project, toggled, _("There is nothing to undo."))
    return replace(result, what=_whose(project, found, coder, result.what)) if found else result


def undo_refusal(project: Project, coder: Coder, act: str) -> str:
    """Why undo would refuse this act, in the user's language; empty when it would not."""
    with project.snapshot():
        found = _find(project, coder)
        if found is not None and found.act == act:
            return _obstacle(project, found)
        refused = refusal(project.state, coder.id, act)
        return _refusal_sentence(project, refused, act) if refused is not None else ""


def _obstacle(project: Project, found: _Found | None) -> str:
    """Why undo refuses what it found; empty when it does not."""
    if found is None:
        return ""
    if found.act == MERGE:
        return _(
            "Packages were taken in after your last act, and that cannot be taken back by undo: to have the project as "
            "it was, restore a backup (hsreview restore --list)."
        )
    latest = next_act(project.state, found.owner)
    if latest is None or latest[0] != found.act:
        return _("This cannot be taken back: {name} has done more since.").format(
            name=_names(project).get(found.owner, found.owner)
        )
    refused = refusal(project.state, found.owner, found.act)
    return _refusal_sentence(project, refused, found.act) if refused is not None else ""


def redo(project: Project, coder: Coder) -> UndoResult:
    """Do again what was undone last."""
    with project.write():
        found = _find(project, coder, forward=True)
        owner = found.owner if found else coder.id
        toggled = toggle(project.state, owner, project.replica, forward=True)
    result = _result(project, toggled, _("There is nothing to redo."))
    return replace(result, what=_whose(project, found, coder, result.what)) if found else result


def skip_undo(project: Project, coder: Coder, act: str | None = None) -> bool:
    """Let the coder's last act stand for good, so that undo reaches what came before it; false when there is none.

    For an act that cannot be taken back: someone else's work rests on it, or it is of a kind that lasts. With `act`,
    the id of the act that the coder was told of, nothing is done (false) when another one came after it.
    """
    with project.write():
        found = _find(project, coder)
        if found is None or act not in (None, found.act):
            return False
        if found.act == MERGE:
            project.set_local(_MERGED, None)
        elif found.owner != coder.id:
            for who in (coder.id, ""):
                kept = [each for each in project.local(_FOR_OTHERS + who, []) if each != found.act]
                project.set_local(_FOR_OTHERS + who, kept)
        else:
            with project.act(coder.id) as keeping:
                keep_next(keeping, project.state)
    return True


_LABELS = {
    "text_version": N_("corrected text"),
    "coding": N_("coding"),
    "memo": N_("memo"),
    "code": N_("codebook edit"),
    "codebook": N_("codebook import"),
    "coder": N_("coders"),
    "setting": N_("setting of the project"),
    "content": N_("erasure"),
    "change": N_("erasure"),
    MERGE: N_("packages taken in"),
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
    "framework_row": N_("row of the framework"),
    "evidence": N_("evidence"),
    "framework_version": N_("version of the framework"),
    "validation": N_("validation meeting"),
    "party": N_("table at a meeting"),
    "ballot": N_("ballots"),
    "vote": N_("votes"),
    "comment": N_("comment"),
    "amendment": N_("amendment"),
    "observation": N_("journal entry"),
    "masking": N_("replaced names"),
    "translation": N_("translation"),
    "withdrawal": N_("withdrawal of a respondent"),
    "ruling": N_("decision on a conflict"),
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
        return UndoResult(False, label, _refusal_sentence(project, toggled.refusal, toggled.act), kind=toggled.kind)
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


def _names(project: Project) -> dict[str, str]:
    return {coder.id: coder.name for coder in queries.coders(project.connection)}


def _refusal_sentence(project: Project, found: Refusal, act: str) -> str:
    if found.reason == "lasting":
        records = list(changes(project.connection, "act = ?", (act,)))
        what = describe(project.connection, records) or undo_label(records[0].kind.partition(".")[0])
        return _("Your last act ({what}) is of a kind that cannot be taken back.").format(what=what)
    names = _names(project)
    people = ", ".join(names.get(c, c) for c in found.coders)
    if found.reason == "has_work":
        return _("This cannot be taken back: {name} has work in the project.").format(name=people)
    if found.reason == "others_work":
        return _("This cannot be taken back: work of {names} depends on it.").format(names=people)
    if found.reason == "changed_since":
        return _("This cannot be taken back: it was changed again since, by someone else.")
    return _("This cannot be taken back: its content was erased or withheld.")
