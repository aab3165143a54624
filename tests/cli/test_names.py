"""`import --pseudonymise` and `names`: a person decides in the key file; no original name comes into the project."""

from __future__ import annotations

import csv
import json
import os
import zipfile
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
    (files / "plain.txt").write_text("R1 : Oui.\n", encoding="utf-8")
    plain = ("--coder", "Awa", "import", str(files / "plain.txt"))
    assert "not in plain" in ok(*plain, "--plain-names", "names of streets").err
    [memo] = ok("memos", "--json").json("memos")["memos"]
    assert memo["transcript"] == "plain" and "names of streets" in memo["text"]
    again = imported(str(files), "--json").json("import --pseudonymise")
    assert {each["status"] for each in again["files"]} == {"known"}
    assert ok("doctor").code == 0


def test_where_there_is_a_key_file_names_are_not_stored_as_they_are_without_a_word(
    files: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(str(files), code=1)
    monkeypatch.delenv("HSREVIEW_PASSPHRASE")
    refused = call("--coder", "Awa", "import", str(files))
    assert refused.code == 3 and "--pseudonymise" in refused.err and "--plain-names" in refused.err
    assert not any(word in everything_in(folder) for word in ORIGINALS)
    with Project.open(folder) as project:
        default_place(project.id).unlink()
    assert call("--coder", "Awa", "import", str(files)).code == 3, "its stick may not be plugged in"
    assert call("--coder", "Awa", "import", "--plain-names", " ", str(files)).code == 3, "a blank is no reason"
    assert call("--coder", "Awa", "import", "--pseudonymise", "--plain-names", "x", str(files)).code == 2


def test_a_pseudonym_that_gives_the_name_away_needs_a_second_answer_and_what_was_listed_is_given(files: Path) -> None:
    imported(str(files), code=1)
    refused = call("names", "accept", "Aminata Touré", "--as", "Mina Sow")
    assert refused.code == 3 and "--alike" in refused.err and names()["Aminata Touré"]["state"] == "open"
    listed = {form: each["proposal"] for form, each in names("--state", "open").items()}
    ok("names", "accept", "Aminata Touré", "--as", "Mina Sow", "--alike")
    assert names()["Aminata Touré"]["replacement"] == "Mina Sow"
    ok("names", "accept", "Moussa", "Awa Diarra")
    assert {form: names()[form]["replacement"] for form in ("Moussa", "Awa Diarra")} == {
        form: listed[form] for form in ("Moussa", "Awa Diarra")
    }
    (files / "third.txt").write_text(f"R1 : {listed['Moussa']} est venu.\n", encoding="utf-8")
    ok("names", "undo")
    again = imported(str(files), "--json", code=1)
    moussa = {each["form"]: each["proposal"] for each in again.json("import --pseudonymise")["names"]}["Moussa"]
    assert moussa != listed["Moussa"] and f"{listed['Moussa']}, now {moussa}" in again.err


def test_a_form_that_also_stands_elsewhere_is_joined_only_when_somebody_says_so(files: Path) -> None:
    (files / "third.txt").write_text("R1 : L’adjudante Moussa, puis Moussa, enfin Moussa.\n", encoding="utf-8")
    imported(str(files), code=1)
    refused = call("names", "merge", "Moussa", "Awa Diarra")
    assert refused.code == 2 and "third.txt (3)" in refused.err and "--yes" in refused.err
    assert "Awa Diarra: entretien_AwaDiarra.txt (" in refused.err and "Moussa" in names()
    ok("names", "merge", "Moussa", "Awa Diarra", "--yes")
    assert names()["Awa Diarra"]["variants"] == ["Moussa"]


def test_files_whose_names_become_one_are_told_apart(files: Path) -> None:
    (files / "Awa_Diarra.txt").write_text(SECOND, encoding="utf-8")
    (files / "AWA-DIARRA.md").write_text(SECOND + "R1 : Oui.\n", encoding="utf-8")
    (files / "entretien_AwaDiarra.txt").unlink()
    imported(str(files), code=1)
    ok("names", "accept", "Awa Diarra", "--as", "Sali")
    decide_all()
    imported(str(files))
    stored = {each["name"] for each in ok("transcripts", "--json").json("transcripts")["transcripts"]}
    assert {"Sali", "Sali-2"} <= stored


def test_a_corrected_file_brings_no_name_back(files: Path, folder: Path) -> None:
    imported(str(files / "second.txt"), code=1)
    decide_all()
    imported(str(files / "second.txt"))
    corrected = files / "corrected.txt"
    corrected.write_text(SECOND.replace("voisine", "grande voisine"), encoding="utf-8")
    plain = call("--coder", "Awa", "transcripts", "correct", "second", str(corrected))
    assert plain.code == 3 and "--pseudonymise" in plain.err
    ok("--coder", "Awa", "transcripts", "correct", "second", str(corrected), "--pseudonymise")
    text = ok("text", "second").out
    assert "la grande voisine" in text and not any(word in everything_in(folder) for word in ORIGINALS)
    corrected.write_text(text.replace("grande", "bonne").replace("aide ?", "aide, Kadiatou Bah ?"), encoding="utf-8")
    more = call("--coder", "Awa", "transcripts", "correct", "second", str(corrected), "--pseudonymise")
    assert more.code == 3 and "1 name" in more.err and set(names("--state", "open")) == {"Kadiatou Bah"}
    ok("names", "accept", "Kadiatou Bah", "--as", "P9")
    ok("--coder", "Awa", "transcripts", "correct", "second", str(corrected), "--pseudonymise")
    assert "aide, P9 ?" in ok("text", "second").out


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
    ok("names", "merge", str(before["Moussa"]["number"]), "awa diarra", "--yes")
    after = names()
    assert after["Bandiagara"]["state"] == "kept" and after["Awa Diarra"]["variants"] == ["Moussa"]
    ok("names", "undo")
    ok("names", "undo")
    assert names() == before, "each command is one act"
    assert call("names", "accept", "Nobody").code == 2
    ok("names", "accept", "Madame X", "--class", "person", "--as", "Rose")
    assert names("--state", "replaced")["Madame X"]["replacement"] == "Rose"


def test_a_name_is_forgotten_for_good(files: Path, folder: Path) -> None:
    imported(str(files), code=1)
    ok("names", "accept", "Awa Diarra", "--as", "Sali")
    ok("names", "contacts", "Awa Diarra", "--contact", "76 00 11 22")
    ok("names", "refuse", "Moussa")
    ok("names", "refuse", "Bandiagara")
    ok("names", "forget", "awa diarra")
    assert "Awa Diarra" not in names()
    ok("names", "undo")
    assert {names()[form]["state"] for form in ("Moussa", "Bandiagara")} == {"kept", "open"}
    while call("names", "undo").code == 0:
        assert "Awa Diarra" not in names()
    assert call("names", "accept", "Moussa", "--as", "Sali").code == 0


def test_a_key_file_gets_another_passphrase_or_is_made_for_keys(
    files: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(str(files), code=1)
    before = names()
    monkeypatch.setenv("HSREVIEW_NEW_PASSPHRASE", "un autre été, très long")
    ok("names", "relock")
    assert "passphrase is not" in call("names").err
    monkeypatch.setenv("HSREVIEW_PASSPHRASE", "un autre été, très long")
    assert names() == before
    assert call("names", "relock", "--to", "age1x").code == 3  # There is no key of one's own.
    ok("keys", "new")
    own = ok("keys", "show").out.strip()
    ok("names", "relock", "--to", own)
    monkeypatch.delenv("HSREVIEW_PASSPHRASE")
    assert names() == before
    key = next(path for path in Path(os.environ["HSREVIEW_HOME"]).rglob("private.age-key"))
    key.unlink()
    assert "have none on this computer" in call("names").err


def test_a_key_file_that_cannot_be_written_is_told_before_anything_is_decided(files: Path, folder: Path) -> None:
    (folder.parent / "file").write_text("x")
    done = imported(str(files), "--key-file", str(folder.parent / "file" / "names.age"), code=3)
    assert "Nothing was decided or stored" in done.err and "--key-file" in done.err


@pytest.mark.parametrize("place", ["project/names.age", "project/exports/names.age", "Dropbox/names.age"])
def test_a_key_file_lies_neither_in_a_project_nor_where_it_is_copied(files: Path, folder: Path, place: str) -> None:
    done = imported(str(files), "--key-file", str(folder.parent / place), code=3)
    assert "names" in done.err and not (folder.parent / place).exists()


def test_a_key_file_that_was_put_into_a_project_is_not_used_there(files: Path, folder: Path, tmp_path: Path) -> None:
    ok("names", "new", "--key-file", str(tmp_path / "names.age"))
    inside = (tmp_path / "names.age").rename(folder / "names.age")
    done = call("names", "--key-file", str(inside))
    assert done.code == 3 and "elsewhere" in done.err
    inside.unlink()
    lost = call("names")
    assert lost.code == 3 and f"was last in {tmp_path / 'names.age'}" in lost.err
    assert "all the same" in call("names", "new").err and not (tmp_path / "names.age").exists()
    ok("names", "new", "--key-file", str(tmp_path / "another.age"))


def test_one_at_the_usual_place_is_used_when_the_one_on_the_stick_is_gone(files: Path, tmp_path: Path) -> None:
    imported(str(files), code=1)
    usual = Path(ok("keyfile", "--json").json("keyfile")["path"])
    copy = tmp_path / "stick.age"
    copy.write_bytes(usual.read_bytes())
    ok("names", "--key-file", str(copy))
    assert ok("keyfile", "--json").json("keyfile")["path"] == str(copy)
    copy.unlink()
    assert ok("keyfile", "--json").json("keyfile")["path"] == str(usual) and names()


def test_another_passphrase_or_no_key_file_stores_nothing(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no key file" in call("names").err
    imported(str(files), code=1)
    monkeypatch.setenv("HSREVIEW_PASSPHRASE", "another")
    assert "passphrase is not" in imported(str(files), code=3).err


def test_a_table_decides_many_names_at_once(files: Path, folder: Path, tmp_path: Path) -> None:
    imported(str(files), code=1)
    assert call("names", "table", "out", str(folder / "exports" / "n.csv")).code == 3
    table = tmp_path / "names.csv"
    assert "plain text" in ok("names", "table", "out", str(table)).err
    lines = table.read_text(encoding="utf-8-sig").split("\n")
    heads = lines[0].strip().split(",")
    rows = [dict(zip(heads, line, strict=True)) for line in csv.reader(lines[1:]) if line]
    before = names()
    assert {row["name"].lstrip("'") for row in rows} == set(before)
    assert "'+223 76 12 34 56" in {row["name"] for row in rows}, "no spreadsheet calculates it"
    decision = "decision (replace / keep / nothing)"
    for row in rows:
        row[decision] = " Laissé  tel quel" if row["name"] == "Bandiagara" else "Accepté"
        row["contact"] = "par la mairie" if row["name"] == "Awa Diarra" else ""
    decided = [row[decision] for row in rows]
    for row in rows:
        row[decision] = "perhaps"

    def write() -> None:
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, heads, delimiter=";")
            writer.writeheader()
            writer.writerows(rows)

    write()
    bad = call("names", "table", "in", str(table))
    assert bad.code == 3 and bad.err.count("perhaps") == 1 and "keep" in bad.err and names() == before
    assert f"line 2, line 3, line 4, … ({len(rows)} rows in all)" in " ".join(bad.err.split())
    for row, each in zip(rows, decided, strict=True):
        row[decision] = each
    rows[0]["number"], kept = "99", rows[0]["number"]
    write()
    assert call("names", "table", "in", str(table)).code == 3 and names() == before
    rows[0]["number"] = kept
    write()
    ok("names", "table", "in", str(table))
    after = names()
    assert after["Bandiagara"]["state"] == "kept"
    assert after["Awa Diarra"]["replacement"] == before["Awa Diarra"]["proposal"]
    assert after["+223 76 12 34 56"]["replacement"] == "[téléphone]"
    [contact] = ok("names", "contacts", "--json").json("names contacts")["contacts"]
    assert contact["contact"] == "par la mairie"
    ok("names", "undo")
    assert {each["state"] for each in names().values()} == {"open"}


def test_a_colleagues_key_file_is_joined_and_contradictions_are_told(
    files: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "theirs" / "names.age"
    imported(str(files / "second.txt"), "--key-file", str(theirs), code=1)
    ok("names", "accept", "Moussa", "--as", "Issa", "--key-file", str(theirs))
    ok("names", "accept", "Aminata Touré", "--as", "Fatou Sow", "--key-file", str(theirs))
    ok("names", "accept", "Gao", "--class", "place", "--as", "L1", "--key-file", str(theirs))
    mine = tmp_path / "mine" / "names.age"
    imported(str(files), "--key-file", str(mine), code=1)
    ok("names", "accept", "Aminata Touré", "--as", "Sali Kanté", "--key-file", str(mine))
    done = call("names", "join", str(theirs), "--json")
    answer = done.json("names join")
    assert (done.code, answer["added"], answer["decided"]) == (1, 1, 2)
    assert [each["form"] for each in answer["contradictions"]] == ["Aminata Touré"]
    found = names()
    assert (found["Moussa"]["replacement"], found["Gao"]["replacement"]) == ("Issa", "L1")
    assert found["Aminata Touré"]["replacement"] == "Sali Kanté"


def test_somebody_gets_another_pseudonym_in_texts_that_are_stored(files: Path, folder: Path) -> None:
    imported(str(files / "second.txt"), code=1)
    ok("names", "accept", "Aminata Touré", "--as", "Sali Kanté")
    ok("names", "accept", "Moussa", "--as", "Drissa Kanté")
    imported(str(files / "second.txt"))
    ok("names", "accept", "Aminata Touré", "--as", "Oulématou Zerbo", "--alike")
    ok("names", "merge", "Sali Kanté", "Aminata Touré", "--class", "person")
    ok("--coder", "Awa", "mask", "Aminata Touré", "--yes")
    text = ok("text", "second").out
    assert "Oulématou Zerbo" in text and "Sali" not in text and "Drissa Kanté" in text


def test_a_dry_run_tells_what_would_be_replaced_and_stores_nothing(files: Path) -> None:
    imported(str(files), code=1)
    decide_all()
    given = names()["Moussa"]["replacement"]
    done = imported(str(files), "--dry-run")
    assert "second.txt: 2 places would be replaced: " in done.err and f"{given} (1)" in done.err
    assert len(ok("transcripts", "--json").json("transcripts")["transcripts"]) == 2
    called = f"Will be called otherwise (1 file): entretien_{names()['Awa Diarra']['replacement'].replace(' ', '_')}"
    assert called in done.err and called in imported(str(files)).err


def test_original_names_are_found_wherever_they_stand_in_the_project(files: Path, folder: Path) -> None:
    imported(str(files), code=1)
    decide_all()
    imported(str(files))
    assert ok("names", "check").err.endswith("stands in the project folder.\n")
    ok("--coder", "Awa", "memos", "add", "AMINATA Touré rappelle", "--transcript", "second")
    ok("--coder", "Awa", "backup")
    with zipfile.ZipFile(folder / "exports" / "sheet.xlsx", "w") as archive:
        archive.writestr("xl/sharedStrings.xml", "<si><t>Awa </t></si><si><r><t>Ban</t></r><r><t>diagara</t></r></si>")
    (folder / "exports" / "note_AwaDiarra.txt").write_bytes("Awa\nDiarra à Gao".encode("utf-16"))
    (folder / "exports" / "project.hsreview.txt").write_text("Tél. d’Awa Diarra", encoding="utf-8")
    (folder / "exports" / "locked.age").write_bytes(b"age-encryption.org/v1\n")
    done = call("names", "check", "--json")
    answer = done.json("names check")
    places = {(each["kind"], each["where"].rpartition("/")[2].rpartition("-")[2]) for each in answer["places"]}
    kinds = [kind for kind, _where in places]
    assert done.code == 1 and {"memo", "backup"} <= set(kinds) and "log" not in kinds
    assert ("file", "project.hsreview.txt") in places
    assert {("file", "sheet.xlsx"), ("file", "note_AwaDiarra.txt"), ("file_name", "note_AwaDiarra.txt")} <= places
    assert answer["unread"] == ["exports/locked.age"]
    blind = call("--coder", "Daan", "names", "check", "--json").json("names check")
    assert blind["partial"] and "memo" not in {each["kind"] for each in blind["places"]}
    shown = call("names", "check").out
    assert not any(word in fold(shown.replace("AwaDiarra", "")) for word in ORIGINALS)


def test_a_name_that_a_member_of_the_team_bears_too_is_told_apart(files: Path, folder: Path) -> None:
    imported(str(files), code=1)
    decide_all()
    imported(str(files))
    ok("names", "accept", "Daan", "--as", "Piet", "--class", "person")
    ok("--coder", "Awa", "memos", "add", "AMINATA Touré rappelle", "--transcript", "second")
    (folder / "exports" / "who.txt").write_text("codé par Daan", encoding="utf-8")
    number = next(each["number"] for each in ok("names", "--json").json("names")["names"] if each["form"] == "Daan")
    done = call("names", "check", "--json")
    assert done.code == 1 and done.json("names check")["team"] == [number]
    shown = call("names", "check")
    assert f"{number} (team)" in shown.out and f"Name {number}: a member of the team" in shown.err
    assert shown.out.count("(team)") == 1 and "Daan" not in shown.out + shown.err


def test_the_report_counts_what_remains_without_a_name(files: Path, folder: Path, tmp_path: Path) -> None:
    (files / "third.txt").write_text(
        "Enquêteur : Qui décide ?\nR2 : Le maire de Bandiagara. Je suis la seule femme du comité. Koulouba aussi.\n"
    )
    imported(str(files), code=1)
    ok("names", "refuse", "Moussa")
    ok("names", "accept", *(str(e["number"]) for f, e in names("--state", "open").items() if f != "Koulouba"))
    imported(str(files), "--accept-undecided", "pressé")
    answer = ok("names", "report", "--json", "--no-model", "--refused").json("names report")
    texts = {each["transcript"]: each for each in answer["texts"]}
    assert not texts["cso-1"]["pseudonymised"] and texts["second"]["pseudonymised"]
    assert texts["second"]["refused"] == 1 and texts["second"]["replaced"]["person"] == 1
    assert texts["third"]["indirect_turns"] == [2] and sum(texts["third"]["undecided"].values()) == 1
    assert sum(texts["third"]["left"].values()) == 1 and texts["third"]["found_by"]
    done = ok("names", "report", "--no-model", "--out", str(tmp_path / "risk.md"))
    written = (tmp_path / "risk.md").read_text(encoding="utf-8")
    assert "does not make a text anonymous" in written and "does not make a text anonymous" in done.err
    assert not any(word in fold(written) for word in ORIGINALS if word != "moussa")
    kinds = [each["kind"] for each in ok("outputs", "--json").json("outputs")["outputs"]]
    assert kinds == ["residual_risk"]
