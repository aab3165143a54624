"""What happens at a validation meeting, in words of both languages: for screens, for the room, and for reports."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.framework.deciding import OVERALL, Decision, needed
from hsreview.model.localized import Localized
from hsreview.model.validation import Absent, AmendmentDecision, CommentKind, Outcome, Rule, Side, Tally

SIDES: Mapping[str, Localized] = {
    OVERALL: Localized("toute la salle", "whole room"),
    Side.CSO: Localized("société civile", "civil society"),
    Side.OFFICIAL: Localized("autorités", "officials"),
    Side.OTHER: Localized("autres", "others"),
}
OUTCOMES: Mapping[Outcome, Localized] = {
    Outcome.ACCEPTED: Localized("acceptée", "accepted"),
    Outcome.AMENDED: Localized("acceptée, amendée", "accepted as amended"),
    Outcome.AGAIN: Localized("à revoter", "to be voted on again"),
    Outcome.REJECTED: Localized("rejetée", "rejected"),
}
UNVOTED = Localized("sans vote", "not voted on")
KINDS: Mapping[CommentKind, Localized] = {
    CommentKind.WORDING: Localized("formulation", "wording"),
    CommentKind.SUBSTANCE: Localized("fond", "substance"),
    CommentKind.EVIDENCE: Localized("preuves", "evidence"),
    CommentKind.RISK: Localized("risque", "risk"),
    CommentKind.TRANSFER: Localized("transfert à d’autres États", "transfer to other states"),
}
DECISIONS: Mapping[AmendmentDecision, Localized] = {
    AmendmentDecision.OPEN: Localized("à décider", "to be decided"),
    AmendmentDecision.ACCEPTED: Localized("accepté", "accepted"),
    AmendmentDecision.PARTLY: Localized("accepté en partie", "accepted in part"),
    AmendmentDecision.REFUSED: Localized("refusé", "refused"),
}
VOTES: Mapping[str, Localized] = {
    "agree": Localized("d’accord", "agree"),
    "amend": Localized("à modifier", "amend"),
    "reject": Localized("à rejeter", "reject"),
    "abstain": Localized("abstention", "abstain"),
    "not_understood": Localized("pas compris", "not understood"),
}
"""Name of a count of `Tally` → what it counts, in the order in which hands are counted."""
_SHARE = Localized(
    "{side}\u00a0: {agree} d’accord sur {cast} votes exprimés, il en faut {needed}",
    "{side}: {agree} of {cast} votes cast agree, {needed} needed",
)
_SHARE_OF_ONE = Localized(
    "{side}\u00a0: {agree} d’accord sur {cast} vote exprimé, il en faut {needed}",
    "{side}: {agree} of {cast} vote cast agrees, {needed} needed",
)
_ABSENT = {
    Absent.IGNORE: Localized(
        "{side}\u00a0: aucun vote exprimé, l’autre côté décide", "{side}: no vote cast, the other side decides"
    ),
    Absent.BLOCK: Localized(
        "{side}\u00a0: aucun vote exprimé, rien n’est accepté sans ce côté",
        "{side}: no vote cast, nothing is accepted without this side",
    ),
}
_NOBODY = Localized("{side}\u00a0: aucun vote exprimé", "{side}: no vote cast")
_BESIDE = Localized("non comptés\u00a0: {parts}", "not counted as cast: {parts}")
_PART = Localized("{n} {vote}", "{n} {vote}")


def basis_in_words(rule: Rule, decision: Decision) -> list[Localized]:
    """On what a decision rests, a clause each: the whole room, each side, and the votes that do not count as cast.

    In counts, never in percentages of a few.
    """
    found = [_share(OVERALL, decision.overall, rule, rule.overall) or _filled(_NOBODY, side=SIDES[OVERALL])]
    for side, tally in decision.sides.items():
        found.append(_share(side, tally, rule, rule.each_side) or _filled(_ABSENT[rule.absent], side=SIDES[side]))
    beside = [
        _filled(_PART, n=n, vote=VOTES[name])
        for name, n, counts in (
            ("abstain", decision.overall.abstain, rule.abstentions_count),
            ("not_understood", decision.overall.not_understood, rule.not_understood_count),
        )
        if n and not counts
    ]
    if beside:
        parts = Localized(", ".join(each.fr for each in beside), ", ".join(each.en for each in beside))
        found.append(_filled(_BESIDE, parts=parts))
    return found


def _share(side: str, tally: Tally, rule: Rule, per_cent: int) -> Localized | None:
    cast = tally.cast(rule)
    if not cast:
        return None
    text = _SHARE if cast > 1 else _SHARE_OF_ONE
    return _filled(text, side=SIDES[side], agree=tally.agree, cast=cast, needed=needed(cast, per_cent))


def _filled(text: Localized, **parts: Localized | int) -> Localized:
    """`text` with its places filled, each in its own language."""
    fr = {name: part.fr if isinstance(part, Localized) else part for name, part in parts.items()}
    en = {name: part.en if isinstance(part, Localized) else part for name, part in parts.items()}
    return Localized(text.fr.format(**fr), text.en.format(**en))
