"""What the cells of a framework's Excel file hold when it comes back, as the project would store it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold
from hsreview.base.messages import _, current_language
from hsreview.base.terminal import visible
from hsreview.framework.chain import Framework
from hsreview.model.framework import PARENTS, STATUSES, RowKind, RowStatus
from hsreview.model.framework_columns import COLUMNS, Column, ValueKind, fits
from hsreview.model.periods import is_period
from hsreview.workbook.framework_book import plain, same, shown
from hsreview.workbook.framework_book_reading import ReturnedBook, WrittenCell
from hsreview.workbook.words import Words
from hsreview.workflows.framework_book import STATUS, UNDER, Sheets
from hsreview.workflows.framework_rows import kind_name, said, status_name
from hsreview.workflows.framework_values import heading, read_value, refs_named, show_value

NEW = "new:"
"""What stands before the name of a new row of the file, where another row names it."""


class Cells:
    """The cells of one file, read beside a project."""

    def __init__(self, found: Framework, returned: ReturnedBook, new: Mapping[str, tuple[RowKind, str]]) -> None:
        """`new`: folded ref as somebody wrote it → kind and name of a new row of the file."""
        self.found, self.new = found, new
        self.language = returned.facts.language
        self.sheets = Sheets(found, returned.facts)
        self.refs = {fold(base.ref): identity for identity, base in returned.bases.items()}
        """Folded ref as it was when the file was written → id: refs may have changed since."""

    def read(self, kind: RowKind, key: str, cell: WrittenCell) -> Any:
        """What a cell is to hold; null for an empty one. Raises InputRefused when it cannot be read."""
        if not cell.text:
            return None
        if key == STATUS:
            return self._status(kind, cell.text)
        if key == UNDER:
            return self._row(PARENTS[kind], cell.text)
        column = self.column(kind, key)
        match column.kind:
            case ValueKind.NUMBER if fits(column, cell.value):
                return cell.value
            case ValueKind.ROW if column.of is not None:
                return self._row((column.of,), cell.text)
            case ValueKind.TEXT | ValueKind.BOTH | ValueKind.TEXTS:
                check_text(cell)
        value = read_value(self.found, column, plain(cell.text))
        if not fits(column, value):
            raise InputRefused(_("“{value}” is not a number.").format(value=visible(cell.text)))
        return value

    def untouched(self, kind: RowKind, key: str, cell: WrittenCell, base: Any) -> bool:
        """Whether a cell shows what it showed when the file was written, whatever that was."""
        if base is None or key in (STATUS, UNDER):
            return base is None and not cell.text
        held = self.sheets.held(self.column(kind, key), base)
        return isinstance(held, str) and same(cell.text, shown(held, self.language))

    def is_cut(self, base: Any) -> bool:
        """Whether a text was too long to be shown whole."""
        return isinstance(base, str) and shown(base, self.language).endswith(Words(self.language)("fw_cut"))

    def column(self, kind: RowKind, key: str) -> Column:
        """The column of a key. Raises KeyError for one that this version of the program does not have."""
        return _COLUMNS[kind][key]

    def known(self, kind: RowKind, key: str) -> bool:
        """Whether there is such a column."""
        return key in (STATUS, UNDER) or key in _COLUMNS[kind]

    def label(self, kind: RowKind, key: str) -> str:
        """What stands above a cell, in the user's language."""
        if key in (STATUS, UNDER):
            return _("Status") if key == STATUS else _("Under")
        return heading(self.column(kind, key), key, current_language())

    def words(self, kind: RowKind, key: str, value: Any) -> str:
        """A cell in words of the user's language."""
        if value is None:
            return ""
        if isinstance(value, str) and value.startswith(NEW):
            return value.removeprefix(NEW)
        if key == STATUS:
            return status_name(RowStatus(value))
        if key == UNDER:
            row = self.found.by_id.get(value)
            return f"{row.ref} {said(row, current_language())}" if row else "?"
        return show_value(self.found, self.column(kind, key), value, current_language())

    def _status(self, kind: RowKind, text: str) -> str:
        wanted = fold(text)
        for status in STATUSES[kind]:
            names = {status.value, status_name(status), *(Words(each)(f"fw_is_{status}") for each in _LANGUAGES)}
            if wanted in map(fold, names):
                return str(status)
        raise InputRefused(
            _("“{value}” is none of: {choices}.").format(
                value=visible(text[:60]), choices=", ".join(map(status_name, STATUSES[kind]))
            )
        )

    def _row(self, kinds: tuple[RowKind, ...], text: str) -> str:
        """The row that a cell names, by its ref (which words may follow) or by what it says."""
        wanted = fold(plain(text))
        ref = wanted.partition(" ")[0]
        identity = self.refs.get(wanted) or self.refs.get(ref)
        row = self.found.by_id.get(identity) if identity else None
        if row is None and (named := self.new.get(wanted) or self.new.get(ref)) and named[0] in kinds:
            return NEW + named[1]
        rows = [] if row is not None else [each for each in self.found.of(*kinds) if fold(each.ref) in (wanted, ref)]
        rows = rows or [
            each for each in self.found.of(*kinds) if row is None and self._says(each.data, each.kind, wanted)
        ]
        row = row or (rows[0] if len(rows) == 1 else None)
        if row is None or row.kind not in kinds:
            raise InputRefused(
                _("“{value}” names no {kind} here; there are: {refs}.").format(
                    value=visible(text[:60]),
                    kind=_(" or ").join(map(kind_name, kinds)),
                    refs=refs_named(self.found.of(*kinds)),
                )
            )
        return row.id

    @staticmethod
    def _says(data: Mapping[str, Any], kind: RowKind, wanted: str) -> bool:
        main = next(each for each in COLUMNS[kind] if each.main)
        return wanted in {fold(plain(str(data.get(key) or ""))) for key in main.keys}


