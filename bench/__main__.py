"""`python -m bench [--extreme] [NAME …]`: every figure as JSON, with its size, baseline and what it should reach."""

from __future__ import annotations

import argparse
import compileall
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

Measured = dict[str, Any]
ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT.parent / "shared" / "data" / "corpora"


def _seconds(command: Sequence[str], times: int, folder: Path | None = None) -> float:
    """Median wall time of a whole process, after one run that is not counted."""
    taken = []
    for _ in range(times + 1):
        begun = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken[1:])


def start_up(scratch: Path, extreme: bool) -> Measured:
    """Whole processes, as a ratio of `python -c pass`; projects and bytecode are warm."""
    from hsreview.workflows.demo import build_demo

    demo = build_demo(scratch / "demo")
    bare = _seconds([sys.executable, "-c", "pass"], 15)
    run = [sys.executable, "-m", "hsreview"]
    version = _seconds([*run, "--version"], 15)
    listing = _seconds([*run, "-p", str(demo.root), "codings", "list", "--json"], 15)
    return {
        "bare_ms": round(bare * 1000, 1),
        "version": {"ms": round(version * 1000, 1), "ratio": round(version / bare, 1), "reach": 12},
        "codings_list_json": {"ms": round(listing * 1000, 1), "ratio": round(listing / bare, 1), "reach": 20},
    }


def screen(scratch: Path, extreme: bool) -> Measured:
    """The workbench in a pseudo-terminal of 160x50: start, memory, keys to the first painted byte."""
    from bench.projects import make_project
    from bench.pty_harness import Terminal
    from hsreview.workflows.coders import coders
    from hsreview.workflows.reading import find_transcript, open_text
    from hsreview.workflows.whereabouts import Place, remember_place

    words, codings = (1_000_000, 25_000) if extreme else (200_000, 5_000)
    root = scratch / f"screen-{words}"
    project = make_project(root, [(words, codings)])
    text = open_text(project, find_transcript(project, "bench-0001"))
    start, end = text.sentences[0]
    remember_place(project, coders(project)[0].id, Place(text.transcript.id, start, end))
    project.close()
    command = [sys.executable, "-m", "hsreview", "-p", str(root)]
    with Terminal(command) as terminal:
        terminal.wait_for("Enquêteur")
    starts = []
    for _ in range(5):
        with Terminal(command) as terminal:
            starts.append(terminal.wait_for("Enquêteur"))
    with Terminal(command) as terminal:
        terminal.wait_for("Enquêteur")
        memory = terminal.memory()
        for key in ("space", "D", "1", "enter"):
            terminal.press(key, gap=0.4)
        figures = {
            "move": terminal.measure(["down"], 60),
            "extend": terminal.measure(["e", "E"], 60),
            "next_coding": terminal.measure(["n"], 60),
            "apply_code": terminal.measure(["1"], 60, before=["down"], gap=0.1),
            "page": terminal.measure(["pagedown"], 20, gap=0.3),
            "undo": terminal.measure(["u"], 20, gap=0.1),
        }
        burst = terminal.burst("down", 300)
    return {
        "words": words,
        "codings": codings,
        "text_on_screen_ms": {"median": round(statistics.median(starts), 1), "reach": 450},
        "memory_mib": {"value": memory, "reach": 80},
        "keys_ms": {name: asdict(figure) for name, figure in figures.items()},
        "reach_ms": {"move_extend_next": {"median": 8, "p95": 20}, "apply": {"median": 15, "p95": 35}},
        "burst": burst,
    }


def commit(scratch: Path, extreme: bool) -> Measured:
    """One coding committed (WAL, synchronous=FULL); baseline: one bare row inserted and committed the same way."""
    import sqlite3

    from bench.projects import make_project
    from hsreview.project.connection import connect
    from hsreview.workflows.coders import coders
    from hsreview.workflows.coding import add_codings
    from hsreview.workflows.reading import codebook, find_transcript

    project = make_project(scratch / "commit", [(20_000, 500)])
    coder = coders(project)[0]
    version = find_transcript(project, "bench-0001").version_id
    code = next(iter(codebook(project).codes())).code.id
    taken = []
    for start in range(300):
        begun = time.perf_counter()
        add_codings(project, coder, version, start, start + 50, [code])
        taken.append(time.perf_counter() - begun)
    project.close()
    sqlite3.connect(scratch / "bare.db").close()
    bare = connect(scratch / "bare.db")
    bare.execute("create table row(id integer primary key, text text)")
    plain = []
    for n in range(300):
        begun = time.perf_counter()
        bare.execute("insert into row values (?, 'x')", (n,))
        plain.append(time.perf_counter() - begun)
    bare.close()
    return {
        "median_ms": round(statistics.median(taken) * 1000, 2),
        "p95_ms": round(sorted(taken)[285] * 1000, 2),
        "reach_p95_ms": 5,
        "bare_insert_median_ms": round(statistics.median(plain) * 1000, 2),
        "ratio": round(statistics.median(taken) / statistics.median(plain), 1),
    }


