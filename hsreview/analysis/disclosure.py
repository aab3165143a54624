"""Disclosure control: which numbers of a layer may be published, so that no small cell can be worked out.

Small columns are counted together and small codes with their theme (roll-up before hiding); what remains is told in
bands. Then every theme is tried: whoever knows all that is published must find 0 as well as k − 1 possible in each
cell of the lowest band. Where they do not, more is left out, the least first. What is published of a theme: per
division (group, place) a cell for each column; its total, which is the sum of each division; and per column of the
first division its codes, each at most the theme and together at least the theme. Which columns lie in others (places
in a region, kinds of organisations in a group) is known to everybody. Themes share nobody's numbers.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hsreview.analysis.divisions import OF_INTERVIEWS, written
from hsreview.analysis.inference import AtMost, Interval, Reader
from hsreview.analysis.places import group_order
from hsreview.base.errors import InputRefused
from hsreview.base.messages import _, ngettext
from hsreview.model.dataset import Dataset
from hsreview.model.groups import attribute_of_person, respondent_groups
from hsreview.model.localized import Localized
from hsreview.model.public import Band, Public, PublicColumn, PublicRow, PublicTable, Why, Withheld, band_of

GROUP = "group"
OTHER, ALL = "*other", "*all"

_TOTAL, _CODE = ("total",), "code"
_Column = tuple[int, int]


@dataclass(frozen=True, slots=True)
class People:
    """Everyone heard in the interviews reviewed, and in which column of each table they count."""

    known: frozenset[str]
    column_of: Mapping[str, Mapping[str, str]]
    """Table → respondent → key of the column."""
    own_group: Mapping[str, str]
    """Respondent → their group before any roll-up; empty without one or with several."""
    group_sizes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many respondents of each column mention a theme: all that its rows could tell."""

    sizes: Sequence[Sequence[int]]
    """Of every division: the n of its columns."""
    cells: Sequence[Sequence[int]]
    """Of every division: the theme by column."""
    codes: Sequence[Sequence[int]]
    """Of every code: by column of the first division."""
    covering: Sequence[AtMost] = ()
    """Columns `(division, position)` whose people are all in columns of another division, as places in a region."""

    @property
    def total(self) -> int:
        """Of all columns; the same in every division."""
        return sum(self.cells[0])

    @property
    def people(self) -> int:
        """Everyone."""
        return sum(self.sizes[0])


@dataclass(frozen=True, slots=True)
class Shown:
    """What is published of one theme."""

    total: bool
    codes: bool
    divisions: int
    """How many of the divisions, from the first on."""
    why: tuple[Why, ...] = ()


def public_tables(
    dataset: Dataset, *, k: int, by: Sequence[str] = (), zones: Mapping[str, str] | None = None
) -> tuple[Public, People]:
    """The public tables of a layer: respondents mentioning each theme and code by group, and each theme by the
    attributes `by`; `zones` are places that are counted under another name. With where everybody counts.

    Raises InputRefused when fewer than `k` respondents are heard in the interviews reviewed.
    """
    people, columns, left = _divide(dataset, k, (GROUP, *by), zones or {})
    rows: list[list[PublicRow]] = [[] for _table in columns]
    said = _mentions(dataset, people)
    for theme in dataset.codebook.themes:
        codes = [place.code for place in dataset.codebook.codes() if place.theme.id == theme.id]
        if not codes:
            continue
        counts = _counts(columns, people, said, [code.id for code in codes])
        shown = choose(counts, k)
        for table, count in enumerate(counts.cells):
            bands = [band_of(n, k) if table < shown.divisions else Band.HIDDEN for n in count]
            if len(columns[table]) > len(count):
                bands.append(band_of(counts.total, k) if shown.total else Band.HIDDEN)
            rows[table].append(PublicRow(theme.id, None, theme.ref, theme.label, tuple(bands)))
        listed = [n for n, cells in enumerate(counts.codes) if shown.codes and max(cells) >= k]
        for n in listed:
            few = [band_of(cell, k) for cell in counts.codes[n]]
            few += [Band.NONE] * (len(columns[0]) - len(few))
            rows[0].append(PublicRow(theme.id, codes[n].id, codes[n].ref, codes[n].label, tuple(few)))
        small = [Withheld(Why.FEW_IN_EVERY_COLUMN, codes[n].ref, GROUP)
                 for n, cells in enumerate(counts.codes) if max(cells) < k]  # fmt: skip
        left += [*small, *(Withheld(why, theme.ref) for why in shown.why)]
    tables = tuple(
        PublicTable(name, tuple(heads), table) for name, heads, table in zip((GROUP, *by), columns, rows, strict=True)
    )
    found = Public(
        dataset.basis, k, len(dataset.transcripts), len(dataset.reviewed), len(people.known), tables,
        withheld=tuple(left),
    )  # fmt: skip
    return found, people


