"""The codebook: tree, counts and rules; edit, recolour, propose, import, export."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, current_language, ngettext
from hsreview.model.codebook import HUES, CodePlace, Status
from hsreview.model.localized import Localized
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.line_editor import typed_path
from hsreview.tui.screens.codebook_acts import CHANGES
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.session import GONE
from hsreview.tui.slots import DIGITS
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.key_menu import Entry
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import codebooks, reading
from hsreview.workflows.coding import propose_code

HUE_NAMES = {
    "blue": N_("blue"),
    "orange": N_("orange"),
    "green": N_("green"),
    "purple": N_("purple"),
    "red": N_("red"),
    "teal": N_("teal"),
    "yellow": N_("yellow"),
    "pink": N_("pink"),
}


class CodebookScreen(ListScreen):
    """Questions, themes and codes with how often they were used."""

    SCOPES = (Scope.CODEBOOK,)
    ABOUT = HelpText(
        N_("Codebook"),
        N_("Enter edits the highlighted code; the rule below says when to use it. Mine and all count codings."),
    )

    def __init__(self) -> None:
        super().__init__()
        self.folded: set[str] = set()

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Code"), hued=True),
            Column(_("Questions"), 10, least=70),
            Column(_("Key"), 6),
            Column(_("Mine"), 6, right=True),
            Column(_("All"), 6, right=True),
            Column(_("Transcripts"), 14, right=True, least=90),
        )

    def all_rows(self) -> Sequence[Row]:
        session = self.session
        coder = session.coder
        mine = reading.code_usage(session.project, coder.id) if coder else {}
        everyone = reading.code_usage(session.project, viewer=coder)
        language = current_language()
        rows: list[Row] = []
        for theme in session.codebook.themes:
            folded = theme.id in self.folded
            title = f"{'▸' if folded else '▾'} {theme.ref} {theme.label.get(language)}"
            places = [p for p in session.places.values() if p.theme.id == theme.id and p.code.status not in GONE]
            # Without a code below it, the theme itself must be reached: to unfold it, to propose its first code.
            look = "branch" if folded or not places else "heading"
            rows.append(Row(theme.id, (title, ", ".join(theme.questions), "", "", "", ""), look))
            for place in places if not folded else ():
                rows.append(self._row(place, mine.get(place.code.id, (0, 0)), everyone.get(place.code.id, (0, 0))))
        return rows

    def _row(self, place: CodePlace, mine: tuple[int, int], everyone: tuple[int, int]) -> Row:
        name = self.session.code_name(place.code.id)
        indent = "  " * (len(place.parents) + 1)
        proposed = f"  ({_('proposed')})" if place.code.status is Status.PROPOSED else ""
        proposed += "" if place.code.codable else f"  ({_('not for coding')})"
        return Row(
            place.code.id,
            (
                f"{indent}{name}{proposed}",
                ", ".join(place.questions),
                self.session.slots.digit_of(place.code.id),
                str(mine[0] or ""),
                str(everyone[0] or ""),
                str(everyone[1] or ""),
            ),
            hue=name.hue,
        )

    def title_pieces(self) -> Sequence[Piece]:
        book = self.session.codebook
        return [Piece(book.title.get(current_language()) or _("No codebook yet"), "strong")]

    def right_pieces(self) -> Sequence[Piece]:
        waiting = sum(1 for place in self.session.places.values() if place.code.status is Status.PROPOSED)
        pieces = [Piece(f"  {self.session.codebook.version} ", "quiet")]
        if waiting:
            said = ngettext("{count} proposal waits", "{count} proposals wait", waiting).format(count=waiting)
            pieces.append(Piece(f" {said} ", "warn", "codebook.inbox"))
        return pieces

    def reread(self) -> None:
        super().reread()
        key = self.key("codebook.load")
        self.rows.empty = _("This project has no codebook. {key} imports one.").format(key=key)

    def detail_of(self, row: Row) -> str:
        language = current_language()
        place = self.session.places.get(row.key)
        if place is None:
            theme = next((theme for theme in self.session.codebook.themes if theme.id == row.key), None)
            return theme.definition.get(language) if theme else ""
        code = place.code
        lines = [code.definition.get(language)]
        for title, text in (
            (_("When to use:"), code.use),
            (_("When not to use:"), code.not_use),
            (_("Example:"), code.example),
        ):
            if text:
                lines.append(f"{title} {text.get(language)}")
        cues = ", ".join(code.cues.get(language, ()))
        if cues:
            lines.append(f"{_('Cues:')} {cues}")
        return "\n".join(line for line in lines if line)

    def chosen(self, row: Row) -> None:
        (_edit if row.key in self.session.places else _fold)(self)

    def place(self) -> CodePlace:
        """The code under the cursor. Raises InputRefused on a theme."""
        row = self.rows.current
        place = self.session.places.get(row.key) if row else None
        if place is None:
            raise InputRefused(_("Go to a code first."))
        return place

    def changed(self) -> None:
        """The codebook was changed: show it so everywhere."""
        self.session.read_codebook()
        self.workbench.refresh_screens()

    def told(self, said: str) -> None:
        """The codebook was changed: show it so, and say what was done."""
        self.changed()
        self.say(said)


def _fold(screen: CodebookScreen) -> None:
    row = screen.rows.current
    if row is None:
        return
    place = screen.session.places.get(row.key)
    theme_id = place.theme.id if place else row.key
    screen.folded.symmetric_difference_update({theme_id})
    screen.reread()
    screen.rows.show(screen.rows.rows, keep=theme_id)


def _edit(screen: CodebookScreen) -> None:
    from hsreview.tui.screens.code_form import CodeForm

    place = screen.place()
    coder = screen.workbench.coder()

    def store(texts: Mapping[str, Localized] | None) -> None:
        if texts:
            screen.workbench.guarded(lambda: _store(texts))

    def _store(texts: Mapping[str, Localized]) -> None:
        codebooks.change_code(screen.session.project, coder, place.code.id, texts=texts)
        screen.changed()

    screen.app.push_screen(CodeForm(place), store)


def _colour(screen: CodebookScreen) -> None:
    place, coder = screen.place(), screen.workbench.coder()

    def store(hue: str) -> None:
        def work() -> None:
            codebooks.change_code(screen.session.project, coder, place.code.id, hue=hue)
            screen.changed()

        screen.workbench.guarded(work)

    entries = [
        Entry(screen.digit_keys(index), _(HUE_NAMES[hue]), lambda hue=hue: store(hue), hue, on=place.code.hue == hue)  # type: ignore[misc]
        for index, hue in enumerate(HUES)
    ]
    entries.append(Entry(screen.digit_keys(9), _("the colour of its question"), lambda: store("")))
    screen.show_menu(_("Colour of {code}").format(code=screen.session.code_name(place.code.id)), entries)


def _new(screen: CodebookScreen) -> None:
    row, coder = screen.rows.current, screen.workbench.coder()
    place = screen.session.places.get(row.key) if row else None
    theme = place.theme if place else next((t for t in screen.session.codebook.themes if row and t.id == row.key), None)

    def done(answer: str) -> None:
        if answer.strip():
            label = Localized(fr=answer.strip(), en=answer.strip())
            propose_code(screen.session.project, coder, label, theme_ref=theme.ref if theme else None)
            screen.changed()

    screen.ask(_("Name of the new code:"), done)


def _segments(screen: CodebookScreen) -> None:
    from hsreview.tui.screens.segments import SegmentsScreen

    screen.app.push_screen(SegmentsScreen(screen.place().code.id))


def _waiting(screen: CodebookScreen) -> None:
    """What respondents say with cues of the code, as far as the coder has not coded it so: the search lists it."""
    from hsreview.tui.screens.search import Asked, SearchScreen
    from hsreview.workflows.searching import How

    code, coder = screen.place().code, screen.session.coder
    limits = {"uncoded": code.id, **({"coder": coder.name} if coder else {})}
    screen.workbench.last_search = Asked(code.ref, How.CUES, limits)
    screen.app.push_screen(SearchScreen())


def _inbox(screen: CodebookScreen) -> None:
    from hsreview.tui.screens.inbox import InboxScreen

    screen.app.push_screen(InboxScreen())


def _pin(screen: CodebookScreen) -> None:
    place, slots = screen.place(), screen.session.slots

    def pin(index: int) -> None:
        slots.pin(index, place.code.id)
        screen.session.remember_slots()
        screen.workbench.refresh_screens()

    entries = []
    for index in range(len(DIGITS)):
        code_id = slots.codes[index]
        label = str(screen.session.code_name(code_id)) if code_id else "–"
        entries.append(Entry(screen.digit_keys(index), label, lambda index=index: pin(index), on=index in slots.pinned))  # type: ignore[misc]
    screen.show_menu(_("Pin {code} to slot").format(code=screen.session.code_name(place.code.id)), entries)


def _load(screen: CodebookScreen) -> None:
    coder = screen.workbench.coder()

    def done(answer: str) -> None:
        if answer.strip():
            result = codebooks.import_codebook(screen.session.project, coder, typed_path(answer))
            screen.changed()
            count = len(result.changes)
            screen.say(ngettext("{count} change taken in.", "{count} changes taken in.", count).format(count=count))

    folder = str(screen.session.project.root / "codebooks") + "/"
    screen.ask(_("Codebook file (.yaml or .xlsx):"), done, text=folder, select=False)


def _save(screen: CodebookScreen) -> None:
    book = screen.session.codebook
    path = screen.session.project.root / "codebooks" / f"{book.ref or 'codebook'}.xlsx"

    def done(answer: str) -> None:
        def work() -> str:
            return _("Written: {path}").format(path=codebooks.export_codebook(book, typed_path(answer)))

        if answer.strip():
            screen.workbench.in_background(work, screen.say)

    screen.ask(_("Write the codebook to (.yaml, .xlsx or .docx):"), done, text=str(path))


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    **CHANGES,
    "codebook.fold": _fold,
    "codebook.edit": _edit,
    "codebook.colour": _colour,
    "codebook.new": _new,
    "codebook.segments": _segments,
    "codebook.waiting": _waiting,
    "codebook.inbox": _inbox,
    "codebook.pin": _pin,
    "codebook.load": _load,
    "codebook.save": _save,
}
CodebookScreen.HANDLERS = HANDLERS