_LANGUAGES = ("fr", "en", "both")
_COLUMNS = {kind: {key: column for column in COLUMNS[kind] for key in column.keys} for kind in COLUMNS}


def columns_of(sheet: str) -> Mapping[str, Column]:
    """Key → column of a sheet of the framework; none of another sheet."""
    return _COLUMNS[RowKind(sheet)] if sheet in set(RowKind) else {}


def check_bases(returned: ReturnedBook, columns: Callable[[str], Mapping[str, Column]], name: str) -> None:
    """Raises InputRefused when the hidden sheet of the file `name` holds what no cell of `columns` can have held."""
    for base in returned.bases.values():
        of = columns(base.kind)
        if not all(_could_hold(of.get(key), key, value) for key, value in base.values.items()):
            raise InputRefused(
                _("The hidden sheet of {name} was changed: what it belongs to is not known.").format(name=visible(name))
            )


def _could_hold(column: Column | None, key: str, value: Any) -> bool:
    if column is None:
        return key not in (STATUS, UNDER) or (isinstance(value, str) and (key == UNDER or value in set(RowStatus)))
    match column.kind:
        case ValueKind.CHOICES | ValueKind.TEXTS:
            return isinstance(value, list) and all(isinstance(each, str) for each in value)
        case ValueKind.NUMBER:
            return isinstance(value, int | float)
        case ValueKind.DATE:
            return isinstance(value, str) and is_period(value)
        case _:
            return isinstance(value, str)


def check_text(cell: WrittenCell) -> None:
    """Raises InputRefused when a cell that is to hold a text holds something else."""
    if not isinstance(cell.value, str):
        said = _("This is a number or a date ({value}): the spreadsheet may have changed what was typed. Write text.")
        raise InputRefused(said.format(value=visible(cell.text)))


def equal(column: Column | None, one: Any, other: Any) -> bool:
    """Whether two values of a cell are the same; of several choices the order says nothing."""
    if column is not None and column.kind is ValueKind.CHOICES:
        return set(one or ()) == set(other or ())
    if isinstance(one, str) and isinstance(other, str):
        return same(one, other)
    if isinstance(one, int | float) and isinstance(other, int | float):
        return f"{one:.15g}" == f"{other:.15g}"  # Spreadsheets keep no more digits.
    return bool(one == other)
