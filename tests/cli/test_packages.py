"""Three people with three folders: packages to coders, work back to the lead, accidents on the way."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from hsreview.base.ids import derived_id
from hsreview.base.samples import sample_dir
from hsreview.exchange.package import unpack
from hsreview.exchange.sealing import unseal_with_key
from hsreview.model.change import BodyState
from hsreview.privacy.keys import private_key
from hsreview.project import queries
from hsreview.project.doctor import examine
from hsreview.workflows.coders import coders
from hsreview.workflows.outputs import digest_of
from tests.builders import opened
from tests.cli.desks import Desk
from tests.workflows.test_masking import masked, register

NewDesk = Callable[[str], Desk]


@pytest.fixture
def new_desk(tmp_path: Path) -> NewDesk:
    """A person with a computer that hsreview was never used on."""
    return lambda name: at(tmp_path, name)


def at(folder: Path, name: str) -> Desk:
    return Desk(name, folder / name / "home", folder / name / "project")


@pytest.fixture(scope="module")
def team(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Awa leads the project of two transcripts that she and Daan coded; Daan opened a package for the first one."""
    folder = tmp_path_factory.mktemp("team")
    awa = at(folder, "Awa")
    shutil.copytree(template, awa.root)
    with_key(awa, awa)
    joined(at(folder, "Daan"), awa, "cso-1")
    shutil.rmtree(awa.root / "exports")
    return folder


@pytest.fixture
def lead(team: Path, new_desk: NewDesk) -> Desk:
    """Awa's computer."""
    desk = new_desk("Awa")
    shutil.copytree(team / "Awa", desk.home.parent)
    return desk


@pytest.fixture
def daan(team: Path, new_desk: NewDesk) -> Desk:
    """Daan's computer."""
    desk = new_desk("Daan")
    shutil.copytree(team / "Daan", desk.home.parent)
    return desk


def with_key(desk: Desk, lead: Desk) -> None:
    """Somebody makes a key; the lead notes it."""
    lead.ok("--coder", "Awa", "keys", "add", desk.name, desk.ok("keys", "new").lines[0])


def joined(desk: Desk, lead: Desk, *transcripts: str) -> Desk:
    """Somebody is given transcripts and opens the package."""
    if f'"{desk.name}"' not in lead.ok("coders", "--json").out:
        lead.ok("coders", "add", desk.name)
    with_key(desk, lead)
    lead.ok("assign", *transcripts, "--coder", desk.name)
    done = desk.ok("package", "open", str(lead.make("--for", desk.name)), str(desk.root))
    assert done.lines == [str(desk.root)] and f"You code here as {desk.name}." in done.err
    return desk


def sound(*desks: Desk) -> None:
    for desk in desks:
        with desk.project() as project:
            assert examine(project.connection) == []


def inside(package: Path, desk: Desk) -> bytes:
    """All that somebody can read in a package."""
    with desk.sat_at():
        data = unseal_with_key(package.read_bytes(), private_key(lambda: ""))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def test_work_goes_out_and_comes_back(lead: Desk, daan: Desk) -> None:
    daan.ok("codings", "add", "cso-1", "3.1", "D1", "--flag", "quote")
    daan.ok("memos", "add", "une note", "--transcript", "cso-1")
    package = daan.make("--mine")
    assert package.parent == daan.root / "exports"
    done = lead.ok("merge", str(package), "--json").json("merge")
    assert done["new"] == {"Daan": 2} and done["refused"] == done["missing"] == done["conflicts"] == []
    assert "une note" in lead.ok("memos").out
    again = lead.ok("merge", str(package), str(package), "--json").json("merge")
    assert again["new"] == {} and again["known"] == 3, "with the coding that he made at Awa's computer"
    sound(lead, daan)


