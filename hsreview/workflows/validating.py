"""Validation meetings: reading them, finding what is named, and opening one.

What happens at a meeting stands in `validation_acts` (tables, votes, comments, amendments) and `validation_rounds`
(the next round), how it ends in `validation_closing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.framework.chain import Framework
from hsreview.framework.deciding import OVERALL as OVERALL
from hsreview.framework.deciding import SIDES as SIDES
from hsreview.framework.deciding import Decision as Decision
from hsreview.framework.deciding import needed as needed
from hsreview.framework.meetings import PASSED as PASSED
from hsreview.framework.meetings import Meeting as Meeting
from hsreview.framework.rule_words import rule_in_words as rule_in_words
from hsreview.framework.views import View, view
from hsreview.model.framework import FrameworkVersion, FrozenRow, RowStatus
from hsreview.model.framework import RowKind as RowKind
from hsreview.model.framework_columns import main_column
from hsreview.model.localized import Localized as Localized
from hsreview.model.people import Coder
from hsreview.model.validation import Absent as Absent
from hsreview.model.validation import Amendment as Amendment
from hsreview.model.validation import AmendmentDecision as AmendmentDecision
from hsreview.model.validation import Ballot as Ballot
from hsreview.model.validation import Comment as Comment
from hsreview.model.validation import CommentKind as CommentKind
from hsreview.model.validation import Outcome as Outcome
from hsreview.model.validation import Party as Party
from hsreview.model.validation import Rule as Rule
from hsreview.model.validation import Side as Side
from hsreview.model.validation import Tally as Tally
from hsreview.model.validation import Validation as Validation
from hsreview.project import framework_versions
from hsreview.project import validations as stored
from hsreview.project.project import Project
from hsreview.workflows.framework_rows import check_sees

_T = TypeVar("_T")
VOTED = (RowKind.OUTCOME, RowKind.MARKER, RowKind.INDICATOR, RowKind.RECOMMENDATION)
"""Kinds of rows that are put to the vote."""
_PAST = (RowStatus.RETIRED, RowStatus.REJECTED, RowStatus.REFUSED, RowStatus.LAPSED, RowStatus.DONE)
"""Rows that are not put to the vote any more."""
LANGUAGES = ("fr", "en", "both")
_SHARES = range(0, 101)
_ROUNDS = range(1, 10)


def meetings(project: Project, viewer: Coder | None = None) -> list[Meeting]:
    """Every meeting, the oldest first. Raises InputRefused while `viewer` codes blind somewhere."""
    with project.snapshot():
        check_sees(project, viewer)
        versions = {each.id: each for each in framework_versions.versions(project.connection)}
        return [_read(project, each, versions.get(each.version_id)) for each in stored.validations(project.connection)]


def find_meeting(project: Project, wish: str = "", viewer: Coder | None = None) -> Meeting:
    """The meeting of that name or id; without a wish the only one, or the only one that is open.

    Raises UsageProblem for none or several, InputRefused while `viewer` codes blind somewhere.
    """
    with project.snapshot():
        found = meetings(project, viewer)
        named = [each for each in found if _is_meant(each.validation, wish)] if wish else found
        if not wish and len(named) > 1:
            named = [each for each in named if not each.is_closed]
        if len(named) == 1:
            return named[0]
    names = ", ".join(each.validation.name for each in found) or "–"
    if not found:
        raise UsageProblem(_("There is no validation meeting yet: hsreview validation open."))
    if not wish:
        raise UsageProblem(_("Name the meeting. Meetings: {names}").format(names=names))
    if named:
        raise UsageProblem(
            _("Several meetings are called {name}; give the id: {ids}").format(
                name=wish, ids=", ".join(each.validation.id for each in named)
            )
        )
    raise UsageProblem(_("There is no meeting {name}. Meetings: {names}").format(name=wish, names=names))


def _is_meant(meeting: Validation, wish: str) -> bool:
    return meeting.id == wish or fold(meeting.name) == fold(wish)


def again(project: Project, meeting: Meeting) -> Meeting:
    """A meeting as it stands now. Raises InputRefused when it was removed meanwhile."""
    for each in stored.validations(project.connection):
        if each.id == meeting.validation.id:
            return _read(project, each, meeting.version)
    raise InputRefused(
        _("The meeting {name} was removed meanwhile. Nothing was changed.").format(name=meeting.validation.name)
    )


def _read(project: Project, meeting: Validation, version: FrameworkVersion | None) -> Meeting:
    connection = project.connection
    return Meeting(
        meeting, version, _apart(stored.parties(connection, meeting.id)), stored.ballots(connection, meeting.id),
        stored.votes(connection, meeting.id), stored.comments(connection, meeting.id),
        stored.amendments(connection, meeting.id),
    )  # fmt: skip


def _apart(parties: Iterable[Party]) -> list[Party]:
    """Tables that two laptops called the same are told apart: the later ones end on a number."""
    times: dict[str, int] = {}
    found = []
    for each in parties:
        times[fold(each.label)] = nth = times.get(fold(each.label), 0) + 1
        found.append(each if nth == 1 else replace(each, label=f"{each.label} ({nth})"))
    return found


def find_table(meeting: Meeting, label: str) -> Party:
    """The table of that label or id. Raises UsageProblem."""
    found = table_called(meeting, label)
    if found is not None:
        return found
    labels = ", ".join(each.label for each in meeting.parties) or "–"
    raise UsageProblem(_("There is no table {name} at this meeting. Tables: {names}").format(name=label, names=labels))


def table_called(meeting: Meeting, label: str) -> Party | None:
    """The table of that label or id, if there is one."""
    wanted = fold(label.strip())
    return next((each for each in meeting.parties if each.id == label or fold(each.label) == wanted), None)


def find_ballot(meeting: Meeting, ref: str) -> Ballot:
    """The ballot of a row in the last round in which it was voted on. Raises UsageProblem."""
    found = [each for each in meeting.last.values() if each.row_id == ref or fold(each.ref) == fold(ref)]
    if found:
        return found[0]
    refs = ", ".join(each.ref for each in meeting.last.values()) or "–"
    raise UsageProblem(_("{ref} is not put to the vote at this meeting. Rows: {refs}").format(ref=ref, refs=refs))


def find_comment(meeting: Meeting, number: int) -> Comment:
    """The comment of that number. Raises UsageProblem."""
    return _numbered(meeting.comments, number, _("There is no comment {number}; there are {count}."))


def find_amendment(meeting: Meeting, number: int) -> Amendment:
    """The amendment of that number. Raises UsageProblem."""
    return _numbered(meeting.amendments, number, _("There is no amendment {number}; there are {count}."))


def _numbered(found: Sequence[_T], number: int, otherwise: str) -> _T:
    if not 1 <= number <= len(found):
        raise UsageProblem(otherwise.format(number=number, count=len(found)))
    return found[number - 1]


def open_meeting(
    project: Project, coder: Coder, *, name: str, version: FrameworkVersion, date: str, place: str = "",
    state: str = "", language: str = "fr", rule: Rule | None = None, refs: Sequence[str] = (),
    kinds: Sequence[RowKind] = (),
) -> Meeting:  # fmt: skip
    """Open a meeting on a version of the framework, with the ballots of its first round, as one act.

    `date` is `YYYY-MM-DD`; `refs` or `kinds` narrow the rows that are voted on. Raises UsageProblem for a name that is
    taken or missing, a rule out of range or a row that there is not; InputRefused for no rows, or rows without words
    in the language of the ballots.
    """
    check_sees(project, coder)
    settled = rule or Rule()
    check_rule(settled)
    if language not in LANGUAGES:
        raise UsageProblem(_("The language of ballots is fr, en or both; not {language}.").format(language=language))
    if not name.strip():
        raise UsageProblem(_("Give the meeting a name."))
    papers = papers_of(version, refs, kinds)
    _check_words(papers, language)
    with project.act(coder.id) as act:
        if any(fold(each.name) == fold(name.strip()) for each in stored.validations(project.connection)):
            raise UsageProblem(_("There is a meeting {name} already; give this one another name.").format(name=name))
        identity = stored.add_validation(
            act, name=name.strip(), date=date, place=place.strip(), state=state.strip(), language=language,
            version_id=version.id, rule=settled,
        )  # fmt: skip
        for position, each in enumerate(papers, 1):
            stored.add_ballot(
                act, identity, row_id=each.row.id, round_=1, position=position, ref=each.row.ref, kind=each.row.kind,
                text=words_of(each), badge=each.badge,
            )  # fmt: skip
        opened = next(each for each in stored.validations(project.connection) if each.id == identity)
        return _read(project, opened, version)


def check_rule(rule: Rule, names: Mapping[str, str] | None = None) -> None:
    """Raises UsageProblem for a rule that no vote can follow; `names` of its parts where they are not their own."""
    for name, value, allowed in (
        ("overall", rule.overall, _SHARES), ("each_side", rule.each_side, _SHARES), ("rounds", rule.rounds, _ROUNDS),
    ):  # fmt: skip
        if value not in allowed:
            raise UsageProblem(
                _("{name} is from {least} to {most}; not {value}.").format(
                    name=(names or {}).get(name, name), least=allowed[0], most=allowed[-1], value=value
                )
            )


def words_of(frozen: FrozenRow) -> Localized:
    """What a row of a version says."""
    fr, en = (str(frozen.row.data.get(key) or "") for key in main_column(frozen.row.kind).keys)
    return Localized(fr, en)


def papers_of(version: FrameworkVersion, refs: Sequence[str] = (), kinds: Sequence[RowKind] = ()) -> list[FrozenRow]:
    """The rows of a version that are put to the vote, in the order of the outcome map.

    Raises UsageProblem for a row that is not there or is not voted on, InputRefused when there is none.
    """
    frozen = {each.row.id: each for each in version.rows}
    places = view(Framework([each.row for each in version.rows], ()), View.OUTCOME_MAP)
    ordered = [frozen[place.row.id] for place in places if place.row is not None and not place.again]
    votable = [
        each for each in ordered if each.row.kind in (kinds or VOTED) and each.row.kind in VOTED
        and each.row.status not in _PAST
    ]  # fmt: skip
    if refs:
        wanted = {fold(ref) for ref in refs}
        unknown = [ref for ref in refs if fold(ref) not in {fold(each.row.ref) for each in votable}]
        if unknown:
            raise UsageProblem(
                _("Not put to the vote in version {number}: {refs}. Rows: {rows}").format(
                    number=version.number, refs=", ".join(unknown),
                    rows=", ".join(each.row.ref for each in votable) or "–",
                )
            )  # fmt: skip
        votable = [each for each in votable if fold(each.row.ref) in wanted]
    if not votable:
        raise InputRefused(
            _(
                "Version {number} has no row to vote on: outcomes, progress markers, indicators or recommendations "
                "that are not rejected or retired."
            ).format(number=version.number)
        )
    return votable


def _check_words(papers: Iterable[FrozenRow], language: str) -> None:
    named = {"fr": _("French"), "en": _("English")}
    problems = [
        Problem(_("It says nothing in {language}.").format(language=named[each]), paper.row.ref, "no_words")
        for paper in papers
        for each in (("fr", "en") if language == "both" else (language,))
        if not words_of(paper).own(each).strip()
    ]
    if problems:
        raise InputRefused(
            _(
                "Rows have no words in the language of the ballots. Write them (framework set), freeze a new version, "
                "and open the meeting on that one; or choose another language."
            ),
            problems,
        )
