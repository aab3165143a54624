"""Themes with their codes by group, beside the n of each group: the table of `crosstab`, and what was only begun."""

from __future__ import annotations

from collections.abc import Iterator

from hsreview.analysis.crosstabs import mentions
from hsreview.analysis.divisions import by_group, group_bases
from hsreview.analysis.layer_frame import LayerFrame
from hsreview.analysis.levels import CODE, Level, Rows, rows
from hsreview.model.matrices import GroupBase, GroupCount, NoShare, ThemeGroup, ThemeGroupRow
from hsreview.model.tables import Measure


def theme_group(frame: LayerFrame) -> ThemeGroup:
    """Theme × group and code × group, each theme before its codes; every code by itself.

    Every n and count is of the interviews reviewed, but for those of `begun`.
    """
    bases = group_bases(frame.dataset)
    codes: dict[str, list[ThemeGroupRow]] = {}
    for row in _rows(frame, bases, rows(frame, Level(None))):
        codes.setdefault(row.theme_id, []).append(row)
    themes = _rows(frame, bases, rows(frame))
    return ThemeGroup(tuple(bases), [each for theme in themes for each in (theme, *codes.get(theme.theme_id, ()))])


def _rows(frame: LayerFrame, bases: list[GroupBase], wanted: Rows) -> Iterator[ThemeGroupRow]:
    division = by_group(frame.dataset)
    theme_of = {place.code.id: place.theme.id for place in frame.dataset.codebook.codes()}
    reviewed, begun = (mentions(frame, wanted, division, among)[1] for among in (frame.reviewed, frame.begun))
    for row, header in enumerate(wanted.headers):
        counts = []
        for column, base in enumerate(bases):
            who, so_far = ({m: int(grid[row][column] or 0) for m, grid in of.items()} for of in (reviewed, begun))
            people = who[Measure.RESPONDENTS]
            counts.append(
                GroupCount(
                    who[Measure.INTERVIEWS], people, who[Measure.ORGANISATIONS], who[Measure.SEGMENTS],
                    people / base.respondents if base.no_share is NoShare.NONE else None,
                    so_far[Measure.INTERVIEWS], so_far[Measure.SEGMENTS],
                )
            )  # fmt: skip
        code = header.key if header.kind == CODE else None
        yield ThemeGroupRow(theme_of[code] if code else header.key, code, tuple(counts))
