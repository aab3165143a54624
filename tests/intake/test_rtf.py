r"""Rich text transcripts: code pages, Unicode, hidden text, tables, and files that end in the middle."""

from __future__ import annotations

import struct
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.intake.office import rtf
from hsreview.intake.source import Source
from tests.intake import office_fixtures as make


def read(body: str, header: str | None = None, encoding: str | None = None) -> Source:
    data = make.rtf(body) if header is None else make.rtf(body, header)
    return rtf.read(data, "x.rtf", encoding=encoding)


def counts(source: Source) -> dict[str, int]:
    return {doubt.code: doubt.count for doubt in source.doubts}


def test_paragraphs_breaks_and_special_characters() -> None:
    body = r"{\b INT\~:} caf\'e9 \{x\} \\ \lquote oui\rquote \emdash\endash\bullet\par\par R1\_a\line b\tab c\-d\par"
    source = read(body)
    assert source.text == "INT\u00a0: café {x} \\ ‘oui’—–•\n\nR1\u2011a\nb\tcd"
    assert [source.text[a:b] for a, b in source.bold] == ["INT\u00a0:"]


def test_line_ends_of_the_file_are_nothing_and_an_escaped_one_is_a_paragraph() -> None:
    assert read("on\ne\\\ntwo").text == "one\ntwo"


@pytest.mark.parametrize(
    ("header", "escape", "said", "codec"),
    [
        (r"\ansi\ansicpg1252", r"\'e9\'80", "é€", "cp1252"),
        (r"\mac", r"\'8e", "é", "mac_roman"),
        (r"\ansi\ansicpg10000", r"\'8e", "é", "mac_roman"),
        (r"\pc", r"\'82", "é", "cp437"),
        (r"\pca", r"\'82", "é", "cp850"),
        (r"\ansi\ansicpg1251", r"\'cf", "П", "cp1251"),
        (r"\ansi\ansicpg65001", r"\'c3\'a9", "é", "utf-8"),
        (r"\ansi\ansicpg99999", r"\'e9", "é", "cp1252"),
    ],
)
def test_the_code_page_of_the_file_is_used(header: str, escape: str, said: str, codec: str) -> None:
    source = read(escape, header)
    assert (source.text, source.encoding) == (said, codec)


def test_a_font_may_have_its_own_code_page() -> None:
    fonts = r"\ansi\deff0{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}{\f2\fcharset128 C;}}"
    assert read(r"\f1\'cf{\f0\'e9}\'cf\f2\'82\'a0\plain\'e9", fonts).text == "ПéПあé"


def test_another_encoding_can_be_asked_for() -> None:
    source = read(r"\'8e", encoding="mac_roman")
    assert (source.text, source.encoding) == ("é", "mac_roman")


def test_an_unknown_encoding_is_a_wrong_wish() -> None:
    with pytest.raises(UsageProblem):
        read("x", encoding="klingon")


def test_undecodable_bytes_are_replaced_and_counted() -> None:
    source = read(r"a\'ffb", r"\ansi\ansicpg65001")
    assert (source.text, counts(source)) == ("aÿb", {"undecoded": 1})


def test_unicode_characters_replace_what_stands_for_them() -> None:
    assert read(r"\u8217?\uc2\u233\'c3\'a9\uc0\u339x{\uc1\u233 ?}").text == "’éœxé"


def test_surrogate_pairs_become_one_character() -> None:
    assert read(r"a\u-10179?\u-8638?b").text == "a🙂b"


def test_hidden_and_deleted_text_is_left_out_and_counted() -> None:
    source = read(r"a{\v secret}b\v se{\b cret}\par\v0 c{\deleted gone\par}d{\revised new}{\v\v0 e}")
    assert (source.text, counts(source)) == ("abcdnewe", {"hidden": 2, "deletions": 1})


