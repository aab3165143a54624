"""When a pseudonym gives the name away, and when two telephone numbers are one. All names are invented."""

from __future__ import annotations

import pytest

from hsreview.privacy.alike import gives_away
from hsreview.privacy.register import Name, Register


@pytest.mark.parametrize(
    ("pseudonym", "form", "tells"),
    [
        ("Salim Kanté", "Oussalimata Zerwala", True),
        ("Fatou", "Fatoumata Zerwala", True),
        ("chef Kanté", "chef Zerwala", False),
        ("Madame Sow", "Madame Zerwala", False),
        ("[une cheffe de Zerwala]", "Zerwala", False),
    ],
)
def test_a_pseudonym_tells_by_the_words_that_name_somebody(pseudonym: str, form: str, tells: bool) -> None:
    assert gives_away(pseudonym, [form]) is tells


def test_a_number_that_begins_like_a_country_is_still_the_same_with_its_country() -> None:
    known = Register("p").changed("me", [Name(1, "22 51 23 45", "phone", replacement="[un numéro]")])
    for written in ("+223 22 51 23 45", "0022322512345", "223 22 51 23 45", "22.51.23.45"):
        assert known.find(written) is not None, written
    assert known.find("+223 51 23 45 22") is None
