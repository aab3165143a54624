"""Rows of the framework on the command line: written, linked to words, traced both ways."""

from __future__ import annotations

import pytest

from tests.cli.conftest import call, ok

pytestmark = pytest.mark.usefixtures("folder")


def coding(coder: str) -> str:
    """The coding of one of the two."""
    [found] = ok("codings", "--coder", coder, "--json").json("codings")["codings"]
    return str(found["id"])


def made(*args: str) -> str:
    return ok("--coder", "Awa", *args).lines[0]


def built() -> list[str]:
    """A finding on two codings, and an indicator on it under an outcome of a strategy."""
    first, second = coding("Awa"), coding("Daan")
    made("finding", "add", "Les moyens manquent.", "--in", "fr", "--question", "Q1", "--from", first)
    made("framework", "add", "strategy", "Stratégie 2015", "--in", "fr")
    made("framework", "add", "outcome", "On consulte", "--in", "fr", "--under", "ST1")
    made("framework", "add", "indicator", "Réunions", "--in", "fr", "--under", "OC1", "--set", "baseline_value=2,5")
    ok("--coder", "Awa", "framework", "link", "IN1", second, "--finding", "F1", "--document", "Rapport 2015")
    return [first, second]


def test_a_trace_goes_down_to_the_words_and_up_to_the_rows() -> None:
    nothing = "No row and no entry of the journal stands on it."
    assert nothing in ok("trace", coding("Awa")).out
    first, second = built()
    assert nothing not in ok("trace", first).out
    found = ok("trace", "IN1", "--json").json("trace")
    assert found["row"]["data"] == {"statement_fr": "Réunions", "baseline_value": 2.5}
    assert [each["ref"] for each in found["above"]] == ["OC1", "ST1"]
    assert [(each["depth"], each["source_kind"], each["row"]) for each in found["down"]] == [
        (1, "coding", "IN1"), (1, "finding", "IN1"), (2, "coding", "F1"), (1, "document", "IN1"),
    ]  # fmt: skip
    words = {each["source"]: each["text"] for each in found["down"]}
    there = {each["id"]: each["text"] for each in ok("codings", "--json").json("codings")["codings"]}
    assert words[first] == there[first] and words[second] == there[second]
    up = ok("trace", first[:20], "--json").json("trace")
    assert up["row"] is None and up["segment"]["text"] == there[first]
    assert [each["ref"] for each in up["up"]] == ["F1", "IN1"]
    printed = ok("trace", "IN1").out
    assert "Réunions" in printed and "Rapport 2015" in printed and " ".join(there[first].split()) in printed


def test_rows_are_listed_changed_and_taken_back() -> None:
    built()
    rows = ok("framework", "--json").json("framework show")["rows"]
    assert [(each["ref"], each["parent"]) for each in rows] == [
        ("ST1", ""), ("F1", ""), ("OC1", "ST1"), ("IN1", "OC1"),
    ]  # fmt: skip
    ok("--coder", "Awa", "framework", "set", "IN1", "baseline_date=31/03/2015", "disaggregation=sexe; region",
       "--status", "proposed")  # fmt: skip
    shown = ok("framework", "show", "IN1", "--json").json("framework show")["rows"][0]
    assert shown["status"] == "proposed"
    assert (shown["data"]["baseline_date"], shown["data"]["disaggregation"]) == ("2015-03-31", ["sex", "region"])
    assert "says this already" in ok("--coder", "Awa", "framework", "set", "IN1", "--status", "proposed").err
    assert "row IN1" in ok("--coder", "Awa", "undo").err
    assert ok("framework", "show", "IN1", "--json").json("framework show")["rows"][0]["status"] == "draft"
    assert "3 links of IN1" in ok("--coder", "Awa", "undo").err
    assert ok("trace", "IN1", "--json").json("trace")["down"] == []
    ok("--coder", "Awa", "redo")
    assert len(ok("trace", "IN1", "--json").json("trace")["down"]) == 4
    assert "sound" in ok("doctor").err


