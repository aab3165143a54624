"""How far coders agree on the codes behind a row, by the primary measure of the project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hsreview.base.messages import N_, _
from hsreview.framework.strength import passages
from hsreview.model.agreement import CodeAgreement, Estimate, Undefined, Unit
from hsreview.model.dataset import CodedSegment
from hsreview.model.framework import GROUNDED, Row, Stance
from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.workflows.comparing import Selection, compare_codes
from hsreview.workflows.evidence import Grounds
from hsreview.workflows.primary_measure import primary
from hsreview.workflows.reasons import explain

_USUAL = "krippendorff_alpha_nominal"
"""Where the project fixed no primary measure, or one that is for all codes together."""


@dataclass(frozen=True, slots=True)
class CodeAgreed:
    """One code behind a row."""

    ref: str
    value: float | None
    undefined: Undefined | None
    units: int
    """Units that two coders or more read."""

    @property
    def why(self) -> str:
        """Why there is no value; empty where there is one."""
        return explain(self.undefined) if self.undefined else ""


@dataclass(frozen=True, slots=True)
class EvidenceAgreement:
    """How far coders agree on the codes behind a row."""

    measure: str
    """By the name of the field."""
    unit: Unit
    codes: Sequence[CodeAgreed]
    """By ref."""
    interviews: int
    """Of the project, that two coders or more marked reviewed."""
    segments: int
    """Supporting segments."""
    double_coded: int
    """Those of them in interviews that two coders or more marked reviewed."""
    nothing: str = ""
    """Why there is no agreement to tell, untranslated; empty where there is."""

    @property
    def why(self) -> str:
        """Why there is no agreement to tell; empty where there is."""
        return _(self.nothing)


_UNSUPPORTED = N_("no coded segment supports it")
_NOT_READ = N_("no interview was marked reviewed by two coders")


def agreement_behind(
    project: Project, behind: Grounds, rows: Iterable[Row], *, viewer: Coder | None = None
) -> Mapping[str, EvidenceAgreement]:  # fmt: skip
    """Id of a row → how far coders agree on the codes of what supports it.

    All coders of the project are compared, once for all rows: not for lists that are painted at once.
    """
    supporting = {
        row.id: passages(behind.framework.down(row.id), behind.segments, Stance.SUPPORTS)
        for row in rows
        if row.kind in GROUNDED
    }
    codes = {segment.coding.code_id for segments in supporting.values() for segment in segments}
    fixed = primary(project)
    measure, unit = fixed.measure or _USUAL, Unit(fixed.unit or Unit.TURN)
    if not codes:
        return {row: _nothing(measure, unit, _UNSUPPORTED) for row in supporting}
    report = compare_codes(project, Selection(unit=unit, codes=tuple(sorted(codes))), viewer=viewer)
    if report.codes and all(measure not in each.values for each in report.codes):
        measure = _USUAL
    of = {each.code_id: each for each in report.codes}
    read = set(report.basis.transcripts)
    return {row: _found(segments, measure, unit, of, read) for row, segments in supporting.items()}


def _found(
    segments: Sequence[CodedSegment], measure: str, unit: Unit, of: Mapping[str, CodeAgreement], read: set[str]
) -> EvidenceAgreement:  # fmt: skip
    if not segments:
        return _nothing(measure, unit, _UNSUPPORTED)
    if not read:
        return _nothing(measure, unit, _NOT_READ, len(segments))
    codes = [of[code] for code in {segment.coding.code_id for segment in segments} if code in of]
    return EvidenceAgreement(
        measure, unit, sorted((_agreed(each, measure) for each in codes), key=lambda each: each.ref), len(read),
        len(segments), sum(segment.transcript_id in read for segment in segments),
    )  # fmt: skip


def _agreed(code: CodeAgreement, measure: str) -> CodeAgreed:
    found = code.values.get(measure, Estimate(None))
    return CodeAgreed(code.ref, found.value, found.undefined, code.units)


def _nothing(measure: str, unit: Unit, why: str, segments: int = 0) -> EvidenceAgreement:
    return EvidenceAgreement(measure, unit, (), 0, segments, 0, why)
