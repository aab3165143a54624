"""Synchronised folders, network shares and Windows drives are recognised, with a fake system for each."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hsreview.project.places import Danger, System, danger, linux_mounts, mac_mounts, safe_place, this_system

LINUX = System("linux", {}, [("/", "ext4"), ("/home", "ext4"), ("/srv/team", "nfs4"), ("/media/share", "cifs")])
WSL = System("linux", {}, [("/", "ext4"), ("/mnt/c", "9p"), ("/data", "9p"), ("/old", "drvfs")], is_wsl=True)
WINDOWS = System("win32", {"OneDrive": r"C:\Users\awa\OneDrive - HSC"}, [], remote_drives=frozenset({"Z:"}))
MAC_TABLE = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
//awa@nas._smb._tcp.local/team on /Volumes/team on air (v2) (smbfs, nodev, nosuid, mounted by awa)
nas:/export on /Volumes/export (nfs)
/dev/disk5s1 on /Volumes/stick (exfat, local, nodev)
"""
MAC = System("darwin", {}, mac_mounts(MAC_TABLE))
DESKTOP = System("linux", {}, [("/", "ext4"), ("/run/user/1000/gvfs", "fuse.gvfsd-fuse")])


@pytest.mark.parametrize(
    ("path", "system", "expected"),
    [
        ("/home/awa/reviews/mali", LINUX, None),
        ("/home/awa/Dropbox/mali", LINUX, Danger("synchronised", "Dropbox")),
        ("/home/awa/OneDrive/mali", LINUX, Danger("synchronised", "OneDrive")),
        ("/home/awa/Google Drive/mali", LINUX, Danger("synchronised", "Google Drive")),
        (r"G:\Mijn Drive\mali", WINDOWS, Danger("synchronised", "Google Drive")),
        ("/srv/team/mali", LINUX, Danger("network", "/srv/team (nfs4)")),
        ("/srv/teammates/mali", LINUX, None),
        ("/media/share", LINUX, Danger("network", "/media/share (cifs)")),
        ("/mnt/c/Users/awa/mali", WSL, Danger("windows_drive", "/mnt/c")),
        ("/mnt/data/mali", WSL, None),
        ("/mnt/c/Users/awa/mali", LINUX, None),
        ("/data/mali", WSL, Danger("windows_drive", "/data")),
        ("/old/mali", WSL, Danger("windows_drive", "/old")),
        ("/older/mali", WSL, None),
        ("/run/user/1000/gvfs/smb-share:server=nas/mali", DESKTOP, Danger("network", "smb-share:server=nas")),
        ("/home/awa/.gvfs/team on nas/mali", DESKTOP, Danger("network", "team on nas")),
        ("/run/user/1000/gvfsx/mali", DESKTOP, None),
        (r"C:\Users\awa\OneDrive - HSC\mali", WINDOWS, Danger("synchronised", "OneDrive")),
        (r"C:\Users\awa\Documents\mali", WINDOWS, None),
        (r"\\server\share\mali", WINDOWS, Danger("network", "//server/share")),
        (r"Z:\mali", WINDOWS, Danger("network", "Z:")),
        ("/Users/awa/Library/Mobile Documents/com~apple~CloudDocs/mali", MAC, Danger("synchronised", "iCloud")),
        ("/Volumes/team on air (v2)/mali", MAC, Danger("network", "/Volumes/team on air (v2) (smbfs)")),
        ("/Volumes/export/mali", MAC, Danger("network", "/Volumes/export (nfs)")),
        ("/Volumes/stick/mali", MAC, None),
        ("/Users/awa/mali", MAC, None),
    ],
)
def test_dangerous_places(path: str, system: System, expected: Danger | None) -> None:
    assert danger(Path(path), system) == expected


def test_mount_points_with_odd_names_are_read() -> None:
    table = "dev / ext4 rw 0 0\n//nas/team /media/the\\040team\\134x cifs rw 0 0\n\nodd\n"
    assert linux_mounts(table) == [("/", "ext4"), ("/media/the team\\x", "cifs")]


def test_the_safe_place_is_the_users_and_neither_synchronised_nor_on_a_share() -> None:
    home = Path("/home/awa")
    assert safe_place("mali", home, LINUX) == home / "hsreview" / "mali"
    assert safe_place("mali", Path("/home/awa/Dropbox"), LINUX) is None
    assert safe_place("mali", Path("/srv/team/awa"), LINUX) is None
    roaming = System("win32", {"LOCALAPPDATA": "/local"}, [], remote_drives=frozenset({"Z:"}))
    assert safe_place("mali", Path("Z:/awa"), roaming) == Path("/local/hsreview/mali")


def test_this_system_can_be_asked() -> None:
    system = this_system()
    assert system.platform == sys.platform
    assert sys.platform != "linux" or "/" in [point for point, _type in system.mounts]
