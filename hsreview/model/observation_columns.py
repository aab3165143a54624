"""What an entry of the journal holds, by the kind of its row: the one place that commands, forms and sheets read."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.model.framework import RowKind
from hsreview.model.framework_columns import Choice, Column, ValueKind
from hsreview.model.localized import Localized
from hsreview.model.observation import EngagementKind, Frequency


def _choices(words: Mapping[str, tuple[str, str]]) -> tuple[Choice, ...]:
    return tuple(Choice(key, Localized(*said)) for key, said in words.items())


def _text(key: str, fr: str, en: str) -> Column:
    return Column(key, ValueKind.TEXT, Localized(fr, en))


DATE = Column("date", ValueKind.DATE, Localized("Date", "Date"))
LEVEL = Column("level", ValueKind.CHOICE, Localized("Degré atteint", "Level reached"), _choices({
    "0": ("pas du tout", "not at all"), "1": ("un peu", "a little"), "2": ("largement", "largely"),
    "3": ("entièrement", "fully"),
}))  # fmt: skip
QUALITY = Column("quality", ValueKind.CHOICE, Localized("Qualité", "Quality"), _choices({
    "0": ("mauvaise", "bad"), "1": ("faible", "weak"), "2": ("bonne", "good"), "3": ("très bonne", "very good"),
}))  # fmt: skip
FREQUENCY = Column("frequency", ValueKind.CHOICE, Localized("Fréquence", "Frequency"), _choices({
    Frequency.ONCE: ("une fois", "once"), Frequency.RARELY: ("rarement", "rarely"),
    Frequency.SOMETIMES: ("parfois", "sometimes"), Frequency.OFTEN: ("souvent", "often"),
}))  # fmt: skip
KIND = Column("kind", ValueKind.CHOICE, Localized("Genre", "Kind"), _choices({
    EngagementKind.VISIT: ("visite", "visit"), EngagementKind.LETTER: ("courrier", "letter"),
    EngagementKind.MEETING: ("réunion", "meeting"), EngagementKind.JOINT_WORK: ("travail commun", "joint work"),
    EngagementKind.MEDIA: ("médias", "media"),
}))  # fmt: skip
VALUE = Column("value", ValueKind.NUMBER, Localized("Valeur", "Value"))
PARTS = Column("parts", ValueKind.TEXTS, Localized("Dont", "Of which"))
"""`women=7`, `men=5`: the value by category."""
STATUS = Column("status", ValueKind.CHOICE, Localized("État", "Status"), _choices({
    "open": ("ouverte", "open"), "sent": ("envoyée", "sent"), "acknowledged": ("reçue", "acknowledged"),
    "accepted": ("acceptée", "accepted"), "in_progress": ("en cours", "in progress"), "done": ("faite", "done"),
    "refused": ("refusée", "refused"), "lapsed": ("caduque", "lapsed"),
}))  # fmt: skip
NEXT_CHECK = Column("next_check", ValueKind.DATE, Localized("Prochain suivi", "Next check"))
"""Kept on the recommendation, not on the entry: what is due follows from one place."""
SOURCE = _text("source", "Source", "Source")
VERIFIED = _text("verified_by", "Vérifié par (fonction)", "Verified by (role)")
WHO = _text("who", "Par qui (fonction)", "By whom (role)")
DESCRIPTION = _text("description", "Description", "Description")

ENTRY_COLUMNS: Mapping[RowKind, tuple[Column, ...]] = {
    RowKind.MARKER: (LEVEL, DESCRIPTION, SOURCE, VERIFIED),
    RowKind.INDICATOR: (VALUE, PARTS, DESCRIPTION, SOURCE, VERIFIED),
    RowKind.ACTOR: (KIND, QUALITY, FREQUENCY, WHO, DESCRIPTION, SOURCE, VERIFIED),
    RowKind.RECOMMENDATION: (STATUS, NEXT_CHECK, DESCRIPTION, SOURCE, VERIFIED),
}
"""Kind of a row → what an entry on it holds beside its date; rows of other kinds take no entries."""

NEEDED: Mapping[RowKind, tuple[Column, ...]] = {
    RowKind.MARKER: (LEVEL,),
    RowKind.INDICATOR: (VALUE,),
    RowKind.ACTOR: (KIND, QUALITY, FREQUENCY),
    RowKind.RECOMMENDATION: (STATUS, NEXT_CHECK, DESCRIPTION),
}
"""One of which an entry must hold."""
