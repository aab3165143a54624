"""What makes Excel offer to repair a workbook, looked for in the file itself: `problems(path)`.

LibreOffice and openpyxl open many files that Excel repairs, so that reading a file back proves little.
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname, join, normpath
from xml.etree.ElementTree import Element, fromstring

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SEQUENCE = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios "
    "autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting "
    "dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties "
    "cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects controls "
    "webPublishItems tableParts extLst"
)
ORDER = _SEQUENCE.split()
MAX_ROW, MAX_COLUMN, MAX_UNITS, MAX_LINKS = 1_048_576, 16_384, 32_767, 65_530
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d*)")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_TABLE_NAME = re.compile(r"[A-Za-z_\\][\w.\\]*")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*|[RrCc]")
_LOCATION = re.compile(r"'((?:[^']|'')+)'!(\$?[A-Z]{1,3}\$?\d+)(?::(\$?[A-Z]{1,3}\$?\d+))?")


@dataclass
class Sheet:
    """One sheet as far as other parts need it."""

    name: str
    part: str
    cells: dict[str, str] = field(default_factory=dict)
    """Texts by address."""
    rows: int = 0


Box = tuple[int, int, int, int]
"""First column, first row, last column, last row."""


def problems(path: Path) -> list[str]:
    """Everything wrong with the file; empty when nothing was found."""
    with zipfile.ZipFile(path) as archive:
        return list(_archive(archive))


def units(text: str) -> int:
    """UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def box(reference: str) -> Box:
    """The corners of `B2:D9` or `B2`; ValueError when it is no such thing."""
    first, _colon, last = reference.partition(":")
    corners = [_CELL.fullmatch(corner) for corner in (first, last or first)]
    if not corners[0] or not corners[1]:
        raise ValueError(reference)
    (left, top), (right, bottom) = ((_column(m[1]), int(m[2])) for m in corners if m)
    if not (1 <= left <= right <= MAX_COLUMN and 1 <= top <= bottom <= MAX_ROW):
        raise ValueError(reference)
    return left, top, right, bottom


def _column(letters: str) -> int:
    number = 0
    for char in letters:
        number = number * 26 + ord(char) - ord("A") + 1
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _overlap(a: Box, b: Box) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _archive(archive: zipfile.ZipFile) -> Iterator[str]:
    names = archive.namelist()
    if len({n.casefold() for n in names}) != len(names):
        yield "two parts have one name"
    if (damaged := archive.testzip()) is not None:
        yield f"damaged part {damaged}"
    yield from _types(archive, names)
    for name in names:
        if name.endswith(".rels"):
            yield from _relations(archive, name, names)
    workbook = fromstring(archive.read("xl/workbook.xml"))
    targets = dict(_targets(archive, "xl/workbook.xml"))
    sheets = [
        Sheet(e.get("name", ""), targets.get(e.get(f"{RELATION}id", ""), "")) for e in workbook.iter(f"{MAIN}sheet")
    ]
    yield from _sheet_names(sheets)
    styles = fromstring(archive.read("xl/styles.xml"))
    looks = len(list(styles.find(f"{MAIN}cellXfs") or ()))
    shared = _shared(archive, names)
    tables: list[str] = []
    links: list[tuple[str, str]] = []
    for sheet in sheets:
        root = fromstring(archive.read(sheet.part))
        place = f"sheet {sheet.name!r}: "
        for problem in _sheet(root, sheet, looks, shared):
            yield place + problem
        for problem in _regions(archive, root, sheet, tables, links):
            yield place + problem
    yield from _names_and_links(workbook, sheets, links)
    yield from _charts(archive, names, sheets)


def _charts(archive: zipfile.ZipFile, names: list[str], sheets: list[Sheet]) -> Iterator[str]:
    """Series that lead to no sheet, below its rows, or to nothing that the spreadsheet could read."""
    rows = {sheet.name: sheet.rows for sheet in sheets}
    for name in names:
        if not re.fullmatch(r"xl/charts/chart\d+\.xml", name):
            continue
        root = fromstring(archive.read(name))
        places = [e.text or "" for e in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}f")]
        if not places:
            yield f"{name}: a chart of nothing"
        for place in places:
            match = _LOCATION.fullmatch(place)
            if not match or match[1].replace("''", "'") not in rows:
                yield f"{name}: leads nowhere: {place}"
            elif box((match[3] or match[2]).replace("$", ""))[3] > rows[match[1].replace("''", "'")]:
                yield f"{name}: leads below the rows: {place}"


def _types(archive: zipfile.ZipFile, names: list[str]) -> Iterator[str]:
    root = fromstring(archive.read("[Content_Types].xml"))
    parts = [e.get("PartName", "") for e in root if e.tag.endswith("Override")]
    defaults = {e.get("Extension", "").casefold() for e in root if e.tag.endswith("Default")}
    if len(set(parts)) != len(parts):
        yield "a part has two content types"
    for part in parts:
        if part.lstrip("/") not in names:
            yield f"content type of a part that is not there: {part}"
    for name in names:
        if f"/{name}" not in parts and name.rpartition(".")[2].casefold() not in defaults:
            yield f"part without content type: {name}"


