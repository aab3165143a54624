"""Two coders with one name: whoever is named by it is asked for the id, and nothing is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base.ids import new_id
from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.workflows.coders import coders, store_coder
from hsreview.workflows.coding import add_codings
from tests.builders import code_id, opened
from tests.cli.conftest import call, ok


@pytest.fixture
def twins(folder: Path) -> list[str]:
    """Ids of two coders called Daan, as a merge may bring them; both coded, also in a second reading."""
    with Project.open(folder) as project:
        other = store_coder(project, Coder(new_id(), "Daan"))
        found = [coder for coder in coders(project) if coder.name == "Daan"]
        text = opened(project)
        add_codings(project, other, text.version.id, 60, 70, [code_id("D1")])
        for coder in found:
            add_codings(project, coder, text.version.id, 60, 70, [code_id("D1")], pass_="second")
        return [coder.id for coder in found]


@pytest.mark.parametrize(
    "args",
    [
        ("--coder", "Daan", "codings"),
        ("--coder", "daan", "codings", "add", "cso-1", "3.1", "D1"),
        ("codings", "--coder", "Daan"),
        ("codings", "--layer", "Daan"),
        ("codings", "--layer", "Daan/second"),
        ("show", "cso-1", "--layer", "Daan"),
        ("memos", "--coder", "Daan"),
        ("recode", "list", "--coder", "Daan"),
        ("assign", "cso-1", "--coder", "Daan"),
        ("assign", "cso-1", "--coder", "Awa,Daan"),
        ("assign", "list", "--coder", "Daan"),
        ("assign", "remove", "cso-1", "--coder", "Daan"),
        ("assign", "--draw", "1", "--seed", "1", "--coder", "Daan"),
        ("progress", "--coder", "Daan"),
        ("agreement", "--coders", "Awa,Daan"),
        ("disagreements", "--coders", "Awa,Daan"),
        ("consensus", "adopt", "cso-1", "--from", "Daan", "--because", "x"),
        ("package", "make", "--for", "Daan"),
        ("keys", "add", "Daan", "age1x"),
        ("sheet", "make", "cso-1", "--coder", "Daan"),
        ("export", "excel", "x.xlsx", "--layer", "Daan"),
        ("export", "transcript", "cso-1", "--layer", "Daan"),
        ("coders", "rename", "Daan", "Other"),
        ("coders", "role", "Daan", "lead"),
    ],
    ids=" ".join,
)
def test_a_name_of_two_is_refused_with_the_ids(twins: list[str], args: tuple[str, ...]) -> None:
    given = args if args[0] == "--coder" else ("--coder", "Awa", *args)
    done = call(*given)
    assert done.code == 2 and all(each in done.err for each in twins), done.err
    assert done.out == ""


def test_an_id_says_which_of_the_two(twins: list[str]) -> None:
    assert ok("--coder", "Awa", "codings", "--coder", twins[1], "--json").json("codings")["total"] > 0
    assert ok("--coder", "Awa", "codings", "--layer", f"{twins[0]}/second", "--json").json("codings")["total"] == 1


def test_a_name_of_two_in_the_environment_is_no_lead(twins: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSREVIEW_CODER", "Daan")
    assert call("codings").code == 2, "it must not be taken for nobody, who may see everything"
    monkeypatch.setenv("HSREVIEW_CODER", "Somebody of another project")
    assert call("codings").code == 0


def test_a_file_of_codings_names_them_by_their_ids(twins: list[str], tmp_path: Path) -> None:
    path = tmp_path / "codings.csv"
    path.write_text("transcript,start,end,code,coder\ncso-1,20,30,D1,Daan\n", encoding="utf-8")
    done = call("--coder", "Awa", "codings", "import", str(path))
    assert done.code == 3 and all(each in done.err for each in twins)
    path.write_text(f"transcript,start,end,code,coder\ncso-1,20,30,D1,{twins[0]}\n", encoding="utf-8")
    ok("--coder", "Awa", "codings", "import", str(path))
