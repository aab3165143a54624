"""`assign`, as a team lead types it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hsreview.model.codebook import Pass
from hsreview.model.localized import Localized
from hsreview.project.project import Project
from hsreview.workflows.codebooks import store_codebook
from hsreview.workflows.coders import coders
from tests.builders import a_codebook
from tests.cli.conftest import call, ok


def test_give_list_and_take_back(folder: Path) -> None:
    done = ok("--coder", "Awa", "assign", "cso-1", "cso-2", "--coder", "Awa,Daan", "--because", "pilot", "--json")
    answer = done.json("assign give")
    assert (answer["new"], answer["present"], len(answer["assignments"])) == (4, 0, 4)
    listed = ok("assign", "list", "--coder", "Daan", "--json").json("assign list")["assignments"]
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
    assert ok("assign", "list", "--json").json("assign list") == {"assignments": []}


def test_progress_says_the_share_of_turns_and_the_pass(folder: Path) -> None:
    ok("--coder", "Awa", "assign", "cso-1", "--coder", "Daan", "--pass", "second")
    rows = ok("progress", "--coder", "Daan", "--json").json("progress")["progress"]
    assert [(r["coder"], r["pass"], r["started"], r["assigned"], r["share"]) for r in rows] == [
        ("Daan", "", True, False, 0.5), ("Daan", "second", False, True, 0.0),
    ]  # fmt: skip
    assert "50%" in ok("progress").out and "Daan second" in ok("progress").out


def test_a_pass_is_found_without_its_prefix_and_whatever_its_capitals(folder: Path) -> None:
    with Project.open(folder) as project:
        parts = tuple(Pass(ref, Localized(en=ref, fr=ref)) for ref in ("P-CSO", "P-POL", "Q-POL"))
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        store_codebook(project, awa.id, replace(a_codebook(), version="1.1", passes=parts))
    for wish in ("CSO", "cso", "p-cso", "P-CSO"):
        ok("--coder", "Awa", "assign", "cso-1", "--coder", "Daan", "--pass", wish)
    [only] = ok("assign", "list", "--json").json("assign list")["assignments"]
    assert only["pass"] == "P-CSO"
    several = call("--coder", "Awa", "assign", "cso-1", "--coder", "Daan", "--pass", "pol")
    assert several.code == 2 and "P-POL, Q-POL" in several.err
    other = ok("--coder", "Awa", "assign", "cso-2", "--coder", "Daan", "--pass", "second")
    assert "no pass of the codebook (P-CSO, P-POL, Q-POL)" in other.err
    ok("--coder", "Daan", "codings", "add", "cso-2", "3.1", "K4", "--pass", "Second")
    ok("--coder", "Daan", "reviewed", "cso-1", "--pass", "cso")
    rows = ok("progress", "--json").json("progress")["progress"]
    assert {(r["transcript"], r["pass"]) for r in rows if r["coder"] == "Daan"} == {
        ("cso-1", ""), ("cso-1", "P-CSO"), ("cso-2", "second"),
    }  # fmt: skip


def test_the_consensus_alone_says_how_transcripts_stand(folder: Path) -> None:
    told = ok("consensus", "--json").json("consensus")["consensus"]
    assert [(each["transcript"], each["state"]) for each in told] == [("cso-1", "unread"), ("cso-2", "unread")]
    assert ok("consensus", "list", "--json").json("consensus list") == {"codings": []}
