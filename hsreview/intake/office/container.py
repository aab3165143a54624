"""Zip containers with XML parts (docx, odt) from strangers: checked before anything in them is read.

Nothing is ever unpacked to disk, and only the parts that a reader asks for are read.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib

from lxml import etree

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.intake.office.limits import check_size, too_long

MAX_MEMBERS = 2_000
MAX_TOTAL_BYTES = 200_000_000
MAX_PART_BYTES = 60_000_000
MAX_RATIO = 200
RATIO_FREE_BYTES = 1_000_000
"""Members up to this size may be packed as tightly as they like."""
MAX_MARKUP = 1_500_000
"""Most tags, and most attributes, in one part: the tree of a part then stays below about half a gigabyte."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = b"PK\x01\x02"
_ENCODING = re.compile(rb"""^[^>]{0,200}?encoding\s*=\s*["']([\w.-]+)""")
_ENCODINGS = frozenset({b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"})
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    OverflowError,
)


class Container:
    """The parts of a checked docx or odt file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = frozenset(archive.namelist())

    def data(self, name: str, limit: int = MAX_PART_BYTES) -> bytes:
        """The bytes of the part `name`. Raises InputRefused when it is missing, damaged or longer than `limit`."""
        try:
            info = self._archive.getinfo(name)
        except KeyError:
            raise InputRefused(
                _("The file lacks its main part ({part}): it is damaged or of another kind.").format(part=name)
            ) from None
        try:
            with self._archive.open(info) as part:
                data = part.read(limit + 1)
        except _UNREADABLE:
            raise damaged() from None
        if len(data) > limit:
            raise too_long()
        return data

    def xml(self, name: str) -> etree._Element:
        """The root of the XML part `name`, without comments. Raises InputRefused as `data`, and for unsafe XML."""
        return parse_xml(self.data(name))


def damaged() -> InputRefused:
    """The error for a file that cannot be opened as what it claims to be."""
    return InputRefused(_("The file is damaged or incomplete and cannot be opened. Save or copy it again."))


def parse_xml(data: bytes) -> etree._Element:
    """The root element of `data`. Raises InputRefused for damaged XML, a document type, or too much markup.

    No entity is resolved, nothing outside `data` is loaded, nesting is limited to 256 levels.
    """
    named = _ENCODING.match(data[:400].replace(b"\0", b""))
    if b"<" not in data[:4] or (named and named[1].lower() not in _ENCODINGS):
        raise damaged()  # in other encodings tags could not be counted as below
    if data.count(b"<") > MAX_MARKUP or data.count(b"=") > MAX_MARKUP:
        raise too_long()
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise damaged() from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputRefused(
            _("The file declares a document type (DTD), which no transcript needs: it is refused as unsafe.")
        )
    return root


def open_container(data: bytes) -> Container:
    """The container in `data`. Raises InputRefused when it is protected, damaged, or packed in an unsafe way."""
    check_size(data)
    if data.startswith(_OLE):
        raise _old_or_protected(data)
    if data.count(_ENTRY) > MAX_MEMBERS * 5:  # counted first: opening an archive makes an object per entry
        raise _unsafe()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _UNREADABLE:
        raise damaged() from None
    _check_members(archive.infolist())
    return Container(archive)


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_TOTAL_BYTES:
        raise _unsafe()
    seen: set[str] = set()
    for member in members:
        name = member.orig_filename
        if member.flag_bits & 0x1:
            raise protected()
        folded = name.casefold()
        if folded in seen or not _plain_name(name) or stat.S_ISLNK(member.external_attr >> 16):
            raise _unsafe()
        seen.add(folded)
        if member.file_size > RATIO_FREE_BYTES and member.file_size > MAX_RATIO * member.compress_size:
            raise _unsafe()


def _plain_name(name: str) -> bool:
    return not (name.startswith("/") or "\\" in name or ":" in name or "\0" in name or ".." in name.split("/"))


def protected() -> InputRefused:
    """The error for a file that needs a password."""
    return InputRefused(
        _("The file is protected by a password. Open it in its own program and save it without the password.")
    )


def _old_or_protected(data: bytes) -> InputRefused:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return protected()
    return InputRefused(
        _(
            "The file is password-protected or in the old .doc format. Open it in Word or LibreOffice and save it as "
            ".docx without a password."
        )
    )


def _unsafe() -> InputRefused:
    return InputRefused(
        _(
            "The file is packed in a way that no word processor uses (far too much packed data, or unusual names "
            "inside): it is refused as unsafe."
        )
    )