def choose(counts: Counts, k: int) -> Shown:
    """The most that can be published of a theme with every small cell safe."""
    return next(shown for shown in _offers(counts, k) if safe(counts, shown, k))


def _offers(counts: Counts, k: int) -> Iterator[Shown]:
    """What could be published of a theme, the most first. The last one tells nothing."""
    every = len(counts.sizes)
    with_total = [True, False] if len(counts.sizes[0]) > 1 else [False]
    with_codes = [True, False] if any(max(cells) >= k for cells in counts.codes) else [False]
    for divisions in dict.fromkeys((every, 1)):
        for codes in with_codes:
            for total in with_total:
                why = [
                    *([Why.TOTAL_TELLS] if with_total[0] and not total else []),
                    *([Why.CODES_TELL] if with_codes[0] and not codes else []),
                    *([Why.TABLE_TELLS] if divisions < every else []),
                ]
                yield Shown(total, codes, divisions, tuple(why))
    yield Shown(False, False, 0, (Why.THEME_TELLS,))


def safe(counts: Counts, shown: Shown, k: int) -> bool:
    """Whether nothing small can be worked out from what is shown of a theme.

    A cell in the lowest band must be possible with 0 and with k − 1; a hidden one with at least k different numbers.
    """
    known: dict[Hashable, Interval] = {}
    small: set[Hashable] = set()
    hidden: set[Hashable] = set()

    def learn(name: Hashable, cell: int, size: int, told: bool) -> None:
        known[name] = bounds(band_of(cell, k) if told else Band.HIDDEN, k, size)
        if not told:
            hidden.add(name)
        elif cell < k:
            small.add(name)

    if shown.total or len(counts.cells[0]) > 1:
        learn(_TOTAL, counts.total, counts.people, shown.total)
    else:
        known[_TOTAL] = 0, counts.people
    for division, cells in enumerate(counts.cells):
        for column, (cell, size) in enumerate(zip(cells, counts.sizes[division], strict=True)):
            learn((division, column), cell, size, division < shown.divisions)
    for row, cells in enumerate(counts.codes if shown.codes else ()):
        for column, (cell, size) in enumerate(zip(cells, counts.sizes[0], strict=True)):
            learn((_CODE, row, column), cell, size, True)
    reader = Reader(known, [*_sums(counts, shown)])
    if any(not reader.can_be(name, value) for name in small for value in (0, k - 1)):
        return False
    return all(high - low >= k - 1 for low, high in map(reader.interval, hidden))


def _sums(counts: Counts, shown: Shown) -> Iterator[AtMost]:
    """What everybody knows of how the numbers of a theme hang together."""
    for division, cells in enumerate(counts.cells):
        every = tuple((division, column) for column in range(len(cells)))
        yield AtMost((_TOTAL,), every)
        yield AtMost(every, (_TOTAL,))
    yield from counts.covering
    for column in range(len(counts.cells[0]) if shown.codes else 0):
        codes = tuple((_CODE, row, column) for row in range(len(counts.codes)))
        yield AtMost(((0, column),), codes)
        yield from (AtMost((code,), ((0, column),)) for code in codes)


def bounds(band: Band, k: int, size: int) -> Interval:
    """The numbers that a band stands for in a column of `size` people."""
    return {
        Band.FEW: (0, min(k - 1, size)),
        Band.SOME: (k, min(2 * k - 1, size)),
        Band.MANY: (2 * k, size),
    }.get(band, (0, size))


def roll_up(sizes: Mapping[str, int], k: int) -> Mapping[str, str]:
    """Value → key of the column in which its people count: small ones together, with the smallest of the others
    when those together are still fewer than `k`. A value alone is everybody."""
    ordered = sorted(sizes, key=lambda value: (sizes[value], value))
    together = [value for value in ordered if sizes[value] < k]
    while together and sum(sizes[value] for value in together) < k and len(together) < len(ordered):
        together.append(ordered[len(together)])
    if len(together) == len(ordered) or len(ordered) == 1:
        return dict.fromkeys(ordered, ALL)
    return {value: OTHER if value in together else value for value in ordered}


