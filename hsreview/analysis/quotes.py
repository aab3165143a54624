"""The choice of quotes: a few passages for each theme in each group, those that coders flagged first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hsreview.analysis.places import code_places, group_order
from hsreview.model.dataset import CodedSegment, Dataset
from hsreview.model.groups import interview_groups
from hsreview.model.matrices import QuoteCell, QuotePick
from hsreview.model.text import Role

FLAGGED = 10
"""At most so many flagged quotes in one cell."""
FILLED = 3
"""A cell with fewer flagged quotes is filled up to this number with other passages."""
QUOTE, MASK = "quote", "mask"
_READABLE = range(60, 600)


@dataclass(slots=True)
class _Passage:
    """One span of one interview with every coding of the theme on it."""

    index: int
    segment: CodedSegment
    codes: dict[str, None] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)


def pick_quotes(dataset: Dataset, quotable: Mapping[str, bool | None]) -> list[QuoteCell]:
    """The quotes of every theme in every group, in the order of the codebook and of `group_order`.

    Flagged passages come first, then readable ones; each round takes one passage of every interview, so that
    one talkative respondent does not fill a cell. What an interviewer said is no quote. Passages of respondents of
    whom `quotable` is false, those flagged to be masked and those whose words are withheld or erased are held back
    and counted.
    """
    groups_of = {t.id: interview_groups(dataset, t) for t in dataset.transcripts}
    cells: dict[tuple[str, str], list[_Passage]] = {}
    for passage, theme in _passages(dataset):
        for group in groups_of[passage.segment.transcript_id]:
            cells.setdefault((theme, group), []).append(passage)
    return [
        _cell(quotable, theme.id, group, cells.get((theme.id, group), []))
        for theme in dataset.codebook.themes
        for group in group_order(dataset)
    ]


def _passages(dataset: Dataset) -> list[tuple[_Passage, str]]:
    places = code_places(dataset)
    found: dict[tuple[str, str, int, int], _Passage] = {}
    for index, segment in enumerate(dataset.segments):
        if segment.role == Role.INTERVIEWER:
            continue
        coding = segment.coding
        key = (places[coding.code_id].theme.id, segment.transcript_id, coding.start, coding.end)
        passage = found.get(key)
        if passage is None:
            passage = found[key] = _Passage(index, segment)
        passage.codes[coding.code_id] = None
        passage.flags.update(coding.flags)
    return [(passage, key[0]) for key, passage in found.items()]


def _cell(quotable: Mapping[str, bool | None], theme: str, group: str, passages: list[_Passage]) -> QuoteCell:
    open_ = [p for p in passages if p.segment.text and MASK not in p.flags and _allowed(quotable, p)]
    flagged = _spread([p for p in open_ if QUOTE in p.flags])[:FLAGGED]
    others = _spread([p for p in open_ if QUOTE not in p.flags])[: max(0, FILLED - len(flagged))]
    picks = tuple(QuotePick(p.index, tuple(p.codes)) for p in (*flagged, *others))
    return QuoteCell(theme, group, picks, len(passages), len(passages) - len(open_))


def _allowed(quotable: Mapping[str, bool | None], passage: _Passage) -> bool:
    return quotable.get(passage.segment.respondent_id or "") is not False


def _spread(passages: list[_Passage]) -> list[_Passage]:
    """`passages` by rounds: first one of every interview, readable lengths before others, then the next ones."""
    ordered = sorted(passages, key=lambda p: (len(p.segment.text) not in _READABLE, p.index))
    seen: dict[str, int] = {}
    rounds: list[tuple[int, bool, int, _Passage]] = []
    for passage in ordered:
        turn = seen.get(passage.segment.transcript_id, 0)
        seen[passage.segment.transcript_id] = turn + 1
        rounds.append((turn, len(passage.segment.text) not in _READABLE, passage.index, passage))
    return [r[3] for r in sorted(rounds, key=lambda r: r[:3])]