def _targets(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    rels = join(dirname(part), "_rels", part.rpartition("/")[2] + ".rels")
    if rels in archive.namelist():
        for relation in fromstring(archive.read(rels)):
            target = relation.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
            yield relation.get("Id", ""), whole


def _relations(archive: zipfile.ZipFile, rels: str, names: list[str]) -> Iterator[str]:
    base = dirname(dirname(rels))
    ids = []
    for relation in fromstring(archive.read(rels)):
        ids.append(relation.get("Id", ""))
        target = relation.get("Target", "")
        if relation.get("TargetMode") == "External":
            yield f"{rels}: leads outside the file: {target}"
            continue
        whole = target.lstrip("/") if target.startswith("/") else normpath(join(base, target))
        if whole not in names:
            yield f"{rels}: leads nowhere: {target}"
    if len(set(ids)) != len(ids):
        yield f"{rels}: an id twice"


def _sheet_names(sheets: list[Sheet]) -> Iterator[str]:
    seen = set()
    for sheet in sheets:
        name = sheet.name
        if (
            not name
            or units(name) > 31
            or re.search(r"[:\\/?*\[\]\x00-\x1f]", name)
            or name[0] == "'"
            or name[-1] == "'"
        ):
            yield f"illegal sheet name {name!r}"
        if name.casefold() in seen or name.casefold() == "history":
            yield f"sheet name taken: {name!r}"
        seen.add(name.casefold())
        if not sheet.part:
            yield f"sheet without part: {name!r}"


def _shared(archive: zipfile.ZipFile, names: list[str]) -> list[str]:
    if "xl/sharedStrings.xml" not in names:
        return []
    root = fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(t.text or "" for t in item.iter(f"{MAIN}t")) for item in root]


def _sheet(root: Element, sheet: Sheet, looks: int, shared: list[str]) -> Iterator[str]:
    tags = [child.tag.removeprefix(MAIN) for child in root]
    places = [ORDER.index(tag) if tag in ORDER else -1 for tag in tags]
    if -1 in places or places != sorted(places):
        yield f"elements out of order: {tags}"
    single = [tag for tag in tags if tag != "conditionalFormatting"]
    if len(set(single)) != len(single):
        yield f"an element twice: {tags}"
    last_row, widest = 0, 0
    for row in root.iterfind(f"{MAIN}sheetData/{MAIN}row"):
        number = int(row.get("r", "0"))
        if not last_row < number <= MAX_ROW:
            yield f"row {number} after row {last_row}"
        last_row = number
        if float(row.get("ht", "15")) > 409.5:
            yield f"row {number} is too tall"
        last = 0
        for cell in row:
            match = _CELL.fullmatch(cell.get("r", ""))
            if not match or int(match[2]) != number or not last < _column(match[1]) <= MAX_COLUMN:
                yield f"cell {cell.get('r')} out of place in row {number}"
                continue
            last = _column(match[1])
            yield from _cell(cell, sheet, looks, shared)
        widest = max(widest, last)
    sheet.rows = last_row
    size = root.find(f"{MAIN}dimension")
    if size is not None and last_row:
        right, bottom = box(size.get("ref", ""))[2:]
        if right < widest or bottom < last_row:
            yield f"dimension {size.get('ref')} hides cells up to {_letters(widest)}{last_row}"
    for part in root.iterfind(f"{MAIN}headerFooter/*"):
        if units(part.text or "") > 255:
            yield "page header or footer over 255 characters"
    end = 0
    for column in root.iterfind(f"{MAIN}cols/{MAIN}col"):
        low, high = int(column.get("min", "0")), int(column.get("max", "0"))
        if not end < low <= high <= MAX_COLUMN:
            yield f"columns {low}-{high} overlap"
        end = high


def _cell(cell: Element, sheet: Sheet, looks: int, shared: list[str]) -> Iterator[str]:
    place, kind = cell.get("r", ""), cell.get("t", "n")
    if cell.find(f"{MAIN}f") is not None:
        yield f"{place} holds a formula"
    if int(cell.get("s", "0")) >= looks:
        yield f"{place} has a style that is not there"
    value = cell.findtext(f"{MAIN}v")
    if kind in ("inlineStr", "s"):
        if kind == "s":
            text = shared[int(value or "-1")]
        else:
            text = "".join(t.text or "" for t in cell.iterfind(f"{MAIN}is//{MAIN}t"))
        text = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)
        if units(text) > MAX_UNITS:
            yield f"{place} holds {units(text)} characters"
        sheet.cells[place] = text
    elif kind == "b":
        if value not in ("0", "1"):
            yield f"{place} is no truth value"
    elif kind == "n":
        try:
            fine = value is None or math.isfinite(float(value))
        except ValueError:
            fine = False
        if not fine:
            yield f"{place} is no number: {value!r}"
    else:
        yield f"{place} has the type {kind}"


