"""Labels without a colon: taken where they take turns and somebody asks, else nobody's; or named by the user."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

from hsreview.intake.labels import Labelling, find_turns
from hsreview.intake.source import Source
from hsreview.intake.staging import stage, stage_content
from hsreview.model.text import Role
from tests.intake.office_fixtures import docx, paragraph, run

ASKED = ["Pouvez-vous vous présenter ?", "Depuis quand ?", "Qui décide au village ?", "Et les femmes ?"]
ANSWERED = ["Je suis éleveur.", "Depuis toujours. Ici.", "Les chefs décident.", "Elles parlent peu."]
SPOKEN = list(chain.from_iterable(zip(ASKED, ANSWERED, strict=True)))
PAIRS = [("Enquêtrice", "Mme D."), ("Enquêteur", "M. T."), ("Enq.", "R."), ("Enq.", "Mme D."), ("INT", "R1"),
         ("Chercheuse", "Participante 3"), ("M. T.", "Mme D."), ("Enquêteur", "Mme Inventée")]  # fmt: skip


def transcript(asks: str, answers: str, gap: str = "\n", turns: int = 6) -> str:
    labels = (asks, answers)
    return gap.join(labels[n % 2] + words for n, words in enumerate(SPOKEN[:turns])) + "\n"


def labelled(text: str, named: dict[str, Role] | None = None) -> Labelling:
    return find_turns(Source(text, "txt"), named)


def said(found: Labelling, text: str) -> list[tuple[str | None, str]]:
    return [(turn.speaker and turn.speaker.rstrip("."), turn.said(text)) for turn in found.turns]


def codes(found: Labelling) -> list[str]:
    return [doubt.code for doubt in found.doubts]


@pytest.mark.parametrize("turns", [4, 6, 8])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(("asks", "answers"), PAIRS)
@pytest.mark.parametrize(
    ("first", "second"),
    [("{} : ", "{} "), ("{} ", "{} "), ("{} ", "{} : "), ("{} - ", "{} "), ("{}\n", "{}\n"), ("{} :\n", "{}\n"),
     ("**{}** ", "**{}** "), ("**{}**\n", "**{}**\n")],
)  # fmt: skip
def test_short_transcripts_whose_labels_lack_a_colon(
    first: str, second: str, asks: str, answers: str, gap: str, turns: int
) -> None:
    text = transcript(first.format(asks), second.format(answers), gap, turns)
    names = (asks.rstrip("."), answers.rstrip("."))
    found = labelled(text)
    assert said(found, text) == [(names[n % 2], words) for n, words in enumerate(SPOKEN[:turns])]
    assert ("mixed_labels" in codes(found)) == (found.convention == "mixed")


@pytest.mark.parametrize("after", [" ", " : ", "\n"])
@pytest.mark.parametrize(("asks", "answers"), [*PAIRS, ("Enquêtrice", "Awa"), ("Awa", "Modibo"), ("I", "R")])
def test_bold_names_in_a_word_file(asks: str, answers: str, after: str) -> None:
    body = ""
    for number, words in enumerate(SPOKEN[:6]):
        label = run((asks, answers)[number % 2], "<w:b/>")
        colon = " : " if after == " : " and number % 2 == 0 else " "  # the one who answers has none
        body += paragraph(label) + paragraph(words) if after == "\n" else paragraph(label, run(colon + words))
    found = stage_content(docx(body), "a.docx")
    names = (asks.rstrip("."), answers.rstrip("."))
    assert [(turn.speaker and turn.speaker.rstrip("."), turn.said(found.text)) for turn in found.turns] == [
        (names[n % 2], words) for n, words in enumerate(SPOKEN[:6])
    ]


def test_a_mixed_file_is_said_to_be_so_with_the_remedy() -> None:
    found = labelled(transcript("Enquêtrice : ", "Mme D. "))
    doubt = next(d for d in found.doubts if d.code == "mixed_labels")
    assert found.convention == "mixed" and "Mme D." in doubt.message and "--speakers" in doubt.message
    assert codes(labelled(transcript("Enquêtrice : ", "Mme D. "), NAMED)) == []


def test_several_people_without_a_colon_and_paragraphs_of_one_answer() -> None:
    text = "Enquêtrice : Où ?\nMme D. Ici.\nEt là.\nM. T. Là.\nEnquêtrice : Qui ?\nM. T. Moi.\nMme D. Non.\n"
    assert said(labelled(text), text) == [
        ("Enquêtrice", "Où ?"), ("Mme D", "Ici.\nEt là."), ("M. T", "Là."), ("Enquêtrice", "Qui ?"),
        ("M. T", "Moi."), ("Mme D", "Non."),
    ]  # fmt: skip


@pytest.mark.parametrize("label", ["Enquêtrice", "INT", "Q", "Awa", "I"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_answers_without_any_label_are_nobodys(label: str, gap: str) -> None:
    text = transcript(f"{label} : ", "", gap)
    found = labelled(text)
    assert said(found, text) == [((label, None)[n % 2], words) for n, words in enumerate(SPOKEN[:6])]
    assert codes(found) == ["only_questions"] and "--speakers" in found.doubts[0].message


@pytest.mark.parametrize(
    "answer",
    ["Mme D. est venue me voir.", "R. dit que non.", "M. T. et Mme D. sont partis.", "Mali, mon pays.", "À Gao, rien."],
)
def test_answers_that_begin_with_a_name_belong_to_nobody(answer: str) -> None:
    text = f"Enquêtrice : Où ?\n{answer}\nEnquêtrice : Qui ?\n{answer}\nEnquêtrice : Et puis ?\nRien du tout.\n"
    found = labelled(text)
    assert {turn.speaker for turn in found.turns} == {"Enquêtrice", None}
    assert [turn.said(text) for turn in found.turns if turn.speaker] == ["Où ?", "Qui ?", "Et puis ?"]


def test_names_that_open_a_few_answers_are_no_labels() -> None:
    plain = "Enquêtrice : Où ?\nJe ne sais pas.\n" * 4
    found = labelled(plain + "Enquêtrice : Qui ?\nMme D. Inventée est là.\n" * 2)
    assert {turn.speaker for turn in found.turns} == {"Enquêtrice", None}


@pytest.mark.parametrize(
    "text",
    ["M. T. Inventé est maire.\nMme D. Rien est là.\n" * 3, "Oui.\nNon.\nOui.\nNon.\n", "Tous.\nPersonne.\n" * 3,
     "Awa Diallo est là.\nModibo Keita aussi.\n" * 3, "Participants Gao\nEnquêteurs Mopti\n" * 2,
     "**Contexte** Le village.\n**Méthode** Des entretiens.\n" * 3],
)  # fmt: skip
def test_prose_that_begins_with_names_has_no_speakers(text: str) -> None:
    assert {turn.speaker for turn in labelled(text).turns} == {None}


def test_one_label_that_does_not_ask_is_pointed_out() -> None:
    found = labelled("Où ?\nMme D. : Ici.\nEt Gao ?\nMme D. : Loin.\n")
    assert "one_speaker" in codes(found)


NAMED = {"Enquêtrice": Role.INTERVIEWER, "Mme D.": Role.RESPONDENT}


@pytest.mark.parametrize(
    ("first", "second"),
    [("Enquêtrice ", "Mme D. "), ("ENQUÊTRICE\t", "mme d. - "), ("Enquêtrice : ", "Mme  D. "),
     ("Enquêtrice\n", "Mme D.\n"), ("[Enquêtrice] ", "*Mme D.* "), ("12 Enquêtrice (0:12) : ", "[00:13] Mme D. "),
     ("- Enquêtrice — ", "- Mme D. | ")],
)  # fmt: skip
def test_labels_that_the_user_named_are_found_whatever_follows(first: str, second: str) -> None:
    text = transcript(first, second, turns=2)
    assert [words for _who, words in said(labelled(text, NAMED), text)] == SPOKEN[:2]
    assert None not in {turn.speaker for turn in labelled(text, NAMED).turns}


def test_words_that_look_like_no_label_are_one_when_named() -> None:
    text = "moi où donc\nelle là-bas\nmoi et puis\nelle rien\n"
    found = labelled(text, {"moi": Role.INTERVIEWER, "elle": Role.RESPONDENT})
    assert said(found, text) == [("moi", "où donc"), ("elle", "là-bas"), ("moi", "et puis"), ("elle", "rien")]
    assert (labelled(text).convention, found.convention) == ("none", "bare")


def test_a_named_label_in_the_middle_of_prose_stays_prose() -> None:
    text = "Awa : Où ?\nModibo : Là.\nAwa est partie.\nAwa : Bon.\nModibo : Oui.\nModiboville est loin.\n"
    named = {"Awa": Role.INTERVIEWER, "Modibo": Role.RESPONDENT}
    assert said(labelled(text, named), text) == said(labelled(text), text)
    bare = "Awa Où ?\nModibo Là.\nAwa est partie.\n"
    assert said(labelled(bare, named), bare) == [("Awa", "Où ?"), ("Modibo", "Là.\nAwa est partie.")]


def test_answers_stay_nobodys_when_only_the_interviewer_is_named() -> None:
    text = "Awa Où\nLà.\nAwa Qui\nMoi.\n"
    found = labelled(text, {"Awa": Role.INTERVIEWER})
    assert said(found, text) == [("Awa", "Où"), (None, "Là."), ("Awa", "Qui"), (None, "Moi.")]


def test_named_labels_have_the_named_roles(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(transcript("Moi ", "Elle "), encoding="utf-8")
    staged = stage(file, speakers={"moi": Role.INTERVIEWER, "elle": Role.RESPONDENT})
    assert [(s.label, s.role, s.turns) for s in staged.speakers] == [
        ("Moi", Role.INTERVIEWER, 3), ("Elle", Role.RESPONDENT, 3),
    ]  # fmt: skip


def test_a_named_label_on_the_cover_sheet_stays_there() -> None:
    cover = "Date : 12 mars\nEnquêtrice : Awa Inventée\n\n"
    text = cover + transcript("Enquêtrice ", "Mme D. ")
    assert said(labelled(text, NAMED), text)[0] == (None, cover.rstrip("\n"))
    assert said(labelled(text, NAMED), text)[1:] == said(labelled(text), text)[1:]
