"""What rows of the framework still lack, as people are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hsreview.base.messages import _, current_language, ngettext
from hsreview.framework.lint import Level as Level
from hsreview.framework.lint import complaints
from hsreview.model.framework import Row
from hsreview.model.framework_columns import COLUMNS
from hsreview.workflows.evidence import Grounds


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something that a row lacks, in the user's language."""

    row: Row
    column: str
    """Key of the column that is meant; empty for the whole row."""
    code: str
    """A stable English word."""
    level: Level
    message: str
    remedy: str


def row_problems(behind: Grounds, rows: Iterable[Row] | None = None) -> list[RowProblem]:
    """What these rows (or all) lack; `behind` has to hold what they stand on."""
    language = current_language()
    headings = {kind: {c.key: c.label.get(language) for c in columns} for kind, columns in COLUMNS.items()}
    return [
        RowProblem(
            each.row, each.rule.column, each.rule.code, each.rule.level, _(each.rule.says).format(detail=each.detail),
            _(each.rule.remedy).format(**headings[each.row.kind]),
        )
        for each in complaints(behind.framework, behind.segments.keys(), rows)
    ]  # fmt: skip


def in_numbers(problems: Sequence[RowProblem]) -> str:
    """`2 errors, 1 warning`; empty for nothing."""
    errors = sum(each.level is Level.ERROR for each in problems)
    warnings = len(problems) - errors
    told = []
    if errors:
        told.append(ngettext("{n} error", "{n} errors", errors).format(n=errors))
    if warnings:
        told.append(ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings))
    return ", ".join(told)


def level_name(level: Level) -> str:
    """How much a complaint weighs, in the user's language."""
    return {Level.ERROR: _("error"), Level.WARNING: _("warning")}[level]