def _divide(
    dataset: Dataset, k: int, tables: Sequence[str], zones: Mapping[str, str]
) -> tuple[People, list[list[PublicColumn]], list[Withheld]]:
    """Where everybody counts in each table, its columns, and what was rolled up."""
    heard = {p for t in dataset.reviewed for p in dataset.respondents_of.get(t, ()) if p in dataset.respondents}
    if len(heard) < k:
        raise InputRefused(
            ngettext(
                "{n} respondent is known in the interviews reviewed; nothing may be published of fewer than {k}.",
                "{n} respondents are known in the interviews reviewed; nothing may be published of fewer than {k}.",
                len(heard),
            ).format(n=len(heard), k=k)
        )
    groups = {p: of[0] if len(of) == 1 else "" for p, of in respondent_groups(dataset).items() if p in heard}
    column_of: dict[str, Mapping[str, str]] = {}
    columns: list[list[PublicColumn]] = []
    left: list[Withheld] = []
    for table in tables:
        value = groups if table == GROUP else _values(dataset, heard, table, zones)
        sizes = _sizes(value)
        into = roll_up(sizes, k)
        column_of[table] = {person: into[value[person]] for person in heard}
        order = group_order(dataset) if table == GROUP else sorted(sizes, key=lambda v: (not v, v.casefold()))
        columns.append(_columns(dataset, table, order, into, _sizes(column_of[table])))
        left += [
            Withheld(Why.SMALL_COLUMN if n < k else Why.COVERING_COLUMN, name or "–", table)
            for name, n in sizes.items()
            if into[name] in (OTHER, ALL) and len(sizes) > 1
        ]
    return People(frozenset(heard), column_of, groups, _sizes(groups)), columns, left


def _columns(
    dataset: Dataset, table: str, order: Sequence[str], into: Mapping[str, str], sizes: Mapping[str, int]
) -> list[PublicColumn]:
    """The columns of a table; all together in the last one, where there are several."""
    labels = {g.ref: g.label for g in dataset.codebook.groups} if table == GROUP else {}
    found = []
    for value in order:
        if into.get(value) == value:
            label = labels.get(value) or Localized(en=value, fr=value)
            found.append(PublicColumn("value" if value else "none", value, label, sizes[value]))
    if OTHER in sizes:
        found.append(PublicColumn("other", OTHER, Localized(), sizes[OTHER]))
    found.append(PublicColumn("all", ALL, Localized(), sum(sizes.values())))
    return found


def _values(dataset: Dataset, heard: set[str], name: str, zones: Mapping[str, str]) -> dict[str, str]:
    """Respondent → their value of an attribute in the interviews reviewed; empty without one or with several."""
    found: dict[str, set[str]] = {person: set() for person in heard}
    known = False
    own = OF_INTERVIEWS.get(name)
    for transcript in dataset.transcripts:
        for person in dataset.respondents_of.get(transcript.id, ()):
            value = written(attribute_of_person(dataset, transcript, person, name))
            value = value or (own(transcript) if own else "")
            known = known or bool(value)
            if person in heard and transcript.id in dataset.reviewed and value:
                found[person].add(zones.get(value, value))
    if not known:
        raise InputRefused(_("Nobody has an attribute called {name}.").format(name=name))
    return {person: values.pop() if len(values) == 1 else "" for person, values in found.items()}


def _sizes(value: Mapping[str, str]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for each in value.values():
        sizes[each] = sizes.get(each, 0) + 1
    return sizes


def _mentions(dataset: Dataset, people: People) -> Mapping[str, set[str]]:
    """Code id → the respondents who mention it in the interviews reviewed."""
    found: dict[str, set[str]] = {}
    for segment in dataset.segments:
        if segment.transcript_id in dataset.reviewed and segment.respondent_id in people.known:
            found.setdefault(segment.coding.code_id, set()).add(segment.respondent_id or "")
    return found


def _counts(
    columns: Sequence[Sequence[PublicColumn]], people: People, said: Mapping[str, set[str]], codes: Sequence[str]
) -> Counts:
    """The numbers of one theme, without the column of all together where there are others."""
    by_code = [said.get(code, set()) for code in codes]
    everyone = set().union(*by_code)
    keys = [[column.key for column in heads[: max(1, len(heads) - 1)]] for heads in columns]

    def count(table: Mapping[str, str], persons: set[str], heads: Sequence[str]) -> list[int]:
        return [sum(table[person] == key for person in persons) for key in heads]

    tables = list(people.column_of.values())
    places = [{key: (division, n) for n, key in enumerate(heads)} for division, heads in enumerate(keys)]
    where = [[places[n][table[person]] for n, table in enumerate(tables)] for person in people.known]
    return Counts(
        [[column.n for column in heads[: max(1, len(heads) - 1)]] for heads in columns],
        [count(table, everyone, heads) for table, heads in zip(tables, keys, strict=True)],
        [count(tables[0], persons, keys[0]) for persons in by_code],
        tuple(_covering(where)),
    )


def _covering(where: Sequence[Sequence[_Column]]) -> Iterator[AtMost]:
    """Which columns hold all people of others, given the columns of every person: a region and its places do."""
    for one, other in itertools.permutations(range(len(where[0]) if where else 0), 2):
        beside: dict[_Column, set[_Column]] = {}
        for columns in where:
            beside.setdefault(columns[one], set()).add(columns[other])
        every = len({columns[other] for columns in where})
        for around in {frozenset(others) for others in beside.values() if len(others) < every}:
            yield AtMost(tuple(column for column, others in beside.items() if others <= around), tuple(around))
