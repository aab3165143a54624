"""From the printed lines of pages to paragraphs: margins dropped, divided words and wrapped lines joined.

A PDF knows only where characters are printed, so all of this is judgement; whatever is dropped or joined is counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from hsreview.base.folding import fold

_HYPHEN_MARK = "\x02"
"""What stands in a line of ours for the hyphen of a word that pdfium saw divided at the line's end."""
_MARKS = re.compile("[\x02\ufffe](?:\r?\n)?")
_NUMBER = re.compile(r"\d{1,4}")
_NUMBERED = re.compile(r"(\d{1,4})[ \t]+(\S.*)")
_PAGE_MARK = re.compile(r"[-–—\[( ]*(?:(?:page|p)\b\.?\s*)?\d{1,4}(?:\s*(?:/|of|sur|de)\s*\d{1,4})?[-–—\]) .]*", re.I)
_EDGE = 3
"""So many lines at the top and bottom of a page may be header or footer."""
_MIN_MARGIN_NUMBERS = 5

_TIME = r"[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?[\])]?"
_LABEL = re.compile(
    rf"(?:\d{{1,4}}[.)]?\s+)?(?:{_TIME}\s+)?"
    rf"(?P<label>[^\W\d_][^:]{{0,80}}?)(?:\s?{_TIME})?[ \u00a0\u202f\u2009]?:(?=\s|$)"
)
_OPENING = re.compile(rf"{_TIME}(?:\s|$)|[—–-]\s|\[[^\[\]]*\]\s*$|\[\w{{1,13}}\]\s|[A-Z]\.\s")
_CLOSING = re.compile(rf".*\s{_TIME}|\[[^\[\]]*\]")
_ENDED = re.compile(r"[.?!…][\"”’»)\]\s]*$")
_PAUSED = re.compile(r"[.?!…:;\"”»)\]]\s*$")

_LINE_END = 60
"""So many characters at the end of a line are looked at, so that no line is gone through again and again."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_COMPOUND = re.compile(r"[^\W_]{1,40}(?:['’-][^\W_]{1,40}){1,4}")
_DIVIDED = re.compile(rf"([^\W\d_][\w'’-]*)[{_HYPHEN_MARK}-]$")
_KEEPS_HYPHEN_AFTER = re.compile(r"(?:je|ils?|elles?|on|nous|vous|etre|memes?|t)(?![^\W_])")
"""Words, folded, that stand after a hyphen in French and are hardly ever the last syllable of another word."""
_KEEPS_HYPHEN_BEFORE = frozenset({"vice", "sud", "nord", "c'est", "quelques", "celui", "celle", "ceux", "celles"})


def reflow(pages: Sequence[str]) -> tuple[str, Counter[str]]:
    """The paragraphs of `pages` (text as pdfium gives it), one a line, and counts of what was dropped or joined."""
    counts: Counter[str] = Counter()
    printed = [_printed_lines(page) for page in pages]
    printed = _without_numbered_starts(_without_number_blocks(printed, counts), counts)
    lines = [line for page in _without_page_lines(printed, counts) for line in page]
    return _Joiner(lines, counts).text(), counts


def _printed_lines(page: str) -> list[str]:
    text = _MARKS.sub(_HYPHEN_MARK + "\n", page).replace("\r\n", "\n").replace("\r", "\n")
    return [line.strip(" \t") for line in text.split("\n")]


# Margins


def _without_number_blocks(pages: list[list[str]], counts: Counter[str]) -> list[list[str]]:
    """Pages without margin numbers that come as lines of their own, before or after the page's text."""
    blocks = [_number_blocks(page) for page in pages]
    if not any(end - start >= 3 for found in blocks for start, end in found):
        return pages
    kept: list[list[str]] = []
    for page, found in zip(pages, blocks, strict=True):
        # Where one page has such a block, a single number at an edge of another belongs to a short one.
        drop = [(s, e) for s, e in found if e - s >= 3 or s == 0 or e == len(page)]
        counts["margin_numbers"] += sum(e - s for s, e in drop)
        kept.append([line for n, line in enumerate(page) if not any(s <= n < e for s, e in drop)])
    return kept


def _number_blocks(page: Sequence[str]) -> list[tuple[int, int]]:
    """Runs of lines that hold nothing but a number, each one more than the line before."""
    blocks: list[tuple[int, int]] = []
    for n, line in enumerate(page):
        if not _NUMBER.fullmatch(line):
            continue
        if blocks and blocks[-1][1] == n and int(line) == int(page[n - 1]) + 1:
            blocks[-1] = (blocks[-1][0], n + 1)
        else:
            blocks.append((n, n + 1))
    return blocks


def _without_numbered_starts(pages: list[list[str]], counts: Counter[str]) -> list[list[str]]:
    """Pages without margin numbers that come at the start of lines and count on, through the file or on each page."""
    hits: dict[tuple[int, int], str] = {}
    expected: int | None = None
    numbered = 0
    for p, page in enumerate(pages):
        first = True
        for n, line in enumerate(page):
            match = _NUMBERED.fullmatch(line)
            if match is None:
                continue
            numbered += 1
            number = int(match[1])
            if expected is None or number == expected or (first and number == 1):
                hits[p, n] = match[2]
                expected = number + 1
            first = False
    lines = sum(map(len, pages))
    if len(hits) < _MIN_MARGIN_NUMBERS or len(hits) * 2 < numbered or len(hits) * 5 < lines:
        return pages
    counts["margin_numbers"] += len(hits)
    return [[hits.get((p, n), line) for n, line in enumerate(page)] for p, page in enumerate(pages)]


