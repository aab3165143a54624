"""The colours of the review questions' codings, for dark, light and high-contrast themes.

A theme may carry its own as CSS variables (`hue-blue`, …); a code never has a colour that no other code has, so names
stand beside the stripes.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.color import Color

HUES_DARK: Mapping[str, str] = {
    "blue": "#6cb2ff",
    "orange": "#ffa657",
    "green": "#7bd88f",
    "purple": "#c9a0ff",
    "red": "#ff8a80",
    "teal": "#5fd7d7",
    "yellow": "#f2d45c",
    "pink": "#ff9fd6",
}
HUES_LIGHT: Mapping[str, str] = {
    "blue": "#0b57a4",
    "orange": "#9c4000",
    "green": "#1a692c",
    "purple": "#6833b0",
    "red": "#b3261e",
    "teal": "#00625f",
    "yellow": "#6f5300",
    "pink": "#a0146a",
}
HUES_CONTRAST: Mapping[str, str] = {
    "blue": "#66ccff",
    "orange": "#ffb000",
    "green": "#55ff55",
    "purple": "#e0b0ff",
    "red": "#ff9999",
    "teal": "#33ffff",
    "yellow": "#ffff55",
    "pink": "#ffaaff",
}
TINT_DARK = 0.24
TINT_LIGHT = 0.17


def hue_variables(hues: Mapping[str, str]) -> dict[str, str]:
    """`hues` as the CSS variables of a theme."""
    return {f"hue-{name}": colour for name, colour in hues.items()}


def hue_colours(dark: bool, variables: Mapping[str, str]) -> dict[str, Color]:
    """Each hue's colour under a theme that is dark or light and defines `variables`."""
    default = HUES_DARK if dark else HUES_LIGHT
    return {name: Color.parse(variables.get(f"hue-{name}", colour)) for name, colour in default.items()}
