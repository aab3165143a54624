"""Overlays and several states on the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hsreview.codebook.write import write_codebook
from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.workflows.coding import add_codings, mark_reviewed
from hsreview.workflows.overlays import open_overlay
from hsreview.workflows.reading import codebook
from tests.builders import a_codebook, a_project, opened
from tests.cli.conftest import call, ok

OVERLAY = """schema: hsreview-overlay/1
id: test-ne
version: "1.0"
extends: test@1.0
state: NE
rename: {D2: {label: {fr: Autre nom, en: Other name}}}
deactivate: [{id: K4, reason: Nobody was asked.}]
add:
  - {id: NE-1, under: D1, label: {fr: Comité, en: Committee}}
  - {id: NE-2, under: D, label: {fr: Marché, en: Market}}
map:
  - {from: NE-1, to: D1, relation: narrower}
"""


@pytest.fixture(scope="session")
def two_states(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project `ml` and a project `ne` whose codebook an overlay made; each with one coded interview."""
    root = tmp_path_factory.mktemp("states")
    (root / "base.yaml").write_text(write_codebook(a_codebook()), encoding="utf-8")
    (root / "ne.yaml").write_text(OVERLAY, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSREVIEW_HOME", str(root / "home"))
        for name, refs in (("ml", ("D1", "K4")), ("ne", ("D1", "NE-1", "NE-2"))):
            book = a_codebook() if name == "ml" else open_overlay(root / "ne.yaml").codebook
            project, awa = a_project(root / name, book=book)
            _code(project, awa, refs)
            project.close()
    return root


def _code(project: Project, coder: Coder, refs: tuple[str, ...]) -> None:
    text = opened(project)
    ids = {place.code.ref: place.code.id for place in codebook(project).codes()}
    start = text.text.index("Nous avons")
    for n, ref in enumerate(refs):
        add_codings(project, coder, text.version.id, start + n, start + n + 12, [ids[ref]])
    mark_reviewed(project, coder, text.transcript.id)


@pytest.fixture
def states(two_states: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "states"
    shutil.copytree(two_states, copy)
    monkeypatch.chdir(copy)
    return copy


@pytest.mark.usefixtures("states")
def test_an_overlay_is_checked_shown_and_made_a_codebook() -> None:
    done = call("overlay", "check", "ne.yaml", "--json")
    found = {(each["code"], each["ref"]) for each in done.json("overlay check")["problems"]}
    assert done.code == 1 and ("unmapped", "NE-2") in found
    shown = ok("overlay", "show", "ne.yaml", "--json").json("overlay show")
    assert [each["ref"] for each in shown["changes"] if each["kind"] == "added"] == ["NE-1", "NE-2"]
    assert shown["map"] == [{"code": "NE-1", "to": "D1", "relation": "narrower", "note": ""}]
    assert "K4 is not used: Nobody was asked." in ok("overlay", "show", "ne.yaml").out
    written = Path(ok("overlay", "apply", "ne.yaml", "-o", "made.yaml").lines[-1])
    ok("init", "fresh", "--codebook", str(written))
    codes = ok("-p", "fresh", "codebook", "show", "--json").json("codebook show")
    assert (codes["codebook"], codes["version"]) == ("test-ne", "1.0")
    assert {each["ref"]: each["codable"] for each in codes["codes"]}["K4"] is False
    assert "NE: made from test 1.0 by the overlay test-ne@1.0" in ok("-p", "fresh", "codebook", "show").out
    ok("-p", "fresh", "codebook", "export", "again.yaml")
    assert Path("again.yaml").read_text("utf-8") == written.read_text("utf-8"), "the project remembers its base"


@pytest.mark.usefixtures("states")
def test_faults_are_told_with_file_and_line() -> None:
    Path("bad.yaml").write_text(OVERLAY.replace("K4", "K9"), encoding="utf-8")
    done = call("overlay", "check", "bad.yaml", "--json")
    assert done.code == 3 and "bad.yaml" in done.err and "line 7" in done.err
    assert [each["level"] for each in done.json("overlay check")["problems"]] == ["error"]
    assert call("overlay", "apply", "bad.yaml", "-o", "x.yaml").code == 3 and not Path("x.yaml").exists()
    assert "no file nowhere.yaml" in call("overlay", "show", "nowhere.yaml").err


@pytest.mark.usefixtures("states")
def test_two_states_are_counted_over_what_compares() -> None:
    found = ok("overlay", "matrix", "ml", "ne", "--json").json("overlay matrix")
    cells = {
        row["ref"]: [(c["codings"], c["respondents"], c["through"]) for c in row["cells"]] for row in found["codes"]
    }
    assert cells == {"D1": [(1, 0, []), (2, 0, ["NE-1"])], "D2": [(0, 0, []), (0, 0, [])]}
    assert [(each["ref"], each["why"]) for each in found["not_compared"]] == [
        ("K4", "deactivated"), ("NE-2", "unmapped"),
    ]  # fmt: skip
    assert [(each["state"], each["nameless"], each["base"]) for each in found["states"]] == [
        ("", 1, "test"), ("NE", 1, "test"),
    ]  # fmt: skip
    printed = ok("overlay", "matrix", "ml", "ne").out
    assert (
        "Internal" in printed
        and "1 speaker behind whom nobody" in printed
        and "2 (with NE-1)" in printed
        and "Nobody was asked." in printed
    )


@pytest.mark.usefixtures("states")
def test_the_matrix_goes_into_a_workbook_and_changes_no_project() -> None:
    from openpyxl import load_workbook

    before = {name: (Path(name) / "project.hsreview").read_bytes() for name in ("ml", "ne")}
    path = ok("overlay", "matrix", "ml", "ne/project.hsreview", "-o", "out.xlsx").lines[-1]
    matrix, apart = load_workbook(path).worksheets
    rows = [[cell.value for cell in row] for row in matrix.iter_rows()]
    assert str(rows[1][0]).startswith("Internal")
    assert ["D1", "D", "Label D1", 1, "0 of 0", None, 2, "0 of 0", "NE-1"] in rows
    assert any("Nobody was asked." in str(row[3].value) for row in apart.iter_rows())
    assert before == {name: (Path(name) / "project.hsreview").read_bytes() for name in ("ml", "ne")}


@pytest.mark.usefixtures("states")
@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["ml"], 2, "two projects or more"),
        (["ml", "ml"], 2, "two projects or more"),
        (["ml", "nowhere"], 4, "no project in"),
        (["ml", "ne", "--layer", "Eve"], 2, "states/ml: There is no layer called Eve"),
        (["ml", "ne", "--layer", "a", "--layer", "b", "--layer", "c"], 2, "once for each project"),
        (["ml", "ne", "-o", "x.csv"], 2, ".xlsx"),
    ],
)
def test_what_cannot_be_compared_is_told(args: list[str], code: int, told: str) -> None:
    done = call("overlay", "matrix", *args)
    assert (done.code, told in done.err) == (code, True), done.err


@pytest.mark.usefixtures("states")
def test_other_codebooks_are_never_compared_by_labels() -> None:
    from dataclasses import replace

    project, awa = a_project(Path("other"), book=replace(a_codebook(), ref="other"))
    _code(project, awa, ("D1",))
    project.close()
    done = call("overlay", "matrix", "ml", "other")
    assert done.code == 3 and "different codebooks" in done.err
