"""What reaches the terminal and what happens when things go wrong: hostile text, closed pipes, accidents, languages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.base.errors import InputRefused, Problem
from hsreview.cli import output
from hsreview.cli.guard import guarded
from hsreview.model.people import Coder
from hsreview.workflows import reading
from hsreview.workflows.coders import coders
from hsreview.workflows.importing import Staged, store
from hsreview.workflows.projects import open_project
from tests.builders import staged
from tests.cli.conftest import call, ok
from tests.conftest import ROOT

HOSTILE = "a\x1b[31mb\x9b2Jc\u202ed\te"
HOSTILE_TEXT = "INT\x1b : D’accord\x07 ?\nR1 : Oui\x9b31m, \u202eà l’envers.\n"


def steers(text: str) -> bool:
    """Whether a terminal could take something in `text` as an order."""
    return any((unicodedata.category(char) == "Cc" and char != "\n") or char in "\u202e\u2028" for char in text)


def run(*args: str, **settings: object) -> subprocess.CompletedProcess[bytes]:
    """A process of its own, for what cannot be seen in this one."""
    return subprocess.run([sys.executable, "-m", "hsreview", *args], capture_output=True, timeout=60, **settings)  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def hostile(folder: Path) -> None:
    """The project gets a transcript and a coder whose names, labels and text hold escapes."""
    with open_project(folder) as project:
        awa = next(each for each in coders(project) if each.name == "Awa")
        entry = Staged(Path("x.txt"), staged(HOSTILE_TEXT, HOSTILE), HOSTILE)
        assert store(project, awa, [entry]).stored
        assert isinstance(awa, Coder)


COMMANDS = [
    ["transcripts"], ["turns", HOSTILE], ["show", HOSTILE], ["show", HOSTILE, "--plain"], ["speakers", HOSTILE],
    ["search", "oui"], ["search", "d'accord"], ["text", "nothing" + HOSTILE], ["codings"], ["coders"],
    ["--coder", HOSTILE, "memos", "add", HOSTILE, "--transcript", HOSTILE], ["memos"], ["progress"], ["layers"],
    ["codings", "add", HOSTILE, "1.1", "D1"], ["codings", "add", HOSTILE, HOSTILE, "D1"], ["codebook", "show", HOSTILE],
    ["import", HOSTILE], ["import", HOSTILE, "--dry-run"], [HOSTILE], ["transcripts", "--" + HOSTILE],
    ["transcripts", "set", HOSTILE, "--group", HOSTILE], ["transcripts", "rename", HOSTILE, HOSTILE + "2"],
    ["codings", "import", HOSTILE], ["codebook", "check", HOSTILE], ["backup", "x/" + HOSTILE], ["undo"],
]  # fmt: skip


def test_no_command_sends_control_characters(hostile: None) -> None:
    for args in (*COMMANDS, *([*each, "--json"] for each in COMMANDS if each[0] in ("transcripts", "turns", "show"))):
        done = call("--coder", "Awa", *args) if args[0] != "--coder" else call(*args)
        assert done.code != 70, (args, done.err)
        assert not steers(done.out), args
        assert not steers(done.err), args


def test_json_keeps_the_exact_characters(hostile: None) -> None:
    answer = ok("turns", HOSTILE, "--json").json("turns")
    assert answer["transcript"] == HOSTILE and answer["turns"][0]["speaker"] == "INT\x1b"
    assert ok("text", HOSTILE).stdout == HOSTILE_TEXT.encode()


def test_the_text_is_made_harmless_for_a_terminal_only(hostile: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _self: True, raising=False)
    shown = ok("text", HOSTILE).out
    assert not steers(shown) and len(shown) == len(HOSTILE_TEXT) and "INT␛ : D’accord␇" in shown


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_is_the_same_value_whatever_the_text(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        printed: list[str] = []
        patch.setattr("builtins.print", lambda line, **_more: printed.append(line))
        output.emit_json({"list": [text, {"key": text}], "empty": [], "plain": text})
    assert json.loads(printed[0]) == {"list": [text, {"key": text}], "empty": [], "plain": text}
    assert not steers(printed[0])


@given(st.lists(st.tuples(st.text(max_size=8), st.integers(0, 999)), min_size=1))
def test_table_columns_are_aligned_by_cells(rows: list[tuple[str, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        printed: list[str] = []
        patch.setattr("builtins.print", lambda line, **_more: printed.append(line))
        output.emit_table(["name", "n"], rows)
    assert len(printed) == len(rows) + 1
    assert len({output.cells(line) for line in printed[1:]}) == 1 or any(not line.strip() for line in printed)
    assert not any(steers(line) for line in printed)


def test_a_table_that_is_too_wide_for_the_terminal_breaks_between_words_and_loses_none() -> None:
    said = "Awa a dit que le forage ne donne plus d’eau depuis mars et que personne ne vient le réparer"
    rows = [(1, "cso-kayes-retour", said), (22, "p01", "court")]
    lines = list(output.table_lines(["n", "name", "words"], rows, 50))
    assert len(lines) > 4 and max(map(output.cells, lines)) <= 50
    column = lines[0].index("words")
    assert " ".join(line[column:] for line in lines[1:-1]) == said
    assert lines[-1] == "22  p01" + " " * (column - 7) + "court"
    assert len(list(output.table_lines(["n", "name", "words"], rows))) == 3, "a pipe gets one line for each row"
    assert len(list(output.table_lines(["n", "name", "words"], rows, 20))) == 3, "where words would break all the same"


def test_wide_and_combining_characters_count_as_cells() -> None:
    assert output.cells("abc") == 3 and output.cells("日本") == 4 and output.cells("e\u0301") == 1
    assert output.shortened("日本語日本語", 7) == "日本語…" and output.shortened("abc", 3) == "abc"


@given(st.text(), st.integers(2, 30))
def test_shortened_text_fits(text: str, width: int) -> None:
    assert output.cells(output.shortened(text, width)) <= width


@pytest.mark.skipif(os.name == "nt", reason="file names are Unicode on Windows")
def test_a_file_name_that_is_not_utf8_is_named_and_refused(folder: Path, tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path / "caf") + b"\xe9.txt")
    try:
        Path(name).write_bytes(b"")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    done = call("--coder", "Awa", "import", name, "--json")
    assert done.code == 3 and json.loads(done.out)["files"][0]["file"] == name
    assert "caf" in done.err


def test_problems_are_printed_with_their_places(capsys: pytest.CaptureFixture[str]) -> None:
    def refuse() -> int:
        raise InputRefused("Refused.", [Problem("bad\x1b[0m", "line 3"), Problem("worse")])

    assert guarded(refuse) == 3
    assert capsys.readouterr().err == "Refused.\n  line 3: bad␛[0m\n  worse\n"


def test_an_accident_is_one_sentence_and_a_report_without_text(
    folder: Path, fresh_user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        secret = "Nous avons peur de Monsieur X"
        raise RuntimeError(secret)

    monkeypatch.setattr(reading, "transcript_rows", fail)
    done = call("transcripts")
    assert done.code == 70 and done.out == ""
    assert "Traceback" not in done.err and "Monsieur" not in done.err and "RuntimeError" not in done.err
    report = next((fresh_user / "state" / "reports").iterdir())
    assert str(report) in done.err
    text = report.read_text("utf-8")
    assert "builtins.RuntimeError" in text and "in fail" in text and "hsreview/cli/transcripts.py" in text
    assert "Monsieur" not in text and str(ROOT) not in text


def test_a_failing_disk_is_one_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device", "x\x1b.txt")

    monkeypatch.setattr(reading, "transcript_rows", fail)
    done = call("transcripts")
    assert done.code == 3 and done.err == "x␛.txt: the disk is full\n"


def test_ctrl_c_is_one_word(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reading, "transcript_rows", interrupt)
    done = call("transcripts")
    assert done.code == 130 and done.err.strip() == "Stopped."


def test_a_reader_who_leaves_early_is_no_error(folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "hsreview", "show", "cso-1"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout and process.stderr
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 0 and err == b""


def test_output_is_utf8_whatever_the_locale(folder: Path) -> None:
    done = run("turns", "cso-1", env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 0 and "Qui a décidé" in done.stdout.decode("utf-8")


def test_errors_speak_french(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = call("--lang", "fr", "text", "cso-11")
    assert done.code == 3 and "transcription" in done.err
    monkeypatch.setenv("HSREVIEW_LANG", "fr")
    assert "transcription" in call("text", "nothing").err
    assert "Emploi" in call("text").err
    headings = ok("transcripts").lines[0].split()
    assert headings[:2] == ["nom", "groupe"]
    assert "Usage" in call("--lang", "en", "text").err


def test_the_language_of_the_settings_counts(folder: Path, fresh_user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (fresh_user / "config").mkdir(parents=True)
    (fresh_user / "config" / "settings.json").write_text('{"lang": "fr"}', encoding="utf-8")
    assert "Usage" in call("text").err
    monkeypatch.delenv("HSREVIEW_LANG")
    assert "Emploi" in call("text").err


def test_names_are_completed(folder: Path) -> None:
    def completed(words: str, at: int) -> list[str]:
        done = run(
            env={**os.environ, "_HSREVIEW_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(at)}
        )
        return [line.partition(",")[2] for line in done.stdout.decode().split("\n")[:-1]]

    assert completed("hsreview cod", 1) == ["codebook", "codings", "coders"]
    assert completed("hsreview text CSO", 2) == ["cso-1", "cso-2"]
    assert completed(f"hsreview -p {folder} codings add cso-1 3.1 ", 7) == ["D1", "D2", "K4"]
    assert completed("hsreview codings --coder ", 3) == ["Awa", "Daan"]
