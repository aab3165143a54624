"""The columns of every kind of framework row: the one place that forms, commands, sheets, lint and JSON read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from hsreview.model.framework import RowKind
from hsreview.model.localized import Localized


class ValueKind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    BOTH = "both"
    """A text in French and English: two keys, `<key>_fr` and `<key>_en`."""
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    DATE = "date"
    """An ISO date: a year, a month or a day (`2017`, `2017-03`, `2017-03-31`)."""
    ROW = "row"
    """The id of a row of the kind `Column.of`."""
    TEXTS = "texts"
    """A list of texts."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that may be chosen; what is stored is its key."""

    key: str
    label: Localized
    also: tuple[str, ...] = ()
    """Other words that people write for it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a kind of row."""

    key: str
    kind: ValueKind
    label: Localized
    choices: tuple[Choice, ...] = ()
    of: RowKind | None = None
    main: bool = False
    """Whether it holds what the row says: the text that lists, ballots and links show."""
    internal: bool = False
    """Whether it is about the evidence itself, and stays in the team."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of a row's data that it fills."""
        return (f"{self.key}_fr", f"{self.key}_en") if self.kind is ValueKind.BOTH else (self.key,)


def _column(
    key: str, kind: ValueKind, fr: str, en: str, choices: Mapping[str, tuple[str, ...]] | None = None,
    of: RowKind | None = None, *, main: bool = False, internal: bool = False,
) -> Column:  # fmt: skip
    found = tuple(Choice(name, Localized(fr, en), tuple(also)) for name, (fr, en, *also) in (choices or {}).items())
    return Column(key, kind, Localized(fr, en), found, of, main, internal)


_CRITERION = {"yes": ("oui", "yes"), "partly": ("en partie", "partly"), "no": ("non", "no")}
_DIMENSIONS = {
    "economic": ("économique", "economic"), "food": ("alimentaire", "food"), "health": ("sanitaire", "health"),
    "environmental": ("environnementale", "environmental"), "personal": ("personnelle", "personal"),
    "community": ("communautaire", "community"), "political": ("politique et juridique", "political and legal"),
}  # fmt: skip
_PROGRAMME = {"O1": ("O1", "O1"), "O2": ("O2", "O2"), "O3": ("O3", "O3"), "O4": ("O4", "O4")}
_EARLY_WARNING = {
    "crime": ("criminalité", "crime and criminality"),
    "security": ("sécurité et extrémisme violent", "security and violent extremism"),
    "governance": ("gouvernance et droits humains", "governance and human rights"),
    "health": ("santé", "health"), "environment": ("environnement", "environment"),
}  # fmt: skip
_DAC = {
    "relevance": ("pertinence", "relevance"), "coherence": ("cohérence", "coherence"),
    "effectiveness": ("efficacité", "effectiveness"), "efficiency": ("efficience", "efficiency"),
    "impact": ("impact", "impact"), "sustainability": ("durabilité", "sustainability"),
}  # fmt: skip
_HARM = {"none": ("aucun connu", "none known"), "some": ("possible", "possible"), "high": ("élevé", "high")}

_T, _B, _C, _CS = ValueKind.TEXT, ValueKind.BOTH, ValueKind.CHOICE, ValueKind.CHOICES
_N, _D, _R, _TS = ValueKind.NUMBER, ValueKind.DATE, ValueKind.ROW, ValueKind.TEXTS

_STATEMENT = _column("statement", _B, "Énoncé", "Statement", main=True)
_ASSUMPTIONS = _column("assumptions", _T, "Hypothèses", "Assumptions")
_CRITERIA = tuple(
    part
    for key, fr, en in (
        ("gender_sensitive", "Sensible au genre", "Gender-sensitive"),
        ("feasible", "Faisable", "Feasible"),
        ("structural", "Traite les causes structurelles", "Addresses structural causes"),
    )
    for part in (
        _column(key, _C, fr, en, _CRITERION),
        _column(f"{key}_reason", _T, f"{fr} : pourquoi", f"{en}: why"),
    )
)

_TRANSFER = (
    _column("transfer", _C, "Reprise d’un autre État", "Taken over from another state", {
        "adopt": ("telle quelle", "as it is"), "adapt": ("à adapter", "to be adapted"),
    }),
    _column("transfer_reason", _T, "Reprise : pourquoi", "Taken over: why"),
)  # fmt: skip

