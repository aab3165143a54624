"""Consent from record to gate: who speaks, who records, what a table adds, and every way by which codings come in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import new_id
from hsreview.model.localized import Localized
from hsreview.model.people import Coder, CoderRole, ConsentStatus, Respondent
from hsreview.model.text import Role
from hsreview.model.transcript import Kind
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.workflows import coding as acts
from hsreview.workflows import consents
from hsreview.workflows.autocoding import code_places
from hsreview.workflows.checking import doctor
from hsreview.workflows.codebook_splitting import Choice, NewCode, split_code
from hsreview.workflows.coders import store_coder
from hsreview.workflows.codings_file import import_codings
from hsreview.workflows.consent_recording import ConsentWish, find_respondent, read_consents, set_consent
from hsreview.workflows.people import set_speaker
from hsreview.workflows.transcripts import change_transcript
from tests.builders import a_project, code_id, opened

ORAL = ConsentWish(status=ConsentStatus.ORAL)
SPAN = (20, 30)


class Desk:
    """A project with one gated transcript, in which R1 speaks."""

    def __init__(self, project: Project, awa: Coder) -> None:
        self.project, self.awa = project, awa
        self.text = opened(project)
        self.gate(1)

    def gate(self, value: int | None) -> None:
        with self.project.act(self.awa.id) as act:
            act.put("transcript", self.text.transcript.id, gated=value)

    def code(self, ref: str = "D1") -> str:
        [coding] = acts.add_codings(self.project, self.awa, self.text.version.id, *SPAN, [code_id(ref)])
        return coding.id

    def name(self, pseudonym: str = "P1") -> None:
        set_speaker(self.project, self.awa, self.text.transcript.id, "R1", respondent=pseudonym)

    def record(self, because: str = "", by: Coder | None = None, **fields: Any) -> None:
        wish = ConsentWish(**fields)
        set_consent(self.project, by or self.awa, [find_respondent(self.project, "P1")], wish, because=because)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    project, awa = a_project(tmp_path / "p")
    with project:
        yield Desk(project, awa)


def test_a_label_behind_which_nobody_is_known_closes_the_gate_and_recording_opens_it(desk: Desk) -> None:
    with pytest.raises(InputRefused) as refused:
        desk.code()
    [problem] = refused.value.problems
    assert "--transcript cso-1" in problem.message and problem.place == "cso-1"
    [person] = set_consent(desk.project, desk.awa, [], ORAL, transcripts=[desk.text.transcript])
    assert (person.name, person.consent.status) == ("cso-1", ConsentStatus.ORAL)
    assert desk.code()


def test_an_old_transcript_is_warned_of_once_and_coded(
    desk: Desk, imported_before_consent: Callable[[Project], str]
) -> None:
    desk.gate(None)
    assert "cso-1" in imported_before_consent(desk.project)
    assert imported_before_consent(desk.project) == ""
    assert desk.code()


def test_a_document_in_which_nobody_answers_needs_no_consent(desk: Desk) -> None:
    change_transcript(desk.project, desk.awa, desk.text.transcript, kind=Kind.DOCUMENT)
    with pytest.raises(InputRefused):
        desk.code()
    for label in ("R1", "INT"):
        set_speaker(desk.project, desk.awa, desk.text.transcript.id, label, role=Role.INTERVIEWER)
    assert desk.code()
    [author] = set_consent(desk.project, desk.awa, [], ORAL, transcripts=[desk.text.transcript])
    assert consents.heard(desk.project, author.id) == ("cso-1",), "no label, so none is shown"


@pytest.mark.parametrize("status", [ConsentStatus.NONE, ConsentStatus.WITHDRAWN])
def test_a_refusal_closes_every_way_in_and_leaves_what_is_no_coding(
    desk: Desk, tmp_path: Path, status: ConsentStatus
) -> None:
    desk.gate(None)
    desk.name()
    mine = desk.code()
    desk.record(status=status)
    table = tmp_path / "codings.csv"
    quote = desk.text.text[SPAN[0] : SPAN[1]]
    table.write_text(f"transcript,start,end,code,quote,coder\ncso-1,20,30,D2,{quote},Awa\n", encoding="utf-8")
    new = NewCode(Localized(fr="Neuf", en="New"))
    ways: tuple[Callable[[], object], ...] = (
        lambda: desk.code("D2"),
        lambda: code_places(desk.project, desk.awa, [(desk.text.version.id, 40, 50)], code_id("D2")),
        lambda: import_codings(desk.project, desk.awa, table),
        lambda: acts.in_vivo(desk.project, desk.awa, desk.text.version.id, *SPAN),
        lambda: acts.change_coding(desk.project, desk.awa, mine, end=40),
        lambda: split_code(desk.project, desk.awa, code_id("D1"), new, {mine: Choice.BOTH}, because="x"),
    )
    for way in ways:
        with pytest.raises(InputRefused):
            way()
    assert [each.id for each in queries.codings(desk.project.connection)] == [mine]
    acts.change_coding(desk.project, desk.awa, mine, flags=["unsure"])
    acts.remove_coding(desk.project, desk.awa, mine)
    assert doctor(desk.project) == []


def test_the_words_of_who_does_not_allow_quotes_are_no_name_of_a_code(desk: Desk) -> None:
    desk.name()
    desk.record(status=ConsentStatus.WRITTEN, scope=("analysis",))
    with pytest.raises(InputRefused, match="name of a code"):
        acts.in_vivo(desk.project, desk.awa, desk.text.version.id, *SPAN)
    assert desk.code()


def test_what_is_recorded_changes_with_a_reason_only_and_by_whom_may(desk: Desk) -> None:
    desk.name()
    daan, eve = (
        store_coder(desk.project, Coder(new_id(), name, role), desk.awa.id)
        for name, role in (("Daan", CoderRole.CODER), ("Eve", CoderRole.VALIDATOR))
    )
    with pytest.raises(UsageProblem, match="validator"):
        desk.record(by=eve, status=ConsentStatus.ORAL)
    desk.record(by=daan, status=ConsentStatus.NONE, date="2026-01-02")
    with pytest.raises(UsageProblem, match="why"):
        desk.record(by=daan, date="2026-01-03")
    with pytest.raises(UsageProblem, match="refused or withdrawn"):
        desk.record("a slip", by=daan, status=ConsentStatus.ORAL)
    desk.record("a slip", status=ConsentStatus.ORAL)
    for wrong in ("2026-13-01", "tomorrow", "20260101"):
        with pytest.raises(UsageProblem, match="no date"):
            desk.record("x", embargo=wrong)


def test_a_table_fills_gaps_and_tells_contradictions_and_strangers(desk: Desk, tmp_path: Path) -> None:
    desk.name()
    desk.record(status=ConsentStatus.ORAL)
    table = tmp_path / "respondents.csv"
    table.write_text(
        "file,respondent,consent,consent scope,embargo\ncso-1,P1,written,analysis;quotes,2030-01-01\nx,Nobody,oral,,\n",
        encoding="utf-8",
    )
    done = read_consents(desk.project, desk.awa, table)
    found = find_respondent(desk.project, "P1").consent
    assert (found.status, found.scope, found.embargo) == (ConsentStatus.ORAL, (), "")
    assert done.unknown == ("Nobody",) and len(done.remarks) == 1
    table.write_text("file,respondent,consent,embargo\ncso-1,P1,oral,2030-01-01\n", encoding="utf-8")
    assert read_consents(desk.project, desk.awa, table).changed == (find_respondent(desk.project, "P1").id,)
    assert find_respondent(desk.project, "P1").consent.embargo == "2030-01-01"
    assert consents.people_consents(desk.project)[0].quotes.allowed is False


def test_a_new_interview_in_which_nobody_is_said_to_answer_is_not_coded(desk: Desk) -> None:
    set_speaker(desk.project, desk.awa, desk.text.transcript.id, "R1", role=Role.OTHER)
    with pytest.raises(InputRefused, match="Consent comes before coding"):
        desk.code()


def test_a_person_who_is_called_as_the_interview_is_named_once() -> None:
    refused = consents.Answer(False, "the consent was refused")
    alone = consents.TranscriptConsent("1", "cso-1", True, (Respondent("p", "cso-1"),), (), refused, "cso-1")
    assert not alone.told.startswith("cso-1") and replace(alone, transcript="x").told.startswith("cso-1: ")
