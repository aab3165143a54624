"""Places as people write them: `12` (a turn), `12.3` (a sentence), `12.3-5`, `12.3-14.1`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Protocol

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import _, ngettext
from hsreview.base.terminal import visible
from hsreview.model.text import Span, Turn

_PLACE = re.compile(r"(?P<turn>\d{1,9})(?:\.(?P<sentence>\d{1,9}))?(?:[-–](?:(?P<to>\d{1,9})\.)?(?P<last>\d{1,9}))?")


class Units(Protocol):
    """A text with its turns and sentences."""

    @property
    def text(self) -> str: ...
    @property
    def turns(self) -> Sequence[Turn]: ...
    @property
    def sentences(self) -> Sequence[Span]: ...


def find_place(text: Units, wish: str) -> Span:
    """The segment at a place: a turn without its label, a sentence, or a stretch of either.

    Raises UsageProblem when `wish` is no place, InputRefused when the text has no such turn or sentence.
    """
    found = _PLACE.fullmatch(wish.strip())
    if found is None:
        raise UsageProblem(
            _("“{place}” is no place: write 12 (a turn), 12.3 (a sentence of it), 12.3-5 or 12.3-14.1.").format(
                place=visible(wish)
            )
        )
    turn, sentence, to, last = (int(number) if number else None for number in found.groups())
    assert turn is not None
    start, end = _unit(text, turn, sentence)
    if last is not None:
        same_turn = to is None and sentence is not None
        end = (_unit(text, turn, last) if same_turn else _unit(text, to or last, last if to else None))[1]
    if end <= start:
        raise UsageProblem(_("“{place}” ends before it begins.").format(place=visible(wish)))
    return start, end


def _unit(text: Units, number: int, sentence: int | None) -> Span:
    if not 1 <= number <= len(text.turns):
        raise InputRefused(
            _("There is no turn {number}; the text has {count}.").format(number=number, count=len(text.turns))
        )
    turn = text.turns[number - 1]
    if sentence is None:
        said = turn.said(text.text)
        if not said.strip():
            raise InputRefused(_("Nothing is said in turn {number}.").format(number=number))
        return turn.label_end, turn.label_end + len(said)
    first, last = _sentences(text, turn)
    if not 1 <= sentence <= last - first:
        message = ngettext(
            "There is no sentence {place}; the turn has {n} sentence.",
            "There is no sentence {place}; the turn has {n} sentences.",
            last - first,
        )
        raise InputRefused(message.format(place=f"{number}.{sentence}", n=last - first))
    return text.sentences[first + sentence - 1]


def sentences_of(text: Units, turn: Turn) -> Sequence[Span]:
    """The sentences of a turn; the first one is its number 1."""
    first, last = _sentences(text, turn)
    return text.sentences[first:last]


def _sentences(text: Units, turn: Turn) -> tuple[int, int]:
    return (
        bisect_left(text.sentences, turn.start, key=lambda span: span[0]),
        bisect_left(text.sentences, turn.end, key=lambda span: span[0]),
    )


def place_name(text: Units, start: int, end: int) -> str:
    """The shortest name of the place that holds `[start, end)`; sentence 0 is what stands before the first one."""
    first, last = _at(text, start), _at(text, end - 1)
    name = f"{first[0]}.{first[1]}"
    if first == last:
        return name
    return f"{name}-{last[1]}" if first[0] == last[0] else f"{name}-{last[0]}.{last[1]}"


def _at(text: Units, offset: int) -> tuple[int, int]:
    number = max(1, bisect_right(text.turns, offset, key=lambda turn: turn.start))
    first = _sentences(text, text.turns[number - 1])[0]
    return number, max(0, bisect_right(text.sentences, offset, key=lambda span: span[0]) - first)
