"""The tree of codes beside the text: themes, codes, how often the coder used them."""

from __future__ import annotations

from hsreview.base.messages import N_, current_language
from hsreview.tui.help import HelpText
from hsreview.tui.session import GONE, Session
from hsreview.tui.widgets.rows import Column, Row, RowList
from hsreview.workflows import reading


class CodeTree(RowList):
    """Themes and codes. Enter puts the highlighted code on the selection."""

    ABOUT = HelpText(
        N_("Tree of codes"),
        N_("The codes by theme, with the number of your codings. Enter puts the code on the selection."),
    )

    def __init__(self) -> None:
        super().__init__((Column("", hued=True), Column("", 5, right=True)), id="tree")
        self.counts: dict[str, int] = {}
        self._dirty = False

    def reread(self, session: Session) -> None:
        """Read the codebook's codes and the coder's counts again."""
        usage = reading.code_usage(session.project, session.coder.id if session.coder else None)
        self.counts = {code_id: codings for code_id, (codings, _transcripts) in usage.items()}
        self._session = session
        self._write()

    def count(self, code_id: str, step: int) -> None:
        """One coding more or less; the list is written again once the present act is painted."""
        self.counts[code_id] = self.counts.get(code_id, 0) + step
        if not self._dirty:
            self._dirty = True
            self.call_after_refresh(self._write)

    def _write(self) -> None:
        self._dirty = False
        if not self.is_attached:
            return
        self.show(list(self._rows()))

    def _rows(self) -> list[Row]:
        session, language = self._session, current_language()
        rows = []
        theme_id = ""
        for code_id, place in session.places.items():
            if place.code.status in GONE:
                continue
            if place.theme.id != theme_id:
                theme_id = place.theme.id
                rows.append(Row(theme_id, (f"▾ {place.theme.ref} {place.theme.label.get(language)}", ""), "heading"))
            name = session.code_name(code_id)
            indent = "  " * (len(place.parents) + 1)
            uses = self.counts.get(code_id, 0)
            rows.append(Row(code_id, (f"{indent}{name}", str(uses) if uses else ""), hue=name.hue))
        return rows
