"""What the screen shows on which hands are counted: the row in plain words, the tables, and what the votes come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from hsreview.base.messages import _, current_language, labelled
from hsreview.model.localized import Localized
from hsreview.tui.big_digits import HEIGHT, big
from hsreview.tui.counting import COUNTS, Count
from hsreview.tui.widgets.bar import Line, Piece, fitted
from hsreview.tui.widgets.floating import wrapped
from hsreview.workflows.validating import SIDES, Ballot, Meeting, Party, Tally, needed
from hsreview.workflows.validation_words import (
    basis_words,
    result_words,
    share_words,
    side_name,
    vote_name,
)

WIDE, TALL = 72, 20
"""From this size on results stand side by side in large figures."""
_SIDE, _TOTAL = 14, 6
"""Cells of the columns beside the label and the counts."""
_LEAST, _MOST = 5, 16
"""Cells of a column of counts."""
_ROOMY = 15
"""Cells from which on a column has its whole name."""
_SHORT = {
    "agree": Localized("d’accord", "agree"), "amend": Localized("modifier", "amend"),
    "reject": Localized("rejeter", "reject"), "abstain": Localized("abstient", "abstain"),
    "not_understood": Localized("incompris", "unclear"),
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """What is counted now."""

    ballot: Ballot
    party: Party | None
    """Null while no table is in the room."""
    count: Count | None = None
    """The counts that are being typed."""
    field: int | None = None
    """The count of a counted table that is to be corrected."""


def wording(
    meeting: Meeting, ballot: Ballot, language: str, width: int, lines: int, *, other: bool, evidence: int = 1
) -> list[Line]:  # fmt: skip
    """What the room votes on, in so many `lines`, and in `evidence` lines how strong that is.

    `other`: in both languages. Where the evidence does not fit whole, its grade comes first.
    """
    spoken = meeting.validation.language
    main = language if spoken == "both" else spoken
    found = [_line(Piece(f" {part}", "strong")) for part in wrapped(ballot.text.get(main), width - 2, lines)]
    if other and spoken == "both":
        text = ballot.text.own("en" if main == "fr" else "fr")
        found += [_line(Piece(f" {part}", "quiet")) for part in wrapped(text, width - 2, lines)]
    badge = ballot.badge.get(main)
    told = wrapped(badge, width - 2, evidence)
    if told and told[-1].endswith("…"):
        *before, grade = badge.split(" · ")
        told = wrapped(" · ".join([grade, *before]), width - 2, evidence)
    return [*found, *(_line(Piece(f" {part}", "quiet")) for part in told)]


def tables(meeting: Meeting, place: Place, width: int, height: int) -> list[Line]:
    """A line for each table with its counts, below their names; as many as fit around the one that is counted."""
    if not meeting.parties:
        return []
    room = max(1, height - 1)
    at = next((n for n, each in enumerate(meeting.parties) if place.party and each.id == place.party.id), 0)
    first = max(0, min(at - room // 2, len(meeting.parties) - room))
    label, column = _widths(meeting, width)
    names = "".join(_heading(each, column) for each in COUNTS)
    head = fitted(_("Table"), label) + " " + fitted(_("Side"), _SIDE)
    lines = [_line(Piece(f" {head}{names}{_('votes'):>{_TOTAL}}", "quiet"))]
    for each in meeting.parties[first : first + room]:
        lines.append(_table(meeting, place, each, label, column))
    return lines


def _widths(meeting: Meeting, width: int) -> tuple[int, int]:
    """Cells of the label, and of a column of counts."""
    left = width - 3 - _SIDE - _TOTAL
    longest = max(5, *(cell_len(each.label) for each in meeting.parties))
    column = max(_LEAST, min(_MOST, (left - min(longest, 8)) // len(COUNTS)))
    return max(3, min(longest, left - column * len(COUNTS))), column


def _heading(vote: str, column: int) -> str:
    name = vote_name(vote) if column >= _ROOMY else _SHORT[vote].get(current_language())
    return fitted(name, column - 1).rstrip().rjust(column)


def _table(meeting: Meeting, place: Place, party: Party, label: int, column: int) -> Line:
    here = place.party is not None and party.id == place.party.id
    stored = meeting.tally(place.ballot, party)
    typed = place.count if here and place.count is not None and place.count.begun else None
    counts: list[int | None] = list(typed.counts) if typed else [getattr(stored, each, None) for each in COUNTS]
    field = (typed.at if typed else place.field if stored else 0) if here else None
    side = fitted(side_name(party.side), _SIDE)
    pieces = [
        Piece("▸" if here else " ", "key"), Piece(fitted(party.label, label), "strong" if here else ""),
        Piece(f" {side}", "quiet"),
    ]  # fmt: skip
    for number, count in enumerate(counts):
        shown = "·" if count is None else str(count)
        looks = "cursor" if number == field else "strong" if count else ""
        pieces += [Piece(" " * (column - len(shown) - 1)), Piece(f" {shown}", looks)]
    total = typed.total if typed else stored.total if stored else 0
    pieces.append(Piece(f"{total}/{party.size}".rjust(_TOTAL), "quiet"))
    return _line(*pieces)


def result(meeting: Meeting, ballot: Ballot, width: int, *, large: bool) -> list[Line]:
    """What the votes come to now: the whole room and each side, in figures, bars and words, and the basis."""
    found, rule = meeting.result(ballot), meeting.validation.rule
    parts = [(_("The whole room"), found.overall, rule.overall)]
    parts += [(side_name(side), found.sides[side], rule.each_side) for side in SIDES]
    share = [_Share(name, tally, tally.cast(rule), per_cent) for name, tally, per_cent in parts]
    lines = _large(share, width) if large else []
    lines = lines or _small(share, [share_words(each.tally, rule, each.per_cent) for each in share], width)
    waits = found.outcome is not None and meeting.uncounted(ballot)
    name = _("{ref} so far").format(ref=ballot.ref) if waits else ballot.ref
    said = labelled(name, result_words(meeting, ballot))
    good = found.outcome is not None and not found.short
    lines.append(_line(Piece(f" {said}", "key" if good else "warn" if found.short and found.outcome else "strong")))
    basis = wrapped(" ".join(basis_words(meeting, ballot, found)), width - 2, 2)
    return [*lines, *(_line(Piece(f" {part}", "quiet")) for part in basis)]


@dataclass(frozen=True)
class _Share:
    name: str
    tally: Tally
    cast: int
    per_cent: int

    @property
    def figures(self) -> str:
        """Who agrees, of the votes cast."""
        return f"{self.tally.agree}/{self.cast}" if self.cast else "–"

    @property
    def words(self) -> str:
        """What is needed, and whether it is there."""
        if not self.cast:
            return _("nobody cast a vote")
        wanted = needed(self.cast, self.per_cent)
        there = _("reached") if self.tally.agree >= wanted else _("too few")
        return f"{_('{n} needed').format(n=wanted)} · {there}"


def bar(agree: int, cast: int, per_cent: int, width: int) -> str:
    """`███████░│░`: who agrees, the others of those who voted, and where the share that is needed stands."""
    if not cast:
        return "·" * width
    full = round(width * agree / cast)
    signs = ["█"] * full + ["░"] * (width - full)
    mark = min(width - 1, round(width * per_cent / 100))
    signs[mark] = "▓" if mark < full else "│"
    return "".join(signs)


def _large(share: Sequence[_Share], width: int) -> list[Line]:
    """Side by side, in figures to be read from afar; nothing when they do not fit."""
    room = (width - 2) // len(share)
    figures = [big(each.figures) for each in share]
    if any(cell_len(each[0]) > room - 2 for each in figures):
        return []
    rows = [
        [(each.name, "strong") for each in share],
        *([(each[line], "key") for each in figures] for line in range(HEIGHT)),
        [(bar(each.tally.agree, each.cast, each.per_cent, room - 3), "") for each in share],
        [(each.words, "") for each in share],
    ]
    return [_line(Piece(" "), *(Piece(fitted(text, room - 1) + " ", look) for text, look in row)) for row in rows]


def _small(share: Sequence[_Share], words: Sequence[str], width: int) -> list[Line]:
    """One line each."""
    length = max(6, width - 20 - max(map(cell_len, words)))
    return [
        _line(
            Piece(" " + fitted(each.name, 16), "strong"),
            Piece(bar(each.tally.agree, each.cast, each.per_cent, length) + " "),
            Piece(said),
        )
        for each, said in zip(share, words, strict=True)
    ]


def _line(*pieces: Piece) -> Line:
    return (pieces, ())
