"""Corrections made apart from each other: none vanishes silently, one decision settles them the same everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hsreview.model.exchange import Conflict
from hsreview.model.people import Coder
from hsreview.project.conflicts import decide
from hsreview.project.doctor import examine
from hsreview.project.merging import plan
from hsreview.project.project import Project
from hsreview.workflows import carrying, correcting, undoing
from hsreview.workflows import coding as acts
from hsreview.workflows.conflicts import open_conflicts
from hsreview.workflows.people import relabel_turn
from hsreview.workflows.reading import codings_of
from hsreview.workflows.text_history import changed_turns, two_texts, versions
from tests.builders import code_id, opened
from tests.project.teams import Leads, package


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Leads]:
    with closing(Leads(tmp_path)) as found:
        yield found


def say(project: Project, coder: Coder, turn: int, words: str) -> str:
    return carrying.correct(project, coder, correcting.with_turn(project, opened(project), turn, words))[1]


def labels(project: Project) -> list[str]:
    return [what for _row, what in correcting.versions(project, opened(project).transcript)]


def apart(pair: Leads) -> tuple[Conflict, str]:
    """Awa corrected twice, Daan once without knowing; the conflict, the record of Daan's text, which is not read."""
    say(pair.here, pair.awa, 2, "Qui commande ?\n")
    say(pair.here, pair.awa, 4, "Et la paix ?\n")
    theirs = say(pair.there, pair.daan, 5, "La sécurité, c’est dormir.\n")
    [found] = pair.exchange()
    assert (found.table, found.field, found.name) == ("transcript", "text", "cso-1")
    assert "dormir" not in opened(pair.here).text
    return found, next(value.record for value in found.values if value.value == theirs)


def test_each_text_is_laid_beside_the_one_on_which_it_rests(pair: Leads) -> None:
    apart(pair)
    for project in (pair.here, pair.there):
        transcript = opened(project).transcript
        rows = versions(project, transcript)
        said = {}
        for wish in (*(row.id for row, _what in rows if row.number > 1), 2, 3, None):
            before, new = two_texts(project, transcript, wish)
            said[wish] = [(each.number, each.words) for each in changed_turns(project, before.id, new.id)]
        ids = {what: row.id for row, what in rows}
        assert said[ids["apart"]] == [(5, "R1: La sécurité, c’est dormir.")]
        assert [number for number, _words in said[2]] == [2]
        assert said[3] == said[None] and [number for number, _words in said[3]] == [4]


def test_a_correction_that_is_not_in_the_newest_text_waits_with_both_texts(pair: Leads) -> None:
    apart(pair)
    assert sorted(labels(pair.here)) == ["apart", "corrected", "corrected", "imported"]
    assert sorted(labels(pair.here)) == sorted(labels(pair.there))
    [shown] = open_conflicts(pair.there)
    assert {value.coder: list(value.turns) for value in shown.values} == {
        "Awa": ["2 INT : Qui commande ?", "4 INT : Et la paix ?",
                "5 R1 : La sécurité, c’est manger. Les femmes n’ont pas été consultées au début."],
        "Daan": ["2 INT : Qui a décidé ? Comment ?", "4 INT : Et la sécurité humaine ?",
                 "5 R1 : La sécurité, c’est dormir."],
    }  # fmt: skip


def test_correcting_further_does_not_settle_it(pair: Leads) -> None:
    _found, record = apart(pair)
    say(pair.here, pair.awa, 2, "Qui ordonne ?\n")
    [found] = pair.exchange()
    assert record in {value.record for value in found.values}


