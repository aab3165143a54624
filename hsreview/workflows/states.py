"""What projects of several states have in common: the matrix of comparable codes, and what is not comparable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from hsreview.analysis.states import Cell as Cell
from hsreview.analysis.states import CrossState as CrossState
from hsreview.analysis.states import Hindrance as Hindrance
from hsreview.analysis.states import NotCompared as NotCompared
from hsreview.analysis.states import Side as Side
from hsreview.analysis.states import StateRow as StateRow
from hsreview.analysis.states import cross_state
from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.messages import _, current_language, labelled, ngettext
from hsreview.model.people import Coder
from hsreview.project.codebooks import load_codebook
from hsreview.project.connection import explained
from hsreview.project.project import Project
from hsreview.workflows.exporting import check_sight, choose_layer, dataset
from hsreview.workflows.files import written
from hsreview.workflows.projects import find_project


@contextmanager
def other_project(path: Path) -> Iterator[Project]:
    """Another project, by its folder or its file; nothing in it is written. Raises ProjectUnavailable."""
    with Project.open(find_project(explicit=path), read_only=True) as project, explained(project.path):
        yield project


def side(project: Project, layer: str | None = None, *, viewer: Coder | None = None) -> Side:
    """A project as one side of a comparison; the layer is chosen as `choose_layer` does.

    Raises UsageProblem when there is no such layer, or several and none is named; InputRefused when it holds work of
    others that `viewer` may not see yet. Both name the project.
    """
    try:
        with project.snapshot():
            chosen = choose_layer(project, layer, viewer=viewer)
            check_sight(project, viewer, chosen)
            return Side(dataset(project, chosen, viewer=viewer), load_codebook(project.connection, whole=True))
    except (UsageProblem, InputRefused) as error:  # Of several projects, it must be told which one is meant.
        raise type(error)(labelled(str(project.root), error.message), error.problems) from error


def compare_states(sides: Sequence[Side]) -> CrossState:
    """The sides next to each other, in the order given.

    Raises UsageProblem for fewer than two projects, InputRefused when they do not stand on the same codebook.
    """
    if len({each.dataset.basis.project_id for each in sides}) < len(sides) or len(sides) < 2:
        raise UsageProblem(_("Name two projects or more, each once."))
    bases = [each.derived.base for each in sides]
    if len(set(bases)) > 1:
        raise InputRefused(
            _("These projects stand on different codebooks; codes are compared by their ids, never by their labels."),
            [
                Problem(base or _("no codebook"), each.dataset.basis.project, "base")
                for base, each in zip(bases, sides, strict=True)
            ],
        )
    return cross_state(sides)


def state_names(found: CrossState) -> list[str]:
    """What each side is called: its state, with the project's name where that is not enough."""
    states = [each.book.base_state for each in found.sides]
    names = [each.dataset.basis.project for each in found.sides]
    return [
        state if state and states.count(state) == 1 else f"{state} ({name})" if state else name
        for state, name in zip(states, names, strict=True)
    ]


def basis_line(found: CrossState, number: int) -> str:
    """What the numbers of one side rest on."""
    one, names = found.sides[number], state_names(found)
    data, derived = one.dataset, one.derived
    told = ngettext(
        "{state}: project {project}, layer {layer}, codebook {codebook} {version} (base {base_version}); {n} of "
        "{total} interview reviewed, {people} respondents",
        "{state}: project {project}, layer {layer}, codebook {codebook} {version} (base {base_version}); {n} of "
        "{total} interviews reviewed, {people} respondents",
        len(data.transcripts),
    )
    line = told.format(
        state=names[number], project=data.basis.project, layer=data.basis.layer, codebook=data.basis.codebook,
        version=data.basis.codebook_version, base_version=derived.base_version, n=len(data.reviewed),
        total=len(data.transcripts), people=one.heard,
    )  # fmt: skip
    if one.nameless:
        more = ngettext(
            "{n} speaker behind whom nobody is known counts in no number of people",
            "{n} speakers behind whom nobody is known count in no number of people", one.nameless,
        )  # fmt: skip
        line = f"{line}; {more.format(n=one.nameless)}"
    return line


