"""The words of the workbook in French and English: its language does not depend on that of the interface."""

from __future__ import annotations

from hsreview.model.dataset import Basis
from hsreview.model.localized import Localized
from hsreview.workbook.names import MAX_SHEET_NAME
from hsreview.workbook.words_columns import COLUMNS
from hsreview.workbook.words_coreq import COREQ
from hsreview.workbook.words_framework import FRAMEWORK
from hsreview.workbook.words_framework_book import FRAMEWORK_BOOK
from hsreview.workbook.words_journal_book import JOURNAL_BOOK
from hsreview.workbook.words_matrices import MATRICES
from hsreview.workbook.words_public import PUBLIC
from hsreview.workbook.words_reading import READING
from hsreview.workbook.words_report import REPORT
from hsreview.workbook.words_review import REVIEW

LANGUAGES = ("fr", "en", "both")

_TABLE: dict[str, tuple[str, str]] = {
    # Sheets
    "provenance": ("Provenance", "Provenance"),
    "codebook": ("Grille de codage", "Codebook"),
    "segments": ("Segments", "Segments"),
    "segments_wide": ("Segments_0-1", "Segments_wide"),
    "theme_interview": ("Thème×Entretien", "Theme×Interview"),
    "theme_group": ("Thème×Groupe", "Theme×Group"),
    "quotes": ("Citations", "Quotes"),
    "memos": ("Mémos", "Memos"),
    "progress": ("Avancement", "Progress"),
    # What each sheet holds
    "about_codebook": (
        "Une ligne par code : libellés, règles, emploi dans cette couche",
        "One row per code: labels, rules, use in this layer",
    ),
    "about_segments": (
        "Une ligne par codage : un code sur un segment, avec le texte et les attributs",
        "One row per coding: one code on one segment, with the text and the attributes",
    ),
    "about_segments_wide": (
        "Une ligne par segment, une colonne 0/1 par code, pour R, SPSS ou un tableau croisé",
        "One row per segment, one 0/1 column per code, for R, SPSS or a pivot table",
    ),
    "about_theme_interview": (
        "Par entretien et par thème : segments, présence, part des mots des répondants",
        "By interview and theme: segments, presence, share of the respondents’ words",
    ),
    "about_theme_group": (
        "Par thème, par code et par groupe : combien d’entretiens et de répondants le mentionnent, sur combien",
        "By theme, code and group: how many interviews and respondents mention it, out of how many",
    ),
    "about_quote_ids": (
        "Référence : l’entretien et le numéro du codage dans cet entretien, comme dans « Segments ». Les mêmes mots "
        "sous deux codes sont deux codages : deux numéros, mais un seul endroit (tour.phrase).",
        "Quote id: the interview and the number of the coding in it, as in “Segments”. The same words under two codes "
        "are two codings: two numbers, but one place (turn.sentence).",
    ),
    "about_quotes": (
        "Quelques passages par thème et par groupe, avec leur référence dans « Segments »",
        "A few passages by theme and group, with their reference in “Segments”",
    ),
    "about_memos": ("Les mémos et ce à quoi ils se rapportent", "The memos and what they are about"),
    "about_progress": (
        "Qui a relu quel entretien, qui l’a commencé, et lesquels personne n’a lus",
        "Who has reviewed which interview, who has begun it, and which ones nobody has read",
    ),
    # Marks
    "internal": (
        "INTERNE : contient des témoignages. Ne pas publier, ne pas transmettre.",
        "INTERNAL: contains testimony. Not for publication, not to be passed on.",
    ),
    "internal_short": ("INTERNE", "INTERNAL"),
    "not_a_number": ("n. d.", "n/a"),
    "is_reviewed": ("relu", "reviewed"),
    "is_begun": ("commencé", "begun"),
    "is_corrected_since": ("relu ; texte corrigé depuis", "reviewed; text corrected since"),
    "is_not_read": ("non lu", "not read"),
    "nobody": ("n = 0", "n = 0"),
    "never_used": ("jamais utilisé", "never used"),
    "small_n": ("vide : n < {least}", "blank: n < {least}"),
    "yes": ("oui", "yes"),
    "no": ("non", "no"),
    "not_recorded": ("non consigné", "not recorded"),
    "no_group": ("sans groupe", "no group"),
    "all_groups": ("Ensemble", "All"),
    "consensus": ("consensus", "consensus"),
    # Provenance
    "project": ("Projet", "Project"),
    "project_id": ("Identifiant du projet", "Project id"),
    "layer": ("Couche de codage", "Coding layer"),
    "layer_coder": (
        "{layer} : les codages de ce codeur seulement, sans aucune somme sur plusieurs codeurs",
        "{layer}: the codings of this coder only, never summed over coders",
    ),
    "layer_consensus": (
        "consensus : les codages arrêtés en commun, sans aucune somme sur plusieurs codeurs",
        "consensus: the codings agreed in common, never summed over coders",
    ),
    "codebook_used": ("Grille de codage", "Codebook"),
    "version_of": ("{title} ({ref}), version {version}", "{title} ({ref}), version {version}"),
    "codebook_hash": ("Empreinte de la grille (SHA-256)", "Codebook fingerprint (SHA-256)"),
    "selection": ("Sélection", "Selection"),
    "everything": ("tout ce qui est dans la couche", "everything in the layer"),
    "question_n": ("Question {ref}", "Question {ref}"),
    "interviews": ("Entretiens", "Interviews"),
    "read_of": (
        "{reviewed:relu|relus} sur {all} · {begun:commencé en plus|commencés en plus} · {not_read:non lu|non lus}",
        "{reviewed} of {all} reviewed; {begun} more begun; {not_read} not read",
    ),
    "basis_of_n": ("Base des nombres", "Basis of the numbers"),
    "basis_of_n_coder": (
        "n compte les entretiens que ce codeur a marqués comme relus. Ceux qu’il a seulement commencés (des codages, "
        "pas de marque) sont comptés à part et n’entrent dans aucun n, aucun total et aucun pourcentage.",
        "n counts the interviews that this coder marked as reviewed. Those merely begun (codings, no mark) are counted "
        "apart and enter no n, no total and no percentage.",
    ),
    "respondents": ("Répondants", "Respondents"),
    "organisations": ("Organisations", "Organisations"),
    "in_reviewed": ("{n} dans les entretiens relus", "{n} in the interviews reviewed"),
    "more_in_begun": ("{n} de plus dans ceux commencés", "{n} more in those begun"),
    "nameless": (
        "{n:étiquette de répondant|étiquettes de répondants} sans personne derrière, dans aucun n",
        "{n:respondent’s label|respondents’ labels} with nobody behind, in no n",
    ),
    "in_begun": ("dont {n} dans des entretiens commencés", "{n} of them in interviews begun"),
    "codings": ("Codages", "Codings"),
    "on_segments": (
        "{codings:codage|codages} sur {segments:segment|segments}",
        "{codings:coding|codings} on {segments:segment|segments}",
    ),
    "coders": ("Codeurs dans cette couche", "Coders in this layer"),
    "consent": ("Consentement des répondants", "Respondents’ consent"),
    "words_held_back": (
        "Paroles, mémos et synthèses à leur sujet, absents de ce fichier faute de consentement",
        "Words, memos and summaries of them, that are not in this file, for want of consent",
    ),
    "embargo_until": ("{name} (embargo jusqu’au {day})", "{name} (embargo until {day})"),
    "consent_written": ("écrit", "written"),
    "consent_oral": ("oral", "oral"),
    "consent_limited": ("limité", "limited"),
    "consent_none": ("refusé", "none"),
    "consent_withdrawn": ("retiré", "withdrawn"),
    "consent_not_recorded": ("non consigné", "not recorded"),
    "pseudonyms": ("Pseudonymes", "Pseudonyms"),
    "pseudonyms_state": (
        "Les textes et les noms de locuteurs figurent tels qu’enregistrés : partez du principe qu’ils peuvent "
        "permettre de reconnaître quelqu’un.",
        "Texts and speaker labels stand as stored: assume that they can identify people.",
    ),
    "made": ("Établi le (UTC)", "Made (UTC)"),
    "tool": ("Outil", "Tool"),
    "replaced": ("Caractères remplacés", "Characters replaced"),
    "replaced_value": (
        "{n} (caractères qu’un tableur ne peut pas contenir, remplacés par un signe visible)",
        "{n} (characters that a spreadsheet cannot hold, replaced by a visible sign)",
    ),
    "split": ("Textes en plusieurs lignes", "Texts over several rows"),
    "split_value": (
        "{n} (plus de 32 767 caractères ; voir la colonne « Suite »)",
        "{n} (more than 32,767 characters; see the column “Part”)",
    ),
    "links_left_out": ("Liens omis", "Links left out"),
    "sheets": ("Feuilles", "Sheets"),
    "rows": ("{n:ligne|lignes}", "{n:row|rows}"),
    **PUBLIC,
    **MATRICES,
    **FRAMEWORK,
    **FRAMEWORK_BOOK,
    **JOURNAL_BOOK,
    **READING,
    **REPORT,
    **COREQ,
    **REVIEW,
    **COLUMNS,
    # Matrices
    "basis": (
        "Couche : {layer} · {reviewed:entretien relu|entretiens relus} sur {all} · "
        "{codings:codage|codages} · grille {codebook} {version}",
        "Layer: {layer} · {reviewed} of {all:interview|interviews} reviewed · "
        "{codings:coding|codings} · codebook {codebook} {version}",
    ),
    "basis_begun": (
        "Couche : {layer} · {reviewed:entretien relu|entretiens relus} sur {all} "
        "(commencés, comptés à part : {begun}) · {codings:codage|codages} · grille {codebook} {version}",
        "Layer: {layer} · {reviewed} of {all:interview|interviews} reviewed, {begun} more begun (counted apart) · "
        "{codings:coding|codings} · codebook {codebook} {version}",
    ),
    "basis_consensus": (
        "Couche : {layer} · {reviewed:entretien|entretiens} sur {all} · "
        "{codings:codage|codages} · grille {codebook} {version}",
        "Layer: {layer} · {reviewed} of {all:interview|interviews} · "
        "{codings:coding|codings} · codebook {codebook} {version}",
    ),
    "reading_state": ("Lecture", "Reading"),
    "segments_all": ("Segments, tous thèmes", "Segments, all themes"),
    "respondent_words": ("Mots des répondants", "Respondents’ words"),
    "block_segments": ("Segments", "Segments"),
    "block_presence": ("Présence (0/1)", "Presence (0/1)"),
    "block_words": ("% des mots des répondants", "% of respondents’ words"),
    "total_reviewed": ("Segments des entretiens relus", "Segments in the interviews reviewed"),
    "mentioning_reviewed": (
        "Entretiens qui le mentionnent, sur {n:relu|relus}",
        "Interviews mentioning it, of {n} reviewed",
    ),
    "total_begun": ("Segments des entretiens commencés", "Segments in the interviews begun"),
    "mentioning_begun": (
        "Entretiens commencés qui le mentionnent jusqu’ici (n = {n})",
        "Interviews begun that mention it so far (n = {n})",
    ),
    "theme": ("Thème", "Theme"),
    "theme_or_code": ("Thème ou code", "Theme or code"),
    "base_reviewed": (
        "n relus ou commencés (entretiens), entendus dans ceux relus (répondants)",
        "n reviewed or begun (interviews), heard in those reviewed (respondents)",
    ),
    "base_project": ("n entretiens du projet", "n interviews in the project"),
    "share": ("% des répondants", "% of respondents"),
    "short_interviews": ("Entretiens relus", "Interviews reviewed"),
    "short_begun": ("Entretiens commencés", "Interviews begun"),
    "short_respondents": ("Répondants", "Respondents"),
    "short_organisations": ("Organisations", "Organisations"),
    "short_segments": ("Segments", "Segments"),
    "title_theme_interview": ("Thèmes par entretien", "Themes by interview"),
    "title_theme_group": ("Thèmes et codes par groupe", "Themes and codes by group"),
    "title_quotes": ("Citations par thème et par groupe", "Quotes by theme and group"),
    "state": ("Remarque", "Note"),
    # Quotes
    "rank": ("N°", "No."),
    "quote": ("Citation", "Quote"),
    "codes": ("Codes", "Codes"),
    "none_said": ("(aucun segment ; entretiens relus : {n})", "(no segment; interviews reviewed: {n})"),
    "none_said_begun": (
        "(aucun segment ; entretiens relus : {n}, commencés : {begun})",
        "(no segment; interviews reviewed: {n}, begun: {begun})",
    ),
    "none_shown": ("(aucun passage à montrer)", "(no passage to show)"),
    "shown_of": ("{shown} sur {n}", "{shown} of {n}"),
    "held_back": ("retenus : {n}", "held back: {n}"),
    "shown": ("Montrés", "Shown"),
    # Memos and progress
    "about": ("À propos de", "About"),
    "about_transcript": ("transcription", "transcript"),
    "about_coding": ("codage", "coding"),
    "about_segment": ("segment", "segment"),
    "about_code": ("code", "code"),
    "about_project": ("projet", "project"),
    "memo_id": ("Identifiant du mémo", "Memo id"),
    "assigned": ("Attribué", "Assigned"),
    "started": ("Commencé", "Started"),
    "reviewed": ("Relu", "Reviewed"),
    "coded_turns": ("Tours codés", "Coded turns"),
    "respondent_turns": ("Tours des répondants", "Respondents’ turns"),
}


