"""The framework as files on the command line: out, and back with what partners wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import call, ok

pytestmark = pytest.mark.usefixtures("folder")


def exported(**cells: object) -> None:
    """A workbook of one indicator under one outcome, with cells as a partner filled them in."""
    for args in (
        ("strategy", "Stratégie"), ("outcome", "On consulte", "--under", "ST1"),
        ("indicator", "Réunions", "--under", "OC1", "--set", "unit=par an"),
    ):  # fmt: skip
        ok("--coder", "Awa", "framework", "add", *args, "--in", "fr")
    ok("--coder", "Awa", "framework", "export", "a.xlsx", "--in", "fr")
    book = load_workbook("a.xlsx")
    sheet = book["Indicateurs"]
    keys = {str(sheet.cell(2, at).value): at for at in range(1, sheet.max_column + 1)}
    for key, value in cells.items():
        sheet.cell(4, keys[f"indicator.{key}"]).value = value  # type: ignore[assignment]
    book.save("a.xlsx")


def unit() -> str:
    [row] = ok("framework", "show", "IN1", "--json").json("framework show")["rows"]
    return str(row["data"]["unit"])


def test_files_are_written_and_put_on_record() -> None:
    exported()
    done = ok("--coder", "Awa", "framework", "export", "b.xlsx", "--public", "--to-whom", "Mairie", "--json")
    answer = done.json("framework export")
    assert (answer["rows"], answer["public"]) == (3, True) and Path(answer["path"]).name == "b.xlsx"
    assert "Indicators" in answer["sheets"] and "Evidence" not in answer["sheets"]
    assert ok("--coder", "Awa", "framework", "export", "c.docx", "--in", "both").lines[0].endswith("c.docx")
    files = ok("outputs", "--json").json("outputs")["outputs"]
    assert [(each["name"], each["recipient"]) for each in files] == [
        ("a.xlsx", ""), ("b.xlsx", "Mairie"), ("c.docx", ""),
    ]  # fmt: skip


def test_what_came_back_is_shown_first_and_stored_when_accepted() -> None:
    exported(unit="par mois", target_value="12,5", harm="rouge")
    done = call("framework", "import", "a.xlsx")
    assert done.code == 3 and "Indicateurs!W4: “rouge” is none of" in done.err and "Nothing was stored" in done.err
    assert "– IN1.unit · Unit · changed · Indicateurs!H4" in done.out and "    + par mois" in done.out
    assert unit() == "par an"
    done = call("--coder", "Awa", "framework", "import", "a.xlsx", "--all", "--except", "IN1.target_value", "--json")
    found = done.json("framework import")
    assert (done.code, found["stored"]) == (3, 1)
    assert [(each["name"], each["was"], each["after"], each["taken"]) for each in found["changes"]] == [
        ("IN1.unit", "par an", "par mois", True), ("IN1.target_value", "", "12.5", False),
    ]  # fmt: skip
    assert [each["code"] for each in found["faults"]] == ["value"]
    assert unit() == "par mois"
    ok("--coder", "Awa", "undo")
    assert unit() == "par an"
    assert "sound" in ok("doctor").err


def test_cells_that_contradict_each_other_are_remarked_upon_and_an_unknown_row_by_its_ref() -> None:
    exported(baseline_value=6, direction="à la baisse", target_value="1048,5")
    done = ok("framework", "import", "a.xlsx")
    assert "IN1: From baseline to target it does not go the way" in done.err
    ok("--coder", "Awa", "framework", "import", "a.xlsx", "--all")
    assert "From baseline" not in ok("framework", "import", "a.xlsx").err, "the project says so by now"
    book = load_workbook("a.xlsx")
    book["Indicateurs"].cell(4, 1).value = "somebody wrote here"
    book.save("a.xlsx")
    assert "The id of this row (IN1) is not known" in call("framework", "import", "a.xlsx").err


def test_rows_that_carry_entries_are_left_out_by_name_where_others_are_removed() -> None:
    exported()
    ok("--coder", "Awa", "framework", "add", "indicator", "Visites", "--in", "fr")
    ok("--coder", "Awa", "journal", "add", "IN1", "--date", "2016", "--value", "40.5", "--part", "femmes=2,5")
    assert "femmes=2,5" in ok("--lang", "fr", "journal", "list").out
    assert "femmes=2.5" in ok("--lang", "en", "journal", "list").out
    ok("--coder", "Awa", "framework", "export", "a.xlsx", "--in", "fr")
    book = load_workbook("a.xlsx")
    book["Indicateurs"].delete_rows(4, 2)
    book.save("a.xlsx")
    read = ("--coder", "Awa", "framework", "import", "a.xlsx", "--all", "--removed")
    done = call(*read)
    assert done.code == 3 and "--except IN1.removed" in done.err and "IN2.removed" not in done.err
    ok(*read, "--except", "IN1.removed")
    assert [each["ref"] for each in ok("framework", "--json").json("framework show")["rows"]] == ["ST1", "OC1", "IN1"]


def test_a_dry_run_stores_nothing() -> None:
    exported(unit="par mois")
    done = ok("--coder", "Awa", "framework", "import", "a.xlsx", "--accept", "IN1", "--dry-run")
    assert done.out.startswith("+ IN1.unit") and "Nothing was stored." in done.err and unit() == "par an"


def test_the_framework_as_it_stood_in_a_version_is_written_and_read_back() -> None:
    exported()
    ok("--coder", "Awa", "framework", "freeze", "Bamako")
    ok("--coder", "Awa", "framework", "set", "IN1", "unit=par mois")
    ok("--coder", "Awa", "framework", "export", "v.xlsx", "--version", "Bamako", "--in", "fr")
    says = [cell.value for row in load_workbook("v.xlsx")["Indicateurs"] for cell in row]
    assert "par an" in says and "par mois" not in says
    done = ok("framework", "import", "v.xlsx")
    assert done.out == "" and "says what the project says" in done.err, "what the project changed is no partner's word"


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["export", "a.pdf"], 2, "a.pdf is neither"),
        (["export", "a.xlsx", "--version", "7"], 2, "no version"),
        (["import", "none.xlsx"], 3, "there is no such file"),
        (["import", "a.xlsx", "--accept", "IN9.unit"], 2, "No change is called IN9.unit"),
        (["import", "a.xlsx", "--except", "IN1"], 2, "--except goes with"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(args: list[str], code: int, told: str) -> None:
    exported(unit="par mois")
    done = call("--coder", "Awa", "framework", *args)
    assert (done.code, told in done.err) == (code, True), done.err
    assert unit() == "par an"
