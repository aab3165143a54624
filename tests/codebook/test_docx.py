"""The printed codebook: everything a coder needs, in the languages asked for, and never a broken file."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings

from hsreview.documents.codebook_docx import write_codebook_docx
from hsreview.model.codebook import Codebook, Status
from hsreview.model.localized import Localized
from tests.codebook.shipped import shipped
from tests.codebook.strategies import codebooks

BOOK = shipped()
SMALL = replace(BOOK, themes=tuple(replace(t, codes=t.codes[:2]) for t in BOOK.themes if t.ref in ("D", "T")))


def printed(book: Codebook, folder: Path, lang: str) -> list[str]:
    """Every paragraph of the document, those in tables too."""
    path = folder / f"{lang}.docx"
    write_codebook_docx(book, path, lang)
    document = docx.Document(str(path))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return [p.text for p in document.paragraphs] + [p.text for cell in cells for p in cell.paragraphs]


def test_every_rule_of_every_code_is_printed(tmp_path: Path) -> None:
    lines = printed(BOOK, tmp_path, "both")
    for place in BOOK.codes():
        for text in (place.code.label, place.code.definition, place.code.use, place.code.not_use, place.code.example):
            assert text.fr in lines and text.en in lines


@pytest.mark.parametrize(("lang", "other"), [("fr", "en"), ("en", "fr")])
def test_one_language_alone(tmp_path: Path, lang: str, other: str) -> None:
    text = "\n".join(printed(SMALL, tmp_path, lang))
    first = SMALL.themes[0].codes[0]
    assert first.definition.own(lang) in text and first.definition.own(other) not in text
    for question in [q.text for q in SMALL.questions] + [q.text for q in SMALL.guide]:
        assert question.own(lang) in text and question.own(other) not in text
    for modifier in SMALL.modifiers:
        assert all(f"{value.key}  {value.label.own(lang)}" in text for value in modifier.values)
    assert all(flag.label.own(lang) in text for flag in SMALL.flags)
    assert all(rule.own(lang) in text for rule in SMALL.rules.values())


def test_a_text_missing_in_one_language_leaves_its_place_empty_but_labels_fall_back(tmp_path: Path) -> None:
    code = replace(SMALL.themes[0].codes[0], label=Localized(en="Only English"), example=Localized(en="Said so."))
    book = replace(SMALL, themes=(replace(SMALL.themes[0], codes=(code,)),), passes=(), modifiers=())
    lines = printed(book, tmp_path, "fr")
    assert "Only English" in lines
    assert "Said so." not in lines


def test_codes_that_are_gone_are_not_printed(tmp_path: Path) -> None:
    first, second = SMALL.themes[0].codes
    gone = replace(first, status=Status.MERGED, merged_into=second.id)
    old = replace(second, status=Status.RETIRED)
    text = "\n".join(printed(replace(SMALL, themes=(replace(SMALL.themes[0], codes=(gone, old)),)), tmp_path, "en"))
    assert first.label.en not in text
    assert second.label.en in text and "no longer used" in text


def test_nested_codes_show_what_they_stand_under(tmp_path: Path) -> None:
    first, second = SMALL.themes[0].codes
    nested = replace(SMALL.themes[0], codes=(replace(first, children=(second,)),))
    assert f"{first.label.en} › {second.label.en}" in printed(replace(SMALL, themes=(nested,)), tmp_path, "en")


def test_page_numbers_paper_and_language(tmp_path: Path) -> None:
    printed(SMALL, tmp_path, "fr")
    with zipfile.ZipFile(tmp_path / "fr.docx") as archive:
        footer = archive.read("word/footer1.xml").decode()
        styles = archive.read("word/styles.xml").decode()
        body = archive.read("word/document.xml").decode()
    assert ">PAGE<" in footer and ">NUMPAGES<" in footer
    assert re.findall(r'<w:lang [^>]*w:val="([^"]+)"', styles) == ["fr-FR"]
    document = docx.Document(str(tmp_path / "fr.docx"))
    width, height = document.sections[0].page_width, document.sections[0].page_height
    assert width is not None and height is not None
    assert (round(width.cm, 1), round(height.cm, 1)) == (21.0, 29.7)
    assert document.core_properties.author == "hsreview"
    assert body.count("<w:tblHeader/>") >= 3 and "<w:cantSplit/>" in body
    order = re.findall(r"<w:tblPr>.*?</w:tblPr>", body)[0]
    assert order.index("w:tblStyle") < order.index("w:tblBorders") < order.index("w:tblLayout")


@settings(max_examples=8)  # each writes a whole document
@given(book=codebooks())
def test_any_codebook_can_be_printed(book: Codebook, tmp_path_factory: pytest.TempPathFactory) -> None:
    lines = printed(book, tmp_path_factory.getbasetemp(), "both")
    assert not any("\x1b" in line for line in lines)
