"""An export of any kind is written and put on record, or stopped and then nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from hsreview.base.ids import new_id
from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.workflows import files
from hsreview.workflows.coding import add_codings, mark_reviewed
from hsreview.workflows.exports import Exported, ExportStopped, Watch, What, Wish, export
from hsreview.workflows.outputs import outputs
from tests.builders import a_project, code_id, opened

ENDINGS = {What.WORKBOOK: "x.xlsx", What.PUBLIC: "x.xlsx", What.REPORT: "x.docx", What.PUBLIC_REPORT: "x.docx",
           What.CSV: "tables", What.JSON: "x.json", What.AUDIT: "x.xlsx"}  # fmt: skip
Here = tuple[Project, Coder, Path]


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Here]:
    """A project in which four respondents were heard."""
    project, awa = a_project(tmp_path / "project")
    text = opened(project)
    add_codings(project, awa, text.version.id, 50, 80, [code_id("D1")])
    mark_reviewed(project, awa, text.transcript.id)
    with project.act(awa.id) as act:
        for n in range(4):
            person = new_id()
            act.put("respondent", person, name=f"Person {n}", grp="cso", attributes={})
            act.put(
                "speaker", new_id(), transcript_id=text.transcript.id, label=f"X{n}", role="respondent",
                respondent_id=person,
            )  # fmt: skip
    yield project, awa, tmp_path / "out"
    project.close()


def written(here: Here, what: What, *, stopped_at: int = 99) -> tuple[Exported, list[str]]:
    project, awa, folder = here
    folder.mkdir(exist_ok=True)
    told: list[str] = []
    watch = Watch(told.append, lambda: len(told) >= stopped_at)
    return export(project, awa, Wish(folder / ENDINGS[what], what, "Awa", "en", recipient="Oxfam"), watch), told


@pytest.mark.parametrize("what", ENDINGS)
def test_every_kind_is_written_put_on_record_and_tells_its_steps(here: Here, what: What) -> None:
    done, told = written(here, what)
    assert done.path.exists() and len(told) >= 2
    [record] = outputs(here[0])
    assert (record.name, record.recipient) == (done.path.name, "Oxfam")
    assert bool(done.held_back) == (what is What.PUBLIC)


@pytest.mark.parametrize("what", ENDINGS)
def test_what_is_stopped_leaves_nothing_behind(here: Here, what: What) -> None:
    with pytest.raises(ExportStopped):
        written(here, what, stopped_at=1)
    assert list(here[2].iterdir()) == [] and outputs(here[0]) == []


def test_what_was_stopped_stops_nothing_that_is_written_later(here: Here) -> None:
    with pytest.raises(ExportStopped):
        written(here, What.JSON, stopped_at=1)
    with files.written(here[2] / "y.md") as spare:
        spare.write_text("later", encoding="utf-8")
    assert [each.name for each in here[2].iterdir()] == ["y.md"]


def test_two_exports_to_one_file_do_not_write_into_each_other(tmp_path: Path) -> None:
    path = tmp_path / "x.md"

    def other() -> None:
        with files.written(path) as spare:
            spare.write_text("second", encoding="utf-8")

    with files.written(path) as spare:
        spare.write_text("first", encoding="utf-8")
        thread = Thread(target=other)
        thread.start()
        thread.join()
        assert (path.read_text("utf-8"), spare.read_text("utf-8")) == ("second", "first")
    assert [each.name for each in tmp_path.iterdir()] == ["x.md"] and path.read_text("utf-8") == "first"
