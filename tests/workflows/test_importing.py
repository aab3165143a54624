"""Importing: each file whole or not at all, known content recognised, people linked to what they said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hsreview.base.ids import new_id
from hsreview.model.people import Coder, Consent, ConsentStatus
from hsreview.model.staging import StagedRespondent
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings
from hsreview.workflows.importing import ImportOptions, Refused, Staged, stage_files, store
from hsreview.workflows.reading import respondents, segments, speakers, transcript_rows, transcripts
from hsreview.workflows.undoing import undo
from tests.builders import TEXT, a_project, code_id, opened, staged


def entry(text: str, name: str) -> Staged:
    return Staged(Path(f"{name}.txt"), staged(text, name))


def test_the_same_content_is_recognised_under_any_name(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    report = store(project, coder, [entry(TEXT, "another-name")])
    assert report.stored == [] and report.known == [(Path("another-name.txt"), "cso-1")]
    assert len(transcripts(project)) == 1


def test_the_same_name_with_other_content_is_refused_unless_renamed(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    other = entry("R1 : autre\n", "cso-1")
    report = store(project, coder, [other, entry("R1 : encore\n", "cso-2")])
    assert [r.file.name for r in report.refused] == ["cso-1.txt"] and "--as" in report.refused[0].reason
    assert [s.name for s in report.stored] == ["cso-2"], "the others are stored"
    report = store(project, coder, [replace(other, name="cso-1b")])
    assert [t.name for t in transcripts(project)] == ["cso-1", "cso-1b", "cso-2"]


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("INT: Why?\nR1: Because.\nINT: And?\nR1: So.\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "zip.docx").write_bytes(b"not a zip")
    found = list(
        stage_files([tmp_path / "zip.docx", tmp_path / "empty.txt", tmp_path / "gone.txt", tmp_path / "good.txt"])
    )
    assert [isinstance(f, Refused) for f in found] == [True, True, True, False]


def test_people_are_linked_to_what_they_said(tmp_path: Path) -> None:
    project = Project.create(tmp_path)
    coder = store_coder(project, Coder(new_id(), "Awa"))
    row = StagedRespondent(
        "cso-1.txt", "CSO-Gao-1", "cso", "Radio Invented", consent=Consent(ConsentStatus.ORAL, ("quotes",)),
        attributes={"region": "Gao"}, transcript={"language": "fr", "date": "2016-01-20"},
    )  # fmt: skip
    store(project, coder, [entry(TEXT, "cso-1")], respondents=[row])
    [person] = respondents(project)
    assert (person.name, person.group, person.consent.status) == ("CSO-Gao-1", "cso", ConsentStatus.ORAL)
    assert {s.label: s.respondent_id for s in speakers(project)} == {"INT": None, "R1": person.id}
    [transcript] = transcripts(project)
    assert (transcript.group, transcript.language, transcript.date) == ("cso", "fr", "2016-01-20")
    assert transcript.attributes == {"region": "Gao"}


def test_a_text_without_labels_is_its_respondents(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path / "p")
    row = StagedRespondent("solo.txt", "CSO-Kayes-1", "cso")
    store(project, coder, [entry("Je raconte seule.\nTout le temps.\n", "solo")], respondents=[row])
    text = opened(project, "solo")
    add_codings(project, coder, text.version.id, 0, 10, [code_id("D1")])
    [person] = respondents(project)
    assert [s.respondent_id for s in segments(project, transcript_id=text.transcript.id)] == [person.id]
    counted = next(r for r in transcript_rows(project, coder) if r.transcript.name == "solo")
    assert (counted.respondent_turns, counted.coded_turns) == (2, 1)


def test_what_an_interviewer_said_is_nobodys_answer(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path / "p")
    row = StagedRespondent("talk.txt", "CSO-Kayes-1", "cso")
    store(project, coder, [entry("INT : Oui ?\nR1 : Non.\n", "talk")], respondents=[row])
    text = opened(project, "talk")
    add_codings(project, coder, text.version.id, 6, 9, [code_id("D1")])
    [segment] = segments(project, transcript_id=text.transcript.id)
    assert segment.respondent_id is None and segment.role == "interviewer"


def test_a_segment_that_begins_in_the_question_is_its_answerers(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path / "p")
    row = StagedRespondent("talk.txt", "CSO-Kayes-1", "cso")
    store(project, coder, [entry("INT : Oui ?\nR1 : Non.\n", "talk")], respondents=[row])
    text = opened(project, "talk")
    add_codings(project, coder, text.version.id, 6, 21, [code_id("D1")])
    [segment] = segments(project, transcript_id=text.transcript.id)
    [person] = respondents(project)
    assert (segment.turn, segment.speaker, segment.role, segment.respondent_id) == (1, "R1", "respondent", person.id)


def test_an_unknown_group_is_accepted_with_a_warning(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    report = store(project, coder, [entry("R1 : x\n", "x")], ImportOptions(group="journalist"))
    assert len(report.stored) == 1 and "journalist" in report.warnings[0]


def test_an_import_can_be_undone_and_done_again(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    store(project, coder, [entry("R1 : x\n", "x")])
    assert undo(project, coder).done
    assert [t.name for t in transcripts(project)] == ["cso-1"]
    store(project, coder, [entry("R1 : x\n", "x")])
    assert [t.name for t in transcripts(project)] == ["cso-1", "x"]
    assert examine(project.connection) == []
