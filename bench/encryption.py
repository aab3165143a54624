"""An encrypted project beside its plain twin: opening, coding, searching, the workbench; how long encrypting takes."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.projects import make_project
from bench.pty_harness import Terminal
from hsreview.project import unlocking
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows.coders import coders
from hsreview.workflows.coding import add_codings
from hsreview.workflows.encrypting import encrypt
from hsreview.workflows.reading import codebook, find_transcript, open_text
from hsreview.workflows.searching import search
from hsreview.workflows.unlocking import unlock
from hsreview.workflows.whereabouts import Place, remember_place

PASSPHRASE = "cinq mots sans aucun rapport"


def measured(scratch: Path, interviews: int = 50) -> dict[str, Any]:
    """Figures of both twins; `reach` as the plain figures have it elsewhere, and 0.3 s for opening with a key."""
    plain, sealed = scratch / "plain", scratch / "sealed"
    project = make_project(plain, [(20_000, 90)] * interviews)
    text = open_text(project, find_transcript(project, "bench-0001"))
    start, end = text.sentences[0]
    remember_place(project, coders(project)[0].id, Place(text.transcript.id, start, end))
    project.close()
    shutil.copytree(plain, sealed)
    encrypting = _seconds(lambda: encrypt(sealed, lambda: PASSPHRASE, lambda _name: None))
    sizes = {each.name: (each / "project.hsreview").stat().st_size for each in (plain, sealed)}
    return {
        "interviews": interviews,
        "bytes": sizes,
        "encrypting_seconds": round(encrypting, 1),
        "plain": _twin(plain),
        "encrypted": _twin(sealed),
        "reach": {"opened_with_passphrase_ms": 300, "apply_code_ms": {"median": 15, "p95": 35}},
    }


def _twin(root: Path) -> dict[str, Any]:
    opened, cpu = [], []
    for _ in range(5):
        unlocking.lock()
        begun = time.process_time()
        opened.append(_seconds(lambda: _open_anew(root)))
        cpu.append(time.process_time() - begun)
    again = [_seconds(lambda: Project.open(root).close()) for _ in range(5)]
    with Project.open(root) as project:
        coder = coders(project)[0]
        version = find_transcript(project, "bench-0001").version_id
        code = next(iter(codebook(project).codes())).code.id
        commits = [
            _seconds(lambda n=n: add_codings(project, coder, version, n, n + 50, [code]))  # type: ignore[misc]
            for n in range(200)
        ]
        searches = [_seconds(lambda: search(project, "sécurité")) for _ in range(10)]
        every = "select sum(length(cast(data as blob))) from content"
        scans = [_seconds(lambda: project.connection.execute(every).fetchone()) for _ in range(5)]
        doctor = _seconds(lambda: examine(project.connection))
    return {
        "opened_with_passphrase_ms": _ms(opened),
        "opened_with_passphrase_processor_ms": _ms(cpu),
        "opened_again_ms": _ms(again),
        "commit_ms": _ms(commits),
        "search_ms": _ms(searches),
        "all_texts_read_ms": _ms(scans),
        "doctor_seconds": round(doctor, 1),
        **_screen(root),
    }


def _open_anew(root: Path) -> None:
    unlock(root, PASSPHRASE)
    Project.open(root).close()


def _screen(root: Path) -> dict[str, Any]:
    """The workbench in a pseudo-terminal; the passphrase comes from the environment, as nobody can type it here."""
    os.environ["HSREVIEW_PASSPHRASE"] = PASSPHRASE
    command = [sys.executable, "-m", "hsreview", "-p", str(root)]
    starts = []
    for _ in range(6):
        with Terminal(command) as terminal:
            starts.append(terminal.wait_for("Enquêteur"))
    with Terminal(command) as terminal:
        terminal.wait_for("Enquêteur")
        for key in ("space", "D", "1", "enter"):
            terminal.press(key, gap=0.4)
        apply = terminal.measure(["1"], 40, before=["down"], gap=0.1)
    del os.environ["HSREVIEW_PASSPHRASE"]
    on_screen = {"median": round(statistics.median(starts[1:]), 1), "best": round(min(starts[1:]), 1)}
    return {"text_on_screen_ms": on_screen, "apply_code_ms": asdict(apply)}


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _ms(taken: list[float]) -> dict[str, float]:
    """Beside the median the best, which other work on the machine disturbs least."""
    return {"median": round(statistics.median(taken) * 1000, 2), "best": round(min(taken) * 1000, 2)}
