"""Originals in the project's folder: which they are, the archive that is read back, and what an interruption leaves."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from hsreview.intake.staging import stage
from hsreview.model.people import Coder
from hsreview.privacy.register import Name, Register
from hsreview.project.project import Project
from hsreview.workflows import originals_archive
from hsreview.workflows.coders import coders
from hsreview.workflows.importing import Staged, store
from hsreview.workflows.keys import new_key
from hsreview.workflows.masking import mask, plan
from hsreview.workflows.originals import originals as listed
from hsreview.workflows.people import set_speaker
from hsreview.workflows.reading import find_transcript
from hsreview.workflows.withdrawing import find, withdraw
from hsreview.workflows.withdrawing import plan as plan_withdrawal
from tests.cli.conftest import call, ok

pytest.importorskip("pyrage")
pytestmark = pytest.mark.usefixtures("quick_passphrases")
NAMED = "INT : Qui êtes-vous ?\nR1 : Je suis Zimboulou Kakala, de Gao.\n"
PLAIN = "INT : Et après ?\nR2 : Rien de plus, les routes.\n"
GONE = "INT : Et la peur ?\nR3 : La peur reste, le soir.\n"


@pytest.fixture(scope="module")
def made(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its files still among the transcripts: one is masked, one plain, one of somebody who withdrew."""
    folder = tmp_path_factory.mktemp("originals") / "project"
    shutil.copytree(template, folder)
    place = folder / "transcripts"
    place.mkdir(exist_ok=True)
    files = [place / f"{name}.txt" for name in ("Kakala", "routes", "soir")]
    for path, text in zip(files, (NAMED, PLAIN, GONE), strict=True):
        path.write_text(text, encoding="utf-8")
    (place / "liste.txt").write_text("Zimboulou Kakala, 76 00 00 00\n", encoding="utf-8")
    (folder / "copie.bin").write_text(NAMED, encoding="utf-8")
    with Project.open(folder) as project:
        awa = coder(project)
        store(project, awa, [Staged(path, stage(path)) for path in files])
        set_speaker(project, awa, find_transcript(project, "soir").id, "R3", respondent="P3")
        withdraw(project, awa, plan_withdrawal(project, awa, find(project, "P3")), "request")
        names = Register(project.id, (Name(1, "Zimboulou Kakala", "person", "Sali Ture"),), language="fr")
        mask(project, awa, plan(project, awa, names, {1}), names)
        project.connection.execute("pragma wal_checkpoint(truncate)")
    return folder


