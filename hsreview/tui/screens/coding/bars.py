"""What header, slots and status line of the coding screen say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from hsreview.base.messages import N_, _, ngettext
from hsreview.tui.screens.coding.consent import reminder
from hsreview.tui.screens.coding.moves import places_found
from hsreview.tui.session import Session
from hsreview.tui.slots import DIGITS, SLOTS
from hsreview.tui.text.units import Unit
from hsreview.tui.widgets.bar import Line, Piece, fitted
from hsreview.workflows.languages import language_of

if TYPE_CHECKING:
    from hsreview.tui.screens.coding.desk import Desk
    from hsreview.tui.screens.coding.screen import CodingScreen

BAR_CELLS = 10
READ_FOR_LANGUAGE = 2000
"""Characters of the selection by which its language is told."""
SPOKEN = {"fr": N_("in French"), "en": N_("in English"), "mixed": N_("in both languages")}
UNIT_NAMES = {Unit.WORD: N_("word"), Unit.SENTENCE: N_("sentence"), Unit.TURN: N_("turn")}


def header_pieces(screen: CodingScreen, width: int) -> Line:
    """Project, transcript, coder, progress, unit; the time of the last commit at the right."""
    session, desk = screen.session, screen.desk
    saved = _("saved {time}").format(time=screen.saved_at) if screen.saved_at else ""
    right = [Piece(f" {saved} ", "quiet")] if saved else []
    room = width - cell_len(saved) - 2
    coder = session.coder.name if session.coder else _("nobody")
    if desk is not None and desk.pass_:
        coder += f" · {desk.pass_}"
    coded, turns = desk.progress() if desk else (0, 0)
    unit = _(UNIT_NAMES[screen.text.unit]) + (" +" if screen.text.sticky else "")
    filled = round(BAR_CELLS * coded / turns) if turns else 0
    said = ngettext("{coded} of {turns} turns coded", "{coded} of {turns} turns coded", coded)
    parts = [
        Piece(f"  {'▓' * filled}{'░' * (BAR_CELLS - filled)}", "", ""),
        Piece(f" {said.format(coded=coded, turns=turns)}", "quiet"),
        Piece(f"  {coder}", "", "go.coder"),
        Piece(f"  {_('unit: {unit}').format(unit=unit)}", "quiet"),
    ]
    name = desk.transcript.name if desk else _("no transcript")
    language = f" ({desk.transcript.language})" if desk and desk.transcript.language else ""
    used = sum(cell_len(piece.text) for piece in parts)
    if used + 24 > room:
        short = Piece(f" {coded}/{turns}", "quiet")
        used += cell_len(short.text) - cell_len(parts[1].text)
        parts[1] = short
    reviewed = " ✓" if screen.reviewed else ""
    title_room = max(8, room - used - len(reviewed) - len(language) - 2)
    project = f"{session.name} ▸ "
    project = project if cell_len(project) + cell_len(name) <= title_room else ""
    title = fitted(name, min(cell_len(name), title_room - cell_len(project)))
    head = [
        Piece(f" {project}", "quiet", "go.transcripts"),
        Piece(f"{title}{language}{reviewed}", "strong", "go.transcripts"),
    ]
    return [*head, *parts], right


def slot_lines(session: Session, width: int, *, two: bool, scope: str = "text") -> list[Line]:
    """The ten slots, on one line or on two; `scope` is that of the actions that apply them."""
    each = SLOTS // 2 if two else SLOTS
    room = max(4, (width - 1) // each)
    slots = session.slots
    lines: list[Line] = []
    for first in range(0, SLOTS, each):
        pieces = []
        for index in range(first, first + each):
            code_id = slots.codes[index]
            action = f"{scope}.slot_{DIGITS[index]}"
            pieces.append(Piece(f" {DIGITS[index]}", "key", action))
            if code_id is None:
                pieces.append(Piece(fitted(" –", room - 2), "quiet", action))
                continue
            name = session.code_name(code_id)
            star = "★" if index in slots.pinned else " "
            pieces.append(Piece(star, "strong", action))
            label = str(name) if room >= 10 else name.ref
            pieces.append(
                Piece(fitted(label, room - 4) + " " if room > 6 else fitted(label, room - 3), name.hue, action)
            )
        lines.append((pieces, ()))
    return lines


def status_pieces(screen: CodingScreen) -> list[Line]:
    """Selection and codings here; what is being edited; or what was just said."""
    desk, span = screen.desk, screen.text.selection
    if screen.message:
        return [([Piece(" "), *screen.message], ())]
    if desk is None and screen.session.project.kit_coder is not None:
        keys = f"{screen.key('everywhere.go')} {screen.key('go.validation')}"
        told = _("This file is for a validation meeting: press {keys} to go back to it.").format(keys=keys)
        return [([Piece(f" {told}", "strong")], ())]
    if desk is None:
        keys = f"{screen.key('everywhere.go')} {screen.key('go.transcripts')}"
        return [([Piece(f" {_('Press {keys} to open a transcript.').format(keys=keys)}", "quiet")], ())]
    if span is None:
        return [([Piece(f" {_('This text has nothing that can be coded.')}", "quiet")], ())]
    start, end = span
    first, last = desk.place(start), desk.place(end - 1)
    where = first if first == last else f"{first}–{last}"
    count = end - start
    size = ngettext("{count} character", "{count} characters", count).format(count=count)
    spoken = language_of(desk.text.text[start : min(end, start + READ_FOR_LANGUAGE)])
    other = f" · {_(SPOKEN[spoken])}" if spoken and desk.transcript.language not in ("", spoken) else ""
    pieces = [Piece(f" {where}", "strong"), Piece(f" · {size}{other} · ", "quiet")]
    if screen.placing is not None:
        code = screen.session.code_name(screen.placing.code_id) if screen.placing.code_id else _("memo")
        told = _("Select the words for {code}; {key} places it there. Before:").format(
            code=code, key=screen.key("text.details")
        )
        return [([Piece(f" {told} ", "warn"), Piece(" ".join(screen.placing.before.split()), "quiet")], ())]
    if screen.editing is not None:
        name = screen.session.code_name(screen.editing.code_id)
        return [([Piece(f" {_('Moving the ends of')} ", "warn"), Piece(str(name), name.hue), *pieces[:1]], ())]
    missing = reminder(screen)
    if missing:
        return [(missing, _right(screen, desk))]
    here = sorted(screen.text.codings_here(), key=lambda view: not view.mine)
    if not here:
        return [([*pieces, Piece(_("no code here"), "quiet")], _right(screen, desk))]
    for number, view in enumerate(here[:4]):
        coding = desk.codings.get(view.id)
        details = screen.session.details(coding) if coding else ""
        if number:
            pieces.append(Piece(", ", "quiet"))
        pieces.append(Piece(f"{view.marks} {view.name}".lstrip(" "), view.hue))
        extra = ", ".join(part for part in (view.coder, details) if part)
        if extra:
            pieces.append(Piece(f" ({extra})", "quiet"))
    if len(here) > 4:
        pieces.append(Piece(f" +{len(here) - 4}", "quiet"))
    return [(pieces, _right(screen, desk))]


def _right(screen: CodingScreen, desk: Desk) -> list[Piece]:
    """What waits to be stored or is being prepared, and which place that was found this is."""
    waits = screen.correction.waiting(desk.transcript.id, screen.session.coder)
    busy = _("preparing suggestions …") if screen.suggesting.busy else ""
    return [*(Piece(f" {each} ", "warn") for each in (waits, busy) if each), *_hits(screen)]


def _hits(screen: CodingScreen) -> list[Piece]:
    count = len(screen.text.cursor.hits)
    if not count:
        return []
    hit = screen.text.cursor.hit
    said = places_found(count) if hit is None else _("place {number} of {count}").format(number=hit + 1, count=count)
    return [Piece(f" {said} ", "warn")]
