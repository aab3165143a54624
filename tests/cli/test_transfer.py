"""Rows of another state's framework: listed, taken over or dropped, undone."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from hsreview.workflows.coding import add_codings, mark_reviewed
from hsreview.workflows.reading import codebook
from tests.builders import TEXT, a_codebook, a_project, opened
from tests.cli.conftest import call, ok

WORDS = "Nous avons travaillé"


@pytest.fixture(scope="session")
def two_frameworks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`ml` with a small framework that stands on a coding of D1; `ne` with a T1 segment on words coded D1."""
    root = tmp_path_factory.mktemp("frameworks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSREVIEW_HOME", str(root / "home"))
        for name in ("ml", "ne"):
            project, awa = a_project(root / name, book=a_codebook(refs=("D1", "K4", "T1")))
            text = opened(project)
            ids = {place.code.ref: place.code.id for place in codebook(project).codes()}
            start = text.text.index(WORDS)
            add_codings(project, awa, text.version.id, start, start + 20, [ids["D1"]])
            if name == "ne":
                add_codings(project, awa, text.version.id, start + 5, start + 30, [ids["T1"]])
                add_codings(project, awa, text.version.id, 3, 9, [ids["T1"]])
            mark_reviewed(project, awa, text.transcript.id)
            project.close()
        [coding] = ok("-p", str(root / "ml"), "codings", "--json").json("codings")["codings"]
        for args in (
            ["strategy", "Stratégie du Mali"],
            ["actor", "Mairie", "--set", "kind=gov_local"],
            ["finding", "Ce que tous ont dit", "--from", coding["id"]],
            ["outcome", "On consulte", "--under", "ST1", "--set", "actor=AC1"],
            ["indicator", "Réunions par an", "--under", "OC1", "--set", "baseline_value=2", "--set",
             "baseline_date=2015", "--set", "target_value=6", "--from", coding["id"]],
            ["recommendation", "Payer le transport", "--under", "OC1", "--set", "addressee=AC1", "--set",
             "sent_on=2016-02-01"],
        ):  # fmt: skip
            ok("-p", str(root / "ml"), "--coder", "Awa", "framework", "add", *args, "--in", "fr")
    return root


