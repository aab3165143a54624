"""The matrices of a workbook: those that its wanted sheets draw, and those that their links need."""

from __future__ import annotations

from collections.abc import Iterator, Set

from hsreview.analysis.co_occurrence import CoOccurrence
from hsreview.analysis.crosstabs import crosstab, theme_interview
from hsreview.analysis.divergence import divergence
from hsreview.analysis.divisions import (
    ORGANISATION,
    Division,
    attributes,
    by_attribute,
    by_group,
    by_period,
    by_speaker,
    by_wave,
    written,
)
from hsreview.analysis.gaps import Asked, evidence_gaps
from hsreview.analysis.layer_frame import LayerFrame
from hsreview.analysis.levels import Level, rows
from hsreview.analysis.modifiers import code_modifier
from hsreview.analysis.saturation import saturation
from hsreview.model.dataset import Dataset
from hsreview.model.tables import Measure, Meeting, Table

MOST_VALUES = 30
"""An attribute with more values than this is no division; neither are so many months."""
PLACE = "region"
Tables = dict[str, Table]
Overlaps = list[tuple[int, int, Meeting]]


def table_set(frame: LayerFrame, asked: Asked, wanted: Set[str]) -> tuple[Tables, Overlaps]:
    """The tables of the sheets with these stable names, and where codes overlap (for the sheet `overlaps`)."""
    dataset = frame.dataset
    themes, codes = rows(frame), rows(frame, Level(None))
    found: Tables = {}
    if "theme_interview" in wanted:
        found["theme_interview"] = theme_interview(frame, themes, words=False)
    if "theme_group" in wanted:
        found["theme_group"] = crosstab(frame, themes, by_group(dataset), "theme-group", words=False)
    if "theme_speaker" in wanted:
        speakers = by_speaker(dataset)
        found["theme_speaker"] = crosstab(frame, themes, speakers, "theme-speaker", first=Measure.SEGMENTS)
    if "crosstabs" in wanted:
        for name, division in _divisions(dataset):
            found[f"crosstabs:{name}"] = crosstab(frame, themes, division, "crosstab", name)
    overlaps: Overlaps = []
    if wanted & {"co_occurrence", "overlaps"}:
        together = CoOccurrence(frame, codes)
        overlap = together.overlap()
        found["co_occurrence:overlap"], found["co_occurrence:turn"] = overlap, together.within(0)
        if "overlaps" in wanted:
            overlaps = [
                (one, other, meeting)
                for one, line in enumerate(overlap.values[Measure.PAIRS])
                for other in range(one + 1, len(line))
                if line[other]
                for meeting in together.meetings(one, other)
            ]
    if "modifiers" in wanted and dataset.codebook.modifiers:
        found["modifiers"] = code_modifier(frame, codes)
    if "timeline" in wanted:
        for name, division in _times(dataset):
            found[f"timeline:{name}"] = crosstab(frame, themes, division, "timeline", name)
    if "saturation" in wanted:
        found["saturation"] = saturation(frame, codes)
    if "gaps" in wanted:
        found["gaps"] = evidence_gaps(frame, asked, PLACE)
    if "divergence" in wanted:
        found["divergence"] = divergence(frame, codes, by_group(dataset))
    return found, overlaps


def _divisions(dataset: Dataset) -> Iterator[tuple[str, Division]]:
    """The attributes by which something is divided: two values or more, and not too many; no organisations, of which
    most hold one respondent."""
    for name in attributes(dataset):
        if name == ORGANISATION:
            continue
        division = by_attribute(dataset, name)
        if 2 <= len(division.columns) <= MOST_VALUES:
            yield name, division


def _times(dataset: Dataset) -> Iterator[tuple[str, Division]]:
    """By month (by year where there are too many months), and by wave where waves are known."""
    months = by_period(dataset, "month")
    yield ("month", months) if len(months.columns) <= MOST_VALUES else ("year", by_period(dataset, "year"))
    if any(written(t.wave) for t in dataset.transcripts):
        yield "wave", by_wave(dataset)
