"""Who speaks: the one convention of a file is found, and turns partition the unchanged text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.intake.labels import Labelling, find_turns
from hsreview.intake.source import LabelMark, Source
from hsreview.model.text import check_turns

Said = list[tuple[str | None, str]]


def labelled(text: str, format_: str = "txt", bold: tuple[tuple[int, int], ...] = ()) -> Labelling:
    return find_turns(Source(text, format_, bold=bold))


def said(text: str, format_: str = "txt") -> Said:
    return [(turn.speaker, turn.said(text)) for turn in labelled(text, format_).turns]


TWO = [("Awa", "Bonjour."), ("Modibo", "Bonsoir."), ("Awa", "Oui."), ("Modibo", "Non.")]


@pytest.mark.parametrize(
    ("convention", "pattern"),
    [
        ("colon", "{name} : {text}\n"),
        ("colon", "{name}: {text}\n\n"),
        ("colon", "{name}\u00a0: {text}\n"),
        ("colon", "{name}\u202f:\u00a0{text}\n"),
        ("colon", "{name}\t: {text}\n"),
        ("colon", "{name}:\t{text}\n"),
        ("colon", "12 {name}: {text}\n"),
        ("colon", "1. {name} : {text}\n"),
        ("colon", "- {name} : {text}\n"),
        ("colon", "[00:12:03] {name} : {text}\n"),
        ("colon", "00:12:03 {name} : {text}\n"),
        ("colon", "{name} (00:12:03) : {text}\n"),
        ("colon", "@{name}: {text}\n"),
        ("colon", "{name} :\n{text}\n"),
        ("md_bold", "**{name}:** {text}\n\n"),
        ("md_bold", "**{name}** : {text}\n\n"),
        ("md_bold", "**{name}** [0:12] {text}\n\n"),
        ("md_bold", "__{name} :__ {text}\n\n"),
        ("md_heading", "### {name}\n\n{text}\n\n"),
        ("time_name", "{name}  53:39\n{text}\n\n"),
        ("time_name", "0:12 {name}\n{text}\n\n"),
        ("md_bold_line", "**{name}**\n\n{text}\n\n"),
        ("bracket", "[{name}] {text}\n"),
        ("bracket", "<{name}> {text}\n"),
        ("dash", "{name} - {text}\n"),
        ("dash", "{name} – {text}\n"),
        ("tab", "{name}\t{text}\n"),
        ("label_line", "{name}\n{text}\n\n"),
    ],
)
def test_conventions(convention: str, pattern: str) -> None:
    text = "".join(pattern.format(name=name, text=words) for name, words in TWO)
    found = labelled(text)
    assert found.convention == convention
    assert [(turn.speaker, turn.said(text)) for turn in found.turns] == TWO


def test_labels_are_as_written_even_with_decomposed_accents() -> None:
    text = unicodedata.normalize("NFD", "Enquêteur : Où ?\nRépondante : Là.\n")
    turns = labelled(text).turns
    assert [turn.speaker for turn in turns] == [unicodedata.normalize("NFD", s) for s in ("Enquêteur", "Répondante")]
    assert turns[1].said(text) == unicodedata.normalize("NFD", "Là.")


@pytest.mark.parametrize(
    "label",
    ["Enquêteur n° 2", "Focus group – Participante 3", "Interviewé(e)", "M. Invente", "R1", "SPEAKER_00", "Q", "Moi",
     "Mme Inventée", "le président", "Une voix", "A.B.", "S.E. l'Ambassadeur", "Interviewer (I)", "مريم", "Homme 1",
     "Tous", "Awa Invente,rapporteure de la commission des affaires imaginaires"],
)  # fmt: skip
def test_labels_of_several_words_and_kinds(label: str) -> None:
    text = f"{label} : un.\nAwa : deux.\n" * 4
    assert said(text)[0] == (label, "un.")
    assert len(said(text)) == 8


def test_one_speaker_with_times_is_enough() -> None:
    text = "Speaker 1  0:03\nBonjour.\n\nUnknown Speaker  0:10\nOui.\n\nSpeaker 1  0:15\nBon.\n"
    assert said(text) == [("Speaker 1", "Bonjour."), ("Unknown Speaker", "Oui."), ("Speaker 1", "Bon.")]


def test_question_and_answer_with_full_stops() -> None:
    text = "Q. Où ?\nR. Là. R. Diallo aussi.\nQ. Quand ?\nR. Hier.\n"
    assert said(text) == [("Q", "Où ?"), ("R", "Là. R. Diallo aussi."), ("Q", "Quand ?"), ("R", "Hier.")]


def test_times_are_taken_out_of_labels() -> None:
    text = "[00:12:03] R1 : un\n00:12:05 INT : deux\nR1 (1:02:03) : trois\nINT [12:10]: quatre\n"
    found = labelled(text).turns
    assert [(t.speaker, t.time) for t in found] == [
        ("R1", 723_000),
        ("INT", 725_000),
        ("R1", 3_723_000),
        ("INT", 730_000),
    ]


def test_times_alone_make_turns_of_nobody() -> None:
    text = "00:00:08 un\n00:00:12 deux\n00:01:20 trois\n"
    found = labelled(text)
    assert found.convention == "time"
    assert [(t.speaker, t.time, t.said(text)) for t in found.turns] == [
        (None, 8000, "un"), (None, 12000, "deux"), (None, 80000, "trois"),
    ]  # fmt: skip
    assert [doubt.code for doubt in found.doubts] == ["no_labels"]


def test_clauses_before_a_colon_are_not_people() -> None:
    clauses = [
        *("Par exemple", "Et là", "Note", "Mali", "C'est clair", "He says", "My question is", "Deuxième enjeu majeur"),
        *("La question est donc la suivante", "At number 1", "LI 17, please", "Chers collègues, disons-le"),
    ]
    text = "INT : Où ?\n" + "".join(f"{clause} : voilà.\n" for clause in clauses) + "R1 : Là.\n" * 3
    assert {speaker for speaker, _text in said(text)} == {"INT", "R1"}


def test_someone_who_speaks_once_is_a_speaker_by_name_or_role() -> None:
    text = "Awa Invente : un.\nINT : deux.\n" * 5 + "Mr Invented: three.\nJean de Rien : quatre.\nThe Witness: five.\n"
    assert [speaker for speaker, _text in said(text)][-3:] == ["Mr Invented", "Jean de Rien", "The Witness"]


def test_a_lone_word_is_left_as_text_and_said() -> None:
    text = "INT : un.\nR1 : deux.\n" * 5 + "Kidal : trois.\n"
    found = labelled(text)
    assert len(found.turns) == 10
    doubt = next(d for d in found.doubts if d.code == "possible_labels")
    assert "line 11" in doubt.message


def test_first_names_that_come_once_count_in_a_short_file_of_labels() -> None:
    assert said("Awa : Bonjour.\nModibo : Bonsoir.\n") == [("Awa", "Bonjour."), ("Modibo", "Bonsoir.")]


def test_further_paragraphs_belong_to_the_turn_before() -> None:
    text = "INT : un\n\nencore un\n\n(rires)\n\nR1 : deux\nencore deux\n"
    assert said(text) == [("INT", "un\n\nencore un\n\n(rires)"), ("R1", "deux\nencore deux")]


def test_two_turns_of_one_speaker_in_a_row_stay_two() -> None:
    assert len(said("INT : un\nINT : deux\nR1 : trois\n")) == 3


def test_bracketed_lines_are_nobodys_and_the_speaker_goes_on_after_them() -> None:
    text = "[Salle B]\nINT : un\n[rires]\n[00:10:00]\nencore un\nR1 : deux [rires] et trois\n"
    assert said(text) == [
        (None, "[Salle B]"), ("INT", "un"), (None, "[rires]"), (None, "[00:10:00]"), ("INT", "encore un"),
        ("R1", "deux [rires] et trois"),
    ]  # fmt: skip
    resumed = labelled(text).turns[4]
    assert resumed.label_end == resumed.start
    assert "resumed_turns" in [doubt.code for doubt in labelled(text).doubts]


def test_a_cover_sheet_is_nobodys() -> None:
    cover = "Entretien 3\nDate : 12 mars\nLieu : Gao\nEnquêteur : Moussa Invente\n\n"
    text = cover + "Enquêteur : Bonjour.\nAwa : Bonjour.\nEnquêteur : Ça va ?\nAwa : Oui.\n"
    assert said(text)[0] == (None, cover.rstrip("\n"))
    assert said(text)[1] == ("Enquêteur", "Bonjour.")


def test_a_field_named_in_the_conversation_makes_no_cover_sheet() -> None:
    text = "INT : un ?\nAwa : deux\nINT : trois ?\nAwa : quatre\nDate : le douze\nINT : cinq\n"
    assert said(text) == [
        ("INT", "un ?"),
        ("Awa", "deux"),
        ("INT", "trois ?"),
        ("Awa", "quatre\nDate : le douze"),
        ("INT", "cinq"),
    ]


def test_headings_and_front_matter_of_markdown_are_nobodys() -> None:
    text = "---\nspeaker: x\n---\n# Titre\n\n**INT:** un\n\n## Partie 2\n\n**R1:** deux\n"
    assert [s for s, _t in said(text, "md")] == [None, None, "INT", None, "R1"]


def test_markdown_stays_as_written() -> None:
    text = "**INT:** c'est *vrai* \\[rires\\] &#39;bon\n\n**R1:** oui\n"
    assert said(text, "md")[0] == ("INT", "c'est *vrai* \\[rires\\] &#39;bon")


def test_a_file_labelled_in_part_is_said_to_be_so_and_gives_nobody_foreign_words() -> None:
    story = "je raconte mon histoire sans label, longuement et lentement.\n" * 8
    text = story + "L2 : ah bon ?\n" + story
    found = labelled(text)
    assert [turn.speaker for turn in found.turns] == [None, "L2", None]
    assert found.turns[1].said(text) == "ah bon ?"
    assert "partly_labelled" in [doubt.code for doubt in found.doubts]


def test_a_text_without_labels_is_one_block() -> None:
    text = "Un texte.\n\nSans personne.\n"
    found = labelled(text)
    assert (found.convention, [t.speaker for t in found.turns]) == ("none", [None])
    assert [doubt.code for doubt in found.doubts] == ["no_labels"]


def test_bold_openings_are_labels_whatever_they_say() -> None:
    text = "0: un\nMais non: deux\nDe nombreux invités et voisins: trois\nAwa: quatre\nMais non: cinq\n"
    bold = tuple((text.index(s), text.index(s) + len(s)) for s in ("0:", "De nombreux invités et voisins:", "Awa:"))
    found = labelled(text, "docx", bold)
    assert found.convention == "bold"
    assert [(t.speaker, t.said(text)) for t in found.turns] == [
        ("0", "un\nMais non: deux"), ("De nombreux invités et voisins", "trois"), ("Awa", "quatre\nMais non: cinq"),
    ]  # fmt: skip


def test_a_label_that_the_typist_forgot_to_set_bold_counts() -> None:
    text = "INT: un\nAwa: deux\nINT: trois\nAwa: quatre\n"
    bold = ((0, 4), (8, 12), (18, 22))
    assert bold[1] == (8, 12) and text[8:12] == "Awa:"
    assert [t.speaker for t in labelled(text, "docx", bold).turns] == ["INT", "Awa", "INT", "Awa"]


def test_spellings_of_one_label_are_pointed_out() -> None:
    found = labelled("R1 : un\nR 1 : deux\nINT : trois\n" * 3)
    assert ("similar_labels", "R 1 / R1 may be one speaker.") in [(d.code, d.message) for d in found.doubts]


def test_stated_turns_are_taken_as_they_are() -> None:
    text = "avant\nAwa: un\n\nBen: deux"
    marks = (LabelMark(6, 11, "Awa", 5), LabelMark(15, 20, "Ben"))
    turns = find_turns(Source(text, "csv", marks=marks)).turns
    assert [(t.speaker, t.said(text), t.time) for t in turns] == [
        (None, "avant", None),
        ("Awa", "un", 5),
        ("Ben", "deux", None),
    ]


_PIECES = st.sampled_from(
    ["INT : ", "R1: ", "**Awa:** ", "[rires]", "[00:01] ", "Awa - ", "\n", "\n\n", " ", "\t", "oui", "Et là : ",
     "00:01:02 ", "\u00a0", "é", "# ", "Q. ", "— ", "\ufeff", "\x0b", "\u2028", "Awa  53:39", "Date : x", "---"]
)  # fmt: skip


@given(
    st.lists(_PIECES, min_size=1, max_size=60).map("".join).filter(lambda t: bool(t.strip())),
    st.sampled_from(["txt", "md"]),
)
def test_turns_always_partition_the_text(text: str, format_: str) -> None:
    turns = labelled(text, format_).turns
    check_turns(len(text), turns)
    assert "".join(text[t.start : t.end] for t in turns) == text


@pytest.mark.parametrize(
    "label",
    ["Le maire de la commune rurale de Soboundou", "Représentante de l’association des femmes de Kidal", "R1 et R2",
     "Head of the early warning unit of the invented commission"],
)  # fmt: skip
def test_a_long_function_or_several_people_are_a_speaker_when_they_come_back(label: str) -> None:
    text = f"INT : Et alors ?\n{label} : Voilà.\n" * 3
    assert [speaker for speaker, _text in said(text)] == ["INT", label] * 3
    assert [speaker for speaker, _text in said(f"INT : Et alors ?\nR1 : Voilà.\n{label} : Rien.\n" * 2)].count(
        label
    ) == 0


def test_words_of_a_clause_that_come_back_are_left_as_text_and_said() -> None:
    found = labelled("INT : Et alors ?\nPoint focal : Voilà.\n" * 3)
    assert {turn.speaker for turn in found.turns} == {"INT", None}
    doubt = next(d for d in found.doubts if d.code == "possible_labels")
    assert doubt.count == 3 and "lines 2, 4, 6" in doubt.message


@pytest.mark.parametrize(
    ("question", "asks", "answer", "answers"),
    [("Q{n}.", "Q", "R{n}.", "R"), ("Q{n})", "Q", "R{n})", "R"), ("Q{n} :", "Q", "R{n} :", "R"),
     ("Question {n} :", "Question", "Réponse {n} :", "Réponse"), ("Q{n}.", "Q", "R.", "R"),
     ("Question n° {n} :", "Question", "Réponse :", "Réponse")],
)  # fmt: skip
def test_numbered_questions_and_answers_are_two_people_and_the_text_keeps_the_numbers(
    question: str, asks: str, answer: str, answers: str
) -> None:
    text = "".join(f"{question} Et puis ?\n{answer} Voilà.\n".format(n=n) for n in range(1, 13))
    turns = labelled(text).turns
    assert [turn.speaker for turn in turns] == [asks, answers] * 12
    assert text[turns[4].start : turns[4].label_end].startswith(question.format(n=3))
    assert {turn.said(text) for turn in turns} == {"Et puis ?", "Voilà."}


@pytest.mark.parametrize(
    "order",
    ["INT R1 R2 R3 INT R2 R1 R3", "Q1 R1 Q2 R2 Q1 R2 Q2 R1 Q1", "Q1 R2 Q2 R1 Q3 R1 Q4 R2", "R1 R2 R3 INT R1 R2"],
)
def test_numbered_people_who_speak_in_any_order_stay_several(order: str) -> None:
    speakers = [speaker for speaker, _text in said("".join(f"{label} : voilà.\n" for label in order.split()))]
    assert {s for s in speakers if s and s[0] == "R"} == {label for label in order.split() if label[0] == "R"}


def test_two_numbered_interviewers_stay_two() -> None:
    speakers = {speaker for speaker, _text in said("Q1 : un ?\nR : deux.\nQ2 : trois ?\nR : quatre.\n" * 3)}
    assert speakers == {"Q1", "Q2", "R"}


@pytest.mark.parametrize("number", ["{n}.", "{n})", "{n} -", "2.{n}"])
def test_questions_with_a_number_alone_are_not_said_by_the_answerer(number: str) -> None:
    text = "".join(
        f"{number.format(n=n)} Où ?\nR : Là-bas, plus loin.\n1. dit-il, quoi ?\nrien.\nR : Bon.\n" for n in range(1, 5)
    )
    assert said(text)[:4] == [
        (None, number.format(n=1) + " Où ?"), ("R", "Là-bas, plus loin.\n1. dit-il, quoi ?\nrien."), ("R", "Bon."),
        (None, number.format(n=2) + " Où ?"),
    ]  # fmt: skip


def test_questions_that_alone_have_labels_are_pointed_out() -> None:
    found = labelled("".join(f"Question {n} : Et puis ?\nVoilà, ça va.\n\n" for n in range(1, 6)))
    assert [turn.speaker for turn in found.turns] == ["Question", None] * 5
    assert [doubt.code for doubt in found.doubts] == ["only_questions"]


@pytest.mark.parametrize("label", ["[inconnu] :", "[unknown]:", "[inaudible speaker]:", "[Homme 2] :"])
def test_bracketed_labels_with_a_colon_stand_among_others(label: str) -> None:
    text = f"INT : un ?\nR1 : deux.\n{label} trois.\n[rires]\n" + "INT : un ?\nR1 : deux.\n" * 4
    assert said(text)[2] == (label[1 : label.index("]")], "trois.")
    assert said(text)[3] == (None, "[rires]")


@pytest.mark.parametrize("pattern", ["1 : {a}\n2 : {b}\n", "1: {a}\n\n2: {b}\n\n", "1\u00a0: {a}\n2\u00a0: {b}\n"])
def test_bare_numbers_are_labels_when_they_come_back(pattern: str) -> None:
    text = pattern.format(a="Où ?", b="Là.") * 4
    assert said(text) == [("1", "Où ?"), ("2", "Là.")] * 4


def test_a_numbered_list_in_an_answer_is_no_label() -> None:
    text = "INT : un ?\nR1 : ceci.\n1 : d'abord\n2 : ensuite\n3 : enfin\n" + "INT : un ?\nR1 : ceci.\n" * 4
    found = labelled(text)
    assert {turn.speaker for turn in found.turns} == {"INT", "R1"}
    assert found.doubts == ()


@pytest.mark.parametrize("asks", ["Q.", "M. T.", "Mme S."])
def test_titles_with_an_initial_are_labels_where_they_open_most_lines(asks: str) -> None:
    text = f"{asks} Où ?\nMme D. Là. Mme D. aussi.\n{asks} Quand ?\nMme D. Hier.\nMme D. ne dit rien.\n"
    speaker = asks.rstrip(".") if asks == "Q." else asks
    assert said(text) == [
        (speaker, "Où ?"), ("Mme D.", "Là. Mme D. aussi."), (speaker, "Quand ?"),
        ("Mme D.", "Hier.\nMme D. ne dit rien."),
    ]  # fmt: skip


def test_titles_with_an_initial_in_prose_are_no_labels() -> None:
    prose = "Le village est loin.\n\nLa route est longue.\n\nRien ne bouge ici.\n\nOn attend.\n\n"
    text = (2 * prose + "Mme D. Invente est là.\n\nM. T. Rien aussi.\n\n") * 2
    assert labelled(text).convention == "none"


LISTS = ("1 : la terre\n2 : l'eau\n3 : la paix\n", "8 : 30 accueil\n9 : 15 discours\n", "1 : oui\n2 : non\n")


@pytest.mark.parametrize("listed", LISTS)
@pytest.mark.parametrize("labels", ["INT : {a}\nR1 : {b}\n", "Q. {a}\nR. {b}\n", "[Awa] {a}\n[Ben] {b}\n"])
def test_lists_that_come_back_in_answers_stay_the_answerers_and_are_said(listed: str, labels: str) -> None:
    found = labelled((labels.format(a="Quoi ?", b="Ceci :") + listed) * 2)
    assert len({turn.speaker for turn in found.turns}) == 2 and len(found.turns) == 4
    assert [(doubt.code, doubt.count) for doubt in found.doubts] == [("possible_labels", 2 * listed.count("\n"))]


@pytest.mark.parametrize(
    "text",
    [LISTS[0] * 2, LISTS[1] * 2, "Awa : voici\n1 : un\n2 : deux\nModibo : voilà\n1 : trois\n2 : quatre\n",
     "Le puits est loin.\nLa route aussi.\nRien.\n1 : oui\n2 : non\n" * 2],
)  # fmt: skip
def test_bare_numbers_are_nobody_in_lists_times_and_prose(text: str) -> None:
    found = labelled(text)
    assert {turn.speaker for turn in found.turns} <= {None, "Awa", "Modibo"}
    assert found.doubts


def test_bare_numbers_as_labels_are_said_and_an_age_is_still_an_answer() -> None:
    found = labelled("1 : Où ?\n2 : Là.\n" * 4 + "1 : Quel âge ?\n2 : 45 ans.\nTous : merci.\n")
    assert [turn.speaker for turn in found.turns] == ["1", "2"] * 5 + ["Tous"]
    assert [(doubt.code, doubt.message) for doubt in found.doubts] == [
        ("number_labels", "Bare numbers were taken for speakers (1, 2). Check that they do not number a list.")
    ]


def test_a_group_that_speaks_is_no_field_of_a_cover_sheet() -> None:
    text = "Groupe : Bonjour.\nAnimateur : Que dites-vous ?\n" * 3
    assert said(text) == [("Groupe", "Bonjour."), ("Animateur", "Que dites-vous ?")] * 3


def test_a_group_named_on_a_cover_sheet_stays_there() -> None:
    cover = "Groupe : femmes de Gao\nDate : 12 mars\nLieu : Gao\n\n"
    text = cover + "INT : un ?\nR1 : deux.\n" * 3
    assert said(text)[0] == (None, cover.rstrip("\n"))
    assert {speaker for speaker, _text in said(text)} == {None, "INT", "R1"}
    again = cover + "INT : un ?\nGroupe : deux.\n" * 3
    assert said(again)[0] == (None, cover.rstrip("\n"))
    assert {speaker for speaker, _text in said(again)} == {None, "INT", "Groupe"}


@pytest.mark.parametrize(
    "text",
    ["Le rapport est long.\nSource : OIM, 2020\nIl pleut.\n" * 3, "Groupe : cinq femmes\nUn texte sans label.\n" * 4,
     "Source : OIM, 2020\nMise en page : rien\nUn texte.\n" * 3],
)  # fmt: skip
def test_fields_of_a_document_do_not_speak(text: str) -> None:
    found = labelled(text)
    assert {turn.speaker for turn in found.turns} == {None}
    assert [doubt.code for doubt in found.doubts] == ["no_labels"]


@pytest.mark.parametrize("field", ["Village : Koro", "Source : OIM", "Organisation : X", "Guide : 3", "Région : Gao"])
def test_a_field_above_each_of_three_interviews_does_not_speak(field: str) -> None:
    speakers = {speaker for speaker, _text in said((f"{field}\n\n" + "INT : un ?\nR1 : deux.\n" * 3 + "\n") * 3)}
    assert speakers - {None} == {"INT", "R1"}


def test_a_group_that_speaks_twice_speaks_in_a_file_without_a_cover_sheet() -> None:
    text = "Animateur : Que dites-vous ?\nGroupe : Bonjour.\n" * 2
    assert [speaker for speaker, _words in said(text)] == ["Animateur", "Groupe"] * 2


def test_a_group_named_on_a_cover_sheet_that_speaks_once_is_left_as_text_and_said() -> None:
    found = labelled("Groupe : femmes\nDate : 12 mars\n\n" + "INT : un ?\nR1 : deux.\n" * 3 + "Groupe : trois.\n")
    assert {turn.speaker for turn in found.turns} == {None, "INT", "R1"}
    assert "possible_labels" in [doubt.code for doubt in found.doubts]


def order_of(order: str) -> Labelling:
    return labelled("".join(f"{label} : voilà.\n" for label in order.split()))


@pytest.mark.parametrize("order", ["Q1 R1 Q2 R2 Q4 R4 Q3 R3 Q5 R5", "Q2 R2 Q1 R1 Q3 R3"])
def test_a_question_out_of_its_order_makes_no_further_people(order: str) -> None:
    assert {turn.speaker for turn in order_of(order).turns} == {"Q", "R"}
    assert order_of(order).doubts == ()


@pytest.mark.parametrize(
    ("order", "kept"),
    [
        ("Q1 R1 Q2 R2 Q3 R3 Q4 R1", "R1 R2 R3"),
        ("Q1 R1 Q2 R2 Q1 R1 Q2 R2", "Q1 R1 Q2 R2"),
        ("Q1 R Q2 R Q1 R Q2 R Q3 R Q1 R", "Q1 Q2 Q3"),
        ("Q1 Awa Q2 Awa", "Q1 Q2"),
        ("Q1 R1 Q2 Awa", "Q1 R1 Q2"),
        ("Q1 R1 Q2 R2 Q4 R4 Q3 R5 Q5 R3", "Q1 R1 Q2 R2 Q4 R4 Q3 R5 Q5 R3"),
    ],
)
def test_numbers_that_may_be_people_are_kept_and_said(order: str, kept: str) -> None:
    found = order_of(order)
    assert {turn.speaker for turn in found.turns} >= set(kept.split())
    doubt = next(doubt for doubt in found.doubts if doubt.code == "numbered_labels")
    assert doubt.count == len(kept.split()) and ", ".join(kept.split()[:5]) in doubt.message


@pytest.mark.parametrize("order", ["INT R1 R2 R3 INT R2 R1", "Q R1 Q R2 Q R1", "INT Q1 INT Q1"])
def test_numbered_respondents_alone_are_no_doubt(order: str) -> None:
    assert "numbered_labels" not in [doubt.code for doubt in order_of(order).doubts]


@pytest.mark.parametrize(
    ("ask", "extra"),
    [("{n}. Décrivez la situation", ""), ("{n}. Et ?", "Relance : plus ?\nR : non.\n"), ("Q{n}. Et ?", ""),
     ("{n}) Et ensuite", "INT : plus ?\nR : non.\n"), ("Question {n}. Dites", "")],
)  # fmt: skip
@pytest.mark.parametrize("answer", ["R : oui.\n", "Awa : oui.\nModibo : non.\n"])
def test_numbered_questions_without_a_label_are_nobodys(ask: str, extra: str, answer: str) -> None:
    text = "".join(f"{ask.format(n=n)}\n{answer}{extra}" for n in range(1, 5))
    assert [words for who, words in said(text) if who is None] == [ask.format(n=n) for n in range(1, 5)]
    assert "numbered_lines" not in [doubt.code for doubt in labelled(text).doubts]


@pytest.mark.parametrize(
    "lists", [("1. l'eau\n2. la terre", "1. un\n2. deux"), ("1. l'eau", "1. un\n2. deux"), ("2. l'eau", "3. la paix")]
)
def test_a_list_that_ends_an_answer_stays_the_answerers_and_is_said(lists: tuple[str, str]) -> None:
    text = "".join(f"INT : Quoi ?\nR1 : Ceci :\n{listed}\nR2 : Oui.\n" for listed in lists)
    found = labelled(text)
    assert None not in {turn.speaker for turn in found.turns}
    doubt = next(doubt for doubt in found.doubts if doubt.code == "numbered_lines")
    last = [text[: text.index(listed) + len(listed)].count("\n") + 1 for listed in lists]
    assert doubt.count == 2 and f"lines {last[0]}, {last[1]}" in doubt.message


def test_numbers_without_order_stay_the_answerers_and_are_said() -> None:
    found = labelled("".join(f"{n}. Où ?\nR : Là.\n" for n in (1, 5, 2, 4)))
    assert [turn.speaker for turn in found.turns] == [None, "R", "R", "R", "R"]
    assert [(d.code, d.count) for d in found.doubts] == [("one_speaker", 1), ("numbered_lines", 3)]


def test_a_numbered_list_before_the_interviewer_speaks_is_no_doubt() -> None:
    found = labelled("INT : Quoi ?\nR1 : Deux choses :\n1. l'eau\n2. la terre\n" * 3)
    assert {turn.speaker for turn in found.turns} == {"INT", "R1"} and found.doubts == ()


def test_a_question_with_a_q_that_is_not_right_above_its_answer_is_said() -> None:
    found = labelled("Awa : un.\nQ2. Et ?\nsans rire\nAwa : deux.\nModibo : trois.\n" * 2)
    assert [(d.code, d.count) for d in found.doubts] == [("numbered_lines", 2)]


def test_a_line_that_begins_with_a_figure_asks_nothing_and_is_said() -> None:
    found = labelled("1. Où ?\nR : Là.\n2. Combien ?\nR : Nous étions\n12 personnes\nR : Oui.\n3. Qui ?\nR : Moi.\n")
    assert [turn.speaker for turn in found.turns] == [None, "R", None, "R", "R", None, "R"]
    assert [(d.code, d.count) for d in found.doubts] == [("numbered_lines", 1)]
