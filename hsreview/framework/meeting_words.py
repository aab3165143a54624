"""What is said of a validation meeting, a word or two in both languages: on screens, on paper and in reports."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.model.framework import RowKind
from hsreview.model.localized import Localized
from hsreview.model.validation import AmendmentDecision, CommentKind, Outcome, Side

SIDE_WORDS: Mapping[Side, Localized] = {
    Side.CSO: Localized("société civile", "civil society"),
    Side.OFFICIAL: Localized("autorités", "officials"),
    Side.OTHER: Localized("autres", "others"),
}
WHOLE_ROOM = Localized("toute la salle", "the whole room")
OUTCOME_WORDS: Mapping[Outcome, Localized] = {
    Outcome.ACCEPTED: Localized("acceptée", "accepted"),
    Outcome.AMENDED: Localized("acceptée avec d’autres mots", "accepted in other words"),
    Outcome.AGAIN: Localized("à revoter", "vote again"),
    Outcome.REJECTED: Localized("rejetée", "rejected"),
}
UNVOTED = Localized("pas encore voté", "not voted yet")
COMMENT_WORDS: Mapping[CommentKind, Localized] = {
    CommentKind.WORDING: Localized("formulation", "wording"),
    CommentKind.SUBSTANCE: Localized("fond", "substance"),
    CommentKind.EVIDENCE: Localized("preuves", "evidence"),
    CommentKind.RISK: Localized("risque", "risk"),
    CommentKind.TRANSFER: Localized("transfert", "transfer"),
}
DECISION_WORDS: Mapping[AmendmentDecision, Localized] = {
    AmendmentDecision.OPEN: Localized("pas décidé", "not decided"),
    AmendmentDecision.ACCEPTED: Localized("repris", "taken"),
    AmendmentDecision.PARTLY: Localized("repris en partie", "taken in part"),
    AmendmentDecision.REFUSED: Localized("refusé", "refused"),
}
KIND_WORDS: Mapping[RowKind, Localized] = {
    RowKind.OUTCOME: Localized("incidence", "outcome"),
    RowKind.MARKER: Localized("marqueur de progrès", "progress marker"),
    RowKind.INDICATOR: Localized("indicateur", "indicator"),
    RowKind.RECOMMENDATION: Localized("recommandation", "recommendation"),
}
"""Of the rows that are voted on."""
VOTE_WORDS: Mapping[str, Localized] = {
    "agree": Localized("d’accord", "agree"),
    "amend": Localized("à modifier", "amend"),
    "reject": Localized("à rejeter", "reject"),
    "abstain": Localized("abstention", "abstain"),
    "not_understood": Localized("pas compris", "not understood"),
}
"""Name of a count of `Tally` → what it counts, in the order in which hands are counted."""
