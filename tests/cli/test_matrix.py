"""`matrix` and `asked` on a small project."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from hsreview.cli.matrix import NAMES
from hsreview.workflows.matrices import KINDS
from tests.cli.conftest import call, ok

ARGS = {"crosstab": ("--by", "group"), "gaps": ("--by", "language")}
"""What some matrices need to be told."""


@pytest.fixture
def project(folder: Path) -> Path:
    """The small project, in which Awa marked her transcript as reviewed."""
    ok("--coder", "Awa", "reviewed", "cso-1")
    return folder


def matrix(kind: str, *args: str) -> tuple[str, ...]:
    return ("matrix", kind, *ARGS.get(kind, ()), "--layer", "Awa", *args)


def test_every_matrix_has_a_command(project: Path) -> None:
    assert tuple(KINDS) == NAMES
    for kind in NAMES:
        answer = ok(*matrix(kind, "--json")).json("matrix")
        assert answer["matrix"] == kind and answer["basis"]["layer"] == "Awa"
        assert len(answer["cells"]) == len(answer["rows"]) * len(answer["columns"])
        printed = ok(*matrix(kind))
        assert "Layer: Awa · codebook test 1.0 · 1 of 2 interviews reviewed" in printed.out
        assert ok(*matrix(kind, "--csv")).lines[0].startswith("row,label,")


def test_a_code_has_no_jaccard_index_with_itself(project: Path) -> None:
    [row, *_others] = csv.DictReader(io.StringIO(ok(*matrix("co-occurrence", "--count", "jaccard", "--csv")).out))
    assert row[row["row"]] == "" and row["counts"] == "jaccard"
    printed = ok(*matrix("co-occurrence", "--count", "jaccard")).out
    assert "(1)" not in printed and "the code itself" not in printed
    assert "(1)" in ok(*matrix("co-occurrence")).out
    cells = ok(*matrix("co-occurrence", "--json")).json("matrix")["cells"]
    assert {cell["values"]["jaccard"] for cell in cells if cell["state"] == "self"} == {None}


def test_nothing_is_ever_summed_over_coders(project: Path) -> None:
    done = call("matrix", "theme-group")
    assert done.code == 2 and "never added up" in done.err
    for layer in ("all", "Awa+Daan"):
        assert call("matrix", "theme-group", "--layer", layer).code == 2
    for layer in ("Awa", "Daan"):
        answer = ok("matrix", "theme-interview", "--layer", layer, "--json").json("matrix")
        numbers = [cell["values"]["codings"] for cell in answer["cells"] if cell["column"] != "*"]
        assert numbers == [1, None]


def test_what_was_begun_is_in_no_sum(project: Path) -> None:
    answer = ok("matrix", "theme-interview", "--layer", "Daan", "--json").json("matrix")
    begun, unread, whole = answer["cells"]
    assert (begun["state"], begun["values"]["codings"]) == ("so_far", 1)
    assert (unread["state"], unread["values"]["codings"]) == ("not_read", None)
    assert (whole["state"], whole["values"]["codings"]) == ("", 0)
    printed = ok("matrix", "theme-group", "--layer", "Daan")
    assert "1 coding in interviews that are only begun is left out." in printed.err
    assert "No interview is marked as reviewed" in printed.err


def test_the_codings_behind_a_cell(project: Path) -> None:
    answer = ok(*matrix("theme-group", "--cell", "D", "cso", "--json")).json("matrix --cell")
    [coding] = answer["codings"]
    assert (coding["code"], coding["transcript"], coding["text"]) == ("K4", "cso-1", "Mais sans budget")
    assert "Mais sans budget" in ok(*matrix("theme-group", "--cell", "Drivers", "cso")).out
    done = call(*matrix("theme-group", "--cell", "D", "army"))
    assert done.code == 2 and "There are: cso, policymaker" in done.err


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("language", "word", "said"),
    [
        ("en", "codings", "Counted: codings"), ("en", "segments", "Counted: codings"),
        ("fr", "codages", "codages"), ("fr", "répondants", "répondants"), ("fr", "respondents", "répondants"),
    ],
)  # fmt: skip
def test_what_is_counted_is_asked_for_by_the_word_that_is_printed(
    language: str, word: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSREVIEW_LANG", language)
    assert said in ok(*matrix("theme-group", "--count", word)).lines[2]


def test_csv_says_what_it_rests_on(project: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(ok(*matrix("theme-group", "--csv")).out)))
    assert [row["row"] for row in rows] == ["n", "D"]
    assert rows[1]["cso"] == "1" and rows[0]["cso"] == "1"
    assert {(row["layer"], row["counts"], row["codebook_version"]) for row in rows} == {("Awa", "interviews", "1.0")}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("nothing",), "nothing"),
        (("crosstab",), "group"),
        (("crosstab", "--by", "colour"), "Nothing here has an attribute colour"),
        (("timeline", "--by", "region"), "date, wave"),
        (("theme-group", "--level", "deep"), "write theme, code"),
        (("theme-group", "--codes", "D1,Z9"), "Z9"),
        (("co-occurrence", "--within", "miles"), "miles"),
        (
            ("theme-group", "--count", "jaccard"),
            "jaccard. It counts: interviews, respondents, organisations, codings",
        ),
        (("theme-group", "--csv", "--json"), "--json"),
    ],
)
def test_wrong_wishes_are_sentences(project: Path, args: tuple[str, ...], said: str) -> None:
    done = call("matrix", *args, "--layer", "Awa")
    assert done.code == 2 and said in done.err and "Traceback" not in done.err


def test_a_blind_coder_sees_no_matrix_of_others(project: Path) -> None:
    ok("--coder", "Awa", "assign", "cso-1", "--coder", "Daan")
    done = call("--coder", "Daan", "matrix", "theme-group", "--layer", "Awa")
    assert done.code == 3 and "blind" in done.err and "K4" not in done.out + done.err
    assert call("--coder", "Daan", "matrix", "theme-group", "--layer", "Daan").code == 0


def test_columns_are_folded_into_the_width_of_the_terminal(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = ok(*matrix("modifiers", "--level", "code")).lines
    assert max(map(len, lines[4:])) <= 60


def test_what_was_asked_is_on_record_and_undone(project: Path, tmp_path: Path) -> None:
    book = tmp_path / "guide.yaml"
    done = call("asked", "cso-1", "G1")
    assert done.code == 3 and "The codebook has no guide" in done.err
    text = ok("codebook", "export", str(book)) and book.read_text(encoding="utf-8")
    book.write_text(f"{text}guide:\n- id: G1\n  text: {{en: Why?, fr: Pourquoi ?}}\n  questions: [Q1]\n",
                    encoding="utf-8")  # fmt: skip
    ok("--coder", "Awa", "codebook", "import", str(book))
    ok("--coder", "Awa", "asked", "cso-1", "g1", "--no")
    [first, second] = ok("asked", "--json").json("asked")["asked"]
    assert (first["question"], first["asked"], second["asked"]) == ("G1", False, None)
    done = call("--coder", "Awa", "asked", "cso-1", "G1", "G7")
    assert done.code == 3 and "G7" in done.err and "Nothing was stored" in done.err
    assert "cso-1: G1" in ok("--coder", "Awa", "undo").err
    assert ok("asked", "cso-1", "--json").json("asked")["asked"][0]["asked"] is None
    ok("--coder", "Awa", "redo")
    assert "not asked" in ok("asked", "cso-1").out
    ok("--coder", "Awa", "asked", "cso-1", "G1", "--forget")
    assert "not asked" not in ok("asked", "cso-1").out


def test_gaps_follow_what_is_on_record(project: Path, tmp_path: Path) -> None:
    book = tmp_path / "guide.yaml"
    ok("codebook", "export", str(book))
    text = book.read_text(encoding="utf-8")
    book.write_text(f"{text}guide:\n- id: G1\n  text: {{en: Why?, fr: Pourquoi ?}}\n  questions: [Q1]\n",
                    encoding="utf-8")  # fmt: skip
    ok("--coder", "Awa", "codebook", "import", str(book))

    def states() -> list[str]:
        answer = ok(*matrix("gaps", "--json")).json("matrix")
        return [cell["state"] for cell in answer["cells"]]

    assert states() == ["heard_nameless"]
    ok(
        "--coder",
        "Awa",
        "codings",
        "remove",
        ok("codings", "--coder", "Awa", "--json").json("codings")["codings"][0]["id"],
    )
    assert states() == ["silent"]
    ok("--coder", "Awa", "asked", "cso-1", "G1", "--no")
    ok("--coder", "Awa", "reviewed", "cso-2")
    assert states() == ["silent"]
    ok("--coder", "Awa", "asked", "cso-2", "G1", "--no")
    assert states() == ["not_asked"]
    ok("--coder", "Awa", "reviewed", "cso-1", "cso-2", "--undo")
    assert states() == ["not_coded"]
