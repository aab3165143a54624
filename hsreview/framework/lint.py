"""What rows of the framework still lack, or say against themselves: one table of rules.

Errors have to be mended before a row goes to partners; warnings are what a careful editor would ask about. Rows that
are out (rejected, retired, refused, lapsed) are not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from hsreview.base.folding import fold
from hsreview.base.messages import N_
from hsreview.framework.chain import Framework
from hsreview.model.framework import GROUNDED, Row, RowKind, RowStatus, SourceKind, Stance
from hsreview.model.framework_columns import main_column
from hsreview.model.periods import first_day, is_period, last_day

OUT = (RowStatus.REJECTED, RowStatus.RETIRED, RowStatus.REFUSED, RowStatus.LAPSED)
"""How far rows are that count no more."""
_SENT = (RowStatus.SENT, RowStatus.ACKNOWLEDGED, RowStatus.ACCEPTED, RowStatus.IN_PROGRESS, RowStatus.DONE)
_NO_PARTNER = "vision"
"""The level of an outcome that is nobody's own, and that nothing measures by itself."""


class Level(StrEnum):
    """How much a complaint weighs."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Case:
    """One row, with what the rules look at."""

    row: Row
    framework: Framework
    there: Collection[str]
    """Ids of the codings that are in the project."""
    alike: Collection[str]
    """Refs of other rows of its kind that say the same words."""

    def lacks(self, key: str) -> bool:
        """Whether a cell is empty."""
        value = self.row.data.get(key)
        return value is None or value == [] or not str(value).strip()

    def holds(self, key: str, *values: str) -> bool:
        """Whether a cell holds one of these choices."""
        return self.row.data.get(key) in values

    @cached_property
    def stances(self) -> Collection[Stance]:
        """What the codings and documents on which it stands do to it, through findings; gone ones count too."""
        return {g.stance for g in self.framework.down(self.row.id) if g.link.source_kind is not SourceKind.FINDING}

    @cached_property
    def gone(self) -> int:
        """How many codings on which it stands are not there any more."""
        return len(set(self.framework.codings(self.row.id)).difference(self.there))

    @cached_property
    def parent(self) -> Row | None:
        return self.framework.by_id.get(self.row.parent_id or "")


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a row should not be without."""

    code: str
    """A stable English word."""
    level: Level
    kinds: Collection[RowKind]
    column: str
    """The key of the column that is meant; empty for the whole row."""
    says: str
    """The sentence, marked for translation; `{detail}` is what the test found."""
    remedy: str
    """What to do, marked for translation; `{key}` is the heading of a column."""
    broken: Callable[[Case], bool | int | str]
    """What is wrong: a number or words for the sentence, or just that it is so."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A rule that a row breaks."""

    row: Row
    rule: Rule
    detail: str = ""


_IND, _OUT, _REC = (RowKind.INDICATOR,), (RowKind.OUTCOME,), (RowKind.RECOMMENDATION,)
_FIND, _MARK, _ALL = (RowKind.FINDING,), (RowKind.MARKER,), tuple(RowKind)
_RATED = (RowKind.OUTCOME, RowKind.INDICATOR)
_ERR, _WARN = Level.ERROR, Level.WARNING


def _missing(key: str) -> Callable[[Case], bool]:
    return lambda case: case.lacks(key)


def _against_direction(case: Case) -> bool:
    """Whether baseline and target do not go where the indicator is to go."""
    baseline, target = case.row.data.get("baseline_value"), case.row.data.get("target_value")
    if baseline is None or target is None:
        return False
    goes = {"up": target > baseline, "down": target < baseline, "keep": target == baseline}
    return not goes.get(str(case.row.data.get("direction")), True)


def _reached_too_early(case: Case) -> bool:
    """Whether the target is dated wholly before the baseline."""
    baseline, target = (str(case.row.data.get(key) or "") for key in ("baseline_date", "target_date"))
    return is_period(baseline) and is_period(target) and last_day(target) < first_day(baseline)


def _no_language(place: int) -> Callable[[Case], bool]:
    return lambda case: case.lacks(main_column(case.row.kind).keys[place])


def _parent_out(case: Case) -> str:
    return case.parent.ref if case.parent is not None and case.parent.status in OUT else ""


