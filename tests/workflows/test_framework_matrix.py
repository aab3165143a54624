"""Charting: summaries are acts, rest on segments, and an empty cell says why it is empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsreview.analysis.framework_matrix import cases_of, framework_matrix
from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import new_id
from hsreview.base.messages import use_language
from hsreview.model.codebook import Group, GuideQuestion, Theme
from hsreview.model.framework_matrix import CaseKind, Charted, Empty, FrameworkMatrix, summary_id
from hsreview.model.groups import segment_groups
from hsreview.model.localized import Localized
from hsreview.model.people import Coder, CoderRole
from hsreview.project.conflicts import conflicts
from hsreview.project.doctor import examine
from hsreview.project.merging import merge
from hsreview.project.project import Project
from hsreview.workflows import assigning
from hsreview.workflows import coding as acts
from hsreview.workflows.coders import store_coder
from hsreview.workflows.conflicts import open_conflicts
from hsreview.workflows.framework_matrix import (
    Charting,
    Edit,
    case_name,
    cases,
    charting,
    find_case,
    kind_named,
    write_cells,
)
from hsreview.workflows.people import set_speaker
from hsreview.workflows.reading import codebook
from hsreview.workflows.undoing import redo, undo
from tests.analysis.layers import a_layer
from tests.builders import a_project, code_id, opened
from tests.project.teams import copied, give, package, tables

RESPONDENT, GROUP, TRANSCRIPT = CaseKind.RESPONDENT, CaseKind.GROUP, CaseKind.TRANSCRIPT
Here = tuple[Project, Coder]


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Here]:
    project, awa = a_project(tmp_path / "project", transcripts=2)
    set_speaker(project, awa, opened(project).transcript.id, "R1", respondent="P-01")
    acts.add_codings(project, awa, opened(project).version.id, 50, 80, [code_id("D1")])
    yield project, awa
    project.close()


def theme(project: Project) -> Theme:
    return codebook(project).themes[0]


def edit(project: Project, case: str, **wanted: object) -> Edit:
    kind = TRANSCRIPT if case.startswith("cso-") else RESPONDENT
    return Edit(find_case(cases(project, kind), case).id, theme(project).id, **wanted)  # type: ignore[arg-type]


def cell_text(opened_: Charting, name: str) -> tuple[str, Charted, Empty]:
    case = find_case(opened_.matrix.cases, name)
    cell = opened_.matrix.cell(case, opened_.matrix.themes[0])
    return cell.text, cell.status, cell.empty


def test_a_summary_is_written_checked_undone_and_done_again(here: Here) -> None:
    project, awa = here
    assert cell_text(charting(project, RESPONDENT), "P-01") == ("", Charted.TODO, Empty.TO_DO)
    segment = charting(project, RESPONDENT).dataset.segments[0].coding.id
    assert write_cells(project, awa, RESPONDENT, [edit(project, "P-01", text="Work first.", segments=(segment,))]) == 1
    assert cell_text(charting(project, RESPONDENT), "P-01") == ("Work first.", Charted.DRAFTED, Empty.NO)
    assert write_cells(project, awa, RESPONDENT, [edit(project, "P-01", status=Charted.CHECKED)]) == 1
    assert write_cells(project, awa, RESPONDENT, [edit(project, "P-01", status=Charted.CHECKED)]) == 0
    found = charting(project, RESPONDENT).matrix
    assert found.cell(found.cases[0], found.themes[0]).summary.segments == (segment,)  # type: ignore[union-attr]
    told = undo(project, awa)
    assert told.done and told.what in ("summary of P-01 under D", "résumé de P-01 sous D")
    assert cell_text(charting(project, RESPONDENT), "P-01")[1] is Charted.DRAFTED
    assert undo(project, awa).done
    assert cell_text(charting(project, RESPONDENT), "P-01") == ("", Charted.TODO, Empty.TO_DO)
    assert redo(project, awa).done and redo(project, awa).done
    assert cell_text(charting(project, RESPONDENT), "P-01")[1] is Charted.CHECKED
    assert examine(project.connection) == []


def test_other_words_take_a_checked_summary_back_to_a_draft(here: Here) -> None:
    project, awa = here
    write_cells(project, awa, RESPONDENT, [edit(project, "P-01", text="One.", status=Charted.CHECKED)])
    write_cells(project, awa, RESPONDENT, [edit(project, "P-01", text="Two.")])
    assert cell_text(charting(project, RESPONDENT), "P-01")[:2] == ("Two.", Charted.DRAFTED)
    write_cells(project, awa, RESPONDENT, [edit(project, "P-01", text="  \n")])
    assert cell_text(charting(project, RESPONDENT), "P-01") == ("", Charted.TODO, Empty.TO_DO)


def test_nothing_can_be_checked_that_is_not_written(here: Here) -> None:
    project, awa = here
    with pytest.raises(InputRefused):
        write_cells(project, awa, RESPONDENT, [edit(project, "P-01", status=Charted.CHECKED)])
    good = Edit(find_case(cases(project, RESPONDENT), "P-01").id, theme(project).id, text="x")
    with pytest.raises(InputRefused):
        write_cells(project, awa, RESPONDENT, [good, Edit("nobody", theme(project).id, text="y")])
    assert cell_text(charting(project, RESPONDENT), "P-01")[0] == "", "all cells or none"


def test_a_cell_tells_of_segments_that_came_and_went(here: Here) -> None:
    project, awa = here
    [first] = charting(project, TRANSCRIPT).dataset.segments
    write_cells(project, awa, TRANSCRIPT, [edit(project, "cso-1", text="One.", segments=(first.coding.id,))])
    acts.add_codings(project, awa, opened(project).version.id, 60, 70, [code_id("D2")])
    acts.remove_coding(project, awa, first.coding.id)
    found = charting(project, TRANSCRIPT).matrix
    cell = found.cell(find_case(found.cases, "cso-1"), found.themes[0])
    assert (cell.gone, cell.unlinked, len(cell.behind)) == (1, 1, 1)


def test_a_summary_whose_case_is_gone_is_kept_apart(here: Here) -> None:
    project, awa = here
    write_cells(project, awa, TRANSCRIPT, [edit(project, "cso-2", text="Kept.")])
    with project.act(awa.id) as act:
        act.remove("transcript", opened(project, "cso-2").transcript.id)
    assert [each.text for each in charting(project, TRANSCRIPT).matrix.apart] == ["Kept."]


def test_cases_are_named_and_kinds_in_both_languages(here: Here) -> None:
    project, _awa = here
    assert kind_named("Répondant") is RESPONDENT and kind_named("groupe") is GROUP
    assert [each.name for each in cases(project, GROUP)] == ["cso", "policymaker"]
    for wrong in (lambda: kind_named("x"), lambda: find_case(cases(project, TRANSCRIPT), "cso-9")):
        with pytest.raises(UsageProblem):
            wrong()


# Empty cells


def with_guide(found: Charting, *guide: GuideQuestion) -> Charting:
    return replace(found, dataset=replace(found.dataset, codebook=replace(found.dataset.codebook, guide=guide)))


def why(found: Charting, asked: dict[str, dict[str, bool]]) -> dict[str, Empty]:
    matrix = framework_matrix(found.dataset, TRANSCRIPT, (), asked)
    return {case.name: matrix.cell(case, matrix.themes[0]).empty for case in matrix.cases}


def test_an_empty_cell_says_which_kind_of_empty(here: Here) -> None:
    project, awa = here
    second = opened(project, "cso-2")
    guide = GuideQuestion("G1", Localized(en="Why?", fr="Pourquoi ?"), questions=("Q1",))
    assert why(charting(project, TRANSCRIPT), {}) == {"cso-1": Empty.TO_DO, "cso-2": Empty.NOT_READ}
    [interviewer] = acts.add_codings(project, awa, second.version.id, 24, 40, [code_id("D1")])
    assert why(charting(project, TRANSCRIPT), {})["cso-2"] is Empty.NOT_CODED, "begun, and only the question coded"
    acts.mark_reviewed(project, awa, second.transcript.id)
    acts.remove_coding(project, awa, interviewer.id)
    found = charting(project, TRANSCRIPT)
    asked = {second.transcript.id: {"G1": True}}
    assert why(found, {})["cso-2"] is Empty.NOT_RECORDED, "without a guide nobody can tell"
    assert why(with_guide(found, guide), asked)["cso-2"] is Empty.SILENT
    assert why(with_guide(found, guide), {second.transcript.id: {"G1": False}})["cso-2"] is Empty.NOT_ASKED
    assert why(with_guide(found, guide), {})["cso-2"] is Empty.SILENT, "without a record, the guide stands"


@pytest.mark.parametrize("seed", range(8))
def test_behind_every_cell_is_what_a_count_by_hand_finds(seed: int) -> None:
    dataset = a_layer(seed)
    transcripts = {t.id: t for t in dataset.transcripts}
    themes = {p.code.id: p.theme.id for p in dataset.codebook.codes()}
    for kind in CaseKind:
        matrix: FrameworkMatrix = framework_matrix(dataset, kind, (), {})
        assert list(matrix.cases) == cases_of(dataset, kind)
        for case in matrix.cases:
            for theme_ in matrix.themes:
                expected = []
                for number, segment in enumerate(dataset.segments):
                    person = dataset.respondents.get(segment.respondent_id or "")
                    whose: dict[CaseKind, set[str | None]] = {
                        CaseKind.RESPONDENT: {segment.respondent_id},
                        CaseKind.ORGANISATION: {person.organisation_id if person else None},
                        CaseKind.GROUP: set(segment_groups(dataset, transcripts[segment.transcript_id], segment)),
                        CaseKind.TRANSCRIPT: {segment.transcript_id},
                    }
                    if segment.role == "interviewer" or themes[segment.coding.code_id] != theme_.id:
                        continue
                    if case.id in whose[kind]:
                        expected.append(number)
                assert list(matrix.cell(case, theme_).behind) == expected


# Teams


def test_two_drafts_of_one_cell_are_a_conflict_and_a_decision_settles_it(here: Here, tmp_path: Path) -> None:
    project, awa = here
    daan = store_coder(project, Coder(new_id(), "Daan", CoderRole.LEAD), awa.id)
    there = copied(project, tmp_path / "there")
    write_cells(project, awa, RESPONDENT, [edit(project, "P-01", text="Here.")])
    write_cells(there, daan, RESPONDENT, [edit(there, "P-01", text="There.")])
    give(there, project)
    give(project, there)
    assert tables(project) == tables(there) and examine(project.connection) == []
    [found] = conflicts(project.connection)
    assert (found.table, found.field) == ("summary", "text")
    [shown] = open_conflicts(project)
    assert shown.thing.endswith("P-01 × D") and {v.said for v in shown.values} == {"Here.", "There."}
    there.close()


def test_blind_coders_neither_see_nor_write_summaries_of_what_they_have_not_read(here: Here) -> None:
    project, awa = here
    eve = store_coder(project, Coder(new_id(), "Eve"), awa.id)
    text = opened(project)
    assigning.assign(project, awa, [text.transcript], [eve])
    acts.add_codings(project, eve, text.version.id, 50, 80, [code_id("D1")])
    write_cells(project, awa, RESPONDENT, [edit(project, "P-01", text="Secret.")])
    with pytest.raises(InputRefused):
        write_cells(project, eve, RESPONDENT, [edit(project, "P-01", text="Mine.")])
    assert cell_text(charting(project, RESPONDENT, "Eve", viewer=eve), "P-01") == ("", Charted.TODO, Empty.HIDDEN)
    withheld = [c for c in package(project, blind_for=eve.id).changes if c.kind == "summary.put"]
    assert withheld and all(each.body is None for each in withheld)
    acts.mark_reviewed(project, eve, text.transcript.id)
    assert cell_text(charting(project, RESPONDENT, "Eve", viewer=eve), "P-01")[0] == "Secret."


def test_a_summary_under_the_id_of_another_cell_is_refused(here: Here) -> None:
    from hsreview.project.received import Unsound, row

    project, awa = here
    write_cells(project, awa, RESPONDENT, [edit(project, "P-01", text="Here.")])
    [change] = [c for c in package(project).changes if c.kind == "summary.put"]
    row(change)
    with pytest.raises(Unsound):
        row(replace(change, entity=summary_id(RESPONDENT, "somebody", theme(project).id)))


def test_a_summary_that_was_withheld_is_not_written_over(here: Here, tmp_path: Path) -> None:
    project, awa = here
    eve = store_coder(project, Coder(new_id(), "Eve"), awa.id)
    text = opened(project)
    assigning.assign(project, awa, [text.transcript], [eve])
    write_cells(project, awa, RESPONDENT, [edit(project, "P-01", text="Awa’s.")])
    there = Project.create(tmp_path / "eve", project_id=project.id)
    merge(there, [("p", package(project, blind_for=eve.id))])
    acts.add_codings(there, eve, text.version.id, 50, 80, [code_id("D1")])
    acts.mark_reviewed(there, eve, text.transcript.id)
    assert cell_text(charting(there, RESPONDENT, "Eve", viewer=eve), "P-01") == ("", Charted.TODO, Empty.HIDDEN)
    with pytest.raises(InputRefused):
        write_cells(there, eve, RESPONDENT, [edit(there, "P-01", text="Eve’s.")])
    give(project, there)
    assert cell_text(charting(there, RESPONDENT, "Eve", viewer=eve), "P-01")[0] == "Awa’s."
    assert write_cells(there, eve, RESPONDENT, [edit(there, "P-01", text="Eve’s.")]) == 1
    give(there, project)
    assert cell_text(charting(project, RESPONDENT, "Awa"), "P-01")[0] == "Eve’s."
    assert examine(project.connection) == [] and examine(there.connection) == []
    there.close()


class Copies:
    """Two leads with a copy of one project each, who chart at once."""

    def __init__(self, folder: Path) -> None:
        self.here, self.awa = a_project(folder / "here", transcripts=3)
        self.daan = store_coder(self.here, Coder(new_id(), "Daan", CoderRole.LEAD), self.awa.id)
        self.there = copied(self.here, folder / "there")

    def at(self, place: bool) -> Here:
        return (self.here, self.awa) if place else (self.there, self.daan)


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copies]:
    found = Copies(tmp_path_factory.mktemp("copies"))
    yield found
    found.here.close()
    found.there.close()


STEPS = st.lists(
    st.tuples(
        st.booleans(), st.sampled_from(["write", "empty", "check", "undo", "redo", "exchange"]), st.integers(1, 3)
    ),
    max_size=12,
)


@given(STEPS)
@settings(max_examples=12, deadline=None)
def test_whatever_two_people_chart_the_copies_agree_after_an_exchange(
    copies: Copies, steps: list[tuple[bool, str, int]]
) -> None:
    for number, (place, what, n) in enumerate(steps):
        project, coder = copies.at(place)
        if what == "exchange":
            give(*([copies.here, copies.there] if place else [copies.there, copies.here]))
        elif what in ("undo", "redo"):
            (undo if what == "undo" else redo)(project, coder)
        else:
            wanted: dict[str, object] = {"text": "" if what == "empty" else f"{what} {number} {place}"}
            wanted |= {"status": Charted.CHECKED} if what == "check" else {}
            write_cells(project, coder, TRANSCRIPT, [edit(project, f"cso-{n}", **wanted)])
    give(copies.there, copies.here)
    give(copies.here, copies.there)
    assert tables(copies.here) == tables(copies.there)
    assert conflicts(copies.here.connection) == conflicts(copies.there.connection)
    assert examine(copies.here.connection) == []


def test_a_group_is_called_by_its_label_and_found_by_it(here: Here) -> None:
    project, _awa = here
    book = replace(codebook(project), groups=(Group("cso", Localized(fr="Société civile", en="Civil society")),))
    groups = cases(project, GROUP)
    assert case_name(find_case(groups, "cso"), book) == "Civil society"
    use_language("fr")
    try:
        assert case_name(find_case(groups, "cso"), book) == "Société civile"
        assert find_case(groups, "societe CIVILE", book).id == "cso"
    finally:
        use_language("en")
    with pytest.raises(UsageProblem):
        find_case(groups, "Société civile")
