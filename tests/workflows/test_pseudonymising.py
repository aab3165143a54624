"""The session that a screen works with: names of some files, acts on them, and how texts would look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id
from hsreview.model.naming import NameClass
from hsreview.model.people import Coder, CoderRole, ConsentStatus
from hsreview.model.staging import StagedRespondent
from hsreview.privacy.key_file import Lock, new_key_file
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.workflows.coders import store_coder
from hsreview.workflows.consent_recording import ConsentWish, proposed_pseudonym, set_consent
from hsreview.workflows.importing import Staged
from hsreview.workflows.key_files import KeyFile, opened
from hsreview.workflows.names import Deciding
from hsreview.workflows.names_check import check
from hsreview.workflows.pseudonymising import Pseudonymising, State, Style, begin, store_with_pseudonyms
from hsreview.workflows.reading import transcripts
from tests.builders import staged

ONE = "INT : Bonjour Mme Awa Diarra.\nAwa Diarra : Je viens de Bandiagara, le village d’Aminata Touré.\n"
TWO = "INT : Et Aminata Touré ?\nR1 : Elle vit à Bandiagara. On l’appelle Nènèba.\n"


@pytest.fixture
def session(tmp_path: Path, quick_passphrases: None) -> Pseudonymising:
    """Two invented files, and a new key file."""
    files = [Staged(Path(f"{name}.txt"), staged(text, name)) for name, text in (("one", ONE), ("two", TWO))]
    with Project.create(tmp_path / "project") as project:
        key_file = new_key_file(tmp_path / "names.age", project.id, Lock("secret"))
        made = begin(project, key_file, "me", files, with_model=False)
    assert made is not None
    return made


def number(session: Pseudonymising, form: str) -> int:
    found = session.register.find(form)
    assert found is not None
    return found.number


def test_names_of_all_files_stand_together_with_their_places(session: Pseudonymising) -> None:
    found = {name.form: name for name in session.names}
    assert {"Awa Diarra", "Aminata Touré", "Bandiagara"} <= set(found)
    assert found["Aminata Touré"].seen.count == 2 and found["Aminata Touré"].seen.files == ("one.txt", "two.txt")
    assert session.names[0].kind == "person" and session.counts()[State.OPEN] == len(session.names)


def test_a_preview_shows_the_turns_that_change_and_undo_takes_back(session: Pseudonymising) -> None:
    assert session.preview(session.files[0]) == []
    session.generalise(number(session, "Bandiagara"), "un village du plateau")
    session.accept(number(session, "awa diarra"), "Sali Sow")
    before_after = [(each.number, each.after) for each in session.preview(session.files[0])]
    assert before_after == [
        (1, "INT : Bonjour Mme Sali Sow.\n"),
        (2, "Sali Sow : Je viens de [un village du plateau], le village d’Aminata Touré.\n"),
    ]
    session.undo()
    assert "Awa Diarra" in session.preview(session.files[0])[0].after
    assert session.counts()[State.GENERALISED] == 1 and not session.counts()[State.REPLACED]


def test_what_nobody_proposed_is_added_and_merged(session: Pseudonymising) -> None:
    added = session.register.find("Nènèba") or session.add("Nènèba", NameClass.PERSON)
    session.merge(added.number, number(session, "Aminata Touré"))
    session.accept(number(session, "Aminata Touré"), "Fatou Bah")
    [turn] = [each for each in session.preview(session.files[1]) if each.number == 2]
    assert turn.after.startswith("R1 : Elle vit à Bandiagara. On l’appelle Fatou Bah.")
    assert [name.form for name in session.names].count("Nènèba") == 0


def test_codes_and_generalisations_are_proposed_in_the_language_of_the_text(session: Pseudonymising) -> None:
    session.style = Style.CODES
    proposed = session.proposals()
    assert proposed[number(session, "Awa Diarra")].startswith("P")
    assert session.generalisations(number(session, "Bandiagara"))[0] == "[une localité]"


def test_an_act_that_is_refused_changes_nothing(session: Pseudonymising) -> None:
    before = session.register
    with pytest.raises(InputRefused):
        session.accept(number(session, "Awa Diarra"), "Diarra Koné")
    with pytest.raises(InputRefused), session.as_one():
        session.keep(number(session, "Bandiagara"))
        session.accept(number(session, "Aminata Touré"), "Touré")
    assert session.register is before


def test_decisions_are_saved_once_and_the_register_remembers_what_is_used(session: Pseudonymising) -> None:
    session.accept(number(session, "Awa Diarra"), "Sali Sow")
    assert session.is_changed
    session.save()
    assert not session.is_changed and session.key_file.register.find("Awa Diarra") is not None
    made = session.prepared().files
    assert [name.form for name in session.register.names if name.used] == ["Awa Diarra"]
    assert made[0].masking is not None and sum(made[0].masking["undecided"].values()) >= 2


def test_a_telephone_number_is_one_name_in_all_files(tmp_path: Path, quick_passphrases: None) -> None:
    texts = ("R1 : Au 76 12 34 56, au 76123456.\n", "R1 : Ou au +223 76-12-34-56.\nR2 : Le 00223 76123456 ?\n")
    files = [Staged(Path(f"{n}.txt"), staged(text, f"e{n}")) for n, text in enumerate(texts)]
    with Project.create(tmp_path / "project") as project:
        key_file = new_key_file(tmp_path / "names.age", project.id, Lock("secret"))
        session = begin(project, key_file, "me", files, with_model=False)
        assert session is not None
        [phone] = session.names
        assert phone.seen.count == 4 and session.register.find("22376123456") == phone
        session.generalise(phone.number, "[téléphone]")
        made = session.prepared().files
    assert [each.transcript.text.count("[téléphone]") for each in made] == [2, 2]
    assert not any(sign.isdigit() for each in made for sign in each.transcript.text.replace("R1", "").replace("R2", ""))


def test_a_name_that_is_an_ordinary_word_leaves_the_word(tmp_path: Path, quick_passphrases: None) -> None:
    text = "Paix : Je suis Paix. La paix, c’est loin. Désiré est là, désiré par tous.\nR1 : Le lait Moussa de Moussa.\n"
    with Project.create(tmp_path / "project") as project:
        key_file = new_key_file(tmp_path / "names.age", project.id, Lock("secret"))
        session = begin(project, key_file, "me", [Staged(Path("one.txt"), staged(text))], with_model=False)
        assert session is not None
        session.accept(number(session, "paix"), "Rose")
        session.accept(number(session, "Désiré"), "Issa")
        brand = session.register.find("lait Moussa") or session.add("lait Moussa", NameClass.OTHER)
        session.generalise(brand.number, "une marque")
        moussa = session.register.find("Moussa") or session.add("Moussa", NameClass.PERSON)
        session.accept(moussa.number, "Bakary")
        assert session.add("Grâce", NameClass.PERSON).cased and not session.add("Koffi", NameClass.PERSON).cased
        made = session.prepared().files[0].transcript.text
    assert made == (
        "Rose : Je suis Rose. La paix, c’est loin. Issa est là, désiré par tous.\nR1 : Le [une marque] de Bakary.\n"
    )


def test_people_who_are_generalised_alike_stay_several(tmp_path: Path, quick_passphrases: None) -> None:
    text = "Awa Diarra : Je suis Awa Diarra.\nMoussa Koné : Et moi Moussa Koné.\nAWA DIARRA : Oui.\n"
    entry = Staged(Path("entretien awadiarra.txt"), staged(text, "entretien awadiarra"))
    rows = [
        StagedRespondent(
            "entretien awadiarra",
            each,
            f"Amis d’{each}",
            "Jigi",
            each,
            attributes={"voit Awa Diarra": f"{each} ?", "voit Moussa Koné": "jamais"},
        )
        for each in ("Awa Diarra", "Moussa Koné")
    ]
    with Project.create(tmp_path / "project") as project:
        key_file = new_key_file(tmp_path / "names.age", project.id, Lock("secret"))
        session = begin(project, key_file, "me", [entry], rows, with_model=False)
        assert session is not None
        for form in ("Awa Diarra", "Moussa Koné"):
            session.generalise(number(session, form), "[un élu local]")
        coder = Coder(new_id(), "Ada", CoderRole.LEAD)
        store_coder(project, coder)
        report = store_with_pseudonyms(project, coder, session, [], "essai")
        (known,) = transcripts(project)
        speakers = project.connection.execute(
            "select s.label, s.respondent_id, r.name from speaker s join respondent r on r.id = s.respondent_id"
        ).fetchall()
        places = check(project, session.register).places
        told = [each.attributes for each in queries.respondents(project.connection)]
    assert [{*each} for each in told] == [{"voit [un élu local]", "voit [un élu local] (2)"}] * 2
    assert {each["voit [un élu local] (2)"] for each in told} == {"jamais"}
    assert report.stored and known.name == "entretien un_élu_local" and places == ()
    assert len({label for label, _id, _name in speakers}) == len({name for _label, _id, name in speakers}) == 2


def test_what_is_too_long_for_a_name_does_not_stop_the_others(tmp_path: Path, quick_passphrases: None) -> None:
    text = f"R1 : {'GAO TESSALIT ' * 30}\nR1 : Écrire à {'x' * 250}@exemple.org ou à Awa Diarra.\n"
    with Project.create(tmp_path / "project") as project:
        key_file = new_key_file(tmp_path / "names.age", project.id, Lock("secret"))
        session = begin(project, key_file, "me", [Staged(Path("one.txt"), staged(text))], with_model=False)
    assert session is not None
    assert {"GAO", "TESSALIT", "Awa Diarra"} <= {name.form for name in session.names}
    for name in session.names:
        session.keep(name.number)
    assert session.left_in(Path("one.txt")) == {"email": 1}


def test_nobody_of_a_table_becomes_somebody_else_by_a_replacement(tmp_path: Path, quick_passphrases: None) -> None:
    numbers = count(1)

    def importing(project: Project, key_file: KeyFile, rows: Mapping[str, str]) -> tuple[set[str], Sequence[str]]:
        """Import a file for each row (respondent → organisation): who is behind these files, and what is told."""
        names = {each: f"e{next(numbers)}" for each in rows}
        files = [Staged(Path(f"{name}.txt"), staged(f"R1 : Oui, {name}.\n", name)) for name in names.values()]
        table = [StagedRespondent(name, row, organisation=rows[row], speaker="R1") for row, name in names.items()]
        session = begin(project, key_file, "me", files, table, with_model=False)
        assert session is not None
        report = store_with_pseudonyms(project, coder, session, [], "essai")
        ids = [each.transcript_id for each in report.stored]
        behind = {speaker.respondent_id: None for id_ in ids for speaker in queries.speakers(project.connection, id_)}
        assert len(ids) == len(rows) and not report.refused
        return {each.name for each in queries.respondents(project.connection) if each.id in behind}, report.warnings

    with Project.create(tmp_path / "project") as project:
        coder = Coder(new_id(), "Ada", CoderRole.LEAD)
        store_coder(project, coder)
        with project.act(coder.id) as act:
            act.put("respondent", new_id(), name="CSO-L1-1")
        key_file = new_key_file(tmp_path / "names.age", project.id, Lock("secret"))
        acts = Deciding(key_file, "me")
        for form in ("Bamako", "Bko", "Mopti", "Jigi", "Jiguiya"):
            acts.add(form, NameClass.PLACE)
        acts.merge(2, 1)
        acts.merge(5, 4)
        acts.accept(1, "L1")
        acts.generalise(3)
        acts.accept(4, "Benkan")
        acts.save()
        first = {"CSO-Bamako-1": "Jigi", "CSO-Bko-1": "Jiguiya", "CSO-Mopti-1": "Union", "CSO-MOPTI-1": "Union Mopti"}
        people, told = importing(project, key_file, first)
        organisations = {each.name for each in queries.organisations(project.connection)}
        again, silent = importing(project, key_file, {"CSO-Bko-1": ""})
        reopened = opened(project, lambda _question: "secret", tmp_path / "names.age")
        later, _told = importing(project, reopened, {"CSO-Bamako-1": "Benkan", "BKO-CSO-1": ""})
        last, _told = importing(project, reopened, {"CSO-MOPTI-1": "", "Bko": "", "L1": ""})
        changed = Deciding(reopened, "me")
        changed.accept(1, "L9")
        changed.save()
        same, _told = importing(project, reopened, {"CSO-Bamako-1": ""})
    assert people == {"CSO-L1-1-2", "CSO-L1-1-3", "CSO-[une localité]-1 (3)", "CSO-[une localité]-1 (3)-2"}
    assert "CSO-L1-1-2, CSO-L1-1-3, CSO-[une localité]-1 (3)-2" in told[-1]
    assert organisations == {"Benkan", "Union", "Union [une localité] (3)"}
    assert again == {"CSO-L1-1-3"} and not any("CSO" in each for each in silent)
    assert later == {"CSO-L1-1-2", "L1-CSO-1"}
    assert last == {"CSO-[une localité]-1 (3)-2", "L1-2", "L1"}, "who is called so in the table is somebody else"
    assert same == {"CSO-L1-1-2"}, "who has a name in the project keeps it when another word stands for the place"


def test_two_people_of_a_file_do_not_get_one_label(tmp_path: Path, quick_passphrases: None) -> None:
    entry = Staged(Path("one.txt"), staged("Awa Diarra : Oui.\nMme Diarra : Non.\n", "one"))
    rows = [StagedRespondent("one.txt", f"P{n}", speaker=each) for n, each in enumerate(("Awa Diarra", "Mme Diarra"))]
    with Project.create(tmp_path / "project") as project:
        key_file = new_key_file(tmp_path / "names.age", project.id, Lock("secret"))
        session = begin(project, key_file, "me", [entry], rows, with_model=False)
        assert session is not None
        (session.register.find("Mme Diarra") or session.add("Mme Diarra", NameClass.PERSON))
        session.merge(number(session, "Mme Diarra"), number(session, "Awa Diarra"))
        session.accept(number(session, "Awa Diarra"), "Sali Sow")
        with pytest.raises(InputRefused, match=r"one\.txt: Sali Sow"):
            session.prepared()


def test_words_in_brackets_are_those_of_the_language_of_the_text(tmp_path: Path, quick_passphrases: None) -> None:
    french = "Élue de Banda : Nous vivons tous à Banda, et nous y sommes bien depuis cette année.\n"
    english = "Banda councillor : We have all been living in Banda since that year, and it was good for us.\n"
    made_of = {"Banda2021": staged(french, "Banda2021"), "two": replace(staged(english, "two"), language="en")}
    files = [Staged(Path(f"{name}.txt"), each) for name, each in made_of.items()]
    rows = [StagedRespondent("two.txt", "P2", speaker="Banda councillor")]
    with Project.create(tmp_path / "project") as project:
        coder = Coder(new_id(), "Ada", CoderRole.LEAD)
        store_coder(project, coder)
        key_file = new_key_file(tmp_path / "names.age", project.id, Lock("secret"))
        session = begin(project, key_file, "me", files, rows, with_model=False)
        assert session is not None
        known = session.register.find("Banda") or session.add("Banda", NameClass.PLACE)
        session.accept(known.number, "[a place]", NameClass.PLACE)
        made = {each.name or each.transcript.name: each.transcript for each in session.prepared().files}
        report = store_with_pseudonyms(project, coder, session, [], "essai")
        with pytest.raises(InputRefused, match="original name"):
            session.accept(session.add("localite", NameClass.OTHER).number, "Soso")
    assert "vivons tous à [une localité]," in made["une_localité2021"].text
    assert "living in [a place] since" in made["two"].text
    assert not any("who is not there" in each for each in report.warnings)


def test_whoever_speaks_is_called_as_in_the_text(tmp_path: Path, quick_passphrases: None) -> None:
    texts = {
        "p01": "Awa Diarra (présidente) : Oui.\nAwa Diarra et Moussa Koné : Oui.\nR3 : Et Moussa Koné.\n",
        "p02": "Mme Awa Diarra : Une autre.\n",
    }
    files = [Staged(Path(f"{name}.txt"), staged(text, name)) for name, text in texts.items()]
    with Project.create(tmp_path / "project") as project:
        coder = Coder(new_id(), "Ada", CoderRole.LEAD)
        store_coder(project, coder)
        key_file = new_key_file(tmp_path / "names.age", project.id, Lock("secret"))
        session = begin(project, key_file, "me", files, with_model=False)
        assert session is not None
        session.accept(number(session, "Awa Diarra"), "Sali Sow")
        known = session.register.find("Moussa Koné") or session.add("Moussa Koné", NameClass.PERSON)
        session.accept(known.number, "Issa Bah", NameClass.PERSON)
        store_with_pseudonyms(project, coder, session, [], "essai")
        label = "Sali Sow (présidente)"
        first = next(each for each in transcripts(project) if each.name == "p01")
        assert proposed_pseudonym(project, first.id, label) == "Sali Sow"
        set_consent(project, coder, [], ConsentWish(ConsentStatus.ORAL), transcripts=transcripts(project))
        people = {each.id: each.name for each in queries.respondents(project.connection)}
        behind = {
            speaker.label: people[speaker.respondent_id or ""]
            for each in transcripts(project) for speaker in queries.speakers(project.connection, each.id)
        }  # fmt: skip
    assert behind == {label: "Sali Sow", "Sali Sow et Issa Bah": "p01-2", "R3": "p01", "Mme Sali Sow": "Sali Sow-2"}
