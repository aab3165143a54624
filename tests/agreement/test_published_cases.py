"""Published and independently computed values, through the calculator's JSON answer."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hsreview.agreement.patterns import patterns
from hsreview.agreement.sums import columns, krippendorff_alpha_nominal
from tests.cli.conftest import ok
from tests.conftest import ROOT

CASES = ROOT.parent / "shared" / "data" / "agreement" / "cases"
FROM_COUNTS = {
    "percent_agreement",
    "percent_agreement_gwet",
    "fleiss_kappa",
    "fleiss_kappa_gwet",
    "fleiss_kappa_category",
    "brennan_prediger",
    "gwet_ac1",
    "gwet_ac1_se",
    "krippendorff_alpha_nominal",
    "krippendorff_alpha_category",
}
FROM_CODERS = {"cohen_kappa", "cohen_kappa_mean_pairwise", "cohen_kappa_category", "conger_kappa", "scott_pi"}
OF_SETS = {"alpha_set_jaccard": "alpha_set_jaccard", "alpha_set_masi_nltk": "alpha_set_masi"}
OURS = {"nominal_matrix": FROM_COUNTS | FROM_CODERS, "rater_counts": FROM_COUNTS, "set_matrix": {*OF_SETS}}
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the real data beside the checkout is absent")


def cases() -> Iterator[dict[str, Any]]:
    for path in sorted(CASES.glob("[!_]*.json")):
        case = json.loads(path.read_text("utf-8"))
        if case["type"] in OURS:
            yield case


def wanted(case: dict[str, Any], statistic: str) -> bool:
    return statistic.partition("[")[0] in OURS[case["type"]]


def as_csv(case: dict[str, Any]) -> str:
    """The units of a case as a table; sets with semicolons, the empty set as one alone."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["unit", *(f"coder {i + 1}" for i in range(case["data"]["coders"]))])
    for number, values in enumerate(case["data"]["units"]):
        cells = ["" if v is None else v if isinstance(v, str) else ";".join(v) or ";" for v in values]
        writer.writerow([f"u{number}", *cells, *[""] * (case["data"]["coders"] - len(cells))])
    return text.getvalue()


@cache
def answer(name: str, folder: Path) -> dict[str, Any]:
    case = next(each for each in cases() if each["id"] == name)
    path = folder / f"{name}.csv"
    path.write_text(as_csv(case), "utf-8")
    options = ["--sets", ";"] if case["type"] == "set_matrix" else []
    found: dict[str, Any] = json.loads(ok("agreement", "table", str(path), *options, "--json").out)
    return found


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


def expected() -> list[Any]:
    if not CASES.is_dir():
        return []
    found = []
    for case in cases():
        rows = [(name, each["value"], each["tol"]) for name, each in case["consensus"].items()]
        rows += [(each["statistic"], each["value"], each["tol"]) for each in case["published"]]
        rows += [(name, None, 0) for name in case.get("undefined", {})]
        kept = [row for row in rows if wanted(case, row[0])]
        found.append(pytest.param(case["id"], kept, id=case["id"]))
    return found


@pytest.mark.parametrize(("name", "rows"), expected())
def test_every_value_of_a_case_is_reproduced(name: str, rows: list[Any], tables: Path) -> None:
    given = answer(name, tables)
    wrong = []
    for statistic, value, tolerance in rows:
        ours = OF_SETS.get(statistic, statistic)
        got = given["statistics"][ours]
        if value is None:
            if got is not None or not given["undefined"][ours]:
                wrong.append((statistic, value, got))
        elif got is None or abs(got - value) > tolerance:
            wrong.append((statistic, value, got))
    assert rows and not wrong


def test_no_value_that_is_known_to_be_wrong_is_repeated(tables: Path) -> None:
    checked = 0
    for case in cases():
        for each in case["verified_by"]:
            if each["implementation"].startswith("KNOWN WRONG") and wanted(case, each["statistic"]):
                right = case["consensus"].get(each["statistic"], {}).get("value")
                got = answer(case["id"], tables)["statistics"][each["statistic"]]
                if right is None or abs(right - each["value"]) > 1e-5:  # One fault does not show in every table.
                    checked += 1
                    assert got is None or abs(got - each["value"]) > 1e-6, (case["id"], each)
    assert checked > 20


def test_a_bootstrap_of_patterns_has_the_recorded_intervals() -> None:
    recorded = json.loads((CASES / "_bootstrap_intervals.json").read_text("utf-8"))["cases"]
    for each in recorded:
        units = next(case for case in cases() if case["id"] == each["case"])["data"]["units"]
        labels = sorted({value for unit in units for value in unit if value is not None})
        codes = np.array([[-1 if value is None else labels.index(value) for value in unit] for unit in units]).T
        counts, mass = patterns(codes, len(labels))
        draws = np.random.default_rng(1).multinomial(len(units), mass / mass.sum(), 20_000)
        ends = np.nanquantile(krippendorff_alpha_nominal(draws @ columns(counts)), [0.025, 0.975])
        assert ends == pytest.approx(each["unit_bootstrap_95"], abs=0.02), each["case"]
