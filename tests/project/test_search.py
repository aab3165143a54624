"""Search over turns: words, phrases, prefixes; case, accents and ligatures do not count."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.base.errors import InputRefused
from hsreview.project.project import Project
from hsreview.project.wording import fts_query, read
from hsreview.workflows.importing import Staged, store
from hsreview.workflows.searching import search
from hsreview.workflows.transcripts import remove_transcript
from hsreview.workflows.undoing import undo
from tests.builders import TEXT, a_project, opened, staged
from tests.project.teams import correct


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return a_project(tmp_path, transcripts=2)[0]


@pytest.mark.parametrize(
    ("query", "turns"),
    [
        ("securite", [4, 5]),
        ("SÉCURITÉ humaine", [4]),
        ("oeuvre", [3]),
        ("œuvre", [3]),
        ('"sans budget"', [3]),
        ('"budget sans"', []),
        ("« sans budget »", [3]),
        ("“budget sans”", []),
        ("consult*", [5]),
        ("consult", []),
        ("c'etait", [3]),
        ("l’œuvre", [3]),
        ("budget consultées", []),
    ],
)
def test_queries(project: Project, query: str, turns: list[int]) -> None:
    hits = [hit for hit in search(project, query).hits if hit.transcript == "cso-1"]
    assert [hit.turn for hit in hits] == turns


def test_marks_show_the_words_found_in_the_original(project: Project) -> None:
    hit = search(project, "oeuvre").hits[0]
    text = opened(project, hit.transcript).text
    assert [hit.text[a:b] for a, b in hit.marks] == ["œuvre"]
    assert text[hit.start : hit.end] == hit.text


def test_labels_are_not_searched(project: Project) -> None:
    assert list(search(project, "INT").hits) == []


def test_the_limit_bounds_hits_but_not_the_total(project: Project) -> None:
    found = search(project, "securite", limit=1)
    assert len(found.hits) == 1 and found.total == 4


def test_a_removed_transcript_is_not_found_until_undo(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    remove_transcript(project, coder, opened(project).transcript)
    assert search(project, "securite").total == 0
    undo(project, coder)
    assert search(project, "securite").total == 2


@pytest.mark.parametrize("query", ["", "  ", "***", '""', "«»"])
def test_nothing_to_search_for(project: Project, query: str) -> None:
    with pytest.raises(InputRefused):
        search(project, query)


@given(st.text(max_size=30))
def test_any_query_is_answered_or_refused(query: str) -> None:
    try:
        text = fts_query(read(query))
    except InputRefused:
        return
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.execute('create virtual table f using fts5(t, tokenize="unicode61 remove_diacritics 2")')
    connection.execute("select * from f where f match ?", (text,)).fetchall()


@pytest.mark.parametrize("query", ["sécurité", '"la sécurité"', "sécu*", "l’œuvre", "décidé", "c’était"])
def test_composed_and_decomposed_accents_are_the_same(project: Project, query: str) -> None:
    composed = search(project, query)
    assert composed.total > 0 and composed.hits[0].marks
    decomposed = search(project, unicodedata.normalize("NFD", query))
    assert decomposed == composed


def test_marks_in_a_decomposed_text_hold_whole_letters(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    store(project, coder, [Staged(Path("nfd.txt"), staged(unicodedata.normalize("NFD", TEXT + "INT : Fin.\n"), "nfd"))])
    for query in ("sécurité", unicodedata.normalize("NFD", "sécurité"), "securite", "sécurit*"):
        hits = [hit for hit in search(project, query).hits if hit.transcript == "nfd"]
        marked = [unicodedata.normalize("NFC", hit.text[a:b]) for hit in hits for a, b in hit.marks]
        assert marked == ["sécurité", "sécurité"], "of a word that begins so, the whole"


def test_only_the_newest_text_of_a_transcript_is_searched(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    newest = correct(project, awa)
    assert [hit.version_id for hit in search(project, "consultées").hits] == [newest]
    assert search(project, '"sans budget"').total == 0 and search(project, '"sans argent"').total == 1
