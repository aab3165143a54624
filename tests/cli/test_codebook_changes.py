"""`codebook merge|split|move|rename|retire|deactivate|reactivate|versions|name|diff`, and what waits after a split."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import call, ok

AWA = ("--coder", "Awa")


def lead(*args: str) -> tuple[str, ...]:
    return (*AWA, "codebook", *args)


def test_a_merge_lists_what_it_touches_before_and_after(folder: Path) -> None:
    dry = ok(*lead("merge", "D1", "D2", "--because", "same", "--dry-run", "--json")).json("codebook merge")
    assert dry["stored"] is False and [each["coder"] for each in dry["codings"]] == ["Daan"]
    done = ok(*lead("merge", "D1", "D2", "--because", "same", "--json")).json("codebook merge")
    assert done == {**dry, "stored": True}
    assert [(each["ref"], each["before"]["codings"], each["after"]["codings"]) for each in done["counts"]] == [
        ("D1", 1, 0),
        ("D2", 0, 1),
    ]
    assert "D1" not in ok("codebook", "show").out
    told = ok(*lead("reactivate", "D1"))
    assert "D2 → D1" in told.out and "1 coding touched." in told.err and "1.0+2" in told.err
    assert "D1  Label D1  [codings of all coders: 1" in ok("codebook", "show").out


def test_the_text_names_place_coder_and_codes(folder: Path) -> None:
    told = ok(*lead("merge", "K4", "D2", "--because", "same"))
    assert "cso-1 3.2  Awa  K4 → D2  [" in told.out and "Mais sans budget" in told.out
    assert "1 coding touched." in told.err and "version 1.0+1" in told.err
    assert "merge of K4 into D2" in ok(*AWA, "undo").err


@pytest.mark.parametrize("command", ["move", "rename", "retire", "deactivate", "reactivate"])
def test_every_change_answers_in_one_shape(folder: Path, command: str) -> None:
    options = {"move": ["--before", "D1"], "rename": ["--ref", "X2"], "reactivate": []}
    if command == "reactivate":
        ok(*lead("retire", "D2", "--because", "why"))
    done = ok(*lead(command, "D2", *options.get(command, ["--because", "why"]), "--json")).json(f"codebook {command}")
    assert done["stored"] and done["codings"] == []


def test_what_is_wrong_is_said_with_the_right_exit_code(folder: Path) -> None:
    for code, args in (
        (2, ["merge", "D1", "--because", "w"]),
        (2, ["merge", "D1", "D2"]),
        (2, ["split", "D1", "--because", "w"]),
        (2, ["rename", "D1"]),
        (3, ["merge", "D1", "D1", "--because", "w"]),
        (3, ["merge", "D1", "nothing", "--because", "w"]),
        (3, ["move", "D1"]),
        (3, ["move", "D1", "--under", "D1"]),
        (3, ["rename", "D1", "--ref", "D2"]),
        (3, ["retire", "D", "--because", "w"]),
        (3, ["diff", "--from", "9.9"]),
        (2, ["diff"]),
        (2, ["diff", "--to", "v1"]),
        (2, ["diff", "--from", "v1", "-o", "diff.pdf"]),
        (3, ["name", "9.9", "x"]),
    ):
        done = call(*lead(*args))
        assert (done.code, done.err != "", "Traceback" in done.err) == (code, True, False), args
    assert call("--coder", "Daan", "codebook", "merge", "D1", "D2", "--because", "w").code == 2
    assert len(ok("codebook", "versions", "--json").json("codebook versions")["versions"]) == 1


def test_a_split_waits_for_the_other_coder(folder: Path) -> None:
    done = ok(*lead("split", "D1", "--new", "Fear", "--because", "two", "--json")).json("codebook split")
    assert [(each["coder"], each["waits"]) for each in done["codings"]] == [("Daan", True)] and done["new_code"]
    [entry] = ok("recode", "--json").json("recode")["codings"]
    assert (entry["changed"], entry["split_into"]) == ([], ["D3"])
    assert "split: D1 or D3?" in ok("recode").out
    assert call(*AWA, "recode", "decide", "goes", entry["id"]).code == 3
    ok("--coder", "Daan", "recode", "decide", "goes", entry["id"])
    assert ok("recode", "--json").json("recode")["codings"] == []
    assert "D3  Fear  [codings of all coders: 1" in ok("codebook", "show").out


def test_ones_own_codings_are_decided_on_at_once(folder: Path) -> None:
    [own] = ok("codings", "--coder", "Awa", "--json").json("codings")["codings"]
    done = ok(*lead("split", "K4", "--into", "D2", "--both", own["id"], "--because", "two", "--json"))
    assert done.json("codebook split")["codings"][0]["after"] == ["K4", "D2"]
    assert ok("recode", "--json").json("recode")["codings"] == []
    twice = call(*lead("split", "K4", "--into", "D2", "--both", own["id"], "--goes", own["id"], "--because", "two"))
    assert twice.code == 2


def test_versions_are_listed_named_and_compared(folder: Path, tmp_path: Path) -> None:
    ok(*lead("rename", "D1", "--en", "Trigger"))
    ok(*lead("deactivate", "D2", "--because", "later"))
    assert "Label D2  (not for coding)" in ok("codebook", "show").out
    ok(*AWA, "undo")
    ok(*lead("name", "1.0+1", "after the pilot"))
    found = ok("codebook", "versions", "--json").json("codebook versions")["versions"]
    assert [(each["version"], each["name"], each["coder"]) for each in found] == [
        ("1.0", "", "Awa"),
        ("1.0+1", "after the pilot", "Awa"),
        ("1.0+2", "", "Awa"),
        ("1.0+3", "", "Awa"),
    ]
    assert [each["taken_back"] for each in found] == [False, False, False, True]
    assert "after the pilot" in ok("codebook", "versions").out
    changes = ok("codebook", "diff", "--from", "1.0", "--to", "after the pilot", "--json").json("codebook diff")
    assert [(each["kind"], each["ref"], each["after"]) for each in changes["changes"]] == [("renamed", "D1", "Trigger")]
    written = ok("codebook", "diff", "--from", "v1", "-o", str(tmp_path / "diff.docx"))
    assert Path(written.lines[0]).stat().st_size > 5000
