"""Folders are walked in a stable order, and what is no transcript is passed by with its reason."""

from __future__ import annotations

from pathlib import Path

from hsreview.intake.folder import walk


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("speaker,text\nA,un\n" if name.endswith("turns.csv") else "a,b\n1,2\n", encoding="utf-8")


def test_transcripts_come_in_order_and_the_rest_is_named(tmp_path: Path) -> None:
    make(
        tmp_path,
        *("b.txt", "a.txt", "C.md", "sub/d.vtt", "turns.csv", "photo.jpg", "README.md", "Lisez-moi.txt", "LICENCE.txt"),
        *("respondents.csv", "manifest.csv", "~$a.docx", ".hidden.txt", ".git/x.txt", "table.csv", "Thumbs.db"),
    )
    found = walk([tmp_path])
    assert [p.relative_to(tmp_path).as_posix() for p in found.files] == [
        "C.md",
        "a.txt",
        "b.txt",
        "turns.csv",
        "sub/d.vtt",
    ]
    assert {s.path.name for s in found.skipped} == {
        *("README.md", "Lisez-moi.txt", "LICENCE.txt", "respondents.csv", "manifest.csv", "~$a.docx", ".hidden.txt"),
        *("photo.jpg", "table.csv", "Thumbs.db"),
    }
    assert [s.path.name for s in found.skipped if s.unsupported] == ["photo.jpg"]
    assert all(s.reason for s in found.skipped)


def test_a_file_that_is_named_is_always_taken_and_only_once(tmp_path: Path) -> None:
    make(tmp_path, "README.md", "photo.jpg", "a.txt")
    files = [tmp_path / "photo.jpg", tmp_path / "README.md", tmp_path / "a.txt"]
    assert walk([*files, tmp_path, tmp_path / "." / "a.txt"]).files == tuple(files)


def test_a_missing_file_is_left_to_its_reader(tmp_path: Path) -> None:
    assert walk([tmp_path / "no.txt"]).files == (tmp_path / "no.txt",)
