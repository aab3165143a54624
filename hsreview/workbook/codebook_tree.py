"""The tree of themes and codes from rows: by parent, else by path, else by level columns."""

from __future__ import annotations

from hsreview.base.errors import Problem
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.codebook import Code, Status, Theme, node_id
from hsreview.model.codebook_rules import EVERY, MAX_LEVELS, Path, did_you_mean
from hsreview.model.localized import Localized
from hsreview.workbook.codebook_grid import Grid, Row

_YES = {"true", "vrai", "yes", "oui", "1", ""}
_NO = {"false", "faux", "no", "non", "0"}
_SEPARATOR = " > "
Names = tuple[str, ...]


class Tree:
    """The themes of a codebook, and where each of their fields stands (`places`)."""

    def __init__(self, book: str, theme_rows: list[Row], codes: Grid | None, problems: list[Problem]) -> None:
        self.places: dict[Path, str] = {}
        self._book = book
        self._problems = problems
        self._grid = codes
        self._themes: dict[str, Row | None] = {}
        """Theme ref → its row; no row for a theme that only paths name."""
        self._labels: dict[str, str] = {}
        """Label of a theme, or its ref → ref."""
        self._doubled: list[Row] = []
        for row in theme_rows:
            ref = row.text("theme_id")
            if ref in self._themes:
                self._doubled.append(row)
            self._themes.setdefault(ref, row)
            for name in (ref, row.text("label_fr"), row.text("label_en")):
                self._labels.setdefault(name.casefold(), ref)
        self._given = bool(theme_rows)
        self._rows = [] if codes is None else list(codes.rows())
        if codes is not None and not self._given and "parent_id" not in codes.keys:
            self._take_theme_rows()
        self._by_ref: dict[str, Row] = {}
        for row in self._rows:
            self._by_ref.setdefault(row.text("code_id"), row)
        self._ids = {ref: self._id("code", row, ref) for ref, row in self._by_ref.items()}
        self._children: dict[int | str, list[Row]] = {}
        """Number of a code's row, or ref of a theme → rows below it."""
        self._attach()
        self.themes = tuple(self._theme(ref, row, i) for i, (ref, row) in enumerate(self._themes.items()))
        self.themes += tuple(
            self._theme(row.text("theme_id"), row, len(self.themes) + i, empty=True)
            for i, row in enumerate(self._doubled)
        )

    def languages(self) -> tuple[str, ...]:
        """The languages that the sheet of codes has columns for."""
        keys = self._grid.keys if self._grid else set()
        found = tuple(language for language in ("en", "fr") if f"label_{language}" in keys)
        return found or ((self._language,) if self._grid else ("en", "fr"))

    @property
    def _language(self) -> str:
        return "fr" if self._grid is not None and self._grid.french else "en"

    def _take_theme_rows(self) -> None:
        """In a sheet of paths, a row that stands alone at the top and has rows below it is a theme."""
        heads = {names[0] for row in self._rows if len(names := self._names(row)) > 1}
        rows = self._rows
        self._rows = []
        for row in rows:
            names = self._names(row)
            if len(names) == 1 and names[0] in heads and row.text("code_id") not in self._themes:
                label = row.localized("label") or Localized(**{self._language: names[0]})
                row.texts |= {"label_fr": label.fr, "label_en": label.en}
                self._themes[row.text("code_id")] = row
                self._labels.setdefault(names[0].casefold(), row.text("code_id"))
            else:
                self._rows.append(row)

    def _attach(self) -> None:
        by_names = {names: row for row in self._rows if (names := self._names(row))}
        parents = {row.number: self._parent(row, by_names) for row in self._rows}
        for row in self._rows:
            parent = parents[row.number]
            above, steps = parent, 0
            while isinstance(above, Row) and steps <= MAX_LEVELS * 2:
                above, steps = parents[above.number], steps + 1
            if isinstance(above, Row):
                text = _("The code “{ref}” stands below itself, or too deep.")
                self._add(row, "parent_id", "cycle", text.format(ref=visible(row.text("code_id"))))
                parent = self._any_theme()
            self._children.setdefault(parent.number if isinstance(parent, Row) else parent, []).append(row)

    def _names(self, row: Row) -> Names:
        """The labels from the theme down to the code, where the sheet says its tree by path or levels."""
        assert self._grid is not None
        if "parent_id" in self._grid.keys:
            return ()
        if "path" in self._grid.keys:
            return tuple(name.strip() for name in row.text("path").split(_SEPARATOR) if name.strip())
        return tuple(name.strip() for name in row.levels if name.strip())

    def _parent(self, row: Row, by_names: dict[Names, Row]) -> Row | str:
        """The row of the code above `row`, or the ref of its theme."""
        assert self._grid is not None
        names = self._names(row)
        if len(names) < 2 and not self._given and "parent_id" not in self._grid.keys:
            label = _("Codes")
            return self._labels.get(label.casefold()) or self._new_theme(label)
        if len(names) > 2:
            above = by_names.get(names[:-1])
            if above is None:
                text = _("The code above this one, “{name}”, has no row.")
                self._add(row, "path", "no_parent", text.format(name=visible(names[-2])))
            return above or self._any_theme()
        name = names[0] if len(names) == 2 else row.text("parent_id")
        if not names and name in self._by_ref and name not in self._themes:
            return self._by_ref[name]
        if name.casefold() in self._labels:
            return self._labels[name.casefold()]
        if not name:
            text = _("It is not said under which theme or code this code stands.")
            self._add(row, "parent_id", "no_parent", text)
        elif self._given:
            known = [*self._themes, *self._by_ref]
            text = _("There is no theme or code “{ref}”.").format(ref=visible(name)) + did_you_mean(name, known)
            self._add(row, "parent_id", "unknown_reference", text)
        else:
            return self._new_theme(name)
        return self._any_theme()

    def _new_theme(self, label: str) -> str:
        number = len(self._themes) + 1
        while f"theme-{number}" in self._by_ref:
            number += 1
        self._labels[label.casefold()] = ref = f"theme-{number}"
        self._themes[ref] = Row({f"label_{self._language}": label}, {}, 0, "")
        return ref

    def _any_theme(self) -> str:
        """Where a code is put whose place is unknown, so that the rest can still be checked."""
        return next(iter(self._themes), None) or self._new_theme("?")

    def _theme(self, ref: str, row: Row | None, number: int, *, empty: bool = False) -> Theme:
        row = row or Row({}, {}, 0, "")
        path: Path = ("themes", number)
        if row.sheet:
            row.note(self.places, path, "theme_id")
        return Theme(
            id=self._id("theme", row, ref),
            ref=ref,
            label=row.localized("label"),
            definition=row.localized("definition"),
            questions=row.refs("questions"),
            codes=() if empty else self._codes(ref, (*path, "codes")),
        )

    def _codes(self, parent: int | str, path: Path) -> tuple[Code, ...]:
        return tuple(self._code(row, (*path, i)) for i, row in enumerate(self._children.get(parent, ())))

    def _code(self, row: Row, path: Path) -> Code:
        row.note(self.places, path, "code_id")
        ref = row.text("code_id")
        merged = row.text("merged_into")
        groups = row.refs("groups")
        primary = row.text("primary_group")
        cues = {language: row.lines(f"cues_{language}") for language in ("en", "fr")}
        return Code(
            id=self._id("code", row, ref),
            ref=ref,
            label=self._label(row),
            definition=row.localized("definition"),
            use=row.localized("use"),
            not_use=row.localized("not_use"),
            example=row.localized("example"),
            questions=row.refs("questions"),
            groups=() if groups == (EVERY,) else groups,
            primary_group="" if primary == EVERY else primary,
            origin=row.text("origin"),
            cues={language: phrases for language, phrases in cues.items() if phrases},
            codable=self._codable(row),
            hue=row.text("hue"),
            status=self._status(row),
            merged_into=self._ids.get(merged, merged) if merged else None,
            children=self._codes(row.number, (*path, "codes")),
        )

    def _label(self, row: Row) -> Localized:
        names = self._names(row)
        if self._grid is not None and not {"label_fr", "label_en"} & self._grid.keys and names:
            return Localized(fr=names[-1]) if self._language == "fr" else Localized(en=names[-1])
        return row.localized("label")

    def _codable(self, row: Row) -> bool:
        word = row.text("codable").casefold()
        if word not in _YES | _NO:
            self._add(row, "codable", "unknown_value", _("Write true or false here."))
        return word not in _NO

    def _status(self, row: Row) -> Status:
        word = row.text("status").casefold() or "active"
        if word in set(Status):
            return Status(word)
        text = _("“{value}” is not possible here; choose one of: {allowed}.")
        allowed = ", ".join(str(status) for status in Status)
        self._add(row, "status", "unknown_value", text.format(value=visible(word), allowed=allowed))
        return Status.ACTIVE

    def _id(self, kind: str, row: Row, ref: str) -> str:
        return row.text("uuid") or node_id(self._book, kind, ref)

    def _add(self, row: Row, key: str, code: str, message: str) -> None:
        self._problems.append(Problem(message, row.place(key), code))
