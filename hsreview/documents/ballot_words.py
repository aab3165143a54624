"""The words of a printed ballot: its language is that of the room, not that of the interface."""

from __future__ import annotations

from hsreview.model.ballot_paper import BallotPaper, PaperTable
from hsreview.model.localized import Localized

_WORDS = {
    "ballot": Localized("Bulletin de vote", "Ballot"),
    "tally": Localized("Feuille de décompte", "Tally sheet"),
    "round": Localized("tour {n}", "round {n}"),
    "table": Localized("table {label}", "table {label}"),
    "blank_table": Localized("Table\u00a0: {line}", "Table: {line}"),
    "people": Localized("{n} personnes", "{n} people"),
    "person": Localized("{n} personne", "{n} person"),
    "rows": Localized("{n} lignes à voter", "{n} rows to vote on"),
    "row": Localized("{n} ligne à voter", "{n} row to vote on"),
    "page": Localized("page", "page"),
    "how": Localized(
        "Cochez une seule case par ligne. Ce que vous diriez autrement, écrivez-le dessous. N’écrivez aucun nom.",
        "Tick one box for each row. What you would say otherwise, write below it. Write no name.",
    ),
    "rests_on": Localized("Appuis\u00a0: {badge}", "Support: {badge}"),
    "own_words": Localized("Vos mots\u00a0:", "Your words:"),
    "count": Localized(
        "Écrivez combien de mains se lèvent. La somme d’une ligne ne dépasse pas le nombre de personnes à la table.",
        "Write how many hands go up. The sum of a row is not more than the people at the table.",
    ),
    "what": Localized("Ligne", "Row"),
    "total": Localized("total", "total"),
    "total_of": Localized("total\n(sur\u00a0{n})", "total\n(of\u00a0{n})"),
}
_MONTHS = {
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
           "décembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip
NO_BREAK = "\u00a0"
LINE = "_" * 12
"""A line to write a label on."""
SHORT = 90
"""Characters of a row's words on a tally sheet, which only point to the row."""


class BallotWords:
    """The words of one paper, in its languages."""

    def __init__(self, paper: BallotPaper) -> None:
        self.paper, self.languages = paper, paper.languages

    def __call__(self, key: str, **values: object) -> str:
        """A word or two, in every language of the paper, each once."""
        words = (text.format(**values) for _language, text in self.sentences(key))
        return " / ".join(dict.fromkeys(words))

    def joined(self, text: Localized) -> str:
        """A text in every language of the paper, each once."""
        return " / ".join(dict.fromkeys(words for _language, words in self.by_language(text)))

    def sentences(self, key: str) -> list[tuple[str, str]]:
        """`(language, sentence)` for every language of the paper."""
        return self.by_language(_WORDS[key])

    def by_language(self, text: Localized) -> list[tuple[str, str]]:
        """`(language, words)` for the languages in which the text is written; in another one where it is in none."""
        own = [(language, text.own(language)) for language in self.languages if text.own(language)]
        return own or [(self.languages[0], text.get(self.languages[0]))]

    def support(self, badge: Localized) -> list[tuple[str, str]]:
        """How strong the evidence of a row is; nothing where there is no badge."""
        told = self.by_language(badge) if badge else []
        return [(language, _WORDS["rests_on"].own(language).format(badge=words)) for language, words in told]

    def place_and_date(self) -> str:
        """`Bamako, 12 mai 2016`."""
        dates = dict.fromkeys(long_date(self.paper.date, language) for language in self.languages)
        return ", ".join(filter(None, (self.paper.place, " / ".join(dates))))

    def of_table(self, table: PaperTable) -> str:
        """`table A`, or a line to write the label on."""
        return (
            self("table", label=table.label) if table.label else self.sentences("blank_table")[0][1].format(line=LINE)
        )

    def facts(self) -> str:
        """Round and number of rows."""
        n = len(self.paper.rows)
        return " · ".join((self("round", n=self.paper.round), self("row" if n == 1 else "rows", n=n)))

    def people(self, table: PaperTable) -> str:
        """How many sit at a table; empty when nobody has said it."""
        return self("person" if table.size == 1 else "people", n=table.size) if table.size else ""

    def header(self, kind: str, table: PaperTable) -> str:
        """What stands above every page of a ballot or a tally sheet."""
        label = self.of_table(table) if table.label else ""
        return " · ".join(filter(None, (self(kind), self.paper.meeting, self("round", n=self.paper.round), label)))

    def total(self, table: PaperTable) -> str:
        """The heading of the sums."""
        return self("total_of", n=table.size) if table.size else self("total")


def long_date(date: str, language: str) -> str:
    """`12 mai 2016`, `May 2016`, `2016`: a date as people read it."""
    year, month, day = [*date.split("-"), "", ""][:3]
    if not month.isdigit() or not 1 <= int(month) <= 12:
        return date
    name = _MONTHS[language][int(month) - 1]
    first = "1er" if language == "fr" and day == "01" else str(int(day)) if day.isdigit() else ""
    return " ".join(filter(None, (first, name, year)))


def shortened(text: str) -> str:
    """The beginning of a row's words, by whole words."""
    flat = " ".join(text.split())
    if len(flat) <= SHORT:
        return flat
    return flat[: SHORT - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "\u00a0…"
