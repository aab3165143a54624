"""Finding a code by a few letters, as the picker does."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.model.code_search import CodeIndex, Hit, Match
from hsreview.model.codebook import Code, Codebook, Status, Theme
from hsreview.model.localized import Localized
from tests.codebook.shipped import shipped
from tests.codebook.strategies import codebooks

BOOK = shipped()
FRENCH = CodeIndex(BOOK, "fr")
ENGLISH = CodeIndex(BOOK, "en")
LANGUAGES = pytest.mark.parametrize("index", [FRENCH, ENGLISH], ids=["fr", "en"])


def refs(hits: list[Hit]) -> list[str]:
    return [hit.place.code.ref for hit in hits]


@LANGUAGES
def test_securite_lists_the_seven_dimensions_first(index: CodeIndex) -> None:
    assert refs(index.search("securite"))[:7] == ["H1", "H2", "H3", "H4", "H5", "H6", "H7"]


@LANGUAGES
def test_budget_finds_the_code_of_means(index: CodeIndex) -> None:
    assert refs(index.search("budget"))[0] == "K4"


@LANGUAGES
@pytest.mark.parametrize(
    ("query", "ref"),
    [
        ("légitimités traditionnelles", "K2"), ("traditional authorities", "K2"), ("djihadistes", "O4"),
        ("joined the armed groups", "O4"), ("banditisme", "H5"), ("landmine", "H5"), ("cohésion sociale", "H6"),
        ("autodefense", "H6"), ("living together", "H6"),
    ],
)  # fmt: skip
def test_words_that_people_in_mali_use_find_their_code(index: CodeIndex, query: str, ref: str) -> None:
    assert refs(index.search(query))[0] == ref


@LANGUAGES
def test_own_finds_ownership(index: CodeIndex) -> None:
    first = index.search("own")[0]
    assert first.place.code.label.en.startswith("Ownership") and first.match is Match.LABEL_START


@LANGUAGES
@pytest.mark.parametrize("query", ["d'accès", "d’acces", "D’ACCÈS", "acces"])
def test_accents_case_and_apostrophes_do_not_matter(index: CodeIndex, query: str) -> None:
    assert "K3" in refs(index.search(query))[:2]


@LANGUAGES
def test_the_exact_id_comes_first_then_ids_that_begin_alike(index: CodeIndex) -> None:
    hits = index.search("m1")
    assert refs(hits)[:2] == ["M1", "M10"]
    assert hits[0].match is Match.EXACT_ID


def test_ranks_follow_each_other() -> None:
    def code(ref: str, label: str, *cues: str) -> Code:
        return Code(ref, ref, Localized(fr=label, en=label), cues={"en": cues})

    codes = (
        code("A1", "Something else", "water point"),
        code("A2", "Underwater"),
        code("A3", "Clean water"),
        code("A4", "Water"),
        code("WATER", "Rain"),
        code("A5", "Wide aprons, then eggs raw"),
    )
    themes = (
        Theme("t", "A", Localized(en="x"), codes=codes),
        Theme("u", "B", Localized(en="Waters"), codes=(code("A6", "Z"),)),
    )
    hits = CodeIndex(Codebook("b", "1", Localized(), themes=themes)).search("water")
    assert [(hit.place.code.ref, hit.match) for hit in hits] == [
        ("WATER", Match.EXACT_ID),
        ("A4", Match.LABEL_START),
        ("A3", Match.LABEL_WORD),
        ("A2", Match.LABEL_PART),
        ("A1", Match.CUE),
        ("A6", Match.PATH),
        ("A5", Match.LETTERS),
    ]


@LANGUAGES
def test_several_words_may_stand_apart(index: CodeIndex) -> None:
    assert refs(index.search("gov fail"))[0] == "D2"
    assert "P6" in refs(index.search("politique budget"))


@LANGUAGES
def test_a_theme_lists_its_codes(index: CodeIndex) -> None:
    assert set(refs(index.search("transfert"))) >= {"T1", "T2"}


def test_what_matched_is_shown_in_the_label() -> None:
    (hit, *_rest) = FRENCH.search("securite")
    (start, end), label = hit.spans[0], hit.place.code.label.fr
    assert label[start:end] == "Sécurité"


def test_a_span_covers_a_whole_ligature() -> None:
    code = Code("x", "X1", Localized(fr="Main-d’œuvre", en=""))
    book = Codebook("b", "1", Localized(), themes=(Theme("t", "T", Localized(fr="t"), codes=(code,)),))
    (hit,) = CodeIndex(book, "fr").search("d'oeu")
    assert [code.label.fr[start:end] for start, end in hit.spans] == ["d’œu"]
    (hit,) = CodeIndex(book, "fr").search("doe")
    assert all(code.label.fr[start:end] for start, end in hit.spans)


def test_a_cue_that_matched_is_told_in_the_language_shown() -> None:
    assert FRENCH.search("budget")[0].cue == "le budget"
    assert ENGLISH.search("budget")[0].cue == "the budget"


def test_nothing_typed_lists_everything_in_order() -> None:
    assert refs(FRENCH.search("", limit=100)) == [place.code.ref for place in BOOK.codes()]
    assert refs(FRENCH.search("  ", limit=3)) == ["D1", "D2", "D3"]


def test_the_limit_is_kept() -> None:
    assert len(FRENCH.search("s", limit=5)) == 5
    assert FRENCH.search("s", limit=0) == []


def test_codes_that_may_not_be_put_on_a_text_are_left_out() -> None:
    def changed(code: Code) -> Code:
        gone = {"H1": Status.RETIRED, "H2": Status.MERGED, "H3": Status.REFUSED, "H4": Status.PROPOSED}
        return replace(code, status=gone.get(code.ref, Status.ACTIVE), codable=code.ref != "H5")

    book = replace(BOOK, themes=tuple(replace(t, codes=tuple(map(changed, t.codes))) for t in BOOK.themes))
    assert refs(CodeIndex(book).search("securite"))[:3] == ["H4", "H6", "H7"]
    assert refs(CodeIndex(book, headings=True).search("securite"))[:4] == ["H4", "H5", "H6", "H7"]


@given(st.text(max_size=100), st.sampled_from([FRENCH, ENGLISH]))
def test_no_text_makes_it_stumble(query: str, index: CodeIndex) -> None:
    hits = index.search(query)
    assert len(hits) <= 50 and len({hit.place.code.id for hit in hits}) == len(hits)
    for hit in hits:
        label = hit.place.code.label.get(index.language)
        assert all(0 <= start < end <= len(label) for start, end in hit.spans)


@given(codebooks(), st.text(max_size=8))
def test_no_codebook_makes_it_stumble(book: Codebook, query: str) -> None:
    CodeIndex(book, "fr").search(query)
    for place in book.codes():
        code = place.code
        if code.codable and code.status in (Status.ACTIVE, Status.PROPOSED):
            assert CodeIndex(book).search(code.ref, limit=1)[0].place.code.ref.casefold() == code.ref.casefold()


@given(st.sampled_from([place for place in BOOK.codes()]), st.sampled_from(["fr", "en"]), st.integers(1, 60))
def test_the_beginning_of_a_label_finds_its_code(place: object, language: str, length: int) -> None:
    from hsreview.model.codebook import CodePlace

    assert isinstance(place, CodePlace)
    label = place.code.label.own(language)
    assert place.code.ref in refs(FRENCH.search(label[:length], limit=60))


def test_it_loads_nothing_heavy() -> None:
    program = "import sys, hsreview.model.code_search, hsreview.model.codebook_json; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pydantic", "ruamel", "textual", "openpyxl"} & {name.split(".")[0] for name in loaded}
