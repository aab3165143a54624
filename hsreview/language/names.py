"""Names in texts, as an installed spaCy model of their language sees them; nothing of it is kept on disk."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hsreview.language.detecting import MIXED
from hsreview.language.models import installed, names_only
from hsreview.model.naming import ModelSpan, NameClass

if TYPE_CHECKING:
    from spacy.language import Language

_LABELS = {
    "PER": NameClass.PERSON,
    "PERSON": NameClass.PERSON,
    "LOC": NameClass.PLACE,
    "GPE": NameClass.PLACE,
    "FAC": NameClass.PLACE,
    "ORG": NameClass.ORGANISATION,
    "MISC": NameClass.OTHER,
    "NORP": NameClass.OTHER,
    "EVENT": NameClass.OTHER,
    "PRODUCT": NameClass.OTHER,
    "WORK_OF_ART": NameClass.OTHER,
}
_PART = re.compile(r"[^\n]+(?:\n(?!\n)[^\n]+)*")
"""A paragraph: lines without an empty one between."""
_LONGEST = 2000
"""Code points of a part: longer paragraphs are cut at a line end or a blank, so that progress is told in time."""
_BATCH = 32


class NameFinder:
    """Looks at texts with the models of their languages; remembers which ones worked and which were missing."""

    def __init__(
        self, progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] | None = None,
        known: Mapping[str, Sequence[ModelSpan]] | None = None,
    ) -> None:  # fmt: skip
        self._known = known or {}
        self.marked: dict[str, Sequence[ModelSpan]] = {}
        """Digest of a text and the model that looked at it → what it marked; given as `known`, nobody looks again."""
        self._progress = progress or (lambda _done, _all: None)
        self._cancelled = cancelled or (lambda: False)
        self.engines: tuple[str, ...] = ()
        """Name and version of every model that was asked."""
        self.missing: tuple[str, ...] = ()
        """Languages without a model (empty for texts whose language is not known)."""

    def spans(self, texts: Sequence[tuple[str, str, Collection[int]]]) -> list[list[ModelSpan]] | None:
        """What the models mark in each text, in code points; null when it was cancelled.

        A text is given with its language (where that is not known or several, all models are asked) and the
        offsets over which no name goes, such as the beginnings of turns.
        """
        models = installed()
        total = sum(len(text) for text, _language, _breaks in texts)
        done = 0
        found: list[list[ModelSpan]] = [[] for _text in texts]
        for n, (text, language, breaks) in enumerate(texts):
            asked = list(models) if language in ("", MIXED) else [language]
            there = [models[each] for each in asked if each in models]
            if not there:
                self.missing = tuple(dict.fromkeys((*self.missing, language)))
            for number, model in enumerate(there):
                if self._cancelled():
                    return None
                self.engines = tuple(dict.fromkeys((*self.engines, model.engine)))
                key = _digest(text, breaks, model.engine)
                spans = list(self._known.get(key, ()))
                if key not in self._known:
                    for span, at in _marked(names_only(model), text, breaks, model.engine):
                        if self._cancelled():
                            return None
                        if span is not None:
                            spans.append(span)
                        elif number == 0:
                            self._progress(done + at, total)
                self.marked[key] = spans
                found[n] += spans
            done += len(text)
            self._progress(done, total)
        return found


def _digest(text: str, breaks: Collection[int], engine: str) -> str:
    return hashlib.sha256("\0".join((engine, ",".join(map(str, sorted(breaks))), text)).encode()).hexdigest()


def _marked(nlp: Language, text: str, breaks: Collection[int], engine: str) -> Iterator[tuple[ModelSpan | None, int]]:
    """Every span of a text; and, without a span, how far it has been read."""
    parts = list(_parts(text, breaks))
    docs = nlp.pipe(((text[start:end], start) for start, end in parts), as_tuples=True, batch_size=_BATCH)
    for doc, start in docs:
        for ent in doc.ents:
            name_class = _LABELS.get(ent.label_)
            if name_class is not None and (span := _trimmed(doc, ent, start, name_class, engine)) is not None:
                yield span, start
        yield None, start + len(doc.text)


def _trimmed(doc: Any, ent: Any, offset: int, name_class: NameClass, engine: str) -> ModelSpan | None:
    """A span without signs and elided articles at its ends."""
    text: str = doc.text
    start, end = ent.start_char, ent.end_char
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    named = end - start > 1 and any(char.isalpha() for char in text[start:end])
    return ModelSpan(offset + start, offset + end, name_class, engine) if named else None


def _parts(text: str, breaks: Collection[int]) -> Iterator[tuple[int, int]]:
    """The stretches that a model is shown one by one."""
    limits = sorted({0, *breaks, len(text)})
    for first, last in pairwise(limits):
        for match in _PART.finditer(text, first, last):
            start, end = match.span()
            while end - start > _LONGEST:
                cut = max(text.rfind("\n", start, start + _LONGEST), text.rfind(" ", start, start + _LONGEST))
                cut = cut if cut > start else start + _LONGEST
                yield start, cut
                start = cut
            yield start, end
