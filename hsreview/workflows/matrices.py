"""Matrices of one layer: what can be asked for, the table that answers, and the codings behind each of its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from hsreview.base.errors import UsageProblem
from hsreview.base.folding import fold
from hsreview.base.messages import N_, _
from hsreview.model.dataset import CodedSegment as CodedSegment
from hsreview.model.dataset import Dataset as Dataset
from hsreview.model.people import Coder
from hsreview.model.tables import Header as Header
from hsreview.model.tables import Measure as Measure
from hsreview.model.tables import Meeting as Meeting
from hsreview.model.tables import Table as Table
from hsreview.model.tables import Why as Why
from hsreview.project.asked import asked
from hsreview.project.project import Project
from hsreview.workflows.exporting import check_sight, choose_layer, dataset
from hsreview.workflows.exporting import layers as layers
from hsreview.workflows.querying import default_layer as default_layer
from hsreview.workflows.querying import newest as newest

if TYPE_CHECKING:
    from hsreview.analysis.layer_frame import LayerFrame
    from hsreview.analysis.levels import Rows

Asked = Mapping[str, Mapping[str, bool]]

KINDS: Mapping[str, str] = {
    "theme-interview": N_("Themes by interview"),
    "theme-group": N_("Themes by group"),
    "crosstab": N_("Themes by an attribute"),
    "theme-speaker": N_("Themes by speaker"),
    "co-occurrence": N_("Codes that stand together"),
    "modifiers": N_("Codes by modifier"),
    "timeline": N_("Themes over time"),
    "saturation": N_("New codes with each interview"),
    "gaps": N_("Gaps in the evidence"),
    "divergence": N_("Where groups differ"),
}
"""Every kind of matrix → its title."""
_BY_CODE = ("co-occurrence", "saturation", "divergence")
"""Kinds whose rows are codes when nothing is said; those of the others are themes."""
TIMES = ("date", "wave")
PERIODS = ("year", "month", "day")
OVERLAP, TURN = "overlap", "turn"
PLACE = "region"
"""The attribute that says where, when nothing else is said."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. What does not concern a kind is left as it is."""

    kind: str = "theme-group"
    level: str = ""
    """`theme`, `code` or a number; empty: what is usual for the kind."""
    codes: tuple[str, ...] = ()
    """Only these themes and codes, with all below them."""
    by: str = ""
    """Crosstab: an attribute, or `group`. Timeline: `date` or `wave`. Gaps: the attribute that says where."""
    period: str = "month"
    """Timeline by date: `year`, `month` or `day`."""
    within: str = OVERLAP
    """Co-occurrence: `overlap`, `turn`, or a number of turns."""


