"""Saved queries mean the same codes after the codebook changed, and names that went say what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import new_id, now
from hsreview.model.localized import Localized
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows import codebook_changes as changes
from hsreview.workflows.codebook_splitting import NewCode, split_code
from hsreview.workflows.coding import add_codings
from hsreview.workflows.matrices import Wish, open_matrices
from hsreview.workflows.querying import QueryFault, open_layer
from hsreview.workflows.reading import codebook, find_code
from hsreview.workflows.saved_queries import KIND, SavedQuery, find_query, save_query
from hsreview.workflows.search_scopes import scope_of
from tests.builders import a_codebook, a_project, code_id, opened

D1, D2, K4 = code_id("D1"), code_id("D2"), code_id("K4")
THEME = next(theme.id for theme in a_codebook().themes)
TODAY = now()[:10]


class Desk:
    """A project in which D1, D2 and K4 stand on three sentences, and queries are saved."""

    def __init__(self, root: Path) -> None:
        self.project, self.awa = a_project(root)
        text = opened(self.project)
        self.ids = {
            code: add_codings(self.project, self.awa, text.version.id, *text.sentences[number], [code])[0].id
            for number, code in enumerate((D1, D2, K4), 2)
        }

    def save(self, expression: str) -> None:
        save_query(self.project, self.awa, "mine", expression)

    @property
    def saved(self) -> SavedQuery:
        return find_query(self.project, "mine")

    def ask(self, expression: str) -> set[str]:
        answer = open_layer(self.project, "Awa", viewer=self.awa).ask(expression)
        return {hit.segment.coding.id for hit in answer.hits}

    def codes(self) -> set[str]:
        """The codes whose codings the saved query picks, by what they were given for."""
        picked = self.ask(self.saved.asked())
        return {code for code, coding in self.ids.items() if coding in picked}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    found = Desk(tmp_path / "p")
    yield found
    assert examine(found.project.connection) == []
    found.project.close()


def test_a_query_follows_a_renamed_code_and_never_takes_the_new_bearer_of_its_ref_for_it(desk: Desk) -> None:
    desk.save("K4")
    changes.rename_code(desk.project, desk.awa, K4, ref="M1")
    assert desk.saved.today == "M1" and desk.codes() == {K4}
    assert desk.saved.notes == ["K4 is called M1 now."] and desk.saved.expression == "K4"
    changes.rename_code(desk.project, desk.awa, D1, ref="K4")
    assert desk.saved.today == "M1" and desk.codes() == {K4}
    assert desk.ask("K4") == {desk.ids[D1]}


def test_a_query_for_a_merged_code_says_whose_answer_it_is(desk: Desk) -> None:
    desk.save("K4 or D1!")
    changes.merge_codes(desk.project, desk.awa, [K4], D2, because="the same")
    assert desk.saved.today == "D2 or D1!"
    assert desk.saved.notes == [f"K4 was merged into D2 on {TODAY}. The answer is that for D2."]
    changes.merge_codes(desk.project, desk.awa, [D2], D1, because="the same")
    assert desk.saved.today == "D1 or D1!" and "K4 was merged into D1" in desk.saved.notes[0]
    assert desk.codes() == {D1, D2, K4}


def test_a_code_that_took_another_over_does_not_count_it_silently(desk: Desk) -> None:
    desk.save("K4")
    changes.merge_codes(desk.project, desk.awa, [D2], K4, because="the same")
    assert desk.saved.today == "K4" and desk.codes() == {D2, K4}
    assert desk.saved.notes == ["Since the query was saved, K4 also stands for D2."]
    desk.save("D1 or K4")
    assert desk.saved.notes == []


def test_codes_that_became_one_are_written_once_and_not_told_as_an_addition(desk: Desk) -> None:
    desk.save("(D1 or D2) and by Awa")
    changes.merge_codes(desk.project, desk.awa, [D2], D1, because="the same")
    assert desk.saved.today == "D1 and by Awa" and desk.codes() == {D1, D2}
    assert desk.saved.notes == [f"D2 was merged into D1 on {TODAY}. The answer is that for D1."]
    desk.save("D1 and not K4")
    changes.merge_codes(desk.project, desk.awa, [K4], D1, because="the same")
    assert "Since the query was saved, D1 also stands for K4." in desk.saved.notes


def test_a_code_that_was_retired_under_its_codings_is_told(desk: Desk) -> None:
    desk.save("D1 or K4")
    changes.retire_code(desk.project, desk.awa, K4, because="unused")
    assert desk.saved.today == "D1 or K4" and desk.codes() == {D1, K4}
    assert desk.saved.notes == ["K4 was retired: what is found was coded before, and nothing new is."]


@pytest.mark.parametrize("expression", ["D", "D*", "Moteurs", "Q1"])
def test_what_a_name_gained_is_said(desk: Desk, expression: str) -> None:
    desk.save(expression)
    split_code(desk.project, desk.awa, K4, NewCode(Localized(en="New"), "D9"), {}, because="two things")
    [note] = desk.saved.notes
    assert note == f"Since the query was saved, {expression} also stands for D9."


def test_what_a_name_lost_is_said(desk: Desk) -> None:
    changes.move_code(desk.project, desk.awa, D2, under=K4)
    desk.save("K4 or K4!")
    assert desk.saved.notes == [] and desk.codes() == {D2, K4}
    changes.move_code(desk.project, desk.awa, D2, under=THEME)
    assert desk.saved.notes == ["Since the query was saved, K4 no longer stands for D2."] and desk.codes() == {K4}


def test_a_label_goes_on_naming_its_code_and_a_changed_one_is_replaced(desk: Desk) -> None:
    desk.save('"Label K4" and not D1')
    changes.rename_code(desk.project, desk.awa, K4, ref="M1")
    assert desk.saved.today == '"Label K4" and not D1' and desk.saved.notes == []
    changes.rename_code(desk.project, desk.awa, K4, labels={"en": "Money", "fr": "Argent"})
    assert desk.saved.today == "M1 and not D1" and desk.codes() == {K4}


def test_what_is_gone_is_refused_under_its_column(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "q")
    text = opened(project)
    add_codings(project, awa, text.version.id, *text.sentences[2], [D1])
    save_query(project, awa, "mine", "D1 or K4")
    changes.retire_code(project, awa, K4, because="unused")
    saved = find_query(project, "mine")
    with pytest.raises(QueryFault) as refused:
        saved.asked()
    assert refused.value.column == 7 and refused.value.expression == "D1 or K4"
    assert refused.value.reason == f"K4 was retired on {TODAY}, and no coding bears it." == saved.notes[0]
    project.close()


def test_a_query_without_ids_is_read_as_it_stands_and_says_so(desk: Desk) -> None:
    with desk.project.act(desk.awa.id) as act:
        act.put("saved_search", new_id(), name="mine", kind=KIND, query="D1")
    assert desk.saved.today == "D1" and "without the ids" in desk.saved.notes[0]


def test_the_same_words_with_another_meaning_are_saved_anew(desk: Desk) -> None:
    desk.save("K4")
    assert save_query(desk.project, desk.awa, "mine", "K4") is False
    changes.rename_code(desk.project, desk.awa, K4, ref="M1")
    changes.rename_code(desk.project, desk.awa, D1, ref="K4")
    assert save_query(desk.project, desk.awa, "mine", "K4") is True
    assert desk.codes() == {D1} and desk.saved.notes == []


# Names that nothing bears any more


def refusal(project: Project, wish: str) -> str:
    with pytest.raises(InputRefused) as refused:
        find_code(codebook(project), wish)
    return refused.value.message


def test_the_old_ref_of_a_merged_code_is_refused_with_the_new_one_everywhere(desk: Desk) -> None:
    changes.merge_codes(desk.project, desk.awa, [K4], D2, because="the same")
    told = f"K4 was merged into D2 on {TODAY}. Write D2."
    assert refusal(desk.project, "k4") == refusal(desk.project, "Label K4") == refusal(desk.project, K4) == told
    with pytest.raises(QueryFault) as refused:
        desk.ask("D1 and K4")
    assert refused.value.reason == told and refused.value.column == 8
    with pytest.raises(InputRefused, match="merged into D2"):
        scope_of(desk.project, coded="K4")
    with pytest.raises(UsageProblem, match="merged into D2"):
        open_matrices(desk.project, "Awa", viewer=desk.awa).table(Wish(codes=("K4",)))
    assert desk.ask("D2") == {desk.ids[D2], desk.ids[K4]}


def test_renamed_and_retired_codes_say_so_and_two_bearers_are_both_named(desk: Desk) -> None:
    changes.rename_code(desk.project, desk.awa, K4, ref="M1")
    assert refusal(desk.project, "K4") == f"K4 is called M1 since {TODAY}. Write M1."
    changes.rename_code(desk.project, desk.awa, D1, ref="K4")
    assert find_code(codebook(desk.project), "K4").id == D1
    changes.merge_codes(desk.project, desk.awa, [D1], D2, because="the same")
    assert "M1 since" in refusal(desk.project, "K4") and "merged into D2" in refusal(desk.project, "K4")
    assert refusal(desk.project, "K4").endswith("Write the one that is meant: M1, D2.")


def test_a_name_that_never_was_is_told_as_before(desk: Desk) -> None:
    assert refusal(desk.project, "K5").startswith("There is no code K5.")
    assert codebook(desk.project).former == ()
