"""The register as a table: many names are decided at once in a spreadsheet, and read back as one act.

The file holds original names in plain text; it may not lie in a project folder.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from hsreview.base.errors import HsreviewError, InputRefused, Problem, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.messages import _, current_language, ngettext
from hsreview.base.reasons import os_reason
from hsreview.model.localized import Localized
from hsreview.model.naming import NameClass
from hsreview.model.people import Coder
from hsreview.privacy.register import Name, State
from hsreview.privacy.spelling import key_of
from hsreview.project.project import Project
from hsreview.workflows.files import written
from hsreview.workflows.name_holders import note_holder
from hsreview.workflows.names import Deciding
from hsreview.workflows.outputs import record_output, unrecorded

COLUMNS: Mapping[str, Localized] = {
    "number": Localized(en="number", fr="numéro"),
    "name": Localized(en="name", fr="nom"),
    "variants": Localized(en="other spellings", fr="autres formes"),
    "class": Localized(en="class", fr="classe"),
    "decision": Localized(en="decision (replace / keep / nothing)", fr="décision (remplacer / garder / rien)"),
    "replacement": Localized(en="in its place", fr="à la place"),
    "capital": Localized(en="capital only", fr="avec majuscule seulement"),
    "contact": Localized(en="contact", fr="contact"),
    "consent": Localized(en="consent form", fr="formulaire de consentement"),
    "count": Localized(en="places", fr="endroits"),
    "engines": Localized(en="found by", fr="trouvé par"),
    "context": Localized(en="context", fr="contexte"),
}
"""Columns of the table; those from `count` on are for reading."""
_REPLACE, _KEEP = Localized(en="replace", fr="remplacer"), Localized(en="keep", fr="garder")
_DECISIONS: Mapping[str, str] = {
    "replace": "replace, replaced, accept, accepted, generalise, generalised, remplacer, remplacé, remplacée, "
    "accepter, accepté, acceptée, généraliser, généralisé, généralisée",
    "keep": "keep, kept, refuse, refused, left as it is, garder, gardé, gardée, refuser, refusé, refusée, "
    "laissé tel quel, laissée telle quelle",
    "": "open, not decided, undecided, à décider, non décidé, non décidée, pas décidé",
}
"""What is meant → how people write it, as screens and commands say it too."""
_OTHER_HEADINGS = {"decision": ("decision", "décision")}
_PLACES = 3
"""So many rows with the same mistake are named."""
_YES = Localized(en="yes", fr="oui")
_BETWEEN = "; "
_CALCULATES = ("=", "+", "-", "@")
_GUARD = "'"
"""Stands before a text that a spreadsheet would calculate, such as a telephone number; taken off again."""


def write_table(acts: Deciding, path: Path) -> int:
    """Write every name with its decision, open ones with what is proposed; returns how many.

    Raises UsageProblem for another ending than .csv, InputRefused when it cannot be written.
    """
    if path.suffix.lower() != ".csv":
        raise UsageProblem(_("The table of names is written as .csv; {name} does not end so.").format(name=path))
    language = current_language()
    proposals = acts.proposals()
    with written(path) as spare:
        spare.touch(mode=0o600)
        with spare.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";" if language == "fr" else ",", lineterminator="\r\n")
            writer.writerow([heading.get(language) for heading in COLUMNS.values()])
            for name in acts.register.names:
                writer.writerow(map(_guarded, _cells(name, proposals.get(name.number, ""), language)))
    return len(acts.register.names)


def hand_out(project: Project, coder: Coder | None, acts: Deciding, path: Path) -> tuple[int, str]:
    """As `write_table`, and on record: whoever destroys the key file has to know of it.

    Returns how many names there are, and why it is not on record (else an empty text).
    """
    n = write_table(acts, path)
    note_holder(project, path, "names")
    recorded = record_output(project, coder, path, "names", details={"names": n})
    return n, "" if recorded else unrecorded(project, coder, path)


def _cells(name: Name, proposal: str, language: str) -> list[str]:
    seen = name.places
    context = "".join(seen.contexts[0]) if seen.contexts else ""
    decision = {State.OPEN: "", State.KEPT: _KEEP.get(language)}.get(name.state, _REPLACE.get(language))
    return [
        str(name.number), name.form, _BETWEEN.join(name.variants), name.kind, decision, name.replacement or proposal,
        _capital(name, language), name.contact, name.consent, str(seen.count),
        ", ".join(seen.engines), " ".join(context.split()),
    ]  # fmt: skip


def _capital(name: Name, language: str) -> str:
    """Which forms are meant only with a capital: all of them, or those that are named."""
    return _YES.get(language) if name.cased else _BETWEEN.join(name.capital)


def _cased(cell: str | None, name: Name) -> bool | None:
    """Whether all forms are meant only with a capital from now on; null where nothing is said, or the same forms."""
    if cell is None or (name.capital and fold(cell) == fold(_BETWEEN.join(name.capital))):
        return None
    return fold(cell) in map(fold, (_YES.en, _YES.fr))


def _guarded(cell: str) -> str:
    return _GUARD + cell if cell.startswith(_CALCULATES) else cell


def read_table(acts: Deciding, path: Path, *, alike: bool = False) -> int:
    """Do what a table says, as one act; returns how many names changed.

    A row is known by its number, else by its name; a name that is new is added with its class. Without a decision a
    row changes nothing but contact and consent form. `alike` says that pseudonyms may begin or sound like the names.
    Raises InputRefused with every bad row; nothing is changed then.
    """
    problems: dict[str, list[str]] = {}
    changed = 0
    with acts.as_one():
        for place, row in _rows(path):
            before = acts.register
            try:
                _apply(acts, row, alike)
            except HsreviewError as error:
                problems.setdefault(error.message, []).append(place)
            changed += acts.register is not before
        if problems:
            told = [Problem(message, _together(places)) for message, places in problems.items()]
            raise InputRefused(_("The table was not taken; nothing was changed."), told)
    return changed


def _together(places: Sequence[str]) -> str:
    """The rows with one mistake: the first few, and how many there are."""
    n = len(places)
    more = ngettext("{n} row in all", "{n} rows in all", n).format(n=n)
    return ", ".join([*places[:_PLACES], *([f"… ({more})"] if n > _PLACES else [])])


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    from hsreview.intake.sheets import read_sheet

    try:
        sheet = read_sheet(path.read_bytes(), path.name)
    except OSError as error:
        raise InputRefused(_("{name} cannot be read: {reason}.").format(name=path, reason=os_reason(error))) from error
    headings = {key: (each.en, each.fr, *_OTHER_HEADINGS.get(key, ())) for key, each in COLUMNS.items()}
    columns = sheet.columns(headings)
    if "name" not in columns or "decision" not in columns:
        raise UsageProblem(
            _("The table of names needs the columns {columns}.").format(
                columns=", ".join(COLUMNS[key].get(current_language()) for key in ("name", "decision"))
            )
        )
    for row in sheet.rows:
        cells = {key: row.get(column).strip() for key, column in columns.items()}
        plain = {k: c[1:] if c.startswith(_GUARD) and c[1:].startswith(_CALCULATES) else c for k, c in cells.items()}
        yield sheet.place(row.number), plain


def _apply(acts: Deciding, row: Mapping[str, str], alike: bool) -> None:
    kind = _kind(row.get("class", ""))
    number = acts.number_of(row["name"], kind or NameClass.OTHER)
    name = acts.register.known(str(number))
    if row.get("number") not in (None, "", str(number)):
        raise InputRefused(_("The number is not the one of this name; leave it empty for a new name."))
    decision = _decision(row["decision"])
    cased = _cased(row.get("capital"), name)
    text = row.get("replacement", "")
    if decision == "keep":
        if name.state is not State.KEPT:
            acts.keep(number)
    elif decision == "replace":
        same = name.kind == (kind or name.kind) and name.state is not State.OPEN
        same = same and (cased is None or (cased == name.cased and not name.capital))
        if not same or key_of(text) != key_of(name.replacement) or text[:1] != name.replacement[:1]:
            acts.accept(number, text, kind, cased, alike=alike)
    contact, consent = row.get("contact", name.contact), row.get("consent", name.consent)
    if (contact, consent) != (name.contact, name.consent):
        acts.note_person(number, contact, consent)


def _decision(word: str) -> str:
    """`replace`, `keep`, or nothing. Raises InputRefused for another word."""
    written = " ".join(fold(word).split())
    for meant, words in _DECISIONS.items():
        if not written or written in map(fold, words.split(", ")):
            return meant if written else ""
    allowed = ", ".join(each.get(current_language()) for each in (_REPLACE, _KEEP))
    raise InputRefused(_("“{word}” is no decision; write {words}, or nothing.").format(word=word, words=allowed))


def _kind(word: str) -> NameClass | None:
    try:
        return NameClass(word) if word else None
    except ValueError:
        kinds = ", ".join(kind.value for kind in NameClass)
        raise InputRefused(
            _("“{word}” is no class of names. There are: {kinds}").format(word=word, kinds=kinds)
        ) from None
