"""The codebook of the critical review: complete, in good French, and what the review asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from hsreview.codebook.lint import lint_file
from hsreview.model.codebook import HUES, Codebook
from hsreview.model.codebook_json import codebook_to_json
from tests.codebook.shipped import SHIPPED, shipped


@pytest.fixture(scope="module")
def book() -> Codebook:
    return shipped()


def texts(value: object, language: str) -> Iterator[str]:
    """Every text of the codebook in one language."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == language:
                yield from [item] if isinstance(item, str) else item
            else:
                yield from texts(item, language)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, language)


def test_lint_finds_nothing() -> None:
    assert lint_file(SHIPPED) == []


def test_both_review_questions_stand_word_for_word(book: Codebook) -> None:
    assert [question.text.en for question in book.questions[:2]] == [
        "What were the main drivers and considerations for civil society organizations in Mali in designing and "
        "conducting their evidence-based approach for the human security strategy?",
        "How can the effects of this strategy be measured on policy and practice?",
    ]
    assert [question.kind for question in book.questions] == ["review_question", "review_question", "cross_cutting"]
    hues = [question.hue for question in book.questions]
    assert len(set(hues)) == 3 and set(hues) <= set(HUES)


def test_evidence_is_called_the_same_in_the_question_and_in_its_theme(book: Codebook) -> None:
    assert "données probantes" in book.questions[0].text.fr
    assert "données probantes" in next(theme for theme in book.themes if theme.ref == "E").label.fr


def test_a_level_is_not_named_by_a_word_that_means_ecowas(book: Codebook) -> None:
    level = next(modifier for modifier in book.modifiers if modifier.ref == "level")
    assert "communautaire" not in " ".join(value.label.fr.casefold() for value in level.values)


def test_sixty_codes_with_every_field_in_both_languages(book: Codebook) -> None:
    codes = [place.code for place in book.codes()]
    assert len(codes) == 60
    for code in codes:
        for text in (code.label, code.definition, code.use, code.not_use, code.example):
            assert text.fr and text.en, code.ref
        assert code.cues["fr"] and code.cues["en"], code.ref
        assert code.primary_group in ("", "cso", "policymaker")
    assert all(theme.definition.fr and theme.definition.en for theme in book.themes)


def test_it_is_a_published_version(book: Codebook) -> None:
    assert (book.version, book.status) == ("1.0.0", "stable")


def test_time_and_level_modifiers(book: Codebook) -> None:
    modifiers = {modifier.ref: modifier for modifier in book.modifiers}
    assert [v.label.en for v in modifiers["time"].values] == ["Before 2012", "2014–15", "From 2016"]
    assert [v.ref for v in modifiers["level"].values] == ["community", "national", "regional", "global"]
    assert "P" in modifiers["level"].applies_to
    assert modifiers["time"].applies_to == ("*",)


def test_every_modifier_value_and_flag_has_a_key_of_its_own(book: Codebook) -> None:
    first = [modifier.key for modifier in book.modifiers] + [flag.key for flag in book.flags]
    assert all(first) and len(set(first)) == len(first)
    for modifier in book.modifiers:
        keys = [value.key for value in modifier.values]
        assert all(key.isalnum() for key in keys) and len(set(keys)) == len(keys)


def test_a_pass_stays_below_thirty_codes(book: Codebook) -> None:
    sizes = {theme.ref: len(theme.codes) for theme in book.themes}
    assert [sum(sizes[ref] for ref in pass_.themes) for pass_ in book.passes] == [27, 25]


def test_guide_questions_serve_review_questions(book: Codebook) -> None:
    assert len(book.guide) >= 10
    assert {ref for question in book.guide for ref in question.questions} == {"Q1", "Q2", "X"}


def test_french_typography(book: Codebook) -> None:
    for text in texts(codebook_to_json(book), "fr"):
        assert "'" not in text and '"' not in text, text
        assert not re.search(r"[^\u202f][;!?](\s|$)", text), text
        assert not re.search(r"[^\u00a0]:(\s|$)", text), text
        assert not re.search(r"«[^\u202f]|[^\u202f]»", text), text
        assert "  " not in text and text == text.strip(), text


def test_english_typography(book: Codebook) -> None:
    for text in texts(codebook_to_json(book), "en"):
        assert "'" not in text and '"' not in text, text
        assert "\u00a0" not in text and "\u202f" not in text, text


def test_sentences_end_with_a_point(book: Codebook) -> None:
    for place in book.codes():
        code = place.code
        for text in (code.definition, code.use, code.not_use, code.example):
            for language in ("fr", "en"):
                assert text.own(language)[-1] in ".?)”»", (code.ref, text.own(language))
