"""Where the coder is: reaching codings, uncoded units, turns and hits."""

from __future__ import annotations

from hsreview.tui.text.cursor import TranscriptCursor
from hsreview.tui.text.document import ViewDocument
from hsreview.tui.text.units import Unit
from tests.tui.texts import coding, make_document

DOCUMENT = make_document([("INT", "Qui?"), ("CSO", "Un. Deux. Trois. Quatre."), ("INT", "Et puis?"), ("CSO", "Cinq.")])
TEXT = DOCUMENT.text


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def selected(cursor: TranscriptCursor) -> str:
    assert cursor.selection is not None
    return TEXT[cursor.selection.start : cursor.selection.end]


def test_every_coding_is_visited_also_those_that_share_a_start() -> None:
    start, end = span("Un. Deux")
    cursor = TranscriptCursor(
        DOCUMENT,
        [coding("1", start, end), coding("2", start, start + 2), coding("3", start, end), coding("4", *span("Cinq"))],
    )
    seen = []
    while cursor.next_coding(1):
        assert cursor.current is not None
        seen.append(cursor.current.id)
    assert seen == ["1", "3", "2", "4"]
    back = []
    while cursor.next_coding(-1):
        assert cursor.current is not None
        back.append(cursor.current.id)
    assert back == ["2", "3", "1"]
    assert selected(cursor) == "Un. Deux"


def test_moving_away_from_a_coding_forgets_it_but_adjusting_does_not() -> None:
    cursor = TranscriptCursor(DOCUMENT, [coding("1", *span("Un. Deux")), coding("2", *span("Trois"))])
    cursor.next_coding(1)
    cursor.nudge(-1)
    assert cursor.current and cursor.current.id == "1"
    cursor.move_unit(1)
    assert cursor.current is None
    cursor.next_coding(1)
    assert selected(cursor) == "Trois"


def test_the_next_coding_of_the_code_that_is_here() -> None:
    cursor = TranscriptCursor(
        DOCUMENT, [coding("1", *span("Un"), "A"), coding("2", *span("Deux"), "B"), coding("3", *span("Trois"), "A")]
    )
    assert not cursor.next_coding(1, same_code=True)
    cursor.go_to_offset(TEXT.index("Un"))
    assert cursor.next_coding(1, same_code=True)
    assert selected(cursor) == "Trois"
    assert cursor.next_coding(-1, same_code=True)
    assert selected(cursor) == "Un"


def test_the_next_uncoded_unit_skips_what_i_coded_and_not_what_others_did() -> None:
    cursor = TranscriptCursor(
        DOCUMENT,
        [coding("1", *span("Un. Deux")), coding("2", *span("Trois"), mine=False), coding("3", *span("Et puis"))],
    )
    assert cursor.next_uncoded(1)
    assert selected(cursor).strip(" ") == "Trois"
    assert cursor.next_uncoded(1) and cursor.next_uncoded(1)
    assert selected(cursor) == "Cinq"
    assert not cursor.next_uncoded(1)


def test_turns_by_number_also_beyond_the_last() -> None:
    cursor = TranscriptCursor(DOCUMENT)
    cursor.set_unit(Unit.TURN)
    cursor.go_to_turn(3)
    assert selected(cursor) == "Et puis?"
    cursor.go_to_turn(99)
    assert selected(cursor) == "Cinq."
    cursor.go_to_turn(0)
    assert selected(cursor) == "Qui?"


def test_hits_go_round_and_start_from_where_the_coder_is() -> None:
    cursor = TranscriptCursor(DOCUMENT)
    cursor.go_to_offset(TEXT.index("Trois"))
    assert cursor.find("qu") == 2
    assert selected(cursor) == " Quatre"
    cursor.next_hit(1)
    assert selected(cursor) == "Qui?"
    cursor.next_hit(-1)
    assert selected(cursor) == " Quatre"
    cursor.go_to_offset(TEXT.index("Deux"))
    cursor.next_hit(-1)
    assert selected(cursor) == "Qui?"
    cursor.go_to_offset(TEXT.index("Cinq"))
    cursor.next_hit(1)
    assert selected(cursor) == "Qui?"
    assert cursor.find("absent") == 0
    assert not cursor.next_hit(1)
    assert selected(cursor) == "Qui?"


def test_several_hits_in_one_sentence_are_visited_one_by_one() -> None:
    cursor = TranscriptCursor(DOCUMENT)
    assert cursor.find("*u") == 5
    visited = [cursor.hit]
    for _ in range(5):
        cursor.next_hit(1)
        visited.append(cursor.hit)
    assert visited == [0, 1, 2, 3, 4, 0]


def test_a_changed_or_removed_coding_is_no_stale_current_one() -> None:
    cursor = TranscriptCursor(DOCUMENT, [coding("1", *span("Un"), "A")])
    cursor.next_coding(1)
    cursor.add_coding(coding("1", *span("Un"), "B"))
    assert cursor.current is not None and cursor.current.code_id == "B"
    assert cursor.remove_coding("1") == span("Un")
    assert cursor.current is None
    assert cursor.remove_coding("1") is None


def test_a_text_in_which_nothing_is_said_can_be_open() -> None:
    cursor = TranscriptCursor(ViewDocument("", (), ()))
    for moved in (
        cursor.move_unit(1),
        cursor.extend_unit(1),
        cursor.nudge(1),
        cursor.swap_ends(),
        cursor.collapse(),
        cursor.set_unit(Unit.WORD),
        cursor.next_coding(1),
        cursor.next_uncoded(1),
        cursor.go_to_turn(1),
        cursor.next_hit(1),
    ):
        assert not moved
    assert cursor.selection is None
    assert cursor.codings_here() == []
    assert cursor.find("x") == 0
