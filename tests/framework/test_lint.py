"""What rows lack: a whole row of each kind has nothing to mend, and each thing that is taken from it is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from hsreview.framework.chain import Framework
from hsreview.framework.lint import RULES, complaints
from hsreview.model.framework import Evidence, Row, RowKind, RowStatus, SourceKind, Stance
from hsreview.model.framework_columns import COLUMNS

BOTH = {"statement_fr": "Dit", "statement_en": "Said"}
WHOLE: Mapping[str, Row] = {
    row.id: row
    for row in (
        Row("ST1", RowKind.STRATEGY, "ST1", RowStatus.ACTIVE, data={"title_fr": "Stratégie", "title_en": "Strategy"}),
        Row("AC1", RowKind.ACTOR, "AC1", RowStatus.ACTIVE, data={"label_fr": "Mairie", "label_en": "Town hall"}),
        Row("F1", RowKind.FINDING, "F1", RowStatus.DRAFT, data={**BOTH, "question": "Q1"}),
        Row("OC1", RowKind.OUTCOME, "OC1", RowStatus.DRAFT, "ST1", data={**BOTH, "actor": "AC1", "feasible": "partly"}),
        Row("PM1", RowKind.MARKER, "PM1", RowStatus.DRAFT, "OC1", data={**BOTH, "level": "like"}),
        Row("IN1", RowKind.INDICATOR, "IN1", RowStatus.DRAFT, "OC1", data={
            **BOTH, "definition_fr": "On compte", "baseline_value": 2, "baseline_date": "2015", "direction": "up",
            "baseline_source": "Registre", "target_value": 4, "target_date": "2017", "verification": "Visite",
            "data_source": "Mairie", "frequency": "yearly", "responsible": "point focal", "disaggregation": ["sex"],
            "harm": "none", "feasible": "yes",
        }),
        Row("R1", RowKind.RECOMMENDATION, "R1", RowStatus.OPEN, "ST1", data={
            **BOTH, "addressee": "AC1", "owner": "coordination", "next_check": "2017-03",
        }),
    )
}  # fmt: skip


def link(row: str, source: str, stance: Stance = Stance.SUPPORTS) -> Evidence:
    kind = SourceKind.CODING if source.islower() else SourceKind.FINDING if source in WHOLE else SourceKind.DOCUMENT
    return Evidence(f"{row}-{source}-{stance}", row, kind, source, stance)


LINKS = [link("F1", "a"), *(link(row, "F1") for row in ("OC1", "PM1", "IN1", "R1"))]


def told(rows: Sequence[Row] = tuple(WHOLE.values()), links: Sequence[Evidence] = LINKS) -> list[tuple[str, str, str]]:
    """Ref, code and detail of each complaint."""
    return [(each.row.ref, each.rule.code, each.detail) for each in complaints(Framework(rows, links), {"a", "b"})]


def but(ref: str, status: RowStatus | None = None, parent: str | None = None, **data: Any) -> list[Row]:
    """All rows, of which one holds something else; null empties a cell."""
    row = WHOLE[ref]
    other = replace(
        row, status=status or row.status, parent_id=parent or row.parent_id,
        data={key: value for key, value in {**row.data, **data}.items() if value is not None},
    )  # fmt: skip
    return [other if each.ref == ref else each for each in WHOLE.values()]


def test_whole_rows_lack_nothing() -> None:
    assert told() == []


@pytest.mark.parametrize(
    ("ref", "changed", "codes"),
    [
        ("IN1", {"definition_fr": None}, ["no_definition"]),
        ("IN1", {"definition_fr": None, "definition_en": "Counted"}, []),
        ("IN1", {"baseline_value": None}, ["no_baseline"]),
        ("IN1", {"baseline_value": None, "baseline_missing": "never counted"}, []),
        ("IN1", {"baseline_value": 0}, []),
        ("IN1", {"baseline_date": None, "baseline_source": " "}, ["baseline_no_date", "baseline_no_source"]),
        ("IN1", {"target_value": None}, ["no_target"]),
        ("IN1", {"target_value": None, "milestones": ["a law"]}, []),
        ("IN1", {"target_date": None}, ["no_target_date"]),
        ("IN1", {"baseline_missing": "never counted"}, ["baseline_and_none"]),
        ("IN1", {"baseline_date": "2017-06", "target_date": "2017-05-31"}, ["target_before_baseline"]),
        ("IN1", {"baseline_date": "2017-06", "target_date": "2017"}, []),
        ("IN1", {"needs_new_baseline": "yes"}, ["target_elsewhere"]),
        ("IN1", {"needs_new_baseline": "yes", "target_value": None, "milestones": ["a law"]}, ["target_elsewhere"]),
        ("IN1", {"needs_new_baseline": "no"}, []),
        ("IN1", {"direction": "down"}, ["against_direction"]),
        ("IN1", {"direction": "keep"}, ["against_direction"]),
        ("IN1", {"target_value": 2}, ["against_direction"]),
        ("IN1", {"target_value": 2, "direction": "keep"}, []),
        ("IN1", {"target_value": 1, "direction": None}, []),
        ("IN1", {"verification": None}, ["no_verification"]),
        ("IN1", {"data_source": None}, ["no_source"]),
        ("IN1", {"frequency": None}, ["no_frequency"]),
        ("IN1", {"responsible": "\u00a0"}, ["no_responsible"]),
        ("IN1", {"disaggregation": []}, ["no_disaggregation"]),
        ("IN1", {"disaggregation": None, "kind": "milestone"}, []),
        ("IN1", {"harm": None}, ["harm_not_considered"]),
        ("IN1", {"harm": "some"}, ["harm_no_note"]),
        ("IN1", {"harm": "high", "harm_note": "no map"}, []),
        ("IN1", {"feasible": "no"}, ["not_feasible"]),
        ("OC1", {"feasible": None}, ["feasible_undecided"]),
        ("OC1", {"actor": None}, ["outcome_no_actor"]),
        ("OC1", {"actor": None, "level": "vision"}, []),
        ("PM1", {"level": None}, ["marker_no_level"]),
        ("R1", {"addressee": None}, ["no_addressee"]),
        ("R1", {"owner": None}, ["no_owner"]),
        ("R1", {"next_check": None}, ["no_next_check"]),
        ("F1", {"question": None}, ["no_question"]),
        ("F1", {"strength_set": "high"}, ["strength_no_reason"]),
        ("F1", {"strength_set": "high", "strength_reason": "three reports"}, []),
        ("AC1", {"label_fr": None}, ["no_french"]),
        ("ST1", {"title_en": None}, ["no_english"]),
    ],
)
def test_what_is_taken_from_a_row_is_told(ref: str, changed: Mapping[str, Any], codes: Sequence[str]) -> None:
    assert told(but(ref, **changed)) == [(ref, code, "") for code in codes]


def test_a_recommendation_that_was_sent_says_when_and_one_that_is_done_waits_for_nothing() -> None:
    assert told(but("R1", RowStatus.SENT)) == [("R1", "sent_no_date", "")]
    assert told(but("R1", RowStatus.DONE, sent_on="2016-11", next_check=None)) == []


def test_evidence_that_is_missing_contrary_or_gone_is_told() -> None:
    own = [each for each in LINKS if each.row_id != "IN1"]
    assert told(links=own) == [("IN1", "no_evidence", "")]
    assert told(links=[*own, link("IN1", "Rapport 2015")]) == []
    assert told(links=[*own, link("IN1", "F1", Stance.CONTRADICTS)]) == [("IN1", "only_contradicted", "")]
    gone = told(links=[*LINKS, link("IN1", "c"), link("IN1", "d")])
    assert gone == [("IN1", "evidence_gone", "2")]
    empty_finding = [each for each in LINKS if each.row_id != "F1"]
    assert ("IN1", "no_evidence", "") in told(links=empty_finding), "a finding on nothing is no evidence"


def test_a_contradicted_finding_needs_an_answer() -> None:
    links = [*LINKS, link("F1", "b", Stance.CONTRADICTS)]
    assert told(links=links) == [("F1", "not_answered", "")]
    assert told(but("F1", answered="He spoke of another year."), links) == []
    on_it = replace(
        WHOLE["F1"], id="F2", ref="F2", data={"statement_fr": "Autre", "statement_en": "Else", "question": "Q1"}
    )
    rows = [*but("F1", answered="He spoke of another year."), on_it]
    assert told(rows, [*links, link("F2", "F1")]) == [], "it is answered where it was said"


def test_rows_need_one_another() -> None:
    assert told(but("OC1", parent="ST9")) == [("OC1", "parent_gone", "")]
    assert told(but("ST1", RowStatus.RETIRED)) == [("OC1", "parent_out", "ST1"), ("R1", "parent_out", "ST1")]
    alone = [row for row in WHOLE.values() if row.parent_id != "OC1"]
    assert told(alone) == [("OC1", "outcome_not_followed", "")]
    assert ("OC1", "outcome_not_followed", "") in told([*alone, replace(WHOLE["IN1"], status=RowStatus.RETIRED)])


def test_rows_of_a_kind_that_say_the_same_are_told_and_others_are_not() -> None:
    twin = replace(WHOLE["PM1"], id="PM2", ref="PM2", data={**BOTH, "statement_en": " SAID ", "statement_fr": "Autre",
                                                            "level": "love"})  # fmt: skip
    links = [*LINKS, link("PM2", "F1")]
    assert told([*WHOLE.values(), twin], links) == [("PM1", "said_twice", "PM2"), ("PM2", "said_twice", "PM1")]
    assert told([*WHOLE.values(), replace(twin, status=RowStatus.REJECTED)], links) == []


def test_rows_that_are_out_are_not_looked_at() -> None:
    bare = {key: None for key in WHOLE["R1"].data if key != "statement_fr"}
    assert told(but("R1", RowStatus.LAPSED, **bare)) == []


def test_every_rule_is_told_by_one_word_and_names_columns_that_there_are() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    for rule in RULES:
        for kind in rule.kinds:
            columns = {column.key: column.key for column in COLUMNS[kind]}
            assert rule.column in {"", *columns}
            assert rule.remedy.format(**columns)