def intake(scratch: Path, extreme: bool) -> Measured:
    """The corpora imported, and their turns compared with what was written into the files."""
    if not CORPORA.is_dir():
        return {"skipped": "the corpora are not here"}
    from bench.intake_truth import measure
    from hsreview.base.ids import new_id
    from hsreview.model.people import Coder
    from hsreview.workflows.importing import Staged, files_in, stage_files, store
    from hsreview.workflows.projects import create_project

    begun = time.perf_counter()
    coder = Coder(new_id(), "Bench")
    project = create_project(scratch / "intake", coder=coder)
    files = [path for path in files_in([CORPORA]).files if path.parent == CORPORA]
    entries = [entry for entry in stage_files(files) if isinstance(entry, Staged)]
    report = store(project, coder, entries)
    seconds = time.perf_counter() - begun
    project.close()
    truth = measure(CORPORA)
    return {
        "files": len(report.stored),
        "words": sum(stored.words for stored in report.stored),
        "seconds": round(seconds, 1),
        "reach_seconds": 25,
        "share_turns": truth["share_turns"],
        "share_files": truth["share_files"],
        "reach": {"turns": 0.99, "files": 0.92},
    }


def search(scratch: Path, extreme: bool) -> Measured:
    """Searches over millions of words: first hits, all matches in context, a pattern."""
    from bench.search import measured

    return measured(scratch, extreme)


def workbook(scratch: Path, extreme: bool) -> Measured:
    """The theme workbook of one layer, in a process of its own."""
    codings = "100000" if extreme else "5000"
    command = [sys.executable, "-m", "bench.workbook", "--codings", codings]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout))


def merge(scratch: Path, extreme: bool) -> Measured:
    """50 plain packages of 2,000 codings each merged into one project, a verified backup included."""
    from bench.merge import measure

    return measure(scratch)


def encryption(scratch: Path, extreme: bool) -> Measured:
    """An encrypted project of 50 interviews beside its plain twin."""
    from bench.encryption import measured

    return measured(scratch / "encryption")


def codebook_changes(scratch: Path, extreme: bool) -> Measured:
    """Codes merged and split under 13,500 codings, undo, and versions compared."""
    from bench.codebook_changes import measured

    return measured(scratch, extreme)


def correcting(scratch: Path, extreme: bool) -> Measured:
    """A text of 60,000 words corrected under 4,500 codings, and aligned with texts edited in every way."""
    from bench.correcting import measured

    return measured(scratch, extreme)


def agreement(scratch: Path, extreme: bool) -> Measured:
    """Coefficients and intervals: a matrix of a million units, and 60 codes on 1,000 documents."""
    from bench.agreement import measured

    return measured()


def agreement_spans(scratch: Path, extreme: bool) -> Measured:
    """Measures of 200,000 segments on 1,000 documents, and the differences of a text with 5,000 marks."""
    from bench.agreement_spans import measured

    return measured()


def coverage(scratch: Path, extreme: bool) -> Measured:
    """How often 95 % intervals hold the truth, in simulated corpora (per cent)."""
    from bench.agreement_coverage import measured

    return measured(4000 if extreme else 1000)


def adjudication(scratch: Path, extreme: bool) -> Measured:
    """The screen of adjudication on a text with 5,000 codings."""
    from bench.adjudication import adjudication as measured

    return measured(scratch, extreme)


def queries(scratch: Path, extreme: bool) -> Measured:
    """Expressions of the query language over 100,000 codings of one layer."""
    from bench.queries import measured

    return measured()


def suggesting(scratch: Path, extreme: bool) -> Measured:
    """Suggestions for a unit of text, what they are learned from, and the check of them."""
    from bench.suggesting import measured

    return measured(scratch, extreme)


def framework_matrix(scratch: Path, extreme: bool) -> Measured:
    """The framework matrix, opened, written and exchanged, in process."""
    from bench.framework_matrix import measured

    return measured(scratch)


def framework(scratch: Path, extreme: bool) -> Measured:
    """300 rows of the framework on 5,000 links: one traced, all of them read and painted, in process."""
    from bench.framework import measured

    return measured(scratch)


def matrices(scratch: Path, extreme: bool) -> Measured:
    """Co-occurrence and theme matrices, in process."""
    from bench.matrices import measured

    return measured(extreme)


def exports(scratch: Path, extreme: bool) -> Measured:
    """The workbook with all its sheets and the report: of the sample, and of three coders on 50 interviews."""
    from bench.exports import measured

    return measured(scratch)


def names(scratch: Path, extreme: bool) -> Measured:
    """Candidates for pseudonyms: how many labelled names they cover, and how long 10,000 words take."""
    from bench.name_recall import measured

    return measured()


BENCHES: dict[str, Callable[[Path, bool], Measured]] = {
    "start_up": start_up,
    "screen": screen,
    "commit": commit,
    "intake": intake,
    "search": search,
    "workbook": workbook,
    "exports": exports,
    "framework": framework,
    "framework_matrix": framework_matrix,
    "matrices": matrices,
    "merge": merge,
    "encryption": encryption,
    "codebook_changes": codebook_changes,
    "correcting": correcting,
    "agreement": agreement,
    "agreement_spans": agreement_spans,
    "coverage": coverage,
    "adjudication": adjudication,
    "queries": queries,
    "names": names,
    "suggesting": suggesting,
}


def main() -> None:
    """Run the measurements that are named (all of them by default) and print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], metavar="NAME")
    parser.add_argument("--extreme", action="store_true", help="the largest sizes")
    chosen = parser.parse_args()
    # An installed hsreview is compiled; so is this checkout before it is measured.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(str(ROOT / "hsreview"), quiet=2)
    results: Measured = {}
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        os.environ["HSREVIEW_HOME"] = str(scratch / "home")
        for name in chosen.names or BENCHES:
            print(f"{name} …", file=sys.stderr, flush=True)
            results[name] = BENCHES[name](scratch, chosen.extreme)
    json.dump(results, sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
