"""What the transcript view is given: one text with its turns and units, and the codings on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from hsreview.model.text import Span, Turn


def no_words() -> Iterable[Span]:
    """The word units of a document that has none."""
    return ()


@dataclass(frozen=True, slots=True)
class ViewDocument:
    """One text version as it is read on the screen."""

    text: str
    turns: tuple[Turn, ...]
    """They partition the text."""
    sentences: Iterable[Span]
    """The stored sentence units in order (a `Spans` is taken as it is)."""
    words: Callable[[], Iterable[Span]] = no_words
    """Loads the stored word units; called once, when words are first needed."""
    interviewers: frozenset[str] = frozenset()
    """Speaker labels of those who ask; their names are shown quietly."""


@dataclass(frozen=True, slots=True)
class ViewCoding:
    """One coding as far as the transcript view must know it."""

    id: str
    start: int
    end: int
    code_id: str
    name: str = field(compare=False, default="")
    """What stands beside the stripe: the code's short name."""
    hue: str = field(compare=False, default="")
    """One of `hsreview.model.codebook.HUES`; anything else is drawn in the colour of the text."""
    mine: bool = True
    coder: str = field(compare=False, default="")
    """Initials or name of the coder, shown beside the codings of others."""
    marks: str = field(compare=False, default="")
    """Signs beside the name, which are never cut off: `≈` for what began as a suggestion, and others."""
