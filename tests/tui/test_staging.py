"""The staging screen says of every file what an import will do with it."""

from __future__ import annotations

from pathlib import Path

from hsreview.tui.screens.staging import StagingScreen
from tests.builders import TEXT
from tests.tui.stage import workbench


async def test_new_known_and_changed_files_have_marks_and_words(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    other = TEXT.replace("chefs", "imams")
    texts = {"cso-1.txt": other, "double.txt": TEXT, "fresh.txt": other + "INT : Et ?\nR1 : Non.\n", "void.txt": ""}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "respondents.csv").write_text("file,respondent\nfresh,P1\nfresh.txt,P2\n", encoding="utf-8")
    async with workbench(root, "Awa") as stage:
        await stage.press("i", "ctrl+u", f"={folder}", "enter")
        screen = stage.app.screen
        assert isinstance(screen, StagingScreen)
        rows = {row.cells[1]: row.cells for row in screen.all_rows()}
        assert {name: cells[0] + " " + cells[2] for name, cells in rows.items()} == {
            "cso-1.txt": "≠ changed", "double.txt": "= known", "fresh.txt": "✓ new", "void.txt": "✗ refused",
        }  # fmt: skip
        shown = {row.cells[1]: screen.detail_of(row) for row in screen.all_rows()}
        assert "called cso-1 with other content" in shown["cso-1.txt"]
        assert "Already in the project as" in shown["double.txt"]
        assert "a focus group, since the table names 2 respondents" in shown["fresh.txt"]


async def test_files_of_one_name_or_content_are_told_and_leaving_one_out_frees_the_other(
    root: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    texts = {
        "a/zz.txt": "INT : Où ?\nR1 : Là.\n",
        "b/zz.txt": "INT : Qui ?\nR1 : Moi.\n",
        "c.txt": "INT : Où ?\nR1 : Là.\n",
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    async with workbench(root, "Awa") as stage:
        await stage.press("i", "ctrl+u", f"={folder}", "enter")
        screen = stage.app.screen
        assert isinstance(screen, StagingScreen)

        def states() -> dict[str, str]:
            rows = zip(screen.files.found, screen.all_rows(), strict=True)
            return {entry.file.relative_to(folder).as_posix(): row.cells[2] for entry, row in rows}

        assert states() == {"c.txt": "new", "a/zz.txt": "known", "b/zz.txt": "new"}
        await stage.press("x")
        assert states() == {"c.txt": "left out", "a/zz.txt": "new", "b/zz.txt": "changed"}


async def test_a_file_without_labels_is_to_check_and_typing_its_labels_settles_it(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "plain.txt"
    file.write_text("Moi où donc\nElle là-bas\nMoi et puis\nElle rien\n", encoding="utf-8")
    async with workbench(root, "Awa") as stage:
        await stage.press("i", "ctrl+u", f"={file}", "enter")
        screen = stage.app.screen
        assert isinstance(screen, StagingScreen)
        (row,) = screen.all_rows()
        assert row.cells[0] + " " + row.cells[2] == "? to check"
        assert "--speakers" in screen.detail_of(row) and "Key l: name the labels" in screen.detail_of(row)
        await stage.press("l", "ctrl+u", "=Moi=interviewer,Elle=respondent", "enter")
        (row,) = screen.all_rows()
        assert row.cells[0] + " " + row.cells[2] == "✓ new"
        assert [cell.key for cell in screen.speakers.rows] == ["Moi", "Elle"]
        assert "Moi: où donc" in screen.detail_of(row)
        await stage.press("l", "ctrl+u", "=Moi", "enter")
        assert screen.all_rows() == [row]
