"""The transcript view on a (headless) screen: what a coder sees, with keys bound by nobody but the test."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.color import Color

from hsreview.tui.text.document import ViewCoding, ViewDocument
from hsreview.tui.text.units import Unit
from hsreview.tui.widgets.palette import HUES_CONTRAST, HUES_DARK, HUES_LIGHT, TINT_DARK, TINT_LIGHT
from hsreview.tui.widgets.transcript_paint import Highlight
from hsreview.tui.widgets.transcript_view import TranscriptView
from tests.tui.texts import coding, make_document

INTERVIEW = make_document(
    [
        ("Enquêteur", "Comment les femmes ont-elles été associées ?"),
        ("CSO-04", "Elles n’ont pas été consultées. Le ministère nous a informés après l’atelier. C’était trop tard."),
        (None, "[pause]"),
        ("CSO-07", "Nous 漢字 avons vu 👩\u200d👩\u200d👧 et e\u0301cout\u0301e. Rien d’autre\x1b[31m\x9b ici."),
    ]
    + [("CSO-04", f"Phrase numéro {number}. " * 6) for number in range(60)]
)
TEXT = INTERVIEW.text


class ViewApp(App[None]):
    def __init__(self, document: ViewDocument, codings: Iterable[ViewCoding]) -> None:
        super().__init__()
        self.document = document
        self.codings = list(codings)
        self.moves: list[str] = []

    def compose(self) -> ComposeResult:
        yield TranscriptView()

    @property
    def view(self) -> TranscriptView:
        return self.query_one(TranscriptView)

    def on_mount(self) -> None:
        self.view.load(self.document, self.codings)

    def on_transcript_view_selection_moved(self, event: TranscriptView.SelectionMoved) -> None:
        if event.selection is not None:
            self.moves.append(self.document.text[event.selection.start : event.selection.end])

    def screen_lines(self) -> list[list[Segment]]:
        """What stands on the screen now, as the compositor has it."""
        return [list(strip) for strip in self.screen._compositor.render_strips()]

    def screen_text(self) -> list[str]:
        return ["".join(segment.text for segment in line).rstrip() for line in self.screen_lines()]


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def a_coding(coding_id: str, words: str, code: str = "participation", *, mine: bool = True) -> ViewCoding:
    return coding(coding_id, *span(words), code, mine=mine)


def app(*codings: ViewCoding, document: ViewDocument = INTERVIEW) -> ViewApp:
    return ViewApp(document, codings)


async def test_numbers_speakers_text_stripes_and_names() -> None:
    workbench = app(
        a_coding("1", "Elles n’ont pas été consultées. Le ministère nous a informés après l’atelier"),
        a_coding("2", "Le ministère nous a informés après l’atelier", "late-info", mine=False),
    )
    async with workbench.run_test(size=(100, 20)) as pilot:
        await pilot.pause()
        assert [line.rstrip("▁▂▃▄▅▆▇ ") for line in workbench.screen_text()[:5]] == [
            "   1 Enquêteur ▐Comment les femmes ont-elles été associées ?▌",
            "   2 CSO-04     Elles n’ont pas été consultées. Le ministère nous a         ┏┌     participation +1",
            "                informés après l’atelier. C’était trop tard.                ┗└",
            "   3            [pause]",
            "   4 CSO-07     Nous 漢字 avons vu 👩\u200d👩\u200d👧 et e\u0301cout\u0301e. Rien d’autre␛[31m\ufffd ici.",
        ]


async def test_a_small_terminal_shows_number_text_and_stripes() -> None:
    workbench = app(a_coding("1", "Elles n’ont pas été consultées"))
    async with workbench.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lines = workbench.screen_text()
        assert lines[1].startswith("   2 CSO-04: Elles n’ont pas été consultées. Le ministère nous a")
        assert lines[1].rstrip("▁▂▃▄▅▆▇ ").endswith("╺")
        assert not any("participation" in line for line in lines)
        assert all(sum(segment.cell_length for segment in line) == 80 for line in workbench.screen_lines())


@pytest.mark.parametrize("size", [(20, 5), (40, 10), (300, 80)])
async def test_any_size_can_be_drawn(size: tuple[int, int]) -> None:
    workbench = app(a_coding("1", "Elles n’ont pas été consultées"))
    async with workbench.run_test(size=size) as pilot:
        await pilot.pause()
        workbench.view.move_unit(1)
        await pilot.pause()
        assert any("Elles" in line for line in workbench.screen_text())


async def test_no_control_character_reaches_the_screen() -> None:
    document = make_document([("CSO\x1b[2J", "oui\x07 \x9b5m non\x00. fin")])
    code = coding("1", 10, 20, "code\x1b]0;x\x07")
    async with ViewApp(document, [code]).run_test(size=(120, 10)) as pilot:
        await pilot.pause()
        assert isinstance(pilot.app, ViewApp)
        for line in pilot.app.screen_text():
            assert not [char for char in line if ord(char) < 32 or 0x7F <= ord(char) < 0xA0]


async def test_moving_tells_where_the_selection_is() -> None:
    workbench = app()
    async with workbench.run_test(size=(100, 20)) as pilot:
        view = workbench.view
        await pilot.pause()
        assert workbench.moves == ["Comment les femmes ont-elles été associées ?"]
        assert view.move_unit(1)
        await pilot.pause()
        assert view.extend_unit(1)
        await pilot.pause()
        assert workbench.moves[1:] == [
            "Elles n’ont pas été consultées",
            "Elles n’ont pas été consultées. Le ministère nous a informés après l’atelier",
        ]
        assert view.selection == span(workbench.moves[-1])
        assert view.move_unit(-1)
        assert not view.move_unit(-1)
        assert view.unit is Unit.SENTENCE


async def test_codings_come_and_go_at_once() -> None:
    workbench = app()
    async with workbench.run_test(size=(100, 20)) as pilot:
        view = workbench.view
        view.add_coding(a_coding("1", "Elles n’ont pas été consultées"))
        await pilot.pause()
        assert "╺      participation" in workbench.screen_text()[1]
        view.replace_coding(a_coding("1", "Elles n’ont pas été consultées", "trust"))
        await pilot.pause()
        assert "╺      trust" in workbench.screen_text()[1]
        view.move_unit(1)
        assert [one.name for one in view.codings_here()] == ["trust"]
        view.remove_coding("1")
        await pilot.pause()
        assert "trust" not in workbench.screen_text()[1]
        view.set_codings([a_coding("2", "C’était trop tard", "late-info")])
        await pilot.pause()
        assert "late-info" in workbench.screen_text()[2]


async def test_the_coding_that_was_reached_is_shown_as_such() -> None:
    workbench = app(a_coding("1", "[pause]", "silence"), a_coding("2", "[pause]", "trust"))
    async with workbench.run_test(size=(100, 20)) as pilot:
        for name in ("silence", "trust"):
            assert workbench.view.next_coding(1)
            await pilot.pause()
            assert workbench.view.current_coding is not None
            assert workbench.view.current_coding.name == name
            reversed_names = [s.text for s in workbench.screen_lines()[3] if s.style and s.style.reverse]
            assert name in reversed_names
        assert not workbench.view.next_coding(1)


async def test_resizing_keeps_the_character_at_the_top() -> None:
    workbench = app()
    async with workbench.run_test(size=(120, 20)) as pilot:
        view = workbench.view
        await pilot.pause()
        view.go_to_turn(30)
        view.action_page_down()
        await pilot.pause()
        for width in (60, 97, 200, 120):
            top = view.offset_under(0, 0)
            await pilot.resize_terminal(width, 20)
            await pilot.pause()
            first, last = view.offset_under(0, 0), view.offset_under(width, 0)
            assert first is not None and top is not None and last is not None
            assert 0 < first <= top <= last


async def test_scrolling_leaves_the_selection_and_moving_returns_to_it() -> None:
    workbench = app()
    async with workbench.run_test(size=(100, 20)) as pilot:
        view = workbench.view
        await pilot.pause()
        before = view.selection
        view.action_page_down()
        view.action_page_down()
        assert view.scroll_offset.y == 38
        assert view.selection == before
        view.action_scroll_end()
        assert view.scroll_offset.y == view.max_scroll_y
        view.move_unit(1)
        assert view.scroll_offset.y == 0
        view.go_to_turn(40)
        assert view.selection_rows.start == 20 // 3
        top = view.scroll_offset.y
        view.move_unit(1)
        assert view.scroll_offset.y == top
        view.recentre()
        assert view.selection_rows.start == 20 // 3


async def test_the_terminal_cursor_follows_the_selection() -> None:
    workbench = app()
    async with workbench.run_test(size=(100, 20)) as pilot:
        view = workbench.view
        view.focus()
        await pilot.pause()
        view.go_to_offset(TEXT.index("Rien"))
        start, _ = span(" Rien")
        assert view.selection is not None and view.selection[0] == start
        x, y = workbench.cursor_position
        assert (y, view.offset_under(x, y)) == (4, start)


@pytest.mark.parametrize("word", ["avons", "字", "👩", "e\u0301", "Rien"])
async def test_a_click_selects_the_unit_under_the_pointer(word: str) -> None:
    workbench = app()
    async with workbench.run_test(size=(100, 20)) as pilot:
        view = workbench.view
        view.set_unit(Unit.WORD)
        await pilot.pause()
        start = TEXT.index(word)
        cells = Segment(TEXT[INTERVIEW.turns[3].label_end : start]).cell_length
        await pilot.click(TranscriptView, offset=(view._columns.text_x + cells, 4))
        assert view.selection is not None and view.selection[0] <= start < view.selection[1]


async def test_dragging_selects_whole_units_and_then_stops() -> None:
    workbench = app()
    async with workbench.run_test(size=(100, 20)) as pilot:
        await pilot.mouse_down(TranscriptView, offset=(25, 1))
        await pilot.hover(TranscriptView, offset=(20, 2))
        expected = span("Elles n’ont pas été consultées. Le ministère nous a informés après l’atelier")
        assert workbench.view.selection == expected
        await pilot.mouse_up(TranscriptView, offset=(20, 2))
        await pilot.hover(TranscriptView, offset=(20, 5))
        assert workbench.view.selection == expected


async def test_dragging_beyond_the_edge_moves_the_text_line_by_line() -> None:
    workbench = app()
    async with workbench.run_test(size=(100, 30)) as pilot:
        view = workbench.view
        view.styles.height = 10
        await pilot.pause()
        await pilot.mouse_down(TranscriptView, offset=(25, 8))
        await pilot.hover(TranscriptView, offset=(25, 10))
        assert view.scroll_offset.y == 1
        await pilot.hover(TranscriptView, offset=(25, 11))
        assert view.scroll_offset.y == 3
        assert view.selection is not None
        assert view.selection_rows.stop >= 9


async def test_hits_are_marked_and_visited() -> None:
    workbench = app()
    async with workbench.run_test(size=(100, 20)) as pilot:
        view = workbench.view
        assert view.find("ATELIER") == 1
        await pilot.pause()
        marked = [s.text for line in workbench.screen_lines() for s in line if s.text == "atelier"]
        assert marked == ["atelier"]
        assert view.selection == span(" Le ministère nous a informés après l’atelier")
        assert view.find("") == 0
        await pilot.pause()
        assert not [s for line in workbench.screen_lines() for s in line if s.text == "atelier"]


async def test_without_colour_selection_and_codings_can_still_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    workbench = app(a_coding("1", "C’était trop tard"))
    async with workbench.run_test(size=(100, 20)) as pilot:
        await pilot.pause()
        lines = workbench.screen_lines()
        assert "Comment les femmes ont-elles été associées ?" in _texts(lines[0], lambda style: style.reverse)
        assert any("trop tard" in text for text in _texts(lines[2], lambda style: style.underline))


def _texts(line: list[Segment], wanted: Callable[..., object]) -> list[str]:
    return [segment.text for segment in line if segment.style is not None and wanted(segment.style)]


@pytest.mark.parametrize("highlight", list(Highlight))
async def test_the_highlight_style_decides_how_coded_text_looks(highlight: Highlight) -> None:
    workbench = app(a_coding("1", "C’était trop tard"))
    async with workbench.run_test(size=(100, 20)) as pilot:
        workbench.view.set_highlight(highlight)
        await pilot.pause()
        line = workbench.screen_lines()[2]
        coded = next((s for s in line if s.text == "C’était trop tard"), None)
        plain = next(s for s in line if "informés" in s.text)
        assert plain.style is not None
        if highlight is Highlight.MARGIN:
            assert coded is None
        else:
            assert coded is not None and coded.style is not None
            assert bool(coded.style.underline) == (highlight is Highlight.UNDERLINE)
            assert (coded.style.bgcolor != plain.style.bgcolor) == (highlight is Highlight.TINT)
        assert "╺" in workbench.screen_text()[2]


async def test_another_theme_is_seen_everywhere() -> None:
    workbench = app(a_coding("1", "C’était trop tard"))
    async with workbench.run_test(size=(100, 20)) as pilot:
        await pilot.pause()
        dark = workbench.screen_lines()[2]
        workbench.theme = "textual-light"
        await pilot.pause()
        light = workbench.screen_lines()[2]
        assert [s.text for s in dark] == [s.text for s in light]
        assert all(a.style != b.style for a, b in zip(dark, light, strict=True))


async def test_the_screen_is_always_what_a_fresh_painting_gives() -> None:
    """Only touched lines are painted again; this finds the ones forgotten."""
    workbench = app(*(coding(str(n), n * 37, n * 37 + 30 + n % 5 * 40, f"code-{n % 4}") for n in range(1, 60)))
    dice = random.Random(4)
    async with workbench.run_test(size=(100, 24)) as pilot:
        view = workbench.view
        await pilot.pause()
        view.find("numéro 1")
        acts: list[Callable[[], object]] = [
            lambda: view.move_unit(1),
            lambda: view.move_unit(-1),
            lambda: view.extend_unit(1),
            lambda: view.extend_unit(-1),
            lambda: view.nudge(1),
            lambda: view.nudge(-1),
            view.swap_ends,
            view.toggle_sticky,
            view.collapse,
            lambda: view.set_unit(dice.choice(list(Unit))),
            lambda: view.next_coding(1),
            lambda: view.next_coding(-1),
            lambda: view.next_coding(1, same_code=True),
            lambda: view.next_hit(1),
            lambda: view.add_coding(coding(f"n{dice.random()}", *(view.selection or (0, 1)), "new")),
            lambda: view.remove_coding(next((one.id for one in view.codings_here()), "")),
            view.action_scroll_down,
        ]
        for _ in range(120):
            dice.choice(acts)()
            shown = workbench.screen_lines()
            view.repaint()
            assert shown == workbench.screen_lines()


@pytest.mark.parametrize(
    ("hues", "grounds", "tint", "least"),
    [
        (HUES_DARK, ["#121212", "#16191d", "#1e1e1e"], TINT_DARK, 4.5),
        (HUES_LIGHT, ["#ffffff", "#fbfaf7", "#f1efe9"], TINT_LIGHT, 4.5),
        (HUES_CONTRAST, ["#000000"], TINT_DARK, 7.0),
    ],
)
def test_names_and_tinted_text_can_be_read(hues: dict[str, str], grounds: list[str], tint: float, least: float) -> None:
    for colour in map(Color.parse, hues.values()):
        for ground in map(Color.parse, grounds):
            assert _contrast(colour, ground) >= least
            text = Color.parse("#e0e0e0" if ground.brightness < 0.5 else "#1c2024")
            assert _contrast(text, ground.blend(colour, tint)) >= least


def _contrast(one: Color, other: Color) -> float:
    """Contrast ratio as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
