"""The words of the sheets that draw matrices."""

from __future__ import annotations

from collections.abc import Mapping

MATRICES: Mapping[str, tuple[str, str]] = {
    # Sheets
    "theme_speaker": ("Thème×Locuteur", "Theme×Speaker"),
    "crosstabs": ("Thème×Attribut", "Theme×Attribute"),
    "co_occurrence": ("Cooccurrence", "Co-occurrence"),
    "overlaps": ("Recouvrements", "Overlaps"),
    "modifiers": ("Code×Modificateur", "Code×Modifier"),
    "timeline": ("Chronologie", "Timeline"),
    "saturation": ("Saturation", "Saturation"),
    "gaps": ("Lacunes", "Evidence gaps"),
    "divergence": ("Divergences", "Divergence"),
    "cells": ("Derrière_les_cellules", "Behind_the_cells"),
    "about_theme_speaker": ("Par thème et par personne qui parle", "By theme and by who speaks"),
    "about_crosstabs": (
        "Par thème et par valeur d’attribut : combien de répondants, d’organisations et d’entretiens, sur combien",
        "By theme and value of an attribute: how many respondents, organisations and interviews, out of how many",
    ),
    "about_co_occurrence": (
        "Quels codes se trouvent ensemble : sur les mêmes mots, dans le même tour ; indice de Jaccard",
        "Which codes stand together: on the same words, in the same turn; Jaccard index",
    ),
    "about_overlaps": (
        "Chaque paire de codages qui se recouvrent, avec les mots qu’ils ont en commun",
        "Every pair of codings that overlap, with the words that they share",
    ),
    "about_modifiers": (
        "Par code : combien de codages avec chaque valeur de modificateur",
        "By code: how many codings with each value of a modifier",
    ),
    "about_timeline": ("Par thème et par date ou vague d’entretien", "By theme and by date or wave of the interview"),
    "about_saturation": (
        "Entretiens dans l’ordre des dates : codes employés, codes nouveaux, codes jusque-là",
        "Interviews by date: codes used, new codes, codes so far",
    ),
    "about_gaps": (
        "Question de revue × groupe × lieu : entendu, demandé mais rien dit, pas demandé, pas encore codé",
        "Review question × group × place: heard, asked but nothing said, not asked, not yet coded",
    ),
    "about_divergence": (
        "Ce qu’un groupe seul dit, et ce que des groupes jugent à l’inverse",
        "What one group alone says, and what groups judge the other way",
    ),
    "about_cells": (
        "Les codages derrière chaque cellule des matrices ; les liens mènent à « Segments »",
        "The codings behind each cell of the matrices; the links lead to “Segments”",
    ),
    "title_theme_speaker": ("Thèmes par locuteur", "Themes by speaker"),
    "title_crosstabs": ("Thèmes par attribut", "Themes by attribute"),
    "title_co_occurrence": ("Codes qui se trouvent ensemble", "Codes that stand together"),
    "title_overlaps": ("Mots que deux codes ont en commun", "Words that two codes share"),
    "title_modifiers": ("Codes par modificateur", "Codes by modifier"),
    "title_timeline": ("Thèmes dans le temps", "Themes over time"),
    "title_saturation": ("Codes nouveaux à chaque entretien", "New codes with each interview"),
    "title_gaps": ("Lacunes", "Gaps in the evidence"),
    "title_divergence": ("Où les groupes divergent", "Where groups differ"),
    "title_cells": ("Les codages derrière les cellules", "The codings behind the cells"),
    # Columns and rows
    "counted": ("Compté", "Counted"),
    "ref": ("Réf.", "Ref"),
    "row_label": ("Ligne", "Row"),
    "how": ("Comment", "How"),
    "base_row": ("n", "n"),
    "all_together": ("Ensemble", "All"),
    "without": ("sans", "without"),
    "counted_respondents": ("Répondants", "Respondents"),
    "counted_organisations": ("Organisations", "Organisations"),
    "counted_interviews": ("Entretiens", "Interviews"),
    "counted_codings": ("Codages", "Codings"),
    "counted_words": ("Mots", "Words"),
    "counted_pairs": ("Paires qui se recouvrent", "Overlapping pairs"),
    "counted_turns": ("Tours", "Turns"),
    "counted_jaccard": ("Jaccard", "Jaccard"),
    "counted_codes": ("Codes", "Codes"),
    "counted_positive": ("Codages positifs", "Positive codings"),
    "counted_negative": ("Codages négatifs", "Negative codings"),
    "detail_overlap": ("sur les mêmes mots", "on the same words"),
    "detail_0": ("dans le même tour", "in the same turn"),
    "detail_month": ("par mois", "by month"),
    "detail_year": ("par an", "by year"),
    "detail_wave": ("par vague", "by wave"),
    "column_used": ("Codes employés", "Codes used"),
    "column_new": ("Codes nouveaux", "New codes"),
    "column_total": ("Codes jusque-là", "Codes so far"),
    "one_side": ("dit par {who} seulement", "said by {who} only"),
    "opposite_stance": ("positif : {positive} ; négatif : {negative}", "positive: {positive}; negative: {negative}"),
    "matrix": ("Matrice", "Matrix"),
    "column_label": ("Colonne", "Column"),
    "codings_behind": ("Codages", "Codings"),
    "more_behind": (
        "… et {n:autre codage|autres codages}, dans « Segments »",
        "… and {n:other coding|other codings}, in “Segments”",
    ),
    "first_code": ("Premier code", "First code"),
    "second_code": ("Second code", "Second code"),
    "first_quote": ("Premier codage", "First coding"),
    "second_quote": ("Second codage", "Second coding"),
    "shared_words": ("Mots communs", "Shared words"),
    # Cells
    "why_not_read": ("non lu", "not read"),
    "why_unsettled": ("lu, non arbitré", "read, not settled"),
    "why_so_far": ("–", "–"),
    "why_nobody": ("n = 0", "n = 0"),
    "why_nothing": ("ni l’un ni l’autre", "neither given"),
    "why_heard_so_far": ("entendu (commencé)", "heard (begun)"),
    "why_heard_nameless": ("entendu (personne de connu)", "heard (nobody known)"),
    "why_silent": ("0 : demandé, rien dit", "0: asked, nothing said"),
    "why_not_asked": ("pas demandé", "not asked"),
    "why_not_coded": ("pas encore codé", "not yet coded"),
    "why_not_recorded": ("non consigné", "not recorded"),
    # Notes
    "note_reviewed": (
        "Les nombres portent sur les entretiens relus. « 3 / 12 » contient le nombre 3.",
        "Numbers rest on the interviews reviewed. “3 / 12” holds the number 3.",
    ),
    "note_on_screen": (
        "À suivre à l’écran : les lignes de cette feuille ne s’impriment pas.",
        "To be followed on screen: the rows of this sheet are not printed.",
    ),
    "note_linked": (
        "Les nombres soulignés mènent aux codages derrière eux.",
        "Underlined numbers lead to the codings behind them.",
    ),
    "note_begun_left_out": (
        "{n:codage d’entretiens seulement commencés|codages d’entretiens seulement commencés} en plus, hors du compte",
        "{n:more coding|more codings} in interviews that are only begun, left out",
    ),
    "note_without_turn": (
        "{n:codage sans tour connu|codages sans tour connu}, hors du compte",
        "{n:coding|codings} whose turn is not known, left out",
    ),
    "note_wordless": (
        "{n:entretien|entretiens} sans mots (retenus ou effacés) : ce qu’ils compteraient reste vide",
        "{n:interview|interviews} without words (withheld or erased): what they would count stays blank",
    ),
    "note_unknown_values": (
        "{n:valeur de modificateur|valeurs de modificateurs} hors de la grille, sans colonne",
        "{n:value|values} of modifiers that are not in the codebook, without a column",
    ),
    "note_undated": (
        "{n:entretien sans date|entretiens sans date}, à la fin",
        "{n:interview|interviews} without a date, at the end",
    ),
    "note_guide_stands": (
        "{n:entretien|entretiens} sans trace de ce qui a été demandé : le guide de leur groupe en tient lieu",
        "{n:interview|interviews} without a record of what was asked: the guide of their group stands for it",
    ),
    "note_nameless": (
        "{n:étiquette de répondant|étiquettes de répondants} sans personne derrière, dans aucun nombre de répondants",
        "{n:respondent’s label|respondents’ labels} with nobody behind, in no number of respondents",
    ),
}
