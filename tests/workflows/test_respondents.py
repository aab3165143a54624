"""What respondents.csv says: which file a row means, and what it adds to people who are known already."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hsreview.model.people import Coder, Consent, ConsentStatus, Respondent
from hsreview.model.staging import StagedRespondent
from hsreview.model.text import Role
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows.importing import (
    ImportOptions,
    ImportReport,
    Staged,
    files_in,
    respondent_rows,
    stage_files,
    store,
)
from hsreview.workflows.reading import find_transcript, organisations, respondents, speakers, transcripts
from hsreview.workflows.standing import Standing, Status, standings
from hsreview.workflows.undoing import undo
from tests.builders import a_project, staged

World = tuple[Project, Coder]
WRITTEN = Consent(ConsentStatus.WRITTEN, ("analysis", "quotes"), date="2016-01-02")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return a_project(tmp_path / "p")


def row(file: str = "y.txt", name: str = "P1", **more: Any) -> StagedRespondent:
    return StagedRespondent(file, name, **more)


def bring(world: World, file: str, *rows: StagedRespondent, text: str = "", **options: Any) -> ImportReport:
    """Import one invented interview with rows about it."""
    entry = Staged(Path(file), staged(text or f"INT : {file} ?\nR1 : oui {file}\n", Path(file).stem))
    return store(*world, [entry], ImportOptions(**options), respondents=rows)


def known(world: World, **more: Any) -> Respondent:
    """P1 of the organisation Org, imported with x.txt."""
    first = row("x.txt", group="cso", organisation="Org", consent=WRITTEN, attributes={"region": "Gao"})
    assert bring(world, "x.txt", first).warnings == []
    [person] = respondents(world[0])
    return person


def test_a_row_that_says_nothing_changes_nothing(world: World) -> None:
    before = known(world)
    assert bring(world, "y.txt", row()).warnings == []
    assert respondents(world[0]) == [before]
    assert {s.respondent_id for s in speakers(world[0], find_transcript(world[0], "y").id)} == {None, before.id}


def test_a_row_fills_what_is_not_known(world: World) -> None:
    project, _awa = world
    bring(world, "x.txt", row("x.txt"))
    more = row(group="cso", organisation="Org", consent=WRITTEN, attributes={"region": "Gao"})
    assert bring(world, "y.txt", more).warnings == []
    [person] = respondents(project)
    [organisation] = organisations(project)
    assert (person.group, person.organisation_id, person.consent) == ("cso", organisation.id, WRITTEN)
    assert person.attributes == {"region": "Gao"} and organisation.group == "cso"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"group": "policymaker"}, "policymaker"),
        ({"organisation": "Other"}, "Other"),
        ({"consent": Consent(ConsentStatus.NONE)}, "none"),
        ({"consent": Consent(ConsentStatus.ORAL, ("archive",))}, "oral"),
        ({"consent": Consent(ConsentStatus.WRITTEN, ("archive",))}, "archive"),
        ({"consent": Consent(date="2017-01-01")}, "2017-01-01"),
        ({"attributes": {"region": "Mopti"}}, "Mopti"),
    ],
)
def test_a_row_that_contradicts_the_project_is_told_and_left(world: World, more: dict[str, Any], said: str) -> None:
    before = known(world)
    [warning] = bring(world, "y.txt", row(**more)).warnings
    assert "P1" in warning and f"“{said}”" in warning and "stays" in warning
    assert respondents(world[0]) == [before] and [o.name for o in organisations(world[0])] == ["Org"]
    assert undo(*world).done and respondents(world[0]) == [before]


def test_a_withdrawal_always_counts_and_is_told(world: World) -> None:
    known(world)
    withdrawn = Consent(ConsentStatus.WITHDRAWN)
    [warning] = bring(world, "y.txt", row(consent=withdrawn)).warnings
    assert "withdrawn" in warning and "P1" in warning
    assert respondents(world[0])[0].consent.status is ConsentStatus.WITHDRAWN
    [warning] = bring(world, "z.txt", row("z.txt", consent=WRITTEN)).warnings
    assert "consent “withdrawn”, not “written”" in warning
    assert respondents(world[0])[0].consent.status is ConsentStatus.WITHDRAWN


def test_an_organisation_keeps_its_group(world: World) -> None:
    known(world)
    bring(world, "y.txt", row("y.txt", "P2", group="policymaker", organisation="Org"))
    assert [(o.name, o.group) for o in organisations(world[0])] == [("Org", "cso")]
    assert {r.name: r.group for r in respondents(world[0])} == {"P1": "cso", "P2": "policymaker"}
    assert len({r.organisation_id for r in respondents(world[0])}) == 1


def test_ids_say_nothing_of_names(tmp_path: Path) -> None:
    """The same names in two projects have different ids; a guess at a name cannot be tested against an id."""
    worlds = [a_project(tmp_path / name) for name in ("a", "b")]
    for world in worlds:
        known(world)
    people = [respondents(project)[0] for project, _awa in worlds]
    assert people[0].id != people[1].id and people[0].organisation_id != people[1].organisation_id


def test_a_row_without_a_person_makes_nobody(world: World) -> None:
    bring(world, "y.txt", row("y.txt", "", group="cso", transcript={"kind": "document"}))
    assert respondents(world[0]) == [] and find_transcript(world[0], "y").kind == "document"


def test_a_row_means_the_file_beside_its_table(world: World, tmp_path: Path) -> None:
    project, awa = world
    for folder, person in (("cso", "P-A"), ("policy", "P-B")):
        (tmp_path / "t" / folder).mkdir(parents=True)
        text = f"INT: Why {folder}?\nR1: Because of {folder}.\nINT: And?\nR1: So it was.\n"
        (tmp_path / "t" / folder / "01.txt").write_text(text, encoding="utf-8")
        sheet = f"file,respondent,group\n01.txt,{person},{folder}\n"
        (tmp_path / "t" / folder / "respondents.csv").write_text(sheet, encoding="utf-8")
    found = [entry for entry in stage_files(files_in([tmp_path / "t"]).files) if isinstance(entry, Staged)]
    entries = [Staged(entry.file, entry.transcript, f"{entry.file.parent.name}-01") for entry in found]
    report = store(project, awa, entries, respondents=respondent_rows([tmp_path / "t"]))
    assert report.warnings == [
        "The codebook has no group policy; it was accepted as it is. Its groups: cso, policymaker"
    ]
    assert {t.name: (t.kind.value, t.group) for t in transcripts(project) if t.name != "cso-1"} == {
        "cso-01": ("interview", "cso"), "policy-01": ("interview", "policy"),
    }  # fmt: skip
    people = {r.id: r.name for r in respondents(project)}
    spoken = {s.transcript_id: people[s.respondent_id] for s in speakers(project) if s.respondent_id}
    assert spoken == {find_transcript(project, "cso-01").id: "P-A", find_transcript(project, "policy-01").id: "P-B"}


def test_the_nearest_table_speaks_for_a_file(world: World, tmp_path: Path) -> None:
    top = row("01.txt", "Top", folder=str(tmp_path))
    near = row("01.txt", "Near", folder=str(tmp_path / "a"))
    path = row("b/01.txt", "Path", folder=str(tmp_path))
    entries = [
        Staged(tmp_path / folder / "01.txt", staged(f"INT : {folder} ?\nR1 : oui\n", f"{folder}-01"))
        for folder in "abc"
    ]
    report = store(*world, entries, respondents=[top, near, path])
    assert report.warnings == []
    people = {r.id: r.name for r in respondents(world[0])}
    behind = {s.transcript_id: people[s.respondent_id] for s in speakers(world[0]) if s.respondent_id}
    assert [behind.get(find_transcript(world[0], f"{folder}-01").id) for folder in "abc"] == ["Near", "Path", "Top"]


def test_rows_of_files_that_are_not_there_are_told_in_one_line(world: World, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("only some files of a folder are imported")
    rows = [row(name, folder=str(tmp_path)) for name in ("y.txt", "x.txt", "X", *(f"lost-{n}" for n in range(7)))]
    entry = Staged(tmp_path / "y.txt", staged("INT : y ?\nR1 : oui\n", "y"))
    report = store(*world, [entry], respondents=rows)
    assert report.warnings == [
        "The table of respondents names 7 files that are not there: lost-0, lost-1, lost-2, lost-3, lost-4 …"
    ]
    assert len(report.stored) == 1


def test_a_speaker_who_is_not_in_the_file_is_told(world: World) -> None:
    report = bring(world, "y.txt", row(speaker="R2"), row("y.txt", "P2", speaker="r1"))
    assert report.warnings[1:] == [
        "y.txt: the table puts P1 behind the speaker R2, who is not there. Speakers: INT, R1"
    ]
    people = {r.id: r.name for r in respondents(world[0])}
    behind = {s.label: people.get(s.respondent_id or "") for s in speakers(world[0], find_transcript(world[0], "y").id)}
    assert behind == {"INT": None, "R1": "P2"}


def test_a_person_who_could_be_any_of_several_speakers_is_told(world: World) -> None:
    report = bring(world, "y.txt", row(), text="INT : Oui ?\nR1 : Oui.\nR2 : Non.\n")
    assert report.warnings == ["y.txt: the table does not say which speaker P1 is. Speakers: INT, R1, R2"]
    assert all(s.respondent_id is None for s in speakers(world[0]))


def test_roles_of_labels_that_no_file_has_are_told(world: World) -> None:
    wished = {"int": Role.INTERVIEWER, "R7": Role.RESPONDENT}
    assert bring(world, "y.txt", speakers=wished).warnings == ["No file has a speaker R7."]
    assert bring(world, "y.txt", speakers={"INT": Role.INTERVIEWER}).warnings == [], "a known file counts too"


def test_tables_beside_a_single_file_are_read_but_not_those_elsewhere(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "below", tmp_path / ".hidden"):
        folder.mkdir(exist_ok=True)
        (folder / "Respondents.CSV").write_text(f"file,respondent\n1.txt,{folder.name}\n", encoding="utf-8")
    (tmp_path / "1.txt").write_text("x")
    assert [r.respondent for r in respondent_rows([tmp_path / "1.txt"])] == [tmp_path.name]
    assert {r.respondent for r in respondent_rows([tmp_path, tmp_path / "1.txt"])} == {tmp_path.name, "below"}


def test_what_an_import_says_of_people_survives_the_doctor(world: World) -> None:
    known(world)
    bring(world, "y.txt", row(group="policymaker", attributes={"sex": "f"}), row("y.txt", "P2", organisation="New"))
    assert examine(world[0].connection) == []


@pytest.mark.parametrize(
    ("rows", "kind", "told"),
    [
        ([row(speaker="R1"), row(name="P2", speaker="INT")], "focus_group", True),
        ([row(speaker="R1", transcript={"kind": "focus_group"}), row(name="P2")], "focus_group", False),
        ([row(speaker="R1", transcript={"kind": "interview"}), row(name="P2", speaker="INT")], "interview", False),
        ([row(speaker="R1"), row(speaker="INT")], "interview", False),
        ([row()], "interview", False),
    ],
)
def test_a_focus_group_that_nobody_named_is_told(
    world: World, rows: list[StagedRespondent], kind: str, told: bool
) -> None:
    warnings = bring(world, "y.txt", *rows).warnings
    assert find_transcript(world[0], "y").kind == kind
    assert any("y.txt: a focus group, since the table names 2 respondents." in warning for warning in warnings) is told


def test_what_a_staged_file_is_to_the_project(world: World) -> None:
    bring(world, "y.txt")
    standing = standings(world[0])
    same, other = staged("INT : y.txt ?\nR1 : oui y.txt\n", "z"), staged("INT : non ?\nR1 : non\n", "y")
    assert (standing(same).status, standing(same).name) == (Status.KNOWN, "y")
    assert standing(other).status is Status.CHANGED and "other content" in standing(other).sentence
    assert standing(staged("INT : non ?\nR1 : non\n", "z")) == Standing()


def test_what_staged_files_are_to_those_before_them() -> None:
    standing = standings(None)
    one, other = "INT : un ?\nR1 : deux\n", "INT : trois ?\nR1 : quatre\n"
    assert standing(staged(one, "a"), counts=False) == Standing()
    assert standing(staged(one, "a")) == Standing()
    assert standing(staged(one, "b")).status is Status.KNOWN
    assert standing(staged(other, "a")).status is Status.CHANGED
    assert standing(staged(other, "b")) == Standing()
    assert "The same content as b" in standing(staged(other, "c")).sentence
