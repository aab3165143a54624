"""A report as one HTML file: no script, nothing fetched from anywhere, readable on paper."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from hsreview.documents.docx_parts import clean
from hsreview.documents.figures import svg
from hsreview.model.report import Block, Figure, Grid, Heading, Paragraph, Quotation, Report

_STYLE = """
body{font:11pt/1.45 Calibri,Carlito,"Liberation Sans",sans-serif;color:#1f2933;max-width:46em;margin:2em auto;
padding:0 1em}
h1{font-size:1.7em}h2{font-size:1.35em;border-bottom:1px solid #b8bec9;margin-top:1.8em}h3{font-size:1.1em}
.mark{background:#fbe3dd;color:#8a1c0b;font-weight:bold;padding:.5em .8em;border:1px solid #8a1c0b}
.note,footer{color:#4b5563;font-size:.9em}p,blockquote p{white-space:pre-line}
blockquote{margin:.8em 0 .8em 1em;padding:.1em 1em;border-left:3px solid #7fa9d6;break-inside:avoid}
cite{font-style:normal;color:#4b5563;font-size:.9em}.state{font-weight:bold;color:#8a1c0b}
table{border-collapse:collapse;margin:.8em 0;width:100%}th,td{border:1px solid #b8bec9;padding:.25em .5em;
text-align:left;vertical-align:top}th{background:#e8ecf2}tr{break-inside:avoid}thead{display:table-header-group}
figure{margin:1em 0;break-inside:avoid}svg{max-width:100%;height:auto}h2,h3{break-after:avoid}
@page{size:A4;margin:18mm}@media print{body{margin:0;max-width:none;padding:0}}
""".strip()


def write_report_html(report: Report, path: Path) -> None:
    """Write the report to `path`; raises OSError."""
    body = "\n".join(part for block in report.blocks for part in _block(block))
    path.write_text(
        f'<!DOCTYPE html>\n<html lang="{report.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{_text(report.title)}</title>\n'
        f"<style>\n{_STYLE}\n</style>\n</head>\n<body>\n"
        f'<p class="mark">{_text(report.mark)}</p>\n<h1>{_text(report.title)}</h1>\n{body}\n'
        f"<footer>{_text(report.footer)} · {_text(report.mark)}</footer>\n</body>\n</html>\n",
        encoding="utf-8",
    )


def _text(text: str) -> str:
    return escape(clean(text))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"<h{level + 1}>{_text(text)}</h{level + 1}>"
        case Paragraph(text, note):
            yield f'<p class="note">{_text(text)}</p>' if note else f"<p>{_text(text)}</p>"
        case Quotation(text, source, mark, translations):
            yield f"<blockquote><p>{_text(text)}</p>"
            yield from (f"<p>{_text(each)}</p>" for each in translations)
            state = f' <span class="state">{_text(mark)}</span>' if mark else ""
            yield f"<cite>{_text(source)}</cite>{state}</blockquote>"
        case Grid(headers, rows):
            head = "".join(f'<th scope="col">{_text(each)}</th>' for each in headers)
            yield f"<table><thead><tr>{head}</tr></thead><tbody>"
            yield from ("<tr>" + "".join(f"<td>{_text(each)}</td>" for each in row) + "</tr>" for row in rows)
            yield "</tbody></table>"
        case Figure():
            yield f"<figure>{svg(block)}</figure>"
