"""The framework matrix as an Excel sheet that partners fill in, and what came back compared cell by cell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.ids import now
from hsreview.base.messages import _, ngettext
from hsreview.base.terminal import visible
from hsreview.model.codebook import Theme
from hsreview.model.framework_matrix import Case, CaseKind, Charted, Summary, summary_id
from hsreview.model.people import Coder
from hsreview.project.codebooks import load_codebook
from hsreview.project.project import Project
from hsreview.project.summaries import summaries, withheld
from hsreview.review.blind import Sight, sight
from hsreview.workbook.framework_sheet import Base, FrameworkFacts, FrameworkSheet, SheetSegment, digest, plain, row_id
from hsreview.workbook.framework_sheet_reading import ReturnedSheet, WrittenCell, read_framework_sheet
from hsreview.workbook.returned import Fault as Fault
from hsreview.workbook.returned import Notice as Notice
from hsreview.workbook.words_framework import says_empty
from hsreview.workflows.files import written
from hsreview.workflows.framework_matrix import Charting, Edit, case_name, cases, charting, in_words, write_cells
from hsreview.workflows.leaving import Leaving
from hsreview.workflows.outputs import record_output


@dataclass(frozen=True, slots=True)
class SheetMade:
    """A sheet that was written."""

    path: Path
    cases: int
    themes: int
    too_long: int
    """Summaries that no cell can hold; they are shown cut, and are not changed through the sheet."""


class ChangeKind(StrEnum):
    """What a cell of the sheet would do to the project."""

    NEW = "new"
    CHANGED = "changed"
    EMPTIED = "emptied"
    STATUS = "status"
    CONFLICT = "conflict"
    """It was changed in the project since the sheet was written, too."""


TAKEN = (ChangeKind.NEW, ChangeKind.CHANGED, ChangeKind.STATUS)
"""What is stored unless somebody says otherwise: nothing that takes words away."""


@dataclass(frozen=True, slots=True)
class SheetChange:
    """A cell that says something else than the project."""

    cell: str
    """Of the sheet: `E7`."""
    kind: ChangeKind
    case: Case
    theme: Theme
    before: str
    after: str
    status_before: Charted
    status_after: Charted
    segments: tuple[str, ...]
    """Ids of the codings that the summary will rest on."""
    called: str
    """The case as people read it, a group by its label."""


@dataclass(frozen=True, slots=True)
class SheetDiff:
    """A sheet that came back beside the project as it is now."""

    kind: CaseKind
    changes: Sequence[SheetChange]
    """In the order of the cases and themes."""
    faults: Sequence[Fault]
    missing: Sequence[str]
    """Names of cases that are no longer in the sheet; their summaries stay."""
    notices: Sequence[Notice]


def make_framework_sheet(
    project: Project, kind: CaseKind, path: Path, *, layer: str | None = None, lang: str = "fr",
    attributes: Iterable[str] = (), viewer: Coder | None = None, recipient: str = "",
) -> SheetMade:  # fmt: skip
    """Write the framework matrix of a layer as an Excel sheet to fill in.

    Raises UsageProblem for an attribute that no case has, InputRefused when the layer may not be seen or the file
    cannot be written.
    """
    from hsreview.workbook.framework_sheet_writing import write_framework_sheet

    found = charting(project, kind, layer, viewer=viewer)
    leaving = Leaving(project, recipient)
    found = replace(
        found, matrix=leaving.matrix(found.matrix, found.dataset), dataset=leaving.dataset(found.dataset)
    )  # fmt: skip
    matrix = found.matrix
    wanted = tuple(attributes)
    known = sorted({name for case in matrix.cases for name in case.attributes})
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise UsageProblem(
            _("No case has the attribute {name}. Attributes: {names}").format(
                name=unknown[0], names=", ".join(known) or "–"
            )
        )
    basis = matrix.basis
    facts = FrameworkFacts(project.id, kind, basis.layer, lang, basis.codebook, basis.codebook_version, now())
    said = replace(matrix, cases=[in_words(each, found.dataset.codebook, lang) for each in matrix.cases])
    behind = {key: tuple(s.coding.id for s in found.segments(cell)) for key, cell in matrix.cells.items()}
    with written(path) as spare:
        too_long = write_framework_sheet(
            FrameworkSheet(facts, said, wanted, _segments(found, said.cases), behind), spare
        )
    record_output(project, viewer, path, "framework", basis=basis, recipient=recipient)
    return SheetMade(path, len(matrix.cases), len(matrix.themes), too_long)


def _segments(found: Charting, cases: Iterable[Case]) -> list[SheetSegment]:
    refs = {place.code.id: place.code.ref for place in found.dataset.codebook.codes()}
    rows = []
    for case in cases:
        for theme in found.matrix.themes:
            cell = found.matrix.cell(case, theme)
            linked = set(cell.summary.segments) if cell.summary is not None else set()
            rows += [
                SheetSegment(
                    case.name, theme.ref, found.place(each), refs.get(each.coding.code_id, "?"), each.text,
                    each.coding.id in linked,
                )
                for each in found.segments(cell)
            ]  # fmt: skip
    return rows


def compare_sheet(project: Project, path: Path, *, viewer: Coder | None = None) -> SheetDiff:
    """What the sheet in `path` says that the project does not; nothing is stored.

    Raises InputRefused when it is no such sheet, or one of another project.
    """
    returned = read_framework_sheet(path)
    if returned.facts.project_id != project.id:
        raise InputRefused(_("{name} belongs to another project.").format(name=visible(path.name)))
    with project.snapshot():
        return _Comparison(project, returned, sight(project.connection, viewer)).diff()


class _Comparison:
    def __init__(self, project: Project, returned: ReturnedSheet, seen: Sight) -> None:
        self.returned, self.seen, self.kind = returned, seen, returned.facts.case_kind
        self.cases = {row_id(self.kind, each.id): each for each in cases(project, self.kind)}
        self.book = load_codebook(project.connection)
        self.themes = {each.id: each for each in self.book.themes}
        self.withheld = withheld(project.connection)
        self.summaries = {each.id: each for each in summaries(project.connection, self.kind)}
        self.faults = list(returned.faults)
        self.changes: list[SheetChange] = []

    def diff(self) -> SheetDiff:
        mixed_up = self._mixed_up()
        for cell in self.returned.cells:
            if cell.row not in mixed_up:
                self._compare(cell)
        rows, themes = list(self.cases), list(self.themes)
        self.changes.sort(key=lambda c: (rows.index(row_id(self.kind, c.case.id)), themes.index(c.theme.id)))
        expected = dict.fromkeys(row for row, _theme in self.returned.bases)
        missing = [
            case_name(self.cases[row], self.book)
            for row in expected
            if row not in self.returned.rows and row in self.cases
        ]  # fmt: skip
        return SheetDiff(self.kind, self.changes, self.faults, missing, self.returned.notices)

    def _mixed_up(self) -> set[str]:
        """Ids of rows that bear the name of another case: somebody sorted the sheet without its hidden column."""
        called = {row: self._called(case) for row, case in self.cases.items()}
        names = frozenset().union(*called.values())
        found = set()
        for row, (cell, beside) in self.returned.beside.items():
            own = called.get(row, frozenset())
            strange = (beside & names) - own
            if own and own.isdisjoint(beside) and strange:
                said = _(
                    "This row bears the name of {name}, but the id of {case}: it was sorted without the hidden column. "
                    "Nothing of it was read."
                )
                case = case_name(self.cases[row], self.book)
                self.faults.append(Fault(cell, "mixed_up", said.format(name=visible(min(strange)), case=visible(case))))
                found.add(row)
        return found

    def _called(self, case: Case) -> frozenset[str]:
        """The names of a case in a sheet of either language: a group stands there by its label."""
        return frozenset(name.strip() for name in (case.name, *(case_name(case, self.book, of) for of in ("fr", "en"))))

    def _compare(self, cell: WrittenCell) -> None:
        base = self.returned.bases.get((cell.row, cell.theme_id))
        if base is None:
            return
        words = digest(cell.text) != base.shown
        if words and says_empty(cell.text):
            cell = replace(cell, text="")
        words = words and not (not cell.text and base.text == digest(""))
        state = cell.status is not None and cell.status is not base.status
        if not words and not state:
            return
        case, theme = self.cases.get(cell.row), self.themes.get(cell.theme_id)
        if case is None or theme is None:
            self._fault(cell, "gone", _("The case or theme of this cell is no longer in the project."))
        elif not all(map(self.seen.transcript, case.transcripts)) or (
            summary_id(self.kind, case.id, theme.id) in self.withheld
        ):
            self._fault(cell, "blind", _("You code blind: mark the interviews of this case as reviewed first."))
        elif words and base.cut:
            said = _("This summary is longer than a cell, and the sheet shows it cut: change it in hsreview.")
            self._fault(cell, "cut", said)
        else:
            old = self.summaries.get(summary_id(self.kind, case.id, theme.id))
            self._add(cell, base, case, theme, old, words=words, state=state)

    def _add(
        self, cell: WrittenCell, base: Base, case: Case, theme: Theme, old: Summary | None, *, words: bool, state: bool
    ) -> None:
        before, status_before = (old.text, old.status) if old is not None else ("", Charted.TODO)
        after = cell.text if words else before
        new_words = plain(after) != plain(before)
        status = status_before
        if state and cell.status is not None:
            status = cell.status
        elif new_words:
            status = Charted.DRAFTED if after else Charted.TODO
        if not after and status is not Charted.TODO:
            if not state or words:
                status = Charted.TODO
            else:
                self._fault(cell, "status", _("Nothing is written here that could be called drafted or checked."))
                return
        if not new_words and status is status_before:
            return
        changed_here = digest(before) != base.text
        kind = ChangeKind.STATUS
        if (words and new_words and changed_here) or (state and status_before is not base.status):
            kind = ChangeKind.CONFLICT
        elif new_words:
            kind = ChangeKind.NEW if not before else ChangeKind.EMPTIED if not after else ChangeKind.CHANGED
        segments = old.segments if old is not None and old.segments else base.segments
        self.changes.append(
            SheetChange(
                cell.cell, kind, case, theme, before, after, status_before, status, segments,
                case_name(case, self.book),
            )
        )  # fmt: skip

    def _fault(self, cell: WrittenCell, code: str, message: str) -> None:
        self.faults.append(Fault(cell.cell, code, message))


def choose_changes(
    diff: SheetDiff, *, only: Collection[str] = (), without: Collection[str] = (), kinds: Collection[ChangeKind] = TAKEN
) -> list[SheetChange]:
    """The changes of these `kinds`, or those of the cells in `only`, and never those of the cells in `without`.

    Raises UsageProblem when a cell that is named has no change.
    """
    there = {each.cell for each in diff.changes}
    strange = [cell for cell in (*only, *without) if cell.upper() not in there]
    if strange:
        raise UsageProblem(
            _("No change is in the cell {cell}. Cells with changes: {cells}").format(
                cell=strange[0], cells=", ".join(sorted(there)) or "–"
            )
        )
    named, refused = {cell.upper() for cell in only}, {cell.upper() for cell in without}
    return [
        each
        for each in diff.changes
        if each.cell not in refused and (each.cell in named if named else each.kind in kinds)
    ]


def take_changes(project: Project, coder: Coder, kind: CaseKind, chosen: Sequence[SheetChange]) -> int:
    """Store changes as one act of `coder` (one undo); how many cells changed.

    Raises InputRefused when one of the summaries was changed meanwhile; nothing is stored then.
    """
    with project.write():
        now_ = {each.id: each for each in summaries(project.connection, kind)}
        for each in chosen:
            old = now_.get(summary_id(kind, each.case.id, each.theme.id))
            if (old.text if old is not None else "") != each.before:
                raise InputRefused(
                    _("{case} · {theme} was changed meanwhile. Nothing was stored; read the sheet again.").format(
                        case=each.called, theme=each.theme.ref
                    )
                )
        edits = [
            Edit(each.case.id, each.theme.id, each.after, each.status_after, each.segments) for each in chosen
        ]  # fmt: skip
        return write_cells(project, coder, kind, edits) if edits else 0


def change_name(kind: ChangeKind) -> str:
    """What a change is, in the user's language."""
    return {
        ChangeKind.NEW: _("new"), ChangeKind.CHANGED: _("changed"), ChangeKind.EMPTIED: _("emptied"),
        ChangeKind.STATUS: _("state"), ChangeKind.CONFLICT: _("conflict"),
    }[kind]  # fmt: skip


def told(diff: SheetDiff, taken: int) -> list[str]:
    """What a sheet would bring, in sentences."""
    n = len(diff.changes)
    said = [ngettext("{n} cell says something else.", "{n} cells say something else.", n).format(n=n)]
    left = n - taken
    if left:
        said.append(
            ngettext(
                "{n} of them is left as the project has it.", "{n} of them are left as the project has them.", left
            ).format(n=left)
        )
    if diff.missing:
        said.append(
            ngettext(
                "{n} case is no longer in the sheet; its summaries stay: {names}",
                "{n} cases are no longer in the sheet; their summaries stay: {names}",
                len(diff.missing),
            ).format(n=len(diff.missing), names=", ".join(diff.missing))
        )
    return said


def faults_told(diff: SheetDiff, name: str) -> list[str]:
    """What could not be read of the file `name`, and what should be known of its cells, in lines with their cells."""
    n = len(diff.faults)
    text = ngettext(
        "{n} place of {name} could not be read and is left out:",
        "{n} places of {name} could not be read and are left out:",
        n,
    )
    problems = [Problem(each.message, each.cell, each.code) for each in diff.faults]
    return [*([text.format(n=n, name=name)] if n else []), *(f"  {each}" for each in problems), *map(str, diff.notices)]
