"""The framework of a project: reading it, writing its rows, and linking them to what they stand on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.messages import _, ngettext
from hsreview.framework.chain import Framework as Framework
from hsreview.framework.chain import Ground as Ground
from hsreview.model.framework import GROUNDED as GROUNDED
from hsreview.model.framework import PARENTS, PREFIXES
from hsreview.model.framework import STATUSES as STATUSES
from hsreview.model.framework import Evidence as Evidence
from hsreview.model.framework import EvidenceRole as EvidenceRole
from hsreview.model.framework import Row as Row
from hsreview.model.framework import RowKind as RowKind
from hsreview.model.framework import RowStatus as RowStatus
from hsreview.model.framework import SourceKind as SourceKind
from hsreview.model.framework import Stance as Stance
from hsreview.model.framework_columns import COLUMNS as COLUMNS
from hsreview.model.framework_columns import Column as Column
from hsreview.model.framework_columns import ValueKind as ValueKind
from hsreview.model.framework_columns import main_column as main_column
from hsreview.model.people import Coder
from hsreview.project import framework as stored
from hsreview.project.log import Act
from hsreview.project.observations import counts
from hsreview.project.project import Project
from hsreview.review.blind import anywhere
from hsreview.workflows.evidence import coding_ids
from hsreview.workflows.framework_values import read_value, refs_named

Values = Mapping[str, Any]
"""Key of a column (with `_fr` or `_en` where it has two languages) → what it holds; null empties it."""


def framework(project: Project, *, viewer: Coder | None = None, links: bool = True) -> Framework:
    """Every row with what it stands on; without `links` the rows alone.

    Raises InputRefused while `viewer` codes blind somewhere: rows tell what others coded.
    """
    with project.snapshot():
        check_sees(project, viewer)
        return Framework(stored.rows(project.connection), stored.evidence(project.connection) if links else ())


def check_sees(project: Project, viewer: Coder | None) -> None:
    """Raises InputRefused while `viewer` codes blind somewhere."""
    if anywhere(project.connection, viewer):
        raise InputRefused(
            _("You code blind: the framework opens when you have marked all of your transcripts as reviewed.")
        )


def find_row(found: Framework, wish: str, *kinds: RowKind) -> Row:
    """The row with that id or ref, of one of the kinds where they are given. Raises UsageProblem."""
    wanted = fold(wish)
    rows = [row for row in found.rows if row.id == wish or fold(row.ref) == wanted]
    if not rows:
        named = [kind for kind, prefix in PREFIXES.items() if re.fullmatch(f"{fold(prefix)}[0-9]+", wanted)]
        there = refs_named(found.of(*(kinds or named)) or found.rows)
        raise UsageProblem(_("There is no row {ref}. Rows: {refs}").format(ref=wish, refs=there))
    if kinds and rows[0].kind not in kinds:
        raise UsageProblem(
            _("{ref} is not a row of this kind; here is wanted: {kinds}.").format(
                ref=rows[0].ref, kinds=", ".join(map(kind_name, kinds))
            )
        )
    return rows[0]


def said(row: Row, language: str) -> str:
    """What a row says in `language`, else in the other one; empty when it says nothing yet."""
    fr, en = (str(row.data.get(key) or "") for key in main_column(row.kind).keys)
    return (fr or en) if language == "fr" else (en or fr)


def add_row(
    project: Project, coder: Coder, kind: RowKind, values: Values, *, parent: Row | None = None,
    evidence: Iterable[tuple[str, Stance, EvidenceRole]] = (),
) -> Row:  # fmt: skip
    """Make a row with its first links to codings, as one act.

    Raises InputRefused when it would say nothing, its strength is set without a reason, it cannot stand under `parent`,
    or while `coder` codes blind: its ref would tell how many rows there are.
    """
    check_sees(project, coder)
    if not any(str(values.get(key) or "").strip() for key in main_column(kind).keys):
        raise InputRefused(_("Write what the row says, in French or in English. Nothing was stored."))
    _check_reason(values, values)
    _check_parent(kind, parent)
    given = list(evidence)
    ids = coding_ids(project, (coding for coding, _stance, _role in given))
    links = {coding: (stance, role) for coding, (_wish, stance, role) in zip(ids, given, strict=True)}
    with project.act(coder.id) as act:
        identity = stored.add_row(
            project.connection, act, kind, {k: v for k, v in values.items() if v is not None},
            status=STATUSES[kind][0], parent_id=parent.id if parent else None,
        )  # fmt: skip
        for coding_id, (stance, role) in links.items():
            stored.add_evidence(act, identity, SourceKind.CODING, coding_id, stance, role)
    return _row(project, identity)


def change_row(
    project: Project, coder: Coder, row: Row, values: Values | None = None, *, status: RowStatus | None = None,
    parent: Row | None = None,
) -> bool:  # fmt: skip
    """As `change_rows`, for one row; false when it says this already."""
    return bool(change_rows(project, coder, [(row, values or {})], status=status, parent=parent))


def change_rows(
    project: Project, coder: Coder, changes: Iterable[tuple[Row, Values]], *, status: RowStatus | None = None,
    parent: Row | None = None,
) -> list[Row]:  # fmt: skip
    """Change cells, the status or the parent of rows, as one act; those that said something else before.

    Raises InputRefused as `add_row`, and UsageProblem for a status that rows of a kind do not have; nothing is changed
    then.
    """
    wanted = list(changes)
    for row, _values in wanted:
        if status is not None and status not in STATUSES[row.kind]:
            raise UsageProblem(
                _("{ref} cannot be “{status}”. It can be: {statuses}.").format(
                    ref=row.ref, status=status_name(status), statuses=", ".join(map(status_name, STATUSES[row.kind]))
                )
            )
        if parent is not None:
            _check_parent(row.kind, parent)
    fields: dict[str, Any] = {"status": str(status)} if status is not None else {}
    fields |= {"parent_id": parent.id} if parent is not None else {}
    with project.act(coder.id) as act:
        return [row for row, values in wanted if _put(project, act, row, values, fields)]


def _put(project: Project, act: Act, row: Row, values: Values, fields: Mapping[str, Any]) -> bool:
    """Change one row inside an act; false when it says this already."""
    now = _present(project, row)  # Not as `row` has it: it may have been read a while ago.
    if not values:
        return bool(fields) and act.put("framework_row", row.id, **fields)
    data = {k: v for k, v in {**now, **values}.items() if v is not None}
    if not any(str(data.get(key) or "").strip() for key in main_column(row.kind).keys):
        raise InputRefused(_("{ref} would say nothing then. Nothing was changed.").format(ref=row.ref))
    _check_reason(values, data)
    return act.put("framework_row", row.id, **fields, data=data)


def remove_rows(project: Project, coder: Coder, found: Framework, rows: Sequence[Row]) -> None:
    """Take rows away, with their links, as one act; undo brings them back.

    Raises InputRefused while others stand under them or on them, or name them, and while they carry entries.
    """
    with project.act(coder.id) as act:
        take_away(project, act, found, rows)


def take_away(project: Project, act: Act, found: Framework, rows: Sequence[Row]) -> None:
    """As `remove_rows`, inside an act."""
    gone = {row.id for row in rows}
    problems = [
        Problem(_("{other} {what}").format(other=other.ref, what=what), row.ref, code)
        for row in rows
        for other, what, code in _needing(found, row)
        if other.id not in gone
    ]
    problems += _carried(project, found, rows)
    if problems:
        raise InputRefused(
            _("Something needs what is to be removed. Change that first, or set the row to another status."), problems
        )
    for row in rows:
        act.remove("framework_row", row.id)  # First, because an act is called after its first record.
        for link in found.links.get(row.id, ()):
            act.remove("evidence", link.id)


def link(
    project: Project, coder: Coder, found: Framework, row: Row, sources: Iterable[tuple[SourceKind, str]],
    stance: Stance, *, role: EvidenceRole = EvidenceRole.NONE, note: str = "",
) -> int:  # fmt: skip
    """Say on what a row stands, as one act; how many links are new.

    `sources`: ids of codings (or their beginnings), refs or ids of findings, or names of documents, each with its kind.
    A link that is there gets the stance, role and note given. Raises UsageProblem for what there is not, and
    InputRefused when a finding would stand on itself.
    """
    known: dict[tuple[SourceKind, str], list[Evidence]] = {}
    for each in found.links.get(row.id, ()):  # Two people may have linked the same apart from each other.
        known.setdefault((each.source_kind, each.source), []).append(each)
    wanted = [(kind, _checked(project, found, row, kind, source)) for kind, source in sources]
    with project.act(coder.id) as act:
        _present(project, row)
        new = 0
        for kind, source in dict.fromkeys(wanted):
            for old in known.get((kind, source), ()):
                act.put("evidence", old.id, stance=str(stance), role=str(role), note=note)
            if (kind, source) not in known:
                stored.add_evidence(act, row.id, kind, source, stance, role, note)
                new += 1
        return new


def find_links(found: Framework, row: Row, sources: Iterable[str]) -> list[Evidence]:
    """The links of a row to these codings (by the beginning of an id), findings (by ref) or documents (by name).

    Raises UsageProblem when one of them is not there, or could be several.
    """
    chosen: dict[str, Evidence] = {}
    for wish in sources:
        links = [each for each in found.links.get(row.id, ()) if _is_named(found, each, wish)]
        exact = [each for each in links if each.source == wish] or links
        if not exact:
            raise UsageProblem(_("{ref} does not stand on {source}.").format(ref=row.ref, source=wish))
        if len({each.source for each in exact}) > 1:
            raise UsageProblem(_("Several ids begin with {id}; give more of it.").format(id=wish))
        chosen |= {each.id: each for each in exact}
    return list(chosen.values())


def _is_named(found: Framework, link: Evidence, wish: str) -> bool:
    match link.source_kind:
        case SourceKind.CODING:
            return bool(wish) and link.source.startswith(wish)
        case SourceKind.FINDING:
            finding = found.by_id.get(link.source)
            return link.source == wish or (finding is not None and fold(finding.ref) == fold(wish))
        case SourceKind.DOCUMENT:
            return fold(link.source) == fold(wish)


def unlink(project: Project, coder: Coder, links: Iterable[Evidence]) -> int:
    """Take links away; how many there were."""
    with project.act(coder.id) as act:
        return sum(act.remove("evidence", each.id) for each in links)


def read_values(found: Framework, kind: RowKind, wishes: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What cells are to hold, from `(key or label of a column, text)` as people write them.

    Raises InputRefused with every text that cannot be read, and UsageProblem for a column that there is not.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, text in wishes:
        column, key = find_column(kind, name)
        try:
            values[key] = read_value(found, column, text)
        except InputRefused as error:
            problems.append(Problem(error.message, name, "value"))
    if problems:
        raise InputRefused(
            ngettext(
                "{count} cell cannot be read. Nothing was stored.", "{count} cells cannot be read. Nothing was stored.",
                len(problems),
            ).format(count=len(problems)), problems,
        )  # fmt: skip
    return values


def find_column(kind: RowKind, name: str) -> tuple[Column, str]:
    """The column of that key or label, and the key of a row's data that is meant. Raises UsageProblem."""
    wanted = fold(name)
    for column in COLUMNS[kind]:
        for key in column.keys:
            if wanted == fold(key):
                return column, key
        if wanted in {fold(column.key), fold(column.label.fr), fold(column.label.en)} and len(column.keys) == 1:
            return column, column.key
    there = ", ".join(key for column in COLUMNS[kind] for key in column.keys)
    raise UsageProblem(_("There is no column {name}. Columns: {columns}").format(name=name, columns=there))


