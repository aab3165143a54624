"""A colleague's register is joined: nobody becomes somebody else by it, and no pseudonym is given twice."""

from __future__ import annotations

from pathlib import Path

from hsreview.privacy.key_file import KeyFile, Lock
from hsreview.privacy.pseudonyms import Style, suggested
from hsreview.privacy.register import Name, Register
from hsreview.workflows.names import Deciding
from hsreview.workflows.names_joining import Joined, join


def joined(ours: Register, theirs: Register) -> tuple[Register, Joined]:
    acts = Deciding(KeyFile(Path("names.age"), Lock("secret"), ours), "me")
    found = join(acts, theirs)
    return acts.register, found


def test_two_names_here_that_are_one_there_are_left_and_told() -> None:
    ours = Register("p").changed("me", [Name(1, "Awa"), Name(2, "Mimi", replacement="Sali")])
    theirs = Register("p").changed("you", [Name(1, "Awa", replacement="Oumou", variants=("Mimi",))])
    after, found = joined(ours, theirs)
    assert after.names == ours.names and [each.number for each in found.contradictions] == [1]


def test_a_pseudonym_that_was_given_there_is_not_given_here() -> None:
    for style in Style:
        first = suggested(Register("p"), Name(1, "Awa Diarra", "person"), style, lambda _word: False)
        theirs = Register("p").changed("you", [Name(1, "Awa Diarra", "person", replacement=first)]).without({1})
        after, found = joined(Register("p"), theirs)
        assert after.spent == (first,) and (found.added, found.decided) == (0, 0)
        assert suggested(after, Name(1, "Awa Diarra", "person"), style, lambda _word: False) not in ("", first)
