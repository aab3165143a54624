"""A transcript with its codings as lines of text: for eyes, and for screen readers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.model.codebook import Codebook
from hsreview.model.coding import CONSENSUS, Coding
from hsreview.model.text import Role, Span, Turn
from hsreview.workflows.places import place_name, sentences_of
from hsreview.workflows.reading import OpenText

ROLE_WORDS: Mapping[str, str] = {
    Role.INTERVIEWER: N_("interviewer"),
    Role.RESPONDENT: N_("respondent"),
    Role.OTHER: N_("other"),
}
LONG_QUOTE = 60
_NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class ShownCoding:
    """A coding in words."""

    coding: Coding
    place: str
    """`12.3`, `12.3-5`, `12.3-14.1`."""
    code: str
    """Ref."""
    label: str
    coder: str
    whole: bool
    """Whether it covers whole sentences."""
    text: str
    marks: tuple[str, ...] = field(default=())
    """Modifiers and flags in words."""


def shown_codings(
    text: OpenText, codings: Iterable[Coding], book: Codebook, coders: Mapping[str, str], language: str
) -> list[ShownCoding]:
    """The codings in the order of the text; `coders` maps ids to names, `language` is that of labels."""
    codes = {place.code.id: place.code for place in book.codes()}
    starts = {start for start, _end in text.sentences}
    ends = {end for _start, end in text.sentences}
    found = []
    for coding in sorted(codings, key=lambda c: (c.start, -c.end, c.id)):
        code = codes.get(coding.code_id)
        found.append(
            ShownCoding(
                coding,
                place_name(text, coding.start, coding.end),
                code.ref if code else "?",
                code.label.get(language) if code else _("a code that is no longer in the codebook"),
                CONSENSUS if coding.layer == CONSENSUS else coders.get(coding.coder_id, coding.coder_id),
                coding.start in starts and coding.end in ends,
                text.text[coding.start : coding.end],
                _marks(coding, book, language),
            )
        )
    return found


def _marks(coding: Coding, book: Codebook, language: str) -> tuple[str, ...]:
    words = []
    for modifier in book.modifiers:
        chosen = coding.modifiers.get(modifier.ref)
        value = next((v for v in modifier.values if v.ref == chosen), None)
        if value:
            words.append(labelled(modifier.label.get(language), value.label.get(language)))
    words += [flag.label.get(language) for flag in book.flags if flag.ref in coding.flags]
    return tuple(words)


def by_turn(text: OpenText, shown: Iterable[ShownCoding]) -> dict[int, list[ShownCoding]]:
    """Number of a turn → the codings that start in it."""
    found: dict[int, list[ShownCoding]] = {}
    for each in shown:
        found.setdefault(int(each.place.partition(".")[0]), []).append(each)
    return found


def plain_lines(text: OpenText, shown: Sequence[ShownCoding]) -> Iterator[str]:
    """One thing a line, in the order in which it is best heard: turn, sentence, the codes on it."""
    yield _heading(text, shown)
    codings = by_turn(text, shown)
    for turn in text.turns:
        yield ""
        yield _turn_line(text, turn)
        waiting = codings.get(turn.number, [])
        for number, (start, end) in enumerate(_spoken(text, turn), 1):
            yield f"{turn.number}.{number} {' '.join(text.text[start:end].split())}"
            here = [each for each in waiting if each.coding.start < end]
            waiting = waiting[len(here) :]
            for each in here:
                yield _coding_line(each)
        for each in waiting:
            yield _coding_line(each)


def _heading(text: OpenText, shown: Sequence[ShownCoding]) -> str:
    turns, codings = len(text.turns), len(shown)
    parts = [
        text.transcript.name,
        text.transcript.group,
        ngettext("{n} turn", "{n} turns", turns).format(n=turns),
        ngettext("{n} coding", "{n} codings", codings).format(n=codings),
    ]
    return ", ".join(part for part in parts if part) + "."


def _turn_line(text: OpenText, turn: Turn) -> str:
    words = [_("Turn {number}").format(number=turn.number)]
    if turn.time is not None:
        words.append(clock(turn.time))
    if turn.speaker is not None:
        words.append(turn.speaker)
        words.append(role_word(text, turn.speaker))
    return ", ".join(word for word in words if word) + "."


def role_word(text: OpenText, label: str) -> str:
    """The role of a label in the user's language; empty when it is not known."""
    speaker = text.speakers.get(label)
    return _(ROLE_WORDS[speaker.role]) if speaker else ""


def _spoken(text: OpenText, turn: Turn) -> Sequence[Span]:
    """The sentences of a turn; all that was said in one when it has none."""
    found = sentences_of(text, turn)
    said = turn.said(text.text)
    return found or ([(turn.label_end, turn.label_end + len(said))] if said.strip() else [])


def _coding_line(shown: ShownCoding) -> str:
    said = _("   Code {code}, {label}, by {coder}, on {place}").format(
        code=shown.code, label=shown.label, coder=shown.coder, place=shown.place
    )
    if not shown.whole:
        said += _(", the words “{words}”").format(words=_short(shown.text))
    return ". ".join([said, *shown.marks]) + "."


def _short(words: str) -> str:
    line = " ".join(words.split())
    if len(line) <= LONG_QUOTE:
        return line
    half = LONG_QUOTE // 2
    return f"{line[:half].rpartition(' ')[0]} … {line[-half:].partition(' ')[2]}"


def marked_lines(text: OpenText, shown: Sequence[ShownCoding], width: int) -> Iterator[str]:
    """The text wrapped at `width` columns; `[1` and `1]` show where coding 1 begins and ends, its code stands below."""
    numbers = {each.coding.id: number for number, each in enumerate(shown, 1)}
    codings = by_turn(text, shown)
    marks = sorted(
        [(each.coding.start, 1, f"[{numbers[each.coding.id]}{_NO_BREAK}") for each in shown]
        + [(each.coding.end, 0, f"{_NO_BREAK}{numbers[each.coding.id]}]") for each in shown]
    )
    yield _heading(text, shown)
    position = 0
    for turn in text.turns:
        first = position
        while position < len(marks) and marks[position][:2] <= (turn.end, 0):
            position += 1
        yield ""
        yield from _marked_turn(text, turn, marks[first:position], width)
        for each in codings.get(turn.number, ()):
            words = [f"{each.code} {each.label}", each.coder, *each.marks]
            yield f"      {numbers[each.coding.id]}: {' · '.join(words)}"


def _marked_turn(text: OpenText, turn: Turn, marks: Sequence[tuple[int, int, str]], width: int) -> Iterator[str]:
    head = f"{turn.number:>4}  "
    if turn.speaker is not None:
        when = f" {clock(turn.time)}" if turn.time is not None else ""
        role = role_word(text, turn.speaker)
        yield f"{head}{turn.speaker}{when}" + (f" ({role})" if role else "")
        head = " " * 6
    said = turn.said(text.text)
    end = turn.label_end + len(said)
    pieces, at = [], turn.label_end
    for offset, _kind, mark in marks:
        stop = min(max(offset, at), end)
        pieces += [text.text[at:stop], mark]
        at = stop
    pieces.append(text.text[at:end])
    for paragraph in "".join(pieces).split("\n"):
        for line in textwrap.wrap(paragraph, max(20, width - 6), break_long_words=False, break_on_hyphens=False):
            yield head + line
            head = " " * 6


def clock(milliseconds: int) -> str:
    """`1:02:03`: hours, minutes and seconds."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"
