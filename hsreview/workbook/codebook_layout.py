"""Sheets and columns of a codebook workbook: their names in both languages, and the names that are read too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from hsreview.base.folding import fold

ID, TEXT, REFS, LINES, NUMBER, CHOICE = "id", "text", "refs", "lines", "number", "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """One column. `kind` says how its cells are written and read."""

    key: str
    en: str
    fr: str
    kind: str = TEXT
    width: float = 12
    also: tuple[str, ...] = ()
    """Other headings that are understood."""
    choices: str = ""
    """The list of the sheet of lists that its cells are chosen from."""
    hidden: bool = False

    def heading(self, language: str) -> str:
        return self.fr if language == "fr" else self.en


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet with the columns it may have."""

    key: str
    en: str
    fr: str
    fields: tuple[Field, ...]
    freeze: int = 1
    printed: str = ""
    """The last column that is printed; every one when empty."""

    def title(self, language: str) -> str:
        return self.fr if language == "fr" else self.en


def both(key: str, en: str, fr: str, width: float, also: Sequence[str] = (), kind: str = TEXT) -> tuple[Field, Field]:
    """The French and the English column of one text."""
    return tuple(  # type: ignore[return-value]
        Field(
            f"{key}_{language}",
            f"{en}_{language}",
            f"{fr}_{language}",
            kind,
            width,
            tuple(f"{name}_{language}" for name in also),
        )
        for language in ("fr", "en")
    )


_ORDER = Field("order", "order", "ordre", NUMBER, 7)
_UUID = Field("uuid", "uuid", "uuid", ID, 12, hidden=True)
_KEY = Field("key", "key", "touche", ID, 7)
_LABEL = both("label", "label", "libellé", 22, ("name", "nom", "étiquette"))
_DEFINITION = both("definition", "definition", "définition", 30, ("description", "memo", "mémo"))
_QUESTIONS = Field("questions", "questions", "questions", REFS, 11, ("question",))
_GROUPS = Field("groups", "groups", "groupes", REFS, 14, ("group", "groupe"))
_HUE = Field("hue", "hue", "teinte", CHOICE, 9, ("color", "colour", "couleur"), "hues")

