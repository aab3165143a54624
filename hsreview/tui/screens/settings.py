"""Settings of this user on this machine: language, theme, highlight, mouse; where the key file lies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from hsreview.base.messages import LANGUAGES, N_, _, current_language, ngettext, use_language
from hsreview.base.settings import change_setting, config_dir, setting
from hsreview.tui.help import HelpText
from hsreview.tui.keymap import KEY_FILE
from hsreview.tui.locking import MINUTES, chosen_minutes
from hsreview.tui.screens.coding.screen import chosen_highlight
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.themes import CONTRAST, DARK, LIGHT, NAMES
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.key_menu import Entry
from hsreview.tui.widgets.rows import Column, Row
from hsreview.tui.widgets.transcript_paint import Highlight

LANGUAGE_NAMES = {"en": "English", "fr": "français"}
HIGHLIGHTS = {
    Highlight.TINT: N_("tint"),
    Highlight.UNDERLINE: N_("underline"),
    Highlight.MARGIN: N_("margin only"),
}


@dataclass(frozen=True)
class Setting:
    """One line of the settings; `change` takes the following value, or lets one be chosen."""

    name: str
    label: str
    about: str
    shown: Callable[[SettingsScreen], str]
    change: Callable[[SettingsScreen], None]


class SettingsScreen(ListScreen):
    """Enter changes the highlighted setting."""

    ABOUT = HelpText(N_("Settings"), N_("Enter changes the highlighted line. It is remembered for this machine."))

    def columns(self) -> Sequence[Column]:
        return (Column(_("Setting"), 24, hued=True), Column(_("Value")))

    def all_rows(self) -> Sequence[Row]:
        return [Row(entry.name, (_(entry.label), entry.shown(self))) for entry in SETTINGS]

    def title_pieces(self) -> Sequence[Piece]:
        return [Piece(_("Settings"), "strong")]

    def detail_of(self, row: Row) -> str:
        return _(next(entry.about for entry in SETTINGS if entry.name == row.key))

    def chosen(self, row: Row) -> None:
        next(entry for entry in SETTINGS if entry.name == row.key).change(self)
        self.reread()
        self.refresh_footer()


def _language(screen: SettingsScreen) -> None:
    index = (LANGUAGES.index(current_language()) + 1) % len(LANGUAGES)
    change_setting("lang", use_language(LANGUAGES[index]))
    screen.rows.columns = list(screen.columns())
    if screen.workbench.session is not None:
        screen.workbench.session.read_codebook()
    screen.workbench.refresh_screens()


def _theme(screen: SettingsScreen) -> None:
    order = [DARK, LIGHT, CONTRAST]
    here = order.index(screen.app.theme) if screen.app.theme in order else -1
    screen.app.theme = order[(here + 1) % len(order)]
    change_setting("theme", screen.app.theme)


def _highlight(screen: SettingsScreen) -> None:
    order = list(Highlight)
    change_setting("highlight", order[(order.index(chosen_highlight()) + 1) % len(order)].value)
    screen.workbench.refresh_screens()


def _mouse(screen: SettingsScreen) -> None:
    change_setting("mouse", not setting("mouse", True))


def _lock(screen: SettingsScreen) -> None:
    """A list: nobody passes by “never” on the way to a shorter time."""

    def put(minutes: int) -> None:
        change_setting("lock_minutes", minutes)
        screen.reread()

    here = chosen_minutes()
    entries = [
        Entry(screen.digit_keys(index), _minutes(n), partial(put, n), on=n == here)
        for index, n in enumerate((*MINUTES, 0))
    ]
    screen.show_menu(_("Lock"), entries)


def _minutes(n: int) -> str:
    return ngettext("after {n} minute", "after {n} minutes", n).format(n=n) if n else _("never by itself")


SETTINGS = (
    Setting(
        "lang", N_("Language"), N_("Of the workbench; codes show their label in this language."),
        lambda screen: LANGUAGE_NAMES[current_language()], _language,
    ),
    Setting(
        "theme", N_("Theme"), N_("Dark, light or high contrast."),
        lambda screen: _(NAMES[screen.app.theme]) if screen.app.theme in NAMES else screen.app.theme, _theme,
    ),
    Setting(
        "highlight", N_("Coded text"), N_("How coded text shows: tint, underline, or stripes in the margin only."),
        lambda screen: _(HIGHLIGHTS[chosen_highlight()]), _highlight,
    ),
    Setting(
        "mouse", N_("Mouse"),
        N_("Off: the terminal selects text itself, and less goes over ssh. It counts from the next start."),
        lambda screen: _("on") if setting("mouse", True) else _("off"), _mouse,
    ),
    Setting(
        "lock", N_("Lock"), N_("An encrypted project locks when nobody touched the workbench for so long."),
        lambda _screen: _minutes(chosen_minutes()), _lock,
    ),
    Setting(
        "keys", N_("Key file"), N_("Write other keys into this file; the help names the actions. It is read at start."),
        lambda screen: str(config_dir() / KEY_FILE), lambda screen: None,
    ),
)  # fmt: skip
