"""Packages whose records hold values of the wrong shape where any JSON could stand: refused, not met later."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hsreview.base.ids import derived_id, new_id
from hsreview.model.derivation import CodeMap, Derivation, Relation
from hsreview.model.exchange import Package
from hsreview.model.framework_matrix import CaseKind, Charted
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.model.review import Outcome
from hsreview.project.backups import backups
from hsreview.project.codebooks import load_codebook
from hsreview.project.doctor import examine
from hsreview.project.log import insert
from hsreview.project.merging import merge, plan
from hsreview.project.project import Project
from hsreview.project.summaries import put_summary, summaries
from hsreview.workflows import adjudicating, assigning, undoing
from hsreview.workflows import coding as acts
from hsreview.workflows.package_list import packages
from tests.builders import TEXT, code_id
from tests.project.teams import copied, package, tables
from tests.review.team import Team


class Two:
    """A team's project with one decision, and a copy in which records are written past all rules."""

    def __init__(self, root: Path) -> None:
        self.team = Team(root / "here")
        self.here, self.awa = self.team.project, self.team.awa
        self.team.code(self.team.binta, 50, 80, "D1")
        self.team.code(self.team.chaka, 100, 120, "D2")
        self.team.reviewed()
        self.first, self.second = self.team.state().differences
        adjudicating.decide(self.here, self.awa, self.first, Outcome.BOTH, because="clear")
        self.there = copied(self.here, root / "there")

    def writes(self, kind: str, entity: str, body: dict[str, Any]) -> Package:
        with self.there.act(self.awa.id) as act:
            insert(self.there.connection, [act._next(kind, entity, body)])  # Its consequence might be impossible.
        return package(self.there, mine=self.awa.id)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    found = Two(tmp_path)
    yield found
    found.here.close()
    found.there.close()


def refuses(project: Project, given: Package, code: str) -> None:
    before = tables(project)
    for merged in (plan(project, [("p", given)]), merge(project, [("p", given)])):
        assert [problem.code for problem in merged.refused] == [code]
    assert tables(project) == before and backups(project.root) == []


SETTLED = {"code": code_id("D1"), "start": 50, "end": 80, "modifiers": {}, "flags": [], "sources": ["x"]}


@pytest.mark.parametrize(
    "fields",
    [
        {"basis": [1]},
        {"basis": [["x"]]},
        {"basis": [["x", 1]]},
        {"result": [1]},
        {"result": [{}]},
        {"result": [SETTLED | {"code": 1}]},
        {"result": [SETTLED | {"start": "0"}]},
        {"result": [SETTLED | {"start": 80}]},
        {"result": [SETTLED | {"modifiers": {"stance": 1}}]},
        {"result": [SETTLED | {"flags": None}]},
        {"result": [SETTLED | {"sources": [1]}]},
    ],
)
def test_a_decision_that_nobody_could_read_is_refused(two: Two, fields: dict[str, Any]) -> None:
    body = {"set": fields, "was": dict.fromkeys(fields)}
    refuses(two.here, two.writes("decision.put", two.first.key, body), "field_type")


@pytest.mark.parametrize("named", [True, False])
def test_a_decision_outside_its_text_is_refused(two: Two, named: bool) -> None:
    fields: dict[str, Any] = {"result": [SETTLED | {"end": len(TEXT) + 1}]}
    if named:
        fields["version_id"] = two.first.version_id
    body = {"set": fields, "was": dict.fromkeys(fields)}
    refuses(two.here, two.writes("decision.put", two.first.key, body), "coding_offsets")


RULING = {
    "conflict": "c", "subject": "code", "entity": code_id("D1"), "field": "status", "takes": "r", "value": "active",
    "because": "b", "at": "",
}  # fmt: skip


@pytest.mark.parametrize("value", [5, "x", [1], None])
def test_a_ruling_on_a_whole_thing_gives_its_fields(two: Two, value: object) -> None:
    fields = RULING | {"subject": "decision", "field": "decision", "entity": two.first.key, "value": value}
    refuses(two.here, two.writes("ruling.put", new_id(), {"set": fields}), "field_value")


def test_a_ruling_says_what_it_decides(two: Two) -> None:
    without = {name: value for name, value in RULING.items() if name != "value"}
    refuses(two.here, two.writes("ruling.put", new_id(), {"set": without}), "field_value")


