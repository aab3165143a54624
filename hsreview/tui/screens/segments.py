"""The coded segments: every coding with its words, filtered by code, coder and group. Enter jumps to the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hsreview.base.messages import N_, _, ngettext
from hsreview.model.coding import Origin
from hsreview.tui.action import Scope
from hsreview.tui.clipboard import copy
from hsreview.tui.help import HelpText
from hsreview.tui.screens.coding.picker import code_choice
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import reading
from hsreview.workflows.coders import coders
from hsreview.workflows.in_context import around
from hsreview.workflows.leaving import check_words
from hsreview.workflows.reading import CodedSegment, Transcript

AROUND = 160
"""Characters of context before and after the words of a segment."""
QUOTE = "quote"
"""The flag of the starred quotes."""
MASK = "mask"
"""The flag of words that should be masked."""


class SegmentsScreen(ListScreen):
    """Codings in the order of transcripts and offsets; one's own first, because others may still code blind."""

    SCOPES = (Scope.SEGMENTS,)
    ABOUT = HelpText(
        N_("Coded segments"),
        N_("Every coding with its words and what stands around them. Enter jumps to its place in the transcript."),
    )

    def __init__(self, code_id: str = "") -> None:
        super().__init__()
        self.code_id = code_id
        self.coder_id: str | None = None
        self.group: str | None = None
        self.flag: str | None = None
        self.found: dict[str, CodedSegment] = {}
        self.transcripts: dict[str, Transcript] = {}
        self.names: dict[str, str] = {}

    def fill(self) -> None:
        coder = self.session.coder
        self.coder_id = coder.id if coder else None
        super().fill()

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Place"), 22, place=True),
            Column(_("Code"), 24, hued=True),
            Column(_("Coder"), 10, least=90),
            Column(_("Words")),
        )

    def all_rows(self) -> Sequence[Row]:
        project = self.session.project
        self.transcripts = {t.id: t for t in reading.transcripts(project)}
        self.names = {coder.id: coder.name for coder in coders(project)}
        found = reading.segments(
            project, code_ids=[self.code_id] if self.code_id else (), coder_id=self.coder_id, group=self.group,
            flag=self.flag, viewer=self.session.coder,
        )  # fmt: skip
        self.found = {segment.coding.id: segment for segment in found}
        return [self._row(segment) for segment in self.found.values()]

    def reread(self) -> None:
        super().reread()
        self.rows.empty = _("No coding here.")

    def _row(self, segment: CodedSegment) -> Row:
        name = self.session.code_name(segment.coding.code_id)
        transcript = self.transcripts[segment.transcript_id]
        return Row(
            segment.coding.id,
            (
                f"{transcript.name} {self.place(segment)}",
                f"≈ {name}" if segment.coding.origin is Origin.SUGGESTED else str(name),
                f"{self.names.get(segment.coding.coder_id, '?')} {segment.coding.pass_}".rstrip(),
                " ".join(segment.text.split()),
            ),
            hue=name.hue,
        )

    @staticmethod
    def place(segment: CodedSegment) -> str:
        """Turn and sentence."""
        return f"{segment.turn}.{segment.sentence}" if segment.sentence else str(segment.turn)

    def title_pieces(self) -> Sequence[Piece]:
        count = len(self.found)
        said = ngettext("{count} coding", "{count} codings", count).format(count=count)
        coder = self.names.get(self.coder_id or "", "") or _("all coders")
        # The name of a code comes last: where there is no room, its end is what can be done without.
        filters = [coder]
        if self.flag == QUOTE:
            filters.append(f"★ {_('quotes')}")
        elif self.flag == MASK:
            filters.append(_("to be masked"))
        if self.group:
            filters.append(self.group)
        if self.code_id:
            filters.append(str(self.session.code_name(self.code_id)))
        return [
            Piece(_("Coded segments"), "strong"),
            Piece(f" · {said} · ", "quiet"),
            Piece(" · ".join(filters), "key"),
        ]

    def detail_of(self, row: Row) -> str:
        segment = self.found[row.key]
        details = self.session.details(segment.coding)
        memo = f"\n✎ {segment.memo}" if segment.memo else ""
        speaker, coding = segment.speaker or "–", segment.coding
        before, after = around(self.session.project, coding.version_id, coding.start, coding.end, AROUND)
        words = f"{before}[{' '.join(segment.text.split())}]{after}".strip()
        return f"{speaker} — {words}" + (f"\n{details}" if details else "") + memo

    def chosen(self, row: Row) -> None:
        segment = self.found[row.key]
        self.workbench.ways.jump(
            self.transcripts[segment.transcript_id],
            start=segment.coding.start,
            end=segment.coding.end,
            coding_id=segment.coding.id,
        )


def _by_code(screen: SegmentsScreen) -> None:
    def choose(code_id: str) -> None:
        screen.code_id = code_id
        screen.workbench.guarded(screen.reread)

    screen.choose(code_choice(screen, _("Only which code?"), choose))


def _by_coder(screen: SegmentsScreen) -> None:
    def then(key: str) -> None:
        screen.coder_id = key or None

    screen.filter_by(_("Only which coder?"), {"": _("all coders"), **screen.names}, then)


def _by_group(screen: SegmentsScreen) -> None:
    def then(key: str) -> None:
        screen.group = key or None

    groups = sorted({t.group for t in screen.transcripts.values() if t.group})
    screen.filter_by(_("Only which group?"), {"": _("all groups"), **{group: group for group in groups}}, then)


def _only(screen: SegmentsScreen, flag: str) -> None:
    screen.flag = None if screen.flag == flag else flag
    screen.reread()


def _mask(screen: SegmentsScreen) -> None:
    from hsreview.tui.screens.masking import MaskScreen
    from hsreview.workflows.masking import check_may

    check_may(screen.session.project, screen.workbench.coder())
    row = screen.rows.current
    words = screen.found[row.key].text if row is not None else ""
    screen.workbench.push_screen(MaskScreen(" ".join(words.split())))


def _all(screen: SegmentsScreen) -> None:
    screen.code_id, screen.coder_id, screen.group, screen.flag, screen.wanted = "", None, None, None, ""
    screen.reread()


def _copy(screen: SegmentsScreen) -> None:
    row = screen.rows.current
    if row is None:
        return
    segment = screen.found[row.key]
    coding = segment.coding
    check_words(screen.session.project, segment.transcript_id, coding.version_id, coding.start, coding.end)
    people = {person.id: person.name for person in reading.respondents(screen.session.project)}
    who = people.get(segment.respondent_id or "", "")
    where = f"{screen.transcripts[segment.transcript_id].name} {screen.place(segment)}"
    quote = _("“{words}” ({source})").format(
        words=" ".join(segment.text.split("\n")), source=f"{who}, {where}" if who else where
    )
    screen.say(copy(screen.app, quote, keep=not screen.session.project.is_encrypted))


def _link(screen: SegmentsScreen) -> None:
    from hsreview.tui.screens.framework_ways import link_segment

    row = screen.rows.current
    if row is not None:
        link_segment(screen, screen.found[row.key].coding.id)


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "segments.framework": _link,
    "segments.by_code": _by_code,
    "segments.by_coder": _by_coder,
    "segments.by_group": _by_group,
    "segments.quotes": lambda screen: _only(screen, QUOTE),
    "segments.masks": lambda screen: _only(screen, MASK),
    "segments.mask": _mask,
    "segments.all": _all,
    "segments.copy": _copy,
}
SegmentsScreen.HANDLERS = HANDLERS
