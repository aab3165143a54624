"""What later work rests on: records that tell what their writer saw, bodies that may be missing, guarded headers."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.project import content, migrations
from hsreview.project.carried import PLACE, PLACED
from hsreview.project.doctor import examine
from hsreview.project.log import changes
from hsreview.project.project import Project
from hsreview.workflows import coding as acts
from hsreview.workflows import undoing
from hsreview.workflows.codebooks import change_code, decide_proposal
from hsreview.workflows.coders import store_coder
from hsreview.workflows.importing import ImportOptions, Staged, store
from hsreview.workflows.people import Role, relabel_turn, set_speaker
from hsreview.workflows.reading import codebook, codings_of, transcripts
from hsreview.workflows.transcripts import change_transcript
from tests.builders import TEXT, a_project, code_id, opened, staged


@pytest.fixture
def two(tmp_path: Path) -> tuple[Project, Coder, Coder]:
    project, awa = a_project(tmp_path)
    return project, awa, store_coder(project, Coder(new_id(), "Daan"))


Team = tuple[Project, Coder, Coder]


def test_a_record_says_what_its_writer_had_seen_of_others(two: Team) -> None:
    project, awa, daan = two
    text = opened(project)
    acts.add_codings(project, daan, text.version.id, 20, 30, [code_id("D1")])
    acts.add_codings(project, daan, text.version.id, 31, 40, [code_id("D1")])
    acts.add_codings(project, awa, text.version.id, 20, 30, [code_id("D1")])
    daans = [c for c in changes(project.connection) if c.coder == daan.id]
    assert [sorted(c.saw or ()) for c in daans] == [[f"{awa.id}/{project.replica}"], [], []], (
        "told once, when it is new"
    )
    last = [c for c in changes(project.connection) if c.coder == awa.id][-1]
    assert last.saw == {f"{daan.id}/{project.replica}": daans[-1].seq}


def test_an_edit_records_only_the_fields_it_changes(two: Team) -> None:
    project, awa, daan = two
    change_code(project, awa, code_id("D1"), texts={"definition": Localized("de A", "by A")})
    change_code(project, daan, code_id("D1"), texts={"label": Localized("de B", "by B")})
    bodies = [c.body for c in changes(project.connection, "kind = 'code.put' and entity = ?", (code_id("D1"),))][1:]
    assert [sorted(body["set"]) for body in bodies if body] == [["data.definition"], ["data.label"]]
    assert undoing.undo(project, awa).done, "Daan's later edit of another field does not stand in the way"
    code = next(p.code for p in codebook(project).codes() if p.code.ref == "D1")
    assert (code.label.fr, code.definition.fr) == ("de B", "")


def test_attributes_change_one_by_one(two: Team) -> None:
    project, awa, daan = two
    text = opened(project)
    change_transcript(project, awa, text.transcript, attributes={"region": "Gao"})
    change_transcript(project, daan, text.transcript, attributes={"gender": "f"})
    assert transcripts(project)[0].attributes == {"region": "Gao", "gender": "f"}, "a stale view takes nothing away"
    assert undoing.undo(project, awa).done
    assert transcripts(project)[0].attributes == {"gender": "f"}


@pytest.mark.parametrize(
    "change", ["kind = 'coding.restore'", "at = '1970'", "coder = 'x'", "salt = null", "undoes = 'x'"]
)
def test_doctor_notices_a_changed_header(two: Team, change: str) -> None:
    project, awa, _daan = two
    text = opened(project)
    [coding] = acts.add_codings(project, awa, text.version.id, 20, 30, [code_id("D1")])
    acts.remove_coding(project, awa, coding.id)
    project.connection.execute(f"update change set {change} where kind = 'coding.remove'")
    assert "record_digest" in {f.code for f in examine(project.connection)}


def test_an_erased_body_does_not_break_its_records_digest(two: Team) -> None:
    project, _awa, _daan = two
    project.connection.execute("update change set body = null, salt = null, state = 'erased' where kind = 'coder.put'")
    assert "record_digest" not in {f.code for f in examine(project.connection)}


def test_things_whose_creation_is_withheld_may_be_pointed_at(two: Team) -> None:
    project, awa, daan = two
    text = opened(project)
    code, _coding = acts.in_vivo(project, daan, text.version.id, 20, 30)
    acts.add_codings(project, awa, text.version.id, 40, 50, [code.id])
    decide_proposal(project, awa, code.id, "merge", into=code_id("D1"), reason="same")
    acts.mark_reviewed(project, awa, text.transcript.id)
    for entity in (code.id, text.transcript.id):
        project.connection.execute(
            "update change set body = null, salt = null, state = 'erased' where entity = ?", (entity,)
        )
    from hsreview.project.log import replay

    fresh = replay(project.connection)
    assert fresh.execute("pragma foreign_key_check").fetchall() == []
    assert fresh.execute("select removed from transcript where id = ?", (text.transcript.id,)).fetchone() == (1,)
    assert fresh.execute("select count(*) from coding where code_id = ?", (code.id,)).fetchone()[0] >= 1


def test_erased_content_does_not_come_back_and_withheld_content_does(two: Team) -> None:
    project, awa, _daan = two
    connection = project.connection
    key = content.put_text(connection, "un texte")
    connection.execute("update content set data = null, state = 'withheld' where hash = ?", (key,))
    assert content.put_text(connection, "un texte") == key and content.text(connection, key) == "un texte"
    connection.execute("update content set data = null, state = 'erased' where hash = ?", (key,))
    with pytest.raises(InputRefused, match="erased"):
        content.put_text(connection, "un texte")
    report = store(project, awa, [Staged(Path("n.txt"), staged("un texte", "n"))], ImportOptions())
    assert not report.stored and "erased" in report.refused[0].reason


def test_no_hash_or_id_lets_a_name_be_guessed(two: Team) -> None:
    project, _awa, _daan = two
    row = project.connection.execute("select file_name_hash from text_version").fetchone()
    assert row[0] != content.digest(b"cso-1.txt")
    dump = "\n".join(project.connection.iterdump())
    again, _coder = a_project(project.root / "again")
    ids = {row[0] for row in again.connection.execute("select id from speaker")}
    assert not any(each in dump for each in ids)


@pytest.mark.parametrize("deed", ["accept", "merge_target", "turn", "speaker", "respondent"])
def test_undo_never_takes_away_what_another_coder_built_on(two: Team, deed: str) -> None:
    project, awa, daan = two
    text = opened(project)
    if deed == "accept":
        code = acts.propose_code(project, daan, Localized("peur", "fear"))
        decide_proposal(project, awa, code.id, "accept", ref="D9", reason="yes")
    elif deed == "merge_target":
        target = acts.propose_code(project, daan, Localized("peur", "fear"))
        decide_proposal(project, awa, target.id, "accept", ref="D9", reason="yes")
        other = acts.propose_code(project, awa, Localized("crainte", "dread"))
        decide_proposal(project, awa, other.id, "merge", into=target.id, reason="same")
    elif deed == "turn":
        relabel_turn(project, daan, text.version.id, 3, "R2")
        relabel_turn(project, awa, text.version.id, 3, "R3")
    elif deed == "speaker":
        relabel_turn(project, daan, text.version.id, 3, "R2")
        relabel_turn(project, awa, text.version.id, 5, "R2")
    else:
        set_speaker(project, daan, text.transcript.id, "R1", role=Role.RESPONDENT, respondent="P1")
        report = store(project, awa, [Staged(Path("b.txt"), staged(TEXT + "R1 : b\n", "b"))])
        set_speaker(project, awa, report.stored[0].transcript_id, "R1", respondent="P1")
    before = list(changes(project.connection))
    result = undoing.undo(project, daan)
    assert not result.done and result.reason
    assert list(changes(project.connection)) == before
    assert undoing.skip_undo(project, daan)
    assert examine(project.connection) == []


def test_a_refused_act_can_be_left_so_that_undo_goes_on(two: Team) -> None:
    project, awa, daan = two
    text = opened(project)
    acts.add_codings(project, daan, text.version.id, 20, 30, [code_id("D1")])
    code = acts.propose_code(project, daan, Localized("peur", "fear"))
    acts.add_codings(project, awa, text.version.id, 40, 50, [code.id])
    assert not undoing.undo(project, daan).done
    assert undoing.skip_undo(project, daan)
    assert undoing.undo(project, daan).done
    assert [c.coder_id for c in codings_of(project)] == [awa.id]
    assert examine(project.connection) == []


def test_a_new_setting_or_role_does_not_end_redo(two: Team) -> None:
    project, awa, _daan = two
    text = opened(project)
    acts.add_codings(project, awa, text.version.id, 20, 30, [code_id("D1")])
    undoing.undo(project, awa)
    store_coder(project, Coder(new_id(), "Efua"), awa.id)
    assert undoing.redo(project, awa).done


def test_proposals_cannot_be_hung_below_each_other(two: Team) -> None:
    project, awa, _daan = two
    one = acts.propose_code(project, awa, Localized("un", "one"))
    two_ = acts.propose_code(project, awa, Localized("deux", "two"))
    with pytest.raises(InputRefused):
        decide_proposal(project, awa, one.id, "accept", theme_id=two_.id, reason="x")
    decide_proposal(project, awa, one.id, "accept", reason="x")
    decide_proposal(project, awa, two_.id, "accept", theme_id=one.id, reason="x")
    assert {p.code.ref for p in codebook(project).codes()} >= {"N1", "N2"}


def test_migrations_bring_old_and_new_files_to_the_same_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, _awa = a_project(tmp_path / "old")
    project.close()

    def _m999_add_a_column(db: Any) -> None:
        db.execute("alter table transcript add column place text")

    monkeypatch.setattr(migrations, "MIGRATIONS", [*migrations.MIGRATIONS, _m999_add_a_column])
    for root in (tmp_path / "old", tmp_path / "new"):
        project = Project.open(root) if root.exists() else a_project(root)[0]
        assert examine(project.connection) == []
        project.close()


LATER = (
    "decision", "adoption", "recheck", "ruling", "summary", "framework_row", "evidence", "framework_version",
    "validation", "party", "ballot", "vote", "comment", "amendment", "observation", "masking", "translation",
    "withdrawal",
)  # fmt: skip
"""Tables of later formats."""


OLDER = [table for table in PLACED if table not in LATER]


def to_first_format(project: Project) -> None:
    """Take away what the later formats added."""
    for statement in (
        *(f"drop table {table}" for table in LATER),
        *(f"drop index {name}" for name in ("change_undoes", "change_redoes")),
        *(f"drop index {table}_given_version" for table in OLDER),
        *(f"alter table {table} drop column {name}" for table in OLDER for name in (*PLACE.values(), "carried")),
        "alter table transcript drop column gated",
        "alter table text_version drop column carries",
        "delete from _sqlite_migrations where name <> '_m001_first_schema'",
        "pragma user_version = 1",
    ):
        project.connection.execute(statement)


def test_a_file_of_the_first_format_opens_with_all_that_was_in_it(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    version = transcripts(project)[0].version_id
    acts.add_codings(project, awa, version, 20, 30, [code_id("D1")])
    before = list(changes(project.connection))
    to_first_format(project)
    project.close()
    with Project.open(tmp_path) as project:
        assert list(changes(project.connection)) == before
        assert examine(project.connection) == []
        acts.add_codings(project, awa, version, 40, 50, [code_id("D2")])
        assert len(codings_of(project)) == 2 and examine(project.connection) == []


def test_two_programs_may_bring_one_file_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_project(tmp_path)[0].close()

    def _m999_add_a_table(db: Any) -> None:
        db.execute("create table extra(id text primary key) strict")

    older = len(migrations.MIGRATIONS)
    monkeypatch.setattr(migrations, "MIGRATIONS", [*migrations.MIGRATIONS, _m999_add_a_table])
    slow = sqlite3.connect(tmp_path / "project.hsreview", isolation_level=None)
    assert slow.execute("pragma user_version").fetchone() == (older,)
    Project.open(tmp_path).close()
    migrations.migrate(slow)
    assert slow.execute("select count(*) from extra").fetchone() == (0,)


def test_a_codebook_file_exported_and_read_back_keeps_the_inbox(two: Team) -> None:
    from hsreview.codebook.read import read_codebook
    from hsreview.codebook.write import write_codebook
    from hsreview.workflows.codebooks import proposals, store_codebook

    project, awa, daan = two
    open_one = acts.propose_code(project, daan, Localized("peur", "fear"), reason="said often")
    merged = acts.propose_code(project, daan, Localized("crainte", "dread"))
    before = codebook(project)
    decide_proposal(project, awa, merged.id, "merge", into=code_id("D1"), reason="same")
    store_codebook(project, awa.id, read_codebook(write_codebook(before).replace("fear", "fear of night")))
    [waiting] = proposals(project)
    assert (waiting.code.id, waiting.by, waiting.reason) == (open_one.id, "Daan", "said often")
    assert waiting.code.label.en == "fear of night"
    assert merged.id not in {p.code.id for p in codebook(project).codes()}, "a decision stands"
    assert codebook(project).version != before.version
    row = project.connection.execute("select count(*) from code where kind = 'theme' and ref = '?'").fetchone()
    assert row == (0,)
    assert json.loads(project.connection.execute("select data from codebook").fetchone()[0])["title"]
