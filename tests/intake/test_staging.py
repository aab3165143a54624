"""A file as it would be stored, from its bytes to its speakers; bad files are refused in one sentence."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused
from hsreview.intake.guess import guess_language
from hsreview.intake.reader import LARGEST_FILE, READERS, read_file, supported
from hsreview.intake.staging import restage, stage, stage_content
from hsreview.model.text import Role, check_turns

TEXT = (
    "Enquêteur : Où étiez-vous ?\nAwa : J'étais à Gao, l'été dernier.\n\nEnquêteur : Et après ?\nAwa : Après, rien.\n"
)


def test_everything_that_would_be_stored(tmp_path: Path) -> None:
    path = tmp_path / "cso-01.txt"
    path.write_bytes(TEXT.encode("cp1252"))
    staged = stage(path)
    assert (staged.name, staged.file_name, staged.format, staged.encoding) == ("cso-01", "cso-01.txt", "txt", "cp1252")
    assert (staged.convention, staged.language, staged.text) == ("colon", "fr", TEXT)
    assert staged.original_hash == hashlib.sha256(TEXT.encode("cp1252")).hexdigest()
    check_turns(len(TEXT), staged.turns)
    assert [(s.label, s.role, s.turns, s.words, s.sample) for s in staged.speakers] == [
        ("Enquêteur", Role.INTERVIEWER, 2, 4, "Où étiez-vous ?"),
        ("Awa", Role.RESPONDENT, 2, 9, "J'étais à Gao, l'été dernier."),
    ]
    assert len(staged.units.sentences) == 4
    assert [doubt.code for doubt in staged.doubts] == ["encoding_guessed"]


def test_the_user_may_name_encoding_roles_and_language(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("cp1252"))
    staged = stage(path, encoding="mac_roman", speakers={"AWA": Role.OTHER}, language="en")
    assert staged.text.startswith("EnquÍteur")
    assert (staged.speakers[1].role, staged.language, staged.doubts) == (Role.OTHER, "en", ())


def test_roles_change_without_reading_again() -> None:
    staged = stage_content(TEXT.encode(), "a.txt")
    changed = restage(staged, roles={"awa": Role.INTERVIEWER}, language="en")
    assert [s.role for s in changed.speakers] == [Role.INTERVIEWER, Role.INTERVIEWER]
    assert (changed.language, changed.turns, changed.units) == ("en", staged.turns, staged.units)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\n", "no text"),
        ("a.txt", b"a\x00b", "NUL"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(99), "a picture"),
        ("a.txt", b"PK\x03\x04" + bytes(99), "zip archive"),
        ("a.md", b"%PDF-1.7 ...", "a PDF"),
        ("a.doc", b"\xd0\xcf\x11\xe0", ".docx"),
        ("a.json", b"{}", "not read"),
        ("a", b"abc", "no extension"),
        ("a.docx", b"abc", "damaged"),
    ],
)
def test_bad_files_are_refused_with_their_reason(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputRefused, match=message):
        stage(path)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    for name in ("folder.txt", "missing.txt"):
        with pytest.raises(InputRefused):
            stage(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(InputRefused, match="ordinary"):
        stage(tmp_path / "pipe.txt")


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(InputRefused, match="50 MB"):
        read_file(path)


def test_controls_and_directions_are_kept_and_said() -> None:
    staged = stage_content("INT : a\x1b[2J\u202eb\nR1 : c\x07\n".encode(), "a.txt")
    assert "\x1b[2J\u202e" in staged.text
    assert {d.code for d in staged.doubts} == {"escape_characters", "bidi_controls", "control_characters"}


def test_a_file_name_that_is_no_text_can_be_stored() -> None:
    assert stage_content(b"INT : a\n", os.fsdecode(b"caf\xe9.txt")).file_name.encode() == "caf�.txt".encode()


def test_every_promised_format_has_a_reader() -> None:
    formats = ("txt", "md", "docx", "odt", "rtf", "pdf", "vtt", "srt", "xlsx", "csv")
    assert all(supported(Path(f"x.{kind}")) and kind in READERS for kind in formats)
    assert supported(Path("X.DOCX")) and not supported(Path("x.exe"))


ENDLESS = {"sentences": "INT : " + "mot. " * 50_000, "letters": "a" * 500_000, "blanks": "[a]" + " " * 500_000,
           "stars": "*" * 100_000 + ":" * 100_000}  # fmt: skip


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS.keys())
def test_one_endless_line_is_read(text: str) -> None:
    staged = stage_content(text.encode(), "a.md")
    check_turns(len(text), staged.turns)


def test_languages_are_told_apart() -> None:
    assert guess_language("Les femmes de la commune ne sont pas dans le comité, et elles le disent.") == "fr"
    assert guess_language("The women of the commune are not in the committee, and they say so.") == "en"
    assert guess_language("Oui. Yes. 12") == ""
    assert guess_language("Alors, il dit que the women were there, mais but they left, et il ne dit rien.") == "mixed"


def test_reading_text_does_not_load_what_it_does_not_need() -> None:
    code = (
        "import sys, hsreview.intake.staging, hsreview.intake.folder, hsreview.intake.respondents;"
        "print([m for m in ('spacy', 'openpyxl', 'lxml', 'pypdfium2', 'pandas', 'numpy') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
