"""Badges of the rows of a project: what a person set counts, and rows that are named have none."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from hsreview.base.ids import new_id
from hsreview.model.framework import RowKind, Stance
from hsreview.model.localized import Localized
from hsreview.workflows.badges import badge
from hsreview.workflows.evidence import grounds
from hsreview.workflows.evidence_words import in_words
from hsreview.workflows.framework_rows import EvidenceRole, SourceKind, add_row, change_row, framework, link
from tests.builders import a_project


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
