"""A report as one Markdown file; its figures are in it, as SVG."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path

from hsreview.documents.docx_parts import clean
from hsreview.documents.figures import svg
from hsreview.model.report import Block, Figure, Grid, Heading, Paragraph, Quotation, Report

_MEANS_SOMETHING = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
_BEGINS = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)
_SPACES = re.compile(r"[ \t\n]+")
"""Those that never part a number from its sign: French has others."""


def write_report_md(report: Report, path: Path) -> None:
    """Write the report to `path`; raises OSError."""
    blocks = [part for block in report.blocks for part in _block(block)]
    whole = [f"**{_text(report.mark)}**", f"# {_line(report.title)}", *blocks, "---", _line(report.footer)]
    path.write_text("\n\n".join(whole) + "\n", encoding="utf-8")


def _text(text: str) -> str:
    """`text` as it is read: nothing in it becomes markup; a line end stays one."""
    escaped = _MEANS_SOMETHING.sub(r"\\\1", clean(text).replace("\t", " "))
    escaped = _BEGINS.sub(_escape_beginning, escaped)
    return "\\\n".join(line.strip() for line in escaped.split("\n") if line.strip())


def _escape_beginning(found: re.Match[str]) -> str:
    sign = found[2]
    return f"{found[1]}{sign[:-1]}\\{sign[-1]}"


def _line(text: str) -> str:
    return _SPACES.sub(" ", _text(text).replace("\\\n", " ")).strip(" ")


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"{'#' * (level + 1)} {_line(text)}"
        case Paragraph(text, note):
            yield f"*{_line(text)}*" if note else _text(text)
        case Quotation(text, source, mark, translations):
            said = [_text(text), *(_text(each) for each in translations)]
            state = f" **{_line(mark)}**" if mark else ""
            said.append(f"— {_line(source)}{state}")
            yield "\n>\n".join("> " + each.replace("\n", "\n> ") for each in said)
        case Grid(headers, rows):
            lines = [headers, ["---"] * len(headers), *rows]
            yield "\n".join(
                "| " + " | ".join(each if each == "---" else _line(each) for each in row) + " |" for row in lines
            )
        case Figure(title):
            data = base64.b64encode(svg(block).encode()).decode()
            yield f"![{_line(title)}](data:image/svg+xml;base64,{data})"
