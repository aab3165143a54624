"""`export excel --sheets`, `--profile` and `--save-profile`."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Done, call


@pytest.fixture
def awa(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSREVIEW_CODER", "Awa")


def excel(path: str, *options: str) -> Done:
    return call("export", "excel", path, "--layer", "Awa", "--lang", "en", *options)


def sheets(path: str) -> list[str]:
    return list(load_workbook(path).sheetnames)


def test_the_sheets_named_are_written(awa: None) -> None:
    done = excel("a.xlsx", "--sheets", "memos,theme_group", "--json")
    assert done.json("export excel")["sheets"] == ["Provenance", "Theme×Group", "Memos"]
    assert sheets("a.xlsx") == ["Provenance", "Theme×Group", "Memos"]


def test_a_profile_is_saved_and_used_by_another_export(awa: None) -> None:
    saved = excel("a.xlsx", "--sheets", "codebook", "--save-profile", "For  partners")
    assert "The profile is saved as For" in saved.err
    excel("b.xlsx", "--profile", "for PARTNERS")
    assert sheets("b.xlsx") == sheets("a.xlsx") == ["Provenance", "Codebook"]


def test_a_profile_of_the_same_name_is_replaced(awa: None) -> None:
    for names in ("codebook", "memos", "memos"):
        excel("a.xlsx", "--sheets", names, "--save-profile", "mine")
    excel("b.xlsx", "--profile", "mine")
    assert sheets("b.xlsx") == ["Provenance", "Memos"]


@pytest.mark.parametrize(
    "options",
    [
        ["--sheets", "segmens"], ["--sheets", ","], ["--profile", "none of it"], ["--save-profile", "x"],
        ["--sheets", "memos", "--profile", "x"], ["--sheets", "segmens", "--save-profile", "x"],
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(awa: None, options: list[str]) -> None:
    done = excel("a.xlsx", *options)
    assert done.code == 2 and done.err
    assert not Path("a.xlsx").exists()
    assert "none" in excel("a.xlsx", "--profile", "x").err.lower()


def test_a_sheet_that_has_nothing_to_hold_is_named(awa: None) -> None:
    done = excel("a.xlsx", "--sheets", "codebook,drift", "--json")
    assert done.json("export excel")["left_out"] == ["drift"]
    assert "drift" in done.err


def test_what_changed_since_an_export_is_told(awa: None) -> None:
    assert excel("a.xlsx").code == 0
    done = excel("b.xlsx", "--sheets", "codebook", "--since", "a.xlsx", "--json")
    assert done.json("export excel")["sheets"] == ["Provenance", "Codebook", "Changes", "Changes_themes"]


@pytest.mark.parametrize("layer", ["Daan"])
def test_an_export_of_another_layer_is_not_compared(awa: None, layer: str) -> None:
    assert excel("a.xlsx").code == 0
    done = call("export", "excel", "b.xlsx", "--layer", layer, "--since", "a.xlsx")
    assert done.code == 3 and "Awa" in done.err and not Path("b.xlsx").exists()


@pytest.mark.parametrize("earlier", ["en", "fr", "both"])
def test_the_refusal_of_another_layer_is_in_one_language(awa: None, earlier: str) -> None:
    assert call("export", "excel", "a.xlsx", "--layer", "Awa", "--lang", earlier).code == 0
    done = call("--lang", "fr", "export", "excel", "b.xlsx", "--layer", "Daan", "--since", "a.xlsx")
    assert "(Awa)" in done.err and "only" not in done.err
    assert " . " in call("export", "excel", "b.xlsx", "--layer", "Awa", "--since", ".").err