def _without_page_lines(pages: list[list[str]], counts: Counter[str]) -> list[list[str]]:
    """Pages without the headers, footers and page numbers that come back at their edges."""
    pages = [[line for line in page if line] for page in pages]
    edges: Counter[str] = Counter()
    inner: Counter[str] = Counter()
    for page in pages:
        outer = {*range(_EDGE), *range(len(page) - _EDGE, len(page))}
        edges.update({_edge_key(page[n]) for n in outer if 0 <= n < len(page)})
        inner.update(_edge_key(line) for n, line in enumerate(page) if n not in outer)
    needed = max(2, -(-len(pages) * 3 // 5))
    repeated = {key for key, n in edges.items() if n >= needed and not inner[key]}
    speakers = _labels_with_varied_text(pages)
    repeated -= {key for key in repeated if (match := _LABEL.match(key)) and match["label"] in speakers}
    counting = _pages_counted(pages)
    kept: list[list[str]] = []
    for page in pages:
        start, end = 0, len(page)
        while start < min(_EDGE, end) and _is_page_line(page[start], repeated, counting):
            start += 1
        while end > max(start, len(page) - _EDGE) and _is_page_line(page[end - 1], repeated, counting):
            end -= 1
        kept.append(page[start:end])
    dropped = sum(map(len, pages)) - sum(map(len, kept))
    if dropped > 3 * sum(map(len, kept)):  # pages that are all alike have no margins that could be told apart
        return pages
    counts["page_lines"] += dropped
    return kept


def _edge_key(line: str) -> str:
    return re.sub(r"\d+", "#", fold(line))


def _labels_with_varied_text(pages: Sequence[Sequence[str]]) -> set[str]:
    """What stands before a colon with different texts after it: speakers, and no page headers."""
    texts: dict[str, set[str]] = {}
    for page in pages:
        for line in page:
            key = _edge_key(line)
            if match := _LABEL.match(key):
                texts.setdefault(match["label"], set()).add(key)
    return {label for label, keys in texts.items() if len(keys) > 1}


def _pages_counted(pages: Sequence[Sequence[str]]) -> bool:
    """Whether bare numbers at the edges of the pages count the pages."""
    numbers = [{int(line) for line in (*page[:1], *page[-1:]) if _NUMBER.fullmatch(line)} for page in pages]
    follows = sum(1 for before, after in pairwise(numbers) if {n + 1 for n in before} & after)
    return follows > 0 and follows * 2 >= len(pages) - 1


def _is_page_line(line: str, repeated: set[str], counting: bool) -> bool:
    if _NUMBER.fullmatch(line):
        return counting
    if _PAGE_MARK.fullmatch(line) and not line.rstrip().endswith("."):
        return True
    return _edge_key(line) in repeated


# Paragraphs


class _Joiner:
    """Decides between each two lines whether a paragraph ends, and how they are joined when none does."""

    def __init__(self, lines: Sequence[str], counts: Counter[str]) -> None:
        self._lines = lines
        self._counts = counts
        self._labels = Counter(fold(match["label"]) for line in lines if (match := _LABEL.match(line)))
        self._whole_lines = Counter(lines)
        lengths = sorted(map(len, lines), reverse=True)
        self._width = lengths[len(lengths) // 20] if lengths else 0
        text = fold("\n".join(lines))
        self._compounds = set(_COMPOUND.findall(text))
        self._words = set(_WORD.findall(text))

    def text(self) -> str:
        """The paragraphs, one a line."""
        parts: list[str] = []
        before = ""
        for line in self._lines:
            if not parts:
                parts.append(line)
            elif self._starts_paragraph(before, line):
                parts += ["\n", line]
            elif (hyphen := self._hyphen(before, line)) is not None:
                parts[-1] = before[:-1]
                parts += [hyphen, line]
                self._counts["hyphens"] += 1
            else:
                parts += [" ", line]
                self._counts["reflowed"] += 1
            before = line
        return "".join(parts).replace(_HYPHEN_MARK, "-")

    def _starts_paragraph(self, before: str, line: str) -> bool:
        if before.endswith(_HYPHEN_MARK):
            return False
        match = _LABEL.match(line)
        if match:
            seen = self._labels[fold(match["label"])]
            if seen >= (2 if match["label"][0].isupper() else 3) or _ENDED.search(before[-_LINE_END:]):
                return True
        alone = self._stands_alone(line) or self._stands_alone(before)
        if alone or _OPENING.match(line) or (len(before) <= _LINE_END and _CLOSING.fullmatch(before)):
            return True
        if line[:1].islower() and not _PAUSED.search(before[-_LINE_END:]):
            return False
        # A sentence that ends near the margin may end the paragraph; other line ends need more room to be trusted.
        width = self._width * (9 if _ENDED.search(before[-_LINE_END:]) and not line[:1].islower() else 8) // 10
        return len(before) + 1 + len(line[:_LINE_END].split(" ", 1)[0]) <= width

    def _stands_alone(self, line: str) -> bool:
        """Whether this is a speaker label on a line of its own: short, no sentence, and it comes back."""
        return len(line) <= 40 and line[-1:].isalnum() and self._whole_lines[line] >= 2

    def _hyphen(self, before: str, line: str) -> str | None:
        """What stands between the parts of a word divided between two lines (`-` or nothing); null when none is."""
        marked = before.endswith(_HYPHEN_MARK)
        left = _DIVIDED.search(before[-_LINE_END:])
        right = re.match(r"[\w'’-]+", line[:_LINE_END])
        if left is None or right is None or left[1].endswith("-") or not line[0].islower():
            return "-" if marked else None
        head, tail = fold(left[1]), fold(right[0])
        if f"{head}-{tail}" in self._compounds:
            return "-"
        if f"{head}{tail}" in self._words:
            return ""
        return "-" if head in _KEEPS_HYPHEN_BEFORE or _KEEPS_HYPHEN_AFTER.match(tail) else ""
