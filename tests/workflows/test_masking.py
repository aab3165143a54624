"""A name that is masked late goes everywhere, and nobody loses a coding for it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.ids import new_id
from hsreview.base.settings import state_dir
from hsreview.model.carrying import RecordedAlignment, composed
from hsreview.model.localized import Localized
from hsreview.model.naming import NameClass
from hsreview.model.people import Coder, CoderRole
from hsreview.privacy.register import Name, Register
from hsreview.project.doctor import examine
from hsreview.project.masking import stored_file_name
from hsreview.project.maskings import maskings
from hsreview.project.merging import merge
from hsreview.project.project import Project
from hsreview.project.queries import respondents, speakers
from hsreview.workflows import coding as acts
from hsreview.workflows import undoing
from hsreview.workflows.codebooks import change_code
from hsreview.workflows.coders import store_coder
from hsreview.workflows.correcting import store_text, with_turn
from hsreview.workflows.importing import Staged, store
from hsreview.workflows.masking import Cleared, Done, done_in_words, in_words, mask, plan
from hsreview.workflows.names_check import check
from hsreview.workflows.outputs import outputs
from hsreview.workflows.people import set_speaker
from hsreview.workflows.reading import OpenText, codings_of, find_transcript, memos_of, open_text, transcripts
from hsreview.workflows.residual_risk import residual_risk
from hsreview.workflows.transcripts import change_transcript
from hsreview.workflows.translations import store_translation
from hsreview.workflows.weights import told
from tests.builders import a_project, code_id, staged
from tests.project.teams import copied, give, package, tables

TEXT = "Awa Diarra : Je suis Awa Diarra, de Gao.\nINT : Et après ?\nAwa Diarra : J’ai vu AWA  DIARRA et d’autres.\n"


def register(project: Project, form: str = "Awa Diarra", replacement: str = "Oumou Sow") -> Register:
    """A register in which one name is decided."""
    return Register(project.id, (Name(1, form, NameClass.PERSON.value, replacement),), language="fr")


@pytest.fixture
def named(tmp_path: Path) -> tuple[Project, Coder, str]:
    """A project with a transcript in which a person is named, and its id."""
    project, awa = a_project(tmp_path / "here")
    report = store(project, awa, [Staged(Path("Awa-Diarra.txt"), staged(TEXT, "Awa-Diarra"))])
    return project, awa, report.stored[0].transcript_id


def masked(project: Project, coder: Coder, names: Register | None = None) -> None:
    names = names or register(project)
    mask(project, coder, plan(project, coder, names, {1}), names)


def everything(project: Project) -> str:
    """All that the file says, in small letters and on one line."""
    return " ".join("\n".join(project.connection.iterdump()).lower().split())


def opened(project: Project, transcript: str) -> OpenText:
    return open_text(project, find_transcript(project, transcript))


def words_of(project: Project, transcript: str) -> dict[str, str]:
    """Ref of the code → the words of its coding."""
    text = opened(project, transcript)
    return {
        each.code_id: text.text[each.start : each.end]
        for each in codings_of(project)
        if each.version_id == text.version.id
    }


def test_a_name_goes_from_texts_labels_memos_and_codes_and_codings_stay(named: tuple[Project, Coder, str]) -> None:
    project, awa, transcript = named
    first = opened(project, transcript)
    for ref, words in (("D1", "de Gao"), ("D2", "suis Awa Diarra,")):
        at = first.text.index(words)
        acts.add_codings(project, awa, first.version.id, at, at + len(words), [code_id(ref)])
    acts.write_memo(project, awa, "awa  diarra a peur", transcript_id=transcript)
    change_code(project, awa, code_id("K4"), texts={"example": Localized("dit Awa Diarra", "Awa Diarra")})
    change_code(project, awa, code_id("K4"), texts={"example": Localized("rien", "nothing")})
    set_speaker(project, awa, transcript, "Awa Diarra", respondent="P1")
    store_text(project, awa, with_turn(project, first, 2, "Et ensuite ?"))
    masked(project, awa)
    assert "diarra" not in everything(project)
    assert examine(project.connection) == []
    text = opened(project, transcript)
    assert text.text == (
        "Oumou Sow : Je suis Oumou Sow, de Gao.\nINT : Et ensuite ?\nOumou Sow : J’ai vu Oumou Sow et d’autres.\n"
    )
    assert words_of(project, transcript) == {code_id("D1"): "de Gao", code_id("D2"): "suis Oumou Sow,"}
    assert [memo.text for memo in memos_of(project)] == ["Oumou Sow a peur"]
    assert {turn.speaker for turn in text.turns} == {"Oumou Sow", "INT"}
    assert "Oumou Sow" in {each.name for each in transcripts(project)}
    assert not undoing.undo(project, awa).done


def test_an_old_package_brings_nothing_back_and_its_codings_find_their_words(
    named: tuple[Project, Coder, str], tmp_path: Path
) -> None:
    here, awa, transcript = named
    daan = store_coder(here, Coder(new_id(), "Daan"))
    there = copied(here, tmp_path / "there")
    first = opened(there, transcript)
    at = first.text.index("de Gao")
    acts.add_codings(there, daan, first.version.id, at, at + 6, [code_id("D1")])
    acts.write_memo(there, daan, "Elle a peur", transcript_id=transcript)
    old = package(there)
    masked(here, awa)
    assert merge(here, [("old", old)]).refused == ()
    assert words_of(here, transcript) == {code_id("D1"): "de Gao"}
    give(here, there)
    give(there, here)
    assert tables(here) == tables(there)
    assert "diarra" not in everything(here) and "diarra" not in everything(there)
    assert examine(there.connection) == []


def test_what_others_wrote_is_told_anew_in_their_name(named: tuple[Project, Coder, str], tmp_path: Path) -> None:
    here, awa, transcript = named
    daan = store_coder(here, Coder(new_id(), "Daan"))
    acts.write_memo(here, daan, "Awa Diarra a peur", transcript_id=transcript)
    there = copied(here, tmp_path / "there")
    masked(here, awa)
    [merged] = give(here, there)
    assert merged.refused == ()
    said = [each.said for each in told(there, merged)]
    assert len([each for each in said if "masked names in 1 transcript:" in each]) == 1
    assert not [each for each in said if "erased by" in each or "a new text" in each]
    [memo] = memos_of(there)
    assert (memo.text, memo.coder_id) == ("Oumou Sow a peur", daan.id)
    acts.write_memo(there, daan, "Elle a peur", memo_id=memo.id)
    assert give(there, here)[0].refused == () and [each.text for each in memos_of(here)] == ["Elle a peur"]


def test_two_computers_that_mask_at_once_end_with_the_same(named: tuple[Project, Coder, str], tmp_path: Path) -> None:
    here, awa, transcript = named
    daan = store_coder(here, Coder(new_id(), "Daan", CoderRole.LEAD))
    first = opened(here, transcript)
    at = first.text.index("d’autres")
    acts.add_codings(here, awa, first.version.id, at, at + 8, [code_id("D1")])
    there = copied(here, tmp_path / "there")
    masked(here, awa)
    masked(there, daan, register(there, replacement="Fanta Keïta"))
    give(here, there)
    give(there, here)
    assert tables(here) == tables(there) and examine(here.connection) == []
    assert words_of(here, transcript) == {code_id("D1"): "d’autres"}
    assert "diarra" not in everything(here)


def test_who_may_mask_can_hand_it_over_and_nobody_else_masks(named: tuple[Project, Coder, str], tmp_path: Path) -> None:
    here, _awa, _transcript = named
    team = [store_coder(here, Coder(new_id(), role.value, role)) for role in CoderRole]
    for coder in team:
        there = copied(here, tmp_path / coder.name)
        if coder.role in (CoderRole.LEAD, CoderRole.ARCHIVIST):
            masked(there, coder)
            assert give(there, copied(here, tmp_path / f"for {coder.name}"))[0].refused == ()
        else:
            with pytest.raises(UsageProblem, match="archivist"):
                plan(there, coder, register(there), {1})


PIECES = st.lists(st.tuples(st.booleans(), st.integers(0, 5), st.integers(1, 4)), min_size=1, max_size=8)


def step(text: str, pieces: list[tuple[bool, int, int]], mark: str) -> tuple[str, dict[str, list[list[int]]]]:
    """Another text, with what of it is the same and what was replaced."""
    new, at = "", 0
    blocks: list[list[int]] = []
    replaced: list[list[int]] = []
    for keep, length, other in pieces:
        length = min(length, len(text) - at)
        if keep and length:
            blocks.append([at, len(new), length])
            new += text[at : at + length]
        elif length:
            replaced.append([at, at + length, len(new), len(new) + other])
            new += mark * other
        at += length
    if at < len(text):
        blocks.append([at, len(new), len(text) - at])
        new += text[at:]
    return new, {"blocks": blocks, "replaced": replaced}


@given(PIECES, PIECES, st.integers(0, 30), st.integers(1, 10))
def test_two_steps_at_once_lead_where_one_after_the_other_leads(
    first: list[tuple[bool, int, int]], second: list[tuple[bool, int, int]], start: int, length: int
) -> None:
    text = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP"
    middle, to_middle = step(text, first, "1")
    new, to_new = step(middle, second, "2")
    place = RecordedAlignment(**composed(to_middle, to_new)).place(start, start + length)
    wanted = [letter for letter in text[start : start + length] if letter.isalpha()]
    there = new[place[0] : place[1]]
    kept = [letter for letter in there if letter.isalpha()]
    assert kept == [each for each in wanted if each in kept], "the letters that are there are those that were coded"
    if all(letter in new for letter in wanted):
        assert place[2].value in ("unchanged", "moved")


def test_words_of_a_name_that_still_stand_alone_are_told(named: tuple[Project, Coder, str]) -> None:
    project, awa, transcript = named
    other = "INT : Qui est d’Awa ?\nR1 : diarra, et AWA Coulibaly.\n"
    store(project, awa, [Staged(Path("b.txt"), staged(other, "autre"))])
    acts.write_memo(project, awa, "Awa a peur", transcript_id=transcript)
    known = Name(7, "Diarra", NameClass.PERSON.value)
    others = Name(8, "Awa Coulibaly", NameClass.PERSON.value, "Fanta Koné")
    names = register(project)
    names = Register(project.id, (*names.names, known, others), language="fr")
    planned = plan(project, awa, names, {1})
    told = {(part.form, part.number): {(p.kind, p.where): p.count for p in part.places} for part in planned.parts}
    assert told.pop(("Diarra", 7)) == {("text", "autre"): 1}
    assert told.pop(("Awa", 0))["text", "autre"] == 1 and told == {}
    assert [part.count for part in planned.parts] == [2, 1]
    assert "hsreview mask 7" in in_words(planned)[-1]


def test_an_ordinary_word_of_a_name_is_no_part_that_is_masked_too(named: tuple[Project, Coder, str]) -> None:
    project, awa, _transcript = named
    said = "INT : Le petit chef ?\nR1 : Petit à petit, la grâce. Moussa, Grâce et Petit Moussa Grâce, le chef.\n"
    store(project, awa, [Staged(Path("b.txt"), staged(said, "autre"))])
    names = register(project, "Chef Petit Moussa Grâce")
    planned = plan(project, awa, names, {1})
    assert [(part.form, part.count) for part in planned.parts] == [("Moussa", 2), ("Grâce", 2)]


def test_the_name_of_a_transcript_and_of_an_output_is_masked_where_it_is_joined(
    named: tuple[Project, Coder, str],
) -> None:
    project, awa, _transcript = named
    store(project, awa, [Staged(Path("x.txt"), staged("INT : Oui ?\nR1 : Non.\n", "entretien_awadiarra"))])
    with project.act(awa.id) as act:
        act.put(
            "output", new_id(), name="entretien_awadiarra.docx", kind="transcript", at=act.at, digest="d", recipient="",
            details={},
        )  # fmt: skip
    masked(project, awa)
    assert {each.name for each in transcripts(project)} >= {"entretien_Oumou_Sow"}
    assert [each.name for each in outputs(project)] == ["entretien_Oumou_Sow.docx"]
    assert "awadiarra" not in everything(project)


def test_an_encoding_is_no_name_that_remains_and_a_place_in_the_teams_codebook_is(
    named: tuple[Project, Coder, str],
) -> None:
    project, awa, _transcript = named
    change_code(project, awa, code_id("K4"), texts={"example": Localized("à Tessit", "in Tessit")})
    names = (Name(1, "UTF", "person", "P1"), Name(2, "Tessit", "place", "[une ville]"))
    checked = check(project, Register(project.id, names))
    assert [(each.kind, each.names) for each in checked.places] == [("code", (2,))]
    assert not checked.codebook and not checked.authors


def test_two_people_whose_names_become_alike_are_still_two(named: tuple[Project, Coder, str]) -> None:
    project, awa, transcript = named
    set_speaker(project, awa, transcript, "Awa Diarra", respondent="CSO-Gao-1")
    set_speaker(project, awa, transcript, "INT", respondent="CSO-Tessit-1")
    names = Register(project.id, (Name(1, "Gao", "place", "[une ville]", variants=("Tessit",)),), language="fr")
    masked(project, awa, names)
    called = {each.name for each in respondents(project.connection)}
    assert {"CSO-une_ville-1", "CSO-une_ville-1-2"} <= called and "tessit" not in everything(project)
    assert examine(project.connection) == []


def test_a_name_after_a_date_and_in_the_heading_of_an_attribute_is_masked(named: tuple[Project, Coder, str]) -> None:
    project, awa, transcript = named
    acts.write_memo(project, awa, "2024-05-03Traoré", transcript_id=transcript)
    told = {"village de Traoré": "2024-05-03", "date": "2024-05-03T10:00"}
    change_transcript(project, awa, find_transcript(project, transcript), name="2024-05-03Traore", attributes=told)
    names = register(project, "Traoré", "Bah")
    assert {each.kind for each in check(project, names).places} == {"memo", "transcript"}
    masked(project, awa, names)
    assert "traor" not in fold(everything(project)) and not check(project, names).places
    found = find_transcript(project, transcript)
    assert found.name == "2024-05-03Bah"
    assert found.attributes == {"village de Bah": "2024-05-03", "date": "2024-05-03T10:00"}
    acts.write_memo(project, awa, "Vu le 2024-05-03.", transcript_id=transcript)
    masked(project, awa, Register(project.id, (Name(1, "2024-05-03", "date", "[date]"),), language="fr"))
    assert find_transcript(project, transcript).attributes == found.attributes, "days of the program's own stay"
    assert "vu le [date]." in everything(project) and examine(project.connection) == []


def test_two_speakers_whose_labels_become_alike_are_still_two(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "here")
    text = "Awa Diarra : Oui.\n[nom] : Peut-être.\nMoussa : Non.\nAwa Diarra : Si.\n"
    transcript = store(project, awa, [Staged(Path("x.txt"), staged(text, "x"))]).stored[0].transcript_id
    names = Register(project.id, (Name(1, "Awa Diarra", "person", "[nom]", variants=("Moussa",)),), language="fr")
    masked(project, awa, names)
    speaking = [each.speaker for each in opened(project, transcript).turns]
    assert speaking == ["[nom] (2)", "[nom]", "[nom] (3)", "[nom] (2)"]
    for number, label in enumerate(("[nom]", "[nom] (2)", "[nom] (3)")):
        set_speaker(project, awa, transcript, label, respondent=f"CSO-{number}")
    assert len({each.respondent_id for each in speakers(project.connection, transcript)}) == 3
    assert examine(project.connection) == []


def test_words_in_brackets_are_in_the_language_of_what_they_stand_in(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "here")
    english = replace(staged("INT : And?\nAwa Diarra : I am Awa Diarra, from Gao.\n", "Awa-Diarra"), language="en")
    transcript = store(project, awa, [Staged(Path("x.txt"), english)]).stored[0].transcript_id
    text = opened(project, transcript)
    store_translation(project, awa, text.version.id, 11, 20, "fr", "Je suis Awa Diarra")
    change_code(project, awa, code_id("D1"), texts={"label": Localized(fr="Chez Awa Diarra", en="At Awa Diarra’s")})
    masked(project, awa, register(project, replacement="[nom]"))
    made = opened(project, transcript)
    assert "[name] : I am [name], from Gao." in made.text and made.transcript.name == "[name]"
    assert [each.speaker for each in made.turns] == ["INT", "[name]"]
    assert "name" in stored_file_name(project.connection, made.version.id)
    assert [row[0] for row in project.connection.execute("select text from translation")] == ["Je suis [nom]"]
    label = json.loads(project.connection.execute("select data from code where ref = 'D1'").fetchone()[0])["label"]
    assert label == {"fr": "Chez [nom]", "en": "At [name]’s"}


def test_two_attributes_whose_headings_become_alike_are_still_two(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "here", transcripts=2)
    for name, attributes in (("cso-1", {"à Gao": "oui", "à Tessit": "non"}), ("cso-2", {"à Tessit": "rarement"})):
        change_transcript(project, awa, find_transcript(project, name), attributes=attributes)
    names = Register(project.id, (Name(1, "Gao", "place", "[une ville]", variants=("Tessit",)),), language="fr")
    assert {each.kind for each in check(project, names).places} == {"transcript"}, "they stand in headings alone"
    masked(project, awa, names)
    one, other = (find_transcript(project, name).attributes for name in ("cso-1", "cso-2"))
    assert one == {"à [une ville]": "oui", "à [une ville] (2)": "non"} and other == {"à [une ville] (2)": "rarement"}
    assert "tessit" not in everything(project) and examine(project.connection) == []


def test_what_changes_is_told_of_the_work_of_the_whole_team(named: tuple[Project, Coder, str]) -> None:
    project, awa, transcript = named
    daan = store_coder(project, Coder(new_id(), "Daan"))
    acts.write_memo(project, daan, "Awa Diarra a peur", transcript_id=transcript)
    acts.add_codings(project, daan, opened(project, transcript).version.id, 0, 20, [code_id("D1")])
    planned = plan(project, awa, register(project), {1})
    assert (planned.things["memo"], planned.carried) == (1, {"changed": 1})


def test_a_mask_is_of_what_was_looked_at_and_forgets_what_was_copied(named: tuple[Project, Coder, str]) -> None:
    project, awa, transcript = named
    planned = plan(project, awa, register(project), {1})
    acts.write_memo(project, awa, "Awa Diarra, ajouté depuis", transcript_id=transcript)
    with pytest.raises(InputRefused, match="changed meanwhile"):
        mask(project, awa, planned, register(project))
    assert opened(project, transcript).text == TEXT
    copied_words = state_dir() / "copied.txt"
    copied_words.parent.mkdir(parents=True, exist_ok=True)
    copied_words.write_text(TEXT, encoding="utf-8")
    masked(project, awa)
    assert not copied_words.exists() and "diarra" not in everything(project)


def test_a_full_disk_after_a_mask_is_not_called_another_program(named: tuple[Project, Coder, str]) -> None:
    project, awa, _transcript = named
    planned = plan(project, awa, register(project), {1})
    told = done_in_words(planned, Done(Cleared(done=False), (), ()))[-1]
    assert "disk" in told and "Another program" not in told
    assert "Another program" in done_in_words(planned, Done(Cleared(done=False, in_use=True), (), ()))[-1]


def test_what_was_replaced_before_is_still_on_record_after_another_mask(named: tuple[Project, Coder, str]) -> None:
    project, awa, transcript = named
    with project.act(awa.id) as act:
        act.put(
            "masking", new_id(), transcript_id=transcript, version_id=opened(project, transcript).version.id, items=[],
            undecided={"place": 2}, engines=["lists"], coder_id=awa.id, at=act.at,
        )  # fmt: skip
    masked(project, awa)
    masked(project, awa, register(project, "de Gao", "[d’une ville]"))
    text = opened(project, transcript)
    last = next(each for each in maskings(project.connection) if each.version_id == text.version.id)
    said = [text.text[item.start : item.end] for item in last.items]
    assert said == ["Oumou Sow", "Oumou Sow", "[d’une ville]", "Oumou Sow", "Oumou Sow"]
    assert last.undecided == {"place": 2} and last.engines == ("lists", "register")


def test_the_flag_that_asks_for_a_mask_is_off_once_the_words_are_masked(
    named: tuple[Project, Coder, str], tmp_path: Path
) -> None:
    project, awa, transcript = named
    daan = store_coder(project, Coder(new_id(), "Daan"))
    text = opened(project, transcript)
    name, other = text.text.index("Awa Diarra, de"), text.text.index("Et après")
    for start in (name, other):
        acts.add_codings(project, daan, text.version.id, start, start + 8, [code_id("D1")], flags=["mask", "unsure"])
    there = copied(project, tmp_path / "there")
    masked(project, awa)
    found = [tuple(each.flags) for each in codings_of(project) if each.coder_id == daan.id]
    assert sorted(found) == [("mask", "unsure"), ("unsure",)], "what was not masked stays flagged"
    [merged] = give(project, there)
    assert merged.refused == () and tables(there) == tables(project)
    [own] = [each for each in codings_of(there) if each.flags == ("unsure",)]
    acts.change_coding(there, daan, own.id, flags=["quote"])
    assert give(there, project)[0].refused == (), "the coding is still Daan's"
    assert examine(project.connection) == []


def test_a_flag_that_was_taken_off_unseen_keeps_nobody_from_taking_everything_in(
    named: tuple[Project, Coder, str], tmp_path: Path
) -> None:
    project, awa, transcript = named
    daan, issa = (store_coder(project, Coder(new_id(), name)) for name in ("Daan", "Issa"))
    with project.act(awa.id) as act:
        act.put(
            "assignment", new_id(), transcript_id=transcript, coder_id=issa.id, blind=1, reason="", **{"pass": ""}
        )  # fmt: skip
    text = opened(project, transcript)
    name = text.text.index("Awa Diarra, de")
    acts.add_codings(project, daan, text.version.id, name, name + 8, [code_id("D1")], flags=["mask", "unsure"])
    masked(project, awa)
    for order in ("blind all", "blind daan blind all", "daan blind all"):
        there = Project.create(tmp_path / order, project_id=project.id)
        for what in order.split():
            given = {
                "blind": package(project, blind_for=issa.id), "daan": package(project, mine=daan.id),
                "all": package(project),
            }[what]  # fmt: skip
            merged = merge(there, [(what, given)])
            assert [each.code for each in merged.refused if each.code == "foreign_work"] == [], order
        assert merged.refused == () and tables(there) == tables(project), order


def test_the_report_counts_the_replacements_of_the_newest_text_alone(named: tuple[Project, Coder, str]) -> None:
    project, awa, transcript = named

    def replaced() -> dict[str, int]:
        return next(dict(each.replaced) for each in residual_risk(project).texts if each.transcript_id == transcript)

    masked(project, awa)
    once = replaced()
    masked(project, awa, Register(project.id, (Name(1, "Gao", "place", "[une ville]"),), language="fr"))
    assert once["person"] == 4 and replaced() == {**once, "place": 1}
    text = opened(project, transcript)
    store_text(project, awa, with_turn(project, text, 2, "Et ensuite ?"))
    assert replaced() == {**once, "place": 1}


def test_a_draft_that_holds_a_name_is_told_before_it_is_erased(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "here")
    project.set_local("summary:draft", "brouillon sur Awa Diarra")
    names = register(project)
    planned = plan(project, awa, names, {1})
    assert in_words(planned) == ["1 draft or setting of this copy alone is erased."]
    mask(project, awa, planned, names)
    assert "diarra" not in everything(project) and "None of these names" in in_words(plan(project, awa, names, {1}))[0]
