"""The team: names that can be told apart, one lead, and changes that keep each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import new_id
from hsreview.model.people import Coder, CoderRole
from hsreview.project.project import Project
from hsreview.workflows import coders as team
from hsreview.workflows.coders import (
    add_coder,
    choose_coder,
    coders,
    remove_coder,
    rename_coder,
    set_role,
    store_coder,
)
from hsreview.workflows.undoing import undo


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project.create(tmp_path / "p")
    store_coder(project, Coder(new_id(), "awa"))
    return project


def of(project: Project, name: str) -> Coder:
    return next(c for c in coders(project) if c.name == name)


def test_a_coder_may_correct_the_case_of_their_own_name(project: Project) -> None:
    awa = of(project, "awa")
    assert rename_coder(project, awa.id, awa, " Awa ").name == "Awa"
    assert [c.name for c in coders(project)] == ["Awa"]


def test_a_name_is_taken_whatever_its_case(project: Project) -> None:
    awa = of(project, "awa")
    daan = add_coder(project, awa.id, "Daan")
    for name in ("AWA", "awa", awa.id):
        with pytest.raises(UsageProblem, match="already"):
            rename_coder(project, daan.id, daan, name)
        with pytest.raises(UsageProblem, match="already"):
            add_coder(project, awa.id, name)


@pytest.mark.parametrize("name", ["", "  ", "\t", "consensus", " Consensus"])
def test_nobody_is_called_nothing_or_like_a_layer(project: Project, name: str) -> None:
    awa = of(project, "awa")
    ways: list[Callable[[], object]] = [
        lambda: add_coder(project, awa.id, name),
        lambda: rename_coder(project, awa.id, awa, name),
        lambda: store_coder(project, Coder(new_id(), name)),
    ]
    if name:
        ways.append(lambda: choose_coder(project, name))
    for way in ways:
        with pytest.raises(UsageProblem):
            way()
    assert [c.name for c in coders(project)] == ["awa"]


def test_a_new_name_and_a_new_role_keep_each_other(project: Project) -> None:
    awa = of(project, "awa")
    daan = add_coder(project, awa.id, "Daan")
    rename_coder(project, awa.id, daan, "Daniel")
    assert set_role(project, awa.id, daan, CoderRole.LEAD) == Coder(daan.id, "Daniel", CoderRole.LEAD)
    assert of(project, "Daniel").role is CoderRole.LEAD


def test_a_newcomer_who_signs_in_twice_at_once_joins_once(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both programs find nobody of that name; the other one writes first."""
    find = team.find_coder
    asked: list[str] = []

    def other_is_faster(here: Project, wish: str) -> Coder | None:
        found = find(here, wish)
        asked.append(wish)
        if len(asked) == 1:
            with Project.open(tmp_path / "p") as other:
                choose_coder(other, "Daan")
        return found

    monkeypatch.setattr(team, "find_coder", other_is_faster)
    chosen = choose_coder(project, "Daan")
    assert chosen is not None and not chosen.created
    assert [c.name for c in coders(project)] == ["Daan", "awa"]


@pytest.mark.parametrize("wish", ["Aicha D.", "Aïcha D", "Aichat D.", "Aihca D."])
def test_a_misspelt_name_adds_nobody(project: Project, wish: str) -> None:
    add_coder(project, None, "Aïcha D.")
    with pytest.raises(UsageProblem) as raised:
        choose_coder(project, wish)
    assert "Did you mean Aïcha D.?" in raised.value.message
    assert [c.name for c in coders(project)] == ["Aïcha D.", "awa"]
    if wish == "Aicha D.":
        with pytest.raises(UsageProblem, match=r"already a coder called Aïcha D\..*differs by accents"):
            add_coder(project, None, wish)
        return
    assert f"hsreview coders add '{wish}'" in raised.value.message
    add_coder(project, None, wish)
    chosen = choose_coder(project, wish)
    assert chosen is not None and (chosen.coder.name, chosen.created) == (wish, False)


@pytest.mark.parametrize(
    ("known", "wish"),
    [("Mariam", "Maraim"), ("Mariam", "Mariamm"), ("Mariam", "Marim"), ("Mariam", "Nariam"), ("Éva", "eva"),
     ("Coder 1", "Codre 1"), ("Mariam K", "Mariem K"), ("Awaa", "Awwa"), ("Daan", "Dan"), ("Efua", "Efau")],
)  # fmt: skip
def test_one_slip_of_the_keys_is_noticed(project: Project, known: str, wish: str) -> None:
    add_coder(project, None, known)
    with pytest.raises(UsageProblem, match=f"Did you mean {known}"):
        choose_coder(project, wish)


