"""The package file inside its encryption: a zip whose bytes follow from what is in it.

`manifest.json` says what it is; `changes.jsonl` holds the records (see `lines`), `contents.jsonl` names the contents
with their kind and state, and `contents/HASH` holds each one that is there, unpacked. Nothing that is read is trusted:
sizes are limited before anything is unpacked, digests are checked, and an unknown member is damage.
"""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.surrogates import check_json
from hsreview.exchange.lines import read_lines, write_lines
from hsreview.model.exchange import Content, Manifest, Package
from hsreview.project.entities import dump
from hsreview.project.schema import SCHEMA_VERSION

SUFFIX = ".hsreview-package"
LAYOUT = 1
"""Of the package file; a later one is refused by older programs."""

MOST_PACKED = 1_000_000_000
"""Bytes of a file that is read at all."""
MOST_UNPACKED = 2_000_000_000
_MOST_RATIO = 100
_FREE = 50_000_000
"""Bytes that anything may unpack to; above, it is looked at how much it was packed."""
_MOST_MANIFEST = 10_000_000

_MANIFEST, _CHANGES, _CONTENTS, _FOLDER = "manifest.json", "changes.jsonl", "contents.jsonl", "contents/"
_BODIES = "bodies"
"""Name of the digest over the digests of all bodies, most of which are left out."""
_NEVER = (1980, 1, 1, 0, 0, 0)
_MEMBER = re.compile(r"contents/[0-9a-f]{64}")
_TEXT_KINDS = ("text", "file_name")
_KINDS = (*_TEXT_KINDS, "turns", "sentences", "words", "cues")


def is_zip(data: bytes) -> bool:
    """Whether `data` begins as a package without encryption does."""
    return data.startswith(b"PK\x03\x04")


def pack(package: Package) -> bytes:
    """The package as a zip; its manifest gets the digests. Raises InputRefused when a record or content is damaged."""
    contents = sorted(package.contents, key=lambda each: each.hash)
    parts = {
        _CHANGES: write_lines(package.changes),
        _CONTENTS: "".join(dump({"hash": c.hash, "kind": c.kind, "state": c.state}) + "\n" for c in contents).encode(),
    }
    digests = {name: _sha256(data) for name, data in parts.items()}
    digests[_BODIES] = _bodies_digest(package)
    parts |= {_FOLDER + each.hash: _raw(each) for each in contents if each.data is not None}
    manifest = {name: getattr(package.manifest, name) for name in _SHAPE}
    for name in ("heads", "knows"):
        manifest[name] = dict(manifest[name])
    told = {"hsreview_package": LAYOUT, **manifest, "digests": digests}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in ({_MANIFEST: dump(told).encode()} | parts).items():
            info = zipfile.ZipInfo(name, _NEVER)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            archive.writestr(info, data, compresslevel=9)
    return buffer.getvalue()


def _bodies_digest(package: Package) -> str:
    return _sha256("\n".join(change.body_digest for change in package.changes).encode())


def _raw(content: Content) -> bytes:
    """What the hash is of; the store keeps all but texts compressed."""
    assert content.data is not None
    return content.data.encode() if isinstance(content.data, str) else zlib.decompress(content.data)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, RuntimeError, OSError,
    ValueError,
)  # fmt: skip
"""What the standard library raises on archives that were damaged or made to confuse it."""


