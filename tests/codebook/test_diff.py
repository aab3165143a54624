"""What a new version of a codebook is said to change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from hsreview.base.messages import use_language
from hsreview.codebook.diff import ChangeKind, CodebookChange, diff_codebooks
from hsreview.model.codebook import Codebook, Theme
from hsreview.model.localized import Localized
from tests.codebook.shipped import shipped
from tests.codebook.strategies import codebooks


@pytest.fixture(scope="module")
def book() -> Codebook:
    return shipped()


def with_theme(book: Codebook, ref: str, **fields: Any) -> Codebook:
    themes = tuple(replace(theme, **fields) if theme.ref == ref else theme for theme in book.themes)
    return replace(book, themes=themes)


def theme(book: Codebook, ref: str) -> Theme:
    return next(theme for theme in book.themes if theme.ref == ref)


def only(old: Codebook, new: Codebook) -> CodebookChange:
    changes = diff_codebooks(old, new)
    assert len(changes) == 1, [change.describe() for change in changes]
    return changes[0]


def test_nothing_changed(book: Codebook) -> None:
    assert diff_codebooks(book, book) == []


def test_a_code_added_and_removed(book: Codebook) -> None:
    less = with_theme(book, "T", codes=theme(book, "T").codes[:1])
    assert only(book, less) == CodebookChange(ChangeKind.REMOVED, "code", "T2", before="Condition for adaptation")
    assert only(less, book) == CodebookChange(ChangeKind.ADDED, "code", "T2", after="Condition for adaptation")


def test_a_text_changed_in_one_language(book: Codebook) -> None:
    first, *rest = theme(book, "D").codes
    changed = replace(first, definition=Localized(fr=first.definition.fr, en="A shock."))
    change = only(book, with_theme(book, "D", codes=(changed, *rest)))
    assert (change.kind, change.ref, change.field, change.language) == (ChangeKind.CHANGED, "D1", "definition", "en")
    assert change.after == "A shock."
    assert "definition.en" in change.describe() and "A shock." in change.describe()


def test_a_code_renamed(book: Codebook) -> None:
    first, *rest = theme(book, "D").codes
    label = replace(first, label=Localized(fr=first.label.fr, en="Trigger"))
    change = only(book, with_theme(book, "D", codes=(label, *rest)))
    assert (change.kind, change.field, change.language) == (ChangeKind.RENAMED, "label", "en")
    ref = replace(first, ref="D0")
    change = only(book, with_theme(book, "D", codes=(ref, *rest)))
    assert (change.kind, change.field, change.before, change.after) == (ChangeKind.RENAMED, "id", "D1", "D0")


def test_a_code_moved_to_another_theme(book: Codebook) -> None:
    moved, *rest = theme(book, "T").codes
    new = with_theme(with_theme(book, "T", codes=tuple(rest)), "C", codes=(*theme(book, "C").codes, moved))
    change = only(book, new)
    assert (change.kind, change.ref, change.before, change.after) == (ChangeKind.MOVED, "T1", "T", "C")
    assert change.describe() == "code T1 moved from T to C"


def test_codes_and_themes_in_another_order(book: Codebook) -> None:
    change = only(book, with_theme(book, "T", codes=theme(book, "T").codes[::-1]))
    assert (change.kind, change.ref, change.before, change.after) == (ChangeKind.REORDERED, "T", "T1, T2", "T2, T1")
    change = only(book, replace(book, themes=(book.themes[1], book.themes[0], *book.themes[2:])))
    assert (change.kind, change.field) == (ChangeKind.REORDERED, "themes")


def test_modifiers_flags_rules_and_the_version(book: Codebook) -> None:
    new = replace(
        book,
        version="1.1.0",
        flags=book.flags[:-1],
        rules={**book.rules, "unit": Localized(fr="x", en="y")},
        modifiers=(replace(book.modifiers[0], key="z"), *book.modifiers[1:]),
    )
    changes = {(change.kind, change.what, change.ref, change.field) for change in diff_codebooks(book, new)}
    assert changes == {
        (ChangeKind.CHANGED, "codebook", "hs-critical-review", "version"),
        (ChangeKind.REMOVED, "flag", "new", ""),
        (ChangeKind.CHANGED, "modifier", "stance", "key"),
        (ChangeKind.CHANGED, "rule", "unit", "rule"),
    }


def test_files_that_share_no_ids_are_matched_by_their_refs(book: Codebook) -> None:
    themes = tuple(
        replace(t, id=f"t{t.ref}", codes=tuple(replace(c, id=f"c{c.ref}") for c in t.codes)) for t in book.themes
    )
    assert diff_codebooks(book, replace(book, themes=themes)) == []


def test_lines_are_readable_in_french(book: Codebook) -> None:
    use_language("fr")
    try:
        lines = [change.describe() for change in diff_codebooks(book, with_theme(book, "T", codes=()))]
    finally:
        use_language("en")
    assert len(lines) == 2 and all("T" in line for line in lines)


def test_lines_hold_no_control_characters(book: Codebook) -> None:
    first, *rest = theme(book, "D").codes
    evil = replace(first, label=Localized(fr="a\x1b[31m", en="a\nb"))
    for change in diff_codebooks(book, with_theme(book, "D", codes=(evil, *rest))):
        assert change.describe().isprintable() or "␛" in change.describe()
        assert "\x1b" not in change.describe() and "\n" not in change.describe()


@given(codebooks(), codebooks())
def test_any_two_codebooks_can_be_compared(old: Codebook, new: Codebook) -> None:
    changes = diff_codebooks(old, new)
    assert (changes == []) == (old == new)
    assert all(change.describe() for change in changes)
    assert diff_codebooks(new, new) == []
