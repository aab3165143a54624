"""`codebook`: check, show, import, export, compare, proposals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import call, ok

GOOD = """\
schema: hsreview-codebook/1
id: small
version: "1.0"
title: {en: Small, fr: Petite}
questions:
  - {id: Q1, text: {en: Why?, fr: Pourquoi ?}}
themes:
  - id: D
    label: {en: Drivers, fr: Moteurs}
    questions: [Q1]
    codes:
      - id: D1
        label: {en: Crisis, fr: Crise}
"""


def book(tmp_path: Path, text: str = GOOD) -> str:
    path = tmp_path / "book.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_check_says_what_an_editor_would_ask(tmp_path: Path) -> None:
    done = call("codebook", "check", book(tmp_path))
    assert done.code == 1 and "line " in done.out and "remark" in done.err
    problems = json.loads(call("codebook", "check", book(tmp_path), "--json").out)["problems"]
    assert problems and {problem["level"] for problem in problems} <= {"warning", "note"}


def test_check_lists_every_error_with_its_line(tmp_path: Path) -> None:
    bad = GOOD.replace("- id: D1", "- id: D").replace('version: "1.0"', "version: 1.0") + "nonsense: 1\n"
    done = call("codebook", "check", book(tmp_path, bad), "--json")
    problems = done.json("codebook check")["problems"]
    assert done.code == 3 and len(problems) >= 2
    assert all(problem["level"] == "error" and problem["place"] for problem in problems)
    assert done.err.count("line ") >= 2
    assert call("codebook", "check", str(tmp_path / "missing.yaml")).code == 3


def test_the_shipped_codebook_is_in_order() -> None:
    done = ok("codebook", "check", "critical-review")
    assert done.out == "" and "in order" in done.err


def test_show_counts_and_shows_rules(folder: Path) -> None:
    answer = ok("codebook", "show", "--json").json("codebook show")
    assert answer["codebook"] == "test"
    assert [(c["ref"], c["theme"], c["codings"]) for c in answer["codes"]] == [
        ("D1", "D", 1),
        ("D2", "D", 0),
        ("K4", "D", 1),
    ]
    tree = ok("codebook", "show").out
    assert "D1  Label D1  [codings of all coders: 1, transcripts: 1]" in tree
    assert "Libellé D1" in ok("--lang", "fr", "codebook", "show").out
    assert ok("codebook", "show", "label d2").lines[0] == "D2  Drivers > Label D2"
    assert call("codebook", "show", "Z9").code == 3


def test_import_export_and_diff(folder: Path, tmp_path: Path) -> None:
    done = call("--coder", "Awa", "codebook", "import", book(tmp_path))
    assert done.code == 3 and "small" in done.err and "test" in done.err
    path = Path(ok("codebook", "export", "out/book.yaml").lines[0])
    assert path == tmp_path / "out" / "book.yaml" and path.is_file()
    assert ok("codebook", "diff", str(path)).err.strip() == "The codebooks are the same."
    changed = tmp_path / "changed.yaml"
    changed.write_text(path.read_text("utf-8").replace("Label D2", "New label"), encoding="utf-8")
    lines = ok("codebook", "diff", str(changed)).lines
    assert len(lines) == 1 and "Label D2" in lines[0] and "New label" in lines[0]
    answer = ok("codebook", "diff", str(path), str(changed), "--json").json("codebook diff")
    assert [(c["kind"], c["ref"], c["after"]) for c in answer["changes"]] == [("renamed", "D2", "New label")]
    answer = ok("codebook", "import", str(changed), "--json").json("codebook import")
    assert len(answer["changes"]) == 1
    assert "New label" in ok("codebook", "show").out
    assert "already" in ok("codebook", "import", str(changed)).err
    assert call("codebook", "export", "book.pdf").code == 2


def test_a_project_without_codebook_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ok("--coder", "Awa", "init", ".")
    assert "no codebook" in ok("codebook", "show").err
    assert call("codebook", "export", "book.yaml").code == 3
    assert ok("codebook", "show", "--json").json("codebook show")["codes"] == []


def test_proposals_are_made_listed_and_decided(folder: Path) -> None:
    ref = ok(
        "--coder", "Daan", "codebook", "propose", "Fear of reprisals", "--theme", "D", "--reason", "said often"
    ).lines[0]
    other = ok("codebook", "propose", "Nothing much").lines[0]
    ok("codings", "add", "cso-2", "3.1", ref)
    listed = ok("codebook", "proposals", "--json").json("codebook proposals")["proposals"]
    assert [(p["ref"], p["by"], p["codings"], p["reason"]) for p in listed] == [
        (ref, "Daan", 1, "said often"),
        (other, "Daan", 0, ""),
    ]
    assert "Fear of reprisals" in ok("codebook", "proposals").out
    assert call("codebook", "decide", ref, "merge", "--into", "D1", "--reason", "same").code == 2
    assert call("--coder", "Awa", "codebook", "decide", ref, "accept", "--reason", "x", "--theme", "ZZ").code == 3
    ok("--coder", "Awa", "codebook", "decide", ref, "merge", "--into", "D1", "--reason", "same")
    ok("--coder", "Awa", "codebook", "decide", other, "accept", "--ref", "D9", "--theme", "D", "--reason", "useful")
    assert ok("codebook", "proposals", "--json").json("codebook proposals")["proposals"] == []
    codes = {c["ref"]: c["codings"] for c in ok("codebook", "show", "--json").json("codebook show")["codes"]}
    assert codes["D1"] == 2 and "D9" in codes and ref not in codes
