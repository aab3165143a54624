"""Regular expressions over texts: case and accents do not count, and none may take longer than people wait."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Timer

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.folding import fold, fold_with_map
from hsreview.base.messages import _
from hsreview.model.text import Span
from hsreview.project import pattern_child
from hsreview.project.wording import whole

PATIENCE = 5.0
"""Seconds that a pattern may take over all texts of a search."""
LONGEST = 1000
"""Characters of a pattern."""
SHOWN = 70
"""Of these around what cannot be read."""


class Pattern:
    """A pattern that can be read, with the process that runs it; see `opened`."""

    def __init__(self, folded: str, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._left = PATIENCE
        self._ask(folded)

    def find(self, texts: Iterable[str]) -> list[tuple[Span, ...]]:
        """The matches in each text, in its code points. Raises InputRefused when the pattern takes too long."""
        texts = list(texts)
        folded = [fold_with_map(text) for text in texts]
        begun = time.monotonic()
        timer = Timer(self._left, self._process.kill)
        timer.start()
        try:
            self._ask([text for text, _offsets in folded])
            assert self._process.stdout is not None
            answer = self._process.stdout.readline()
        finally:
            timer.cancel()
        self._left = max(0.01, self._left - (time.monotonic() - begun))
        if not answer:
            raise InputRefused(
                _(
                    "This pattern takes too long. Make it simpler: a repetition inside of a repetition, as in (a+)+, "
                    "has no end."
                )
            )
        return [
            tuple((offsets[start], whole(text, offsets[end - 1] + 1)) for start, end in spans)
            for text, spans, (_folded, offsets) in zip(texts, json.loads(answer), folded, strict=True)
        ]

    def _ask(self, question: object) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
        except OSError:  # It was ended; there will be no answer.
            return


@contextmanager
def opened(pattern: str) -> Iterator[Pattern]:
    """`pattern`, ready to find; its process ends with the block. Raises InputRefused when it cannot be read."""
    folded = readable(pattern)
    command = [sys.executable, "-I", "-S", "-W", "ignore", pattern_child.__file__]
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            encoding="ascii",
        )  # fmt: skip
    except OSError:
        raise InputRefused(_("Patterns cannot be searched for: no second process can be started here.")) from None
    try:
        yield Pattern(folded, process)
    finally:
        process.kill()
        process.communicate()


def readable(pattern: str) -> str:
    """`pattern` for folded texts: its letters without accents, its signs as they are (`\\S` is not `\\s`).

    Raises InputRefused when it cannot be read.
    """
    if not pattern.strip():
        raise InputRefused(_("Nothing to search for: give a pattern."))
    if len(pattern) > LONGEST:
        raise InputRefused(_("The pattern is longer than {n} characters.").format(n=LONGEST))
    parts = [char if char.isascii() else fold(char) for char in pattern]
    folded = "".join(parts)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(folded, re.IGNORECASE | re.MULTILINE)
    except re.error as error:
        columns = [number for number, part in enumerate(parts, 1) for _letter in part] + [len(pattern) + 1]
        column = columns[min(error.pos or 0, len(folded))]
        told = _("Column {n}: the pattern cannot be read from here on.").format(n=column)
        start = max(0, column - SHOWN // 2) if len(pattern) > SHOWN else 0
        lead = "…" if start else ""
        shown, mark = lead + pattern[start : start + SHOWN], " " * (len(lead) + column - 1 - start) + "^"
        raise InputRefused(told, [Problem(shown), Problem(mark)]) from None
    except (OverflowError, RecursionError):
        raise InputRefused(_("The pattern repeats or nests more than can be searched for.")) from None
    return folded
