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
