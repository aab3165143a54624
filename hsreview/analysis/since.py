"""The layer of today against an earlier export of it, coding by coding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hsreview.model.dataset import CodedSegment, Dataset
from hsreview.model.since import ChangedCoding, ChangedTheme, Changes, Earlier, Exported, Kind

QUOTE = "quote"


@dataclass(slots=True)
class _Count:
    before: int = 0
    now: int = 0
    stars_before: int = 0
    stars_now: int = 0
    kinds: dict[Kind, int] = field(default_factory=dict)


def changes_since(dataset: Dataset, earlier: Earlier, clean: Callable[[str], str]) -> Changes:
    """What was added, removed and changed. `clean` gives a text as a workbook holds it.

    Codings are matched by their ids alone. A coding that changed its theme counts as changed in its theme of today.
    """
    places = {place.code.id: place for place in dataset.codebook.codes()}
    theme_of = {place.code.ref: place.theme.id for place in places.values()}
    names = {t.id: t.name for t in dataset.transcripts}
    counts = {theme.id: _Count() for theme in dataset.codebook.themes}
    found: list[ChangedCoding] = []

    def note(kind: Kind, theme: str, change: ChangedCoding) -> None:
        kinds = counts.setdefault(theme, _Count()).kinds
        kinds[kind] = kinds.get(kind, 0) + 1
        found.append(change)

    for was in earlier.codings.values():
        count = counts.setdefault(theme_of.get(was.code, ""), _Count())
        count.before += 1
        count.stars_before += was.starred
    for segment in dataset.segments:
        coding, place = segment.coding, places[segment.coding.code_id]
        now = _as_exported(segment, f"{names[segment.transcript_id]}:{segment.number}", place.code.ref, clean)
        count = counts[place.theme.id]
        count.now += 1
        count.stars_now += now.starred
        before = earlier.codings.get(coding.id)
        if before is None:
            note(
                Kind.ADDED, place.theme.id,
                ChangedCoding(Kind.ADDED, coding.id, now.quote_id, now.code, (), "", now.text),
            )  # fmt: skip
        elif fields := _differing(before, now):
            told = ("\n".join(_said(each, name) for name in fields) for each in (before, now))
            note(
                Kind.CHANGED, place.theme.id,
                ChangedCoding(Kind.CHANGED, coding.id, now.quote_id, now.code, fields, *told),
            )  # fmt: skip
    there = {segment.coding.id for segment in dataset.segments}
    for coding_id, was in earlier.codings.items():
        if coding_id not in there:
            note(
                Kind.REMOVED, theme_of.get(was.code, ""),
                ChangedCoding(Kind.REMOVED, coding_id, was.quote_id, was.code, (), was.text, ""),
            )  # fmt: skip
    themes = [
        ChangedTheme(
            theme, each.before, each.now, each.kinds.get(Kind.ADDED, 0), each.kinds.get(Kind.REMOVED, 0),
            each.kinds.get(Kind.CHANGED, 0), each.stars_before, each.stars_now,
        )
        for theme, each in counts.items()
    ]  # fmt: skip
    return Changes(earlier.made, earlier.layer, found, themes)


def _as_exported(segment: CodedSegment, quote_id: str, ref: str, clean: Callable[[str], str]) -> Exported:
    coding = segment.coding
    return Exported(
        quote_id, ref, coding.start, coding.end, clean(segment.text), clean(segment.memo), QUOTE in coding.flags
    )


def _differing(before: Exported, now: Exported) -> tuple[str, ...]:
    moved = None not in (before.start, before.end) and (before.start, before.end) != (now.start, now.end)
    pairs = (
        ("code", before.code != now.code),
        ("span", moved),
        ("text", before.text != now.text),
        ("memo", before.memo != now.memo),
        ("star", before.starred != now.starred),
    )
    return tuple(name for name, differs in pairs if differs)


def _said(each: Exported, field_name: str) -> str:
    if field_name == "span":
        return f"{each.start}–{each.end}"
    if field_name == "star":
        return "★" if each.starred else "–"
    return str(getattr(each, field_name))
