"""What grades ask for, and what a row still lacks, on the command line."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from hsreview.workflows.grade_thresholds import set_thresholds
from tests.cli.conftest import call, ok
from tests.cli.test_framework import coding, made
from tests.project.teams import Leads

pytestmark = pytest.mark.usefixtures("folder")


def grade() -> tuple[str, str]:
    """Of the finding, in JSON and in words."""
    found = ok("finding", "--json").json("finding list")["rows"][0]["strength"]["grade"]
    return found, ok("framework", "show", "F1").out


def limits() -> dict[str, int]:
    found = ok("framework", "thresholds", "--json").json("framework thresholds")["thresholds"]
    return {each["name"]: each["value"] for each in found}


def test_thresholds_change_the_grade_everywhere_and_one_undo_brings_them_back() -> None:
    ok("--coder", "Awa", "speakers", "set", "cso-1", "R1", "--respondent", "Fanta")
    made("finding", "add", "Dit", "--in", "fr", "--from", coding("Awa"))
    usual = limits()
    before, words = grade()
    assert before == "very_low" and "Evidence: very low" in words
    assert "outside the team “low”, so that a few people cannot be told from nobody" in words
    changed = ok("--coder", "Awa", "framework", "thresholds", "--set", "low_respondents=1", "--set",
                 "moderate_respondents=1", "--set", "moderate_organisations=0")  # fmt: skip
    assert "The thresholds were changed." in changed.err and "low_respondents" in changed.out
    assert limits() == {**usual, "low_respondents": 1, "moderate_respondents": 1, "moderate_organisations": 0}
    after, words = grade()
    assert after == "moderate" and "Evidence: moderate" in words
    again = ok("--coder", "Awa", "framework", "thresholds", "--set", "low_respondents=1")
    assert "these already" in again.err
    assert "thresholds of the grades of evidence" in ok("--coder", "Awa", "undo").err
    assert (limits(), grade()[0]) == (usual, "very_low")
    ok("--coder", "Awa", "redo")
    assert limits()["low_respondents"] == 1
    ok("--coder", "Awa", "framework", "thresholds", "--reset")
    assert limits() == usual
    ok("--coder", "Awa", "undo")
    assert limits()["low_respondents"] == 1
    assert "sound" in ok("doctor").err


@pytest.mark.parametrize(
    ("wishes", "code", "told"),
    [
        (["high_respondents=many"], 3, "high_respondents: “many” is not a whole number"),
        (["high_respondents=-1"], 3, "is not a whole number"),
        (["high_respondents=2.5"], 3, "is not a whole number"),
        (["low_respondents=0"], 3, "low_respondents: A number from 1 to 500 is wanted"),
        (["high_groups=21"], 3, "from 0 to 20"),
        (["high_respondents=2"], 3, "moderate_respondents: It may not be more than high_respondents"),
        (["moderate_organisations=5"], 3, "moderate_organisations: It may not be more than high_organisations"),
        (["colour=3"], 2, "“colour=3” sets no threshold"),
        (["high_respondents"], 2, "write NAME=NUMBER"),
    ],
)
def test_thresholds_that_make_no_sense_are_refused_and_nothing_is_stored(
    wishes: list[str], code: int, told: str
) -> None:
    before = limits()
    done = call(
        "--coder", "Awa", "framework", "thresholds", "--set", "low_respondents=2", *(f"--set={w}" for w in wishes)
    )
    assert (done.code, told in done.err) == (code, True), done.err
    assert limits() == before
    both = call("--coder", "Awa", "framework", "thresholds", "--set", "low_respondents=2", "--reset")
    assert both.code == 2 and "either --set or --reset" in both.err


def test_thresholds_set_apart_are_a_conflict_in_words(tmp_path: Path) -> None:
    with closing(Leads(tmp_path)) as pair:
        set_thresholds(pair.here, pair.awa, {"high_respondents": 8})
        set_thresholds(pair.there, pair.daan, {"high_respondents": 10})
        pair.exchange()
        root = str(pair.here.root)
        shown = ok("-p", root, "conflicts", "--json").json("conflicts")["conflicts"]
        [conflict] = shown
        assert conflict["thing"] == "thresholds of the grades of evidence" and conflict["field_said"] == "value"
        assert {each["said"].partition(" ")[0] for each in conflict["values"]} == {
            "high_respondents=8", "high_respondents=10",
        }  # fmt: skip


def test_a_check_tells_what_rows_lack_with_a_remedy_and_errors_decide_the_exit_code() -> None:
    assert "Nothing is lacking." in ok("framework", "check").err
    made("framework", "add", "strategy", "Stratégie", "--in", "fr")
    lacking = ok("framework", "check")
    assert "ST1: warning: It is not written in English." in lacking.out and "1 warning" in lacking.err
    made("framework", "add", "indicator", "Réunions", "--in", "fr", "--set", "harm=some")
    done = call("framework", "check", "IN1")
    assert done.code == 1 and "ST1" not in done.out
    assert "IN1 · harm_note: error: Measuring it can harm, and what to do is not said." in done.out
    assert "“Risk of harm: which, what to do”" in done.out
    answer = call("framework", "check", "IN1", "--json")
    found = {each["code"]: each for each in answer.json("framework check")["problems"]}
    assert answer.code == 1 and found.keys() >= {"no_definition", "no_baseline", "no_evidence", "harm_no_note"}
    assert (found["no_baseline"]["ref"], found["no_baseline"]["column"]) == ("IN1", "baseline_value")
    assert call("framework", "check", "IN9").code == 2


def test_a_row_that_is_shown_whole_tells_how_far_coders_agree_on_its_codes() -> None:
    first = coding("Awa")
    made("finding", "add", "Dit", "--in", "fr", "--from", first)
    made("finding", "add", "Rien", "--in", "fr")
    listed = ok("finding", "--json").json("finding list")["rows"]
    assert [each["strength"]["agreement"] for each in listed] == [None, None]
    alone, nothing = ok("framework", "show", "F1", "F2", "--json").json("framework show")["rows"]
    assert "no interview was marked reviewed by two coders" in alone["strength"]["agreement"]["reason"]
    assert "no coded segment supports it" in nothing["strength"]["agreement"]["reason"]
    assert "agreement: no interview was marked reviewed" in ok("trace", "F1").out
    for name in ("Awa", "Daan"):
        ok("--coder", name, "reviewed", "cso-1")
    ok("--coder", "Awa", "agreement", "primary", "percent_agreement", "--unit", "sentence")
    [row] = ok("framework", "show", "F1", "--json").json("framework show")["rows"]
    found = row["strength"]["agreement"]
    assert (found["measure"], found["unit"], found["interviews"], found["double_coded"], found["reason"]) == (
        "percent_agreement", "sentence", 1, 1, "",
    )  # fmt: skip
    [code] = found["codes"]
    there = ok("agreement", "project", "--unit", "sentence", "--codes", "K4", "--json").json("agreement project")
    assert (code["code"], code["units"]) == ("K4", there["basis"]["units"])
    assert code["value"] == there["codes"][0]["values"]["percent_agreement"]["value"]
    printed = ok("trace", "F1").out
    assert "agreement on K4: percent agreement" in printed and "double-coded: 1 of 1 segments" in printed
    assert ok("trace", "F1", "--json").json("trace")["row"]["strength"]["agreement"] == found


def told_in(file: str, ref: str) -> tuple[str, ...]:
    """What a file says of the strength of a finding: every cell of its row, or the paragraphs of its table."""
    path = Path(file)
    if path.suffix == ".docx":
        rows = [row for table in Document(str(path)).tables for row in table.rows]
        [cells] = [[cell.text for cell in row.cells] for row in rows if row.cells[0].text == ref]
        return tuple(cells)
    sheets = load_workbook(path).worksheets
    rows_of = [row for sheet in sheets for row in sheet.iter_rows(min_row=4, values_only=True)]
    [row] = [row for row in rows_of if row[1] == ref]
    return tuple(str(cell) for cell in row)


@pytest.mark.parametrize("file", ["a.xlsx", "a.docx"])
def test_a_file_tells_every_part_of_a_strength_in_its_own_language_and_a_public_one_none(file: str) -> None:
    ok("--coder", "Awa", "speakers", "set", "cso-1", "R1", "--respondent", "Fanta")
    made("finding", "add", "Dit", "--in", "fr", "--from", coding("Awa"))
    for name in ("Awa", "Daan"):
        ok("--coder", name, "reviewed", "cso-1")
    ok("--coder", "Awa", "framework", "set", "F1", "strength_set=low", "strength_reason=Un rapport le dit.")
    [shown] = [line.strip() for line in ok("framework", "show", "F1").out.split("\n") if "heard from" in line]
    assert "agreement on K4: Krippendorff" in shown and "heard from 1 of 1 interviewed in group cso" in shown
    ok("framework", "export", file, "--in", "en")
    told = told_in(file, "F1")
    assert any(cell.endswith(shown) for cell in told), told
    assert any("low (set; counted: very low)" in cell for cell in told)
    assert any("Un rapport le dit." in cell for cell in told)
    ok("framework", "export", file, "--in", "fr")
    [french] = [cell for cell in told_in(file, "F1") if "accord sur K4\u00a0: " in cell]
    assert "codés deux fois" in french and "supporting" not in french
    ok("framework", "export", file, "--public")
    assert not any("K4" in cell or "rapport" in cell for cell in told_in(file, "F1"))


def test_findings_are_listed_with_how_many_of_each_group_say_so() -> None:
    made("finding", "add", "Dit", "--in", "fr", "--from", coding("Awa"))
    assert "0 of 0" in ok("finding").out
    ok("--coder", "Awa", "speakers", "set", "cso-1", "R1", "--respondent", "Fanta")
    listed = ok("finding").out
    assert "heard from" in listed and "1 of 1 cso" in listed and "very low" in listed


def test_a_measure_of_all_codes_together_gives_way_to_one_of_each_code() -> None:
    made("finding", "add", "Dit", "--in", "fr", "--from", coding("Awa"))
    for name in ("Awa", "Daan"):
        ok("--coder", name, "reviewed", "cso-1")
    ok("--coder", "Awa", "agreement", "primary", "alpha_set_masi")
    [row] = ok("framework", "show", "F1", "--json").json("framework show")["rows"]
    assert row["strength"]["agreement"]["measure"] == "krippendorff_alpha_nominal"


def test_a_strength_that_a_person_sets_needs_a_reason() -> None:
    made("finding", "add", "Dit", "--in", "fr", "--from", coding("Awa"))
    for cells in (["strength_set=high"], ["strength_set=high", "strength_reason= "]):
        done = call("--coder", "Awa", "framework", "set", "F1", *cells)
        assert done.code == 3 and "needs a reason in “strength_reason”" in done.err
    assert call("--coder", "Awa", "framework", "add", "finding", "x", "--set", "strength_set=low").code == 3
    ok("--coder", "Awa", "framework", "set", "F1", "strength_set=high", "strength_reason=three reports say so")
    assert "high (set; counted: very low)" in ok("finding").out
    assert call("--coder", "Awa", "framework", "set", "F1", "strength_reason=").code == 3
    ok("--coder", "Awa", "framework", "set", "F1", "question=Q1")
    ok("--coder", "Awa", "framework", "set", "F1", "strength_set=", "strength_reason=")


def test_a_framework_begins_with_the_outcomes_that_were_named_before_and_where_they_come_from() -> None:
    begun = ok("--coder", "Awa", "framework", "start")
    assert [line.split()[0] for line in begun.lines] == ["ST1", "OC1", "OC2", "OC3", "OC4"]
    rows = {each["ref"]: each for each in ok("framework", "--json").json("framework show")["rows"]}
    assert [rows[f"OC{n}"]["data"]["programme_outcomes"] for n in range(1, 5)] == [["O1"], ["O2"], ["O3"], ["O4"]]
    for ref, row in rows.items():
        assert row["status"] == ("active" if ref == "ST1" else "draft") and " / " in row["data"]["source"]
        assert row["parent"] == ("" if ref == "ST1" else "ST1")
        assert {"fr", "en"} <= {key[-2:] for key in row["data"] if key.startswith(("statement", "title"))}
    assert "Another programme" in rows["OC1"]["data"]["source"] and "Autre programme" in rows["OC3"]["data"]["source"]
    assert "An objective" in rows["OC4"]["data"]["source"] and "Objectif" in rows["OC4"]["data"]["source"]
    ok("--coder", "Awa", "framework", "set", "OC2", "statement_fr=Autrement dit", "--status", "rejected")
    again = ok("--coder", "Awa", "framework", "start", "--json")
    assert again.json("framework start") == {"rows": []} and "there already" in again.err
    assert len(ok("framework", "--json").json("framework show")["rows"]) == 5
    ok("--coder", "Awa", "framework", "remove", "OC3")
    assert ok("--coder", "Awa", "framework", "start").lines[0].startswith("OC5 ")
    for _ in range(4):
        ok("--coder", "Awa", "undo")
    assert ok("framework", "--json").json("framework show")["rows"] == []
    assert "sound" in ok("doctor").err


def test_samples_stand_under_the_strategy_that_is_there_and_ask_where_there_are_several() -> None:
    for name in ("Une", "Deux"):
        made("framework", "add", "strategy", name, "--in", "fr")
    done = call("--coder", "Awa", "framework", "start")
    assert done.code == 2 and "Name it with --under: ST1, ST2" in done.err
    assert ok("framework", "--json").json("framework show")["rows"][0]["kind"] == "strategy"
    ok("--coder", "Awa", "framework", "start", "--under", "ST2")
    rows = ok("framework", "--json").json("framework show")["rows"]
    assert {each["parent"] for each in rows if each["kind"] == "outcome"} == {"ST2"} and len(rows) == 6
    assert call("framework", "start", "--under", "OC1").code == 2
