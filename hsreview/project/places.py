"""Where a project lies: synchronised folders and network shares damage database files; say so before any write."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SYNCHRONISED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "mon drive": "Google Drive",
    "icloud": "iCloud",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
}
_NETWORK_TYPES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "fuse.sshfs", "fuse.davfs", "davfs", "fuse.rclone"}
)


@dataclass(frozen=True, slots=True)
class Danger:
    """Why a place is unsafe: `kind` is `synchronised`, `network` or `windows_drive`, `name` the service or share."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class System:
    """What is asked of the operating system; tests give their own."""

    platform: str
    environment: Mapping[str, str]
    mounts: Sequence[tuple[str, str]]
    """`(mount point, file system type)`."""
    is_wsl: bool = False
    remote_drives: frozenset[str] = frozenset()
    """Windows: drive letters of network drives, such as `Z:`."""


def this_system() -> System:
    """The system that we run on."""
    mounts = []
    release = ""
    try:
        release = Path("/proc/version").read_text(encoding="utf-8", errors="replace").lower()
        for line in Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").split("\n"):
            parts = line.split(" ")
            if len(parts) > 2:
                mounts.append((parts[1].replace("\\040", " "), parts[2]))
    except OSError:
        pass
    return System(sys.platform, os.environ, mounts, "microsoft" in release, _remote_drives())


def _remote_drives() -> frozenset[str]:
    if sys.platform != "win32":
        return frozenset()
    import ctypes
    import string

    get_type = ctypes.windll.kernel32.GetDriveTypeW
    remote = 4
    return frozenset(f"{letter}:" for letter in string.ascii_uppercase if get_type(f"{letter}:\\") == remote)


def danger(path: Path, system: System | None = None) -> Danger | None:
    """Why `path` is not a safe place for a project, or null. Nothing is written."""
    system = system or this_system()
    text = str(path).replace("\\", "/")
    for variable in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        folder = system.environment.get(variable, "").replace("\\", "/").rstrip("/")
        if folder and (text + "/").lower().startswith(folder.lower() + "/"):
            return Danger("synchronised", "OneDrive")
    for part in text.lower().split("/"):
        for mark, name in _SYNCHRONISED.items():
            if part == mark or part.startswith((mark + " -", mark + " (", mark + "-")):
                return Danger("synchronised", name)
    if text.startswith("//"):
        return Danger("network", "/".join(text.split("/")[:4]))
    if text[:2].upper() in system.remote_drives:
        return Danger("network", text[:2].upper())
    if system.is_wsl and len(text) > 5 and text.startswith("/mnt/") and text[5].isalpha() and text[6:7] in ("", "/"):
        return Danger("windows_drive", text[:6])
    mount = max((m for m in system.mounts if (text + "/").startswith(m[0].rstrip("/") + "/")), key=_depth, default=None)
    if mount is not None and mount[1] in _NETWORK_TYPES:
        return Danger("network", f"{mount[0]} ({mount[1]})")
    return None


def _depth(mount: tuple[str, str]) -> int:
    return len(mount[0])


def safe_place(name: str, home: Path | None = None, system: System | None = None) -> Path:
    """A folder for project `name` on a local disk that is not synchronised."""
    home = home or Path.home()
    folders = (home, home / "Documents", Path(home.anchor))
    candidates = [folder / "hsreview" / name for folder in folders]
    return next((p for p in candidates if danger(p, system) is None), candidates[0])
