"""The words of the workbook's sheets about the review: key → French, English."""

from __future__ import annotations

from collections.abc import Mapping

REVIEW: Mapping[str, tuple[str, str]] = {
    # Sheets
    "agreement": ("Accord", "Agreement"),
    "agreement_values": ("Accord_valeurs", "Agreement_values"),
    "disagreements": ("Désaccords", "Disagreements"),
    "confusion": ("Confusion", "Confusion"),
    "drift": ("Dérive", "Drift"),
    "assignments": ("Attributions", "Assignments"),
    "about_agreement": (
        "Par code : combien d’unités chaque codeur a codées, accord avec intervalle de confiance, désaccords par type",
        "By code: how many units each coder coded, agreement with confidence interval, differences by kind",
    ),
    "about_agreement_values": (
        "Toutes les mesures : ensemble, où, quoi, par paire, par entretien, sans chaque codeur, par code",
        "All measures: overall, where, what, by pair, by interview, without each coder, by code",
    ),
    "about_disagreements": (
        "Chaque désaccord, avec sa décision ; la colonne « Décision » peut être remplie et relue par hsreview",
        "Every disagreement, with its decision; the column “Decision” can be filled in and read back by hsreview",
    ),
    "about_confusion": (
        "Quel code de l’un rencontre quel code de l’autre, le non-codé compris",
        "Which code of one coder meets which code of the other, uncoded text included",
    ),
    "about_drift": ("L’accord au fil du temps", "Agreement over time"),
    "about_assignments": (
        "Qui doit lire quel entretien, et où chacun en est",
        "Who should read which interview, and how far they are",
    ),
    # Basis
    "title_agreement": ("Accord intercodeurs par code", "Inter-coder agreement by code"),
    "title_values": ("Accord intercodeurs : toutes les mesures", "Inter-coder agreement: all measures"),
    "title_disagreements": ("Désaccords et décisions", "Disagreements and decisions"),
    "title_confusion": ("Matrice de confusion", "Confusion matrix"),
    "title_drift": ("Dérive de l’accord", "Drift of agreement"),
    "agreement_basis": (
        "Unité : {unit} · {units:unité lue|unités lues} par au moins deux codeurs · codeurs : {coders} · "
        "{transcripts:entretien|entretiens} · grille, version {version} · {interviewer} · {suggested} · "
        "recouvrement minimal : {overlap} %",
        "Unit: {unit} · {units:unit|units} seen by at least two coders · coders: {coders} · "
        "{transcripts:interview|interviews} · codebook version {version} · {interviewer} · {suggested} · "
        "least overlap: {overlap} %",
    ),
    "agreement_primary": (
        "Mesure principale fixée par le projet : {measure} ({unit})",
        "Primary measure fixed by the project: {measure} ({unit})",
    ),
    "agreement_no_primary": ("Le projet n’a fixé aucune mesure principale", "The project fixed no primary measure"),
    "agreement_touch": (
        "Une unité compte comme codée dès qu’un segment la touche. Les désaccords comptent tous les tours ; "
        "un désaccord entre deux codes compte pour les deux. Aucune valeur ne vaut verdict.",
        "A unit counts as coded when a segment touches it. Differences count every turn; one between two codes counts "
        "for both. No value is a verdict.",
    ),
    "with_interviewer": ("enquêteurs compris", "interviewers included"),
    "without_interviewer": ("sans les enquêteurs", "without interviewers"),
    "with_suggested": ("suggestions comprises", "suggestions included"),
    "without_suggested": ("sans les suggestions", "without suggestions"),
    "parents_only": ("codes regroupés par thème", "codes rolled up to their parents"),
    "unit_turn": ("tour de parole", "turn"),
    "unit_sentence": ("phrase", "sentence"),
    "unit_word": ("mot", "word"),
    "unit_character": ("caractère", "character"),
    "unit_span": ("segment (span)", "span"),
    "unit_document": ("document", "document"),
    # Columns
    "n_units": ("n unités", "n units"),
    "units_of": ("Unités · {name}", "Units · {name}"),
    "only_of": ("Seulement {name}", "Only {name}"),
    "coded_by_both": ("Tous deux", "Both"),
    "coded_by_none": ("Aucun", "Neither"),
    "segments_of": ("Segments · {name}", "Segments · {name}"),
    "percent": ("% d’accord", "% agreement"),
    "alpha": ("α de Krippendorff", "Krippendorff’s α"),
    "alpha_low": ("α : borne basse", "α: low"),
    "alpha_high": ("α : borne haute", "α: high"),
    "ac1": ("AC1 de Gwet", "Gwet’s AC1"),
    "kappa": ("κ de Cohen (tous les codes : groupé)", "Cohen’s κ (all codes: pooled)"),
    "kappa_mean": (
        "κ de Cohen, moyenne des paires (tous les codes : groupé)",
        "Cohen’s κ, mean of pairs (all codes: pooled)",
    ),
    "pabak": ("PABAK", "PABAK"),
    "prevalence": ("Prévalence", "Prevalence"),
    "disagreement_share": ("Part du désaccord", "Share of disagreement"),
    "rare": ("Rare", "Rare"),
    "why_empty": ("Pourquoi une valeur manque", "Why a value is missing"),
    "why_by_code": ("unités codées : comptées par code", "units coded: counted by code"),
    "why_nobody_disagrees": ("personne ne diffère en rien", "nobody disagrees on anything"),
    "why_never": ("cette mesure n’en a pas", "this measure has none"),
    "why_because": ("{about} : {reason}", "{about}: {reason}"),
    "why_no_value": ("valeur", "value"),
    "why_no_interval": ("intervalle", "interval"),
    "all_codes": ("Tous les codes", "All codes"),
    "level_of": ("Niveau", "Level"),
    "who_or_what": ("Qui ou quoi", "Who or what"),
    "measure": ("Mesure", "Measure"),
    "value": ("Valeur", "Value"),
    "low": ("Borne basse", "Low"),
    "high": ("Borne haute", "High"),
    "documents": ("n entretiens", "n interviews"),
    "method": ("Méthode de l’intervalle", "Interval method"),
    "method_jackknife_sqrt_t": (
        "jackknife-t sur les entretiens",
        "jackknife-t over interviews",
    ),
    "level_overall": ("ensemble", "overall"),
    "level_where": ("où (même texte ?)", "where (same text?)"),
    "level_what": ("quoi (même code ?)", "what (same code?)"),
    "level_pair": ("paire", "pair"),
    "level_code": ("code", "code"),
    "level_without": ("sans ce codeur", "without this coder"),
    "level_transcript": ("entretien", "interview"),
    "level_intra": ("avec soi-même (seconde lecture)", "with oneself (second reading)"),
    "level_after": ("couche et consensus, après arbitrage", "layer and consensus, after adjudication"),
    "measure_percent_agreement": ("% d’accord", "% agreement"),
    "measure_positive_agreement": ("accord positif", "positive agreement"),
    "measure_negative_agreement": ("accord négatif", "negative agreement"),
    "measure_krippendorff_alpha_nominal": ("α de Krippendorff", "Krippendorff’s α"),
    "measure_gwet_ac1": ("AC1 de Gwet", "Gwet’s AC1"),
    "measure_gwet_ac1_se": (
        "erreur type d’AC1 (unités supposées indépendantes)",
        "standard error of AC1 (units taken as independent)",
    ),
    "measure_jaccard": ("Jaccard : tous deux sur l’un ou l’autre", "Jaccard: both of either"),
    "measure_holsti": ("Holsti", "Holsti"),
    "measure_brennan_prediger": ("Brennan–Prediger (PABAK)", "Brennan–Prediger (PABAK)"),
    "measure_scott_pi": ("π de Scott", "Scott’s π"),
    "measure_fleiss_kappa": ("κ de Fleiss, données complètes", "Fleiss’ κ, complete data"),
    "measure_fleiss_kappa_gwet": ("κ de Fleiss, données manquantes admises", "Fleiss’ κ, missing data allowed"),
    "measure_conger_kappa": ("κ de Conger", "Conger’s κ"),
    "measure_prevalence_index": ("indice de prévalence", "prevalence index"),
    "measure_bias_index": ("indice de biais", "bias index"),
    "measure_cohen_kappa": ("κ de Cohen", "Cohen’s κ"),
    "measure_cohen_kappa_pooled": ("κ de Cohen groupé", "pooled Cohen’s κ"),
    "measure_cohen_kappa_mean_pairwise": ("κ de Cohen, moyenne des paires", "Cohen’s κ, mean of pairs"),
    "measure_alpha_set_jaccard": ("α des ensembles (Jaccard)", "set-valued α (Jaccard)"),
    "measure_alpha_set_masi": ("α des ensembles (MASI)", "set-valued α (MASI)"),
    "measure_u_alpha_binary": ("|uα (même texte)", "|uα (same text)"),
    "measure_u_alpha_binary_pooled": ("|uα groupé sur les codes", "|uα pooled over codes"),
    "measure_f1_any": ("F1 des segments, tout recouvrement", "F1 of segments, any overlap"),
    "measure_f1_0.5": ("F1 des segments, recouvrement ≥ 0,5", "F1 of segments, overlap ≥ 0.5"),
    "measure_f1_0.8": ("F1 des segments, recouvrement ≥ 0,8", "F1 of segments, overlap ≥ 0.8"),
    "measure_f1_exact": ("F1 des segments, mêmes limites", "F1 of segments, same boundaries"),
    "measure_boundary_offset_start": ("écart moyen des débuts (caractères)", "mean distance of starts (characters)"),
    "measure_boundary_offset_end": ("écart moyen des fins (caractères)", "mean distance of ends (characters)"),
    "measure_splits": (
        "segments qui en rencontrent plusieurs de l’autre",
        "segments that meet several of the other’s",
    ),
    "measure_u_alpha_nominal": ("uα", "uα"),
    "measure_cu_alpha_nominal": ("cuα (même code)", "cuα (same code)"),
    "measure_cu_coverage": ("couverture de cuα", "coverage of cuα"),
    "measure_alpha": ("α de Krippendorff", "Krippendorff’s α"),
    "difference_kind": ("Type", "Kind"),
    "kind_missed": ("oublié", "missed"),
    "kind_boundary": ("limites", "boundary"),
    "kind_different": ("autre code", "different code"),
    "kind_split": ("découpage", "split"),
    "kind_extra": ("en plus", "extra code"),
    "same_theme": ("Même thème", "Same theme"),
    "codes_of": ("Codes · {name}", "Codes · {name}"),
    "no_code": ("–", "–"),
    "did_not_read": ("(pas relu)", "(not reviewed)"),
    "decision": ("Décision", "Decision"),
    "because": ("Motif", "Reason"),
    "decided_by": ("Décidé par", "Decided by"),
    "decided_at": ("Date", "Date"),
    "standing": ("Situation", "Standing"),
    "standing_open": ("à arbitrer", "open"),
    "standing_decided": ("arbitré", "decided"),
    "standing_reopened": ("rouvert", "reopened"),
    "decision_both": ("les deux", "both"),
    "decision_neither": ("aucun", "neither"),
    "decision_edited": ("limites corrigées", "edited"),
    "decision_other": ("autre code", "other code"),
    "difference_key": ("Identifiant", "Key"),
    "how_to_decide": (
        "À remplir dans « Décision » : {choices}, ou un autre code ; puis le motif. "
        "À relire par : hsreview disagreements read FICHIER",
        "Fill in “Decision”: {choices}, or another code; then the reason. "
        "Read it back with: hsreview disagreements read FILE",
    ),
    "row_coder": ("Lignes", "Rows"),
    "column_coder": ("Colonnes", "Columns"),
    "pooled": ("toutes les paires", "all pairs"),
    "uncoded": ("non codé", "uncoded"),
    "total": ("Total", "Total"),
    "batch": ("Lot", "Batch"),
    "batch_alpha": ("α du lot", "α of the batch"),
    "cumulative": ("α cumulé", "cumulative α"),
    "cumulative_low": ("α cumulé : borne basse", "cumulative α: low"),
    "cumulative_high": ("α cumulé : borne haute", "cumulative α: high"),
    "codebook_changed": ("Grille modifiée avant", "Codebook changed before"),
    "assignment_blind": ("En aveugle", "Blind"),
    "consensus_status": ("Consensus", "Consensus"),
    "second_reader": ("Relu par", "Reviewed by"),
    "entry_adjudicated": ("arbitré", "adjudicated"),
    "entry_adopted": ("adopté : {name}", "adopted from {name}"),
    "entry_open": (
        "{open:désaccord ouvert|désaccords ouverts} sur {all}",
        "{open} of {all:difference|differences} open",
    ),
    "entry_single": ("un seul lecteur", "one reader only"),
    "entry_unread": ("non relu", "not reviewed"),
    # A consensus that holds some of the interviews
    "settled_of": (
        "{reviewed} sur {all} dans le consensus · {unsettled:lu, non arbitré|lus, non arbitrés} · "
        "{not_read:non lu|non lus}",
        "{reviewed} of {all} in the consensus; {unsettled} read, not settled; {not_read} not read",
    ),
    "basis_of_n_consensus": (
        "n compte les entretiens qui sont dans le consensus : arbitrés, ou adoptés d’un codeur. Les autres n’entrent "
        "dans aucun n, aucun total et aucun pourcentage.",
        "n counts the interviews that are in the consensus: adjudicated, or adopted from one coder. The others enter "
        "no n, no total and no percentage.",
    ),
    "is_unsettled": ("lu, non arbitré", "read, not settled"),
    "partial_consensus": (
        "CONSENSUS PARTIEL : {n:entretien|entretiens} sur {all}. Les autres n’entrent dans aucun nombre de la couche.",
        "PARTIAL CONSENSUS: {n} of {all:interview|interviews}. The others enter no number of the layer.",
    ),
    # Scales
    "reading_scales": ("échelles d’accord", "scales of agreement"),
    "reading_scales_text": (
        "Souvent citées, elles ne jugent pas ce travail. Krippendorff (2019) : se fier à α dès 0,800, conclusions "
        "provisoires dès 0,667 – « provisoires », dit-il lui-même. Landis & Koch (1977), κ : 0,21 passable, 0,41 "
        "modéré, 0,61 substantiel, 0,81 presque parfait. Fleiss (1981), κ : moins de 0,40 faible, de 0,40 à 0,75 "
        "passable à bon, plus de 0,75 excellent. Altman (1991), κ : 0,41 modéré, 0,61 bon, 0,81 très bon. Critique : "
        "ces limites sont arbitraires, et les mêmes codeurs tombent d’un côté ou de l’autre selon la fréquence du "
        "code (96 % d’accord peuvent donner un α sous 0 quand il est rare), le nombre de codes et l’unité comptée.",
        "Often cited; none of them is a verdict on this work. Krippendorff (2019): rely on α from .800, tentative "
        "conclusions from .667 – “tentative” himself. Landis & Koch (1977), κ: .21 fair, .41 moderate, .61 "
        "substantial, .81 almost perfect. Fleiss (1981), κ: below .40 poor, .40 to .75 fair to good, above .75 "
        "excellent. Altman (1991), κ: .41 moderate, .61 good, .81 very good. Criticism: the limits are arbitrary, and "
        "the same coders fall on either side of them by how common a code is (96 % agreement can have an α below 0 "
        "when it is rare), by how many codes there are, and by the unit that is counted.",
    ),
    # Why a value is missing
    "undefined_never_used": ("aucun codeur n’a utilisé ce code", "no coder used this code"),
    "undefined_one_value": ("une seule valeur présente", "only one value occurs"),
    "undefined_nothing_shared": ("aucune unité lue par deux codeurs", "no unit was seen by two coders"),
    "undefined_no_pair_defined": ("non défini pour toutes les paires", "undefined for every pair"),
    "undefined_missing_values": ("il faut des données complètes", "needs complete data"),
    "undefined_two_coders_only": ("seulement pour deux codeurs", "for exactly two coders only"),
    "undefined_no_coverage": ("ce code ne rencontre jamais un autre texte codé", "never meets text that another coded"),
    "undefined_few_documents": ("moins de cinq entretiens", "fewer than five interviews"),
    "undefined_unstable": ("non défini sans l’un des entretiens", "undefined without one of the interviews"),
    "undefined_not_for_unit": ("n’existe pas pour cette unité", "does not exist for this unit"),
    "undefined_overlapping": ("codes qui se recouvrent chez un codeur", "codes of one coder overlap"),
    "undefined_too_little": ("trop peu de texte codé en commun", "too little text coded in common"),
    "undefined_pair_undefined": ("non défini pour une paire", "undefined for a pair"),
    "undefined_no_match": ("aucun segment n’en rencontre un autre", "no segment of one matches one of another"),
    "undefined_no_positive": (
        "on ne sait pas quelle valeur signifie « codé »",
        "which value means “coded” is not known",
    ),
    "undefined_one_unit": ("il faut au moins deux unités", "needs two units or more"),
}
