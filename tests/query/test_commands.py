"""`hsreview query` and `hsreview queries`."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from hsreview.base.ids import new_id
from hsreview.model.coding import Origin
from hsreview.model.people import Coder
from hsreview.project.doctor import examine
from hsreview.workflows.coders import coders, store_coder
from hsreview.workflows.coding import add_codings, mark_reviewed
from hsreview.workflows.projects import open_project
from tests.builders import a_project, code_id, opened
from tests.cli.conftest import call, ok


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Awa coded D1 on turn 3 of cso-1 and K4 on its end and on turn 5, Daan D1 on turn 5; cso-2 has one D1 of Awa."""
    project, awa = a_project(tmp_path / "p", transcripts=2)
    daan = store_coder(project, Coder(new_id(), "Daan"), awa.id)
    first, second = opened(project).version.id, opened(project, "cso-2").version.id
    add_codings(project, awa, first, 54, 132, [code_id("D1")], flags=["quote"], modifiers={"stance": "positive"})
    add_codings(project, awa, first, 90, 132, [code_id("K4")])
    add_codings(project, awa, first, 200, 240, [code_id("K4")], origin=Origin.AUTOCODED)
    add_codings(project, daan, first, 169, 240, [code_id("D1")])
    add_codings(project, awa, second, 54, 90, [code_id("D1")])
    mark_reviewed(project, awa, opened(project).transcript.id)
    project.close()
    monkeypatch.setenv("HSREVIEW_PROJECT", str(tmp_path / "p"))
    return tmp_path / "p"


def places(*args: str) -> list[tuple[str, str, str]]:
    answer = ok("query", *args, "--json").json("query")
    return [(hit["transcript"], hit["code"], f"{hit['turn']}.{hit['sentence']}") for hit in answer["hits"]]


@pytest.mark.usefixtures("folder")
def test_the_answer_names_hits_partners_basis_and_groups() -> None:
    answer = ok("query", "D1", "and", "K4", "--layer", "Awa", "--json").json("query")
    assert answer["expression"] == answer["read"] == "D1 and K4" and answer["total"] == 1
    (hit,) = answer["hits"]
    assert (hit["transcript"], hit["code"], hit["coder"], hit["start"], hit["end"]) == ("cso-1", "D1", "Awa", 54, 132)
    assert [(each["code"], each["place"]) for each in hit["partners"]] == [("K4", "3.2")] and hit["more_partners"] == 0
    basis = answer["basis"]
    assert (basis["layer"], basis["codebook"], basis["codebook_version"]) == ("Awa", "test", "1.0")
    assert (basis["interviews"], basis["reviewed"]) == (2, 1)
    together = answer["groups"][-1]
    assert together["group"] is None and (together["interviews"], together["codings"]) == (1, 1)


@pytest.mark.usefixtures("folder")
def test_interviews_that_are_not_reviewed_are_listed_and_counted_apart() -> None:
    done = ok("query", "D1", "--layer", "Awa")
    assert "1 of 1" in done.out and "Besides, 1 coding in interviews that are not reviewed" in done.out
    assert "Layer: Awa · codebook test 1.0 · 1 of 2 interviews reviewed" in done.lines
    assert done.err.startswith("2 codings.\n")


@pytest.mark.usefixtures("folder")
def test_expressions_of_every_kind() -> None:
    both = [("cso-1", "D1", "3.1"), ("cso-2", "D1", "3.1")]
    assert places("D1", "--layer", "Awa") == both
    assert places("D1 et non K4", "--layer", "Awa") == both[1:]
    assert places("D1 followed by K4 within 2 turns", "--layer", "Awa") == both[:1]
    assert places("D1 followed by K4", "--layer", "Awa") == []
    assert places("K4 within turn D1", "--layer", "Awa") == [("cso-1", "K4", "3.2")]
    assert places("any and stance = positive and flag = quote", "--layer", "Awa") == both[:1]
    assert places("origin = automatique or transcript = cso-2", "--layer", "Awa") == [("cso-1", "K4", "5.2"), both[1]]
    assert places('any and says "oeuvre"', "--layer", "Awa") == [("cso-1", "D1", "3.1"), ("cso-1", "K4", "3.2")]
    assert places("D1 and by Daan", "--layer", "all") == [("cso-1", "D1", "5.1")]
    assert places("(K4 and by Awa) inside (D1 and by Daan)", "--layer", "all") == [("cso-1", "K4", "5.2")]


@pytest.mark.usefixtures("folder")
def test_an_empty_answer_is_an_answer() -> None:
    done = ok("query", "D2", "--layer", "Awa")
    assert done.err == "0 codings.\n" and "0 of 1" in done.out


@pytest.mark.usefixtures("folder")
def test_a_fault_is_marked_under_its_column_and_nothing_is_printed() -> None:
    done = call("query", "D1 and (K9 or K4)", "--layer", "Awa")
    assert (done.code, done.out) == (3, "")
    said, shown, mark = done.err.split("\n")[:3]
    assert said == "Column 9: there is no code K9. Did you mean K4?"
    assert shown[mark.index("^") :].startswith("K9")


@pytest.mark.usefixtures("folder")
def test_a_mark_stands_right_below_wide_signs_and_control_signs_never_reach_the_terminal() -> None:
    done = call("query", '"漢字" or \x1b[2J', "--layer", "Awa")
    assert done.code == 3 and "\x1b" not in done.err
    mark = done.err.split("\n")[2]
    assert mark.index("^") == 2 + len('"漢字" or ') + 2


