"""Decisions on differences that a team wrote into the workbook's sheet of disagreements."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hsreview.base.errors import HsreviewError, InputRefused, Problem
from hsreview.base.messages import _, ngettext
from hsreview.base.terminal import visible
from hsreview.model.codebook import Codebook
from hsreview.model.people import Coder
from hsreview.model.review import Difference, Outcome, Settled, Standing
from hsreview.project import queries
from hsreview.project.codebooks import load_codebook
from hsreview.project.project import Project
from hsreview.review.differences import stamp_of
from hsreview.workbook.decisions_reading import WrittenDecision, read_decisions
from hsreview.workbook.earlier import project_of
from hsreview.workflows.adjudicating import consensus_of, decide, log_position
from hsreview.workflows.coding import check_code
from hsreview.workflows.reading import find_code


@dataclass(frozen=True, slots=True)
class DecisionsRead:
    """What a sheet of disagreements brought."""

    stored: int
    present: int
    """Decisions that stood already, with the same reason."""


@dataclass(frozen=True, slots=True)
class _Wish:
    difference: Difference
    outcome: Outcome
    taken: str
    result: tuple[Settled, ...]
    because: str

    def stands(self) -> bool:
        """Whether exactly this is decided already."""
        old = self.difference.decision
        if old is None or self.difference.standing is not Standing.DECIDED:
            return False
        same = (old.outcome, old.taken, old.because) == (self.outcome, self.taken, self.because)
        codes = [[each.code_id for each in result] for result in (old.result, self.result)]
        return same and (self.outcome is not Outcome.OTHER or codes[0] == codes[1])


def read_decision_sheet(project: Project, coder: Coder, path: Path, *, dry_run: bool = False) -> DecisionsRead:
    """Store the decisions of the sheet in one transaction, as decisions of `coder`, each an act of its own.

    The decision column takes a coder's name, `both`, `neither` (in French or English), or a code, which then stands on
    the whole stretch of the difference. An empty cell changes nothing; a decision that stands already is not stored
    again. Raises InputRefused with every bad cell; nothing is stored then.
    """
    rows = read_decisions(path)
    if dry_run:
        with project.snapshot():
            wishes = _wishes(project, path, rows)
        new = [each for each in wishes if not each.stands()]
        return DecisionsRead(len(new), len(wishes) - len(new))
    with project.write():
        seen = log_position(project)
        wishes = _wishes(project, path, rows)
        new = [each for each in wishes if not each.stands()]
        for each in new:
            decide(
                project, coder, each.difference, each.outcome, taken=each.taken, result=each.result,
                because=each.because, seen=seen,
            )  # fmt: skip
    return DecisionsRead(len(new), len(wishes) - len(new))


def _wishes(project: Project, path: Path, rows: list[WrittenDecision]) -> list[_Wish]:
    book = load_codebook(project.connection)
    team: dict[str, list[str]] = {}
    for each in queries.coders(project.connection):
        team.setdefault(each.name.casefold(), []).append(each.id)
    differences = {stamp_of(each): each for entry in consensus_of(project) for each in entry.differences}
    if rows and not any(row.key in differences for row in rows):
        _check_is_ours(project, path)
    problems: list[Problem] = []
    wishes: dict[str, _Wish] = {}
    for row in rows:
        difference = differences.get(row.key)
        if row.formula:
            problems.append(Problem(_("This is a formula. Write text."), row.decision_cell, "formula"))
        elif difference is None:
            message = _("The difference of this row is no longer there: its codings have changed. Export it again.")
            problems.append(Problem(message, row.decision_cell, "unknown_difference"))
        elif row.key in wishes:
            problems.append(Problem(_("This difference is in the sheet twice."), row.decision_cell, "twice"))
        else:
            try:
                wish = _wish(project, book, team, row, difference)
            except HsreviewError as error:
                problems.append(Problem(error.message, row.decision_cell, "unknown_decision"))
                continue
            if wish is not None and not wish.because:
                problems.append(Problem(_("A decision needs a reason."), row.because_cell, "no_reason"))
            elif wish is not None:
                wishes[row.key] = wish
    if problems:
        text = ngettext(
            "{name} was refused: {n} cell has to be mended. Nothing was stored.",
            "{name} was refused: {n} cells have to be mended. Nothing was stored.",
            len(problems),
        )
        raise InputRefused(text.format(name=visible(path.name), n=len(problems)), problems)
    return list(wishes.values())


def _check_is_ours(project: Project, path: Path) -> None:
    """Of the sheet of another project that is said once, instead of once for every row."""
    if project_of(path) not in ("", project.id):
        raise InputRefused(_("{name} was made in another project. Nothing was stored.").format(name=visible(path.name)))


def _wish(
    project: Project, book: Codebook, team: dict[str, list[str]], row: WrittenDecision, difference: Difference
) -> _Wish | None:
    """What the row asks for; null when it only shows a decision on boundaries that was made elsewhere."""
    if row.outcome == "edited":
        if difference.decision is not None and difference.decision.outcome is Outcome.EDITED:
            return None
        raise InputRefused(_("Boundaries cannot be given in a sheet; use the screen of differences."))
    if row.outcome:
        return _Wish(difference, Outcome(row.outcome), "", (), row.because)
    taken = [coder for coder in team.get(row.decision.casefold(), ()) if coder in difference.coders]
    if len(taken) > 1:
        raise InputRefused(_("Several coders are called {name}.").format(name=visible(row.decision)))
    if taken:
        return _Wish(difference, Outcome.TAKE, taken[0], (), row.because)
    if row.decision.casefold() in team:
        raise InputRefused(_("{name} did not review this transcript.").format(name=visible(row.decision)))
    try:
        code = find_code(book, row.decision)
    except HsreviewError:
        short = visible(row.decision)[:40]
        raise InputRefused(
            _("“{value}” is neither a coder, nor both or neither, nor a code.").format(value=short)
        ) from None
    check_code(project, code.id)
    result = (Settled(code.id, difference.start, difference.end),)
    return _Wish(difference, Outcome.OTHER, "", result, row.because)
