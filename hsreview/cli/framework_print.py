"""Rows of the framework and what they stand on, as the command line answers and prints them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hsreview.base.messages import _, current_language, labelled
from hsreview.cli.output import emit

if TYPE_CHECKING:
    from hsreview.cli.answers.framework import (
        EvidenceAgreementEntry,
        EvidenceEntry,
        FrameworkRowEntry,
        RowName,
        StrengthEntry,
    )
    from hsreview.workflows.evidence import Grounds
    from hsreview.workflows.evidence_agreement import EvidenceAgreement
    from hsreview.workflows.framework_rows import Framework, Row
    from hsreview.workflows.tracing import Step

KINDS = ["strategy", "actor", "finding", "outcome", "marker", "indicator", "recommendation"]


def row_entry(behind: Grounds, row: Row, agreement: EvidenceAgreement | None = None) -> FrameworkRowEntry:
    """A row as it is answered."""
    from hsreview.workflows.framework_rows import said

    parent = behind.framework.by_id.get(row.parent_id or "")
    return {
        "id": row.id, "ref": row.ref, "kind": row.kind.value, "status": row.status.value,
        "parent_id": row.parent_id, "parent": parent.ref if parent else "", "text": said(row, current_language()),
        "data": dict(row.data), "strength": _strength(behind, row, agreement),
    }  # fmt: skip


def _strength(behind: Grounds, row: Row, agreement: EvidenceAgreement | None) -> StrengthEntry | None:
    from hsreview.workflows.framework_rows import GROUNDED

    if row.kind not in GROUNDED:
        return None
    found = behind.strength(row)
    return {
        "grade": found.grade.value, "set": row.data.get("strength_set"),
        "reason": str(row.data.get("strength_reason") or ""), "segments": found.segments,
        "respondents": found.respondents, "respondents_heard": len(behind.people),
        "organisations": found.organisations, "groups": list(found.groups), "places": list(found.places),
        "by_group": dict(found.by_group), "both_sides": found.both_sides, "sexes": list(found.sexes),
        "waves": list(found.waves), "against": found.against, "agreement": _agreement(agreement),
        "documents": found.documents, "firsthand": found.firsthand, "voiced": found.voiced,
        "contradicting": found.contradicting, "answered": found.answered, "unaffiliated": found.unaffiliated,
        "unlinked": found.unlinked, "missing": found.missing,
    }  # fmt: skip


def _agreement(found: EvidenceAgreement | None) -> EvidenceAgreementEntry | None:
    if found is None:
        return None
    return {
        "measure": found.measure, "unit": found.unit.value, "interviews": found.interviews,
        "double_coded": found.double_coded, "reason": found.why,
        "codes": [
            {"code": each.ref, "value": each.value, "reason": each.why, "units": each.units} for each in found.codes
        ],
    }  # fmt: skip


def step_entry(behind: Grounds, step: Step) -> EvidenceEntry:
    """A link as it is answered."""
    from hsreview.workflows.framework_rows import said

    link, segment = step.ground.link, step.segment
    text = said(step.finding, current_language()) if step.finding else segment.text if segment else ""
    return {
        "id": link.id, "row_id": link.row_id, "row": behind.framework.by_id[link.row_id].ref, "depth": step.depth,
        "source_kind": link.source_kind.value, "source": link.source, "stance": link.stance.value,
        "effect": step.ground.stance.value, "role": link.role.value, "note": link.note,
        "transcript_id": segment.transcript_id if segment else "", "place": behind.place(segment) if segment else "",
        "code": behind.codes.get(segment.coding.code_id, "?") if segment else "", "text": text,
    }  # fmt: skip


def row_names(rows: Sequence[Row]) -> list[RowName]:
    """Rows that are named, as they are answered."""
    from hsreview.workflows.framework_rows import said

    return [
        {"id": row.id, "ref": row.ref, "kind": row.kind.value, "text": said(row, current_language())} for row in rows
    ]


def emit_row(behind: Grounds, entry: FrameworkRowEntry, agreement: EvidenceAgreement | None) -> None:
    """Print a row whole."""
    from hsreview.workflows.evidence_words import in_words

    emit_cells(behind.framework, behind.framework.by_id[entry["id"]])
    if entry["strength"] is not None:
        emit("  " + labelled(_("Evidence"), grade(entry["strength"])))
        emit("    " + " · ".join(in_words(behind, behind.framework.by_id[entry["id"]], agreement)))


def emit_cells(found: Framework, row: Row) -> None:
    """Print what a row is and what its columns hold."""
    from hsreview.workflows.framework_values import cells_in_words

    emit(f"{row.ref} · {kind_word(row.kind.value)} · {status_word(row.status.value)}")
    for label, text in cells_in_words(found, row, current_language()):
        emit("  " + labelled(label, flat(text)))


def emit_down(down: Sequence[EvidenceEntry]) -> None:
    """Print what a row stands on, indented by depth."""
    from hsreview.workflows.framework_rows import Stance, stance_name

    for each in down:
        there = each["place"] or (each["source"] if each["source_kind"] == "document" else "")
        if each["source_kind"] == "coding" and not each["place"]:
            there = _("a coding that is no longer there")
        if each["source_kind"] == "finding":
            there = _("finding")
        words = " ".join(part for part in (each["code"], flat(each["text"])) if part)
        told = labelled(there, words) if words else there
        emit("  " * each["depth"] + f"{stance_name(Stance(each['stance']))} · {told}")


def grade(strength: StrengthEntry | None) -> str:
    """How strong the evidence is, in a word or two; empty for a row that has none of its own."""
    from hsreview.workflows.evidence import Grade, grade_name

    if strength is None:
        return ""
    if strength["set"]:
        return _("{grade} (set; counted: {counted})").format(
            grade=grade_name(Grade(strength["set"])), counted=grade_name(Grade(strength["grade"]))
        )
    return grade_name(Grade(strength["grade"]))


def kind_word(kind: str) -> str:
    """What kind of row it is, in the user's language."""
    from hsreview.workflows.framework_rows import RowKind, kind_name

    return kind_name(RowKind(kind))


def status_word(status: str) -> str:
    """How far a row is, in the user's language."""
    from hsreview.workflows.framework_rows import RowStatus, status_name

    return status_name(RowStatus(status))


def flat(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())
