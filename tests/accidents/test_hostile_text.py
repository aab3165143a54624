"""Text that could steer a terminal, turn the reading direction or run on for megabytes: kept as it is, shown safely."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from textual import events

from hsreview.workflows import reading
from hsreview.workflows.codebooks import export_codebook
from hsreview.workflows.coders import coders
from hsreview.workflows.projects import open_project
from tests.accidents.witness import GLYPHS, HOSTILE, clean, told
from tests.builders import a_codebook
from tests.cli.conftest import call, ok
from tests.cli.test_console import steers
from tests.tui.stage import Stage, workbench

LABEL = "R\x1b[5m1"
TEXT = (
    f"INT : D’accord\x07 ?\n{LABEL} : Oui\x9b31m, \u202eà l’envers.\nINT : Et après ?\n{LABEL} : {HOSTILE}\n"
    f"INT : Et ici ?\n{LABEL} : Non.\n"
)
CODE_LABEL = "Label\x1b[31m D1"


@pytest.fixture
def hostile(still_sound: Path, tmp_path: Path) -> Path:
    """Escapes in a transcript, its file name, its labels, a coder's name, a code's label and a memo; by commands."""
    path = tmp_path / f"{HOSTILE}.txt"
    path.write_text(TEXT, encoding="utf-8")
    done = clean(call("--coder", HOSTILE, "import", str(path)))
    assert done.code == 0 and f"New coder: {GLYPHS}" in done.err
    assert f"{GLYPHS}: 4 terminal escapes are kept in the text" in done.err
    assert f"{GLYPHS}: 2 invisible characters that turn the reading direction are kept; they are shown as ⇄" in done.err
    book = tmp_path / "book.yaml"
    export_codebook(a_codebook(), book)
    book.write_text(book.read_text("utf-8").replace("en: Label D1", 'en: "Label\\e[31m D1"'), encoding="utf-8")
    checked = clean(call("codebook", "check", str(book)))
    assert checked.code == 1 and "the label holds control characters; they are shown as signs" in checked.out
    clean(ok("--coder", HOSTILE, "codebook", "import", str(book)))
    coding = clean(ok("codings", "add", HOSTILE, "2", "D1")).lines[0]
    clean(ok("memos", "add", HOSTILE, "--coding", coding))
    return still_sound


def test_escapes_are_stored_as_they_are(hostile: Path) -> None:
    assert ok("text", HOSTILE).stdout == TEXT.encode()
    turns = ok("turns", HOSTILE, "--json").json("turns")["turns"]
    assert [turn["speaker"] for turn in turns] == ["INT", LABEL] * 3
    assert ok("memos", "--json").json("memos")["memos"][0]["text"] == HOSTILE
    assert ok("coders", "--json").json("coders")["coders"][-1]["name"] == HOSTILE
    with open_project(hostile) as project:
        assert CODE_LABEL in {place.code.label.en for place in reading.codebook(project).codes()}
        assert HOSTILE in {transcript.name for transcript in reading.transcripts(project)}
        assert HOSTILE in {coder.name for coder in coders(project)}


SHOWN: tuple[tuple[list[str], str], ...] = (
    (["transcripts"], GLYPHS),
    (["turns", HOSTILE], "R␛[5m1: Oui\ufffd31m, ⇄à l’envers."),
    (["show", HOSTILE], GLYPHS),
    (["show", HOSTILE, "--plain"], GLYPHS),
    (["speakers", HOSTILE], "R␛[5m1"),
    (["codings"], "Oui\ufffd31m, ⇄à l’envers."),
    (["memos"], GLYPHS),
    (["coders"], GLYPHS),
    (["progress"], GLYPHS),
    (["search", "envers"], "R␛[5m1"),
    (["codebook", "show", "D1"], "Label␛[31m D1"),
)


def test_escapes_are_shown_as_glyphs(hostile: Path) -> None:
    for args, shown in SHOWN:
        assert shown in clean(ok(*args)).out, args


def test_a_workbook_holds_no_escapes_and_says_what_was_replaced(hostile: Path, tmp_path: Path) -> None:
    done = clean(call("export", "excel", str(tmp_path / "x.xlsx"), "--layer", HOSTILE))
    assert done.code == 0 and "that a spreadsheet cannot hold were replaced" in done.err
    from openpyxl import load_workbook

    cells = [str(cell) for sheet in load_workbook(tmp_path / "x.xlsx") for row in sheet.values for cell in row if cell]
    assert any("à l’envers" in cell for cell in cells)
    assert not any("\x1b" in cell or "\x07" in cell for cell in cells)


def picture(stage: Stage) -> str:
    """Everything that stands on the screen; nothing of it may steer a terminal."""
    drawn = stage.app.export_screenshot()
    words = html.unescape(" ".join(re.findall(r">([^<]*)</text>", drawn))).replace("\u00a0", " ")
    assert words and not steers(words) and "\x1b" not in drawn
    return words


async def test_the_workbench_shows_glyphs_on_every_screen(hostile: Path) -> None:
    async with workbench(hostile, HOSTILE, (140, 40)) as stage:
        assert "␛[31m" in picture(stage)
        await stage.press("g", "g", "enter")
        assert "R␛[" in picture(stage) and "⇄à" in picture(stage)
        await stage.press("n")
        assert "␛" in picture(stage)
        await stage.press("m")
        assert "a␛[31mb" in picture(stage)
        await stage.press("escape", "space", "=d1")
        assert "Label␛[31m" in picture(stage)
        await stage.press("escape")
        for keys in ("c", "d", "p", "k", "t"):
            await stage.press("g", keys)
            assert "␛" in picture(stage), keys
            await stage.press("escape")


async def test_forms_show_glyphs_and_keep_the_text(hostile: Path) -> None:
    async with workbench(hostile, "Awa", (140, 40)) as stage:
        await stage.press("g", "c", "e")
        assert "Label␛[31m" in picture(stage)
        await stage.press("escape")
        await stage.press("escape", "g", "t", "enter", "m")
        stage.app.post_message(events.Paste("\x1b[2J\x07 pasted"))
        await stage.press("=!")
        assert "␛[2J␇ pasted!" in picture(stage)
        await stage.press("escape")
        assert "\x1b[2J\x07 pasted!" in {memo.text for memo in reading.memos_of(stage.project)}
        names = {place.code.label.en for place in reading.codebook(stage.project).codes()}
        assert CODE_LABEL in names


async def test_the_staging_screen_shows_glyphs_and_reasons(unchanged: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.mkdir()
    (new / f"{HOSTILE}.txt").write_text(TEXT, encoding="utf-8")
    (new / "cut.docx").write_bytes(b"PK\x03\x04")
    async with workbench(unchanged, "Awa", (140, 40)) as stage:
        await stage.press("i", "ctrl+u", f"={new}", "enter")
        shown = picture(stage)
        assert "a␛[31mb" in shown and "R␛[5m1" in shown and "refused" in shown
        await stage.press("down")
        assert "damaged or incomplete" in picture(stage)


@pytest.mark.parametrize("text", ["caf\udce9", "nul\0nul"])
@pytest.mark.parametrize(
    "args",
    [
        ["memos", "add", "TEXT", "--transcript", "cso-1"],
        ["coders", "add", "TEXT"],
        ["transcripts", "rename", "cso-2", "TEXT"],
        ["transcripts", "set", "cso-2", "--attribute", "place=TEXT"],
        ["text", "TEXT"],
        ["--coder", "TEXT", "undo"],
    ],
)
def test_half_characters_and_nul_are_refused(unchanged: Path, args: list[str], text: str) -> None:
    done = clean(call("--coder", "Awa", *(each.replace("TEXT", text) for each in args)))
    assert done.code in (2, 3) and done.err.strip() and not done.out


def test_arabic_and_combining_characters_are_ordinary_text(still_sound: Path, tmp_path: Path) -> None:
    text = "INT : العربية؟\nR1 : مرحبا بكم في مالي.\nINT : e\u0301te\u0301 ?\nR1 : a\u0300 Gao\u200f.\n"
    (tmp_path / "bidi.txt").write_text(text, encoding="utf-8")
    done = clean(ok("--coder", "Awa", "import", str(tmp_path / "bidi.txt")))
    assert "signs" not in done.err
    assert ok("text", "bidi").stdout == text.encode()
    start = text.index("te\u0301")
    ok("codings", "add", "bidi", str(start), str(start + 3), "D1")
    ok("codings", "add", "bidi", "2.1", "D2")
    quotes = {entry["text"] for entry in ok("codings", "--transcript", "bidi", "--json").json("codings")["codings"]}
    assert quotes == {"te\u0301", "مرحبا بكم في مالي."}


async def test_two_megabytes_on_one_line(still_sound: Path, tmp_path: Path) -> None:
    words = "Nous avons décidé ensemble, avec les chefs du village. "
    line = words * (2_000_000 // len(words))
    (tmp_path / "line.txt").write_text(f"INT : Alors ?\nR1 : {line}\n", encoding="utf-8")
    ok("--coder", "Awa", "import", str(tmp_path / "line.txt"))
    async with workbench(still_sound, "Awa", (80, 24)) as stage:
        names = [row.transcript.name for row in reading.transcript_rows(stage.project)]
        await stage.press("g", "t", "g", "g", *["down"] * names.index("line"), "enter", "down", "space", "=d2", "enter")
        assert stage.selected() == words.rstrip()
        await stage.press("g", "e", "1", "t", "space", "=k4", "enter")
        assert len(stage.codings()) == 5
    done = clean(ok("export", "excel", str(tmp_path / "x.xlsx"), "--layer", "Awa"))
    assert "continue" in done.err, "a text that is longer than a cell is told of"


def test_a_text_of_five_megabytes_is_refused_with_its_size(unchanged: Path, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("x" * 5_000_001)
    told("--coder", "Awa", "import", str(tmp_path / "long.txt"), en="5000001", fr="5000001")
