"""Weaknesses that a careful editor would point out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hsreview.codebook.lint import Level, lint_codebook, lint_file
from hsreview.codebook.write import write_codebook
from hsreview.model.codebook import Code, Codebook, Status
from hsreview.model.localized import Localized
from tests.codebook.shipped import shipped


@pytest.fixture(scope="module")
def book() -> Codebook:
    return shipped()


def with_code(book: Codebook, which: str, /, **fields: Any) -> Codebook:
    """`book` with other fields in one code."""

    def changed(code: Code) -> Code:
        return replace(code, **fields) if code.ref == which else code

    return replace(book, themes=tuple(replace(t, codes=tuple(map(changed, t.codes))) for t in book.themes))


def found(book: Codebook) -> set[tuple[str, str]]:
    return {(lint.code, lint.ref) for lint in lint_codebook(book)}


def text(value: str) -> Localized:
    return Localized(fr=value, en=value)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"label": Localized(en="Crisis")}, "missing_text"),
        ({"definition": Localized(fr="Une crise.")}, "missing_text"),
        ({"not_use": Localized()}, "no_not_use"),
        ({"example": Localized()}, "no_example"),
        ({"example": Localized(en="One.")}, "missing_text"),
        ({"not_use": text("Never.")}, "no_sibling"),
        ({"not_use": text("Use D1 itself.")}, "no_sibling"),
        ({"not_use": text("Use D9.")}, "unknown_sibling"),
        ({"not_use": Localized(fr="Utiliser D2.", en="Use D3.")}, "siblings_differ"),
        ({"label": text("x" * 61)}, "long_label"),
        ({"label": text("Crisis ")}, "blank_at_end"),
        ({"label": text("Cri\x1bsis")}, "control_character"),
        ({"label": text("Exclusion from decisions")}, "shared_label"),
        ({"ref": "d2"}, "similar_ids"),
        ({"cues": {"en": ("The DONOR",)}}, "shared_cue"),
    ],
)
def test_a_weak_code(book: Codebook, fields: dict[str, Any], code: str) -> None:
    weak = with_code(book, "D1", **fields)
    assert code in {lint.code for lint in lint_codebook(weak)}


@pytest.mark.parametrize(
    ("fr", "en"),
    [
        ("Utiliser S4 à S8.", "Use S4 to S8."),
        ("Utiliser S4 à S6, S7 ou S8.", "Use S4, S5, S6, S7 or S8."),
        ("Utiliser un code O.", "Use an O code."),
        ("Utiliser les codes H ou O.", "Use H or O codes."),
        ("Utiliser un code H.", "Use H1 to H7."),
    ],
)
def test_the_same_codes_named_in_other_ways_do_not_differ(book: Codebook, fr: str, en: str) -> None:
    assert lint_codebook(with_code(book, "D1", not_use=Localized(fr=fr, en=en))) == []


def test_only_the_languages_of_the_codebook_are_asked_for(book: Codebook) -> None:
    english = with_code(book, "D1", label=Localized(en="Crisis"))
    assert ("missing_text", "D1") in found(english)
    assert ("missing_text", "D1") not in found(replace(english, languages=("en",)))


def test_codes_that_are_gone_or_only_proposed_need_no_rules(book: Codebook) -> None:
    for status in (Status.RETIRED, Status.REFUSED, Status.PROPOSED):
        weak = with_code(book, "D1", status=status, not_use=Localized(), example=Localized(), cues={})
        assert "D1" not in {lint.ref for lint in lint_codebook(weak)}


def test_a_pass_that_begins_with_too_much_or_leaves_a_theme_out(book: Codebook) -> None:
    first = replace(book.passes[0], themes=("D", "K", "E", "S", "P"), then=("M", "O", "H", "T"))
    weak = replace(book, passes=(first, *book.passes[1:]))
    assert found(weak) == {("big_pass", "P-CSO"), ("incomplete_pass", "P-CSO")}
    assert "36 codes" in next(str(lint) for lint in lint_codebook(weak) if lint.code == "big_pass")


def test_modifiers_and_flags_without_key_or_label(book: Codebook) -> None:
    weak = replace(book, flags=(replace(book.flags[0], key="", label=Localized(en="x")),))
    assert found(weak) == {("no_key", "quote"), ("missing_text", "quote")}


def test_codes_that_nobody_used_after_some_interviews(book: Codebook) -> None:
    uses = {place.code.id: 3 for place in book.codes() if place.code.ref != "D4"}
    assert lint_codebook(book, uses=uses, interviews=4) == []
    (unused,) = lint_codebook(book, uses=uses, interviews=12)
    assert (unused.code, unused.ref, unused.level) == ("unused", "D4", Level.NOTE)
    assert "12" in unused.message


def test_an_empty_codebook_is_said_to_be_empty() -> None:
    assert ("no_codes", "x") in found(Codebook("x", "1", text("x")))


def test_lines_of_a_file(tmp_path: Path, book: Codebook) -> None:
    path = tmp_path / "weak.yaml"
    path.write_text(write_codebook(with_code(book, "D1", example=Localized(en="One."))), encoding="utf-8")
    (lint,) = lint_file(path)
    line = int(lint.place.removeprefix("line ").split(",")[0])
    assert "D1" in str(lint) and str(lint).startswith("line ")
    written = path.read_text(encoding="utf-8").split("\n")
    assert "example:" in written[line - 2] or "example:" in written[line - 1]


def test_the_draft_has_the_weaknesses_that_the_shipped_one_no_longer_has(shared: Path) -> None:
    codes = {lint.code for lint in lint_file(shared / "data" / "codebooks" / "critical-review-draft.yaml")}
    assert {"no_sibling", "missing_text", "no_key", "long_label"} <= codes
