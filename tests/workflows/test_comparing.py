"""The comparison of coders: whose numbers, of what, and worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.model.agreement import Unit
from hsreview.model.coding import Origin
from hsreview.model.review import DifferenceKind, Entry, Outcome, Settled, Standing
from hsreview.workflows.adjudicating import accept_agreed, decide
from hsreview.workflows.coding import add_codings, mark_reviewed
from hsreview.workflows.comparing import Selection, compare, confusion, differences
from hsreview.workflows.primary_measure import primary, set_primary
from tests.builders import code_id
from tests.review.team import Team


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """Respondents' turns are 3 and 5. Binta: D1 on both, D2 on turn 3; Chaka: D1 on turn 3 only, K4 on turn 5."""
    team = Team(tmp_path / "p")
    team.code(team.binta, 54, 94, "D1", "D2")
    team.code(team.binta, 170, 190, "D1")
    team.code(team.chaka, 54, 94, "D1")
    team.code(team.chaka, 170, 190, "K4")
    team.code(team.chaka, 22, 40, "D2")
    team.reviewed()
    return team


def test_counts_of_turns_by_hand(team: Team) -> None:
    found = compare(team.project, Selection())
    assert found.basis.names == ("Binta", "Chaka") and found.basis.units == 2
    by_ref = {row.ref: row for row in found.codes}
    d1 = by_ref["D1"]
    assert (d1.units, d1.coded, d1.both, d1.only, d1.neither, d1.segments) == (2, (2, 1), 1, (1, 0), 0, (2, 1))
    assert by_ref["D2"].coded == (1, 0), "what lies in the interviewer's turn does not count"
    assert by_ref["D2"].segments == (1, 0)
    assert by_ref["K4"].only == (0, 1)
    assert d1.values["percent_agreement"].value == 0.5
    # D1: values coded, coded, coded, not: n = 4, D_o = 2, D_e = (16 - 9 - 1) / 3 = 2, so alpha = 0.
    assert d1.values["krippendorff_alpha_nominal"].value == pytest.approx(0)
    assert [row.share for row in found.codes] == pytest.approx([1 / 3] * 3)
    # Each code: one of two units agrees. D2 and K4 have D_o 2 and D_e 2 as well.
    assert found.overall["percent_agreement"].value == 0.5
    assert found.overall["krippendorff_alpha_nominal"].value == pytest.approx(0)


def test_interviewers_and_parents_are_counted_when_asked(team: Team) -> None:
    found = compare(team.project, Selection(interviewer=True))
    assert found.basis.units == 5
    assert {row.ref: row.coded for row in found.codes}["D2"] == (1, 1)
    (theme,) = compare(team.project, Selection(parents=True)).codes
    assert theme.ref == "D" and theme.both == 2
    characters = compare(team.project, Selection(unit=Unit.CHARACTER))
    assert {row.ref: row.coded for row in characters.codes}["D1"] == (60, 40)


def test_only_what_two_coders_reviewed_is_compared(team: Team) -> None:
    team.code(team.awa, 54, 94, "K4")
    assert compare(team.project, Selection()).basis.names == ("Binta", "Chaka"), "Awa has not finished"
    assert compare(team.project, Selection(coders=(team.binta.id,))).basis.transcripts == ()


def test_differences_are_typed_with_words_and_place(team: Team) -> None:
    found = [each for each in differences(team.project, Selection()) if each.turn in (3, 5)]
    assert [(each.difference.kind, each.place) for each in found] == [
        (DifferenceKind.EXTRA, "3.1"),
        (DifferenceKind.DIFFERENT, "5.1"),
    ]
    assert found[1].codes == {team.binta.id: ("D1",), team.chaka.id: ("K4",)}
    assert found[1].quote == team.text.text[170:190]
    assert [each.difference.kind for each in differences(team.project, kinds=[DifferenceKind.EXTRA])] == ["extra"]
    assert len(differences(team.project, Selection(codes=(code_id("K4"),)))) == 1


def test_whatever_holds_a_transcript_back_is_listed_the_interviewers_turns_too(team: Team) -> None:
    listed = differences(team.project)
    assert [each.turn for each in listed] == [2, 3, 5]
    assert [each.difference for each in listed] == list(team.state().differences)
    for each in listed:
        decide(team.project, team.awa, each.difference, Outcome.BOTH, because="both hold")
    assert team.state().entry is Entry.ADJUDICATED and ("D2", 22, 40) in team.layer()


def test_a_code_that_only_a_decision_gave_counts_after_adjudication(tmp_path: Path) -> None:
    team = Team(tmp_path / "p")
    for coder in (team.binta, team.chaka):
        team.code(coder, 54, 94, "D1")
    team.code(team.chaka, 170, 190, "D2")
    team.reviewed()
    result = [Settled(code_id("K4"), 170, 190)]
    decide(team.project, team.awa, team.only(), Outcome.OTHER, result=result, because="K4 rule")
    after = compare(team.project, Selection()).after
    # D_o, D_e of each code: D1 0, 8/3 for both; K4 2, 2 for both; D2 2, 2 for Chaka.
    assert after[team.binta.id].value == pytest.approx(1 - 2 / (2 + 8 / 3))
    assert after[team.chaka.id].value == pytest.approx(1 - 4 / (4 + 8 / 3))


def test_the_primary_measure_keeps_its_history(team: Team) -> None:
    set_primary(team.project, team.awa, "krippendorff_alpha_nominal", Unit.TURN)
    found = set_primary(team.project, team.awa, "gwet_ac1", Unit.SENTENCE)
    assert (found.measure, found.unit) == ("gwet_ac1", "sentence")
    assert [line.partition(" ")[2] for line in primary(team.project).history] == [
        "Awa: krippendorff_alpha_nominal, turn",
        "Awa: gwet_ac1, sentence",
    ]