@pytest.fixture
def left(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, which commands find."""
    copy = tmp_path / "project"
    shutil.copytree(made, copy)
    monkeypatch.setenv("HSREVIEW_PROJECT", str(copy))
    monkeypatch.setenv("HSREVIEW_CODER", "Awa")
    monkeypatch.setenv("HSREVIEW_PASSPHRASE", "cire à cacheter")
    monkeypatch.chdir(tmp_path)
    return copy


def coder(project: Project) -> Coder:
    return next(each for each in coders(project) if each.name == "Awa")


def states(root: Path) -> dict[str, str]:
    with Project.open(root) as project:
        return {each.name: each.state.value for each in listed(project)}


def test_originals_are_known_by_what_they_hold(left: Path) -> None:
    assert states(left) == {
        "copie.bin": "replaced", "transcripts/Kakala.txt": "replaced", "transcripts/routes.txt": "stored",
        "transcripts/soir.txt": "erased", "transcripts/liste.txt": "other",
    }  # fmt: skip
    done = call("originals", "--json")
    told = {each["path"]: each["transcript"] for each in done.json("originals")["originals"]}
    assert done.code == 1 and told["transcripts/routes.txt"] == "routes" and told["transcripts/liste.txt"] is None
    assert "Zimboulou" not in call("originals").out


def test_they_go_into_an_archive_which_gives_them_back(
    left: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin = tmp_path / "twin"
    os.link(left / "copie.bin", twin)
    target = tmp_path / "safe" / "originals.age"
    refused = call("originals", "archive", str(left / "o.age"), "--yes")
    assert refused.code == 3 and "inside a project folder" in refused.err and len(states(left)) == 5
    done = ok("originals", "archive", str(target), "--yes")
    assert done.lines == [str(target)] and "4 files are in the archive" in done.err and "solid-state" in done.err
    assert states(left) == {"transcripts/liste.txt": "other"} and call("originals").code == 0
    assert "Left where it is, since the project does not know it: transcripts/liste.txt." in done.err
    assert "Zimboulou" not in twin.read_text("latin-1") and b"Kakala" not in target.read_bytes()
    assert ok("outputs", "--json").json("outputs")["outputs"][0]["kind"] == "originals"
    again = call("originals", "archive", str(target), "transcripts/liste.txt", "--yes")
    assert again.code == 3 and "is not overwritten" in again.err and "transcripts/liste.txt" in states(left)
    ok("originals", "unpack", str(target), str(tmp_path / "back"))
    assert (tmp_path / "back" / "transcripts" / "Kakala.txt").read_text("utf-8") == NAMED
    monkeypatch.setenv("HSREVIEW_PASSPHRASE", "autre chose")
    assert call("originals", "unpack", str(target), str(tmp_path / "more")).code == 3
    assert not (tmp_path / "more").exists()
    assert call("originals", "remove", "--all", "transcripts/liste.txt", "--yes").code == 2
    gone = ok("originals", "remove", "--all", "--yes")
    assert "1 file is removed" in gone.err and "Left where it is" not in gone.err and not states(left)
    acts = ok("audit", "--kind", "originals", "--json").json("audit")["acts"]
    assert [each["ref"] for act in acts for each in act["records"]] == ["originals_removed", "originals"]
    assert "liste" not in ok("audit").out


def test_an_archive_for_keys_is_read_back_without_the_private_key(left: Path, tmp_path: Path) -> None:
    key = new_key()
    target = tmp_path / "originals.age"
    ok("originals", "archive", str(target), "copie.bin", "--to", key, "--yes")
    assert "copie.bin" not in states(left) and "transcripts/Kakala.txt" in states(left)
    ok("originals", "unpack", str(target), str(tmp_path / "back"))
    assert (tmp_path / "back" / "copie.bin").read_text("utf-8") == NAMED


def test_nothing_is_removed_when_the_archive_is_not_what_was_put_in(
    left: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(originals_archive, "_digests", lambda *_all: {})
    done = call("originals", "archive", str(tmp_path / "o.age"), "--yes")
    assert done.code == 3 and "nothing was removed" in done.err
    assert not (tmp_path / "o.age").exists() and len(states(left)) == 5


@pytest.mark.parametrize("step", ["rename", "overwrite"])
def test_an_interruption_leaves_a_file_or_the_archive(
    left: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    target = tmp_path / "o.age"

    def die(*_all: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", die) if step == "rename" else patch.setattr(
            originals_archive, "destroy_file", die
        )
        with pytest.raises(KeyboardInterrupt), Project.open(left) as project:
            originals_archive.archive(
                project, coder(project), listed(project), target, lambda _question: "cire à cacheter"
            )
    assert target.exists() and sorted(states(left).values()).count("replaced") == 2
    ok("originals", "remove", "--yes")
    assert states(left) == {"transcripts/liste.txt": "other"}
    assert not [path for path in left.rglob("*") if path.suffix == ".gone"]


def test_a_file_that_cannot_be_removed_is_told_with_its_reason(left: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, real = len(states(left)), Path.rename

    def locked(path: Path, to: Path) -> Path:
        if path.name == "copie.bin":
            raise PermissionError(13, "used elsewhere")
        return real(path, to)

    monkeypatch.setattr(Path, "rename", locked)
    done = call("originals", "remove", "--yes")
    assert done.code == 3 and "copie.bin" in done.err and "1 file is still there" in done.err
    assert states(left).keys() == {"copie.bin", "transcripts/liste.txt"} and before == 5


def test_nobody_is_surprised(left: Path) -> None:
    assert call("originals", "remove").code == 2
    assert call("originals", "remove", "nothing.txt", "--yes").code == 3
    ok("coders", "add", "Vera", "--role", "validator")
    refused = call("--coder", "Vera", "originals", "remove", "--yes")
    assert refused.code == 2 and "validator" in refused.err and len(states(left)) == 5
