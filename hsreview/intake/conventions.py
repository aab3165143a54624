"""The ways in which transcripts mark who speaks: one pattern each, and what it finds in the lines of a text.

A pattern only proposes; `judging` decides which proposed labels are people, `labels` which convention a file follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hsreview.intake.times import TIME, milliseconds
from hsreview.model.text import Span


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text, without its LF."""

    number: int
    """From 0."""
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may begin a turn; offsets are code points of the whole text."""

    line: int
    label: str | None
    """As written; null where a convention marks turns without naming anybody."""
    label_end: int
    """Where what was said begins on this line."""
    time: int | None = None
    alone: bool = False
    """Nothing else stands on the line: what was said follows on the next one."""


@dataclass(frozen=True, slots=True)
class Convention:
    """A named way of marking turns."""

    name: str
    find: Callable[[Line], Candidate | None]
    explicit: bool = False
    """Its marks are hardly anything else than labels."""
    repeated: bool = False
    """It only counts when several labels come back: its pattern also fits ordinary lines."""
    named: bool = True
    """It says who speaks."""


BLANK = r"[ \t\u00a0\u202f\u2009]"
_S0 = rf"{BLANK}{{0,20}}"  # bounded: a line may be two million blanks
_S1 = rf"{BLANK}{{1,20}}"
STAMP = rf"(?:#{TIME}(?:-\d+)?#|[\[(<]{TIME}[\])>]|{TIME})"
LIST = rf"{_S0}(?:[-•*–]{_S1})?(?:\d{{1,4}}[.)]?{_S1})?"
_NAME = r"[^\W\d_](?:[^:\n\t]{0,158}?[^\s:])?"
_INSIDE = r"[^\W\d_][^\[\]<>:\n]{0,38}"
_INITIAL = rf"(?:M|Mr|Mrs|Ms|Mme|Mlle|Dr|Pr|Prof)\.?{_S1}[A-Z]\."
"""A title and an initial, whose full stop is part of the label: `Mme D.`"""
_SHORTENED = r"(?i:enq|int|intv|rép|rep|resp|mod|anim|[qr])\."
"""A role cut short by a full stop: `Enq.`"""

_PATTERNS = {
    "md_bold": rf"{LIST}(?:(?P<t0>{STAMP}){_S0})?(?P<q>\*{{1,3}}|__)(?P<s>[^*:\n]{{1,160}}?)"
    rf"{_S0}(?P<c1>:)?{_S0}(?P=q){_S0}(?P<t>{STAMP})?{_S0}(?P<c2>:)?(?P<x>.*)",
    "md_heading": rf"#{{2,6}}{_S1}(?P<s>{_NAME}?){_S0}(?P<t>{STAMP})?{_S0}:?{_S0}#*",
    "colon": rf"{LIST}(?:(?P<t0>{STAMP}){_S0}[-–]?{_S1})?"
    rf"(?:\[(?P<b>{_INSIDE})\]|@?(?P<s>{_NAME}?|\d{{1,2}}))"
    rf"{_S0}(?P<t>{STAMP})?{BLANK}{{0,2}}:(?![\d/\\])(?P<x>.*)",
    "md_bold_line": rf"{_S0}(?P<q>\*\*|__)(?P<s>[^*:\n]{{1,60}}?)(?P=q){_S0}",
    "bracket": rf"{_S0}[\[<](?P<s>{_INSIDE})[\]>]{_S0}:?(?P<x>{_S1}\S.*)",
    "time_name": rf"{_S0}(?:(?P<t0>{STAMP}){_S1}[-–|]?{_S0})?(?P<s>{_NAME}?)"
    rf"(?:{_S1}[-–|]?{_S0}(?P<t>{STAMP}))?{_S0}",
    "letter_stop": rf"{_S0}(?P<s>{_INITIAL}|[A-Z](?=\.)|[A-Z]\d{{1,3}}(?=[.)]))[.)]?(?P<x>{_S1}[^\s:–—-].*)",
    "dash": rf"{LIST}(?P<s>{_NAME}?){_S1}[-–—]{_S1}(?P<x>\S.*)",
    "tab": r"(?P<s>[^\t\n:]{1,60}?)[ \u00a0]*\t(?P<x>.*\S.*)",
    "label_line": rf"{_S0}(?P<s>{_INITIAL}|{_SHORTENED}|[^\W\d_][^:\n\t.?!…,;]{{0,38}}){_S0}",
    "time": rf"{_S0}(?P<t>{STAMP}){_S1}(?P<x>\S.*)",
    "dialogue": rf"{_S0}[—–]{_S1}(?P<x>\S.*)",
}


def _finder(
    name: str, accept: Callable[[re.Match[str]], bool] = lambda match: True
) -> Callable[[Line], Candidate | None]:
    pattern = re.compile(_PATTERNS[name])
    groups = set(pattern.groupindex)

    def find(line: Line) -> Candidate | None:
        match = pattern.fullmatch(line.text)
        if match is None or not accept(match):
            return None
        label = next((match[g].strip() for g in ("s", "b") if g in groups and match[g] is not None), None)
        if label == "":
            return None
        said = match["x"] if "x" in groups else ""
        stamp = next((match[g] for g in ("t0", "t") if g in groups and match[g]), None)
        return Candidate(
            line.number,
            label,
            line.end - len(said.lstrip()),
            milliseconds(stamp) if stamp else None,
            not said.strip(),
        )

    return find


CONVENTIONS: Sequence[Convention] = (
    Convention("md_bold", _finder("md_bold", lambda m: bool(m["c1"] or m["c2"] or m["t"])), explicit=True),
    Convention("colon", _finder("colon")),
    Convention("bracket", _finder("bracket"), repeated=True),
    Convention("time_name", _finder("time_name", lambda m: bool(m["t0"] or m["t"])), repeated=True),
    Convention("md_bold_line", _finder("md_bold_line"), repeated=True),
    Convention("md_heading", _finder("md_heading"), repeated=True),
    Convention("letter_stop", _finder("letter_stop"), repeated=True),
    Convention("tab", _finder("tab"), repeated=True),
    Convention("dash", _finder("dash"), repeated=True),
    Convention("label_line", _finder("label_line"), repeated=True),
    Convention("time", _finder("time"), repeated=True, named=False),
    Convention("dialogue", _finder("dialogue"), repeated=True, named=False),
)
"""Every convention looked for in a running text; the earlier wins when two mark as many turns."""

COLON = next(convention for convention in CONVENTIONS if convention.name == "colon")
BOLD = "bold"
"""The convention of word processors: the label is the bold run that opens the paragraph."""

_AFTER_BOLD = re.compile(rf"{BLANK}{{0,2}}(?P<t>{STAMP})?{BLANK}{{0,2}}(?P<c>:|\t)?(?P<x>.*)")


def bold_candidate(line: Line, bold: Span) -> Candidate | None:
    """The label that the bold run `bold` at the start of `line` makes, if a colon or a tab ends it."""
    run = line.text[: max(0, bold[1] - line.start)]
    label = run.rstrip(" \t\u00a0\u202f\u2009")
    closed = label.endswith(":") or run.endswith("\t")
    label = label.removesuffix(":").strip()
    rest = _AFTER_BOLD.fullmatch(line.text[len(run) :])
    if not label or ":" in label or len(label) > 160 or rest is None or not (closed or rest["c"]):
        return None
    said = rest["x"]
    time = milliseconds(rest["t"]) if rest["t"] else None
    return Candidate(line.number, label, line.end - len(said.lstrip()), time, not said.strip())


_NOTE = re.compile(rf"\s*(?:\\?\[.*\]|\*\\?\[.*\]\*|[#\[(<]?{TIME}(?:-\d)?[\])>#]?)[\s.]*")


def is_note(line: str) -> bool:
    """Whether `line` is a stage direction in square brackets or a lone time, which nobody says."""
    return bool(_NOTE.fullmatch(line)) and line.count("[") <= 1
