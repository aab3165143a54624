"""How long suggestions take: learning from a team's codings, one unit, all uncoded passages, the check of them.

50 invented interviews of 8,000 words with 90 codings each (with `--extreme`, 200), and the cues of the sample codebook.
Models of installed languages are loaded once before; the first load is told apart.
"""

from __future__ import annotations

import statistics
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

INTERVIEWS, WORDS, CODINGS = 50, 8_000, 90
REACH_MS = 50
TICK = 0.005
"""Seconds between two looks at the clock, as a thread of the interface would have them."""


class Gaps:
    """How long another thread of this process was kept from running, and how long the process worked meanwhile.

    On a computer that others use too, only the latter is ours.
    """

    def __enter__(self) -> Gaps:
        self.worst, self.busiest, self._over = 0.0, 0.0, False
        self._thread = threading.Thread(target=self._tick)
        self._thread.start()
        return self

    def _tick(self) -> None:
        before, worked = time.perf_counter(), time.process_time()
        while not self._over:
            time.sleep(TICK)
            now, work = time.perf_counter(), time.process_time()
            self.worst, before = max(self.worst, now - before - TICK), now
            self.busiest, worked = max(self.busiest, work - worked), work

    def __exit__(self, *_error: object) -> None:
        self._over = True
        self._thread.join()


def measured(scratch: Path, extreme: bool) -> dict[str, Any]:
    """Seconds of learning and of the first load, ms of a unit, gaps of another thread after the load."""
    from bench.projects import make_project
    from hsreview.model.agreement import Unit
    from hsreview.project import counts
    from hsreview.project.scopes import Scope
    from hsreview.workflows.coders import coders
    from hsreview.workflows.coding import add_codings
    from hsreview.workflows.reading import codebook, open_text, transcripts
    from hsreview.workflows.suggesting import Helper, taught_by
    from hsreview.workflows.suggestion_check import evaluate
    from hsreview.workflows.suggestions import passages, stretches

    interviews = 200 if extreme else INTERVIEWS
    project = make_project(scratch / "suggesting", [(WORDS, CODINGS)] * interviews)
    coder = coders(project)[0]
    taught = taught_by(project, None, coder)
    assert taught is not None

    def seconds(work: Any) -> float:
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun

    first = seconds(lambda: Helper(taught, coder).refresh(project))
    text = open_text(project, transcripts(project)[0])
    helper = Helper(taught, coder)
    with Gaps() as learning:
        learn = seconds(lambda: helper.refresh(project))
        prepare = seconds(lambda: helper.prepare(text.text))
    code = next(iter(codebook(project).codes())).code.id
    add_codings(project, coder, text.version.id, 10, 60, [code])
    again = seconds(lambda: helper.refresh(project))
    answers = counts.answers(project.connection, text.version.id)[text.version.id]
    units = [text.text[each.start : each.end] for each in stretches(text, Unit.TURN, answers)]
    taken = [seconds(lambda said=said: helper.propose(said, "fr")) * 1000 for said in units]
    with Gaps() as checking:
        check = seconds(lambda: evaluate(project, taught, coder))
    uncoded = seconds(lambda: passages(project, helper, code, Scope(), coder))
    project.close()
    on_screen = _on_screen(scratch / "suggesting")
    return {
        "interviews": interviews,
        "words": interviews * WORDS,
        "codings": interviews * CODINGS,
        "models": dict(helper.models),
        "first_load_and_learning_s": round(first, 2),
        "learning_s": round(learn, 2),
        "words_of_an_interview_s": round(prepare, 2),
        "after_a_coding_s": round(again, 3),
        "unit_ms": {
            "units": len(units), "median": round(statistics.median(taken), 2), "worst": round(max(taken), 2),
            "reach": REACH_MS,
        },
        "gap_of_another_thread_ms": {
            "learning": round(learning.worst * 1000), "checking": round(checking.worst * 1000), "reach": 100,
            "learning_processor": round(learning.busiest * 1000),
            "checking_processor": round(checking.busiest * 1000),
        },
        "on_screen_ms": on_screen,
        "uncoded_passages_s": round(uncoded, 2),
        "evaluate_s": round(check, 2),
    }  # fmt: skip


def _on_screen(root: Path) -> dict[str, Any]:
    """The key that suggests, in a pseudo-terminal of 80x24: moves while models load, the list after it, moves after."""
    from bench.pty_harness import Terminal
    from hsreview.workflows.coders import coders
    from hsreview.workflows.projects import open_project
    from hsreview.workflows.reading import open_text, transcripts
    from hsreview.workflows.whereabouts import Place, remember_place

    with open_project(root) as project:
        text = open_text(project, transcripts(project)[0])
        turn = text.turns[1]
        remember_place(project, coders(project)[0].id, Place(text.transcript.id, turn.label_end, turn.end, "turn"))
    command = [sys.executable, "-m", "hsreview", "-p", str(root), "--lang", "en"]
    with Terminal(command, columns=80, rows=24) as terminal:
        terminal.wait_for("Enquêteur")
        terminal.send("H")
        loading = terminal.measure(["down", "up"], 40, gap=0.1)
        terminal.drain(10)
        shown = terminal.measure(["H"], 20, before=["escape", "down"], gap=0.15)
        terminal.press("escape", gap=0.2)
        moves = terminal.measure(["down", "up"], 60)
        return {
            "moves_while_models_load": asdict(loading),
            "list": asdict(shown),
            "moves_after": asdict(moves),
        }
