"""Invented transcripts for the tests of the text room, and Hypothesis strategies for hard ones."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from hsreview.model.text import Span, Turn
from hsreview.tui.text.document import ViewCoding, ViewDocument

HARD = [
    *"abc éœ’.,?",
    " ",
    " ",
    "\n",
    "\t",
    "\x1b",
    "\x9b",
    "\u00a0",
    "\u202f",
    "\u00ad",
    "e\u0301",
    "\u0301",
    "ߒߞߏ",
    "ߒ߫",
    "ⵣ",
    "ẹ",
    "ɛɔɲŋ",
    "漢字",
    "한",
    "مرحبا",
    "مَرْ",
    "👍🏽",
    "👩\u200d👩\u200d👧",
    "❤\ufe0f",
    "🇲🇱",
    "🇲🇱🇳🇪",
    "\u200d",
    "\u200b",
    "1\ufe0f\u20e3",
    "क्षि",
    "mot " * 4,
    "long" * 12,
]

hard_texts = st.lists(st.sampled_from(HARD), max_size=40).map("".join)


def make_document(spoken: Sequence[tuple[str | None, str]]) -> ViewDocument:
    """A document of `(speaker, said)` turns; a sentence is a run without full stop, a word one without blank."""
    parts: list[str] = []
    turns: list[Turn] = []
    sentences: list[Span] = []
    words: list[Span] = []
    position = 0
    for number, (speaker, said) in enumerate(spoken, 1):
        label = f"{speaker}: " if speaker else ""
        start, begin = position, position + len(label)
        position = begin + len(said) + 1
        turns.append(Turn(number, speaker, start, begin, position))
        parts += (label, said, "\n")
        sentences += _runs(said, ".\n", begin)
        words += _runs(said, " .\n", begin)
    return ViewDocument("".join(parts), tuple(turns), sentences, lambda: words)


def _runs(said: str, breaks: str, begin: int) -> list[Span]:
    runs: list[Span] = []
    start = 0
    for index, char in enumerate(said + breaks[0]):
        if char in breaks:
            if index > start:
                runs.append((begin + start, begin + index))
            start = index + 1
    return runs


documents = st.lists(st.tuples(st.sampled_from([None, "CSO-04", "Enquêteur"]), hard_texts), min_size=1, max_size=6).map(
    make_document
)


def coding(
    coding_id: str, start: int, end: int, code: str = "code", *, mine: bool = True, hue: str = "blue"
) -> ViewCoding:
    """A coding named after its code."""
    return ViewCoding(coding_id, start, end, code, code, hue, mine, "" if mine else "MD")
