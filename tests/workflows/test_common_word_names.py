"""Names that are ordinary words too (Paix, Désiré): whatever is done to them, the words stay in the texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.model.naming import NameClass
from hsreview.privacy.key_file import KeyFile, Lock, new_key_file
from hsreview.privacy.register import Name, Register
from hsreview.privacy.register_json import as_json, from_json
from hsreview.project.project import Project
from hsreview.workflows.importing import Staged
from hsreview.workflows.names import Deciding
from hsreview.workflows.names_joining import join
from hsreview.workflows.names_table import read_table, write_table
from hsreview.workflows.pseudonymising import Pseudonymising, begin
from tests.builders import staged

TEXT = (
    "INT : Bonjour Paix Dembélé.\nPaix Dembélé : On veut la paix. Paix est là, paix dembélé aussi. La paix de Gao.\n"
    "R1 : L’association Paix de Dieu aide, paix à tous.\n"
)


@pytest.fixture
def session(tmp_path: Path, quick_passphrases: None) -> Pseudonymising:
    """An invented interview with somebody called Paix."""
    with Project.create(tmp_path / "project") as project:
        key_file = new_key_file(tmp_path / "names.age", project.id, Lock("secret"))
        made = begin(project, key_file, "me", [Staged(Path("one.txt"), staged(TEXT))], with_model=False)
    assert made is not None
    return made


def number(acts: Deciding, form: str, kind: NameClass = NameClass.PERSON) -> int:
    return acts.number_of(form, kind)


def register_of(*names: Name) -> Deciding:
    return Deciding(KeyFile(Path("names.age"), Lock("secret"), Register("p").changed("me", names)), "me")


SAID = "La paix, dit Paix. paix dembélé et Paix Dembélé."


@pytest.mark.parametrize("into_word", [False, True])
def test_after_a_merge_the_word_is_replaced_only_with_a_capital(into_word: bool) -> None:
    acts = register_of(
        Name(1, "Paix Dembélé", "person", replacement="Kadia Fomba"), Name(2, "Paix", "person", cased=True)
    )
    if into_word:
        acts.accept(2, "Kadia")
        acts.merge(1, 2)
    else:
        acts.merge(2, 1)
    [name] = acts.register.names
    given = name.replacement
    assert name.capital_forms == ("Paix",)
    assert acts.register.replacer.label(SAID, "fr") == f"La paix, dit {given}. {given} et {given}."
    assert from_json(as_json(acts.register)) == acts.register
    acts.accept(name.number, "Sira Kanté")
    assert "La paix, dit Sira Kanté." in acts.register.replacer.label(SAID, "fr"), "another pseudonym, the same words"
    acts.classify(name.number, NameClass.PERSON, cased=False)
    assert "La Sira Kanté, dit Sira Kanté." in acts.register.replacer.label(SAID, "fr"), "somebody said so"
    acts.undo()
    assert acts.register.names[0].capital_forms == ("Paix",)


def test_a_word_of_another_class_is_merged_into_somebody_with_a_capital_only() -> None:
    acts = register_of(Name(1, "Paix Dembélé", "person", replacement="Kadia Fomba"), Name(2, "Paix", "organisation"))
    assert acts.merge(2, 1).capital_forms == ("Paix",)


@pytest.mark.parametrize("ours", ["", "Kadia Fomba"])
def test_a_colleagues_variant_that_is_a_word_stays_one_with_a_capital(ours: str) -> None:
    theirs = register_of(
        Name(1, "Paix Dembélé", "person", replacement="Kadia Fomba"), Name(2, "Paix", "person", cased=True)
    )
    theirs.merge(2, 1)
    mine = register_of(Name(4, "Paix Dembélé", "person", replacement=ours))
    join(mine, theirs.register)
    assert mine.register.known("4").capital_forms == ("Paix",)
    assert "La paix, dit Kadia Fomba. Kadia Fomba et" in mine.register.replacer.label(SAID, "fr")
    alone = register_of()
    join(alone, theirs.register)
    assert "La paix, dit Kadia Fomba." in alone.register.replacer.label(SAID, "fr")


def test_a_table_tells_which_forms_need_a_capital_and_leaves_them_so(tmp_path: Path) -> None:
    acts = register_of(
        Name(1, "Paix Dembélé", "person", replacement="Kadia Fomba"), Name(2, "Paix", "person", cased=True)
    )
    acts.merge(2, 1)
    table = tmp_path / "names.csv"
    write_table(acts, table)
    written = table.read_text(encoding="utf-8-sig")
    assert ",Paix,," in written.split("\n")[1]
    before = acts.register
    assert read_table(acts, table) == 0 and acts.register is before
    table.write_text(written.replace("Kadia Fomba", "Sira Kanté"), encoding="utf-8")
    assert read_table(acts, table) == 1 and acts.register.known("1").capital_forms == ("Paix",)
    table.write_text(written.replace(",Paix,,", ",,,"), encoding="utf-8")
    assert read_table(acts, table) == 1 and acts.register.known("1").capital_forms == ()


def test_a_longer_name_that_stays_keeps_its_words(session: Pseudonymising) -> None:
    session.accept(number(session, "Paix Dembélé"), "Kadia Fomba")
    session.accept(number(session, "Paix"), "Rose")
    session.keep(number(session, "Paix de Dieu", NameClass.ORGANISATION))
    made = session.prepared().files[0].transcript.text
    assert "L’association Paix de Dieu aide" in made and "Rose est là, Kadia Fomba aussi" in made
    assert "On veut la paix." in made and "La paix de Gao" in made and "paix à tous" in made


def test_a_name_that_begins_in_one_that_stays_is_replaced_as_a_whole() -> None:
    acts = register_of(Name(1, "Dieu Traoré", "person", replacement="Ali Sow"), Name(2, "Paix de Dieu", kept=True))
    assert acts.register.replacer.label("Paix de Dieu Traoré, Paix de Dieu.", "fr") == "Paix d’Ali Sow, Paix de Dieu."


def test_places_told_are_those_that_would_be_replaced(tmp_path: Path, quick_passphrases: None) -> None:
    with Project.create(tmp_path / "project") as project:
        key_file = new_key_file(tmp_path / "names.age", project.id, Lock("secret"))
        files = [Staged(Path("one.txt"), staged(TEXT))]
        first = begin(project, key_file, "me", files, with_model=False)
        assert first is not None
        first.save()
        session = begin(project, first.key_file, "me", files, with_model=False)
        assert session is not None
        at = number(session, "Paix")
        name = session.register.known(str(at))
        assert name.cased and name.places.count == 1 and {form for _b, form, _a in name.places.contexts} == {"Paix"}
        session.classify(at, NameClass.PERSON, cased=False)
        name = session.register.known(str(at))
        assert name.places.count == 4 and "paix" in {form for _b, form, _a in name.places.contexts}
        session.undo()
        session.merge(at, number(session, "Paix Dembélé"))
        merged = session.register.known("Paix Dembélé")
        session.keep(number(session, "Paix de Dieu"))
        session.accept(merged.number, "Kadia Fomba")
        made = session.prepared().files[0].transcript.text
        assert made.count("Kadia Fomba") == merged.places.count == 4 and made.count("paix") == 3
        assert from_json(as_json(session.register)).known("Paix Dembélé").places == merged.places
