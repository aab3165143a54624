"""Excel has nothing to repair in any sheet of either workbook, however odd what they hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hsreview.base.errors import InputRefused
from hsreview.model.codebook import Codebook, Theme
from hsreview.model.dataset import Dataset
from hsreview.model.localized import Localized
from hsreview.workbook.public import write_public
from hsreview.workbook.sheets import SHEETS
from hsreview.workbook.words import Words
from hsreview.workflows.publishing import published
from tests.analysis.builders import Layer, sample
from tests.analysis.layers import a_layer
from tests.workbook.everything import everything
from tests.workbook.structure import problems

ODD: dict[str, str] = {
    "a formula": '=HYPERLINK("http://x";"y")',
    "a command": "@SUM(A1)+cmd|' /C calc'!A0",
    "what XML forbids": "a\x00b\x0bc\ud800d\ufffe _x000D_ ]]> <&>\"'",
    "French names": "L’été à Ménaka\N{NO-BREAK SPACE}: «\u202fÇa\u202f» — cœur, Œuvre, 1.10",
    "40,000 characters": "é" * 39_990 + "\nla fin 𝄞",
    "a name of a sheet": "History [a]:*?/\\'" * 3,
    "nothing": "",
}
ODD["all signs"] = "".join(ODD[name] for name in ("a name of a sheet", "French names", "what XML forbids"))
"""What each of the three holds, in one text."""
SINGLY = {"200 themes", "a command", "what XML forbids", "French names", "a name of a sheet"}
"""Those of which another case, or a test of single cells, would tell too."""


def cases(*names: str) -> list[object]:
    """The names; those in `SINGLY` are left to the full counts."""
    return [pytest.param(name, marks=pytest.mark.deep) if name in SINGLY else name for name in names]


def one_coding() -> Dataset:
    layer = Layer()
    layer.code(layer.interview("A", "un deux"), 0, 2, "E1")
    return layer.dataset()


def many_themes() -> Dataset:
    """A layer whose codebook has 200 themes, all of one name in two spellings."""
    dataset = a_layer(3)
    book: Codebook = dataset.codebook
    first: Theme = book.themes[0]
    label = Localized(fr="Été " * 60, en="été " * 60)
    more = [replace(first, id=f"t{n}", ref=f"T{n}", label=label, codes=()) for n in range(200 - len(book.themes))]
    return replace(dataset, codebook=replace(book, themes=(*book.themes, *more)))


def said(text: str) -> Callable[[], Dataset]:
    """A layer in which the words are `text`, and people, places and labels too, as long as names get."""
    name = text[:300]

    def made() -> Dataset:
        dataset = a_layer(2)
        label = Localized(fr=name, en=name)
        book = dataset.codebook
        return replace(
            dataset,
            basis=replace(dataset.basis, project=name, layer=name),
            codebook=replace(book, title=label, groups=tuple(replace(each, label=label) for each in book.groups)),
            transcripts=[
                replace(each, name=f"{name}{n}", attributes={**each.attributes, name: name})
                for n, each in enumerate(dataset.transcripts)
            ],
            respondents={
                key: replace(each, name=f"{name}{key}", attributes={**each.attributes, "said": name})
                for key, each in dataset.respondents.items()
            },
            organisations={key: replace(each, name=f"{name}{key}") for key, each in dataset.organisations.items()},
            segments=[
                replace(each, text=text, memo=text, speaker=name) if n < 4 else each
                for n, each in enumerate(dataset.segments)
            ],
        )

    return made


LAYERS: dict[str, Callable[[], Dataset]] = {
    "an empty project": lambda: Layer().dataset(),
    "one coding": one_coding,
    "200 themes": many_themes,
    **{name: said(text) for name, text in ODD.items()},
}


def test_every_sheet_of_the_registry_is_in_the_file(tmp_path: Path) -> None:
    report = everything(a_layer(2), tmp_path / "a.xlsx")
    assert set(report.sheets) >= {Words("en").title(sheet.key) for sheet in SHEETS}


@pytest.mark.parametrize("name", cases(*LAYERS))
def test_excel_has_nothing_to_repair_in_the_internal_workbook(tmp_path: Path, name: str) -> None:
    report = everything(LAYERS[name](), tmp_path / "a.xlsx", "both", text=ODD.get(name, "Dit"))
    assert problems(report.path) == []
    assert not [cell for sheet in load_workbook(report.path) for row in sheet.iter_rows() for cell in row
                if cell.data_type == "f"]  # fmt: skip


@pytest.mark.parametrize("name", ["an empty project", "one coding"])
def test_nothing_is_published_of_nobody(name: str) -> None:
    with pytest.raises(InputRefused):
        published(LAYERS[name](), [], {})


@pytest.mark.parametrize("name", ["200 themes", *cases(*ODD)])
def test_excel_has_nothing_to_repair_in_the_public_workbook(tmp_path: Path, name: str) -> None:
    dataset = LAYERS[name]()
    public = published(dataset, [], {}, by=("region",))
    write_public(public, dataset.codebook, tmp_path / "a.xlsx", lang="both")
    assert problems(tmp_path / "a.xlsx") == []
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[-1]
    assert sheet.max_column <= 2 and sheet.cell(sheet.max_row, 1).value == Words("both")("public_no_quotes")
    assert sheet.page_setup.fitToWidth == 1


def test_the_sample_has_every_sheet_sound_in_each_language(tmp_path: Path) -> None:
    for lang in ("fr", "en"):
        assert problems(everything(sample(), tmp_path / f"{lang}.xlsx", lang).path) == []
