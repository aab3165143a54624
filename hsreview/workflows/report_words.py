"""The words of a report in French and English: its language does not depend on that of the interface."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.model.localized import Localized

WORDS: Mapping[str, Localized] = {
    key: Localized(fr=fr, en=en)
    for key, (fr, en) in {
        "title": ("{project} : rapport", "{project}: report"),
        "internal": (
            "INTERNE : contient des témoignages. Ne pas publier, ne pas transmettre.",
            "INTERNAL: contains testimony. Not for publication, not to be passed on.",
        ),
        "basis": (
            "Couche : {layer} · entretiens relus : {reviewed} sur {all} · codages de ces thèmes : {codings} · "
            "grille {book} version {version}",
            "Layer: {layer} · interviews reviewed: {reviewed} of {all} · codings of these themes: {codings} · "
            "codebook {book} version {version}",
        ),
        "begun": (
            "Entretiens seulement commencés, qui n’entrent dans aucun nombre : {begun}.",
            "Interviews merely begun, which enter no number: {begun}.",
        ),
        "consensus": ("consensus", "consensus"),
        "question": ("Question {ref}", "Question {ref}"),
        "told": (
            "Thèmes déjà présentés sous une question précédente : {themes}.",
            "Themes told under an earlier question already: {themes}.",
        ),
        "mentioning": ("Entretiens relus qui mentionnent chaque code", "Interviews reviewed that mention each code"),
        "figure": ("Entretiens qui mentionnent chaque thème", "Interviews mentioning each theme"),
        "group_n": ("{group} (n = {n})", "{group} (n = {n})"),
        "everybody": ("Ensemble", "All"),
        "no_group": ("sans groupe", "no group"),
        "of": ("{n} sur {all}", "{n} of {all}"),
        "nobody": ("n = 0", "n = 0"),
        "who": ("Qui en parle", "Who speaks of it"),
        "group": ("Groupe", "Group"),
        "interviews": ("Entretiens", "Interviews"),
        "respondents": ("Répondants", "Respondents"),
        "organisations": ("Organisations", "Organisations"),
        "code": ("Code", "Code"),
        "label": ("Libellé", "Label"),
        "segments": ("Segments", "Segments"),
        "never": (
            "Aucun segment dans les entretiens relus ne porte ce thème.",
            "No segment of the interviews reviewed bears this theme.",
        ),
        "summaries": ("Synthèses", "Summaries"),
        "summaries_apart": (
            "Synthèses laissées de côté, parce qu’aucun entretien derrière elles n’est relu : {n}.",
            "Summaries left out, because no interview behind them was reviewed: {n}.",
        ),
        "summaries_not_agreed": (
            "Synthèses laissées de côté, parce que le consentement ne permet pas de citer ce qu’elles résument : {n}.",
            "Summaries left out, because the consent does not allow to quote what they sum up: {n}.",
        ),
        "summary_draft": ("[brouillon]", "[draft]"),
        "quotes": ("Citations", "Quotes"),
        "quotes_shown": (
            "Citations marquées ★ montrées : {shown} sur {n}.",
            "Quotes marked ★ that are shown: {shown} of {n}.",
        ),
        "no_quotes": (
            "Aucune citation marquée ★ que le consentement permet de montrer.",
            "No quote marked ★ that consent allows to show.",
        ),
        "state_draft": ("[brouillon, non vérifié]", "[draft, not checked]"),
        "state_checked": ("[vérifiée, non diffusable]", "[checked, not released]"),
        "state_released": ("", ""),
        "consent_unknown": ("[consentement non consigné]", "[consent not on record]"),
        "quote": ("« {text} »", "“{text}”"),
        "source": ("{who}, {group} · {id}", "{who}, {group} · {id}"),
        "someone": ("personne non identifiée", "person not identified"),
        "translation": ("({language}, trad. {by}) {text}", "({language}, transl. {by}) {text}"),
        "translation_checked": ("vérifié par {name}", "checked by {name}"),
        "translation_open": ("non vérifié", "not checked"),
        "methods": ("Méthode", "Methods"),
        "sample": (
            "Entretiens dans le projet : {all} ; relus dans la couche « {layer} » : {reviewed} ({groups}). "
            "Répondants entendus : {respondents} ; organisations : {organisations}.",
            "Interviews in the project: {all}; reviewed in the layer “{layer}”: {reviewed} ({groups}). "
            "Respondents heard: {respondents}; organisations: {organisations}.",
        ),
        "draw": (
            "Tirage au sort du {date} : {n} transcriptions sur {all}, graine {seed}, à coder par {coders}.",
            "Random draw of {date}: {n} of {all} transcripts, seed {seed}, to be coded by {coders}.",
        ),
        "stratified": (
            "Le tirage était stratifié par {field} ({strata}).",
            "The draw was stratified by {field} ({strata}).",
        ),
        "no_draw": (
            "Aucun tirage au sort n’est consigné.",
            "No random draw is on record.",
        ),
        "coders": ("Les codages de cette couche sont de : {names}.", "The codings of this layer are by: {names}."),
        "double": (
            "Entretiens relus par au moins deux codeurs : {n} ({names}).",
            "Interviews reviewed by at least two coders: {n} ({names}).",
        ),
        "single": (
            "Aucun entretien n’a été relu par deux codeurs : l’accord n’a pas pu être mesuré.",
            "No interview was reviewed by two coders: agreement could not be measured.",
        ),
        "primary": (
            "Mesure d’accord fixée d’avance : {measure}, par {unit}.",
            "Measure of agreement fixed beforehand: {measure}, by {unit}.",
        ),
        "no_primary": (
            "Aucune mesure d’accord n’a été fixée d’avance.",
            "No measure of agreement was fixed beforehand.",
        ),
        "value": (
            "{measure} par {unit}, entretiens comparés : {n} ; valeur : {value}{interval}.",
            "{measure} by {unit}, interviews compared: {n}; value: {value}{interval}.",
        ),
        "interval": (" (IC à 95 % : {low} à {high})", " (95% CI {low} to {high})"),
        "undefined": ("non défini", "not defined"),
        "versions": (
            "Grille de codage {book}, version {version} (SHA-256 {hash}). Outil : {tool}. Établi le {made} UTC.",
            "Codebook {book}, version {version} (SHA-256 {hash}). Tool: {tool}. Made {made} UTC.",
        ),
        "reading": (
            "Un nombre de répondants n’est jamais un pourcentage ici : « 3 sur 7 » dit qui en parle parmi ceux "
            "entendus. Un entretien où un thème manque n’en dit pas l’absence, mais que personne ne l’a évoqué. "
            "Une citation porte son entretien et le numéro du codage dans celui-ci, comme dans la feuille "
            "« Segments » du classeur.",
            "A number of respondents is never a percentage here: “3 of 7” says who speaks of it among those heard. "
            "An interview without a theme does not tell that it is absent, but that nobody brought it up. "
            "A quote bears its interview and the number of the coding in it, as in the sheet “Segments” of the "
            "workbook.",
        ),
        "appendix": ("Les segments derrière les nombres", "The segments behind the numbers"),
        "appendix_note": (
            "Pour chaque entretien, les numéros des codages, comme dans la feuille « Segments » du classeur.",
            "For every interview, the numbers of the codings, as in the sheet “Segments” of the workbook.",
        ),
        "appendix_interview": ("{interview} : {numbers}", "{interview}: {numbers}"),
        "appendix_next": (" ; ", "; "),
        "public": (
            "PUBLIC : effectifs par tranches, citations diffusables seulement. Ne pas compléter avec des chiffres "
            "internes.",
            "PUBLIC: counts in bands, released quotes only. Do not complete it with internal figures.",
        ),
        "public_basis": (
            "Couche : {layer} · répondants entendus : {respondents} · grille {book} version {version}",
            "Layer: {layer} · respondents heard: {respondents} · codebook {book} version {version}",
        ),
        "public_reading": (
            "Les nombres sont des tranches de répondants. Derrière aucun ne se trouvent moins de {k} personnes par "
            "colonne ; un point (·) remplace ce qui permettrait de calculer une petite case.",
            "Numbers are bands of respondents. No column has fewer than {k} people behind it; a dot (·) stands for "
            "what would let a small cell be worked out.",
        ),
        "one_coder": ("un codeur", "one coder"),
        "public_coders": ("Nombre de codeurs de cette couche : {n}.", "Coders of this layer: {n}."),
        "public_double": (
            "Entretiens relus par au moins deux codeurs : {n}.",
            "Interviews reviewed by at least two coders: {n}.",
        ),
        "held_back": (
            "Les nombres de ce thème sont retenus : ils permettraient de reconnaître des personnes.",
            "The numbers of this theme are held back: they could tell of persons.",
        ),
        "no_attribution": ("sans attribution", "without attribution"),
        "others": ("autres", "others"),
        "footer": ("{tool} · {made} UTC", "{tool} · {made} UTC"),
    }.items()
}


def word(lang: str, key: str, **values: object) -> str:
    """The words `key` in `fr` or `en`, with `values` put in."""
    text = WORDS[key].own(lang)
    return text.format(**values) if values else text
