"""The words of the sheet on which partners fill in a framework matrix: key → French, English."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.base.folding import fold
from hsreview.model.framework_matrix import CaseKind, Charted, Empty

WORDS = {
    "sheet": ("Matrice-cadre", "Framework"),
    "segments": ("Segments", "Segments"),
    "help": ("Mode d’emploi", "How to"),
    "title": ("Matrice-cadre : {cases} × thèmes", "Framework matrix: {cases} × themes"),
    "subtitle": (
        "Couche {layer} · {codebook} {version} · {reviewed} entretiens relus sur {interviews}",
        "Layer {layer} · {codebook} {version} · {reviewed} of {interviews} interviews reviewed",
    ),
    "confidential": (
        "Confidentiel : contient des paroles de personnes interrogées. Écrivez seulement dans les colonnes des thèmes "
        "et des états.",
        "Confidential: holds words of people who were interviewed. Write in the columns of themes and states only.",
    ),
    "outside": ("ne pas diffuser", "do not circulate"),
    "case": ("Cas", "Case"),
    "group": ("Groupe", "Group"),
    "status": ("État", "State"),
    "theme": ("Thème", "Theme"),
    "place": ("Endroit", "Place"),
    "code": ("Code", "Code"),
    "words": ("Paroles", "Words"),
    "linked": ("Retenu", "Used"),
    "yes": ("oui", "yes"),
    "cut": (
        "[…] Suite dans le projet : ce résumé est plus long qu’une cellule et ne se modifie pas ici.",
        "[…] The rest is in the project: this summary is longer than a cell and cannot be changed here.",
    ),
    f"case_{CaseKind.RESPONDENT}": ("répondants", "respondents"),
    f"case_{CaseKind.ORGANISATION}": ("organisations", "organisations"),
    f"case_{CaseKind.GROUP}": ("groupes", "groups"),
    f"case_{CaseKind.TRANSCRIPT}": ("entretiens", "interviews"),
    f"status_{Charted.TODO}": ("à faire", "to do"),
    f"status_{Charted.DRAFTED}": ("brouillon", "drafted"),
    f"status_{Charted.CHECKED}": ("vérifié", "checked"),
    f"empty_{Empty.SILENT}": ("[question posée, rien dit]", "[asked, nothing said]"),
    f"empty_{Empty.NOT_ASKED}": ("[question non posée]", "[not asked]"),
    f"empty_{Empty.NOT_RECORDED}": (
        "[rien dit ; on ne sait pas si la question a été posée]",
        "[nothing said; whether it was asked is on no record]",
    ),
    f"empty_{Empty.NOT_CODED}": ("[pas encore codé jusqu’au bout]", "[not yet coded to the end]"),
    f"empty_{Empty.UNSETTLED}": ("[lu, pas encore arrêté]", "[read, not settled]"),
    f"empty_{Empty.NOT_READ}": ("[non lu]", "[not read]"),
    f"empty_{Empty.NO_INTERVIEW}": ("[aucun entretien]", "[no interview]"),
    f"empty_{Empty.HIDDEN}": ("[non montré]", "[not shown]"),
    f"empty_{Empty.NOT_AGREED}": (
        "[omis : le consentement ne le permet pas]",
        "[left out: the consent does not allow it]",
    ),
    "how_0": ("Comment remplir cette feuille", "How to fill in this sheet"),
    "how_1": (
        "Chaque ligne est un cas, chaque colonne un thème. Écrivez dans une cellule ce que ce cas dit du thème, en peu "
        "de phrases.",
        "Every row is a case, every column a theme. Write into a cell what this case says under the theme, in a few "
        "sentences.",
    ),
    "how_2": (
        "La feuille « Segments » montre les paroles codées de chaque cellule. Citez-les par leur endroit, par exemple "
        "(cso-01 12.3).",
        "The sheet “Segments” shows the coded words of every cell. Cite them by their place, such as (cso-01 12.3).",
    ),
    "how_3": (
        "Une mention entre crochets dit pourquoi une cellule est vide. Vous pouvez écrire à sa place.",
        "A note in square brackets says why a cell is empty. You may write in its place.",
    ),
    "how_4": (
        "À côté de chaque thème, l’état se choisit dans la liste : à faire, brouillon, vérifié.",
        "Beside every theme, choose the state from the list: to do, drafted, checked.",
    ),
    "how_5": (
        "Trier et filtrer ne gêne pas. Ne fusionnez pas de cellules, n’écrivez pas de formules, et ne touchez pas à la "
        "colonne et à la ligne cachées.",
        "Sorting and filtering do no harm. Do not merge cells, do not write formulas, and leave the hidden column and "
        "the hidden row alone.",
    ),
    "how_6": (
        "Renvoyez le fichier : chaque changement y est comparé au projet, et accepté ou refusé cellule par cellule.",
        "Send the file back: every change is compared with the project, and accepted or refused cell by cell.",
    ),
}
HOW_TO = 7


def word(key: str, language: str, **values: object) -> str:
    """A text of the sheet in `fr` or `en`."""
    return WORDS[key][0 if language == "fr" else 1].format(**values)


def status_written(text: str) -> Charted | None:
    """The state that `text` names in either language; null when it names none."""
    named = " ".join(fold(text).split())
    return next((s for s in Charted if named in (s.value, *map(fold, WORDS[f"status_{s}"]))), None)


FRAMEWORK: Mapping[str, tuple[str, str]] = {
    "framework": WORDS["sheet"],
    "about_framework": (
        "Par cas et par thème : le résumé écrit, son état et les citations sur lesquelles il s’appuie",
        "By case and theme: the written summary, its state, and the quotes that it rests on",
    ),
    "framework_cases": ("Lignes", "Rows"),
    "framework_case": WORDS["case"],
    "framework_state": ("état", "state"),
    "framework_rests": ("s’appuie sur", "rests on"),
    **{f"framework_{key.partition('_')[2]}": WORDS[key] for key in WORDS if "_" in key and not key.startswith("how_")},
}
"""The words of that sheet in the theme workbook."""

_EMPTY = frozenset(fold(text) for key, texts in WORDS.items() if key.startswith("empty_") for text in texts)


def says_empty(text: str) -> bool:
    """Whether `text` is one of the notes that stand in empty cells."""
    return fold(text).strip() in _EMPTY