def test_a_new_coder_gets_what_was_assigned_and_nothing_of_others(lead: Desk, daan: Desk, new_desk: NewDesk) -> None:
    coding = lead.ok("--coder", "Awa", "codings", "add", "cso-1", "5.1", "K4").lines[0]
    lead.ok("--coder", "Awa", "memos", "add", "zanzibarine", "--coding", coding)
    daan.ok("codebook", "propose", "quokkatique", "--theme", "D")
    daan.ok("memos", "add", "xylophonesque", "--transcript", "cso-1")
    lead.ok("merge", str(daan.make("--mine")))
    marks = [b"zanzibarine", b"quokkatique", b"xylophonesque"]
    assert all(mark in lead.bytes() for mark in marks)

    moussa = joined(new_desk("Moussa"), lead, "cso-2")
    package = lead.make("--for", "Moussa")
    assert b"Fin 2" in moussa.bytes(), "the text that is assigned can be read"
    for mark in marks:
        assert mark not in moussa.bytes()
        assert mark not in inside(package, moussa)
        assert mark not in package.read_bytes()
    assert [t["name"] for t in moussa.ok("transcripts", "--json").json("transcripts")["transcripts"]] == ["cso-2"]
    assert moussa.ok("codings", "--json").json("codings")["codings"] == []
    assert [t["name"] for t in daan.ok("transcripts", "--json").json("transcripts")["transcripts"]] == ["cso-1"]
    assert b"Fin 2" not in daan.bytes()
    sound(lead, daan, moussa)


def test_any_order_gives_the_same_project(lead: Desk, daan: Desk, new_desk: NewDesk) -> None:
    moussa = joined(new_desk("Moussa"), lead, "cso-1", "cso-2")
    daan.ok("codings", "add", "cso-1", "3.1", "D1")
    moussa.ok("codings", "add", "cso-1", "3.1", "K4")
    daan.ok("undo")
    daan.ok("codings", "add", "cso-1", "5.1", "D2")
    first = [str(daan.make("--mine")), str(moussa.make("--mine"))]
    second = new_desk("Awa’s other computer")
    shutil.copytree(lead.home / "config", second.home / "config")  # Her key.
    second.ok("package", "open", str(lead.make("--all")), str(second.root))
    lead.ok("merge", *first)
    second.ok("merge", first[1])
    second.ok("merge", first[0])
    second.ok("merge", *reversed(first))
    newest = lead.make("--all")  # The package that began the second one was recorded after it was made.
    second.ok("merge", str(newest))
    second.ok("--coder", "Awa", "memos", "add", "from the second computer")
    lead.ok("merge", str(second.make("--all")))
    ours, theirs = lead.state(), second.state()
    outputs = {row[0] for row in ours["output"]} ^ {row[0] for row in theirs["output"]}
    assert len(outputs) == 2, "only the newest package of each is not known to the other"
    for table in ("coding", "memo", "code", "coder", "transcript", "turn", "assignment", "setting", "content"):
        assert ours[table] == theirs[table], table
    sound(lead, second)


def test_a_dry_run_tells_and_changes_nothing(lead: Desk, daan: Desk) -> None:
    daan.ok("codings", "add", "cso-1", "3.1", "D1")
    package = daan.make("--mine")
    before = lead.state()
    done = lead.ok("merge", "--dry-run", str(package))
    assert "1 new record" in done.err and "dry run" in done.err and "Daan" in done.out
    assert lead.state() == before


def test_a_dry_run_says_what_each_coder_did(lead: Desk, daan: Desk) -> None:
    for place in ("3.1", "5.1"):
        daan.ok("codings", "add", "cso-1", place, "D1")
    daan.ok("undo")
    daan.ok("reviewed", "cso-1")
    package = str(daan.make("--mine"))
    [work] = lead.ok("merge", "--dry-run", "--json", package).json("merge")["work"]
    counted = {name: work[name] for name in ("coder", "transcripts", "codings", "removed", "reviewed")}
    assert counted == {"coder": "Daan", "transcripts": 1, "codings": 1, "removed": 0, "reviewed": 1}
    head, row = lead.ok("merge", "--dry-run", package).lines
    assert head.split()[0] == "coder" and row.split()[0] == "Daan" and row.split()[2:] == ["1", "1", "0", "1"]


def test_assignments_decisions_and_adoptions_weigh_and_so_does_who_made_them(lead: Desk, daan: Desk) -> None:
    daan.ok("codings", "add", "cso-1", "3.1", "D1")
    daan.ok("reviewed", "cso-1")
    refused = daan.call("assign", "cso-1", "--coder", "Awa")
    assert refused.code == 2 and "Ask: Awa" in refused.err
    ids = {name: daan.coder_id(name) for name in ("Awa", "Daan")}
    with daan.project() as project, project.act(ids["Daan"]) as act:  # A program that does not ask for roles.
        transcript = opened(project).transcript.id
        entity = derived_id("assignment", transcript, ids["Awa"], "")
        fields: dict[str, Any] = {
            "transcript_id": transcript,
            "coder_id": ids["Awa"],
            "pass": "",
            "blind": 1,
            "reason": "",
        }
        act.put("assignment", entity, **fields)
    daan.ok("consensus", "adopt", "cso-1", "--from", "Daan", "--because", "mine is right")
    said = lead.ok("merge", "--dry-run", str(daan.make("--mine"))).err
    assert "Daan assigned 1 transcript to Awa. Daan does not lead the project." in said
    assert "Daan adopted 1 transcript into the consensus as Daan coded it. Daan does not lead the project." in said


