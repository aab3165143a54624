"""The team's review for the workbook: agreement, differences with their decisions, assignments, status by interview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hsreview.model.agreement import AgreementReport
from hsreview.model.codebook import Codebook
from hsreview.model.people import Coder
from hsreview.model.review import TranscriptConsensus
from hsreview.model.review_sheets import AssignmentRow, ConfusionRows, DisagreementRow, InterviewStatus, Review
from hsreview.project import queries
from hsreview.project.codebooks import load_codebook
from hsreview.project.project import Project
from hsreview.review.differences import stamp_of
from hsreview.workflows import comparing
from hsreview.workflows.adjudicating import consensus_of
from hsreview.workflows.assigning import assignments
from hsreview.workflows.leaving import Leaving


def review(project: Project, *, viewer: Coder | None = None, recipient: str = "") -> Review | None:
    """What the workbook for `recipient` says of the review; null where one coder works alone and nothing was assigned.

    `viewer` sees nothing of transcripts that they still code blind.
    """
    with project.snapshot():
        given = assignments(project)
        readers = {coder for _transcript, coder, _pass in queries.reviewed(project.connection)}
        if len(readers) < 2 and not given:
            return None
        names = {coder.id: coder.name for coder in queries.coders(project.connection)}
        report = _report(project, viewer)
        return Review(
            names,
            report,
            tuple(_disagreements(project, names, viewer, Leaving(project, recipient))) if report else (),
            tuple(_confusions(project, names, viewer)) if report else (),
            tuple(
                AssignmentRow(a.transcript_id, a.coder, a.pass_, a.blind, a.reason, a.started, a.reviewed)
                for a in given
            ),
            {each.transcript_id: _status(each, names) for each in consensus_of(project, viewer=viewer)},
        )


def _report(project: Project, viewer: Coder | None) -> AgreementReport | None:
    """Null when no transcript was reviewed by two coders."""
    found = comparing.compare(project, viewer=viewer)
    return found if found.basis.transcripts else None


def _disagreements(
    project: Project, names: Mapping[str, str], viewer: Coder | None, leaving: Leaving
) -> Iterable[DisagreementRow]:
    refs = _refs(load_codebook(project.connection))
    for placed in comparing.differences(project, viewer=viewer):
        found = placed.difference
        decision = found.decision
        said = leaving.span(found.transcript_id, found.version_id, found.start, found.end)
        row = DisagreementRow(
            stamp_of(found), found.transcript_id, str(found.kind), placed.place,
            placed.quote if said else "",
            {coder: tuple(placed.codes.get(coder, ())) for coder in found.coders}, found.same_parent,
            str(found.standing),
        )  # fmt: skip
        if decision is None:
            yield row
            continue
        yield DisagreementRow(
            row.key, row.transcript_id, row.kind, row.place, row.quote, row.codes, row.same_parent, row.standing,
            str(decision.outcome), decision.taken,
            tuple(dict.fromkeys(refs.get(each.code_id, "?") for each in decision.result)), decision.because,
            names.get(decision.coder_id, decision.coder_id), decision.at,
        )  # fmt: skip


def _confusions(project: Project, names: Mapping[str, str], viewer: Coder | None) -> Iterable[ConfusionRows]:
    for table in comparing.confusion(project, viewer=viewer).tables:
        one, other = (names.get(coder, coder) for coder in table.coders)
        yield ConfusionRows((one, other), table.refs, table.counts)


def _refs(book: Codebook) -> dict[str, str]:
    return {place.code.id: place.code.ref for place in book.codes()}


def _status(found: TranscriptConsensus, names: Mapping[str, str]) -> InterviewStatus:
    adoption = found.adoption
    return InterviewStatus(
        found.entry,
        tuple(sorted(names.get(coder, coder) for coder in found.coders)),
        len(found.differences),
        found.open,
        names.get(adoption.source_coder_id, "?") if adoption else "",
        adoption.because if adoption else "",
    )
