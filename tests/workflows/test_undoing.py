"""Undo and redo say what was taken back, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.model.localized import Localized
from hsreview.model.people import Coder, CoderRole
from hsreview.model.text import Role
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows import coding as acts
from hsreview.workflows.codebooks import change_code
from hsreview.workflows.coders import add_coder, coders, set_role
from hsreview.workflows.codings_file import import_codings
from hsreview.workflows.people import relabel_turn, set_speaker
from hsreview.workflows.reading import codings_of
from hsreview.workflows.transcripts import change_transcript, remove_transcript
from hsreview.workflows.undoing import next_undo, note_merge, redo, skip_undo, undo, undo_refusal
from tests.builders import a_project, code_id, opened

World = tuple[Project, Coder]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return a_project(tmp_path, transcripts=2)


def announced(world: World) -> str:
    found = next_undo(*world)
    return found.what if found is not None else ""


def said(world: World, expected: str, kind: str) -> None:
    """The last act is announced, taken back and done again under these words."""
    assert announced(world) == expected
    for result in (undo(*world), redo(*world)):
        assert (result.done, result.what, result.kind) == (True, expected, kind)


def test_what_was_done_to_a_coding_is_said_with_its_code_and_turn(world: World) -> None:
    project, awa = world
    text = opened(project)
    start, end = text.sentences[3]
    [coding] = acts.add_codings(project, awa, text.version.id, start, end, [code_id("D1")])
    said(world, "code D1 on turn 3 of cso-1", "coding.put")
    acts.change_coding(project, awa, coding.id, flags=["unsure"])
    said(world, "change to code D1 on turn 3 of cso-1", "coding.put")
    acts.write_memo(project, awa, "secret words", coding_id=coding.id)
    said(world, "memo on turn 3 of cso-1", "memo.put")
    acts.remove_coding(project, awa, coding.id)
    said(world, "removal of code D1 on turn 3 of cso-1", "coding.remove")
    acts.add_codings(project, awa, text.version.id, start, end, [code_id("D1"), code_id("D2")])
    said(world, "2 codings in cso-1", "coding.put")


def test_what_was_done_to_a_memo_is_said_without_its_words(world: World) -> None:
    project, awa = world
    text = opened(project)
    memo = acts.write_memo(project, awa, "secret words", transcript_id=text.transcript.id)
    assert memo is not None
    said(world, "memo on cso-1", "memo.put")
    acts.write_memo(project, awa, "other words", memo_id=memo.id)
    said(world, "change to a memo on cso-1", "memo.put")
    acts.remove_memo(project, awa, memo.id)
    said(world, "removal of a memo on cso-1", "memo.remove")
    acts.write_memo(project, awa, "words", code_id=code_id("D1"))
    said(world, "memo on D1", "memo.put")
    acts.write_memo(project, awa, "words")
    said(world, "memo", "memo.put")


def test_what_was_done_to_the_codebook_is_said_without_words_of_the_text(world: World) -> None:
    project, awa = world
    text = opened(project)
    acts.in_vivo(project, awa, text.version.id, *text.sentences[3])
    said(world, "new code N1 on turn 3 of cso-1", "code.put")
    acts.propose_code(project, awa, Localized("peur", "fear"))
    said(world, "proposed code N2", "code.put")
    change_code(project, awa, code_id("D1"), texts={"use": Localized("si", "when")})
    said(world, "edit of D1 in the codebook", "code.put")


def test_what_was_done_to_a_transcript_is_said(world: World) -> None:
    project, awa = world
    text = opened(project)
    acts.mark_reviewed(project, awa, text.transcript.id)
    said(world, "cso-1 reviewed", "reviewed.put")
    acts.mark_reviewed(project, awa, text.transcript.id, reviewed=False)
    said(world, "cso-1 no longer reviewed", "reviewed.remove")
    set_speaker(project, awa, text.transcript.id, "R1", role=Role.OTHER, respondent="P1")
    said(world, "speakers of cso-1", "respondent.put")
    relabel_turn(project, awa, text.version.id, 3, "R2")
    said(world, "speaker of turn 3 of cso-1", "speaker.put")
    relabel_turn(project, awa, text.version.id, 3, None)
    said(world, "speaker of turn 3 of cso-1", "turn.put")
    change_transcript(project, awa, text.transcript, attributes={"region": "Gao"})
    said(world, "details of cso-1", "transcript.put")
    remove_transcript(project, awa, text.transcript)
    said(world, "removal of cso-1", "transcript.remove")


def test_imports_are_said(world: World, tmp_path: Path) -> None:
    assert announced(world).startswith("import of ")
    path = tmp_path / "codings.csv"
    name = opened(world[0]).transcript.name
    other = next(n for (n,) in world[0].connection.execute("select name from transcript") if n != name)
    path.write_text(f"transcript,start,end,code\n{name},20,30,D1\n{other},20,30,D1\n{name},31,40,D2\n")
    import_codings(*world, path)
    said(world, "3 codings in 2 transcripts", "coding.put")


def test_when_nothing_is_left_the_codebook_was_last(world: World) -> None:
    words = []
    while result := undo(*world):
        if not result.done:
            break
        words.append(result.what)
    assert words[-1] == "codebook, version 1.0" and words[0].startswith("import of ")


def test_undo_takes_back_what_was_announced_or_nothing(world: World) -> None:
    project, awa = world
    text = opened(project)
    change_transcript(project, awa, text.transcript, attributes={"region": "Gao"})
    asked = next_undo(project, awa)
    assert asked is not None and asked.what == "details of cso-1"
    with Project.open(project.root) as other:
        [coding] = acts.add_codings(other, awa, text.version.id, 20, 30, [code_id("D1")])
    result = undo(project, awa, asked.act)
    assert not result.done and "meanwhile" in result.reason
    assert not skip_undo(project, awa, asked.act)
    assert codings_of(project) == [coding] and announced(world) == "code D1 on turn 2 of cso-1"
    assert undo(project, awa).done and undo(project, awa, asked.act).done
    assert "region" not in opened(project).transcript.attributes


def test_an_act_tells_whose_speakers_and_review_marks_it_touched(world: World) -> None:
    project, awa = world
    one, two = opened(project), opened(project, "cso-2")

    def touched() -> frozenset[str]:
        found = next_undo(project, awa)
        assert found is not None
        return found.transcripts

    set_speaker(project, awa, one.transcript.id, "R1", respondent="P1")
    assert touched() == {one.transcript.id}
    relabel_turn(project, awa, two.version.id, 3, "INT")
    assert touched() == {two.transcript.id}
    acts.mark_reviewed(project, awa, one.transcript.id)
    assert touched() == {one.transcript.id}
    acts.mark_reviewed(project, awa, one.transcript.id, reviewed=False)
    assert touched() == {one.transcript.id}


def test_why_an_act_cannot_be_taken_back_is_known_before_it_is_tried(world: World) -> None:
    project, awa = world
    daan = add_coder(project, None, "Daan")
    proposed = acts.propose_code(project, awa, Localized("peur", "fear"))
    asked = next_undo(project, awa)
    assert asked is not None and undo_refusal(project, awa, asked.act) == ""
    acts.add_codings(project, daan, opened(project).version.id, 20, 30, [proposed.id])
    assert "Daan" in undo_refusal(project, awa, asked.act)
    assert undo(project, awa).reason == undo_refusal(project, awa, asked.act)


def test_who_was_added_and_a_new_role_are_taken_back_before_older_work(world: World) -> None:
    project, awa = world
    daan = add_coder(project, awa.id, "Daan")
    set_role(project, awa.id, daan, CoderRole.VALIDATOR)
    assert undo(project, awa).what == "role of Daan"
    assert [(c.name, c.role) for c in coders(project) if c.id == daan.id] == [("Daan", CoderRole.CODER)]
    assert undo(project, awa).what == "Daan in the team"
    assert [c.id for c in coders(project)] == [awa.id]
    assert announced(world).startswith("import of ")
    assert examine(project.connection) == []


def test_who_has_work_stays_in_the_team(world: World) -> None:
    project, awa = world
    daan = add_coder(project, awa.id, "Daan")
    acts.mark_reviewed(project, daan, opened(project).transcript.id)
    result = undo(project, awa)
    assert (result.done, "Daan has work" in result.reason) == (False, True)
    assert daan in coders(project)


def test_no_older_work_is_taken_back_unawares_after_what_lasts(world: World) -> None:
    project, awa = world
    text = opened(project)
    acts.add_codings(project, awa, text.version.id, *text.sentences[3], [code_id("D1")])
    for value in (1, 2):
        with project.act(awa.id) as act:
            act.put("setting", "some.thing", value=value)
    result = undo(project, awa)
    assert (result.done, "cannot be taken back" in result.reason) == (False, True)
    assert len(codings_of(project, text.version.id)) == 1
    assert skip_undo(project, awa)
    assert undo(project, awa).what == "code D1 on turn 3 of cso-1"


def test_no_older_work_is_taken_back_unawares_after_a_merge(world: World) -> None:
    project, awa = world
    text = opened(project)
    acts.add_codings(project, awa, text.version.id, *text.sentences[3], [code_id("D1")])
    note_merge(project)
    assert announced(world) == "packages taken in"
    result = undo(project, awa)
    assert (result.done, "restore" in result.reason) == (False, True)
    acts.mark_reviewed(project, awa, text.transcript.id)
    assert undo(project, awa).what == "cso-1 reviewed"
    assert not undo(project, awa).done
    assert skip_undo(project, awa) and undo(project, awa).what == "code D1 on turn 3 of cso-1"
