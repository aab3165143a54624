"""Ballots and tally sheets as one HTML file that any browser prints on A4: no script, nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from hsreview.documents.ballot_words import BallotWords, shortened
from hsreview.documents.docx_parts import clean
from hsreview.model.ballot_paper import BallotPaper, PaperRow, PaperTable

_STYLE = """
body{font:12pt/1.4 Calibri,Carlito,"Liberation Sans",sans-serif;color:#1f2933;max-width:44em;margin:2em auto;
padding:0 1em}
h1{font-size:20pt;margin:.2em 0;border-bottom:1px solid #b8bec9}p{margin:.3em 0;white-space:pre-line}
.paper+.paper{break-before:page;page-break-before:always;border-top:3px double #b8bec9;margin-top:3em}
.table{font-weight:bold}.other,.kind,.words{color:#4b5563}
table{border-collapse:collapse;width:100%;margin:.8em 0}tr{break-inside:avoid;page-break-inside:avoid}
th,td{border:1px solid #8a94a3;padding:.3em .6em;text-align:left;vertical-align:top}
.number{background:#e8ecf2;width:3.2em}.number b{font-size:20pt;display:block}
.says{font-size:13pt}.boxes{border:0;margin:.4em 0}.boxes td{border:0;padding:0;width:20%;white-space:nowrap}
.box{font-size:20pt;line-height:1}.words{border-bottom:1px solid #4b5563;height:1.9em}
thead{display:table-header-group}thead th{background:#e8ecf2;font-size:10pt;white-space:pre-line}
.tally{table-layout:fixed}.tally th{width:17mm;padding:.3em}.tally th:nth-child(1){width:14mm}
.tally th:nth-child(2){width:auto}.tally td{height:2.8em}.tally .what{font-size:10pt}
@page{size:A4;margin:18mm;@bottom-right{content:counter(page)}}
@media print{body{margin:0;max-width:none;padding:0}.paper+.paper{border-top:0;margin-top:0}}
""".strip()


def write_ballot_html(paper: BallotPaper, path: Path) -> None:
    """Write the paper to `path`; raises OSError."""
    words = BallotWords(paper)
    title = _text(f"{words('ballot')} – {paper.meeting}")
    body = "\n".join(
        [
            *(part for table in paper.copies for part in _ballot(paper, words, table)),
            *(part for table in paper.tables for part in _tally(paper, words, table)),
        ]
    )
    path.write_text(
        f'<!DOCTYPE html>\n<html lang="{paper.languages[0]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n'
        f"<style>\n{_STYLE}\n</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n",
        encoding="utf-8",
    )


def _text(text: str) -> str:
    return escape(clean(text))


def _heading(paper: BallotPaper, words: BallotWords, kind: str, table: PaperTable) -> Iterator[str]:
    where = " · ".join(filter(None, (words.place_and_date(), words.facts())))
    people = " · ".join(filter(None, (words.of_table(table), words.people(table))))
    yield f"<h1>{_text(words(kind))}</h1>"
    yield f"<p><b>{_text(paper.meeting)}</b></p><p>{_text(where)}</p>"
    yield f'<p class="table">{_text(people)}</p>'


def _sentences(paper: BallotPaper, told: list[tuple[str, str]], look: str = "") -> str:
    parts = []
    for language, text in told:
        looks = " ".join(filter(None, (look, "other" if language != paper.languages[0] else "")))
        parts.append(f'<p lang="{language}"' + (f' class="{looks}"' if looks else "") + f">{_text(text)}</p>")
    return "".join(parts)


def _ballot(paper: BallotPaper, words: BallotWords, table: PaperTable) -> Iterator[str]:
    yield '<section class="paper">'
    yield from _heading(paper, words, "ballot", table)
    yield _sentences(paper, words.by_language(paper.rule))
    yield _sentences(paper, words.sentences("how"))
    yield "<table><tbody>"
    for row in paper.rows:
        yield f'<tr><td class="number"><b>{row.number}</b>{_text(row.ref)}</td><td>'
        yield f'<p class="kind">{_text(words.joined(row.kind))}</p>'
        yield _sentences(paper, words.by_language(row.text), "says")
        yield _sentences(paper, words.support(row.badge))
        yield _boxes(paper, words)
        yield f'<p class="words">{_text(words("own_words"))}</p><p class="words"></p></td></tr>'
    yield "</tbody></table></section>"


def _boxes(paper: BallotPaper, words: BallotWords) -> str:
    cells = []
    for vote in paper.votes:
        (_main, first), *others = words.by_language(vote)
        below = "".join(f'<br><span class="other" lang="{language}">{_text(text)}</span>' for language, text in others)
        cells.append(f'<td><span class="box">☐</span> {_text(first)}{below}</td>')
    return f'<table class="boxes"><tbody><tr>{"".join(cells)}</tr></tbody></table>'


def _tally(paper: BallotPaper, words: BallotWords, table: PaperTable) -> Iterator[str]:
    headings = ("", words("what"), *map(words.joined, paper.votes), words.total(table))
    head = "".join(f'<th scope="col">{_text(each.replace(" / ", chr(10)))}</th>' for each in headings)
    yield '<section class="paper">'
    yield from _heading(paper, words, "tally", table)
    yield _sentences(paper, words.sentences("count"))
    yield f'<table class="tally"><thead><tr>{head}</tr></thead><tbody>'
    yield from (_counts(paper, row) for row in paper.rows)
    yield "</tbody></table></section>"


def _counts(paper: BallotPaper, row: PaperRow) -> str:
    says = _text(shortened(row.text.get(paper.languages[0])))
    empty = "<td></td>" * (len(paper.votes) + 1)
    return f'<tr><td class="number"><b>{row.number}</b>{_text(row.ref)}</td><td class="what">{says}</td>{empty}</tr>'
