"""Charting: the framework matrix of a layer, and the summaries that people write into it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.messages import _, current_language, ngettext
from hsreview.model.codebook import Codebook, Theme
from hsreview.model.dataset import Basis, CodedSegment, Dataset
from hsreview.model.framework_matrix import Case as Case
from hsreview.model.framework_matrix import CaseKind as CaseKind
from hsreview.model.framework_matrix import Cell as Cell
from hsreview.model.framework_matrix import Charted as Charted
from hsreview.model.framework_matrix import Empty as Empty
from hsreview.model.framework_matrix import FrameworkMatrix as FrameworkMatrix
from hsreview.model.framework_matrix import Summary as Summary
from hsreview.model.framework_matrix import summary_id
from hsreview.model.people import Coder
from hsreview.project import datasets
from hsreview.project.asked import asked
from hsreview.project.codebooks import load_codebook
from hsreview.project.project import Project
from hsreview.project.summaries import others_than_summaries, put_summary, summaries, withheld
from hsreview.review.blind import sight
from hsreview.workflows.coding import get_coding
from hsreview.workflows.exporting import check_sight, choose_layer, dataset

NO_LAYER = Basis("", "", "", None, "", "", "", "")


@dataclass(frozen=True)
class Charting:
    """A framework matrix with the layer that it was made from."""

    matrix: FrameworkMatrix
    dataset: Dataset

    def segments(self, cell: Cell) -> list[CodedSegment]:
        """The segments of a cell, in the order of transcripts and offsets."""
        return [self.dataset.segments[number] for number in cell.behind]

    def place(self, segment: CodedSegment) -> str:
        """`cso-01 12.3`: interview, turn and sentence."""
        return f"{self._names[segment.transcript_id]} {segment.place}"

    def called(self, case: Case) -> str:
        """The name of a case as people read it: that of a group is its label."""
        return case_name(case, self.dataset.codebook)

    def groups(self, case: Case) -> str:
        """The labels of the groups of a case; what is the case itself is not said again."""
        if case.kind is CaseKind.GROUP:
            return ""
        return in_words(case, self.dataset.codebook, current_language()).group

    def why_empty(self) -> str:
        """Why there is no case to sum up; empty when there is one."""
        if self.matrix.cases:
            return ""
        return {
            CaseKind.RESPONDENT: _("No respondent is linked to a speaker yet."),
            CaseKind.ORGANISATION: _("No organisation is known yet: a table of respondents names them at import."),
            CaseKind.GROUP: _("The codebook names no groups."),
            CaseKind.TRANSCRIPT: _("The project has no transcript yet."),
        }[self.matrix.kind]

    @cached_property
    def _names(self) -> dict[str, str]:
        return {t.id: t.name for t in self.dataset.transcripts}


@dataclass(frozen=True, slots=True)
class Edit:
    """What is wanted of one cell; null leaves it as it is."""

    case_id: str
    theme_id: str
    text: str | None = None
    status: Charted | None = None
    """Null with a text that changes: drafted, and to do when it is emptied."""
    segments: tuple[str, ...] | None = None
    """Ids of the codings that the summary rests on."""


def charting(
    project: Project, kind: CaseKind, layer: str | None = None, *, viewer: Coder | None = None
) -> Charting:  # fmt: skip
    """The framework matrix of the layer called `layer` as `choose_layer` finds it.

    Raises InputRefused when the layer holds work of others that `viewer` may not see yet; summaries that they may not
    see are hidden in the matrix.
    """
    with project.snapshot():
        chosen = choose_layer(project, layer, viewer=viewer)
        check_sight(project, viewer, chosen)
        return _charted(project, kind, dataset(project, chosen, viewer=viewer), viewer)


def recharted(project: Project, before: Charting, since: int, *, viewer: Coder | None = None) -> Charting | None:
    """`before` with the summaries as they are now; null when something else was written after record `since`.

    Reading the layer again takes a second at the size of a real project, which is too long after every summary.
    """
    with project.snapshot():
        if others_than_summaries(project.connection, since):
            return None
        return _charted(project, before.matrix.kind, before.dataset, viewer)


def _charted(project: Project, kind: CaseKind, found: Dataset, viewer: Coder | None) -> Charting:
    from hsreview.analysis.framework_matrix import framework_matrix

    matrix = framework_matrix(
        found, kind, summaries(project.connection, kind), asked(project.connection),
        seen=sight(project.connection, viewer).transcript, withheld=withheld(project.connection),
    )  # fmt: skip
    return Charting(matrix, found)


def cases(project: Project, kind: CaseKind) -> list[Case]:
    """The cases of a kind, by name."""
    from hsreview.analysis.framework_matrix import cases_of

    book = load_codebook(project.connection)
    return cases_of(datasets.uncoded(project.connection, NO_LAYER, book), kind)


def case_name(case: Case, book: Codebook, language: str = "") -> str:
    """How a case is called in a language, or that of the user: a group by its label."""
    return _group_name(case.name, book, language) if case.kind is CaseKind.GROUP else case.name


def in_words(case: Case, book: Codebook, language: str) -> Case:
    """A case with the labels of groups in the place of their refs."""
    groups = ", ".join(_group_name(ref, book, language) for ref in case.group.split(", ") if ref)
    return replace(case, name=case_name(case, book, language), group=groups)


def _group_name(ref: str, book: Codebook, language: str = "") -> str:
    language = language or current_language()
    return next((each.label.get(language) for each in book.groups if each.ref == ref), "") or ref


def find_case(found: Sequence[Case], wish: str, book: Codebook | None = None) -> Case:
    """The case with that id or name, with a `book` a group also by its label.

    Raises UsageProblem when there is none, or several bear the name.
    """
    chosen = [each for each in found if each.id == wish] or [
        each for each in found if fold(wish) in (fold(each.name), fold(case_name(each, book) if book else each.name))
    ]
    if len(chosen) > 1:
        ids = ", ".join(each.id for each in chosen)
        raise UsageProblem(_("Several cases are called {name}; give an id: {ids}").format(name=wish, ids=ids))
    if not chosen:
        raise UsageProblem(
            _("There is no case {name}. Cases: {cases}").format(
                name=wish, cases=", ".join(each.name for each in found[:20]) or "–"
            )
        )
    return chosen[0]


def find_theme(book: Codebook, wish: str) -> Theme:
    """The theme with that id or ref. Raises UsageProblem when there is none."""
    found = [each for each in book.themes if wish == each.id or fold(wish) == fold(each.ref)]
    if not found:
        refs = ", ".join(each.ref for each in book.themes)
        raise UsageProblem(_("There is no theme {name}. Themes: {themes}").format(name=wish, themes=refs))
    return found[0]


def write_cells(project: Project, coder: Coder, kind: CaseKind, edits: Iterable[Edit]) -> int:
    """Write summaries as one act (one undo), and say how many cells changed.

    Raises InputRefused when a cell has no text and is to be drafted or checked, when its case or theme is not in the
    project, and when `coder` codes blind in an interview of the case; nothing is stored then.
    """
    with project.act(coder.id) as act:
        known = {each.id: each for each in cases(project, kind)}
        themes = {each.id for each in load_codebook(project.connection).themes}
        before = {each.id: each for each in summaries(project.connection, kind)}
        seen = sight(project.connection, coder)
        hidden = withheld(project.connection)
        changed = 0
        for edit in edits:
            case = known.get(edit.case_id)
            if case is None or edit.theme_id not in themes:
                raise InputRefused(_("This case or theme is no longer in the project. Nothing was stored."))
            if not all(map(seen.transcript, case.transcripts)):
                raise InputRefused(
                    _("You code blind: mark the interviews of {case} as reviewed before you sum them up.").format(
                        case=case.name
                    )
                )
            identity = summary_id(kind, edit.case_id, edit.theme_id)
            if identity in hidden:
                raise InputRefused(
                    _("Somebody summed this up while you coded blind: take in a package with it first.")
                )  # fmt: skip
            old = before.get(identity)
            text, status, segments = _wanted(old, edit)
            if old is None and not text and not segments:
                continue
            changed += put_summary(
                act, old, kind, edit.case_id, edit.theme_id, text=text, status=status, segments=segments
            )
        return changed


def _wanted(old: Summary | None, edit: Edit) -> tuple[str, Charted, tuple[str, ...]]:
    text = old.text if old is not None else ""
    status = old.status if old is not None else Charted.TODO
    segments = old.segments if old is not None else ()
    if edit.text is not None:
        wanted = edit.text.replace("\r\n", "\n") if edit.text.strip() else ""
        if wanted != text:
            text, status = wanted, Charted.DRAFTED if wanted else Charted.TODO
    if edit.status is not None:
        status = edit.status
    if not text and status is not Charted.TODO:
        raise InputRefused(_("There is no summary yet that could be called drafted or checked: write one first."))
    return text, status, edit.segments if edit.segments is not None else segments


def kind_named(wish: str) -> CaseKind:
    """The kind of case called `wish`, in French or English. Raises UsageProblem."""
    names = {
        "respondent": CaseKind.RESPONDENT, "person": CaseKind.RESPONDENT, "repondant": CaseKind.RESPONDENT,
        "personne": CaseKind.RESPONDENT, "organisation": CaseKind.ORGANISATION, "organization": CaseKind.ORGANISATION,
        "group": CaseKind.GROUP, "groupe": CaseKind.GROUP, "transcript": CaseKind.TRANSCRIPT,
        "interview": CaseKind.TRANSCRIPT, "entretien": CaseKind.TRANSCRIPT, "transcription": CaseKind.TRANSCRIPT,
    }  # fmt: skip
    found = names.get(fold(wish))
    if found is None:
        raise UsageProblem(
            _("“{value}” is no kind of case; write respondent, organisation, group or transcript.").format(value=wish)
        )
    return found


def kind_name(kind: CaseKind) -> str:
    """What the cases are, in the user's language."""
    return {
        CaseKind.RESPONDENT: _("respondents"), CaseKind.ORGANISATION: _("organisations"),
        CaseKind.GROUP: _("groups"), CaseKind.TRANSCRIPT: _("interviews"),
    }[kind]  # fmt: skip


