"""The words of the public workbook: key → French, English."""

from __future__ import annotations

from collections.abc import Mapping

PUBLIC: Mapping[str, tuple[str, str]] = {
    # Sheets
    "public": ("Public", "Public"),
    "public_codebook": ("Grille", "Codebook"),
    "public_group": ("Thème×Groupe", "Theme×Group"),
    "public_by": ("Thème×{name}", "Theme×{name}"),
    "public_quotes": ("Citations", "Quotes"),
    # Mark
    "public_mark": (
        "PUBLIC : effectifs par tranches, citations autorisées seulement. Ne pas compléter avec des chiffres internes.",
        "PUBLIC: counts in bands, released quotes only. Do not complete it with internal figures.",
    ),
    "public_short": ("PUBLIC", "PUBLIC"),
    # About
    "public_basis": (
        "Couche : {layer} · {reviewed:entretien relu|entretiens relus} sur {all} · "
        "{people:répondant|répondants} · grille {codebook} {version}",
        "Layer: {layer} · {reviewed} of {all:interview|interviews} reviewed · "
        "{people:respondent|respondents} · codebook {codebook} {version}",
    ),
    "public_one_coder": ("un codeur", "one coder"),
    "public_what": ("Ce que contient ce fichier", "What this file holds"),
    "public_what_value": (
        "Combien de répondants mentionnent chaque thème et chaque code, et des citations dont la publication a été "
        "décidée. Aucune ligne ne porte sur une personne.",
        "How many respondents mention each theme and each code, and quotes whose publication was decided. No row is "
        "about one person.",
    ),
    "public_bands": ("Tranches", "Bands"),
    "public_bands_value": (
        "« {few} » : moins de {k} répondants, ou aucun. « {some} » et « {many} » : au moins {k}. "
        "« · » : omis pour qu’aucune autre case ne puisse être calculée.",
        "“{few}”: fewer than {k} respondents, or none. “{some}” and “{many}”: at least {k}. “·”: left out, so that no "
        "other cell can be worked out.",
    ),
    "public_columns": ("Colonnes", "Columns"),
    "public_columns_value": (
        "n compte les répondants entendus dans les entretiens relus. Les groupes et les lieux de moins de {k} "
        "répondants sont comptés ensemble.",
        "n counts the respondents heard in the interviews reviewed. Groups and places of fewer than {k} respondents "
        "are counted together.",
    ),
    "public_codes": ("Codes", "Codes"),
    "public_codes_value": (
        "Un code qui n’a pas de ligne n’est compté que dans son thème. Le total d’un code n’est jamais donné.",
        "A code without a row is counted in its theme only. The total of a code is never given.",
    ),
    "public_quotes_about": ("Citations", "Quotes"),
    "public_quotes_value": (
        "Avec le groupe, et parfois un lieu, sans plus. « [...] » : des mots masqués.",
        "With the group and sometimes a place, no more. “[...]”: masked words.",
    ),
    "public_no_share": ("Pourcentages", "Percentages"),
    "public_no_share_value": ("Aucun : ils donneraient les effectifs.", "None: they would give the counts."),
    # Columns
    "public_title": ("Répondants qui mentionnent chaque thème", "Respondents mentioning each theme"),
    "public_quotes_title": ("Citations publiées", "Released quotes"),
    "public_no_quotes": ("Aucune citation n’est publiée.", "No quote is released."),
    "public_n": ("n (répondants)", "n (respondents)"),
    "public_other": ("Autres", "Others"),
    "public_translation": ("Traduction", "Translation"),
    "public_translator": ("Traduit par", "Translated by"),
    "public_place": ("Lieu", "Place"),
    "public_not_said": ("(non indiqué)", "(not stated)"),
}
