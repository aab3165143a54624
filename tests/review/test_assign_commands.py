"""`assign`, as a team lead types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import call, ok


def test_give_list_and_take_back(folder: Path) -> None:
    done = ok("--coder", "Awa", "assign", "cso-1", "cso-2", "--coder", "Awa,Daan", "--because", "pilot", "--json")
    answer = done.json("assign give")
    assert (answer["new"], answer["present"], len(answer["assignments"])) == (4, 0, 4)
    listed = ok("assign", "list", "--coder", "Daan", "--json").json("assign")["assignments"]
    assert [(e["transcript"], e["coder"], e["blind"], e["reason"]) for e in listed] == [
        ("cso-1", "Daan", True, "pilot"), ("cso-2", "Daan", True, "pilot"),
    ]  # fmt: skip
    assert ok("assign").lines[1].split()[:2] == ["cso-1", "Awa"], "without a further word they are listed"
    assert "1 assignment taken back" in ok("assign", "remove", "cso-1", "--coder", "Daan").err
    assert call("assign", "remove", "cso-1", "--coder", "Daan").code == 3
    progress = ok("progress", "--json").json("progress")["progress"]
    assert {(e["transcript"], e["coder"]) for e in progress if e["assigned"]} == {
        ("cso-1", "Awa"), ("cso-2", "Awa"), ("cso-2", "Daan"),
    }  # fmt: skip


def test_undo_names_the_transcripts_and_the_coders(folder: Path) -> None:
    ok("--coder", "Awa", "assign", "cso-1", "cso-2", "--coder", "Awa,Daan")
    ok("--coder", "Awa", "assign", "remove", "cso-2", "--coder", "Daan")
    assert "Undone: cso-2 no longer assigned to Daan." in ok("--coder", "Awa", "undo").err
    assert "Undone: cso-1, cso-2 assigned to Awa, Daan." in ok("--coder", "Awa", "undo").err
    ok("--coder", "Awa", "assign", "--draw", "1", "--seed", "7", "--coder", "Daan")
    said = ok("--coder", "Awa", "undo").err
    assert "Undone: cso-" in said and "assigned to Daan." in said


def test_draw_and_methods(folder: Path) -> None:
    ok("--coder", "Awa", "transcripts", "set", "cso-2", "--group", "policymaker")
    answer = ok("assign", "--draw", "2", "--by", "group", "--seed", "7", "--coder", "Awa,Daan", "--json")
    [draw] = answer.json("assign give --draw")["draws"]
    assert draw["drawn"] == draw["population"] == 2 and [s["name"] for s in draw["strata"]] == ["cso", "policymaker"]
    assert "were drawn at random" in ok("assign", "--methods").out
    [told] = ok("assign", "--methods", "--json").json("assign give --methods")["draws"]
    assert told["id"] == draw["id"] and "policymaker: 1 of 1" in told["text"]


@pytest.mark.parametrize(
    "args",
    [
        ("cso-1",),
        ("--coder", "Daan"),
        ("--draw", "2", "--coder", "Daan"),
        ("--draw", "three", "--seed", "1", "--coder", "Daan"),
        ("--draw", "9", "--seed", "1", "--coder", "Daan"),
        ("--seed", "1", "--coder", "Daan"),
        ("cso-1", "--coder", "Nobody"),
    ],
)
def test_what_is_not_understood_stores_nothing(folder: Path, args: tuple[str, ...]) -> None:
    assert call("assign", *args).code == 2
    assert ok("assign", "list", "--json").json("assign") == {"assignments": []}


def test_progress_says_the_share_of_turns_and_the_pass(folder: Path) -> None:
    ok("--coder", "Awa", "assign", "cso-1", "--coder", "Daan", "--pass", "second")
    rows = ok("progress", "--coder", "Daan", "--json").json("progress")["progress"]
    assert [(r["coder"], r["pass"], r["started"], r["assigned"], r["share"]) for r in rows] == [
        ("Daan", "", True, False, 0.5), ("Daan", "second", False, True, 0.0),
    ]  # fmt: skip
    assert "50%" in ok("progress").out and "Daan second" in ok("progress").out