def status_name(status: Charted) -> str:
    """How far a summary is, in the user's language."""
    return {
        Charted.TODO: _("to do"), Charted.DRAFTED: _("drafted"), Charted.CHECKED: _("checked"),
    }[status]  # fmt: skip


def empty_word(empty: str) -> str:
    """Why cells are empty, in the user's language."""
    return {
        Empty.NO: "",
        Empty.TO_DO: _("to do"),
        Empty.SILENT: _("asked, nothing said"),
        Empty.NOT_ASKED: _("not asked"),
        Empty.NOT_RECORDED: _("nothing said; whether it was asked is on no record"),
        Empty.NOT_CODED: _("not yet coded to the end"),
        Empty.UNSETTLED: _("read, not settled"),
        Empty.NOT_READ: _("not read"),
        Empty.NO_INTERVIEW: _("no interview"),
        Empty.HIDDEN: _("not shown: you code blind"),
        Empty.NOT_AGREED: _("left out: the consent does not allow it"),
    }[Empty(empty)]


def empty_name(cell: Cell) -> str:
    """Why a cell is empty, in the user's language; empty when it is not."""
    if cell.empty is not Empty.TO_DO:
        return empty_word(cell.empty)
    n = len(cell.behind)
    return ngettext("to do: {n} segment", "to do: {n} segments", n).format(n=n)