COLUMNS: Mapping[RowKind, tuple[Column, ...]] = {
    RowKind.STRATEGY: (
        _column("title", _B, "Titre", "Title", main=True),
        _column("state", _T, "État (pays)", "State"),
        _column("period", _T, "Période", "Period"),
        _column("source", _T, "Source", "Source"),
        *_TRANSFER,
    ),
    RowKind.ACTOR: (
        _column("label", _B, "Nom", "Name", main=True),
        _column("kind", _C, "Genre", "Kind", {
            "gov_national": ("gouvernement national", "national government"),
            "gov_local": ("autorité locale", "local authority"),
            "security_force": ("force de sécurité", "security force"),
            "un": ("Nations unies", "United Nations"),
            "ecowas": ("CEDEAO", "ECOWAS"),
            "eu_donor": ("Union européenne, bailleur", "European Union, donor"),
            "cso": ("organisation de la société civile", "civil society organisation"),
            "community": ("communauté", "community"),
            "armed_group": ("groupe armé", "armed group"),
            "media": ("média", "media"),
        }),
        _column("level", _C, "Niveau", "Level", {
            "community": ("communauté", "community"), "national": ("national", "national"),
            "regional": ("régional", "regional"), "global": ("mondial", "global"),
        }),
        _column("influence", _C, "Influence", "Influence", {
            "low": ("faible", "low"), "medium": ("moyenne", "medium"), "high": ("forte", "high"),
        }),
        _column("boundary_partner", _C, "Partenaire direct", "Boundary partner", {
            "yes": ("oui", "yes"), "no": ("non", "no"),
        }),
        *_TRANSFER,
    ),
    RowKind.FINDING: (
        _STATEMENT,
        _column("question", _T, "Question de revue", "Review question"),
        _column("codes", _TS, "Codes", "Codes"),
        _column("dac", _CS, "Critères d’évaluation (OCDE-CAD)", "Evaluation criteria (OECD-DAC)", _DAC),
        _column("answered", _T, "Cas négatifs : réponse", "Negative cases: answer", internal=True),
        _column("methods_note", _T, "Limites de méthode", "Methodological limitations", internal=True),
        _column("relevance_note", _T, "Pertinence", "Relevance", internal=True),
        _column("strength_set", _C, "Force retenue", "Strength as set", {
            "very_low": ("très faible", "very low"), "low": ("faible", "low"),
            "moderate": ("moyenne", "moderate"), "high": ("forte", "high"),
        }, internal=True),
        _column("strength_reason", _T, "Force retenue : pourquoi", "Strength as set: why", internal=True),
    ),
    RowKind.OUTCOME: (
        _STATEMENT,
        _column("level", _C, "Niveau", "Level", {
            "vision": ("vision", "vision"), "outcome": ("incidence", "outcome"), "output": ("produit", "output"),
        }),
        _column("actor", _R, "Acteur", "Actor", of=RowKind.ACTOR),
        _column("dimensions", _CS, "Dimensions de la sécurité humaine", "Dimensions of human security", _DIMENSIONS),
        _column("programme_outcomes", _CS, "Incidences du programme", "Programme outcomes", _PROGRAMME),
        *_CRITERIA,
        _ASSUMPTIONS,
        _column("rival", _T, "Autres explications", "Rival explanations"),
        _column("source", _T, "Source de la ligne", "Source of the row"),
        *_TRANSFER,
    ),
    RowKind.MARKER: (
        _STATEMENT,
        _column("level", _C, "Niveau", "Level", {
            "expect": ("s’attend à voir", "expect to see"), "like": ("aimerait voir", "like to see"),
            "love": ("rêve de voir", "love to see"),
        }),
        _column("actor", _R, "Acteur", "Actor", of=RowKind.ACTOR),
        _column("source", _T, "Source de la ligne", "Source of the row"),
        *_TRANSFER,
    ),
    RowKind.INDICATOR: (
        _STATEMENT,
        _column("definition", _B, "Définition", "Definition"),
        _column("kind", _C, "Genre", "Kind", {
            "quantitative": ("quantitatif", "quantitative"), "qualitative": ("qualitatif", "qualitative"),
            "milestone": ("jalon", "milestone"), "perception": ("perception", "perception"),
        }),
        _column("unit", _T, "Unité", "Unit"),
        _column("direction", _C, "Sens", "Direction", {
            "up": ("à la hausse", "up", "haut", "augmente"), "down": ("à la baisse", "down", "bas", "diminue"),
            "keep": ("à maintenir", "keep"),
        }),
        _column("baseline_value", _N, "Situation de référence", "Baseline"),
        _column("baseline_date", _D, "Référence : date", "Baseline: date"),
        _column("baseline_source", _T, "Référence : source", "Baseline: source"),
        _column("baseline_missing", _T, "Pas de référence : pourquoi", "No baseline: why"),
        _column("target_value", _N, "Cible", "Target"),
        _column("target_date", _D, "Cible : date", "Target: date"),
        _column("milestones", _TS, "Jalons", "Milestones"),
        _column("verification", _T, "Moyens de vérification", "Means of verification"),
        _column("data_source", _T, "Source des données", "Source of data"),
        _column("frequency", _C, "Fréquence", "Frequency", {
            "monthly": ("chaque mois", "monthly", "mensuelle"),
            "quarterly": ("chaque trimestre", "quarterly", "trimestrielle"),
            "half_yearly": ("chaque semestre", "half-yearly", "semestrielle"),
            "yearly": ("chaque année", "yearly", "annuelle"),
            "once": ("une fois", "once"),
        }),
        _column("responsible", _T, "Responsable (fonction)", "Responsible (role)"),
        _column("disaggregation", _CS, "Ventilation", "Disaggregation", {
            "sex": ("sexe", "sex"), "age": ("âge", "age"), "region": ("région", "region"),
            "status": ("statut", "status"),
        }),
        _column("cost", _T, "Coût", "Cost"),
        _column("harm", _C, "Risque de nuire", "Risk of harm", _HARM),
        _column("harm_note", _T, "Risque de nuire : lequel, que faire", "Risk of harm: which, what to do"),
        _ASSUMPTIONS,
        _column("early_warning", _C, "Thème d’alerte précoce", "Early-warning theme", _EARLY_WARNING),
        *_CRITERIA,
        _column("source", _T, "Source de la ligne", "Source of the row"),
        _column("needs_new_baseline", _C, "Référence à mesurer ici", "Needs a baseline of its own", {
            "yes": ("oui", "yes"), "no": ("non, mesurée ici", "no, it was measured here"),
        }),
        *_TRANSFER,
    ),
    RowKind.RECOMMENDATION: (
        _column("statement", _B, "Recommandation", "Recommendation", main=True),
        _column("addressee", _R, "Destinataire", "Addressee", of=RowKind.ACTOR),
        _column("owner", _T, "Porteur (fonction)", "Owner (role)"),
        _column("product", _T, "Produit", "Product"),
        _column("sent_on", _D, "Envoyée le", "Sent on"),
        _column("channel", _T, "Canal", "Channel"),
        _column("next_check", _D, "Prochain suivi", "Next check"),
        _column("source", _T, "Source de la ligne", "Source of the row"),
        *_TRANSFER,
    ),
}  # fmt: skip
"""In the order in which they are shown."""


