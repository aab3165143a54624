"""Bytes that are not UTF-8 reach us as lone surrogates: texts with them are refused, names are shown without."""

from __future__ import annotations

import os

import pytest

from hsreview.base.errors import InputRefused
from hsreview.base.surrogates import check_text, readable

BROKEN = os.fsdecode(b"caf\xe9")


@pytest.mark.parametrize("text", ["", "plain", "é œ — ’", "\U0001f600", "\ud7ff\ue000"])
def test_whole_texts_pass(text: str) -> None:
    check_text(text)
    assert readable(text) == text


@pytest.mark.parametrize("text", [BROKEN, "\ud800", "a\udfffb", "\ud83d\ude00", "a\0b"])
def test_broken_texts_are_refused_without_being_shown(text: str) -> None:
    with pytest.raises(InputRefused) as refused:
        check_text(text)
    assert text not in str(refused.value)


def test_a_broken_name_can_be_shown_and_stored() -> None:
    assert readable(BROKEN) == "caf�"
    assert readable("\ud83d\ude00").encode()
