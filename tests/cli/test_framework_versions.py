"""Versions of the framework on the command line: set aside, listed, shown again, compared, derived from."""

from __future__ import annotations

import pytest

from tests.cli.conftest import call, ok
from tests.cli.test_framework import built, made

pytestmark = pytest.mark.usefixtures("folder")


def test_a_version_is_shown_as_it_stood_and_the_difference_to_now_is_told_cell_by_cell() -> None:
    built()
    frozen = ok("--coder", "Awa", "framework", "freeze", "Bamako", "--because", "for the workshop")
    assert frozen.lines == ["1"] and "4 rows were set aside" in frozen.err and "framework check" in frozen.err
    ok("--coder", "Awa", "framework", "set", "IN1", "target_value=6", "--status", "proposed")
    ok("--coder", "Awa", "framework", "unlink", "IN1", "F1")
    made("framework", "add", "marker", "Invite", "--in", "fr", "--under", "OC1")
    found = ok("framework", "diff", "bamako", "--json").json("framework diff")
    assert found["before"]["name"] == "Bamako" and found["after"] is None
    assert [(each["ref"], each["change"]) for each in found["rows"]] == [("PM1", "added"), ("IN1", "changed")]
    cells = {each["field"]: (each["label"], each["before"], each["after"]) for each in found["rows"][1]["cells"]}
    assert cells["status"] == ("Status", "draft", "proposed")
    assert cells["data.target_value"] == ("Target", "", "6")
    assert cells["links"][1:] == ("supports 2", "supports 1")
    told = ok("framework", "diff", "last")
    assert "Target: – → 6" in told.out and "1 row added, 1 row changed." in told.err
    [version] = ok("framework", "versions", "--json").json("framework versions")["versions"]
    assert version["since"] == {"added": 1, "removed": 0, "changed": 1} and version["coder"] == "Awa"
    assert (version["reason"], version["rows"], version["state"]) == ("for the workshop", 4, "frozen")
    assert "1 added, 1 changed" in ok("framework", "versions").out
    [row] = ok("framework", "show", "IN1", "--version", "1", "--json").json("framework show --version")["rows"]
    assert row["status"] == "draft" and "target_value" not in row["data"] and row["links"] == {"supports": 2}
    assert row["badge"]["en"].startswith(("heard from", "few people"))
    assert "Réunions" in ok("framework", "show", "--version", "1", "--view", "outcome-map").out
    whole = ok("framework", "show", "IN1", "--version", "1").out
    assert "Baseline: 2.5" in whole and "Target" not in whole
    assert ok("framework", "diff", "1", "1", "--json").json("framework diff")["rows"] == []


def test_drafts_are_derived_for_another_strategy() -> None:
    built()
    made("framework", "freeze")
    made("framework", "add", "strategy", "Stratégie 2020", "--in", "fr")
    done = ok("--coder", "Awa", "framework", "derive", "1", "--under", "ST2")
    assert done.lines == ["OC2", "IN2"] and "2 drafts for ST2" in done.err
    rows = ok("framework", "--json").json("framework show")["rows"]
    assert {each["ref"]: each["parent"] for each in rows if each["ref"] in ("OC2", "IN2")} == {
        "OC2": "ST2", "IN2": "OC2",
    }  # fmt: skip
    assert "framework" in ok("--coder", "Awa", "undo").err
    assert len(ok("framework", "--json").json("framework show")["rows"]) == 5


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["framework", "freeze", "7"], 2, "cannot be called “7”"),
        (["framework", "freeze", "Bamako"], 2, "Version 1 is called “Bamako” already"),
        (["framework", "diff", "9"], 2, "There is no version 9"),
        (["framework", "show", "--version", "Gao"], 2, "There are: 1 (Bamako)"),
        (["framework", "show", "IN9", "--version", "1"], 2, "no row IN9"),
        (["framework", "derive", "1", "--under", "OC1"], 2, "not a row of this kind"),
        (["framework", "derive", "1", "--under", "ST1"], 3, "no row that could be taken over"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(args: list[str], code: int, told: str) -> None:
    built()
    made("framework", "freeze", "Bamako")
    done = call("--coder", "Awa", *args)
    assert (done.code, told in done.err) == (code, True), done.err
    assert len(ok("framework", "versions", "--json").json("framework versions")["versions"]) == 1
    assert len(ok("framework", "--json").json("framework show")["rows"]) == 4


def test_an_empty_framework_is_not_set_aside_and_a_gone_one_is_not_compared() -> None:
    done = call("--coder", "Awa", "framework", "freeze")
    assert done.code == 3 and "no row yet" in done.err
    made("framework", "add", "outcome", "On consulte", "--in", "fr")
    made("framework", "freeze")
    ok("--coder", "Awa", "framework", "remove", "OC1")
    assert call("framework", "diff", "1").code == 2
    [version] = ok("framework", "versions", "--json").json("framework versions")["versions"]
    assert version["since"] is None
