"""Adjudication by keyboard: what the screen says, and what is stored of every decision."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.model.review import Outcome, Standing, TranscriptConsensus
from hsreview.tui.screens.adjudication import AdjudicationScreen
from hsreview.tui.screens.adjudication_list import AdjudicationsScreen
from hsreview.tui.screens.recode import RecodeScreen
from hsreview.workflows import adjudicating, reading
from hsreview.workflows.coders import add_coder, coders
from hsreview.workflows.coding import remove_coding
from hsreview.workflows.comparing import compare
from hsreview.workflows.projects import open_project
from tests.builders import a_project, code_id, opened
from tests.tui.differing import AWA, BOTH_SENTENCES, BUDGET, CHEFS, MOUSSA, differing, put
from tests.tui.stage import Stage, workbench

SIZES = [(80, 24), (120, 40)]


def consensus(stage: Stage) -> TranscriptConsensus:
    """How the transcript stands in the file."""
    return adjudicating.consensus_of(stage.project)[0]


def screen_of(stage: Stage) -> AdjudicationScreen:
    screen = stage.app.screen
    assert isinstance(screen, AdjudicationScreen)
    return screen


def painted(stage: Stage) -> str:
    """The whole screen as text."""
    strips = stage.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def decisions(stage: Stage) -> list[tuple[str, str, str]]:
    """Outcome, who was taken, why, in the order of the text."""
    names = {coder.id: coder.name for coder in coders(stage.project)}
    found = sorted(consensus(stage).differences, key=lambda each: (each.start, each.end, each.key))
    return [
        (each.decision.outcome.value, names.get(each.decision.taken, ""), each.decision.because)
        for each in found
        if each.decision is not None and each.standing is Standing.DECIDED
    ]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two coders who agree twice and differ three times."""
    return differing(tmp_path / "project")


@pytest.mark.parametrize("size", SIZES)
async def test_one_key_settles_a_difference_and_goes_on(root: Path, size: tuple[int, int]) -> None:
    async with workbench(root, "Awa", size) as stage:
        await stage.press("g", "j")
        assert isinstance(stage.app.screen, AdjudicationsScreen)
        assert "0/3" in painted(stage) and "differences open" in painted(stage)
        await stage.press("enter")
        assert "missed" in painted(stage) and "1 of 3" in painted(stage) and "decided 0/3" in painted(stage)
        assert "K4 Label K4 3.2" in painted(stage) and "– nothing" in painted(stage)
        await stage.press("1")
        assert "2 of 3" in painted(stage) and "decided 1/3 by Awa" in painted(stage)
        await stage.press("2", "x")
        assert "decided 3/3" in painted(stage) and "part of the consensus" in painted(stage)
        assert decisions(stage) == [
            ("take", "Awa", "missed: taken as Awa coded it"),
            ("take", "Moussa", "other code: taken as Moussa coded it"),
            ("neither", "", "extra: no code applies here"),
        ]
        settled = {(each.code_id, each.start) for each in consensus(stage).settled}
        assert {code for code, _start in settled} == {code_id("D1"), code_id("D2"), code_id("K4")}
        await stage.press("escape")
        assert "✓ adjudicated" in painted(stage)


@pytest.mark.parametrize("size", SIZES)
async def test_agreement_before_and_the_overlap_rule_stand_above_the_text(root: Path, size: tuple[int, int]) -> None:
    with open_project(root) as project:
        alpha = compare(project).overall["krippendorff_alpha_nominal"].value
        with project.act(coders(project)[0].id) as act:
            act.put("setting", adjudicating.OVERLAP_SETTING, value=0.7)
    async with workbench(root, "Awa", size) as stage:
        await stage.press("g", "j", "enter")
        line = painted(stage).splitlines()[1]
        assert f"{alpha:.2f} here" in line and "rule: overlap ≥ 70 %" in line and "  12 " in f"{line} "
        assert ("no interval below 5" in line) == (size[0] == 120)
        await stage.press("b", "b", "b")
        assert f"{alpha:.2f} here" in painted(stage).splitlines()[1], "what was decided changes nothing of it"


async def test_nobodys_codings_change_and_undo_opens_again(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        before = stage.codings()
        await stage.press("g", "j", "enter", "b", "1", "u")
        assert screen_of(stage).docket.decided == 1
        assert "2 of 3" in painted(stage) and "Undone" in painted(stage)
        await stage.press("U")
        assert screen_of(stage).docket.decided == 2
        await stage.press("u", "u")
        assert decisions(stage) == []
        assert stage.codings() == before


async def test_the_next_sitting_begins_at_the_first_that_waits(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "j", "enter", "1", "escape", "enter")
        assert "2 of 3" in painted(stage)
    async with workbench(root, "Moussa") as stage:
        await stage.press("g", "j", "enter")
        assert "2 of 3" in painted(stage)
        await stage.press("1", "1")
        assert "by Awa, Moussa" in painted(stage)


@pytest.mark.parametrize("key", ["ampersand", "1"])
async def test_digits_take_a_coder_on_qwerty_and_azerty(root: Path, key: str) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "j", "enter", key)
        assert decisions(stage)[0][:2] == ("take", "Awa")


