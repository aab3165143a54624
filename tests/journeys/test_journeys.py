"""A coder at a real (pseudo-)terminal: what the keys do, what the screen shows, and what is in the file afterwards."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="pseudo-terminals are a POSIX thing")

from hsreview.model.coding import Coding
from hsreview.workflows.checking import doctor
from hsreview.workflows.projects import open_project
from hsreview.workflows.reading import codebook, codings_of, memos_of
from tests.builders import TEXT, a_project
from tests.journeys.seat import Seat, on

FIRST = "Nous avons travaillé avec les chefs."
SECOND = "Mais sans budget, c’était l’œuvre de tous."
THIRD = "Et la sécurité humaine ?"
FOURTH = "La sécurité, c’est manger."
PLACES = {FIRST: "3.1", SECOND: "3.2", THIRD: "4.1", FOURTH: "5.1"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with two transcripts and a lead, Awa."""
    project, _lead = a_project(tmp_path / "project", transcripts=2)
    project.close()
    return tmp_path / "project"


@pytest.fixture(autouse=True)
def sound_afterwards(root: Path) -> Iterator[None]:
    """Whatever happened at the terminal, the project is sound."""
    yield
    with open_project(root) as project:
        assert doctor(project) == []


def stored(root: Path) -> list[tuple[str, str]]:
    """The codings in the file: code and coded words, in the order of the text."""
    with open_project(root) as project:
        names = {place.code.id: place.code.ref for place in codebook(project).codes()}

        def words(coding: Coding) -> str:
            return TEXT[coding.start : coding.end]

        return [(names[coding.code_id], words(coding)) for coding in codings_of(project)]


def status(words: str, code: str) -> str:
    """What the status line says when `words` are selected and `code` stands on them."""
    return f"{PLACES[words]} · {len(words)} characters · {code}"


def to_respondent(seat: Seat) -> None:
    """Open the first transcript and select the first sentence of the respondent."""
    seat.see("2 transcripts")
    seat.press("enter")
    seat.see("Entretien fictif")
    seat.press("down", "down", "down")
    seat.see(f"▐{FIRST}▌")


def test_a_morning_of_work_is_there_after_a_restart(root: Path) -> None:
    with on(root) as seat:
        to_respondent(seat)
        seat.press(" ", "=k4")
        seat.see("▸ K4 Label K4")
        seat.press("enter")
        seat.see("1 K4 Label K4", status(FIRST, "K4 Label K4"))
        seat.press("down", "1")
        seat.see(status(SECOND, "K4 Label K4"))
        seat.press("down", "r")
        seat.see(status(THIRD, "K4 Label K4"))
        seat.press("m")
        seat.see("Memo")
        seat.press("=ask her again", "escape")
        seat.see("✎")
        seat.press("down", " ", "=d1", "enter")
        seat.see(status(FOURTH, "D1 Label D1"), "2 of 2 turns coded")
        seat.press("u")
        seat.see("Undone: code D1 on turn 5 of")
        seat.see("1 of 2 turns coded")
        seat.press("R")
        seat.see("✓")
        seat.press("ctrl+q")
        assert seat.ended() == 0
    assert stored(root) == [("K4", FIRST), ("K4", SECOND), ("K4", THIRD)]
    with open_project(root) as project:
        assert [memo.text for memo in memos_of(project)] == ["ask her again"]
    with on(root) as seat:
        seat.see("▐La sécurité, c’est manger.▌", "✓", "1 K4 Label K4", "K4 Label K4 +1", "K4 Label K4 ✎")
        seat.press("u")
        seat.see_no("✓")
        seat.press("ctrl+q")
        assert seat.ended() == 0


def test_what_was_painted_survives_a_kill(root: Path) -> None:
    for number, coded in enumerate((FIRST, SECOND, THIRD)):
        with on(root) as seat:
            to_respondent(seat)
            seat.press(*["down"] * number, " ", "=d2", "enter")
            seat.see(status(coded, "D2 Label D2"))
            os.kill(seat.terminal.pid, signal.SIGKILL)
            assert seat.ended() == -signal.SIGKILL
        assert len(stored(root)) == number + 1 and stored(root)[-1] == ("D2", coded)


