"""What may be published: every small cell stays possible with 0 and with k − 1, whatever else is read."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsreview.analysis.disclosure import public_tables
from hsreview.analysis.hiding import Counts, Shown, Told, bounds, choose, safe
from hsreview.analysis.inference import AtMost
from hsreview.analysis.public_columns import ALL, OTHER, roll_up
from hsreview.base.errors import InputRefused
from hsreview.model.people import Respondent
from hsreview.model.public import Band, Why, band_of, band_words
from tests.analysis.layers import a_layer

K = 3


def test_bands_start_at_nobody_and_join_without_a_gap() -> None:
    assert [band_of(n, K) for n in range(8)] == [Band.FEW] * 3 + [Band.SOME] * 3 + [Band.MANY] * 2
    assert [band_words(band, K) for band in Band] == ["0–2", "3–5", "6+", "·", ""]
    assert band_words(Band.SOME, 5) == "5–9"


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(1, 9), min_size=1), st.integers(3, 5))
def test_no_column_has_fewer_people_than_k(sizes: dict[str, int], k: int) -> None:
    into = roll_up(sizes, k)
    columns: dict[str, int] = {}
    for value, column in into.items():
        columns[column] = columns.get(column, 0) + sizes[value]
    assert len(columns) == 1 or min(columns.values()) >= k
    assert sum(n >= k for n in sizes.values()) - len(columns) <= 1, "no more is rolled up than is needed"


def test_one_group_alone_is_everybody_and_has_no_total_beside_it() -> None:
    assert roll_up({"cso": 4}, K) == {"cso": ALL}


def test_small_groups_take_the_smallest_large_one_along() -> None:
    assert roll_up({"cso": 38, "army": 4, "police": 1}, K) == {"police": OTHER, "army": OTHER, "cso": "cso"}


def worlds(counts: Counts, shown: Shown, band: Band) -> list[tuple[tuple[int, ...], ...]]:
    """Every (cells of the first division, of the second …, codes) that agrees with what is shown and has a total in
    this band: by trying all."""

    def values(cell: int, size: int, told: bool) -> range:
        low, high = bounds(band_of(cell, K) if told else Band.HIDDEN, K, size)
        return range(low, high + 1)

    divisions = [
        [
            cells
            for cells in itertools.product(
                *(values(c, n, d < shown.divisions) for c, n in zip(counts.cells[d], counts.sizes[d], strict=True))
            )
            if bounds(band, K, counts.people)[0] <= sum(cells) <= bounds(band, K, counts.people)[1]
        ]
        for d in range(len(counts.sizes))
    ]
    codes = [
        list(itertools.product(*(values(c, n, True) for c, n in zip(cells, counts.sizes[0], strict=True))))
        for cells in (counts.codes if shown.codes else ())
    ]
    found = []
    for chosen in itertools.product(*codes):
        for cells in itertools.product(*divisions):
            if len({sum(each) for each in cells}) > 1:
                continue
            columns = list(zip(*chosen, strict=True))
            if all(max(c) <= t <= sum(c) for c, t in zip(columns, cells[0], strict=False)):
                found.append((*cells, *chosen))
    return found


def leaks(counts: Counts, shown: Shown) -> bool:
    """Whether somebody who tries everything that agrees with what is shown learns of a small cell."""
    if shown.total:  # That it is missing must not tell either: every total that could stand there is tried.
        return any(_leaks(counts, shown, band) for band in (Band.FEW, Band.SOME, Band.MANY))
    return _leaks(counts, shown, Band.HIDDEN)


def _leaks(counts: Counts, shown: Shown, band: Band) -> bool:
    found = worlds(counts, shown, band)
    assert found or band not in (Band.HIDDEN, band_of(counts.total, K)), "what is true agrees with what is shown"
    if not found:
        return False
    true = (*counts.cells, *counts.codes)
    for at, cells in enumerate(true[: len(found[0])]):
        for column, cell in enumerate(cells):
            possible = {world[at][column] for world in found}
            told = at >= len(counts.cells) or at < shown.divisions
            if told and cell < K and not {0, K - 1} <= possible:
                return True
            if not told and len(possible) < K:
                return True
    totals = {sum(world[0]) for world in found}
    if shown.total:
        return band is Band.FEW and not {0, K - 1} <= totals
    return len(counts.cells[0]) > 1 and len(totals) < K


def some_counts(dice: random.Random) -> Counts:
    """Few people, so that every world can be tried."""
    people = dice.randrange(6, 9)
    first = [dice.randrange(2) for _person in range(people)]
    first[:3], first[3:6] = [0] * 3, [1] * 3
    second = list(first)
    dice.shuffle(second)
    codes = [[p for p in range(people) if dice.random() < chance] for chance in (dice.random(), dice.random() / 2)]
    every = {p for code in codes for p in code}

    def count(persons: set[int], of: list[int]) -> list[int]:
        return [sum(of[p] == column for p in persons) for column in (0, 1)]

    divisions = [first, second][: dice.choice((1, 2))]
    return Counts(
        [count(set(range(people)), of) for of in divisions],
        [count(every, of) for of in divisions],
        [count(set(code), first) for code in codes],
    )


OFFERS = [Shown(t, c, d) for t in (True, False) for c in (True, False) for d in (2, 1, 0)]


@pytest.mark.parametrize("seed", range(12))
def test_what_is_called_safe_is_what_trying_all_worlds_calls_safe(seed: int) -> None:
    dice = random.Random(seed)
    for _round in range(2):
        counts = some_counts(dice)
        for shown in (choose(counts, K), dice.choice(OFFERS)):
            shown = replace(shown, divisions=min(shown.divisions, len(counts.sizes)))
            if shown.divisions == 0:
                shown = replace(shown, codes=False, total=False)
            assert safe(counts, shown, K) == (not leaks(counts, shown)), (counts, shown)


@pytest.mark.parametrize(("sizes", "codes"), [((5, 5), 1), ((4, 4, 4), 1), ((4, 5), 2)], ids=str)
def test_what_is_left_out_tells_nothing_of_a_small_cell(sizes: tuple[int, ...], codes: int) -> None:
    """Somebody who knows how it is chosen: of all numbers that would look the same, each small cell has both ends."""
    columns = [
        [(n, said) for said in itertools.product(range(size + 1), repeat=codes)
         for n in range(max(said), min(size, sum(said)) + 1)]
        for size in sizes
    ]  # fmt: skip
    chosen: dict[object, Shown] = {}
    alike: dict[object, list[list[int]]] = {}
    for world in itertools.product(*columns):
        cells, of = [n for n, _said in world], [[said[row] for _n, said in world] for row in range(codes)]
        counts = Counts([list(sizes)], [cells], of)
        bands = [tuple(band_of(n, K) for n in each) for each in (cells, *of)]
        key = (*bands, band_of(sum(cells), K))
        shown = chosen[key] = chosen.get(key) or choose(counts, K)
        seen = [bands[0] if shown.divisions else None, band_of(sum(cells), K) if shown.total else None]
        seen += [bands[1 + row] if shown.codes and max(of[row]) >= K else None for row in range(codes)]
        alike.setdefault(tuple(seen), []).append([*cells, *itertools.chain(*of)])
    for (theme, _total, *told), found in ((list(key), each) for key, each in alike.items()):  # type: ignore[call-overload]
        every = [band for row in (theme, *told) for band in (row or [Band.HIDDEN] * len(sizes))]
        for at, band in enumerate(every):
            assert band is not Band.FEW or {0, K - 1} <= {numbers[at] for numbers in found}, (theme, told, at)


def test_a_total_that_would_tell_is_hidden() -> None:
    counts = Counts([[10, 10]], [[2, 2]], [[2, 2]])
    assert choose(counts, K) == Shown(False, False, 1, (Why.TOTAL_TELLS,))


def test_codes_that_would_give_each_other_away_are_left_out() -> None:
    """Three say it, and both codes are below three in this column: each must be heard from one at least."""
    counts = Counts([[10, 10]], [[3, 5]], [[1, 5], [2, 0]])
    shown = choose(counts, K)
    assert shown == Shown(True, False, 1, (Why.CODES_TELL,))


def test_a_place_that_its_region_would_give_away_is_left_out() -> None:
    """Six in the region, at most five of them in one of its two places: one at least is in the other."""
    region, places = (1, 0), ((2, 0), (2, 1))
    counts = Counts([[20, 20], [20, 20], [10, 10, 20]], [[6, 6], [6, 6], [5, 1, 6]], [[6, 6]])
    assert choose(counts, K) == Shown(True, True, 3), "somebody who does not know where the places are learns nothing"
    known = replace(counts, told=Told(sums=(AtMost((region,), places), AtMost(places, (region,)))))
    assert choose(known, K) == Shown(True, True, 1, (Why.TABLE_TELLS,))


@pytest.mark.parametrize("seed", range(15))
def test_places_and_regions_are_told_so_that_none_gives_another_away(seed: int) -> None:
    dice = random.Random(seed)
    found = a_layer(seed, interviews=30, codings=dice.choice((60, 120)))
    places = {"Ansongo": "Gao", "Bourem": "Gao", "Djenné": "Mopti", "Douentza": "Mopti", "Diré": "Tombouctou"}

    def somewhere(person: Respondent) -> Respondent:
        place = dice.choice(list(places))
        return replace(person, attributes={"place": place, "region": places[place]})

    dataset = replace(found, respondents={key: somewhere(each) for key, each in found.respondents.items()})
    public, people = public_tables(dataset, k=K, by=("region", "place"))
    by_region, by_place = public.tables[1:]
    for theme, row in enumerate(by_region.rows):
        for column, head in enumerate(by_region.columns):
            inside = [
                n for n, each in enumerate(by_place.columns[:-1])
                if {p for p in people.known if people.column_of["place"][p] == each.key}
                <= {p for p in people.known if people.column_of["region"][p] == head.key}
            ]  # fmt: skip
            if sum(by_place.columns[n].n for n in inside) != head.n or head.kind == "all" or len(inside) < 2:
                continue
            low, high = bounds(row.bands[column], K, head.n)
            of = {n: bounds(by_place.rows[theme].bands[n], K, by_place.columns[n].n) for n in inside}
            for n, (least, most) in of.items():
                rest = [of[each] for each in inside if each != n]
                if by_place.rows[theme].bands[n] is Band.FEW:
                    assert low - sum(each[1] for each in rest) <= 0 == least
                    assert high - sum(each[0] for each in rest) >= K - 1 == most


@settings(max_examples=200)
@given(st.integers(0, 10**6))
def test_the_least_that_can_be_shown_is_always_safe(seed: int) -> None:
    counts = some_counts(random.Random(seed))
    assert safe(counts, choose(counts, K), K)


@pytest.mark.parametrize("seed", range(20))
def test_tables_of_a_layer_tell_bands_of_true_counts(seed: int) -> None:
    dataset = a_layer(seed, interviews=30, codings=400)
    public, people = public_tables(dataset, k=K, by=("region",))
    assert all(column.n >= K for table in public.tables for column in table.columns)
    for table in public.tables:
        assert table.columns[-1].n == len(people.known) == public.respondents
        if len(table.columns) > 1:
            assert sum(column.n for column in table.columns[:-1]) == len(people.known)
        for row in table.rows:
            codes = {
                place.code.id
                for place in dataset.codebook.codes()
                if place.code.id == row.code_id or (row.code_id is None and place.theme.id == row.theme_id)
            }
            said = {
                s.respondent_id
                for s in dataset.segments
                if s.coding.code_id in codes and s.transcript_id in dataset.reviewed and s.respondent_id
            }
            for column, band in zip(table.columns, row.bands, strict=True):
                of = people.column_of[table.by]
                n = len([p for p in said if column.kind == "all" or of[p or ""] == column.key])
                assert band in (band_of(n, K), Band.HIDDEN) or (
                    band is Band.NONE and column.kind == "all" and row.code_id
                )


def test_too_few_people_and_unknown_attributes_are_refused() -> None:
    dataset = a_layer(1)
    with pytest.raises(InputRefused):
        public_tables(replace(dataset, reviewed=frozenset()), k=K)
    with pytest.raises(InputRefused):
        public_tables(a_layer(1, interviews=30), k=K, by=("nothing",))


def test_places_are_counted_under_their_zone() -> None:
    dataset = a_layer(3, interviews=40)
    public, people = public_tables(dataset, k=K, by=("region",), zones={"Gao": "north", "Mopti": "north"})
    assert "Gao" not in set(people.column_of["region"].values())
    assert "north" in {column.key for column in public.tables[1].columns}
