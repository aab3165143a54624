"""The comparison of coders: whose numbers, of what, and worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.model.agreement import Unit
from hsreview.model.review import DifferenceKind
from hsreview.workflows.comparing import Selection, compare, differences, primary, set_primary
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
    found = differences(team.project, Selection())
    assert [(each.difference.kind, each.place) for each in found] == [
        (DifferenceKind.EXTRA, "3.1"),
        (DifferenceKind.DIFFERENT, "5.1"),
    ]
    assert found[1].codes == {team.binta.id: ("D1",), team.chaka.id: ("K4",)}
    assert found[1].quote == team.text.text[170:190]
    assert len(differences(team.project, Selection(interviewer=True))) == 3
    assert [each.difference.kind for each in differences(team.project, kinds=[DifferenceKind.EXTRA])] == ["extra"]
    assert len(differences(team.project, Selection(codes=(code_id("K4"),)))) == 1


def test_the_primary_measure_keeps_its_history(team: Team) -> None:
    set_primary(team.project, team.awa, "krippendorff_alpha_nominal", Unit.TURN)
    found = set_primary(team.project, team.awa, "gwet_ac1", Unit.SENTENCE)
    assert (found.measure, found.unit) == ("gwet_ac1", "sentence")
    assert [line.partition(" ")[2] for line in primary(team.project).history] == [
        "Awa: krippendorff_alpha_nominal, turn",
        "Awa: gwet_ac1, sentence",
    ]
