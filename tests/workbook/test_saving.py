"""A workbook is written without a temporary file that a killed program would leave behind."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from hsreview.workbook.saving import Spool, save


def test_a_workbook_is_written_whole_and_without_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Mots", 3])
    sheet["A1"].comment = Comment("remarque", "hsreview")
    sheet["A1"].hyperlink = "https://example.org"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1))
    sheet.add_chart(chart, "D1")
    book.create_sheet("autre").append(["=", "é"])
    save(book, tmp_path / "x.xlsx")
    again = load_workbook(tmp_path / "x.xlsx")
    assert again.sheetnames == ["Sheet", "autre"]
    cell = again.worksheets[0]["A1"]
    assert (cell.value, cell.comment.text, cell.hyperlink.target) == ("Mots", "remarque", "https://example.org")
    assert again["autre"]["B1"].value == "é"
    assert "xl/charts/chart1.xml" in ZipFile(tmp_path / "x.xlsx").namelist()
    assert [path.name for path in tmp_path.iterdir()] == ["x.xlsx"]


def test_a_spool_gives_back_what_was_written() -> None:
    spool, out = Spool(), io.BytesIO()
    rows = [f"<row>{n} été</row>".encode() for n in range(20_000)]
    for row in rows:
        spool.write(row)
    size = spool.size
    spool.copy_to(out)
    assert out.getvalue() == b"".join(rows) and size == len(out.getvalue())
