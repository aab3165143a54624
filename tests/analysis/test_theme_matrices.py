"""What is counted from a layer: who mentions what, of how many, and what cannot be said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.analysis.crosstabs import crosstab, theme_interview
from hsreview.analysis.divisions import by_group
from hsreview.analysis.layer_frame import LayerFrame
from hsreview.analysis.levels import rows
from hsreview.analysis.theme_groups import theme_group
from hsreview.model.codebook import Status
from hsreview.model.dataset import Dataset, Reading
from hsreview.model.matrices import GroupBase, GroupCount, NoShare, ThemeGroup
from hsreview.model.tables import Measure, Number, Table, Why
from tests.analysis.builders import BASILE, Layer, half_read, sample, word_starts


def bases(found: ThemeGroup) -> dict[str | None, GroupBase]:
    """Group → base."""
    return {base.group: base for base in found.groups}


def count(found: ThemeGroup, of: str, group: str | None) -> GroupCount:
    """What one group says of a theme (`t-d`) or a code (`c-e1`)."""
    row = next(r for r in found.rows if (r.code_id or r.theme_id) == of)
    return row.counts[[base.group for base in found.groups].index(group)]


def groups(dataset: Dataset) -> ThemeGroup:
    """Theme × group of a dataset."""
    return theme_group(LayerFrame(dataset))


def interviews(dataset: Dataset) -> Table:
    """Theme × interview of a dataset."""
    frame = LayerFrame(dataset)
    return theme_interview(frame, rows(frame))


def column(table: Table, number: int, measure: Measure = Measure.SEGMENTS) -> list[Number | None]:
    """What one interview says of every theme."""
    return [line[number] for line in table.values[measure]]


def test_the_frame_has_a_row_for_every_coding() -> None:
    dataset = sample()
    table = LayerFrame(dataset).table("transcript", "code", "respondent", "start", "end")
    assert table["code"].cat.categories.tolist() == ["c-1.1", "c-1.10", "c-01", "c-e1", "c-t1"]
    assert table["transcript"].cat.categories.tolist() == [t.id for t in dataset.transcripts]
    assert [tuple(row) for row in table.astype({"respondent": object}).fillna("").itertuples(index=False)] == [
        (s.transcript_id, s.coding.code_id, s.respondent_id or "", s.coding.start, s.coding.end)
        for s in dataset.segments
    ]


def test_a_column_of_the_frame_is_read_once() -> None:
    dataset = sample()
    frame = LayerFrame(dataset)
    before = frame.table("code")["code"].tolist()
    frame.segments = ()
    assert frame.table("code")["code"].tolist() == before == [s.coding.code_id for s in dataset.segments]


def test_theme_interview_has_every_interview_and_theme() -> None:
    table = interviews(sample())
    assert [header.key for header in table.columns] == [*(t.id for t in sample().transcripts), "*"]
    assert [column(table, n) for n in range(4)] == [[3, 1, 0], [0, 1, 0], [1, 0, 0], [None] * 3]


def test_an_interview_nobody_read_differs_from_one_without_codings() -> None:
    table = interviews(sample())
    assert [table.reason(0, n) for n in range(4)] == [*[Why.NUMBER] * 3, Why.NOT_READ]
    assert (column(table, 4), column(table, 4, Measure.INTERVIEWS)) == ([4, 2, 0], [2, 2, 0])


def test_an_interview_merely_begun_is_counted_apart() -> None:
    dataset = half_read()
    whole, part = groups(sample()), groups(dataset)
    table = interviews(dataset)
    assert table.reason(0, -2 + len(table.columns)) is Why.SO_FAR and column(table, -2) == [0, 1, 0]
    assert (column(table, -1), column(table, -1, Measure.INTERVIEWS)) == ([4, 2, 0], [2, 2, 0])
    for of in ("t-d", "t-e", "c-e1"):
        for group in ("cso", None):
            assert replace(count(part, of, group), begun=0, begun_segments=0) == count(whole, of, group)
    assert (count(part, "t-e", "cso").begun, count(part, "t-e", "cso").begun_segments) == (1, 1)
    assert (count(part, "t-e", None).begun, count(part, "t-d", None).begun) == (1, 0)
    cso = bases(part)["cso"]
    assert (cso.interviews, cso.reviewed, cso.begun, cso.respondents, cso.organisations) == (3, 2, 1, 2, 1)
    assert (bases(part)["policymaker"].begun, bases(part)[None].begun) == (0, 1)


def test_a_theme_found_only_in_interviews_begun_is_used() -> None:
    layer = Layer()
    layer.code(layer.interview("A", "un deux", reading=Reading.BEGUN), 0, 2, "E1")
    dataset = layer.dataset()
    used = {row.code_id or row.theme_id: row.used for row in groups(dataset).rows}
    assert (used["t-e"], used["c-e1"], used["t-d"]) == (True, True, False)
    assert column(interviews(dataset), 0) == [0, 1, 0]
    assert bases(groups(dataset))[None].no_share is NoShare.EMPTY


def test_words_under_two_segments_count_once() -> None:
    layer = Layer()
    interview = layer.interview("A", "un deux trois quatre cinq")
    layer.code(interview, 0, 13, "1.1")
    layer.code(interview, 3, 20, "01")
    layer.code(interview, 3, 7, "E1")
    dataset = layer.dataset()
    table = interviews(dataset)
    assert (column(table, 0, Measure.WORDS), table.base(0, 0, Measure.WORDS)) == ([4, 1, 0], 5)


@given(
    st.text(st.sampled_from("ab "), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 40))),
)
def test_covered_words_are_those_that_start_in_some_segment(text: str, spans: list[tuple[int, int]]) -> None:
    layer = Layer()
    interview = layer.interview("A", text)
    good = [(start, min(end, len(text))) for start, end in spans if start < min(end, len(text))]
    for start, end in good:
        layer.code(interview, start, end, "E1")
    dataset = layer.dataset()
    expected = sum(any(start <= at < end for start, end in good) for at in word_starts(text))
    assert column(interviews(dataset), 0, Measure.WORDS) == [0, expected, 0]


def test_words_that_are_not_known_are_not_zero() -> None:
    dataset = sample()
    one, two = (t.id for t in dataset.transcripts[:2])
    starts = {t: of for t, of in dataset.word_starts.items() if t != one}
    frame = LayerFrame(replace(dataset, word_starts=starts, respondent_words={two: 5}))
    table = theme_interview(frame, rows(frame))
    assert column(table, 0, Measure.WORDS) == [None, None, 0], "nothing was coded under the third"
    assert (table.base(0, 0, Measure.WORDS), table.base(0, 1, Measure.WORDS)) == (None, 5)
    assert column(table, 1, Measure.WORDS)[1] is not None
    assert column(table, 4, Measure.WORDS) == [None, None, 0], "a sum of something that is not known"
    by = crosstab(frame, rows(frame), by_group(dataset), "theme-group")
    assert [by.value(row, 0, Measure.WORDS) for row in range(3)] == [None, None, 0]
    assert [note.n for each in (table, by) for note in each.notes if note.key == "wordless"] == [2, 2]


def test_mentions_count_interviews_people_and_organisations_once() -> None:
    found = groups(sample())
    assert count(found, "t-d", "cso") == GroupCount(interviews=1, respondents=1, organisations=1, segments=3)
    assert count(found, "t-e", "cso") == GroupCount(interviews=2, respondents=2, organisations=1, segments=2)
    assert count(found, "c-1.10", "cso") == GroupCount(interviews=1, respondents=1, organisations=1, segments=2)
    assert count(found, "t-e", None) == GroupCount(interviews=2, respondents=2, organisations=1, segments=2)
    assert count(found, "t-e", "policymaker") == GroupCount()


def test_the_n_of_a_group_is_what_was_read() -> None:
    base = bases(groups(sample()))
    assert list(base) == ["cso", "policymaker", "army", None]
    assert (base["policymaker"].interviews, base["policymaker"].reviewed, base["policymaker"].respondents) == (2, 1, 1)
    assert (base["army"].interviews, base["army"].no_share) == (0, NoShare.EMPTY)
    assert (base[None].interviews, base[None].reviewed, base[None].respondents, base[None].organisations) == (
        4,
        3,
        3,
        1,
    )


@pytest.mark.parametrize(("people", "share"), [(19, None), (20, 0.05)])
def test_shares_need_twenty_people(people: int, share: float | None) -> None:
    layer = Layer()
    for number in range(people):
        interview = layer.interview(f"A{number}", "un deux")
        layer.person(f"P{number}", interview, group="cso")
    layer.code("i-A0", 0, 2, "E1")
    found = groups(layer.dataset())
    assert count(found, "t-e", "cso").share == share
    assert count(found, "t-d", "cso").share == (None if share is None else 0)
    assert bases(found)["cso"].no_share is (NoShare.SMALL if share is None else NoShare.NONE)


def test_a_focus_group_without_a_group_counts_in_those_of_its_people() -> None:
    layer = Layer()
    talk = layer.interview("FG", "un deux trois", group="")
    again = layer.interview("Again", "un deux trois", group="cso")
    layer.person("A", talk, again, group="cso")
    who = layer.person("B", talk, group="policymaker")
    layer.code(talk, 0, 2, "E1", by=who)
    found = groups(layer.dataset())
    assert (count(found, "t-e", "cso").interviews, count(found, "t-e", "cso").respondents) == (1, 0)
    assert (count(found, "t-e", "policymaker").interviews, count(found, "t-e", "policymaker").respondents) == (1, 1)
    assert (count(found, "t-e", None).interviews, count(found, "t-e", None).segments) == (1, 1)
    assert (bases(found)["cso"].reviewed, bases(found)[None].reviewed, bases(found)[None].respondents) == (2, 2, 2)


def test_people_without_a_group_are_shown_and_counted() -> None:
    layer = Layer()
    talk = layer.interview("X", "un deux trois", group="")
    layer.person("A", talk)
    layer.code(talk, 0, 2, "E1")
    found = groups(layer.dataset())
    assert list(bases(found)) == ["cso", "policymaker", "army", "", None]
    assert count(found, "t-e", "").respondents == 1


def test_an_empty_layer_is_counted_too() -> None:
    layer = Layer()
    layer.interview("A", "un deux")
    found = groups(layer.dataset())
    assert {row.used for row in found.rows} == {False}
    assert len(found.rows) == 8


def test_a_layer_counts_one_coder_only() -> None:
    anna, both = sample(), Layer(coder=BASILE)
    assert {s.coding.coder_id for s in anna.segments} == {"coder-anna"}
    assert both.dataset().segments == []
    assert count(groups(anna), "t-d", None).segments == 4


def test_a_code_that_the_codebook_lacks_is_an_error() -> None:
    layer = Layer()
    layer.code(layer.interview("A", "un deux"), 0, 2, "gone")
    with pytest.raises(ValueError, match="c-gone"):
        LayerFrame(layer.dataset()).table("code")


def test_a_retired_code_is_shown_only_while_the_layer_uses_it() -> None:
    layer = Layer()
    theme = layer.codebook.themes[1]
    retired = replace(theme, codes=(replace(theme.codes[0], status=Status.RETIRED),))
    layer.codebook = replace(layer.codebook, themes=(layer.codebook.themes[0], retired))
    interview = layer.interview("A", "un deux")
    assert "c-e1" not in {row.code_id for row in groups(layer.dataset()).rows}
    layer.code(interview, 0, 2, "E1")
    assert count(groups(layer.dataset()), "c-e1", None).segments == 1
