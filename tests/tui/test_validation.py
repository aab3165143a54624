"""A validation meeting by keyboard: hands counted in few keys, words written down, rounds, and the signed version."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.console import RenderableType
from textual.screen import Screen

from hsreview.model.framework import RowStatus
from hsreview.model.validation import Absent, AmendmentDecision, CommentKind, Outcome, Rule, Side, Tally
from hsreview.project import framework as rows_stored
from hsreview.project.project import Project
from hsreview.tui.app import Workbench
from hsreview.tui.screens.coding.screen import CodingScreen
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.screens.validation_meeting import MeetingScreen
from hsreview.tui.screens.validation_meetings import MeetingsScreen
from hsreview.tui.screens.validation_said import SaidScreen
from hsreview.tui.screens.validation_tally import TallyScreen
from hsreview.workflows.ballots import write_ballots
from hsreview.workflows.coders import coders
from hsreview.workflows.framework_versions import find_version
from hsreview.workflows.validating import Meeting, find_meeting
from hsreview.workflows.validation_acts import add_table
from hsreview.workflows.validation_kit import make_kit
from tests.meetings import TABLES, a_meeting
from tests.tui.stage import Stage, workbench

Tables = Sequence[tuple[str, Side, int]]


def held(root: Path, tables: Tables = TABLES, *, rows: int = 2, rule: Rule | None = None) -> None:
    """Put a meeting into the project."""
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        a_meeting(project, awa, rows=rows, tables=tables, rule=rule)


def meeting(stage: Stage) -> Meeting:
    return find_meeting(stage.project)


def tallies(stage: Stage, ref: str = "IN1") -> dict[str, Tally]:
    """What the tables voted on a row, by label."""
    now = meeting(stage)
    ballot = next(each for each in now.last.values() if each.ref == ref)
    return {now.tables[party].label: tally for party, tally in now.tallies.get(ballot.id, {}).items()}


def screen(stage: Stage) -> ListScreen:
    found = stage.app.screen
    assert isinstance(found, ListScreen)
    return found


def counting(stage: Stage) -> TallyScreen:
    found = stage.app.screen
    assert isinstance(found, TallyScreen)
    return found


def painted(stage: Stage) -> str:
    strips = stage.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def keys_for(tally: Tally, size: int, *, from_paper: bool) -> list[str]:
    """What a rapporteur presses for a table: counts read off a sheet, or hands counted until nobody is left."""
    counts = [tally.agree, tally.amend, tally.reject, tally.abstain, tally.not_understood]
    if counts == [size, 0, 0, 0, 0]:
        return ["a"]
    keys: list[str] = []
    left = size
    for n, count in enumerate(counts):
        keys += str(count)
        if not from_paper and not any(counts[n + 1 :]):
            return [*keys, "enter"] if n < 4 else keys
        if count and count * 10 <= left:
            keys.append("tab")
        left -= count
    return keys


@pytest.mark.parametrize("from_paper", [False, True])
async def test_a_whole_meeting_is_counted_in_few_keys(root: Path, from_paper: bool) -> None:
    tables = (("A", Side.CSO, 8), ("B", Side.OFFICIAL, 6), ("C", Side.CSO, 12), ("D", Side.OFFICIAL, 25))
    votes = [
        [Tally(6, 1, 1), Tally(6), Tally(10, 2), Tally(20, 3, 1, 1)],
        [Tally(8), Tally(3, 2, 1), Tally(1, 1, 1, 1, 1), Tally(25)],
        [Tally(4, 3, 0, 1), Tally(0, 0, 6), Tally(12), Tally(12, 11, 0, 0, 2)],
    ]
    held(root, tables, rows=len(votes))
    pressed = [
        key
        for row in votes
        for tally, (_label, _side, size) in zip(row, tables, strict=True)
        for key in keys_for(tally, size, from_paper=from_paper)
    ]
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "enter")
        await stage.press(*pressed)
        for n, row in enumerate(votes, 1):
            assert tallies(stage, f"IN{n}") == dict(zip("ABCD", row, strict=True))
        assert "All tables of this round are counted" in counting(stage).notice.text()
    each = len(pressed) / (len(votes) * len(tables))
    assert each <= (5.0 if from_paper else 4.0), f"{each:.2f} keys per row and table"


async def test_the_digit_row_of_an_azerty_keyboard_counts(root: Path) -> None:
    held(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "enter", "minus", "ampersand", "ampersand", "à", "à")
        assert tallies(stage) == {"A": Tally(6, 1, 1)}


async def test_more_votes_than_people_are_refused_at_once_and_nothing_is_stored(root: Path) -> None:
    held(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "enter", "6", "3")
        assert counting(stage).notice.text().strip() == "9 votes, but 8 people sit at table A. Nothing was stored."
        assert tallies(stage) == {}
        await stage.press("2", "enter")
        assert tallies(stage) == {"A": Tally(6, 2)}


async def test_a_tab_by_habit_after_a_count_skips_none(root: Path) -> None:
    held(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "enter", "6", "tab", "1", "tab", "1", "tab", "0", "tab", "0", "tab")
        assert tallies(stage) == {"A": Tally(6, 1, 1)}
        assert counting(stage).count is None
        await stage.press("enter")
        assert "Type the counts of table B first" in counting(stage).notice.text()
        await stage.press("tab", "2", "r")
        assert tallies(stage) == {"A": Tally(6, 1, 1), "B": Tally(4, 2)}


async def test_one_count_is_corrected_and_undo_brings_it_back(root: Path) -> None:
    held(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "enter", "6", "1", "1", "enter", "up")
        await stage.press("right", "5", "2")
        assert tallies(stage) == {"A": Tally(5, 2, 1)}
        await stage.press("9")
        assert "16 votes, but 8 people" in counting(stage).notice.text()
        assert tallies(stage) == {"A": Tally(5, 2, 1)}
        await stage.press("u", "u")
        assert tallies(stage) == {"A": Tally(6, 1, 1)}
        # Counted anew from the first count on; the row stays.
        await stage.press("up", "8", "enter")
        assert tallies(stage) == {"A": Tally(8)} and counting(stage).table.label == "A"
        await stage.press("x")
        assert tallies(stage) == {}


async def test_what_was_typed_of_a_table_survives_a_power_cut(root: Path) -> None:
    held(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "enter", "8", "enter", "4", "1")
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "enter")
        assert counting(stage).table.label == "B" and "1 of 6 are left" in counting(stage).notice.text()
        await stage.press("1", "enter")
        assert tallies(stage) == {"A": Tally(8), "B": Tally(4, 1, 1)}


async def test_a_table_that_is_half_counted_is_told_in_the_list(root: Path) -> None:
    held(root, [("A", Side.CSO, 2), ("B", Side.OFFICIAL, 4)])
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "enter", "1", "1", "escape")
        assert "0/2…" in painted(stage) and "Table A is half counted, and not stored" in painted(stage)
        assert tallies(stage) == {}
        await stage.press("enter", "enter", "escape")
        assert tallies(stage) == {"A": Tally(1, 1)}
        assert "1/2 " in painted(stage) and "half counted" not in painted(stage)


async def test_a_correction_of_which_a_digit_may_follow_is_there_already(root: Path) -> None:
    held(root, [("A", Side.CSO, 25)])
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "enter", "a", "up", "pageup", "right", "=1")
        assert tallies(stage) == {"A": Tally(1)}, "one of the 25"
        await stage.press("=2")
        assert tallies(stage) == {"A": Tally(12)}
        await stage.press("left", "=2", "escape", "enter")
        assert tallies(stage) == {"A": Tally(2)}


async def test_a_power_cut_at_the_last_count_goes_on_there(root: Path) -> None:
    held(root, [("A", Side.CSO, 25)])
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "enter", *"0000", "=1")
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "enter", "=2", "enter")
        assert tallies(stage) == {"A": Tally(not_understood=2)}


async def test_both_sides_are_shown_so_that_neither_silences_the_other(root: Path) -> None:
    held(root, (("A", Side.CSO, 20), ("B", Side.OFFICIAL, 4)))
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "enter", "a", "1", "3", "enter", "pageup")
        shown = painted(stage)
        assert "17 needed · reached" in shown and "2 needed · too few" in shown
        assert "╶─┐ ╷   ╱╶─┐╷ ╷" in shown, "21/24, to be read from afar"
        assert "IN1: vote again: falls short at officials" in shown
        assert "Votes cast: agree, amend, reject, not understood (not: abstain)." in shown
        await stage.press("escape")
        assert screen(stage).rows.rows[0].cells[1:6] == ("vote again", "21/24", "20/20", "1/4", "2/2")


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 40), (70, 50)])
async def test_the_words_the_tables_and_the_result_fit_the_screen(root: Path, size: tuple[int, int]) -> None:
    held(root, [(label, Side.CSO, 8) for label in "ABCDEFGHI"])
    async with workbench(root, "Awa", size) as stage:
        await stage.press("g", "V", "enter", *(["down"] * 8), "6")
        shown = painted(stage).split("\n")
        assert any("▸I" in line for line in shown), "the table that is counted is in sight"
        assert any("Meetings with the state, no. 1" in line for line in shown)
        assert any("Table I, amend" in line for line in shown) and len(shown) == size[1]
        assert any("officials" in line for line in shown)


async def test_what_is_said_is_written_down_answered_and_decided(root: Path) -> None:
    held(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "enter", "c", "4", "=who counts", "enter")
        [comment] = meeting(stage).comments
        assert (comment.kind, comment.text) == (CommentKind.RISK, "who counts")
        assert meeting(stage).tables[comment.party_id].label == "A"
        await stage.press("m", "= each year", "enter", "= par an", "enter")
        [amendment] = meeting(stage).amendments
        assert (amendment.before.en, amendment.after.en) == (
            "Meetings with the state, no. 1", "Meetings with the state, no. 1 each year",
        )  # fmt: skip
        assert amendment.after.fr == "Réunions avec l’État, n° 1 par an"
        await stage.press("s")
        assert isinstance(stage.app.screen, SaidScreen)
        assert [row.cells[4] for row in screen(stage).rows.rows] == ["no answer yet", "not decided"]
        await stage.press("enter", "=the network", "enter")
        assert meeting(stage).comments[0].answer == "the network"
        await stage.press("down", "enter", "t", "=clearer", "enter")
        assert meeting(stage).amendments[0].decision is AmendmentDecision.ACCEPTED
        assert [row.cells[4] for row in screen(stage).rows.rows] == ["answered", "taken"]
        await stage.press("u")
        assert meeting(stage).amendments[0].decision is AmendmentDecision.OPEN
        await stage.press("enter", "p", "= and month", "enter", "enter", "=half", "enter")
        [decided] = meeting(stage).amendments
        assert decided.taken.en == "Meetings with the state, no. 1 each year and month"
        await stage.press("escape", "u")
        assert meeting(stage).amendments[0].decision is AmendmentDecision.OPEN


async def test_a_meeting_goes_to_its_second_round_and_is_signed_off(root: Path) -> None:
    held(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "enter", "a", "a", "5", "3", "enter", "2", "4", "enter", "escape")
        assert [row.cells[1] for row in screen(stage).rows.rows] == ["accepted", "vote again"]
        await stage.press("down", "m", "= (5 a year)", "enter", "enter", "n")
        # An amendment that is not decided comes first; Enter goes there.
        await stage.press("enter")
        assert isinstance(stage.app.screen, SaidScreen)
        await stage.press("enter", "t", "=so it is", "enter", "escape", "n", "enter")
        assert meeting(stage).round == 2
        [line] = screen(stage).rows.rows
        assert line.cells[-1] == "Meetings with the state, no. 2 (5 a year)"
        await stage.press("z")
        assert "Not counted yet" not in painted(stage) and "Nobody has voted." in painted(stage)
        assert "--incomplete" not in painted(stage), "on screen there are no options"
        await stage.press("enter")
        assert isinstance(stage.app.screen, TallyScreen), "hands have to be counted first"
        await stage.press("a", "a", "escape", "z", "enter")
        closed = meeting(stage)
        assert closed.is_closed and [closed.outcome(each) for each in closed.last.values()] == [
            Outcome.ACCEPTED, Outcome.AMENDED,
        ]  # fmt: skip
        assert "Signed off: version 2" in screen(stage).notice.text()
        status = {row.ref: row.status for row in rows_stored.rows(stage.project.connection)}
        assert status == {"IN1": RowStatus.VALIDATED, "IN2": RowStatus.AMENDED}
        await stage.press("enter", "5", "enter")
        assert tallies(stage, "IN2") == {"A": Tally(8), "B": Tally(6)}
        await stage.press("escape", "u")
        assert not meeting(stage).is_closed
        status = {row.ref: row.status for row in rows_stored.rows(stage.project.connection)}
        assert status == {"IN1": RowStatus.DRAFT, "IN2": RowStatus.DRAFT}


async def test_a_rejected_row_asks_for_its_reason_before_the_end(root: Path) -> None:
    held(root, rule=Rule(rounds=1), rows=1)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "enter", "0", "0", "8", "enter", "0", "0", "6", "enter", "escape", "z", "enter")
        await stage.press("=nobody wants it", "enter", "z", "enter")
        assert meeting(stage).is_closed
        [row] = rows_stored.rows(stage.project.connection)
        assert row.status is RowStatus.REJECTED and meeting(stage).ballots[0].reason == "nobody wants it"


async def test_rows_changed_in_the_project_meanwhile_ask_whose_words_stand(root: Path) -> None:
    from hsreview.workflows.framework_rows import change_row

    held(root, rows=1)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "enter", "a", "a", "escape")
        [row] = rows_stored.rows(stage.project.connection)
        assert change_row(stage.project, stage.app.coder(), row, {"statement_en": "Other"})
        await stage.press("z", "enter", "m")
        [row] = rows_stored.rows(stage.project.connection)
        assert (row.status, row.data["statement_en"]) == (RowStatus.VALIDATED, "Meetings with the state, no. 1")


async def test_what_was_not_counted_need_not_count(root: Path) -> None:
    held(root, rows=1)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "enter", "a", "escape", "z", "down", "enter")
        assert meeting(stage).is_closed and tallies(stage) == {"A": Tally(8)}


async def test_tables_are_put_into_the_room_and_changed(root: Path) -> None:
    held(root, ())
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "enter", "5")
        assert "No table is in the room yet" in painted(stage)
        await stage.press("escape", "t", "=A", "enter", "=officials", "enter", "=x", "enter")
        assert "not a number of people" in painted(stage)
        await stage.press("backspace", "7", "enter")
        [table] = meeting(stage).parties
        assert (table.label, table.side, table.size) == ("A", Side.OFFICIAL, 7)
        await stage.press("t", "=A", "enter", "enter", "=9", "enter")
        assert meeting(stage).parties[0].size == 9
        await stage.press("t", "=official", "enter", "=take", "enter")
        assert not meeting(stage).parties
        await stage.press("u")
        assert [each.label for each in meeting(stage).parties] == ["A"]


async def test_a_meeting_is_opened_and_several_are_listed(root: Path) -> None:
    held(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V")
        assert isinstance(stage.app.screen, MeetingScreen), "the only one"
        await stage.press("l", "n", "=Gao", "enter", "=Gao", "enter", "=35/05/2016", "enter")
        assert "is not a date" in painted(stage)
        await stage.press(*(["backspace"] * 10), "=12/06/2016", "enter", "enter")
        assert isinstance(stage.app.screen, MeetingScreen)
        await stage.press("escape", "escape", "escape", "g", "V")
        assert isinstance(stage.app.screen, MeetingsScreen)
        assert [row.cells[:2] for row in screen(stage).rows.rows] == [
            ("Réunion de Bamako", "2016-05-12"), ("Gao", "2016-06-12"),
        ]  # fmt: skip


async def test_a_meeting_is_opened_with_a_rule_of_its_own(root: Path) -> None:
    held(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "l", "n", "=Gao", "enter", "enter", "=12/06/2016", "enter")
        assert "Agreement needed in the whole room, in per cent: 70" in painted(stage)
        await stage.press("down", "enter", "=200", "enter")
        assert "whole room, in per cent is from 0 to 100" in painted(stage), "and the question stays open"
        await stage.press(*(["backspace"] * 3), "=80", "enter")
        assert "in per cent: 80" in painted(stage)
        for down in (3, 4, 5, 6, 7, 7):  # One round; every other part is turned once, the language twice.
            await stage.press(*(["down"] * down), "enter", *(["=1", "enter"] if down == 3 else []))
        await stage.press("enter")
        made = find_meeting(stage.project, "Gao").validation
        assert made.rule == Rule(80, 50, True, False, 1, Absent.BLOCK)
        assert made.language == "fr" and isinstance(stage.app.screen, MeetingScreen)


async def test_ballots_and_the_report_are_written_from_the_list_of_rows(root: Path) -> None:
    held(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "p", "enter", "x", "enter")
        assert (root / "exports" / "ballots-1.docx").stat().st_size > 10_000
        assert (root / "exports" / "meeting.xlsx").exists()
        assert "Written:" in screen(stage).notice.text()
        await stage.press("p", "enter")
        assert "exists already; nothing was overwritten" in painted(stage)


async def test_votes_that_another_program_stored_are_seen_while_counting(root: Path) -> None:
    held(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V", "enter", "6")
        with Project.open(root) as other:
            awa = next(coder for coder in coders(other) if coder.name == "Awa")
            add_table(other, awa, find_meeting(other), "C", Side.CSO, 3)
        stage.app.look_elsewhere()
        await stage.settle()
        assert "C" in painted(stage) and counting(stage).count is not None
        await stage.press("2", "enter")
        assert tallies(stage) == {"A": Tally(6, 2)}


async def test_a_file_for_a_meeting_shows_nothing_before_its_meeting(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(root)
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        kit = make_kit(project, awa, tmp_path / "kit", find_version(project, "last")).root
    shown: list[type] = []
    display = Workbench._display

    def spy(app: Workbench, on: Screen[None], drawn: RenderableType | None) -> None:
        shown.append(type(on))
        display(app, on, drawn)

    monkeypatch.setattr(Workbench, "_display", spy)
    async with workbench(kit, size=(80, 24)) as stage:
        await stage.press("enter")
        counting(stage)
    assert shown and CodingScreen not in shown


async def test_a_whole_meeting_is_held_in_a_file_without_rows_and_interviews(root: Path, tmp_path: Path) -> None:
    held(root, rows=2)
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        kit = make_kit(project, awa, tmp_path / "kit", find_version(project, "last")).root
    async with workbench(kit, size=(80, 24)) as stage:
        assert isinstance(stage.app.screen, MeetingScreen), "it opens on its meeting"
        await stage.press("enter", "a", "a", "4", "4", "enter", "1", "5", "enter", "escape", "down")
        await stage.press("m", "= (5 a year)", "enter", "enter", "s", "enter", "t", "=so it is", "enter", "escape")
        await stage.press("n", "enter", "enter", "a", "a", "c", "1", "=good", "enter", "escape", "z", "enter")
        await stage.press("enter", "=thank you", "enter", "escape", "z", "enter")
        assert meeting(stage).is_closed and "Signed off: version 2" in screen(stage).notice.text()
        made = write_ballots(stage.project, "", tmp_path / "a.html", per_table=True, viewer=stage.app.coder())
        assert (made.round, made.rows) == (2, 1)
        await stage.press("u")
        assert not meeting(stage).is_closed
        await stage.press("escape")
        assert "This file is for a validation meeting: press g V" in painted(stage)
        await stage.press("g", "V")
        assert isinstance(stage.app.screen, MeetingScreen)
