"""Every matrix equals what is counted again, coding by coding, on random layers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import product

import pytest

from hsreview.analysis.co_occurrence import CoOccurrence
from hsreview.analysis.crosstabs import crosstab, theme_interview
from hsreview.analysis.divergence import divergence
from hsreview.analysis.divisions import (
    Division,
    attributes,
    by_attribute,
    by_group,
    by_period,
    by_speaker,
    by_wave,
)
from hsreview.analysis.gaps import asked_in, evidence_gaps
from hsreview.analysis.layer_frame import LayerFrame
from hsreview.analysis.levels import Level, Rows, level_named, rows
from hsreview.analysis.modifiers import code_modifier
from hsreview.analysis.saturation import saturation
from hsreview.analysis.theme_groups import theme_group
from hsreview.base.errors import UsageProblem
from hsreview.model.codebook import CodePlace
from hsreview.model.dataset import CodedSegment, Dataset, Reading
from hsreview.model.former import Former
from hsreview.model.groups import interview_groups, respondent_groups
from hsreview.model.localized import Localized
from hsreview.model.matrices import GroupCount, NoShare
from hsreview.model.people import AttributeValue, Organisation, Respondent
from hsreview.model.tables import Measure, Table, Why
from hsreview.workflows.matrix_words import cell_text
from tests.analysis.layers import a_layer

SEEDS = [*range(4), *(pytest.param(seed, marks=pytest.mark.deep) for seed in range(4, 80))]
LEVELS = [Level(), Level(1), Level(2), Level(None), Level(1, ("D1", "e"))]


THEMES = Level()


def prepared(seed: int, level: Level = THEMES) -> tuple[Dataset, LayerFrame, Rows]:
    """A layer and its rows."""
    dataset = a_layer(seed)
    frame = LayerFrame(dataset)
    return dataset, frame, rows(frame, level)


def row_key(dataset: Dataset, segment: CodedSegment, level: Level) -> str | None:
    """The theme or code in whose row a coding counts, found by walking up; nothing when it was not asked for."""
    place = next(p for p in dataset.codebook.codes() if p.code.id == segment.coding.code_id)
    line = [*place.parents, place.code]
    refs = {place.theme.ref.lower(), *(code.ref.lower() for code in line)}
    if level.refs and not refs & {ref.lower() for ref in level.refs}:
        return None
    if level.depth == 0:
        return place.theme.id
    return line[-1].id if level.depth is None else line[: level.depth][-1].id


def cells(table: Table, measure: Measure) -> dict[tuple[str, str], object]:
    """Row and column → number."""
    return {
        (row.key, column.key): table.value(r, c, measure)
        for (r, row), (c, column) in product(enumerate(table.rows), enumerate(table.columns))
    }


def reviewed(dataset: Dataset) -> list[CodedSegment]:
    return [s for s in dataset.segments if s.transcript_id in dataset.reviewed]


def union(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


def words(dataset: Dataset, found: Iterable[CodedSegment]) -> int:
    """Words that start under one of the codings."""
    marked = {(s.transcript_id, at) for s in found for at in range(s.coding.start, s.coding.end)}
    return sum((t.id, start) in marked for t in dataset.transcripts for start in dataset.word_starts[t.id])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_themes_and_codes_by_interview(seed: int, level: Level) -> None:
    dataset, frame, chosen = prepared(seed, level)
    table = theme_interview(frame, chosen)
    for (r, row), (c, column) in product(enumerate(table.rows), enumerate(table.columns)):
        mine = [s for s in dataset.segments if row_key(dataset, s, level) == row.key]
        if column.kind == "all":
            mine = [s for s in mine if s.transcript_id in dataset.reviewed]
        else:
            mine = [s for s in mine if s.transcript_id == column.key]
        assert [dataset.segments[n] for n in table.behind(r, c)] == mine
        if column.kind != "all" and dataset.reading(column.key) is Reading.NOT_READ:
            assert table.value(r, c, Measure.SEGMENTS) is None and table.reason(r, c) is Why.NOT_READ
            continue
        assert table.value(r, c, Measure.SEGMENTS) == len(mine)
        assert table.value(r, c, Measure.INTERVIEWS) == len({s.transcript_id for s in mine})
        assert table.value(r, c, Measure.WORDS) == words(dataset, mine)
    assert table.columns[-1].base[Measure.INTERVIEWS] == len(dataset.reviewed)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_coding_stands_in_exactly_one_row_at_every_level(seed: int) -> None:
    for depth in (0, 1, 2, 3, None):
        dataset, frame, chosen = prepared(seed, Level(depth))
        table = theme_interview(frame, chosen, words=False)
        total = sum(int(table.value(r, len(table.columns) - 1, Measure.SEGMENTS) or 0) for r in range(len(table.rows)))
        assert total == len(reviewed(dataset))


@pytest.mark.parametrize("seed", SEEDS)
def test_themes_and_codes_by_group_with_what_was_begun(seed: int) -> None:
    dataset, frame, _chosen = prepared(seed)
    found = theme_group(frame)
    groups = {t.id: interview_groups(dataset, t) for t in dataset.transcripts}
    people = respondent_groups(dataset)
    heard = {p for t in dataset.reviewed for p in dataset.respondents_of.get(t, ())}

    def organisations(of: Iterable[str]) -> int:
        return len({dataset.respondents[p].organisation_id for p in of} - {None})

    for column, base in enumerate(found.groups):
        group = base.group
        inside = {t for t, of in groups.items() if group is None or group in of}
        voices = {p for p in heard if group is None or group in people[p]}
        counts = len(inside), len(inside & dataset.reviewed), len(inside & dataset.begun)
        assert (base.interviews, base.reviewed, base.begun) == counts
        assert (base.respondents, base.organisations) == (len(voices), organisations(voices))
        for row in found.rows:
            level = Level(0 if row.code_id is None else None)
            mine = [s for s in dataset.segments if row_key(dataset, s, level) == (row.code_id or row.theme_id)]
            done = [s for s in mine if s.transcript_id in dataset.reviewed]
            who = {s.respondent_id for s in done if s.respondent_id in voices} - {None}
            there = [s.transcript_id for s in done if s.transcript_id in inside]
            so_far = [s.transcript_id for s in mine if s.transcript_id in inside & dataset.begun]
            assert row.counts[column] == GroupCount(
                len(set(there)), len(who), organisations(p or "" for p in who), len(there), None,
                len(set(so_far)), len(so_far),
            )  # fmt: skip


def attribute(dataset: Dataset, name: str, transcript_id: str, person: str | None) -> str:
    """The value of a voice: its own, its organisation's, the interview's, else none."""
    who = dataset.respondents.get(person or "")
    organisation = dataset.organisations.get((who and who.organisation_id) or "")
    transcript = next(t for t in dataset.transcripts if t.id == transcript_id)
    if name == "organisation":
        return organisation.name if organisation else ""
    if name in ("language", "wave"):
        return str(getattr(transcript, name))
    for thing in (who, organisation, transcript):
        if thing is not None and thing.attributes.get(name) is not None:
            return str(thing.attributes[name])
    return ""


def values_of(dataset: Dataset, name: str, transcript_id: str, person: str | None) -> set[str]:
    """Where the words of a voice count: under its value; of nobody known, without a value, under all of the room."""
    own = attribute(dataset, name, transcript_id, person)
    if own or person is not None:
        return {own}
    people = dataset.respondents_of.get(transcript_id, ())
    return {attribute(dataset, name, transcript_id, each) for each in people} or {""}


def room(dataset: Dataset, name: str, transcript_id: str) -> set[str]:
    """Every value of an interview."""
    voices = (*dataset.respondents_of.get(transcript_id, ()), None)
    return set().union(*(values_of(dataset, name, transcript_id, voice) for voice in voices))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["gender", "region", "size", "organisation", "language", "wave"])
def test_crosstabs_by_attribute(seed: int, name: str) -> None:
    dataset, frame, chosen = prepared(seed)
    if name not in attributes(dataset):
        return
    table = crosstab(frame, chosen, by_attribute(dataset, name), "crosstab", name)
    heard = [(t, p) for t in dataset.reviewed for p in dataset.respondents_of.get(t, ())]
    for c, column in enumerate(table.columns):
        every = column.kind == "all"
        people = {p for t, p in heard if every or column.key in values_of(dataset, name, t, p)}
        assert column.base == {
            Measure.RESPONDENTS: len(people),
            Measure.ORGANISATIONS: len({dataset.respondents[p].organisation_id for p in people} - {None}),
            Measure.INTERVIEWS: sum(every or column.key in room(dataset, name, t) for t in dataset.reviewed),
        }
        for r, row in enumerate(table.rows):
            mine = [
                s
                for s in reviewed(dataset)
                if row_key(dataset, s, Level()) == row.key
                and (every or column.key in values_of(dataset, name, s.transcript_id, s.respondent_id))
            ]
            who = {s.respondent_id for s in mine} - {None}
            organisations = {dataset.respondents[p or ""].organisation_id for p in who} - {None}
            assert [table.value(r, c, measure) for measure in table.measures] == [
                len(who), len(organisations), len({s.transcript_id for s in mine}), len(mine), words(dataset, mine),
            ]  # fmt: skip
            assert [dataset.segments[n] for n in table.behind(r, c)] == mine
            for measure in (Measure.RESPONDENTS, Measure.ORGANISATIONS, Measure.INTERVIEWS):
                assert int(table.value(r, c, measure) or 0) <= int(table.base(r, c, measure) or 0)


@pytest.mark.parametrize("seed", SEEDS)
def test_crosstabs_by_group_speaker_and_time(seed: int) -> None:
    dataset, frame, chosen = prepared(seed)
    transcripts = {t.id: t for t in dataset.transcripts}
    people = respondent_groups(dataset)

    def of_group(s: CodedSegment) -> set[str]:
        return set(interview_groups(dataset, transcripts[s.transcript_id]))

    def of_speaker(s: CodedSegment) -> set[str]:
        return {f"{s.transcript_id}/{s.respondent_id or '/' + str(s.speaker)}"}

    def of_wave(s: CodedSegment) -> set[str]:
        return {transcripts[s.transcript_id].wave}

    def of_month(s: CodedSegment) -> set[str]:
        return {transcripts[s.transcript_id].date[:7]}

    kinds: list[tuple[Division, Callable[[CodedSegment], set[str]]]] = [
        (by_group(dataset), of_group), (by_speaker(dataset), of_speaker), (by_wave(dataset), of_wave),
        (by_period(dataset, "month"), of_month),
    ]  # fmt: skip
    for division, of in kinds:
        table = crosstab(frame, chosen, division, "x", words=False)
        assert len({column.key for column in table.columns}) == len(table.columns)
        for (r, row), (c, column) in product(enumerate(table.rows), enumerate(table.columns)):
            every = column.kind == "all"
            rows_ = [s for s in reviewed(dataset) if row_key(dataset, s, Level()) == row.key]
            mine = [s for s in rows_ if every or column.key in of(s)]
            who = {s.respondent_id for s in (rows_ if of is of_group else mine) if s.respondent_id}
            if of is of_group and not every:
                who = {p for p in who if column.key in people[p]}
            assert table.value(r, c, Measure.SEGMENTS) == len(mine)
            assert table.value(r, c, Measure.INTERVIEWS) == len({s.transcript_id for s in mine})
            assert table.value(r, c, Measure.RESPONDENTS) == len(who)
            assert [dataset.segments[n] for n in table.behind(r, c)] == mine


def near(a: CodedSegment, b: CodedSegment, turns: int | None) -> bool:
    """Whether two codings meet."""
    if a.transcript_id != b.transcript_id:
        return False
    if turns is None:
        return a.coding.start < b.coding.end and b.coding.start < a.coding.end
    return a.turn <= b.last_turn + turns and b.turn <= a.last_turn + turns


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("turns", [None, 0, 1, 3])
def test_co_occurrence(seed: int, turns: int | None) -> None:
    level = Level(1)
    dataset, frame, chosen = prepared(seed, level)
    found = CoOccurrence(frame, chosen)
    table = found.overlap() if turns is None else found.within(turns)
    by_row = {h.key: [s for s in reviewed(dataset) if row_key(dataset, s, level) == h.key] for h in table.rows}

    def places(found: Iterable[CodedSegment]) -> set[tuple[str, int]]:
        """Characters or turns that bear one of the codings."""
        spans = [(s, (s.coding.start, s.coding.end) if turns is None else (s.turn, s.last_turn + 1)) for s in found]
        return {(s.transcript_id, at) for s, span in spans for at in range(*span)}

    def reached(found: Iterable[CodedSegment]) -> set[tuple[str, int]]:
        return {(t, at + d) for t, at in places(found) for d in range(-(turns or 0), (turns or 0) + 1)}

    for (r, row), (c, column) in product(enumerate(table.rows), enumerate(table.columns)):
        a, b = by_row[row.key], by_row[column.key]
        if r == c:
            assert table.value(r, c, table.measures[0]) == len(a) and table.reason(r, c) is Why.SELF
            assert table.value(r, c, Measure.JACCARD) is None
            assert cell_text(table, r, c, Measure.JACCARD) == ""
            continue
        pairs = [(x, y) for x in a for y in b if near(x, y, turns)]
        both = (places(a) & reached(b)) | (places(b) & reached(a))
        either = places(a) | places(b)
        assert table.value(r, c, table.measures[0]) == (len(pairs) if turns is None else len(both))
        if either:
            assert table.value(r, c, Measure.JACCARD) == pytest.approx(len(both) / len(either))
        else:
            assert table.value(r, c, Measure.JACCARD) is None and table.reason(r, c) is Why.NOTHING
        meeting = {id(s) for pair in pairs for s in pair}
        assert [dataset.segments[n] for n in table.behind(r, c)] == [s for s in dataset.segments if id(s) in meeting]
        if turns is None:
            texts = {(id(x), id(y), max(x.coding.start, y.coding.start), min(x.coding.end, y.coding.end))
                     for x, y in pairs}  # fmt: skip
            assert texts == {
                (id(dataset.segments[m.first]), id(dataset.segments[m.second]), m.start, m.end)
                for m in found.meetings(r, c)
            }


def test_codings_whose_turn_is_not_known_are_told_and_left_out() -> None:
    dataset = a_layer(3)
    lost = replace(dataset, segments=[replace(s, turn=0, last_turn=0) for s in dataset.segments])
    frame = LayerFrame(lost)
    table = CoOccurrence(frame, rows(frame)).within(0)
    assert [n.n for n in table.notes if n.key == "without_turn"] == [len(reviewed(lost))]
    assert all(table.value(r, c, Measure.TURNS) == 0 for r in range(3) for c in range(3) if r != c)


@pytest.mark.parametrize("seed", SEEDS)
def test_modifiers(seed: int) -> None:
    dataset, frame, chosen = prepared(seed, Level(None))
    table = code_modifier(frame, chosen)
    for (r, row), (c, column) in product(enumerate(table.rows), enumerate(table.columns)):
        of = [s for s in reviewed(dataset) if row_key(dataset, s, Level(None)) == row.key]
        modifier, _colon, value = column.key.partition(":")
        mine = [s for s in of if column.kind == "all" or s.coding.modifiers.get(modifier, "") == value]
        assert table.value(r, c, Measure.SEGMENTS) == len(mine)
        assert table.share(r, c, Measure.SEGMENTS) == (len(mine) / len(of) if of else None)
        assert [dataset.segments[n] for n in table.behind(r, c)] == mine


@pytest.mark.parametrize("seed", SEEDS)
def test_saturation(seed: int) -> None:
    dataset, frame, chosen = prepared(seed, Level(None))
    table = saturation(frame, chosen)
    order = sorted((t for t in dataset.transcripts if t.id in dataset.reviewed), key=lambda t: (t.date or "~", t.name))
    assert [row.key for row in table.rows] == [t.id for t in order]
    seen: set[str] = set()
    for r, transcript in enumerate(order):
        here = {s.coding.code_id for s in dataset.segments if s.transcript_id == transcript.id}
        new = here - seen
        seen |= here
        assert [table.value(r, c, Measure.CODES) for c in range(3)] == [len(here), len(new), len(seen)]
        assert {dataset.segments[n].coding.code_id for n in table.behind(r, 1)} == new


def expected_gap(
    dataset: Dataset, question: str, group: str, place: str, asked: Mapping[str, Mapping[str, bool]]
) -> tuple[int | None, Why]:
    """The state of a cell, found by asking every interview."""

    def cell(transcript_id: str, person: str | None) -> set[tuple[str, str]]:
        transcript = next(t for t in dataset.transcripts if t.id == transcript_id)
        who = dataset.respondents.get(person or "")
        groups = {who.group} if who and who.group and not transcript.group else set(
            interview_groups(dataset, transcript)
        )  # fmt: skip
        return {(each, attribute(dataset, "region", transcript_id, person)) for each in groups}

    def spots(transcript_id: str) -> set[tuple[str, str]]:
        people = dataset.respondents_of.get(transcript_id, ()) or (None,)
        return set().union(*(cell(transcript_id, person) for person in people))

    def serves(place_: CodePlace) -> bool:
        return question in place_.questions

    codes = {p.code.id for p in dataset.codebook.codes() if serves(p)}
    here = [t for t in dataset.transcripts if (group, place) in spots(t.id)]
    said = [
        s
        for s in dataset.segments
        if s.coding.code_id in codes
        and s.role != "interviewer"
        and (group, place)
        in (cell(s.transcript_id, s.respondent_id) & spots(s.transcript_id) or spots(s.transcript_id))
    ]
    sure = [s.respondent_id for s in said if s.transcript_id in dataset.reviewed]
    if people := set(sure) - {None}:
        return len(people), Why.HEARD
    if said:
        return None, Why.HEARD_NAMELESS if sure else Why.HEARD_SO_FAR

    def was_asked(transcript_id: str) -> bool:
        transcript = next(t for t in dataset.transcripts if t.id == transcript_id)
        guide = [g for g in dataset.codebook.guide if question in g.questions]
        record = asked.get(transcript_id) or {}
        if any(record.values()):
            return any(record.get(g.ref) for g in guide)
        groups = set(interview_groups(dataset, transcript))
        return any(g.ref not in record and (not g.groups or set(g.groups) & groups) for g in guide)

    done = [t.id for t in here if t.id in dataset.reviewed]
    if any(was_asked(t) for t in done):
        return 0, Why.SILENT
    if len(done) < len(here) and (not done or any(was_asked(t.id) for t in here)):
        return None, Why.NOT_CODED
    return None, Why.NOT_ASKED


@pytest.mark.parametrize("seed", SEEDS)
def test_evidence_gaps(seed: int) -> None:
    dataset, frame, _rows = prepared(seed)
    asked = {"i0": {"G1": True, "G2": False}, "i1": {"G1": False}, "i2": {"G2": True}}
    table = evidence_gaps(frame, asked, "region")
    assert [row.ref for row in table.rows] == ["Q1", "Q2", "Q3"]
    for (r, row), (c, column) in product(enumerate(table.rows), enumerate(table.columns)):
        found = table.value(r, c, Measure.RESPONDENTS), table.reason(r, c)
        assert found == expected_gap(dataset, row.ref, column.ref, column.about["place"], asked)


def test_a_question_that_was_not_asked_leaves_the_rest_of_the_guide() -> None:
    dataset, _columns, _rows = prepared(0)
    for transcript in dataset.transcripts:
        guide = asked_in(dataset, transcript, None)
        assert asked_in(dataset, transcript, {"G0": False}) == guide, "a question that is not in its guide"
        both = {g.ref: False for g in dataset.codebook.guide}
        assert not any(asked_in(dataset, transcript, both).values())
        one = dataset.codebook.guide[0]
        found = asked_in(dataset, transcript, {one.ref: True})
        assert {ref for ref, yes in found.items() if yes} == set(one.questions)


def test_speakers_to_whom_nobody_is_linked_are_in_no_number_of_a_gap() -> None:
    dataset, _frame, _rows = prepared(0)
    person = next(s.respondent_id for s in dataset.segments if s.respondent_id and s.transcript_id in dataset.reviewed)
    for linked in (None, person):
        segments = tuple(s if s.respondent_id == linked else replace(s, respondent_id=None) for s in dataset.segments)
        table = evidence_gaps(LayerFrame(replace(dataset, segments=segments)), {}, "region")
        found = {
            (table.reason(r, c), table.value(r, c, Measure.RESPONDENTS))
            for r in range(len(table.rows))
            for c in range(len(table.columns))
        }
        assert (Why.HEARD_NAMELESS, None) in found
        assert {number for state, number in found if state is Why.HEARD} == ({1} if linked else set())


def test_every_state_of_a_gap_occurs_in_the_random_layers() -> None:
    states = set()
    for seed in range(30):
        _dataset, frame, _rows = prepared(seed)
        table = evidence_gaps(frame, {"i0": {"G2": False}}, "region")
        states |= {table.reason(r, c) for r in range(3) for c in range(len(table.columns))}
    assert states == {Why.HEARD, Why.HEARD_SO_FAR, Why.SILENT, Why.NOT_ASKED, Why.NOT_CODED}


@pytest.mark.parametrize("seed", SEEDS)
def test_divergence(seed: int) -> None:
    level = Level(None)
    dataset, frame, chosen = prepared(seed, level)
    table = divergence(frame, chosen, by_group(dataset))
    transcripts = {t.id: t for t in dataset.transcripts}
    groups = {t: interview_groups(dataset, transcripts[t]) for t in dataset.reviewed}
    sides = {g for of in groups.values() for g in of if g}
    expected = {}
    for header in chosen.headers:
        mine = [s for s in reviewed(dataset) if row_key(dataset, s, level) == header.key]
        who = {g for s in mine for g in groups[s.transcript_id] if g}
        sums = {
            g: sum(
                {"positive": 1, "negative": -1}.get(s.coding.modifiers.get("stance", ""), 0)
                for s in mine
                if g in groups[s.transcript_id]
            )
            for g in who
        }
        if len(who) == 1 and len(sides) > 1:
            expected[header.key] = ("one_side", who.pop())
        elif min(sums.values(), default=0) < 0 < max(sums.values(), default=0):
            expected[header.key] = ("opposite_stance", "")
    assert {row.key: (row.about["how"], row.about.get("who", "")) for row in table.rows} == expected


def test_what_only_one_side_was_asked_is_no_difference() -> None:
    dataset = a_layer(2)
    groups = {t.id: interview_groups(dataset, t) for t in dataset.transcripts}
    cso = frozenset(t for t in dataset.reviewed if groups[t] == ("cso",))
    assert cso and any(s.transcript_id in cso for s in dataset.segments)
    frame = LayerFrame(replace(dataset, reviewed=cso))
    assert divergence(frame, rows(frame, Level(None)), by_group(dataset)).rows == ()


def test_columns_of_numbers_stand_by_size() -> None:
    dataset = a_layer(1)
    sizes: dict[str, AttributeValue] = dict(zip(dataset.organisations, (10, 9, "2.5"), strict=True))
    named = {key: replace(each, attributes={"size": sizes[key]}) for key, each in dataset.organisations.items()}
    named["other"] = Organisation("other", "Other", attributes={"size": "large"})
    people = {
        f"p{n}": Respondent(f"p{n}", f"P{n}", organisation_id=organisation) for n, organisation in enumerate(named)
    }
    heard = {dataset.transcripts[0].id: tuple(people)}
    by = by_attribute(replace(dataset, organisations=named, respondents=people, respondents_of=heard), "size")
    assert [column.key for column in by.columns] == ["2.5", "9", "10", "large", ""]


def test_who_is_no_longer_there_is_in_no_n() -> None:
    dataset = a_layer(0)
    whole = by_group(dataset).bases(dataset)[-1][Measure.RESPONDENTS]
    gone = next(p for t in sorted(dataset.reviewed) for p in dataset.respondents_of.get(t, ()))
    left = replace(dataset, respondents={key: each for key, each in dataset.respondents.items() if key != gone})
    assert by_group(left).bases(left)[-1][Measure.RESPONDENTS] == whole - 1
    frame = LayerFrame(left)
    assert (
        crosstab(frame, rows(frame), by_group(left), "theme-group").columns[-1].base[Measure.RESPONDENTS] == whole - 1
    )


def test_no_share_of_fewer_than_twenty_people() -> None:
    dataset, frame, chosen = prepared(1)
    table = crosstab(frame, chosen, by_group(dataset), "theme-group")
    last = len(table.columns) - 1
    assert table.share(0, last, Measure.RESPONDENTS) is None
    assert table.no_share(0, last, Measure.RESPONDENTS) is NoShare.SMALL
    large = a_layer(1, interviews=60, codings=200)
    frame = LayerFrame(large)
    table = crosstab(frame, rows(frame), by_group(large), "theme-group")
    last = len(table.columns) - 1
    base = table.base(0, last, Measure.RESPONDENTS) or 0
    assert base >= 20
    assert table.share(0, last, Measure.RESPONDENTS) == (table.value(0, last, Measure.RESPONDENTS) or 0) / base


def test_levels_are_named_and_unknown_refs_refused() -> None:
    assert [level_named(word) for word in ("theme", "Thème", "code", "2")] == [0, 0, None, 2]
    for word in ("deep", "-1"):
        with pytest.raises(UsageProblem):
            level_named(word)
    with pytest.raises(UsageProblem, match="Z9"):
        rows(LayerFrame(a_layer(0)), Level(0, ("Z9",)))


def test_an_empty_layer_has_every_matrix() -> None:
    dataset = a_layer(0, codings=0)
    frame = LayerFrame(dataset)
    chosen = rows(frame)
    tables = [
        theme_interview(frame, chosen), crosstab(frame, chosen, by_group(dataset), "theme-group"),
        CoOccurrence(frame, chosen).overlap(), CoOccurrence(frame, chosen).within(1),
        code_modifier(frame, chosen), saturation(frame, chosen), evidence_gaps(frame, {}, "region"),
    ]  # fmt: skip
    assert all(
        value in (0, None) for table in tables for grid in table.values.values() for row in grid for value in row
    )
    assert divergence(frame, chosen, by_group(dataset)).rows == ()


def test_an_old_name_among_the_rows_is_refused_with_the_new_one() -> None:
    dataset = a_layer(0)
    former = Former("c-K4", "K4", Localized(), "2026-03-01", "merged", "c-D2", "D2")
    known = replace(dataset, codebook=replace(dataset.codebook, former=(former,)))
    with pytest.raises(UsageProblem, match=r"K4 .*D2"):
        rows(LayerFrame(known), Level(0, ("k4",)))