def _checked(project: Project, found: Framework, row: Row, kind: SourceKind, source: str) -> str:
    if kind is SourceKind.CODING:
        [coding] = coding_ids(project, [source])
        return coding
    if kind is SourceKind.DOCUMENT:
        if not source.strip():
            raise UsageProblem(_("Name the document."))
        return source.strip()
    finding = find_row(found, source, RowKind.FINDING)
    if finding.id == row.id or any(ground.link.source == row.id for ground in found.down(finding.id)):
        raise InputRefused(_("{finding} stands on {ref} already.").format(finding=finding.ref, ref=row.ref))
    return finding.id


def _check_reason(values: Values, data: Values) -> None:
    """Refuse a strength without a reason, where one of the two is written; a row that came so can be written on."""
    touched = {"strength_set", "strength_reason"} & values.keys()
    if touched and data.get("strength_set") and not str(data.get("strength_reason") or "").strip():
        raise InputRefused(_("A strength that is set needs a reason in “strength_reason”. Nothing was stored."))


def _check_parent(kind: RowKind, parent: Row | None) -> None:
    if parent is not None and parent.kind not in PARENTS[kind]:
        kinds = ", ".join(map(kind_name, PARENTS[kind])) or "–"
        raise InputRefused(
            _("This row cannot stand under {parent}; it can stand under: {kinds}.").format(
                parent=parent.ref, kinds=kinds
            )
        )


