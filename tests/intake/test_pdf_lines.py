"""Printed lines become paragraphs: margins go, divided words and wrapped lines are joined, labels start lines."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.intake.pdf_lines import reflow

LONG = "Question about the road, the market and the river that the village shares with its"
LONGER = "neighbours since the bridge went, which everybody in the valley remembers rather"


def lines(*pages: Sequence[str]) -> list[str]:
    """The paragraphs of pages given as lists of lines."""
    return reflow(["\r\n".join(page) for page in pages])[0].split("\n")


def counted(*pages: Sequence[str]) -> dict[str, int]:
    return dict(reflow(["\r\n".join(page) for page in pages])[1])


def test_wrapped_lines_are_joined() -> None:
    assert lines([f"INT: {LONG}", LONGER, "well.", "R1: Yes."]) == [f"INT: {LONG} {LONGER} well.", "R1: Yes."]


def test_a_paragraph_may_go_on_over_the_page() -> None:
    assert lines([f"INT: {LONG}", LONGER], ["well.", "R1: Yes."]) == [f"INT: {LONG} {LONGER} well.", "R1: Yes."]


def test_a_repeated_label_starts_a_paragraph_even_after_a_full_line() -> None:
    page = [f"Awa Ba : {LONG}", f"Moussa : {LONG}", f"Awa Ba : {LONG}", f"Moussa : {LONG}"]
    assert lines(page) == page


def test_a_label_seen_once_starts_a_paragraph_after_a_sentence() -> None:
    page = [f"INT: {LONG} again.", f"The imam: {LONG} again.", f"INT: {LONG}", "this was said: nothing", "at all."]
    assert lines(page) == [*page[:2], f"{page[2]} {page[3]} {page[4]}"]


def test_a_label_on_its_own_line_stands_alone() -> None:
    page = ["Interviewer", f"{LONG}", f"{LONGER}", "Participant", LONG, "well?", "Interviewer", "Yes.", "Participant"]
    assert lines([*page, "No."]) == [
        "Interviewer",
        f"{LONG} {LONGER}",
        "Participant",
        f"{LONG} well?",
        "Interviewer",
        "Yes.",
        "Participant",
        "No.",
    ]


@pytest.mark.parametrize("start", ["[00:12:03] R1", "00:12 then", "[laughs]", "[R1] so", "— Oui", "Q. Why"])
def test_times_brackets_and_dashes_start_a_paragraph(start: str) -> None:
    assert lines([LONG, LONGER, start, LONG])[1].startswith(start)


def test_a_short_line_that_ends_a_sentence_ends_the_paragraph() -> None:
    assert lines([LONG, "well.", LONG, LONGER]) == [f"{LONG} well.", f"{LONG} {LONGER}"]


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        (("communi-", "ties"), "communities"),
        (("communi\x02", "ties"), "communities"),
        (("peut\ufffe", "être"), "peut-être"),
        (("dit-", "elle"), "dit-elle"),
        (("north-", "east, the north-east"), "north-east, the north-east"),
        (("Saint\x02", "Louis"), "Saint-Louis"),
        (("2014\x02", "2015"), "2014-2015"),
        (("I was go-", "I was going"), "I was go- I was going"),
        (("so --", "well"), "so -- well"),
        (("and -", "well"), "and - well"),
    ],
)
def test_divided_words(parts: tuple[str, str], joined: str) -> None:
    first, second = parts
    glue = "" if first[-1] in "\x02\ufffe" else "\r\n"
    page = f"INT: {LONG} {first}{glue}{second} {LONG}\r\n{LONGER}"
    text, counts = reflow([page])
    assert text == f"INT: {LONG} {joined} {LONG} {LONGER}"
    assert counts["hyphens"] == (0 if "- " in joined else 1)


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("Confidential - interview 12", "{n}/3"),
        ("Page {n} of 3", "- {n} -"),
        ("Page {n}", "Entretien du 3 mai : confidentiel"),
        ("{n}", "p. {n} sur 3"),
    ],
)
def test_headers_footers_and_page_numbers_are_dropped(head: str, foot: str) -> None:
    bodies = [["INT: one", "R1: two"], ["INT: three", "R1: four"], ["INT: five", "R1: six"]]
    pages = [[head.format(n=n), *body, foot.format(n=n)] for n, body in enumerate(bodies, 1)]
    assert lines(*pages) == [line for body in bodies for line in body]
    assert counted(*pages)["page_lines"] == 6


def test_answers_at_page_edges_are_no_headers() -> None:
    pages = [["R1: Yes.", "INT: one", f"R1: {LONG}", "INT: two", "a", "b", "c", "R1: Yes."] for _page in range(3)]
    assert sum(line == "R1: Yes." for line in lines(*pages)) == 6


def test_pages_that_are_all_alike_keep_their_text() -> None:
    assert lines(*[["INT: one", "R1: two"]] * 4) == ["INT: one", "R1: two"] * 4


def test_a_number_that_is_an_answer_stays() -> None:
    assert lines(["INT: How many?", "12"], ["INT: And then?", "7"])[-1].endswith("7")


@pytest.mark.parametrize("where", ["before", "after"])
def test_margin_numbers_on_lines_of_their_own_are_dropped(where: str) -> None:
    said = [["INT: one", "R1: two", "INT: three"], ["R1: four"]]
    numbers = [["1", "2", "3"], ["4"]]
    pages = [n + s if where == "before" else s + n for s, n in zip(said, numbers, strict=True)]
    assert lines(*pages) == [line for page in said for line in page]
    assert counted(*pages)["margin_numbers"] == 4


@pytest.mark.parametrize("restart", [False, True])
def test_margin_numbers_at_the_start_of_lines_are_dropped(restart: bool) -> None:
    said = [[f"INT: {LONG}", LONGER, "well."], ["R1: 12 people came.", f"INT: {LONGER}", LONG]]
    pages = [
        [f"{n + (0 if restart else 3 * p)} {line}" for n, line in enumerate(page, 1)] for p, page in enumerate(said)
    ]
    assert lines(*pages) == [f"INT: {LONG} {LONGER} well.", "R1: 12 people came.", f"INT: {LONGER} {LONG}"]
    assert counted(*pages)["margin_numbers"] == 6


def test_sentences_that_begin_with_numbers_stay() -> None:
    page = ["INT: How many?", "12 people came", "INT: When?", "3 days ago"]
    assert "12 people came" in " ".join(lines(page))


def test_no_pages_and_no_lines() -> None:
    assert reflow([])[0] == ""
    assert reflow(["", "\r\n \r\n"])[0] == ""


@pytest.mark.parametrize("piece", ["a", "- ", ". ", "a-", "é:", "1", "' "])
def test_endless_lines_are_quick(piece: str) -> None:
    page = piece * 100_000
    started = time.process_time()
    text = reflow([f"{page}x\r\n{page}y"])[0]
    assert time.process_time() - started < 5
    assert len(text) > len(page)


@given(st.lists(st.lists(st.text("abc :.éQ", max_size=60), max_size=8), max_size=4))
def test_nothing_said_is_lost_or_reordered(pages: list[list[str]]) -> None:
    text, counts = reflow(["\r\n".join(page) for page in pages])
    if not counts["page_lines"]:
        everything = "".join(line for page in pages for line in page)
        assert re.sub(r"\s", "", text) == re.sub(r"\s", "", everything)
