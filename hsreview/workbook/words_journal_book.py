"""The words of the journal as an Excel file: key → French, English."""

from __future__ import annotations

from collections.abc import Mapping

JOURNAL_BOOK: Mapping[str, tuple[str, str]] = {
    "jr_title": ("Journal de suivi", "Monitoring journal"),
    "jr_internal": (
        "INTERNE : notes de suivi de l’équipe et de ses partenaires. Ne pas publier.",
        "INTERNAL: notes of the team and its partners. Not for publication.",
    ),
    # Sheets
    "fw_entry_marker": ("Marqueurs", "Markers"),
    "fw_entry_indicator": ("Indicateurs", "Indicators"),
    "fw_entry_actor": ("Engagement", "Engagement"),
    "fw_entry_recommendation": ("Recommandations", "Recommendations"),
    "fw_entry_status": ("Situation", "Status"),
    # Columns of the sheet that is only read
    "jr_kind": ("Genre", "Kind"),
    "jr_says": ("Énoncé", "Says"),
    "jr_stands": ("Dernière valeur", "Latest value"),
    "jr_since": ("Depuis", "Since"),
    "jr_baseline": ("Situation de référence", "Baseline"),
    "jr_target": ("Cible", "Target"),
    "jr_progress": ("Ce que cela veut dire", "What it means"),
    "jr_next_check": ("Prochain suivi", "Next check"),
    "jr_entries": ("Entrées", "Entries"),
    "jr_reached": ("cible atteinte", "target reached"),
    "jr_on_the_way": ("en bonne voie", "on the way"),
    "jr_unchanged": ("comme au départ", "as at the baseline"),
    "jr_away": ("s’éloigne de la cible", "away from the target"),
    "jr_no_value": ("aucune valeur", "no value"),
    "jr_no_baseline": ("pas de situation de référence", "no baseline"),
    "jr_no_target": ("pas de cible", "no target"),
    "jr_unclear": ("la cible contredit le sens", "target and direction disagree"),
    "jr_overdue": ("en retard", "overdue"),
    "jr_soon": ("bientôt", "soon"),
    "jr_never": ("jamais suivie", "never followed up"),
    # Read me
    "jr_what": ("Ce que c’est", "What this is"),
    "jr_what_value": (
        "Ce qui est observé sur les lignes du cadre : une ligne par entrée, une feuille par genre de ligne.",
        "What is observed on the rows of the framework: a line for each entry, a sheet for each kind of row.",
    ),
    "jr_new": ("Une nouvelle entrée", "A new entry"),
    "jr_new_value": (
        "Écrivez-la dans une ligne vide sous les autres : choisissez la ligne du cadre dans la première colonne, et "
        "donnez une date.",
        "Write it into an empty line below the others: choose the row of the framework in the first column, and give a "
        "date.",
    ),
    "jr_dates": ("Dates", "Dates"),
    "jr_dates_value": (
        "31/03/2017, 2017-03-31, 2017-03, 2017-T1 ou 2017. Le jour vient avant le mois : 03/04/2017 est le 3 avril.",
        "31/03/2017, 2017-03-31, 2017-03, 2017-Q1 or 2017. The day comes before the month: 03/04/2017 is 3 April.",
    ),
    "jr_names": ("Pas de noms", "No names"),
    "jr_names_value": (
        "Dites une fonction, jamais le nom d’une personne.",
        "Tell a role, never the name of a person.",
    ),
    "jr_parts": ("Dont", "Of which"),
    "jr_parts_value": ("femmes=7 ; hommes=5", "women=7; men=5"),
    "jr_moving": ("Trier, déplacer", "Sorting, moving"),
    "jr_moving_value": (
        "Trier, filtrer, déplacer des colonnes ne gêne pas. Ne fusionnez pas de cellules, et laissez la colonne et la "
        "ligne cachées.",
        "Sorting, filtering and moving columns does no harm. Do not merge cells, and leave the hidden column and the "
        "hidden row alone.",
    ),
    "jr_back": ("Renvoyer", "Sending back"),
    "jr_back_value": (
        "Renvoyez le fichier : chaque cellule changée est comparée au projet, et acceptée ou refusée par une personne.",
        "Send the file back: every changed cell is compared with the project, and accepted or refused by a person.",
    ),
}
"""Said in the language of the file, whatever that of the interface is."""
