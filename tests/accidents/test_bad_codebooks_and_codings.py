"""Codebooks and files of codings with mistakes: every mistake is named with its place, and nothing is stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.workflows.codebooks import export_codebook
from tests.accidents.witness import clean, told
from tests.builders import a_codebook
from tests.cli.conftest import call

NESTED = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefg", "bcdefgh", strict=True)
)
"""Aliases of aliases: 9⁸ entries when followed."""


@pytest.fixture
def good(tmp_path: Path) -> str:
    """A codebook without mistakes, as text."""
    return export_codebook(a_codebook(), tmp_path / "good.yaml").read_text("utf-8")


def swapped(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def rejected(path: Path, *, en: tuple[str, ...], fr: str) -> None:
    """Neither the check nor the import of this codebook goes through."""
    for command in (["codebook", "check", str(path)], ["--coder", "Awa", "codebook", "import", str(path)]):
        said = told(*command, en=en[0], fr=fr)
        assert path.name in said and all(words in said for words in en), said


def test_ids_that_stand_twice(unchanged: Path, tmp_path: Path, good: str) -> None:
    (tmp_path / "x.yaml").write_text(swapped(good, "id: K4", "id: D1"), encoding="utf-8")
    rejected(tmp_path / "x.yaml", en=("The id “D1” is used twice", "line 71"), fr="sert deux fois")


def test_unquoted_numbers(unchanged: Path, tmp_path: Path, good: str) -> None:
    (tmp_path / "x.yaml").write_text(swapped(good, "id: K4", "id: 1.10"), encoding="utf-8")
    rejected(tmp_path / "x.yaml", en=('Without quotes, 1.10 is a number and not a text. Write "1.10".',), fr='"1.10"')


def test_tabs(unchanged: Path, tmp_path: Path, good: str) -> None:
    (tmp_path / "x.yaml").write_text(swapped(good, "      - id: D2", "\t- id: D2"), encoding="utf-8")
    rejected(tmp_path / "x.yaml", en=("line 66, column 1", "tab"), fr="tabulation")


def test_a_block_that_contains_itself(unchanged: Path, tmp_path: Path, good: str) -> None:
    (tmp_path / "x.yaml").write_text(
        swapped(good, "      - id: D1\n", "      - &own\n        id: D1\n        codes: [*own]\n")
    )
    rejected(tmp_path / "x.yaml", en=("contains itself",), fr="se contient lui-même")


def test_codes_that_are_merged_in_a_circle(unchanged: Path, tmp_path: Path, good: str) -> None:
    text = swapped(good, "      - id: D1\n", "      - id: D1\n        status: merged\n        merged_into: D2\n")
    text = swapped(text, "      - id: D2\n", "      - id: D2\n        status: merged\n        merged_into: D1\n")
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    rejected(tmp_path / "x.yaml", en=("D1", "line "), fr="ligne ")


def test_files_that_are_no_codebooks(unchanged: Path, tmp_path: Path, good: str) -> None:
    for content, en, fr in (
        (b"", "begins with keys", "commence par des clés"),
        (b"- a\n- b\n", "begins with keys", "commence par des clés"),
        (b"\x00\x01\x02", "control character", "caractère de contrôle"),
        (good.encode("latin-1"), "not UTF-8", "UTF-8"),
        (good[: len(good) // 2].encode() + b'"', "never closed", "jamais fermé"),
        (NESTED.encode(), "far too many entries", "trop d’entrées"),
        (b"x" * 2_000_001, "too big", "trop"),
    ):
        (tmp_path / "x.yaml").write_bytes(content)
        rejected(tmp_path / "x.yaml", en=(en,), fr=fr)
    (tmp_path / "x.xlsx").write_bytes(b"no workbook")
    rejected(tmp_path / "x.xlsx", en=("x.xlsx",), fr="x.xlsx")
    told("--coder", "Awa", "codebook", "import", str(tmp_path / "none.yaml"), en="no file", fr="pas de fichier")


def test_a_bad_codebook_makes_no_project(tmp_path: Path, good: str) -> None:
    (tmp_path / "x.yaml").write_text(swapped(good, "id: K4", "id: D1"), encoding="utf-8")
    told("init", str(tmp_path / "new"), "--codebook", str(tmp_path / "x.yaml"), en="used twice", fr="deux fois")
    assert not (tmp_path / "new").exists()


HEAD = "transcript,start,end,code\n"
BAD_CODINGS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "offsets outside the text": (
        HEAD + "cso-1,0,5,D1\ncso-1,5,99999,D1\ncso-1,-3,5,D1\ncso-1,9,9,D1\n",
        ("line 3: The segment 5–99999 lies outside the text, which has 242 characters.", "line 4", "line 5"),
        "hors du texte",
    ),
    "offsets that are no numbers": (HEAD + "cso-1,a,5,D1\n", ("line 2", "whole numbers"), "nombres entiers"),
    "very large numbers": (HEAD + f"cso-1,{'9' * 5000},5,D1\n", ("line 2",), "ligne 2"),
    "names that nobody knows": (HEAD + "nope,1,2,Z9\n", ("nope", "Z9"), "Z9"),
    "another quote": (
        "transcript,start,end,code,quote\ncso-1,0,9,D1,Something\n",
        ("The quote differs from the text at 0–9.",),
        "0–9",
    ),
    "escapes": (HEAD + "\x1b[31m,1,2,D\u202e1\n", ("␛[31m", "D⇄1"), "D⇄1"),
    "an open quotation mark": (HEAD + 'cso-1,0,5,D1\n"cso-1,0,5,D1\n', ("line 3", "not closed"), "ligne 3"),
    "NUL": (HEAD + "cso-1,0,5,D1\0\n", ("not a text file",), "pas un fichier de texte"),
    "nothing": ("", ("empty",), "vide"),
    "other columns": ("a,b\n1,2\n", ("lacks the columns", "--map"), "--map"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD_CODINGS)
def test_codings_with_mistakes_are_refused_whole(unchanged: Path, tmp_path: Path, what: str) -> None:
    text, en, fr = BAD_CODINGS[what]
    (tmp_path / "x.csv").write_text(text, encoding="utf-8")
    said = told("--coder", "Awa", "codings", "import", str(tmp_path / "x.csv"), en=en[0], fr=fr)
    assert "x.csv" in said and all(words in said for words in en)


def test_codings_that_are_no_utf8(unchanged: Path, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes((HEAD + "entretien-été,0,5,D1\n").encode("cp1252"))
    told("--coder", "Awa", "codings", "import", str(tmp_path / "x.csv"), en="CSV UTF-8", fr="CSV UTF-8")
    (tmp_path / "x.csv").write_bytes(HEAD.encode() + b"cso-1,0,5,\xed\xa0\x80\n")
    told("--coder", "Awa", "codings", "import", str(tmp_path / "x.csv"), en="not UTF-8", fr="UTF-8")


def test_a_coding_outside_the_text_is_refused(unchanged: Path) -> None:
    told("--coder", "Awa", "codings", "add", "cso-1", "5", "99999", "D1", en="outside the text", fr="hors du texte")
    told("--coder", "Awa", "codings", "add", "cso-1", "99.1", "D1", en="no turn 99", fr="99")
    done = clean(call("--coder", "Awa", "codings", "add", "cso-1", "9" * 30, "9" * 30, "D1"))
    assert done.code == 2
