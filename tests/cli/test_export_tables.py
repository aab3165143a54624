"""`export csv` and `export json` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import call, ok


def test_csv_makes_a_folder_of_tables(folder: Path) -> None:
    answer = ok("export", "csv", "out", "--layer", "Awa", "--json").json("export csv")
    assert {f"{each['table']}.csv" for each in answer["tables"]} == {path.name for path in Path("out").iterdir()}
    assert [path.name for path in Path().iterdir() if path.name.startswith(".")] == []


def test_a_second_export_replaces_the_first(folder: Path) -> None:
    ok("export", "csv", "out", "--layer", "Awa")
    Path("out/memos.csv").write_text("old", encoding="utf-8")
    ok("export", "csv", "out", "--layer", "Awa")
    assert "old" not in Path("out/memos.csv").read_text(encoding="utf-8")


def test_a_folder_with_other_things_is_left_alone(folder: Path) -> None:
    Path("out").mkdir()
    Path("out/thesis.txt").write_text("mine", encoding="utf-8")
    done = call("export", "csv", "out", "--layer", "Awa")
    assert done.code == 3 and [path.name for path in Path("out").iterdir()] == ["thesis.txt"]


def test_json_is_one_document(folder: Path) -> None:
    answer = ok("export", "json", "a.json", "--layer", "Awa", "--json").json("export json")
    found = json.loads(Path("a.json").read_text(encoding="utf-8"))
    assert found["about"]["layer"] == answer["layer"] == "Awa"
    assert len(found["segments"]) == 1


@pytest.mark.parametrize("args", [["json", "a.txt"], ["json", "a.json", "--layer", "Nobody"], ["csv"]])
def test_what_cannot_be_meant_is_refused(folder: Path, args: list[str]) -> None:
    done = call("export", *args)
    assert done.code == 2 and done.err and not list(Path().glob("a.*"))
