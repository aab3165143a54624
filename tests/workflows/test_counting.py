"""What counts: one passage once, no removed transcripts, and nothing where words are withheld."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.analysis.layer_frame import LayerFrame
from hsreview.analysis.matrices import matrices
from hsreview.base.ids import new_id
from hsreview.model.dataset import Dataset
from hsreview.model.people import Coder
from hsreview.model.staging import StagedRespondent
from hsreview.model.tables import Measure
from hsreview.project.project import Project
from hsreview.workflows.assigning import next_assigned
from hsreview.workflows.codebooks import decide_proposal, store_codebook
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings, in_vivo, mark_reviewed, write_memo
from hsreview.workflows.exporting import choose_layer, dataset, export_excel, layers
from hsreview.workflows.importing import Staged, store
from hsreview.workflows.matrix_words import notes
from hsreview.workflows.people import relabel_turn, set_speaker
from hsreview.workflows.reading import (
    code_usage,
    codings_of,
    memo_rows,
    progress,
    segments,
    speakers,
    transcript_rows,
    transcripts,
)
from hsreview.workflows.transcripts import remove_transcript
from tests.builders import a_codebook, a_project, code_id, opened, staged

World = tuple[Project, Coder, Coder]


@pytest.fixture
def world(tmp_path: Path) -> World:
    project, awa = a_project(tmp_path / "p")
    return project, awa, store_coder(project, Coder(new_id(), "Daan"))


def of_layer(project: Project, name: str = "Awa") -> Dataset:
    return dataset(project, choose_layer(project, name))


def a_passage_coded_twice(project: Project, awa: Coder) -> None:
    """A proposal and D2 on one passage; then the proposal is merged into D2."""
    version = opened(project).version.id
    proposed, coding = in_vivo(project, awa, version, 20, 30)
    write_memo(project, awa, "first", coding_id=coding.id)
    [twin] = add_codings(project, awa, version, 20, 30, [code_id("D2")], flags=["quote"])
    write_memo(project, awa, "second", coding_id=twin.id)
    decide_proposal(project, awa, proposed.id, "merge", into=code_id("D2"), reason="the same")
    assert len(codings_of(project)) == 2


def test_a_passage_that_a_merge_coded_twice_counts_once(world: World) -> None:
    project, awa, _daan = world
    a_passage_coded_twice(project, awa)
    assert code_usage(project) == {code_id("D2"): (1, 1)}
    assert [(layer.name, layer.codings) for layer in layers(project)] == [("Awa", 1)]
    assert [row.codings for row in progress(project)] == [1]
    assert [row.codings for row in transcript_rows(project, awa)] == [1]
    [segment] = segments(project)
    assert segment.coding.flags == ("quote",) and segment.memo == "first\nsecond"
    counted = matrices(LayerFrame(of_layer(project))).interviews
    assert sum(line[0] or 0 for line in counted.values[Measure.SEGMENTS]) == 1


def test_two_coders_count_each_and_a_second_reading_apart(world: World) -> None:
    project, awa, daan = world
    version = opened(project).version.id
    for coder in (awa, daan):
        add_codings(project, coder, version, 20, 30, [code_id("D2")])
    add_codings(project, awa, version, 20, 30, [code_id("D2")], pass_="2")
    assert code_usage(project) == {code_id("D2"): (2, 1)}
    assert code_usage(project, awa.id) == {code_id("D2"): (1, 1)}
    assert [(each.name, each.codings) for each in layers(project)] == [("Awa", 1), ("Awa/2", 1), ("Daan", 1)]
    assert sorted((r.coder, r.pass_, r.codings) for r in progress(project)) == [
        ("Awa", "", 1), ("Awa", "2", 1), ("Daan", "", 1),
    ]  # fmt: skip


def test_turns_of_two_readings_are_counted_apart(world: World) -> None:
    project, awa, _daan = world
    text = opened(project)
    answers = [turn for turn in text.turns if turn.speaker == "R1"]
    add_codings(project, awa, text.version.id, answers[0].label_end, answers[1].end, [code_id("D1")])
    add_codings(project, awa, text.version.id, answers[0].start, answers[0].end, [code_id("D1")], pass_="2")
    [row] = transcript_rows(project, awa)
    assert (row.codings, row.coded_turns, row.respondent_turns) == (1, 2, 2)
    assert [(r.pass_, r.coded_turns) for r in progress(project)] == [("", 2), ("2", 1)]


def test_a_removed_transcript_is_counted_nowhere(world: World) -> None:
    project, awa, daan = world
    text = opened(project)
    [coding] = add_codings(project, awa, text.version.id, 20, 30, [code_id("D1")])
    write_memo(project, awa, "on a coding", coding_id=coding.id)
    write_memo(project, daan, "on the transcript", transcript_id=text.transcript.id)
    write_memo(project, daan, "on words", version_id=text.version.id, start=5, end=9)
    write_memo(project, daan, "on a code", code_id=code_id("D1"))
    remove_transcript(project, awa, text.transcript)
    assert code_usage(project) == {} and layers(project) == [] and codings_of(project) == []
    assert codings_of(project, text.version.id) == [] and segments(project) == []
    assert not (progress(project) or transcript_rows(project) or speakers(project))
    assert [memo.text for memo in memo_rows(project)] == ["on a code"]
    assert of_layer(project, awa.id).code_facts[code_id("D1")].coders == 0


def test_who_speaks_without_a_name_is_counted_until_they_get_one(world: World) -> None:
    project, awa, _daan = world
    transcript = opened(project).transcript.id
    assert of_layer(project).nameless == {transcript: 1}, "the interviewer is no respondent"
    set_speaker(project, awa, transcript, "R1", respondent="Fanta")
    assert of_layer(project).nameless == {}
    relabel_turn(project, awa, opened(project).version.id, 3, "P2")
    assert of_layer(project).nameless == {transcript: 1}
    relabel_turn(project, awa, opened(project).version.id, 3, "R1")
    assert of_layer(project).nameless == {}, "a label that no turn bears is nobody"


def test_a_memo_keeps_its_place_when_its_coding_is_gone(world: World) -> None:
    project, awa, daan = world
    [coding] = add_codings(project, awa, opened(project).version.id, 20, 30, [code_id("D1")])
    write_memo(project, daan, "why?", coding_id=coding.id)
    before = memo_rows(project)
    project.connection.execute("update coding set removed = 1")
    assert memo_rows(project) == before
    assert (before[0].about, before[0].code_ref, before[0].quote) == ("coding", "D1", opened(project).text[20:30])


def test_a_heading_is_nobodys_answer(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "p")
    awa = store_coder(project, Coder(new_id(), "Awa"))
    store_codebook(project, awa.id, a_codebook())
    store(project, awa, [Staged(Path("cso-1.txt"), staged())], respondents=[StagedRespondent("cso-1.txt", "P1", "cso")])
    text = opened(project)
    add_codings(project, awa, text.version.id, 0, 9, [code_id("D1")])
    add_codings(project, awa, text.version.id, text.turns[2].label_end, text.turns[2].end, [code_id("D1")])
    heading, answer = segments(project)
    assert (heading.text, heading.respondent_id) == ("Entretien", None)
    assert answer.respondent_id is not None
    mark_reviewed(project, awa, text.transcript.id)
    [base] = [b for b in matrices(LayerFrame(of_layer(project))).groups.groups if b.group == "cso"]
    assert base.respondents == 1


@pytest.mark.parametrize("state", ["erased", "withheld"])
def test_withheld_words_leave_lists_and_exports_whole(world: World, state: str) -> None:
    project, awa, _daan = world
    text = opened(project)
    [coding] = add_codings(project, awa, text.version.id, 20, 30, [code_id("D1")], flags=["quote"])
    write_memo(project, awa, "note", coding_id=coding.id)
    project.connection.execute("update content set data = null, state = ?", (state,))
    project.connection.execute("delete from turn")
    [segment] = segments(project)
    assert (segment.text, segment.turn, segment.speaker, segment.respondent_id) == ("", 0, None, None)
    [memo] = memo_rows(project)
    assert (memo.place, memo.quote, memo.text) == ("", "", "note")
    [row] = transcript_rows(project, awa)
    assert (row.respondent_turns, row.coded_turns, row.codings) == (0, 0, 1)
    chosen = of_layer(project)
    assert dict(chosen.segment_words) == dict(chosen.respondent_words) == {}, "unknown is not zero"
    counted = matrices(LayerFrame(chosen))
    assert None in [line[0] for line in counted.interviews.values[Measure.WORDS]]
    assert any("withheld or erased" in told for told in notes(counted.interviews))
    [cell] = [c for c in counted.quotes if c.available]
    assert (cell.picks, cell.held_back) == ((), 1)
    assert export_excel(project, project.root / "exports" / "x.xlsx").path.is_file()


def test_words_that_are_lost_are_not_counted_as_none(world: World) -> None:
    project, awa, _daan = world
    add_codings(project, awa, opened(project).version.id, 60, 90, [code_id("D1")])
    project.connection.execute("delete from content where kind = 'words'")
    chosen = of_layer(project)
    assert dict(chosen.segment_words) == {} and dict(chosen.word_starts) == {}


def test_a_code_whose_making_is_withheld_still_has_a_column(world: World) -> None:
    project, awa, _daan = world
    version = opened(project).version.id
    in_vivo(project, awa, version, 20, 30)
    add_codings(project, awa, version, 40, 50, [code_id("D1")])
    project.connection.execute(
        "update code set removed = 1, kind = null, ref = null, status = null, data = '{}' where ref = 'N1'"
    )
    chosen = of_layer(project)
    refs = [place.code.ref for place in chosen.codebook.codes()]
    assert refs == ["D1", "D2", "K4", "?1"]
    assert sum(line[0] or 0 for line in matrices(LayerFrame(chosen)).interviews.values[Measure.SEGMENTS]) == 2
    assert export_excel(project, project.root / "exports" / "x.xlsx").path.is_file()


def test_a_limit_gives_the_first_segments_with_their_numbers(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "p", transcripts=3)
    for name in ("cso-1", "cso-2", "cso-3"):
        for start in (60, 20, 40):
            add_codings(
                project, awa, opened(project, name).version.id, start, start + 5, [code_id("D1"), code_id("D2")]
            )
    everything = segments(project)
    assert [s.number for s in everything] == [1, 2, 3, 4, 5, 6] * 3
    for limit in (0, 1, 6, 7, 18, 99):
        assert segments(project, limit=limit) == everything[:limit]
    some = segments(project, code_ids=[code_id("D2")], limit=4)
    assert some == [s for s in everything if s.coding.code_id == code_id("D2")][:4]
    third = segments(project, transcript_id=opened(project, "cso-3").transcript.id)
    assert third == everything[12:]


def test_a_group_that_only_a_removed_transcript_had_is_gone(world: World) -> None:
    project, awa, _daan = world
    rows = [StagedRespondent("x.txt", "P1", "journalist"), StagedRespondent("y.txt", "P2", "elder")]
    entries = [Staged(Path(f"{name}.txt"), staged(f"INT : {name} ?\nR1 : oui\n", name)) for name in "xy"]
    store(project, awa, entries, respondents=rows)
    add_codings(project, awa, opened(project).version.id, 20, 30, [code_id("D1")])
    remove_transcript(project, awa, opened(project, "x").transcript)
    chosen = of_layer(project)
    assert [base.group for base in matrices(LayerFrame(chosen)).groups.groups] == ["cso", "policymaker", "elder", None]
    assert [person.name for person in chosen.respondents.values()] == ["P2"]


def test_the_next_transcript_is_the_one_after_this(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "p", transcripts=4)
    ids = [transcript.id for transcript in transcripts(project)]
    assert next_assigned(project, awa.id) == transcripts(project)[0]
    mark_reviewed(project, awa, ids[2])
    order = [ids.index(found.id) for here in ids if (found := next_assigned(project, awa.id, here))]
    assert order == [1, 3, 3, 0]
    for transcript_id in ids:
        mark_reviewed(project, awa, transcript_id)
    assert next_assigned(project, awa.id) is None
