"""The words of the framework as an Excel file and as a document: key → French, English."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.model.framework import RowKind, RowStatus, SourceKind, Stance

FRAMEWORK_BOOK: Mapping[str, tuple[str, str]] = {
    "fw_title": ("Cadre de suivi et d’évaluation", "Monitoring and evaluation framework"),
    "fw_read_me": ("Lisez-moi", "Read me"),
    # Sheets
    f"fw_{RowKind.STRATEGY}": ("Stratégies", "Strategies"),
    f"fw_{RowKind.ACTOR}": ("Acteurs", "Actors"),
    f"fw_{RowKind.OUTCOME}": ("Incidences visées", "Outcomes"),
    f"fw_{RowKind.INDICATOR}": ("Indicateurs", "Indicators"),
    f"fw_{RowKind.MARKER}": ("Marqueurs", "Markers"),
    f"fw_{RowKind.RECOMMENDATION}": ("Recommandations", "Recommendations"),
    f"fw_{RowKind.FINDING}": ("Constats", "Findings"),
    "fw_evidence": ("Preuves", "Evidence"),
    # Marks
    "fw_public": (
        "PUBLIC : sans témoignage ni effectif exact. Ne pas compléter avec des informations internes.",
        "PUBLIC: no testimony and no exact counts. Do not complete it with internal information.",
    ),
    "fw_internal_short": ("INTERNE", "INTERNAL"),
    "fw_cut": (
        "[…] Suite dans le projet : ce texte est plus long qu’une cellule et ne se modifie pas ici.",
        "[…] The rest is in the project: this text is longer than a cell and cannot be changed here.",
    ),
    # Columns
    "fw_ref": ("Ligne", "Row"),
    "fw_status": ("État", "Status"),
    "fw_under": ("Sous", "Under"),
    "fw_strength": ("Force des preuves", "Strength of evidence"),
    "fw_heard": ("Entendu auprès de", "Heard from"),
    "fw_heard_of": ("{n} des {all:répondant|répondants}", "{n} of {all:respondent|respondents}"),
    "fw_parts": ("Preuves, partie par partie", "Evidence, part by part"),
    "fw_organisations": ("Organisations", "Organisations"),
    "fw_segments": ("Segments à l’appui", "Supporting segments"),
    "fw_contradicting": ("Segments contraires", "Contradicting segments"),
    "fw_documents": ("Documents", "Documents"),
    "fw_set": ("{grade} (retenue ; comptée : {counted})", "{grade} (set; counted: {counted})"),
    "fw_stance": ("Position", "Stance"),
    "fw_source": ("Ce qui fonde la ligne", "What the row stands on"),
    "fw_place": ("Endroit", "Place"),
    "fw_code": ("Code", "Code"),
    "fw_words": ("Paroles", "Words"),
    "fw_note": ("Note", "Note"),
    "fw_gone": ("codage qui n’existe plus", "a coding that is no longer there"),
    f"fw_stance_{Stance.SUPPORTS}": ("appuie", "supports"),
    f"fw_stance_{Stance.CONTRADICTS}": ("contredit", "contradicts"),
    f"fw_stance_{Stance.QUALIFIES}": ("nuance", "qualifies"),
    f"fw_stance_{Stance.ILLUSTRATES}": ("illustre", "illustrates"),
    f"fw_by_{SourceKind.CODING}": ("segment", "segment"),
    f"fw_by_{SourceKind.FINDING}": ("constat", "finding"),
    f"fw_by_{SourceKind.DOCUMENT}": ("document", "document"),
    f"fw_is_{RowStatus.ACTIVE}": ("active", "active"),
    f"fw_is_{RowStatus.DRAFT}": ("brouillon", "draft"),
    f"fw_is_{RowStatus.PROPOSED}": ("proposée", "proposed"),
    f"fw_is_{RowStatus.FINAL}": ("définitive", "final"),
    f"fw_is_{RowStatus.VALIDATED}": ("validée", "validated"),
    f"fw_is_{RowStatus.AMENDED}": ("amendée", "amended"),
    f"fw_is_{RowStatus.REJECTED}": ("rejetée", "rejected"),
    f"fw_is_{RowStatus.RETIRED}": ("hors d’usage", "retired"),
    f"fw_is_{RowStatus.OPEN}": ("ouverte", "open"),
    f"fw_is_{RowStatus.SENT}": ("envoyée", "sent"),
    f"fw_is_{RowStatus.ACKNOWLEDGED}": ("accusée de réception", "acknowledged"),
    f"fw_is_{RowStatus.ACCEPTED}": ("acceptée", "accepted"),
    f"fw_is_{RowStatus.IN_PROGRESS}": ("en route", "in progress"),
    f"fw_is_{RowStatus.DONE}": ("faite", "done"),
    f"fw_is_{RowStatus.REFUSED}": ("refusée", "refused"),
    f"fw_is_{RowStatus.LAPSED}": ("caduque", "lapsed"),
    # Hints on cells
    "fw_hint_words": (
        "Plusieurs possibles, séparés par « ; » : {words}",
        "Several may be given, parted by “;”: {words}",
    ),
    "fw_hint_row": (
        "Le numéro d’une ligne de ce classeur, comme {ref}1",
        "The number of a row of this workbook, such as {ref}1",
    ),
    # Read me
    "fw_what": ("Ce que c’est", "What this is"),
    "fw_what_value": (
        "Les lignes du cadre avec lequel les partenaires suivent une stratégie : une feuille par genre de ligne.",
        "The rows of the framework with which partners follow a strategy: a sheet for each kind of row.",
    ),
    "fw_project": ("Projet", "Project"),
    "fw_made": ("Écrit le", "Written on"),
    "fw_version": ("Version du cadre", "Version of the framework"),
    "fw_version_now": ("tel qu’il est à cette date", "as it stands on this date"),
    "fw_rows": ("Lignes", "Rows"),
    "fw_layer": ("Preuves", "Evidence"),
    "fw_layer_value": (
        "Comptées sur les codages liés à chaque ligne, directement ou par un constat ; jamais sur plusieurs "
        "codeurs à la "
        "fois pour un même passage. Grille {book} version {version}, {people:répondant|répondants} en tout.",
        "Counted over the codings that are linked to each row, directly or through a finding; a passage never counts "
        "for several coders. Codebook {book} version {version}, {people:respondent|respondents} in all.",
    ),
    "fw_layer_version": (
        "Telles qu’elles étaient dans la version {version} : dites en mots et en tranches, et comptées en segments.",
        "As they were in version {version}: told in words and bands, and counted in segments.",
    ),
    "fw_hidden": ("Ce qui n’y est pas", "What is not in it"),
    "fw_hidden_internal": (
        "Rien n’est omis : la feuille « Preuves » contient des paroles de personnes interrogées.",
        "Nothing is left out: the sheet “Evidence” holds words of people who were interviewed.",
    ),
    "fw_hidden_public": (
        "Les paroles, leurs endroits, les effectifs, et les notes de l’équipe sur ses preuves : de petits nombres "
        "désigneraient des personnes. La force des preuves est dite en mots.",
        "Words, their places, counts, and the team’s notes on its evidence: small numbers would point to people. The "
        "strength of evidence is told in words.",
    ),
    "fw_fill": ("Remplir", "Filling in"),
    "fw_fill_value": (
        "Écrivez dans les cellules blanches. Les cellules grises se lisent seulement. Où il y a une liste, "
        "choisissez un "
        "mot ; il peut aussi être tapé, en français ou en anglais. Plusieurs mots se séparent par « ; ».",
        "Write into the white cells. Grey cells are only there to be read. Where there is a list, choose a "
        "word; it may "
        "be typed too, in French or in English. Part several words by “;”.",
    ),
    "fw_new": ("Nouvelle ligne", "A new row"),
    "fw_new_value": (
        "Écrivez-la dans une ligne vide sous les autres, sans numéro : le programme le donne. Dans « Sous », "
        "écrivez le "
        "numéro de la ligne dont elle dépend, comme OC1. Ne copiez pas une ligne entière.",
        "Write it into an empty row below the others, without a number: the program gives it. In “Under”, write the "
        "number of the row that it belongs to, such as OC1. Do not copy a whole row.",
    ),
    "fw_dates": ("Dates", "Dates"),
    "fw_dates_value": (
        "2017, 2017-03, 2017-03-31, 31/03/2017 ou mars 2017. Le jour vient avant le mois : 03/04/2017 est le 3 avril.",
        "2017, 2017-03, 2017-03-31, 31/03/2017 or March 2017. The day comes before the month: 03/04/2017 is 3 April.",
    ),
    "fw_numbers": ("Nombres", "Numbers"),
    "fw_numbers_value": (
        "Avec une virgule ou un point : 2,5 ou 2.5. Pas de formules.",
        "With a comma or a point: 2,5 or 2.5. No formulas.",
    ),
    "fw_moving": ("Trier, déplacer", "Sorting, moving"),
    "fw_moving_value": (
        "Trier, filtrer, déplacer ou masquer des colonnes ne gêne pas. Ne fusionnez pas de cellules, et laissez la "
        "colonne et la ligne cachées.",
        "Sorting, filtering, moving or hiding columns does no harm. Do not merge cells, and leave the hidden "
        "column and "
        "the hidden row alone.",
    ),
    "fw_back": ("Renvoyer", "Sending back"),
    "fw_back_value": (
        "Renvoyez le fichier : chaque cellule changée est comparée au projet, et acceptée ou refusée par une personne. "
        "Une ligne supprimée ici n’est pas supprimée du projet sans qu’une personne le décide.",
        "Send the file back: every changed cell is compared with the project, and accepted or refused by a "
        "person. A row "
        "that is deleted here is not deleted from the project unless a person says so.",
    ),
    # Document
    "fw_document_internal": (
        "INTERNE : avec des effectifs et les notes de l’équipe. Ne pas publier, ne pas transmettre.",
        "INTERNAL: with counts and the notes of the team. Not for publication, not to be passed on.",
    ),
    "fw_document_public": ("PUBLIC : sans témoignage ni effectif exact.", "PUBLIC: no testimony and no exact counts."),
    "fw_number": ("N°", "No."),
    "fw_details": ("Précisions", "Details"),
    "fw_top": ("Sans stratégie", "Without a strategy"),
    "fw_apart": ("Lignes qui ne dépendent d’aucune autre", "Rows that belong to no other"),
    "fw_column": ("Colonne", "Column"),
    "fw_value": ("Contenu", "Content"),
    "fw_empty": ("Le cadre n’a encore aucune ligne.", "The framework has no row yet."),
}
"""Said in the language of the file, whatever that of the interface is."""
