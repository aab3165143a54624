"""Which keys do what: the defaults of the registry, changed by the user's key file.

The key file is `keys.toml` in the settings folder. Each table is a scope, each line an action:

    [text]
    next_unit = ["down", "j"]
    picker = "space"

What is wrong in it is listed with its place; the lines that are right still count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hsreview.base.errors import Problem
from hsreview.base.messages import N_, _
from hsreview.base.settings import config_dir
from hsreview.tui.actions import Action, Scope, actions_of, find, known, registry

if TYPE_CHECKING:
    from textual.dom import DOMNode

KEY_FILE = "keys.toml"

SAME_AS = {"ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+j": "enter", "ctrl+m": "enter", "shift+enter": "enter"}
"""Keys that a plain terminal cannot tell from another key."""

_NAMES = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "enter": N_("Enter"),
    "escape": N_("Esc"),
    "space": N_("Space"),
    "tab": N_("Tab"),
    "shift+tab": N_("Shift+Tab"),
    "pageup": N_("PgUp"),
    "pagedown": N_("PgDn"),
    "home": N_("Home"),
    "end": N_("End"),
    "delete": N_("Del"),
    "backspace": N_("Backspace"),
    "shift+up": N_("Shift+↑"),
    "shift+down": N_("Shift+↓"),
}
_OTHER_NAMED = frozenset({"insert", "shift+left", "shift+right", "shift+home", "shift+end"})
_CHARACTERS = {
    "ampersand": "&",
    "quotation_mark": '"',
    "apostrophe": "'",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "minus": "-",
    "section_sign": "§",
    "underscore": "_",
    "exclamation_mark": "!",
    "asterisk": "*",
    "semicolon": ";",
    "comma": ",",
    "full_stop": ".",
    "colon": ":",
    "question_mark": "?",
    "slash": "/",
    "equals_sign": "=",
    "plus": "+",
    "number_sign": "#",
    "dollar_sign": "$",
    "percent_sign": "%",
    "at": "@",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "backslash": "\\",
    "vertical_line": "|",
    "tilde": "~",
    "grave_accent": "`",
    "circumflex_accent": "^",
    "degree_sign": "°",
    "pound_sign": "£",
}
_FROM_CHARACTER = {char: name for name, char in _CHARACTERS.items()}


def key_text(key: str) -> str:
    """How `key` is written for people, in the interface language: `semicolon` → `;`."""
    if key in _NAMES:
        return _(_NAMES[key])
    if key in _CHARACTERS:
        return _CHARACTERS[key]
    return key.upper() if key[0] == "f" and key[1:].isdigit() else key


def key_name(written: str) -> str | None:
    """Textual's name of a key as a user may write it (`;`, `é`, `ctrl+p`, `F2`); None when there is no such key."""
    key = written.strip() or "space"
    if len(key) == 1:
        return _FROM_CHARACTER.get(key) or (key if key.isalnum() else None)
    key = key.lower()
    if key in _NAMES or key in _CHARACTERS or key in _OTHER_NAMED:
        return key
    if key[0] == "f" and key[1:].isdigit() and 1 <= int(key[1:]) <= 12:
        return key
    if key.startswith("ctrl+") and len(key) == 6 and key[5].isascii() and key[5].isalpha():
        return key
    return None


def types_a_character(key: str) -> bool:
    """Whether a text field takes `key` as a character."""
    return len(key) == 1 or key in _CHARACTERS or key == "space"


def undelivered(key: str) -> bool:
    """Whether plain terminals do not deliver `key`, so that it may only be a second way (coding-screen rules)."""
    if key in SAME_AS:
        return True
    parts = key.split("+")
    return "alt" in parts or ("ctrl" in parts and (parts[-1].isdigit() or "shift" in parts))


