"""Packages and contradictions by keyboard."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from hsreview.model.exchange import Gap, Merged
from hsreview.model.localized import Localized
from hsreview.tui.screens.exchange import ExchangeScreen, summary
from hsreview.workflows.carrying import correct
from hsreview.workflows.codebooks import change_code
from hsreview.workflows.coders import add_coder, coders
from hsreview.workflows.correcting import with_turn
from hsreview.workflows.packages import Purpose, fingerprint, make_package
from hsreview.workflows.projects import open_project
from hsreview.workflows.reading import codings_of
from hsreview.workflows.taking_in import merge_files, open_package
from tests.builders import a_project, code_id, opened
from tests.tui.differing import CHEFS, put
from tests.tui.stage import Stage, workbench
from tests.tui.test_adjudication import painted

SECRET = "a long passphrase"


def nobody(question: str) -> str:
    raise AssertionError(question)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A lead, Awa, and a coder, Moussa."""
    project, lead = a_project(tmp_path / "project")
    add_coder(project, lead.id, "Moussa")
    project.close()
    return tmp_path / "project"


def with_everything(root: Path, target: Path) -> Path:
    """Another copy of the project, begun from a package."""
    with open_project(root) as project:
        lead = next(coder for coder in coders(project) if coder.name == "Awa")
        file = target.with_suffix(".hsreview-package")
        make_package(project, lead, Purpose.ALL, target=file, plain=True, because="a test")
    open_package(file, target, nobody)
    return target


def packed(root: Path, name: str, file: Path) -> Path:
    """The package of one coder's records."""
    with open_project(root) as project:
        coder = next(coder for coder in coders(project) if coder.name == name)
        make_package(project, coder, Purpose.MINE, target=file, plain=True, because="a test")
    return file


def fingerprint_of(file: Path) -> str:
    return fingerprint(hashlib.sha256(file.read_bytes()).hexdigest())


def exchange(stage: Stage) -> ExchangeScreen:
    screen = stage.app.screen
    assert isinstance(screen, ExchangeScreen)
    return screen


@pytest.mark.usefixtures("quick_passphrases")
async def test_a_package_is_made_with_a_passphrase_that_is_not_shown(root: Path) -> None:
    async with workbench(root, "Awa", (100, 30)) as stage:
        await stage.press("g", "x", "m")
        await stage.press(f"={SECRET}")
        assert SECRET not in painted(stage) and "•" * len(SECRET) in painted(stage)
        await stage.press("enter")
        assert "Written" in painted(stage)
        [file] = (root / "exports").glob("*.hsreview-package")
        assert fingerprint_of(file) in " ".join(painted(stage).split())
    assert SECRET.encode() not in file.read_bytes()


@pytest.mark.usefixtures("quick_passphrases")
async def test_a_package_for_a_coder_is_made(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "x", "p", "1")
        await stage.press(f"={SECRET}", "enter")
        assert "Written" in painted(stage)
    [file] = (root / "exports").glob("*.hsreview-package")
    other = root.parent / "other"
    taken = open_package(file, other, lambda _question: SECRET)
    assert taken.coder is not None and taken.coder.name == "Moussa"


async def test_a_package_is_looked_at_before_it_is_taken_in(root: Path, tmp_path: Path) -> None:
    other = with_everything(root, tmp_path / "other")
    with open_project(other) as project:
        moussa = next(coder for coder in coders(project) if coder.name == "Moussa")
        put(project, moussa, [("D1", CHEFS)])
    file = packed(other, "Moussa", tmp_path / "m.hsreview-package")
    async with workbench(root, "Awa", (100, 30)) as stage:
        await stage.press("g", "x", "i", "ctrl+u", f"={file}", "enter")
        assert "1 new record" in painted(stage)
        assert "Take in the work of Moussa?" in painted(stage)
        assert "Moussa: 1 new record, 1 coding, in 1 transcript" in painted(stage)
        assert f"Fingerprint of the file: {fingerprint_of(file)}." in painted(stage)
        assert codings_of(stage.project) == []
        await stage.press("enter")
        assert "Taken in: 1 new record" in painted(stage)
        assert fingerprint_of(file) in painted(stage)
        assert len(codings_of(stage.project)) == 1
        await stage.press("i", "ctrl+u", f"={file}", "enter")
        assert "0 new records" in painted(stage) and "1 known already" in painted(stage)
        await stage.press("escape")


