"""Make an offline folder of wheels: `python scripts/bundle.py --platform win_amd64 --python 3.12`.

For a computer without internet access. The wheels are those of requirements.lock (hashes are checked) for the named
platform and Python version, and hsreview itself; `INSTALL.txt` says in three lines what to do there.
"""

from __future__ import annotations

import argparse
import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Platform:
    """A kind of computer, as wheel names and requirement markers call it."""

    tags: tuple[str, ...]
    """Wheel platform tags, most wanted first."""
    sys_platform: str
    system: str
    machine: str
    python: str
    """How Python is started there; `{version}` is filled in."""
    bin: str
    """Folder of the programs in a virtual environment."""


def _linux(machine: str) -> Platform:
    glibc = tuple(f"manylinux_2_{minor}_{machine}" for minor in range(28, 16, -1))
    return Platform((*glibc, f"manylinux2014_{machine}"), "linux", "Linux", machine, "python{version}", "bin/")


PLATFORMS = {
    "linux_x86_64": _linux("x86_64"),
    "linux_aarch64": _linux("aarch64"),
    "macosx_arm64": Platform(("macosx_13_0_arm64",), "darwin", "Darwin", "arm64", "python{version}", "bin/"),
    "macosx_x86_64": Platform(("macosx_13_0_x86_64",), "darwin", "Darwin", "x86_64", "python{version}", "bin/"),
    "win_amd64": Platform(("win_amd64",), "win32", "Windows", "AMD64", "py -{version}", "Scripts\\"),
}


def requirements(lock: str, target: Platform, version: str) -> str:
    """The requirements of `lock` (with their hashes) that hold on `target`, without their markers."""
    environment = {
        "sys_platform": target.sys_platform,
        "platform_system": target.system,
        "platform_machine": target.machine,
        "os_name": "nt" if target.sys_platform == "win32" else "posix",
        "python_version": version,
        "python_full_version": f"{version}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    kept = []
    for entry in re.split(r"\n(?=\S)", lock.strip()):
        pinned, _, hashes = entry.partition(" \\\n")
        name, _, marker = pinned.partition(" ; ")
        if not marker or Marker(marker).evaluate(environment):
            kept.append(f"{name} \\\n{hashes}")
    return "\n".join(kept) + "\n"


def install_text(target: Platform, version: str) -> str:
    """The three lines that install the bundle."""
    python, env = target.python.format(version=version), "hsreview-env"
    slash = "\\" if target.sys_platform == "win32" else "/"
    lines = (
        f"{python} -m venv {env}",
        f'{env}{slash}{target.bin}python -m pip install --no-index --find-links wheels "hsreview[encrypt]"',
        f"{env}{slash}{target.bin}hsreview demo",
    )
    return "\r\n".join(lines) + "\r\n" if target.sys_platform == "win32" else "\n".join(lines) + "\n"


def pip(*args: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *args]
    subprocess.run(command, cwd=ROOT, check=True, stdout=sys.stderr)


def bundle(name: str, version: str) -> Path:
    """Download and build all wheels into `dist/bundle-<platform>-py<version>`; returns that folder."""
    target = PLATFORMS[name]
    folder = ROOT / "dist" / f"bundle-{name}-py{version}"
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    wanted = folder / "requirements.txt"
    wanted.write_text(requirements((ROOT / "requirements.lock").read_text("utf-8"), target, version), encoding="utf-8")
    digits = version.replace(".", "")
    places = [f"--platform={tag}" for tag in target.tags]
    kinds = [f"--python-version={version}", "--implementation=cp", f"--abi=cp{digits}", "--abi=abi3", "--abi=none"]
    pip("download", "--quiet", "--only-binary=:all:", "--no-deps", "--require-hashes", *places, *kinds,
        "--dest", str(wheels), "--requirement", str(wanted))  # fmt: skip
    pip("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), ".")
    wanted.unlink()
    (folder / "INSTALL.txt").write_text(install_text(target, version), encoding="utf-8", newline="")
    return folder


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--platform", choices=sorted(PLATFORMS), default="linux_x86_64")
    parser.add_argument("--python", default=".".join(platform.python_version_tuple()[:2]), metavar="3.x")
    wishes = parser.parse_args()
    if not re.fullmatch(r"3\.1[1-9]", wishes.python):
        parser.error(f"--python takes a version such as 3.12 (3.11 or newer), not {wishes.python!r}")
    try:
        folder = bundle(wishes.platform, wishes.python)
    except subprocess.CalledProcessError as error:
        print("hsreview: the bundle is not complete; pip says above what is missing.", file=sys.stderr)
        return error.returncode
    print(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
