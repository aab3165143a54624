"""Folders and settings of this machine and user: language, theme, keys, who codes, replica numbers."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any


def config_dir() -> Path:
    """The folder of settings; `HSREVIEW_HOME` replaces it (and the state folder) as a whole."""
    home = os.environ.get("HSREVIEW_HOME")
    if home:
        return Path(home) / "config"
    import platformdirs

    return Path(platformdirs.user_config_dir("hsreview", appauthor=False))


def state_dir() -> Path:
    """The folder of this machine's state: replicas, recent projects, where backups of unwritable projects go."""
    home = os.environ.get("HSREVIEW_HOME")
    if home:
        return Path(home) / "state"
    import platformdirs

    return Path(platformdirs.user_state_dir("hsreview", appauthor=False))


def read_json(path: Path) -> dict[str, Any]:
    """The JSON object in `path`; empty when the file is missing or not an object."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def write_json(path: Path, value: dict[str, Any]) -> bool:
    """Write `value` beside `path` and rename it into place; false when the folder cannot be written."""
    spare = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        spare.write_text(json.dumps(value, indent=1, sort_keys=True), encoding="utf-8")
        os.replace(spare, path)
    except OSError:
        return False
    return True


def setting(name: str, default: Any = None) -> Any:
    """One setting of this user (`lang`, `theme`, `mouse`, `highlight`, …)."""
    return read_json(config_dir() / "settings.json").get(name, default)


def change_setting(name: str, value: Any) -> bool:
    """Store one setting; `None` removes it."""
    path = config_dir() / "settings.json"
    settings = read_json(path)
    settings.pop(name, None)
    if value is not None:
        settings[name] = value
    return write_json(path, settings)