def test_days_repetitions_and_the_consensus_have_their_own_numbers(team: Team) -> None:
    found = compare(team.project)
    (point,) = found.drift
    assert (point.documents, point.units, point.label) == (1, 2, point.label[:10])
    assert point.alpha.value == point.cumulative.value == found.overall["krippendorff_alpha_nominal"].value
    assert found.intra == {} and found.after == {}

    add_codings(team.project, team.binta, team.text.version.id, 54, 94, [code_id("D1")], pass_="second")
    mark_reviewed(team.project, team.binta, team.transcript, pass_="second")
    accept_agreed(team.project, team.awa, [team.transcript], "agreed alone")
    found = compare(team.project)
    # Binta first: D1 on both turns, D2 on turn 3; again: D1 on turn 3 only.
    # D1: 3 of 4 values coded, one pair differs (D_o 2, D_e 2); D2: 1 of 4 (D_o 2, D_e 2): alpha = 1 - 4/4.
    assert found.intra[team.binta.id].value == pytest.approx(0)
    # The consensus has D1 on turn 3. Chaka has it too, and K4 on turn 5: D1 D_o 0, D_e 8/3; K4 D_o 2, D_e 2.
    assert found.after[team.chaka.id].value == pytest.approx(1 - 2 / (8 / 3 + 2))


def test_a_repetition_does_not_move_its_transcript_to_a_later_day(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    (before,) = compare(team.project).drift
    monkeypatch.setattr("hsreview.workflows.coding.now", lambda: "2199-01-01T00:00:00Z")
    mark_reviewed(team.project, team.binta, team.transcript, pass_="second")
    (after,) = compare(team.project).drift
    assert after == before and not after.label.startswith("2199")
    mark_reviewed(team.project, team.binta, team.transcript, reviewed=False)
    mark_reviewed(team.project, team.binta, team.transcript)
    assert compare(team.project).drift[0].label == "2199-01-01", "the day of the reading that is compared"


def test_of_some_coders_a_decision_on_more_is_neither_shown_nor_called_fallen(team: Team) -> None:
    team.code(team.awa, 54, 94, "D1", "D2")
    team.reviewed(team.awa)
    [first] = [each.difference for each in differences(team.project) if each.turn == 3]
    decide(team.project, team.awa, first, Outcome.BOTH, because="clear")
    assert [e.difference.standing for e in differences(team.project) if e.turn == 3] == [Standing.DECIDED]
    part = differences(team.project, Selection(coders=(team.binta.id, team.chaka.id)))
    assert [(e.turn, e.difference.standing, e.difference.decision) for e in part if e.turn == 3] == [
        (3, Standing.OPEN, None)
    ]


def test_who_did_not_read_a_transcript_has_no_values_there(tmp_path: Path) -> None:
    team = Team(tmp_path / "p")
    for coder in (team.awa, team.binta, team.chaka):
        team.code(coder, 54, 94, "D1")
    team.reviewed()
    found = compare(team.project)
    assert found.basis.names == ("Binta", "Chaka") and found.without == {}
    team.reviewed(team.awa)
    found = compare(team.project)
    assert found.basis.names == ("Awa", "Binta", "Chaka") and set(found.without) == {
        team.awa.id, team.binta.id, team.chaka.id,
    }  # fmt: skip
    assert [pair.units for pair in found.pairs] == [2, 2, 2]


def test_suggested_codings_are_left_out_when_asked(team: Team) -> None:
    [coding] = add_codings(
        team.project, team.chaka, team.text.version.id, 100, 120, [code_id("D1")], origin=Origin.SUGGESTED
    )  # fmt: skip
    made = coding.id
    rows = {row.ref: row.segments for row in compare(team.project).codes}
    assert rows["D1"] == (2, 2)
    rows = {row.ref: row.segments for row in compare(team.project, Selection(suggested=False)).codes}
    assert rows["D1"] == (2, 1)
    here = [{m.coding_id for m in each.difference.marks} for each in differences(team.project)]
    left = [{m.coding_id for m in e.difference.marks} for e in differences(team.project, Selection(suggested=False))]
    assert any(made in marks for marks in here) and not any(made in marks for marks in left)


def test_the_confusion_adds_up_to_the_text(team: Team) -> None:
    found = confusion(team.project, Selection(unit=Unit.SPAN))
    (table,) = found.tables
    assert found.basis.unit is Unit.CHARACTER, "segments are counted in characters"
    text = sum(turn.end - turn.label_end for turn in team.text.turns if turn.speaker == "R1")
    assert sum(map(sum, table.counts)) == pytest.approx(text)
    # On 54-94 both gave D1 (the diagonal), and Binta D2 beside it: 40 characters, two entries of equal weight.
    at = {ref: n for n, ref in enumerate((*table.refs, ""))}
    assert table.counts[at["D1"]][at["D1"]] == 20 and table.counts[at["D2"]][at[""]] == 20
    assert table.counts[at["D1"]][at["K4"]] == 20


def test_segments_are_measured_on_the_same_text_whatever_the_unit(team: Team) -> None:
    team.code(team.binta, 96, 125, "K4")
    team.code(team.chaka, 100, 146, "K4")
    first = compare(team.project, Selection(unit=Unit.TURN))
    assert first.where["boundary_offset_end"].value
    for unit in Unit:
        found = compare(team.project, Selection(unit=unit))
        assert (found.where, found.what) == (first.where, first.what), unit
