"""Numbers that belong to the questions and not to the speakers: with `Q1.`, `R1.`, `Q2.`, `R2.` two people speak."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hsreview.intake.conventions import Candidate, Line
from hsreview.intake.roles import known_role, label_key
from hsreview.model.text import Role

_NUMBERED = re.compile(r"(?P<stem>\D+?)[\s._-]*(?:n\s?[°ºo]\.?\s*)?(?P<number>\d{1,3})[a-z]?")
_QUESTION = frozenset({"q", "question"})
_ANSWER = frozenset({"r", "a", "rep", "reponse", "answer"})
_NUMBERED_LINE = re.compile(
    r"\s{0,20}(?P<q>(?i:q(?:uestion)?)\s?(?:n\s?[°ºo]\.?\s?)?)?(?P<number>\d{1,3}(?:\.\d{1,2}){0,3})"
    r"\s?(?P<mark>[.)]|[-–](?=\s))?\s+[^\s:]"
    r".*?(?P<asks>\?[\s»”\"]*)?"
)
_LONG_RUN = 3
"""So many questions in a row are numbered questions, rather than so many interviewers."""


def numbered(label: str) -> tuple[str, int] | None:
    """The words before the number of a question or an answer, as written, and the number; null for other labels."""
    match = _NUMBERED.fullmatch(label)
    if match is None or label_key(match["stem"]) not in _QUESTION | _ANSWER:
        return None
    return match["stem"], int(match["number"])


def stem(label: str) -> str:
    """What the labels of all questions, or of all answers, have in common; the key of any other label."""
    parts = numbered(label)
    return label_key(parts[0] if parts else label)


def without_numbers(found: list[Candidate]) -> tuple[list[Candidate], bool]:
    """`found` with the numbers of questions taken out of the labels, and whether numbers that were kept are a doubt.

    Questions are numbered when their numbers rise through the file (and may begin anew after three or more);
    answers when they bear the number of the question before, and then no question need stand in its order as long as
    none comes back. `R1`, `R2` who answer any question stay two people.
    """
    parts = [numbered(c.label or "") for c in found]
    questions = [n[1] for n in parts if n and label_key(n[0]) in _QUESTION]
    if len(set(questions)) < 2:
        return found, False
    answers, echoes, asked = 0, 0, 0
    for part in parts:
        if part and label_key(part[0]) in _QUESTION:
            asked = part[1]
        elif part:
            answers += 1
            echoes += part[1] == asked
    paired = answers >= 2 and echoes * 10 >= answers * 9
    rising = _rising([(n,) for n in questions])
    if not (paired and (rising or len(set(questions)) == len(questions))) and not (
        rising and len(set(questions)) >= _LONG_RUN
    ):
        return found, True
    kinds = _QUESTION | (_ANSWER if paired else frozenset())
    taken = [
        replace(c, label=part[0]) if part and label_key(part[0]) in kinds else c
        for c, part in zip(found, parts, strict=True)
    ]
    return taken, bool(answers) and not paired


def _rising(numbers: Sequence[tuple[int, ...]]) -> bool:
    """Whether no number is lower than the one before, but for a 1 that begins anew after three or more."""
    run = 1
    for before, number in pairwise(numbers):
        if number == (1,) < before:
            if run < _LONG_RUN:
                return False
            run = 0
        elif number < before:
            return False
        run += 1
    return True


@dataclass(frozen=True, slots=True)
class NumberedLines:
    """Lines without a label that begin like a numbered question."""

    questions: frozenset[int] = frozenset()
    """Nobody who answers says these."""
    in_doubt: Sequence[int] = ()
    """These may be questions, but were left to whoever speaks before; in order."""


def numbered_lines(lines: Sequence[Line], labels: Sequence[Candidate]) -> NumberedLines:
    """The questions `1. …` or `Q1. …` without a label: right above the label of somebody who does not ask.

    They count from 1 and rise. A line below another numbered line that asks nothing may end a list.
    """
    label_of = {c.line: c.label or "" for c in labels}
    filled = [line for line in lines if line.text.strip()]
    questions: list[tuple[int, tuple[int, ...]]] = []
    in_doubt: list[int] = []
    above = None
    for line, following in pairwise(filled):
        match = None if line.number in label_of else _NUMBERED_LINE.fullmatch(line.text)
        answered = following.number in label_of and known_role(label_of[following.number]) is not Role.INTERVIEWER
        if match and answered and (match["asks"] or (above is None and (match["mark"] or match["q"]))):
            questions.append((line.number, tuple(map(int, match["number"].split(".")))))
        elif match and (answered or match["q"]):
            in_doubt.append(line.number)
        above = match
    numbers = [number for _line, number in questions]
    if len(numbers) < 2 or numbers[0][-1] != 1 or not _rising(numbers):
        in_doubt = sorted([*in_doubt, *(line for line, _number in questions)])
        questions = []
    first = min(label_of, default=0)
    return NumberedLines(frozenset(line for line, _n in questions), [line for line in in_doubt if line > first])
