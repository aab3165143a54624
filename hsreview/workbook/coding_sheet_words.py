"""The words of coding sheets in French and English: a sheet speaks its partner's language, not the interface's."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: Mapping[str, tuple[str, str]] = {
    # Sheets
    "sheet": ("Codage", "Coding"),
    "codes": ("Codes", "Codes"),
    "help": ("Mode d’emploi", "How to"),
    # Columns
    "number": ("N°", "No."),
    "place": ("Tour.phrase", "Turn.sentence"),
    "turn": ("Tour", "Turn"),
    "speaker": ("Locuteur", "Speaker"),
    "text": ("Texte", "Text"),
    "code": ("Code", "Code"),
    "remark": ("Remarque", "Remark"),
    "theme": ("Thème", "Theme"),
    "definition": ("Définition", "Definition"),
    "use": ("Quand l’utiliser", "When to use"),
    "not_use": ("Quand ne pas l’utiliser", "When not to use"),
    "example": ("Exemple", "Example"),
    # Above the rows
    "title": ("Feuille de codage : {transcript}", "Coding sheet: {transcript}"),
    "subtitle": (
        "Pour {coder} · grille {codebook} {version}{pass_} · choisissez les codes dans les listes, un par colonne ; "
        "rien = aucun code. Ne modifiez pas le texte.",
        "For {coder} · codebook {codebook} {version}{pass_} · choose codes from the lists, one in each column; "
        "nothing = no code. Do not change the text.",
    ),
    "pass_": (" · passe : {name}", " · pass: {name}"),
    "confidential": (
        "CONFIDENTIEL : contient un témoignage. Ne pas transmettre à d’autres.",
        "CONFIDENTIAL: contains testimony. Do not pass on to others.",
    ),
    "not_in_list": (
        "Ce n’est pas une entrée de la liste. Choisissez-en une, ou gardez la vôtre si c’est bien un code.",
        "This is not an entry of the list. Choose one, or keep yours if it is a code.",
    ),
    "outside": (
        "CONFIDENTIEL",
        "CONFIDENTIAL",
    ),
    # How to
    "how_0": ("Comment remplir cette feuille", "How to fill in this sheet"),
    "how_1": (
        "Chaque ligne blanche est une phrase (ou un tour de parole) à lire. Les lignes grises sans liste sont les "
        "questions : elles ne se codent pas.",
        "Every white row is a sentence (or a turn) to read. The grey rows without a list are the questions: they are "
        "not coded.",
    ),
    "how_2": (
        "Lisez tout. Quand une phrase correspond à un code, choisissez-le dans Code 1 ; pour d’autres codes sur la "
        "même phrase, Code 2, 3 et 4. Une phrase sans code reste vide.",
        "Read everything. When a sentence fits a code, choose it in Code 1; for more codes on the same sentence, Code "
        "2, 3 and 4. A sentence without a code stays empty.",
    ),
    "how_3": (
        "La feuille « Codes » donne la définition de chaque code. On peut aussi taper l’identifiant seul (par exemple "
        "{example}).",
        "The sheet “Codes” gives the definition of every code. You may also type the id alone (such as {example}).",
    ),
    "how_4": (
        "Notez vos doutes et vos idées dans Remarque : ils deviennent des mémos.",
        "Put doubts and ideas into Remark: they become memos.",
    ),
    "how_5": (
        "Vous pouvez trier, filtrer et élargir les colonnes. Ne modifiez pas le texte, ne fusionnez pas de cellules, "
        "n’ajoutez pas de lignes, ne supprimez pas la colonne A (masquée).",
        "You may sort, filter and widen columns. Do not change the text, do not merge cells, do not add rows, do not "
        "delete column A (hidden).",
    ),
    "how_6": (
        "Renvoyez le fichier à qui vous l’a donné. S’il y a un problème, vous recevrez une copie avec vos réponses, "
        "où les cellules à corriger portent un commentaire.",
        "Return the file to whoever gave it to you. If something is wrong, you get back a copy with your answers, "
        "where the cells to mend bear a comment.",
    ),
    "mend": ("à corriger", "to mend"),
    # Faults
    "fault_text": (
        "Le texte de cette ligne a été modifié. Remettez le texte d’origine.",
        "The text of this row was changed. Put the original text back.",
    ),
    "original": ("Texte d’origine : {text}", "Original text: {text}"),
    "fault_unknown_code": (
        "« {value} » n’est pas un code de la grille. Choisissez un code dans la liste.",
        "“{value}” is no code of the codebook. Choose a code from the list.",
    ),
    "fault_near": (
        "« {value} » n’est pas un code de la grille. Peut-être : {near} ?",
        "“{value}” is no code of the codebook. Perhaps: {near}?",
    ),
    "fault_several_codes": (
        "« {value} » peut être plusieurs codes : {codes}. Choisissez dans la liste.",
        "“{value}” may be several codes: {codes}. Choose from the list.",
    ),
    "fault_two_codes": (
        "« {value} » : l’identifiant est celui d’un code, le libellé celui d’un autre. Choisissez dans la liste.",
        "“{value}”: the id is that of one code, the label that of another. Choose from the list.",
    ),
    "fault_not_codable": (
        "Le code {value} ne s’utilise pas (ou plus) pour coder. Choisissez-en un autre dans la liste.",
        "The code {value} is not (or no longer) used for coding. Choose another one from the list.",
    ),
    "fault_number": (
        "Cette cellule contient un nombre ou une date ({value}) : le tableur a transformé ce qui a été tapé. "
        "Choisissez le code dans la liste.",
        "This cell holds a number or a date ({value}): the spreadsheet changed what was typed. Choose the code from "
        "the list.",
    ),
    "fault_formula": (
        "Cette cellule contient une formule ou une erreur de calcul. Écrivez du texte.",
        "This cell holds a formula or an error of calculation. Write text.",
    ),
    "fault_merged": (
        "Ces cellules sont fusionnées. Défusionnez-les et remplissez chaque ligne.",
        "These cells are merged. Split them and fill in every row.",
    ),
    "fault_unknown_row": (
        "L’identifiant de cette ligne (colonne masquée) n’est pas de cette feuille.",
        "The id of this row (hidden column) is not of this sheet.",
    ),
    "fault_no_row": (
        "Cette ligne ne se code pas (question, ou ligne ajoutée). Mettez la réponse sur la ligne de la phrase.",
        "This row is not for coding (a question, or a row that was added). Put the answer on the row of the sentence.",
    ),
    "fault_twice": (
        "Cette ligne est deux fois dans la feuille (l’autre : {other}). Supprimez l’une des deux.",
        "This row is in the sheet twice (the other one: {other}). Delete one of the two.",
    ),
    "fault_long": (
        "Cette remarque est trop longue pour être lue en entier. Raccourcissez-la.",
        "This remark is too long to be read in full. Shorten it.",
    ),
}


def word(key: str, language: str, **values: object) -> str:
    """The word `key` in `language` (`fr` or `en`) with `values` put in."""
    text = _WORDS[key][0 if language == "fr" else 1]
    return text.format(**values) if values else text


def headings(key: str) -> tuple[str, str]:
    """A heading in both languages."""
    return _WORDS[key]