def test_the_other_text_is_taken_with_its_speakers_and_codings_follow(pair: Leads) -> None:
    say(pair.here, pair.awa, 2, "Qui commande ?\n")
    say(pair.here, pair.awa, 4, "Et la paix ?\n")
    theirs = say(pair.there, pair.daan, 5, "La sécurité, c’est dormir.\n")
    relabel_turn(pair.there, pair.daan, theirs, 4, "R1")
    at = opened(pair.there).text.index("dormir")
    acts.add_codings(pair.there, pair.daan, theirs, at, at + 6, [code_id("D1")])
    [found] = pair.exchange()
    [lost] = carrying.waiting(pair.here, pair.daan).entries
    assert (lost.state, lost.before) == (carrying.Carried.LOST, "dormir")
    before = opened(pair.there).text
    decide(pair.here, pair.awa, found.id, next(v.record for v in found.values if v.value == theirs), "heard it again")
    assert pair.exchange() == [] and labels(pair.here)[-1] == "corrected"
    now = opened(pair.there)
    assert "dormir" in now.text and "commande" not in now.text and now.text != before
    assert now.turns[3].speaker == "R1" and now.version.number == 4
    [coding] = codings_of(pair.there, now.version.id)
    assert now.text[coding.start : coding.end] == "dormir"
    told = undoing.undo(pair.here, pair.awa)
    assert told.done and told.what == "decision on a conflict"
    assert pair.exchange() == [found] and opened(pair.there).text == before


def test_the_text_that_is_read_may_be_taken_too(pair: Leads) -> None:
    found, record = apart(pair)
    text = opened(pair.here).text
    decide(pair.here, pair.awa, found.id, next(v.record for v in found.values if v.record != record), "as agreed")
    assert pair.exchange() == [] and opened(pair.there).text == text
    assert "apart" in labels(pair.there)
    say(pair.here, pair.awa, 2, "Qui donc ?\n")
    assert pair.exchange() == []


def test_contrary_decisions_open_it_again(pair: Leads) -> None:
    found, record = apart(pair)
    other = next(value.record for value in found.values if value.record != record)
    decide(pair.here, pair.awa, found.id, record, "one")
    decide(pair.there, pair.daan, found.id, other, "two")
    [again] = pair.exchange()
    keep = next(value for value in again.values if value.record == other)
    decide(pair.there, pair.daan, again.id, keep.record, "talked about")
    assert pair.exchange() == [] and "dormir" not in opened(pair.here).text


def test_a_correction_made_without_knowing_of_the_decision_opens_it_again(pair: Leads) -> None:
    found, record = apart(pair)
    decide(pair.here, pair.awa, found.id, record, "one")
    say(pair.there, pair.daan, 2, "Qui, enfin ?\n")
    [again] = pair.exchange()
    assert again.id != found.id and len(again.values) == 2


def test_the_same_correction_made_twice_is_no_conflict(pair: Leads) -> None:
    say(pair.here, pair.awa, 2, "Qui commande ?\n")
    say(pair.there, pair.daan, 2, "Qui commande ?\n")
    assert pair.exchange() == []


def test_a_correction_taken_back_leaves_nothing_to_decide(pair: Leads) -> None:
    apart(pair)
    assert undoing.undo(pair.there, pair.daan).done
    assert pair.exchange() == [] and "apart" not in labels(pair.here)


def test_a_merge_tells_of_it_beforehand(pair: Leads) -> None:
    say(pair.here, pair.awa, 2, "Qui commande ?\n")
    say(pair.there, pair.daan, 5, "La sécurité, c’est dormir.\n")
    assert [each.field for each in plan(pair.here, [("p", package(pair.there))]).conflicts] == ["text"]


Act = Callable[[Project, Coder], undoing.UndoResult]


@pytest.mark.parametrize(("first", "then"), [((), undoing.undo), ((undoing.undo,), undoing.redo)])
def test_a_text_under_the_correction_of_another_is_neither_taken_back_nor_brought_back(
    pair: Leads, first: tuple[Act, ...], then: Act
) -> None:
    say(pair.here, pair.awa, 2, "Qui commande ?\n")
    for act in first:
        assert act(pair.here, pair.awa).done
    say(pair.here, pair.daan, 4, "Et la paix ?\n")
    text = opened(pair.here).text
    told = then(pair.here, pair.awa)
    assert not told.done and told.reason and opened(pair.here).text == text
    assert examine(pair.here.connection) == []
