"""What is doubtful about the speakers found in a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from hsreview.base.messages import _, ngettext
from hsreview.base.terminal import visible
from hsreview.intake.conventions import COLON, is_note
from hsreview.intake.dominant import Found
from hsreview.intake.judging import Label, Verdict, judge
from hsreview.intake.numbered import NumberedLines, numbered
from hsreview.intake.roles import label_key
from hsreview.model.staging import Doubt
from hsreview.model.text import Turn

_COMES_BACK = 3
"""So often the same words open a line, whatever they are, that they may be somebody's label."""


def label_doubts(text: str, turns: Sequence[Turn], found: Found, numbers: NumberedLines) -> Iterator[Doubt]:
    """What a user should check about the turns that were found in `text`."""
    voices = {label_key(turn.speaker) for turn in turns if turn.speaker is not None}
    if not voices:
        yield Doubt("no_labels", _with_remedy(_("No speaker labels were found: the text has no speakers.")))
        return
    if found.questions_only:
        message = _("Only the questions have labels: the lines under them are left without a speaker.")
        yield Doubt("only_questions", _with_remedy(message))
    elif len(voices) == 1 and found.labels and not numbers.questions:
        message = _("Only one speaker was found: what others say may be among the words of {label}.")
        label = next(turn.speaker for turn in turns if turn.speaker is not None)
        yield Doubt("one_speaker", _with_remedy(message.format(label=visible(label))))
    if found.bare:
        message = _("The labels are written in more than one way: {labels} stand without a colon. Check the turns.")
        yield Doubt("mixed_labels", _with_remedy(message.format(labels=visible(_first(found.bare)))), len(found.bare))
    first = next(n for n, turn in enumerate(turns) if turn.speaker is not None)
    before = sum(len(t.said(text).split()) for t in turns[:first] if not is_note(t.said(text)))
    if before > max(25, len(text.split()) // 20):
        message = _("The file is labelled in part only: {count} words before the first label have no speaker.")
        yield Doubt("partly_labelled", message.format(count=before), before)
    resumed = [t for t in turns if t.speaker is not None and t.label_end == t.start]
    if resumed:
        message = ngettext(
            "{count} stretch after a bracketed line has no label; it was given to the speaker before.",
            "{count} stretches after bracketed lines have no label; they were given to the speakers before.",
            len(resumed),
        )
        yield Doubt("resumed_turns", message.format(count=len(resumed)), len(resumed))
    yield from _numbers(found, numbers)
    often = Counter(label_key(c.label or "") for c in found.rejected)
    maybe = sorted(
        c.line + 1
        for c in found.rejected
        if c.label
        and (
            judge(c.label) in (Verdict.FIRST_NAME, Verdict.MAYBE)
            or often[label_key(c.label)] >= _COMES_BACK
            or Label(c.label).collective
        )
    )
    if maybe:
        message = ngettext(
            "{count} line looks like a label but was left as text (line {lines}).",
            "{count} lines look like labels but were left as text (lines {lines}).",
            len(maybe),
        )
        yield Doubt("possible_labels", message.format(count=len(maybe), lines=_first(maybe)), len(maybe))
    yield from _similar(turns)


def _with_remedy(sentence: str) -> str:
    """`sentence` and what to do when the labels were not found."""
    remedy = _("If that is wrong, name the labels: --speakers {example}, or the action “labels” of the import screen.")
    return sentence + " " + remedy.format(example=f'"{_("Interviewer=interviewer,Mrs D.=respondent")}"')


def _first(things: Sequence[object]) -> str:
    return ", ".join(map(str, things[:5])) + (" …" if len(things) > 5 else "")


def _numbers(found: Found, numbers: NumberedLines) -> Iterator[Doubt]:
    """Numbers that may belong to people, to questions, or to the items of a list."""
    labels = list(dict.fromkeys(c.label for c in found.labels if c.label))
    bare = [label for label in labels if label.isdigit()]
    if bare and found.convention == COLON.name:
        message = _("Bare numbers were taken for speakers ({labels}). Check that they do not number a list.")
        yield Doubt("number_labels", message.format(labels=_first(bare)), len(bare))
    kept = [label for label in labels if numbered(label)]
    if kept and found.people_or_questions:
        message = _("{labels} were taken for as many people. If they number the questions, take the numbers out.")
        yield Doubt("numbered_labels", message.format(labels=visible(_first(kept))), len(kept))
    if numbers.in_doubt:
        message = ngettext(
            "{count} numbered line may be a question, but was left to the speaker before it (line {lines}).",
            "{count} numbered lines may be questions, but were left to the speakers before them (lines {lines}).",
            len(numbers.in_doubt),
        )
        shown = _first([line + 1 for line in numbers.in_doubt])
        yield Doubt("numbered_lines", message.format(count=len(numbers.in_doubt), lines=shown), len(numbers.in_doubt))


def _similar(turns: Sequence[Turn]) -> Iterator[Doubt]:
    """Labels that differ only in case, accents, blanks and punctuation."""
    spellings: dict[str, set[str]] = {}
    for turn in turns:
        if turn.speaker:
            spellings.setdefault(re.sub(r"\W", "", label_key(turn.speaker)), set()).add(turn.speaker)
    for labels in spellings.values():
        if len(labels) > 1:
            message = _("{labels} may be one speaker.")
            yield Doubt("similar_labels", message.format(labels=" / ".join(map(visible, sorted(labels)))), len(labels))
