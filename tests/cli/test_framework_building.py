"""Views of the framework, and what it is built from, on the command line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import call, ok

pytestmark = pytest.mark.usefixtures("folder")


def made(*args: str) -> str:
    return ok("--coder", "Awa", "framework", "add", *args, "--in", "fr").lines[0]


def built() -> None:
    made("strategy", "Stratégie 2015")
    made("actor", "Gouvernorat", "--set", "boundary_partner=yes")
    made("outcome", "On consulte", "--under", "ST1", "--set", "actor=AC1", "--set", "level=outcome")
    made("marker", "On invite", "--under", "OC1", "--set", "level=love")
    made("marker", "On répond", "--under", "OC1", "--set", "level=expect")
    made("indicator", "Réunions", "--under", "OC1", "--set", "baseline_value=2,5", "--set", "baseline_date=2015",
         "--set", "unit=par an", "--set", "target_value=6", "--set", "verification=registre")  # fmt: skip
    made("finding", "Les moyens manquent")


def test_the_outcome_map_is_printed_as_a_tree_and_answered_with_depths() -> None:
    built()
    printed = ok("framework", "show", "--view", "outcome-map").lines
    assert [line[: line.index(line.lstrip()[0])] + line.split()[0] for line in printed[1:]] == [
        "ST1", "  AC1", "    OC1", "      PM2", "      PM1", "      IN1", "—", "  F1",
    ]  # fmt: skip
    places = ok("framework", "show", "--view", "outcome-map", "--json").json("framework show --view")["places"]
    assert [(each["depth"], each["row"]["ref"]) for each in places if each["row"]] == [
        (0, "ST1"), (1, "AC1"), (2, "OC1"), (3, "PM2"), (3, "PM1"), (3, "IN1"), (1, "F1"),
    ]  # fmt: skip
    assert places[2]["actor"] == "Gouvernorat" and places[3]["level"] == "expect to see"


def test_the_logframe_shows_indicators_with_baseline_target_and_verification() -> None:
    built()
    answer = ok("framework", "show", "--view", "logframe", "--json").json("framework show --view")
    [indicator] = [each for each in answer["places"] if each["row"] and each["row"]["ref"] == "IN1"]
    assert (indicator["baseline"], indicator["target"], indicator["verification"]) == (
        "2.5 par an (2015)", "6 par an", "registre",
    )  # fmt: skip
    [line] = [line for line in ok("framework", "show", "--view", "logframe").lines if "IN1" in line]
    assert "2.5 par an (2015)" in line and "registre" in line


def test_a_view_of_some_rows_only_is_refused_in_words() -> None:
    built()
    refused = call("framework", "show", "IN1", "--view", "logframe")
    assert refused.code == 2 and "--view shows all rows" in refused.err


def coding(coder: str) -> str:
    [found] = ok("codings", "--coder", coder, "--json").json("codings")["codings"]
    return str(found["id"])


def segments(*args: str) -> list[dict[str, object]]:
    return list(ok("framework", "segments", *args, "--json").json("framework segments")["segments"])


def test_without_measurement_codes_the_project_chooses_the_codes_from_which_it_builds() -> None:
    assert segments() == []
    ok("--coder", "Awa", "framework", "codes", "K4", "D1")
    answer = ok("framework", "codes", "--json").json("framework codes")
    assert answer["chosen"] and {each["ref"] for each in answer["codes"]} == {"K4", "D1"}
    assert {each["coding_id"] for each in segments()} == {coding("Awa"), coding("Daan")}
    assert [each["coding_id"] for each in segments("--layer", "Daan")] == [coding("Daan")]
    assert segments("--group", "policymaker") == []
    ok("--coder", "Awa", "undo")
    assert segments() == []
    refused = call("--coder", "Awa", "framework", "codes", "NOPE")
    assert refused.code == 3 and "NOPE" in refused.err


def test_a_draft_stands_on_its_segment_and_marks_it_as_used() -> None:
    built()
    ok("--coder", "Awa", "framework", "codes", "K4", "D1")
    ref = ok("--coder", "Awa", "framework", "draft", coding("Awa"), "Assez d’argent", "--in", "fr").lines[0]
    assert ref == "F2"
    [link] = ok("trace", ref, "--json").json("trace")["down"]
    assert (link["source"], link["stance"], link["role"]) == (coding("Awa"), "supports", "")
    assert [each["coding_id"] for each in segments("--unused")] == [coding("Daan")]
    ok("--coder", "Awa", "framework", "draft", coding("Awa"), "Budget", "--in", "fr", "--kind", "indicator",
       "--under", "PM1")  # fmt: skip
    row = ok("framework", "show", "IN2", "--json").json("framework show")["rows"][0]
    assert (row["parent"], row["data"]) == ("PM1", {"statement_fr": "Budget"})
    [used] = [each for each in segments() if each["coding_id"] == coding("Awa")]
    assert used["rows"] == ["F2", "IN2"]
    ok("--coder", "Awa", "undo")
    [used] = [each for each in segments() if each["coding_id"] == coding("Awa")]
    assert used["rows"] == ["F2"]


def test_a_draft_that_repeats_the_respondent_is_told_so() -> None:
    [said] = [each["text"] for each in ok("codings", "--coder", "Daan", "--json").json("codings")["codings"]]
    done = ok("--coder", "Awa", "framework", "draft", coding("Daan"), f"On dit : {said}", "--in", "fr")
    assert "repeats the respondent" in done.err
    assert call("--coder", "Awa", "framework", "draft", coding("Daan"), " ").code == 3
    assert call("--coder", "Awa", "framework", "draft", "nothing", "x").code == 2
