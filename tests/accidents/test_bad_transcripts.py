"""Files that are no transcripts, and some that mean harm: refused one by one, in a sentence, and nothing is stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.accidents.witness import clean, told
from tests.cli.conftest import call
from tests.intake import office_fixtures as make

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
HELLO = make.paragraph("INT: Hello")
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
GOOD = "INT : Qui a décidé cela ?\nR1 : Nous avons décidé ensemble.\nINT : Et après ?\nR1 : Rien.\n"

REFUSED: dict[str, tuple[bytes, str, str]] = {
    # empty
    "empty.txt": (b"", "empty", "vide"),
    "blank.txt": (b" \n\t\n", "no text", "pas de texte"),
    "empty.docx": (b"", "empty", "vide"),
    # binary, or something else than the name says
    "binary.txt": (bytes(range(256)) * 8, "encoding", "encodage"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a picture", "une image"),
    "word.txt": (make.docx(HELLO), "Office", "bureautique"),
    "text.docx": (b"INT: plain text", "damaged", "endommagé"),
    "text.pdf": (b"INT: plain text", "not a PDF", "PDF"),
    "photo.jpg": (b"\xff\xd8\xff", ".jpg", ".jpg"),
    "nothing": (b"INT: a", "extension", "extension"),
    "old.doc": (OLE, ".docx", ".docx"),
    # mis-encoded
    "stray.txt": ("INT : été à Gao ?\n".encode() * 3 + b"R1 : \xe9t\xe9\n", "line 4", "ligne 4"),
    "greek.txt": ("Γεια σου κόσμε, τι κάνεις".encode("iso8859-7"), "not recognised", "reconnu"),
    "cut16.txt": ("INT : été\nR1 : déjà\n".encode("utf-16")[:-1], "byte 40", "octet 40"),
    "half.txt": (b"INT : oui\nR1 : \xed\xa0\xbd non\n", "lone surrogate", "demi-codet"),
    "nul.txt": (b"INT : oui\nR1 : n\x00on\n", "Line 2 contains a NUL", "La ligne 2"),
    # truncated
    "cut.docx": (make.docx(make.paragraph("INT: " + "word " * 200))[:-200], "incomplete", "incomplet"),
    "cut.odt": (make.odt("<text:p>INT: Hello</text:p>")[:-60], "incomplete", "incomplet"),
    "cut.pdf": (make.pdf([["INT: one", "R1: two"]])[:-80], "complete", "incomplet"),
    "cut.rtf": (make.rtf(r"INT: one\par R1: two")[:-1], "complete", "avant la fin"),
    "cut.vtt": (b"WEBVTT\n\n00:00:01.000 --> ", "no cues", "sous-titres"),
    "cut.srt": (b"1\n00:00:01,000 -->", "no cues", "sous-titres"),
    "cut.csv": (b'speaker,text\nINT,yes\nR1,"never closed\n', "line 3", "ligne 3"),
    "cut.xlsx": (make.docx(HELLO)[:100], "incomplete", "incomplet"),
    # made to harm
    "bomb.docx": (make.docx(make.paragraph(" " * 5_000_000)), "unsafe", "pas sûr"),
    "bomb.odt": (make.odt("<text:p>" + " " * 5_000_000 + "</text:p>"), "unsafe", "pas sûr"),
    "bomb.xlsx": (make.archive({"xl/workbook.xml": " " * 5_000_000}), "unsafe", "pas sûr"),
    "dtd.docx": (
        make.docx("", extra={"word/document.xml": make.document_xml(HELLO, before=ENTITY)}), "DTD", "DTD",
    ),
    "dtd.odt": (make.odt("", extra={"content.xml": make.content_xml("", before=ENTITY)}), "DTD", "DTD"),
    "dtd.xlsx": (make.archive({"xl/workbook.xml": ENTITY}), "DTD", "DTD"),
    "long.txt": (b"x" * 5_000_001, "5000000", "5000000"),
    # locked, or only pictures of text
    "locked.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "password", "mot de passe"),
    "locked.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "password", "mot de passe"),
    "locked.odt": (
        make.odt("", extra={"META-INF/manifest.xml": "<m:manifest><m:encryption-data/></m:manifest>"}),
        "password", "mot de passe",
    ),
    "locked.pdf": (make.locked_pdf(), "password", "mot de passe"),
    "scan.pdf": (make.pdf_of_streams([b"q 200 0 0 200 40 400 cm Q", b""]), "scan", "numérisation"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_in_one_sentence(unchanged: Path, tmp_path: Path, name: str) -> None:
    content, en, fr = REFUSED[name]
    path = tmp_path / name
    path.write_bytes(content)
    said = told("--coder", "Awa", "import", str(path), en=en, fr=fr)
    assert said.count("\n") == 2 and said.startswith(f"{path}: refused. ") and "1 refused" in said


def test_bad_files_do_not_stop_good_ones(still_sound: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.mkdir()
    names = ("binary.txt", "cut.docx", "dtd.odt", "empty.txt", "locked.docx", "nul.txt", "photo.jpg", "stray.txt")
    for name in names:
        (new / name).write_bytes(REFUSED[name][0])
    (new / "good.txt").write_text(GOOD, encoding="utf-8")
    done = clean(call("--coder", "Awa", "import", str(new), "--json"))
    assert done.code == 3 and "1 transcript stored, 8 refused." in done.err
    answer = done.json("import")["files"]
    assert {Path(each["file"]).name for each in answer if each["status"] == "refused" and each["reason"]} == set(names)
    assert call("text", "good").stdout == GOOD.encode()


def test_a_bad_file_gives_its_reason_before_anything_is_stored(unchanged: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.docx"
    path.write_bytes(REFUSED["cut.docx"][0])
    done = clean(call("import", str(path), "--dry-run", "--json"))
    [answer] = done.json("import --dry-run")["files"]
    assert done.code == 3 and answer["status"] == "refused" and "incomplete" in answer["reason"]


def test_a_missing_file_and_a_folder_without_transcripts(unchanged: Path, tmp_path: Path) -> None:
    told("--coder", "Awa", "import", str(tmp_path / "missing.txt"), en="no such file", fr="n’existe pas")
    (tmp_path / "none").mkdir()
    done = clean(call("--coder", "Awa", "import", str(tmp_path / "none")))
    assert done.code == 0 and "0 transcripts stored" in done.err


RESPONDENTS: dict[str, tuple[bytes, str, str]] = {
    "binary": (bytes(range(256)) * 8, "respondents.csv", "respondents.csv"),
    "columns": (b"a,b\n1,2\n", "respondents.csv", "respondents.csv"),
    "quote": (b'file,respondent\ngood.txt,"P-1\n', "respondents.csv", "respondents.csv"),
}


@pytest.mark.parametrize("what", RESPONDENTS)
def test_a_bad_table_of_respondents_refuses_the_import(unchanged: Path, tmp_path: Path, what: str) -> None:
    new = tmp_path / "new"
    new.mkdir()
    (new / "good.txt").write_text(GOOD, encoding="utf-8")
    content, en, fr = RESPONDENTS[what]
    (new / "respondents.csv").write_bytes(content)
    told("--coder", "Awa", "import", str(new), en=en, fr=fr)
