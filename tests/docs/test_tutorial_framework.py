"""The tutorial on the framework does what it says: its commands run and its keys are pressed, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from hsreview.base.messages import use_language
from hsreview.tui.keymap import key_name
from tests.cli.conftest import ok
from tests.docs.pages import DOCS, LANGUAGES, Command, Press, steps
from tests.docs.shell import run
from tests.docs.test_tutorial import keys_by_text
from tests.tui.stage import workbench

COST = {"en": "Two trips a quarter", "fr": "Deux déplacements par trimestre"}
HOME = {"en": "framework-review", "fr": "revue-cadre"}


def page(language: str) -> Path:
    return DOCS / f"tutorial-framework.{language}.md"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_reader_gets_from_findings_to_the_signed_framework_and_its_journal(
    language: str, reader: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSREVIEW_LANG", language)
    use_language(language)
    for step in steps(page(language)):
        if isinstance(step, Command):
            run(step, reader)
            if step.words[1:3] == ("framework", "export"):
                write_as_a_partner(Path(step.words[3]), COST[language])
        else:
            await press(step)
    assert Path.cwd() == reader / HOME[language]
    rows = {each["ref"]: each for each in ok("framework", "--json").json("framework show")["rows"]}
    assert {ref: rows[ref]["status"] for ref in ("IN5", "IN6", "IN7", "IN8")} == {
        "IN5": "rejected", "IN6": "validated", "IN7": "validated", "IN8": "amended",
    }  # fmt: skip
    assert {ref: rows[ref]["parent"] for ref in ("IN5", "IN6", "IN7", "IN8")} == {
        "IN5": "OC1", "IN6": "OC3", "IN7": "OC1", "IN8": "OC2",
    }  # fmt: skip
    assert rows["IN8"]["data"]["statement_fr"].endswith("hommes, avec le nombre de personnes interrogées")
    assert rows["IN8"]["data"]["statement_en"].endswith("men said, with how many were asked")
    assert rows["IN7"]["data"]["cost"] == COST[language]
    below = ok("trace", "IN5", "--json").json("trace")["down"]
    assert {(each["code"], each["role"]) for each in below} == {("M2", "indicator"), ("M4", "baseline")}
    told = ok("validation", "show", "Ségou", "--json").json("validation show")
    assert (told["meeting"]["signed"], told["to_do"]) == (["4"], [])
    assert [each["answer"] != "" for each in told["comments"]] == [True]
    stands = ok("framework", "status", "--at", "2016-12-31", "--json").json("framework status")
    assert {each["row"]: each["level"] for each in stands["markers"]}["PM2"] == 1
    assert {each["row"]: each["progress"] for each in stands["indicators"]}["IN7"] == "on_the_way"
    assert list(reader.glob("*/segou.docx")) and list(reader.glob("*/exports/*-segou.docx"))


async def press(rows: list[Press]) -> None:
    """Press the keys of a table in the workbench on the project of this folder; what is no key is typed."""
    keys = keys_by_text()
    async with workbench(Path.cwd(), size=(80, 24)) as stage:
        for row in rows:
            await stage.press(*(keys.get(text) or key_name(text) or f"={text}" for text in row.keys))
            assert not stage.app._notifications, f"line {row.line}"


def write_as_a_partner(path: Path, cost: str) -> None:
    """What the page asks to be typed in Excel: the cost of IN7."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        names = {str(cell.value): at for at, cell in enumerate(sheet[2], 1)}
        if "indicator.cost" in names:
            [line] = [at for at, row in enumerate(sheet.iter_rows(), 1) if any(cell.value == "IN7" for cell in row)]
            sheet.cell(line, names["indicator.cost"]).value = cost
    book.save(path)


def shape(page: Path) -> list[tuple[str, ...]]:
    """What a page has people type, without the words of its language."""
    return [
        (
            step.words[0],
            step.words[1] if step.words[0] == "hsreview" else "",
            str(step.exit_code),
            *(word for word in step.words if word.startswith("--")),
        )
        if isinstance(step, Command)
        else ("keys", *(str(len(row.keys)) for row in step))
        for step in steps(page)
    ]


def test_both_tutorials_take_the_same_way() -> None:
    """Each command of one page has its twin on the other with the same options, each table as many rows."""
    assert shape(page("en")) == shape(page("fr"))
