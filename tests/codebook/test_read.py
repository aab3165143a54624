"""What a person who wrote a codebook by hand is told about its mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.messages import use_language
from hsreview.codebook.read import read_codebook, read_codebook_source
from hsreview.codebook.validating import MAX_BYTES, MAX_PROBLEMS
from hsreview.model.codebook import Status

HEAD = """\
schema: hsreview-codebook/1
id: demo
version: "1.0"
title: {en: Demo, fr: Démo}
questions:
  - id: Q1
    text: {en: Why?, fr: Pourquoi ?}
groups:
  - {id: cso, label: {en: CSO}}
"""
THEME = """\
themes:
  - id: D
    label: {en: Drivers, fr: Moteurs}
    questions: [Q1]
    codes:
"""


def problems(text: str) -> list[Problem]:
    with pytest.raises(InputRefused) as caught:
        read_codebook(text)
    return list(caught.value.problems)


def one(text: str) -> Problem:
    found = problems(text)
    assert len(found) == 1, found
    return found[0]


def code(*lines: str, ref: str = "D1", label: str = "One") -> str:
    body = [f"- id: {ref}", f"  label: {{en: {label}}}", *(f"  {line}" for line in lines)]
    return "".join(f"      {line}\n" for line in body)


def test_a_small_codebook() -> None:
    nested = code(
        "codes:", "  - id: D1a", "    label: {fr: Deux}", "    codes:", '      - {id: "1.10", label: {en: x}}'
    )
    book = read_codebook(HEAD + THEME + nested)
    assert [place.code.ref for place in book.codes()] == ["D1", "D1a", "1.10"]
    deepest = list(book.codes())[-1]
    assert deepest.path("en") == "Drivers > One > Deux > x"
    assert deepest.questions == ("Q1",)


def test_every_mistake_of_a_file_is_named_at_once_with_its_line() -> None:
    text = (
        HEAD
        + THEME
        + code("groups: [cos]", "lable: x")
        + code("question: [Q1]", ref="1.10", label="Two")
        + "titel: x\n"
    )
    found = {(p.place, p.code) for p in problems(text)}
    assert found == {
        ("line 17, column 18", "unknown_reference"),
        ("line 18, column 9", "unknown_key"),
        ("line 19, column 13", "unquoted"),
        ("line 21, column 9", "unknown_key"),
        ("line 22, column 1", "unknown_key"),
    }


def test_problems_stand_in_the_order_of_the_file() -> None:
    text = HEAD + "titel: x\n" + THEME + code(ref="1.10") + code("questions: [Q7]", ref="D2", label="Two")
    lines = [int(p.place.split(",")[0].removeprefix("line ")) for p in problems(text)]
    assert lines == sorted(lines) and len(lines) == 3


@pytest.mark.parametrize(
    ("written", "word"), [("1.10", "number"), ("12", "number"), ("2014-05-01", "date"), ("true", "true or false")]
)
def test_an_unquoted_id_is_refused_with_the_cure(written: str, word: str) -> None:
    problem = one(HEAD + THEME + code(ref=written))
    assert problem.place == "line 15, column 13"
    assert word in problem.message and f'"{written}"' in problem.message


def test_a_version_without_quotes_is_refused() -> None:
    assert '"1.0"' in one(HEAD.replace('"1.0"', "1.0")).message


def test_words_that_old_yaml_took_for_truth_are_ids() -> None:
    book = read_codebook(HEAD + THEME + code(ref="no") + code(ref="yes", label="Two"))
    assert [place.code.ref for place in book.codes()] == ["no", "yes"]


def test_a_missing_id_is_named_at_its_block() -> None:
    problem = one(HEAD + THEME + "      - label: {en: x}\n")
    assert (problem.place, problem.code) == ("line 15, column 9", "missing_key")
    assert one(HEAD + THEME + "      - id:\n        label: {en: x}\n").code == "missing_key"


def test_an_unknown_key_comes_with_a_guess() -> None:
    assert "“not_use”" in one(HEAD + THEME + code("not_used: {en: x}")).message


def test_a_label_without_languages_is_explained() -> None:
    problem = one(HEAD + THEME + "      - id: D1\n        label: Ownership\n")
    assert "en: …" in problem.message and problem.place == "line 16, column 16"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("questions: [Q2]",), "There is no question “Q2”"),
        (("groups: [policymaker]",), "There is no group “policymaker”"),
        (("primary_group: both",), "Leave primary_group out"),
        (("hue: mauve",), "“mauve” is not possible here"),
        (("status: gone",), "“gone” is not possible here"),
        (("merged_into: D1",), "belong together"),
        (("status: merged", "merged_into: Z9"), "“Z9”, which does not exist"),
        (("questions: [Q1, Q1]",), "stands twice"),
        (("label: {en: x}",), "The key “label” stands twice in this block; it first stands at line 16"),
        (('definition: {en: "a\\0b"}',), "NUL"),
        (('definition: {en: "\\ud800"}',), "surrogate"),
        (("codable: yes",), "true or false"),
        (("definition: !mark x",), "“!”"),
    ],
)
def test_mistakes_in_a_code(lines: tuple[str, ...], expected: str) -> None:
    assert expected in one(HEAD + THEME + code(*lines)).message


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("passes:\n  - {id: P, groups: [x]}\n", "There is no group “x”"),
        ("passes:\n  - {id: P, themes: [E]}\n", "There is no theme “E”"),
        ("passes:\n  - {id: P, then: [E]}\n", "There is no theme “E”"),
        ("modifiers:\n  - {id: m, applies_to: [Z], values: [{id: a}]}\n", "There is no theme or code “Z”"),
        ("modifiers:\n  - {id: m, values: []}\n", "At least one entry"),
        ("modifiers:\n  - {id: m, key: ab, values: [{id: a}]}\n", "one letter"),
        ("modifiers:\n  - {id: m, values: [{id: a, key: x}, {id: b, key: x}]}\n", "taken twice"),
        ("modifiers:\n  - {id: m, key: x, values: [{id: a}]}\n  - {id: n, key: x, values: [{id: a}]}\n", "taken twice"),
        ("modifiers:\n  - {id: m, values: [{id: a}, {id: a}]}\n", "used twice"),
        ("flags:\n  - {id: f}\n  - {id: f}\n", "used twice"),
        ("flags:\n  - {id: f, key: x}\n  - {id: g, key: x}\n", "taken twice"),
        ("guide:\n  - {id: G1, text: {en: x}, questions: [Q9]}\n", "There is no question “Q9”"),
        ("guide:\n  - {id: G1, text: {en: x}, groups: [x]}\n", "There is no group “x”"),
        ("rules: [x]\n", "A block of keys is expected"),
        ("flags: {id: f}\n", "A list is expected"),
        ("flags:\n  - {id: a b}\n", "cannot be an id"),
        ('rules:\n  "a b": {en: x}\n', "cannot be an id"),
        ("base_state: NO\nlanguages: [de]\n", "“de” is not possible here"),
    ],
)
def test_mistakes_elsewhere(block: str, expected: str) -> None:
    assert expected in one(HEAD + block).message


def test_an_id_used_twice_names_both_places() -> None:
    problem = one(HEAD + THEME + code() + code(label="Two"))
    assert problem.code == "duplicate_id"
    assert problem.place == "line 17, column 13"
    assert "line 15, column 13" in problem.message


def test_a_code_and_a_theme_cannot_share_an_id() -> None:
    assert one(HEAD + THEME + code(ref="D")).code == "duplicate_id"


def test_a_label_used_twice_beside_each_other_is_refused_but_not_elsewhere() -> None:
    assert one(HEAD + THEME + code() + code(ref="D2", label="one")).code == "duplicate_label"
    below = code() + code("codes: [{id: D3, label: {en: One}}]", ref="D2", label="Two")
    assert len(list(read_codebook(HEAD + THEME + below).codes())) == 3


def test_codes_merged_in_a_circle_are_refused() -> None:
    circle = code("status: merged", "merged_into: D2") + code("status: merged", "merged_into: D1", ref="D2", label="b")
    assert [p.code for p in problems(HEAD + THEME + circle)] == ["cycle", "cycle"]


def test_merged_into_is_the_id_of_the_other_code() -> None:
    book = read_codebook(HEAD + THEME + code() + code("status: merged", "merged_into: D1", ref="D2", label="b"))
    first, second = (place.code for place in book.codes())
    assert second.status is Status.MERGED and second.merged_into == first.id


def test_codes_nested_too_deep_are_refused() -> None:
    text = HEAD + THEME
    for level in range(13):
        text += " " * (6 + 4 * level) + f"- id: L{level}\n" + " " * (8 + 4 * level) + f"label: {{en: L{level}}}\n"
        text += " " * (8 + 4 * level) + "codes:\n" if level < 12 else ""
    assert one(text).code == "too_deep"


def test_an_alias_that_contains_itself_is_refused() -> None:
    text = HEAD + THEME + "      - &loop\n        id: D1\n        label: {en: x}\n        codes: [*loop]\n"
    assert "cycle" in {p.code for p in problems(text)}


def test_aliases_may_be_used_but_not_to_blow_a_file_up() -> None:
    shared = HEAD + THEME + code("groups: &g [cso]") + code("groups: *g", ref="D2", label="b")
    assert [place.code.groups for place in read_codebook(shared).codes()] == [("cso",), ("cso",)]
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for here, before in zip("bcdefghi", "abcdefgh", strict=True):
        bomb += f"{here}: &{here} [" + ", ".join([f"*{before}"] * 9) + "]\n"
    assert one(bomb).code == "too_big"


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        (HEAD + "themes:\n\t- id: D\n", "line 11, column 1", "tab"),
        (HEAD + "base_state: a: b\n", "line 10, column 14", "quotes"),
        (HEAD + 'base_state: "x\n', "line 11, column 1", "quote was opened"),
        (HEAD + "base_state: @x\n", "line 10, column 13", "quotes"),
        (HEAD + "base_state: *x\n", "line 10, column 13", "anchor"),
        (HEAD + 'base_state: "\\q"\n', "line 10, column 15", "backslash"),
        (HEAD + "---\nid: x\n", "line 10, column 1", "second document"),
        (HEAD + "themes:\n  - id: D\n id: x\n", "line 12, column 2", "indentation"),
        (HEAD + "themes: [}\n", "line 10, column 10", "brackets"),
        (HEAD + "status: a\x07b\n", "line 10, column 10", "control character"),
        ("", "line 1, column 1", "begins with keys"),
        ("just a text\n", "line 1, column 1", "begins with keys"),
        ("- a\n- b\n", "line 1, column 1", "begins with keys"),
    ],
    ids=lambda value: value if len(value) < 20 else "file",
)
def test_broken_yaml_is_explained_at_its_place(text: str, place: str, word: str) -> None:
    problem = one(text)
    assert problem.place == place
    assert word in problem.message


def test_every_tab_is_named() -> None:
    found = problems(HEAD + "themes:\n\t- id: D\n  \t  label: {en: x}\n")
    assert [p.place for p in found] == ["line 11, column 1", "line 12, column 3"]


@pytest.mark.parametrize(
    "text",
    ["[" * 500, "a: !!python/object:os.system x\n", "? [a]\n: 1\n", "%YAML 9.9\n---\na: 1\n"],
    ids=["brackets", "python object", "key", "version"],
)
def test_hostile_yaml_is_refused_without_a_traceback(text: str) -> None:
    assert problems(text)


def test_a_newer_format_is_named_and_nothing_else() -> None:
    problem = one(HEAD.replace("codebook/1", "codebook/7") + "novelty: 1\n")
    assert "hsreview-codebook/7" in problem.message and "hsreview-codebook/1" in problem.message


def test_the_draft_of_the_review_can_still_be_read(shared: Path) -> None:
    book = read_codebook(shared / "data" / "codebooks" / "critical-review-draft.yaml")
    codes = [place.code for place in book.codes()]
    assert len(codes) == 60
    assert {code.primary_group for code in codes} == {"cso", "policymaker", ""}
    assert [question.step for question in book.questions] == [2, 3, 4]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(InputRefused, match="cannot be read"):
            read_codebook(path)
    big = tmp_path / "big.yaml"
    big.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(InputRefused, match="too big"):
        read_codebook(big)


def test_a_file_in_another_encoding_is_refused_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes((HEAD + "status: relié\n").encode("latin-1"))
    with pytest.raises(InputRefused) as caught:
        read_codebook(path)
    assert caught.value.problems[0].place.startswith("line 4")
    assert "latin.yaml" in caught.value.message


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_files_of_windows_editors_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "book.yaml"
    path.write_bytes((HEAD + THEME + code()).replace("\n", "\r\n").encode(encoding))
    assert read_codebook(path).title.fr == "Démo"


def test_a_flood_of_problems_is_cut() -> None:
    found = problems(HEAD + THEME + "".join(code("hue: mauve", ref=f"D{n}", label=f"l{n}") for n in range(300)))
    assert len(found) == MAX_PROBLEMS + 1
    assert "100" in found[-1].message


def test_messages_show_no_raw_control_characters() -> None:
    for problem in problems(HEAD + THEME + code(ref='"a\\e[31m b"')):
        assert "\x1b" not in problem.message


def test_the_words_are_french_for_a_french_reader() -> None:
    use_language("fr")
    try:
        with pytest.raises(InputRefused):
            read_codebook(HEAD + THEME + code(ref="1.10"))
    finally:
        use_language("en")


def test_places_lead_back_into_the_file() -> None:
    source = read_codebook_source(HEAD + THEME + code("use: {en: x}"))
    assert source.place(("themes", 0, "codes", 0, "use", "en")) == "line 17, column 19"
    assert source.place(("themes", 0, "codes", 0, "example", "fr")) == "line 15, column 9"


@given(st.text(st.sampled_from(" \n\t:-[]{}&*!|>'\"#%@,?abDQ1.0é\x07"), max_size=60))
def test_no_text_makes_it_stumble(text: str) -> None:
    for written in (text, HEAD + text, HEAD + THEME + text):
        try:
            read_codebook(written)
        except InputRefused as error:
            assert error.message


@given(st.data())
def test_no_damage_to_a_good_file_makes_it_stumble(data: st.DataObject) -> None:
    good = (
        HEAD
        + "modifiers:\n  - {id: m, key: k, values: [{id: a, key: x}]}\n"
        + THEME
        + code("hue: red", "cues: {en: [a]}")
    )
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(len(good), start + 12)))
    put = data.draw(st.text(st.sampled_from(" \n:-[]{}&*'\"1.0a"), max_size=6))
    try:
        read_codebook(good[:start] + put + good[end:])
    except InputRefused as error:
        assert error.message
