"""Turns in csv and xlsx: columns by name in both languages, formulas as text, places of what is wrong."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from hsreview.base.errors import InputRefused
from hsreview.intake.sheets import read_sheet
from hsreview.intake.staging import stage_content
from hsreview.model.staging import StagedTranscript


def workbook(rows: list[list[object]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = value  # type: ignore[assignment]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def said(staged: StagedTranscript) -> list[tuple[str | None, str, int | None]]:
    return [(turn.speaker, turn.said(staged.text), turn.time) for turn in staged.turns]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("header", [("speaker", "text", "time"), ("Locuteur", "TEXTE", "Début")])
def test_csv_in_both_languages_and_with_any_delimiter(delimiter: str, header: tuple[str, ...]) -> None:
    rows = [header, ("Awa", "Bonjour à tous.", "00:01"), ("Ben", "Oui.", "62.5"), ("", "(silence)", "")]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode("cp1252")
    staged = stage_content(data, "x.csv")
    assert said(staged) == [("Awa", "Bonjour à tous.", 1000), ("Ben", "Oui.", 62_500), (None, "(silence)", None)]
    assert staged.text == "Awa: Bonjour à tous.\n\nBen: Oui.\n\n(silence)"
    assert (staged.format, staged.encoding, staged.convention) == ("csv", "cp1252", "columns")


def test_rows_are_turns_even_of_one_speaker_and_cells_keep_their_lines() -> None:
    staged = stage_content('text,speaker\n"un, ""deux""\nlà",Awa\nencore,Awa\n,Ben\n'.encode(), "x.csv")
    assert said(staged) == [("Awa", 'un, "deux"\nlà', None), ("Awa", "encore", None)]
    assert [(d.code, d.count) for d in staged.doubts] == [("empty_rows", 1)]


def test_an_excel_hint_of_the_delimiter_is_followed() -> None:
    assert said(stage_content(b"sep=;\nspeaker;text\nA, B;un\n", "x.csv")) == [("A, B", "un", None)]


def test_xlsx_values_come_as_written_and_formulas_as_text() -> None:
    staged = stage_content(
        workbook([["Temps", "Intervenant", "Propos"], [dt.time(0, 1, 2), "Awa", "=1+1"],
                  [dt.timedelta(seconds=90), "Ben", 12], [None, None, None], ["00:03:00", "Awa", 1.5]]),
        "x.xlsx",
    )  # fmt: skip
    assert said(staged) == [("Awa", "=1+1", 62_000), ("Ben", "12", 90_000), ("Awa", "1.5", 180_000)]


def test_a_table_without_a_text_column_is_refused_with_its_headings() -> None:
    with pytest.raises(InputRefused, match="Its columns are: code, label"):
        stage_content(b"code,label\na,b\n", "x.csv")


def test_an_unclosed_quotation_mark_is_refused_with_its_line() -> None:
    with pytest.raises(InputRefused) as refused:
        stage_content(b'speaker,text\nA,un\nB,"deux\nC,trois\n', "x.csv")
    assert refused.value.problems[0].place == "line 3"


@pytest.mark.parametrize("data", [b"speaker,text\n", b"\n\n"])
def test_a_table_without_rows_is_refused(data: bytes) -> None:
    with pytest.raises(InputRefused):
        stage_content(data, "x.csv")


def test_a_workbook_that_is_none_or_damaged_is_refused() -> None:
    good = workbook([["speaker", "text"], ["A", "un"]])
    for data in (b"speaker,text\nA,un\n", good[:-200], good.replace(b"xl/workbook.xml", b"xl/workbooq.xml")):
        with pytest.raises(InputRefused):
            stage_content(data, "x.xlsx")


def test_a_workbook_with_a_document_type_is_refused() -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["speaker", "text"], ["A", "un"]]))) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = b'<!DOCTYPE x [<!ENTITY a "b">]>' + part.split(b"?>", 1)[-1]
            new.writestr(name, part)
    with pytest.raises(InputRefused, match="DTD"):
        stage_content(out.getvalue(), "x.xlsx")


def test_places_are_those_of_the_program_people_use() -> None:
    sheet = read_sheet(b"a,b\n\n1,2\n", "x.csv")
    assert [row.number for row in sheet.rows] == [3]
    assert sheet.place(3, 1) == "line 3, column 2"
    book = read_sheet(workbook([["a", "b"], [None], [1, 2]]), "x.xlsx")
    assert book.place(book.rows[0].number, 1) == "B3"
    assert book.place(7, 27) == "AB7"


def test_escapes_of_a_workbook_are_the_characters_they_stand_for() -> None:
    staged = stage_content(workbook([["text"], ["un_x000D_\ndeux"], ["_x005F_x000D_"]]), "x.xlsx")
    assert staged.text == "un\ndeux\n\n_x000D_"


def test_a_row_that_says_it_is_beyond_the_last_one_is_refused() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([["text"], ["un"]]))) as source, zipfile.ZipFile(data, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename == "xl/worksheets/sheet1.xml":
                assert b'r="2"' in content
                content = content.replace(b'r="2"', b'r="99999999999"').replace(b'r="A2"', b'r="A99999999999"')
            target.writestr(item, content)
    with pytest.raises(InputRefused, match="larger than"):
        read_sheet(data.getvalue(), "x.xlsx")
