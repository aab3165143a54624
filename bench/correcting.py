"""Correcting a text of 60,000 words: how long two texts take to align, and the whole act under many codings.

python -m bench correcting
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from bench.projects import make_project
from hsreview.model.aligning import common
from hsreview.workflows import carrying, correcting
from hsreview.workflows.coders import coders
from hsreview.workflows.reading import find_transcript, open_text
from hsreview.workflows.undoing import undo

WORDS, CODINGS = 60_000, 4_500


def measured(scratch: Path, extreme: bool) -> dict[str, Any]:
    """Seconds to align with texts edited in every way, and seconds of each step of one correction (`--extreme`: ten
    times the codings)."""
    codings = CODINGS * 10 if extreme else CODINGS
    project = make_project(scratch / "correcting", [(WORDS, codings)])
    [coder] = coders(project)
    base = open_text(project, find_transcript(project, "bench-0001"))
    found: dict[str, Any] = {"words": WORDS, "codings": codings}

    def timed(step: Callable[[], Any]) -> tuple[float, Any]:
        begun = time.perf_counter()
        result = step()
        return round(time.perf_counter() - begun, 3), result

    half, whole = _half(base.text), base.text
    scale = {"half": timed(lambda: common(half, _every_line(half)))[0]}
    for name, edited in _edited(whole).items():
        scale[name] = timed(partial(common, whole, edited))[0]
    found["align_s"] = scale | {"reach": 10}
    turn = base.turns[len(base.turns) // 2]
    said = turn.said(base.text) + " Une phrase de plus."
    file = scratch / "corrected.txt"
    file.write_text(_every_line(base.text), encoding="utf-8")
    found["preview_turn_s"], new = timed(lambda: correcting.with_turn(project, base, turn.number, said))
    found["store_turn_s"] = timed(lambda: carrying.correct(project, coder, new))[0]
    found["undo_s"] = timed(lambda: undo(project, coder))[0]
    found["read_file_s"], new = timed(lambda: correcting.from_file(project, base.transcript, file))
    found["store_file_s"], (pieces, _version) = timed(lambda: carrying.correct(project, coder, new))
    found["states"] = {str(state): n for state, n in pieces.counts().items()}
    found["queue_s"] = timed(lambda: carrying.waiting(project, coder))[0]
    project.close()
    return found


def _half(text: str) -> str:
    return text[: text.index("\n", len(text) // 2) + 1]


def _every_line(text: str) -> str:
    """One letter changed in each line of some length."""
    return "\n".join(line[:-9] + "x" + line[-8:] if len(line) > 40 else line for line in text.split("\n"))


def _edited(text: str) -> dict[str, str]:
    words, lines, random = text.split(" "), text.split("\n"), Random(1)
    mixed = random.sample(words, len(words))
    return {
        "every_line": _every_line(text),
        "every_second_word": " ".join(word + "x" * (i % 2) for i, word in enumerate(words)),
        "one_line": text.replace("\n", " "),
        "all_different": " ".join("z" + word for word in words),
        "lines_shuffled": "\n".join(random.sample(lines, len(lines))),
        "words_shuffled": " ".join(mixed),
        "one_word_repeated": "oui " * len(words),
    }