RULES: tuple[Rule, ...] = (
    Rule("no_definition", _ERR, _IND, "definition", N_("It has no definition."),
         N_("Say in “{definition}” what is counted, and what is not."),
         lambda c: c.lacks("definition_fr") and c.lacks("definition_en")),
    Rule("no_baseline", _ERR, _IND, "baseline_value", N_("It has no baseline, and no reason why not."),
         N_("Fill in “{baseline_value}”, or say in “{baseline_missing}” why there is none."),
         lambda c: c.lacks("baseline_value") and c.lacks("baseline_missing")),
    Rule("baseline_and_none", _ERR, _IND, "baseline_missing", N_("It has a baseline, and a reason why there is none."),
         N_("Empty “{baseline_missing}” or “{baseline_value}”."),
         lambda c: not c.lacks("baseline_value") and not c.lacks("baseline_missing")),
    Rule("baseline_no_date", _WARN, _IND, "baseline_date", N_("The baseline has no date."),
         N_("Fill in “{baseline_date}”; a year is enough."),
         lambda c: not c.lacks("baseline_value") and c.lacks("baseline_date")),
    Rule("baseline_no_source", _WARN, _IND, "baseline_source", N_("The baseline has no source."),
         N_("Say in “{baseline_source}” where the number is from."),
         lambda c: not c.lacks("baseline_value") and c.lacks("baseline_source")),
    Rule("no_target", _WARN, _IND, "target_value", N_("It has no target and no milestones."),
         N_("Fill in “{target_value}” or “{milestones}”."),
         lambda c: c.lacks("target_value") and c.lacks("milestones")),
    Rule("no_target_date", _WARN, _IND, "target_date", N_("The target has no date."),
         N_("Say in “{target_date}” until when it is to be reached."),
         lambda c: not c.lacks("target_value") and c.lacks("target_date")),
    Rule("target_before_baseline", _ERR, _IND, "target_date", N_("The target is dated before the baseline."),
         N_("Correct “{target_date}” or “{baseline_date}”."), _reached_too_early),
    Rule("target_elsewhere", _WARN, _IND, "target_value",
         N_("Its baseline is still to be measured here, so that its target or milestones are those of elsewhere."),
         N_("Set “{target_value}” and “{milestones}” for here; when it is measured, set “{needs_new_baseline}” to no."),
         lambda c: c.holds("needs_new_baseline", "yes") and not (c.lacks("target_value") and c.lacks("milestones"))),
    Rule("against_direction", _ERR, _IND, "target_value",
         N_("From baseline to target it does not go the way that its direction says."),
         N_("Correct “{direction}”, “{baseline_value}” or “{target_value}”."), _against_direction),
    Rule("no_verification", _WARN, _IND, "verification", N_("It has no means of verification."),
         N_("Say in “{verification}” how one can check it."), _missing("verification")),
    Rule("no_source", _ERR, _IND, "data_source", N_("It has no source of data."),
         N_("Say in “{data_source}” who has the data, or where they are collected."), _missing("data_source")),
    Rule("no_frequency", _WARN, _IND, "frequency", N_("It has no frequency."),
         N_("Choose in “{frequency}” how often it is measured."), _missing("frequency")),
    Rule("no_responsible", _ERR, _IND, "responsible", N_("Nobody is responsible for it."),
         N_("Name a role in “{responsible}”, never a person."), _missing("responsible")),
    Rule("no_disaggregation", _ERR, _IND, "disaggregation", N_("It is not broken down by sex, age, region or status."),
         N_("Choose in “{disaggregation}”; where “{kind}” is a milestone, none is needed."),
         lambda c: c.lacks("disaggregation") and not c.holds("kind", "milestone")),
    Rule("harm_not_considered", _ERR, _IND, "harm", N_("Nobody considered whether measuring it can harm somebody."),
         N_("Choose in “{harm}”; “none known” is an answer too."), _missing("harm")),
    Rule("harm_no_note", _ERR, _IND, "harm_note", N_("Measuring it can harm, and what to do is not said."),
         N_("Say it in “{harm_note}”."),
         lambda c: c.holds("harm", "some", "high") and c.lacks("harm_note")),
    Rule("not_feasible", _ERR, _RATED, "feasible", N_("It is not feasible."),
         N_("Reword it, or set its status to retired or rejected."), lambda c: c.holds("feasible", "no")),
    Rule("feasible_undecided", _WARN, _RATED, "feasible", N_("Whether it is feasible is not decided."),
         N_("Choose in “{feasible}”."), _missing("feasible")),
    Rule("outcome_no_actor", _ERR, _OUT, "actor", N_("It names no actor whose change it is."),
         N_("Name an institution in “{actor}”; where “{level}” is a vision, none is needed."),
         lambda c: c.lacks("actor") and not c.holds("level", _NO_PARTNER)),
    Rule("outcome_not_followed", _WARN, _OUT, "", N_("No progress marker and no indicator stands under it."),
         N_("Make one under it; where “{level}” is a vision, none is needed."),
         lambda c: not c.holds("level", _NO_PARTNER) and not _followed(c)),
    Rule("marker_no_level", _ERR, _MARK, "level", N_("It has no level."),
         N_("Choose in “{level}” whether one expects, would like or would love to see it."), _missing("level")),
    Rule("no_addressee", _ERR, _REC, "addressee", N_("It is addressed to nobody."),
         N_("Name an institution in “{addressee}”."), _missing("addressee")),
    Rule("no_owner", _ERR, _REC, "owner", N_("Nobody follows it up."),
         N_("Name a role in “{owner}”, never a person."), _missing("owner")),
    Rule("no_next_check", _WARN, _REC, "next_check", N_("It has no date of the next check."),
         N_("Fill in “{next_check}”, or set its status to done."),
         lambda c: c.lacks("next_check") and c.row.status is not RowStatus.DONE),
    Rule("sent_no_date", _ERR, _REC, "sent_on", N_("It was sent, and when is not said."),
         N_("Fill in “{sent_on}”, or set its status to open."), lambda c: c.row.status in _SENT and c.lacks("sent_on")),
    Rule("no_question", _WARN, _FIND, "question", N_("It answers no review question."),
         N_("Name one in “{question}”, such as Q1."), _missing("question")),
    Rule("not_answered", _ERR, _FIND, "answered", N_("What contradicts it has no answer."),
         N_("Say in “{answered}” how the finding stands in spite of it, or reword the finding."),
         lambda c: Stance.CONTRADICTS in c.stances and not c.framework.is_answered(c.row.id)),
    Rule("strength_no_reason", _ERR, _FIND, "strength_reason", N_("Its strength was set without a reason."),
         N_("Give the reason in “{strength_reason}”, or empty “{strength_set}”."),
         lambda c: not c.lacks("strength_set") and c.lacks("strength_reason")),
    Rule("no_evidence", _ERR, GROUNDED, "", N_("It stands on no evidence."),
         N_("Link codings, findings that stand on codings, or documents."), lambda c: not c.stances),
    Rule("only_contradicted", _ERR, GROUNDED, "", N_("All its evidence contradicts it."),
         N_("Link what supports it, or reword it."), lambda c: set(c.stances) == {Stance.CONTRADICTS}),
    Rule("evidence_gone", _ERR, GROUNDED, "", N_("Linked codings that are no longer there: {detail}."),
         N_("Link others in their place, and unlink these."), lambda c: c.gone),
    Rule("parent_gone", _ERR, _ALL, "", N_("The row under which it stands was removed."),
         N_("Put it under another one."), lambda c: bool(c.row.parent_id) and c.parent is None),
    Rule("parent_out", _ERR, _ALL, "", N_("It stands under {detail}, which is retired or rejected."),
         N_("Put it under another one, or retire it too."), _parent_out),
    Rule("said_twice", _WARN, _ALL, "", N_("It says the same as {detail}."),
         N_("Reword one of them, or remove it."), lambda c: ", ".join(c.alike)),
    Rule("no_french", _WARN, _ALL, "", N_("It is not written in French."), N_("Write it in French too."),
         _no_language(0)),
    Rule("no_english", _WARN, _ALL, "", N_("It is not written in English."), N_("Write it in English too."),
         _no_language(1)),
)  # fmt: skip
"""In the order in which they are told."""