def unpack(data: bytes) -> Package:
    """Read and check a package.

    Raises InputRefused, one sentence each: not a package, damaged or changed on its way, too large, made by a newer
    hsreview.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive, len(data))
    except _BROKEN as error:
        raise damaged() from error


def _read(archive: zipfile.ZipFile, packed: int) -> Package:
    members = {info.filename: info for info in archive.infolist()}
    if _MANIFEST not in members:
        raise foreign()
    if members[_MANIFEST].file_size > _MOST_MANIFEST:
        raise _too_large()
    told = _manifest_object(archive.read(_MANIFEST))
    _check_sizes(members.values(), packed)
    known = {_MANIFEST, _CHANGES, _CONTENTS}
    unknown = [name for name in members if name not in known and not _MEMBER.fullmatch(name)]
    if unknown or len(members) < len(archive.infolist()) or not known <= members.keys():
        raise damaged()
    manifest = _manifest(told)
    parts = {name: archive.read(name) for name in (_CHANGES, _CONTENTS)}
    for name, part in parts.items():
        if manifest.digests.get(name) != _sha256(part):
            raise damaged()
    package = Package(
        manifest, tuple(read_lines(parts[_CHANGES])), tuple(_read_contents(parts[_CONTENTS], archive, members))
    )
    if manifest.digests.get(_BODIES) != _bodies_digest(package):
        raise damaged()
    return package


def _check_sizes(members: Iterable[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(info.file_size for info in members)
    if unpacked > min(MOST_UNPACKED, max(_FREE, packed * _MOST_RATIO)):
        raise _too_large()


def _manifest_object(data: bytes) -> dict[str, Any]:
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise damaged() from error
    if not isinstance(told, dict) or not isinstance(told.get("hsreview_package"), int):
        raise foreign()
    project_format = told.get("format")
    if told["hsreview_package"] > LAYOUT or (isinstance(project_format, int) and project_format > SCHEMA_VERSION):
        raise InputRefused(
            _("This package was made by a newer hsreview ({tool}). Update hsreview to read it.").format(
                tool=str(told.get("tool", "?"))[:60]
            )
        )
    return told


_SHAPE: Mapping[str, type] = {
    "id": str, "project_id": str, "project": str, "format": int, "tool": str, "made": str, "made_by": str,
    "made_for": str, "heads": dict, "knows": dict, "codebook": str,
}  # fmt: skip


def _manifest(told: Mapping[str, Any]) -> Manifest:
    shape = {**_SHAPE, "digests": dict}
    if any(not isinstance(told.get(name), kind) for name, kind in shape.items()):
        raise damaged()
    numbers = [*told["heads"].values(), *told["knows"].values()]
    if any(type(number) is not int for number in numbers) or not all(map(_is_text, told["digests"].values())):
        raise damaged()
    try:
        check_json(dump({name: told[name] for name in shape}))
    except InputRefused as error:
        raise damaged() from error
    return Manifest(**{name: told[name] for name in shape})


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _read_contents(data: bytes, archive: zipfile.ZipFile, members: Mapping[str, object]) -> Iterator[Content]:
    there = {name for name in members if name.startswith(_FOLDER)}
    for line in data.split(b"\n")[:-1]:
        try:
            told = json.loads(line)
            key, kind, state = told["hash"], told["kind"], told["state"]
        except (ValueError, TypeError, KeyError) as error:
            raise damaged() from error
        name = f"{_FOLDER}{key}"
        present = name in there
        if kind not in _KINDS or state not in ("present", "withheld", "erased") or present != (state == "present"):
            raise damaged()
        if not re.fullmatch("[0-9a-f]{64}", str(key)):
            raise damaged()
        there.discard(name)
        yield Content(key, kind, _stored(archive.read(name), key, kind) if present else None, state)
    if there:
        raise damaged()


def _stored(raw: bytes, key: str, kind: str) -> str | bytes:
    if _sha256(raw) != key:
        raise damaged()
    if kind not in _TEXT_KINDS:
        return zlib.compress(raw, 6)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise damaged() from error


def damaged() -> InputRefused:
    """The error for a package that is not as it was made."""
    return InputRefused(
        _("This package is damaged: it was cut short or changed on its way. Ask for it again; nothing was stored.")
    )


def foreign() -> InputRefused:
    """The error for a file of another kind."""
    return InputRefused(_("This file is not a package of hsreview; nothing was stored."))


def _too_large() -> InputRefused:
    return InputRefused(_("This package would unpack to far more than a project holds; nothing was stored."))
