"""Merging: set union of records, whole packages or nothing, the same tables everywhere."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hsreview.base.errors import InputRefused, ProjectUnavailable
from hsreview.base.ids import new_id
from hsreview.model.exchange import Package
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.project.backups import backups
from hsreview.project.conflicts import conflicts, decide
from hsreview.project.doctor import examine
from hsreview.project.entities import dump
from hsreview.project.log import body_digest
from hsreview.project.merging import merge, plan
from hsreview.project.project import Project
from hsreview.workflows import coding as acts
from hsreview.workflows import undoing
from hsreview.workflows.codebooks import change_code
from hsreview.workflows.coders import store_coder
from hsreview.workflows.importing import ImportOptions, Staged, store
from hsreview.workflows.people import set_speaker
from hsreview.workflows.reading import codings_of, transcripts
from tests.builders import a_project, code_id, opened, staged
from tests.project import kill_child
from tests.project.teams import copied, give, package, tables
from tests.project.test_kill import processes


def test_two_coders_have_each_others_codings_after_the_exchange(tmp_path: Path) -> None:
    here, awa = a_project(tmp_path / "here")
    daan = store_coder(here, Coder(new_id(), "Daan"))
    there = copied(here, tmp_path / "there")
    version = opened(here).version.id
    acts.add_codings(here, awa, version, 20, 30, [code_id("D1")])
    acts.add_codings(there, daan, version, 40, 50, [code_id("D2")])
    dry = plan(here, [("daan", package(there, mine=daan.id))])
    assert len(codings_of(here)) == 1
    merged = merge(here, [("daan", package(there, mine=daan.id))])
    assert merged == dry and merged.new == {daan.id: 1} and merged.packages == ("daan",)
    assert merge(here, [("daan", package(there, mine=daan.id))]).new == {}
    give(here, there)
    assert len(codings_of(here)) == len(codings_of(there)) == 2
    assert tables(here) == tables(there)
    assert examine(here.connection) == examine(there.connection) == []


def test_a_label_changed_on_both_sides_is_open_until_somebody_decides(tmp_path: Path) -> None:
    here, awa = a_project(tmp_path / "here")
    there = copied(here, tmp_path / "there")
    change_code(here, awa, code_id("D1"), texts={"label": Localized(fr="Ici", en="Here")})
    change_code(there, awa, code_id("D1"), texts={"label": Localized(fr="Là", en="There")})
    give(here, there)
    give(there, here)
    [open_] = conflicts(here.connection)
    assert [open_] == conflicts(there.connection) and (open_.table, open_.field) == ("code", "data.label")
    decide(here, awa, open_.id, open_.values[0].record, "clearer")
    assert conflicts(here.connection) == [] and examine(here.connection) == []
    give(here, there)
    assert conflicts(there.connection) == [] and tables(here) == tables(there)
    assert undoing.undo(here, awa).done
    assert [each.id for each in conflicts(here.connection)] == [open_.id]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Project, Project, Coder]]:
    """Two copies of a project; at the second, Daan coded three segments."""
    here, _awa = a_project(tmp_path / "here")
    daan = store_coder(here, Coder(new_id(), "Daan"))
    there = copied(here, tmp_path / "there")
    for start in (20, 40, 60):
        acts.add_codings(there, daan, opened(there).version.id, start, start + 10, [code_id("D1")])
    yield here, there, daan
    here.close()
    there.close()


def changed(given: Package, entry: int, **fields: Any) -> Package:
    """The package with one record forged (its digest is made to fit)."""
    records = list(given.changes)
    record = replace(records[entry], **fields)
    if record.body is not None:
        record = replace(record, body_digest=body_digest(record.salt or "", dump(record.body)))
    records[entry] = record
    return Package(given.manifest, records, given.contents)


def with_field(given: Package, entry: int, **fields: Any) -> Package:
    body: Any = given.changes[entry].body
    return changed(given, entry, body={**body, "set": {**body["set"], **fields}})


def refuses(project: Project, given: Package, *codes: str) -> None:
    """A package is refused for these reasons, and nothing of it is stored."""
    before = tables(project)
    for merged in (plan(project, [("p", given)]), merge(project, [("p", given)])):
        assert {problem.code for problem in merged.refused} == set(codes)
        assert all(problem.place == "p" and problem.message for problem in merged.refused)
        assert merged.packages == () and merged.new == {}
    assert tables(project) == before and backups(project.root) == []


def test_what_another_program_merges_meanwhile_is_seen(
    pair: tuple[Project, Project, Coder], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there, daan = pair
    given = package(there)
    backup = Project.backup

    def slow(project: Project, label: str) -> object:
        monkeypatch.setattr(Project, "backup", backup)
        with Project.open(here.root) as other:
            assert merge(other, [("p", given)]).new == {daan.id: 3}
        return backup(project, label)

    monkeypatch.setattr(Project, "backup", slow)
    merged = merge(here, [("p", given)])
    assert merged.refused == () and merged.new == {} and len(codings_of(here)) == 3
    assert tables(here) == tables(there)


def test_another_projects_package_is_refused(tmp_path: Path) -> None:
    here, _awa = a_project(tmp_path / "here")
    there, _other = a_project(tmp_path / "there")
    refuses(here, package(there), "other_project")


def test_a_newer_format_is_refused(pair: tuple[Project, Project, Coder]) -> None:
    here, there, _daan = pair
    given = package(there)
    refuses(here, replace(given, manifest=replace(given.manifest, format=99)), "newer_format")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"start": "20"}, "field_type"),
        ({"start": True}, "field_type"),
        ({"start": 30, "end": 30}, "coding_offsets"),
        ({"start": -1}, "coding_offsets"),
        ({"end": 10**6}, "coding_offsets"),
        ({"version_id": "nobody-knows"}, "unknown_text"),
        ({"colour": "red"}, "unknown_field"),
        ({"layer": "third"}, "field_value"),
        ({"flags": "quote"}, "field_type"),
        ({"modifiers": ["a"]}, "field_type"),
        ({"given_code_id": None}, "field_missing"),
    ],
)
def test_a_record_that_makes_no_sense_refuses_its_package(
    pair: tuple[Project, Project, Coder], fields: dict[str, Any], code: str
) -> None:
    here, there, daan = pair
    refuses(here, with_field(package(there, mine=daan.id), -1, **fields), code)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": "coding.burn"}, "unknown_kind"),
        ({"kind": "cooking.put"}, "unknown_kind"),
        ({"kind": "coding.remove"}, "unknown_field"),
        ({"seq": 0}, "header"),
        ({"clock": 0}, "header"),
        ({"coder": "a/b"}, "header"),
        ({"id": ""}, "header"),
        ({"saw": {"x": "1"}}, "header"),
        ({"undoes": "a", "redoes": "b"}, "header"),
        ({"body": None}, "body"),
        ({"body": {"set": {}, "was": {}, "more": 1}}, "unknown_field"),
        ({"salt": None}, "body"),
    ],
)
def test_a_damaged_record_refuses_its_package(
    pair: tuple[Project, Project, Coder], fields: dict[str, Any], code: str
) -> None:
    here, there, daan = pair
    refuses(here, changed(package(there, mine=daan.id), -1, **fields), code)


def test_a_codebook_that_cannot_be_read_is_refused_and_other_packages_are_taken(
    pair: tuple[Project, Project, Coder],
) -> None:
    here, there, daan = pair
    good = package(there, mine=daan.id)
    with there.act(daan.id) as act:
        act.put("code", code_id("D1"), data={"label": {"fr": "x", "en": "x"}, "cues": 3})
    bad = package(there, mine=daan.id)
    for named in ([("bad", bad), ("good", good)], [("good", good), ("bad", bad)]):
        merged = plan(here, named)
        assert merged.packages == ("good",) and [problem.code for problem in merged.refused] == ["contradiction"]
    merge(here, [("bad", bad), ("good", good)])
    assert len(codings_of(here)) == 3 and examine(here.connection) == []


def test_a_body_that_does_not_fit_its_digest_is_refused(pair: tuple[Project, Project, Coder]) -> None:
    here, there, daan = pair
    given = package(there, mine=daan.id)
    record = replace(given.changes[0], body_digest="0" * 64)
    refuses(here, replace(given, changes=[record, *given.changes[1:]]), "body_digest")


def test_a_record_that_differs_from_the_one_with_its_id_is_refused(pair: tuple[Project, Project, Coder]) -> None:
    here, there, daan = pair
    give(there, here)
    before = tables(here)
    merged = merge(here, [("p", with_field(package(there, mine=daan.id), 1, end=99))])
    assert [problem.code for problem in merged.refused] == ["record_differs"] and tables(here) == before


def test_a_number_that_another_record_has_is_refused(pair: tuple[Project, Project, Coder]) -> None:
    here, there, daan = pair
    give(there, here)
    before = tables(here)
    merged = merge(here, [("p", changed(package(there, mine=daan.id), 1, id=new_id()))])
    assert [problem.code for problem in merged.refused] == ["number_taken"] and tables(here) == before


def test_missing_records_are_named_and_their_package_refused(pair: tuple[Project, Project, Coder]) -> None:
    here, there, daan = pair
    given = package(there, mine=daan.id)
    merged = merge(here, [("p", replace(given, changes=[given.changes[0], *given.changes[2:]]))])
    assert [problem.code for problem in merged.refused] == ["missing_records"]
    [gap] = merged.missing
    assert (gap.coder, gap.first, gap.last, gap.refused) == (daan.id, 1, 1, True)
    both = merge(here, [("late", replace(given, changes=[given.changes[0], *given.changes[2:]])), ("all", given)])
    assert both.refused == () and both.missing == () and len(codings_of(here)) == 3


def test_what_the_sender_knew_and_is_not_here_is_reported(pair: tuple[Project, Project, Coder]) -> None:
    here, there, daan = pair
    issa = store_coder(there, Coder(new_id(), "Issa"))
    merged = merge(here, [("p", package(there, mine=daan.id))])
    assert merged.refused == () and len(codings_of(here)) == 3
    [gap] = merged.missing
    assert (gap.coder, gap.first, gap.last, gap.refused) == (issa.id, 1, 1, False)


def test_a_refused_package_does_not_stop_the_others(pair: tuple[Project, Project, Coder]) -> None:
    here, there, daan = pair
    good = package(there, mine=daan.id)
    merged = merge(here, [("bad", package(there, mine=daan.id, project_id=new_id())), ("good", good)])
    assert merged.packages == ("good",) and [problem.place for problem in merged.refused] == ["bad"]
    assert len(codings_of(here)) == 3
    assert [path.stem.endswith("before-merge") for path in backups(here.root)] == [True]


def test_a_changed_text_is_refused(pair: tuple[Project, Project, Coder]) -> None:
    here, there, _daan = pair
    given = package(there)
    contents = [replace(each, data=each.data + "x") if isinstance(each.data, str) else each for each in given.contents]
    refuses(here, replace(given, contents=contents), "content_hash")


def test_a_text_comes_with_its_records_or_not_at_all(pair: tuple[Project, Project, Coder]) -> None:
    here, there, daan = pair
    entry = Staged(Path("b.txt"), staged("R1 : Un autre texte.\n", "b"))
    store(there, daan, [entry], ImportOptions(group="cso"))
    given = package(there)
    refuses(here, replace(given, contents=()), "unknown_text")
    give(there, here)
    assert tables(here) == tables(there) and examine(here.connection) == []


def test_a_blind_package_holds_nothing_of_what_others_did_or_of_other_texts(tmp_path: Path) -> None:
    here, awa = a_project(tmp_path / "here", transcripts=2)
    daan = store_coder(here, Coder(new_id(), "Daan"))
    first, second = opened(here, "cso-1"), opened(here, "cso-2")
    with here.act(awa.id) as act:
        act.put(
            "assignment", new_id(), transcript_id=first.transcript.id, coder_id=daan.id, blind=1, reason="secret-why",
            **{"pass": ""},
        )  # fmt: skip
    [coding] = acts.add_codings(here, awa, first.version.id, 20, 30, [code_id("D1")])
    acts.write_memo(here, awa, "memo-of-awa", coding_id=coding.id)
    set_speaker(here, awa, second.transcript.id, "R1", respondent="PSEUDO-TWO")
    set_speaker(here, awa, first.transcript.id, "R1", respondent="PSEUDO-ONE")
    given = package(here, blind_for=daan.id)
    there = Project.create(tmp_path / "there", project_id=here.id)
    merge(there, [("p", given)])
    raw = b"".join(path.read_bytes() for path in there.root.glob("project.hsreview*"))
    said = repr(given)
    for marker in ("memo-of-awa", "Fin 2", "PSEUDO-TWO"):
        assert marker not in said and marker.encode() not in raw
    assert "PSEUDO-ONE" in said and opened(there, "cso-1").text == first.text
    assert codings_of(there) == [] and [each.name for each in transcripts(there)] == ["cso-1"]
    assert examine(there.connection) == []
    acts.add_codings(there, daan, first.version.id, 40, 50, [code_id("D2")])
    back = merge(here, [("back", package(there, mine=daan.id))])
    assert back.refused == () and len(codings_of(here)) == 2 and examine(here.connection) == []
    merged = merge(there, [("all", package(here))])
    assert merged.filled > 0 and tables(here) == tables(there) and examine(there.connection) == []


def test_one_coder_on_two_machines(tmp_path: Path) -> None:
    here, awa = a_project(tmp_path / "here")
    there = copied(here, tmp_path / "there")
    for project, start in ((here, 20), (there, 40)):
        acts.add_codings(project, awa, opened(project).version.id, start, start + 5, [code_id("D1")])
    assert undoing.undo(there, awa).done
    give(here, there)
    give(there, here)
    assert tables(here) == tables(there) and [c.start for c in codings_of(here)] == [20]
    assert undoing.undo(there, awa).done and codings_of(there) == []
    give(there, here)
    assert tables(here) == tables(there) and examine(here.connection) == []


def test_coders_with_the_same_name_are_reported(tmp_path: Path) -> None:
    here, _awa = a_project(tmp_path / "here")
    there = copied(here, tmp_path / "there")
    for project in (here, there):
        store_coder(project, Coder(new_id(), "Issa"))
    [merged] = give(there, here)
    assert merged.same_names == ("Issa",)


def test_a_project_that_cannot_be_written_is_left_as_it_is(pair: tuple[Project, Project, Coder]) -> None:
    here, there, daan = pair
    given = package(there, mine=daan.id)
    here.read_only = True
    assert plan(here, [("p", given)]).new == {daan.id: 3}
    with pytest.raises(InputRefused):
        merge(here, [("p", given)])
    here.read_only = False
    assert codings_of(here) == [] and backups(here.root) == []


def test_a_full_disk_leaves_the_project_as_it_was(pair: tuple[Project, Project, Coder]) -> None:
    here, there, daan = pair
    before = tables(here)
    pages = here.connection.execute("pragma page_count").fetchone()[0]
    here.connection.execute(f"pragma max_page_count = {pages}")
    for start in range(0, 90):
        acts.add_codings(there, daan, opened(there).version.id, start, start + 30, [code_id("D1")])
    with pytest.raises(InputRefused, match="disk is full"):
        merge(here, [("p", package(there, mine=daan.id))])
    assert tables(here) == before and examine(here.connection) == []


def test_a_project_in_use_is_left_as_it_is(pair: tuple[Project, Project, Coder]) -> None:
    here, there, daan = pair
    here.connection.execute("pragma busy_timeout = 10")
    with Project.open(here.root) as other, other.write(), pytest.raises(ProjectUnavailable):
        merge(here, [("p", package(there, mine=daan.id))])
    assert codings_of(here) == []


def test_a_merge_that_is_killed_is_done_or_not_done(pair: tuple[Project, Project, Coder], tmp_path: Path) -> None:
    here, there, daan = pair
    version = opened(there).version.id
    with there.act(daan.id) as act:
        act.make("coding", ((new_id(), coding_fields(version, daan.id, n)) for n in range(4000)))
    here.close()
    there.close()
    shutil.copytree(here.root, tmp_path / "kept")
    chance = random.Random(20261121)
    whole = 0.0
    cut = 0
    for kill in range(7):
        shutil.rmtree(here.root)
        shutil.copytree(tmp_path / "kept", here.root)
        heard, told = processes.Pipe(duplex=False)
        args = (str(here.root), os.environ["HSREVIEW_HOME"], str(there.root), told)
        child = processes.Process(target=kill_child.merge_once, args=args, daemon=True)
        child.start()
        told.close()
        assert heard.recv() == kill_child.BEGIN
        begun = time.perf_counter()
        if kill:
            heard.poll(whole * chance.random())
            child.kill()
        else:
            assert heard.recv() == "p"
            whole = time.perf_counter() - begun
        child.join()
        with Project.open(here.root) as after:
            found = len(codings_of(after))
            assert found in (0, 4003) and examine(after.connection) == []
            cut += found == 0
    assert cut >= 2, "some of the kills come before the end"


def coding_fields(version: str, coder: str, n: int) -> dict[str, Any]:
    return {
        "version_id": version, "start": n % 100, "end": n % 100 + 1 + n % 60, "given_code_id": code_id("D1"),
        "coder_id": coder, "layer": "own", "pass": "", "origin": "imported", "created": "", "modifiers": {},
        "flags": [],
    }  # fmt: skip
