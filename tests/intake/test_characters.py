"""What is impossible in a text is refused, what is surprising is kept and counted."""

from __future__ import annotations

import pytest

from hsreview.base.errors import InputRefused
from hsreview.intake.characters import LONGEST_TEXT, examine, refuse_impossible


def test_nul_is_refused_with_its_line() -> None:
    with pytest.raises(InputRefused) as refused:
        refuse_impossible("a\nb\nc\x00d")
    assert refused.value.problems[0].place == "line 3"


@pytest.mark.parametrize("text", ["", " \n\u00a0\t\n"])
def test_a_text_of_nothing_is_refused(text: str) -> None:
    with pytest.raises(InputRefused, match="no text"):
        refuse_impossible(text)


def test_a_lone_surrogate_and_an_endless_text_are_refused() -> None:
    with pytest.raises(InputRefused, match="surrogate"):
        refuse_impossible("a\ud83d")
    with pytest.raises(InputRefused, match="at most"):
        refuse_impossible("a" * (LONGEST_TEXT + 1))


@pytest.mark.parametrize(
    ("text", "code", "count"),
    [
        ("a\x07b\x08c", "control_characters", 2),
        ("\x1b[31mred\x1b[0m", "escape_characters", 2),
        ("a\u202eb\u2066", "bidi_controls", 2),
        ("a\ufeffb", "bom_inside", 1),
        ("co\u00ador\u00addi\u00adna", "soft_hyphens", 3),
        ("a\u200bb", "zero_width", 1),
        ("a\u2028b", "line_separators", 1),
        ("caf\ufffd", "replacement_characters", 1),
        ("Ã©tÃ© Ã\u00a0la", "encoded_twice", 3),
    ],
)
def test_surprising_characters_are_counted(text: str, code: str, count: int) -> None:
    assert (code, count) in [(doubt.code, doubt.count) for doubt in examine(text)]


def test_ordinary_french_and_arabic_raise_no_doubt() -> None:
    assert examine("« Où\u00a0? »\u202f— l’État, e\u0301te\u0301…\n\tأهلا وسهلا\n") == ()