_MARKS = {
    Empty.SILENT: "∅", Empty.NOT_ASKED: "×", Empty.NOT_RECORDED: "?", Empty.NOT_CODED: "…", Empty.UNSETTLED: "≠",
    Empty.NOT_READ: "–", Empty.NO_INTERVIEW: "·", Empty.HIDDEN: "#",
    Empty.NOT_AGREED: "#",
}  # fmt: skip
_SIGNS = {Charted.TODO: "○", Charted.DRAFTED: "✎", Charted.CHECKED: "✓"}


def mark(cell: Cell) -> str:
    """A cell in a few signs that need no colour: `✓3`, `○2`, `∅`; `!` says that segments came or went since."""
    if cell.empty in _MARKS:
        return _MARKS[cell.empty]
    return f"{_SIGNS[cell.status]}{len(cell.behind)}{'!' if cell.gone or cell.unlinked else ''}"


def changes_since(cell: Cell) -> list[str]:
    """What happened to the segments of a cell since it was summed up, in sentences."""
    said = []
    if cell.unlinked:
        text = ngettext(
            "The summary does not rest on {n} segment of the cell.",
            "The summary does not rest on {n} segments of the cell.",
            cell.unlinked,
        )
        said.append(text.format(n=cell.unlinked))
    if cell.gone:
        text = ngettext(
            "{n} segment that it rests on is not in this layer (any more).",
            "{n} segments that it rests on are not in this layer (any more).",
            cell.gone,
        )
        said.append(text.format(n=cell.gone))
    return said


def check_segments(project: Project, wished: Sequence[str]) -> tuple[str, ...]:
    """The ids of codings, as they are. Raises UsageProblem when one is none of anybody's."""
    for each in wished:
        get_coding(project, each)
    return tuple(wished)
