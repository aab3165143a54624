"""The text of an adjudication: a stripe for every coder, and a sign where they agree or do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rich.segment import Segment

from hsreview.model.text import Span
from hsreview.tui.action import Scope
from hsreview.tui.screens.adjudication_docket import AGREED, OPEN, SETTLED
from hsreview.tui.text.cursor import TranscriptCursor
from hsreview.tui.text.document import ViewCoding, ViewDocument
from hsreview.tui.text.index import LANES_SHOWN, CodingIndex
from hsreview.tui.text.wrap import Layout
from hsreview.tui.widgets.transcript_paint import Highlight, LinePainter
from hsreview.tui.widgets.transcript_view import TranscriptView


class StripeIndex(CodingIndex):
    """Codings whose lane is the column of their coder, whatever overlaps."""

    def __init__(self, codings: Iterable[ViewCoding], columns: Mapping[str, int]) -> None:
        self._columns = columns
        super().__init__(codings)

    def lane(self, coding_id: str) -> int:
        """The column of the coder; those beyond the last column share it."""
        return min(self._columns[coding_id], LANES_SHOWN - 1)


class StripePainter(LinePainter):
    """Draws the stripes and, after them, `=`, `≠` or `✓`."""

    signs: Mapping[str, str] = {}

    def _stripes(self, reach: Span, codings: list[ViewCoding]) -> Iterator[Segment]:
        stripes = list(super()._stripes(reach, codings))
        found = {self.signs.get(coding.id, AGREED) for coding in codings}
        sign = next(sign for sign in (OPEN, SETTLED, AGREED) if sign in found)
        yield from stripes[:-1]
        yield Segment(sign, self.look.speaker if sign == OPEN else self.look.number)


class DifferenceText(TranscriptView):
    """The text view of the adjudication screen."""

    SCOPES = (Scope.ADJUDICATION,)

    def __init__(self) -> None:
        super().__init__(highlight=Highlight.MARGIN, id="text")
        self.signs: dict[str, str] = {}

    def show_case(
        self, document: ViewDocument, codings: Iterable[ViewCoding], columns: Mapping[str, int], signs: dict[str, str]
    ) -> None:
        """Show a text with its coders' codings: coding id → column, coding id → sign."""
        cursor = TranscriptCursor(document, (), 0, self.unit)
        cursor.index = StripeIndex(codings, columns)
        self.signs = signs
        self.show(cursor)

    def make_painter(self, layout: Layout) -> LinePainter:
        plain = super().make_painter(layout)
        painter = StripePainter(plain.cursor, plain.layout, plain.columns, plain.look, plain.mode)
        painter.signs = self.signs
        return painter

    @property
    def stripes_x(self) -> int:
        """The cell at which the column of the first coder stands."""
        return self._columns.stripes_x
