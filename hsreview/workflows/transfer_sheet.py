"""The decision sheet of a transfer: rows of another state's framework as CSV, filled in by people and read back."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.messages import _, current_language, ngettext
from hsreview.base.terminal import visible
from hsreview.model.framework import Row
from hsreview.model.framework_columns import main_column
from hsreview.model.localized import Localized
from hsreview.workflows.files import written
from hsreview.workflows.framework_rows import find_row, kind_name
from hsreview.workflows.rating_tables import read_lines, refuse
from hsreview.workflows.transfer import KINDS, Decision, Offer, Offers, Origin, TransferChoice

COLUMNS: Mapping[str, Localized] = {
    "row": Localized("ligne", "row"),
    "kind": Localized("genre", "kind"),
    "text_fr": Localized("énoncé là-bas (fr)", "says there (fr)"),
    "text_en": Localized("énoncé là-bas (en)", "says there (en)"),
    "decision": Localized("décision", "decision"),
    "reason": Localized("raison", "reason"),
    "words_fr": Localized("énoncé ici (fr)", "says here (fr)"),
    "words_en": Localized("énoncé ici (en)", "says here (en)"),
    "segments": Localized("segments d’ici (T1, T2)", "segments here (T1, T2)"),
    "comments": Localized("commentaires de validation", "validation comments"),
    "id": Localized("id", "id"),
}
"""Key → heading; headings of both languages are read. Only decision, reason and the words said here are read back."""
CHOICES: Mapping[TransferChoice, Localized] = {
    TransferChoice.ADOPT: Localized("reprendre", "adopt"),
    TransferChoice.ADAPT: Localized("adapter", "adapt"),
    TransferChoice.DROP: Localized("écarter", "drop"),
}
_CALCULATES = ("=", "+", "-", "@")
_GUARD = "'"
"""Stands before a text that a spreadsheet would calculate; taken off again when it comes back."""


def write_sheet(found: Offers, path: Path) -> Path:
    """Write every row that may be taken over, with its decision where there is one, in the user's language.

    Places of segments are named, not their words. Raises UsageProblem for another ending than .csv, InputRefused when
    it cannot be written.
    """
    if path.suffix.lower() != ".csv":
        raise UsageProblem(_("The decision sheet is written as .csv; {name} does not end so.").format(name=path))
    language = current_language()
    with written(path) as spare, spare.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";" if language == "fr" else ",", lineterminator="\r\n")
        writer.writerow([heading.get(language) for heading in COLUMNS.values()])
        for each in found.offers:
            writer.writerow([_guarded(cell) for cell in _cells(each, language)])
    return path


def _cells(offer: Offer, language: str) -> list[str]:
    fr, en = words_of(offer.row)
    here = words_of(offer.taken) if offer.taken else ("", "")
    return [
        offer.row.ref, kind_name(offer.row.kind), fr, en,
        CHOICES[offer.choice].get(language) if offer.choice else "", offer.reason, *here,
        "; ".join(f"{each.code} {each.place}" for each in offer.segments), "; ".join(offer.comments), offer.row.id,
    ]  # fmt: skip


def words_of(row: Row) -> tuple[str, str]:
    """What a row says in French and in English."""
    fr, en = (str(row.data.get(key) or "") for key in main_column(row.kind).keys)
    return fr, en


def _guarded(text: str) -> str:
    return f"{_GUARD}{text}" if text.startswith(_CALCULATES) else text


def read_sheet(path: Path, origin: Origin) -> dict[str, Decision]:
    """The decisions of a sheet, by the id of the row over there; rows without a decision are left out.

    Commas, semicolons and tabs are read as what parts cells. Raises InputRefused with every bad line.
    """
    lines, _notes = read_lines(path, _delimiter(path))
    rows = list(lines)
    keys = [_key(heading) for heading in rows[0][1]] if rows else []
    missing = [each for each in ("row", "decision") if each not in keys]
    if missing:
        names = ", ".join(COLUMNS[each].get(current_language()) for each in missing)
        raise InputRefused(
            _("{name} is no decision sheet: it has no column {columns}. Make one with --sheet.").format(
                name=visible(path.name), columns=names
            )
        )
    if twice := [each for each in COLUMNS if keys.count(each) > 1]:
        names = ", ".join(COLUMNS[each].get(current_language()) for each in twice)
        raise InputRefused(_("{name} has several columns {names}.").format(name=visible(path.name), names=names))
    found: dict[str, Decision] = {}
    problems: list[Problem] = []
    for line, values in rows[1:]:
        cells = dict(zip(keys, (_unguarded(each) for each in values), strict=False))
        if not cells.get("decision"):
            continue
        place = _("line {n}").format(n=line)
        try:
            row = _row(origin, cells)
            decision = Decision(choice_named(cells["decision"]), cells.get("reason", ""), _words(row, cells))
        except UsageProblem as error:
            problems.append(Problem(error.message, place, "decision"))
            continue
        if row.id in found:
            problems.append(Problem(_("{ref} stands twice in the sheet.").format(ref=row.ref), place, "twice"))
        if decision.choice is not TransferChoice.ADOPT and not decision.reason:
            problems.append(Problem(_("To adapt or drop a row, give the reason."), place, "no_reason"))
        found[row.id] = decision
    if problems:
        raise refuse(path, problems)
    return found


def _delimiter(path: Path) -> str:
    try:
        with path.open("rb") as file:
            head = file.readline(10_000)
    except OSError:
        return ","  # Reading says why it cannot be read.
    return max((",", ";", "\t"), key=lambda each: head.count(each.encode()))


def _key(heading: str) -> str:
    wanted = fold(heading)
    return next((key for key, each in COLUMNS.items() if wanted in {key, fold(each.fr), fold(each.en)}), "")


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith(_GUARD) and text[1:].startswith(_CALCULATES) else text


def _row(origin: Origin, cells: Mapping[str, str]) -> Row:
    by_id = origin.rows.by_id.get(cells.get("id", ""))
    return by_id if by_id is not None and by_id.kind in KINDS else find_row(origin.rows, cells["row"], *KINDS)


def _words(row: Row, cells: Mapping[str, str]) -> Localized:
    """What the row is to say here, where that differs from what it says over there."""
    fr, en = words_of(row)
    new = cells.get("words_fr", ""), cells.get("words_en", "")
    return Localized(*(word if word != old else "" for word, old in zip(new, (fr, en), strict=True)))


def choice_named(wish: str) -> TransferChoice:
    """The choice called `wish`, in French or English. Raises UsageProblem."""
    for choice, words in CHOICES.items():
        if fold(wish) in {str(choice), fold(words.fr), fold(words.en)}:
            return choice
    raise UsageProblem(
        _("“{word}” is no decision; there are: {words}.").format(
            word=visible(wish), words=", ".join(each.get(current_language()) for each in CHOICES.values())
        )
    )


def named_decisions(
    origin: Origin, adopt: Sequence[str] = (), adapt: Sequence[str] = (), drop: Sequence[str] = ()
) -> dict[str, Decision]:  # fmt: skip
    """Decisions given one by one: refs to adopt (several with commas), `REF=REASON` to adapt or drop.

    Raises UsageProblem for a row that there is not, one that is named twice, and a missing reason.
    """
    wanted = [(ref.strip(), "", TransferChoice.ADOPT) for each in adopt for ref in each.split(",") if ref.strip()]
    for choice, given in ((TransferChoice.ADAPT, adapt), (TransferChoice.DROP, drop)):
        for each in given:
            ref, _sign, reason = each.partition("=")
            if not reason.strip():
                raise UsageProblem(_("“{text}” gives no reason; write ROW=REASON.").format(text=visible(each)))
            wanted.append((ref.strip(), reason.strip(), choice))
    found: dict[str, Decision] = {}
    for ref, reason, choice in wanted:
        row = find_row(origin.rows, ref, *KINDS)
        if row.id in found:
            raise UsageProblem(_("{ref} is named twice.").format(ref=row.ref))
        found[row.id] = Decision(choice, reason)
    return found


def told(n_taken: int, n_dropped: int, n_present: int) -> str:
    """What decisions changed, in a sentence."""
    parts = [
        ngettext("{n} row taken over", "{n} rows taken over", n_taken).format(n=n_taken),
        ngettext("{n} row dropped", "{n} rows dropped", n_dropped).format(n=n_dropped),
    ]
    if n_present:
        parts.append(
            ngettext("{n} decision stood already", "{n} decisions stood already", n_present).format(n=n_present)
        )
    return ", ".join(parts) + "."
