"""The coded transcript as a Word document: every word is there, coded words are marked, codes stand beside them."""

from __future__ import annotations

import re
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsreview.documents.transcript_docx import (
    CodedTranscript,
    MarginCode,
    MarginSegment,
    UsedCode,
    write_transcript_docx,
)
from hsreview.model.text import Span, Turn

TEXT = "Titre\nINT : Pourquoi ?\nR1 : Il pleut. Il vente, et puis rien.\n"
TURNS = (Turn(1, None, 0, 0, 6), Turn(2, "INT", 6, 12, 23), Turn(3, "R1", 23, 28, len(TEXT)))
SENTENCES: tuple[Span, ...] = ((12, 22), (28, 37), (38, 61))


def a_transcript(*segments: Span, language: str = "fr", text: str = TEXT) -> CodedTranscript:
    marked = [
        MarginSegment(start, end, (MarginCode(f"C{number}", f"Libellé {number}", "blue", ("à citer",)),))
        for number, (start, end) in enumerate(sorted(set(segments)), 1)
    ]
    return CodedTranscript(
        "cso-1", [("Codages de", "Awa"), ("Vide", "")], text, TURNS, frozenset({2}), SENTENCES, marked,
        [UsedCode("C1", "Libellé 1", "Ce que c’est", 1, "blue")], language, "fr",
    )  # fmt: skip


def written(transcript: CodedTranscript, folder: Path) -> tuple[list[str], list[str], list[str]]:
    """The words, the margin and what is coloured, row by row."""
    path = folder / "t.docx"
    write_transcript_docx(transcript, path)
    document = Document(str(path))
    rows = document.tables[0].rows[1:]
    said, margin, coloured = [], [], []
    for row in rows:
        runs = [run for paragraph in row.cells[0].paragraphs for run in paragraph.runs]
        said.append("".join(run.text for run in runs))
        margin.append("\n".join(paragraph.text for paragraph in row.cells[1].paragraphs))
        coloured.append(
            "".join(r.text for r in runs if r._r.rPr is not None and r._r.rPr.find(qn("w:shd")) is not None)
        )
    return said, margin, coloured


def test_words_numbers_and_codes_stand_in_one_row(tmp_path: Path) -> None:
    said, margin, coloured = written(a_transcript((28, 37)), tmp_path)
    assert said == ["Titre", "INT\u00a0: Pourquoi ?", "R1\u00a0: [1Il pleut.1] Il vente, et puis rien."]
    assert margin == ["", "", "1\u00a0C1 Libellé 1 (à citer)"]
    assert coloured == ["", "", "Il pleut."]


def test_overlapping_segments_keep_their_ends(tmp_path: Path) -> None:
    said, margin, coloured = written(a_transcript((28, 46), (38, 61)), tmp_path)
    assert said[2] == "R1\u00a0: [1Il pleut. [2Il vente1], et puis rien.2]"
    assert margin[2].split("\n") == ["1\u00a0C1 Libellé 1 (à citer)", "2\u00a0C2 Libellé 2 (à citer)"]
    assert coloured[2] == "Il pleut. Il vente, et puis rien."


def test_a_segment_over_two_turns_and_one_that_begins_in_a_label_are_listed_once(tmp_path: Path) -> None:
    said, margin, _coloured = written(a_transcript((12, 37), (24, 30)), tmp_path)
    assert said[1].startswith("INT\u00a0: [1Pourquoi")
    assert said[2].startswith("R1\u00a0: [2Il2] pleut.1]")
    assert "".join(margin).count("C1") == "".join(margin).count("C2") == 1


def test_the_title_block_the_codes_and_the_margin_are_in_the_language_asked_for(tmp_path: Path) -> None:
    write_transcript_docx(a_transcript((28, 37), language="en"), tmp_path / "t.docx")
    document = Document(str(tmp_path / "t.docx"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "cso-1"
    assert "Codages de: Awa" in texts
    assert not any(text.startswith("Vide") for text in texts)
    assert "Codes used" in texts
    assert [cell.text for cell in document.tables[1].rows[1].cells] == ["C1 Libellé 1", "Ce que c’est", "1"]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=5))
def test_no_word_is_lost_whatever_is_coded(tmp_path: Path, pairs: list[tuple[int, int]]) -> None:
    segments = [(start, min(len(TEXT), start + length)) for start, length in pairs]
    said, margin, _coloured = written(a_transcript(*segments), tmp_path)
    plain = [re.sub(r"\[\d+|\d+\]", "", each) for each in said]
    assert "".join(plain) == TEXT.replace("\n", "").replace(" : ", "\u00a0: ")
    for number in range(1, len(set(segments)) + 1):
        assert "".join(margin).count(f"C{number} ") == 1


def test_control_characters_are_shown_as_signs(tmp_path: Path) -> None:
    text = TEXT.replace("Titre", "T\x0bt\x00e")
    said, _margin, _coloured = written(a_transcript(text=text), tmp_path)
    assert said[0] == "T␋t␀e"


def test_asterisks_of_markdown_become_italic_and_bold(tmp_path: Path) -> None:
    text = "*Fiction*\n**INT :** 2*3*4 ?\nR1 : Il **pleut fort**. Une * et *deux, puis rien.\n"
    turns = (Turn(1, None, 0, 0, 10), Turn(2, "INT", 10, 20, 28), Turn(3, "R1", 28, 33, len(text)))
    segment = MarginSegment(33, 51, (MarginCode("C1", "Libellé"),))
    transcript = CodedTranscript("t", [], text, turns, frozenset({2}), (), [segment], [], "fr", "fr")
    said, _margin, coloured = written(transcript, tmp_path)
    assert said == ["Fiction", "INT\u00a0: 2*3*4 ?", "R1\u00a0: [1Il pleut fort.1] Une * et *deux, puis rien."]
    assert coloured[2] == "Il pleut fort."
    rows = Document(str(tmp_path / "t.docx")).tables[0].rows[1:]
    runs = [run for row in rows for run in row.cells[0].paragraphs[0].runs]
    assert [run.text for run in runs if run.italic] == ["Fiction"]
    assert "pleut fort" in [run.text for run in runs if run.bold]