def test_one_bad_file_does_not_stop_the_others(lead: Desk, daan: Desk, tmp_path: Path) -> None:
    daan.ok("codings", "add", "cso-1", "3.1", "D1")
    good = daan.make("--mine")
    torn = tmp_path / "torn"
    torn.write_bytes(good.read_bytes()[:-20])
    page = tmp_path / "page.pdf"
    page.write_bytes(b"%PDF-1.7")
    done = lead.call("merge", str(torn), str(good), str(page), str(tmp_path / "none"), "--json")
    assert done.code == 3
    answer = done.json("merge")
    assert answer["new"] == {"Daan": 1} and answer["packages"] == [str(good)]
    assert [each["path"] for each in answer["refused"]] == [str(torn), str(page), str(tmp_path / "none")]
    for path, said in ((torn, "damaged"), (page, "not a package"), (tmp_path / "none", "cannot be read")):
        [line] = [line for line in done.err.split("\n") if line.startswith(str(path))]
        assert said in line


@pytest.mark.usefixtures("quick_passphrases")
def test_what_weighs_is_told_before_and_after_the_merge(lead: Desk, daan: Desk) -> None:
    with daan.project() as project:
        ids = {name: daan.coder_id(name) for name in ("Awa", "Daan")}
        with project.act(ids["Awa"]) as act:
            act.put("coder", ids["Daan"], role="lead")
            act.put("setting", f"key.{ids['Daan']}", value=[])
    package = daan.make("--all", "--passphrase", "--passphrase-file", str(_passphrase(daan)))
    for how in ("--dry-run", "--json"):
        done = lead.ok("merge", how, "--passphrase-file", str(_passphrase(lead)), str(package))
        assert "Awa made Daan a lead." in done.err and "Awa changed the public keys of Daan." in done.err
    [role, key] = done.json("merge")["weighty"]
    assert (role["what"], role["coder"], role["subject_name"], role["value"]) == ("role", "Awa", "Daan", "lead")
    assert key["what"] == "key" and key["said"] == "Awa changed the public keys of Daan."


def _passphrase(desk: Desk) -> Path:
    path = desk.home.parent / "passphrase"
    path.write_text("three green goats\n", encoding="utf-8")
    return path


def test_the_fingerprint_is_the_same_where_it_is_made_and_where_it_is_taken_in(lead: Desk, daan: Desk) -> None:
    made = daan.ok("package", "make", "--mine")
    digest = hashlib.sha256(Path(made.lines[0]).read_bytes()).hexdigest()
    short = f"{digest[:4]} {digest[4:8]} {digest[8:12]} {digest[12:16]}"
    merged = lead.ok("merge", "--json", made.lines[0])
    assert merged.json("merge")["digests"] == {made.lines[0]: digest}
    for said in (made.err, merged.err, lead.ok("package", "show", made.lines[0]).out):
        assert short in said


def test_packages_that_went_out_and_came_in_are_listed(lead: Desk, daan: Desk, tmp_path: Path) -> None:
    plain = tmp_path / "plain.hsreview-package"
    daan.ok("package", "make", "--mine", "--plain", "--because", "for a test", "-o", str(plain))
    before = lead.ok("package", "list", "--json").json("package list")["packages"]
    for _time in range(2):
        lead.ok("merge", str(plain))
    [sent, *_rest, received] = found = lead.ok("package", "list", "--json").json("package list")["packages"]
    assert [each for each in found if each["direction"] == "received"] == [received]
    assert [each for each in found if each["digest"] != received["digest"]] == before
    assert (sent["direction"], sent["made_by_name"], sent["made_for_name"]) == ("sent", "Awa", "Daan")
    assert (received["direction"], received["name"], received["lock"]) == ("received", plain.name, "none")
    assert received["made_by_name"] == "Daan" and received["digest"] == hashlib.sha256(plain.read_bytes()).hexdigest()
    assert daan.coder_id("Daan") in next(iter(received["heads"]))
    shown = daan.ok("package", "list").out
    assert "sent" in shown and "received" in shown and "plain: for a test" in shown


