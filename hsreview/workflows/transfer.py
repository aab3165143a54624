"""Rows of another state's framework for this project: adopted, adapted or dropped with a reason, as one act.

Nothing of their evidence comes along, and no finding: what people said stays where they said it. An indicator that is
taken over needs a baseline of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.messages import _
from hsreview.framework.chain import Framework
from hsreview.model.coding import Coding
from hsreview.model.framework import PARENTS, Row, RowKind, RowStatus
from hsreview.model.framework_columns import internal_keys, main_column
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.model.transfer import DROPPED, Dropped
from hsreview.model.transfer import TransferChoice as TransferChoice
from hsreview.model.validation import CommentKind
from hsreview.project import queries, validations
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.workflows.evidence import grounds
from hsreview.workflows.exporting import check_sight, choose_layer, dataset
from hsreview.workflows.framework_copying import copy_rows
from hsreview.workflows.framework_rows import framework, status_name
from hsreview.workflows.framework_versions import as_framework, find_version
from hsreview.workflows.querying import default_layer

KINDS = (
    RowKind.STRATEGY, RowKind.ACTOR, RowKind.OUTCOME, RowKind.MARKER, RowKind.INDICATOR, RowKind.RECOMMENDATION,
)  # fmt: skip
"""Rows that another state may take over; findings say what was heard where they were made."""
CODES = ("T1", "T2")
"""Codes under which people say what can be used elsewhere, and what would have to change."""
_GONE = (RowStatus.REJECTED, RowStatus.RETIRED, RowStatus.REFUSED, RowStatus.LAPSED)
_BASELINE = ("baseline_value", "baseline_date", "baseline_source")
_FOLLOWED = ("sent_on", "channel", "next_check")
"""Columns of a recommendation that tell how it was followed up over there."""


@dataclass(frozen=True)
class Origin:
    """Another state's framework, as far as it may be seen from outside of its project."""

    project_id: str
    name: str
    state: str
    version: str
    """Number of the version that was read; empty for the rows as they stand."""
    rows: Framework
    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Id of a row → the codes of what it stands on over there."""
    comments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Id of a row → what tables of a validation meeting said about its use elsewhere."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A segment of this project that says what can be used here, or what would have to change."""

    coding_id: str
    code: str
    place: str
    text: str
    touches: frozenset[str]
    """Ids of the codes on the same words."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One row that may be taken over, and what became of it."""

    row: Row
    """As it stands over there."""
    choice: TransferChoice | None
    reason: str
    taken: Row | None
    """The row of this project that it became."""
    segments: tuple[Reason, ...]
    """Those on the same words as a code on which the row stands over there."""
    comments: tuple[str, ...]


@dataclass(frozen=True)
class Offers:
    """Every row that may be taken over."""

    origin: Origin
    offers: tuple[Offer, ...]
    segments: tuple[Reason, ...]
    """All segments of this project under T1 and T2."""
    layer: str
    """Whose codings they are; empty when there is no layer to be seen."""
    out: tuple[Row, ...] = ()
    """Rows that are not offered, because they are rejected, retired, refused or lapsed over there."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to become of a row."""

    choice: TransferChoice
    reason: str = ""
    words: Localized = field(default_factory=Localized)
    """What the row says here, where that is not what it says over there."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What decisions changed."""

    taken: tuple[Row, ...]
    dropped: int
    present: int
    """Decisions that stood already."""


def read_origin(other: Project, version: str = "", *, viewer: Coder | None = None) -> Origin:
    """The framework of another project; `version` is the number or name of one that was set aside there.

    Raises InputRefused while `viewer` codes blind over there, UsageProblem for a version that there is not.
    """
    with other.snapshot():
        found = framework(other, viewer=viewer)
        chosen = find_version(other, version, viewer) if version else None
        rows = as_framework(chosen) if chosen else Framework(found.rows, ())
        behind = grounds(other, found)
        codes = {
            row.id: frozenset(
                behind.segments[each].coding.code_id for each in found.codings(row.id) if each in behind.segments
            )
            for row in found.rows
        }
        name = str(queries.setting(other.connection, "name", other.root.name))
        state = behind.dataset.codebook.base_state
        return Origin(other.id, name, state, chosen.number if chosen else "", rows, codes, _comments(other))


