"""The codebook changes while people code: nothing is lost, everything is counted, and each act is taken back whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import new_id
from hsreview.model.codebook import Modifier, Status
from hsreview.model.coding import Coding
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.project.codebooks import code_tree, load_codebook
from hsreview.project.doctor import examine
from hsreview.workflows import codebook_changes as changes
from hsreview.workflows.codebook_changes import CodebookChanged, Tally
from hsreview.workflows.codebook_splitting import Choice, NewCode, decide_splits, split_code
from hsreview.workflows.codebooks import store_codebook
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings, write_memo
from hsreview.workflows.reading import code_usage, codings_of, memos_of
from hsreview.workflows.rechecking import keep, recode_queue
from hsreview.workflows.undoing import next_undo, redo, undo
from tests.builders import a_codebook, a_project, code_id, opened

D1, D2, K4 = code_id("D1"), code_id("D2"), code_id("K4")
THEME = next(theme.id for theme in a_codebook().themes)


class Team:
    """A lead, Awa, and Daan, who coded the same text."""

    def __init__(self, root: Path) -> None:
        self.project, self.awa = a_project(root)
        self.daan = store_coder(self.project, Coder(new_id(), "Daan"), self.awa.id)
        self.version = opened(self.project).version.id

    def code(self, coder: Coder, start: int, *codes: str) -> list[Coding]:
        return add_codings(self.project, coder, self.version, start, start + 10, codes)

    def used(self) -> dict[str, int]:
        refs = {node.id: node.ref for node in code_tree(self.project.connection).nodes}
        return {refs[code]: n for code, (n, _transcripts) in code_usage(self.project).items()}

    def order(self) -> list[str]:
        return [place.code.ref for place in load_codebook(self.project.connection).codes()]

    def waiting(self, coder: Coder) -> list[str]:
        return [each.segment.coding.id for each in recode_queue(self.project, self.awa, coder.id).entries]


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path / "p")
    yield found
    assert examine(found.project.connection) == []
    found.project.close()


def counts(done: CodebookChanged) -> dict[str, tuple[int, int]]:
    return {each.ref: (each.before.codings, each.after.codings) for each in done.counts}


def test_a_merge_counts_for_the_other_code_and_is_taken_back_whole(team: Team) -> None:
    team.code(team.awa, 20, D1, D2)
    team.code(team.daan, 20, D1)
    [moved] = team.code(team.daan, 40, D1)
    done = changes.merge_codes(team.project, team.awa, [D1], D2, because="the same thing")
    assert counts(done) == {"D1": (3, 0), "D2": (1, 3)} and done.shared == 1
    assert {(each.coder, each.before, each.after) for each in done.touched} == {
        ("Awa", "D1", ("D2",)),
        ("Daan", "D1", ("D2",)),
    }
    assert len(done.touched) == 3 and team.used() == {"D2": 3} and "D1" not in team.order()
    row = team.project.connection.execute("select given_code_id, code_id from coding where id = ?", (moved.id,))
    assert row.fetchone() == (D1, D2), "what Daan gave stays what he gave"
    [late] = team.code(team.daan, 60, D1)
    assert late.code_id == D2
    found = next_undo(team.project, team.awa)
    assert found is not None and found.what == "merge of D1 into D2"
    assert undo(team.project, team.awa).done and team.used() == {"D1": 3, "D2": 2}
    assert redo(team.project, team.awa).done and team.used() == {"D2": 4}


def test_a_preview_says_the_same_and_stores_nothing(team: Team) -> None:
    team.code(team.awa, 20, D1)
    before = team.project.connection.execute("select count(*) from change").fetchone()
    seen = changes.merge_codes(team.project, team.awa, [D1], D2, because="why", preview=True)
    assert not seen.stored
    assert team.project.connection.execute("select count(*) from change").fetchone() == before
    done = changes.merge_codes(team.project, team.awa, [D1], D2, because="why")
    assert (done.counts, done.touched, done.version) == (seen.counts, seen.touched, seen.version)


def test_codes_below_a_merged_one_move_along(team: Team) -> None:
    changes.move_code(team.project, team.awa, K4, under=D1)
    changes.merge_codes(team.project, team.awa, [D1], D2, because="why")
    [place] = [place for place in load_codebook(team.project.connection).codes() if place.code.ref == "K4"]
    assert [each.ref for each in place.parents] == ["D2"]


def test_what_cannot_be_merged_is_refused(team: Team) -> None:
    changes.move_code(team.project, team.awa, K4, under=D1)
    for sources, into in (([D1], D1), ([D1], K4), ([THEME], D1), ([D1], THEME), ([new_id()], D1)):
        with pytest.raises(InputRefused):
            changes.merge_codes(team.project, team.awa, sources, into, because="why")
    with pytest.raises(UsageProblem):
        changes.merge_codes(team.project, team.awa, [D1], D2, because=" ")
    with pytest.raises(UsageProblem):
        changes.merge_codes(team.project, team.daan, [D1], D2, because="why")
    changes.merge_codes(team.project, team.awa, [D1], D2, because="why")
    with pytest.raises(InputRefused, match="not in use"):
        changes.merge_codes(team.project, team.awa, [D1], K4, because="it is merged already")
    assert undo(team.project, team.awa).done
    changes.deactivate_code(team.project, team.awa, D2, because="why")
    with pytest.raises(InputRefused, match="reactivate"):
        changes.merge_codes(team.project, team.awa, [D1], D2, because="why")


@pytest.mark.parametrize(
    ("where", "order"),
    [
        ({"before": "D1"}, ["K4", "D1", "D2"]),
        ({"after": "D1"}, ["D1", "K4", "D2"]),
        ({"under": "D1"}, ["D1", "K4", "D2"]),
    ],
)
def test_a_code_is_moved_among_the_others(team: Team, where: dict[str, str], order: list[str]) -> None:
    to = {key: code_id(ref) for key, ref in where.items()}
    changes.move_code(team.project, team.awa, K4, under=to.get("under"), before=to.get("before"), after=to.get("after"))
    assert team.order() == order
    assert undo(team.project, team.awa).done and team.order() == ["D1", "D2", "K4"]


def test_a_code_is_not_moved_below_itself_nor_to_where_it_stands(team: Team) -> None:
    changes.move_code(team.project, team.awa, D2, under=D1)
    for code, under, before in (
        (D1, D2, None),
        (D1, D1, None),
        (D1, None, K4),
        (D1, None, None),
        (THEME, D1, None),
    ):
        with pytest.raises(InputRefused):
            changes.move_code(team.project, team.awa, code, under=under, before=before)


def test_a_new_reference_is_followed_by_what_names_the_code(team: Team) -> None:
    book = a_codebook()
    modifiers = (*book.modifiers, Modifier("level", Localized(fr="Niveau", en="Level"), applies_to=("D1", "D2")))
    store_codebook(team.project, team.awa.id, replace(book, modifiers=modifiers))
    [coding] = team.code(team.daan, 20, D1)
    done = changes.rename_code(team.project, team.awa, D1, ref="X1", labels={"en": "Trigger"})
    assert team.order() == ["X1", "D2", "K4"] and counts(done) == {"X1": (1, 1)}
    assert [each.code_id for each in codings_of(team.project)] == [coding.code_id]

    def applies() -> tuple[str, ...]:
        return load_codebook(team.project.connection).modifiers[1].applies_to

    assert applies() == ("X1", "D2")
    with pytest.raises(InputRefused):
        changes.rename_code(team.project, team.awa, D1, ref="D2")
    with pytest.raises(InputRefused):
        changes.rename_code(team.project, team.awa, D1, ref="two words")
    changes.merge_codes(team.project, team.awa, [D1], D2, because="why")
    assert applies() == ("D2",)
    for _step in range(2):
        assert undo(team.project, team.awa).done
    assert applies() == ("D1", "D2") and team.order() == ["D1", "D2", "K4"]


def test_two_codes_of_one_place_do_not_get_one_label(team: Team) -> None:
    with pytest.raises(InputRefused) as refused:
        changes.rename_code(team.project, team.awa, D1, labels={"en": "Label D2", "fr": "Libellé D2"})
    assert {each.code for each in refused.value.problems} == {"duplicate_label"}
    assert team.order() == ["D1", "D2", "K4"] and next_undo(team.project, team.awa) is not None


def test_a_retired_code_keeps_its_codings_and_takes_no_new_ones(team: Team) -> None:
    team.code(team.daan, 20, D1)
    changes.move_code(team.project, team.awa, D2, under=D1)
    done = changes.retire_code(team.project, team.awa, D1, because="too wide")
    assert counts(done) == {"D1": (1, 1), "D2": (0, 0)} and team.used() == {"D1": 1}
    assert team.order() == ["K4", "D1"] or team.order() == ["D1", "K4"]
    with pytest.raises(InputRefused):
        team.code(team.daan, 40, D1)
    changes.reactivate_code(team.project, team.awa, D1)
    assert team.code(team.daan, 40, D1)


def test_a_deactivated_code_stays_in_its_place(team: Team) -> None:
    team.code(team.daan, 20, D1)
    changes.deactivate_code(team.project, team.awa, D1, because="for the second wave only")
    assert team.order() == ["D1", "D2", "K4"] and team.used() == {"D1": 1}
    with pytest.raises(InputRefused):
        team.code(team.daan, 40, D1)
    with pytest.raises(InputRefused):
        changes.deactivate_code(team.project, team.awa, D1, because="again")
    changes.reactivate_code(team.project, team.awa, D1)
    assert team.code(team.daan, 40, D1)
    with pytest.raises(InputRefused):
        changes.reactivate_code(team.project, team.awa, D1)


def test_a_merged_code_gets_its_codings_back(team: Team) -> None:
    team.code(team.daan, 20, D1)
    changes.merge_codes(team.project, team.awa, [D1], D2, because="why")
    team.code(team.awa, 40, D2)
    done = changes.reactivate_code(team.project, team.awa, D1, because="not the same after all")
    assert counts(done) == {"D1": (0, 1), "D2": (2, 1)} and team.used() == {"D1": 1, "D2": 1}
    assert [(each.coder, each.before, each.after) for each in done.touched] == [("Daan", "D2", ("D1",))]


def test_what_comes_back_is_told_from_where_it_counted_last(team: Team) -> None:
    passage = team.code(team.daan, 20, D1)
    team.code(team.daan, 20, D2)
    changes.merge_codes(team.project, team.awa, [D1], D2, because="why")
    changes.merge_codes(team.project, team.awa, [D2], K4, because="why")
    seen = changes.reactivate_code(team.project, team.awa, D1, preview=True)
    done = changes.reactivate_code(team.project, team.awa, D1)
    told = [[(each.coding_id, each.before, each.after) for each in of.touched] for of in (seen, done)]
    assert told == [[(passage[0].id, "K4", ("D1",))]] * 2
    assert counts(done) == {"D1": (0, 1), "K4": (1, 1)}


def test_what_a_code_stood_under_may_be_gone_when_it_comes_back(team: Team) -> None:
    changes.move_code(team.project, team.awa, K4, under=D1)
    changes.retire_code(team.project, team.awa, K4, because="why")
    changes.merge_codes(team.project, team.awa, [D1], D2, because="why")
    changes.reactivate_code(team.project, team.awa, K4)
    [place] = [place for place in load_codebook(team.project.connection).codes() if place.code.ref == "K4"]
    assert [each.ref for each in place.parents] == ["D2"] and place.code.status is Status.ACTIVE


def test_a_split_decides_for_oneself_and_asks_the_others(team: Team) -> None:
    stays, goes, both = (team.code(team.awa, start, D1)[0].id for start in (20, 40, 60))
    write_memo(team.project, team.awa, "a note", coding_id=both)
    [his] = team.code(team.daan, 20, D1)
    decisions = {stays: Choice.STAYS, goes: Choice.GOES, both: Choice.BOTH}
    new = NewCode(Localized(fr="Peur", en="Fear"))
    done = split_code(team.project, team.awa, D1, new, decisions, because="two things")
    assert counts(done) == {"D1": (4, 3), "D3": (0, 2)}
    assert {(each.coding_id, each.after, each.waits) for each in done.touched} == {
        (stays, ("D1",), False),
        (goes, ("D3",), False),
        (both, ("D1", "D3"), False),
        (his.id, ("D1",), True),
    }
    assert team.order() == ["D1", "D3", "D2", "K4"] and team.used() == {"D1": 3, "D3": 2}
    assert sorted(memo.text for memo in memos_of(team.project)) == ["a note", "a note"]
    assert team.waiting(team.daan) == [his.id] and team.waiting(team.awa) == []
    team.code(team.daan, 80, D1)
    assert team.waiting(team.daan) == [his.id], "what is coded after the split was coded knowing of it"
    found = next_undo(team.project, team.awa)
    assert found is not None and found.what == "split of D1 into D1 and D3"
    assert undo(team.project, team.awa).done
    assert team.order() == ["D1", "D2", "K4"] and team.used() == {"D1": 5} and team.waiting(team.daan) == []
    assert redo(team.project, team.awa).done and team.waiting(team.daan) == [his.id]


@pytest.mark.parametrize(
    ("choice", "used"), [(Choice.STAYS, {"D1": 1}), (Choice.GOES, {"D2": 1}), (Choice.BOTH, {"D1": 1, "D2": 1})]
)
def test_each_coder_decides_about_their_own(team: Team, choice: Choice, used: dict[str, int]) -> None:
    [his] = team.code(team.daan, 20, D1)
    split_code(team.project, team.awa, D1, D2, because="two things")
    assert team.used() == {"D1": 1}
    with pytest.raises(InputRefused):
        decide_splits(team.project, team.awa, {his.id: choice})
    assert decide_splits(team.project, team.daan, {his.id: choice}) == 1
    assert team.used() == used and team.waiting(team.daan) == []
    with pytest.raises(InputRefused):
        decide_splits(team.project, team.daan, {his.id: choice})
    assert undo(team.project, team.daan).done and team.waiting(team.daan) == [his.id]
    assert keep(team.project, team.daan, [his.id]) == 1 and team.waiting(team.daan) == []


def test_what_a_split_made_is_not_taken_back_under_others(team: Team) -> None:
    team.code(team.daan, 20, D1)
    done = split_code(team.project, team.awa, D1, NewCode(Localized(fr="Peur", en="Fear")), because="why")
    assert done.new_code is not None
    team.code(team.daan, 40, done.new_code)
    assert "Daan" in undo(team.project, team.awa).reason


def test_what_cannot_be_split_is_refused(team: Team) -> None:
    [his] = team.code(team.daan, 20, D1)
    label = Localized(fr="Peur", en="Fear")
    for code, into, decisions in (
        (D1, D1, {}),
        (D1, THEME, {}),
        (THEME, D1, {}),
        (D1, NewCode(Localized()), {}),
        (D1, NewCode(label, "D2"), {}),
        (D1, NewCode(label), {his.id: Choice.GOES}),
    ):
        with pytest.raises(InputRefused):
            split_code(team.project, team.awa, code, into, decisions, because="why")
    assert team.waiting(team.daan) == [] and team.order() == ["D1", "D2", "K4"]


def test_counts_are_of_first_readings_by_transcript_and_coder(team: Team) -> None:
    team.code(team.awa, 20, D1)
    team.code(team.daan, 20, D1)
    add_codings(team.project, team.daan, team.version, 50, 60, [D1], pass_="again")
    done = changes.retire_code(team.project, team.awa, D1, because="why")
    assert done.counts[0].before == Tally(2, 1, 2) and len(done.touched) == 3


def test_a_code_is_found_although_it_is_not_in_use(team: Team) -> None:
    changes.retire_code(team.project, team.awa, D1, because="why")
    assert changes.find_node(team.project, "D1").id == D1
    assert changes.find_node(team.project, "D", themes=True).id == THEME
    with pytest.raises(InputRefused, match="D is a theme"):
        changes.find_node(team.project, "D")
