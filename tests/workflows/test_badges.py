"""Badges of the rows of a project: what a person set counts, and rows that are named have none."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from hsreview.base.ids import new_id
from hsreview.framework.chain import Framework
from hsreview.framework.strength import Person
from hsreview.model.dataset import Basis, Dataset
from hsreview.model.framework import RowKind, Stance
from hsreview.model.localized import Localized
from hsreview.model.people import Organisation, Respondent
from hsreview.model.thresholds import Thresholds
from hsreview.model.transcript import Transcript
from hsreview.workflows.badges import badge
from hsreview.workflows.evidence import Grounds, grounds
from hsreview.workflows.evidence_words import in_words
from hsreview.workflows.framework_rows import EvidenceRole, SourceKind, add_row, change_row, framework, link
from tests.builders import a_codebook, a_project


def test_a_badge_says_what_the_team_set_and_nothing_of_one_person(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    with closing(project):
        actor = add_row(project, awa, RowKind.ACTOR, {"label_fr": "Mairie"})
        row = add_row(project, awa, RowKind.FINDING, {"statement_fr": "Dit"})

        def told() -> Localized:
            found = framework(project)
            return badge(grounds(project, found), found.by_id[row.id])

        assert told().en == "few people were interviewed · strength of evidence: low"
        found = framework(project)
        link(project, awa, found, row, [(SourceKind.DOCUMENT, "Rapport")], Stance.SUPPORTS, role=EvidenceRole.SOURCE)
        change_row(project, awa, row, {"strength_set": "moderate", "strength_reason": "Trois rapports"})
        assert told().fr == (
            "peu de personnes ont été interrogées · aussi dans des documents · "
            "force des preuves selon l’équipe\u00a0: moyenne"
        )
        assert badge(grounds(project, found), actor) == Localized()


def test_people_on_the_register_who_were_not_interviewed_are_in_no_total(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    with closing(project):
        with project.act(awa.id) as act:
            for n in range(9):
                act.put("respondent", new_id(), name=f"R{n}")
        row = add_row(project, awa, RowKind.FINDING, {"statement_fr": "Dit"})
        behind = grounds(project, framework(project))
        assert badge(behind, row).en == "few people were interviewed · strength of evidence: low"
        assert "heard from 0 of 0 respondents" in in_words(behind, row)


def test_what_is_known_of_people_comes_from_them_and_their_organisation_and_two_groups_are_none() -> None:
    people = {
        each.id: each
        for each in (
            Respondent("own", "R1", "cso", "o", attributes={"region": "Mopti", "gender": "f"}),
            Respondent("theirs", "R2", organisation_id="o"),
            Respondent("both", "R3"),
            Respondent("silent", "R4", "cso"),
        )
    }
    office = Organisation("o", "Bureau", attributes={"region": "Gao", "gender": "m"})
    data = Dataset(
        Basis("", "", "", None, "", "", "", ""), a_codebook(),
        [Transcript("t", "one", group="cso"), Transcript("u", "two", group="policymaker")], (), respondents=people,
        organisations={"o": office}, respondents_of={"t": ("own", "theirs", "both"), "u": ("both",)},
    )  # fmt: skip
    assert Grounds(Framework((), ()), {}, data, Thresholds()).people == {
        "own": Person("Bureau", "cso", "Mopti", "f"), "theirs": Person("Bureau", "cso", "Gao"), "both": Person(),
    }  # fmt: skip