async def test_a_reason_of_ones_own_is_stored_once_or_always(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "j", "enter", "m", "=budget is no theme", "enter", "1", "2")
        assert [why for *_rest, why in decisions(stage)] == [
            "budget is no theme", "other code: taken as Moussa coded it",
        ]  # fmt: skip
        await stage.press("u", "M", "=as agreed on Monday", "enter", "1", "1")
        assert [why for *_rest, why in decisions(stage)][1:] == ["as agreed on Monday"] * 2


async def test_the_reason_of_a_settled_difference_can_be_written_later(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "j", "enter", "1", "P", "m", "=we talked about it", "enter")
        assert decisions(stage) == [("take", "Awa", "we talked about it")]


async def test_hidden_names_are_letters_and_the_reason_names_nobody(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "j", "enter", "a")
        header = painted(stage).splitlines()[0]
        assert "A ⟷ B" in header and "Moussa" not in header
        await stage.press("1")
        assert decisions(stage)[0][2] == "missed: taken as one coder coded it, names hidden"


async def test_other_ends_are_set_with_the_arrows(tmp_path: Path) -> None:
    root = differing(tmp_path / "p", (("Awa", [("D1", BOTH_SENTENCES)]), ("Moussa", [("D1", CHEFS)])))
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "j", "enter")
        assert "boundary" in painted(stage)
        await stage.press("e", "right", "right", "enter")
        settled = consensus(stage).settled
        words = screen_of(stage).desk.text.text[settled[0].start : settled[0].end]
        assert words == f"{CHEFS} Mais sans"
        assert decisions(stage)[0][0] == Outcome.EDITED


async def test_a_choice_between_codes_has_the_order_of_the_coders_keys(tmp_path: Path) -> None:
    root = differing(tmp_path / "p", (("Awa", [("K4", CHEFS)]), ("Moussa", [("D1", CHEFS)])))
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "j", "enter", "e", "1", "right", "enter")
        assert [each.code_id for each in consensus(stage).settled] == [code_id("K4")]


async def test_a_long_reason_has_a_line_of_its_own(root: Path) -> None:
    reason = "we asked both of them again on Monday and they agreed"
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "j", "enter", "m", f"={reason}", "enter", "1", "P")
        assert f"— {reason}" in painted(stage)


async def test_escape_leaves_the_ends_as_they_were(tmp_path: Path) -> None:
    root = differing(tmp_path / "p", (("Awa", [("D1", BOTH_SENTENCES)]), ("Moussa", [("D1", CHEFS)])))
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "j", "enter", "e", "right", "escape")
        assert decisions(stage) == [] and isinstance(stage.app.screen, AdjudicationScreen)
        await stage.press("escape")
        assert isinstance(stage.app.screen, AdjudicationsScreen)


async def test_another_code_is_picked(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "j", "enter", "space", "=d2", "enter")
        assert decisions(stage) == [("other", "", "missed: another code fits better")]
        assert "2 of 3" in painted(stage)


async def test_a_changed_coding_reopens_its_decision_visibly(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "j", "enter", "1", "1", "1", "escape")
    with open_project(root) as project:
        moussa = next(coder for coder in coders(project) if coder.name == "Moussa")
        extra = next(c for c in reading.codings_of(project) if c.code_id == code_id("K4") and c.coder_id == moussa.id)
        remove_coding(project, moussa, extra.id)
        put(project, moussa, [("K4", "Les femmes")])
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "j")
        assert "2/3" in painted(stage)
        await stage.press("enter")
        assert "3 of 3" in painted(stage)


async def test_a_decision_whose_codings_are_gone_is_told(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "j", "enter", "m", "=budget is no theme", "enter", "1", "escape")
        assert "no effect" not in painted(stage)
    with open_project(root) as project:
        text = opened(project).text
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        for coding in reading.codings_of(project):
            if text[coding.start : coding.end] == BUDGET:
                remove_coding(project, awa, coding.id)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "j")
        assert "1 decision has no effect any more" in painted(stage) and "budget is no theme" in painted(stage)
        await stage.press("enter")
        assert "1 decision has no effect any more" in painted(stage)


async def test_three_coders_have_a_stripe_and_a_key_each(tmp_path: Path) -> None:
    root = differing(tmp_path / "p", (("Awa", AWA), ("Moussa", MOUSSA), ("Zoé", [("K4", CHEFS)])))
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "j", "enter")
        assert "Awa ⟷ Moussa ⟷ Zoé" in painted(stage)
        assert painted(stage).splitlines()[1].rstrip().endswith("  123")
        await stage.press("3")
        assert decisions(stage)[0][:2] == ("take", "Zoé")


async def test_a_key_of_nobody_says_so(root: Path) -> None:
    async with workbench(root, "Awa", notes=True) as stage:
        await stage.press("g", "j", "enter", "7")
        assert decisions(stage) == []
        assert "no coder 7" in painted(stage)


