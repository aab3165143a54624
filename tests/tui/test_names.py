"""From the staging screen, names are found, decided about with one key each, and replaced before anything is stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.privacy.key_file import default_place
from hsreview.tui.screens.names import NamesScreen
from hsreview.tui.screens.names_preview import PreviewScreen
from hsreview.tui.screens.staging import StagingScreen
from hsreview.workflows.key_files import opened as open_key_file
from hsreview.workflows.reading import find_transcript, open_text, transcripts
from tests.tui.stage import Stage, workbench

pytestmark = pytest.mark.usefixtures("quick_passphrases")

TEXT = """Enquêteur : Bonjour. Vous habitez à Bandiagara ?
Awa Diarra : Oui. Je suis la voisine d’Aminata Touré et de Moussa.
Enquêteur : Et qu’Aminata Touré, que fait-elle ?
Awa Diarra : AMINATA  TOURE est trésorière. Appelez le +223 76 12 34 56.
"""
SECRET = "clé d’été"


@pytest.fixture(autouse=True)
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No model is installed."""
    monkeypatch.setattr("hsreview.language.names.installed", dict)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "premier.txt").write_text(TEXT, encoding="utf-8")
    (folder / "second.txt").write_text("Enquêteur : Qui ?\nR1 : Madame Aminata\nTouré.\n", encoding="utf-8")
    return folder


async def listed(stage: Stage, files: Path) -> NamesScreen:
    """Go to the list of names of the files; the key file is made on the way."""
    await stage.press("i", "ctrl+u", f"={files}", "enter")
    assert isinstance(stage.app.screen, StagingScreen)
    await stage.press("n")
    await stage.press(f"={SECRET}", "enter")
    await stage.press(f"={SECRET}", "enter")
    screen = stage.app.screen
    assert isinstance(screen, NamesScreen)
    return screen


def rows(screen: NamesScreen) -> dict[str, tuple[str, ...]]:
    """Form → mark and what stands in its place."""
    return {row.cells[1]: (row.cells[0], row.cells[3]) for row in screen.rows.rows}


async def go_to(stage: Stage, screen: NamesScreen, form: str) -> None:
    at = list(rows(screen)).index(form)
    await stage.press("home", *["down"] * at)


async def test_names_are_decided_with_one_key_each_and_stored_replaced(root: Path, files: Path) -> None:
    (files / "second.txt").rename(files / "second_AminataTouré.txt")
    async with workbench(root, "Awa") as stage:
        screen = await listed(stage, files)
        assert {"Awa Diarra", "Aminata Touré", "Moussa", "Bandiagara", "+223 76 12 34 56"} <= rows(screen).keys()
        assert all(mark == "?" and place.startswith("→ ") for mark, place in rows(screen).values())
        await go_to(stage, screen, "Aminata Touré")
        shown = screen.detail_of(screen.rows.rows[screen.rows.cursor])
        assert "la voisine d’▸Aminata Touré◂ et de Moussa" in shown and "2 files" in shown
        proposed = rows(screen)["Aminata Touré"][1].removeprefix("→ ")
        await stage.press("a")
        assert rows(screen)["Aminata Touré"] == ("✓", proposed)
        await go_to(stage, screen, "Bandiagara")
        await stage.press("e", "ctrl+u", "=Touré", "enter")
        assert "holds a word" in screen.prompt.wrong and "hsreview" not in screen.prompt.wrong
        assert "e gives Bandiagara" in screen.prompt.wrong
        await stage.press("escape", "b")
        assert "new code" not in screen.footer.text()
        await stage.press("=cercle", "enter")
        assert rows(screen)["Bandiagara"] == ("≈", "[chef-lieu d’un cercle du nord]")
        await go_to(stage, screen, "Moussa")
        await stage.press("x", "u")
        assert rows(screen)["Moussa"][0] == "?"
        await go_to(stage, screen, "Moussa")
        await stage.press("x")
        await go_to(stage, screen, "Awa Diarra")
        await stage.press("e", "ctrl+u", "=Awatif Kanté", "enter")
        assert rows(screen)["Awa Diarra"][0] == "?" and "readers may guess" in screen.notice.text()
        await stage.press("o", "ctrl+u", "=Hawa Kanté", "enter", "y")
        assert rows(screen)["Awa Diarra"] == ("✓", "Hawa Kanté")
        await go_to(stage, screen, "Awa Diarra")
        await stage.press("e", "ctrl+u", "=Sira Kanté", "enter")
        assert rows(screen)["Awa Diarra"] == ("✓", "Sira Kanté")
        await go_to(stage, screen, "Awa Diarra")
        await stage.press("p", "=premier", "enter")
        assert isinstance(stage.app.screen, PreviewScreen)
        assert [row.cells[0] for row in stage.app.screen.rows.rows] == ["1", "2", "3", "4"]
        await stage.press("escape", "escape", "s")
        assert isinstance(stage.app.screen, StagingScreen) and len(transcripts(stage.project)) == 3
        await stage.press("enter")
        assert len(transcripts(stage.project)) == 3, "without a reason nothing is stored"
        staging = stage.app.screen
        assert "+223" in "".join(piece.text for piece in staging.notice.lines[0][0])
        await stage.press("escape")
        assert not "".join(piece.text for line in staging.notice.lines for piece in line[0]).strip()
        await stage.press("s")
        await stage.press("=the number may stay", "enter")
        notice = "".join(piece.text for line in staging.notice.lines for piece in line[0])
        assert "Will be called otherwise (1 file): second_" in notice and len(transcripts(stage.project)) == 3
        await stage.press("enter")
        text = open_text(stage.project, find_transcript(stage.project, "premier")).text
        assert "Sira Kanté : Oui. Je suis la voisine" in text and "Moussa" in text
        assert not any(word in text.casefold() for word in ("aminata", "toure", "diarra", "bandiagara"))
        key_file = open_key_file(stage.project, lambda _question: SECRET)
    kept = {name.form: name.state.value for name in key_file.register.names}
    assert kept["Moussa"] == "kept" and kept["Aminata Touré"] == "replaced" and kept["+223 76 12 34 56"] == "open"


