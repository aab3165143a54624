"""The sheets about the review: numbers are numbers, what is undefined is empty with its reason, the basis is there."""

from __future__ import annotations

import os
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from hsreview.model.agreement import (
    AgreementBasis,
    AgreementReport,
    CodeAgreement,
    DriftPoint,
    Estimate,
    Interval,
    PairAgreement,
    Undefined,
    Unit,
)
from hsreview.model.dataset import Dataset
from hsreview.model.review import Entry
from hsreview.model.review_sheets import AssignmentRow, ConfusionRows, DisagreementRow, InterviewStatus, Review
from tests.analysis.builders import ANNA, BASILE, sample
from tests.workbook.exporting import export
from tests.workbook.structure import problems

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "workbook_review"
KEY = "0f0f0f0f-0000-5000-8000-000000000001"


def reviewed() -> Dataset:
    """`sample` with two coders who reviewed the first interview."""
    dataset = sample()
    first, second, *_others = dataset.transcripts
    alpha = Estimate(0.5, interval=Interval(0.25, 0.75, 6, "jackknife_sqrt_t"))
    none = Estimate(None, Undefined.NEVER_USED, no_interval=Undefined.NEVER_USED)
    few = Estimate(0.25, no_interval=Undefined.FEW_DOCUMENTS)
    values = {"percent_agreement": Estimate(0.9), "krippendorff_alpha_nominal": alpha, "gwet_ac1": Estimate(0.8)}
    basis = AgreementBasis(
        Unit.TURN, (ANNA.id, BASILE.id), ("Anna", "Basile"), (first.id,), 40, "0.2", False, False, True, 0.5,
        "krippendorff_alpha_nominal", "turn", ("2016-05-01 Anna: krippendorff_alpha_nominal, turn",),
    )  # fmt: skip
    report = AgreementReport(
        basis,
        (
            CodeAgreement("c-1.10", "1.10", "Markets", 40, (5, 4), 3, (2, 1), 34, (6, 4), values, 0.75, False, "D",
                          {"missed": 1, "different": 2}),
            CodeAgreement("c-01", "01", "A donor’s call", 40, (0, 0), 0, (0, 0), 40, (0, 0),
                          dict.fromkeys(values, none), None, True, "D"),
        ),
        {"u_alpha_binary": few},
        {"cu_alpha_nominal": Estimate(None, Undefined.OVERLAPPING)},
        values,
        (PairAgreement((ANNA.id, BASILE.id), 40, values),),
        {},
        (DriftPoint("2016-05", 2, 20, few, alpha), DriftPoint("2016-06", 4, 20, none, alpha, True)),
        {first.id: few},
        differences={"missed": 1, "different": 2},
    )  # fmt: skip
    review = Review(
        {ANNA.id: "Anna", BASILE.id: "Basile"},
        report,
        (
            DisagreementRow(KEY, first.id, "missed", "2.1", "=On ne dort plus", {ANNA.id: ("1.10",), BASILE.id: ()},
                            False, "open"),
            DisagreementRow("k2", first.id, "different", "2.2", "Rien", {ANNA.id: ("01",), BASILE.id: ("1.1",)}, True,
                            "decided", "take", ANNA.id, ("01",), "plus près du texte", "Basile", "2016-06-02T10:00Z"),
            DisagreementRow("k3", first.id, "extra", "3.1", "Oui", {ANNA.id: ("01",)}, False, "reopened", "neither",
                            because="caduc", by="Anna", at="2016-06-01T10:00Z"),
        ),
        (ConfusionRows(("Anna", "Basile"), ("01", "1.10"), ((1, 0, 0.5), (0, 2, 0), (1, 0, 35.5))),),
        (AssignmentRow(first.id, "Anna", "P-CSO", True, "tirage", True, False),),
        {
            first.id: InterviewStatus(Entry.OPEN, ("Anna", "Basile"), 3, 2),
            second.id: InterviewStatus(Entry.ADOPTED, ("Anna",), 0, 0, "Anna", "lecture unique"),
        },
    )  # fmt: skip
    return replace(dataset, review=review)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(reviewed(), tmp_path_factory.mktemp("review") / "a.xlsx", lang="fr").path


def rows(path: Path, title: str, first: str) -> list[dict[str, Any]]:
    """The rows of a sheet below the header that begins with `first`, by heading."""
    found = list(load_workbook(path)[title].iter_rows(values_only=True))
    at = next(number for number, row in enumerate(found) if row[0] == first)
    heads = [str(head) for head in found[at]]
    return [dict(zip(heads, row, strict=False)) for row in found[at + 1 :]]


@pytest.mark.parametrize("lang", ["fr", "en", "both"])
def test_excel_has_nothing_to_repair(tmp_path: Path, lang: str) -> None:
    assert problems(export(reviewed(), tmp_path / "a.xlsx", lang=lang).path) == []


def test_agreement_per_code_is_numbers_with_reasons_beside_them(path: Path) -> None:
    whole, markets, never = rows(path, "Accord", "Code")
    assert whole["Libellé"] == "Tous les codes"
    assert markets["Code"] == "1.10"
    assert markets["Libellé"] == "Marchés"
    assert (markets["Tous deux"], markets["Seulement Anna"], markets["Aucun"]) == (3, 2, 34)
    assert (markets["α de Krippendorff"], markets["AC1 de Gwet"]) == (0.5, 0.8)
    assert isinstance(markets["% d’accord"], float)
    assert markets["Part du désaccord"] == 0.75
    assert markets["Pourquoi une valeur manque"] is None
    assert never["α de Krippendorff"] is None
    assert "aucun codeur n’a utilisé ce code" in never["Pourquoi une valeur manque"]
    assert never["Rare"] == "oui"
    assert "personne ne diffère en rien (Part du désaccord)" in never["Pourquoi une valeur manque"]
    assert (markets["oublié"], markets["autre code"], never["oublié"]) == (1, 2, 0)
    assert (whole["oublié"], whole["Part du désaccord"], whole["Segments · Anna"]) == (1, 0.75, 6)
    assert "unités codées\u00a0: comptées par code" in whole["Pourquoi une valeur manque"]


