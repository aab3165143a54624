"""Word-processor and PDF files made of a few lines of code, ordinary and hostile ones. All content is invented."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOCX_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{_RELATION}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_ODT = "urn:oasis:names:tc:opendocument:xmlns"
_ODT_SPACES = (
    f'xmlns:office="{_ODT}:office:1.0" xmlns:text="{_ODT}:text:1.0" xmlns:table="{_ODT}:table:1.0" '
    f'xmlns:draw="{_ODT}:drawing:1.0" xmlns:style="{_ODT}:style:1.0" xmlns:fo="{_ODT}:xsl-fo-compatible:1.0" '
    f'xmlns:svg="{_ODT}:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def archive(parts: Mapping[str, str | bytes], *, stored: bool = False) -> bytes:
    """A zip archive of `parts`, packed unless `stored`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return buffer.getvalue()


def relations(*rows: tuple[str, str, str]) -> str:
    """A relations part; each row is `(kind, target, mode)`."""
    lines = "".join(
        f'<Relationship Id="r{n}" Type="{_RELATION}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        for n, (kind, target, mode) in enumerate(rows)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{lines}</Relationships>'


def document_xml(body: str, *, before: str = "") -> str:
    """The main part of a Word file around `body`; `before` stands where a document type would."""
    return f'<?xml version="1.0"?>{before}<w:document {_DOCX_SPACES}><w:body>{body}</w:body></w:document>'


def docx(body: str, *, styles: str = "", extra: Mapping[str, str | bytes] | None = None, stored: bool = False) -> bytes:
    """A Word file with this body, these styles and these further parts."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("officeDocument", "word/document.xml", "Internal")),
        "word/document.xml": document_xml(body),
    }
    if styles:
        parts["word/styles.xml"] = f"<w:styles {_DOCX_SPACES}>{styles}</w:styles>"
    return archive({**parts, **(extra or {})}, stored=stored)


def docx_part(root: str, content: str) -> str:
    """Another part of a Word file (`hdr`, `ftr`)."""
    return f"<w:{root} {_DOCX_SPACES}>{content}</w:{root}>"


def run(text: str, properties: str = "") -> str:
    """A Word run."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, properties: str = "") -> str:
    """A Word paragraph; plain text becomes a run."""
    layout = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    runs = "".join(part if part.startswith("<") else run(part) for part in content)
    return f"<w:p>{layout}{runs}</w:p>"


def table(*rows: Sequence[str]) -> str:
    """A Word table; a cell is plain text or paragraphs."""

    def cell(content: str) -> str:
        return f"<w:tc><w:tcPr/>{content if content.startswith('<') else paragraph(run(content))}</w:tc>"

    lines = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/>{lines}</w:tbl>"


def content_xml(body: str, styles: str = "", *, before: str = "") -> str:
    """The main part of an OpenDocument text around `body`."""
    return (
        f'<?xml version="1.0"?>{before}<office:document-content {_ODT_SPACES}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )


def odt(body: str, styles: str = "", *, common: str = "", extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """An OpenDocument text with this body, these automatic styles and these common ones."""
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": content_xml(body, styles),
        "styles.xml": f"<office:document-styles {_ODT_SPACES}>{common}</office:document-styles>",
    }
    return archive({**parts, **(extra or {})})


def odt_style(name: str, family: str, properties: str, parent: str = "") -> str:
    """An OpenDocument style."""
    return (
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">'
        f"<style:text-properties {properties}/></style:style>"
    )


def rtf(body: str, header: str = r"\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}}") -> bytes:
    """A rich text file with this body (ASCII and escapes)."""
    return f"{{\\rtf1{header}\n{body}}}".encode("latin-1")


def pdf(pages: Sequence[Sequence[str]], *, trailer: str = "", page_extra: str = "") -> bytes:
    """A PDF with these lines on its pages, one below the other."""
    return pdf_of_streams([_lines_stream(lines) for lines in pages], trailer=trailer, page_extra=page_extra)


def _lines_stream(lines: Sequence[str]) -> bytes:
    shown = []
    for line in lines:
        escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        shown.append(f"({escaped}) Tj T*")
    return "\n".join(["BT /F1 10 Tf 12 TL 40 800 Td", *shown, "ET"]).encode("cp1252")


def pdf_of_streams(streams: Sequence[bytes], *, packed: bool = False, trailer: str = "", page_extra: str = "") -> bytes:
    """A PDF whose pages have these content streams, deflated when `packed`."""
    first = 4
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(streams)))
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {len(streams)} /Kids [{kids}] >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    }
    for n, stream in enumerate(streams):
        objects[first + 2 * n] = (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {first + 2 * n + 1} 0 R {page_extra} >>"
        ).encode()
        data = zlib.compress(stream, 9) if packed else stream
        filters = " /Filter /FlateDecode" if packed else ""
        head = f"<< /Length {len(data)}{filters} >>\nstream\n".encode()
        objects[first + 2 * n + 1] = head + data + b"\nendstream"
    return _assembled(objects, trailer)


def _assembled(objects: Mapping[int, bytes], trailer: str) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = {}
    for number, content in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n" % number + content + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for number in sorted(objects):
        out.write(b"%010d 00000 n \n" % places[number])
    head = f"<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>"
    out.write(f"trailer\n{head}\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def locked_pdf() -> bytes:
    """A PDF that says it is encrypted and whose password nobody knows."""
    secret = "<" + "5a" * 32 + ">"
    lock = f"/Filter /Standard /V 1 /R 2 /O {secret} /U {secret} /P -44"
    return pdf([["INT: one", "R1: two"]], trailer=f"/Encrypt << {lock} >> /ID [<0011> <0011>]")


def redeclared(data: bytes, name: str, *, size: int | None = None, packed: int | None = None, flags: int = 0) -> bytes:
    """The archive with another declared size, packed size or flags for the member `name` in its directory."""
    changed = bytearray(data)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", changed, at + 28)[0]
        if changed[at + 46 : at + 46 + length] == name.encode():
            changed[at + 8] |= flags
            if packed is not None:
                struct.pack_into("<I", changed, at + 20, packed)
            if size is not None:
                struct.pack_into("<I", changed, at + 24, size)
        at = changed.find(b"PK\x01\x02", at + 4)
    return bytes(changed)
