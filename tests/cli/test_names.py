"""`import --pseudonymise` and `names`: a person decides in the key file; no original name comes into the project."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hsreview.base.folding import fold
from hsreview.privacy.key_file import default_place
from hsreview.project.project import Project
from tests.cli.conftest import Done, call, ok

pytestmark = pytest.mark.usefixtures("quick_passphrases")

TEXT = """Enquêteur : Bonjour. Vous habitez à Bandiagara ?
Awa Diarra : Oui. Je suis la voisine d’Aminata Touré et de Moussa.
Enquêteur : Et qu’Aminata Touré, que fait-elle ?
Awa Diarra : AMINATA  TOURE est trésorière. Appelez le +223 76 12 34 56 ou moussa.
"""
SECOND = """Enquêteur : Qui vous aide ?
R1 : Madame Aminata
Touré, et la voisine de Moussa.
"""
ORIGINALS = ("aminata", "toure", "diarra", "bandiagara", "moussa", "76 12 34 56")
IMPORT = ("--coder", "Awa", "import", "--pseudonymise", "--no-model")


@pytest.fixture
def files(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two invented interviews beside a project, and a passphrase that is not asked for."""
    monkeypatch.setenv("HSREVIEW_PASSPHRASE", "clé d’été")
    place = tmp_path / "files"
    place.mkdir()
    (place / "entretien_AwaDiarra.txt").write_text(TEXT, encoding="utf-8")
    (place / "second.txt").write_text(SECOND, encoding="utf-8")
    return place


def names(*args: str) -> dict[str, Any]:
    """Form → name of the register."""
    answer = ok("names", "list", *args, "--json").json("names")
    return {each["form"]: each for each in answer["names"]}


def decide_all() -> None:
    """Accept every proposal."""
    ok("names", "accept", *(str(each["number"]) for each in names("--state", "open").values()))


def everything_in(folder: Path) -> str:
    """All bytes of the project as folded text, and what its database holds."""
    found = b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    with Project.open(folder) as project:
        rows = [str(row) for line in project.connection.iterdump() for row in [line]]
    return fold(found.decode("utf-8", "replace") + found.decode("utf-16-le", "replace") + "\n".join(rows))


def imported(*args: str, code: int = 0) -> Done:
    done = call(*IMPORT, *args)
    assert done.code == code, done.err
    return done


def test_nothing_is_stored_before_names_are_decided(files: Path, folder: Path) -> None:
    done = imported(str(files), "--json", code=1)
    answer = done.json("import --pseudonymise")
    assert answer["files"] == [] and "names accept" in done.err
    forms = {each["form"] for each in answer["names"]}
    assert {"Awa Diarra", "Aminata Touré", "Bandiagara", "+223 76 12 34 56"} <= forms
    assert all(each["state"] == "open" and each["proposal"] for each in answer["names"])
    assert ok("transcripts", "--json").json("transcripts")["transcripts"][2:] == []
    with Project.open(folder) as project:
        key = default_place(project.id)
    assert key.exists() and not any(word in key.read_bytes().lower() for word in (b"diarra", b"bandiagara"))
    assert not any(word in everything_in(folder) for word in ORIGINALS)


def test_decided_names_are_replaced_everywhere_and_none_comes_into_the_project(files: Path, folder: Path) -> None:
    imported(str(files), code=1)
    ok("names", "generalise", "bandiagara", "[une ville du centre]")
    ok("names", "accept", "aminata touré", "--as", "Fatou Sow")
    ok("names", "accept", "awa-diarra", "--as", "P7")
    decide_all()
    done = imported(str(files), "--json")
    stored = {each["name"]: each for each in done.json("import --pseudonymise")["files"]}
    assert set(stored) == {"entretien_P7", "second"}
    text = ok("text", "entretien_P7").out
    assert "P7 : Oui. Je suis la voisine de Fatou Sow et d" in text and "que Fatou Sow" in text
    assert "à [une ville du centre] ?" in text and "[téléphone]" in text
    assert "Fatou Sow, et la voisine" in ok("text", "second").out
    assert not any(word in everything_in(folder) for word in ORIGINALS)
    assert "anonymous" in done.err
    with Project.open(folder) as project:
        items, undecided, engines = project.connection.execute(
            "select items, undecided, engines from masking m join text_version v on v.id = m.version_id"
            " join transcript t on t.id = v.transcript_id where t.name = 'entretien_P7'"
        ).fetchone()
    assert [text[start:end] for start, end, _kind, _new in json.loads(items)] == [new for *_, new in json.loads(items)]
    assert json.loads(undecided) == {} and json.loads(engines)[0].startswith("hsreview-names")
    again = imported(str(files), "--json").json("import --pseudonymise")
    assert {each["status"] for each in again["files"]} == {"known"}
    assert ok("doctor").code == 0