class _Count(int):
    """A number that brings its noun along, in the singular for the numbers in `singular`."""

    singular: tuple[int, ...]

    def __format__(self, forms: str) -> str:
        if "|" not in forms:
            return super().__format__(forms)
        one, many = forms.split("|")
        return f"{int(self)} {one if self in self.singular else many}"


def _counted(value: object, singular: tuple[int, ...]) -> object:
    if not isinstance(value, int):
        return value
    count = _Count(value)
    count.singular = singular
    return count


class Words:
    """Words of one workbook: `fr`, `en`, or `both` (French / English)."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"unknown language of a workbook: {language}")
        self.languages: tuple[str, ...] = ("fr", "en") if language == "both" else (language,)

    def __call__(self, key: str, **values: object) -> str:
        """The word `key` with `values` put in; `{n:row|rows}` is a number with the form that goes with it."""
        french, english = (
            text.format(**{name: _counted(value, singular) for name, value in values.items()}) if values else text
            for text, singular in zip(_TABLE[key], ((0, 1), (1,)), strict=True)
        )
        return self.join(Localized(fr=french, en=english))

    def join(self, text: Localized) -> str:
        """A text of the project in the language of the workbook; in both, where they differ."""
        return " / ".join(dict.fromkeys(filter(None, (text.get(language) for language in self.languages))))

    def whose(self, basis: Basis) -> str:
        """The layer of a workbook as its provenance says it."""
        consensus = basis.layer_coder is None
        return self("layer_consensus") if consensus else self("layer_coder", layer=basis.layer)

    def known(self, prefix: str, value: str) -> str:
        """The word for a value such as a status; the value itself when the table does not have it."""
        key = f"{prefix}_{value}"
        return self(key) if key in _TABLE else value

    def title(self, key: str) -> str:
        """The name of a sheet: `Thème×Entretien Theme×Interview` where both languages are wanted."""
        french, english = _TABLE[key]
        names = dict.fromkeys(french if language == "fr" else english for language in self.languages)
        title = " · ".join(names)
        return title if len(title) <= MAX_SHEET_NAME else " ".join(names)
