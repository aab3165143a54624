"""The journal on the command line: entries written, followed, traced, and taken back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.conftest import call, ok

pytestmark = pytest.mark.usefixtures("folder")


def made(*args: str) -> str:
    return ok("--coder", "Awa", *args).lines[0]


def rows() -> None:
    """An actor, an outcome of it with a marker and an indicator, and a recommendation."""
    made("framework", "add", "actor", "Mairie", "--in", "fr")
    made("framework", "add", "outcome", "On consulte", "--in", "fr", "--set", "actor=AC1")
    made("framework", "add", "marker", "Elle invite", "--in", "fr", "--under", "OC1")
    made("framework", "add", "indicator", "Réunions", "--in", "fr", "--under", "OC1", "--set", "baseline_value=2",
         "--set", "target_value=6", "--set", "milestones=3 en 2016; 4 en 2017")  # fmt: skip
    made("framework", "add", "recommendation", "Publier", "--in", "fr", "--under", "OC1")


def add(ref: str, *args: str) -> str:
    return made("journal", "add", ref, *args)


def entries(*args: str) -> list[Any]:
    return list(ok("journal", "list", *args, "--json").json("journal")["entries"])


def recommendation() -> tuple[str, object]:
    [row] = ok("framework", "show", "R1", "--json").json("framework show")["rows"]
    return row["status"], row["data"].get("next_check")


def test_entries_of_four_kinds_are_written_listed_and_read_in_three_formats_of_dates() -> None:
    rows()
    add("PM1", "--date", "15/02/2016", "--level", "un peu", "--source", "rapport", "--verified-by", "coordination",
        "deux groupes")  # fmt: skip
    add("IN1", "--date", "2016-03-31", "--value", "2,5", "--part", "femmes=1,5", "--part", "hommes = 1")
    add(
        "AC1",
        "--date",
        "T1/2016",
        "--kind",
        "réunion",
        "--quality",
        "2",
        "--frequency",
        "souvent",
        "--who",
        "point focal",
    )
    add("R1", "--date", "2016-04", "--status", "acceptée", "--next-check", "2016-06-01", "dit oui")
    told = entries()
    assert [(each["row"], each["date"]) for each in told] == [
        ("PM1", "2016-02-15"), ("AC1", "2016-Q1"), ("IN1", "2016-03-31"), ("R1", "2016-04"),
    ]  # fmt: skip
    marker, actor, indicator, advice = told
    assert (marker["level"], marker["source"], marker["verified_by"], marker["text"]) == (
        1, "rapport", "coordination", "deux groupes",
    )  # fmt: skip
    assert (indicator["value"], indicator["parts"]) == (2.5, {"femmes": 1.5, "hommes": 1})
    assert (actor["kind"], actor["quality"], actor["frequency"], actor["who"]) == ("meeting", 2, "often", "point focal")
    assert (advice["status"], advice["text"]) == ("accepted", "dit oui")
    assert [each["row"] for each in entries("PM1", "AC1", "--since", "2016-03-01")] == ["AC1"], "a quarter reaches on"
    assert [each["row"] for each in entries("--until", "2016-02-20")] == ["PM1", "AC1"]
    printed = ok("journal").out
    assert "Level reached: 1 (a little)" in printed and "femmes=1.5; hommes=1" in printed


def test_a_recommendation_takes_over_what_its_latest_entry_tells_in_the_same_act() -> None:
    rows()
    first = add("R1", "--date", "2016-02", "--status", "sent", "--next-check", "2016-05")
    assert recommendation() == ("sent", "2016-05")
    add("R1", "--date", "2016-04", "--status", "accepted")
    assert recommendation() == ("accepted", "2016-05")
    add("R1", "--date", "2016-01", "--status", "acknowledged")
    assert recommendation() == ("accepted", "2016-05"), "an entry that is filled in later changes nothing"
    ok("--coder", "Awa", "undo")
    assert "entry on R1" in ok("--coder", "Awa", "undo").err
    assert recommendation() == ("sent", "2016-05") and len(entries("R1")) == 1
    ok("--coder", "Awa", "redo")
    [_first, last] = entries("R1")
    ok("--coder", "Awa", "journal", "remove", last["id"])
    assert recommendation() == ("sent", "2016-05"), "it falls back to what came before"
    ok("--coder", "Awa", "journal", "set", first[:30], "--status", "done", "--source", "appel")
    assert recommendation() == ("done", "2016-05")
    assert "says this already" in ok("--coder", "Awa", "journal", "set", first, "--status", "faite").err
    ok("--coder", "Awa", "undo")
    assert recommendation()[0] == "sent" and entries("R1")[0]["source"] == ""
    assert "sound" in ok("doctor").err


def test_when_a_recommendation_was_sent_follows_the_first_entry_that_tells_it() -> None:
    def sent_on() -> object:
        [row] = ok("framework", "show", "R1", "--json").json("framework show")["rows"]
        return row["data"].get("sent_on")

    rows()
    first = add("R1", "--date", "2016-12-20", "--status", "sent")
    assert sent_on() == "2016-12-20"
    assert "when is not said" not in call("framework", "check", "R1").out
    add("R1", "--date", "2017-02", "--status", "sent")
    assert sent_on() == "2016-12-20", "it was sent again"
    ok("--coder", "Awa", "undo")
    add("R1", "--date", "2016-Q3", "--status", "sent")
    assert sent_on() == "2016", "an earlier one was filled in afterwards"
    ok("--coder", "Awa", "undo")
    ok("--coder", "Awa", "journal", "set", first, "--date", "2016-12-19")
    assert sent_on() == "2016-12-19"
    ok("--coder", "Awa", "journal", "remove", first)
    assert sent_on() is None
    ok("--coder", "Awa", "framework", "set", "R1", "sent_on=2016-11-30")
    add("R1", "--date", "2016-12", "--status", "sent")
    assert sent_on() == "2016-11-30", "what was written by hand stays"


def test_a_second_entry_for_a_day_and_strange_parts_are_told() -> None:
    def said(*args: str) -> str:
        return ok("--coder", "Awa", "journal", "add", *args).err

    rows()
    assert "already" not in said("IN1", "--date", "2016-12", "--value", "3", "--part", "femmes=2")
    assert "IN1 has an entry dated 2016-12 already" in said("IN1", "--date", "2016-12", "--value", "4")
    assert "such as women=7" in said("IN1", "--date", "2017-01", "--value", "3", "--part", "Sexe=3")
    assert "do not name vieux; they name: femmes" in said("IN1", "--date", "2017", "--value", "1", "--part", "vieux=1")
    said("AC1", "--date", "2016-12", "--kind", "visit")
    assert "already" not in said("AC1", "--date", "2016-12", "--kind", "letter")
    assert "already" in said("AC1", "--date", "2016-12", "--kind", "visit")
    entry = add("PM1", "--date", "2016-01", "--level", "1")
    add("PM1", "--date", "2016-02", "--level", "1")
    changed = ok("--coder", "Awa", "journal", "set", entry, "--date", "2016-02").err
    assert "PM1 has an entry dated 2016-02 already" in changed


def test_a_row_that_is_shown_whole_tells_its_history_in_time() -> None:
    rows()
    add("R1", "--date", "2016-06-01", "--status", "acceptée", "--next-check", "2016-09-01", "dit oui")
    add("R1", "--date", "2016-04", "--status", "sent", "par courrier")
    assert "2016-06-01" not in ok("framework", "show", "OC1").out
    _row, history = ok("framework", "show", "R1").out.split("  In the journal:\n")
    assert history.strip().split("\n    ") == [
        "2016-04 · Status: sent · Description: par courrier",
        "2016-06-01 · Status: accepted · Next check: 2016-09-01 · Description: dit oui",
    ]


def test_an_entry_rests_on_codings_and_a_trace_goes_from_the_marker_to_their_words() -> None:
    rows()
    coding = next(each for each in ok("codings", "--json").json("codings")["codings"])
    entry = add("PM1", "--date", "2016-02", "--level", "2", "--from", coding["id"][:20])
    found = ok("trace", "PM1", "--json").json("trace")
    [told] = found["entries"]
    assert (told["id"], told["row"], told["links"][0]["text"]) == (entry, "PM1", coding["text"])
    assert found["down"] == [] and found["row"]["strength"]["segments"] == 0, "it is no evidence of the row itself"
    up = ok("trace", coding["id"], "--json").json("trace")
    assert (up["up"], [each["row"] for each in up["entries"]]) == ([], ["PM1"])
    assert " ".join(coding["text"].split()) in ok("trace", "PM1").out
    ok("--coder", "Awa", "journal", "set", entry, "--from", coding["id"], "--stance", "contradicts")
    assert ok("trace", "PM1", "--json").json("trace")["entries"][0]["links"][0]["stance"] == "contradicts"
    assert "link of PM1" in ok("--coder", "Awa", "undo").err
    ok("--coder", "Awa", "journal", "remove", entry)
    assert ok("trace", coding["id"], "--json").json("trace")["entries"] == []
    ok("--coder", "Awa", "undo")
    assert entries("PM1")[0]["codings"] == [coding["id"]]


def test_rows_that_carry_entries_are_not_removed_and_entries_outlive_a_rejected_row() -> None:
    rows()
    add("PM1", "--date", "2016-02", "--level", "2")
    add("AC1", "--date", "2016", "--quality", "1")
    for ref, why in (("PM1", "1 entry of the journal"), ("AC1", "1 entry of the journal")):
        done = call("--coder", "Awa", "framework", "remove", ref)
        assert done.code == 3 and why in done.err
    coding = ok("codings", "--json").json("codings")["codings"][0]["id"]
    ok("--coder", "Awa", "framework", "link", "AC1", coding)
    assert "rests on 1 link" in call("--coder", "Awa", "framework", "remove", "AC1").err
    ok("--coder", "Awa", "framework", "set", "PM1", "--status", "rejected")
    assert "PM1 (1)" in ok("framework", "status").err
    assert "PM1 is rejected" in ok("--coder", "Awa", "journal", "add", "PM1", "--date", "2017", "--level", "1").err
    ok("--coder", "Awa", "undo")
    assert ok("framework", "status", "--json").json("framework status")["markers"] == []
    assert [each["row"] for each in entries()] == ["PM1", "AC1"]


def test_status_tells_where_everything_stands_and_what_is_due() -> None:
    rows()
    add("PM1", "--date", "2016-02", "--level", "1")
    add("PM1", "--date", "2016-05", "--level", "3")
    add("IN1", "--date", "2016-03-31", "--value", "3")
    add("R1", "--date", "2016-04", "--status", "sent", "--next-check", "2016-05")
    found = ok("framework", "status", "--json").json("framework status")
    assert found["quarters"] == ["2016-Q1", "2016-Q2"]
    assert [(each["row"], each["level"], each["since"], each["trend"]) for each in found["markers"]] == [
        ("PM1", 3, "2016-05", [1, 3])
    ]
    assert [(each["progress"], each["latest"], each["trend"]) for each in found["indicators"]] == [
        ("on_the_way", 3, [3, None])
    ]
    assert [(each["row"], each["due"]) for each in found["due"]] == [("R1", "overdue")] and found["silent"] == ["AC1"]
    printed = ok("framework", "status").out
    assert "▃█" in printed and "on the way" in printed and "3 (fully)" in printed and "4 en 2017" in printed
    assert "%" not in printed
    parts = printed.split("\n\n")
    outcome = next(part for part in parts if part.startswith("OC1 "))
    assert "AC1" in outcome.splitlines()[0] and all(ref in outcome for ref in ("PM1", "IN1"))
    assert "To follow up: R1 (overdue)" in parts[-1]
    assert "overdue" in ok("journal", "due").out
    earlier = ok("framework", "status", "--at", "2016-03", "--json").json("framework status")
    assert (earlier["at"], earlier["markers"][0]["level"], earlier["later"]) == ("2016-03-31", 1, 2)
    assert (earlier["recommendations"][0]["status"], earlier["due"]) == ("open", [])
    assert "dated later" in ok("framework", "status", "--at", "T1 2016").err
    for day in ("2016-05-15", "2016-06-01"):
        stood = ok("framework", "status", "--at", day, "--json").json("framework status")
        assert ok("journal", "due", "--at", day, "--json").json("journal due")["due"] == stood["due"] != []
    assert [each["due"] for each in stood["due"]] == ["overdue"]
    assert "No recommendation is due" in ok("journal", "due", "--at", "2016-03").err
    assert call("journal", "due", "--at", "soon").code == 3


def test_engagement_stands_beside_change_and_no_cause_is_claimed() -> None:
    rows()
    add("AC1", "--date", "2016-Q1", "--kind", "visit", "--quality", "3", "--frequency", "often")
    add("PM1", "--date", "2016-02", "--level", "1")
    add("PM1", "--date", "2016-05", "--level", "2")
    found = ok("framework", "engagement", "--json").json("framework engagement")
    [actor] = found["actors"]
    assert [(each["contacts"], each["mean"], each["best"], each["compared"], each["change"]) for each in
            actor["quarters"]] == [(1, 3, 3, 0, 0), (0, None, None, 1, 1)]  # fmt: skip
    printed = ok("framework", "engagement")
    assert "+1 (1 up, 0 down; n = 1)" in printed.out and "does not say" in printed.err
    assert "%" not in printed.out


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["PM1", "--date", "2016", "--level", "4"], 3, "0 (pas du tout)"),
        (["PM1", "--date", "2016", "--level", "-1"], 3, "is none of"),
        (["PM1", "--date", "2016"], 3, "needs one of: level"),
        (["PM1", "--level", "1"], 3, "Give the date"),
        (["PM1", "--date", "30/02/2016", "--level", "1"], 3, "is not a date"),
        (["PM1", "--date", "2016-Q5", "--level", "1"], 3, "is not a date"),
        (["PM1", "--date", "2016", "--value", "1"], 2, "holds no value"),
        (["IN1", "--date", "2016", "--value", "beaucoup"], 3, "is not a number"),
        (["IN1", "--date", "2016", "--value", "1", "--part", "femmes"], 3, "has no “=”"),
        (["IN1", "--date", "2016", "--value", "1", "--part", "femmes=nan"], 3, "is not a number"),
        (["IN1", "--date", "2016", "--value", "1", "--part", "a=1", "--part", "A=2"], 3, "there twice"),
        (["R1", "--date", "2016", "--status", "validated"], 3, "open (ouverte)"),
        (["AC1", "--date", "2016", "--frequency", "daily"], 3, "sometimes"),
        (["OC1", "--date", "2016", "texte"], 3, "a row on which nothing is entered"),
        (["PM9", "--date", "2016", "--level", "1"], 2, "no row PM9"),
        (["PM1", "--date", "2016", "--level", "1", "--from", "nothing"], 2, "no coding nothing"),
    ],
)  # fmt: skip
def test_what_cannot_be_entered_is_refused_and_nothing_is_stored(args: list[str], code: int, told: str) -> None:
    rows()
    done = call("--coder", "Awa", "journal", "add", *args)
    assert (done.code, told in done.err) == (code, True), done.err
    assert entries() == [] and recommendation() == ("open", None)


def test_what_there_is_not_is_said() -> None:
    rows()
    entry = add("PM1", "--date", "2016", "--level", "1")
    for args, code, told in (
        (["set", "zzz", "--level", "1"], 2, "no entry zzz"),
        (["set", entry], 2, "Say what is to change"),
        (["set", entry, "--date", ""], 3, "Give the date"),
        (["remove", "zzz"], 2, "no entry zzz"),
    ):  # fmt: skip
        done = call("--coder", "Awa", "journal", *args)
        assert (done.code, told in done.err) == (code, True), done.err
    assert "lies in the future" in ok("--coder", "Awa", "journal", "add", "PM1", "--date", "2999", "--level", "3").err
    assert ok("framework", "status", "--json").json("framework status")["markers"][0]["level"] == 1
