"""A validation meeting on the command line: opened, voted, answered, closed; and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Done, call, ok

pytestmark = pytest.mark.usefixtures("folder")


def awa(*args: str) -> Done:
    return ok("--coder", "Awa", *args)


def validation(*args: str) -> Done:
    return awa("validation", *args)


def shown(*rows: str) -> Any:
    return ok("validation", "show", "Bamako", *rows, "--json").json("validation show")


def rows() -> None:
    """An outcome with an indicator and a marker, set aside as version 1."""
    awa("framework", "add", "outcome", "On consulte", "--in", "fr")
    awa("framework", "add", "indicator", "Réunions", "--in", "fr", "--under", "OC1")
    awa("framework", "add", "marker", "Le maire écoute", "--in", "fr", "--under", "OC1")
    awa("framework", "freeze")


def opened(*more: str) -> None:
    rows()
    validation("open", "Bamako", "--date", "12/05/2016", "--place", "Bamako", "--state", "ML", *more)
    validation("table", "Bamako", "A", "--side", "cso", "--size", "8", "--with", "women=5,organisations=3")
    validation("table", "Bamako", "B", "--side", "official", "--size", "4")


def test_a_meeting_is_held_by_commands_alone() -> None:
    opened()
    for row, a, b in (("OC1", "8", "4"), ("PM1", "8", "3"), ("IN1", "6 1 1", "1 2 1")):
        validation("vote", "Bamako", row, "A", *a.split())
        last = validation("vote", "Bamako", row, "B", *b.split())
    assert "IN1: vote again: falls short at the whole room, officials" in last.err
    assert "officials: 1 of 4 agrees · 2 needed" in last.err
    assert validation("comment", "Bamako", "IN1", "Qui compte ?", "--kind", "wording", "--table", "B").lines == ["1"]
    assert validation("amend", "Bamako", "IN1", "Réunions par an", "--table", "B").lines == ["1"]
    validation("decide-amendment", "Bamako", "1", "accepted", "--because", "plus clair")
    assert "1 row is voted on again: IN1" in validation("round", "Bamako").err
    validation("vote", "Bamako", "IN1", "A", "8")
    validation("vote", "Bamako", "IN1", "B", "4")
    assert "Comment 1 has no answer" in call("--coder", "Awa", "validation", "close", "Bamako").err
    validation("answer", "Bamako", "1", "La fonction est dite dans la fiche.")
    closed = validation("close", "Bamako", "--json").json("validation close")
    assert (closed["version"], sorted(closed["changed"])) == ("2", ["IN1", "OC1", "PM1"])
    told = shown("IN1")
    assert [(each["round"], each["outcome"], each["text"]["fr"]) for each in told["ballots"]] == [
        (1, "again", "Réunions"), (2, "amended", "Réunions par an"),
    ]  # fmt: skip
    assert [share["votes"]["agree"] for share in told["ballots"][0]["shares"]] == [7, 6, 1]
    assert told["comments"][0]["answer"] and told["amendments"][0]["decision"] == "accepted"
    assert told["to_do"] == []
    [row] = ok("framework", "show", "IN1", "--json").json("framework show")["rows"]
    assert (row["status"], row["data"]["statement_fr"]) == ("amended", "Réunions par an")
    decided = ok("trace", "IN1", "--json").json("trace")["decisions"]
    assert [(each["round"], each["outcome"], each["text"]) for each in decided] == [
        (1, "again", "Réunions"), (2, "amended", "Réunions par an"),
    ]  # fmt: skip
    assert "Bamako 2016-05-12 · round 2 · accepted in other words" in ok("trace", "IN1").out
    [meeting] = ok("validation", "--json").json("validation list")["meetings"]
    assert (meeting["signed"], meeting["accepted"], bool(meeting["closed"])) == (["2"], 3, True)
    assert "closed on" in call("--coder", "Awa", "validation", "close", "Bamako").err
    assert "sound" in ok("doctor").err


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["open", "Ségou", "--date", "31/02/2016"], 3, "is not a date"),
        (["open", "Ségou", "--date", "2016-05"], 3, "is not a day"),
        (["open", "Ségou", "--date", "2016-05-12", "--version", "9"], 2, "no version 9"),
        (["open", "Ségou", "--date", "2016-05-12", "--rule", "overall=101"], 2, "overall is from 0 to 100"),
        (["open", "Ségou", "--date", "2016-05-12", "--rule", "rounds=0"], 2, "rounds is from 1"),
        (["open", "Ségou", "--date", "2016-05-12", "--rule", "quorum=3"], 2, "no part quorum"),
        (["open", "Ségou", "--date", "2016-05-12", "--rule", "absent=maybe"], 2, "ignore or block"),
        (["open", "Ségou", "--date", "2016-05-12", "--rule", "overall"], 2, "NAME=VALUE"),
        (["open", "Ségou", "--date", "2016-05-12", "--language", "both"], 3, "IN1: It says nothing in English"),
        (["open", "Ségou", "--date", "2016-05-12", "--rows", "IN1,IN9"], 2, "IN9. Rows: OC1, PM1, IN1"),
        (["open", "Ségou", "--date", "2016-05-12", "--kind", "recommendation"], 3, "no row to vote on"),
        (["open", "bamako", "--date", "2016-05-12"], 2, "already"),
        (["open", " ", "--date", "2016-05-12"], 2, "Give the meeting a name"),
        (["table", "Bamako", "C"], 2, "needs --side and --size"),
        (["table", "Bamako", "C", "--side", "cso", "--size", "0"], 3, "from 1 to 10000"),
        (["table", "Bamako", "C", "--side", "cso", "--size", "4", "--with", "women=5"], 3, "5 is not from 0 to 4"),
        (["table", "Bamako", "A", "--rename", "b"], 2, "a table b already"),
        (["table", "Bamako", "A", "--size", "5"], 3, "more votes than 5: IN1 (6 votes)"),
        (["table", "Bamako", "A", "--remove"], 3, "has voted on IN1"),
        (["vote", "Bamako", "IN1", "A", "9"], 3, "9 votes, but 8 people sit at table A"),
        (["vote", "Bamako", "IN1", "A", "-1"], 3, "from 0 up"),
        (["vote", "Bamako", "IN1", "A", "six"], 2, "“six” is not a whole number"),
        (["vote", "Bamako", "IN1", "A", "1", "1", "1", "1", "1", "1"], 2, "At most five numbers"),
        (["vote", "Bamako", "IN1", "A"], 2, "Give the votes"),
        (["vote", "Bamako", "IN9", "A", "1"], 2, "IN9 is not put to the vote"),
        (["vote", "Bamako", "IN1", "Z", "1"], 2, "no table Z"),
        (["vote", "Ségou", "IN1", "A", "1"], 2, "no meeting Ségou. Meetings: Bamako"),
        (["comment", "Bamako", "IN1", " "], 2, "Write some words"),
        (["answer", "Bamako", "7", "Oui"], 2, "no comment 7; there are 0"),
        (["amend", "Bamako", "IN1", "Réunions"], 3, "says this already"),
        (["decide-amendment", "Bamako", "1", "refused", "--because", "non"], 2, "no amendment 1"),
        (["round", "Bamako"], 3, "OC1: Nobody has voted"),
        (["close", "Bamako"], 3, "OC1: Nobody has voted"),
        (["close", "Bamako", "--because", "IN1"], 2, "write ROW=TEXT"),
        (["apply", "Bamako"], 3, "is not closed yet"),
        (["show", "Bamako", "IN9"], 2, "IN9 is not put to the vote"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_stored(args: list[str], code: int, told: str) -> None:
    opened()
    validation("vote", "Bamako", "IN1", "A", "6")
    before = shown()
    done = call("--coder", "Awa", "validation", *args)
    assert (done.code, told in done.err) == (code, True), done.err
    assert shown() == before and len(ok("validation", "--json").json("validation list")["meetings"]) == 1


def test_the_rule_that_was_chosen_is_stored_and_read_out() -> None:
    opened("--rule", "overall=60,each_side=40", "--rule", "rounds=3,absent=block,abstentions=oui,not_understood=no")
    told = shown()
    assert told["meeting"]["rule"] == {
        "overall": 60, "each_side": 40, "abstentions_count": True, "not_understood_count": False, "rounds": 3,
        "absent": "block",
    }  # fmt: skip
    assert "60 %" in told["rule"] and "after round 3" in told["rule"]


def test_votes_are_taken_back_one_by_one() -> None:
    opened()
    validation("vote", "Bamako", "IN1", "A", "6", "2")
    validation("vote", "Bamako", "IN1", "A", "5", "3")
    assert "votes of A on IN1" in awa("undo").err
    [ballot] = shown("IN1")["ballots"]
    assert ballot["votes"][0]["votes"]["agree"] == 6 and ballot["uncounted"] == ["B"]
    validation("vote", "Bamako", "IN1", "A", "--clear")
    assert shown("IN1")["ballots"][0]["uncounted"] == ["A", "B"]


def test_a_row_that_was_changed_after_freezing_is_told_before_and_at_the_end() -> None:
    opened()
    assert shown()["changed_meanwhile"] == []
    awa("framework", "set", "IN1", "statement_fr=Rencontres")
    [told] = shown()["changed_meanwhile"]
    assert told["place"] == "IN1" and "“Réunions”, on which the room votes" in told["message"]
    assert "Rencontres" in ok("validation", "show").err
    for row in ("OC1", "PM1", "IN1"):
        validation("vote", "Bamako", row, "A", "8")
        validation("vote", "Bamako", row, "B", "4")
    done = call("--coder", "Awa", "validation", "close", "Bamako")
    assert done.code == 3 and "--take meeting" in done.err and "Rencontres" in done.err
    closed = validation("close", "Bamako", "--take", "project", "--json").json("validation close")
    assert (closed["kept"], sorted(closed["changed"])) == (["IN1"], ["OC1", "PM1"])
    assert [each["place"] for each in shown()["changed_meanwhile"]] == ["IN1"]
    applied = validation("apply", "Bamako", "--take", "meeting", "--json").json("validation apply")
    assert applied["changed"] == ["IN1"] and shown()["changed_meanwhile"] == []


def test_votes_of_a_file_are_one_act(tmp_path: Path) -> None:
    opened()
    file = tmp_path / "votes.csv"
    file.write_text(
        "Ligne;Table;D’accord;À modifier;À rejeter;Abstention;Pas compris\nIN1;A;6;1;1;;\nin1;b;2;;;1;1\nOC1;A;8;;;;\n"
        "PM1;A;;;;;\n", "utf-8",
    )  # fmt: skip
    assert "3 tallies were read, 3 new." in validation("votes", "Bamako", str(file)).err
    assert [list(each["votes"].values()) for each in shown("IN1")["ballots"][0]["votes"]] == [
        [6, 1, 1, 0, 0], [2, 0, 0, 1, 1],
    ]  # fmt: skip
    assert shown("PM1")["ballots"][0]["uncounted"] == ["A", "B"], "a line without a number counts nobody"
    assert "3 tallies were read, 0 new." in validation("votes", "Bamako", str(file)).err
    assert "3 tallies of votes" in awa("undo").err
    assert shown("IN1")["ballots"][0]["votes"] == []


def test_a_file_with_one_bad_line_is_refused_whole(tmp_path: Path) -> None:
    from openpyxl import Workbook

    opened()
    book = Workbook()
    for row in (
        ["row", "table", "agree", "amend"], ["IN1", "A", 6, 1], ["IN1", "A", 5, 1], ["IN9", "A", 1], ["IN1", "Z", 1],
        ["OC1", "A", 9], ["OC1", "B", 2.5], ["PM1", "B", "=1+1"],
    ):  # fmt: skip
        book.worksheets[0].append(row)
    book.save(tmp_path / "votes.xlsx")
    done = call("--coder", "Awa", "validation", "votes", "Bamako", str(tmp_path / "votes.xlsx"))
    assert done.code == 3
    for place, told in (
        ("row 3", "twice"), ("row 4", "IN9 is not put to the vote"), ("row 5", "no table Z"), ("row 6", "9 votes"),
        ("row 7", "2.5"), ("row 8", "=1+1"),
    ):  # fmt: skip
        assert any(place in line and told in line for line in done.err.split("\n")), (place, done.err)
    assert all(each["votes"] == [] for each in shown()["ballots"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("row,agree\nIN1,3\n", "no column table"),
        ("row,table,agree\nIN1,A,\n", "holds no votes"),
        ("row,table,agree\n", "no rows under its heading"),
    ],
)
def test_a_file_without_votes_is_refused(text: str, told: str, tmp_path: Path) -> None:
    opened()
    (tmp_path / "v.csv").write_text(text, "utf-8")
    done = call("--coder", "Awa", "validation", "votes", "Bamako", str(tmp_path / "v.csv"))
    assert (done.code, told in done.err) == (3, True), done.err
    assert call("--coder", "Awa", "validation", "votes", "Bamako", str(tmp_path / "none.csv")).code == 3


def test_a_table_is_renamed_moved_and_taken_out_with_its_votes() -> None:
    opened()
    validation("vote", "Bamako", "IN1", "A", "6")
    validation("table", "Bamako", "A", "--rename", "1", "--side", "other", "--with", "women=4")
    assert [(each["label"], each["side"], each["composition"]) for each in shown()["tables"]] == [
        ("1", "other", {"women": 4}), ("B", "official", {}),
    ]  # fmt: skip
    assert "like this already" in validation("table", "Bamako", "1", "--size", "8").err
    validation("table", "Bamako", "1", "--remove", "--with-votes")
    assert [each["label"] for each in shown()["tables"]] == ["B"] and shown("IN1")["ballots"][0]["votes"] == []
    awa("undo")
    assert shown("IN1")["ballots"][0]["votes"][0]["votes"]["agree"] == 6


@pytest.mark.parametrize("label", ["A" * 41, "A\nB", "A\x1b[31m", "\u202eA"])
def test_a_label_of_a_table_is_short_and_on_one_line(label: str) -> None:
    opened()
    for more in (("--side", "cso", "--size", "3"), ("--rename", "Z")):
        done = call("--coder", "Awa", "validation", "table", "Bamako", label, *more)
        assert done.code == 2 and "Traceback" not in done.err
    done = call("--coder", "Awa", "validation", "table", "Bamako", "A", "--rename", label)
    assert done.code == 2 and "at most 40 characters on one line" in done.err
    assert [each["label"] for each in shown()["tables"]] == ["A", "B"]


def test_ballots_whose_languages_say_different_things_are_told() -> None:
    opened()
    for row in ("OC1", "PM1", "IN1"):
        validation("vote", "Bamako", row, "A", "8")
        validation("vote", "Bamako", row, "B", "4")
    awa("framework", "set", "IN1", "statement_en=Meetings")
    awa("framework", "freeze")
    validation("open", "Gao", "--date", "12/05/2016", "--rows", "IN1", "--language", "both")
    validation("table", "Gao", "A", "--side", "cso", "--size", "8")
    validation("vote", "Gao", "IN1", "A", "8")
    validation("amend", "Gao", "IN1", "Rencontres", "--in", "fr")
    validation("decide-amendment", "Gao", "1", "accepted", "--because", "mieux")
    assert (
        "IN1 was amended in one language: translate it; in English it has its old words"
        in validation("round", "Gao").err
    )


def test_what_wants_a_look_after_an_amendment_is_told_at_the_end() -> None:
    awa("framework", "add", "indicator", "Réunions", "--in", "fr", "--set", "definition_fr=Réunions du mois")
    awa("framework", "freeze")
    validation("open", "Bamako", "--date", "2016-05-12")
    validation("table", "Bamako", "A", "--side", "officials", "--size", "4")
    assert shown()["tables"][0]["side"] == "official", "as the screen calls it"
    assert "“police” is none of: cso" in call("validation", "table", "Bamako", "A", "--side", "police").err
    validation("vote", "Bamako", "IN1", "A", "1", "3")
    validation("amend", "Bamako", "IN1", "Réunions, mais sans budget, c’était l’œuvre de tous")
    validation("decide-amendment", "Bamako", "1", "accepted", "--because", "clair")
    validation("round", "Bamako")
    validation("vote", "Bamako", "IN1", "A", "4")
    told = validation("close", "Bamako").err
    assert "with a definition that says what it said before; look at it: IN1" in told
    assert "IN1 · fr: It repeats an interview or a memo: “mais sans budget, c’était l’œuvre" in told
    assert "It repeats an interview" in validation("apply", "Bamako").err


def test_a_signed_version_that_was_taken_back_is_told_among_the_versions() -> None:
    opened()
    for row in ("OC1", "PM1", "IN1"):
        validation("vote", "Bamako", row, "A", "8")
        validation("vote", "Bamako", row, "B", "4")
    validation("close", "Bamako")
    assert "Taken back" not in ok("framework", "versions").err
    awa("undo")
    assert "Taken back by undo: version 2." in ok("framework", "versions").err
    validation("close", "Bamako")
    there = ok("framework", "versions", "--json").json("framework versions")["versions"]
    assert [each["number"] for each in there] == ["1", "3"]


def test_a_meeting_that_goes_on_is_open_in_french() -> None:
    opened()
    told = ok("--lang", "fr", "validation", "show").out.partition("\n")[0]
    assert told.endswith("ouverte")
