"""Coding from the command line: places, offsets, changes, undo, blind coding, memos."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.builders import TEXT
from tests.cli.conftest import call, ok

pytestmark = pytest.mark.usefixtures("folder")


def codings(*args: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = ok("codings", "list", *args, "--json").json("codings")["codings"]
    return listed


def words_at(*place: str) -> str:
    """The words that a coding put on `place` covers."""
    answer = ok("--coder", "Awa", "codings", "add", "cso-2", *place, "D2", "--json").json("codings add")
    added = answer["codings"][0]
    return (TEXT + "INT : Fin 2.\n")[added["start"] : added["end"]]


def test_offsets_and_places_name_segments() -> None:
    start = TEXT.index("manger")
    assert words_at(str(start), str(start + 6)) == "manger"
    assert words_at("3.1") == "Nous avons travaillé avec les chefs."
    assert words_at("2.1-2") == "Qui a décidé ? Comment ?"
    assert words_at("4") == "Et la sécurité humaine ?"
    assert words_at("4.1-5.1").startswith("Et la") and words_at("4.1-5.1").endswith("manger.")
    assert words_at("5-6").endswith("Fin 2.")


@pytest.mark.parametrize(
    ("place", "code"), [("99", 3), ("2.9", 3), ("0", 3), ("abc", 2), ("3.2-1", 2), ("3.2-", 2), ("-1", 2)]
)
def test_a_place_that_is_not_there_is_refused(place: str, code: int) -> None:
    done = call("--coder", "Awa", "codings", "add", "cso-1", "--", place, "D2")
    assert done.code == code and done.out == "" and done.err
    assert len(codings()) == 2


@pytest.mark.parametrize(("start", "end"), [("0", "9999"), ("40", "40"), ("50", "40")])
def test_offsets_outside_the_text_are_refused(start: str, end: str) -> None:
    assert call("--coder", "Awa", "codings", "add", "cso-1", start, end, "D2").code == 3
    assert len(codings()) == 2


def test_adding_prints_the_ids_and_can_be_undone_and_redone() -> None:
    done = ok("--coder", "Awa", "codings", "add", "cso-2", "3.1", "D1", "Label K4", "--flag", "unsure",
              "--modifier", "stance=positive")  # fmt: skip
    added = codings("--transcript", "cso-2")
    assert done.lines == [entry["id"] for entry in sorted(added, key=lambda entry: done.lines.index(entry["id"]))]
    assert {entry["code"] for entry in added} == {"D1", "K4"}
    assert all(e["flags"] == ["unsure"] and e["modifiers"] == {"stance": "positive"} for e in added)
    assert all((e["turn"], e["sentence"], e["origin"], e["coder"]) == (3, 1, "typed", "Awa") for e in added)
    assert ok("undo", "--json").json("undo")["done"] is True
    assert codings("--transcript", "cso-2") == []
    ok("redo")
    assert codings("--transcript", "cso-2") == added


def test_the_same_coding_twice_is_one() -> None:
    first = ok("--coder", "Awa", "codings", "add", "cso-2", "3.1", "D1").lines
    assert ok("codings", "add", "cso-2", "3.1", "D1").lines == first


@pytest.mark.parametrize("marks", [["--flag", "nope"], ["--modifier", "stance=maybe"], ["--modifier", "nope=positive"]])
def test_unknown_marks_and_codes_are_refused(marks: list[str]) -> None:
    assert call("--coder", "Awa", "codings", "add", "cso-2", "3.1", "D1", *marks).code == 3
    assert call("--coder", "Awa", "codings", "add", "cso-2", "3.1", "Z9").code == 3
    assert call("--coder", "Awa", "codings", "add", "cso-2", "3.1", "D1", "--modifier", "stance").code == 2
    assert call("--coder", "Awa", "codings", "add", "cso-2", "3.1").code == 2
    assert codings("--transcript", "cso-2") == []


def test_listing_filters_by_transcript_code_coder_and_layer() -> None:
    assert [e["coder"] for e in codings()] == ["Daan", "Awa"]
    assert [e["code"] for e in codings("--code", "K4")] == ["K4"]
    assert [e["coder"] for e in codings("--coder", "Daan")] == [e["coder"] for e in codings("--layer", "daan")]
    assert codings("--transcript", "cso-2") == [] and codings("--layer", "consensus") == []
    answer = ok("codings", "--limit", "1", "--json").json("codings")
    assert answer["total"] == 2 and len(answer["codings"]) == 1
    assert call("codings", "--coder", "Nobody").code == 2


def test_an_entry_says_words_and_place() -> None:
    entry = codings("--coder", "Awa")[0]
    assert entry["text"] == "Mais sans budget" == TEXT[entry["start"] : entry["end"]]
    assert (entry["turn"], entry["sentence"], entry["speaker"], entry["role"]) == (3, 2, "R1", "respondent")
    table = ok("codings", "list").lines
    assert "cso-1       3.2    K4    Awa    Mais sans budget" in table[2]


def test_a_coding_is_changed_by_its_coder_only() -> None:
    mine = codings("--coder", "Awa")[0]["id"]
    theirs = codings("--coder", "Daan")[0]["id"]
    ok("--coder", "Awa", "codings", "change", mine, "--at", "3.1-2", "--code", "D2", "--clear", "--flag", "unsure")
    changed = codings("--coder", "Awa")[0]
    assert changed["text"].startswith("Nous avons") and changed["code"] == "D2" and changed["flags"] == ["unsure"]
    ok("codings", "change", mine, "--end", str(changed["end"] - 1))
    assert codings("--coder", "Awa")[0]["end"] == changed["end"] - 1
    assert call("codings", "change", theirs, "--code", "D2").code == 2
    assert call("codings", "change", mine, "--at", "3", "--start", "1").code == 2
    assert call("codings", "change", "nothing", "--code", "D2").code == 3


def test_removing_takes_all_or_none() -> None:
    mine, theirs = codings("--coder", "Awa")[0]["id"], codings("--coder", "Daan")[0]["id"]
    assert call("--coder", "Awa", "codings", "remove", mine, theirs).code == 2
    assert call("codings", "remove", mine, "nothing").code == 3
    assert len(codings()) == 2
    ok("codings", "remove", mine)
    assert [e["coder"] for e in codings()] == ["Daan"]
    ok("undo")
    assert len(codings()) == 2


def test_nothing_to_undo_is_said() -> None:
    done = call("--coder", "New", "undo")
    assert done.code == 3 and "nothing to undo" in done.err and done.out == ""


def test_undo_does_not_take_the_work_of_others() -> None:
    for _each in range(9):
        done = call("--coder", "Awa", "undo")
        if done.code != 0:
            break
    assert done.code == 3 and "Daan" in done.err
    assert [e["coder"] for e in codings()] == ["Daan"]


def test_a_new_coder_joins_at_the_first_act_and_is_remembered() -> None:
    done = ok("--coder", "Efua", "codings", "add", "cso-2", "3.1", "D1")
    assert "New coder: Efua" in done.err
    again = ok("codings", "add", "cso-2", "3.2", "D1")
    assert "New coder" not in again.err
    assert {e["coder"] for e in codings("--transcript", "cso-2")} == {"Efua"}


def test_what_is_refused_or_only_looked_at_makes_nobody_a_coder() -> None:
    for command in (
        ["export", "archive", "out", "--layer", "Awa"], ["codings", "add", "cso-2", "3.1", "no-code"], ["undo"],
        ["consent", "set", "nobody", "--status", "oral"],
    ):  # fmt: skip
        done = call("--coder", "Anta", *command)
        assert done.code in (2, 3) and "New coder" not in done.err
    assert "Anta" not in ok("coders").out


def test_a_misspelt_coder_is_refused_with_the_name_that_was_meant() -> None:
    done = call("--coder", "Dáan", "codings", "add", "cso-2", "3.1", "D1")
    assert done.code == 2 and "Did you mean Daan?" in done.err
    assert {e["coder"] for e in codings()} == {"Awa", "Daan"}
    assert "differs by accents" in call("coders", "add", "Dáan").err
    assert "coders add Daann" in call("--coder", "Daann", "codings", "add", "cso-2", "3.1", "D1").err
    ok("coders", "add", "Daann")
    assert "New coder" not in ok("--coder", "Daann", "codings", "add", "cso-2", "3.1", "D1").err


def test_who_coded_first_here_stays_the_default() -> None:
    ok("--coder", "Awa", "codings", "add", "cso-2", "3.1", "D1")
    ok("--coder", "Daan", "codings", "add", "cso-2", "3.1", "D1")
    ok("codings", "add", "cso-2", "3.2", "D2")
    ok("--coder", "Daan", "reviewed", "cso-2")
    assert [e["coder"] for e in codings("--transcript", "cso-2", "--code", "D2")] == ["Awa"]


def test_a_write_without_a_coder_says_how_to_name_one() -> None:
    done = call("codings", "add", "cso-2", "3.1", "D1")
    assert done.code == 2 and "--coder NAME" in done.err and len(codings()) == 2


def test_a_coder_codes_blind_until_reviewed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSREVIEW_CODER", "Daan")
    answer = ok("codings", "--json").json("codings")
    assert [e["coder"] for e in answer["codings"]] == ["Daan"] and answer["hidden"] == 1
    shown = call("show", "cso-1")
    assert "Awa" not in shown.out and "blind" in shown.err
    ok("reviewed", "cso-1")
    assert len(codings()) == 2 and "Awa" in ok("show", "cso-1").out
    ok("reviewed", "--undo", "cso-1")
    assert len(codings()) == 1
    monkeypatch.setenv("HSREVIEW_CODER", "Awa")
    assert len(codings()) == 2


def test_reviewed_marks_all_or_none() -> None:
    assert call("--coder", "Awa", "reviewed", "cso-1", "nothing").code == 3
    ok("--coder", "Awa", "reviewed", "cso-1", "cso-2")
    rows = ok("transcripts", "--json").json("transcripts")["transcripts"]
    assert [row["reviewed"] for row in rows] == [True, True]


def test_memos_are_written_listed_and_removed() -> None:
    mine = codings("--coder", "Awa")[0]["id"]
    ok("--coder", "Awa", "memos", "add", "à vérifier\nplus tard", "--coding", mine)
    ok("memos", "add", "sur la phrase", "--transcript", "cso-1", "--at", "5.1")
    ok("memos", "add", "sur le tout", "--transcript", "cso-2")
    last = ok("memos", "add", "sur le code", "--code", "D1").lines[0]
    memos = ok("memos", "--json").json("memos")["memos"]
    assert [(m["about"], m["transcript"], m["place"], m["code"]) for m in memos] == [
        ("coding", "cso-1", "3.2", "K4"),
        ("segment", "cso-1", "5.1", ""),
        ("transcript", "cso-2", "", ""),
        ("code", "", "", "D1"),
    ]
    assert memos[0]["quote"] == "Mais sans budget" and memos[0]["text"] == "à vérifier\nplus tard"
    assert "    plus tard" in ok("memos").lines
    assert len(ok("memos", "--code", "D1", "--json").json("memos")["memos"]) == 1
    assert len(ok("memos", "--transcript", "cso-1", "--json").json("memos")["memos"]) == 2
    assert ok("memos", "--coder", "Daan", "--json").json("memos")["memos"] == []
    ok("memos", "remove", last)
    assert len(ok("memos", "--json").json("memos")["memos"]) == 3
    assert call("memos", "remove", last).code == 2
    assert call("memos", "add", " ").code == 2
    assert call("memos", "add", "x", "--at", "3").code == 2
    assert call("memos", "add", "x", "--code", "D1", "--coding", mine).code == 2


def test_codings_are_imported_from_csv(tmp_path: Path) -> None:
    start = TEXT.index("manger")
    path = tmp_path / "codings.csv"
    path.write_text(f"doc;start;end;theme;text;coder\ncso-2;{start};{start + 6};D1;manger;Efua\n", encoding="utf-8")
    assert call("--coder", "Awa", "codings", "import", str(path)).code == 3
    answer = ok("codings", "import", str(path), "--map", "doc=transcript,theme=code", "--map", "text=quote",
                "--delimiter", ";", "--json").json("codings import")  # fmt: skip
    efua = {"coder": "Efua", "stored": 1, "new": True}
    assert answer == {"stored": 1, "present": 0, "added_to": 0, "coders": [efua]}
    again = ok("codings", "import", str(path), "--map", "doc=transcript,theme=code,text=quote")
    assert "already" in again.err and again.out == ""


def test_bad_rows_are_all_listed_and_nothing_is_stored(tmp_path: Path) -> None:
    path = tmp_path / "codings.csv"
    path.write_text("transcript,start,end,code\ncso-1,1,2,D1\ncso-1,5,99999,D1\nnope,1,2,Z9\n", encoding="utf-8")
    done = call("--coder", "Awa", "codings", "import", str(path))
    assert done.code == 3 and "line 3" in done.err and "line 4" in done.err and "Z9" in done.err
    assert len(codings()) == 2
    assert call("codings", "import", str(path), "--delimiter", "ab").code == 2
    assert call("codings", "import", str(tmp_path / "missing.csv")).code == 3


def test_coders_are_listed_added_renamed_and_given_roles() -> None:
    team = ok("coders", "--json").json("coders")["coders"]
    assert [(c["name"], c["role"]) for c in team] == [("Awa", "lead"), ("Daan", "coder")]
    new = ok("--coder", "Awa", "coders", "add", "Efua", "--role", "validator").lines[0]
    ok("--coder", "Awa", "coders", "rename", new, "Efua B.")
    assert "Only a lead gives roles" in call("--coder", "Daan", "coders", "role", "Daan", "lead").err
    ok("--coder", "Awa", "coders", "role", "Efua B.", "lead")
    team = ok("coders", "list", "--json").json("coders")["coders"]
    assert (team[-1]["id"], team[-1]["name"], team[-1]["role"]) == (new, "Efua B.", "lead")
    assert call("coders", "add", "Awa").code == 2
    assert call("coders", "rename", "Nobody", "X").code == 2
    assert call("coders", "role", "Awa", "queen").code == 2


def test_transcripts_are_renamed_described_and_removed() -> None:
    ok("--coder", "Awa", "transcripts", "rename", "cso-2", "gao-2")
    ok("transcripts", "set", "gao-2", "--group", "policymaker", "--language", "en", "--date", "2016-03-14", "--wave",
       "2", "--kind", "focus_group", "--attribute", "region=Gao", "--attribute", "age=41")  # fmt: skip
    ok("transcripts", "set", "gao-2", "--attribute", "age=", "--wave", "")
    entry = ok("transcripts", "--json").json("transcripts")["transcripts"][1]
    assert entry["name"] == "gao-2" and entry["group"] == "policymaker" and entry["kind"] == "focus_group"
    assert entry["language"] == "en" and entry["date"] == "2016-03-14" and entry["wave"] == ""
    assert entry["attributes"] == {"region": "Gao"}
    assert call("transcripts", "rename", "gao-2", "cso-1").code == 3
    assert call("transcripts", "set", "gao-2").code == 2
    assert call("transcripts", "set", "gao-2", "--language", "xx").code == 2
    assert call("transcripts", "remove", "cso-1").code == 3
    ok("transcripts", "remove", "gao-2")
    assert len(ok("transcripts", "--json").json("transcripts")["transcripts"]) == 1
    ok("undo")
    assert len(ok("transcripts", "--json").json("transcripts")["transcripts"]) == 2


def test_an_act_of_which_others_need_the_outcome_can_be_let_stand() -> None:
    ok("--coder", "Awa", "codings", "add", "cso-1", "20", "30", "D1")
    ok("--coder", "Awa", "codebook", "propose", "peur")
    ok("--coder", "Daan", "codings", "add", "cso-1", "20", "30", "N1")
    assert call("--coder", "Awa", "undo").code == 3
    assert ok("--coder", "Awa", "undo", "--skip").err


def test_blind_coders_see_memos_by_coder_and_not_by_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    ok("--coder", "Awa", "memos", "add", "of Awa", "--transcript", "cso-1")
    ok("--coder", "Daan", "memos", "add", "of Daan", "--transcript", "cso-1")
    monkeypatch.setenv("HSREVIEW_CODER", "Daan")
    assert [m["text"] for m in ok("memos", "--json").json("memos")["memos"]] == ["of Daan"]
    assert ok("memos", "--json").json("memos")["hidden"] == 1


def test_a_limit_that_is_no_number_is_refused_in_the_language_of_the_user() -> None:
    for command in (["codings"], ["search", "budget"]):
        done = call("--lang", "fr", *command, "--limit", "0")
        assert done.code == 2 and "x>=1" not in done.err and "« 0 »" in done.err.replace("\u202f", " ")
        assert "range" not in ok("--lang", "fr", *command, "--help").out
    assert call("codings", "--limit", "many").code == 2
