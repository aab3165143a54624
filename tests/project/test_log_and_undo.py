"""Every act is in the log; the tables follow from it; undo and redo survive restarts and respect others' work."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import new_id
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows import coding as acts
from hsreview.workflows import undoing
from hsreview.workflows.codebooks import change_code, decide_proposal, proposals, store_codebook
from hsreview.workflows.coders import store_coder
from hsreview.workflows.importing import ImportOptions, Staged, store
from hsreview.workflows.people import Role, relabel_turn, set_speaker
from hsreview.workflows.reading import codebook, codings_of, memos_of, speakers, transcripts, visible_codings
from hsreview.workflows.transcripts import change_transcript, remove_transcript
from tests.builders import TEXT, a_codebook, a_project, code_id, opened, staged


def state_of(project: Project, coder: Coder) -> list[Any]:
    """What a coder sees: codings, memos, codes, reviewed marks, speakers."""
    return [
        codings_of(project),
        memos_of(project),
        [(p.code.ref, p.code.status, p.code.label) for p in codebook(project).codes()],
        sorted(project.connection.execute("select transcript_id, coder_id from reviewed where removed = 0")),
        speakers(project),
        transcripts(project),
    ]


def test_a_coding_is_found_again_after_a_restart(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    text = opened(project)
    start, end = text.sentences[3]
    acts.add_codings(project, coder, text.version.id, start, end, [code_id("D1"), code_id("K4")])
    project.close()
    with Project.open(tmp_path) as again:
        assert [(c.start, c.end) for c in codings_of(again, text.version.id)] == [(start, end)] * 2
        assert examine(again.connection) == []


def test_the_same_code_on_the_same_segment_is_not_stored_twice(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    text = opened(project)
    first = acts.add_codings(project, coder, text.version.id, 20, 30, [code_id("D1")])
    second = acts.add_codings(project, coder, text.version.id, 20, 30, [code_id("D1")])
    assert [c.id for c in first] == [c.id for c in second]
    assert len(codings_of(project)) == 1


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (9, 3), (0, 10**6)])
def test_a_segment_outside_the_text_is_refused_and_changes_nothing(tmp_path: Path, start: int, end: int) -> None:
    project, coder = a_project(tmp_path)
    text = opened(project)
    before = project.connection.execute("select count(*) from change").fetchone()
    with pytest.raises(InputRefused):
        acts.add_codings(project, coder, text.version.id, start, end, [code_id("D1")])
    assert project.connection.execute("select count(*) from change").fetchone() == before


def test_an_unknown_code_refuses_the_whole_act(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    text = opened(project)
    with pytest.raises(InputRefused):
        acts.add_codings(project, coder, text.version.id, 20, 30, [code_id("D1"), "nobody-knows"])
    assert codings_of(project) == []


def test_nobody_changes_another_coders_coding(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    text = opened(project)
    [coding] = acts.add_codings(project, awa, text.version.id, 20, 30, [code_id("D1")])
    daan = store_coder(project, Coder(new_id(), "Daan"))
    with pytest.raises(UsageProblem):
        acts.remove_coding(project, daan, coding.id)
    with pytest.raises(UsageProblem):
        acts.change_coding(project, daan, coding.id, end=31)
    assert codings_of(project) == [coding]


def test_coders_are_blind_until_they_have_reviewed(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    text = opened(project)
    daan = store_coder(project, Coder(new_id(), "Daan"))
    acts.add_codings(project, awa, text.version.id, 20, 30, [code_id("D1")])
    acts.add_codings(project, daan, text.version.id, 20, 30, [code_id("D2")])
    assert len(visible_codings(project, text.version.id, daan)) == 1
    assert len(visible_codings(project, text.version.id, awa)) == 2, "the lead sees all"
    acts.mark_reviewed(project, daan, text.transcript.id)
    assert len(visible_codings(project, text.version.id, daan)) == 2


def test_undo_takes_back_one_act_at_a_time_across_restarts(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    text = opened(project)
    states = [state_of(project, coder)]
    [first] = acts.add_codings(project, coder, text.version.id, 20, 30, [code_id("D1")])
    states.append(state_of(project, coder))
    acts.change_coding(project, coder, first.id, end=35, flags=["unsure"])
    states.append(state_of(project, coder))
    acts.write_memo(project, coder, "à revoir", coding_id=first.id)
    states.append(state_of(project, coder))
    acts.remove_coding(project, coder, first.id)
    states.append(state_of(project, coder))
    for expected in states[-2::-1]:
        project.close()
        project = Project.open(tmp_path)
        assert undoing.undo(project, coder).done
        assert state_of(project, coder) == expected
    for expected in states[1:]:
        project.close()
        project = Project.open(tmp_path)
        assert undoing.redo(project, coder).done
        assert state_of(project, coder) == expected
    assert not undoing.redo(project, coder).done
    assert examine(project.connection) == []


def test_undoing_a_deletion_speaks_of_the_coding_even_when_it_had_a_memo(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    [coding] = acts.add_codings(project, coder, opened(project).version.id, 20, 30, [code_id("D1")])
    acts.write_memo(project, coder, "à revoir", coding_id=coding.id)
    before = state_of(project, coder)
    acts.remove_coding(project, coder, coding.id)
    assert undoing.undo(project, coder).label == "coding"
    assert state_of(project, coder) == before


def test_a_new_act_ends_what_could_be_redone(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    text = opened(project)
    acts.add_codings(project, coder, text.version.id, 20, 30, [code_id("D1")])
    undoing.undo(project, coder)
    acts.add_codings(project, coder, text.version.id, 20, 30, [code_id("D2")])
    result = undoing.redo(project, coder)
    assert not result.done and result.reason
    assert [c.code_id for c in codings_of(project)] == [code_id("D2")]


def test_undo_is_refused_when_another_coders_work_rests_on_it(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    text = opened(project)
    code = acts.propose_code(project, awa, Localized("peur", "fear"))
    daan = store_coder(project, Coder(new_id(), "Daan"))
    acts.add_codings(project, daan, text.version.id, 20, 30, [code.id])
    result = undoing.undo(project, awa)
    assert not result.done
    assert "Daan" in result.reason
    assert code.id in {p.code.id for p in codebook(project).codes()}
    assert undoing.undo(project, daan).done
    assert undoing.undo(project, awa).done


def test_undoing_one_proposal_is_possible_after_another_coders_proposal(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    daan = store_coder(project, Coder(new_id(), "Daan"))
    acts.propose_code(project, awa, Localized("peur", "fear"))
    acts.propose_code(project, daan, Localized("joie", "joy"))
    assert undoing.undo(project, awa).done
    assert [p.code.label.fr for p in proposals(project)] == ["joie"]


def test_an_in_vivo_code_and_its_coding_are_one_act(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    text = opened(project)
    start, end = text.sentences[4]
    code, coding = acts.in_vivo(project, coder, text.version.id, start, end)
    assert code.label.fr == text.text[start:end]
    assert coding in codings_of(project)
    assert undoing.undo(project, coder).done
    assert codings_of(project) == [] and proposals(project) == []


def test_a_merged_proposal_hands_over_its_codings_and_undo_gives_them_back(tmp_path: Path) -> None:
    project, lead = a_project(tmp_path)
    text = opened(project)
    code, _coding = acts.in_vivo(project, lead, text.version.id, 20, 30)
    decide_proposal(project, lead, code.id, "merge", into=code_id("D2"), reason="the same")
    assert [c.code_id for c in codings_of(project)] == [code_id("D2")]
    [late] = acts.add_codings(project, lead, text.version.id, 40, 50, [code.id])
    assert late.code_id == code_id("D2"), "a coder who still uses the proposal codes with what it became"
    undoing.undo(project, lead)
    undoing.undo(project, lead)
    assert [c.code_id for c in codings_of(project)] == [code.id]
    assert examine(project.connection) == []


def test_only_a_lead_decides_and_only_with_a_reason(tmp_path: Path) -> None:
    project, lead = a_project(tmp_path)
    daan = store_coder(project, Coder(new_id(), "Daan"))
    code = acts.propose_code(project, daan, Localized("peur", "fear"))
    with pytest.raises(UsageProblem):
        decide_proposal(project, daan, code.id, "accept", reason="good")
    with pytest.raises(UsageProblem):
        decide_proposal(project, lead, code.id, "accept", reason=" ")
    decide_proposal(project, lead, code.id, "accept", ref="D9", reason="often said")
    assert next(p.code.status for p in codebook(project).codes() if p.code.ref == "D9") == "active"


def test_the_codebook_counts_its_edits(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    assert codebook(project).version == "1.0"
    acts.propose_code(project, coder, Localized("peur", "fear"))
    acts.propose_code(project, coder, Localized("joie", "joy"))
    assert codebook(project).version == "1.0+2"


def test_speakers_are_corrected_without_touching_text_or_offsets(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    before = opened(project)
    set_speaker(project, coder, before.transcript.id, "R1", role=Role.OTHER, respondent="CSO-Gao-1")
    relabel_turn(project, coder, before.version.id, 3, "R2")
    relabel_turn(project, coder, before.version.id, 5, None)
    after = opened(project)
    assert [t.speaker for t in after.turns] == [None, "INT", "R2", "INT", None]
    assert after.text == before.text and [t.start for t in after.turns] == [t.start for t in before.turns]
    assert examine(project.connection) == []
    undoing.undo(project, coder)
    undoing.undo(project, coder)
    undoing.undo(project, coder)
    assert opened(project).turns == before.turns


def test_settings_and_team_are_not_taken_back_by_undo(tmp_path: Path) -> None:
    project = Project.create(tmp_path)
    coder = store_coder(project, Coder(new_id(), "Awa"))
    assert not undoing.undo(project, coder).done
    assert project.connection.execute("select count(*) from coder where removed = 0").fetchone() == (1,)


WHAT = [
    "add", "remove", "change", "memo", "vivo", "propose", "review", "undo", "redo", "merge", "accept", "refuse", "role",
    "relabel", "rename", "describe", "withdraw", "import", "codebook", "edit", "skip",
]  # fmt: skip
ACTS = st.lists(
    st.tuples(st.sampled_from(WHAT), st.integers(0, 1), st.integers(0, 150), st.integers(1, 40)), max_size=25
)
SET_UP = ("", "transcript", "codebook")
"""What the set-up of the test project did; histories leave it alone."""


def run_history(project: Project, team: list[Coder], history: list[tuple[str, int, int, int]]) -> None:
    for what, who, at, size in history:
        try:
            _do(project, team, what, team[who], at, size)
        except (InputRefused, UsageProblem):
            continue


def _last(project: Project, coder: Coder) -> str:
    found = undoing.next_undo(project, coder)
    return found.table if found is not None else ""


def _do(project: Project, team: list[Coder], what: str, coder: Coder, at: int, size: int) -> None:
    present = [t for t in transcripts(project) if t.version_id]
    mine = codings_of(project, coder_id=coder.id)
    waiting = proposals(project)
    book = codebook(project)
    if what == "import":
        store(
            project, coder, [Staged(Path("x"), staged(f"R1 : mot {at}\n{TEXT}", f"t{at}"))], ImportOptions(group="cso")
        )
    elif what == "codebook":
        store_codebook(project, coder.id, a_codebook(refs=("D1", "D2", "K4", "K5")[: 2 + size % 3]))
    elif what in ("merge", "accept", "refuse") and waiting:
        into = next((p.code.id for p in book.codes() if p.code.status == "active"), "")
        chosen = waiting[at % len(waiting)].code.id
        decide_proposal(project, team[0], chosen, what, into=into, ref=f"X{at}", reason="agreed")
    elif what == "edit" and list(book.codes()):
        places = list(book.codes())
        change_code(project, coder, places[at % len(places)].code.id, texts={"use": Localized(f"si {at}", "")})
    elif what == "propose":
        acts.propose_code(project, coder, Localized(f"code {at}", f"code {at}"))
    elif what == "undo" and _last(project, coder) not in SET_UP:
        undoing.undo(project, coder)
    elif what == "redo":
        undoing.redo(project, coder)
    elif what == "skip" and _last(project, coder) not in SET_UP:
        if not undoing.undo(project, coder).done:
            assert undoing.skip_undo(project, coder)
    elif what == "remove" and mine:
        acts.remove_coding(project, coder, mine[at % len(mine)].id)
    elif what == "change" and mine:
        acts.change_coding(project, coder, mine[at % len(mine)].id, start=at, end=at + size, flags=["unsure"])
    elif what == "memo" and mine:
        acts.write_memo(project, coder, f"memo {at}", coding_id=mine[0].id)
    elif present:
        _do_to_text(project, coder, present[at % len(present)].name, what, at, size)


def _do_to_text(project: Project, coder: Coder, name: str, what: str, at: int, size: int) -> None:
    text = opened(project, name)
    if what == "add":
        codes = [p.code.id for p in codebook(project).codes()]
        acts.add_codings(project, coder, text.version.id, at, at + size, [codes[size % len(codes)]])
    elif what == "vivo":
        acts.in_vivo(project, coder, text.version.id, at, at + size)
    elif what == "review":
        acts.mark_reviewed(project, coder, text.transcript.id, reviewed=bool(at % 2))
    elif what == "role":
        set_speaker(project, coder, text.transcript.id, "R1", role=list(Role)[at % 3], respondent=f"P{at % 2}")
    elif what == "relabel":
        relabel_turn(project, coder, text.version.id, 1 + at % len(text.turns), f"R{at % 3}" if at % 4 else None)
    elif what == "rename":
        change_transcript(project, coder, text.transcript, name=f"t{at}-{size}")
    elif what == "describe":
        change_transcript(project, coder, text.transcript, attributes={"region": "Gao", f"a{at % 2}": str(size)})
    elif what == "withdraw":
        remove_transcript(project, coder, text.transcript)


def _check_history(history: list[tuple[str, int, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project, awa = a_project(Path(folder))
        team = [awa, store_coder(project, Coder(new_id(), "Daan"))]
        start = state_of(project, awa)
        run_history(project, team, history)
        assert examine(project.connection) == []
        assert {c.code_id for c in codings_of(project)} <= {p.code.id for p in codebook(project).codes()}
        _undo_everything(project, team)
        assert examine(project.connection) == []
        if not any(_own_left(project, c) for c in team) and not any(what == "skip" for what, *_ in history):
            assert state_of(project, awa) == start
        project.close()


def _undo_everything(project: Project, team: list[Coder]) -> None:
    """Undo what either coder can until nothing moves any more."""
    progressed = True
    while progressed:
        progressed = False
        for coder in team:
            while _own_left(project, coder) and undoing.undo(project, coder).done:
                progressed = True


def _own_left(project: Project, coder: Coder) -> bool:
    first = project.connection.execute(
        "select count(*) from act where coder = ? and state = 'done'", (coder.id,)
    ).fetchone()[0]
    return bool(first > (2 if coder.name == "Awa" else 0))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ACTS)
def test_after_any_history_the_log_gives_the_tables_and_undo_gives_the_start(
    history: list[tuple[str, int, int, int]],
) -> None:
    _check_history(history)


@pytest.mark.deep
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ACTS)
def test_after_any_history_deep(history: list[tuple[str, int, int, int]]) -> None:
    _check_history(history)


def test_codings_of_a_refused_code_keep_their_label(tmp_path: Path) -> None:
    project, lead = a_project(tmp_path)
    text = opened(project)
    used, coding = acts.in_vivo(project, lead, text.version.id, 20, 30)
    unused = acts.propose_code(project, lead, Localized("joie", "joy"))
    for code in (used, unused):
        decide_proposal(project, lead, code.id, "refuse", reason="no")
    shown = {p.code.id for p in codebook(project).codes()}
    assert used.id in shown and unused.id not in shown
    with pytest.raises(InputRefused):
        acts.add_codings(project, lead, text.version.id, 40, 50, [used.id])
    assert codings_of(project) == [coding]


def test_a_used_code_that_a_new_codebook_lacks_is_retired_not_lost(tmp_path: Path) -> None:
    project, lead = a_project(tmp_path)
    text = opened(project)
    acts.add_codings(project, lead, text.version.id, 20, 30, [code_id("D2")])
    store_codebook(project, lead.id, a_codebook(refs=("D1",)))
    status = {p.code.ref: str(p.code.status) for p in codebook(project).codes()}
    assert status == {"D1": "active", "D2": "retired"}
    assert examine(project.connection) == []
    assert undoing.undo(project, lead).done
    assert [p.code.ref for p in codebook(project).codes()] == ["D1", "D2", "K4"]
