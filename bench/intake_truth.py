"""How truly and how fast intake reads the reference corpora: python bench/intake_truth.py [FOLDER].

FOLDER holds transcripts and `expected/NAME.jsonl` with the turns written into each (default: ../shared/data/corpora).
Prints JSON: share of labelled turns found exactly (speaker and words, white space ignored), share of labelled files
that are exact throughout, seconds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path
from typing import Any

from hsreview.base.errors import HsreviewError
from hsreview.intake.reader import supported
from hsreview.intake.staging import stage
from hsreview.model.staging import StagedTranscript

Said = tuple[str | None, str]
"""Speaker and words without white space."""

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data" / "corpora"


def expected_turns(path: Path, joined: bool) -> list[Said]:
    """The turns of an `expected` file; with `joined`, neighbours of one voice (subtitle cues) count as one turn."""
    turns = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            turn = json.loads(line)
            turns.append((turn["speaker"], "".join("".join(turn["paragraphs"]).split())))
    if not joined:
        return turns
    return [(speaker, "".join(said for _who, said in group)) for speaker, group in groupby(turns, key=lambda t: t[0])]


def staged_turns(staged: StagedTranscript) -> list[Said]:
    """The turns that intake found, in the same form."""
    return [(turn.speaker, "".join(turn.said(staged.text).split())) for turn in staged.turns]


def measure(folder: Path, formats: set[str] | None = None) -> dict[str, Any]:
    """Stage every transcript of `folder` that has expected turns, and compare."""
    rows = list(_rows(folder, formats))
    labelled = [row for row in rows if row["expected"]]
    expected = sum(row["expected"] for row in rows)
    found = sum(row["found"] for row in rows)
    return {
        "files": len(rows),
        "refused": {row["file"]: row["refused"] for row in rows if row["refused"]},
        "words": sum(row["words"] for row in rows),
        "labelled_turns": expected,
        "labelled_turns_exact": found,
        "share_turns": found / expected if expected else None,
        "labelled_files": len(labelled),
        "labelled_files_exact": sum(row["exact"] for row in labelled),
        "share_files": sum(row["exact"] for row in labelled) / len(labelled) if labelled else None,
        "unlabelled_files_exact": sum(row["exact"] for row in rows if not row["expected"]),
        "not_exact": {row["file"]: f"{row['found']}/{row['expected']}" for row in rows if not row["exact"]},
        "seconds": sum(row["seconds"] for row in rows),
    }


def _rows(folder: Path, formats: set[str] | None) -> Iterator[dict[str, Any]]:
    for truth in sorted((folder / "expected").glob("*.jsonl")):
        path = next(p for p in sorted(folder.glob(truth.stem + ".*")) if supported(p))
        if formats and path.suffix.lower().lstrip(".") not in formats:
            continue
        expected = expected_turns(truth, joined=path.suffix == ".vtt")
        labelled = sum(1 for speaker, _said in expected if speaker is not None)
        started = time.perf_counter()
        try:
            staged = stage(path)
        except HsreviewError as error:
            yield _row(path, labelled, refused=error.message)
            continue
        seconds = time.perf_counter() - started
        actual = staged_turns(staged)
        matcher = SequenceMatcher(None, expected, actual, autojunk=False)
        blocks = matcher.get_matching_blocks()
        found = sum(1 for b in blocks for speaker, _said in expected[b.a : b.a + b.size] if speaker is not None)
        yield _row(path, labelled, found, expected == actual, len(staged.units.words), seconds)


def _row(
    path: Path,
    expected: int,
    found: int = 0,
    exact: bool = False,
    words: int = 0,
    seconds: float = 0.0,
    refused: str = "",
) -> dict[str, Any]:
    return {
        "file": path.name,
        "expected": expected,
        "found": found,
        "exact": exact,
        "words": words,
        "seconds": seconds,
        "refused": refused,
    }


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    print(json.dumps(measure(folder, set(sys.argv[2:]) or None), indent=1, ensure_ascii=False))
