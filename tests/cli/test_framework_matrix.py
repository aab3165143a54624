"""`framework-matrix` on the command line: chart, export, read back, in two languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import call, ok

BY = ("--by", "transcript", "--layer", "Daan")


def test_a_summary_is_set_shown_counted_and_undone(folder: Path) -> None:
    ok("--coder", "Awa", "framework-matrix", "set", "cso-1", "d", "Budget first.", "--all-segments", *BY)
    answer = ok("framework-matrix", *BY, "--json").json("framework-matrix show")
    cells = {cell["case"]: cell for cell in answer["cells"]}
    assert answer["basis"]["layer"] == "Daan" and [t["ref"] for t in answer["themes"]] == ["D"]
    assert (cells["cso-1"]["text"], cells["cso-1"]["status"]) == ("Budget first.", "drafted")
    assert [each["linked"] for each in cells["cso-1"]["segments"]] == [True]
    assert cells["cso-2"]["empty"] == "not_read"
    assert "✎1" in ok("framework-matrix", *BY).out
    ok("framework-matrix", "set", "cso-1", "D", "--status", "checked", *BY)
    shown = ok("framework-matrix", "show", "--case", "cso-1", *BY).out
    assert "Budget first." in shown and "Mais sans budget" in shown
    status = ok("framework-matrix", "status", *BY, "--json").json("framework-matrix status")
    assert status["themes"][-1] == {"theme": None, "todo": 0, "drafted": 0, "checked": 1, "empty": {"not_read": 1}}
    ok("undo")
    assert "✎1" in ok("framework-matrix", *BY).out
    assert "cso-1,cso,D,drafted,,1,Budget first.,Daan" in ok("framework-matrix", *BY, "--csv").out


def test_without_a_respondent_it_says_so_and_how_to_link_one(folder: Path) -> None:
    for args in ((), ("status",)):
        done = ok("framework-matrix", *args, "--layer", "Daan")
        assert "No respondent is linked to a speaker yet" in done.err and "speakers set" in done.err
    assert "speakers set" not in ok("framework-matrix", "--by", "organisation", "--layer", "Daan").err
    ok("--coder", "Awa", "speakers", "set", "cso-1", "R1", "--respondent", "Fanta")
    assert "linked" not in ok("framework-matrix", "--layer", "Daan").err


def test_the_text_may_come_from_standard_input(folder: Path) -> None:
    ok("--coder", "Awa", "framework-matrix", "set", "cso-2", "D", "-", "--by", "transcript", stdin="Une ligne\nDeux\n")
    assert "    Deux" in ok("framework-matrix", "show", "--case", "cso-2", *BY).out


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("set", "nobody", "D", "x", "--by", "transcript"), 2),
        (("set", "cso-1", "Z", "x", "--by", "transcript"), 2),
        (("set", "cso-1", "D", "--by", "transcript"), 2),
        (("set", "cso-1", "D", "--status", "checked", "--by", "transcript"), 3),
        (("set", "cso-1", "D", "x", "--segment", "none", "--by", "transcript"), 3),
        (("show", "--by", "village", "--layer", "Daan"), 2),
        (("show",), 2),
        (("export", "x.csv", *BY), 2),
        (("export", "x.xlsx", "--attribute", "age", *BY), 2),
        (("read", "none.xlsx"), 3),
    ],
)
def test_wrong_wishes_are_told_in_a_sentence(folder: Path, args: tuple[str, ...], code: int) -> None:
    done = call("--coder", "Awa", "framework-matrix", *args)
    assert done.code == code and done.err.strip() and "Traceback" not in done.err


def test_a_sheet_goes_out_and_comes_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSREVIEW_LANG", "fr")
    made = ok("framework-matrix", "export", "matrice.xlsx", *BY, "--json").json("framework-matrix export")
    assert (made["cases"], made["themes"], made["too_long"]) == (2, 1, 0)
    book = load_workbook("matrice.xlsx")
    sheet = book.worksheets[0]
    assert (sheet.title, sheet["D7"].value, sheet["E6"].value) == ("Matrice-cadre", "[non lu]", "à faire")
    sheet["D6"], sheet["D7"] = "Le budget.", "=1+1"
    book.save("matrice.xlsx")
    tried = call("--coder", "Awa", "framework-matrix", "read", "matrice.xlsx", "--dry-run", "--json")
    assert tried.code == 3
    answer = tried.json("framework-matrix read")
    assert (answer["stored"], [c["taken"] for c in answer["changes"]]) == (0, [True])
    assert [each["code"] for each in answer["faults"]] == ["formula"]
    done = call("--coder", "Awa", "framework-matrix", "read", "matrice.xlsx")
    assert done.code == 3 and "+ D6  cso-1 · D" in done.out
    assert done.err.index("D7") < done.err.index("1 cellule dit autre chose") and done.err.count("D7") == 1
    assert "Le budget." in ok("framework-matrix", "show", "--case", "cso-1", *BY).out
    again = call("framework-matrix", "read", "matrice.xlsx", "--json").json("framework-matrix read")
    assert again["changes"] == []


def test_long_summaries_are_cut_with_their_length_and_cells_stand_between_commas(folder: Path) -> None:
    ok("framework-matrix", "export", "m.xlsx", *BY)
    book = load_workbook("m.xlsx")
    book.worksheets[0]["D6"] = "long " * 5999 + "long"
    book.worksheets[0]["D7"] = "short"
    book.save("m.xlsx")
    tried = ok("framework-matrix", "read", "m.xlsx", "--dry-run")
    assert "(29999 characters; --json has it whole)" in tried.out and len(tried.out) < 2000
    [first, _second] = ok("framework-matrix", "read", "m.xlsx", "--dry-run", "--json").json("framework-matrix read")[
        "changes"
    ]
    assert len(first["after"]) > 29_000
    for option, taken in (("--only", [True, True]), ("--except", [False, False])):
        done = ok("framework-matrix", "read", "m.xlsx", "--dry-run", option, "d6, D7", "--json")
        assert [each["taken"] for each in done.json("framework-matrix read")["changes"]] == taken
