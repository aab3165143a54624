"""PDF transcripts: read in a process of its own that a hostile file may exhaust without harm."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused
from hsreview.intake import pdf, pdf_child
from hsreview.intake.source import Source
from tests.intake import office_fixtures as make

PAGE = ["Interview 7 - fiction", "INT: Why did you leave the village?", "R1: Because of the road."]


def read(data: bytes) -> Source:
    return pdf.read(data, "x.pdf", encoding=None)


def refused(data: bytes) -> str:
    with pytest.raises(InputRefused) as caught:
        read(data)
    assert "\n" not in caught.value.message
    return caught.value.message


def counts(source: Source) -> dict[str, int]:
    return {doubt.code: doubt.count for doubt in source.doubts}


def test_turns_start_lines() -> None:
    source = read(make.pdf([PAGE]))
    assert source.text == "\n".join(PAGE)
    assert (source.format, source.encoding, source.marks, source.bold) == ("pdf", "", None, ())


def test_accents_and_typography_are_read() -> None:
    said = "Enquêtrice : « C’est l’œuvre… – oui »"
    assert read(make.pdf([[said]])).text == said


def test_text_outside_the_page_is_not_read() -> None:
    stream = b"BT /F1 10 Tf 40 800 Td (INT: inside) Tj ET BT /F1 10 Tf 40 -90 Td (outside) Tj ET"
    assert read(make.pdf_of_streams([stream])).text == "INT: inside"


def test_words_divided_at_line_ends_lose_the_marks_of_the_pdf_reader() -> None:
    lines = ["INT: the communi-", "ties of the north-", "east and of the north-east said so."]
    source = read(make.pdf([lines]))
    assert source.text == "INT: the communities of the north-east and of the north-east said so."
    assert counts(source)["hyphens"] == 2


def test_what_is_left_out_is_counted() -> None:
    note = "<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (Who is this?) >>"
    link = "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] >>"
    source = read(make.pdf([PAGE, []], page_extra=f"/Annots [{note} {link}]"))
    assert source.text == "\n".join(PAGE)
    assert counts(source) == {"comments": 2, "empty_pages": 1}


def test_pdfs_without_text_are_called_scans() -> None:
    assert "scan" in refused(make.pdf_of_streams([b"q 200 0 0 200 40 400 cm Q", b""]))


def test_protected_pdfs_are_named_as_such() -> None:
    assert "password" in refused(make.locked_pdf())


def test_pdfs_with_too_many_pages_are_refused() -> None:
    assert "5000 pages" in refused(make.pdf_of_streams([b""] * 5_001))


def test_what_is_no_pdf_is_refused() -> None:
    assert "empty" in refused(b"")
    assert "not a PDF" in refused(b"plain text")
    assert "damaged" in refused(b"%PDF-1.4\nnothing in it\n%%EOF\n")


def test_a_pdf_cut_anywhere_is_refused() -> None:
    whole = make.pdf([PAGE])
    for cut in range(0, len(whole) - 6, 60):
        refused(whole[:cut])


@pytest.mark.skipif(sys.platform == "win32", reason="no memory limit on Windows")
def test_a_bomb_ends_only_the_reading_process() -> None:
    import resource

    bomb = make.pdf_of_streams([b"BT /F1 10 Tf " + b"(x) Tj\n" * 2_000_000 + b"ET"], packed=True)
    assert len(bomb) < 200_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children_before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    started = time.monotonic()
    assert "unsafe" in refused(bomb)
    assert time.monotonic() - started < 30
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    # A child's peak counts what this process was when it began the child, and that of children before it.
    assert children < max(1_100_000, before + 100_000, children_before + 1)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "TIME_LIMIT", 0.0)
    assert "time or memory" in refused(make.pdf([PAGE]))


@pytest.mark.parametrize("answer", [b"", b"[1]", b"{broken"])
def test_a_reader_that_answers_nonsense_is_not_believed(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*_args: object, **_options: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], 0, answer)

    monkeypatch.setattr(subprocess, "run", run)
    refused(make.pdf([PAGE]))


def test_a_machine_without_a_second_process_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert "second process" in refused(make.pdf([PAGE]))


def test_modules_in_the_current_folder_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pypdfium2", "json", "hsreview"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend("")
    assert read(make.pdf([PAGE])).text == "\n".join(PAGE)


def test_systems_without_limits_are_survived(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)
    pdf_child.limit_resources()


def test_the_real_interview_keeps_every_turn(shared: Path) -> None:
    source = read((shared / "data/transcripts/pdpilot-P1.pdf").read_bytes())
    lines = source.text.split("\n")
    assert Counter(line.partition(":")[0] for line in lines[1:]) == {"Dan": 47, "Participant": 47}
    assert lines[0] == "Interview"
    assert (lines[1].startswith("Dan:"), lines[-1].startswith("Participant:")) == (True, True)
    found = counts(source)
    assert (found["page_lines"], found["margin_numbers"]) == (5, 98)
