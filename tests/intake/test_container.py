"""A docx or odt from outside is checked before it is read: archives and XML made to do harm are refused."""

from __future__ import annotations

import io
import stat
import tracemalloc
import zipfile

import pytest

from hsreview.base.errors import InputRefused
from hsreview.intake.office import docx, odt
from hsreview.intake.office.container import MAX_MARKUP, MAX_MEMBERS, open_container, parse_xml
from tests.intake import office_fixtures as make

HELLO = make.paragraph("INT: Hello")
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def refused(data: bytes) -> str:
    """The sentence with which a Word file is refused."""
    with pytest.raises(InputRefused) as caught:
        docx.read(data, "x.docx", encoding=None)
    assert caught.value.message.count("\n") == 0
    return caught.value.message


def with_member(name: str, *, mode: int = 0) -> bytes:
    """A good Word file with one more member."""
    buffer = io.BytesIO(make.docx(HELLO))
    with zipfile.ZipFile(buffer, "a") as made:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        made.writestr(info, "x")
    return buffer.getvalue()


def test_a_good_file_is_read() -> None:
    assert docx.read(make.docx(HELLO), "x.docx", encoding=None).text == "INT: Hello"


@pytest.mark.parametrize(
    "name", ["../evil", "a/../../evil", "/etc/evil", "word\\evil.xml", "C:evil", "WORD/DOCUMENT.XML"]
)
def test_unusual_member_names_are_refused(name: str) -> None:
    assert "unsafe" in refused(with_member(name))


def test_a_link_in_the_archive_is_refused() -> None:
    assert "unsafe" in refused(with_member("word/link", mode=stat.S_IFLNK | 0o777))


def test_too_many_members_are_refused() -> None:
    many = {f"word/m{n}": b"" for n in range(MAX_MEMBERS)}
    assert "unsafe" in refused(make.docx(HELLO, extra=many))


def test_far_too_many_members_are_refused_before_they_become_objects() -> None:
    entry = b"PK\x01\x02"
    data = make.docx(HELLO, extra={"word/padding": entry * (MAX_MEMBERS * 5 + 1)}, stored=True)
    assert "unsafe" in refused(data)


def test_a_bomb_of_blanks_is_refused_unopened() -> None:
    bomb = make.docx(make.paragraph(" " * 5_000_000))
    assert len(bomb) < 10_000
    tracemalloc.start()
    try:
        assert "unsafe" in refused(bomb)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_a_declared_total_beyond_the_limit_is_refused() -> None:
    data = make.redeclared(make.docx(HELLO), "word/document.xml", size=300_000_000, packed=200_000_000)
    assert "unsafe" in refused(data)


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    data = make.redeclared(make.docx(HELLO), "word/document.xml", size=20)
    assert "damaged" in refused(data)


def test_encrypted_members_are_named_as_such() -> None:
    assert "password" in refused(make.redeclared(make.docx(HELLO), "word/document.xml", flags=1))


def test_password_protected_office_files_are_named_as_such() -> None:
    assert "protected by a password" in refused(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))


def test_old_word_files_are_named_as_such() -> None:
    assert ".doc format" in refused(OLE + b"\0" * 600)


def test_password_protected_odt_files_are_named_as_such() -> None:
    manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    with pytest.raises(InputRefused, match="protected by a password"):
        odt.read(make.odt("", extra={"META-INF/manifest.xml": manifest}), "x.odt", encoding=None)


@pytest.mark.parametrize("data", [b"", b"PK", b"not an archive", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    refused(data)


def test_a_file_cut_anywhere_is_refused() -> None:
    whole = make.docx(make.paragraph("INT: " + "word " * 200))
    for cut in range(0, len(whole), 37):
        refused(whole[:cut])


def test_flipped_bytes_never_give_a_traceback() -> None:
    whole = make.docx(make.paragraph("INT: " + "word " * 50))
    for at in range(0, len(whole), 5):
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        try:
            docx.read(bytes(damaged), "x.docx", encoding=None)
        except InputRefused:
            continue


@pytest.mark.parametrize(
    "declaration",
    [
        "<!DOCTYPE w:document>",
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://example.org/p">%p;]>',
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_document_types_are_refused(declaration: str) -> None:
    xml = make.document_xml(HELLO, before=declaration)
    for encoded in (xml.encode(), xml.encode("utf-16")):
        assert "DTD" in refused(make.docx("", extra={"word/document.xml": encoded}))
    with pytest.raises(InputRefused, match="DTD"):
        parse_xml(make.content_xml("", before=declaration).encode())


def test_an_entity_is_not_replaced() -> None:
    declaration = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    refused(make.docx("", extra={"word/document.xml": make.document_xml("<w:p>&e;</w:p>", before=declaration)}))


def test_an_entity_bomb_is_refused_quickly() -> None:
    rows = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    xml = make.document_xml(make.paragraph("&e11;"), before=f'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{rows}]>')
    refused(make.docx("", extra={"word/document.xml": xml}))


def test_deep_nesting_is_refused() -> None:
    assert "damaged" in refused(make.docx("<w:ins>" * 400 + HELLO + "</w:ins>" * 400))


def test_nesting_below_the_limit_of_the_parser_is_read() -> None:
    body = HELLO
    for _level in range(60):
        body = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
    assert docx.read(make.docx(body), "x.docx", encoding=None).text == "INT: Hello"


def test_too_many_paragraphs_are_refused() -> None:
    assert "more text than a transcript" in refused(make.docx("<w:p/>" * 200_001, stored=True))


def test_too_much_markup_is_refused_before_it_becomes_a_tree() -> None:
    body = b"<a/>" * (MAX_MARKUP + 1)
    with pytest.raises(InputRefused, match="more text than a transcript"):
        parse_xml(b"<x>" + body + b"</x>")


def test_xml_in_an_encoding_that_hides_its_tags_is_refused() -> None:
    with pytest.raises(InputRefused):
        parse_xml('<?xml version="1.0" encoding="UTF-7"?><x>+ADw-y/+AD4-</x>'.encode("ascii"))
    with pytest.raises(InputRefused):
        parse_xml("<x/>".encode("cp037"))


def test_parts_that_nobody_asked_for_are_not_read() -> None:
    data = make.docx(HELLO, extra={"word/other.xml": b"<broken"})
    assert docx.read(data, "x.docx", encoding=None).text == "INT: Hello"


def test_a_missing_main_part_is_named() -> None:
    assert "word/document.xml" in refused(make.archive({"_rels/.rels": make.relations()}))


def test_names_of_a_good_container_are_known() -> None:
    assert "word/document.xml" in open_container(make.docx(HELLO)).names
