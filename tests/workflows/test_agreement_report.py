"""What the report of agreement holds beyond its default screen, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from hsreview.model.agreement import Estimate, Undefined, Unit
from hsreview.model.review import TranscriptConsensus
from hsreview.review.consensus import Readings, consensus
from hsreview.workflows import adjudicating, comparing
from hsreview.workflows.comparing import Selection, compare, differences
from hsreview.workflows.exporting import export_excel
from hsreview.workflows.reporting import export_report
from tests.builders import code_id
from tests.review.team import Team


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """Respondents' turns are 3 and 5. Binta: D1 on both, D2 on turn 3; Chaka: D1 on turn 3 only, K4 on turn 5."""
    team = Team(tmp_path / "p")
    team.code(team.binta, 54, 94, "D1", "D2")
    team.code(team.binta, 170, 190, "D1")
    team.code(team.chaka, 54, 94, "D1")
    team.code(team.chaka, 170, 190, "K4")
    team.reviewed()
    return team


def values(team: Team, ref: str, selection: Selection | None = None) -> dict[str, Estimate]:
    report = compare(team.project, selection)
    return dict(next(row.values for row in report.codes if row.ref == ref))


def test_every_coefficient_of_a_code_by_hand(team: Team) -> None:
    found = values(team, "D1")
    # Both on turn 3, Binta alone on turn 5: a = 1, b = 1, c = 0, d = 0.
    assert found["positive_agreement"].value == pytest.approx(2 / 3)
    assert found["negative_agreement"].value == 0
    assert found["jaccard"].value == 0.5
    assert found["holsti"].value == 0.5, "2 x 1 agreement of 4 values"
    assert found["brennan_prediger"].value == 0
    # Cohen, Conger: expected 1 x 1/2; Scott, Fleiss: shares 3/4 and 1/4.
    assert found["cohen_kappa"].value == found["conger_kappa"].value == pytest.approx(0)
    assert found["cohen_kappa_mean_pairwise"].value == pytest.approx(0)
    assert found["scott_pi"].value == found["fleiss_kappa"].value == pytest.approx((0.5 - 0.625) / 0.375)
    assert (found["prevalence_index"].value, found["bias_index"].value) == (0.5, 0.5)
    assert found["gwet_ac1_se"].value is not None


def test_characters_have_no_standard_error_that_takes_them_as_independent(team: Team) -> None:
    found = values(team, "D1", Selection(unit=Unit.CHARACTER))
    assert found["gwet_ac1_se"] == Estimate(None, Undefined.NOT_FOR_UNIT)
    assert found["holsti"].value == found["percent_agreement"].value


def test_over_all_codes_nothing_is_a_mean_of_codes(team: Team) -> None:
    found = compare(team.project).overall
    # Over 3 codes x 2 turns: both 1 (D1), Binta alone 2 (D1, D2), Chaka alone 1 (K4), neither 2.
    assert found["positive_agreement"].value == pytest.approx(2 / 5)
    assert found["negative_agreement"].value == pytest.approx(4 / 7)
    assert found["jaccard"].value == pytest.approx(1 / 4)
    assert found["holsti"].value == found["percent_agreement"].value == 0.5
    assert found["brennan_prediger"].value == 0
    assert (found["prevalence_index"].value, found["bias_index"].value) == pytest.approx((-1 / 6, 1 / 6))


def test_typed_differences_are_counted_for_every_code_they_touch(team: Team) -> None:
    report = compare(team.project)
    assert report.differences == {"extra": 1, "different": 1}
    assert {row.ref: row.differences for row in report.codes} == {
        "D1": {"different": 1}, "K4": {"different": 1}, "D2": {"extra": 1},
    }  # fmt: skip


