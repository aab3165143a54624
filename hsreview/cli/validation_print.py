"""Validation meetings as the command line answers and prints them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from hsreview.base.messages import _, current_language, labelled, ngettext
from hsreview.cli.framework_print import flat
from hsreview.cli.output import emit, emit_table, shortened

if TYPE_CHECKING:
    from hsreview.base.errors import Problem
    from hsreview.cli.answers.framework import RowDecision
    from hsreview.cli.answers.validation import (
        AmendmentEntry,
        BallotEntry,
        BothWords,
        CommentEntry,
        MeetingEntry,
        ShareEntry,
        TableEntry,
        TallyEntry,
        ToDoEntry,
    )
    from hsreview.workflows.tracing import Trace
    from hsreview.workflows.validating import Amendment, Ballot, Comment, Localized, Meeting, Tally

ROOM = 50
"""Cells for what a row says."""


def meeting_entry(meeting: Meeting, signed: Sequence[str]) -> MeetingEntry:
    """A meeting as it is answered; `signed`: numbers of the versions that it signed off."""
    from hsreview.workflows.validating import PASSED

    about = meeting.validation
    return {
        "id": about.id, "name": about.name, "date": about.date, "place": about.place, "state": about.state,
        "language": _language(about.language), "version": meeting.version.number if meeting.version else "",
        "version_id": about.version_id,
        "rule": {
            "overall": about.rule.overall, "each_side": about.rule.each_side,
            "abstentions_count": about.rule.abstentions_count,
            "not_understood_count": about.rule.not_understood_count, "rounds": about.rule.rounds,
            "absent": about.rule.absent.value,
        },
        "round": meeting.round, "rows": len(meeting.last),
        "accepted": sum(meeting.outcome(each) in PASSED for each in meeting.last.values()),
        "tables": len(meeting.parties), "closed": about.closed, "signed": list(signed),
    }  # fmt: skip


def table_entries(meeting: Meeting) -> list[TableEntry]:
    """The tables of a meeting as they are answered."""
    return [
        {
            "id": each.id, "label": each.label, "side": each.side.value, "size": each.size,
            "composition": dict(each.composition),
        }
        for each in meeting.parties
    ]  # fmt: skip


def ballot_entry(meeting: Meeting, ballot: Ballot) -> BallotEntry:
    """A ballot as it is answered, with what its votes decide now."""
    from hsreview.workflows.validation_words import result_words

    outcome = meeting.outcome(ballot)
    votes = meeting.tallies.get(ballot.id, {})
    return {
        "id": ballot.id, "row_id": ballot.row_id, "ref": ballot.ref, "kind": ballot.kind.value, "round": ballot.round,
        "text": _both(ballot.text), "badge": _both(ballot.badge), "outcome": outcome.value if outcome else None,
        "result": result_words(meeting, ballot), "reason": ballot.reason, "shares": _shares(meeting, ballot),
        "basis": basis(meeting, ballot),
        "votes": [
            {"table_id": each.id, "table": each.label, "side": each.side.value, "votes": _tally(votes[each.id])}
            for each in meeting.parties
            if each.id in votes
        ],
        "uncounted": [each.label for each in meeting.uncounted(ballot)],
    }  # fmt: skip


def comment_entry(meeting: Meeting, comment: Comment) -> CommentEntry:
    """A comment as it is answered."""
    ballot = meeting.by_id[comment.ballot_id]
    return {
        "number": meeting.number(comment), "id": comment.id, "ref": ballot.ref, "round": ballot.round,
        "table": _label(meeting, comment.party_id), "kind": comment.kind.value, "text": comment.text,
        "answer": comment.answer, "answered": comment.answered,
    }  # fmt: skip


def amendment_entry(meeting: Meeting, amendment: Amendment) -> AmendmentEntry:
    """An amendment as it is answered."""
    ballot = meeting.by_id[amendment.ballot_id]
    return {
        "number": meeting.number(amendment), "id": amendment.id, "ref": ballot.ref, "round": ballot.round,
        "table": _label(meeting, amendment.party_id), "before": _both(amendment.before),
        "after": _both(amendment.after), "decision": amendment.decision.value, "result": _both(amendment.result),
        "reason": amendment.reason,
    }  # fmt: skip


def to_do_entries(problems: Sequence[Problem]) -> list[ToDoEntry]:
    """What is left to do, as it is answered."""
    return [{"place": each.place, "code": each.code, "message": each.message} for each in problems]


def basis(meeting: Meeting, ballot: Ballot) -> list[str]:
    """On what the result of a ballot rests, in the interface language: the room, each side, and what counts."""
    from hsreview.workflows.validation_words import basis_words, share_words

    rule, found = meeting.validation.rule, meeting.result(ballot)
    shares = [(side_word("overall"), found.overall, rule.overall)]
    shares += [(side_word(side), tally, rule.each_side) for side, tally in found.sides.items()]
    told = [labelled(name, share_words(tally, rule, per_cent)) for name, tally, per_cent in shares]
    return [*told, *basis_words(meeting, ballot, found)]


def emit_meetings(entries: Sequence[MeetingEntry]) -> None:
    """Print meetings, one a line."""
    emit_table(
        [_("meeting"), _("date"), _("place"), _("version"), _("round"), _("accepted"), _("tables"), _("state")],
        [
            (
                each["name"], each["date"], each["place"], each["version"],
                f"{each['round']}/{each['rule']['rounds']}", f"{each['accepted']}/{each['rows']}", each["tables"],
                closed_word(each),
            )
            for each in entries
        ],
    )  # fmt: skip


def closed_word(entry: MeetingEntry) -> str:
    """Whether a meeting is open, or when it was closed and what it signed off."""
    if not entry["closed"]:
        return _("still open")
    if not entry["signed"]:
        return _("closed on {date}").format(date=entry["closed"][:10])
    return ngettext(
        "closed on {date}, signed off version {numbers}", "closed on {date}, signed off versions {numbers}",
        len(entry["signed"]),
    ).format(date=entry["closed"][:10], numbers=", ".join(entry["signed"]))  # fmt: skip


def emit_meeting(entry: MeetingEntry, rule: str, tables: Sequence[TableEntry]) -> None:
    """Print what a meeting is."""
    facts = [entry["place"], entry["state"], entry["date"], closed_word(entry)]
    emit(" · ".join([entry["name"], *filter(None, facts)]))
    emit(
        "  "
        + ngettext(
            "version {version} · round {round} of {rounds} · {accepted} of {rows} rows accepted",
            "version {version} · round {round} of {rounds} · {accepted} of {rows} rows accepted",
            entry["accepted"],
        ).format(
            version=entry["version"] or "?", round=entry["round"], rounds=entry["rule"]["rounds"],
            accepted=entry["accepted"], rows=entry["rows"],
        )
    )  # fmt: skip
    emit("  " + labelled(_("Rule"), rule))
    if tables:
        emit_table(
            [_("table"), _("side"), _("people at it"), _("of these")],
            [(each["label"], side_word(each["side"]), each["size"], _counts(each["composition"])) for each in tables],
        )


def side_word(side: str) -> str:
    """A side, or the whole room, in the interface language."""
    from hsreview.workflows.validating import Side
    from hsreview.workflows.validation_words import WHOLE_ROOM, side_name

    return WHOLE_ROOM.get(current_language()) if side == "overall" else side_name(Side(side))


def emit_results(entries: Sequence[BallotEntry], language: str) -> None:
    """Print the result of each row: the whole room and each side in counts."""
    from hsreview.workflows.validating import Outcome
    from hsreview.workflows.validation_words import outcome_name

    emit_table(
        [_("row"), _("round"), _("result"), side_word("overall"), side_word("cso"), side_word("official"), _("says")],
        [
            (
                each["ref"], each["round"], outcome_name(Outcome(each["outcome"]) if each["outcome"] else None),
                *map(_of, each["shares"]), shortened(flat(_in(each["text"], language)), ROOM),
            )
            for each in entries
        ],
    )  # fmt: skip


def emit_ballot(entry: BallotEntry, language: str) -> None:
    """Print a row with its votes and what they rest on."""
    from hsreview.workflows.validation_words import VOTES, vote_name

    told = _("{ref} · round {round} · {outcome}").format(
        ref=entry["ref"], round=entry["round"], outcome=entry["result"]
    )
    emit(told)
    emit("  " + flat(_in(entry["text"], language)))
    if _in(entry["badge"], language):
        emit("  " + flat(_in(entry["badge"], language)))
    for clause in entry["basis"]:
        emit("  " + clause)
    for each in entry["votes"]:
        counts = [f"{n} {vote_name(vote)}" for vote, n in zip(VOTES, _numbers(each["votes"]), strict=True) if n]
        emit("  " + labelled(_("table {name}").format(name=each["table"]), ", ".join(counts) or "0"))
    if entry["reason"]:
        emit("  " + labelled(_("reason"), flat(entry["reason"])))


def decision_entries(found: Trace) -> list[RowDecision]:
    """What a row came to at validation meetings, as it is answered."""
    return [
        {
            "meeting_id": meeting.id, "meeting": meeting.name, "date": meeting.date, "round": ballot.round,
            "outcome": ballot.outcome.value, "text": ballot.text.get(current_language()), "reason": ballot.reason,
        }
        for meeting, ballot in found.decided
        if ballot.outcome is not None
    ]  # fmt: skip


def emit_decisions(entries: Sequence[RowDecision]) -> None:
    """Print what a row came to at validation meetings."""
    from hsreview.workflows.validating import Outcome
    from hsreview.workflows.validation_words import outcome_name

    if entries:
        emit(labelled(_("Validation meetings"), "").rstrip())
    for each in entries:
        told = _("{ref} · round {round} · {outcome}").format(
            ref=f"{each['meeting']} {each['date']}", round=each["round"], outcome=outcome_name(Outcome(each["outcome"]))
        )
        emit("  " + labelled(" · ".join(filter(None, (told, flat(each["reason"])))), flat(each["text"])))


def emit_said(comments: Sequence[CommentEntry], amendments: Sequence[AmendmentEntry], language: str) -> None:
    """Print what was said and amended, with answers and decisions."""
    from hsreview.workflows.validating import AmendmentDecision, CommentKind
    from hsreview.workflows.validation_words import comment_kind_name, decision_name

    for each in comments:
        kind = comment_kind_name(CommentKind(each["kind"]))
        place = _("comment {number} on {ref} ({kind})").format(number=each["number"], ref=each["ref"], kind=kind)
        emit(labelled(_by(place, each["table"]), flat(each["text"])))
        emit("  → " + (flat(each["answer"]) or _("no answer yet")))
    for made in amendments:
        place = _("amendment {number} of {ref}").format(number=made["number"], ref=made["ref"])
        emit(labelled(_by(place, made["table"]), flat(_in(made["after"], language))))
        decided = decision_name(AmendmentDecision(made["decision"]))
        parts = [decided, flat(made["reason"])]
        if made["decision"] == "partly":
            parts.append(flat(_in(made["result"], language)))
        emit("  → " + " · ".join(filter(None, parts)))


def spoken_in(meeting: Meeting) -> str:
    """The language in which the rows of a meeting are shown here."""
    language = meeting.validation.language
    return language if language in ("fr", "en") else current_language()


def _by(place: str, table: str) -> str:
    return " · ".join(filter(None, (place, _("table {name}").format(name=table) if table else "")))


def _of(share: ShareEntry) -> str:
    """`7/10 ✓`: how many of the votes cast agree, and whether that is enough."""
    if not share["cast"]:
        return "–" if share["reached"] is None else "– ✗"
    return f"{share['votes']['agree']}/{share['cast']} {'✓' if share['reached'] else '✗'}"


def _shares(meeting: Meeting, ballot: Ballot) -> list[ShareEntry]:
    from hsreview.workflows.validating import OVERALL, Side, needed

    rule, found = meeting.validation.rule, meeting.result(ballot)
    whole: ShareEntry = {
        "side": "overall", "votes": _tally(found.overall), "cast": found.cast,
        "needed": needed(found.cast, rule.overall), "reached": OVERALL not in found.short if found.outcome else None,
    }  # fmt: skip
    sides: list[ShareEntry] = [
        {
            "side": "cso" if side is Side.CSO else "official", "votes": _tally(tally), "cast": tally.cast(rule),
            "needed": needed(tally.cast(rule), rule.each_side),
            "reached": None if side in found.missing and side not in found.short else side not in found.short,
        }
        for side, tally in found.sides.items()
    ]  # fmt: skip
    return [whole, *sides]


def _tally(tally: Tally) -> TallyEntry:
    return {
        "agree": tally.agree, "amend": tally.amend, "reject": tally.reject, "abstain": tally.abstain,
        "not_understood": tally.not_understood,
    }  # fmt: skip


def _numbers(tally: TallyEntry) -> list[int]:
    return [tally["agree"], tally["amend"], tally["reject"], tally["abstain"], tally["not_understood"]]


def _both(text: Localized) -> BothWords:
    return {"fr": text.fr, "en": text.en}


def _in(text: BothWords, language: str) -> str:
    return (text["fr"] or text["en"]) if language == "fr" else (text["en"] or text["fr"])


def _label(meeting: Meeting, party_id: str) -> str:
    table = meeting.tables.get(party_id)
    return table.label if table else ""


def _counts(composition: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {n}" for name, n in composition.items())


def _language(language: str) -> Literal["fr", "en", "both"]:
    return "fr" if language == "fr" else "en" if language == "en" else "both"
