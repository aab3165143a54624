"""Synchronised folders, network shares and Windows drives are recognised, with a fake system for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.project.places import Danger, System, danger, safe_place

LINUX = System("linux", {}, [("/", "ext4"), ("/home", "ext4"), ("/srv/team", "nfs4"), ("/media/share", "cifs")])
WSL = System("linux", {}, [("/", "ext4"), ("/mnt/c", "9p")], is_wsl=True)
WINDOWS = System("win32", {"OneDrive": r"C:\Users\awa\OneDrive - HSC"}, [], remote_drives=frozenset({"Z:"}))
MAC = System("darwin", {}, [])


@pytest.mark.parametrize(
    ("path", "system", "expected"),
    [
        ("/home/awa/reviews/mali", LINUX, None),
        ("/home/awa/Dropbox/mali", LINUX, Danger("synchronised", "Dropbox")),
        ("/home/awa/OneDrive/mali", LINUX, Danger("synchronised", "OneDrive")),
        ("/home/awa/Google Drive/mali", LINUX, Danger("synchronised", "Google Drive")),
        ("/srv/team/mali", LINUX, Danger("network", "/srv/team (nfs4)")),
        ("/srv/teammates/mali", LINUX, None),
        ("/media/share", LINUX, Danger("network", "/media/share (cifs)")),
        ("/mnt/c/Users/awa/mali", WSL, Danger("windows_drive", "/mnt/c")),
        ("/mnt/data/mali", WSL, None),
        ("/mnt/c/Users/awa/mali", LINUX, None),
        (r"C:\Users\awa\OneDrive - HSC\mali", WINDOWS, Danger("synchronised", "OneDrive")),
        (r"C:\Users\awa\Documents\mali", WINDOWS, None),
        (r"\\server\share\mali", WINDOWS, Danger("network", "//server/share")),
        (r"Z:\mali", WINDOWS, Danger("network", "Z:")),
        ("/Users/awa/Library/Mobile Documents/com~apple~CloudDocs/mali", MAC, Danger("synchronised", "iCloud")),
    ],
)
def test_dangerous_places(path: str, system: System, expected: Danger | None) -> None:
    assert danger(Path(path), system) == expected


def test_the_safe_place_is_not_itself_synchronised() -> None:
    home = Path("/home/awa")
    assert safe_place("mali", home, LINUX) == home / "hsreview" / "mali"
    nested = safe_place("mali", Path("/home/awa/Dropbox"), LINUX)
    assert danger(nested, LINUX) is None
