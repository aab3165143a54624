"""The simulation that the docs quote: two of its numbers, on a small scale."""

from __future__ import annotations

import re

import pytest

from bench.agreement_coverage import COMMON, DOCUMENTS, RARE, TARGETS, UNCOMMON, Setting, covered, settings
from tests.conftest import ROOT


def test_five_documents_that_differ_still_keep_nine_of_ten_promises() -> None:
    found = covered(Setting(0.2, careful=False, differing=True, coders=2), 5, 1000)
    assert 0.90 <= found["krippendorff_alpha_nominal"][0] <= 0.98
    assert 0.90 <= found["u_alpha_binary"][0] <= 0.98


def test_near_full_agreement_ten_documents_keep_the_promise() -> None:
    found = covered(Setting(0.2, careful=True, differing=False, coders=2), 10, 1000)
    assert 0.92 <= found["percent_agreement"][0] <= 0.97 and found["percent_agreement"][1] == 0


@pytest.mark.deep
@pytest.mark.parametrize("documents", [10, 20, 50])
def test_every_common_setting_keeps_the_promise(documents: int) -> None:
    for setting in settings(COMMON):
        for name, (share, without) in covered(setting, documents, 2000).items():
            assert 0.915 <= share <= 0.975 and without < 0.01, (setting, name)  # 0.5 % is the simulation's own error


@pytest.mark.parametrize("page", ["agreement.md", "agreement.fr.md"])
def test_the_docs_show_the_whole_table(page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| [\d.]+ \([\d.]+–[\d.]+\)", text, re.MULTILINE)
    assert sorted(rows) == sorted([*TARGETS] * len([COMMON, UNCOMMON, RARE])) and len(DOCUMENTS) == 4
