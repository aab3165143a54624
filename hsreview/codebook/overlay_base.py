"""Finding what an overlay stands on: the files of its base and of overlays between them, by id and version."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.codebook.draft import DRAFT
from hsreview.codebook.overlay import OverlaySource, read_overlay
from hsreview.codebook.overlay_rules import changed_since
from hsreview.codebook.read import read_codebook
from hsreview.codebook.schema import OVERLAY, SCHEMA
from hsreview.model.codebook import Codebook

_HEAD = re.compile(r"^(schema|id|version):[ \t]*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\s#]+))", re.MULTILINE)
_ENOUGH = 60_000
"""Characters in which the id and the version of a codebook file stand."""


@dataclass(frozen=True, slots=True)
class Known:
    """A file that says of itself which codebook or overlay it is."""

    path: FilePath
    ref: str
    version: str
    overlay: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """A codebook and the overlays on it, the one nearest to it first."""

    base: Codebook
    base_path: FilePath
    overlays: tuple[OverlaySource, ...]
    newer: Known | None
    """A later version of what the last overlay extends, when there is one."""


def known_files(places: Iterable[FilePath]) -> list[Known]:
    """The codebooks and overlays among `places` (files, or folders whose .yaml files are meant), each file once."""
    found: dict[FilePath, Known] = {}
    for place in places:
        files = sorted([*place.glob("*.yaml"), *place.glob("*.yml")]) if place.is_dir() else [place]
        for file in files:
            path = file.resolve()
            if path not in found and (known := _known(path)) is not None:
                found[path] = known
    return list(found.values())


def _known(path: FilePath) -> Known | None:
    try:
        with path.open(encoding="utf-8-sig") as file:
            head = file.read(_ENOUGH)
    except (OSError, UnicodeDecodeError):
        return None
    said: dict[str, str] = {}
    for key, double, single, bare in _HEAD.findall(head):
        said.setdefault(key, double or single or bare)
    if said.get("schema") not in (SCHEMA, DRAFT, OVERLAY) or "id" not in said or "version" not in said:
        return None
    return Known(path, said["id"], said["version"], said["schema"] == OVERLAY)


def chain(source: OverlaySource, places: Sequence[FilePath], given: FilePath | None = None) -> Chain:
    """What the overlay stands on, looked for among `places`; `given` is taken for what it extends itself.

    Raises InputRefused when it is not there, is there in another version only, or extends itself by way of others.
    """
    files = known_files([*([given] if given else []), *places])
    overlays = [source]
    newer: Known | None = None
    while True:
        top = overlays[0]
        wanted, _sign, version = top.overlay.extends.partition("@")
        known = named = [each for each in files if each.ref == wanted]
        if len(overlays) == 1 and given is not None:
            named = _given(top, named, given)
        exact = next((each for each in named if each.version == version), None)
        if exact is None:
            raise _not_found(top, named, [each for each in known if each.version == version])
        if len(overlays) == 1:
            newer = _newer(named, version)
        _check_circle(overlays, exact)
        if not exact.overlay:
            return Chain(read_codebook(exact.path), exact.path, tuple(overlays), newer)
        overlays.insert(0, read_overlay(exact.path))


def _given(top: OverlaySource, named: Sequence[Known], given: FilePath) -> list[Known]:
    found = [each for each in named if each.path == given.resolve()]
    if not found:
        raise _refused(
            top, _("{file} is not {wanted}.").format(file=visible(given.name), wanted=visible(top.overlay.extends)),
            "base_missing",
        )  # fmt: skip
    return found


def _check_circle(overlays: Sequence[OverlaySource], found: Known) -> None:
    walked = [each.path.resolve() for each in reversed(overlays)]
    if found.path in walked:
        names = " → ".join(visible(path.name) for path in (*walked[walked.index(found.path) :], found.path))
        told = _("The overlays extend each other in a circle: {files}. One of them must extend a codebook.")
        raise _refused(overlays[0], told.format(files=names), "cycle")


def _not_found(top: OverlaySource, named: Sequence[Known], exact: Sequence[Known]) -> InputRefused:
    """`exact`: where the version that it was made for is there all the same, what changed since can be told."""
    wanted, _sign, version = top.overlay.extends.partition("@")
    if not named:
        told = _("There is no codebook or overlay {name} here. Name its file with --base.")
        return _refused(top, told.format(name=visible(wanted)), "base_missing")
    last = max(named, key=lambda each: version_key(each.version))
    if version_key(last.version) > version_key(version):
        told = _(
            "It was made for version {old} of {name}; here is version {new} ({file}). Look through what it changes, "
            "then write {extends}, or give the file of version {old} with --base."
        )
    else:
        told = _("It was made for version {old} of {name}; here is only version {new} ({file}).")
    since: list[Problem] = []
    if exact and not exact[0].overlay and not last.overlay:
        notes = changed_since(top, read_codebook(exact[0].path), read_codebook(last.path))
        since = [Problem(f"{visible(note.ref)}: {note.message}", note.place, note.code) for note in notes]
    return _refused(
        top,
        told.format(
            old=visible(version), name=visible(wanted), new=visible(last.version), file=visible(last.path.name),
            extends=visible(f"extends: {wanted}@{last.version}"),
        ),
        "other_version",
        since,
    )  # fmt: skip


def _newer(named: Sequence[Known], version: str) -> Known | None:
    later = [each for each in named if version_key(each.version) > version_key(version)]
    return max(later, key=lambda each: version_key(each.version), default=None)


def version_key(version: str) -> list[tuple[int, str]]:
    """By which versions are put in order: numbers as numbers."""
    parts = [(part, part.lstrip("0")) for part in re.split(r"[.+-]", version)]
    return [(len(digits), digits) if part.isdecimal() else (-1, part) for part, digits in parts]


def _refused(top: OverlaySource, message: str, code: str, more: Sequence[Problem] = ()) -> InputRefused:
    place = top.tree.place(("extends",))
    return InputRefused(
        _("The overlay {name} cannot be used.").format(name=visible(top.name)), [Problem(message, place, code), *more]
    )