def complaints(framework: Framework, there: Collection[str], rows: Iterable[Row] | None = None) -> Iterator[Complaint]:
    """What these rows (or all) lack, row by row, in the order of the rules.

    `framework` needs every row, and the links of those that are looked at; `there` are the ids of the codings that are
    in the project.
    """
    alike = _alike(framework.rows)
    for row in framework.rows if rows is None else rows:
        if row.status in OUT:
            continue
        case = Case(row, framework, there, alike.get(row.id, ()))
        for rule in RULES:
            if row.kind in rule.kinds and (found := rule.broken(case)):
                yield Complaint(row, rule, "" if found is True else str(found))


_AGAINST_ITSELF = ("baseline_and_none", "target_before_baseline", "against_direction")


def against_itself(row: Row) -> list[Rule]:
    """The rules that the cells of a row break by contradicting each other."""
    case = Case(row, Framework((row,), ()), (), ())
    return [each for each in RULES if each.code in _AGAINST_ITSELF and row.kind in each.kinds and each.broken(case)]


def _followed(case: Case) -> bool:
    under = case.framework.children.get(case.row.id, ())
    return any(each.kind in (RowKind.MARKER, RowKind.INDICATOR) and each.status not in OUT for each in under)


def _alike(rows: Iterable[Row]) -> Mapping[str, list[str]]:
    """Id of a row → refs of the others of its kind that say the same, in French or in English."""
    said: dict[tuple[RowKind, int, str], list[Row]] = {}
    for row in rows:
        for place, key in enumerate(main_column(row.kind).keys):
            words = " ".join(fold(str(row.data.get(key) or "")).split())
            if words and row.status not in OUT:
                said.setdefault((row.kind, place, words), []).append(row)
    found: dict[str, list[str]] = {}
    for same in said.values():
        for row in same if len(same) > 1 else ():
            others = found.setdefault(row.id, [])
            others.extend(each.ref for each in same if each.id != row.id and each.ref not in others)
    return found
