"""The framework of the sample project: what the tutorial shows, and no word of any interview in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hsreview.model.framework import RowKind, RowStatus, VersionState
from hsreview.model.people import Coder
from hsreview.model.validation import Outcome
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows.coders import find_coder
from hsreview.workflows.demo import LEAD
from hsreview.workflows.evidence import grounds
from hsreview.workflows.framework_lint import row_problems
from hsreview.workflows.framework_rows import find_row, framework
from hsreview.workflows.framework_versions import find_version, frozen_versions
from hsreview.workflows.journal import journal
from hsreview.workflows.monitoring import status
from hsreview.workflows.outputs import outputs
from hsreview.workflows.tracing import trace
from hsreview.workflows.validating import find_ballot, find_meeting
from hsreview.workflows.validation_kit import make_kit


@pytest.fixture(scope="module")
def sample(
    built_demo: Callable[[str, bool], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Project, Coder]]:
    root = shutil.copytree(built_demo("en", False), tmp_path_factory.mktemp("sample") / "demo")
    with Project.open(root) as project:
        lead = find_coder(project, LEAD)
        assert lead is not None
        yield project, lead


def test_a_meeting_in_two_rounds_signed_a_version_and_refused_one_row_with_a_reason(
    sample: tuple[Project, Coder],
) -> None:
    project, lead = sample
    meeting = find_meeting(project, "Bamako", lead)
    assert meeting.is_closed and meeting.round == 2
    assert [each.state for each in frozen_versions(project, lead)] == [VersionState.FROZEN, VersionState.SIGNED]
    refused = [each for each in meeting.last.values() if each.outcome is Outcome.REJECTED]
    assert [each.ref for each in refused] == ["IN4"] and refused[0].reason
    assert find_ballot(meeting, "IN1").text.en.endswith("within three months")
    assert all(each.answer for each in meeting.comments) and len(meeting.comments) == 5
    rows = framework(project, viewer=lead)
    assert [find_row(rows, ref).status for ref in ("IN1", "IN2", "IN4")] == [
        RowStatus.AMENDED, RowStatus.VALIDATED, RowStatus.REJECTED,
    ]  # fmt: skip


def test_every_row_is_traced_to_words_and_from_words_back(sample: tuple[Project, Coder]) -> None:
    project, lead = sample
    rows = framework(project, viewer=lead)
    for row in rows.of(RowKind.FINDING, RowKind.OUTCOME, RowKind.MARKER, RowKind.INDICATOR, RowKind.RECOMMENDATION):
        down = [each.segment for each in trace(project, row.ref, viewer=lead).down if each.segment is not None]
        assert down, row.ref
        assert row.id in {each.id for each in trace(project, down[0].coding.id, viewer=lead).up}


def test_nothing_is_wanting_and_the_journal_tells_three_months(sample: tuple[Project, Coder]) -> None:
    project, lead = sample
    assert row_problems(grounds(project, framework(project, viewer=lead))) == []
    found = journal(project, viewer=lead)
    assert {each.date[:7] for each in found.entries} >= {"2016-07", "2016-08", "2016-09"}
    stands = status(found, "2016-10-20")
    assert stands.due[0].row.ref == "R2"
    assert examine(project.connection) == []


def test_the_sample_may_go_to_a_laptop_without_transcripts(sample: tuple[Project, Coder], tmp_path: Path) -> None:
    project, lead = sample
    kit = make_kit(project, lead, tmp_path / "kit", find_version(project, "Proposition"))
    with Project.open(kit.root) as room:
        assert find_meeting(room, "Bamako").is_closed


def test_the_workbook_of_the_sample_is_on_record_as_any_export_is(sample: tuple[Project, Coder]) -> None:
    project, lead = sample
    [made] = [each for each in outputs(project) if each.kind == "excel"]
    assert (made.name, made.coder_id) == ("themes.xlsx", lead.id)
