"""Figures count each passage once, only what is in the project, and credit nobody with what they did not say."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import new_id
from hsreview.model.people import Coder, Consent, ConsentStatus
from hsreview.model.staging import StagedRespondent
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows import coding as acts
from hsreview.workflows import undoing
from hsreview.workflows.adjudicating import adopt
from hsreview.workflows.codebooks import decide_proposal
from hsreview.workflows.coders import add_coder, choose_coder, rename_coder, set_role, store_coder
from hsreview.workflows.codings_file import import_codings
from hsreview.workflows.exporting import choose_layer, dataset, export_excel, layers
from hsreview.workflows.importing import ImportOptions, Staged, respondent_rows, store
from hsreview.workflows.people import Role, relabel_turn, set_speaker
from hsreview.workflows.reading import (
    CodedSegment,
    code_usage,
    codebook,
    codings_of,
    find_code,
    memo_rows,
    organisations,
    respondents,
    segments,
    transcript_rows,
    transcripts,
)
from hsreview.workflows.searching import search
from hsreview.workflows.transcripts import change_transcript, remove_transcript
from tests.builders import a_project, code_id, opened, staged

Team = tuple[Project, Coder]


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return a_project(tmp_path / "p")


def entry(text: str, name: str, folder: Path = Path()) -> Staged:
    return Staged(folder / f"{name}.txt", staged(text, name))


def test_a_passage_counts_once_after_its_codes_were_merged(team: Team) -> None:
    project, awa = team
    text = opened(project)
    code, _coding = acts.in_vivo(project, awa, text.version.id, 20, 30)
    acts.add_codings(project, awa, text.version.id, 20, 30, [code_id("D1")])
    decide_proposal(project, awa, code.id, "merge", into=code_id("D1"), reason="same")
    acts.add_codings(project, awa, text.version.id, 20, 30, [code.id])
    assert code_usage(project)[code_id("D1")] == (1, 1)
    assert [(s.number, s.coding.code_id) for s in segments(project)] == [(1, code_id("D1"))]
    assert transcript_rows(project, awa)[0].codings == 1
    assert [layer.codings for layer in layers(project)] == [1]


def test_boundaries_do_not_move_onto_a_twin(team: Team) -> None:
    project, awa = team
    text = opened(project)
    [one] = acts.add_codings(project, awa, text.version.id, 20, 30, [code_id("D1")])
    acts.add_codings(project, awa, text.version.id, 20, 40, [code_id("D1")])
    with pytest.raises(InputRefused):
        acts.change_coding(project, awa, one.id, end=40)
    assert acts.change_coding(project, awa, one.id, flags=["unsure"]).flags == ("unsure",)


def test_a_removed_transcript_counts_nowhere_and_takes_no_work(team: Team) -> None:
    project, awa = team
    text = opened(project)
    [coding] = acts.add_codings(project, awa, text.version.id, 20, 30, [code_id("D1")])
    acts.write_memo(project, awa, "note", coding_id=coding.id)
    stale = text.transcript
    remove_transcript(project, awa, stale)
    assert code_usage(project) == {} and layers(project) == [] and segments(project) == [] and memo_rows(project) == []
    for deed in (
        lambda: acts.add_codings(project, awa, text.version.id, 40, 50, [code_id("D1")]),
        lambda: change_transcript(project, awa, stale, name="back"),
        lambda: set_speaker(project, awa, stale.id, "R1", role=Role.OTHER),
        lambda: acts.mark_reviewed(project, awa, stale.id),
        lambda: remove_transcript(project, awa, stale),
    ):
        with pytest.raises(InputRefused):
            deed()
    assert transcripts(project) == []


def test_a_heading_is_nobodys_answer(team: Team) -> None:
    project, awa = team
    set_speaker(project, awa, opened(project).transcript.id, "R1", respondent="P1")
    text = opened(project)
    acts.add_codings(project, awa, text.version.id, 0, 9, [code_id("D1")])
    [segment] = segments(project)
    assert (segment.speaker, segment.respondent_id) == (None, None)


def test_a_second_reading_adds_nothing_to_the_coverage_of_the_first(team: Team) -> None:
    project, awa = team
    text = opened(project)
    first, second = text.turns[2], text.turns[4]
    acts.add_codings(project, awa, text.version.id, first.label_end, first.end, [code_id("D1")])
    acts.add_codings(project, awa, text.version.id, second.label_end, second.end, [code_id("D1")], pass_="2")
    assert transcript_rows(project, awa)[0].coded_turns == 1


def test_an_erased_text_leaves_lists_and_exports_alive(team: Team) -> None:
    project, awa = team
    text = opened(project)
    [coding] = acts.add_codings(project, awa, text.version.id, 20, 30, [code_id("D1")])
    acts.write_memo(project, awa, "note", coding_id=coding.id)
    project.connection.execute("update content set data = null, state = 'erased'")
    project.connection.execute("delete from turn")
    found: list[CodedSegment] = segments(project)
    assert [(s.text, s.turn) for s in found] == [("", 0)]
    assert [row.quote for row in memo_rows(project)] == [""]
    assert dataset(project, choose_layer(project, None)).segments


def test_a_layer_tells_interviews_reviewed_from_those_merely_begun(team: Team) -> None:
    project, awa = team
    text = opened(project)
    store(project, awa, [entry("INT: One?\nR1: Two.\n", "Read"), entry("INT: Three?\nR1: Four.\n", "Shut")])
    ids = {t.name: t.id for t in transcripts(project)}
    acts.add_codings(project, awa, text.version.id, 20, 30, [code_id("D1")])
    acts.mark_reviewed(project, awa, ids["Read"])
    awas = dataset(project, choose_layer(project, "Awa"))
    readings = {t.name: awas.reading(t.id) for t in awas.transcripts}
    assert readings == {text.transcript.name: "begun", "Read": "reviewed", "Shut": "not_read"}
    acts.mark_reviewed(project, awa, text.transcript.id)
    awas = dataset(project, choose_layer(project, "Awa"))
    assert (len(awas.reviewed), len(awas.begun)) == (2, 0)


def test_interviews_that_are_gone_are_not_counted_as_reviewed(team: Team, tmp_path: Path) -> None:
    project, awa = team
    text = opened(project)
    store(project, awa, [entry("INT: One?\nR1: Two.\n", "Gone"), entry("INT: Three?\nR1: Four.\n", "Shut")])
    found = {t.name: t for t in transcripts(project)}
    acts.add_codings(project, awa, text.version.id, 20, 30, [code_id("D1")])
    for name in (text.transcript.name, "Gone"):
        acts.mark_reviewed(project, awa, found[name].id)
    remove_transcript(project, awa, found["Gone"])
    awas = dataset(project, choose_layer(project, "Awa"))
    assert awas.reviewed == {text.transcript.id}
    path = tmp_path / "themes.xlsx"
    export_excel(project, path, layer="Awa", lang="en")
    book = load_workbook(path)
    said = {
        name: [str(c.value) for row in book[name].iter_rows() for c in row if "of 2 interviews" in str(c.value)]
        for name in ("Theme×Interview", "Theme×Group", "Quotes")
    }
    assert all(lines and all("1 of 2 interviews reviewed" in line for line in lines) for lines in said.values()), said


def test_the_consensus_reviewed_only_where_something_was_agreed(team: Team) -> None:
    project, awa = team
    text = opened(project)
    store(project, awa, [entry("INT: One?\nR1: Two.\n", "Other")])
    for transcript in transcripts(project):
        acts.mark_reviewed(project, awa, transcript.id)
    adopt(project, awa, [text.transcript.id], awa, "the only reader")
    agreed = dataset(project, choose_layer(project, "consensus"))
    readings = {t.name: agreed.reading(t.id) for t in agreed.transcripts}
    assert readings == {text.transcript.name: "reviewed", "Other": "unsettled"}


def test_decomposed_accents_in_a_query_find_words(team: Team) -> None:
    project, _awa = team
    assert search(project, "se\u0301curite\u0301").total == search(project, "sécurité").total == 2


def test_codes_with_one_name_are_told_apart_by_their_ids(team: Team) -> None:
    project, awa = team
    from hsreview.model.localized import Localized

    acts.propose_code(project, awa, Localized("peur", "fear"))
    acts.propose_code(project, awa, Localized("peur", "fear"))
    with pytest.raises(UsageProblem, match="Several codes"):
        find_code(codebook(project), "peur")


def test_what_is_known_of_a_person_is_never_overwritten(team: Team) -> None:
    project, awa = team
    full = StagedRespondent(
        "a.txt", "P1", "cso", "Radio Invented", consent=Consent(ConsentStatus.WRITTEN, ("quotes",)),
        attributes={"region": "Gao"},
    )  # fmt: skip
    store(project, awa, [entry("R1 : a\n", "a")], respondents=[full])
    later = [
        StagedRespondent("b.txt", "P1", consent=Consent(), attributes={"gender": "f"}),
        StagedRespondent(
            "c.txt", "P1", "policymaker", consent=Consent(ConsentStatus.NONE), attributes={"region": "Mopti"}
        ),
    ]
    report = store(project, awa, [entry("R1 : b\n", "b"), entry("R1 : c\n", "c")], respondents=later)
    [person] = respondents(project)
    assert (person.group, person.consent.status, person.attributes) == (
        "cso", ConsentStatus.WRITTEN, {"region": "Gao", "gender": "f"},
    )  # fmt: skip
    assert [o.name for o in organisations(project)] == ["Radio Invented"]
    [warning] = report.warnings
    assert "P1" in warning and "consent" in warning and "group" in warning and "region" in warning


def test_rows_that_name_no_file_or_no_label_are_told(team: Team) -> None:
    project, awa = team
    rows = [StagedRespondent("nobody.txt", "P1"), StagedRespondent("a.txt", "P2", speaker="R9")]
    report = store(project, awa, [entry("R1 : a\n", "a")], respondents=rows)
    assert len(report.warnings) == 2
    assert "nobody.txt" in " ".join(report.warnings) and "R9" in " ".join(report.warnings)


def test_a_table_speaks_of_the_files_of_its_own_folder(tmp_path: Path) -> None:
    for folder, person in (("cso", "P-A"), ("pol", "P-B")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "01.txt").write_text(f"INT: Why?\nR1: {person}.\nINT: And?\nR1: So.\n", encoding="utf-8")
        with (tmp_path / folder / "respondents.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["file", "respondent"], ["01.txt", person]])
    rows = respondent_rows([tmp_path])
    project, awa = a_project(tmp_path / "p")
    texts = [entry("INT : a\nR1 : A\n", "01", tmp_path / "cso"), entry("INT : b\nR1 : B\n", "01", tmp_path / "pol")]
    report = store(project, awa, [texts[0], replace(texts[1], name="01b")], ImportOptions(), rows)
    assert [t.kind for t in transcripts(project) if t.name.startswith("01")] == ["interview", "interview"]
    assert report.warnings == [] and {r.name for r in respondents(project)} == {"P-A", "P-B"}


def test_a_single_file_takes_only_its_own_rows_from_the_table_beside_it(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for folder in (tmp_path, tmp_path / "deep"):
        with (folder / "respondents.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["file", "respondent"], ["a.txt", folder.name], ["b.txt", "P-B"]])
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    assert [row.respondent for row in respondent_rows([tmp_path / "a.txt"])] == [tmp_path.name]
    assert len(respondent_rows([tmp_path])) == 4


def test_an_imported_file_is_one_act_of_the_importer(team: Team, tmp_path: Path) -> None:
    project, awa = team
    text = opened(project)
    acts.add_codings(project, awa, text.version.id, 20, 30, [code_id("D1")])
    path = tmp_path / "c.csv"
    path.write_text("transcript,start,end,code,coder,memo\ncso-1,40,50,D2,Daan,oui\n", encoding="utf-8")
    import_codings(project, awa, path)
    assert undoing.undo(project, awa).done
    assert [c.code_id for c in codings_of(project)] == [code_id("D1")], "the file is gone, the own coding stays"
    assert examine(project.connection) == []


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("cso-1,20,30,D1,,bonjour, ça va", "more cells"),
        ("cso-1,20,30,D1,hier soir,", "created"),
        ("cso-1,2_0,30,D1,,", "whole numbers"),
        ("cso-1,２0,30,D1,,", "whole numbers"),
    ],
)
def test_rows_that_would_lose_something_are_refused(team: Team, tmp_path: Path, row: str, problem: str) -> None:
    project, awa = team
    path = tmp_path / "c.csv"
    path.write_text(f"transcript,start,end,code,created,memo\n{row}\n", encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        import_codings(project, awa, path)
    assert problem in refused.value.problems[0].message


def test_a_misspelt_mapping_and_double_columns_are_refused(team: Team, tmp_path: Path) -> None:
    project, awa = team
    path = tmp_path / "c.csv"
    path.write_text("transcript,start,end,code,text\ncso-1,20,30,D1,NOT THE WORDS\n", encoding="utf-8")
    with pytest.raises(UsageProblem):
        import_codings(project, awa, path, mapping={"txt": "quote"})
    path.write_text("transcript,start,end,code,code\ncso-1,20,30,D1,D2\n", encoding="utf-8")
    with pytest.raises(InputRefused, match="several columns"):
        import_codings(project, awa, path)


def test_a_known_coding_takes_a_new_memo_once(team: Team, tmp_path: Path) -> None:
    project, awa = team
    path = tmp_path / "c.csv"
    path.write_text("transcript,start,end,code,memo\ncso-1,20,30,D1,\n", encoding="utf-8")
    import_codings(project, awa, path)
    path.write_text("transcript,start,end,code,memo\ncso-1,20,30,D1,neuf\n", encoding="utf-8")
    import_codings(project, awa, path)
    import_codings(project, awa, path)
    assert [row.text for row in memo_rows(project)] == ["neuf"]


def test_names_of_coders(team: Team) -> None:
    project, awa = team
    assert rename_coder(project, awa.id, awa, "awa").name == "awa"
    for name in (" ", "Consensus", "AWA"):
        with pytest.raises(UsageProblem):
            add_coder(project, awa.id, name)
    renamed = rename_coder(project, awa.id, awa, "Aminata")
    assert set_role(project, awa.id, awa, awa.role).name == renamed.name, "a stale view takes no name back"


def test_two_programs_name_one_new_coder(tmp_path: Path) -> None:
    one = Project.create(tmp_path)
    store_coder(one, Coder(new_id(), "Lead"))
    two = Project.open(tmp_path)
    chosen = [choose_coder(project, "Awa") for project in (one, two)]
    assert chosen[0] and chosen[1] and chosen[0].coder == chosen[1].coder


@pytest.mark.parametrize("label", ["", " ", "\x1b[31mR1"])
def test_labels_and_pseudonyms_are_readable(team: Team, label: str) -> None:
    project, awa = team
    text = opened(project)
    with pytest.raises(InputRefused):
        relabel_turn(project, awa, text.version.id, 3, label)
    if label:
        with pytest.raises(InputRefused):
            set_speaker(project, awa, text.transcript.id, "R1", respondent=label)


@pytest.mark.parametrize(("date", "good"), [("2016", True), ("2016-01", True), ("2016-01-31", True), ("hier", False)])
def test_dates_are_dates(team: Team, date: str, good: bool) -> None:
    project, awa = team
    transcript = opened(project).transcript
    if good:
        assert change_transcript(project, awa, transcript, date=date).date == date
    else:
        with pytest.raises(InputRefused):
            change_transcript(project, awa, transcript, date=date)