CODEBOOK = SheetPlan(
    "codebook",
    "Codebook",
    "Grille",
    (
        Field("code_id", "code_id", "id_code", ID, 9, ("id", "code", "code_no", "numéro", "n°")),
        *_LABEL,
        *_DEFINITION,
        *both("use", "use", "utiliser", 27, ("when_to_use", "include", "inclure", "quand_utiliser")),
        *both(
            "not_use",
            "not_use",
            "ne_pas_utiliser",
            27,
            ("do_not_use", "when_not_to_use", "exclude", "exclure", "quand_ne_pas_utiliser"),
        ),
        *both("example", "example", "exemple", 27),
        Field("parent_id", "parent_id", "id_parent", ID, 9, ("parent", "theme", "thème", "theme_id", "id_thème")),
        Field("path", "path", "chemin", TEXT, 30),
        _QUESTIONS,
        _GROUPS,
        Field("primary_group", "primary_group", "groupe_principal", CHOICE, 14, (), "groups"),
        Field("origin", "origin", "origine", CHOICE, 11, (), "origins"),
        *both("cues", "cues", "expressions", 26, ("indices",), LINES),
        Field("codable", "codable", "codable", CHOICE, 9, (), "truths"),
        _HUE,
        Field("status", "status", "statut", CHOICE, 10, (), "statuses"),
        Field("merged_into", "merged_into", "fusionné_avec", ID, 11),
        _ORDER,
        _UUID,
    ),
    freeze=3,
    printed="example_en",
)
THEMES = SheetPlan(
    "themes",
    "Themes",
    "Thèmes",
    (
        Field("theme_id", "theme_id", "id_thème", ID, 9, ("id", "theme", "thème")),
        *_LABEL,
        *_DEFINITION,
        _QUESTIONS,
        _ORDER,
        _UUID,
    ),
)
QUESTIONS = SheetPlan(
    "questions",
    "Questions",
    "Questions",
    (
        Field("question_id", "question_id", "id_question", ID, 11, ("id", "question")),
        Field("kind", "kind", "type", CHOICE, 16, (), "kinds"),
        *both("text", "text", "texte", 50),
        *both("short", "short", "abrégé", 24),
        Field("source", "source", "source", TEXT, 40),
        Field("step", "step", "étape", NUMBER, 7),
        _HUE,
        _ORDER,
        _UUID,
    ),
)
GROUPS = SheetPlan(
    "groups",
    "Groups",
    "Groupes",
    (
        Field("group_id", "group_id", "id_groupe", ID, 16, ("group", "groupe")),
        Field("subgroup_id", "subgroup_id", "id_sous_groupe", ID, 24, ("subgroup", "sous_groupe")),
        *_LABEL,
        Field("step", "step", "étape", NUMBER, 7),
        _ORDER,
    ),
    freeze=2,
)
MODIFIERS = SheetPlan(
    "modifiers",
    "Modifiers",
    "Modificateurs",
    (
        Field("modifier_id", "modifier_id", "id_modificateur", ID, 15, ("modifier", "modificateur")),
        Field("value_id", "value_id", "id_valeur", ID, 18, ("value", "valeur")),
        *_LABEL,
        _KEY,
        *both("question", "question", "question", 44),
        Field("applies_to", "applies_to", "s_applique_à", REFS, 14),
        _ORDER,
    ),
    freeze=2,
)
FLAGS = SheetPlan(
    "flags",
    "Flags",
    "Drapeaux",
    (Field("flag_id", "flag_id", "id_drapeau", ID, 12, ("id", "flag", "drapeau")), *_LABEL, _KEY, _ORDER),
)
PASSES = SheetPlan(
    "passes",
    "Passes",
    "Passes",
    (
        Field("pass_id", "pass_id", "id_passe", ID, 12, ("id", "pass", "passe")),
        *_LABEL,
        _GROUPS,
        Field("themes", "themes", "thèmes", REFS, 16),
        Field("then", "then", "puis", REFS, 16),
        _ORDER,
    ),
)
GUIDE = SheetPlan(
    "guide",
    "Guide",
    "Guide",
    (
        Field("guide_id", "guide_id", "id_guide", ID, 11, ("id",)),
        *both("text", "text", "texte", 60),
        _QUESTIONS,
        _GROUPS,
        _ORDER,
    ),
)
RULES = SheetPlan(
    "rules",
    "Rules",
    "Règles",
    (Field("rule", "rule", "règle", ID, 16), *both("text", "text", "texte", 60), _ORDER),
)
SHEETS = (CODEBOOK, THEMES, QUESTIONS, GROUPS, MODIFIERS, FLAGS, PASSES, GUIDE, RULES)

README = SheetPlan("readme", "Read me", "À lire", ())
LISTS = SheetPlan("lists", "Lists", "Listes", ())
WHOLE = (
    Field("codebook_id", "codebook_id", "id_grille", ID),
    Field("version", "version", "version", ID),
    Field("status", "status", "statut"),
    Field("languages", "languages", "langues", REFS),
    Field("base_state", "base_state", "pays_de_base"),
    *both("title", "title", "titre", 40),
    Field("provenance", "provenance", "provenance"),
    Field("derived", "derived", "dérivé"),
)
"""What the first sheet says about the codebook as a whole: a name and a value a row."""

LEVEL = re.compile(r"(?:level|niveau)_(\d+)")


def plain(heading: object) -> str:
    """A heading as it is compared: folded, words joined by `_`."""
    return re.sub(r"[^0-9a-z]+", "_", fold(str(heading or "")[:80])).strip("_")


@cache
def names_of(field: Field) -> frozenset[str]:
    """Every way to write the heading of `field`, as `plain` gives it."""
    return frozenset(plain(name) for name in (field.key, field.en, field.fr, *field.also))


@cache
def french_names(plan: SheetPlan) -> frozenset[str]:
    """The headings of `plan` that only a French sheet has, without the language at their end."""
    return frozenset(plain(f.fr).removesuffix("_fr") for f in plan.fields if plain(f.fr) != plain(f.en))
