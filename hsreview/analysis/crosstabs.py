"""Themes or codes against interviews, groups, attributes, speakers or time: who mentions what, of how many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

import numpy as np
import pandas as pd

from hsreview.analysis.covering import covered
from hsreview.analysis.divisions import ALL, Division
from hsreview.analysis.layer_frame import WHY_READ, Ints, LayerFrame, Mask, Placed
from hsreview.analysis.levels import Rows
from hsreview.model.dataset import CodedSegment, Dataset, Reading
from hsreview.model.tables import Grid, Header, Measure, Note, Table, Why


def theme_interview(frame: LayerFrame, rows: Rows, *, words: bool = True) -> Table:
    """Rows against every interview, and all reviewed interviews together in the last column.

    An interview that was begun shows what was found so far; what was not read has no numbers. `words` (of
    respondents, each counted once) take longer.
    """
    dataset = frame.dataset
    count = len(dataset.transcripts)
    placed = rows.place(frame, frame.transcript, count)
    segments = np.array(placed.grid(), np.int64).reshape(placed.shape)
    reviewed = np.array([t.id in dataset.reviewed for t in dataset.transcripts], bool)
    read = [dataset.reading(t.id) for t in dataset.transcripts]
    shown = np.array([each in (Reading.REVIEWED, Reading.BEGUN) for each in read], bool)
    values: dict[Measure, Grid] = {
        Measure.SEGMENTS: _with_all(segments, reviewed, shown),
        Measure.INTERVIEWS: _with_all((segments > 0).astype(np.int64), reviewed, shown),
    }
    base: list[dict[Measure, int]] = [{Measure.INTERVIEWS: 1} if each is Reading.REVIEWED else {} for each in read]
    total = {Measure.INTERVIEWS: int(reviewed.sum())}
    if words:
        values[Measure.WORDS] = _with_all(_words(frame, placed), reviewed, shown)
        known = dataset.respondent_words
        for each, transcript in zip(base, dataset.transcripts, strict=True):
            if transcript.id in known:
                each[Measure.WORDS] = known[transcript.id]
        total[Measure.WORDS] = sum(known.get(t, 0) for t in dataset.reviewed)
    heads = [
        Header("interview", t.id, t.name, base=of, why=WHY_READ[how], about={"date": t.date} if t.date else {})
        for t, of, how in zip(dataset.transcripts, base, read, strict=True)
    ]
    why = {
        (row, column): WHY_READ[how]
        for column, how in enumerate(read)
        if how is not Reading.REVIEWED
        for row in range(len(rows.headers))
    }

    def behind(row: int, column: int) -> Sequence[int]:
        if column < count:
            return placed.behind(row, column)
        found: list[int] = placed.position[(placed.row == row) & frame.reviewed[placed.position]].tolist()
        return found

    return Table(
        "theme-interview", dataset.basis, frame.scope, tuple(values), rows.headers,
        (*heads, replace(ALL, base=total)), values, why=why, behind=behind,
        notes=_wordless(dataset, dataset.reviewed | dataset.begun) if words else (),
    )  # fmt: skip


def _with_all(grid: Ints, reviewed: Mask, shown: Mask) -> Grid:
    """The grid with the sum over the reviewed interviews at its end; nothing where nothing was read."""
    inside = grid[:, reviewed]
    whole = np.where((inside < 0).any(axis=1), -1, inside.sum(axis=1))
    return _listed(np.column_stack([np.where(shown, grid, -1), whole]))


def crosstab(
    frame: LayerFrame, rows: Rows, division: Division, kind: str, detail: str = "", *, words: bool = True,
    among: Mask | None = None, first: Measure = Measure.RESPONDENTS,
) -> Table:  # fmt: skip
    """Rows against the columns of a division, and all together in the last column; interviews reviewed only.

    Who mentions: different respondents, organisations and interviews, each beside the n of its column. With `among`
    only those codings count; no n changes by it. `first` is what is shown when nothing is asked for;
    where nobody is known by name, interviews are.
    """
    dataset = frame.dataset
    placed, values = mentions(frame, rows, division, frame.reviewed if among is None else frame.reviewed & among)
    bases = division.bases(dataset)
    if words:
        values[Measure.WORDS] = _listed(_words(frame, placed))
    if first is Measure.RESPONDENTS and not bases[-1][first]:
        first = Measure.INTERVIEWS
    heads = [replace(header, base=base) for header, base in zip((*division.columns, ALL), bases, strict=True)]
    why = {
        (row, column): Why.NOBODY
        for column, base in enumerate(bases)
        if not base[Measure.INTERVIEWS]
        for row in range(len(rows.headers))
    }
    notes = (*left_out(frame, rows), *nameless(dataset), *(_wordless(dataset, dataset.reviewed) if words else ()))
    return Table(
        kind, dataset.basis, frame.scope, _first(first, values), rows.headers, tuple(heads), values, why=why,
        behind=placed.behind, notes=notes, detail=detail,
    )  # fmt: skip


def mentions(
    frame: LayerFrame, rows: Rows, division: Division, chosen: Mask
) -> tuple[Placed, dict[Measure, Grid]]:  # fmt: skip
    """The chosen codings in a grid whose last column is that of all, and who mentions what in each of its cells."""
    width = len(division.columns) + 1
    placed = who = _placed(frame, rows, width, chosen, _columns_of(frame, division, chosen, division.of_segment))
    of_person = division.of_person
    if of_person is not None:
        known = chosen & (frame.person >= 0)
        where = _columns_of(frame, division, known, lambda segment: of_person[segment.respondent_id or ""])
        who = _placed(frame, rows, width, chosen, where)
    return placed, {
        Measure.RESPONDENTS: who.distinct(frame.person[who.position]),
        Measure.ORGANISATIONS: who.distinct(_organisations(frame)[who.position]),
        Measure.INTERVIEWS: placed.distinct(frame.transcript[placed.position]),
        Measure.SEGMENTS: placed.grid(),
    }


def _first(first: Measure, measures: Iterable[Measure]) -> tuple[Measure, ...]:
    return (first, *(measure for measure in measures if measure is not first))


def nameless(dataset: Dataset) -> tuple[Note, ...]:
    """How many labels speak as respondents with nobody known behind them: they are in no n of respondents."""
    found = sum(dataset.nameless.get(transcript, 0) for transcript in dataset.reviewed)
    return (Note("nameless", found),) if found else ()


def _wordless(dataset: Dataset, read: Iterable[str]) -> tuple[Note, ...]:
    """In how many of the interviews the words are withheld, erased or lost: none under a coding is no zero."""
    found = sum(transcript not in dataset.respondent_words for transcript in read)
    return (Note("wordless", found),) if found else ()


def left_out(frame: LayerFrame, rows: Rows) -> tuple[Note, ...]:
    """What the numbers leave out: codings in interviews that were begun and not reviewed."""
    begun = len(rows.place(frame, np.zeros(frame.size, np.int64), 1, frame.begun).position)
    return (Note("begun_left_out", begun),) if begun else ()


def _columns_of(
    frame: LayerFrame, division: Division, chosen: Mask, of: Callable[[CodedSegment], Iterable[str]]
) -> tuple[Ints, Ints]:  # fmt: skip
    """Positions of the chosen codings, once for each column in which they count, and those columns; `of` is asked once
    for each voice."""
    order = {header.key: number for number, header in enumerate(division.columns)}
    position = np.flatnonzero(chosen)
    voice = np.zeros(frame.size, np.int64)
    for name in ("transcript", "respondent", *(["speaker"] if division.by_label else [])):
        place = frame.numbers(name)
        voice = voice * (place.max(initial=0) + 2) + place + 1
    # Plain arrays: the frames of pandas take longer than the counting where codings are few, as they mostly are.
    number, voices = pd.factorize(voice[position])
    first = np.zeros(len(voices), np.int64)
    first[number[::-1]] = position[::-1]
    asked = [[order[value] for value in of(frame.segments[place])] for place in first.tolist()]
    many = np.array([len(each) for each in asked], np.int64)
    start, times = np.cumsum(many) - many, many[number]
    inside = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    columns = np.array([column for each in asked for column in each], np.int64)
    return np.repeat(position, times), columns[np.repeat(start[number], times) + inside]


def _placed(frame: LayerFrame, rows: Rows, width: int, chosen: Mask, where: tuple[Ints, Ints]) -> Placed:
    """Codings at `(position, column)`, and every chosen one once more in the last column."""
    every = np.flatnonzero(chosen)
    position = np.concatenate([where[0], every])
    column = np.concatenate([where[1], np.full(len(every), width - 1)])
    return rows.place_at(frame, position, column, width)


def _organisations(frame: LayerFrame) -> Ints:
    """Number of the organisation of each coding's respondent, or -1."""
    people = frame.dataset.respondents.values()
    numbers = {key: n for n, key in enumerate(frame.dataset.organisations)}
    of = [numbers.get(person.organisation_id or "", -1) for person in people]
    found: Ints = np.array([*of, -1], np.int64)[frame.person]
    return found


def _words(frame: LayerFrame, placed: Placed) -> Ints:
    """Respondents' words under the codings of each cell, a word under two of them once; -1 where the words of one of
    them are not known."""
    dataset, found = frame.dataset, np.zeros(placed.shape, np.int64)
    names = ("transcript", "start", "end")
    transcript, start, end = (frame.numbers(name)[placed.position] for name in names)
    order = np.lexsort((start, placed.cell, transcript))
    columns = (each[order].tolist() for each in (transcript, placed.cell, start, end))
    for place, there in groupby(zip(*columns, strict=True), itemgetter(0)):
        starts = dataset.word_starts.get(dataset.transcripts[place].id)
        for cell, spans in groupby(there, itemgetter(1)):
            if starts is None:
                found.flat[cell] = -1
            elif found.flat[cell] >= 0:
                found.flat[cell] += covered(starts, (span[2:] for span in spans))
    return found


def _listed(grid: Ints) -> Grid:
    """The grid as lists, null where it has -1."""
    listed: list[list[int | None]] = grid.tolist()
    for row, column in np.argwhere(grid < 0).tolist():
        listed[row][column] = None
    return listed
