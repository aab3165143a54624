"""The words of the report of a validation meeting: its language is that of the file, not of the interface."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.model.localized import Localized

_WORDS: Mapping[str, Localized] = {
    "title": Localized("Réunion de validation\u00a0: {name}", "Validation meeting: {name}"),
    "mark": Localized(
        "Compte rendu pour les participants\u00a0: aucun nom, aucun témoignage.",
        "Report for those who took part: no names, no testimony.",
    ),
    "provisional": Localized(
        "PROVISOIRE\u00a0: la réunion n’est pas close.", "PROVISIONAL: the meeting is not closed."
    ),
    # Chapters, which are sheets of the Excel file
    "read_me": Localized("Lisez-moi", "Read me"),
    "said": Localized("Vos mots, nos réponses", "You said, we did"),
    "signed": Localized("Lignes validées", "Rows signed off"),
    "refused": Localized("Lignes rejetées", "Rows rejected"),
    "not_accepted": Localized("Lignes non acceptées", "Rows not accepted"),
    "results": Localized("Résultats par côté", "Results by side"),
    "transfer": Localized("Pour d’autres États", "For other states"),
    "unvoted": Localized("Lignes sans vote", "Rows not voted on"),
    # Columns
    "row": Localized("Ligne", "Row"),
    "kind": Localized("Genre", "Kind"),
    "round": Localized("Tour", "Round"),
    "who": Localized("Qui", "Who"),
    "about": Localized("Sur quoi", "About"),
    "you_said": Localized("Ce que vous avez dit", "What you said"),
    "we_did": Localized("Ce que nous avons fait", "What we did"),
    "because": Localized("Pourquoi", "Why"),
    "before": Localized("Avant", "Before"),
    "after": Localized("Après", "After"),
    "says": Localized("Énoncé", "Says"),
    "brought": Localized("Énoncé apporté à la réunion", "As brought to the meeting"),
    "outcome": Localized("Résultat", "Result"),
    "badge": Localized("Preuves", "Evidence"),
    "side": Localized("Côté", "Side"),
    "cast": Localized("votes exprimés", "votes cast"),
    "needed": Localized("d’accord, il en faut", "agree, needed"),
    "reached": Localized("atteint", "reached"),
    "yes": Localized("oui", "yes"),
    "no": Localized("non", "no"),
    "left_out": Localized("personne n’a voté, ne décide pas", "nobody voted, does not decide"),
    # Cells
    "amendment": Localized("amendement", "amendment"),
    "table": Localized("table {label}", "table {label}"),
    "table_of": Localized("Table {label}", "Table {label}"),
    "changed": Localized("{done} «\u202f{before}\u202f» → «\u202f{after}\u202f»", "{done} “{before}” → “{after}”"),
    "unanswered": Localized("sans réponse encore", "no answer yet"),
    "nobody": Localized("–", "–"),
    # Read me
    "date": Localized("Date", "Date"),
    "place": Localized("Lieu", "Place"),
    "state": Localized("État (pays)", "State"),
    "version": Localized("Version du cadre", "Version of the framework"),
    "signed_version": Localized("Version validée", "Version signed off"),
    "rule": Localized("Règle", "Rule"),
    "people": Localized("{n} personnes", "{n} people"),
    "fewer": Localized("moins de {k}", "fewer than {k}"),
    "small_tables": Localized(
        "Tables de moins de {k} personnes, dites par côté seulement",
        "Tables of fewer than {k} people, told by side only",
    ),
    "at_least": Localized("au moins {n}", "at least {n}"),
    "few_sides": Localized("Côté de moins de {k} personnes", "A side of fewer than {k} people"),
    "few_sides_value": Localized(
        "ses votes ne sont pas dits à part\u202f; les votes par côté manquent donc, et il n’est dit que si chaque côté "
        "atteint le nombre qu’il faut",
        "its votes are not told apart; counts by side are therefore left out, and only whether each side reaches the "
        "number that is needed is told",
    ),
    "late": Localized("Venu trop tard", "Came too late"),
    "late_value": Localized(
        "{refs}\u00a0: le résultat était déjà écrit quand des votes ou des amendements ont changé sur un autre "
        "ordinateur",
        "{refs}: the result was written already when votes or amendments changed on another laptop",
    ),
    "translate": Localized("À traduire", "To be translated"),
    "translate_value": Localized(
        "amendées en une seule langue\u00a0: {refs}", "amended in one language only: {refs}"
    ),
    "how": Localized("Comment lire", "How to read"),
    "how_value": Localized(
        "«\u202fVotes exprimés\u202f» sont ceux que la règle compte. Pour qu’une ligne soit acceptée, toute la salle "
        "et chaque côté doivent atteindre le nombre qu’il faut\u202f: aucun côté ne décide pour l’autre.",
        "“Votes cast” are those that the rule counts. For a row to be accepted, the whole room and each side must "
        "reach the number that is needed: neither side decides for the other.",
    ),
}  # fmt: skip


class ReportWords:
    """Words in the language of one file."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        return _WORDS[key].get(self.language).format(**values)

    def fact(self, label: str, text: str) -> str:
        """`Date: 2016-05-12`, with the blank that French has before a colon."""
        colon = "\u00a0: " if self.language == "fr" else ": "
        return f"{label}{colon}{text}"