def _needing(found: Framework, row: Row) -> list[tuple[Row, str, str]]:
    """The rows that need this one, and how: under it, on it, or naming it in a column."""
    return [
        *((each, _("stands under it"), "child") for each in found.children.get(row.id, ())),
        *((found.by_id[each.row_id], _("stands on it"), "evidence") for each in found.uses.get(row.id, ())),
        *(
            (each, _("names it"), "named")
            for each in found.rows
            if any(c.kind is ValueKind.ROW and each.data.get(c.key) == row.id for c in COLUMNS[each.kind])
        ),
    ]


def _carried(project: Project, found: Framework, rows: Iterable[Row]) -> list[Problem]:
    """What rows carry that would be lost with them: entries of the journal, and links of what is named, not found."""
    entries = counts(project.connection)
    problems = []
    for row in rows:
        n, links = entries.get(row.id, 0), len(found.links.get(row.id, ()))
        if n:
            told = ngettext("{n} entry of the journal is about it", "{n} entries of the journal are about it", n)
            problems.append(Problem(told.format(n=n), row.ref, "entries"))
        if links and row.kind not in GROUNDED:
            told = ngettext("it rests on {n} link; unlink it", "it rests on {n} links; unlink them", links)
            problems.append(Problem(told.format(n=links), row.ref, "links"))
    return problems


