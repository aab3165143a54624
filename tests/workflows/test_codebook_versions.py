"""Every act on the codebook is a version that can be looked at again, named, and compared with another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import new_id
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.project.codebooks import load_codebook
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.project.versions import book_at
from hsreview.workflows import codebook_versions as versions
from hsreview.workflows.codebook_changes import merge_codes, move_code, rename_code, retire_code
from hsreview.workflows.codebook_splitting import NewCode, split_code
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings, code_with_new
from hsreview.workflows.undoing import undo
from tests.builders import a_project, code_id, opened
from tests.workbook.structure import problems

D1, D2, K4 = code_id("D1"), code_id("D2"), code_id("K4")
World = tuple[Project, Coder]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    project, awa = a_project(tmp_path / "p")
    yield project, awa
    assert examine(project.connection) == []
    project.close()


def labels(project: Project) -> list[str]:
    return [version.label for version in versions.versions(project)]


def lines(project: Project, old: str, new: str) -> list[str]:
    first, second = versions.find_version(project, old), versions.find_version(project, new)
    return [change.describe() for change in versions.compare_versions(project, first, second).changes]


def test_every_act_is_a_version_and_says_what_it_did(world: World) -> None:
    project, awa = world
    add_codings(project, awa, opened(project).version.id, 20, 30, [D1])
    merge_codes(project, awa, [D1], D2, because="the same")
    split_code(project, awa, D2, NewCode(Localized(fr="Peur", en="Fear")), because="two things")
    assert undo(project, awa).done
    found = versions.versions(project)
    assert [each.number for each in found] == [1, 2, 3, 4] and labels(project) == ["1.0", "1.0+1", "1.0+2", "1.0+3"]
    assert found[-1].label == load_codebook(project.connection).version
    assert [(each.what, each.taken_back, each.reason) for each in found[1:]] == [
        ("merge of D1 into D2", False, "the same"),
        ("split of D2 into D2 and D3", False, "two things"),
        ("split of D2 into D2 and D3", True, ""),
    ]


def test_a_version_does_not_say_where_a_new_code_was_put(world: World) -> None:
    project, awa = world
    code_with_new(project, awa, opened(project).version.id, 20, 30, Localized(fr="Peur", en="Fear"))
    assert versions.versions(project)[-1].what == "proposed code N1"


def test_each_version_is_as_the_codebook_was_then(world: World) -> None:
    project, awa = world
    books = []

    def stood() -> None:
        books.append(load_codebook(project.connection, whole=True))

    stood()
    move_code(project, awa, K4, before=D1)
    stood()
    rename_code(project, awa, D2, ref="X2", labels={"en": "Other"})
    stood()
    move_code(project, awa, D1, under=K4)
    stood()
    retire_code(project, awa, D2, because="why")
    stood()
    assert [book_at(project.connection, number) for number in range(1, 6)] == books
    assert book_at(project.connection, 6) is None


def test_the_difference_of_two_versions_says_what_happened_to_codes(world: World) -> None:
    project, awa = world
    merge_codes(project, awa, [D1], D2, because="why")
    retire_code(project, awa, K4, because="why")
    assert lines(project, "1.0", "1.0+1") == ["code D1 merged into D2"]
    assert lines(project, "v2", "v3") == ["code K4: status changed from “active” to “retired”"]
    assert lines(project, "v1", "v1") == []
    assert undo(project, awa).done and undo(project, awa).done
    assert lines(project, "v1", "v5") == []


def test_a_version_is_called_by_its_name(world: World) -> None:
    project, awa = world
    merge_codes(project, awa, [D1], D2, because="why")
    version = versions.find_version(project, "1.0+1")
    versions.name_version(project, awa, version, " after  the pilot ")
    assert versions.find_version(project, "After the Pilot").number == 2
    assert labels(project) == ["1.0", "1.0+1"], "a name is no change of the codebook"
    with pytest.raises(InputRefused):
        versions.name_version(project, awa, versions.find_version(project, "v1"), "after the pilot")
    daan = store_coder(project, Coder(new_id(), "Daan"), awa.id)
    with pytest.raises(UsageProblem):
        versions.name_version(project, daan, version, "mine")
    assert undo(project, awa).what == "Daan in the team"
    assert undo(project, awa).done
    with pytest.raises(InputRefused):
        versions.find_version(project, "after the pilot")
    versions.name_version(project, awa, version, "again")
    versions.name_version(project, awa, version, "")
    assert {each.name for each in versions.versions(project)} == {""}


@pytest.mark.parametrize("suffix", versions.DIFF_SUFFIXES)
def test_the_difference_is_written_for_word_and_excel(world: World, tmp_path: Path, suffix: str) -> None:
    project, awa = world
    rename_code(project, awa, D1, labels={"en": "=1+1", "fr": "long " * 9000})
    first, second = versions.find_version(project, "v1"), versions.find_version(project, "v2")
    path = versions.write_comparison(versions.compare_versions(project, first, second), tmp_path / f"diff{suffix}")
    if suffix == ".xlsx":
        from openpyxl import load_workbook

        assert problems(path) == []
        rows = [row for row in load_workbook(path).active.iter_rows(min_row=6, values_only=True)]  # type: ignore[union-attr]
        assert rows[0] == ("code D1", "renamed", "label (en)", "Label D1", "=1+1")
        assert "".join(str(row[4] or "") for row in rows[1:]) == "long " * 9000
    else:
        from docx import Document

        [table] = Document(str(path)).tables
        assert [cell.text for cell in table.rows[1].cells] == ["code D1", "renamed", "label (en)", "Label D1", "=1+1"]
        assert table.rows[2].cells[4].text == "long " * 9000


def test_other_files_are_refused(world: World, tmp_path: Path) -> None:
    project, _awa = world
    only = versions.find_version(project, "v1")
    with pytest.raises(UsageProblem):
        versions.write_comparison(versions.compare_versions(project, only, only), tmp_path / "diff.pdf")
