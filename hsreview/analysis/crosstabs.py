"""Themes or codes against interviews, groups, attributes, speakers or time: who mentions what, of how many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from hsreview.analysis.columns import WHY_READ, Columns, Ints, Mask, Placed, pairs
from hsreview.analysis.covering import covered
from hsreview.analysis.divisions import Division
from hsreview.analysis.levels import Rows
from hsreview.model.dataset import Dataset, Reading
from hsreview.model.tables import Grid, Header, Measure, Note, Table, Why
from hsreview.model.text import Span

ALL = Header("all", "*")


def theme_interview(columns: Columns, rows: Rows, *, words: bool = True) -> Table:
    """Rows against every interview, and all reviewed interviews together in the last column.

    An interview that was begun shows what was found so far; what was not read has no numbers. `words` (of
    respondents, each counted once) take longer.
    """
    dataset = columns.dataset
    count = len(dataset.transcripts)
    placed = rows.place(columns, columns.transcript, count)
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
        table = np.array(_words(dataset, placed), np.int64).reshape(placed.shape)
        values[Measure.WORDS] = _with_all(table, reviewed, shown)
        for each, transcript in zip(base, dataset.transcripts, strict=True):
            each[Measure.WORDS] = dataset.respondent_words.get(transcript.id, 0)
        total[Measure.WORDS] = sum(dataset.respondent_words.get(t, 0) for t in dataset.reviewed)
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
        found: list[int] = placed.position[(placed.row == row) & columns.reviewed[placed.position]].tolist()
        return found

    return Table(
        "theme-interview", dataset.basis, columns.scope, tuple(values), rows.headers,
        (*heads, replace(ALL, base=total)), values, why=why, behind=behind,
    )  # fmt: skip


def _with_all(grid: np.ndarray, reviewed: Mask, shown: Mask) -> Grid:
    """The grid with the sum over the reviewed interviews at its end; nothing where nothing was read."""
    listed: list[list[int | float | None]] = np.column_stack([grid, grid[:, reviewed].sum(axis=1)]).tolist()
    for column in np.flatnonzero(~shown).tolist():
        for row in listed:
            row[column] = None
    return listed


def crosstab(
    columns: Columns, rows: Rows, division: Division, kind: str, detail: str = "", *, words: bool = True,
    among: Mask | None = None, first: Measure = Measure.RESPONDENTS,
) -> Table:  # fmt: skip
    """Rows against the columns of a division, and all together in the last column; interviews reviewed only.

    Who mentions: different respondents, organisations and interviews, each beside the n of its column. With `among`
    only those codings count; no n changes by it. `first` is what is shown when nothing is asked for;
    where nobody is known by name, interviews are.
    """
    dataset = columns.dataset
    width = len(division.columns) + 1
    chosen = columns.reviewed if among is None else columns.reviewed & among
    placed = _placed(columns, rows, width, chosen, _columns_of_segments(columns, division, chosen))
    who = placed
    if division.of_person is not None:
        who = _placed(columns, rows, width, chosen, _columns_of_people(columns, division.of_person, division, chosen))
    values: dict[Measure, Grid] = {
        Measure.RESPONDENTS: who.distinct(columns.person[who.position]),
        Measure.ORGANISATIONS: who.distinct(_organisations(columns)[who.position]),
        Measure.INTERVIEWS: placed.distinct(columns.transcript[placed.position]),
        Measure.SEGMENTS: placed.grid(),
    }
    bases = _bases(dataset, division)
    if words:
        values[Measure.WORDS] = _words(dataset, placed)
    if first is Measure.RESPONDENTS and not bases[-1][first]:
        first = Measure.INTERVIEWS
    heads = [replace(header, base=base) for header, base in zip((*division.columns, ALL), bases, strict=True)]
    why = {
        (row, column): Why.NOBODY
        for column, base in enumerate(bases)
        if not base[Measure.INTERVIEWS]
        for row in range(len(rows.headers))
    }
    return Table(
        kind, dataset.basis, columns.scope, _first(first, values), rows.headers, tuple(heads), values, why=why,
        behind=placed.behind, notes=(*left_out(columns, rows), *_nameless(dataset)), detail=detail,
    )  # fmt: skip


def _first(first: Measure, measures: Iterable[Measure]) -> tuple[Measure, ...]:
    return (first, *(measure for measure in measures if measure is not first))


def _nameless(dataset: Dataset) -> tuple[Note, ...]:
    """How many labels speak as respondents with nobody known behind them: they are in no n of respondents."""
    found = sum(dataset.nameless.get(transcript, 0) for transcript in dataset.reviewed)
    return (Note("nameless", found),) if found else ()


def left_out(columns: Columns, rows: Rows) -> tuple[Note, ...]:
    """What the numbers leave out: codings in interviews that were begun and not reviewed."""
    begun = len(rows.place(columns, np.zeros(columns.size, np.int64), 1, columns.begun).position)
    return (Note("begun_left_out", begun),) if begun else ()


def _columns_of_segments(columns: Columns, division: Division, chosen: Mask) -> tuple[Ints, Ints]:
    """Positions of the chosen codings, once for each column in which they count, and those columns."""
    order = {header.key: number for number, header in enumerate(division.columns)}
    return pairs(
        (place, order[value])
        for place in np.flatnonzero(chosen).tolist()
        for value in division.of_segment(columns.segments[place])
    )


def _columns_of_people(
    columns: Columns, of_person: Mapping[str, tuple[str, ...]], division: Division, chosen: Mask
) -> tuple[Ints, Ints]:
    """As above, each coding in the columns of whoever speaks; those of nobody known count nowhere."""
    order = {header.key: number for number, header in enumerate(division.columns)}
    return pairs(
        (place, order[value])
        for place in np.flatnonzero(chosen & (columns.person >= 0)).tolist()
        for value in of_person[columns.segments[place].respondent_id or ""]
    )


def _placed(columns: Columns, rows: Rows, width: int, chosen: Mask, where: tuple[Ints, Ints]) -> Placed:
    """Codings at `(position, column)`, and every chosen one once more in the last column."""
    every = np.flatnonzero(chosen)
    position = np.concatenate([where[0], every])
    column = np.concatenate([where[1], np.full(len(every), width - 1)])
    return rows.place_at(columns, position, column, width)


def _organisations(columns: Columns) -> Ints:
    """Number of the organisation of each coding's respondent, or -1."""
    people = columns.dataset.respondents.values()
    numbers = {key: n for n, key in enumerate(columns.dataset.organisations)}
    of = [numbers.get(person.organisation_id or "", -1) for person in people]
    found: Ints = np.array([*of, -1], np.int64)[columns.person]
    return found


