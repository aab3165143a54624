"""The draft form of codebook files (`hsreview-codebook/0.1-draft`), brought into the form of today."""

from __future__ import annotations

DRAFT = "hsreview-codebook/0.1-draft"
_RENAMED = {"respondent_groups": "groups", "question": "questions"}


def from_draft(data: dict[str, object], schema: str) -> dict[str, object]:
    """The data of a draft file under the keys of `schema`; what the draft does not know is left out."""
    book = {_RENAMED.get(key, key): value for key, value in data.items()}
    book["schema"] = schema
    book["questions"] = [_step(_inline(q, "text")) for q in _entries(book.get("questions"))]
    book["groups"] = [_group(g) for g in _entries(book.get("groups"))]
    for key in ("passes", "flags"):
        book[key] = [_inline(entry, "label") for entry in _entries(book.get(key))]
    book["modifiers"] = [_modifier(m) for m in _entries(book.get("modifiers"))]
    book["themes"] = [_coded(theme) for theme in _entries(book.get("themes"))]
    return book


def _entries(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _inline(entry: object, key: str) -> object:
    """`{id, en, fr}` as `{id, key: {en, fr}}`."""
    if not isinstance(entry, dict):
        return entry
    texts = {language: entry[language] for language in ("en", "fr") if language in entry}
    return {**{k: v for k, v in entry.items() if k not in texts}, key: texts}


def _step(entry: object) -> object:
    return {("step" if k == "feeds_step" else k): v for k, v in entry.items()} if isinstance(entry, dict) else entry


def _group(entry: object) -> object:
    entry = _inline(entry, "label")
    if isinstance(entry, dict):
        entry["subgroups"] = [{"id": ref} for ref in _entries(entry.get("subgroups"))]
    return entry


def _modifier(entry: object) -> object:
    entry = _inline(entry, "question")
    if isinstance(entry, dict):
        entry["values"] = [{"id": ref} for ref in _entries(entry.get("values"))]
    return entry


def _coded(entry: object) -> object:
    if not isinstance(entry, dict):
        return entry
    result = {_RENAMED.get(key, key): value for key, value in entry.items()}
    if result.get("primary_group") == "both":
        del result["primary_group"]
    if "codes" in result:
        result["codes"] = [_coded(code) for code in _entries(result["codes"])]
    return result
