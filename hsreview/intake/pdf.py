"""PDF files: the text of their pages, read in a process of its own, put together from lines into paragraphs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from typing import Any

from hsreview.base.children import module_path
from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.intake.office.left_out import doubts_of
from hsreview.intake.office.limits import check_size, too_long
from hsreview.intake.pdf_child import MAX_PAGES
from hsreview.intake.pdf_lines import reflow
from hsreview.intake.source import Source

MAX_PDF_BYTES = 100_000_000
TIME_LIMIT = 60.0
"""Seconds that the reading of one PDF may take."""
_TAIL = 65_536


def read(data: bytes, name: str, *, encoding: str | None = None) -> Source:
    """The text of the PDF in `data`, its lines joined into paragraphs; `name` and `encoding` play no part.

    Raises InputRefused when the PDF is damaged, protected, without text, or too much for the reading process.
    """
    check_size(data, MAX_PDF_BYTES)
    if b"%PDF-" not in data[:1024]:
        raise InputRefused(_("The file is not a PDF."))
    if b"%%EOF" not in data[-_TAIL:]:
        raise InputRefused(_("The PDF ends before it is complete: copy or download it again."))
    answer = _ask_child(data)
    if "refused" in answer:
        raise _refusal(str(answer["refused"]))
    pages: list[str] = answer["pages"]
    empty = sum(1 for page in pages if not page.strip())
    if empty == len(pages):
        raise InputRefused(
            _("The PDF has no text: it is probably a scan. Turn it into text with a recognition (OCR) program first.")
        )
    text, counts = reflow(pages)
    return Source(
        text=text, format="pdf", doubts=doubts_of(counts + Counter(answer["counts"]) + Counter(empty_pages=empty))
    )


def _ask_child(data: bytes) -> dict[str, Any]:
    """What the reading process answers for `data`. Raises InputRefused when it dies or takes too long."""
    command = [sys.executable, "-P", "-m", "hsreview.intake.pdf_child"]
    try:
        done = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=TIME_LIMIT,
            env={**os.environ, "PYTHONPATH": module_path()},
            check=False,
        )
        answer = json.loads(done.stdout) if done.returncode == 0 else None
    except subprocess.TimeoutExpired:
        raise _refusal("too_much") from None
    except ValueError:
        answer = None
    except OSError:
        raise InputRefused(_("The PDF could not be read: no second process can be started on this machine.")) from None
    if not isinstance(answer, dict):
        raise _refusal("too_much")
    return answer


def _refusal(reason: str) -> InputRefused:
    if reason == "password":
        return InputRefused(_("The PDF is protected by a password. Save a copy of it without the password."))
    if reason == "too_many_pages":
        return InputRefused(_("The PDF has more than {limit} pages. Split it.").format(limit=MAX_PAGES))
    if reason == "too_long":
        return too_long()
    if reason == "too_much":
        return InputRefused(
            _(
                "The PDF needs far more time or memory than a transcript can, or makes the PDF reader fail: it is "
                "refused as unsafe."
            )
        )
    return InputRefused(_("The PDF is damaged and cannot be opened. Copy or export it again."))
