"""Bytes become the text that was written, or are refused with the place of the byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.intake.encoding import decode, known_encoding

FRENCH = (
    "Enquêteur : Où étiez-vous, à l’époque ? « Là-bas », près de l'école.\n"
    "Répondant : J'étais déjà parti… Ça n'a pas duré ; c'était très dur, même la nuit.\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_french_is_read_as_it_was_written(encoding: str) -> None:
    decoded = decode(FRENCH.encode(encoding))
    assert decoded.text == FRENCH
    assert decoded.encoding == encoding


def test_dos_text_is_recognised() -> None:
    text = "La sécurité était déjà précaire à Gao, très précaire, et même après l'été. " * 4
    decoded = decode(text.encode("cp850"))
    assert (decoded.text, decoded.encoding) == (text, "cp850")


def test_a_lone_pound_sign_is_windows() -> None:
    assert decode("They paid £40 a month.".encode("cp1252")).text == "They paid £40 a month."


def test_a_guess_is_said_and_other_readings_are_offered() -> None:
    decoded = decode(FRENCH.encode("cp1252"))
    assert [doubt.code for doubt in decoded.doubts] == ["encoding_guessed"]
    assert next(iter(decoded.readings)) == "cp1252"
    assert "Enquêteur" in decoded.readings["cp1252"]
    assert "EnquÍteur" in decoded.readings["mac_roman"]


def test_unicode_needs_no_other_reading() -> None:
    assert decode(FRENCH.encode()).readings == {}


def test_the_encoding_can_be_named() -> None:
    assert decode("Ã‰tÃ©".encode("cp1252"), "cp1252").text == "Ã‰tÃ©"


def test_a_stray_byte_in_utf8_is_named_and_not_guessed_away() -> None:
    data = "Été à Gao, où l’on était.\n".encode() * 3 + b"caf\xe9 noir"
    with pytest.raises(InputRefused) as refused:
        decode(data)
    assert refused.value.problems[0].place == f"byte {data.index(0xE9.to_bytes(), 90)}"
    assert "line 4" in refused.value.message


def test_a_named_encoding_that_does_not_fit_is_refused_with_the_byte() -> None:
    with pytest.raises(InputRefused, match="byte 3"):
        decode(b"caf\xe9", "utf-8")


@pytest.mark.parametrize(
    "data", ["مرحبا كيف حالك اليوم".encode("cp1256"), "Привет, как дела сегодня?".encode("cp1251")]
)
def test_other_scripts_in_old_encodings_are_refused_not_garbled(data: bytes) -> None:
    with pytest.raises(InputRefused, match="not recognised"):
        decode(data)


@pytest.mark.parametrize("name", ["nope", "base64", "rot13", "unicode_escape", "undefined"])
def test_an_unknown_encoding_is_a_usage_problem(name: str) -> None:
    with pytest.raises(UsageProblem, match=name):
        decode(b"abc", name)


def test_names_of_encodings_are_python_s() -> None:
    assert [known_encoding(n) for n in ("UTF8", "windows-1252", "macroman")] == ["utf-8", "cp1252", "mac_roman"]


def test_half_a_character_is_refused() -> None:
    with pytest.raises(InputRefused, match="half a character"):
        decode(b"abc \xed\xa0\xbd def")


def test_line_ends_become_lf_and_nothing_else_changes() -> None:
    kept = "a\x0b\x0cb\x85c\u2028d\u00a0 \u202f\te\u0301 "
    assert decode(f"\ufeff{kept}\r\nx\ry\n".encode()).text == f"{kept}\nx\ny\n"


def test_mixed_line_ends_are_counted() -> None:
    assert [(d.code, d.count) for d in decode(b"a\r\nb\r\nc\nd\re").doubts] == [("mixed_line_ends", 2)]
    assert decode(b"a\r\nb\r\n").doubts == ()


@given(st.text())
def test_utf8_always_comes_back(text: str) -> None:
    expected = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert decode(text.encode()).text == expected


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_clear_refusal(data: bytes) -> None:
    try:
        decoded = decode(data)
    except InputRefused as error:
        assert error.message
    else:
        assert "\r" not in decoded.text
