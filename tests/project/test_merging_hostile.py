"""Packages that somebody made to harm: what they may not do, and what is told of what they may."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hsreview.base.ids import new_id
from hsreview.model.change import BodyState
from hsreview.model.coding import Coding
from hsreview.model.exchange import Content, Package, Weight
from hsreview.model.people import Coder, CoderRole
from hsreview.project.backups import backups
from hsreview.project.codebooks import load_codebook
from hsreview.project.doctor import examine
from hsreview.project.erasing import BODY, CONTENT
from hsreview.project.log import insert, rebuild
from hsreview.project.merging import merge, plan
from hsreview.project.project import Project
from hsreview.project.selecting import withheld
from hsreview.workflows import coding as acts
from hsreview.workflows import undoing
from hsreview.workflows.coders import rename_coder, set_role, store_coder
from hsreview.workflows.reading import codings_of, memos_of
from hsreview.workflows.undoing import skip_undo
from hsreview.workflows.weights import told
from tests.builders import TEXT, a_project, code_id, opened
from tests.project.teams import copied, give, package, tables


class Team:
    """The lead's copy, with a coding and a memo of Daan's, and another one where somebody does harm."""

    def __init__(self, root: Path) -> None:
        self.here, self.awa = a_project(root / "here")
        self.daan = store_coder(self.here, Coder(new_id(), "Daan"))
        self.mallory = store_coder(self.here, Coder(new_id(), "Mallory"))
        self.version = opened(self.here).version
        [self.coding] = acts.add_codings(self.here, self.daan, self.version.id, 20, 30, [code_id("D1")])
        acts.write_memo(self.here, self.daan, "why", coding_id=self.coding.id)
        [self.memo] = memos_of(self.here)
        acts.mark_reviewed(self.here, self.daan, opened(self.here).transcript.id)
        self.there = copied(self.here, root / "there")

    def writes(self, kind: str, entity: str, body: dict[str, Any], coder: Coder | None = None) -> Package:
        """What comes from there after somebody wrote a record past all rules."""
        with self.there.act((coder or self.mallory).id) as act:
            insert(self.there.connection, [act._next(kind, entity, body)])  # Its consequence might be impossible.
        return package(self.there, mine=(coder or self.mallory).id)


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path)
    yield found
    found.here.close()
    found.there.close()


def refuses(project: Project, given: Package, *codes: str) -> None:
    """A package is refused for these reasons, in a dry run too, and nothing of it is stored."""
    before = tables(project)
    for merged in (plan(project, [("p", given)]), merge(project, [("p", given)])):
        assert {problem.code for problem in merged.refused} == set(codes)
        assert merged.packages == () and merged.new == {}
    assert tables(project) == before and backups(project.root) == []


def takes(project: Project, given: Package) -> None:
    merged = merge(project, [("p", given)])
    assert merged.refused == () and examine(project.connection) == []


# What belongs to another coder.


def own_things(team: Team) -> dict[str, tuple[str, str, dict[str, Any]]]:
    reviewed = team.here.connection.execute("select id from reviewed").fetchone()[0]
    code = code_id("D1")
    return {
        "coding removed": ("coding.remove", team.coding.id, {}),
        "coding moved": ("coding.put", team.coding.id, {"set": {"end": 25}, "was": {"end": 30}}),
        "memo rewritten": ("memo.put", team.memo.id, {"set": {"text": "no"}, "was": {"text": "why"}}),
        "memo removed": ("memo.remove", team.memo.id, {}),
        "mark removed": ("reviewed.remove", reviewed, {}),
        "made once more": (
            "coding.put", team.coding.id,
            {"set": {
                "version_id": team.version.id, "start": 0, "end": 5, "given_code_id": code, "layer": "own", "pass": "",
                "coder_id": team.mallory.id, "origin": "typed", "created": "", "modifiers": {}, "flags": [],
            }},
        ),
    }  # fmt: skip


@pytest.mark.parametrize(
    "harm",
    ["coding removed", "coding moved", "memo rewritten", "memo removed", "mark removed", "made once more"],
)
def test_nobody_changes_what_belongs_to_another_coder(team: Team, harm: str) -> None:
    refuses(team.here, team.writes(*own_things(team)[harm]), "foreign_work")


def test_not_even_a_lead_changes_a_coders_work(team: Team) -> None:
    refuses(team.here, team.writes("coding.remove", team.coding.id, {}, team.awa), "foreign_work")


def test_what_a_lead_did_unseen_to_a_coders_work_is_refused_when_it_is_seen(team: Team) -> None:
    body = {"set": {"end": 25}, "was": {"end": 30}}
    given = team.writes("coding.put", team.coding.id, body, team.awa)
    takes(team.here, replace(given, changes=[*given.changes[:-1], withheld(given.changes[-1])]))
    assert [each.end for each in codings_of(team.here)] == [30]
    assert {each.code for each in merge(team.here, [("p", given)]).refused} == {"foreign_work"}
    assert [each.end for each in codings_of(team.here)] == [30]


def test_work_is_not_given_to_another_coder(team: Team) -> None:
    body = {"set": {"coder_id": team.mallory.id}, "was": {"coder_id": team.daan.id}}
    refuses(team.here, team.writes("coding.put", team.coding.id, body, team.daan), "fixed_field")


def test_an_act_of_another_coder_is_neither_undone_nor_let_stand_nor_added_to(team: Team) -> None:
    act = team.here.connection.execute("select act from change where kind = 'coding.put'").fetchone()[0]
    refuses(team.here, team.writes("act.keep", act, {}), "foreign_work")
    given = team.writes("setting.put", "name", {"set": {"value": "x"}})
    for fields in ({"undoes": act}, {"redoes": act}, {"act": act}):
        forged = replace(given, changes=[*given.changes[:-2], replace(given.changes[-1], seq=1, clock=9, **fields)])
        refuses(team.here, forged, "foreign_work")
    forged = replace(given, changes=[replace(given.changes[-1], seq=1, clock=9, undoes=new_id())])
    refuses(team.here, forged, "unknown_work")


def test_an_import_on_behalf_of_others_is_theirs_and_the_importers(team: Team) -> None:
    coding = Coding(new_id(), team.version.id, 40, 50, code_id("D1"), team.daan.id)
    with team.there.act(team.awa.id, on_behalf=True) as act:
        acts.put_codings(act, [coding])
    merged = merge(team.here, [("p", package(team.there, mine=team.awa.id))])
    assert merged.refused == ()
    assert [(each.coder_id, each.what, each.subject, each.count) for each in merged.weighty] == [
        (team.awa.id, Weight.ON_BEHALF, team.daan.id, 1)
    ]
    acts.change_coding(team.there, team.daan, coding.id, end=45)
    takes(team.here, package(team.there, mine=team.daan.id))
    assert {each.end for each in codings_of(team.here)} == {30, 45}
    acts.remove_coding(team.there, team.daan, coding.id)
    assert undoing.undo(team.there, team.daan).done and undoing.undo(team.there, team.daan).done
    assert undoing.undo(team.there, team.awa).done
    assert skip_undo(team.there, team.daan)
    takes(team.here, package(team.there))
    assert tables(team.here) == tables(team.there)


def test_work_whose_beginning_is_not_here_waits_for_it(team: Team) -> None:
    coding = Coding(new_id(), team.version.id, 40, 50, code_id("D1"), team.daan.id)
    with team.there.act(team.awa.id, on_behalf=True) as act:
        acts.put_codings(act, [coding])
    acts.change_coding(team.there, team.daan, coding.id, end=45)
    daans, awas = (package(team.there, mine=each.id) for each in (team.daan, team.awa))
    refuses(team.here, daans, "unknown_work")
    assert merge(team.here, [("daan", daans), ("awa", awas)]).refused == ()
    assert {each.end for each in codings_of(team.here)} == {30, 45}


def test_where_the_owner_is_withheld_nothing_is_presumed_until_the_body_comes(team: Team, tmp_path: Path) -> None:
    coding = Coding(new_id(), team.version.id, 40, 50, code_id("D1"), team.daan.id)
    with team.here.act(team.awa.id, on_behalf=True) as act:
        acts.put_codings(act, [coding])
    issa = store_coder(team.here, Coder(new_id(), "Issa"))
    blind = Project.create(tmp_path / "blind", project_id=team.here.id)
    takes(blind, package(team.here, blind_for=issa.id))
    acts.change_coding(team.here, team.daan, coding.id, end=45)
    takes(blind, package(team.here, blind_for=issa.id))
    give(team.here, team.there)
    takes(blind, team.writes("coding.remove", coding.id, {}))
    [told] = merge(blind, [("all", package(team.here))]).refused
    assert told.code == "foreign_work", "the removal is noticed as soon as it can be"


# Erasing.


def erases(project: Project, lead: Coder, *, contents: tuple[str, ...] = (), bodies: tuple[str, ...] = ()) -> None:
    with project.act(lead.id) as act:
        act.record_all([(CONTENT, each, {}) for each in contents] + [(BODY, each, {}) for each in bodies])
        rebuild(project.connection)


def said(project: Project, kind: str) -> str:
    return str(project.connection.execute("select id from change where kind = ?", (kind,)).fetchone()[0])


def state_of(project: Project, key: str) -> str | None:
    row = project.connection.execute("select state from content where hash = ?", (key,)).fetchone()
    return row[0] if row else None


def test_what_was_erased_anywhere_is_erased_everywhere(team: Team) -> None:
    here, there, text = team.here, team.there, team.version.text_hash
    whole = package(here)
    erases(here, team.awa, contents=(text,), bodies=(said(here, "memo.put"),))
    assert examine(here.connection) == [] and memos_of(here) == []
    before = tables(here)
    again = merge(here, [("whole", whole)])
    assert again.filled == 0 and again.refused == () and tables(here) == before
    [merged] = give(here, there)
    assert (merged.erased, merged.erased_contents, merged.unproven) == (1, 1, 0)
    assert [(each.coder_id, each.what, each.count) for each in merged.weighty] == [
        (team.awa.id, Weight.ERASED_TEXT, 1), (team.awa.id, Weight.ERASED_RECORD, 1),
    ]  # fmt: skip
    assert tables(there) == before and examine(there.connection) == []
    assert TEXT[:20].encode() not in there.connection.serialize()
    assert merge(there, [("whole", whole)]).filled == 0 and tables(there) == before


@pytest.mark.parametrize("first", ["erasure", "text", "together"])
def test_an_erasure_and_the_text_may_come_in_any_order(team: Team, tmp_path: Path, first: str) -> None:
    whole = package(team.here)
    erases(team.there, team.awa, contents=(team.version.text_hash,), bodies=(said(team.there, "memo.put"),))
    erasure = package(team.there)
    new = Project.create(tmp_path / "new", project_id=team.here.id)
    order = {"erasure": [[erasure], [whole]], "text": [[whole], [erasure]], "together": [[whole, erasure]]}[first]
    for packages in order:
        merged = merge(new, [(str(n), each) for n, each in enumerate(packages)])
        assert merged.refused == ()
    assert tables(new) == tables(team.there) and examine(new.connection) == []


def test_a_text_is_not_erased_because_a_package_says_so(team: Team) -> None:
    given = package(team.there)
    text = team.version.text_hash
    contents = [replace(each, data=None, state="erased") if each.hash == text else each for each in given.contents]
    records = [
        replace(each, body=None, salt=None, state=BodyState.ERASED) if each.kind == "memo.put" else each
        for each in given.changes
    ]  # fmt: skip
    forged = Package(given.manifest, records, contents)
    before = tables(team.here)
    for merged in (plan(team.here, [("p", forged)]), merge(team.here, [("p", forged)])):
        assert merged.unproven == 2 and merged.erased == merged.erased_contents == 0
    assert tables(team.here) == before and opened(team.here).text == TEXT


def test_what_is_called_erased_without_a_record_is_withheld_until_it_comes(team: Team, tmp_path: Path) -> None:
    erases(team.there, team.awa, contents=(team.version.text_hash,), bodies=(said(team.there, "memo.put"),))
    acts.write_memo(team.there, team.daan, "later", transcript_id=opened(team.here).transcript.id)
    merged = merge(team.here, [("daan", package(team.there, mine=team.daan.id))])
    assert merged.refused == () and merged.unproven == 2 and state_of(team.here, team.version.text_hash) == "present"
    new = Project.create(tmp_path / "new", project_id=team.here.id)
    given = package(team.there)
    without = [each for each in given.changes if each.kind not in (CONTENT, BODY)]
    takes(new, Package(given.manifest, without, given.contents))
    assert state_of(new, team.version.text_hash) == "withheld"
    for project in (team.here, new):
        give(team.there, project)
        assert tables(project) == tables(team.there) and examine(project.connection) == []


def test_only_who_leads_the_project_erases(team: Team) -> None:
    refuses(team.here, team.writes(CONTENT, team.version.text_hash, {}), "not_a_lead")
    refuses(team.here, team.writes(CONTENT, "text", {}, team.awa), "header")


def role(of: Coder, role: str, was: str) -> tuple[str, str, dict[str, Any]]:
    return "coder.put", of.id, {"set": {"role": role}, "was": {"role": was}}


def test_nobody_makes_themselves_a_lead(team: Team) -> None:
    refuses(team.here, team.writes(*role(team.mallory, "lead", "coder")), "not_a_lead")


def test_nobody_takes_the_lead_away(team: Team) -> None:
    refuses(team.here, team.writes(*role(team.awa, "coder", "lead"), team.daan), "not_a_lead")


def test_whom_a_lead_made_a_lead_gives_roles_too(team: Team) -> None:
    set_role(team.there, team.awa.id, team.daan, CoderRole.LEAD)
    set_role(team.there, team.daan.id, team.mallory, CoderRole.VALIDATOR)
    set_role(team.there, team.daan.id, team.awa, CoderRole.CODER)
    alone = package(team.there, mine=team.daan.id)
    assert plan(team.here, [("p", alone)]).refused == (), "what made Daan a lead may still come"
    takes(team.here, package(team.there))


def test_where_nobody_was_left_to_lead_roles_of_anyone_are_taken(team: Team) -> None:
    with team.there.act(team.awa.id) as act:
        act.put("coder", team.awa.id, role="coder")
    set_role(team.there, team.mallory.id, team.mallory, CoderRole.LEAD)
    takes(team.here, package(team.there))


def test_erasing_is_not_taken_back(team: Team) -> None:
    acts.add_codings(team.here, team.awa, team.version.id, 0, 5, [code_id("D1")])
    erases(team.here, team.awa, bodies=(said(team.here, "memo.put"),))
    refused = undoing.undo(team.here, team.awa)
    assert not refused.done and "cannot be taken back" in refused.reason
    assert undoing.skip_undo(team.here, team.awa) and undoing.undo(team.here, team.awa).done
    assert memos_of(team.here) == []
    assert len(codings_of(team.here)) == 1 and examine(team.here.connection) == []


# Acts of weight are told.


def test_roles_names_keys_and_settings_are_told(team: Team) -> None:
    set_role(team.there, team.awa.id, team.daan, CoderRole.LEAD)
    rename_coder(team.there, team.awa.id, team.mallory, "Mali")
    rename_coder(team.there, team.daan.id, team.daan, "Dan")
    with team.there.act(team.mallory.id) as act:
        act.put("setting", f"key.{team.awa.id}", value=["age1x"])
        act.put("setting", "agreement.primary", value={"measure": "percent_agreement", "unit": "turn"})
    given = package(team.there)
    merged = plan(team.here, [("p", given)])
    assert [(each.coder_id, each.what, each.subject, each.value) for each in merged.weighty] == [
        (team.awa.id, Weight.ROLE, team.daan.id, "lead"),
        (team.awa.id, Weight.RENAMED, team.mallory.id, "Mali"),
        (team.mallory.id, Weight.KEY, team.awa.id, ""),
        (team.mallory.id, Weight.SETTING, "", "agreement.primary"),
    ]
    assert merge(team.here, [("p", given)]) == merged
    assert merge(team.here, [("p", given)]).weighty == ()


def test_a_first_consent_is_recorded_and_another_one_changed(team: Team) -> None:
    person = new_id()
    with team.there.act(team.awa.id) as act:
        act.put("respondent", person, name="P1")
    give(team.there, team.here)
    for status in ("oral", "written"):
        with team.there.act(team.awa.id) as act:
            act.put("respondent", person, consent={"status": status})
        [merged] = give(team.there, team.here)
        [said] = [each.said for each in told(team.here, merged)]
        assert said == f"Awa {'recorded' if status == 'oral' else 'changed'} what P1 consents to."


def test_a_transcript_that_goes_or_gets_another_text_is_told(team: Team) -> None:
    transcript = opened(team.there).transcript.id
    given = team.writes("text_version.put", new_id(), version_with(team))
    assert [each.what for each in plan(team.here, [("p", given)]).weighty] == [Weight.NEW_TEXT]
    given = team.writes("transcript.remove", transcript, {})
    merged = plan(team.here, [("p", given)])
    assert [(each.what, each.subject) for each in merged.weighty][1:] == [(Weight.TRANSCRIPT_REMOVED, transcript)]


# Numbers.


@pytest.mark.parametrize("clock", [10**4, 2**52])
def test_a_clock_ahead_of_all_records_is_refused(team: Team, clock: int) -> None:
    given = team.writes("setting.put", "name", {"set": {"value": "x"}})
    refuses(team.here, replace(given, changes=[*given.changes[:-1], replace(given.changes[-1], clock=clock)]), "header")


def test_a_clock_cannot_hide_behind_records_that_nobody_has(team: Team) -> None:
    given = team.writes("setting.put", "name", {"set": {"value": "x"}})
    last = given.changes[-1]
    saw = {**(last.saw or {}), "nobody/nowhere": 2**50}
    forged = replace(given, changes=[*given.changes[:-1], replace(last, clock=2**50, saw=saw)])
    refuses(team.here, forged, "header")


# Texts and places.


@pytest.mark.parametrize("fields", [{"end": len(TEXT) + 1}, {"end": 0}, {"start": len(TEXT)}, {"start": -1}])
def test_an_edit_of_one_end_stays_inside_the_text(team: Team, fields: dict[str, int]) -> None:
    was = {"start": 20, "end": 30}
    body = {"set": fields, "was": {name: was[name] for name in fields}}
    refuses(team.here, team.writes("coding.put", team.coding.id, body, team.daan), "coding_offsets")


def test_both_ends_may_be_moved_one_after_the_other(team: Team) -> None:
    acts.change_coding(team.there, team.daan, team.coding.id, end=len(TEXT))
    acts.change_coding(team.there, team.daan, team.coding.id, start=len(TEXT) - 1)
    takes(team.here, package(team.there, mine=team.daan.id))


@pytest.mark.parametrize(("start", "end", "place"), [(29, 22, (22, 29)), (25, 25, (24, 25))])
def test_ends_that_cross_on_two_computers_are_put_in_order(
    team: Team, start: int, end: int, place: tuple[int, int]
) -> None:
    acts.change_coding(team.here, team.daan, team.coding.id, start=start)
    acts.change_coding(team.there, team.daan, team.coding.id, end=end)
    give(team.here, team.there)
    give(team.there, team.here)
    assert tables(team.here) == tables(team.there) and examine(team.here.connection) == []
    [coding] = codings_of(team.here)
    assert (coding.start, coding.end) == place


def version_with(team: Team, **fields: Any) -> dict[str, Any]:
    row = team.there.connection.execute(
        "select body from change where kind = 'text_version.put' and entity = ?", (team.version.id,)
    ).fetchone()
    return {"set": {**json.loads(row[0])["set"], "number": 2, **fields}}


def packed(kind: str, raw: bytes) -> Content:
    return Content(hashlib.sha256(raw).hexdigest(), kind, zlib.compress(raw))


@pytest.mark.parametrize(
    ("field", "content"),
    [
        ("turns_hash", packed("turns", b'{"labels":[],"turns":[[-1,0,0,7,null,null]]}')),
        ("turns_hash", packed("turns", b'{"labels":[],"turns":[]}')),
        ("words_hash", packed("words", (10**6).to_bytes(4, "little") * 2)),
        ("sentences_hash", packed("sentences", (10**6).to_bytes(4, "little") * 2)),
        ("cues_hash", packed("cues", b"[[1000000,1,null]]")),
        ("words_hash", packed("cues", b"[]")),
        ("text_hash", Content(hashlib.sha256(b"short").hexdigest(), "text", "short")),
    ],
)
def test_contents_fit_the_version_that_names_them(team: Team, field: str, content: Content) -> None:
    given = team.writes("text_version.put", new_id(), version_with(team, **{field: content.hash}))
    refuses(team.here, replace(given, contents=[*given.contents, content]), "content")


def test_a_content_of_another_kind_that_is_here_already_is_no_text(team: Team) -> None:
    words = version_with(team)["set"]["words_hash"]
    refuses(team.here, team.writes("text_version.put", new_id(), version_with(team, turns_hash=words)), "content")


def test_a_text_is_not_replaced(team: Team) -> None:
    edit = {"set": {"length": 5}, "was": {"length": len(TEXT)}}
    refuses(team.here, team.writes("text_version.put", team.version.id, edit), "fixed_field")


def test_a_text_is_not_made_a_second_time(team: Team) -> None:
    refuses(team.here, team.writes("text_version.put", team.version.id, version_with(team)), "fixed_field")


@pytest.mark.parametrize("field", ["parent_id", "merged_into"])
def test_a_code_is_not_below_itself(team: Team, field: str) -> None:
    code = code_id("D1")
    body = {"set": {field: code}, "was": {field: None}}
    refuses(team.here, team.writes("code.put", code, body), "field_value")


def test_codes_that_two_leads_put_below_each_other_can_still_be_read(team: Team) -> None:
    one, two = code_id("D1"), code_id("D2")
    for project, code, parent in ((team.here, one, two), (team.there, two, one)):
        with project.act(team.awa.id) as act:
            act.put("code", code, parent_id=parent)
    give(team.there, team.here)
    refs = {place.code.id for place in load_codebook(team.here.connection).codes()}
    assert {one, two} <= refs and examine(team.here.connection) == []
    with team.here.act(team.awa.id) as act:
        act.put("code", one, parent_id=None)
    assert {one, two} <= {place.code.id for place in load_codebook(team.here.connection).codes()}