def _comments(project: Project) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for meeting in validations.validations(project.connection):
        rows = {each.id: each.row_id for each in validations.ballots(project.connection, meeting.id)}
        for comment in validations.comments(project.connection, meeting.id):
            if comment.kind is CommentKind.TRANSFER and comment.ballot_id in rows:
                found.setdefault(rows[comment.ballot_id], []).append(comment.text)
    return {row: tuple(texts) for row, texts in found.items()}


def offers(project: Project, origin: Origin, *, layer: str | None = None, viewer: Coder | None = None) -> Offers:
    """What may be taken over, with what became of it and with reasons beside it.

    `layer`: whose T1 and T2 segments are shown; else the consensus, else the viewer's own, else any. Raises
    UsageProblem when `origin` is this project, InputRefused while `viewer` codes blind.
    """
    if origin.project_id == project.id:
        raise UsageProblem(
            _("This is the same project. For another strategy of it, see: hsreview framework derive --help")
        )
    with project.snapshot():
        here = framework(project, viewer=viewer, links=False)
        name, segments = _segments(project, layer, viewer)
        own = _comments(project)
        taken = _taken(here)
        dropped = _dropped(project)
    made, out = [], []
    for row in origin.rows.of(*KINDS):
        became = taken.get(row.id)
        if row.status in _GONE and became is None and row.id not in dropped:
            out.append(row)
            continue
        choice, reason = None, ""
        if became is not None:
            choice = TransferChoice(str(became.data.get("transfer") or TransferChoice.ADOPT))
            reason = str(became.data.get("transfer_reason") or "")
        elif row.id in dropped:
            choice, reason = TransferChoice.DROP, dropped[row.id].reason
        touching = tuple(each for each in segments if each.touches & origin.codes.get(row.id, frozenset()))
        comments = (*origin.comments.get(row.id, ()), *(own.get(became.id, ()) if became else ()))
        made.append(Offer(row, choice, reason, became, touching, comments))
    return Offers(origin, tuple(made), segments, name, tuple(out))


def not_offered(found: Offers) -> list[str]:
    """What is said of rows that are not offered; nothing where all are."""
    rows = ", ".join(f"{each.ref} ({status_name(each.status)})" for each in found.out)
    told = _("Not listed, because of how they stand in {project}: {rows}.")
    return [told.format(project=found.origin.name, rows=rows)] if rows else []


def remarks(origin: Origin, taken: Sequence[Row]) -> list[str]:
    """What whoever took these rows over should know."""
    told = []
    for row in taken:
        there = origin.rows.by_id[row.derived_from or ""]
        if there.status in _GONE:
            told.append(
                _("{ref} is {status} in {project}; here it starts again, as {here}.").format(
                    ref=there.ref, status=status_name(there.status), project=origin.name, here=row.ref
                )
            )
        if row.kind is RowKind.INDICATOR and (row.data.get("target_value") is not None or row.data.get("milestones")):
            told.append(
                _("The target or the milestones of {here} are those of {project}: set them for here.").format(
                    here=row.ref, project=origin.name
                )
            )
    return told


def _segments(project: Project, layer: str | None, viewer: Coder | None) -> tuple[str, tuple[Reason, ...]]:
    wish = layer or default_layer(project, viewer)
    if wish is None:
        return "", ()
    chosen = choose_layer(project, wish, viewer=viewer)
    check_sight(project, viewer, chosen)
    data = dataset(project, chosen, viewer=viewer)
    names = {each.id: each.name for each in data.transcripts}
    refs = {place.code.id: place.code.ref for place in data.codebook.codes()}
    by_transcript: dict[str, list[Coding]] = {}
    for each in data.segments:
        by_transcript.setdefault(each.transcript_id, []).append(each.coding)
    found = []
    for each in data.segments:
        if refs.get(each.coding.code_id) in CODES:
            here = (
                other.code_id
                for other in by_transcript[each.transcript_id]
                if other.start < each.coding.end and each.coding.start < other.end
            )
            place = f"{names.get(each.transcript_id, '?')} {each.place}"
            found.append(Reason(each.coding.id, refs[each.coding.code_id], place, each.text, frozenset(here)))
    return chosen.name, tuple(found)


def _taken(here: Framework) -> dict[str, Row]:
    """Id of a row over there → the row that it became here."""
    return {row.derived_from: row for row in reversed(here.rows) if row.derived_from}


def _dropped(project: Project) -> dict[str, Dropped]:
    stored = queries.settings(project.connection, DROPPED)
    return {row: found for row, value in stored.items() if (found := Dropped.read(value)) is not None}