@pytest.fixture
def states(two_frameworks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "states"
    shutil.copytree(two_frameworks, copy)
    monkeypatch.chdir(copy)
    monkeypatch.setenv("HSREVIEW_PROJECT", str(copy / "ne"))
    monkeypatch.setenv("HSREVIEW_CODER", "Awa")
    return copy


def rows() -> dict[str, dict[str, object]]:
    return {each["ref"]: each for each in ok("framework", "--json").json("framework show")["rows"]}


def listed(*args: str) -> dict[str, dict[str, object]]:
    found = ok("framework", "transfer", "ml", *args, "--json").json("framework transfer")["rows"]
    return {each["ref"]: each for each in found}


@pytest.mark.usefixtures("states")
def test_rows_are_offered_with_reasons_from_here_and_without_findings() -> None:
    found = ok("framework", "transfer", "ml", "--json").json("framework transfer")
    assert [each["ref"] for each in found["rows"]] == ["ST1", "AC1", "OC1", "IN1", "R1"]
    [indicator] = [each for each in found["rows"] if each["ref"] == "IN1"]
    assert indicator["needs_new_baseline"] is True and indicator["choice"] is None
    assert [each["code"] for each in indicator["segments"]] == ["T1"], "the one on words coded as the row's evidence is"
    assert len(found["segments"]) == 2 and found["layer"] == "Awa"
    printed = ok("framework", "transfer", "ml")
    assert "IN1 · T1 cso-1" in printed.out and "1 segment under T1 or T2 touches no code" in printed.err
    assert "Ce que tous ont dit" not in printed.out
    assert rows() == {}


@pytest.mark.usefixtures("states")
def test_what_is_adopted_needs_its_own_baseline_and_brings_no_evidence() -> None:
    before = Path("ml/project.hsreview").read_bytes()
    done = ok("framework", "transfer", "ml", "--adopt", "ST1,AC1", "--adopt", "OC1", "--adapt", "IN1=Autre saison",
              "--drop", "R1=Personne ne paie ici")  # fmt: skip
    assert done.lines == ["ST1 → ST1", "AC1 → AC1", "OC1 → OC1", "IN1 → IN1"]
    assert (
        "target or the milestones of IN1 are those of ml" in done.err and "4 rows taken over, 1 row dropped" in done.err
    )
    here = rows()
    indicator, outcome = here["IN1"], here["OC1"]
    data = indicator["data"]
    assert isinstance(data, dict)
    assert not data.keys() & {"baseline_value", "baseline_date", "baseline_source"} and data["target_value"] == 6
    assert (data["needs_new_baseline"], data["transfer"], data["transfer_reason"]) == ("yes", "adapt", "Autre saison")
    assert "IN1" in data["baseline_missing"] and "still to be measured here" in data["baseline_missing"]
    assert (indicator["parent"], outcome["parent"], indicator["status"]) == ("OC1", "ST1", "draft")
    assert outcome["data"]["actor"] == here["AC1"]["id"]  # type: ignore[index]
    assert ok("trace", "IN1", "--json").json("trace")["down"] == []
    offered = listed()
    assert {ref: (each["choice"], each["taken"]) for ref, each in offered.items()} == {
        "ST1": ("adopt", "ST1"), "AC1": ("adopt", "AC1"), "OC1": ("adopt", "OC1"), "IN1": ("adapt", "IN1"),
        "R1": ("drop", ""),
    }  # fmt: skip
    assert offered["R1"]["reason"] == "Personne ne paie ici"
    assert Path("ml/project.hsreview").read_bytes() == before
    assert "sound" in ok("doctor").err


@pytest.mark.usefixtures("states")
def test_a_row_that_partners_rejected_is_named_and_taking_it_over_says_so() -> None:
    ok("-p", "ml", "framework", "set", "IN1", "target_value=", "--status", "rejected")
    assert "IN1 (rejected)" in ok("framework", "transfer", "ml").err and "IN1" not in listed()
    done = ok("framework", "transfer", "ml", "--adopt", "IN1,OC1")
    assert "IN1 is rejected in ml; here it starts again, as IN1" in done.err and "target" not in done.err
    assert "Not listed" not in ok("framework", "transfer", "ml").err
    assert [each["code"] for each in checked("IN1") if "target" in each["code"]] == ["no_target"]
    ok("framework", "set", "IN1", "target_value=4")
    assert [each["code"] for each in checked("IN1") if "target" in each["code"]] == [
        "no_target_date",
        "target_elsewhere",
    ]


def checked(ref: str) -> list[dict[str, str]]:
    return list(call("framework", "check", ref, "--json").json("framework check")["problems"])


@pytest.mark.usefixtures("states")
def test_decisions_are_one_act_and_one_undo() -> None:
    ok("framework", "transfer", "ml", "--adopt", "OC1,IN1", "--drop", "R1=non")
    ok("undo")
    assert rows() == {} and {each["choice"] for each in listed().values()} == {None}
    ok("redo")
    assert sorted(rows()) == ["IN1", "OC1"] and listed()["R1"]["choice"] == "drop"
    ok("undo")
    ok("framework", "transfer", "ml", "--drop", "R1=non")
    assert "rows of another state that were dropped" in ok("undo").err


@pytest.mark.usefixtures("states")
def test_a_dropped_row_may_be_taken_over_later_and_then_stands_where_it_belongs() -> None:
    ok("framework", "transfer", "ml", "--drop", "R1=pas encore", "--adopt", "OC1")
    ok("framework", "transfer", "ml", "--adopt", "R1", "--adopt", "AC1")
    here = rows()
    assert here["R1"]["parent"] == "OC1" and listed()["R1"]["choice"] == "adopt"
    data = here["R1"]["data"]
    assert isinstance(data, dict) and "sent_on" not in data and data["addressee"] == here["AC1"]["id"]
    ok("framework", "remove", "R1")
    assert listed()["R1"]["choice"] is None, "it was taken over, and is dropped no more"


@pytest.mark.usefixtures("states")
def test_rows_without_a_parent_here_stand_where_it_is_said() -> None:
    ok("framework", "add", "strategy", "Stratégie du Niger", "--in", "fr")
    ok("framework", "transfer", "ml", "--adopt", "OC1,IN1", "--under", "ST1")
    assert (rows()["OC1"]["parent"], rows()["IN1"]["parent"]) == ("ST1", "OC1")


@pytest.mark.usefixtures("states")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_sheet_goes_out_is_filled_in_and_comes_back(language: str) -> None:
    path = Path(ok("--lang", language, "framework", "transfer", "ml", "--sheet", "sheet.csv").lines[-1])
    delimiter = ";" if language == "fr" else ","
    with path.open(encoding="utf-8-sig", newline="") as file:
        sheet = list(csv.reader(file, delimiter=delimiter))
    words = {"fr": ("reprendre", "adapter", "écarter"), "en": ("adopt", "adapt", "drop")}[language]
    by_ref = {line[0]: line for line in sheet[1:]}
    assert "T1 cso-1" in by_ref["IN1"][8] and TEXT[:20] not in path.read_text("utf-8-sig")
    by_ref["OC1"][4] = words[0]
    by_ref["IN1"][4:7] = [words[1], "Autres mots", "=Rencontres par saison"]
    by_ref["R1"][4:6] = [words[2], "Sans objet"]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(sheet)
    done = ok("framework", "transfer", "ml", "--decisions", "sheet.csv")
    assert "2 rows taken over, 1 row dropped" in done.err
    assert rows()["IN1"]["text"] == "=Rencontres par saison"
    ok("--lang", language, "framework", "transfer", "ml", "--sheet", "again.csv")
    assert "'=Rencontres par saison" in Path("again.csv").read_text("utf-8-sig"), "no spreadsheet calculates it"
    again = ok("framework", "transfer", "ml", "--decisions", "again.csv")
    assert "0 rows taken over, 0 rows dropped, 3 decisions stood already" in again.err
    text = Path("again.csv").read_text("utf-8-sig").replace("Rencontres par saison", "Rencontres par an")
    Path("again.csv").write_text(text, "utf-8")
    late = call("framework", "transfer", "ml", "--decisions", "again.csv")
    assert late.code == 3 and "It was taken over already, as IN1" in late.err, "other words are not dropped in silence"


@pytest.mark.usefixtures("states")
def test_other_words_are_an_adaptation_with_a_reason() -> None:
    Path("words.csv").write_text("row,decision,reason,words_en\nOC1,adopt,,Something else\n", "utf-8")
    done = call("framework", "transfer", "ml", "--decisions", "words.csv")
    assert done.code == 3 and "OC1: It says something else here: adapt it" in done.err
    assert rows() == {}


@pytest.mark.usefixtures("states")
def test_every_bad_line_of_a_sheet_is_told_and_nothing_is_stored() -> None:
    Path("bad.csv").write_text(
        "row,decision,reason\nOC1,adopt,\nIN1,take,\nIN9,adopt,\nR1,drop,\nF1,adopt,\nOC1,adopt,\n", "utf-8"
    )
    done = call("framework", "transfer", "ml", "--decisions", "bad.csv")
    assert done.code == 3 and rows() == {}
    for told in ("line 3", "“take” is no decision", "line 4", "no row IN9", "line 5", "give the reason", "line 6",
                 "line 7", "twice"):  # fmt: skip
        assert told in done.err
    [finding] = ok("-p", "ml", "finding", "--json").json("finding list")["rows"]
    Path("id.csv").write_text(f"row,decision,id\nOC9,adopt,{finding['id']}\n", "utf-8")
    assert call("framework", "transfer", "ml", "--decisions", "id.csv").code == 3 and rows() == {}
    Path("two.csv").write_text("row,ligne,decision\nOC1,IN1,adopt\n", "utf-8")
    assert "two.csv has several columns row" in call("framework", "transfer", "ml", "--decisions", "two.csv").err
    assert rows() == {}
    Path("other.csv").write_text("a,b\n1,2\n", "utf-8")
    assert "no decision sheet" in call("framework", "transfer", "ml", "--decisions", "other.csv").err


@pytest.mark.usefixtures("states")
@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["ml", "--drop", "R1"], 2, "ROW=REASON"),
        (["ml", "--adapt", "R1= "], 2, "ROW=REASON"),
        (["ml", "--adopt", "F1"], 2, "not a row of this kind"),
        (["ml", "--adopt", "IN7"], 2, "no row IN7"),
        (["ml", "--adopt", "OC1", "--drop", "OC1=x"], 2, "named twice"),
        (["ml", "--adopt", "OC1", "--decisions", "x.csv"], 2, "not both at once"),
        (["ml", "--adopt", "OC1", "--under", "ST9"], 2, "no row ST9"),
        (["ml", "--version", "7"], 2, "no version yet"),
        (["ml", "--sheet", "x.docx"], 2, ".csv"),
        (["ne"], 2, "same project"),
        (["ne", "--adopt", "OC1"], 2, ""),
        (["nowhere"], 4, "no project in"),
        (["ml", "--decisions", "none.csv"], 3, "none.csv cannot be read"),
    ],
)
def test_what_cannot_be_is_told(args: list[str], code: int, told: str) -> None:
    done = call("framework", "transfer", *args)
    assert (done.code, told in done.err) == (code, True), done.err
    assert rows() == {}


@pytest.mark.usefixtures("states")
def test_what_was_taken_over_is_not_taken_over_again() -> None:
    ok("framework", "transfer", "ml", "--adopt", "OC1")
    assert "1 decision stood already" in ok("framework", "transfer", "ml", "--adopt", "OC1").err
    done = call("framework", "transfer", "ml", "--drop", "OC1=non")
    assert done.code == 3 and "taken over already, as OC1" in done.err
    assert list(rows()) == ["OC1"]


@pytest.mark.usefixtures("states")
def test_a_version_of_the_other_framework_may_be_taken() -> None:
    ok("-p", "ml", "framework", "freeze", "Bamako")
    ok("-p", "ml", "framework", "set", "IN1", "statement_fr=Autre chose")
    ok("framework", "transfer", "ml", "--version", "Bamako", "--adopt", "IN1")
    assert rows()["IN1"]["text"] == "Réunions par an"