async def test_what_is_no_package_is_refused_in_words(root: Path, tmp_path: Path) -> None:
    (tmp_path / "x.hsreview-package").write_bytes(b"nothing of ours")
    async with workbench(root, "Awa", (100, 30), notes=True) as stage:
        await stage.press("g", "x", "i", "ctrl+u", f"={tmp_path / 'x.hsreview-package'}", "enter")
        assert "refused" in painted(stage)
        await stage.press("i", "ctrl+u", f"={tmp_path / 'gone'}", "enter")
        assert "There is no file" in painted(stage)


async def test_what_was_refused_does_not_stand_beside_what_is_looked_at(root: Path, tmp_path: Path) -> None:
    (tmp_path / "x.hsreview-package").write_bytes(b"nothing of ours")
    other = with_everything(root, tmp_path / "other")
    with open_project(other) as project:
        put(project, next(coder for coder in coders(project) if coder.name == "Moussa"), [("D1", CHEFS)])
    file = packed(other, "Moussa", tmp_path / "m.hsreview-package")
    async with workbench(root, "Awa", (100, 30), notes=True) as stage:
        await stage.press("g", "x", "i", "ctrl+u", f"={tmp_path / 'x.hsreview-package'}", "enter")
        assert "refused" in painted(stage)
        await stage.press("i", "ctrl+u", f"={file}", "enter")
        assert "Take in the work of Moussa?" in painted(stage) and "refused" not in painted(stage)


async def test_a_contradiction_is_decided_with_a_reason_and_undone(root: Path, tmp_path: Path) -> None:
    other = with_everything(root, tmp_path / "other")
    for place, name, label in ((root, "Awa", "Chefs A"), (other, "Moussa", "Chefs B")):
        with open_project(place) as project:
            coder = next(coder for coder in coders(project) if coder.name == name)
            change_code(project, coder, code_id("D1"), texts={"label": Localized(fr=label, en=label)})
    file = packed(other, "Moussa", tmp_path / "m.hsreview-package")
    with open_project(root) as project:
        assert merge_files(project, [file], nobody).conflicts
    async with workbench(root, "Awa", (100, 30)) as stage:
        await stage.press("g", "x")
        assert "1 contradiction" in painted(stage)
        assert "Chefs A" in painted(stage) and "Chefs B" in painted(stage)
        row = exchange(stage).rows.rows[0]
        wanted = [value.said for value in exchange(stage).found[row.key].values].index("Chefs B")
        await stage.press("enter", str(wanted + 1), "enter")
        assert exchange(stage).found, "a decision needs a reason"
        await stage.press("=the chiefs of the valley", "enter")
        assert not exchange(stage).found and "No contradictions" in painted(stage)
        assert stage.app.session is not None and stage.app.session.code_name(code_id("D1")).label == "Chefs B"
        await stage.press("u")
        assert exchange(stage).found


async def test_texts_corrected_apart_are_compared_and_one_is_taken(root: Path, tmp_path: Path) -> None:
    other = with_everything(root, tmp_path / "other")
    for place, name, words in ((root, "Awa", "Qui commande ?"), (other, "Moussa", "Qui, déjà ?")):
        with open_project(place) as project:
            coder = next(coder for coder in coders(project) if coder.name == name)
            correct(project, coder, with_turn(project, opened(project), 2, words))
    file = packed(other, "Moussa", tmp_path / "m.hsreview-package")
    with open_project(root) as project:
        assert [each.field for each in merge_files(project, [file], nobody).conflicts] == ["text"]
        read = opened(project).text
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "x")
        assert "2 INT : Qui commande ?" in painted(stage) and "2 INT : Qui, déjà ?" in painted(stage)
        row = exchange(stage).rows.rows[0]
        wanted = ["Qui, déjà" in value.turns[0] for value in exchange(stage).found[row.key].values].index(True)
        await stage.press("enter", str(wanted + 1), "=listened again", "enter")
        assert "No contradictions" in painted(stage) and "Qui, déjà ?" in opened(stage.project).text
        await stage.press("u")
        assert exchange(stage).found and opened(stage.project).text == read


def test_the_summary_names_only_what_is_there() -> None:
    merged = Merged(("a",), {"x": 3}, 0, 0, 2, (Gap("x", "r", 4, 6, True),), (), (), {"moved": 1, "unchanged": 9})
    assert summary(merged) == "3 new records, 2 known already, 3 missing, 1 carried to another place"