async def test_a_name_is_merged_classified_added_and_the_list_filtered(root: Path, files: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        screen = await listed(stage, files)
        await stage.press("i", "=Tata Mimi", "enter", "=person", "enter")
        assert screen.current().form == "Tata Mimi"
        number = screen.current().number
        await stage.press("home", "i", "=tata mimi", "enter")
        assert screen.current().number == number and f"number {number}: Tata Mimi" in screen.notice.text()
        assert f"no. {number} · " in screen.detail_of(screen.rows.rows[screen.rows.cursor])
        await stage.press("m", "=Aminata", "enter")
        assert "Tata Mimi" not in rows(screen) and "Tata Mimi" in screen.current().variants
        await go_to(stage, screen, "Aminata Touré")
        await stage.press("m", "=Moussa", "enter")
        assert "second.txt (1)" in screen.notice.text() and "premier.txt (1)" in screen.notice.text()
        await stage.press("o")
        assert "Moussa" in rows(screen) and "Aminata Touré" in rows(screen)
        await stage.press("m", "=Moussa", "enter", "y")
        assert "Aminata Touré" not in rows(screen)
        await stage.press("u")
        await go_to(stage, screen, "Aminata Touré")
        await stage.press("a")
        await stage.press("s", "=not decided", "enter")
        assert "Aminata Touré" not in rows(screen) and "Moussa" in rows(screen)
        await stage.press("y", "=place", "enter")
        assert list(rows(screen)) == ["Bandiagara"]
        await stage.press("c", "=organisation", "enter")
        assert not rows(screen)
        await stage.press("y", "=all", "enter")
        await go_to(stage, screen, "Bandiagara")
        assert screen.current().kind == "organisation"
        await go_to(stage, screen, "Moussa")
        await stage.press("w", "n")
        kept = open_key_file(stage.project, lambda _question: SECRET).register.find("Moussa")
        assert kept is not None and kept.cased, "what was decided is in the key file without being asked"


async def test_the_passphrase_is_asked_for_once_and_files_that_changed_are_looked_at_again(
    root: Path, files: Path
) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("i", "ctrl+u", f"={files}", "enter")
        await stage.press("n")
        await stage.press("=one", "enter")
        await stage.press("=other", "enter")
        assert stage.app.screen.prompt.wrong == "The two passphrases differ."  # type: ignore[attr-defined]
        assert not default_place(stage.project.id).exists()
        await stage.press("ctrl+u", "=one", "enter")
        screen = stage.app.screen
        assert isinstance(screen, NamesScreen)
        assert "rules and lists alone looked" in "".join(piece.text for piece in screen.notice.lines[0][0])
        await stage.press("escape", "x", "s")
        staging = stage.app.screen
        assert isinstance(staging, StagingScreen) and len(transcripts(stage.project)) == 3
        assert "n looks again" in "".join(piece.text for piece in staging.notice.lines[0][0])
        await stage.press("n")
        screen = stage.app.screen
        assert isinstance(screen, NamesScreen) and list(rows(screen)) == ["Aminata Touré"]
        await stage.press("x", "escape", "escape", "i", "ctrl+u", f"={files}", "enter")
        await stage.press("n")
        await stage.press("=two", "enter", "=one")
        assert isinstance(stage.app.screen, StagingScreen) and "passphrase is not" in stage.app.screen.prompt.wrong
        await stage.press("enter")
        again = stage.app.screen
        assert isinstance(again, NamesScreen) and rows(again)["Aminata Touré"][0] == "–"


async def test_what_a_name_is_the_same_as_begins_with_what_resembles_it_and_a_word_keeps_its_mark(
    root: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "paix"
    folder.mkdir()
    said = "INT : Bonjour.\nR1 : Paix est là, Aminata Touré aussi. La paix, la paix ! Paix Dembélé et Linda Little.\n"
    (folder / "un.txt").write_text(said, encoding="utf-8")
    async with workbench(root, "Awa", (80, 24)) as stage:
        screen = await listed(stage, folder)
        await go_to(stage, screen, "Paix Dembélé")
        await stage.press("e", "ctrl+u", "=Kadia Fomba", "enter")
        await stage.press("f", "=paix", "enter")
        await go_to(stage, screen, "Paix")
        assert "only with a capital" in screen.detail_of(screen.rows.rows[screen.rows.cursor])
        await stage.press("m", "enter")
        assert "Paix is a form of Paix Dembélé now." in screen.notice.text()
        shown = screen.detail_of(screen.rows.rows[screen.rows.cursor])
        assert "only with a capital: Paix" in shown
        assert "La paix, la paix !" in "".join(each.after for each in screen.names.preview(screen.names.files[0]))
        await stage.press("u", "f", "ctrl+u", "enter")
        await go_to(stage, screen, "Linda Little")
        above = list(rows(screen))[screen.rows.cursor - 1]
        await stage.press("m", "enter")
        assert f"Linda Little is a form of {above} now." in screen.notice.text(), "nothing resembles it"