def test_everything_left_out_is_counted() -> None:
    body = (
        r"{\info{\author Somebody}{\title Secret}}{\header Confidential\par}{\footer 1\par}"
        r"{\listtext 1.\tab}said{\footnote aside}{\*\atnid S}{\*\annotation who?}{\*\unknown x}"
        r"{\*\shppict{\pict ffd8}}{\nonshppict{\pict ffd8}}{\object{\*\objdata 00}{\result y}}"
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt boxed\par}}}{\field{\*\fldinst HYPERLINK z}{\fldrslt  here}}"
    )
    source = read(body)
    assert source.text == "said here"
    expected = ["headers", "footers", "footnotes", "comments", "images", "objects", "numbering", "textboxes_left_out"]
    assert counts(source) == {code: 1 for code in expected}
    assert "Somebody" not in repr(source)


def test_binary_data_is_jumped_over() -> None:
    assert read(r"a{\pict\bin5 }}{{\}b").text == "ab"


def test_rows_are_lines_with_tabs_and_may_state_speakers() -> None:
    def row(*cells: str) -> str:
        return r"\trowd\cellx1\cellx2" + "".join(rf"\pard\intbl {cell}\cell" for cell in cells) + r"\row "

    rows = row("INT", "Why?"), row("R1", r"So.\par And | so."), row("INT", "Ah.")
    source = read(r"Title\par " + "".join(rows) + r"\pard End\par")
    assert source.text == "Title\nINT\tWhy?\nR1\tSo.\nAnd | so.\nINT\tAh.\nEnd"
    assert source.marks is not None
    assert [(m.speaker, source.text[m.start : m.label_end]) for m in source.marks] == [
        (None, ""),
        ("INT", "INT\t"),
        ("R1", "R1\t"),
        ("INT", "INT\t"),
        (None, ""),
    ]


def test_a_table_at_the_very_end_is_closed() -> None:
    assert read(r"\trowd\pard\intbl a\cell b\cell").text == "a\tb"


def test_a_file_that_ends_in_the_middle_is_refused() -> None:
    whole = make.rtf(r"\b INT:\b0  one\par R1: two\par")
    for cut in range(6, len(whole)):
        with pytest.raises(InputRefused, match="before its text is complete"):
            rtf.read(whole[:cut], "x.rtf", encoding=None)


@pytest.mark.parametrize("data", [b"", b"plain", b"\x7brt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_what_is_no_rich_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputRefused):
        rtf.read(data, "x.rtf", encoding=None)


def test_what_follows_the_document_is_ignored() -> None:
    assert rtf.read(b"\xef\xbb\xbf" + make.rtf("a") + b"\0\0 rest {", "x.rtf", encoding=None).text == "a"


def test_deep_nesting_and_long_texts_are_bounded() -> None:
    depth = 100_000
    assert read("{" * depth + "x" + "}" * depth).text == "x"
    with pytest.raises(InputRefused, match="more text than a transcript"):
        read("x" * 5_000_001)
    with pytest.raises(InputRefused, match="more text than a transcript"):
        read(r"\par" * 200_001)


def test_odd_numbers_are_survived() -> None:
    source = read(r"\u\uc\u9999999999 ?\u-9999999999 ?\uc9999999999\f99999\v99\v0\bin-5 x")
    assert "x" in source.text
    started = time.process_time()
    read(r"{\field{\*\fldinst HYPERLINK " * 2_000 + "}" * 4_000)
    assert time.process_time() - started < 5


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40), st.booleans())
def test_any_text_comes_back(said: str, bold: bool) -> None:
    units = struct.unpack(f"<{len(said.encode('utf-16-le')) // 2}H", said.encode("utf-16-le"))
    written = "".join(rf"\u{unit - 0x10000 if unit > 0x7FFF else unit}?" for unit in units)
    source = read((r"\b" if bold else "") + written + r"\b0 .")
    assert source.text == said + "."
    assert source.bold == (((0, len(said)),) if bold and said.strip() else ())
