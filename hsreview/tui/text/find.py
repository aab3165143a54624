"""Find in one text, blind to case, accents, ligatures, kinds of apostrophe and of space."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from hsreview.base.folding import fold
from hsreview.model.text import Span
from hsreview.tui.text.units import Spans

NO_HITS = Spans()
ANYWHERE = "*"
"""Before the typed words: find them inside words too."""
_NEVER = (1 << 62, 1 << 62)


class FoldedText:
    """A text folded once, and the way back from folded to original offsets.

    Most characters fold to one character. Only where one does not (`œ` → `oe`, a combining accent → nothing) a joint
    is kept: the folded and the original offset just after it.
    """

    def __init__(self, text: str) -> None:
        table = {ord(char): fold(char) for char in set(text)}
        table[0x0A] = " "
        # Numbers make `translate` faster than texts of one character.
        self.folded = text.translate({code: ord(f) if len(f) == 1 else f for code, f in table.items()})
        self._after_folded = array("I", [0])
        self._after = array("I", [0])
        odd = "".join(chr(code) for code, folded in table.items() if len(folded) != 1)
        drift = 0
        for match in re.finditer(f"[{re.escape(odd)}]", text) if odd else ():
            offset = match.start()
            drift += len(table[ord(match.group())]) - 1
            self._after_folded.append(offset + 1 + drift)
            self._after.append(offset + 1)

    def find(self, query: str) -> Spans:
        """Every hit of `query` in original offsets; hits do not overlap. A blank query has none.

        Hits begin where a word begins; after `*` (`*mare`) also inside words.
        """
        wanted = fold(query).replace("\n", " ").strip(" ")
        inside = wanted.startswith(ANYWHERE)
        wanted = wanted.removeprefix(ANYWHERE).lstrip(" ")
        if not wanted:
            return NO_HITS
        before = "" if inside or not wanted[0].isalnum() else r"(?<![^\W_])"
        starts = [match.start() for match in re.finditer(before + re.escape(wanted), self.folded)]
        if len(self._after) == 1:
            return Spans((start, start + len(wanted)) for start in starts)
        lasts = self._originals(start + len(wanted) - 1 for start in starts)
        ends = self._originals(start + len(wanted) for start in starts)
        # A hit ends after the ligature that it ends in, and takes the combining accents after its last letter.
        closed = (max(last + 1, end) for last, end in zip(lasts, ends, strict=True))
        return Spans(zip(self._originals(starts), closed, strict=True))

    def _originals(self, folded: Iterable[int]) -> Iterator[int]:
        """The original offsets of ascending folded ones; inside an opened ligature, that of the ligature."""
        joints = zip(self._after_folded, self._after, strict=True)
        here_folded, here = next(joints)
        next_folded, following = next(joints, _NEVER)
        for offset in folded:
            while next_folded <= offset:
                here_folded, here = next_folded, following
                next_folded, following = next(joints, _NEVER)
            yield min(here + offset - here_folded, following - 1)


def hits_between(hits: Spans, start: int, end: int) -> list[Span]:
    """The hits that share a character with `[start, end)`."""
    first = bisect_right(hits.ends, start)
    last = bisect_left(hits.starts, end)
    return [hits[index] for index in range(first, last)]