@dataclass(frozen=True)
class Keymap:
    """The keys in force."""

    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Action id → keys, for the actions that the user remapped."""
    problems: tuple[Problem, ...] = ()

    def keys(self, entry: Action) -> tuple[str, ...]:
        """Every key of `entry`."""
        return self.changed.get(entry.id, entry.all_keys)

    def shown(self, entry: Action) -> str:
        """The first key of `entry`, written for people."""
        keys = self.keys(entry)
        return key_text(keys[0]) if keys else ""

    def action_for(self, key: str, scope: Scope) -> Action | None:
        """The action that `key` means in this scope."""
        return self._by_key.get((scope, key))

    @cached_property
    def _by_key(self) -> dict[tuple[Scope, str], Action]:
        return {(entry.scope, key): entry for entry in registry() for key in self.keys(entry)}


def read_keymap(path: Path | None = None) -> Keymap:
    """The user's keymap; without a key file, the defaults."""
    path = path or config_dir() / KEY_FILE
    try:
        written = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Keymap()
    except (OSError, UnicodeDecodeError):
        return Keymap(problems=(Problem(_("This file cannot be read as UTF-8 text."), str(path), "unreadable"),))
    import tomllib

    try:
        tables = tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        sentence = _("This is not TOML: {error}.").format(error=error)
        return Keymap(problems=(Problem(sentence, path.name, "not_toml"),))
    return _from_tables(tables, path.name)


def _from_tables(tables: Mapping[str, Any], place: str) -> Keymap:
    changed: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for scope, lines in tables.items():
        if not isinstance(lines, dict) or scope not in set(Scope):
            known_scopes = ", ".join(Scope)
            sentence = _("There is no part “{name}”. Known parts: {known}.").format(name=scope, known=known_scopes)
            problems.append(Problem(sentence, place, "unknown_scope"))
            continue
        for name, value in lines.items():
            keys, problem = _keys(f"{scope}.{name}", value)
            if problem:
                problems.append(Problem(problem, f"{place}, [{scope}] {name}", "bad_key"))
            else:
                changed[f"{scope}.{name}"] = keys
    clashes = _clashes(changed)
    for identity, sentence in clashes.items():
        problems.append(Problem(sentence, f"{place}, {identity}", "clash"))
        del changed[identity]
    return Keymap(changed, tuple(problems))


def _keys(identity: str, value: object) -> tuple[tuple[str, ...], str]:
    if not known(identity):
        return (), _("There is no such action. The table of keys in the help lists them all.")
    wishes = [value] if isinstance(value, str) else value
    if not isinstance(wishes, list) or not wishes or not all(isinstance(wish, str) and wish for wish in wishes):
        return (), _('Write one key as "x" or several as ["x", "ctrl+x"].')
    keys = [key_name(wish) for wish in wishes]
    for wish, key in zip(wishes, keys, strict=True):
        if key is None:
            return (), _("“{key}” is not a key that terminals send.").format(key=wish)
        if key in SAME_AS:
            return (), _("A terminal cannot tell {key} from {other}.").format(key=key, other=key_text(SAME_AS[key]))
    return tuple(key for key in keys if key), ""


def _clashes(changed: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The remapped actions whose key already means something else in the same scope."""
    keymap = Keymap(changed)
    found: dict[str, str] = {}
    for identity in changed:
        entry = find(identity)
        for other in actions_of(entry.scope):
            shared = set(keymap.keys(entry)) & set(keymap.keys(other))
            if other is not entry and other.id not in found and shared:
                sentence = _("{key} already means “{other}” there; give that one another key too.")
                found[identity] = sentence.format(key=key_text(min(shared)), other=_(other.description))
                break
    return found


def bind(node: DOMNode, keymap: Keymap, scopes: Iterable[Scope]) -> None:
    """Make the keys of `scopes` perform their actions also while a widget of Textual's (a text field) has the focus."""
    from textual.binding import Binding, BindingsMap

    bindings = [
        Binding(key, f"app.perform('{entry.id}')", entry.label, show=False, id=entry.id)
        for entry in actions_of(*scopes)
        for key in keymap.keys(entry)
    ]
    # Instance bindings, because their keys are known only once the user's key file has been read.
    node._bindings = BindingsMap.merge([node._bindings, BindingsMap(bindings)])
