"""What stands beside the rows of another state: comments of its validation meetings, and of those held here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hsreview.model.framework import Row, RowKind, RowStatus
from hsreview.model.people import Coder
from hsreview.model.validation import CommentKind
from hsreview.project.project import Project
from hsreview.workflows.framework_rows import add_row, change_row, framework
from hsreview.workflows.framework_versions import freeze
from hsreview.workflows.transfer import Decision, TransferChoice, decide, offers, read_origin
from hsreview.workflows.validating import find_ballot, open_meeting
from hsreview.workflows.validation_acts import comment
from tests.builders import a_project

Lead = tuple[Project, Coder]


@pytest.fixture
def mali(tmp_path: Path) -> Iterator[Lead]:
    project, coder = a_project(tmp_path / "mali")
    with closing(project):
        yield project, coder


@pytest.fixture
def niger(tmp_path: Path) -> Iterator[Lead]:
    project, coder = a_project(tmp_path / "niger")
    with closing(project):
        yield project, coder


def indicator(project: Project, coder: Coder, text: str) -> Row:
    return add_row(project, coder, RowKind.INDICATOR, {"statement_fr": text})


def met(project: Project, coder: Coder, row: Row, *said: tuple[CommentKind, str]) -> None:
    """A meeting at which this was said about a row."""
    meeting = open_meeting(project, coder, name="Atelier", version=freeze(project, coder), date="2016-05-02")
    for kind, text in said:
        comment(project, coder, meeting, find_ballot(meeting, row.ref), kind, text)


def test_what_tables_said_about_its_use_elsewhere_stands_beside_a_row(mali: Lead, niger: Lead) -> None:
    meetings, complaints = indicator(*mali, "Réunions"), indicator(*mali, "Plaintes")
    met(*mali, meetings, (CommentKind.TRANSFER, "Au Niger aussi"), (CommentKind.WORDING, "Trop long"))
    origin = read_origin(mali[0])
    beside = {offer.row.id: offer.comments for offer in offers(niger[0], origin).offers}
    assert beside == {meetings.id: ("Au Niger aussi",), complaints.id: ()}
    decide(*niger, origin, {complaints.id: Decision(TransferChoice.ADOPT)})
    [taken] = framework(niger[0]).rows
    met(*niger, taken, (CommentKind.TRANSFER, "Pas ici"))
    beside = {offer.row.id: offer.comments for offer in offers(niger[0], origin).offers}
    assert beside == {meetings.id: ("Au Niger aussi",), complaints.id: ("Pas ici",)}


def test_rows_that_were_given_up_over_there_are_not_offered(mali: Lead, niger: Lead) -> None:
    kept, rejected = indicator(*mali, "Réunions"), indicator(*mali, "Plaintes")
    change_row(*mali, rejected, status=RowStatus.REJECTED)
    assert [offer.row.id for offer in offers(niger[0], read_origin(mali[0])).offers] == [kept.id]


def test_what_the_team_over_there_keeps_to_itself_does_not_come_along(mali: Lead, niger: Lead) -> None:
    outcome = add_row(
        *mali, RowKind.OUTCOME, {"statement_fr": "On consulte", "assumptions": "La paix tient", "feasible": "yes"}
    )
    origin = read_origin(mali[0])
    decide(*niger, origin, {outcome.id: Decision(TransferChoice.ADAPT, "autres mots")})
    [taken] = framework(niger[0]).rows
    assert taken.data == {
        "statement_fr": "On consulte", "assumptions": "La paix tient", "feasible": "yes", "transfer": "adapt",
        "transfer_reason": "autres mots",
    }  # fmt: skip
    assert (taken.derived_from, taken.id == outcome.id, framework(niger[0]).evidence) == (outcome.id, False, [])
