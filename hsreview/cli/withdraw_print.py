"""What a withdrawal would do, did and leaves, as answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from hsreview.base.messages import current_language
from hsreview.cli.answers.withdrawing import (
    SentEntry,
    TellingEntry,
    WhyTold,
    WithdrawalDone,
    WithdrawalPlanned,
    WithdrawalReason,
)

if TYPE_CHECKING:
    from hsreview.project.project import Project
    from hsreview.workflows.withdrawing import Mention, Plan, Sent, Withdrawn


def plan_entry(project: Project, plan: Plan) -> WithdrawalPlanned:
    """The answer of a dry run."""
    from hsreview.project.backups import backups
    from hsreview.workflows.framework_rows import said
    from hsreview.workflows.withdrawal_also import summary_cases

    lost, beside = plan.losses, plan.beside
    cases = summary_cases(project.connection, beside.summaries)
    language = current_language()
    return {
        "respondent_id": plan.person.id,
        "respondent": plan.person.name,
        "transcripts": [
            {
                "transcript_id": each.id, "transcript": each.name, "whole": each.whole, "turns": each.turns,
                "of": each.of, "words": each.words, "others": each.others,
            }
            for each in lost.texts
        ],
        "counts": dict(lost.counts),
        "released_quotes": lost.released,
        "themes": list(lost.themes),
        "cells": [
            {"theme": each.theme, "group": each.group, "before": each.before, "after": each.after}
            for each in lost.cells
        ],
        "rows": [
            {
                "id": each.row.id, "ref": each.row.ref, "text": said(each.row, language), "links": each.links[0],
                "links_after": each.links[1], "respondents": each.respondents[0],
                "respondents_after": each.respondents[1], "grade": str(each.grades[0]),
                "grade_after": str(each.grades[1]),
            }
            for each in lost.rows
        ],
        "codes": [
            {
                "id": each.id, "ref": each.ref, "label": each.label, "in_vivo": each.in_vivo, "example": each.example,
                "reason": each.reason,
            }
            for each in beside.codes
        ],
        "queries": list(beside.queries),
        "summaries": [
            {"id": key, "case": case, "theme": theme, "why": cast("WhyTold | None", beside.summaries[key])}
            for key, (case, theme) in cases.items()
        ],
        "telling": _telling(beside.mentions),
        "sent": _sent(project, plan.sent),
        "originals": [str(path) for path in plan.originals],
        "naming": [str(path) for path in plan.naming],
        "backups": len(backups(project.root)),
    }  # fmt: skip


def done_entry(project: Project, done: Withdrawn) -> WithdrawalDone:
    """The answer of a withdrawal."""
    return {
        "id": done.withdrawal.id,
        "respondent_id": done.withdrawal.respondent_id,
        "at": done.withdrawal.at,
        "because": cast("WithdrawalReason", done.withdrawal.reason),
        "finished": done.cleared.done,
        "removed_backups": [str(path) for path in done.cleared.removed],
        "backup": str(done.cleared.backup) if done.cleared.backup else None,
        "unknown": [str(path) for path in done.cleared.unknown],
        "searched": done.residue.words,
        "sealed": done.residue.sealed,
        "holding": [str(path) for path in done.residue.files],
        "unread": [str(path) for path in done.residue.unread],
        "telling": _telling(done.mentions),
        "sent": _sent(project, done.sent),
        "deleted": [str(path) for path in done.deleted],
        "undeleted": [str(path) for path in done.undeleted],
        "originals": [str(path) for path in done.originals],
        "naming": [str(path) for path in done.naming],
        "key_file": str(done.key_file) if done.key_file else None,
    }


def _telling(mentions: Sequence[Mention]) -> list[TellingEntry]:
    return [
        {
            "kind": each.table, "id": each.id, "name": each.name, "by": each.by, "look": each.look,
            "why": cast("WhyTold", str(each.why)),
        }
        for each in mentions
    ]  # fmt: skip


def _sent(project: Project, sent: Sequence[Sent]) -> list[SentEntry]:
    from hsreview.workflows.coders import coders

    names = {coder.id: coder.name for coder in coders(project)}
    return [
        {
            "id": each.output.id, "kind": each.output.kind, "at": each.output.at, "name": each.output.name,
            "recipient": names.get(each.output.recipient, each.output.recipient), "digest": each.output.digest,
            "path": str(each.path or ""),
        }
        for each in sent
    ]  # fmt: skip