@pytest.mark.parametrize(
    ("known", "wish"),
    [("Aïcha D.", "Aïssata"), ("Aïcha D.", "Bakary D."), ("Aïcha D.", "A"), ("Coder 1", "Coder 2"),
     ("Coder 1", "Coder 12"), ("Coder 12", "Coder 21"), ("Awa D", "Awa K"), ("Mariam D.", "Mariam K."),
     ("Mariam", "Mariam K"), ("Al", "Ali"), ("Moussa", "Massou"), ("Mariam", "Miriem")],
)  # fmt: skip
def test_a_name_of_its_own_still_joins(project: Project, known: str, wish: str) -> None:
    add_coder(project, None, known)
    chosen = choose_coder(project, wish)
    assert chosen is not None and (chosen.coder.name, chosen.created) == (wish, True)


@pytest.mark.parametrize(("taken", "wish"), [("Clara", "Clára"), ("Clara", " CLARA "), ("Éva", "eva")])
def test_a_name_that_is_taken_is_told_as_it_is_written(project: Project, taken: str, wish: str) -> None:
    add_coder(project, None, taken)
    with pytest.raises(UsageProblem, match=f"already a coder called {taken}"):
        add_coder(project, None, wish)


def test_no_name_has_a_comma(project: Project) -> None:
    for way in (lambda: add_coder(project, None, "Awa,Boubou"), lambda: choose_coder(project, "Awa,Boubou")):
        with pytest.raises(UsageProblem, match="comma"):
            way()
    assert [c.name for c in coders(project)] == ["awa"]


def test_who_has_done_nothing_leaves_the_team_and_comes_back_by_undo(project: Project) -> None:
    awa = of(project, "awa")
    phantom = add_coder(project, awa.id, "Awwa")
    remove_coder(project, awa.id, phantom)
    assert [c.name for c in coders(project)] == ["awa"]
    assert undo(project, awa).what == "removal of Awwa from the team"
    assert [c.name for c in coders(project)] == ["Awwa", "awa"]
    rename_coder(project, phantom.id, phantom, "Awwa D.")
    with pytest.raises(InputRefused, match="has work"):
        remove_coder(project, awa.id, phantom)


def test_only_the_first_coder_becomes_the_lead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project.create(tmp_path / "p")
    read = team.coders
    asked: list[Project] = []

    def other_is_faster(here: Project) -> list[Coder]:
        if not here.connection.in_transaction and not asked:
            asked.append(here)
            with Project.open(tmp_path / "p") as other:
                store_coder(other, Coder(new_id(), "Daan"))
            return []
        return read(here)

    monkeypatch.setattr(team, "coders", other_is_faster)
    choose_coder(project, "Awa")
    assert [(c.name, c.role.value) for c in read(project)] == [("Awa", "coder"), ("Daan", "lead")]


def test_only_a_lead_gives_roles(project: Project) -> None:
    awa = of(project, "awa")
    daan = add_coder(project, awa.id, "Daan")
    ways: list[Callable[[], object]] = [
        lambda: set_role(project, daan.id, daan, CoderRole.LEAD),
        lambda: set_role(project, daan.id, awa, CoderRole.CODER),
        lambda: add_coder(project, daan.id, "Issa", CoderRole.LEAD),
        lambda: add_coder(project, None, "Issa", CoderRole.VALIDATOR),
    ]
    for way in ways:
        with pytest.raises(UsageProblem, match=r"Only a lead gives roles\..* Ask: awa"):
            way()
    assert [(c.name, c.role.value) for c in coders(project)] == [("Daan", "coder"), ("awa", "lead")]


def test_the_only_lead_stays_one(project: Project) -> None:
    awa = of(project, "awa")
    daan = add_coder(project, awa.id, "Daan")
    with pytest.raises(UsageProblem, match="awa is the only lead"):
        set_role(project, awa.id, awa, CoderRole.CODER)
    set_role(project, awa.id, daan, CoderRole.LEAD)
    assert set_role(project, awa.id, awa, CoderRole.CODER).role is CoderRole.CODER
    assert [(c.name, c.role.value) for c in coders(project)] == [("Daan", "lead"), ("awa", "coder")]


def test_where_nobody_leads_anyone_gives_roles(project: Project) -> None:
    awa = of(project, "awa")
    daan = add_coder(project, awa.id, "Daan")
    with project.act(awa.id) as act:
        act.put("coder", awa.id, role="coder")  # As after a merge of two leads who took the role from each other.
    assert set_role(project, daan.id, daan, CoderRole.LEAD).role is CoderRole.LEAD


def test_two_programs_in_which_one_newcomer_begins_at_once_store_one_coder(tmp_path: Path, project: Project) -> None:
    with Project.open(tmp_path / "p") as other:
        chosen = [choose_coder(each, "Zeinab", joined=lambda _new: None) for each in (project, other)]
        first, second = (each.coder for each in chosen if each is not None)
        add_coder(project, first.id, "Kadi")
        with pytest.raises(UsageProblem, match="already a coder called Zeinab"):
            add_coder(other, second.id, "Lala")
        assert sorted(coder.name for coder in coders(other)) == ["Kadi", "Zeinab", "awa"]
