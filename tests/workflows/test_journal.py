"""Entries of two people: merged, in conflict in words, and closed to whoever codes blind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hsreview.model.framework import RowKind, RowStatus
from hsreview.project.framework import rows
from hsreview.workflows.conflicts import open_conflicts
from hsreview.workflows.framework_rows import add_row, change_row
from hsreview.workflows.journal import add_entry, change_entry, journal, remove_entries
from hsreview.workflows.undoing import undo
from tests.project.teams import Leads


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Leads]:
    with closing(Leads(tmp_path)) as found:
        yield found


def test_entries_written_apart_are_all_there_and_one_cell_written_twice_is_a_conflict(pair: Leads) -> None:
    marker = add_row(pair.here, pair.awa, RowKind.MARKER, {"statement_fr": "Elle invite"})
    entry = add_entry(pair.here, pair.awa, marker, {"date": "2016-02", "level": "1"})
    pair.exchange()
    for project, coder, level in ((pair.here, pair.awa, "2"), (pair.there, pair.daan, "3")):
        add_entry(project, coder, marker, {"date": "2016-05", "level": level})
        change_entry(project, coder, entry, {"source": coder.name})
    assert pair.exchange()
    assert {each.thing for each in open_conflicts(pair.here)} == {"entry on PM1"}
    assert [each.level for each in journal(pair.there).entries] == [1, 2, 3]


def test_other_cells_of_one_entry_are_both_kept_and_a_removal_beats_an_edit(pair: Leads) -> None:
    actor = add_row(pair.here, pair.awa, RowKind.ACTOR, {"label_fr": "Mairie"})
    first = add_entry(pair.here, pair.awa, actor, {"date": "2016", "kind": "visit"})
    second = add_entry(pair.here, pair.awa, actor, {"date": "2016-02", "quality": "2"})
    pair.exchange()
    change_entry(pair.here, pair.awa, first, {"quality": "3"})
    change_entry(pair.there, pair.daan, first, {"who": "point focal"})
    remove_entries(pair.here, pair.awa, [second])
    change_entry(pair.there, pair.daan, second, {"quality": "1"})
    assert pair.exchange() == []
    [entry] = journal(pair.there).entries
    assert (entry.quality, entry.who) == (3, "point focal")


def test_a_status_set_by_hand_is_not_taken_back_with_an_entry(pair: Leads) -> None:
    advice = add_row(pair.here, pair.awa, RowKind.RECOMMENDATION, {"statement_fr": "Publier"})
    entry = add_entry(pair.here, pair.awa, advice, {"date": "2016-02", "status": "sent"})
    [row] = rows(pair.here.connection)
    change_row(pair.here, pair.awa, row, status=RowStatus.DONE)
    remove_entries(pair.here, pair.awa, [entry])
    assert rows(pair.here.connection)[0].status is RowStatus.DONE
    undo(pair.here, pair.awa)
    assert len(journal(pair.here).entries) == 1