def test_closing_the_window_stores_what_was_being_written(root: Path) -> None:
    with on(root) as seat:
        to_respondent(seat)
        seat.press(" ", "=k4", "enter", "m")
        seat.see("Memo")
        seat.press("=half a sent")
        seat.see("half a sent")
        seat.close_the_window()
        assert seat.terminal.exit_code == 128 + signal.SIGHUP
    with open_project(root) as project:
        assert [memo.text for memo in memos_of(project)] == ["half a sent"]
    with on(root) as seat:
        seat.see(f"▐{FIRST}▌", "1 K4 Label K4")


def test_the_window_may_be_dragged_while_coding_in_french(root: Path) -> None:
    with on(root, environment={"HSREVIEW_LANG": "fr"}) as seat:
        seat.see("2 transcriptions")
        seat.press("enter", "down", "down", "down")
        seat.resize(80, 24)
        seat.see(f"▐{FIRST}▌", "pas de code ici")
        seat.press(" ", "=d1")
        seat.resize(50, 12)
        seat.see("Le terminal est trop petit\u00a0: 50×12.")
        seat.resize(140, 40)
        seat.see(f"▐{FIRST}▌")
        seat.press(" ", "=d1", "enter")
        seat.see("3.1 · 36 caractères · D1 Libellé D1")
        seat.press("ctrl+q")
        assert seat.ended() == 0
    assert stored(root) == [("D1", FIRST)]


def test_azerty_digits_code_without_shift(root: Path) -> None:
    with on(root) as seat:
        to_respondent(seat)
        seat.press(" ", "=d1", "enter", " ", "=k4", "enter")
        seat.see("1 D1 Label D1", "2 K4 Label K4")
        seat.press("down", "&")
        seat.see(status(SECOND, "D1 Label D1"))
        seat.press("down", "é")
        seat.see(status(THIRD, "K4 Label K4"))
    assert stored(root) == [("D1", FIRST), ("K4", FIRST), ("D1", SECOND), ("K4", THIRD)]


def test_a_terminal_that_does_not_send_utf8_is_told_of_and_work_goes_on(root: Path) -> None:
    strict = {"LC_ALL": "C", "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    with on(root, environment=strict) as seat:
        to_respondent(seat)
        seat.terminal.write("éè".encode("latin-1"))
        seat.see("does not send UTF-8")
        seat.press(" ", "=d1", "enter")
        seat.see(status(FIRST, "D1 Label D1"))
        seat.press("ctrl+q")
        assert seat.ended() == 0
        assert "Traceback" not in seat.raw
    assert stored(root) == [("D1", FIRST)]


def test_all_is_readable_without_colour(root: Path) -> None:
    with on(root, environment={"NO_COLOR": "1"}) as seat:
        to_respondent(seat)
        seat.press(" ", "=d1", "enter")
        seat.see(status(FIRST, "D1 Label D1"), f"▐{FIRST}▌")
        styles = ";".join(re.findall(r"\x1b\[([\d;]*)m", seat.raw))
    exact = r"[34]8;2;(\d+);(\d+);(\d+)"
    greys = re.findall(exact, styles)
    assert greys and all(red == green == blue for red, green, blue in greys)
    others = set(re.sub(exact, "", styles).split(";"))
    assert others <= {"", "0", "1", "2", "3", "4", "7", "22", "24", "27"}, "bold, dim, italic, underlined, reverse"


def test_two_workbenches_of_the_lead_see_each_others_codings(root: Path) -> None:
    with on(root) as one, on(root) as two:
        to_respondent(one)
        to_respondent(two)
        one.press(" ", "=d1", "enter")
        one.see(status(FIRST, "D1 Label D1"))
        two.see(status(FIRST, "D1 Label D1"))
        two.press(" ", "=k4", "enter")
        two.see("K4 Label K4")
        one.see("D1 Label D1", "K4")
        one.press("down", "1")
        two.press("down")
        two.see(status(SECOND, "D1 Label D1"))
    assert stored(root) == [("D1", FIRST), ("K4", FIRST), ("D1", SECOND)]