@pytest.mark.usefixtures("folder")
def test_several_layers_are_never_added_up_unasked() -> None:
    done = call("query", "D1")
    assert done.code == 2 and "Daan" in done.err
    together = ok("query", "D1", "--layer", "all")
    assert "each coder apart: what two coders coded counts twice" in together.lines
    assert [line.split()[3] for line in together.lines if " D1 " in line] == ["Awa", "Daan", "Awa"]


def test_a_blind_coder_asks_their_own_layer_only(folder: Path) -> None:
    assert places("D1", "--layer", "Daan") == [("cso-1", "D1", "5.1")]
    for layer in ("Awa", "all"):
        done = call("--coder", "Daan", "query", "any", "--layer", layer)
        assert (done.code, done.out) == (3, "") and "blind" in done.err
    with open_project(folder) as project:
        daan = next(coder for coder in coders(project) if coder.name == "Daan")
        for name in ("cso-1", "cso-2"):
            mark_reviewed(project, daan, opened(project, name).transcript.id)
    assert call("--coder", "Daan", "query", "any", "--layer", "all").code == 0


@pytest.mark.usefixtures("folder")
def test_csv_has_a_row_for_each_coding_and_no_formulas() -> None:
    rows = list(csv.DictReader(io.StringIO(ok("query", "K4", "within", "turn", "D1", "--layer", "Awa", "--csv").out)))
    assert [(row["transcript"], row["code"], row["partners"]) for row in rows] == [("cso-1", "K4", "D1 3.1")]
    assert (rows[0]["layer"], rows[0]["expression"]) == ("Awa", "K4 within turn D1")
    assert call("query", "D1", "--layer", "Awa", "--csv", "--json").code == 2


def test_queries_are_saved_listed_run_and_taken_back(folder: Path) -> None:
    me = ("--coder", "Awa")
    assert ok(*me, "query", "D1 and not K4", "--layer", "Awa", "--save", "No budget").err.endswith(
        "Saved as No budget.\n"
    )
    assert "says this already" in ok(*me, "query", "D1 and not K4", "--layer", "Awa", "--save", "no  BUDGET").err
    (saved,) = ok("queries", "--json").json("queries")["queries"]
    assert (saved["name"], saved["expression"]) == ("No budget", "D1 and not K4")
    assert ok("queries", "show", saved["id"], "--json").json("queries show")["queries"] == [saved]
    assert ok("queries", "run", "NO BUDGET", "--layer", "Awa", "--json").json("queries run")["total"] == 1
    ok(*me, "query", "K4", "--layer", "Awa", "--save", "No budget")
    assert ok("queries", "show", "No budget").out == "K4\n"
    assert "what was saved as No budget" in ok(*me, "undo").err
    assert ok("queries", "show", "No budget").out == "D1 and not K4\n"
    ok(*me, "queries", "remove", "No budget")
    assert ok("queries", "--json").json("queries")["queries"] == []
    ok(*me, "undo")
    assert len(ok("queries", "--json").json("queries")["queries"]) == 1
    refused = call("queries", "run", "No bugdet")
    assert refused.code == 3 and "No budget" in refused.err
    with open_project(folder) as project:
        assert examine(project.connection) == []


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("expression", "name"), [("D1 and", "x"), ("D9", "x"), ("D1", " "), ("D1", "n" * 81)])
def test_what_cannot_be_read_or_named_is_not_saved(expression: str, name: str) -> None:
    assert call("--coder", "Awa", "query", expression, "--layer", "Awa", "--save", name).code == 3
    assert ok("queries", "--json").json("queries")["queries"] == []


@pytest.mark.usefixtures("folder")
def test_in_french_the_expression_is_printed_in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSREVIEW_LANG", "fr")
    answer = ok("query", "D1 and not (K4 within 2 turns D2)", "--layer", "Awa", "--json").json("query")
    assert answer["read"] == "D1 sauf (K4 à 2 tours de D2)"


@pytest.mark.usefixtures("folder")
def test_nobody_who_is_not_linked_counts_as_somebody_who_never_speaks_of_it() -> None:
    done = ok("query", "D1 not within respondent K4", "--layer", "Awa", "--json")
    answer = done.json("query")
    assert answer["total"] == 0 and answer["left_out"] == {"codings": 2, "interviews": 2}
    told = "2 codings are left out of the relation to the same respondent: nobody is linked to their speakers in 2"
    assert told in answer["notes"][0] and told in done.err
    assert "2 codings in the answer are of speakers" in ok("query", "D1", "--layer", "Awa").err


def test_a_saved_query_says_in_every_command_what_the_codebook_made_of_it(folder: Path) -> None:
    me = ("--coder", "Awa")
    ok(*me, "query", "K4", "--layer", "Awa", "--save", "Money")
    ok(*me, "codebook", "merge", "K4", "D2", "--because", "the same")
    assert "Money: K4 was merged into D2" in ok("queries").err and "Money  D2" in ok("queries").out
    shown = ok("queries", "show", "Money")
    assert shown.out == "K4\nRead as: D2\n" and "The answer is that for D2." in shown.err
    done = ok("queries", "run", "Money", "--layer", "Awa", "--json")
    answer = done.json("queries run")
    assert answer["read"] == "D2" and answer["total"] == 2 and "K4 was merged into D2" in answer["notes"][0]
    assert "K4 was merged into D2" in done.err
    for args in (("query", "K4", "--layer", "Awa"), ("codings", "--code", "K4"), ("search", "sans", "--coded", "K4")):
        refused = call(*args)
        assert refused.code == 3 and "Write D2." in refused.err
    with open_project(folder) as project:
        assert examine(project.connection) == []
