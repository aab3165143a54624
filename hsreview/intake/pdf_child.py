"""The process that opens a PDF, so that a hostile one can exhaust only itself: PDF on stdin, JSON on stdout.

The answer is `{"pages": [text of each page], "counts": {…}}`, or `{"refused": reason}`. Nothing in the PDF is run or
followed, and only text inside the page's box is read.
"""

from __future__ import annotations

import json
import sys
from typing import Any

MEMORY_LIMIT = 1_000_000_000
CPU_SECONDS = 60
MAX_PAGES = 5_000
MAX_CHARACTERS = 5_000_000
_MAX_OBJECTS = 20_000
"""Most objects of one page that are looked at to count pictures."""


def limit_resources() -> None:
    """Bound memory and processor time, and leave no core dump, where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    limits = (
        (resource.RLIMIT_AS, MEMORY_LIMIT),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
    )
    for what, limit in limits:
        try:
            hard = resource.getrlimit(what)[1]
            wanted = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(what, (wanted, hard))
        except (ValueError, OSError):
            continue


def extract(data: bytes) -> dict[str, Any]:
    """The pages' text and counts of what is left out, or the reason why the PDF is refused."""
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        return {"refused": "password" if locked else "damaged"}
    if len(document) > MAX_PAGES:
        return {"refused": "too_many_pages"}
    counts = {"attachments": document.count_attachments(), "images": 0, "comments": 0, "form_fields": 0}
    pages: list[str] = []
    length = 0
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage().get_text_bounded()
        except pypdfium2.PdfiumError:
            return {"refused": "damaged"}
        length += len(text)
        if length > MAX_CHARACTERS:
            return {"refused": "too_long"}
        pages.append(text)
        _count_objects(raw, page, counts)
        page.close()
    return {"pages": pages, "counts": counts}


def _count_objects(raw: Any, page: Any, counts: dict[str, int]) -> None:
    for index in range(min(raw.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        kind = raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, index))
        counts["images"] += kind == raw.FPDF_PAGEOBJ_IMAGE
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MAX_OBJECTS)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if kind == raw.FPDF_ANNOT_WIDGET:
            counts["form_fields"] += 1
        elif kind not in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP):
            counts["comments"] += 1


def main() -> None:
    """Answer for the PDF on standard input."""
    limit_resources()
    json.dump(extract(sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