def _regions(
    archive: zipfile.ZipFile, root: Element, sheet: Sheet, tables: list[str], links: list[tuple[str, str]]
) -> Iterator[str]:
    targets = dict(_targets(archive, sheet.part))
    parts = [targets.get(e.get(f"{RELATION}id", ""), "") for e in root.iterfind(f"{MAIN}tableParts/{MAIN}tablePart")]
    filtered = root.find(f"{MAIN}autoFilter")
    if parts and filtered is not None:
        yield "a table and a filter of the sheet"
    if filtered is not None:
        yield from _reference(filtered.get("ref", ""))
    boxes: list[Box] = []
    for part in parts:
        if part not in archive.namelist():
            yield f"table part {part!r} is not there"
            continue
        table = fromstring(archive.read(part))
        yield from _table(table, sheet, tables)
        boxes.append(box(table.get("ref", "")))
    merged = [box(e.get("ref", "")) for e in root.iterfind(f"{MAIN}mergeCells/{MAIN}mergeCell")]
    for position, one in enumerate(merged):
        if any(_overlap(one, other) for other in (*boxes, *merged[:position])):
            yield "merged cells in a table, or twice"
    if any(_overlap(one, other) for i, one in enumerate(boxes) for other in boxes[:i]):
        yield "tables overlap"
    for element in root.iterfind(f"{MAIN}conditionalFormatting"):
        for reference in element.get("sqref", "").split(" "):
            yield from _reference(reference)
    for rule in root.iterfind(f"{MAIN}dataValidations/{MAIN}dataValidation"):
        for reference in rule.get("sqref", "").split(" "):
            yield from _reference(reference)
        formula = rule.findtext(f"{MAIN}formula1") or ""
        if rule.get("type") == "list" and not _LOCATION.fullmatch(formula):
            yield f"a list that is no range: {formula[:40]}"
        elif rule.get("type") == "list":
            links.append((sheet.name, formula))
    found = root.findall(f"{MAIN}hyperlinks/{MAIN}hyperlink")
    if len(found) > MAX_LINKS:
        yield f"{len(found)} links"
    for link in found:
        yield from _reference(link.get("ref", ""))
        if link.get(f"{RELATION}id") or not link.get("location"):
            yield f"link {link.get('ref')} does not stay in the file"
        else:
            links.append((sheet.name, link.get("location", "")))


def _reference(reference: str) -> Iterator[str]:
    try:
        box(reference)
    except ValueError:
        yield f"no valid range: {reference!r}"


def _table(table: Element, sheet: Sheet, tables: list[str]) -> Iterator[str]:
    name, reference = table.get("displayName", ""), table.get("ref", "")
    if not _TABLE_NAME.fullmatch(name) or _LIKE_A_CELL.fullmatch(name) or len(name) > 255:
        yield f"illegal table name {name!r}"
    if name.casefold() in tables or f"id {table.get('id')}" in tables:
        yield f"table name or id taken: {name!r}"
    tables += [name.casefold(), f"id {table.get('id')}"]
    left, top, right, bottom = box(reference)
    if bottom - top < 1:
        yield f"table {name} has no row"
    filtered = table.find(f"{MAIN}autoFilter")
    if filtered is not None and filtered.get("ref") != reference:
        yield f"the filter of table {name} is not its range"
    columns = table.find(f"{MAIN}tableColumns")
    headers = [_ESCAPE.sub(lambda m: chr(int(m[1], 16)), e.get("name", "")) for e in columns or ()]
    if columns is None or int(columns.get("count", "0")) != len(headers) or len(headers) != right - left + 1:
        yield f"table {name} counts its columns wrongly"
    if len({h.casefold() for h in headers}) != len(headers) or not all(headers):
        yield f"table {name} has equal or empty headers"
    for offset, header in enumerate(headers):
        if sheet.cells.get(f"{_letters(left + offset)}{top}") != header:
            yield f"table {name}: header {header!r} is not what the cell says"


def _names_and_links(workbook: Element, sheets: list[Sheet], links: list[tuple[str, str]]) -> Iterator[str]:
    rows = {sheet.name: sheet.rows for sheet in sheets}
    seen = set()
    for name in workbook.iter(f"{MAIN}definedName"):
        key = (name.get("name", "").casefold(), name.get("localSheetId"))
        if key in seen:
            yield f"defined name twice: {key}"
        seen.add(key)
        for sheet_name in re.findall(r"'((?:[^']|'')+)'!", name.text or ""):
            if sheet_name.replace("''", "'") not in rows:
                yield f"defined name {key[0]} leads to no sheet: {name.text}"
        if "#REF!" in (name.text or ""):
            yield f"defined name {key[0]} is broken"
    for sheet_name, location in links:
        match = _LOCATION.fullmatch(location)
        if not match or match[1].replace("''", "'") not in rows:
            yield f"sheet {sheet_name!r}: leads nowhere: {location}"
            continue
        bottom = box((match[3] or match[2]).replace("$", ""))[3]
        if bottom > max(1, rows[match[1].replace("''", "'")]):
            yield f"sheet {sheet_name!r}: leads below the rows: {location}"
