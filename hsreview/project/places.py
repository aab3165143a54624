"""Where a project lies: synchronised folders and network shares damage database files; say so before any write."""

from __future__ import annotations

import os
import re
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
    "mijn drive": "Google Drive",
    "meine ablage": "Google Drive",
    "mi unidad": "Google Drive",
    "il mio drive": "Google Drive",
    "meu drive": "Google Drive",
    "icloud": "iCloud",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
}
_NETWORK_TYPES = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "ceph", "lustre", "glusterfs",
        "fuse.davfs", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.glusterfs",
    }
)  # fmt: skip
_WINDOWS_TYPES = frozenset({"9p", "drvfs", "virtiofs"})
"""How WSL mounts the drives of Windows, wherever it does."""
_DESKTOP_SHARE = re.compile(r"/(?:run/user/\d+/gvfs|\.gvfs)/([^/]+)")
_MAC_MOUNT = re.compile(r"^.* on (/.*) \((\w+)[,)]")


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
    release = _read("/proc/version").lower()
    return System(sys.platform, os.environ, _mounts(), "microsoft" in release, _remote_drives())


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def _mounts() -> list[tuple[str, str]]:
    if sys.platform == "darwin":
        return mac_mounts(_mac_table())
    return linux_mounts(_read("/proc/mounts"))


def linux_mounts(table: str) -> list[tuple[str, str]]:
    """Mount points and types in a table such as `/proc/mounts`, where odd characters are octal numbers."""
    rows = [line.split(" ") for line in table.split("\n")]
    return [
        (re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), row[1]), row[2]) for row in rows if len(row) > 2
    ]


def mac_mounts(table: str) -> list[tuple[str, str]]:
    """Mount points and types in what `mount` prints on macOS."""
    return [(found[1], found[2]) for line in table.split("\n") if (found := _MAC_MOUNT.match(line))]


def _mac_table() -> str:
    import subprocess

    try:
        done = subprocess.run(["/sbin/mount"], capture_output=True, timeout=2, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return os.fsdecode(done.stdout)


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
    return _network(text, system)


def _network(text: str, system: System) -> Danger | None:
    if text.startswith("//"):
        return Danger("network", "/".join(text.split("/")[:4]))
    if text[:2].upper() in system.remote_drives:
        return Danger("network", text[:2].upper())
    if share := _DESKTOP_SHARE.search(text):
        return Danger("network", share[1])
    if system.is_wsl and re.match(r"/mnt/[a-zA-Z](/|$)", text):
        return Danger("windows_drive", text[:6])
    mount = max((m for m in system.mounts if (text + "/").startswith(m[0].rstrip("/") + "/")), key=_depth, default=None)
    if mount is not None and mount[1] in _NETWORK_TYPES:
        return Danger("network", f"{mount[0]} ({mount[1]})")
    if mount is not None and system.is_wsl and mount[1] in _WINDOWS_TYPES:
        return Danger("windows_drive", mount[0])
    return None


def _depth(mount: tuple[str, str]) -> int:
    return len(mount[0])


def safe_place(name: str, home: Path | None = None, system: System | None = None) -> Path | None:
    """A folder of the user for project `name`, on a local disk and not synchronised; null when none is known."""
    system = system or this_system()
    home = home or Path.home()
    folders = [home, home / "Documents"]
    if local := system.environment.get("LOCALAPPDATA"):
        folders.append(Path(local))
    candidates = (folder / "hsreview" / name for folder in folders)
    return next((place for place in candidates if danger(place, system) is None), None)
