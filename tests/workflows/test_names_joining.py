"""A colleague's register is joined: nobody becomes somebody else by it, and no pseudonym is given twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused
from hsreview.model.naming import NameClass
from hsreview.privacy.key_file import KeyFile, Lock
from hsreview.privacy.pseudonyms import Style, suggested
from hsreview.privacy.register import Name, Register, State
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


def test_somebody_whose_pseudonym_is_anothers_here_comes_in_and_is_to_be_decided() -> None:
    ours = Register("p").changed("me", [Name(1, "Awa Diarra", "person", replacement="Mariam Kanté")])
    people = [
        Name(1, "Djénéba Bah", "person", replacement="Mariam Kanté", contact="par la mairie"),
        Name(2, "Oumar Touré", "person", replacement="Moussa Diarra"),
        Name(3, "Sékou Cissé", "person", replacement="Hama Yaro"),
    ]
    after, found = joined(ours, Register("p").changed("you", people))
    assert (found.added, [each.number for each in found.contradictions]) == (3, [2, 3])
    waiting = [name for name in after.names if name.state is State.OPEN]
    assert [(name.form, name.contact) for name in waiting] == [("Djénéba Bah", "par la mairie"), ("Oumar Touré", "")]
    assert all(
        name.proposed and name.proposed in each.message
        for name, each in zip(waiting, found.contradictions, strict=True)
    )
    assert "Mariam Kanté" in found.contradictions[0].message and waiting[0].proposed != "Mariam Kanté"
    acts = Deciding(KeyFile(Path("names.age"), Lock("secret"), after), "me")
    assert acts.accept(2, "Sali Sow").replacement == "Sali Sow"


def test_a_pseudonym_that_stored_texts_have_for_one_person_is_never_anothers() -> None:
    before = Register("p").changed("me", [Name(1, "Awa Diarra", "person", replacement="Oumou Sow", used=True)])
    before = before.changed("me", [Name(2, "Moussa Bah", "person"), Name(3, "Ali Cissé", "person")])
    acts = Deciding(KeyFile(Path("names.age"), Lock("secret"), before), "me")
    acts.accept(1, "Rokia Kanté")
    with pytest.raises(InputRefused, match="Stored texts call somebody else oumou sow"):
        acts.accept(2, "oumou sow")
    assert acts.register.known("2").state is State.OPEN
    assert acts.accept(1, "Oumou Sow").replacement == "Oumou Sow", "it is hers"
    acts.accept(2, "Hama Yaro")
    acts.accept(2, "Birama Sacko")
    assert acts.accept(3, "Hama Yaro").replacement == "Hama Yaro", "no text has it"
    acts.accept(1, "Rokia Kanté")
    acts.merge(1, 2)
    assert acts.accept(2, "Oumou Sow").replacement == "Oumou Sow", "both are one person now"


def test_a_form_that_cannot_be_taken_is_told_of_a_name_that_stays_decided() -> None:
    here = [
        Name(1, "Awa Diarra", "person", replacement="Oumou Bah"),
        Name(2, "Ali Cissé", "person", replacement="Rokia Sow"),
    ]
    there = Name(1, "Awa Diarra", "person", replacement="Oumou Bah", variants=("Sow",))
    after, found = joined(Register("p").changed("me", here), Register("p").changed("you", [there]))
    (told,) = found.contradictions
    assert after.known("1").replacement == "Oumou Bah" and after.known("1").variants == ()
    assert told.number == 1 and told.message.endswith("hsreview names accept 2 --as …")


def test_stored_texts_of_a_colleague_are_brought_along_by_commands_that_are_told() -> None:
    ours = [
        Name(1, "Awa Diarra", "person", replacement="Mariam Kanté"),
        Name(2, "Ali Cissé", "person", replacement="Hama Yaro"),
    ]
    there = [
        Name(1, "Djénéba Bah", "person", replacement="Mariam Kanté", used=True),
        Name(2, "Ali Cissé", "person", replacement="Birama Sacko", used=True),
        Name(3, "Sali Sow", "person", replacement="Rokia Dao"),
    ]
    after, found = joined(Register("p").changed("me", ours), Register("p").changed("you", there))
    assert (found.added, found.decided) == (2, 1), "one of the two that came is decided"
    settle, differs = found.contradictions[::-1]
    new = after.known("Djénéba Bah").proposed
    assert f'names accept "Djénéba Bah" --as "{new}"; ' in settle.message
    assert 'names merge "Mariam Kanté" "Djénéba Bah" --class person; hsreview mask "Djénéba Bah"' in settle.message
    assert 'names merge "Birama Sacko" "Ali Cissé" --class person; hsreview mask "Ali Cissé"' in differs.message
    acts = Deciding(KeyFile(Path("names.age"), Lock("secret"), Register("p").changed("you", there)), "you")
    acts.accept(acts.number_of("Djénéba Bah"), new)
    acts.merge(acts.number_of("Mariam Kanté", NameClass.PERSON), acts.number_of("Djénéba Bah"))
    assert acts.register.replacer.label("Mariam Kanté est là.", "fr") == f"{new} est là."


def test_whose_name_stands_in_the_pseudonym_of_another_is_told_about_that_one() -> None:
    ours = [Name(1, "Awa Diarra", "person", replacement="Oumou Guindo", used=True)]
    theirs = [Name(1, "Amadou Guindo", "person", replacement="Hama Yaro", used=True)]
    after, found = joined(Register("p").changed("me", ours), Register("p").changed("you", theirs))
    (told,) = found.contradictions
    assert told.number == 2 and after.known("2").state is State.OPEN
    assert "a word of this name stands in Oumou Guindo, the pseudonym of Awa Diarra (number 1)" in told.message
    assert 'names accept 2 --as "Hama Yaro"' in told.message and 'hsreview mask "Awa Diarra"' in told.message
    acts = Deciding(KeyFile(Path("names.age"), Lock("secret"), after), "me")
    acts.accept(1, "Rokia Sacko")
    assert acts.accept(2, "Hama Yaro").replacement == "Hama Yaro"
