"""From a row down to the words it stands on, and from words up to the rows that stand on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import _
from hsreview.framework.chain import seen_through
from hsreview.framework.monitoring import in_time
from hsreview.model.dataset import CodedSegment
from hsreview.model.framework import Evidence, SourceKind, Stance
from hsreview.model.framework import Row as Row
from hsreview.model.observation import Observation
from hsreview.model.people import Coder
from hsreview.model.validation import Ballot, Validation
from hsreview.project.framework import evidence, evidence_around
from hsreview.project.observations import observations
from hsreview.project.project import Project
from hsreview.project.validations import decided
from hsreview.workflows.coding_places import is_place
from hsreview.workflows.evidence import Grounds, coding_ids, grounds
from hsreview.workflows.framework_rows import Framework, Ground, find_row, framework
from hsreview.workflows.journal import Journal


@dataclass(frozen=True, slots=True)
class Step:
    """One link on the way down from a row."""

    ground: Ground
    depth: int
    """1: the row's own link; 2: that of a finding it stands on …"""
    finding: Row | None
    segment: CodedSegment | None
    """Null for a finding or a document, and for a coding that is not there any more."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One entry of the journal, with the words on which it rests."""

    entry: Observation
    row: Row
    links: Sequence[tuple[Evidence, CodedSegment | None]]
    """Null for a coding that is not there any more."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Both ways from one row or one coding."""

    row: Row | None
    segment: CodedSegment | None
    above: Sequence[Row]
    """The rows that the row stands under, the nearest first."""
    below: Sequence[Row]
    """The rows that stand under it."""
    down: Sequence[Step]
    up: Sequence[Row]
    """The rows that stand on the row or the coding, directly or through findings."""
    grounds: Grounds
    entries: Sequence[Recorded]
    """The entries of the journal about the row, or those that rest on the coding."""
    decided: Sequence[tuple[Validation, Ballot]] = ()
    """What the row came to at validation meetings, round by round."""

    @property
    def journal(self) -> Journal:
        """Those entries with the framework that they are about."""
        return Journal(self.grounds.framework, [each.entry for each in self.entries])


def trace(project: Project, wish: str, *, viewer: Coder | None = None) -> Trace:
    """Both ways from the row with that ref or id, or from the coding with that id.

    Raises UsageProblem when there is neither, and InputRefused while `viewer` codes blind, and in a kit.
    """
    if project.kit_coder is not None:
        raise InputRefused(
            _(
                "This file is for a validation meeting: what rows stand on is not in it. Its rows as they were set "
                "aside: hsreview framework show. Trace them in the project from which the file was made."
            )
        )
    with project.snapshot():
        found = framework(project, viewer=viewer, links=False)
        try:
            row = find_row(found, wish)
        except UsageProblem:
            return _from_coding(project, found, wish)
        return _from_row(project, found, row)


def _from_row(project: Project, found: Framework, row: Row) -> Trace:
    entries = observations(project.connection, [row.id])
    links = evidence(project.connection, [each.id for each in entries]) if entries else []
    found = replace(found, evidence=[*evidence_around(project.connection, row.id), *links])
    behind = grounds(project, found, [row], [link.source for link in links])
    return Trace(
        row, None, above(found, row), found.children.get(row.id, ()), steps(behind, row), _standing(found, row.id),
        behind, _recorded(behind, entries), decided(project.connection, row.id),
    )  # fmt: skip


def _from_coding(project: Project, found: Framework, wish: str) -> Trace:
    try:
        [identity] = coding_ids(project, [wish])
    except UsageProblem:
        if is_place(wish):
            raise
        raise UsageProblem(_("There is no row and no coding {ref}.").format(ref=wish)) from None
    found = replace(found, evidence=evidence_around(project.connection, identity))
    behind = grounds(project, found, [], [identity])
    about = [link.row_id for link in found.evidence if link.row_id not in found.by_id]
    entries = observations(project.connection, about) if about else []
    return Trace(
        None, behind.segments.get(identity), (), (), (), _standing(found, identity), behind,
        _recorded(behind, entries),
    )  # fmt: skip


def segments_of_entry(project: Project, found: Journal, entry: Observation) -> list[CodedSegment]:
    """The segments on which an entry of the journal rests, as far as they are still there."""
    ids = [link.source for link in found.links.get(entry.id, ())]
    behind = grounds(project, found.framework, [], ids)
    return [behind.segments[each] for each in ids if each in behind.segments]


def _recorded(behind: Grounds, entries: Iterable[Observation]) -> list[Recorded]:
    rows = behind.framework.by_id
    return [
        Recorded(
            entry, rows[entry.row_id],
            [(each, behind.segments.get(each.source)) for each in behind.framework.evidence if each.row_id == entry.id],
        )
        for entry in sorted(entries, key=in_time) if entry.row_id in rows
    ]  # fmt: skip


def above(found: Framework, row: Row) -> list[Row]:
    above: list[Row] = []
    while (parent := found.by_id.get(row.parent_id or "")) is not None and parent not in above:
        above.append(parent)
        row = parent
    return above


def steps(behind: Grounds, row: Row) -> list[Step]:
    """The way down from a row, depth first, so that what a finding stands on follows the finding.

    As in `Framework.down`, a finding is gone into once for each stance in which it is reached.
    """
    found = behind.framework
    made: list[Step] = []
    seen = {(row.id, Stance.SUPPORTS)}
    ways = [(Stance.SUPPORTS, iter(found.links.get(row.id, ())))]
    while ways:
        towards, links = ways[-1]
        link = next(links, None)
        if link is None:
            ways.pop()
            continue
        stance = seen_through(towards, link.stance)
        finding = found.by_id.get(link.source) if link.source_kind is SourceKind.FINDING else None
        segment = behind.segments.get(link.source) if link.source_kind is SourceKind.CODING else None
        made.append(Step(Ground(link, stance), len(ways), finding, segment))
        if finding is not None and (finding.id, stance) not in seen:
            seen.add((finding.id, stance))
            ways.append((stance, iter(found.links.get(finding.id, ()))))
    return made


def _standing(found: Framework, source: str) -> list[Row]:
    return list({link.row_id: found.by_id[link.row_id] for link in found.up(source)}.values())
