"""Real transcripts in Word and OpenDocument files: every paragraph and every bold label is where it should be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from hsreview.intake.office import docx, odt
from hsreview.intake.source import Source


def squeezed(text: str) -> str:
    return "".join(text.split())


def expected(path: Path) -> tuple[list[str], list[str]]:
    """The paragraphs that were written into a file, and the labels among them."""
    paragraphs: list[str] = []
    labels: list[str] = []
    for line in (path.parent / "expected" / f"{path.stem}.jsonl").read_text(encoding="utf-8").splitlines():
        turn = json.loads(line)
        first, *others = turn["paragraphs"]
        if turn["speaker"] is not None:
            labels.append(f"{turn['speaker']}:")
            first = f"{turn['speaker']}: {first}"
        paragraphs += [first, *others]
    return paragraphs, labels


@pytest.mark.parametrize(("suffix", "reader", "files"), [("docx", docx.read, 27), ("odt", odt.read, 14)])
def test_every_paragraph_and_label_is_found(
    shared: Path, suffix: str, reader: Callable[..., Source], files: int
) -> None:
    paths = sorted((shared / "data/corpora").glob(f"*.{suffix}"))
    assert len(paths) == files
    # Only file names may show in a failure: the texts are real people's words.
    wrong: list[str] = []
    for path in paths:
        source = reader(path.read_bytes(), path.name, encoding=None)
        paragraphs, labels = expected(path)
        found = [squeezed(line) for line in source.text.split("\n") if line.strip()]
        bold = [squeezed(source.text[start:end]) for start, end in source.bold]
        alike = found == [squeezed(paragraph) for paragraph in paragraphs] and bold == [squeezed(x) for x in labels]
        if not alike or source.marks is not None or source.doubts:
            wrong.append(path.name)
    assert wrong == []