def test_texts_with_open_names_are_stored_for_a_reason_that_is_noted(files: Path, folder: Path) -> None:
    imported(str(files), code=1)
    ok("names", "accept", "Aminata Touré", "--as", "Fatou Sow")
    done = imported(str(files / "second.txt"), "--accept-undecided", "Mme Aminata Touré a relu", "--json")
    assert [each["status"] for each in done.json("import --pseudonymise")["files"]] == ["stored"]
    [memo] = ok("memos", "--json").json("memos")["memos"]
    assert "Mme Fatou Sow a relu" in memo["text"]
    with Project.open(folder) as project:
        [[undecided]] = project.connection.execute("select undecided from masking").fetchall()
    assert json.loads(undecided)["person"] >= 1


def test_people_of_a_table_of_respondents_go_through_the_register(files: Path, folder: Path) -> None:
    (files / "respondents.csv").write_text(
        "file,respondent,organisation,speaker,region\n"
        "entretien_AwaDiarra.txt,Awa Diarra,Union Kafo,Awa Diarra,Bandiagara\nsecond.txt,CSO-2,,R1,Gao\n"
    )
    imported(str(files), code=1)
    found = names()
    assert "Union Kafo" in found and "respondents" in found["Awa Diarra"]["engines"] and "CSO-2" not in found
    ok("names", "accept", "Awa Diarra", "--as", "Sali Kanté")
    decide_all()
    imported(str(files))
    content = everything_in(folder)
    assert "sali kante" in content and "kafo" not in content
    assert not any(word in content for word in ORIGINALS)
    speakers = ok("speakers", "entretien_Sali_Kanté", "--json").json("speakers")["speakers"]
    assert {s["label"]: s["respondent"] for s in speakers}["Sali Kanté"] == "Sali Kanté"


def test_names_are_refused_merged_and_taken_back(files: Path) -> None:
    imported(str(files), code=1)
    before = names()
    ok("names", "refuse", "bandiagara", str(before["Moussa"]["number"]))
    ok("names", "merge", str(before["Moussa"]["number"]), "awa diarra")
    after = names()
    assert after["Bandiagara"]["state"] == "kept" and after["Awa Diarra"]["variants"] == ["Moussa"]
    ok("names", "undo")
    ok("names", "undo")
    assert names() == before, "each command is one act"
    assert call("names", "accept", "Nobody").code == 2
    ok("names", "accept", "Madame X", "--class", "person", "--as", "Rose")
    assert names("--state", "replaced")["Madame X"]["replacement"] == "Rose"


@pytest.mark.parametrize("place", ["project/names.age", "project/exports/names.age", "Dropbox/names.age"])
def test_a_key_file_lies_neither_in_a_project_nor_where_it_is_copied(files: Path, folder: Path, place: str) -> None:
    done = imported(str(files), "--key-file", str(folder.parent / place), code=3)
    assert "names" in done.err and not (folder.parent / place).exists()


def test_another_passphrase_or_no_key_file_stores_nothing(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no key file" in call("names").err
    imported(str(files), code=1)
    monkeypatch.setenv("HSREVIEW_PASSPHRASE", "another")
    assert "passphrase is not" in imported(str(files), code=3).err
