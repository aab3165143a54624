"""A report written as HTML, Markdown and Word: nothing in its texts becomes markup, and nothing is fetched."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from hsreview.documents.figures import svg
from hsreview.documents.report_docx import write_report_docx
from hsreview.documents.report_html import write_report_html
from hsreview.documents.report_md import write_report_md
from hsreview.model.report import Figure, Grid, Heading, Paragraph, Quotation, Report

HOSTILE = '<script>alert(1)</script> & "x" | *a* [b](http://x) `c`\x1b[31m\n# no heading\n1. no list'
FIGURE = Figure("Themes <by> group", ("Civil society (n = 7)", "Policymakers (n = 4)"), (("D · <Drivers>", (7, 0)),))


def report(text: str = HOSTILE) -> Report:
    blocks = (
        Heading(1, text), Paragraph(text), Paragraph(text, note=True), FIGURE,
        Quotation(f"“{text}”", text, "[draft]", (text,)), Grid(("Code", "Of"), (("D1", "3 of 7"), (text, ""))),
    )  # fmt: skip
    return Report("Review", "INTERNAL", "en", blocks, "hsreview")


def test_html_is_one_file_that_fetches_nothing_and_runs_nothing(tmp_path: Path) -> None:
    write_report_html(report(), tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    tags = set(re.findall(r"<(\w+)", page))
    assert not tags & {"script", "img", "link", "iframe", "a"} and "@import" not in page and "url(" not in page
    assert "&lt;script&gt;" in page and "\x1b" not in page
    assert page.count("INTERNAL") == 2 and '<span class="state">[draft]</span>' in page
    fromstring(page.partition("\n")[2].replace("<!DOCTYPE html>", "").replace('<meta charset="utf-8">', "").replace(
        '<meta name="viewport" content="width=device-width">', ""))  # fmt: skip


def test_markdown_holds_its_figure_and_no_markup_of_others(tmp_path: Path) -> None:
    write_report_md(report(), tmp_path / "a.md")
    page = (tmp_path / "a.md").read_text(encoding="utf-8")
    figure = re.search(r"!\[[^]]*\]\(data:image/svg\+xml;base64,([^)]+)\)", page)
    assert figure and base64.b64decode(figure[1]).decode("utf-8") == svg(FIGURE)
    assert not re.search(r"(?<!\\)<script", page) and "\\<script\\>" in page
    assert not re.search(r"^(>\s*)?# no heading|^(>\s*)?1\. no list", page, re.MULTILINE)
    table = [line for line in page.split("\n") if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {3}


def test_word_shows_marks_quotes_tables_and_bars(tmp_path: Path) -> None:
    write_report_docx(report(), tmp_path / "a.docx")
    document = Document(str(tmp_path / "a.docx"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "Review" and texts[1] == "INTERNAL"
    assert any(text.endswith("[draft]") for text in texts)
    bars, codes = document.tables
    assert [cell.text for cell in bars.rows[0].cells] == ["D · <Drivers>", "█" * 24 + "\n", "7\n0"]
    assert [cell.text for cell in codes.rows[1].cells] == ["D1", "3 of 7"]
    assert "INTERNAL" in document.sections[0].header.paragraphs[0].text


@pytest.mark.parametrize("write", [write_report_html, write_report_md, write_report_docx])
def test_an_empty_report_is_a_report(tmp_path: Path, write: object) -> None:
    assert callable(write)
    write(Report("Review", "INTERNAL", "fr", (Figure("None", ("n",), ()),), "hsreview"), tmp_path / "a")
    assert (tmp_path / "a").stat().st_size > 100


@given(st.lists(st.tuples(st.text(max_size=60), st.integers(0, 10_000)), max_size=12))
def test_a_figure_is_sound_and_shows_every_number(rows: list[tuple[str, int]]) -> None:
    drawn = fromstring(svg(Figure("Title", ("All",), tuple((label, (n,)) for label, n in rows))))
    texts = [element.text for element in drawn if element.tag.endswith("text")]
    bars = [int(e.get("width", "")) for e in drawn if e.tag.endswith("rect")][: len(rows)]
    for n in (n for _label, n in rows):
        assert str(n) in texts
    most = max((n for _label, n in rows), default=1) or 1
    assert all(width == round(430 * n / most) for width, (_label, n) in zip(bars, rows, strict=True))


def test_the_longest_bar_stays_on_its_line_in_word(tmp_path: Path) -> None:
    """A sign is at most as wide as the font is high: then 24 of them fit into the cell."""
    write_report_docx(report(), tmp_path / "a.docx")
    cell = Document(str(tmp_path / "a.docx")).tables[0].rows[0].cells[1]
    size = Document(str(tmp_path / "a.docx")).styles["Normal"].font.size
    assert cell.width is not None and size is not None
    assert max(len(line.text) for line in cell.paragraphs) * size < cell.width
