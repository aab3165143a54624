"""Values from elsewhere that any JSON could be: what those that are read as more than a text must look like."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

from hsreview.model import thresholds
from hsreview.model.agreement import Unit
from hsreview.model.derivation import Relation
from hsreview.model.framework import BUILDING_CODES, RowKind
from hsreview.model.framework_columns import COLUMNS, fits
from hsreview.model.people import ConsentStatus
from hsreview.model.periods import is_period
from hsreview.model.settings import DRAW_SETTING, FILE_ACT, KEY_DESTROYED, RETENTION
from hsreview.model.transfer import DROPPED, Dropped

_MOST = 1_000_000
"""People in a room, and votes: more is a mistake."""
_MEASURE = next(each for each in COLUMNS[RowKind.INDICATOR] if each.key == "target_value")
_TEXTS = ("at", "by", "size", "stratified_by", "pass")
"""Parts of a random draw."""


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_number(value: object) -> bool:
    return type(value) is int


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= _MOST


def _is_measure(value: object) -> bool:
    return type(value) in (int, float) and fits(_MEASURE, value)


def _is_map(value: object, of: Callable[[Any], bool]) -> bool:
    return isinstance(value, Mapping) and all(of(each) for each in value.values())


def _is_list(value: object, of: Callable[[Any], bool]) -> bool:
    return isinstance(value, list) and all(of(each) for each in value)


def _is_basis(value: object) -> bool:
    """Whether it tells codings and their digests, or is null: the decision was undone."""
    return value is None or _is_list(value, lambda pair: _is_list(pair, _is_text) and len(pair) == 2)


def _is_result(value: object) -> bool:
    """Whether it tells segments with their codes, or is null: the decision was undone."""
    return value is None or _is_list(value, _is_settled)


def _is_settled(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and _is_text(value.get("code"))
        and _is_number(value.get("start"))
        and _is_number(value.get("end"))
        and 0 <= value["start"] < value["end"]
        and _is_map(value.get("modifiers"), _is_text)
        and _is_list(value.get("flags"), _is_text)
        and _is_list(value.get("sources"), _is_text)
    )


def _is_derivation(value: object) -> bool:
    """Whether it tells what a codebook took from its base, or is null: it is a codebook of its own."""
    return value is None or (
        isinstance(value, Mapping)
        and _has_texts(value, "base", "base_version")
        and all(_is_list(value.get(name, []), _is_text) for name in ("overlays", "added"))
        and _is_list(value.get("deactivated", []), lambda each: _has_texts(each, "id", "reason"))
        and _is_list(value.get("reworded", []), lambda each: _has_texts(each, "id") and "definition" in each)
        and _is_list(value.get("map", []), _is_map_of_code)
        and _is_map(value.get("lexicon", {}), lambda words: _is_list(words, _is_text))
    )


def _is_map_of_code(value: object) -> bool:
    return _has_texts(value, "from", "to", "relation", "note") and value["relation"] in list(Relation)


def _has_texts(value: object, *names: str) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, Mapping) and all(_is_text(value.get(name)) for name in names)


def is_ruling(fields: Mapping[str, Any]) -> bool:
    """Whether a ruling says what it decides; that on the whole of a thing gives its fields."""
    return "value" in fields and (fields.get("subject") != fields.get("field") or isinstance(fields["value"], Mapping))


def is_setting(name: str, value: object) -> bool:
    """Whether a setting that is read as more than a text is what it should be; others may hold any value."""
    if name == "agreement.overlap":
        return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1
    if name == "agreement.primary":
        return isinstance(value, Mapping) and _is_text(value.get("measure")) and value.get("unit") in list(Unit)
    if name == thresholds.SETTING:
        return value is None or thresholds.read(value) is not None
    if name in (RETENTION, KEY_DESTROYED):
        return value is None or _is_map(value, _is_text)
    if name.startswith(FILE_ACT):
        return isinstance(value, Mapping) and _has_texts(value, "at") and _is_number(value.get("files"))
    if name == BUILDING_CODES:
        return value is None or _is_list(value, _is_text)
    if name.startswith(DROPPED):
        return value is None or Dropped.read(value) is not None
    if name == "practice":
        return isinstance(value, Mapping) and _is_list(value.get("key"), _is_keyed)
    return not name.startswith(DRAW_SETTING) or _is_draw(value)


def _is_keyed(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and _is_number(value.get("start"))
        and _is_number(value.get("end"))
        and _is_text(value.get("code"))
    )


def _is_draw(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and all(_is_text(value.get(name)) for name in _TEXTS)
        and _is_number(value.get("seed"))
        and isinstance(value.get("blind"), bool)
        and _is_list(value.get("coders"), _is_text)
        and _is_list(value.get("strata"), _is_stratum)
    )


def _is_span(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and _is_list(value, _is_offset) and value[0] < value[1]


def _is_offset(value: object) -> bool:
    return type(value) is int and 0 <= value < 2**53


def _is_item(value: object) -> bool:
    """Whether it is `[start, end, class, replacement]`."""
    return isinstance(value, list) and len(value) == 4 and _is_span(value[:2]) and _is_list(value[2:], _is_text)


def _is_carries(value: object) -> bool:
    """Whether it tells for some texts the stretches that are the same, and those that were replaced."""
    return value is None or _is_map(value, _is_aligned)


def _is_aligned(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and value.keys() == {"blocks", "replaced"}
        and _is_list(value["blocks"], lambda block: _is_list(block, _is_offset) and len(block) == 3)
        and _is_list(value["replaced"], lambda pair: _is_list(pair, _is_offset) and len(pair) == 4)
    )


def _is_stratum(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and _is_text(value.get("name"))
        and _is_number(value.get("size"))
        and _is_list(value.get("drawn"), _is_text)
    )


SHAPES: Mapping[tuple[str, str], Callable[[Any], bool]] = {
    ("coding", "modifiers"): lambda v: _is_map(v, _is_text),
    ("coding", "flags"): lambda v: _is_list(v, _is_text),
    ("decision", "basis"): _is_basis,
    ("decision", "result"): _is_result,
    ("summary", "segments"): lambda v: v is None or _is_list(v, _is_text),
    ("framework_version", "rows"): lambda v: v is None or _is_list(v, lambda row: isinstance(row, Mapping)),
    ("framework_version", "behind"): lambda v: v is None or _is_map(v, lambda row: isinstance(row, Mapping)),
    ("validation", "rule"): lambda v: v is None or isinstance(v, Mapping),
    ("party", "composition"): lambda v: v is None or _is_map(v, _is_count),
    **{
        (table, name): lambda v: v is None or _is_map(v, _is_text)
        for table, name in (
            ("ballot", "text"),
            ("ballot", "badge"),
            ("amendment", "before"),
            ("amendment", "after"),
            ("amendment", "taken"),
        )
    },
    **{
        ("vote", name): lambda v: v is None or _is_count(v)
        for name in (
            "agree",
            "amend",
            "reject",
            "abstain",
            "not_understood",
        )
    },
    ("party", "size"): lambda v: v is None or _is_count(v),
    ("ballot", "round"): lambda v: v is None or (_is_count(v) and v > 0),
    ("observation", "level"): lambda v: v is None or v in range(4),
    ("observation", "quality"): lambda v: v is None or v in range(4),
    ("observation", "date"): lambda v: v is None or (_is_text(v) and is_period(v)),
    ("observation", "value"): lambda v: v is None or _is_measure(v),
    ("observation", "parts"): lambda v: v is None or _is_map(v, _is_measure),
    ("codebook", "data.derived"): _is_derivation,
    ("code", "data.label"): lambda v: v is None or isinstance(v, Mapping),
    ("respondent", "consent.status"): lambda v: v is None or v in list(ConsentStatus),
    ("respondent", "consent.scope"): lambda v: v is None or _is_list(v, _is_text),
    **{
        ("respondent", f"consent.{name}"): lambda v: v is None or _is_text(v)
        for name in ("attribution", "date", "language", "embargo", "because")
    },
    ("transcript", "gated"): lambda v: v in (None, 0, 1),
    ("text_version", "carries"): _is_carries,
    ("masking", "items"): lambda v: v is None or _is_list(v, _is_item),
    ("masking", "undecided"): lambda v: v is None or _is_map(v, _is_number),
    ("masking", "engines"): lambda v: v is None or _is_list(v, _is_text),
    ("withdrawal", "things"): lambda v: _is_list(v, _is_text),
    ("withdrawal", "records"): lambda v: _is_list(v, _is_text),
    ("withdrawal", "contents"): lambda v: _is_list(v, _is_text),
    ("withdrawal", "stretches"): lambda v: _is_map(v, lambda spans: _is_list(spans, _is_span)),
    ("output", "details.lock"): _is_text,
    ("output", "details.because"): _is_text,
    ("output", "details.records"): _is_number,
    ("output", "details.heads"): lambda v: _is_map(v, _is_number),
}
"""Table and field → what its value must be; fields that are not named may hold anything that their table takes."""