def test_looking_into_a_package_stores_nothing(lead: Desk, daan: Desk, new_desk: NewDesk) -> None:
    package = lead.make("--for", "Daan")
    before = daan.state()
    answer = daan.ok("package", "show", str(package), "--json").json("package show")
    assert answer["transcripts"] == ["cso-1"] and answer["lock"] == "key" and answer["withheld"] > 0
    assert (answer["made_by_name"], answer["made_for_name"]) == ("Awa", "Daan")
    assert set(answer["records"]) == {"Awa", "Daan"}
    assert daan.state() == before
    assert "cso-1" in daan.ok("package", "show", str(package)).out


def test_a_package_for_somebody_else_cannot_be_opened(lead: Desk, daan: Desk, new_desk: NewDesk) -> None:
    package = str(lead.make("--for", "Daan"))
    for args in (("package", "show", package), ("package", "open", package), ("merge", package)):
        done = lead.call(*args)
        assert done.code == 3 and "somebody else’s key" in done.err, args
    stranger = new_desk("Stranger")
    done = stranger.call("package", "open", package, str(stranger.root))
    assert done.code == 3 and "keys new" in done.err and not stranger.root.exists()


@pytest.mark.usefixtures("quick_passphrases")
def test_a_passphrase_is_asked_for_where_no_key_is_known(
    lead: Desk, new_desk: NewDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead.ok("--coder", "Awa", "coders", "add", "Moussa")
    done = lead.call("package", "make", "--for", "Moussa")
    assert done.code == 2 and "Moussa" in done.err and "--passphrase-file" in done.err
    monkeypatch.setenv("HSREVIEW_PASSPHRASE", "court")
    assert "at least 8" in lead.call("package", "make", "--for", "Moussa").err
    monkeypatch.delenv("HSREVIEW_PASSPHRASE")
    assert list((lead.root / "exports").glob("*package*")) == []
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _self: True, raising=False)
    secret = "trois chèvres"
    done = lead.ok("package", "make", "--for", "Moussa", stdin=f"{secret}\n{secret}\n")
    assert secret not in done.out + done.err and "by another way" in done.err
    assert f"\r{' ' * 70}\rNo key of Moussa" in done.err, "no question stands behind how far something is"
    monkeypatch.setenv("HSREVIEW_PASSPHRASE", "quatre chèvres")
    moussa = new_desk("Moussa")
    wrong = moussa.call("package", "open", done.lines[0], str(moussa.root))
    assert wrong.code == 3 and "passphrase is not the one" in wrong.err and not moussa.root.exists()
    monkeypatch.setenv("HSREVIEW_PASSPHRASE", "trois che\u0300vres")  # Typed on another keyboard.
    moussa.ok("package", "open", done.lines[0], str(moussa.root))
    assert secret.encode() not in lead.bytes() + moussa.bytes()


def test_plain_only_with_a_reason_and_on_record(lead: Desk, tmp_path: Path) -> None:
    target = tmp_path / "plain.hsreview-package"
    assert lead.call("--coder", "Awa", "package", "make", "--mine", "--plain", "-o", str(target)).code == 2
    assert not target.exists()
    done = lead.ok("package", "make", "--mine", "--plain", "--because", "for the archive", "-o", str(target))
    assert "not encrypted" in done.err
    record = outputs(lead)[-1]
    assert record["details"]["because"] == "for the archive" and record["details"]["lock"] == "none"
    assert record["digest"] == hashlib.sha256(target.read_bytes()).hexdigest()
    assert unpack(target.read_bytes()).manifest.made_by == lead.coder_id("Awa")


def outputs(desk: Desk) -> list[dict[str, Any]]:
    with desk.project() as project:
        rows = project.connection.execute(
            "select name, recipient, digest, details from output where kind = 'package' order by id"
        )
        return [{"name": row[0], "recipient": row[1], "digest": row[2], "details": json.loads(row[3])} for row in rows]


def test_every_package_is_on_record_and_never_overwrites_a_file(lead: Desk, daan: Desk) -> None:
    one, two = lead.make("--for", "Daan"), lead.make("--for", "Daan")
    assert one != two and one.is_file() and two.is_file()
    done = lead.call("package", "make", "--for", "Daan", "-o", str(one))
    assert done.code == 3 and "nothing is overwritten" in done.err
    sent = outputs(lead)
    assert [each["name"] for each in sent][-2:] == [one.name, two.name]
    assert {each["recipient"] for each in sent} == {lead.coder_id("Daan")}


