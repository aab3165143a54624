"""Coding sheets read again: what stays, what goes, what is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from hsreview.model.codebook import Pass
from hsreview.model.localized import Localized
from hsreview.workflows.codebooks import store_codebook
from hsreview.workflows.coding import write_memo
from tests.builders import a_codebook
from tests.cli.conftest import call, ok
from tests.cli.sheets import as_coder, codings_of, edited, fill, made, read, row_with


@pytest.fixture(autouse=True)
def project(folder: Path) -> Path:
    return folder


def test_reading_twice_adds_nothing() -> None:
    path = edited(made(), fill)
    read(path)
    again = read(path)
    assert (again["added"], again["present"], again["removed"], again["memos"]) == (0, 3, 0, 0)
    assert len(codings_of("Fatou")) == 3


def test_what_the_sheet_no_longer_says_goes_and_other_codings_stay() -> None:
    path = made()
    read(edited(path, fill))
    ok("--coder", "Fatou", "codings", "add", "cso-1", "5.1", "K4")

    def less(sheet: Worksheet) -> None:
        sheet.cell(row_with(sheet, "Les femmes"), 6).value = "K4"

    done = read(edited(path, less), "--yes")
    assert (done["added"], done["removed"], done["memos_removed"]) == (1, 3, 1)
    assert [(c["code"], c["turn"], c["sentence"]) for c in codings_of("Fatou")] == [("K4", 5, 1), ("K4", 5, 2)]
    assert read(edited(path, fill))["added"] == 3


def test_undo_takes_the_sheet_back() -> None:
    read(edited(made(), fill))
    ok("--coder", "Fatou", "undo")
    assert codings_of("Fatou") == []


def test_undo_of_who_read_the_sheet_takes_it_back_and_nothing_else() -> None:
    ok("--coder", "Awa", "codings", "add", "cso-1", "3.1", "D2")
    path = edited(made(), fill)
    ok("--coder", "Awa", "sheet", "read", str(path), "--reviewed")
    assert "by Fatou" in ok("--coder", "Awa", "undo").err
    assert (codings_of("Fatou"), len(codings_of("Awa"))) == ([], 2)
    ok("--coder", "Awa", "redo")
    assert len(codings_of("Fatou")) == 3
    ok("--coder", "Fatou", "codings", "add", "cso-1", "5.1", "K4")
    done = call("--coder", "Awa", "undo")
    assert done.code == 3 and "Fatou has done more since" in done.err
    assert "Fatou has work" in call("--coder", "Awa", "undo", "--skip").err
    ok("--coder", "Awa", "undo", "--skip")
    assert (len(codings_of("Fatou")), len(codings_of("Awa"))) == (4, 1)


def test_an_empty_copy_of_a_sheet_takes_nothing_away_unasked() -> None:
    empty = made()
    read(edited(empty, fill))
    done = call("--coder", "Awa", "sheet", "read", str(empty))
    assert done.code == 3 and "older copy" in done.err and "--yes" in done.err
    assert len(codings_of("Fatou")) == 3
    assert "--yes" in ok("sheet", "read", str(empty), "--dry-run").err
    ok("--coder", "Awa", "sheet", "read", str(empty), "--yes")
    assert codings_of("Fatou") == []
    ok("--coder", "Awa", "undo")
    assert len(codings_of("Fatou")) == 3


def test_a_deleted_row_keeps_what_it_had() -> None:
    path = made()
    read(edited(path, fill))
    done = read(edited(path, lambda sheet: sheet.delete_rows(row_with(sheet, "Les femmes"))), "--yes")
    assert (done["missing_rows"], done["removed"]) == (1, 2)
    assert [c["code"] for c in codings_of("Fatou")] == ["D2"]


def test_a_corrected_hand_made_place_is_kept_when_the_sheet_is_read_again() -> None:
    path = edited(made(), fill)
    read(path)
    moved = next(c for c in codings_of("Fatou") if c["code"] == "D2")
    ok("--coder", "Fatou", "codings", "change", moved["id"], "--end", str(moved["end"] - 5))
    again = read(path)
    assert (again["added"], again["present"], again["removed"]) == (0, 3, 0)
    assert [c["end"] for c in codings_of("Fatou") if c["code"] == "D2"] == [moved["end"] - 5]


def test_a_coding_with_a_memo_or_another_look_is_kept_and_told() -> None:
    path = made()
    read(edited(path, fill))
    for coding in codings_of("Fatou"):
        if coding["code"] == "D1":
            ok("--coder", "Fatou", "memos", "add", "--coding", coding["id"], "why?")
        elif coding["code"] == "D2":
            ok("--coder", "Fatou", "codings", "change", coding["id"], "--flag", "unsure")
    done = read(path, "--yes")
    assert (done["removed"], done["memos_removed"]) == (1, 1)
    assert sorted((each["place"], each["code"]) for each in done["kept"]) == [("3.1", "D1"), ("5.2", "D2")]
    assert sorted(c["code"] for c in codings_of("Fatou")) == ["D1", "D2"]
    assert [memo["text"] for memo in ok("memos", "--json").json("memos")["memos"]] == ["why?"]
    assert "3.1 D1, 5.2 D2" in ok("sheet", "read", str(path)).err


def test_a_moved_coding_is_kept_and_told_when_the_sheet_no_longer_has_it() -> None:
    path = made()
    read(edited(path, fill))
    moved = next(c for c in codings_of("Fatou") if c["code"] == "D2")
    ok("--coder", "Fatou", "codings", "change", moved["id"], "--end", str(moved["end"] - 5))
    done = read(path, "--yes")
    assert (done["removed"], [each["id"] for each in done["kept"]]) == (2, [moved["id"]])
    assert [c["id"] for c in codings_of("Fatou")] == [moved["id"]]


def test_a_memo_that_was_rewritten_by_hand_is_kept_and_told() -> None:
    path = made()
    read(edited(path, fill))
    [memo] = ok("memos", "--json").json("memos")["memos"]
    as_coder("Fatou", lambda project, fatou: write_memo(project, fatou, "vérifié", memo_id=memo["id"]))
    assert (read(edited(path, fill))["memos"], read(edited(path, fill))["kept"]) == (0, [])
    done = read(path, "--yes")
    assert (done["memos_removed"], done["kept"]) == (0, [{"id": memo["id"], "place": "3.1", "code": None}])
    assert [each["text"] for each in ok("memos", "--json").json("memos")["memos"]] == ["vérifié"]


def test_a_changed_remark_takes_the_place_of_the_old_one() -> None:
    path = edited(made(), fill)
    read(path)
    edit = edited(path, lambda sheet: setattr(sheet.cell(row_with(sheet, "Nous avons"), 10), "value", "clair"))
    done = read(edit)
    assert (done["memos"], done["memos_removed"]) == (1, 0)
    assert [each["text"] for each in ok("memos", "--json").json("memos")["memos"]] == ["clair"]


def test_another_sheet_for_the_same_coder_takes_nothing_away() -> None:
    read(edited(made(), fill))
    done = read(made())
    assert (done["added"], done["present"], done["removed"], done["memos_removed"], done["kept"]) == (0, 0, 0, 0, [])
    again = read(edited(made(), fill))
    assert (again["added"], again["present"], again["memos"]) == (0, 3, 0)
    assert len(codings_of("Fatou")) == 3


def test_ids_of_codings_from_a_sheet_cannot_be_guessed_from_what_everybody_knows() -> None:
    read(edited(made(), fill))
    first = {c["id"] for c in codings_of("Fatou")}
    ok("--coder", "Fatou", "undo")
    read(edited(made(), fill))
    assert first.isdisjoint(c["id"] for c in codings_of("Fatou"))


def test_a_second_pass_is_kept_apart() -> None:
    read(edited(made(), fill))
    read(edited(made("--pass", "second"), fill))
    assert sorted(c["pass"] for c in codings_of("Fatou")) == ["", "", "", "second", "second", "second"]


def test_passes_of_the_codebook_are_one_reading_in_which_a_coding_counts_once() -> None:
    parts = (Pass("A", Localized(en="a", fr="a")), Pass("B", Localized(en="b", fr="b")))
    book = replace(a_codebook(), version="1.1", passes=parts)
    as_coder("Awa", lambda project, awa: store_codebook(project, awa.id, book))
    read(edited(made("--pass", "A"), fill))
    done = read(edited(made("--pass", "B"), fill))
    assert (done["added"], done["present"]) == (0, 3)
    assert {c["pass"] for c in codings_of("Fatou")} == {"A"}