def _bases(dataset: Dataset, division: Division) -> list[dict[Measure, int]]:
    """The n of every column and of all together: of the interviews reviewed, and of who was heard in them."""
    interviews: dict[str, set[str]] = {}
    people: dict[str, set[str]] = {}
    heard: set[str] = set()
    for transcript in dataset.reviewed & division.of_interview.keys():
        for value in division.of_interview[transcript]:
            interviews.setdefault(value, set()).add(transcript)
        for person in dataset.respondents_of.get(transcript, ()):
            if person in dataset.respondents:
                heard.add(person)
                of = division.of_speaker(transcript, person) if division.of_person is None else (
                    division.of_person[person]
                )  # fmt: skip
                for value in of:
                    people.setdefault(value, set()).add(person)
    interviews[ALL.key], people[ALL.key] = set(dataset.reviewed), heard
    return [
        {
            Measure.RESPONDENTS: len(people.get(header.key, ())),
            Measure.ORGANISATIONS: len(
                {dataset.respondents[p].organisation_id for p in people.get(header.key, ())} - {None}
            ),
            Measure.INTERVIEWS: len(interviews.get(header.key, ())),
        }
        for header in (*division.columns, ALL)
    ]


def _words(dataset: Dataset, placed: Placed) -> list[list[int]]:
    """Respondents' words under the codings of each cell, a word under two of them once."""
    found = [0] * (placed.shape[0] * placed.shape[1])
    transcripts: dict[str, dict[int, list[Span]]] = {}
    for position, cell in zip(placed.position.tolist(), placed.cell.tolist(), strict=True):
        segment = dataset.segments[position]
        spans = transcripts.setdefault(segment.transcript_id, {}).setdefault(cell, [])
        spans.append((segment.coding.start, segment.coding.end))
    for transcript, cells in transcripts.items():
        starts = dataset.word_starts.get(transcript) or ()
        for cell, spans in cells.items():
            found[cell] += covered(starts, sorted(spans))
    width = placed.shape[1]
    return [found[row * width : (row + 1) * width] for row in range(placed.shape[0])]