def test_what_a_package_is_must_be_said(lead: Desk) -> None:
    for args in ((), ("--mine", "--all"), ("--for", "Daan", "--mine")):
        assert lead.call("--coder", "Awa", "package", "make", *args).code == 2
    assert lead.call("--coder", "Awa", "package", "make", "--for", "Nobody").code == 2


def test_a_full_disk_leaves_no_package_and_no_record(lead: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    done = lead.call("--coder", "Awa", "package", "make", "--mine", "-o", str(lead.root / "mine"))
    monkeypatch.undo()
    assert done.code == 3 and "the disk is full" in done.err
    assert len(outputs(lead)) == 1 and not [path for path in lead.root.iterdir() if "mine" in path.name]


def test_a_package_that_was_not_recorded_is_not_there(lead: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    lead.ok("--coder", "Awa", "memos", "add", "note")
    (lead.root / "project.hsreview").chmod(0o444)
    monkeypatch.setattr("os.access", lambda path, mode: not str(path).endswith("project.hsreview"))
    done = lead.call("--coder", "Awa", "package", "make", "--mine", "-o", str(lead.root / "mine"))
    monkeypatch.undo()
    assert done.code == 3 and not (lead.root / "mine").exists()


def test_another_project_is_refused(lead: Desk, daan: Desk, new_desk: NewDesk) -> None:
    other = new_desk("Other")
    other.ok("--coder", "Zoé", "init", str(other.root), "--name", "Niger")
    lead.ok("--coder", "Awa", "memos", "add", "note")
    with other.sat_at():
        package = other.root / "p"
    other.ok("package", "make", "--mine", "--plain", "--because", "test", "-o", str(package))
    before = lead.state()
    for args in (("merge", str(package)), ("package", "open", str(package))):
        done = lead.call(*args)
        assert done.code == 3 and "another project" in done.err and "Niger" in done.err
        assert done.out == "" and "0 new records" not in done.err
    assert lead.state() == before


def test_a_coder_is_not_told_what_their_copy_does_not_know(lead: Desk, daan: Desk, new_desk: NewDesk) -> None:
    joined(new_desk("Boubou"), lead, "cso-2")
    lead.ok("coders", "add", "Efua")
    daan.ok("package", "open", str(lead.make("--for", "Daan")), str(daan.root))
    plain = ("--plain", "--because", "test")
    theirs = daan.call("package", "make", "--for", "Boubou", *plain, "-o", str(daan.root / "p"))
    assert "nothing is assigned to Boubou" not in theirs.err and "Ask the lead" in theirs.err
    assert "nothing is assigned to Efua yet" in lead.ok("package", "make", "--for", "Efua", *plain).err


def test_a_newer_package_is_refused(lead: Desk, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    lead.ok("--coder", "Awa", "package", "make", "--mine", "--plain", "--because", "test", "-o", str(plain))
    newer = tmp_path / "newer"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(newer, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "manifest.json":
                data = json.dumps(json.loads(data) | {"format": 99, "tool": "hsreview 9.0"}).encode()
            new.writestr(name, data)
    done = lead.call("merge", str(newer))
    assert done.code == 3 and "newer hsreview (hsreview 9.0)" in done.err


KILLED = """
import os, sys
from hsreview.__main__ import main
place, sys.argv = sys.argv[1], ["hsreview", *sys.argv[2:]]
def killed(*_args, **_settings):
    os._exit(9)
setattr(os, place, killed)
main()
"""


def killed_at(place: str, desk: Desk, *args: str) -> None:
    """Run a command that dies where it calls this function of `os`, as by `kill -9`."""
    with desk.sat_at():
        done = subprocess.run([sys.executable, "-c", KILLED, place, *args], capture_output=True)
    assert done.returncode == 9, done.stderr.decode()


def test_a_package_that_was_being_written_is_not_there(lead: Desk) -> None:
    target = lead.root / "exports" / "mine"
    for place in ("fsync", "replace"):
        killed_at(place, lead, "package", "make", "--mine", "-o", str(target))
        assert not target.exists()
        sound(lead)
    lead.ok("package", "make", "--mine", "-o", str(target))
    assert [entry["name"] for entry in outputs(lead)][-1] == "mine"


def test_a_project_that_was_being_begun_is_not_there(lead: Desk, daan: Desk) -> None:
    package = str(lead.make("--for", "Daan"))
    shutil.rmtree(daan.root)
    killed_at("link", daan, "package", "open", package, str(daan.root))
    assert not (daan.root / "project.hsreview").exists()
    daan.ok("package", "open", package, str(daan.root))
    sound(daan)


def test_one_pseudonym_of_two_people_is_told_when_their_texts_meet(lead: Desk, daan: Desk) -> None:
    for desk, name in ((lead, "Awa"), (daan, "Daan")):
        desk.ok("--coder", name, "speakers", "set", "cso-1", "R1", "--respondent", "Mariam Zed")
    done = lead.ok("--coder", "Awa", "merge", str(daan.make("--mine")), "--json")
    assert (
        done.json("merge")["same_people"] == ["Mariam Zed"] and "Several respondents are called Mariam Zed" in done.err
    )


def test_two_coders_of_one_name_stay_two(lead: Desk, daan: Desk) -> None:
    daan.ok("coders", "add", "Aïcha")
    lead.ok("--coder", "Awa", "coders", "add", "Aïcha")
    done = lead.ok("merge", str(daan.make("--mine")), "--json")
    assert done.json("merge")["same_names"] == ["Aïcha"] and "by id" in done.err
    assert len({c["id"] for c in lead.ok("coders", "--json").json("coders")["coders"] if c["name"] == "Aïcha"}) == 2
    done = lead.call("package", "make", "--for", "Aïcha")
    assert done.code == 2 and "give an id" in done.err


def test_a_copied_folder_does_not_take_the_numbers_of_the_first(lead: Desk, daan: Desk, tmp_path: Path) -> None:
    copy = Desk("Daan", daan.home, tmp_path / "copy")
    shutil.copytree(daan.root, copy.root)
    daan.ok("codings", "add", "cso-1", "3.1", "D1")
    copy.ok("codings", "add", "cso-1", "5.1", "D2")
    packages = [str(copy.make("--mine")), str(daan.make("--mine"))]
    answer = lead.ok("merge", *packages, "--json").json("merge")
    assert answer["new"] == {"Daan": 2} and answer["refused"] == []
    daan.ok("merge", "--dry-run", "--json", *plainly(copy))
    sound(lead)


def plainly(desk: Desk) -> list[str]:
    target = desk.root / "plain"
    desk.ok("package", "make", "--mine", "--plain", "--because", "test", "-o", str(target))
    return [str(target)]


def test_my_own_package_brings_me_nothing_new(daan: Desk) -> None:
    daan.ok("codings", "add", "cso-1", "3.1", "D1")
    [package] = plainly(daan)
    before = daan.state()
    answer = daan.ok("merge", package, "--json").json("merge")
    assert answer["new"] == {} and answer["known"] == 2
    assert daan.state() == before
    daan.ok("codings", "add", "cso-1", "5.1", "D1")
    sound(daan)


def test_a_lost_package_is_noticed_and_the_next_one_makes_good(lead: Desk, daan: Desk, tmp_path: Path) -> None:
    """What somebody else saw and we did not is named; packages are cumulative, so the next one brings it."""
    daan.ok("codings", "add", "cso-1", "3.1", "D1")
    lost = daan.make("--mine")
    daan.ok("codings", "add", "cso-1", "5.1", "D1")
    assert lost.is_file()
    answer = lead.ok("merge", str(daan.make("--mine")), "--json").json("merge")
    assert answer["missing"] == []
    codings = lead.ok("codings", "--coder", "Daan", "--json").json("codings")["codings"]
    assert len(codings) == 3


@pytest.fixture
def in_1970(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer whose battery is flat."""
    from datetime import UTC, datetime
    from types import SimpleNamespace

    early = datetime(1970, 1, 1, 0, 5, tzinfo=UTC)
    monkeypatch.setattr("hsreview.base.ids.datetime", SimpleNamespace(now=lambda _zone: early))
    monkeypatch.setattr("hsreview.base.ids.time", SimpleNamespace(time_ns=lambda: 300 * 10**9))
    monkeypatch.setattr("hsreview.base.ids._last", 0)
    yield


def test_a_clock_of_1970_harms_nothing(lead: Desk, daan: Desk, in_1970: None) -> None:
    daan.ok("codings", "add", "cso-1", "3.1", "D1")
    package = daan.make("--mine")
    assert "1970-01-01" in package.name
    lead.ok("merge", str(package))
    done = lead.ok("codings", "--coder", "Daan", "--json").json("codings")["codings"]
    assert len(done) == 2
    daan.ok("undo")
    lead.ok("merge", str(daan.make("--mine")))
    assert len(lead.ok("codings", "--coder", "Daan", "--json").json("codings")["codings"]) == 1
    sound(lead, daan)


def test_without_a_project_it_is_said_where_a_package_may_go(
    lead: Desk, daan: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = lead.make("--for", "Daan")
    nowhere = Desk("Daan", daan.home, tmp_path / "nowhere")
    done = nowhere.call("package", "open", str(package))
    assert done.code == 2 and "FOLDER" in done.err


def test_a_coder_opens_a_later_package_into_the_same_project(lead: Desk, daan: Desk) -> None:
    daan.ok("codings", "add", "cso-1", "3.1", "D1")
    lead.ok("--coder", "Awa", "assign", "cso-2", "--coder", "Daan")
    done = daan.ok("package", "open", str(lead.make("--for", "Daan")), "--json").json("package open")
    assert not done["created"] and done["merged"]["filled"] > 0
    names = [t["name"] for t in daan.ok("transcripts", "--json").json("transcripts")["transcripts"]]
    assert names == ["cso-1", "cso-2"]
    assert b"Fin 2" in daan.bytes()
    assert len(daan.ok("codings", "--coder", "Daan", "--json").json("codings")["codings"]) == 2
    sound(daan)


def test_the_lead_is_told_what_goes_out(lead: Desk, new_desk: NewDesk) -> None:
    done = lead.ok("package", "make", "--for", "Daan", "--json")
    assert done.json("package make")["transcripts"] == ["cso-1"] and done.json("package make")["recipients"] == ["Daan"]
    assert "Transcripts in it: cso-1" in done.err and "key of: Daan" in done.err
    lead.ok("coders", "add", "Moussa")
    with_key(new_desk("Moussa"), lead)
    assert "nothing is assigned to Moussa" in lead.ok("package", "make", "--for", "Moussa").err


def test_what_a_sender_had_seen_and_we_lack_is_named(lead: Desk, daan: Desk, new_desk: NewDesk) -> None:
    moussa = joined(new_desk("Moussa"), lead, "cso-1")
    daan.ok("codings", "add", "cso-1", "3.1", "D1")
    passed_on = plainly(daan)
    moussa.ok("merge", *passed_on)
    moussa.ok("codings", "add", "cso-1", "3.1", "K4")
    done = lead.ok("merge", str(moussa.make("--mine")), "--json")
    [gap] = done.json("merge")["missing"]
    assert (gap["coder"], gap["first"], gap["last"], gap["refused"]) == ("Daan", 1, 1, False)
    assert "records 1 to 1 of Daan" in done.err
    done = lead.ok("merge", *passed_on, "--json")
    assert done.json("merge")["missing"] == [] and done.json("merge")["new"] == {"Daan": 1}
    sound(lead, moussa)


def test_a_lead_gets_everything(lead: Desk, new_desk: NewDesk) -> None:
    lead.ok("--coder", "Awa", "coders", "add", "Zoé", "--role", "lead")
    zoe = new_desk("Zoé")
    with_key(zoe, lead)
    zoe.ok("package", "open", str(lead.make("--for", "Zoé")), str(zoe.root))
    assert len(zoe.ok("codings", "--json").json("codings")["codings"]) == 2
    with zoe.project() as project:
        states = project.connection.execute("select distinct state from change").fetchall()
    assert states == [(BodyState.PRESENT,)]


def test_the_sample_project_goes_round(new_desk: NewDesk) -> None:
    """Every record, text and table of the sample project arrives; what a coder did there comes back."""
    one, two = new_desk("One"), new_desk("Two")
    one.ok("--coder", "Awa", "init", str(one.root), "--codebook", "critical-review")
    one.ok("--coder", "Awa", "import", str(sample_dir("transcripts")))
    one.ok("--coder", "Awa", "codings", "import", str(sample_dir("transcripts") / "codings.csv"))
    package = one.make("--all", "--plain", "--because", "test")
    two.ok("package", "open", str(package), str(two.root))
    ours, theirs = one.state(), two.state()
    for table in (
        "content",
        "turn",
        "transcript",
        "text_version",
        "speaker",
        "respondent",
        "code",
        "coding",
    ):
        assert ours[table] == theirs[table] and ours[table], table
    assert len(ours["change"]) == len(theirs["change"]) + 1, "all but the record of the package itself"
    two.ok("--coder", "Awa", "memos", "add", "au retour")
    one.ok("merge", *plainly(two))
    assert "au retour" in one.ok("memos").out
    sound(one, two)


def test_french_says_it_in_french(lead: Desk, tmp_path: Path) -> None:
    page = tmp_path / "page.pdf"
    page.write_bytes(b"%PDF-1.7")
    done = lead.call("--lang", "fr", "merge", str(page))
    assert done.code == 3 and str(page) in done.err


def test_what_was_erased_and_still_lies_in_the_file_is_told_after_a_merge(
    lead: Desk, daan: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hsreview.project.scrubbing._rewrite", lambda _connection: False)
    with lead.sat_at(), lead.project() as project:
        awa = next(each for each in coders(project) if each.name == "Awa")
        masked(project, awa, register(project, "les chefs", "[des anciens]"))
    done = daan.ok("merge", str(lead.make("--for", "Daan")))
    assert "still lie in the project file" in done.err and "hsreview doctor" in done.err


def test_a_merge_that_brings_a_withdrawal_names_the_files_of_this_computer_that_hold_the_words(
    lead: Desk, daan: Desk
) -> None:
    lead.ok("--coder", "Awa", "speakers", "set", "cso-1", "R1", "--respondent", "CSO-Kayes-7")
    daan.ok("merge", str(lead.make("--for", "Daan")))
    own = [daan.root / "exports" / name for name in ("cso-1.docx", "d.xlsx")]
    daan.ok("export", "transcript", "cso-1", "--layer", "Daan", "-o", str(own[0]))
    daan.ok("export", "excel", "--layer", "Daan", str(own[1]))
    notes = daan.root / "notes.txt"
    notes.write_text("rappeler CSO-Kayes-7", encoding="utf-8")
    (daan.root / "clean.txt").write_text("des routes", encoding="utf-8")
    lead.ok("merge", str(daan.make("--mine")))
    planned = lead.ok("--coder", "Awa", "withdraw", "CSO-Kayes-7", "--yes").out
    assert "….docx" in planned and "on the computer of Daan: hsreview withdraw --list" in planned
    done = daan.ok("merge", str(lead.make("--for", "Daan")))
    assert all(f"  {path}" in done.err for path in (*own, notes)) and "clean.txt" not in done.err
    moved = own[0].rename(daan.root / "autre.docx")
    listed = daan.ok("withdraw", "--list", "--json").json("withdraw --list")
    assert listed["still_holding"] == sorted(map(str, (moved, own[1], notes)))
    assert str(moved) in daan.ok("withdraw", "--list").err
    found = daan.call("doctor")
    assert found.code == 1 and str(moved) in found.out and str(own[1]) in found.out
    for path in (moved, own[1], notes):
        path.unlink()
    daan.ok("doctor")
    with daan.project() as project:
        assert "Kayes" not in json.dumps(project.connection.execute("select * from local").fetchall())


def test_a_file_that_cannot_be_read_keeps_no_merge_from_erasing(
    lead: Desk, daan: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def digest(path: Path) -> str:
        if path.name == "locked.txt":
            raise PermissionError(path)
        return digest_of(path)

    lead.ok("--coder", "Awa", "speakers", "set", "cso-1", "R1", "--respondent", "CSO-Kayes-7")
    daan.ok("merge", str(lead.make("--for", "Daan")))
    daan.ok("export", "transcript", "cso-1", "--layer", "Daan", "-o", str(daan.root / "exports" / "cso-1.docx"))
    for folder in ("exports", "transcripts"):
        (daan.root / folder).mkdir(exist_ok=True)
        (daan.root / folder / "locked.txt").write_text("x", encoding="utf-8")
    lead.ok("--coder", "Awa", "withdraw", "CSO-Kayes-7", "--yes")
    monkeypatch.setattr("hsreview.workflows.withdrawn_files.digest_of", digest)
    daan.ok("merge", str(lead.make("--for", "Daan")))
    with daan.project() as project:
        assert "CSO-Kayes-7" not in {each.name for each in queries.respondents(project.connection)}