def test_with_three_coders_each_pair_has_the_kappa_of_each_code(team: Team) -> None:
    assert [pair.kappas for pair in compare(team.project).pairs] == [{}], "of two it is the code's own"
    team.code(team.awa, 54, 94, "D1")
    team.reviewed(team.awa)
    report = compare(team.project)
    by_names = {tuple(sorted(pair.coders)): pair.kappas for pair in report.pairs}
    awa_chaka = by_names[tuple(sorted((team.awa.id, team.chaka.id)))]
    # Awa and Chaka both have D1 on turn 3 and not on turn 5; neither has D2; K4 is Chaka's alone.
    assert awa_chaka[code_id("D1")].value == 1
    assert awa_chaka[code_id("D2")] == Estimate(None, Undefined.NEVER_USED)
    assert awa_chaka[code_id("K4")].value == 0
    found = dict(next(row.values for row in report.codes if row.ref == "D1"))
    assert found["cohen_kappa_mean_pairwise"].value == pytest.approx(1 / 3)
    assert "cohen_kappa" not in found and found["conger_kappa"].value is not None


def test_a_code_that_nobody_used_has_no_count_of_splits_either(team: Team) -> None:
    team.code(team.awa, 54, 94, "D1")
    team.reviewed(team.awa)
    alone = Selection(codes=(code_id("D2"),), coders=(team.binta.id, team.awa.id))
    assert values(team, "D2", alone)["splits"].value == 0, "one coder used it"
    unused = Selection(codes=(code_id("K4"),), coders=(team.binta.id, team.awa.id))
    assert values(team, "K4", unused)["splits"] == Estimate(None, Undefined.NEVER_USED)


@pytest.mark.parametrize(("lang", "agreement", "values"), [("en", "Agreement", "Agreement_values"),
                                                            ("fr", "Accord", "Accord_valeurs")])  # fmt: skip
@pytest.mark.parametrize("third", [False, True])
def test_in_the_workbook_measures_have_names_and_empty_numbers_reasons(
    team: Team, tmp_path: Path, lang: str, agreement: str, values: str, third: bool
) -> None:
    if third:
        team.code(team.awa, 54, 94, "D1")
        team.reviewed(team.awa)
    export_excel(team.project, tmp_path / "a.xlsx", layer="Binta", lang=lang)
    book = load_workbook(tmp_path / "a.xlsx")
    rows = list(book[values].iter_rows(values_only=True))
    at = next(number for number, row in enumerate(rows) if row[0] in ("Level", "Niveau"))
    measures = {str(row[2]) for row in rows[at + 1 :]}
    assert not [name for name in measures if "_" in name]
    assert {"Holsti", "κ de Conger" if lang == "fr" else "Conger’s κ"} <= measures
    assert {row[0] for row in rows[at + 1 :]} >= {"code", "pair" if lang == "en" else "paire"}
    for row in rows[at + 1 :]:
        assert (None in row[3:6]) == (row[8] is not None), row
    heads, *codes = [row for row in book[agreement].iter_rows(values_only=True) if row[5] is not None]
    empty = [(heads[at], row) for row in codes for at in range(3, len(heads) - 2) if row[at] is None]
    assert all(row[-1] for _head, row in empty)


def test_the_scales_stand_in_the_workbook_with_source_and_criticism(team: Team, tmp_path: Path) -> None:
    export_excel(team.project, tmp_path / "a.xlsx", layer="Binta", lang="en")
    (said,) = [
        str(row[1].value) for row in load_workbook(tmp_path / "a.xlsx")["Provenance"].iter_rows()
        if row[0].value == "scales of agreement"
    ]  # fmt: skip
    assert "Landis & Koch (1977)" in said and "the limits are arbitrary" in said and "none of them is a verdict" in said


@pytest.mark.parametrize("form", ["xlsx", "html"])
def test_an_export_compares_each_text_once(
    form: str, team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    def counting(readings: Readings, overlap: float) -> TranscriptConsensus:
        compared.append(readings.transcript_id)
        return consensus(readings, overlap)

    monkeypatch.setattr(adjudicating, "consensus", counting)
    monkeypatch.setattr(comparing, "consensus", counting)
    if form == "xlsx":
        export_excel(team.project, tmp_path / "a.xlsx", layer="Binta")
    else:
        export_report(team.project, tmp_path / "a.html", "html", layer="Binta")
    assert compared == [team.transcript]


def test_one_text_is_compared_as_it_is_among_all(team: Team) -> None:
    whole = differences(team.project)
    assert whole and differences(team.project, Selection(transcripts=(team.transcript,))) == whole
    chosen = Selection(coders=(team.binta.id, team.chaka.id))
    assert [each.difference for each in differences(team.project, chosen)] == [each.difference for each in whole]
