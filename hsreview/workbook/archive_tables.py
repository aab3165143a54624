"""The tables of an archive for a data repository: what their columns are, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hsreview.model.codebook import Codebook, CodePlace
from hsreview.workbook.tidy_variables import Cell, Tidy, Variable, integer, text, truth


def _number(name: str, fr: str, en: str) -> Variable:
    made = text(name, fr, en)
    return Variable(made.name, "number", made.about)


_TRANSCRIPT = text("transcript", "Numéro de la transcription dans l’archive", "Number of the transcript in the archive")
_CODER = text("coder", "Qui a codé", "Who coded")
_SPAN = (
    integer("start_at", "Premier caractère du texte (à partir de 0)", "First character of the text (from 0)"),
    integer("end_at", "Caractère après le dernier", "Character after the last one"),
)
COLUMNS: Mapping[str, Sequence[Variable]] = {
    "transcripts": (
        _TRANSCRIPT,
        text("transcript_id", "Identifiant dans le projet et l’audit", "Id in the project and the audit"),
        text("kind", "interview, focus_group, document", "interview, focus_group, document"),
        text("language", "Langue", "Language"),
        text("month", "Année ou mois de l’entretien", "Year or month of the interview"),
        text("wave", "Vague", "Wave"),
        text("group_ref", "Groupe", "Group"),
        integer("turns", "Tours de parole", "Turns"),
        integer("characters", "Caractères du texte", "Characters of the text"),
        integer("replaced", "Noms remplacés, là où c’est consigné", "Names replaced, where that is on record"),
        integer("undecided", "Noms possibles non décidés", "Possible names about which nobody decided"),
        text("sha256", "SHA-256 du fichier de texte", "SHA-256 of the text file"),
    ),
    "respondents": (
        text("respondent", "Numéro de la personne dans l’archive", "Number of the person in the archive"),
        text("group_ref", "Groupe ; vide : pas à dire", "Group; empty: not to be told"),
        text("transcripts", "Ses transcriptions, séparées par ;", "Their transcripts, separated by ;"),
    ),
    "turns": (
        _TRANSCRIPT,
        integer("turn", "Numéro du tour de parole", "Number of the turn"),
        text("speaker", "Étiquette, telle que dans le texte", "Label, as in the text"),
        text("role", "interviewer, respondent, other", "interviewer, respondent, other"),
        text("respondent", "Numéro de la personne dans l’archive", "Number of the person in the archive"),
        *_SPAN,
        integer("said_at", "Premier caractère après l’étiquette", "First character after the label"),
    ),
    "translations": (
        _TRANSCRIPT,
        *_SPAN,
        text("language", "Langue", "Language"),
        text("translation", "La traduction", "The translation"),
        truth("checked", "Vérifiée par une seconde personne", "Checked by a second person"),
    ),
    "codebook_versions": (
        integer("version_number", "Numéro", "Number"),
        text("version", "Version : celle du fichier, + modifications", "Version: that of the file, + edits"),
        text("at", "Quand (UTC)", "When (UTC)"),
        text("by", "Par qui", "By whom"),
        truth("kept", "Dans l’archive comme fichier", "In the archive as a file"),
    ),
    "agreement": (
        text("part", "overall, where, what, code, pair …", "overall, where, what, code, pair …"),
        text("subject", "Code, codeurs ou transcription", "Code, coders or transcript"),
        text("measure", "Mesure", "Measure"),
        _number("value", "Valeur ; vide : non définie", "Value; empty: undefined"),
        text("undefined", "Pourquoi elle n’est pas définie", "Why it is undefined"),
        _number("low", "Borne inférieure à 95 %", "Lower bound, 95 %"),
        _number("high", "Borne supérieure à 95 %", "Upper bound, 95 %"),
    ),
    "agreement_basis": (
        text("name", "Sur quoi reposent les valeurs", "What the values rest on"),
        text("value", "Valeur", "Value"),
    ),
    "coreq": (
        integer("item", "Point", "Item"),
        text("domain", "Domaine", "Domain"),
        text("asks", "Ce qui est demandé", "What is asked"),
        text("answer", "Réponse ; vide : à écrire par l’équipe", "Answer; empty: for the team to write"),
    ),
    "consent_summary": (
        text("name", "Consentement : état ou étendue", "Consent: status or scope"),
        integer("respondents", "Personnes du projet entier", "People of the whole project"),
        integer("in_archive", "dont dans cette archive", "of whom in this archive"),
    ),
    "left_out": (
        text("reason", "Pourquoi", "Why"),
        integer("transcripts", "Transcriptions laissées de côté", "Transcripts left out"),
    ),
}
"""Table → its columns; the codings have further ones for the modifiers of the codebook."""


def table(name: str, rows: Iterable[Sequence[Cell]]) -> Tidy:
    """One of the tables of `COLUMNS`."""
    return Tidy(name, tuple(COLUMNS[name]), rows)


def codings(name: str, modifiers: Sequence[tuple[str, str]], rows: Iterable[Sequence[Cell]]) -> Tidy:
    """A table of codings; `modifiers` are the names of their columns and their refs."""
    variables = (
        text("coding_id", "Identifiant du codage", "Id of the coding"),
        _TRANSCRIPT,
        *_SPAN,
        text("code", "Référence du code", "Ref of the code"),
        _CODER,
        text("reading_pass", "Lecture ; vide : la première", "Pass; empty: the first"),
        text("origin", "typed, suggested, autocoded, imported", "typed, suggested, autocoded, imported"),
        text("flags", "Drapeaux, séparés par ;", "Flags, separated by ;"),
        text("day", "Jour du codage (UTC)", "Day of the coding (UTC)"),
        text("words_said", "Les mots du segment", "The words of the segment"),
        *(text(column, f"Modificateur {ref}", f"Modifier {ref}") for column, ref in modifiers),
    )
    return Tidy(name, variables, rows)


def codebook(book: Codebook) -> Tidy:
    """A codebook as a flat table, for programs that read no YAML."""
    variables = (
        text("code", "Référence du code", "Ref of the code"),
        text("code_id", "Identifiant du code", "Id of the code"),
        text("theme", "Référence du thème", "Ref of the theme"),
        text("parent", "Référence du code au-dessus", "Ref of the code above"),
        text("questions", "Questions de revue, séparées par ;", "Review questions, separated by ;"),
        text("status", "État du code", "Status of the code"),
        *(
            text(f"{field}_{language}", f"{french} ({language})", f"{english} ({language})")
            for field, french, english in (
                ("label", "Libellé", "Label"), ("definition", "Définition", "Definition"),
                ("use", "Quand l’utiliser", "When to use"), ("not_use", "Quand ne pas l’utiliser", "When not to use"),
            )
            for language in ("fr", "en")
        ),
    )  # fmt: skip
    return Tidy("codebook", variables, [_code(place) for place in book.codes()])


def _code(place: CodePlace) -> list[Cell]:
    code = place.code
    texts = (code.label, code.definition, code.use, code.not_use)
    return [
        code.ref, code.id, place.theme.ref, place.parents[-1].ref if place.parents else None,
        ";".join(place.theme.questions), str(code.status),
        *(each.own(language) for each in texts for language in ("fr", "en")),
    ]  # fmt: skip


def dictionary(found: Iterable[tuple[str, Tidy]]) -> Tidy:
    """What every column of every table is; files of one kind are described once."""
    variables = (
        text("file", "Fichier", "File"),
        text("variable", "Variable", "Variable"),
        text("kind", "Sorte de valeur", "Kind of value"),
        text("about_fr", "Ce que c’est, en français", "What it is, in French"),
        text("about_en", "Ce que c’est, en anglais", "What it is, in English"),
    )
    return Tidy(
        "dictionary", variables,
        [(file, v.name, v.kind, v.about.fr, v.about.en) for file, t in found for v in t.variables],
    )  # fmt: skip
