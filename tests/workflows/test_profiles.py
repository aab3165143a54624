"""Profiles of sheets: saved for the team, replaced under their name, taken back by undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.workflows.profiles import profile, save_profile
from hsreview.workflows.saved_queries import saved_queries
from hsreview.workflows.undoing import redo, undo
from tests.builders import a_project


def test_a_profile_is_replaced_under_its_name_and_taken_back_by_undo(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "project")
    with project:
        assert save_profile(project, awa, " For  partners ", ["Memos", "codebook"])
        assert profile(project, "for PARTNERS") == ("provenance", "codebook", "memos")
        assert save_profile(project, awa, "For partners", ["quotes"])
        assert not save_profile(project, awa, "For partners", ["quotes"])
        undo(project, awa)
        assert profile(project, "For partners") == ("provenance", "codebook", "memos")
        undo(project, awa)
        with pytest.raises(UsageProblem):
            profile(project, "For partners")
        redo(project, awa)
        assert profile(project, "For partners") == ("provenance", "codebook", "memos")
        assert saved_queries(project) == [], "a profile is no query"


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_name_that_nobody_could_type_is_refused(tmp_path: Path, name: str) -> None:
    project, awa = a_project(tmp_path / "project")
    with project, pytest.raises(InputRefused):
        save_profile(project, awa, name, ["quotes"])