async def test_a_single_reading_is_adopted_with_a_reason(tmp_path: Path) -> None:
    root = differing(tmp_path / "p", (("Awa", AWA),))
    async with workbench(root, "Awa", notes=True) as stage:
        await stage.press("g", "j", "enter")
        assert "Fewer than two" in painted(stage)
        await stage.press("a", "enter")
        assert consensus(stage).adoption is None, "an adoption needs a reason"
        await stage.press("=second reading not planned", "enter")
        listed = stage.app.screen
        assert isinstance(listed, AdjudicationsScreen)
        assert "✓ adopted" in listed.rows.rows[0].cells and "second reading not planned" in painted(stage)
        assert len(consensus(stage).settled) == len(AWA)
        await stage.press("r")
        assert consensus(stage).adoption is None


async def test_what_is_agreed_alone_settles_the_rest(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "j", "n", "=no time for the rest", "enter")
        assert [outcome for outcome, *_rest in decisions(stage)] == ["neither"] * 3
        assert len(consensus(stage).settled) == 2
        await stage.press("u")
        assert decisions(stage) == []


async def test_who_codes_blind_does_not_adjudicate(root: Path) -> None:
    with open_project(root) as project:
        add_coder(project, next(c.id for c in coders(project) if c.name == "Awa"), "Zoé")
    async with workbench(root, "Zoé", notes=True) as stage:
        await stage.press("g", "j", "enter")
        assert isinstance(stage.app.screen, AdjudicationsScreen)
        assert "coded blind" in stage.app.screen.rows.rows[0].cells
        assert "0/3" not in painted(stage) and "Moussa" not in painted(stage)
        await stage.press("a")
        assert "You code blind here" in painted(stage)


async def test_the_rule_of_a_disputed_code_is_amended_from_here(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "j", "enter", "c")
        await stage.press("=New ", "ctrl+s")
        labels = {place.code.ref: place.code.label.fr for place in reading.codebook(stage.project).codes()}
        assert "New " in labels["K4"]
        assert "The rule was amended. 2 earlier codings are to be looked at again: g r" in painted(stage)
        await stage.press("g", "r")
        listed = stage.app.screen
        assert isinstance(listed, RecodeScreen)
        assert [row.cells[2] for row in listed.rows.rows] == ["Awa", "Moussa"]
        await stage.press("a")
        assert [row.cells[2] for row in listed.rows.rows] == ["Moussa"]
        await stage.press("u")
        assert len(listed.rows.rows) == 2
        await stage.press("home", "enter")
        assert stage.selected() == BUDGET


async def test_an_empty_project_has_nothing_to_settle(tmp_path: Path) -> None:
    project, _lead = a_project(tmp_path / "p")
    project.close()
    async with workbench(tmp_path / "p", "Awa", (80, 24)) as stage:
        await stage.press("g", "j")
        assert "not reviewed" in painted(stage)
        await stage.press("a", "u", "r", "n", "enter")
        assert isinstance(stage.app.screen, AdjudicationsScreen)


async def test_a_difference_that_changed_meanwhile_is_not_decided(root: Path) -> None:
    async with workbench(root, "Awa", (120, 40), notes=True) as stage:
        await stage.press("g", "j", "enter")
        with open_project(root) as project:
            moussa = next(coder for coder in coders(project) if coder.name == "Moussa")
            put(project, moussa, [("K4", BUDGET)])
        await stage.press("1")
        assert decisions(stage) == [] and "has changed" in painted(stage)
        stage.app.look_elsewhere()
        await stage.press("1")
        assert "decided 1/2" in painted(stage)


async def test_a_difference_that_another_one_decided_meanwhile_is_not_overwritten(root: Path) -> None:
    async with workbench(root, "Awa", (120, 40), notes=True) as stage:
        await stage.press("g", "j", "enter")
        with open_project(root) as project:
            moussa = next(coder for coder in coders(project) if coder.name == "Moussa")
            first = min(adjudicating.consensus_of(project)[0].differences, key=lambda each: each.start)
            adjudicating.decide(project, moussa, first, Outcome.NEITHER, because="no budget, no theme")
        await stage.press("1")
        assert [why for *_rest, why in decisions(stage)] == ["no budget, no theme"]


async def test_ends_that_are_being_set_survive_what_others_commit(tmp_path: Path) -> None:
    root = differing(tmp_path / "p", (("Awa", [("D1", BOTH_SENTENCES)]), ("Moussa", [("D1", CHEFS)])), transcripts=2)
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "j", "enter", "e", "right", "right")
        with open_project(root) as project:
            moussa = next(coder for coder in coders(project) if coder.name == "Moussa")
            put(project, moussa, [("K4", CHEFS)], "cso-2")
        stage.app.look_elsewhere()
        await stage.press("enter")
        settled = consensus(stage).settled
        assert screen_of(stage).desk.text.text[settled[0].start : settled[0].end] == f"{CHEFS} Mais sans"
