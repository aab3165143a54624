"""Numbers that belong to the questions and not to the speakers: with `Q1.`, `R1.`, `Q2.`, `R2.` two people speak."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from hsreview.intake.conventions import Candidate, Line
from hsreview.intake.roles import known_role, label_key
from hsreview.model.text import Role

_NUMBERED = re.compile(r"(?P<stem>\D+?)[\s._-]*(?:n\s?[°ºo]\.?\s*)?(?P<number>\d{1,3})[a-z]?")
_QUESTION = frozenset({"q", "question"})
_ANSWER = frozenset({"r", "a", "rep", "reponse", "answer"})
_ASKED = re.compile(r"\s{0,20}\d{1,3}(?:\.\d{1,2}){0,3}\s?[.)]?\s+\S.*\?[\s»”\"]*")
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


def without_numbers(found: list[Candidate]) -> list[Candidate]:
    """`found` with the numbers of questions taken out of the labels.

    Questions are numbered when their numbers rise through the file (and may begin anew after three or more);
    answers when they bear the number of the question before. `R1`, `R2` who answer any question stay two people.
    """
    parts = [numbered(c.label or "") for c in found]
    questions = [n for n in parts if n and label_key(n[0]) in _QUESTION]
    if len({n for _stem, n in questions}) < 2 or not _rising([n for _stem, n in questions]):
        return found
    answers, echoes, asked = 0, 0, 0
    for part in parts:
        if part and label_key(part[0]) in _QUESTION:
            asked = part[1]
        elif part:
            answers += 1
            echoes += part[1] == asked
    paired = answers >= 2 and echoes * 10 >= answers * 9
    if not paired and len({n for _stem, n in questions}) < _LONG_RUN:
        return found
    kinds = _QUESTION | (_ANSWER if paired else frozenset())
    return [
        replace(c, label=part[0]) if part and label_key(part[0]) in kinds else c
        for c, part in zip(found, parts, strict=True)
    ]


def _rising(numbers: Sequence[int]) -> bool:
    run = 1
    for before, number in pairwise(numbers):
        if number == 1 < before:
            if run < _LONG_RUN:
                return False
            run = 0
        elif number < before:
            return False
        run += 1
    return True


def unlabelled_questions(lines: Sequence[Line], labels: Sequence[Candidate]) -> frozenset[int]:
    """The lines `1. … ?` right above a label, in a text where only answers have labels: no answerer says them."""
    if not labels or any(known_role(c.label or "") is not Role.RESPONDENT for c in labels):
        return frozenset()
    labelled = {c.line for c in labels}
    filled = [line for line in lines if line.text.strip()]
    return frozenset(
        line.number
        for line, following in pairwise(filled)
        if following.number in labelled and line.number not in labelled and _ASKED.fullmatch(line.text)
    )
