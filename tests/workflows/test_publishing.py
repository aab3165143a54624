"""The public workbook, read back: no small cell can be worked out from anything that stands in the file."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hsreview.analysis import hiding
from hsreview.analysis.public_columns import divide
from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.model.dataset import Dataset
from hsreview.model.localized import Localized
from hsreview.model.people import Consent, ConsentStatus, Respondent
from hsreview.model.public import Public, Why
from hsreview.workbook.public import write_public
from hsreview.workflows.publishing import export_public, published
from hsreview.workflows.quotes import Quote, State
from tests.analysis.layers import a_layer
from tests.builders import a_project

OPEN = Consent(ConsentStatus.WRITTEN, ("analysis", "quotes"), "group")
Cell = tuple[str, str, str]
"""Table, theme or code, column; `all` in the table `*` is the total of a theme."""


def some_people(seed: int) -> Dataset:
    """A layer with more people, so that groups and places differ in size; consent for quotes."""
    dice = random.Random(seed)
    dataset = a_layer(seed, interviews=dice.choice((12, 20, 40)), codings=dice.choice((20, 60, 200)))
    people: dict[str, Respondent] = {key: replace(each, consent=OPEN) for key, each in dataset.respondents.items()}
    return replace(dataset, respondents=people)


def starred(dataset: Dataset, seed: int) -> list[Quote]:
    """A released quote for some codings."""
    dice = random.Random(seed)
    return [
        Quote(
            s.coding.id, s.transcript_id, s.transcript_id, s.coding.version_id, s.coding.start, s.coding.end, s.place,
            f"words of {s.coding.id}", (s.coding.code_id,), "anna", State.RELEASED, (), "ben", "anna", "", {},
            (dataset.respondents[s.respondent_id],), True,
        )
        for s in dataset.segments
        if s.respondent_id and dice.random() < 0.3
    ]  # fmt: skip


@dataclass
class Reader:
    """Somebody who has the file, and nothing else, and knows how it was made."""

    k: int
    known: dict[Cell, tuple[int, int]] = field(default_factory=dict)
    told: dict[Cell, str] = field(default_factory=dict)
    sums: list[tuple[Cell, list[Cell]]] = field(default_factory=list)
    """A total and what it is the sum of."""
    unions: list[tuple[Cell, list[Cell]]] = field(default_factory=list)
    """A theme in a column and its codes there."""

    def read(self, path: Path) -> None:
        book = load_workbook(path)
        themes = self._codes(book.worksheets[1])
        for sheet in book.worksheets[2:-1]:
            self._table(list(sheet.iter_rows(values_only=True)), sheet.title, themes)
        self._quotes(list(book.worksheets[-1].iter_rows(values_only=True)), book.worksheets[2].title)

    @staticmethod
    def _codes(sheet: object) -> dict[str, list[str]]:
        """Theme → its codes; the theme's row stands before those of its codes and is bold."""
        found: dict[str, list[str]] = {}
        for row in list(sheet.iter_rows())[2:]:  # type: ignore[attr-defined]
            if row[0].font.b:
                here = found.setdefault(row[0].value, [])
            else:
                here.append(row[0].value)
        return found

    def _table(self, rows: list[tuple[object, ...]], table: str, themes: Mapping[str, list[str]]) -> None:
        sizes = next(row for row in rows if str(row[1]).startswith("n ("))[2:]
        header = next(n for n, row in enumerate(rows) if row[0] == "Code")
        columns = [str(name) for name in rows[header][2:]]
        n = {name: int(str(size)) for name, size in zip(columns, sizes, strict=True)}
        parts = columns[:-1] or columns
        shown = {str(row[0]): row[2:] for row in rows[header + 1 :]}
        for theme, codes in themes.items():
            if theme not in shown:
                continue
            for column, said in zip(columns, shown[theme], strict=True):
                # The last column is all together, in every table; alone it is the only one.
                cell = ("*", theme, "all") if column == columns[-1] else (table, theme, column)
                self._learn(cell, str(said), n[column])
            if len(columns) > 1:
                self.sums.append((("*", theme, "all"), [(table, theme, column) for column in parts]))
            if not any(code in shown for code in codes):
                continue
            for place, column in enumerate(parts):
                cells = [(table, code, column) for code in codes]
                for code, cell in zip(codes, cells, strict=True):
                    few = f"0–{self.k - 1}"
                    said = str(shown[code][place]) if code in shown else few
                    self._learn(cell, said, n[column], told=code in shown)
                whole = (table, theme, column) if len(columns) > 1 else ("*", theme, "all")
                self.unions.append((whole, cells))

    def _learn(self, cell: Cell, said: str, size: int, told: bool = True) -> None:
        k = self.k
        bands = {
            f"0–{k - 1}": (0, k - 1),
            f"{k}–{2 * k - 1}": (k, 2 * k - 1),
            f"{2 * k}+": (2 * k, size),
            "·": (0, size),
        }
        low, high = bands[said]
        old = self.known.get(cell, (0, size))
        self.known[cell] = (max(low, old[0]), min(high, size, old[1]))
        if told and self.told.get(cell, "·") == "·":
            self.told[cell] = said

    def _quotes(self, rows: list[tuple[object, ...]], table: str) -> None:
        """A quote says that at least one respondent of the group mentions its theme, and each of its codes."""
        header = next((n for n, row in enumerate(rows) if row[0] == "Theme"), len(rows))
        assert header < len(rows) or rows[-1][0] == "No quote is released.", "a line says that there are none"
        for row in rows[header + 1 :]:
            if row[4] is None:
                continue
            refs = [
                str(row[0]).split(" · ")[0],
                *(line.split(" · ")[0] for line in str(row[1] or "").split("\n") if line),
            ]
            for ref in refs:
                cell = (table, ref, str(row[2]))
                if cell not in self.known:
                    cell = ("*", ref, "all")
                low, high = self.known[cell]
                self.known[cell] = (max(1, low), high)

    def think(self) -> None:
        """Draw every conclusion, until nothing new follows."""
        before = None
        while before != self.known:
            before = dict(self.known)
            for total, parts in self.sums:
                self._sum(total, parts)
            for theme, codes in self.unions:
                low, high = self.known[theme]
                of = [self.known[code] for code in codes]
                low, high = max(low, *(c[0] for c in of)), min(high, sum(c[1] for c in of))
                self.known[theme] = low, high
                for code in codes:
                    first, last = self.known[code]
                    others = sum(self.known[each][1] for each in codes if each != code)
                    self.known[code] = max(first, low - others), min(last, high)

    def _sum(self, total: Cell, parts: list[Cell]) -> None:
        of = [self.known[part] for part in parts]
        low, high = self.known[total]
        low, high = max(low, sum(p[0] for p in of)), min(high, sum(p[1] for p in of))
        self.known[total] = low, high
        for part, (first, last) in zip(parts, of, strict=True):
            rest_low, rest_high = sum(p[0] for p in of) - first, sum(p[1] for p in of) - last
            self.known[part] = max(first, low - rest_high), min(last, high - rest_low)

    def learnt(self) -> Iterator[tuple[Cell, tuple[int, int]]]:
        """Hidden cells of which more is known than the file means to tell."""
        for cell, said in self.told.items():
            low, high = self.known[cell]
            assert low <= high, (cell, "what the file says cannot be")
            if (said == f"0–{self.k - 1}" and (low, high) != (0, self.k - 1)) or (
                said == "·" and high - low < self.k - 1
            ):
                yield cell, (low, high)