_GREATEST = 1e300
"""A greater number is no measurement, and no sheet can hold it; nor is what is not a number."""


def main_column(kind: RowKind) -> Column:
    """The column that holds what a row of the kind says."""
    return next(each for each in COLUMNS[kind] if each.main)


@cache
def internal_keys(kind: RowKind) -> frozenset[str]:
    """The keys of a row's data that stay in the team."""
    return frozenset(key for column in COLUMNS[kind] if column.internal for key in column.keys)


def fits(column: Column, value: Any) -> bool:
    """Whether `value` is one that the column holds; null empties it."""
    if value is None:
        return True
    match column.kind:
        case ValueKind.TEXT | ValueKind.BOTH | ValueKind.ROW:
            return isinstance(value, str)
        case ValueKind.CHOICE:
            return isinstance(value, str) and value in {each.key for each in column.choices}
        case ValueKind.CHOICES:
            return _are_texts(value) and set(value) <= {each.key for each in column.choices}
        case ValueKind.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _GREATEST
        case ValueKind.DATE:
            return isinstance(value, str) and is_date(value)
        case ValueKind.TEXTS:
            return _are_texts(value)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def is_date(value: str) -> bool:
    """Whether it is a year, a month or a day of the calendar, as ISO 8601 writes them."""
    parts = value.split("-")
    if len(parts) > 3 or [len(each) for each in parts] != [4, 2, 2][: len(parts)]:
        return False
    try:
        date(*map(int, [*parts, *["1"] * (3 - len(parts))]))
    except ValueError:
        return False
    return value.replace("-", "").isdecimal() and value.isascii()
