"""Coding what a search found: one act, the units around the matches, marked as autocoded, one undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id
from hsreview.model.coding import Origin
from hsreview.model.people import Coder
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows import assigning
from hsreview.workflows.autocoding import Coded, Unit, code_places
from hsreview.workflows.codebook_changes import merge_codes
from hsreview.workflows.coders import coders, store_coder
from hsreview.workflows.coding import add_codings, mark_reviewed
from hsreview.workflows.reading import codings_of
from hsreview.workflows.searching import kwic, search
from hsreview.workflows.undoing import redo, undo
from tests.builders import a_project, code_id, opened
from tests.cli.conftest import call, folder, ok, template

__all__ = ["folder", "template"]


def places(project: Project, query: str) -> list[tuple[str, int, int]]:
    return [(line.hit.version_id, line.start, line.end) for line in kwic(search(project, query, None).hits)]


def words(project: Project) -> list[str]:
    text = opened(project).text
    return [text[c.start : c.end] for c in codings_of(project, opened(project).version.id)]


@pytest.mark.parametrize(
    ("unit", "coded"),
    [
        (Unit.MATCH, ["sécurité", "sécurité"]),
        (Unit.SENTENCE, ["Et la sécurité humaine ?", "La sécurité, c’est manger."]),
        (
            Unit.TURN,
            [
                "Et la sécurité humaine ?",
                "La sécurité, c’est manger. Les femmes n’ont pas été consultées au début.",
            ],
        ),
    ],
)
def test_the_unit_around_every_match_is_coded_in_one_act(tmp_path: Path, unit: Unit, coded: list[str]) -> None:
    project, awa = a_project(tmp_path, transcripts=2)
    done = code_places(project, awa, places(project, "securite"), code_id("D1"), unit)
    assert done == Coded(4, 0, 2) and words(project) == coded
    assert {coding.origin for coding in codings_of(project)} == {Origin.AUTOCODED}
    again = code_places(project, awa, places(project, "securite"), code_id("D1"), unit)
    assert again == Coded(0, 4, 0) and len(codings_of(project)) == 4
    assert undo(project, awa).done and codings_of(project) == []
    assert redo(project, awa).done and words(project) == coded
    assert examine(project.connection) == []


def test_a_merged_code_stands_for_the_one_that_took_it_over(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    found = places(project, "securite")
    add_codings(project, awa, *found[0], [code_id("D1")])
    merge_codes(project, awa, [code_id("D1")], code_id("D2"), because="why")
    assert code_places(project, awa, found, code_id("D1"), Unit.MATCH) == Coded(1, 1, 1)
    assert {coding.code_id for coding in codings_of(project)} == {code_id("D2")}


def test_a_match_over_two_sentences_takes_both(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    code_places(project, awa, places(project, '"chefs mais"'), code_id("D1"))
    assert words(project) == ["Nous avons travaillé avec les chefs. Mais sans budget, c’était l’œuvre de tous."]


def test_what_may_not_be_coded_stores_nothing(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    for code, where in ((new_id(), places(project, "securite")), (code_id("D1"), [])):
        with pytest.raises(InputRefused):
            code_places(project, awa, where, code)
    [(version, start, _end), *_rest] = places(project, "securite")
    with pytest.raises(InputRefused):
        code_places(project, awa, [*places(project, "budget"), (version, start, 10**6)], code_id("D1"), Unit.MATCH)
    assert codings_of(project) == []


def test_codings_belong_to_the_pass_in_which_the_coder_works(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    daan = store_coder(project, Coder(new_id(), "Daan"), awa.id)
    text = opened(project)
    add_codings(project, daan, text.version.id, *text.sentences[5], [code_id("D1")])
    mark_reviewed(project, daan, text.transcript.id)
    assigning.assign(project, awa, [text.transcript], [daan], pass_="again", reason="drift")
    done = code_places(project, daan, places(project, "securite"), code_id("D1"))
    assert done == Coded(2, 0, 1), "the sentence that was coded in the first reading is coded again in the second"
    assert sorted(c.pass_ for c in codings_of(project)) == ["", "again", "again"]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return a_project(tmp_path_factory.mktemp("units"))[0]


@settings(max_examples=25)
@given(data=st.data())
def test_units_hold_their_matches_and_respect_the_turns(many: Project, data: st.DataObject) -> None:
    text, awa = opened(many), coders(many)[0]
    turn = data.draw(st.sampled_from(text.turns))
    end = turn.label_end + len(turn.said(text.text))
    one = data.draw(st.integers(turn.label_end, end - 1))
    other = data.draw(st.integers(one + 1, end))
    before = {coding.id for coding in codings_of(many)}
    for unit in Unit:
        code_places(many, awa, [(text.version.id, one, other)], code_id("D1"), unit)
    for coding in codings_of(many):
        if coding.id not in before:
            assert turn.label_end <= coding.start <= one and other <= coding.end <= end


@pytest.mark.usefixtures("folder")
def test_the_command_codes_what_it_finds_and_one_undo_takes_it_back() -> None:
    me = ("--coder", "Awa")
    done = ok(*me, "search", "securite", "--role", "respondent", "--code", "D2", "--json").json("search --code")
    assert (done["code"], done["unit"], done["matches"], done["made"], done["present"]) == ("D2", "sentence", 2, 2, 0)
    listed = ok("codings", "--code", "D2", "--json").json("codings")["codings"]
    assert [(c["transcript"], c["turn"], c["origin"], c["coder"]) for c in listed] == [
        ("cso-1", 5, "autocoded", "Awa"),
        ("cso-2", 5, "autocoded", "Awa"),
    ]
    assert ok("query", "any and origin = autocoded", "--layer", "Awa", "--json").json("query")["total"] == 2
    again = ok(*me, "search", "securite", "--role", "respondent", "--code", "D2")
    assert again.err.split("\n")[:2] == ["0 codings made with D2.", "2 stood there already."]
    assert ok(*me, "search", "manger", "--code", "D1", "--unit", "match").err.startswith("2 codings made with D1.\n")
    ok(*me, "undo")
    ok(*me, "undo")
    assert ok("codings", "--code", "D2", "--json").json("codings")["total"] == 0


@pytest.mark.usefixtures("folder")
def test_the_command_prints_keywords_in_context() -> None:
    done = ok("search", "securite", "--kwic", "--sort", "right")
    rows = [line.split("│") for line in done.lines]
    assert [row[1].strip() for row in rows] == ["sécurité"] * 4
    assert [row[2].split()[:2] for row in rows] == [[",", "c’est"]] * 2 + [["humaine", "?"]] * 2
    assert len({line.index("│") for line in done.lines}) == 1 and "4 matches in 4 turns." in done.err
    answer = ok("search", "securite", "--kwic", "--limit", "1", "--json").json("search --kwic")
    [line] = answer["lines"]
    assert (answer["total"], answer["turns"]) == (4, 4)
    assert (line["left"], line["keyword"], line["right"]) == ("Et la ", "sécurité", " humaine ?")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["budget", "--sort", "left"], 2),
        (["budget", "--unit", "turn"], 2),
        (["budget", "--regex", "--lemma"], 2),
        (["budget", "--coded", "any", "--uncoded", "D1"], 2),
        (["budget", "--by", "Awa"], 2),
        (["budget", "--kwic", "--code", "D1"], 2),
        (["budget", "--limit", "1", "--code", "D1"], 2),
        (["budget", "--role", "boss"], 2),
        (["budget", "--attribute", "region"], 2),
        (["budget", "--coded", "Z9"], 3),
        (["budget", "--language", "de"], 3),
        (["(budget", "--regex"], 3),
        (["budget", "--code", "Z9"], 3),
        (["nowhere", "--code", "D1"], 3),
    ],
)
def test_what_is_asked_wrongly_is_refused_and_nothing_is_stored(args: list[str], code: int) -> None:
    done = call("--coder", "Awa", "search", *args)
    assert (done.code, done.out) == (code, "") and done.err
    assert ok("codings", "--json").json("codings")["total"] == 2
