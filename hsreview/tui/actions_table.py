"""The table of keys in the docs, made from the registry: `python -m hsreview.tui.actions_table`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hsreview.base.messages import LANGUAGES, N_, _, use_language
from hsreview.tui.action import SCOPE_TITLES, Action
from hsreview.tui.actions import actions_of
from hsreview.tui.keymap import KEY_FILE, key_text

PAGES = {"en": "keys.md", "fr": "keys.fr.md"}
TITLE = N_("Keys of the workbench")
INTRODUCTION = N_(
    "This page is made from the program. Keys are characters, not places on the keyboard, so letters are the same on "
    "QWERTY and AZERTY. Where an AZERTY keyboard sends another sign for a digit, both work."
)
REMAPPING = N_(
    "To change keys, write the name of an action and its keys into the file {file} in the settings folder (the screen "
    "of settings shows where it is). A table is a part of the workbench, a line an action, for example:"
)
EXAMPLE = '[text]\nnext_unit = ["down", "j"]\npicker = "space"\n'
HEADS = (N_("Key"), N_("On AZERTY"), N_("What it does"), N_("Name in the key file"))


def page() -> str:
    """The page in the present language."""
    lines = [f"# {_(TITLE)}", "", _(INTRODUCTION), "", _(REMAPPING).format(file=f"`{KEY_FILE}`"), ""]
    lines += ["```toml", EXAMPLE.rstrip(), "```", ""]
    for scope in SCOPE_TITLES:
        lines += [f"## {_(SCOPE_TITLES[scope])}", "", *_row(_(head) for head in HEADS), "|---|---|---|---|"]
        for entry in actions_of(scope):
            lines += _row(_cells(entry))
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _cells(entry: Action) -> Iterator[str]:
    yield _codes(entry.keys)
    yield _codes(entry.azerty) if entry.azerty else "="
    yield _(entry.description)
    yield f"`{entry.id}`"


def _codes(keys: tuple[str, ...]) -> str:
    return " ".join(f"`{key_text(key)}`" for key in keys)


def _row(cells: Iterator[str]) -> list[str]:
    return ["| " + " | ".join(cells) + " |"]


def write(folder: Path) -> None:
    """Write the page of every language into `folder`."""
    for language in LANGUAGES:
        use_language(language)
        (folder / PAGES[language]).write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(__file__).resolve().parents[2] / "docs")
