"""From the sheets of a codebook workbook to the codebook, with every problem named by its cell.

Our own workbooks say by `parent_id` where a code stands. A sheet that somebody made by hand may say it by a path
(`Theme > code`), by level columns, or by a column with the theme.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.messages import _, ngettext
from hsreview.base.terminal import visible
from hsreview.model.codebook import (
    Codebook,
    Flag,
    Group,
    GuideQuestion,
    Modifier,
    ModifierValue,
    Pass,
    Question,
    node_id,
)
from hsreview.model.codebook_rules import EVERY, Path, codebook_faults, more_problems
from hsreview.model.derivation import Derivation
from hsreview.model.localized import Localized
from hsreview.workbook import codebook_layout as plans
from hsreview.workbook.codebook_grid import Grid, Row
from hsreview.workbook.codebook_layout import SheetPlan, names_of, plain
from hsreview.workbook.codebook_tree import Tree
from hsreview.workbook.opening import open_workbook

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MAX_PROBLEMS = 200


def read_workbook(path: FilePath) -> Codebook:
    """The codebook in the workbook `path`; raises InputRefused with every problem and its sheet and cell."""
    reader = _Reader(path)
    codebook = reader.codebook()
    known = {problem.place for problem in reader.problems}
    for fault in codebook_faults(codebook):
        place = reader.place(fault.path)
        if place not in known:
            message = fault.message
            if fault.other:
                message += " " + _("The other one: {place}.").format(place=reader.place(fault.other))
            reader.problems.append(Problem(message, place, fault.code))
    if reader.problems:
        raise _refused(path.name, reader.problems)
    return codebook


def _refused(name: str, problems: Sequence[Problem]) -> InputRefused:
    shown = list(dict.fromkeys(problems))
    count = len(shown)
    if count > MAX_PROBLEMS:
        shown = [*shown[:MAX_PROBLEMS], Problem(more_problems(count - MAX_PROBLEMS), "", "more")]
    text = ngettext("The codebook {name} has {n} problem:", "The codebook {name} has {n} problems:", count)
    return InputRefused(text.format(name=visible(name), n=count), shown)


class _Reader:
    def __init__(self, path: FilePath) -> None:
        self.workbook = open_workbook(path)
        self.name = path.stem
        self.problems: list[Problem] = []
        self.places: dict[Path, str] = {}

    def place(self, path: Path) -> str:
        """Sheet and cell of what `path` leads to, else of the nearest thing above it."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.places:
                return self.places[path[:end]]
        return ""

    def codebook(self) -> Codebook:
        whole = self._whole()
        ref = whole.get("codebook_id") or re.sub(r"\W+", "-", self.name).strip("-") or "codebook"
        codes = self._grid(plans.CODEBOOK)
        if codes is None or "code_id" not in codes.keys:
            text = _("No sheet has a heading row with {heading}; ids are needed to read codes.")
            self.problems.append(Problem(text.format(heading="code_id"), "", "no_codes"))
            codes = None
        theme_rows = self._rows(plans.THEMES)
        tree = Tree(ref, theme_rows, codes, self.problems)
        self.places |= tree.places
        languages = tuple(dict.fromkeys(part for part in re.split(r"[\s,;]+", whole.get("languages", "")) if part))
        for language in languages:
            if language not in ("en", "fr"):
                text = _("“{value}” is not possible here; choose one of: {allowed}.")
                message = text.format(value=visible(language), allowed="en, fr")
                self.problems.append(Problem(message, self.place(("languages",)), "unknown_value"))
        if not languages:
            languages = ("en", "fr") if codes is None else tree.languages()
        book = Codebook(
            ref=ref,
            version=whole.get("version") or "1",
            title=Localized(fr=whole.get("title_fr", ""), en=whole.get("title_en", "")),
            languages=languages,
            status=whole.get("status", ""),
            provenance=whole.get("provenance", ""),
            base_state=whole.get("base_state", ""),
            questions=self._questions(ref),
            themes=tree.themes,
            modifiers=self._modifiers(),
            flags=tuple(
                Flag(row.text("flag_id"), row.localized("label"), row.text("key"))
                for row in self._listed(plans.FLAGS, "flag_id")
            ),
            passes=tuple(
                Pass(row.text("pass_id"), row.localized("label"), _groups(row), row.refs("themes"), row.refs("then"))
                for row in self._listed(plans.PASSES, "pass_id")
            ),
            groups=self._groups(),
            guide=tuple(
                GuideQuestion(row.text("guide_id"), row.localized("text"), row.refs("questions"), _groups(row))
                for row in self._listed(plans.GUIDE, "guide_id")
            ),
            rules=self._rules(),
        )
        return replace(book, derived=self._derived(book, whole.get("derived", "")))

    def _derived(self, book: Codebook, text: str) -> Derivation | None:
        """What it took from its base, as the first sheet keeps it for programs."""
        if not text:
            return None
        try:
            found = Derivation.from_json(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError):
            told = _("This cell was changed by hand; put back what stood in it, or import the codebook from its .yaml.")
            self.problems.append(Problem(told, self.place(("derived",)), "derived"))
            return None
        ids = {place.code.ref: place.code.id for place in book.codes()}
        return found.renamed(lambda ref: ids.get(ref, ref))

    def _whole(self) -> Mapping[str, str]:
        """What the first sheet says about the codebook: the rows whose first cell is a known name."""
        sheet = self._sheet(plans.README)
        values: dict[str, str] = {}
        if sheet is None:
            return values
        grid = Grid(sheet, plans.README, self.problems)
        for cells in sheet.iter_rows(max_row=40, max_col=2):
            name = plain(cells[0].value)
            field = next((field for field in plans.WHOLE if name in names_of(field)), None)
            if field is not None and len(cells) > 1 and field.key not in values:
                self.places[(field.key,)] = f"{grid.title} {cells[1].coordinate}"
                values[field.key] = grid.text(cells[1], field.kind)
        self.places[("id",)] = self.places.get(("codebook_id",), "")
        return values

    def _sheet(self, plan: SheetPlan) -> Worksheet | None:
        wanted = {plain(plan.en), plain(plan.fr), plain(plan.key)}
        found = [sheet for sheet in self.workbook.worksheets if plain(sheet.title) in wanted]
        if not found and plan is plans.CODEBOOK and len(self.workbook.worksheets) == 1:
            return self.workbook.worksheets[0]
        return found[0] if found else None

    def _grid(self, plan: SheetPlan) -> Grid | None:
        sheet = self._sheet(plan)
        return None if sheet is None else Grid(sheet, plan, self.problems)

    def _rows(self, plan: SheetPlan) -> list[Row]:
        grid = self._grid(plan)
        return [] if grid is None else list(grid.rows())

    def _listed(self, plan: SheetPlan, id_key: str) -> list[Row]:
        """The rows of a sheet, with the places of all their fields."""
        rows = self._rows(plan)
        for number, row in enumerate(rows):
            row.note(self.places, (plan.key, number), id_key)
        return rows

    def _rules(self) -> dict[str, Localized]:
        rules: dict[str, Localized] = {}
        for row in self._rows(plans.RULES):
            name = row.text("rule")
            row.note(self.places, ("rules", name), "rule")
            if name in rules:
                text = _("The id “{ref}” is used twice. Give one of the two another id.")
                self.problems.append(Problem(text.format(ref=visible(name)), row.place("rule"), "duplicate_id"))
            rules[name] = row.localized("text")
        return rules

    def _questions(self, book: str) -> tuple[Question, ...]:
        return tuple(
            Question(
                id=row.text("uuid") or node_id(book, "question", row.text("question_id")),
                ref=row.text("question_id"),
                text=row.localized("text"),
                short=row.localized("short"),
                kind=row.text("kind") or "review_question",
                source=row.text("source"),
                hue=row.text("hue"),
                step=_step(row),
            )
            for row in self._listed(plans.QUESTIONS, "question_id")
        )

    def _groups(self) -> tuple[Group, ...]:
        groups: list[Group] = []
        for row, whole in self._families(plans.GROUPS, "group_id", "subgroup_id"):
            if whole:
                row.note(self.places, ("groups", len(groups)), "group_id")
                groups.append(Group(row.text("group_id"), row.localized("label"), (), _step(row)))
            else:
                last = groups[-1]
                ref, label = row.text("subgroup_id"), row.localized("label")
                row.note(self.places, ("groups", len(groups) - 1, "subgroups", len(last.subgroups)), "subgroup_id")
                labels = {**last.subgroup_labels, ref: label} if label else last.subgroup_labels
                groups[-1] = replace(last, subgroups=(*last.subgroups, ref), subgroup_labels=labels)
        return tuple(groups)

    def _modifiers(self) -> tuple[Modifier, ...]:
        modifiers: list[Modifier] = []
        for row, whole in self._families(plans.MODIFIERS, "modifier_id", "value_id"):
            if whole:
                row.note(self.places, ("modifiers", len(modifiers)), "modifier_id")
                modifiers.append(
                    Modifier(
                        ref=row.text("modifier_id"),
                        label=row.localized("label"),
                        question=row.localized("question"),
                        key=row.text("key"),
                        applies_to=row.refs("applies_to") or ("*",),
                    )
                )
            else:
                last = modifiers[-1]
                value = ModifierValue(row.text("value_id"), row.localized("label"), row.text("key"))
                row.note(self.places, ("modifiers", len(modifiers) - 1, "values", len(last.values)), "value_id")
                modifiers[-1] = replace(last, values=(*last.values, value))
        return tuple(modifiers)

    def _families(self, plan: SheetPlan, whole_key: str, part_key: str) -> list[tuple[Row, bool]]:
        """The rows, each whole before its parts, wherever sorting has put them; parts without a whole are refused."""
        rows = self._rows(plan)
        parts: dict[str, list[Row]] = {}
        for row in rows:
            if row.text(part_key):
                parts.setdefault(row.text(whole_key), []).append(row)
        result: list[tuple[Row, bool]] = []
        for row in rows:
            if not row.text(part_key):
                result.append((row, True))
                result += [(part, False) for part in parts.pop(row.text(whole_key), [])]
        for orphans in parts.values():
            for row in orphans:
                text = _("There is no row for “{ref}” itself.").format(ref=visible(row.text(whole_key)))
                self.problems.append(Problem(text, row.place(whole_key), "no_whole"))
        return result


def _groups(row: Row) -> tuple[str, ...]:
    refs = row.refs("groups")
    return () if refs == (EVERY,) else refs


def _step(row: Row) -> int | None:
    return int(row.text("step")) if row.text("step") else None