def test_what_stands_beside_the_mean_kappa_of_codes_is_called_pooled(tmp_path: Path) -> None:
    made = reviewed()
    assert made.review is not None and made.review.report is not None
    report = made.review.report
    overall = {**report.overall, "cohen_kappa_pooled": Estimate(0.33)}
    changed = replace(made, review=replace(made.review, report=replace(report, overall=overall)))
    (whole, *_codes) = rows(export(changed, tmp_path / "a.xlsx", lang="en").path, "Agreement", "Code")
    assert whole["Cohen’s κ (all codes: pooled)"] == 0.33


def test_the_basis_and_the_primary_measure_stand_above(path: Path) -> None:
    top = [str(row[0]) for row in load_workbook(path)["Accord"].iter_rows(max_row=5, values_only=True)]
    assert "Anna, Basile" in top[1]
    assert "40 unités lues" in top[1]
    assert "sans les enquêteurs" in top[1]
    assert "α de Krippendorff (tour de parole)" in top[2]
    assert top[3].startswith("2016-05-01 Anna")


def test_every_value_has_a_row(path: Path) -> None:
    found = rows(path, "Accord_valeurs", "Niveau")
    where = next(row for row in found if str(row["Niveau"]).startswith("où"))
    assert (where["Valeur"], where["Borne basse"]) == (0.25, None)
    assert "moins de cinq entretiens" in where["Pourquoi une valeur manque"]
    what = next(row for row in found if str(row["Niveau"]).startswith("quoi"))
    assert what["Valeur"] is None
    assert "se recouvrent" in what["Pourquoi une valeur manque"]
    assert {row["Qui ou quoi"] for row in found if row["Niveau"] == "paire"} == {"Anna – Basile"}


def test_disagreements_have_their_decisions_and_keys(path: Path) -> None:
    open_, decided, reopened = rows(path, "Désaccords", "Entretien")
    assert open_["Citation"] == "=On ne dort plus"
    assert (open_["Codes · Anna"], open_["Codes · Basile"], open_["Type"]) == ("1.10", "–", "oublié")
    assert (open_["Décision"], open_["Identifiant"]) == (None, KEY)
    assert (decided["Décision"], decided["Motif"], decided["Décidé par"]) == ("Anna", "plus près du texte", "Basile")
    assert decided["Date"] == "2016-06-02"
    assert (reopened["Décision"], reopened["Codes · Basile"]) == (None, "(pas relu)")
    assert reopened["Situation"] == "rouvert (aucun)"


def test_the_list_of_decisions_comes_from_cells_above(path: Path) -> None:
    sheet = load_workbook(path)["Désaccords"]
    formula = sheet.data_validations.dataValidation[0].formula1
    cells = sheet[formula.partition("!")[2].replace("$", "")][0]
    assert [cell.value for cell in cells] == ["Anna", "Basile", "les deux", "aucun"]


def test_confusion_totals_add_up(path: Path) -> None:
    found = rows(path, "Confusion", "Lignes")
    assert found[-1]["Code"] == "Total"
    assert found[-1]["Total"] == sum(row["Total"] for row in found[:-1]) == 40
    assert found[0]["non codé"] == 0.5


def test_drift_and_assignments(path: Path) -> None:
    first, second = rows(path, "Dérive", "Lot")
    assert (first["Lot"], first["α du lot"], first["α cumulé"]) == ("2016-05", 0.25, 0.5)
    assert second["Grille modifiée avant"] == "oui"
    (row,) = rows(path, "Attributions", "Entretien")
    assert (row["Codeur"], row["Passe"], row["État"], row["En aveugle"]) == ("Anna", "P-CSO", "commencé", "oui")


def test_each_interview_says_how_it_stands(path: Path) -> None:
    found = [row for row in rows(path, "Thème×Entretien", "Entretien") if row["Consensus"]]
    assert [(row["Relu par"], row["Consensus"]) for row in found] == [
        ("Anna, Basile", "2 désaccords ouverts sur 3"),
        ("Anna", "adopté\u00a0: Anna"),
    ]
    assert all(row["Segments, tous thèmes"] for row in found)
    assert rows(path, "Avancement", "Entretien")[0]["Consensus"] == "2 désaccords ouverts sur 3"


def test_one_coder_alone_gets_none_of_these_sheets(tmp_path: Path) -> None:
    titles = load_workbook(export(sample(), tmp_path / "a.xlsx", lang="en").path).sheetnames
    assert not {"Agreement", "Disagreements", "Confusion", "Drift", "Assignments"} & set(titles)


@pytest.mark.parametrize("number", range(10, 16))
def test_sheets_are_as_they_were(path: Path, number: int) -> None:
    with zipfile.ZipFile(path) as archive:
        text = archive.read(f"xl/worksheets/sheet{number}.xml").decode("utf-8")
    for tag in ("<row ", "</sheetData>", "<c ", "<col "):
        text = text.replace(tag, f"\n{tag}")
    golden = GOLDEN / f"sheet{number}.xml"
    if os.environ.get("GOLDEN") == "write":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text + "\n", encoding="utf-8", newline="\n")
    assert text + "\n" == golden.read_text(encoding="utf-8")
