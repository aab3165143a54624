"""The sheets of a small invented layer, compared part by part with `tests/golden/workbook`.

After a change that is meant, write them anew with `GOLDEN=write pytest tests/workbook/test_golden.py` and look
at the difference before you commit it.
"""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from tests.analysis.builders import sample
from tests.workbook.exporting import export

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "workbook"
WRITE = os.environ.get("GOLDEN") == "write"
SHEETS = range(1, 10)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The parts of the French workbook, a line per row."""
    path = export(sample(), tmp_path_factory.mktemp("golden") / "a.xlsx", lang="fr").path
    names = [f"xl/worksheets/sheet{n}.xml" for n in SHEETS] + ["xl/styles.xml"]
    with zipfile.ZipFile(path) as archive:
        found = {name.rpartition("/")[2]: archive.read(name).decode("utf-8") for name in names}
    breaks = ("<row ", "</sheetData>", "<c ", "<col ", "<xf ", "<font>", "<fill>", "<numFmt ")
    for name, text in found.items():
        for tag in breaks:
            text = text.replace(tag, f"\n{tag}")
        found[name] = text + "\n"
    return found


def test_an_export_of_the_same_layer_twice_gives_the_same_sheets(parts: dict[str, str], tmp_path: Path) -> None:
    path = export(sample(), tmp_path / "b.xlsx", lang="fr").path
    with zipfile.ZipFile(path) as archive:
        again = archive.read("xl/worksheets/sheet3.xml").decode("utf-8")
    assert again.replace("\n", "") == parts["sheet3.xml"].replace("\n", "")


@pytest.mark.parametrize("name", [*(f"sheet{n}.xml" for n in SHEETS), "styles.xml"])
def test_sheets_are_as_they_were(parts: dict[str, str], name: str) -> None:
    golden = GOLDEN / name
    if WRITE:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(parts[name], encoding="utf-8", newline="\n")
    assert parts[name] == golden.read_text(encoding="utf-8")
