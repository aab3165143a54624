"""Words in all their forms, with an invented model in place of those that are installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hsreview.base.errors import InputRefused
from hsreview.language import lemmas
from hsreview.project.project import Project
from hsreview.workflows.search_scopes import scope_of
from hsreview.workflows.searching import How, kwic, search
from tests.builders import a_project
from tests.cli.conftest import call
from tests.cli.conftest import folder as folder
from tests.cli.conftest import template as template

LEMMAS = {"travaillé": "travailler", "travaillons": "travailler", "femmes": "femme", "décidé": "décider"}


class Word:
    def __init__(self, text: str) -> None:
        self.lemma_ = LEMMAS.get(text, "")
        self.lower_ = text.lower()


class Model:
    """What lemmas.py asks of a spaCy pipeline."""

    asked: list[str]

    def __init__(self) -> None:
        self.asked = []

    def pipe(self, texts: list[str]) -> list[list[Word]]:
        self.asked += texts
        return [[Word(text)] for text in texts]


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Model:
    made = Model()
    said: dict[str, str] = {}
    monkeypatch.setattr(lemmas, "_loaded", lambda _name: (made, said))
    monkeypatch.setattr("hsreview.workflows.word_forms.models", lambda: {"fr": "fr_invented_sm"})
    return made


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return a_project(tmp_path)[0]


def found(project: Project, query: str, **limits: Any) -> list[str]:
    answer = search(project, query, None, how=How.LEMMA, scope=scope_of(project, **limits))
    return [line.keyword for line in kwic(answer.hits)]


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("travaillons", ["travaillé"]),
        ("femme FEMMES", ["femmes"]),
        ("décider", ["décidé"]),
        ("budgets", []),
        ('travaillons "les chefs"', ["travaillé", "les chefs"]),
        ("travaillons sans*", ["travaillé", "sans"]),
    ],
)
def test_every_form_of_a_word_is_found(project: Project, query: str, words: list[str]) -> None:
    assert found(project, query) == words


def test_the_forms_are_told_and_each_word_is_looked_at_once(project: Project, model: Model) -> None:
    answer = search(project, "travaillons", how=How.LEMMA)
    assert list(answer.notes) == ["Forms: travaillons, travaillé"]
    before = len(model.asked)
    assert before == len(set(model.asked))
    search(project, "femmes", how=How.LEMMA)
    assert len(model.asked) == before


@pytest.mark.usefixtures("model")
def test_scopes_hold_for_forms_too(project: Project) -> None:
    assert found(project, "travaillons", role="interviewer") == []
    assert found(project, "travaillons", role="respondent") == ["travaillé"]


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize("query", ['"les chefs"', "travail*", "NEAR(les chefs, 3)"])
def test_what_has_no_single_word_is_refused(project: Project, query: str) -> None:
    with pytest.raises(InputRefused, match="single words"):
        found(project, query)


@pytest.mark.usefixtures("folder")
def test_without_a_model_the_refusal_names_the_languages_and_another_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hsreview.workflows.word_forms.models", lambda: {"de": "de_invented_sm"})
    done = call("search", "décider", "--lemma")
    assert (done.code, done.out) == (3, "")
    assert "(fr)" in done.err and "décid*" in done.err
