"""A report written as HTML, Markdown and Word: nothing in its texts becomes markup, and nothing is fetched."""

from __future__ import annotations

import base64
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFont

from hsreview.documents import figure_png
from hsreview.documents.figure_png import png
from hsreview.documents.figures import WIDTH, Bar, height, shapes, svg
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


def test_word_shows_marks_quotes_and_tables(tmp_path: Path) -> None:
    write_report_docx(report(), tmp_path / "a.docx")
    document = Document(str(tmp_path / "a.docx"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "Review" and texts[1] == "INTERNAL"
    assert any(text.endswith("[draft]") for text in texts)
    (codes,) = document.tables
    assert [cell.text for cell in codes.rows[1].cells] == ["D1", "3 of 7"]
    assert "INTERNAL" in document.sections[0].header.paragraphs[0].text


def test_word_holds_figures_as_svg_with_a_picture_and_words_for_others(tmp_path: Path) -> None:
    twice = Report("Review", "INTERNAL", "en", (FIGURE, FIGURE), "hsreview")
    write_report_docx(twice, tmp_path / "a.docx")
    document = Document(str(tmp_path / "a.docx"))
    assert len(document.inline_shapes) == 2
    names = set()
    for shape in document.inline_shapes:
        blip = next(shape._inline.iter(qn("a:blip")))
        vector = next(each for each in blip.iter() if each.tag.endswith("}svgBlip"))
        drawn = document.part.related_parts[vector.get(qn("r:embed"))]
        assert drawn.content_type == "image/svg+xml" and drawn.blob.decode("utf-8") == svg(FIGURE)
        names.add(drawn.partname)
        picture = Image.open(BytesIO(document.part.related_parts[blip.get(qn("r:embed"))].blob))
        assert picture.format == "PNG"
        told = shape._inline.docPr.get("descr")
        assert told == "Themes <by> group\nD · <Drivers>: Civil society (n = 7) 7, Policymakers (n = 4) 0"
    assert len(names) == 2


def test_the_picture_shows_the_bars_of_the_svg() -> None:
    picture = Image.open(BytesIO(png(FIGURE))).convert("RGB")
    (bar, *_rest) = [each for each in shapes(FIGURE) if isinstance(each, Bar)]
    scale = picture.width / WIDTH
    inside = ((bar.x + bar.width - 3) * scale, (bar.y + bar.height / 2) * scale)
    ink = tuple(bytes.fromhex(bar.ink.removeprefix("#")))
    assert picture.getpixel((int(inside[0]), int(inside[1]))) == ink
    assert picture.getpixel((int((bar.x + bar.width + 2) * scale), int(inside[1]))) == (255, 255, 255)
    assert picture.height == height(FIGURE) * scale


def test_a_computer_without_fonts_draws_its_letters_without_accents(monkeypatch: pytest.MonkeyPatch) -> None:
    real = ImageFont.truetype

    def none(wanted: Any, *size: Any, **how: Any) -> object:
        if isinstance(wanted, str):
            raise OSError
        return real(wanted, *size, **how)

    accents = Figure("Thèmes – cœur", ("Société",), (("Sécurité", (3,)),))
    plain = Figure("Themes - coeur", ("Societe",), (("Securite", (3,)),))
    monkeypatch.setattr("PIL.ImageFont.truetype", none)
    figure_png._font.cache_clear()
    assert png(accents) == png(plain)
    figure_png._font.cache_clear()


def test_a_figure_of_many_themes_stays_on_a_page_of_word(tmp_path: Path) -> None:
    many = Figure("Themes", ("All (n = 3)",), [(f"T{n}", (n,)) for n in range(80)])
    write_report_docx(Report("Review", "INTERNAL", "en", (many,), "hsreview"), tmp_path / "a.docx")
    document = Document(str(tmp_path / "a.docx"))
    section, (shape,) = document.sections[0], document.inline_shapes
    assert section.page_height and section.top_margin and section.bottom_margin
    assert shape.height < section.page_height - section.top_margin - section.bottom_margin


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


def test_no_column_of_a_word_table_parts_a_word(tmp_path: Path) -> None:
    headers = ("Ligne", "Tour", "Côté", "d’accord", "votes exprimés", "d’accord, il en faut", "atteint", "Résultat")
    row = ("IN12", "1", "société civile", "12", "14", "10", "personne n’a voté, ne décide pas", "acceptée autrement")
    write_report_docx(Report("Compte rendu", "", "fr", [Grid(headers, [row])], ""), tmp_path / "r.docx")
    [table] = Document(str(tmp_path / "r.docx")).tables
    widths = [column.width.cm for column in table.columns]
    assert sum(widths) == pytest.approx(17.2, abs=0.05)
    for header, width in zip(headers, widths, strict=True):
        longest = max(map(len, header.split(" ")))
        assert width > longest * 0.2 + 0.38, f"{header} has {width} cm"