def read_back(public: Public, dataset: Dataset, path: Path) -> Reader:
    write_public(public, dataset.codebook, path, lang="en")
    reader = Reader(public.k)
    reader.read(path)
    reader.think()
    return reader


def attack(seed: int, path: Path) -> list[tuple[Cell, tuple[int, int]]] | None:
    """What is learnt; null when there are so few people that nothing was published."""
    dataset = some_people(seed)
    k = random.Random(seed).choice((3, 3, 4))
    by = random.Random(seed).choice(((), ("region",), ("region", "language")))
    try:
        public = published(dataset, starred(dataset, seed), {}, k=k, by=by)
    except InputRefused:
        return None
    reader = read_back(public, dataset, path)
    assert reader.told
    return list(reader.learnt())


@pytest.mark.parametrize("seed", range(50))
def test_no_hidden_cell_can_be_worked_out_from_the_file(seed: int, tmp_path: Path) -> None:
    assert attack(seed, tmp_path / "public.xlsx") == []


@pytest.mark.deep
def test_no_hidden_cell_can_be_worked_out_from_many_files(tmp_path: Path) -> None:
    found = {seed: attack(seed, tmp_path / "public.xlsx") for seed in range(50, 550)}
    assert not any(found.values()), found
    assert sum(each is not None for each in found.values()) > 450


