"""What the command line prints: data on stdout, everything said to the user on stderr."""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from hsreview.base.messages import ngettext
from hsreview.base.terminal import visible, visible_block

PROGRESS = 70
"""Cells of a line that tells how far something is."""
_HIDDEN_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def prepare_console() -> None:
    """Print UTF-8 wherever we are (also on Windows), and never fail for a character that cannot be shown."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # Whoever started us closed it.
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def in_terminal() -> bool:
    """Whether somebody sits at a terminal; the workbench reads keys from stdin and paints on stderr."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def say(line: str = "") -> None:
    """Tell the user something, on stderr."""
    print(visible_block(line), file=sys.stderr, flush=True)


def clear_line() -> None:
    """Take away the line of stderr that tells how far something is, where somebody sees it."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{' ' * PROGRESS}\r")
        sys.stderr.flush()


def first_printed(n: int) -> str:
    """What is told where more was found than is printed."""
    return ngettext(
        "The first one is printed; --limit prints more.", "The first {n} are printed; --limit prints more.", n
    ).format(n=n)


def emit(line: str = "") -> None:
    """One line of data on stdout."""
    print(visible(line), flush=True)


def emit_lines(lines: Iterable[str]) -> None:
    """Lines of data on stdout."""
    for line in lines:
        print(visible(line))
    sys.stdout.flush()


def emit_json(answer: Mapping[str, object]) -> None:
    """One JSON document on stdout, with each entry of its lists on a line.

    Characters that could steer a terminal are escaped; the value is the same.
    """
    text = "{\n" + ",\n".join(f"{json.dumps(key)}: {_value(value)}" for key, value in answer.items()) + "\n}"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # Part of a file name that is not UTF-8.
        text = json.dumps(answer)
    print(_HIDDEN_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text), flush=True)


def _value(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in value) + "\n]"
    return json.dumps(value, ensure_ascii=False)


def emit_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table on stdout, columns aligned by the cells that a terminal needs; numbers stand to the right.

    In a terminal that is too narrow, long cells go on below, between words; a pipe gets one line for each row.
    """
    room = None
    if sys.stdout.isatty():
        import shutil

        room = shutil.get_terminal_size().columns
    for line in table_lines(headings, rows, room):
        print(line)
    sys.stdout.flush()


def table_lines(headings: Sequence[str], rows: Iterable[Sequence[object]], room: int | None = None) -> Iterator[str]:
    """The lines of a table; where it does not fit into `room` cells, its widest columns are wrapped between words.

    What would break words even then stays as it is.
    """
    body = [["" if cell is None else visible(str(cell)) for cell in row] for row in rows]
    right = [bool(body) and all(_NUMBER.fullmatch(row[i]) for row in body) for i in range(len(headings))]
    lines = [[visible(heading) for heading in headings], *body]
    widths = [max(cells(line[i]) for line in lines) for i in range(len(headings))]
    if room is not None:
        least = [max(max(map(cells, line[i].split(" "))) for line in lines) for i in range(len(headings))]
        widths = _narrowed(widths, least, room - len(_BETWEEN) * (len(headings) - 1))
    for line in lines:
        wrapped = [_wrapped(cell, width) for cell, width in zip(line, widths, strict=True)]
        for parts in zip_longest(*wrapped, fillvalue=""):
            padded = [_pad(part, width, to_right) for part, width, to_right in zip(parts, widths, right, strict=True)]
            yield _BETWEEN.join(padded).rstrip()


_BETWEEN = "  "


def _narrowed(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Widths of columns that fit into `room`: the widest give, none below `least`; where that is in vain, `widths`."""
    found = list(widths)
    while sum(found) > room:
        givers = [i for i in range(len(found)) if found[i] > least[i]]
        if not givers:
            return list(widths)
        found[max(givers, key=found.__getitem__)] -= 1
    return found


def _wrapped(text: str, width: int) -> list[str]:
    """`text` on lines of at most `width` cells, broken between words."""
    if cells(text) <= width:
        return [text]
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and cells(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


_NUMBER = re.compile(r"\d*")
_FORMULA = ("=", "+", "-", "@")


def emit_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table on stdout as CSV; no text in it becomes a formula where a spreadsheet opens it."""
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([_as_data(heading) for heading in headings])
    for row in rows:
        writer.writerow(["" if cell is None else _as_data(cell) for cell in row])
    sys.stdout.flush()


def _as_data(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    text = visible(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _pad(cell: str, width: int, to_right: bool) -> str:
    blank = " " * (width - cells(cell))
    return blank + cell if to_right else cell + blank


def cells(text: str) -> int:
    """How many terminal cells `text` takes: none for combining characters, two for wide ones."""
    if text.isascii():
        return len(text)
    return sum(_cells_of(char) for char in text)


def _cells_of(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def shortened(text: str, width: int) -> str:
    """`text` on one line in at most `width` cells; `…` says that it was cut."""
    line = " ".join(visible(text).split())
    if cells(line) <= width:
        return line
    used, kept = 1, 0
    while used + _cells_of(line[kept]) <= width:
        used += _cells_of(line[kept])
        kept += 1
    return line[:kept].rstrip() + "…"