class OpenMatrices:
    """One layer, ready for any matrix."""

    def __init__(self, chosen: Dataset, guide: Asked) -> None:
        self.dataset = chosen
        self.names: Mapping[str, str] = {t.id: t.name for t in chosen.transcripts}
        """Transcript id → name."""
        self.refs: Mapping[str, str] = {place.code.id: place.code.ref for place in chosen.codebook.codes()}
        """Code id → ref."""
        self._asked = guide
        self._rows: dict[tuple[int | None, tuple[str, ...]], Rows] = {}

    @cached_property
    def _frame(self) -> LayerFrame:
        from hsreview.analysis.layer_frame import LayerFrame

        return LayerFrame(self.dataset)

    def rows(self, wish: Wish) -> Rows:
        """The rows of a matrix."""
        from hsreview.analysis.levels import Level, level_named, rows

        depth = level_named(wish.level or ("code" if wish.kind in _BY_CODE else "theme"))
        key = (depth, wish.codes)
        if key not in self._rows:
            self._rows[key] = rows(self._frame, Level(depth, wish.codes))
        return self._rows[key]

    def attributes(self) -> list[str]:
        """What a crosstab can be made by."""
        from hsreview.analysis.divisions import GROUP, attributes

        return [GROUP, *attributes(self.dataset)]

    def table(self, wish: Wish) -> Table:
        """The matrix. Raises UsageProblem for a kind, level, code, attribute, period or relation that there is not."""
        from hsreview.analysis import crosstabs, divisions
        from hsreview.analysis.divergence import divergence
        from hsreview.analysis.gaps import evidence_gaps
        from hsreview.analysis.modifiers import code_modifier
        from hsreview.analysis.saturation import saturation

        frame = self._frame
        match wish.kind:
            case "theme-interview":
                return crosstabs.theme_interview(frame, self.rows(wish))
            case "theme-group":
                return crosstabs.crosstab(frame, self.rows(wish), divisions.by_group(self.dataset), wish.kind)
            case "theme-speaker":
                speakers = divisions.by_speaker(self.dataset)
                return crosstabs.crosstab(frame, self.rows(wish), speakers, wish.kind, first=Measure.SEGMENTS)
            case "crosstab":
                name = self._attribute(wish.by)
                by = divisions.by_group if name == divisions.GROUP else None
                division = by(self.dataset) if by else divisions.by_attribute(self.dataset, name)
                return crosstabs.crosstab(frame, self.rows(wish), division, wish.kind, name)
            case "timeline":
                return self._timeline(wish)
            case "co-occurrence":
                return self._co_occurrence(wish)
            case "modifiers":
                return code_modifier(frame, self.rows(wish))
            case "saturation":
                return saturation(frame, self.rows(wish))
            case "gaps":
                return evidence_gaps(frame, self._asked, self._attribute(wish.by) if wish.by else PLACE)
            case "divergence":
                return divergence(frame, self.rows(wish), divisions.by_group(self.dataset))
        told = _("There is no matrix called {name}. There are: {names}.")
        raise UsageProblem(told.format(name=wish.kind, names=", ".join(KINDS)))

    def _attribute(self, wish: str) -> str:
        known = self.attributes()
        found = next((name for name in known if fold(name) == fold(wish)), None)
        if found is not None:
            return found
        names = ", ".join(known)
        if not wish:
            raise UsageProblem(_("Say by which attribute: --by NAME. There are: {names}.").format(names=names))
        raise UsageProblem(
            _("Nothing here has an attribute {name}. There are: {names}.").format(name=wish, names=names)
        )

    def _timeline(self, wish: Wish) -> Table:
        from hsreview.analysis.crosstabs import crosstab
        from hsreview.analysis.divisions import by_period, by_wave

        if wish.by not in ("", *TIMES):
            raise UsageProblem(_("A timeline is made by {choices}.").format(choices=", ".join(TIMES)))
        if wish.period not in PERIODS:
            raise UsageProblem(_("The period of a timeline is one of: {choices}.").format(choices=", ".join(PERIODS)))
        wave = wish.by == "wave"
        division = by_wave(self.dataset) if wave else by_period(self.dataset, wish.period)
        return crosstab(self._frame, self.rows(wish), division, wish.kind, "wave" if wave else wish.period)

    def _co_occurrence(self, wish: Wish) -> Table:
        from hsreview.analysis.co_occurrence import CoOccurrence

        found = CoOccurrence(self._frame, self.rows(wish))
        if wish.within == OVERLAP:
            return found.overlap()
        if wish.within == TURN or wish.within.isdecimal():
            return found.within(0 if wish.within == TURN else int(wish.within))
        raise UsageProblem(
            _("Codes stand together within: overlap, turn, or a number of turns. “{value}” is none of these.").format(
                value=wish.within
            )
        )

    def meetings(self, wish: Wish, row: int, column: int) -> list[Meeting]:
        """Where codings of two rows of a co-occurrence share words."""
        from hsreview.analysis.co_occurrence import CoOccurrence

        return CoOccurrence(self._frame, self.rows(wish)).meetings(row, column)

    def segments(self, positions: Sequence[int]) -> list[CodedSegment]:
        """The codings at these positions."""
        return [self.dataset.segments[position] for position in positions]


def open_matrices(project: Project, wish: str | None = None, *, viewer: Coder | None = None) -> OpenMatrices:
    """The layer called `wish`, as `choose_layer` finds it: never a sum over coders.

    Raises InputRefused when it holds work of others that `viewer` may not see yet.
    """
    with project.snapshot():
        chosen = choose_layer(project, wish, viewer=viewer)
        check_sight(project, viewer, chosen)
        return OpenMatrices(dataset(project, chosen, viewer=viewer), asked(project.connection))


def find_cell(table: Table, row: str, column: str) -> tuple[int, int]:
    """The row and the column with these names (ref, id or label). Raises UsageProblem for a name that is none."""
    return _find(table.rows, row), _find(table.columns, column)


def _find(headers: Sequence[Header], wish: str) -> int:
    word = fold(wish)
    tests = (
        lambda h: wish == h.key,
        lambda h: word == fold(full_ref(h)),
        lambda h: word == fold(h.ref),
        lambda h: word in (fold(h.label.fr), fold(h.label.en)) if h.label else False,
    )
    for test in tests:
        found = [number for number, header in enumerate(headers) if test(header)]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(full_ref(headers[n]) or headers[n].key for n in found)
            raise UsageProblem(_("{name} is the name of several: {names}.").format(name=wish, names=names))
    names = ", ".join(full_ref(header) or header.key for header in headers)
    raise UsageProblem(_("There is no row or column {name}. There are: {names}.").format(name=wish, names=names))


def full_ref(header: Header) -> str:
    """The name of a row or column, with what it belongs to: `stance:positive`, `cso · Gao`, `FG_01 · Awa K.`"""
    around = header.about.get("interview") or header.about.get("modifier")
    if header.about.get("place"):
        return " · ".join(part for part in (header.ref, header.about["place"]) if part)
    if header.kind == "modifier":
        return f"{around}:{header.ref}"
    if around and header.kind == "speaker":
        return f"{around} · {header.ref}"
    return header.ref
