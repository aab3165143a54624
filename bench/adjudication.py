"""Adjudication of one text with 5,000 codings by two coders: time from a key to the first painted bytes.

python -m bench adjudication
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.projects import make_project
from bench.pty_harness import Terminal
from hsreview.base.ids import new_id
from hsreview.model.coding import Coding
from hsreview.project.project import Project
from hsreview.workflows.coders import add_coder, coders
from hsreview.workflows.coding import mark_reviewed, put_codings
from hsreview.workflows.reading import codings_of, transcripts

WORDS, CODINGS = 200_000, 2_500


def differing_project(root: Path) -> Project:
    """A project whose second coder copied the first, but for a fifth of the codings."""
    project = make_project(root, [(WORDS, CODINGS)])
    draw = random.Random(7)
    lead = coders(project)[0]
    other = add_coder(project, lead.id, "Second")
    [transcript] = transcripts(project)
    codes = sorted({coding.code_id for coding in codings_of(project)})
    with project.act(other.id) as act:
        copies = []
        for coding in codings_of(project):
            code = draw.choice(codes) if draw.random() < 0.2 else coding.code_id
            copies.append(Coding(new_id(), coding.version_id, coding.start, coding.end, code, other.id, created=act.at))
        put_codings(act, copies)
    for coder in (lead, other):
        mark_reviewed(project, coder, transcript.id)
    return project


def adjudication(scratch: Path, extreme: bool) -> dict[str, Any]:
    """The figures: deriving the differences, and keys on the screen of adjudication (120x40)."""
    from hsreview.workflows.adjudicating import consensus_of

    root = scratch / "adjudication"
    project = differing_project(root)
    begun = time.perf_counter()
    [found] = consensus_of(project)
    derived = (time.perf_counter() - begun) * 1000
    project.close()
    command = [sys.executable, "-m", "hsreview", "--lang", "en", "-p", str(root), "--coder", "Bench"]
    with Terminal(command, columns=120, rows=40) as terminal:
        terminal.wait_for("bench-0001")
        for key in ("g", "j"):
            terminal.press(key, gap=0.5)
        opened = terminal.press("enter", gap=0.6, patience=5)
        figures = [
            asdict(terminal.measure(keys, times, gap=0.08))
            for keys, times in ((["n"], 30), (["p"], 10), (["1"], 30), (["2", "b", "x"], 30))
        ]
        figures.append(asdict(terminal.measure(["u"], 10, gap=0.4)))
    return {
        "words": WORDS,
        "codings": 2 * CODINGS,
        "differences": len(found.differences),
        "derive_ms": round(derived, 1),
        "open_ms": round(opened[0], 1) if opened else None,
        "keys": figures,
    }
