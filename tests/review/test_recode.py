"""Codings to look at again when the rules of their code have changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id
from hsreview.model.coding import Coding
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows.codebooks import change_code
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings, change_coding, remove_coding
from hsreview.workflows.rechecking import keep, recode_queue
from hsreview.workflows.undoing import undo
from tests.builders import a_project, code_id, opened
from tests.cli.conftest import call, ok


@dataclass
class Team:
    project: Project
    awa: Coder
    daan: Coder
    version: str
    mine: Coding
    """Awa's, with D1."""

    def define(self, words: str, field: str = "definition") -> None:
        change_code(self.project, self.awa, code_id("D1"), texts={field: Localized(fr=words, en=words)})

    def waiting(self, viewer: Coder | None = None) -> list[str]:
        return [each.segment.coding.id for each in recode_queue(self.project, viewer).entries]


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    project, awa = a_project(tmp_path / "p")
    daan = store_coder(project, Coder(new_id(), "Daan"), awa.id)
    version = opened(project).version.id
    [mine] = add_codings(project, awa, version, 20, 30, [code_id("D1")])
    add_codings(project, awa, version, 20, 30, [code_id("D2")])
    yield Team(project, awa, daan, version, mine)
    assert examine(project.connection) == []
    project.close()


@pytest.mark.parametrize("field", ["label", "definition", "use", "not_use"])
def test_a_change_of_the_rules_asks_for_the_codings_made_before(team: Team, field: str) -> None:
    assert team.waiting() == []
    team.define("new words", field)
    add_codings(team.project, team.awa, team.version, 40, 50, [code_id("D1")])
    assert team.waiting() == [team.mine.id], "neither later ones, nor those of other codes"
    [entry] = recode_queue(team.project, None).entries
    assert entry.waiting.changed == (field,) and entry.waiting.now.rules[field]["en"] == "new words"


def test_an_example_or_a_colour_asks_for_nothing(team: Team) -> None:
    team.define("new words", "example")
    change_code(team.project, team.awa, code_id("D1"), hue="red")
    assert team.waiting() == []


def test_taking_the_edit_back_empties_the_queue(team: Team) -> None:
    team.define("new words")
    assert team.waiting() == [team.mine.id]
    assert undo(team.project, team.awa).done and team.waiting() == []
    team.define("new words")
    team.define("")
    assert team.waiting() == [], "rules that are again as they were"


def test_keeping_changing_and_removing_empty_it(team: Team) -> None:
    [second] = add_codings(team.project, team.awa, team.version, 40, 50, [code_id("D1")])
    [third] = add_codings(team.project, team.awa, team.version, 60, 70, [code_id("D1")])
    team.define("one")
    assert team.waiting() == [team.mine.id, second.id, third.id]
    assert keep(team.project, team.awa, [team.mine.id]) == 1
    change_coding(team.project, team.awa, second.id, end=55)
    remove_coding(team.project, team.awa, third.id)
    assert team.waiting() == []
    assert undo(team.project, team.awa).done and team.waiting() == [third.id]
    assert undo(team.project, team.awa).done and team.waiting() == [second.id, third.id]
    team.define("two")
    assert team.mine.id in team.waiting(), "the next edit asks again"


def test_keeping_can_be_undone(team: Team) -> None:
    team.define("one")
    keep(team.project, team.awa, [team.mine.id])
    assert undo(team.project, team.awa).done and team.waiting() == [team.mine.id]


def test_only_ones_own_waiting_codings_are_kept_and_all_or_none(team: Team) -> None:
    [his] = add_codings(team.project, team.daan, team.version, 40, 50, [code_id("D1")])
    team.define("one")
    for ids in ([team.mine.id, his.id], [team.mine.id, "nothing"]):
        with pytest.raises(InputRefused) as refused:
            keep(team.project, team.awa, ids)
        assert len(refused.value.problems) == 1
    assert team.waiting() == [team.mine.id, his.id]
    assert team.waiting(team.daan) == [his.id] and recode_queue(team.project, team.daan).hidden == 1


def test_the_commands(folder: Path) -> None:
    from hsreview.workflows.projects import open_project

    with open_project(folder) as project:
        awa = next(c for c in project.connection.execute("select id from coder where name = 'Awa'"))[0]
        change_code(project, Coder(awa, "Awa"), code_id("D1"), texts={"use": Localized(en="only if", fr="si")})
    listed = ok("--coder", "Daan", "recode", "--json").json("recode")
    [entry] = listed["codings"]
    assert (entry["coder"], entry["code"], entry["changed"]) == ("Daan", "D1", ["use"])
    assert entry["before"] == {"use": {}} and entry["now"] == {"use": {"en": "only if", "fr": "si"}}
    assert "use when: – → only if" in ok("--coder", "Daan", "recode", "list").out
    assert call("--coder", "Awa", "recode", "keep", entry["id"]).code == 3
    ok("--coder", "Daan", "recode", "keep", entry["id"])
    assert ok("recode", "--json").json("recode")["codings"] == []