def test_rows_that_others_need_are_not_removed() -> None:
    built()
    for ref, why in (("F1", "IN1 stands on it"), ("OC1", "IN1 stands under it"), ("ST1", "OC1 stands under it")):
        done = call("--coder", "Awa", "framework", "remove", ref)
        assert done.code == 3 and why in done.err
    made("framework", "add", "actor", "Mairie", "--in", "fr", "--set", "kind=gov_local")
    ok("--coder", "Awa", "framework", "set", "OC1", "actor=Mairie")
    assert "OC1 names it" in call("--coder", "Awa", "framework", "remove", "AC1").err
    ok("--coder", "Awa", "framework", "remove", "IN1", "OC1", "ST1", "F1", "AC1")
    assert ok("framework", "--json").json("framework show")["rows"] == []
    assert made("framework", "add", "indicator", "Autre", "--in", "fr") == "IN2", "a ref is never used again"


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["framework", "add", "indicator", " "], 3, "Write what the row says"),
        (["framework", "add", "indicator", "x", "--under", "F1"], 3, "cannot stand under F1"),
        (["framework", "add", "indicator", "x", "--under", "OC9"], 2, "no row OC9"),
        (["framework", "add", "indicator", "x", "--set", "baseline_value=many"], 3, "“many” is not a number"),
        (["framework", "add", "indicator", "x", "--set", "target_date=30/02/2017"], 3, "is not a date"),
        (["framework", "add", "indicator", "x", "--set", "kind=colour"], 3, "quantitative"),
        (["framework", "add", "indicator", "x", "--set", "colour=red"], 2, "There is no column colour"),
        (["framework", "add", "indicator", "x", "--set", "colour"], 2, "has no “=”"),
        (["framework", "add", "indicator", "x", "--from", "nothing"], 2, "no coding nothing"),
        (["framework", "set", "F1", "statement_fr="], 3, "would say nothing"),
        (["framework", "set", "F1", "--status", "validated"], 2, "draft, final, retired"),
        (["framework", "set", "F1"], 2, "Say what is to change"),
        (["framework", "set", "unit=x"], 2, "Name the rows first"),
        (["framework", "set", "IN1", "F1", "unit=x"], 2, "F1: There is no column unit"),
        (["framework", "set", "IN1", "F1", "--status", "proposed"], 2, "F1: “proposed” is no status"),
        (["framework", "set", "IN1", "F1", "statement_fr="], 3, "would say nothing"),
        (["framework", "set", "IN1", "OC9", "unit=x"], 2, "no row OC9"),
        (["framework", "link", "F1"], 2, "Name what it stands on"),
        (["framework", "link", "F1", "--finding", "F1"], 3, "stands on F1 already"),
        (["framework", "link", "F1", "--finding", "IN1"], 2, "not a row of this kind"),
        (["framework", "unlink", "F1", "Rapport"], 2, "does not stand on Rapport"),
        (["trace", "zzz"], 2, "no row and no coding zzz"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_stored(args: list[str], code: int, told: str) -> None:
    built()
    before = ok("framework", "--json").out
    done = call("--coder", "Awa", *args)
    assert (done.code, told in done.err) == (code, True), done.err
    assert ok("framework", "--json").out == before


def test_several_rows_get_the_same_in_one_act() -> None:
    built()
    made("framework", "add", "indicator", "Visites", "--in", "fr", "--set", "frequency=quarterly")
    before = ok("framework", "--json").json("framework show")
    done = ok("--coder", "Awa", "framework", "set", "IN2", "in1", "IN2", "frequency=quarterly", "--under", "OC1")
    assert [line for line in done.err.splitlines() if "IN" in line] == ["IN2 was changed.", "IN1 was changed."]
    rows = {each["ref"]: each for each in ok("framework", "--json").json("framework show")["rows"]}
    assert [(rows[ref]["parent"], rows[ref]["data"]["frequency"]) for ref in ("IN1", "IN2")] == [
        ("OC1", "quarterly"), ("OC1", "quarterly"),
    ]  # fmt: skip
    again = ok("--coder", "Awa", "framework", "set", "IN1", "IN2", "frequency=quarterly", "unit=h").err
    assert "IN1 was changed." in again
    ok("--coder", "Awa", "undo")
    told = ok("--coder", "Awa", "undo").err
    assert "2 rows of the framework" in told
    assert ok("framework", "--json").json("framework show") == before


def test_a_coding_is_named_as_lists_print_it() -> None:
    second = built()[1]
    there = ok("trace", second, "--json").json("trace")["segment"]
    name = f"{there['place']} {there['code']}"
    assert ok("trace", f" {name}", "--json").json("trace")["segment"]["id"] == second
    ok("--coder", "Awa", "framework", "link", "F1", name)
    assert made("framework", "draft", name, "Budgets", "--in", "fr") == "F2"
    assert made("finding", "add", "Autre", "--in", "fr", "--from", name) == "F3"
    ok("--coder", "Awa", "journal", "add", "IN1", "--date", "2016", "--value", "1", "--from", name)
    up = ok("trace", second, "--json").json("trace")
    assert {"F1", "F2", "F3", "IN1"} == {each["ref"] for each in up["up"]}
    [entry] = ok("journal", "--json").json("journal")["entries"]
    assert entry["codings"] == [second]
    transcript, place = there["place"].rsplit(" ", 1)
    ok("--coder", "Awa", "codings", "add", transcript, place, "D1")
    twice = call("--coder", "Awa", "framework", "draft", name, "Budgets")
    assert twice.code == 2 and "is coded several times" in twice.err and f"{second} (Daan)" in twice.err
    assert "(Awa)" in twice.err and twice.err == call("trace", name).err
    for wish, code, told in (
        (f"{transcript} 999.1 D1", 2, f"Places with this code: {place}"),
        (f"nowhere {place} D1", 3, "no transcript called nowhere"),
        (f"{transcript} {place} ZZ9", 3, "no code ZZ9"),
    ):
        done = call("--coder", "Awa", "framework", "link", "F1", wish)
        assert (done.code, told in done.err) == (code, True), done.err


def test_two_findings_never_stand_on_each_other() -> None:
    built()
    made("finding", "add", "Second", "--in", "fr")
    ok("--coder", "Awa", "framework", "link", "F2", "--finding", "F1")
    done = call("--coder", "Awa", "framework", "link", "F1", "--finding", "F2")
    assert done.code == 3 and "F2 stands on F1 already" in done.err


def test_a_coding_that_is_gone_is_told_and_counts_no_more() -> None:
    first, _second = built()
    before = ok("finding", "--json").json("finding list")["rows"][0]["strength"]
    ok("--coder", "Awa", "codings", "remove", first)
    after = ok("finding", "--json").json("finding list")["rows"][0]["strength"]
    assert (before["segments"], before["missing"], after["segments"], after["missing"]) == (1, 0, 0, 1)
    assert "no longer there" in ok("trace", "F1").out


def test_a_finding_bears_evaluation_criteria_in_either_language() -> None:
    made("finding", "add", "Dit", "--in", "fr")
    ok("--coder", "Awa", "framework", "set", "F1", "dac=efficacité, Sustainability")
    [row] = ok("finding", "F1", "--json").json("finding list")["rows"]
    assert row["data"]["dac"] == ["effectiveness", "sustainability"]
    assert "Evaluation criteria (OECD-DAC): effectiveness; sustainability" in ok("finding", "F1").out
    done = call("--coder", "Awa", "framework", "set", "F1", "dac=beauty")
    assert done.code == 3 and "relevance" in done.err and "impact" in done.err


def test_choices_are_named_by_the_words_of_their_labels_and_by_how_these_begin() -> None:
    ref = made("framework", "add", "indicator", "Réunions", "--in", "fr")
    for cell, wanted in {
        "direction=baisse": "down", "direction=haut": "up", "direction=À la hausse": "up", "direction=maint": "keep",
        "frequency=trimestriel": "quarterly", "frequency=mensuel": "monthly", "frequency=half": "half_yearly",
        "harm=élevé": "high", "harm=no": None, "kind=quali": "qualitative", "kind=q": None, "kind=al": None,
        "needs_new_baseline=mesurée": None, "disaggregation=sta, rég": ["status", "region"],
    }.items():  # fmt: skip
        done = call("--coder", "Awa", "framework", "set", ref, cell)
        assert done.code == (0 if wanted else 3), (cell, done.err)
        if wanted:
            [row] = ok("framework", "show", ref, "--json").json("framework show")["rows"]
            assert row["data"][cell.partition("=")[0]] == wanted
    shown = ok("framework", "columns", "indicator").out
    assert "down (à la baisse)" in shown and "quarterly (chaque trimestre)" in shown and "perception (" not in shown


def test_a_ref_that_there_is_not_is_answered_with_those_of_its_kind() -> None:
    made("framework", "add", "outcome", "Routes", "--in", "fr")
    for _n in range(22):
        made("framework", "add", "finding", "Retards", "--in", "fr")
    assert call("framework", "show", "OC7").err.rstrip().endswith("There is no row OC7. Rows: OC1")
    assert "Rows: F1, F2, " in (told := call("framework", "show", "F99").err) and told.rstrip().endswith("F20, …")
    assert "Rows: F1, F2" in call("framework", "show", "IN1").err


def test_every_column_can_be_written_and_read_again() -> None:
    made("framework", "add", "actor", "Mairie", "--in", "fr")
    samples = {"text": "mots", "both": "mots", "number": "3", "date": "2017-03", "row": "AC1", "texts": "a; b"}
    for kind in ("strategy", "finding", "outcome", "marker", "indicator", "recommendation"):
        columns = ok("framework", "columns", kind, "--json").json("framework columns")["columns"]
        cells = [f"{each['key']}={(each['choices'] or [samples.get(each['kind'], '')])[0]}" for each in columns]
        ref = made("framework", "add", kind, "Ligne", "--in", "fr")
        ok("--coder", "Awa", "framework", "set", ref, *cells)
        [row] = ok("framework", "show", ref, "--json").json("framework show")["rows"]
        assert row["data"].keys() == {each["key"] for each in columns}
        ok("--coder", "Awa", "framework", "set", ref, *(f"{each['key']}=" for each in columns[1:]))
        [row] = ok("framework", "show", ref, "--json").json("framework show")["rows"]
        assert row["data"].keys() == {columns[0]["key"]}
