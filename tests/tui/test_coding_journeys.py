"""What a coder does on the coding screen, from the first key to what is stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.model.coding import Origin
from hsreview.workflows import reading
from hsreview.workflows.coders import add_coder, coders
from hsreview.workflows.coding import add_codings, mark_reviewed
from hsreview.workflows.projects import open_project
from tests.builders import code_id, opened
from tests.tui.stage import Stage, workbench

OPEN_FIRST = ("enter",)
"""A new coder starts in the list of transcripts; Enter opens the first one."""


async def to_respondent(stage: Stage) -> None:
    """Open the first transcript and select the first sentence of the respondent."""
    await stage.press(*OPEN_FIRST)
    await stage.press("down", "down", "down")
    assert stage.selected() == "Nous avons travaillé avec les chefs."


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 50)])
async def test_a_sentence_is_coded_repeated_and_undone(root: Path, size: tuple[int, int]) -> None:
    async with workbench(root, "Awa", size) as stage:
        await to_respondent(stage)
        await stage.press("space", "=d1", "enter")
        assert stage.refs() == ["D1"]
        stored = stage.codings()[0]
        assert stage.coding.text.document.text[stored.start : stored.end] == "Nous avons travaillé avec les chefs."
        assert stored.origin is Origin.TYPED
        assert "D1 Label D1" in stage.status

        await stage.press("down", "1")
        assert stage.refs() == ["D1", "D1"]
        await stage.press("down", "r")
        assert len(stage.codings()) == 3
        await stage.press("u", "u", "u")
        assert stage.codings() == []
        await stage.press("U")
        assert stage.refs() == ["D1"]
        assert stage.selected() == "Nous avons travaillé avec les chefs."


async def test_a_slot_code_on_the_next_sentence_takes_two_keys(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("space", "=d1", "enter")
        await stage.press("down", "1")
        assert len(stage.codings()) == 2


async def test_a_code_through_the_picker_takes_six_keys(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("down", "space", "k", "4", "enter")
        assert stage.refs() == ["K4"]


@pytest.mark.parametrize("key", ["ampersand", "1"])
async def test_digits_code_on_qwerty_and_azerty(root: Path, key: str) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("space", "=k4", "enter", "down", key)
        assert stage.refs() == ["K4", "K4"]


async def test_an_empty_slot_says_what_to_do(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("7")
        assert "Slot 7 is empty" in stage.status
        assert stage.codings() == []


async def test_tab_applies_several_codes_and_repeat_applies_them_all(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("space", "=d1", "tab", "=k4", "tab", "escape")
        assert sorted(stage.refs()) == ["D1", "K4"]
        await stage.press("down", "r")
        assert sorted(stage.refs()) == ["D1", "D1", "K4", "K4"]
        await stage.press("down", "space", "enter")
        assert len(stage.codings()) == 6


async def test_repeat_applies_the_last_code_that_still_stands(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("space", "=d1", "enter", "down", "space", "=k4", "enter", "u")
        assert stage.refs() == ["D1"]
        await stage.press("r")
        assert stage.refs() == ["D1", "D1"], "K4 was taken back"
        await stage.press("u", "u", "down", "r")
        assert stage.refs() == [] and "none of the codes that were applied last still stands" in stage.status


async def test_the_same_code_on_the_same_words_is_not_stored_twice(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("space", "=d1", "enter", "1")
        assert stage.refs() == ["D1"]
        assert "already" in stage.status


async def test_the_picker_proposes_a_new_code(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("space", "=mistrust of radio", "ctrl+n")
        session = stage.app.session
        assert session is not None
        proposed = session.code_name(stage.codings()[0].code_id)
        assert proposed.label == "mistrust of radio"
        assert "proposed" in stage.status


async def test_words_become_a_code_in_vivo(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("w", "e", "i")
        session = stage.app.session
        assert session is not None
        assert session.code_name(stage.codings()[0].code_id).label == "Nous avons"


async def test_one_of_several_codings_is_deleted_by_its_number(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("space", "=d1", "enter", "space", "=k4", "enter", "d")
        assert len(stage.codings()) == 2
        await stage.press("2")
        assert len(stage.codings()) == 1
        await stage.press("d")
        assert stage.codings() == []
        await stage.press("u")
        assert len(stage.codings()) == 1


async def test_the_ends_of_a_coding_are_moved_as_one_act(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("space", "=d1", "enter", "enter")
        assert "Moving the ends" in stage.status
        await stage.press("left", "left", "o", "right", "enter")
        text = stage.coding.text.document.text
        stored = stage.codings()[0]
        assert text[stored.start : stored.end] == "avons travaillé avec les"
        await stage.press("u")
        stored = stage.codings()[0]
        assert text[stored.start : stored.end] == "Nous avons travaillé avec les chefs."


async def test_escape_leaves_the_ends_as_they_were(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("space", "=d1", "enter", "enter", "left", "escape")
        text = stage.coding.text.document.text
        stored = stage.codings()[0]
        assert text[stored.start : stored.end] == "Nous avons travaillé avec les chefs."


async def test_flags_and_modifiers_by_key(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("space", "=d1", "enter", "x", "b")
        assert stage.codings()[0].flags == ("unsure",)
        await stage.press("q", "p", "plus")
        assert stage.codings()[0].modifiers == {"stance": "positive"}
        assert "Stance: positive" in stage.status
        await stage.press("x", "b")
        assert stage.codings()[0].flags == ()


async def test_a_memo_is_stored_when_it_is_left(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("space", "=d1", "enter", "m")
        await stage.press("=ask again")
        await stage.press("escape")
        memos = reading.memos_of(stage.project)
        assert [memo.text for memo in memos] == ["ask again"]
        assert memos[0].coding_id == stage.codings()[0].id
        assert "✎" in stage.status
        await stage.press("u")
        assert reading.memos_of(stage.project) == []


async def test_find_goes_from_hit_to_hit_and_folds_accents(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press(*OPEN_FIRST, "f", "=securite", "enter")
        assert "2 places found.  ; next place  , previous place" in stage.status
        assert "sécurité" in stage.selected()
        await stage.press("semicolon")
        assert stage.selected().startswith("La sécurité")
        await stage.press("comma")
        assert not stage.selected().startswith("La sécurité")


async def test_going_by_turn_number_and_to_the_ends(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press(*OPEN_FIRST, "g", "l", "=5", "enter")
        assert stage.selected().startswith("La sécurité")
        await stage.press("g", "g")
        assert stage.selected() == "Entretien fictif"
        await stage.press("g", "e")
        assert stage.selected().startswith("Les femmes")


async def test_next_uncoded_passes_what_is_coded(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("space", "=d1", "enter", "up", "a")
        assert stage.selected().startswith("Mais sans budget")


async def test_a_reviewed_transcript_opens_the_next_with_enter(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("R")
        assert "cso-2" in stage.status
        rows = {row.transcript.name: row for row in reading.transcript_rows(stage.project, stage.app.coder())}
        assert rows["cso-1"].reviewed and not rows["cso-2"].reviewed
        await stage.press("enter")
        desk = stage.coding.desk
        assert desk is not None and desk.transcript.name == "cso-2"


async def test_the_workbench_reopens_where_the_coder_was(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("g", "t", "down", "enter", "t", "down", "down", "ctrl+q")
    async with workbench(root, "Awa") as stage:
        desk = stage.coding.desk
        assert desk is not None and desk.transcript.name == "cso-2"
        assert stage.selected().startswith("Nous avons travaillé")
        assert stage.selected().endswith("tous.")


async def test_slots_are_remembered_for_each_coder(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("space", "=k4", "enter", "asterisk", "1")
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "g", "1")
        assert stage.refs() == ["K4", "K4"]
        assert "★" in stage.coding.slots.text()


async def test_another_coder_codes_blind_until_reviewed(root: Path) -> None:
    project = open_project(root)
    lead = coders(project)[0]
    other = add_coder(project, lead.id, "Moussa")
    text = opened(project)
    add_codings(project, lead, text.version.id, *text.sentences[3], [code_id("D1")])
    project.close()
    async with workbench(root, "Moussa") as stage:
        await to_respondent(stage)
        assert "no code here" in stage.status
        await stage.press("space", "=k4", "enter", "R", "g", "g", "down", "down", "down")
        assert "D1 Label D1" in stage.status and "Awa" in stage.status
        await stage.press("b")
        await stage.press("up", "down")
        assert "D1 Label D1" not in stage.status
    assert other.name == "Moussa"


async def test_what_another_program_stores_shows_up(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        with open_project(root) as elsewhere:
            coder = coders(elsewhere)[0]
            text = opened(elsewhere)
            add_codings(elsewhere, coder, text.version.id, *text.sentences[3], [code_id("K4")])
            mark_reviewed(elsewhere, coder, text.transcript.id)
        stage.app.look_elsewhere()
        await stage.press()
        assert "K4 Label K4" in stage.status
        assert "✓" in stage.coding.header.text()


async def test_the_coder_is_changed(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("g", "k", "=Moussa", "ctrl+n")
        session = stage.app.session
        assert session is not None and session.coder is not None and session.coder.name == "Moussa"
        await stage.press("space", "=d1", "enter")
        assert stage.codings()[0].coder_id == session.coder.id


async def test_a_quote_is_copied_with_its_reference(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []

    def by_program(text: str) -> bool:
        copied.append(text)
        return True

    monkeypatch.setattr("hsreview.tui.clipboard._by_program", by_program)
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("C")
    assert copied == ["“Nous avons travaillé avec les chefs.” (cso-1 3.1)"]


async def test_keys_come_through_however_fast(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press(*OPEN_FIRST)
        await stage.press("down", "down", "down", "space", "=d1", "enter", "down", "1", "down", "r", "g", "g", "u")
        assert stage.refs() == ["D1", "D1"]


@pytest.mark.parametrize("size", [(59, 24), (80, 14)])
async def test_a_terminal_that_is_too_small_says_so(root: Path, size: tuple[int, int]) -> None:
    async with workbench(root, "Awa", size) as stage:
        assert "too small" in stage.coding.header.text().replace("\n", " ")
        await stage.resize(80, 24)
        await stage.press()
        await stage.press(*OPEN_FIRST)
        assert "cso-1" in stage.coding.header.text()


async def test_the_mouse_selects_codes_and_opens(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.pilot.click("#rows", offset=(5, 2), times=2)
        await stage.press()
        desk = stage.coding.desk
        assert desk is not None and desk.transcript.name == "cso-2"
        await stage.press("space", "=k4", "enter")
        await stage.pilot.click("#text", offset=(40, 2))
        await stage.pilot.click("#slots", offset=(2, 0))
        await stage.press()
        assert len(stage.codings()) == 2
        await stage.pilot.click("#footer", offset=(1, 0))
        await stage.press()
        assert stage.app.screen is not stage.coding


async def test_a_click_takes_a_line_of_the_picker(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("space")
        await stage.pilot.click("Chooser", offset=(6, 4))
        await stage.press()
        assert stage.refs() == ["K4"]


async def test_what_others_build_on_can_be_let_stand_so_that_undo_goes_on(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("space", "=d1", "enter")
        await stage.press("down", "i")
        with open_project(root) as project:
            daan = add_coder(project, None, "Daan")
            proposed = stage.codings()[-1].code_id
            add_codings(project, daan, opened(project).version.id, 20, 30, [proposed])
            awa = next(c.id for c in coders(project) if c.name == "Awa")

            def own() -> int:
                return len(reading.codings_of(project, coder_id=awa))

            await stage.press("u")
            assert own() == 2, "Daan's coding rests on the proposal"
            await stage.press("u", "u")
            assert own() == 2, "the key that asks does not answer"
            await stage.press("enter")
            assert own() == 1, "the proposal and its coding stand, and the coding before them is gone"


async def test_undo_asks_before_it_takes_back_an_import(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        with open_project(root) as project:
            count = len(reading.transcripts(project))
            await stage.press("u", "escape")
            assert len(reading.transcripts(project)) == count > 0
            await stage.press("u", "u", "u", "u")
            assert len(reading.transcripts(project)) == count, "the key that asks does not answer"
            await stage.press("u", "enter")
            assert len(reading.transcripts(project)) == count - 1


async def test_a_question_of_undo_is_answered_only_for_what_it_named(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        with open_project(root) as project:
            awa = coders(project)[0]
            count = len(reading.transcripts(project))
            await stage.press("u")
            add_codings(project, awa, opened(project).version.id, 20, 30, [code_id("D1")])
            await stage.press("enter")
            assert len(reading.transcripts(project)) == count and stage.refs() == ["D1"]
            assert "meanwhile" in stage.status
            await stage.press("u")
            assert stage.refs() == []


async def test_letting_stand_does_not_take_back_an_import_without_another_question(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("i")
        with open_project(root) as project:
            daan = add_coder(project, None, "Daan")
            add_codings(project, daan, opened(project).version.id, 20, 30, [stage.codings()[-1].code_id])
            count = len(reading.transcripts(project))
            await stage.press("u", "enter", "enter")
            assert len(reading.transcripts(project)) == count
            assert not stage.coding.takers
            await stage.press("u", "enter")
            assert len(reading.transcripts(project)) == count - 1


async def test_what_cannot_be_taken_back_is_said_instead_of_asked_for(root: Path) -> None:
    with open_project(root) as project:
        daan = add_coder(project, None, "Daan")
        add_codings(project, daan, opened(project, "cso-3").version.id, 20, 30, [code_id("D1")])
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("u")
        menu = stage.coding._menu
        assert menu is not None and "Daan" in str(menu.border_title)


async def test_undo_names_the_other_transcript_whose_review_mark_it_takes_back(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("R", "enter", "u")

        def reviewed() -> bool:
            rows = reading.transcript_rows(stage.project, stage.app.coder())
            return next(row.reviewed for row in rows if row.transcript.name == "cso-1")

        menu = stage.coding._menu
        assert reviewed() and menu is not None and "cso-1" in str(menu.border_title)
        await stage.press("enter")
        assert not reviewed()


async def test_codings_of_ones_own_stand_first_in_the_status_line(root: Path) -> None:
    project = open_project(root)
    lead = coders(project)[0]
    other = add_coder(project, lead.id, "Moussa")
    text = opened(project)
    start, end = text.sentences[3]
    add_codings(project, other, text.version.id, start, start + 8, [code_id("D2")])
    add_codings(project, lead, text.version.id, start, end, [code_id("D1")])
    project.close()
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        assert 0 < stage.status.index("D1 Label D1") < stage.status.index("D2 Label D2")


async def test_the_slot_of_a_new_code_empties_with_undo_and_comes_back_with_redo(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("i")
        assert "N1" in stage.coding.slots.text()
        await stage.press("u")
        assert "?" not in stage.coding.slots.text() and "1 –" in stage.coding.slots.text()
        await stage.press("1")
        assert "Slot 1 is empty" in stage.status
        await stage.press("U")
        assert "N1" in stage.coding.slots.text()
        await stage.press("down", "1")
        assert stage.refs() == ["N1", "N1"]


async def test_a_mark_of_review_is_taken_away_only_after_a_question(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("R", "R")
        assert stage.coding.reviewed and "reviewed" in str(stage.coding._menu and stage.coding._menu.border_title)
        await stage.press("escape")
        assert stage.coding.reviewed
        await stage.press("R", "enter")
        assert not stage.coding.reviewed
