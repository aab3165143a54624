"""A transcript with its codings as lines: everything is there, in order, and nothing of the text is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsreview.base.messages import use_language
from hsreview.model.coding import Coding
from hsreview.workflows.reading import OpenText, codebook
from hsreview.workflows.showing import clock, marked_lines, plain_lines, shown_codings
from tests.builders import TEXT, a_codebook, a_project, code_id, opened

BOOK = a_codebook()
NAMES = {"a": "Awa", "d": "Daan"}


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> OpenText:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSREVIEW_HOME", str(tmp_path_factory.mktemp("home")))
        project, _awa = a_project(Path(tmp_path_factory.mktemp("shown")) / "p")
        return opened(project)


def coding(start: int, end: int, code: str = "D1", coder: str = "a", **more: object) -> Coding:
    return Coding(f"{start}-{end}-{code}", "v", start, end, code_id(code), coder, **more)  # type: ignore[arg-type]


def squeezed(text: str) -> str:
    return "".join(text.split())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 200)), max_size=6))
def test_marks_never_lose_or_move_a_character(text: OpenText, spans: list[tuple[int, int]]) -> None:
    codings = [coding(*span) for span in {(start, min(start + length, len(TEXT))) for start, length in spans}]
    shown = shown_codings(text, codings, BOOK, NAMES, "en")
    lines = list(marked_lines(text, shown, 60))
    said = [line for line in lines[1:] if not re.match(r" {6}\d+: ", line) and "(" not in line]
    plain = re.sub("\\[\\d+\u00a0|\u00a0\\d+\\]", "", " ".join(said))
    wanted = "".join(
        f"{turn.number}{turn.said(text.text)}" if turn.speaker is None else turn.said(text.text) for turn in text.turns
    )
    numbers_gone = squeezed(plain)
    assert numbers_gone == squeezed(wanted)
    assert all(f"      {n}: D1 Label D1 · Awa" in lines for n in range(1, len(codings) + 1))
    joined = "\n".join(lines)
    assert all(joined.count(f"[{n}\u00a0") == joined.count(f"\u00a0{n}]") == 1 for n in range(1, len(codings) + 1))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 200)), max_size=6))
def test_every_coding_is_heard_once(text: OpenText, spans: list[tuple[int, int]]) -> None:
    codings = [coding(*span) for span in {(start, min(start + length, len(TEXT))) for start, length in spans}]
    shown = shown_codings(text, codings, BOOK, NAMES, "en")
    lines = list(plain_lines(text, shown))
    assert len([line for line in lines if line.startswith("   Code D1, Label D1, by Awa, on ")]) == len(codings)
    for turn in text.turns:
        assert sum(line.startswith(f"Turn {turn.number}") for line in lines) == 1
    heard = "".join(line.partition(" ")[2] for line in lines if re.match(r"\d+\.\d+ ", line))
    assert squeezed(heard) == squeezed("".join(turn.said(text.text) for turn in text.turns))


def test_marks_stand_at_the_turn_that_they_end_in(text: OpenText) -> None:
    turn = text.turns[2]
    shown = shown_codings(text, [coding(turn.label_end, turn.end), coding(0, turn.start)], BOOK, NAMES, "en")
    lines = "\n".join(marked_lines(text, shown, 80)).replace("\u00a0", " ")
    assert "[1 Entretien fictif" in lines and "Comment ? 1]" in lines
    assert "[2 Nous avons" in lines and "de tous. 2]" in lines


def test_codes_coders_modifiers_and_flags_are_in_words(text: OpenText) -> None:
    start = TEXT.index("La sécurité, c’est")
    whole = coding(start, TEXT.index(" Les femmes"), "K4", "d", modifiers={"stance": "positive"}, flags=("quote",))
    part = coding(start, start + 11, "D2", layer="consensus")
    lines = list(plain_lines(text, shown_codings(text, [part, whole], BOOK, NAMES, "en")))
    at = lines.index("5.1 La sécurité, c’est manger.")
    assert lines[at + 1 : at + 3] == [
        "   Code K4, Label K4, by Daan, on 5.1. Stance: positive. quote.",
        "   Code D2, Label D2, by consensus, on 5.1, the words “La sécurité”.",
    ]
    assert lines[0] == "cso-1, cso, 5 turns, 2 codings."
    french = shown_codings(text, [whole], BOOK, NAMES, "fr")[0]
    assert french.label == "Libellé K4" and french.marks[0] == "Position: positif"


def test_long_quotes_are_shortened_in_the_middle(text: OpenText) -> None:
    start = TEXT.index("travaillé")
    shown = shown_codings(text, [coding(start, len(TEXT) - 5)], BOOK, NAMES, "en")
    line = next(line for line in plain_lines(text, shown) if "the words" in line)
    assert "“travaillé avec les chefs." in line and " … " in line and len(line) < 140


def test_a_code_that_left_the_codebook_is_said_so(text: OpenText) -> None:
    shown = shown_codings(text, [coding(20, 30, "Z9")], BOOK, NAMES, "en")[0]
    assert shown.code == "?" and "no longer" in shown.label


def test_times_are_read_as_a_clock() -> None:
    assert clock(0) == "0:00:00" and clock(3_723_999) == "1:02:03"


def test_the_lines_speak_french(text: OpenText) -> None:
    use_language("fr")
    lines = list(plain_lines(text, shown_codings(text, [coding(20, 30)], BOOK, NAMES, "fr")))
    assert any(line.startswith("Tour") for line in lines) and "codage" in lines[0]


def test_a_text_without_labels_is_shown(tmp_path: Path) -> None:
    project, _awa = a_project(tmp_path / "p")
    assert codebook(project).ref == "test"
    assert list(plain_lines(opened(project), []))[2:4] == ["Turn 1.", "1.1 Entretien fictif"]