def why_not(found: CrossState, each: NotCompared) -> str:
    """Why a state does not compare a code, as a sentence without its subject."""
    match each.why:
        case Hindrance.DEACTIVATED:
            return _("not used here: {reason}").format(reason=each.text)
        case Hindrance.NOT_USED:
            return _("not used here any more; its project took it out")
        case Hindrance.MISSING:
            return _("not in the codebook of this state")
        case Hindrance.MERGED:
            return _("merged into {code}").format(code=each.text)
        case Hindrance.TOOK_OVER:
            return _("codes were merged in one state and not in the other: {codes}").format(codes=each.text)
        case Hindrance.REDEFINED:
            first, here = found.sides[int(each.text)].derived, found.sides[each.state].derived
            return _("its rules differ from those of {state} (base {old} there, {new} here)").format(
                state=state_names(found)[int(each.text)], old=first.base_version, new=here.base_version
            )
        case Hindrance.UNMAPPED:
            return _("added here and not mapped")
        case Hindrance.BROADER:
            return _noted(_("broader than {code}").format(code=each.text), each.note)
        case Hindrance.NONE:
            return _noted(_("compares with nothing"), each.note)
        case Hindrance.TARGET:
            return _("counts under {code}, which is not compared").format(code=each.text)


def _noted(told: str, note: str) -> str:
    return f"{told} ({note})" if note else told


def heard(found: CrossState, number: int, cell: Cell) -> str:
    """`3 of 12`: respondents who speak in the codings, of all who were heard."""
    return _("{n} of {total}").format(n=cell.respondents, total=found.sides[number].heard)


def internal() -> str:
    """What every answer of the matrix says above its numbers."""
    return _("Internal: numbers of few people are not for publication.")


def write_states(found: CrossState, path: Path) -> Path:
    """Write the matrix and what is not compared as a workbook, marked as internal.

    Raises UsageProblem for another ending than .xlsx, InputRefused when it cannot be written.
    """
    from hsreview.workbook.plain_tables import PlainTable, write_tables

    if path.suffix.lower() != ".xlsx":
        raise UsageProblem(_("The matrix is written as .xlsx; {name} does not end so.").format(name=path))
    language, names = current_language(), state_names(found)
    title = _("Codes that several states compare")
    facts = [internal(), *(basis_line(found, n) for n in range(len(found.sides)))]
    headings = [_("code"), _("theme"), _("label")]
    for name in names:
        headings += [
            _("{state}: codings").format(state=name), _("{state}: respondents").format(state=name),
            _("{state}: with").format(state=name),
        ]  # fmt: skip
    matrix = PlainTable(
        _("Matrix"), title, facts, headings, (9, 9, 34, *(12, 14, 14) * len(names)),
        [_sheet_row(found, row, language) for row in found.rows],
    )  # fmt: skip
    apart = PlainTable(
        _("Not comparable"), _("Codes that are not compared"), facts[:1],
        [_("code"), _("label"), _("state"), _("why")], (9, 34, 16, 70),
        [
            (each.ref, each.label.get(language), names[each.state], why_not(found, each))
            for each in found.not_compared
        ],
    )  # fmt: skip
    with written(path) as spare:
        write_tables(spare, [matrix, apart])
    return path


def _sheet_row(found: CrossState, row: StateRow, language: str) -> list[str | int | None]:
    cells: list[str | int | None] = [row.ref, row.theme, row.label.get(language)]
    for n, cell in enumerate(row.cells):
        if cell is None:
            cells += [None, None, _("not compared")]
        else:
            cells += [cell.codings, heard(found, n, cell), ", ".join(cell.through)]
    return cells