def _present(project: Project, row: Row) -> dict[str, Any]:
    """What a row holds now. Raises InputRefused when it was removed meanwhile."""
    data = stored.data_of(project.connection, row.id)
    if data is None:
        raise InputRefused(_("{ref} was removed meanwhile. Nothing was changed.").format(ref=row.ref))
    return data


def _row(project: Project, identity: str) -> Row:
    return next(row for row in stored.rows(project.connection) if row.id == identity)


def kind_name(kind: RowKind) -> str:
    """What kind of row it is, in the user's language."""
    return {
        RowKind.STRATEGY: _("strategy"), RowKind.ACTOR: _("actor"), RowKind.FINDING: _("finding"),
        RowKind.OUTCOME: _("outcome"), RowKind.MARKER: _("progress marker"), RowKind.INDICATOR: _("indicator"),
        RowKind.RECOMMENDATION: _("recommendation"),
    }[kind]  # fmt: skip


def status_name(status: RowStatus) -> str:
    """How far a row is, in the user's language."""
    return {
        RowStatus.ACTIVE: _("active"), RowStatus.DRAFT: _("draft"), RowStatus.PROPOSED: _("proposed"),
        RowStatus.FINAL: _("final"), RowStatus.VALIDATED: _("validated"), RowStatus.AMENDED: _("amended"),
        RowStatus.REJECTED: _("rejected"), RowStatus.RETIRED: _("retired"), RowStatus.OPEN: _("still open"),
        RowStatus.SENT: _("sent"), RowStatus.ACKNOWLEDGED: _("acknowledged"), RowStatus.ACCEPTED: _("accepted"),
        RowStatus.IN_PROGRESS: _("in progress"), RowStatus.DONE: _("done"), RowStatus.REFUSED: _("refused"),
        RowStatus.LAPSED: _("lapsed"),
    }[status]  # fmt: skip


def status_named(kind: RowKind, wish: str) -> RowStatus:
    """The status called `wish`, in French or English. Raises UsageProblem with those that rows of the kind may have."""
    for status in STATUSES[kind]:
        if fold(wish) in {fold(status), fold(status_name(status))}:
            return status
    raise UsageProblem(
        _("“{status}” is no status of this kind of row; there are: {statuses}.").format(
            status=wish, statuses=", ".join(STATUSES[kind])
        )
    )


def stance_name(stance: Stance) -> str:
    """What a source does to a row, in the user's language."""
    return {
        Stance.SUPPORTS: _("supports"), Stance.CONTRADICTS: _("contradicts"), Stance.QUALIFIES: _("qualifies"),
        Stance.ILLUSTRATES: _("illustrates"),
    }[stance]  # fmt: skip