def decide(
    project: Project, coder: Coder, origin: Origin, decisions: Mapping[str, Decision], *, under: Row | None = None
) -> Decided:  # fmt: skip
    """Take rows over or drop them, as one act; `decisions` is by the id of the row over there.

    A row stands under what its parent became, else under `under` where it may. Raises InputRefused with every decision
    that cannot be, and nothing is stored then.
    """
    with project.write():
        here = framework(project, viewer=coder, links=False)
        taken, dropped = _taken(here), _dropped(project)
        new = {row: each for row, each in decisions.items() if not _stands(each, taken.get(row), dropped.get(row))}
        problems = [
            Problem(told, origin.rows.by_id[row].ref, code)
            for row, each in new.items()
            for told, code in _wrong(each, taken.get(row))
        ]
        if problems:
            raise InputRefused(_("These decisions cannot be taken as they are. Nothing was stored."), problems)
        if under is not None and not any(under.kind in parents for parents in PARENTS.values()):
            raise UsageProblem(_("No row can stand under {ref}.").format(ref=under.ref))
        if not new:
            return Decided((), 0, len(decisions))
        with project.act(coder.id) as act:
            made = _take(project, act, origin, new, {row: each.id for row, each in taken.items()}, under)
            out = [row for row, each in new.items() if each.choice is TransferChoice.DROP]
            for row in out:
                act.put("setting", DROPPED + row, value=_record(origin, row, new[row].reason).to_json())
            for row in made:
                if row in dropped:
                    act.put("setting", DROPPED + row, value=None)
        rows = framework(project, links=False).by_id
    return Decided(tuple(rows[each] for each in made.values()), len(out), len(decisions) - len(new))


def _take(
    project: Project, act: Act, origin: Origin, decisions: Mapping[str, Decision], known: Mapping[str, str],
    under: Row | None,
) -> dict[str, str]:  # fmt: skip
    wanted = [origin.rows.by_id[row] for row, each in decisions.items() if each.choice is not TransferChoice.DROP]
    return copy_rows(
        project, act, wanted, under=under, known=known, cells=lambda row: carried(origin, row, decisions[row.id])
    )


def carried(origin: Origin, row: Row, decision: Decision) -> dict[str, Any]:
    """What the cells of a row hold when it is taken over: no baseline, no follow-up, nothing about evidence."""
    left = {*internal_keys(row.kind), *_BASELINE, *_FOLLOWED}
    data = {key: value for key, value in row.data.items() if key not in left}
    data |= {"transfer": str(decision.choice), "transfer_reason": decision.reason or None}
    if row.kind is RowKind.INDICATOR:
        told = _("Taken over from {project} ({ref}): the baseline is still to be measured here.")
        data |= {"needs_new_baseline": "yes", "baseline_missing": told.format(project=origin.name, ref=row.ref)}
    for key, words in zip(main_column(row.kind).keys, (decision.words.fr, decision.words.en), strict=True):
        if words:
            data[key] = words
    return data


def _stands(decision: Decision, taken: Row | None, dropped: Dropped | None) -> bool:
    """Whether exactly this was decided before."""
    if taken is not None:
        same = (str(taken.data.get("transfer") or ""), str(taken.data.get("transfer_reason") or ""))
        said = zip(main_column(taken.kind).keys, (decision.words.fr, decision.words.en), strict=True)
        return same == (str(decision.choice), decision.reason) and all(
            not words or words == taken.data.get(key) for key, words in said
        )
    return decision.choice is TransferChoice.DROP and dropped is not None and dropped.reason == decision.reason


def _wrong(decision: Decision, taken: Row | None) -> list[tuple[str, str]]:
    found = []
    if taken is not None:
        told = _("It was taken over already, as {ref}: change that row, or take it back with undo.")
        found.append((told.format(ref=taken.ref), "taken"))
    if decision.choice is not TransferChoice.ADOPT and not decision.reason.strip():
        found.append((_("To adapt or drop a row, give the reason."), "no_reason"))
    if decision.choice is TransferChoice.ADOPT and decision.words:
        found.append((_("It says something else here: adapt it, and give the reason."), "reworded"))
    return found


def _record(origin: Origin, row_id: str, reason: str) -> Dropped:
    row = origin.rows.by_id[row_id]
    fr, en = (str(row.data.get(key) or "") for key in main_column(row.kind).keys)
    return Dropped(row.ref, Localized(fr, en), origin.name, reason)