def test_a_ruling_is_not_changed_afterwards(two: Two) -> None:
    ruling = new_id()
    two.writes("ruling.put", ruling, {"set": RULING})
    given = two.writes("ruling.put", ruling, {"set": {"value": 5}, "was": {"value": "active"}})
    refuses(two.here, given, "fixed_field")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("agreement.overlap", "x"), ("agreement.overlap", 0), ("agreement.overlap", 2), ("agreement.overlap", True),
        ("agreement.overlap", None), ("agreement.primary", 5), ("agreement.primary", {"measure": "gwet_ac1"}),
        ("agreement.primary", {"measure": "gwet_ac1", "unit": "page"}), ("draw:x", {"seed": 1}), ("draw:x", 5),
        ("draw:x", {
            "at": "", "by": "", "size": "1", "stratified_by": "", "pass": "", "seed": 1, "blind": True, "coders": [],
            "strata": [{"name": "x", "size": 1}],
        }),
        ("practice", 5), ("practice", {"key": [{"start": 0, "end": 5}]}),
        ("framework.thresholds", 5), ("framework.thresholds", {"high_respondents": "8"}),
        ("framework.thresholds", {"high_respondents": 8.5}), ("framework.thresholds", {"high_respondents": True}),
        ("framework.thresholds", {"low_respondents": 0}), ("framework.thresholds", {"high_groups": 21}),
        ("framework.thresholds", {"high_respondents": 2}), ("framework.thresholds", {"moderate_organisations": 5}),
        ("framework.transfer.x", 5),
        ("framework.transfer.x", {"ref": "R1", "text": "x", "project": "p", "reason": "r"}),
        ("framework.transfer.x", {"ref": "R1", "text": {}, "project": "p", "reason": None}),
        ("framework.codes", "D1"), ("framework.codes", [1]),
    ],
)  # fmt: skip
def test_a_setting_that_nobody_could_read_is_refused(two: Two, name: str, value: object) -> None:
    refuses(two.here, two.writes("setting.put", name, {"set": {"value": value}}), "field_value")


FROM = Derivation(
    "base", "1.0", ("ne@1",), ("a",), {"b": "not asked"}, {"c": Localized("x", "y")},
    (CodeMap("a", "b", Relation.SAME), CodeMap("d", "", Relation.NONE, "nothing")), {"places": ("commune",)},
).to_json()  # fmt: skip


@pytest.mark.parametrize(
    "changed",
    [
        {"base": 1}, {"base_version": None}, {"added": "abc"}, {"added": [[1]]}, {"overlays": None},
        {"deactivated": ["x"]}, {"deactivated": [{"id": "b"}]}, {"reworded": [{"id": "c"}]}, {"lexicon": []},
        {"lexicon": {"places": "commune"}}, {"map": [{"from": [], "to": "b", "relation": "same", "note": ""}]},
        {"map": [{"from": "a", "to": "b", "relation": "like", "note": ""}]},
    ],
)  # fmt: skip
def test_what_a_codebook_took_from_its_base_must_be_readable(two: Two, changed: dict[str, Any]) -> None:
    [[book]] = two.here.connection.execute("select id from codebook").fetchall()
    body = {"set": {"data.derived": {**FROM, **changed}}, "was": {"data.derived": None}}
    refuses(two.here, two.writes("codebook.put", book, body), "field_type")


def test_what_a_codebook_took_from_its_base_is_taken(two: Two) -> None:
    [[book]] = two.here.connection.execute("select id from codebook").fetchall()
    with two.there.act(two.awa.id) as act:
        act.record("codebook.put", book, {"set": {"data.derived": FROM}, "was": {"data.derived": None}})
    assert merge(two.here, [("p", package(two.there))]).refused == ()
    assert load_codebook(two.here.connection).derived == Derivation.from_json(FROM)


def test_a_draw_and_a_primary_measure_are_taken(two: Two) -> None:
    from hsreview.model.agreement import Unit
    from hsreview.workflows.primary_measure import primary, set_primary

    assigning.draw(two.there, two.awa, [two.team.binta], size="1", seed=7)
    set_primary(two.there, two.awa, "gwet_ac1", Unit.WORD)
    assert merge(two.here, [("p", package(two.there))]).refused == ()
    assert primary(two.here).measure == "gwet_ac1" and len(assigning.draws(two.here)) == 1


def own_rows(two: Two) -> dict[str, str]:
    """Table → id of one of its rows that Awa may edit."""
    code_id_of = {"coder": two.awa.id, "transcript": two.team.transcript}
    (speaker,) = two.here.connection.execute("select id from speaker limit 1").fetchone()
    two.there.close()
    [coding] = two.team.code(two.awa, 0, 5, "D1")
    memo = acts.write_memo(two.here, two.awa, "why", coding_id=coding)
    assert memo is not None
    assigning.assign(two.here, two.awa, [two.team.text.transcript], [two.team.binta])
    (given,) = two.here.connection.execute("select id from assignment").fetchone()
    two.there = copied(two.here, two.here.root.parent / "again")
    return code_id_of | {"speaker": speaker, "coding": coding, "memo": memo.id, "assignment": given}


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ("coder", "role"), ("transcript", "kind"), ("speaker", "role"), ("coding", "pass"), ("coding", "origin"),
        ("memo", "created"), ("assignment", "pass"),
    ],
)  # fmt: skip
def test_what_every_list_reads_is_not_taken_away(two: Two, table: str, field: str) -> None:
    body = {"set": {field: None}, "was": {field: "x" if field in ("pass", "created") else None}}
    refuses(two.here, two.writes(f"{table}.put", own_rows(two)[table], body), "field_missing")


