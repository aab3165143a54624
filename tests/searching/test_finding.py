"""What a search finds: words near each other, patterns that end, scopes, keywords in context."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.analysis.kwic import Order, lines
from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold
from hsreview.base.ids import new_id
from hsreview.model.people import Coder
from hsreview.project import patterns, wording
from hsreview.project.project import Project
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings
from hsreview.workflows.people import set_speaker
from hsreview.workflows.search_scopes import scope_of
from hsreview.workflows.searching import How, kwic, search
from tests.builders import a_project, code_id, opened


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return a_project(tmp_path, transcripts=2)[0]


def found(project: Project, query: str, how: How = How.WORDS, **limits: Any) -> list[tuple[str, int, str]]:
    """Transcript, turn and words of every match."""
    answer = search(project, query, None, how=how, scope=scope_of(project, **limits))
    return [(line.hit.transcript, line.hit.turn, line.keyword) for line in kwic(answer.hits)]


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("NEAR(budget oeuvre, 3)", ["budget, c’était l’œuvre"]),
        ("NEAR(oeuvre budget, 3)", ["budget, c’était l’œuvre"]),
        ("NEAR(budget oeuvre, 2)", []),
        ('NEAR("les chefs" sans, 1)', ["les chefs. Mais sans"]),
        ("PRÈS(chef* budget)", ["chefs. Mais sans budget"]),
        ("NEAR(budget securite)", []),
    ],
)
def test_words_near_each_other_are_one_match(project: Project, query: str, matches: list[str]) -> None:
    hits = [words for name, _turn, words in found(project, query) if name == "cso-1"]
    assert hits == matches


@pytest.mark.parametrize(
    "query", ["NEAR(budget)", "NEAR(budget, 3)", "NEAR(a b, x)", "NEAR(a b", "NEAR()", "NEAR(a b, -1)"]
)
def test_near_is_told_how_it_is_written(project: Project, query: str) -> None:
    with pytest.raises(InputRefused, match="NEAR is written"):
        search(project, query)


WORDS = ("un", "deux", "trois")


@given(st.lists(st.sampled_from((*WORDS, "et")), max_size=14), st.integers(0, 4))
def test_near_finds_a_stretch_exactly_where_one_is(text: list[str], distance: int) -> None:
    said = " ".join(text)
    (spans,) = wording.marker(wording.read(f"NEAR({' '.join(WORDS[:2])}, {distance})"))(said)
    places = [[i for i, word in enumerate(text) if word == wanted] for wanted in WORDS[:2]]
    assert bool(spans) == any(abs(a - b) - 1 <= distance for a, b in product(*places))
    for start, end in spans:
        inside = said[start:end].split()
        assert {"un", "deux"} <= set(inside) and len(inside) - 2 <= distance
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        (r"S[EÉ]CURIT[EÉ]", [(4, "sécurité"), (5, "sécurité")]),
        (r"\bœuvre\b", [(3, "œuvre")]),
        (r"l.oeuvre", [(3, "l’œuvre")]),
        (r"\S+[ée]es?\b", [(5, "consultées")]),
        (r"^les femmes", []),
        (r"x*", []),
    ],
)
def test_patterns_fold_case_and_accents_and_mark_the_words_as_written(
    project: Project, pattern: str, matches: list[tuple[int, str]]
) -> None:
    hits = [(turn, words) for name, turn, words in found(project, pattern, How.REGEX) if name == "cso-1"]
    assert [(turn, fold(words)) for turn, words in hits] == [(turn, fold(words)) for turn, words in matches]


@pytest.mark.parametrize(("pattern", "column"), [("a(b", 2), ("éé[z", 3), ("œ(?P<", 6), ("*a", 1)])
def test_a_pattern_that_cannot_be_read_is_marked_at_its_column(project: Project, pattern: str, column: int) -> None:
    with pytest.raises(InputRefused, match=f"Column {column}:") as caught:
        search(project, pattern, how=How.REGEX)
    assert caught.value.problems[1].message.index("^") == column - 1


def test_a_pattern_without_end_is_ended(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "PATIENCE", 0.3)
    begun = time.monotonic()
    with pytest.raises(InputRefused, match="too long"):
        search(project, r"(\w+\s?)+@", how=How.REGEX)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("pattern", ["", "  ", "a" * 2000, "(" * 900 + ")" * 900])
def test_patterns_that_are_no_question_are_refused(project: Project, pattern: str) -> None:
    with pytest.raises(InputRefused):
        search(project, pattern, how=How.REGEX)


@pytest.fixture(scope="module")
def running() -> Iterator[patterns.Pattern]:
    with patterns.opened("a|oe|e+") as pattern:
        yield pattern


@given(text=st.text(st.sampled_from("aàéœ b-\n’"), max_size=40))
def test_marks_of_patterns_are_those_of_the_folded_text(running: patterns.Pattern, text: str) -> None:
    (spans,) = running.find([text])
    assert [fold(text[start:end]) for start, end in spans] == re.findall("a|oe|e+", fold(text))


def test_scopes_narrow_what_is_searched(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path, transcripts=2)
    everything = [("cso-1", 4), ("cso-1", 5), ("cso-2", 4), ("cso-2", 5)]

    def where(**limits: Any) -> list[tuple[str, int]]:
        return [(name, turn) for name, turn, _words in found(project, "securite", **limits)]

    assert where() == everything
    assert where(transcript="cso-2") == everything[2:]
    assert where(role="interviewer") == everything[::2] and where(role="respondent") == everything[1::2]
    assert where(group="CSO") == everything
    with pytest.raises(InputRefused, match="There are: cso"):
        where(group="csoo")
    set_speaker(project, awa, opened(project).transcript.id, "R1", respondent="Fanta")
    assert where(group="cso") == everything


def test_attributes_are_those_of_whoever_speaks_else_of_the_transcript(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path, transcripts=2)
    with project.act(awa.id) as act:
        act.put("transcript", opened(project).transcript.id, attributes={"region": "Gao"})
    limits = scope_of(project, attributes={"Region": "gao"})
    assert {hit.transcript for hit in search(project, "securite", scope=limits).hits} == {"cso-1"}
    with pytest.raises(InputRefused):
        scope_of(project, attributes={"region": "Kidal"})
    with pytest.raises(InputRefused):
        scope_of(project, attributes={"size": "big"})


def test_coded_and_uncoded_are_asked_of_each_match(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    daan = store_coder(project, Coder(new_id(), "Daan"), awa.id)
    text = opened(project)
    add_codings(project, awa, text.version.id, *text.sentences[3], [code_id("D1")])
    add_codings(project, daan, text.version.id, *text.sentences[4], [code_id("K4")])
    words = r"\w+s\b"
    every = found(project, words, How.REGEX)

    def coded(by: Coder | None = None, **limits: Any) -> list[str]:
        answer = search(project, words, None, how=How.REGEX, scope=scope_of(project, **limits), viewer=by)
        return [line.keyword for line in kwic(answer.hits)]

    assert coded(coded="any") == ["Nous", "avons", "les", "chefs", "Mais", "sans", "tous"]
    assert coded(coded="D1") == ["Nous", "avons", "les", "chefs"]
    assert coded(coded="any", coder="Daan") == ["Mais", "sans", "tous"]
    assert coded(uncoded="any") == [words for _t, _n, words in every if words in ("Les", "femmes", "pas", "consultées")]
    assert sorted(coded(coded="K4") + coded(uncoded="K4")) == sorted(words for _t, _n, words in every)
    assert coded(daan, coded="any") == ["Mais", "sans", "tous"], "a blind coder's own codings only"


def test_limits_bound_the_hits_within_a_scope_but_not_the_total(project: Project) -> None:
    answer = search(project, "securite", 1, scope=scope_of(project, role="respondent"))
    assert len(answer.hits) == 1 and answer.total == 2


def test_lines_are_sorted_by_the_nearest_words_first() -> None:
    said = [("le Zoo puis Mot été", [(12, 15)]), ("Épi, zoo. mot aussi", [(10, 13)]), ("mot", [(0, 3)])]
    assert [line.hit for line in lines(said)] == [0, 1, 2]
    assert [line.hit for line in lines(said, Order.LEFT)] == [2, 0, 1]
    assert [line.hit for line in lines(said, Order.RIGHT)] == [2, 1, 0]
    assert [(line.left, line.keyword, line.right) for line in lines(said[:1])] == [("le Zoo puis ", "Mot", " été")]


@given(st.lists(st.text("aé \n", max_size=20), max_size=4))
def test_a_line_is_the_whole_turn(texts: list[str]) -> None:
    turns = [(text, [(0, len(text) // 2), (len(text) // 2, len(text))]) for text in texts]
    for order in Order:
        found = lines(turns, order)
        assert len(found) == 2 * len(texts)
        assert all(line.left + line.keyword + line.right == texts[line.hit] for line in found)


TERMS = st.sampled_from(
    ["un", "deux", "tro*", '"un deux"', "NEAR(un trois, 1)", 'NEAR("deux trois" un, 2)', "NEAR(d* trois)"]
)


@given(
    texts=st.lists(
        st.lists(st.sampled_from((*WORDS, "Deûx", "l’un", "tronc", "et")), max_size=12), min_size=1, max_size=5
    ),
    query=st.lists(TERMS, min_size=1, max_size=2),
)
def test_the_index_and_the_marks_agree(texts: list[list[str]], query: list[str]) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute('create virtual table f using fts5(t, tokenize="unicode61 remove_diacritics 2")')
    said = [" ".join(text) for text in texts]
    connection.executemany("insert into f(rowid, t) values (?, ?)", enumerate(said))
    clauses = wording.read(" ".join(query))
    rows = connection.execute("select rowid from f where f match ? order by rowid", (wording.fts_query(clauses),))
    holds = wording.holds(" ".join(query))
    assert [row[0] for row in rows] == [number for number, text in enumerate(said) if holds(text)]


@pytest.mark.parametrize(
    ("query", "signs"),
    [
        ("peace OR budget", "OR"), ("peace and not budget", "and, not"), ("peace -budget", "-budget"),
        ("*budget se*rity", "*budget, se*rity"), ("paix SAUF budget || x", "SAUF, ||"), ("peace|budget", ""),
        ('"peace or budget" haut-commissaire secur*', ""), ("NEAR(peace or, 5) normal order", ""),
    ],
)  # fmt: skip
def test_signs_of_other_searches_are_named(project: Project, query: str, signs: str) -> None:
    notes = search(project, query).notes
    assert notes == [] if not signs else notes[0].startswith(f"{signs}: a search knows no such signs")


def test_groups_and_languages_are_named_by_label_and_the_known_ones_are_told(project: Project) -> None:
    assert scope_of(project, group="CSO", language="Français").group == "cso"
    assert scope_of(project, language="French").language == "fr"
    with pytest.raises(InputRefused, match="There are: cso"):
        scope_of(project, group="army")
    with pytest.raises(InputRefused, match=r"There are: French \(fr\)"):
        scope_of(project, language="de")


def test_a_long_pattern_is_shown_around_what_cannot_be_read(project: Project) -> None:
    with pytest.raises(InputRefused) as refused:
        search(project, "a" * 500 + "(b" + "c" * 400, how=How.REGEX)
    shown, mark = (str(problem) for problem in refused.value.problems)
    assert len(shown) < 80 and shown[mark.index("^")] == "("
