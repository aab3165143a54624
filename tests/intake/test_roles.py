"""Who asks and who answers is proposed; what the user says wins."""

from __future__ import annotations

import pytest

from hsreview.base.errors import UsageProblem
from hsreview.intake.roles import Speech, apply_roles, known_role, parse_roles, propose_roles
from hsreview.model.text import Role


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("INT", Role.INTERVIEWER),
        ("Enquêtrice", Role.INTERVIEWER),
        ("ENQUÊTEUR n° 2", Role.INTERVIEWER),
        ("Intervieweuse", Role.INTERVIEWER),
        ("l'enquêteur", Role.INTERVIEWER),
        ("Q", Role.INTERVIEWER),
        ("Modératrice", Role.INTERVIEWER),
        ("Interviewé(e)", Role.RESPONDENT),
        ("Répondante 3", Role.RESPONDENT),
        ("R12", Role.RESPONDENT),
        ("Focus group – Participante 3", Role.RESPONDENT),
        ("The Witness", Role.RESPONDENT),
        ("Interviewer (I)", Role.INTERVIEWER),
        ("Awa Ba (participante)", Role.RESPONDENT),
        ("Intervenant non identifié", Role.OTHER),
        ("Homme 1", Role.OTHER),
        ("Président(e)", Role.OTHER),
        ("Speaker 1", Role.OTHER),
        ("Awa Invente", None),
        ("Intérim", None),
    ],
)
def test_known_words(label: str, role: Role | None) -> None:
    assert known_role(label) is role


def test_the_one_who_asks_is_the_interviewer() -> None:
    roles = propose_roles([Speech("Awa", 40, 900, 30), Speech("Ben", 40, 9000, 2), Speech("Chair", 5, 60, 0)])
    assert roles == {"Awa": Role.INTERVIEWER, "Ben": Role.RESPONDENT, "Chair": Role.OTHER}


def test_the_only_one_beside_a_participant_is_the_interviewer() -> None:
    roles = propose_roles([Speech("Dana", 20, 500, 3), Speech("Participant", 20, 2000, 0)])
    assert roles["Dana"] is Role.INTERVIEWER


def test_in_a_focus_group_only_the_moderator_asks() -> None:
    people = [Speech(f"P{n}", 10, 500, 4) for n in range(6)]
    roles = propose_roles([Speech("Modérateur", 20, 300, 18), *people])
    assert [roles[f"P{n}"] for n in range(6)] == [Role.RESPONDENT] * 6


def test_in_an_assembly_nobody_is_taken_for_an_interviewer() -> None:
    roles = propose_roles([Speech(f"Name {n}", 9, 900, n % 2 * 9) for n in range(30)])
    assert Role.INTERVIEWER not in roles.values()


def test_a_marginal_voice_is_other() -> None:
    assert propose_roles([Speech("Awa", 50, 5000, 0), Speech("Break", 1, 3, 0)])["Break"] is Role.OTHER


def test_who_alone_answers_is_the_respondent_whatever_the_label_says() -> None:
    for label in ("Mme Inventée (présidente)", "Présidente", "Inconnu"):
        roles = propose_roles([Speech("Enquêteur", 20, 200, 18), Speech(label, 20, 2000, 1)])
        assert roles == {"Enquêteur": Role.INTERVIEWER, label: Role.RESPONDENT}


def test_a_name_with_an_office_takes_part_and_an_interpreter_does_not() -> None:
    speeches = [
        Speech(label, 20, 900, 0) for label in ("R1", "Mme Inventée (présidente)", "Awa (interprète)", "Inconnu")
    ]
    roles = propose_roles([Speech("Enquêteur", 40, 200, 38), *speeches])
    assert list(roles.values()) == [Role.INTERVIEWER, Role.RESPONDENT, Role.RESPONDENT, Role.OTHER, Role.OTHER]


@pytest.mark.parametrize(
    ("others", "respondents"),
    [
        ([("Interprète", 20, 900), ("Observateur", 4, 60)], {"Interprète"}),
        ([("Observateur", 4, 60), ("Inconnu", 5, 80), ("Présidente", 4, 50)], {"Présidente"}),
        ([("Présidente", 20, 900), ("Secrétaire", 1, 2)], {"Présidente"}),
        ([("Président", 20, 900), ("Secrétaire", 20, 900)], {"Président", "Secrétaire"}),
        ([("Inconnu", 1, 2), ("Observateur", 1, 2)], set()),
    ],
)
def test_where_no_label_answers_whoever_is_not_beside_the_conversation_does(
    others: list[tuple[str, int, int]], respondents: set[str]
) -> None:
    roles = propose_roles([Speech("Enquêteur", 20, 300, 18), *(Speech(who, n, words, 0) for who, n, words in others)])
    assert {label for label, role in roles.items() if role is Role.RESPONDENT} == respondents


@pytest.mark.parametrize(
    ("label", "role"),
    [("Mme Inventée, présidente", Role.RESPONDENT), ("Mme Inventée - présidente", Role.RESPONDENT),
     ("Mme Inventée – vice-présidente", Role.RESPONDENT), ("Mme Inventée, secrétaire générale", Role.RESPONDENT),
     ("Mme Inventée, interprète", Role.OTHER), ("Présidente, Mme Inventée", Role.OTHER),
     ("Vice-présidente", Role.OTHER)],
)  # fmt: skip
def test_an_office_after_a_name_leaves_a_respondent(label: str, role: Role) -> None:
    speeches = [Speech("Enquêteur", 40, 200, 38), Speech("R1", 20, 900, 0), Speech(label, 20, 900, 0)]
    assert propose_roles(speeches)[label] is role


def test_roles_are_parsed_in_both_languages_and_labels_may_have_commas() -> None:
    assert parse_roles("INT=interviewer, Awa Invente, ministre = répondant;Salle=autre,") == {
        "INT": Role.INTERVIEWER,
        "Awa Invente, ministre": Role.RESPONDENT,
        "Salle": Role.OTHER,
    }


@pytest.mark.parametrize("text", ["INT", "INT=boss", "=other", "A=other,B"])
def test_a_part_that_is_no_role_is_named(text: str) -> None:
    with pytest.raises(UsageProblem, match="LABEL=ROLE"):
        parse_roles(text)


def test_wished_roles_win_whatever_the_case_and_accents_of_the_label() -> None:
    proposed = {"Enquêteur": Role.INTERVIEWER, "R1": Role.RESPONDENT}
    assert apply_roles(proposed, {"enqueteur": Role.OTHER, "X": Role.OTHER}) == {
        "Enquêteur": Role.OTHER,
        "R1": Role.RESPONDENT,
    }
