"""The form for the words of a code: label and rules in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Label, TextArea

from hsreview.base.messages import N_, _, current_language
from hsreview.base.terminal import visible
from hsreview.model.codebook import CodePlace
from hsreview.model.localized import Localized
from hsreview.tui.action import Scope
from hsreview.tui.base_screen import NEVER_TAKEN
from hsreview.tui.help import HelpText
from hsreview.tui.keymap import key_text, types_a_character
from hsreview.tui.widgets.safe_area import SafeArea

if TYPE_CHECKING:
    from hsreview.tui.app import Workbench

FIELDS = {
    "label": N_("Label"),
    "definition": N_("Definition"),
    "use": N_("When to use"),
    "not_use": N_("When not to use"),
    "example": N_("Example"),
}
Texts = Mapping[str, Localized]


class CodeForm(ModalScreen[Texts | None]):
    """Tab goes from field to field, Ctrl+S stores, Esc leaves everything as it was."""

    ABOUT = HelpText(
        N_("Words of a code"),
        N_("Tab goes from field to field, Ctrl+S stores, Esc leaves everything as it was."),
    )

    def __init__(self, place: CodePlace) -> None:
        super().__init__()
        self.place = place
        self._warned: Texts | None = None
        """The words whose loss the user was warned of."""

    def compose(self) -> ComposeResult:
        with Vertical(id="code-form"):
            yield Label(
                visible(f"{self.place.code.ref} · {self.place.theme.label.get(current_language())}"),
                id="form-title",
                markup=False,
            )
            with VerticalScroll(id="form-fields", can_focus=False):
                with Horizontal(classes="form-heads"):
                    yield Label("français")
                    yield Label("English")
                for name, title in FIELDS.items():
                    text: Localized = getattr(self.place.code, name)
                    yield Label(_(title), classes="form-field")
                    with Horizontal(classes="form-row" + ("" if name == "label" else " form-long")):
                        for language in ("fr", "en"):
                            yield _area(text.own(language), f"{name}-{language}")
            with Horizontal(id="form-buttons"):
                yield Button(_("Store (Ctrl+S)"), id="store", variant="primary", compact=True)
                yield Button(_("Leave (Esc)"), id="leave", compact=True)

    def on_mount(self) -> None:
        self.query_one("#label-fr", TextArea).focus()

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            self.dismiss(None)
        elif event.key == "ctrl+s":
            event.stop()
            self.dismiss(self.changes())
        else:
            self._everywhere(event)

    def _everywhere(self, event: events.Key) -> None:
        """Leave the workbench, or open help, though a form hides the keys of the workbench."""
        workbench = cast("Workbench", self.app)
        entry = workbench.keymap.action_for(event.key, Scope.EVERYWHERE)
        if entry is None or entry.id not in NEVER_TAKEN or types_a_character(event.key):
            return
        event.stop()
        unstored = self.changes() if entry.name == "quit" else None
        if unstored is not None and unstored != self._warned:
            self._warned = unstored
            told = _("These words are not stored: Ctrl+S stores them. {key} again leaves without them.")
            workbench.warn(told.format(key=key_text(event.key)))
        elif entry.name == "quit":
            self.dismiss(None)
            self.app.call_later(workbench.perform, entry.id)
        else:
            workbench.perform(entry.id)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(self.changes() if event.button.id == "store" else None)

    def changes(self) -> Texts | None:
        """The fields that were changed."""
        found = {}
        for name in FIELDS:
            before: Localized = getattr(self.place.code, name)
            fr, en = (self.query_one(f"#{name}-{language}", TextArea).text.strip() for language in ("fr", "en"))
            if (fr, en) != (before.fr, before.en):
                found[name] = Localized(fr=fr, en=en)
        return found or None


def _area(text: str, identity: str) -> TextArea:
    area = SafeArea(text, id=identity, show_line_numbers=False, soft_wrap=True, tab_behavior="focus", compact=True)
    area.highlight_cursor_line = False
    return area