def test_without_complementary_hiding_the_reader_would_learn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader above is able to find what is hidden badly."""
    monkeypatch.setattr(hiding, "safe", lambda *_args: True)
    assert any(attack(seed, tmp_path / "public.xlsx") for seed in range(15))


def test_every_sheet_bears_the_mark_and_none_is_about_a_person(tmp_path: Path) -> None:
    dataset = some_people(4)
    public = published(dataset, starred(dataset, 4), {"anna": "Anna"}, by=("region",))
    path = tmp_path / "public.xlsx"
    write_public(public, dataset.codebook, path, lang="both")
    book = load_workbook(path)
    assert public.quotes
    for sheet in book:
        texts = [str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None]
        assert texts[0].startswith("PUBLIC"), sheet.title
        assert sheet.oddHeader is not None and "PUBLIC" in str(sheet.oddHeader.left.text)
        for person in dataset.respondents.values():
            assert not any(person.name in text for text in texts)
        for transcript in dataset.transcripts:
            assert not any(transcript.name == text or f"{transcript.name}:" in text for text in texts)


def test_quotes_that_may_not_be_published_are_held_back_with_the_reason() -> None:
    dataset = some_people(4)
    quotes = starred(dataset, 4)
    drafts = [replace(quote, state=State.DRAFT) for quote in quotes]
    assert {each.why for each in published(dataset, drafts, {}).withheld if each.what in {q.id for q in quotes}} == {
        Why.NOT_RELEASED
    }
    public = published(dataset, quotes, {})
    for quote in public.quotes:
        row = next(row for row in public.tables[0].rows if row.theme_id == quote.theme_id and row.code_id is None)
        assert quote.group is not None and row.bands[quote.group] in ("some", "many")
    silent = [
        replace(q, respondents=(replace(q.respondents[0], consent=replace(OPEN, attribution="none")),)) for q in quotes
    ]
    assert {quote.group for quote in published(dataset, silent, {}).quotes} == {None}


def test_no_place_is_told_of_policymakers() -> None:
    found = 0
    for seed in range(12):
        dataset = some_people(seed)
        public = published(dataset, starred(dataset, seed), {}, by=("region",))
        for quote in public.quotes:
            key = public.tables[0].columns[quote.group or 0].key
            found += quote.place is not None
            assert key != "policymaker" or quote.place is None
    assert found, "places are told of others"


def test_no_place_is_told_of_a_group_that_the_codebook_calls_policymakers() -> None:
    found = 0
    for seed in range(6):
        dataset = some_people(seed)
        called = tuple(
            replace(each, label=Localized(en="Policy makers", fr="Décideurs")) if each.ref == "cso" else each
            for each in dataset.codebook.groups
        )
        dataset = replace(dataset, codebook=replace(dataset.codebook, groups=called))
        public = published(dataset, starred(dataset, seed), {}, by=("region",))
        named = [q for q in public.quotes if public.tables[0].columns[q.group or 0].key == "cso"]
        found += len(named)
        assert all(each.place is None for each in named)
    assert found


def test_beside_a_quote_stands_a_place_and_no_other_attribute() -> None:
    for seed in range(12):
        dataset = some_people(seed)
        public = published(dataset, starred(dataset, seed), {}, by=("language", "region"))
        places = {quote.place.en for quote in public.quotes if quote.place is not None}
        assert places <= {"Gao", "Mopti", "Kayes"}, places
        assert all(q.place is None for q in published(dataset, starred(dataset, seed), {}, by=("language",)).quotes)


def test_a_quote_without_attribution_stands_only_where_several_groups_could_have_said_it() -> None:
    alone = shown = 0
    for seed in range(20):
        dataset, dice = some_people(seed), random.Random(seed)
        groups = ("cso", "cso", "policymaker", "policymaker", "a", "b", "c", "d")
        people_of = {key: replace(each, group=dice.choice(groups)) for key, each in dataset.respondents.items()}
        dataset = replace(dataset, respondents=people_of)
        silent = replace(OPEN, attribution="none")
        quotes = [
            replace(each, respondents=(replace(each.respondents[0], consent=silent),))
            for each in starred(dataset, seed)
        ]
        try:
            public = published(dataset, quotes, {})
        except InputRefused:
            continue
        table = public.tables[0]
        people = divide(dataset, public.k, ("group",), {})[0]
        large = {
            people.column_of["group"][p]
            for p, group in people.own_group.items()
            if people.group_sizes[group] >= public.k
        }
        for quote in public.quotes if len(table.columns) > 1 else ():
            shown += 1
            for wanted in (quote.theme_id, *quote.codes):
                row = next(row for row in table.rows if wanted in (row.code_id, row.code_id or row.theme_id))
                said = [head.key for head, band in zip(table.columns[:-1], row.bands, strict=False) if band != "few"]
                assert len(large.intersection(said)) > 1, (seed, wanted)
        alone += sum(each.why is Why.GROUP_TELLS for each in public.withheld)
    assert alone and shown


@pytest.mark.parametrize("name", ["Organisation", "institution", "INSTITUTION", "employeur", "Nom", "entretien"])
def test_what_names_people_divides_no_public_table(name: str, tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "p")
    with pytest.raises(UsageProblem):
        export_public(project, awa, tmp_path / "x.xlsx", by=(name,))
    project.close()


def test_values_that_are_names_or_exact_dates_divide_no_public_table_unless_they_are_counted_together() -> None:
    dataset = some_people(5)
    days = ("2013-07-01", "2013-07-02")
    people = {
        key: replace(each, attributes={"met": days[n % 2], "led by": ("Org 1", "others")[n % 2]})
        for n, (key, each) in enumerate(dataset.respondents.items())
    }
    dataset = replace(dataset, respondents=people)
    for name in ("met", "led by"):
        with pytest.raises(InputRefused) as refused:
            published(dataset, [], {}, by=(name,))
        assert {each.place for each in refused.value.problems} <= {*days, "Org 1"}
    together = published(dataset, [], {}, by=("met",), zones=dict.fromkeys(days, "July 2013"))
    assert not any(day in column.key for day in days for column in together.tables[1].columns)
