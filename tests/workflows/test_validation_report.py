"""The report of a validation meeting: what was said and done, signed off, rejected, and voted, with no small table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.workflows.outputs import outputs
from hsreview.workflows.validating import (
    AmendmentDecision,
    CommentKind,
    Meeting,
    Rule,
    Side,
    Tally,
    again,
    find_ballot,
    find_meeting,
    find_table,
)
from hsreview.workflows.validation_acts import amend, answer, cast, change_table, comment, decide_amendment
from hsreview.workflows.validation_closing import close
from hsreview.workflows.validation_report import write_report
from hsreview.workflows.validation_report_words import ReportWords
from hsreview.workflows.validation_rounds import next_round
from hsreview.workflows.validation_tables import who
from tests.builders import a_project
from tests.meetings import NAME, a_meeting
from tests.project.teams import Leads

TABLES = (("A", Side.CSO, 8), ("Banco", Side.OFFICIAL, 6), ("Cocody", Side.OFFICIAL, 2))


@pytest.fixture
def team(tmp_path: Path) -> Iterator[tuple[Project, Coder]]:
    project, awa = a_project(tmp_path / "project")
    with closing(project):
        yield project, awa


def held(project: Project, coder: Coder, *, closed: bool = True) -> Meeting:
    """Three rows: one accepted, one accepted in other words, one rejected."""
    opened = a_meeting(project, coder, rows=3, tables=TABLES, language="fr", rule=Rule(rounds=2))

    def vote(ref: str, *counts: Tally) -> None:
        now = again(project, opened)
        for label, tally in zip(("A", "Banco", "Cocody"), counts, strict=True):
            cast(project, coder, now, find_ballot(now, ref), find_table(now, label), tally)

    vote("IN1", Tally(8), Tally(6), Tally(1, abstain=1))
    vote("IN2", Tally(3, 5), Tally(6), Tally(2))
    vote("IN3", Tally(0, 0, 8), Tally(0, 0, 6), Tally(0, 0, 2))
    ballot = find_ballot(opened, "IN2")
    few = find_table(again(project, opened), "Cocody")
    said = comment(project, coder, opened, ballot, CommentKind.TRANSFER, "=1+1 au Niger ?", few)
    answer(project, coder, opened, said, "Noté pour le Niger.")
    made = amend(project, coder, opened, ballot, Localized("Réunions publiques"))
    decide_amendment(project, coder, opened, made, AmendmentDecision.ACCEPTED, "plus clair")
    next_round(project, coder, opened)
    vote("IN2", Tally(8), Tally(6), Tally(2))
    vote("IN3", Tally(0, 0, 8), Tally(0, 0, 6), Tally(0, 0, 2))
    if closed:
        close(project, coder, opened, {find_ballot(opened, "IN3").row_id: "Trop cher."})
    return again(project, opened)


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    """Title of a sheet → its rows from the header down."""
    book = load_workbook(path)
    found = {}
    for sheet in book:
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        header = 0 if sheet.freeze_panes is None else int(str(sheet.freeze_panes).lstrip("AB")) - 2
        found[sheet.title] = rows[header:]
    return found


def test_the_excel_report_says_what_became_of_every_row_and_every_word(
    team: tuple[Project, Coder], tmp_path: Path
) -> None:
    project, awa = team
    held(project, awa)
    done = write_report(project, NAME, tmp_path / "compte-rendu.xlsx", language="fr", viewer=awa)
    found = sheets(done.path)
    assert [*found] == [
        "Lisez-moi", "Vos mots, nos réponses", "Lignes validées", "Lignes rejetées", "Résultats par côté",
        "Pour d’autres États",
    ]  # fmt: skip
    assert found["Vos mots, nos réponses"][1:] == [
        ["IN2", 1, "autorités", "transfert", "=1+1 au Niger ?", "Noté pour le Niger.", None, None],
        ["IN2", 1, None, "amendement", "Réunions publiques", "repris – plus clair", "Réunions avec l’État, n° 2",
         "Réunions publiques"],
    ]  # fmt: skip
    assert [row[:4] for row in found["Lignes validées"][1:]] == [
        ["IN1", "indicateur", "Réunions avec l’État, n° 1", "acceptée"],
        ["IN2", "indicateur", "Réunions publiques", "acceptée avec d’autres mots"],
    ]  # fmt: skip
    assert [[row[0], row[5]] for row in found["Lignes rejetées"][1:]] == [["IN3", "Trop cher."]]
    results = [row for row in found["Résultats par côté"][1:] if row[0] == "IN1"]
    assert results == [
        ["IN1", 1, "toute la salle", 15, 0, 0, 1, 0, 15, 11, "oui", "acceptée"],
        ["IN1", 1, "société civile", 8, 0, 0, 0, 0, 8, 4, "oui", None],
        ["IN1", 1, "autorités", 7, 0, 0, 1, 0, 7, 4, "oui", None],
    ]  # fmt: skip
    assert [row[0] for row in found["Pour d’autres États"][1:]] == ["IN2"]
    [output] = outputs(project, "validation_report")
    assert output.name == "compte-rendu.xlsx"


@pytest.mark.parametrize("ending", ["xlsx", "docx", "md"])
def test_a_table_of_two_people_is_never_named(team: tuple[Project, Coder], tmp_path: Path, ending: str) -> None:
    project, awa = team
    held(project, awa)
    path = write_report(project, NAME, tmp_path / f"r.{ending}", language="en", viewer=awa).path
    told = text_of(path)
    assert "Banco" in told and "officials" in told and "Cocody" not in told


def text_of(path: Path) -> str:
    """All words of a file."""
    if path.suffix == ".md":
        return path.read_text("utf-8")
    if path.suffix == ".xlsx":
        return "\n".join(str(cell) for rows in sheets(path).values() for row in rows for cell in row)
    from docx import Document

    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_a_table_of_neither_side_counts_in_the_whole_room_alone(team: tuple[Project, Coder], tmp_path: Path) -> None:
    project, awa = team
    meeting = a_meeting(project, awa, rows=1, tables=[("A", Side.CSO, 8), ("Presse", Side.OTHER, 4)], language="fr")
    ballot = meeting.ballots[0]
    for each in again(project, meeting).parties:
        cast(project, awa, meeting, ballot, each, Tally(each.size))
    write_report(project, NAME, tmp_path / "r.xlsx", language="en", viewer=awa)
    told = sheets(tmp_path / "r.xlsx")["Results by side"][1:]
    assert [[row[2], row[3], row[9], row[10]] for row in told] == [
        ["the whole room", 12, 9, "yes"], ["civil society", 8, 4, "yes"],
        ["officials", 0, 0, "nobody voted, does not decide"], ["others", 4, None, None],
    ]  # fmt: skip


def test_a_document_says_the_words_before_and_after(team: tuple[Project, Coder], tmp_path: Path) -> None:
    project, awa = team
    held(project, awa)
    told = text_of(write_report(project, NAME, tmp_path / "r.md", language="fr", viewer=awa).path)
    assert "«\u202fRéunions avec l’État, n° 2\u202f» → «\u202fRéunions publiques\u202f»" in told
    assert "Version validée\u00a0: 2" in told and "PROVISOIRE" not in told
    assert "Date\u00a0: 12 mai 2016" in told and "| Sur quoi |" in told


def test_before_the_end_the_report_is_marked_as_provisional(team: tuple[Project, Coder], tmp_path: Path) -> None:
    project, awa = team
    held(project, awa, closed=False)
    told = text_of(write_report(project, NAME, tmp_path / "r.md", language="fr", viewer=awa).path)
    assert "PROVISOIRE" in told and "Lignes non acceptées" in told and "Version validée" not in told


def test_a_file_that_is_there_or_of_another_kind_is_refused(team: tuple[Project, Coder], tmp_path: Path) -> None:
    project, awa = team
    held(project, awa)
    (tmp_path / "r.md").write_text("mine", encoding="utf-8")
    with pytest.raises(InputRefused, match="exists already"):
        write_report(project, NAME, tmp_path / "r.md", language="fr", viewer=awa)
    with pytest.raises(UsageProblem, match="is none of them"):
        write_report(project, NAME, tmp_path / "r.odt", language="fr", viewer=awa)
    assert (tmp_path / "r.md").read_text("utf-8") == "mine" and outputs(project) == []


def test_a_side_of_two_people_is_not_told_apart(team: tuple[Project, Coder], tmp_path: Path) -> None:
    project, awa = team
    meeting = a_meeting(project, awa, rows=1, language="fr",
                        tables=[("A", Side.CSO, 8), ("B", Side.OFFICIAL, 2), ("Presse", Side.OTHER, 4)])  # fmt: skip
    for each, tally in zip(again(project, meeting).parties, (Tally(7, 1), Tally(1, reject=1), Tally(4)), strict=True):
        cast(project, awa, meeting, meeting.ballots[0], each, tally)
    for label in ("B", "A"):
        table = find_table(again(project, meeting), label)
        comment(project, awa, meeting, meeting.ballots[0], CommentKind.RISK, f"Selon {label}", table)
    write_report(project, NAME, tmp_path / "r.xlsx", language="en", viewer=awa)
    found = sheets(tmp_path / "r.xlsx")
    assert [row[2:] for row in found["Results by side"][1:]] == [
        ["the whole room", 12, 1, 1, 0, 0, 14, 10, "yes", "accepted"],
        ["civil society", *[None] * 7, "yes", None],
        ["officials", *[None] * 7, "yes", None],
    ], "what is left of the whole room would be the votes of two people"  # fmt: skip
    assert [row[2:5] for row in found["You said, we did"][1:]] == [
        [None, "risk", "Selon B"], ["table A (civil society)", "risk", "Selon A"],
    ]  # fmt: skip
    assert any(row[0] == "A side of fewer than 3 people" for row in found["Read me"])


def test_a_composition_does_not_tell_who_is_left(team: tuple[Project, Coder], tmp_path: Path) -> None:
    project, awa = team
    meeting = a_meeting(project, awa, rows=1, tables=[("A", Side.CSO, 8), ("B", Side.OFFICIAL, 8)])
    parties = again(project, meeting).parties
    counts: dict[str, int] = {"women": 7, "young": 2, "old": 5, "here": 8, "far": 0}
    change_table(project, awa, meeting, parties[0], composition=counts)
    told = text_of(write_report(project, NAME, tmp_path / "r.xlsx", language="en", viewer=awa).path)
    for each in (
        "women\u202f= at least 6",
        "young\u202f= fewer than 3",
        "old\u202f= 5",
        "here\u202f= 8",
        "far\u202f= 0",
    ):
        assert each in told


def test_the_report_says_which_votes_came_after_the_result_was_written(tmp_path: Path) -> None:
    with closing(Leads(tmp_path)) as pair:
        meeting = a_meeting(pair.here, pair.awa, rows=1)
        for each in again(pair.here, meeting).parties:
            cast(pair.here, pair.awa, meeting, meeting.ballots[0], each, Tally(each.size))
        pair.exchange()
        close(pair.here, pair.awa, meeting)
        elsewhere = find_meeting(pair.there, NAME)
        cast(pair.there, pair.daan, elsewhere, elsewhere.ballots[0], elsewhere.parties[1], Tally(0, 0, 6))
        told = text_of(write_report(pair.here, NAME, tmp_path / "a.md", language="en", viewer=pair.awa).path)
        assert "Came too late" not in told
        pair.exchange()
        told = text_of(write_report(pair.here, NAME, tmp_path / "b.md", language="en", viewer=pair.awa).path)
        assert "Came too late: IN1: the result was written already" in told


def test_a_table_of_three_is_named_and_one_of_two_is_not(team: tuple[Project, Coder]) -> None:
    project, awa = team
    a_meeting(project, awa, rows=1, tables=[("A", Side.CSO, 3), ("B", Side.CSO, 2)])
    meeting = find_meeting(project, NAME)
    told = [who(meeting, each.id, ReportWords("en")) for each in meeting.parties]
    assert told == ["table A (civil society)", "civil society"]
