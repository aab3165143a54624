"""Ballots of a meeting as files: what is printed of which round, what is refused, and that it is on record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.model.people import Coder
from hsreview.model.validation import Side
from hsreview.project.project import Project
from hsreview.workflows.ballots import paper_of, write_ballots
from hsreview.workflows.outputs import outputs
from tests.builders import a_project
from tests.meetings import NAME, a_meeting


@pytest.fixture
def led(tmp_path: Path) -> Iterator[tuple[Project, Coder]]:
    project, awa = a_project(tmp_path / "project")
    yield project, awa
    project.close()


def test_ballots_are_written_once_and_put_on_record(led: tuple[Project, Coder], tmp_path: Path) -> None:
    project, awa = led
    a_meeting(project, awa)
    path = tmp_path / "bulletins.html"
    made = write_ballots(project, "", path, language="fr", per_table=True, viewer=awa)
    assert (made.meeting, made.round, made.rows, made.ballots, made.sheets) == (NAME, 1, 2, 2, 2)
    page = path.read_text(encoding="utf-8")
    assert "Réunions avec l’État, n° 2" in page and "Meetings" not in page and "12 mai 2016" in page
    assert not any(name in page for name in ("Awa", "cso-1", "R1", "K4"))
    [record] = outputs(project, "ballots")
    assert record.name == "bulletins.html"
    with pytest.raises(InputRefused, match="exists already"):
        write_ballots(project, NAME, path, viewer=awa)
    assert path.read_text(encoding="utf-8") == page


def test_without_tables_there_is_a_ballot_to_copy_and_a_tally_sheet_to_label(led: tuple[Project, Coder]) -> None:
    project, awa = led
    meeting = a_meeting(project, awa, tables=())
    paper = paper_of(meeting)
    assert [each.label for each in (*paper.copies, *paper.tables)] == ["", ""]
    assert paper.languages == ("fr", "en")
    with pytest.raises(UsageProblem, match="No table"):
        paper_of(meeting, per_table=True)


@pytest.mark.parametrize(
    ("file", "wishes", "said"),
    [
        ("a.pdf", {}, r"\.docx or \.html"),
        ("a.docx", {"round_": 2}, "no ballots of round 2. Rounds: 1"),
        ("a.docx", {"wish": "Gao"}, "There is no meeting Gao"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence(
    led: tuple[Project, Coder], tmp_path: Path, file: str, wishes: dict[str, object], said: str
) -> None:
    project, awa = led
    a_meeting(project, awa, tables=(("A", Side.CSO, 3),))
    wished = {"wish": "", **wishes}
    with pytest.raises(UsageProblem, match=said):
        write_ballots(project, path=tmp_path / file, viewer=awa, **wished)  # type: ignore[arg-type]
    assert not (tmp_path / file).exists()


def test_rows_without_words_in_the_language_are_named(led: tuple[Project, Coder]) -> None:
    from hsreview.model.framework import RowKind
    from hsreview.workflows.framework_rows import add_row

    project, awa = led
    add_row(project, awa, RowKind.OUTCOME, {"statement_fr": "On consulte"})
    meeting = a_meeting(project, awa, language="fr")
    with pytest.raises(InputRefused) as raised:
        paper_of(meeting, language="en")
    assert [each.place for each in raised.value.problems] == ["OC1"]


def test_a_folder_that_cannot_be_written_is_told(led: tuple[Project, Coder], tmp_path: Path) -> None:
    project, awa = led
    a_meeting(project, awa)
    (tmp_path / "file").write_text("")
    with pytest.raises(InputRefused, match="could not be written"):
        write_ballots(project, "", tmp_path / "file" / "a.docx", viewer=awa)
    assert outputs(project, "ballots") == []
