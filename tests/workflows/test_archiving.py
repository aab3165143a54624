"""An archive for a repository: who is in it, that it reads back, and that two people stand behind it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import new_id, now
from hsreview.model.people import Coder, CoderRole
from hsreview.privacy.register import Name, Register
from hsreview.project.project import Project
from hsreview.workflows import archiving, people
from hsreview.workflows.archive_choice import choose
from hsreview.workflows.archiving import Archived, ArchiveWish, confirm_archive, export_archive, told
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings, in_vivo, mark_reviewed, write_memo
from hsreview.workflows.outputs import outputs
from hsreview.workflows.translations import store_translation
from tests.builders import TEXT, a_project, code_id, opened
from tests.cli.conftest import call, ok

WISH = ArchiveWish(layer="Awa")
MEMO = "zimboulougou"


@dataclass
class Shelf:
    """Three interviews: the first and the third may go into an archive, the second may not."""

    project: Project
    awa: Coder
    daan: Coder

    def consent(self, number: int, **consent: object) -> None:
        person = self.project.connection.execute("select id from respondent where name = ?", (f"P{number}",))
        with self.project.act(self.awa.id) as act:
            act.put("respondent", person.fetchone()[0], consent=consent)

    def looked_through(self, name: str, *, undecided: int = 0) -> None:
        text = opened(self.project, name)
        with self.project.act(self.awa.id) as act:
            act.put(
                "masking", new_id(), transcript_id=text.transcript.id, version_id=text.version.id, coder_id=self.awa.id,
                at=now(), items=[[0, 9, "person", "Entretien"]], undecided={"place": undecided}, engines=["rules 1"],
            )  # fmt: skip


@pytest.fixture(scope="module")
def shelved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSREVIEW_HOME", str(folder / "home"))
        project, awa = a_project(folder / "project", transcripts=3)
        daan = store_coder(project, Coder(new_id(), "Daan", CoderRole.VALIDATOR), awa.id)
        shelf = Shelf(project, awa, daan)
        for number in (1, 2, 3):
            text = opened(project, f"cso-{number}")
            people.set_speaker(project, awa, text.transcript.id, "R1", respondent=f"P{number}")
            shelf.consent(number, status="written", scope=["analysis", "quotes", "archive"], attribution="group")
            shelf.looked_through(f"cso-{number}", undecided=number)
            for coder in (awa, daan):
                at = text.text.index("Mais sans")
                add_codings(project, coder, text.version.id, at, at + 9 + number, [code_id("K4")], flags=["quote"])
                mark_reviewed(project, coder, text.transcript.id)
            store_translation(project, awa, text.version.id, at, at + 9, "en", "But without")
        second = opened(project, "cso-2")
        in_vivo(project, awa, second.version.id, second.text.index("Fin 2"), second.text.index("Fin 2") + 5)
        write_memo(project, awa, MEMO, transcript_id=second.transcript.id)
        shelf.consent(2, status="written", scope=["analysis", "quotes"], attribution="none")
        project.close()
    return folder / "project"


@pytest.fixture
def shelf(shelved: Path, tmp_path: Path) -> Iterator[Shelf]:
    shutil.copytree(shelved, tmp_path / "project")
    with Project.open(tmp_path / "project") as project:
        team = {name: Coder(key, name, CoderRole(role)) for key, name, role in project.connection.execute(
            "select id, name, role from coder"
        )}  # fmt: skip
        yield Shelf(project, team["Awa"], team["Daan"])


def table(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / name).read_text("utf-8-sig"), newline="")))


def made(shelf: Shelf, path: Path, wish: ArchiveWish = WISH) -> Archived:
    return export_archive(shelf.project, shelf.awa, path, wish)


def everything(folder: Path) -> str:
    return "\n".join(each.read_text("utf-8-sig") for each in sorted(folder.rglob("*")) if each.is_file())


def test_checksums_hold_and_every_coding_gives_its_words(shelf: Shelf, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    done = made(shelf, folder)
    assert (done.counts["transcripts"], done.counts["codings"], done.counts["compared"]) == (2, 4, 2)
    sums = dict(line.split("  ", 1)[::-1] for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines())
    files = {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}
    assert sums.keys() == files - {"SHA256SUMS"}
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in sums.items())
    texts = {f"T00{n}": (folder / f"transcripts/T00{n}.txt").read_bytes().decode("utf-8") for n in (1, 2)}
    assert texts["T001"] == TEXT
    for coder in ("coder-1", "coder-2"):
        rows = table(folder, f"codings/{coder}.csv")
        assert [row["coder"] for row in rows] == [coder, coder]
        for row in rows:
            words = texts[row["transcript"]][int(row["start_at"]) : int(row["end_at"])]
            assert words == row["words_said"] and words.startswith("Mais sans")
    turns = table(folder, "transcripts/T002.turns.csv")
    assert "".join(texts["T002"][int(t["start_at"]) : int(t["end_at"])] for t in turns) == texts["T002"]
    assert {t["respondent"] for t in turns if t["speaker"] == "R1"} == {"R002"}
    described = {(row["file"], row["variable"]) for row in table(folder, "dictionary.csv")}
    assert ("transcripts.csv", "undecided") in described and ("codings/coder-….csv", "words_said") in described


def test_whoever_did_not_agree_stays_outside_with_all_their_words(shelf: Shelf, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    done = made(shelf, folder)
    [left] = done.chosen.left_out
    assert (left.transcript.name, left.reason, left.why) == (
        "cso-2", "consent", "the consent does not extend to an archive",
    )  # fmt: skip
    said = everything(folder)
    assert not [word for word in ("Fin 2", MEMO, "cso-2", "P2", "Awa", "Daan") if word in said]
    assert "[…]" in max((folder / "codebook").glob("v*.yaml")).read_text("utf-8")
    assert table(folder, "left_out.csv") == [{"reason": "consent", "transcripts": "1"}]
    assert {row["name"]: row["in_archive"] for row in table(folder, "consent.csv")}["archive"] == "2"
    assert "not anonymous" in (folder / "README.en.md").read_text("utf-8")
    assert "**pas anonyme**" in (folder / "README.fr.md").read_text("utf-8")
    assert [row["undecided"] for row in table(folder, "transcripts.csv")] == ["1", "3"]
    coreq = {row["item"]: row["answer"] for row in table(folder, "coreq.en.csv")}
    assert len(coreq) == 32 and "3 interviews in the project" in coreq["12"] and "coder-1" in coreq["24"]


@pytest.mark.parametrize(
    ("consent", "why"),
    [
        ({"status": "none"}, "no consent was given"),
        ({"status": "written", "scope": ["archive"], "embargo": "9998-01-01"}, "9998-01-01"),
        ({"status": "oral"}, "not recorded what the consent extends to"),
    ],
)
def test_no_consent_an_embargo_and_what_is_not_recorded_keep_a_transcript_out(
    shelf: Shelf, consent: dict[str, object], why: str
) -> None:
    shelf.consent(1, **consent)
    left = choose(shelf.project, WISH).left_out
    assert [each.transcript.name for each in left] == ["cso-1", "cso-2"] and why in left[0].why


def test_a_transcript_in_which_somebody_unknown_answers_too_is_left_out(shelf: Shelf) -> None:
    people.set_speaker(
        shelf.project, shelf.awa, opened(shelf.project, "cso-1").transcript.id, "INT", role=people.Role.RESPONDENT
    )
    first, *_others = choose(shelf.project, WISH).left_out
    assert (first.transcript.name, first.reason) == ("cso-1", "unknown_speaker")


def test_texts_that_nobody_looked_through_for_names_need_a_reason(shelf: Shelf, tmp_path: Path) -> None:
    for (key,) in shelf.project.connection.execute("select id from masking").fetchall():
        with shelf.project.act(shelf.awa.id) as act:
            act.remove("masking", key)
    with pytest.raises(InputRefused) as refused:
        made(shelf, tmp_path / "archive")
    assert [problem.code for problem in refused.value.problems] == ["names", "consent", "names"]
    assert not (tmp_path / "archive").exists() and not outputs(shelf.project, "archive")
    wish = ArchiveWish("Awa", names_replaced_before="replaced by hand in 2016")
    assert made(shelf, tmp_path / "archive", wish).counts["transcripts"] == 2
    assert "replaced by hand in 2016" in (tmp_path / "archive" / "README.en.md").read_text("utf-8")


def test_a_second_person_releases_just_what_was_prepared(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="No archive waits"):
        confirm_archive(shelf.project, shelf.daan, tmp_path / "archive")
    draft = made(shelf, tmp_path / "archive")
    assert not draft.released and "Draft" in (tmp_path / "archive" / "README.en.md").read_text("utf-8")
    with pytest.raises(InputRefused, match="a second person"):
        confirm_archive(shelf.project, shelf.awa, tmp_path / "archive")
    done = confirm_archive(shelf.project, shelf.daan, tmp_path / "archive")
    readme = (tmp_path / "archive" / "README.en.md").read_text("utf-8")
    assert done.released and "Made by coder-1 and confirmed by coder-2." in readme
    last = outputs(shelf.project, "archive")[-1].details
    assert (last["state"], last["prepared_by"], last["confirmed_by"]) == ("released", shelf.awa.id, shelf.daan.id)


def test_what_changed_since_is_prepared_anew(shelf: Shelf, tmp_path: Path) -> None:
    made(shelf, tmp_path / "archive")
    text = opened(shelf.project, "cso-3")
    add_codings(shelf.project, shelf.awa, text.version.id, 20, 25, [code_id("D1")])
    with pytest.raises(InputRefused, match="changed since Awa"):
        confirm_archive(shelf.project, shelf.daan, tmp_path / "archive")
    assert "Draft" in (tmp_path / "archive" / "README.en.md").read_text("utf-8")


def test_one_person_is_enough_with_a_reason_and_only_of_those_who_may(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="archivist or a lead"):
        export_archive(shelf.project, shelf.daan, tmp_path / "archive", WISH)
    done = export_archive(shelf.project, shelf.awa, tmp_path / "archive", WISH, alone="nobody else is left")
    assert done.released and "nobody else is left" in (tmp_path / "archive" / "README.fr.md").read_text("utf-8")


def test_the_same_project_gives_the_same_bytes(shelf: Shelf, tmp_path: Path) -> None:
    first, second = tmp_path / "one.zip", tmp_path / "two.zip"
    made(shelf, first)
    made(shelf, second)
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (first, second)]
    assert [each.digest for each in outputs(shelf.project, "archive")] == digests
    assert {each.name for each in tmp_path.iterdir()} == {"one.zip", "two.zip", "project"}
    with ZipFile(first) as one, ZipFile(second) as two:
        assert one.namelist() == two.namelist()
        differing = [name for name in one.namelist() if one.read(name) != two.read(name)]
        assert {name.partition("/")[0] for name in differing} <= {"audit", "SHA256SUMS"}
        assert json.loads(one.read("metadata.json"))["counts"]["codings"] == 4
    with shelf.project.snapshot():
        chosen = choose(shelf.project, WISH)
        assert list(chosen.transcripts) == ["T001", "T002"] and list(chosen.people) == ["R001", "R002"]


def test_other_things_in_the_folder_are_left_as_they_are(shelf: Shelf, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    made(shelf, folder)
    made(shelf, folder)
    (folder / "mine.txt").write_text("mine")
    with pytest.raises(InputRefused, match="holds other things"):
        made(shelf, folder)
    assert (folder / "mine.txt").read_text() == "mine"


def test_an_original_name_of_the_key_file_stops_it(shelf: Shelf, tmp_path: Path) -> None:
    register = Register(shelf.project.id).changed(shelf.awa.id, [Name(1, "Les Femmes", replacement="Sali")])
    with pytest.raises(InputRefused) as refused:
        export_archive(shelf.project, shelf.awa, tmp_path / "archive", WISH, register=register)
    assert [each.place for each in refused.value.problems] == ["transcripts/T001.txt", "transcripts/T002.txt"]
    assert "emmes" not in str(refused.value.problems) and not (tmp_path / "archive").exists()
    clean = Register(shelf.project.id).changed(shelf.awa.id, [Name(1, "Zimboulou", replacement="Sali")])
    assert (
        export_archive(shelf.project, shelf.awa, tmp_path / "archive", WISH, register=clean).counts["transcripts"] == 2
    )


def test_the_command_tells_what_is_left_out_and_reads_the_key_file_where_there_is_one(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.project.close()
    monkeypatch.setenv("HSREVIEW_PROJECT", str(tmp_path / "project"))
    command = ["export", "archive", str(tmp_path / "a.zip"), "--layer", "Awa"]
    done = ok("--coder", "Awa", *command)
    assert "cso-2: the consent does not extend to an archive" in done.err and "no key file" in done.err
    assert "draft until a second person" in done.err and done.lines == [str(tmp_path / "a.zip")]
    answer = ok("--coder", "Daan", "export", "archive", str(tmp_path / "a.zip"), "--confirm", "--json")
    made = answer.json("export archive")
    assert made["released"] and [each["reason"] for each in made["left_out"]] == ["consent"]
    assert call("--coder", "Daan", *command, "--confirm").code == 2
    [act] = ok("audit", "--kind", "archive", "--json").json("audit")["acts"][:1]
    assert (act["by"], act["others"]) == ("Daan", ["Awa"])


def test_interviews_that_nobody_coded_go_in_without_a_coreq_table(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "project")
    shelf = Shelf(project, awa, awa)
    people.set_speaker(project, awa, opened(project).transcript.id, "R1", respondent="P1")
    shelf.consent(1, status="oral", scope=["archive"])
    shelf.looked_through("cso-1")
    done = export_archive(project, awa, tmp_path / "archive", ArchiveWish())
    assert (done.counts["transcripts"], done.counts["codings"]) == (1, 0)
    folder = tmp_path / "archive"
    assert not list(folder.glob("coreq*")) and (folder / "SHA256SUMS").exists()
    for language in ("en", "fr"):
        said = (folder / f"README.{language}.md").read_text("utf-8")
        rows = [line for line in said.split("\n") if line.startswith("| `")]
        named = {name for row in rows for name in re.findall("`([^` ]+)`", row.split("|")[1])}
        assert {"codebook/", "audit/", "transcripts.csv", "SHA256SUMS", "transcripts/T001.txt"} <= named
        assert all((folder / name).exists() for name in named), "nothing is listed that is not there"
        assert "COREQ" not in said
    assert any("No licence is named" in line for line in told(done))
    project.close()


def test_what_cannot_be_put_on_record_is_not_written(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_fields: object) -> None:
        raise InputRefused("The disk is full.")

    monkeypatch.setattr(archiving, "record_output", full)
    for name in ("archive", "archive.zip"):
        with pytest.raises(InputRefused, match="disk is full"):
            made(shelf, tmp_path / name)
    assert [each.name for each in tmp_path.iterdir()] == ["project"]
