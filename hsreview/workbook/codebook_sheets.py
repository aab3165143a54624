"""The codebook as a workbook that people edit in a spreadsheet, and back.

One sheet per kind of thing, one row per thing; whatever a codebook holds is in it. Ids are text, values come from
lists, and rows may be sorted at will: the column `order` keeps the order and `parent_id` the tree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.messages import _, current_language, ngettext
from hsreview.base.terminal import visible
from hsreview.model.codebook import HUES, Code, Codebook, CodePlace, Status
from hsreview.model.codebook_rules import ORIGINS, QUESTION_KINDS
from hsreview.model.localized import Localized
from hsreview.workbook import codebook_layout as plans
from hsreview.workbook.cells import MAX_UNITS, TEXT_FORMAT, Report, put_text, units
from hsreview.workbook.codebook_layout import Field, SheetPlan
from hsreview.workbook.layout import height, lines, list_validation, set_page
from hsreview.workbook.styles import FONT, HEADER_FILL, LINE

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

Values = Mapping[str, object]
"""Field key → text, number, list of texts or None."""


def codebook_workbook(codebook: Codebook) -> Workbook:
    """The workbook of `codebook`, headings in the interface language; raises InputRefused when a text is too long.

    Ids are text cells, nothing is a formula, and characters that a spreadsheet cannot hold are replaced and counted
    on the first sheet.
    """
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.properties.creator = "hsreview"
    workbook.remove(workbook.worksheets[0])
    writer = _Writer(workbook, codebook)
    readme = workbook.create_sheet(plans.README.title(writer.language))
    rows = _rows(codebook, writer.language)
    for plan in plans.SHEETS:
        writer.sheet(plan, rows[plan.key])
    writer.lists()
    writer.readme(readme)
    if writer.problems:
        text = _("The codebook does not fit into a workbook: a cell holds {n} characters.")
        raise InputRefused(text.format(n=MAX_UNITS), writer.problems)
    return workbook


def read_codebook_workbook(path: Path) -> Codebook:
    """The codebook in a workbook; see `hsreview.workbook.codebook_reading`.

    Raises InputRefused with every problem and the sheet and cell where it is.
    """
    from hsreview.workbook.codebook_reading import read_workbook

    return read_workbook(path)


def _rows(book: Codebook, language: str) -> dict[str, list[Values]]:
    places = list(book.codes())
    refs = {place.code.id: place.code.ref for place in places}
    return {
        "codebook": [_code(place, refs, language) for place in places],
        "themes": [
            {
                "theme_id": theme.ref,
                **_texts("label", theme.label),
                **_texts("definition", theme.definition),
                "questions": theme.questions,
                "uuid": theme.id,
            }
            for theme in book.themes
        ],
        "questions": [
            {
                "question_id": question.ref,
                "kind": question.kind,
                **_texts("text", question.text),
                **_texts("short", question.short),
                "source": question.source,
                "step": question.step,
                "hue": question.hue,
                "uuid": question.id,
            }
            for question in book.questions
        ],
        "groups": list(_groups(book)),
        "modifiers": list(_modifiers(book)),
        "flags": [{"flag_id": flag.ref, **_texts("label", flag.label), "key": flag.key} for flag in book.flags],
        "passes": [
            {
                "pass_id": pass_.ref,
                **_texts("label", pass_.label),
                "groups": pass_.groups,
                "themes": pass_.themes,
                "then": pass_.then,
            }
            for pass_ in book.passes
        ],
        "guide": [
            {
                "guide_id": question.ref,
                **_texts("text", question.text),
                "questions": question.questions,
                "groups": question.groups,
            }
            for question in book.guide
        ],
        "rules": [{"rule": name, **_texts("text", rule)} for name, rule in book.rules.items()],
    }


def _derived(book: Codebook) -> str:
    """What it took from its base, as a program reads it; it is not meant to be edited here."""
    if book.derived is None:
        return ""
    refs = {place.code.id: place.code.ref for place in book.codes()}
    return json.dumps(book.derived.renamed(lambda code: refs.get(code, code)).to_json(), ensure_ascii=False)


def _code(place: CodePlace, refs: Mapping[str, str], language: str) -> Values:
    code = place.code
    parent: Code | None = place.parents[-1] if place.parents else None
    texts: dict[str, object] = {}
    for key in ("label", "definition", "use", "not_use", "example"):
        texts |= _texts(key, getattr(code, key))
    return {
        "code_id": code.ref,
        "parent_id": parent.ref if parent else place.theme.ref,
        "path": place.path(language),
        **texts,
        **{f"level_{number}": label for number, label in enumerate(place.levels(language), 1)},
        "questions": code.questions,
        "groups": code.groups,
        "primary_group": code.primary_group,
        "origin": code.origin,
        "cues_fr": code.cues.get("fr", ()),
        "cues_en": code.cues.get("en", ()),
        "codable": "true" if code.codable else "false",
        "hue": code.hue,
        "status": str(code.status),
        "merged_into": refs.get(code.merged_into, code.merged_into) if code.merged_into else "",
        "uuid": code.id,
    }


def _groups(book: Codebook) -> Iterator[Values]:
    for group in book.groups:
        yield {"group_id": group.ref, **_texts("label", group.label), "step": group.step}
        for ref in group.subgroups:
            label = group.subgroup_labels.get(ref, Localized())
            yield {"group_id": group.ref, "subgroup_id": ref, **_texts("label", label)}


def _modifiers(book: Codebook) -> Iterator[Values]:
    for modifier in book.modifiers:
        yield {
            "modifier_id": modifier.ref,
            **_texts("label", modifier.label),
            "key": modifier.key,
            **_texts("question", modifier.question),
            "applies_to": modifier.applies_to,
        }
        for value in modifier.values:
            yield {
                "modifier_id": modifier.ref,
                "value_id": value.ref,
                **_texts("label", value.label),
                "key": value.key,
            }


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell: Cell = sheet.cell(row, column)  # type: ignore[assignment]
    return cell


def _texts(key: str, text: Localized) -> dict[str, object]:
    return {f"{key}_fr": text.fr, f"{key}_en": text.en}


class _Writer:
    """Puts rows on sheets, all in one look."""

    def __init__(self, workbook: Workbook, book: Codebook) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self.workbook = workbook
        self.book = book
        self.language = current_language()
        self.report = Report()
        self.problems: list[Problem] = []
        self.font = Font(name=FONT, size=10)
        self.bold = Font(name=FONT, size=10, bold=True)
        self.title_font = Font(name=FONT, size=14, bold=True)
        self.fill = PatternFill("solid", fgColor=f"FF{HEADER_FILL}")
        thin = Side("thin", color=f"FF{LINE}")
        self.lines = Border(bottom=thin, right=thin)
        self.top = Alignment(vertical="top", wrap_text=True)
        self.middle = Alignment(vertical="center", wrap_text=True)
        self.choices: dict[str, Sequence[str]] = {
            "hues": HUES,
            "statuses": [str(status) for status in Status],
            "origins": ORIGINS,
            "kinds": QUESTION_KINDS,
            "truths": ("true", "false"),
            "groups": [ref for group in book.groups for ref in (group.ref, *group.subgroups)],
        }

    def sheet(self, plan: SheetPlan, rows: Sequence[Values]) -> None:
        """One sheet with its heading row and one row for each of `rows`."""
        from openpyxl.utils import get_column_letter

        sheet = self.workbook.create_sheet(plan.title(self.language))
        fields = self._fields(plan)
        for number, field in enumerate(fields, 1):
            cell = _cell(sheet, 1, number)
            put_text(cell, field.heading(self.language), self.report)
            cell.font, cell.fill, cell.alignment = self.bold, self.fill, self.middle
            column = sheet.column_dimensions[get_column_letter(number)]
            column.width, column.hidden = field.width, field.hidden
        for number, row in enumerate(rows, 2):
            tallest = 1
            for column_number, field in enumerate(fields, 1):
                value = number - 1 if field.key == "order" else row.get(field.key)
                text = self._put(sheet, number, column_number, field, value)
                tallest = max(tallest, lines(text, field.width))
            sheet.row_dimensions[number].height = height(tallest)
        last = get_column_letter(len(fields))
        sheet.freeze_panes = f"{get_column_letter(plan.freeze + 1)}2"
        sheet.auto_filter.ref = f"A1:{last}{max(2, len(rows) + 1)}"
        if plan.printed:
            printed = get_column_letter([field.key for field in fields].index(plan.printed) + 1)
            sheet.print_area = f"A1:{printed}{len(rows) + 1}"
        self._rules(sheet, fields, len(rows) + 1)
        self._page(sheet, "1:1")

    def _fields(self, plan: SheetPlan) -> list[Field]:
        fields = list(plan.fields)
        if plan is plans.CODEBOOK:
            deepest = max((len(place.parents) + 2 for place in self.book.codes()), default=2)
            levels = [Field(f"level_{n}", f"level_{n}", f"niveau_{n}", width=22) for n in range(1, deepest + 1)]
            after = [field.key for field in fields].index("path") + 1
            fields[after:after] = levels
        return fields

    def _put(self, sheet: Worksheet, row: int, column: int, field: Field, value: object) -> str:
        cell = _cell(sheet, row, column)
        cell.font, cell.alignment, cell.border = self.font, self.top, self.lines
        if field.kind == plans.NUMBER:
            if value is not None:
                cell.value = value  # type: ignore[assignment]
            return ""
        if isinstance(value, tuple | list):
            text = ("\n" if field.kind == plans.LINES else ", ").join(value)
        else:
            text = str(value or "")
        if field.kind != plans.TEXT:
            cell.number_format = TEXT_FORMAT
        if units(text) > MAX_UNITS - 100:
            message = _("This text has {n} characters; a cell holds {most}.").format(n=len(text), most=MAX_UNITS)
            self.problems.append(Problem(message, f"{sheet.title} {cell.coordinate}", "too_long"))
        elif text:
            put_text(cell, text, self.report)
        return text

    def _rules(self, sheet: Worksheet, fields: Sequence[Field], last_row: int) -> None:
        """Lists to choose from, also in the rows that somebody will add."""
        from openpyxl.utils import get_column_letter

        names = list(self.choices)
        for number, field in enumerate(fields, 1):
            if field.choices and self.choices[field.choices]:
                column = get_column_letter(names.index(field.choices) + 1)
                values = f"${column}$2:${column}${len(self.choices[field.choices]) + 1}"
                letter = get_column_letter(number)
                rule = list_validation(f"{letter}2:{letter}{last_row + 200}", plans.LISTS.title(self.language), values)
                rule.showErrorMessage = True
                rule.error = _("Choose a value from the list.")
                sheet.add_data_validation(rule)

    def lists(self) -> None:
        """The sheet that the lists to choose from come from."""
        sheet = self.workbook.create_sheet(plans.LISTS.title(self.language))
        for column, (name, values) in enumerate(self.choices.items(), 1):
            for row, value in enumerate((name, *values), 1):
                cell = _cell(sheet, row, column)
                put_text(cell, value, self.report, number_format=TEXT_FORMAT)
                cell.font = self.bold if row == 1 else self.font
        sheet.sheet_state = "hidden"

    def readme(self, sheet: Worksheet) -> None:
        """What the codebook is, and how the workbook may be edited."""
        book = self.book
        values: dict[str, str] = {
            "codebook_id": book.ref,
            "version": book.version,
            "status": book.status,
            "languages": ", ".join(book.languages),
            "base_state": book.base_state,
            "title_fr": book.title.fr,
            "title_en": book.title.en,
            "provenance": book.provenance,
            "derived": _derived(book),
        }
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 100
        put_text(sheet["A1"], book.title.get(self.language) or book.ref, self.report)
        sheet["A1"].font = self.title_font
        row = 3
        for field in plans.WHOLE:
            if field.key == "derived" and not values[field.key]:
                continue
            put_text(_cell(sheet, row, 1), field.heading(self.language), self.report)
            sheet.cell(row, 1).font, sheet.cell(row, 1).alignment = self.bold, self.top
            text = self._put(sheet, row, 2, field, values[field.key])
            sheet.row_dimensions[row].height = height(lines(text, 100))
            row += 1
        notes = [
            _("How to edit this workbook"),
            _("One row is one thing. Rows may be sorted, filtered and added."),
            _("A code whose row is missing is gone from the codebook: rather set its status to retired."),
            _("Ids are text. Keep them: an id never changes its meaning, and codings are found again by it."),
            _("parent_id says under which theme or code a code stands; path and level columns are for reading only."),
            _("order gives the place among the others; a row without a number follows the row above it."),
            _("Several ids in one cell are separated by commas; cues stand one on a line (Alt+Enter)."),
            _("In the sheets of groups and modifiers, a row without a subgroup or value describes the whole."),
            _("Read the file back with: hsreview codebook import FILE"),
        ]
        if self.report.replaced:
            text = ngettext(
                "{n} character that a spreadsheet cannot hold was replaced by a sign.",
                "{n} characters that a spreadsheet cannot hold were replaced by a sign.",
                self.report.replaced,
            )
            notes.append(text.format(n=self.report.replaced))
        for number, note in enumerate(notes):
            cell = _cell(sheet, row + 1 + number, 1)
            put_text(cell, note, self.report)
            cell.font = self.bold if number == 0 else self.font
        self._page(sheet, "")

    def _page(self, sheet: Worksheet, titles: str) -> None:
        sheet.sheet_view.showGridLines = False
        name = f"{visible(self.book.ref)} {visible(self.book.version)}"
        set_page(sheet, left=name, right=sheet.title, footer="hsreview", titles=titles)