@pytest.mark.parametrize("status", [[1], {"a": 1}, "x"])
def test_a_consent_that_is_no_word_is_refused(two: Two, status: object) -> None:
    given = two.writes("respondent.put", new_id(), {"set": {"name": "R", "consent.status": status}})
    refuses(two.here, given, "field_type")


OUTPUT = {"name": "x", "kind": "package", "recipient": "", "at": "2026-01-01", "digest": "d"}


@pytest.mark.parametrize(
    ("field", "value"),
    [("details.lock", 5), ("details.because", []), ("details.records", "x"), ("details.heads", [1]),
     ("details.heads", {"a": "b"})],
)  # fmt: skip
def test_what_was_handed_over_is_told_in_words_and_numbers(two: Two, field: str, value: object) -> None:
    refuses(two.here, two.writes("output.put", new_id(), {"set": {**OUTPUT, field: value}}), "field_type")


@pytest.mark.parametrize("field", ["name", "kind", "at", "digest"])
def test_what_was_handed_over_has_a_name_and_a_day(two: Two, field: str) -> None:
    fields = {name: value for name, value in OUTPUT.items() if name != field}
    refuses(two.here, two.writes("output.put", new_id(), {"set": fields}), "field_missing")


def test_a_package_of_which_little_is_told_is_listed_all_the_same(two: Two) -> None:
    assert merge(two.here, [("p", two.writes("output.put", new_id(), {"set": OUTPUT}))]).refused == ()
    [listed] = packages(two.here)
    assert (listed.name, listed.lock, listed.records, listed.heads) == ("x", "", 0, {})


def test_an_assignment_of_somebody_unknown_can_be_undone(two: Two) -> None:
    with two.here.act(two.awa.id) as act:
        act.put("assignment", new_id(), transcript_id=new_id(), coder_id=new_id(), **{"pass": ""}, blind=1, reason="")
    assert undoing.undo(two.here, two.awa).done


# What a blind coder undoes where the lead's record is withheld.


@pytest.fixture
def blind(two: Two, tmp_path: Path) -> Iterator[Project]:
    with two.here.act(two.awa.id) as act:
        charted(act_of=act, text="lead", transcript=two.team.transcript)
    with Project.create(tmp_path / "blind", project_id=two.here.id) as project:
        assigning.assign(two.here, two.awa, [two.team.text.transcript], [two.team.binta])
        assert merge(project, [("p", package(two.here, blind_for=two.team.binta.id))]).refused == ()
        yield project


def charted(act_of: Any, text: str, transcript: str) -> None:
    put_summary(
        act_of, None, CaseKind.TRANSCRIPT, transcript, "theme", text=text, status=Charted.DRAFTED, segments=()
    )  # fmt: skip


def test_a_summary_that_was_undone_where_another_is_withheld_does_not_lock_the_coder_out(
    two: Two, blind: Project
) -> None:
    binta = two.team.binta
    with blind.act(binta.id) as act:
        charted(act, "mine", two.team.transcript)
    assert undoing.undo(blind, binta).done and summaries(blind.connection) == []
    sent_back(two, blind, binta)
    assert [each.text for each in summaries(two.here.connection)] == ["lead"]
    assert undoing.redo(blind, binta).done
    assert [each.text for each in summaries(blind.connection)] == ["mine"]
    sent_back(two, blind, binta)


def test_an_assignment_that_was_undone_where_another_is_withheld_does_not_lock_the_coder_out(
    two: Two, blind: Project
) -> None:
    binta, chaka = two.team.binta, two.team.chaka
    assigning.assign(two.here, two.awa, [two.team.text.transcript], [chaka])
    assert merge(blind, [("p", package(two.here, blind_for=binta.id))]).refused == ()
    entity = derived_id("assignment", two.team.text.transcript.id, chaka.id, "")
    with blind.act(binta.id) as act:
        act.put("assignment", entity, transcript_id=two.team.text.transcript.id, coder_id=chaka.id, blind=1, reason="",
                **{"pass": ""})  # fmt: skip
    assert undoing.undo(blind, binta).done
    sent_back(two, blind, binta)
    assert {each.coder_id for each in assigning.assignments(two.here)} == {binta.id, chaka.id}


def test_a_decision_that_was_undone_where_another_is_withheld_leaves_the_other(two: Two, blind: Project) -> None:
    binta = two.team.binta
    with blind.act(binta.id) as act:
        act.put("decision", two.first.key, version_id=two.first.version_id, outcome="neither", taken="", basis=[],
                result=[], because="no", coder_id=binta.id, at=act.at)  # fmt: skip
    assert undoing.undo(blind, binta).done
    sent_back(two, blind, binta)
    assert [each.decision.because for each in two.team.state().differences if each.decision] == ["clear"]


def sent_back(two: Two, blind: Project, coder: Coder) -> None:
    assert merge(two.here, [("p", package(blind, mine=coder.id))]).refused == ()
    assert examine(two.here.connection) == []
