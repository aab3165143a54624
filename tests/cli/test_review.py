"""`consensus`, `disagreements` and `agreement`, as a lead types them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hsreview.cli.agreement_print import basis_lines
from hsreview.model.agreement import AgreementBasis, Unit
from hsreview.workflows.coders import coders
from hsreview.workflows.coding import remove_coding
from hsreview.workflows.projects import open_project
from hsreview.workflows.reading import codings_of
from tests.cli.conftest import call, ok
from tests.review.team import Team


@pytest.fixture
def root(tmp_path: Path) -> str:
    """Binta and Chaka agree on D1 in turn 3, and differ in turn 5; Awa leads."""
    team = Team(tmp_path / "p")
    for coder in (team.binta, team.chaka):
        team.code(coder, 54, 94, "D1")
    team.code(team.binta, 170, 190, "D2")
    team.code(team.chaka, 170, 190, "K4")
    team.reviewed()
    team.project.close()
    return str(tmp_path / "p")


def test_differences_are_listed_with_their_codes(root: str) -> None:
    done = ok("-p", root, "disagreements", "--json")
    (entry,) = done.json("disagreements")["disagreements"]
    assert (entry["kind"], entry["place"], entry["same_parent"]) == ("different", "5.1", True)
    assert [(each["coder"], each["codes"]) for each in entry["coders"]] == [("Binta", ["D2"]), ("Chaka", ["K4"])]
    assert "Binta D2 · Chaka K4" in ok("-p", root, "disagreements").out
    assert ok("-p", root, "disagreements", "--kind", "missed", "--kind", "split", "--json").json("disagreements") == {
        "disagreements": []
    }
    answer = ok("-p", root, "disagreements", "--confusion", "--json").json("disagreements --confusion")
    basis, (table,) = answer["basis"], answer["confusion"]
    assert (basis["unit"], basis["units"], basis["transcripts"], basis["codes"]) == ("turn", 2, ["cso-1"], [])
    assert table["codes"] == ["D1", "D2", "K4"]
    assert table["counts"] == [[1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    out = ok("-p", root, "disagreements", "--confusion", "--codes", "D1,K4").out
    assert "Binta (rows) against Chaka (columns), turns" in out
    assert "Units: turns (2); coders: Binta, Chaka; codebook" in out and "Only these codes: D1, K4" in out
    assert "characters" in ok("-p", root, "disagreements", "--confusion", "--unit", "span").out


def test_the_consensus_is_settled_from_the_command_line(root: str) -> None:
    def state() -> tuple[str, int, int]:
        (entry,) = ok("-p", root, "consensus", "status", "--json").json("consensus")["consensus"]
        return entry["state"], entry["open"], entry["codings"]

    assert state() == ("open", 1, 0)
    assert call("-p", root, "--coder", "Awa", "consensus", "accept-agreed", "cso-1").code == 3, "a reason is missing"
    ok("-p", root, "--coder", "Awa", "consensus", "accept-agreed", "cso-1", "--because", "no time")
    assert state() == ("adjudicated", 0, 1)
    (coding,) = ok("-p", root, "consensus", "list", "--json").json("consensus list")["codings"]
    assert (coding["code"], coding["start"], coding["end"]) == ("D1", 54, 94)
    (entry,) = ok("-p", root, "disagreements", "--json").json("disagreements")["disagreements"]
    assert entry["decision"]["because"] == "no time" and entry["decision"]["by"] == "Awa"
    ok("-p", root, "--coder", "Awa", "consensus", "reopen", entry["id"])
    assert state() == ("open", 1, 0)
    ok("-p", root, "--coder", "Awa", "consensus", "adopt", "cso-1", "--from", "Binta", "--because", "she knows")
    assert state() == ("adopted", 1, 2)
    assert "Binta: she knows" in ok("-p", root, "consensus", "status").out
    ok("-p", root, "--coder", "Awa", "consensus", "adopt", "cso-1", "--back")
    assert state() == ("open", 1, 0)
    assert call("-p", root, "--coder", "Awa", "consensus", "adopt", "cso-1", "--because", "x").code == 2


def test_a_decision_without_effect_is_told(root: str) -> None:
    ok("-p", root, "--coder", "Awa", "consensus", "accept-agreed", "cso-1", "--because", "no time")
    with open_project(Path(root)) as project:
        for coder in coders(project):
            for coding in codings_of(project):
                if coding.coder_id == coder.id and coding.start == 170:
                    remove_coding(project, coder, coding.id)
    (entry,) = ok("-p", root, "consensus", "status", "--json").json("consensus")["consensus"]
    assert [(each["outcome"], each["because"], each["by"]) for each in entry["lapsed"]] == [
        ("neither", "no time", "Awa")
    ]
    done = ok("-p", root, "consensus", "status")
    assert "cso-1: a decision of Awa" in done.err and "no longer differ: neither – no time" in done.err


def test_agreement_prints_its_basis_and_every_value(root: str) -> None:
    answer = ok("-p", root, "agreement", "--json").json("agreement project")
    assert answer["basis"]["coders"] == ["Binta", "Chaka"] and answer["basis"]["transcripts"] == ["cso-1"]
    assert [(each["code"], each["both"], each["share"]) for each in answer["codes"]] == [
        ("D2", 0, 0.5), ("K4", 0, 0.5), ("D1", 1, 0.0),
    ]  # fmt: skip
    assert answer["differences"] == {"split": 0, "boundary": 0, "extra": 0, "different": 1, "missed": 0}
    assert [each["differences"]["different"] for each in answer["codes"]] == [1, 1, 0]
    assert answer["codes"][2]["values"]["holsti"]["value"] == 1
    assert answer["codes"][2]["values"]["conger_kappa"]["value"] == 1
    rare = ok("-p", root, "agreement", "--unit", "character", "--codes", "D2,K4").out
    assert "Every code is rare here." in rare and "Rare codes" not in rare
    assert "too narrow" not in rare, "with one transcript there is no interval"
    assert rare.count("only Binta  only Chaka") == 1, "no header without a row"
    out = ok("-p", root, "agreement").out
    assert [line.split()[-1] for line in out.splitlines() if line.startswith(("D1", "D2", "K4"))] == [
        "0/0/1/0/0", "0/0/1/0/0", "–",
    ]  # fmt: skip
    assert "m/b/d/s/e: missed, boundary, different, split, extra" in out
    out = ok("-p", root, "agreement", "--all").out
    assert "Conger's kappa" in out and "Scott's pi" in out and "_" not in out.partition("primary")[0]
    assert "Units: turns (2); coders: Binta, Chaka; codebook" in out and "different 1" in out
    for unit in ("sentence", "word", "character", "span", "document"):
        assert ok("-p", root, "agreement", "--unit", unit, "--json").json("agreement project")["basis"]["unit"] == unit
    assert "tentative" in ok("-p", root, "agreement", "--scales").out


def test_one_coder_alone_is_not_compared(root: str) -> None:
    for command in ("agreement", "disagreements"):
        for names in ("Binta", "Binta,Binta"):
            done = call("-p", root, command, "--coders", names)
            assert done.code == 2 and "--coders A,B" in done.err
    assert "Each text is one turn" not in ok("-p", root, "agreement", "--coders", "Awa,Binta").out, "there is none"


def test_units_are_called_as_they_are_asked_for(root: str) -> None:
    for unit in Unit:
        assert f"Units: {unit.value}s (" in ok("-p", root, "agreement", "--unit", unit.value).out


def test_the_primary_measure_is_fixed_and_printed(root: str) -> None:
    assert call("-p", root, "--coder", "Awa", "agreement", "primary", "luck").code == 3
    ok("-p", root, "--coder", "Awa", "agreement", "primary", "gwet_ac1", "--unit", "sentence")
    answer = ok("-p", root, "agreement", "primary", "--json").json("agreement primary")
    assert answer["measure"] == "gwet_ac1" and answer["history"][0].endswith("Awa: gwet_ac1, sentence")
    assert "Primary measure: gwet_ac1, sentence" in ok("-p", root, "agreement").out


def test_a_coder_sees_no_numbers_of_what_they_still_code_blind(root: str) -> None:
    ok("-p", root, "coders", "add", "Daan")
    answer = ok("-p", root, "--coder", "Daan", "agreement", "--json").json("agreement project")
    assert answer["codes"] == [] and answer["basis"]["transcripts"] == []
    assert ok("-p", root, "--coder", "Daan", "disagreements", "--json").json("disagreements")["disagreements"] == []
    assert ok("-p", root, "--coder", "Daan", "consensus", "status", "--json").json("consensus")["consensus"] == []
    alone = ok("-p", root, "--coder", "Daan", "agreement")
    assert "nothing to compare" in alone.out and "hsreview assign" in alone.err and "hsreview reviewed" in alone.err
    assert "hsreview assign" in ok("-p", root, "--coder", "Daan", "disagreements").err


def test_texts_that_are_one_turn_each_ask_for_a_smaller_unit() -> None:
    one_turn_each = AgreementBasis(
        Unit.TURN, ("b", "c"), ("Binta", "Chaka"), ("t1", "t2"), 2, "1", False, False, True, 0.5
    )
    assert any("--unit sentence" in line for line in basis_lines(one_turn_each))
    assert not any("--unit" in line for line in basis_lines(replace(one_turn_each, units=3)))
    assert not any("--unit" in line for line in basis_lines(replace(one_turn_each, unit=Unit.SENTENCE)))
