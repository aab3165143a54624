"""Public files that are out already: what their numbers tell whoever lays them beside a new one."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hsreview.analysis.hiding import CODE, TOTAL, Told, bounds, covering, of_codes
from hsreview.analysis.inference import AtMost, Interval
from hsreview.analysis.public_columns import ALL, GROUP, divide
from hsreview.base.errors import InputRefused
from hsreview.model.codebook import Code, Theme
from hsreview.model.dataset import Dataset
from hsreview.model.public import Band, Earlier, band_of, band_words

Persons = frozenset[str]


@dataclass(frozen=True, slots=True)
class ThemeSaid:
    """A theme and its codes, each with the respondents who mention it."""

    theme: Theme
    codes: Sequence[tuple[Code, Persons]]

    @property
    def everyone(self) -> Persons:
        """All who mention the theme."""
        return frozenset().union(*(said for _code, said in self.codes))


@dataclass(frozen=True, slots=True)
class _Fact:
    """One number of an earlier file."""

    name: Hashable
    size: int
    band: Band | None
    """Null: it is not told."""
    n: int
    """What it is today."""


@dataclass(frozen=True, slots=True)
class _File:
    """An earlier file with the people of its columns as they would be today."""

    earlier: Earlier
    tables: Mapping[str, Mapping[str, Persons]]

    @property
    def groups(self) -> Mapping[str, Persons]:
        """The columns in which codes are told: all together only where there are no others."""
        of = self.tables[GROUP]
        return {key: people for key, people in of.items() if key != ALL or len(of) == 1}

    def band(self, table: str, row: str, column: str) -> Band | None:
        words = self.earlier.cells.get(f"{table}/{row}/{column}")
        told = (Band.FEW, Band.SOME, Band.MANY)
        return next((band for band in told if band_words(band, self.earlier.k) == words), None)

    def tells_codes(self, theme: ThemeSaid) -> bool:
        """Whether rows of codes stand below the theme; then every code without a row is in the lowest band."""
        return any(self.band(GROUP, code.ref, key) for code, _said in theme.codes for key in self.groups)

    def facts(self, theme: ThemeSaid, names: Mapping[Persons, Hashable]) -> Iterator[_Fact]:
        """All that it tells of a theme."""
        for table, columns in self.tables.items():
            for key, people in columns.items():
                n = len(people & theme.everyone)
                yield _Fact(names[people], len(people), self.band(table, theme.theme.ref, key), n)
        if self.tells_codes(theme):
            for key, people in self.groups.items():
                for row, (code, said) in enumerate(theme.codes):
                    band = self.band(GROUP, code.ref, key) or Band.FEW
                    yield _Fact((CODE, row, names[people]), len(people), band, len(people & said))

    def holds(self, themes: Sequence[ThemeSaid], names: Mapping[Persons, Hashable]) -> bool:
        """Whether all that it tells is so today: it rests on the same data."""
        sizes = {f"{table}/n/{key}": str(len(p)) for table, of in self.tables.items() for key, p in of.items()}
        if sizes != {key: n for key, n in self.earlier.cells.items() if key.split("/")[1:2] == ["n"]}:
            return False
        facts = (fact for theme in themes for fact in self.facts(theme, names))
        return all(fact.band in (None, band_of(fact.n, self.earlier.k)) for fact in facts)


@dataclass(slots=True)
class EarlierFiles:
    """The earlier files that rest on the same data as a new one."""

    files: list[_File] = field(default_factory=list)
    outdated: list[int] = field(default_factory=list)
    """Positions of those that do not: what they tell is no longer so."""
    names: dict[Persons, Hashable] = field(default_factory=dict)
    """The people of a column → the name of a theme's cell there."""
    sums: list[AtMost] = field(default_factory=list)
    """What holds for every theme."""

    @classmethod
    def of(
        cls, earlier: Sequence[Earlier], dataset: Dataset, themes: Sequence[ThemeSaid],
        divisions: Sequence[Mapping[str, Persons]],
    ) -> EarlierFiles:  # fmt: skip
        """`divisions` are the tables of the new file: key of each column → its people."""
        made = cls()
        everybody = frozenset().union(*divisions[0].values())
        named: list[Mapping[Hashable, Persons]] = []
        for number, columns in enumerate(divisions):
            named.append({(number, n): people for n, people in enumerate(columns.values())})
            # The same people may be a column of several tables; codes are told by its name in the first one.
            made.names = {people: name for name, people in named[-1].items()} | made.names
        made.names.setdefault(everybody, TOTAL)
        for position, each in enumerate(earlier):
            if not made._add(each, dataset, themes, named):
                made.outdated.append(position)
        made.sums += covering(named)
        return made

    def _add(
        self, earlier: Earlier, dataset: Dataset, themes: Sequence[ThemeSaid], named: list[Mapping[Hashable, Persons]]
    ) -> bool:
        wanted = (GROUP, *earlier.by)
        try:
            people, columns, _left = divide(dataset, earlier.k, wanted, earlier.zones)
        except InputRefused:
            return False
        divisions = {table: people.of(table, heads) for table, heads in zip(wanted, columns, strict=True)}
        names = {p: self.names.get(p, ("earlier", p)) for of in divisions.values() for p in of.values()}
        names = {**self.names, **names}
        file = _File(earlier, {table: {**of, ALL: people.known} for table, of in divisions.items()})
        if not file.holds(themes, names):
            return False
        self.files.append(file)
        self.names = names
        for of in divisions.values():
            cells = {names[p]: p for p in of.values()}
            if cells not in named:
                self.sums += [AtMost((TOTAL,), tuple(cells)), AtMost(tuple(cells), (TOTAL,))]
                named.append(cells)
        return True

    def told(self, theme: ThemeSaid) -> Told:
        """What is known of a theme beside the new file."""
        known: dict[Hashable, Interval] = {}
        small: dict[Hashable, int] = {}
        sums = list(self.sums)
        for file in self.files:
            k = file.earlier.k
            for fact in file.facts(theme, self.names):
                low, high = known.get(fact.name, (0, fact.size))
                least, most = bounds(fact.band or Band.HIDDEN, k, fact.size)
                known[fact.name] = max(low, least), min(high, most)
                if fact.band is Band.FEW:
                    small[fact.name] = min(k - 1, small.get(fact.name, k))
            if file.tells_codes(theme):
                for people in file.groups.values():
                    sums += of_codes(self.names[people], len(theme.codes))
        return Told(known, small, sums)
