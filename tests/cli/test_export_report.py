"""`export report` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import call, ok


@pytest.mark.parametrize("name", ["a.docx", "a.html", "a.md"])
def test_the_ending_tells_the_kind_and_the_answer_where_it_is(folder: Path, name: str) -> None:
    answer = ok("export", "report", name, "--layer", "Awa", "--json").json("export report")
    assert Path(answer["path"]) == Path(name).resolve() and answer["layer"] == "Awa"
    assert Path(name).stat().st_size > 500


@pytest.mark.parametrize(
    "args",
    [["a.pdf"], ["a"], ["a.md", "--to", "html"], ["a.md", "--question", "Q9"], ["a.md", "--layer", "Nobody"], []],
)
def test_what_cannot_be_meant_is_refused(folder: Path, args: list[str]) -> None:
    done = call("export", "report", "--layer", "Awa", *args)
    assert done.code == 2 and done.err and not list(Path().glob("a*"))


def test_a_folder_in_the_place_of_the_file_is_refused_without_a_trace(folder: Path) -> None:
    Path("a.md").mkdir()
    done = call("export", "report", "a.md", "--layer", "Awa")
    assert done.code == 3 and "Traceback" not in done.err
    assert list(Path("a.md").iterdir()) == []


def test_what_goes_out_is_on_record_with_whom_it_is_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSREVIEW_CODER", "Awa")
    ok("export", "report", "a.md", "--layer", "Awa", "--to-whom", "The ministry")
    ok("export", "csv", "tables", "--layer", "Awa", "--to-whom", "Statistician")
    ok("export", "json", "a.json", "--layer", "Awa")
    found = ok("outputs", "--json").json("outputs")["outputs"]
    assert [(each["kind"], each["recipient"]) for each in found] == [
        ("report", "The ministry"), ("csv", "Statistician"), ("json", ""),
    ]  # fmt: skip


def test_a_public_report_of_too_few_people_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSREVIEW_CODER", "Awa")
    done = call("export", "report", "a.md", "--layer", "Awa", "--public")
    assert done.code == 3 and not Path("a.md").exists()
