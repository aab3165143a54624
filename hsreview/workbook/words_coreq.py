"""The words of the COREQ sheet: the 32 items of the checklist in our own short words, and what fills them."""

from __future__ import annotations

from collections.abc import Mapping

COREQ: Mapping[str, tuple[str, str]] = {
    "coreq_item": ("Point", "Item"),
    "coreq_domain": ("Domaine", "Domain"),
    "coreq_asks": ("Ce qui est demandé", "What is asked"),
    "coreq_answer": ("Réponse", "Answer"),
    "coreq_source": ("D’où", "From"),
    "coreq_by_data": ("données du projet", "project data"),
    "coreq_by_team": ("à écrire par l’équipe", "for the team to write"),
    "coreq_domain_1": ("Équipe et réflexivité", "Team and reflexivity"),
    "coreq_domain_2": ("Conception de l’étude", "Study design"),
    "coreq_domain_3": ("Analyse et résultats", "Analysis and findings"),
    "coreq_1": ("Qui a mené les entretiens", "Who held the interviews"),
    "coreq_2": ("Titres et diplômes des chercheurs", "Credentials of the researchers"),
    "coreq_3": ("Leur fonction au moment de l’étude", "Their occupation at the time of the study"),
    "coreq_4": ("Leur genre", "Their gender"),
    "coreq_5": ("Leur expérience et leur formation", "Their experience and training"),
    "coreq_6": ("Relation avec les participants avant l’étude", "Relationship with participants before the study"),
    "coreq_7": ("Ce que les participants savaient des chercheurs", "What participants knew of the researchers"),
    "coreq_8": ("Ce qui est dit des enquêteurs : intérêts, biais", "What is told of interviewers: interests, bias"),
    "coreq_9": ("Orientation méthodologique", "Methodological orientation"),
    "coreq_10": ("Choix des participants", "How participants were selected"),
    "coreq_11": ("Comment ils ont été approchés", "How they were approached"),
    "coreq_12": ("Taille de l’échantillon", "Sample size"),
    "coreq_13": ("Refus et abandons, avec les raisons", "Refusals and dropouts, with reasons"),
    "coreq_14": ("Lieu de la collecte", "Where data were collected"),
    "coreq_15": ("Présence d’autres personnes", "Presence of others"),
    "coreq_16": ("Caractéristiques de l’échantillon", "Characteristics of the sample"),
    "coreq_17": ("Guide d’entretien", "Interview guide"),
    "coreq_18": ("Entretiens répétés", "Repeat interviews"),
    "coreq_19": ("Enregistrement audio ou vidéo", "Audio or visual recording"),
    "coreq_20": ("Notes de terrain", "Field notes"),
    "coreq_21": ("Durée des entretiens", "Duration of interviews"),
    "coreq_22": ("Saturation", "Data saturation"),
    "coreq_23": ("Transcriptions rendues aux participants", "Transcripts returned to participants"),
    "coreq_24": ("Nombre de codeurs", "Number of coders"),
    "coreq_25": ("Description de l’arbre des codes", "Description of the coding tree"),
    "coreq_26": ("Origine des thèmes : fixés d’avance ou tirés des données", "Themes set beforehand or from the data"),
    "coreq_27": ("Logiciel", "Software"),
    "coreq_28": ("Retour des participants sur les résultats", "Participants’ feedback on findings"),
    "coreq_29": ("Citations présentées et identifiées", "Quotations presented and identified"),
    "coreq_30": ("Cohérence entre données et résultats", "Consistency of data and findings"),
    "coreq_31": ("Thèmes principaux", "Major themes"),
    "coreq_32": ("Thèmes mineurs et cas divergents", "Minor themes and diverse cases"),
    # Answers
    "coreq_sample": (
        "{all:entretien|entretiens} dans le projet ; {reviewed:relu|relus} dans cette couche, "
        "{respondents:répondant|répondants} de {organisations:organisation|organisations}. {groups}",
        "{all:interview|interviews} in the project; {reviewed:reviewed|reviewed} in this layer, "
        "{respondents:respondent|respondents} of {organisations:organisation|organisations}. {groups}",
    ),
    "coreq_group": ("{group} : {n}", "{group}: {n}"),
    "coreq_attributes": (
        "Attributs consignés, et pour combien de répondants ({n} en tout) : {list}",
        "Attributes on record, and for how many respondents ({n} in all): {list}",
    ),
    "coreq_guide": (
        "{n:question|questions} dans le guide de la grille",
        "{n:question|questions} in the codebook’s guide",
    ),
    "coreq_repeats": (
        "{n:répondant|répondants} dans plus d’un entretien du projet",
        "{n:respondent|respondents} in more than one interview of the project",
    ),
    "coreq_memos": ("{n:mémo|mémos} dans le projet", "{n:memo|memos} in the project"),
    "coreq_saturation": (
        "Dernier code nouveau dans l’entretien {last} sur {n} relus, par date",
        "Last new code in interview {last} of {n} reviewed, by date",
    ),
    "coreq_coders": (
        "{n:codeur|codeurs} dans le projet ; codages de cette couche faits par : {names}",
        "{n:coder|coders} in the project; codings of this layer made by: {names}",
    ),
    "coreq_double": (
        "{n:entretien relu|entretiens relus} par au moins deux codeurs, sur {all} (feuille « {sheet} »)",
        "{n:interview|interviews} reviewed by at least two coders, of {all} (sheet “{sheet}”)",
    ),
    "coreq_tree": (
        "{themes:thème|thèmes}, {codes:code|codes}, grille {ref} version {version} (feuille « {sheet} »)",
        "{themes:theme|themes}, {codes:code|codes}, codebook {ref} version {version} (sheet “{sheet}”)",
    ),
    "coreq_added": (
        "{n:code ajouté|codes ajoutés} après la première version de la grille",
        "{n:code|codes} added after the first version of the codebook",
    ),
    "coreq_quotes": (
        "{n:passage marqué|passages marqués} ★, chacun identifié par entretien et numéro",
        "{n:passage|passages} marked ★, each identified by interview and number",
    ),
    "coreq_theme_counts": (
        "Entretiens relus qui mentionnent chaque thème, sur {n} : {list}",
        "Interviews reviewed that mention each theme, of {n}: {list}",
    ),
    "coreq_contra": (
        "{n:passage marqué|passages marqués} comme contredisant la ligne générale",
        "{n:passage|passages} flagged as contradicting the main line",
    ),
}
