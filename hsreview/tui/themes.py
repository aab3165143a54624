"""Three themes: dark, light, high contrast. Each gives every hue of a codebook a colour that reads on its ground."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hsreview.base.messages import N_
from hsreview.base.settings import setting
from hsreview.tui.widgets.palette import HUES_CONTRAST, HUES_DARK, HUES_LIGHT, hue_variables

if TYPE_CHECKING:
    from textual.theme import Theme

DARK, LIGHT, CONTRAST = "hsreview-dark", "hsreview-light", "hsreview-contrast"
NAMES: Mapping[str, str] = {DARK: N_("dark"), LIGHT: N_("light"), CONTRAST: N_("high contrast")}
_HUES = {DARK: HUES_DARK, LIGHT: HUES_LIGHT, CONTRAST: HUES_CONTRAST}


def themes() -> list[Theme]:
    """The three themes of the workbench."""
    from textual.theme import Theme

    return [
        Theme(
            name=DARK,
            primary="#6cb0f5",
            secondary="#3f6f9f",
            accent="#f0a35e",
            foreground="#dcdfe4",
            background="#16191d",
            surface="#1d2126",
            panel="#282d34",
            success="#7fce8a",
            warning="#e3cf66",
            error="#f08a8a",
            variables=_variables(DARK, selection="#2f5d8c", on_selection="#ffffff"),
        ),
        Theme(
            name=LIGHT,
            primary="#1657a8",
            secondary="#5c84b1",
            accent="#a04c00",
            foreground="#1c2024",
            background="#fbfaf7",
            surface="#f1efe9",
            panel="#e4e1d8",
            success="#1e6b2e",
            warning="#6b5900",
            error="#a82020",
            dark=False,
            variables=_variables(LIGHT, selection="#bcd7f5", on_selection="#0b1a2a"),
        ),
        Theme(
            name=CONTRAST,
            primary="#ffff00",
            secondary="#00ffff",
            accent="#ffb347",
            foreground="#ffffff",
            background="#000000",
            surface="#000000",
            panel="#1a1a1a",
            success="#7dff8f",
            warning="#ffef5c",
            error="#ff9c9c",
            text_alpha=1.0,
            variables=_variables(CONTRAST, selection="#ffff00", on_selection="#000000"),
        ),
    ]


def _variables(theme: str, *, selection: str, on_selection: str) -> dict[str, str]:
    return {
        **hue_variables(_HUES[theme]),
        "selection": selection,
        "on-selection": on_selection,
        "block-cursor-background": selection,
        "block-cursor-foreground": on_selection,
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": selection,
        "block-cursor-blurred-foreground": on_selection,
        "block-cursor-blurred-text-style": "none",
    }


def hue_colour(theme: str, hue: str) -> str:
    """The colour of a hue in a theme; the empty string when there is none (the colour of the text then serves)."""
    return _HUES.get(theme, HUES_DARK).get(hue, "")


def chosen_theme() -> str:
    """The theme that the user chose, else dark. Any theme of Textual with colours of its own may be named too."""
    import os

    wish = os.environ.get("TEXTUAL_THEME") or setting("theme") or DARK
    wish = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST}.get(str(wish), str(wish))
    # An ansi theme under NO_COLOR is black on black.
    return DARK if wish.startswith(("ansi", "textual-ansi")) and "NO_COLOR" in os.environ else wish
