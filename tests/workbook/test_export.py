"""The whole workbook: what a reader of each sheet sees, and what happens when the file cannot be written."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from hsreview.base.errors import InputRefused
from hsreview.model.codebook import Status
from hsreview.model.dataset import Dataset
from hsreview.workbook.writer import ExportCancelled
from tests.analysis.builders import ANNA, GAO, KAYES, Layer, half_read, sample, with_texts
from tests.workbook.exporting import export
from tests.workbook.structure import problems

ENGLISH = (
    "Provenance",
    "Codebook",
    "Segments",
    "Segments_wide",
    "Theme×Interview",
    "Theme×Group",
    "Quotes",
    "Memos",
    "Progress",
    "Counts",
    "Charts",
    "COREQ",
)


def make(folder: Path, dataset: Dataset | None = None, lang: str = "en") -> Workbook:
    """Export, check the structure, open."""
    path = folder / "out.xlsx"
    export(dataset or sample(), path, lang=lang)
    assert problems(path) == []
    return load_workbook(path)


def rows(workbook: Workbook, sheet: str, header: str) -> list[dict[str, object]]:
    """The rows below the header row, which begins with `header`, by column; of equal headers the first counts."""
    lines = [[cell.value for cell in row] for row in workbook[sheet].iter_rows()]
    start = next(i for i, line in enumerate(lines) if line[0] == header)
    names = [str(name) for name in lines[start]]
    return [dict(reversed(list(zip(names, line, strict=True)))) for line in lines[start + 1 :]]


@pytest.mark.parametrize("lang", ["fr", "en", "both"])
def test_every_language_gives_every_sheet_sound(tmp_path: Path, lang: str) -> None:
    report = export(sample(), tmp_path / "out.xlsx", lang=lang)
    assert problems(report.path) == []
    assert len(report.sheets) == len(ENGLISH)
    assert tuple(load_workbook(report.path).sheetnames) == report.sheets
    assert (report.replaced, report.split, report.kept_instead_of, report.notices()) == (0, 0, None, [])


def test_the_language_is_that_of_the_export_not_of_the_interface(tmp_path: Path) -> None:
    assert tuple(make(tmp_path, lang="en").sheetnames) == ENGLISH
    french = make(tmp_path, lang="fr")
    assert french.sheetnames[:2] == ["Provenance", "Grille de codage"]
    assert french["Segments"]["A1"].value == "Référence"
    both = make(tmp_path, lang="both")
    assert both["Segments"]["A1"].value == "Référence / Quote id"
    first = rows(both, "Segments", "Référence / Quote id")[0]
    assert (first["Libellé / Label (fr)"], first["Libellé / Label (en)"]) == ("Besoin de sécurité", "Need for safety")


def test_the_tidy_sheet_has_one_row_per_coding(tmp_path: Path) -> None:
    found = rows(make(tmp_path), "Segments", "Quote id")
    assert [row["Quote id"] for row in found[:3]] == ["CSO_Gao_02:1", "CSO_Gao_02:2", "CSO_Gao_02:3"]
    assert [row["Code"] for row in found] == ["1.1", "1.10", "1.10", "E1", "E1", "01"]
    first = found[0]
    assert first["Text"] == GAO[:26]
    assert first["Memo"] == "=SUM(A1)"
    assert (first["★ quotable"], first["Flags"], first["Stance"]) == ("★", "quotable", "positive")
    assert (first["Turn.sentence"], first["Start"], first["End"], first["Words"]) == ("2.1", 0, 26, 6)
    assert (first["Respondent"], first["Organisation"], first["gender"], first["age"]) == (
        "Awa K.",
        "Collectif inventé",
        "f",
        41,
    )
    assert (first["region"], first["Group"], first["Quotes allowed"]) == ("Gao", "Civil society", "yes")
    assert (first["Coder"], first["Layer"], first["Origin"]) == ("Anna", "Anna", "typed")
    assert (found[1]["Level 1"], found[1]["Level 2"], found[1]["Level 3"]) == ("Drivers", "Need for safety", "Markets")
    assert found[5]["Quotes allowed"] == "not recorded"


def test_codes_stay_text_in_every_sheet(tmp_path: Path) -> None:
    workbook = make(tmp_path)
    assert [row["Code"] for row in rows(workbook, "Codebook", "Code")] == ["1.1", "1.10", "01", "E1", "T1"]
    for sheet, column in (("Codebook", 1), ("Segments", 4), ("Theme×Group", 1)):
        cells = [row[column - 1] for row in workbook[sheet].iter_rows(min_row=8 if "×" in sheet else 2)]
        assert {cell.number_format for cell in cells} == {"@"}
        assert {cell.data_type for cell in cells} == {"s"}


def test_the_codebook_shows_rules_history_and_use(tmp_path: Path) -> None:
    found = rows(make(tmp_path), "Codebook", "Code")
    first = found[0]
    assert (first["Label (fr)"], first["Label (en)"]) == ("Besoin de sécurité", "Need for safety")
    assert (first["When to use"], first["When not to use"]) == ("The speaker gives a reason.", "For an effect: E1.")
    assert (first["n segments"], first["n interviews"], first["n coders"]) == (1, 1, 2)
    assert (first["Added in version"], first["Changed in version"], first["Colour"]) == ("0.1", "0.2", "blue")
    assert first["Review question"] == "Q1 · Drivers"
    assert found[1]["Path"] == "Drivers > Need for safety > Markets"
    assert (found[1]["n segments"], found[4]["n segments"], found[4]["n coders"]) == (2, 0, None)
    assert found[3]["Label (en)"] == "=1+1 law"


def test_a_refused_code_stays_in_the_codebook_only(tmp_path: Path) -> None:
    dataset = sample()
    *others, last = dataset.codebook.themes
    refused = replace(last, codes=(replace(last.codes[0], status=Status.REFUSED),))
    workbook = make(tmp_path, replace(dataset, codebook=replace(dataset.codebook, themes=(*others, refused))))
    code = rows(workbook, "Codebook", "Code")[-1]
    assert (code["Code"], code["Status"], code["n segments"]) == ("T1", "refused", 0)
    assert "T1" not in rows(workbook, "Segments_wide", "Segment")[0]
    assert "T1" not in {row["Code"] for row in rows(workbook, "Theme×Group", "Code")}


def test_the_wide_sheet_has_one_row_per_stretch_and_a_mark_per_code(tmp_path: Path) -> None:
    found = rows(make(tmp_path), "Segments_wide", "Segment")
    marks = [[row[code] for code in ("1.1", "1.10", "01", "E1", "T1")] for row in found]
    assert marks == [[1, 1, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 1, 0], [0, 0, 1, 0, 0]]
    assert [row["Segment"] for row in found][:2] == ["CSO_Gao_02:1", "CSO_Gao_02:3"]


def test_theme_by_interview_tells_zero_from_not_read(tmp_path: Path) -> None:
    workbook = make(tmp_path)
    lines = [[cell.value for cell in row] for row in workbook["Theme×Interview"].iter_rows()]
    assert "3 of 4 interviews reviewed" in str(lines[1][0])
    header = lines[5]
    assert header[6:9] == ["D · Drivers", "E · Effects", "T · Transfer (never used)"]
    assert lines[3][5:9] == [6, 4, 2, 0]
    assert lines[4][9:12] == [2, 2, 0]
    gao, kayes, _ministry, unread = lines[6:]
    assert gao[:9] == ["CSO_Gao_02", "Civil society", "reviewed", 1, 19, 4, 3, 1, 0]
    assert gao[9:12] == [1, 1, 0]
    assert gao[12] == pytest.approx(14 / 19)
    assert kayes[6:9] == [0, 1, 0]
    assert unread[2] == "not read" and unread[5:] == ["–"] * 10


def test_an_interview_merely_begun_says_so_and_enters_no_total(tmp_path: Path) -> None:
    workbook = make(tmp_path, half_read())
    lines = [[cell.value for cell in row] for row in workbook["Theme×Interview"].iter_rows()]
    assert "3 of 5 interviews reviewed, 1 more begun" in str(lines[1][0])
    assert (lines[3][0], lines[3][5:9]) == ("Segments in the interviews reviewed", [6, 4, 2, 0])
    assert (lines[4][0], lines[4][9:12]) == ("Interviews mentioning it, of 3 reviewed", [2, 2, 0])
    assert (lines[5][0], lines[5][5:9]) == ("Segments in the interviews begun", [1, "–", 1, "–"])
    assert (lines[6][0], lines[6][9:12]) == ("Interviews begun that mention it so far (n = 1)", ["–", 1, "–"])
    begun = workbook["Theme×Interview"][13]
    assert [cell.value for cell in begun][:12] == [
        *("CSO_Begun_03", "Civil society", "begun", 1, 16, 1), *("–", 1, "–"), *("–", 1, "–")
    ]  # fmt: skip
    assert begun[7].font.italic and begun[13].font.italic and begun[13].value == pytest.approx(4 / 16)


def test_theme_by_group_counts_interviews_begun_in_a_column_of_their_own(tmp_path: Path) -> None:
    sheet = make(tmp_path, half_read())["Theme×Group"]
    lines = list(sheet.iter_rows())
    cso = next(cell.column for cell in lines[2] if cell.value) - 1
    assert [lines[5][cso + i].value for i in (0, 1)] == ["Interviews reviewed", "Interviews begun"]
    assert [lines[3][cso].value, *(lines[4][cso + i].value for i in range(4))] == [3, 2, 1, 2, 1]
    effects = next(line for line in lines if line[0].value == "E")
    assert [effects[cso + i].value for i in range(5)] == [2, 1, 2, 1, 2]
    assert [effects[cso + i].number_format for i in (0, 1)] == ['0" / 2"', '0" / 1"']
    drivers = next(line for line in lines if line[0].value == "D")
    assert drivers[cso + 1].value == "–", "begun and nothing so far is not a zero"
    assert effects[cso + 6 + 1].value == "n = 0", "no policymaker's interview was begun"


def test_every_sheet_tells_the_state_of_an_interview(tmp_path: Path) -> None:
    workbook = make(tmp_path, half_read())
    for sheet, header in (("Segments", "Quote id"), ("Segments_wide", "Segment")):
        found = rows(workbook, sheet, header)
        assert {row["Reading"] for row in found if row["Interview"] == "CSO_Begun_03"} == {"begun"}
        assert {row["Reading"] for row in found if row["Interview"] != "CSO_Begun_03"} == {"reviewed"}
    said = {str(row[0].value): str(row[1].value) for row in workbook["Provenance"].iter_rows()}
    assert said["Interviews"] == "3 of 5 reviewed; 1 more begun; 1 not read"
    assert said["Interviews · Civil society"] == "2 of 3 reviewed; 1 more begun; 0 not read"
    assert "Interviews · Army" not in said
    assert "merely begun" in said["Basis of the numbers"]
    assert said["Codings"] == "7 codings on 6 segments · 1 of them in interviews begun"
    assert said["Respondents"] == "3 in the interviews reviewed · 1 more in those begun"
    assert said["–"].endswith("not a zero") and said["0"].startswith("reviewed")
    quotes = {(row["Theme"], row["Group"]): row["Quote"] for row in reversed(rows(workbook, "Quotes", "Theme"))}
    assert quotes["D · Drivers", "Army"] == "n = 0"
    codes = {row["Code"]: (row["n segments"], row["n interviews"]) for row in rows(workbook, "Codebook", "Code")}
    assert codes["E1"] == (3, 3), "use in the whole layer"


def test_a_group_is_that_of_the_respondents_where_the_interview_has_none(tmp_path: Path) -> None:
    workbook = make(tmp_path, half_read())
    sheets = (("Segments", "Quote id"), ("Segments_wide", "Segment"), ("Theme×Interview", "Interview"))
    for sheet, header in (*sheets, ("Progress", "Interview")):
        groups = [row["Group"] for row in rows(workbook, sheet, header) if row["Interview"] == "CSO_Begun_03"]
        assert groups == ["Civil society"], sheet


def test_progress_has_a_row_for_an_interview_that_nobody_touched(tmp_path: Path) -> None:
    found = rows(make(tmp_path), "Progress", "Interview")
    assert [(row["Coder"], row["Status"]) for row in found if row["Interview"] == "POL_Unread_02"] == [
        (None, "not read")
    ]


def test_interviews_without_known_words_say_so(tmp_path: Path) -> None:
    dataset = sample()
    silent = {**dataset.word_starts, "i-CSO_Gao_02": []}
    del silent["i-CSO_Kayes_01"]
    known = {transcript: len(starts) for transcript, starts in silent.items()}
    workbook = make(tmp_path, replace(dataset, word_starts=silent, respondent_words=known))
    found = [[cell.value for cell in row][12:] for row in workbook["Theme×Interview"].iter_rows(min_row=7, max_row=8)]
    assert found == [["n = 0"] * 3, ["n/a"] * 3]


def test_theme_by_group_gives_counts_with_their_n(tmp_path: Path) -> None:
    sheet = make(tmp_path)["Theme×Group"]
    lines = list(sheet.iter_rows())
    bands = {cell.column: cell.value for cell in lines[2] if cell.value}
    assert list(bands.values()) == ["Civil society", "Policymakers", "Army", "All"]
    cso, policymaker, army, everyone = (column - 1 for column in bands)
    assert [lines[3][i].value for i in (cso, policymaker, army, everyone)] == [2, 2, 0, 4]
    assert [lines[4][i].value for i in (cso, policymaker, army, everyone)] == [2, 1, 0, 3]
    assert lines[4][cso + 4].value == "blank: n < 20"
    assert lines[4][army + 4].value == "n = 0"
    effects = next(line for line in lines if line[0].value == "E")
    assert [effects[cso + i].value for i in range(5)] == [2, 2, 1, 2, None]
    assert effects[cso].number_format == '0" / 2"'
    assert [effects[policymaker + i].value for i in range(2)] == [0, 0]
    assert [effects[army + i].value for i in range(4)] == ["n = 0"] * 4
    unused = [line[-1].value for line in lines if line[0].value in ("T", "T1")]
    assert unused == ["never used", "never used"]
    assert [sheet.row_dimensions[n].outlineLevel for n in (7, 8, 9)] == [0, 1, 1]


def test_shares_appear_from_twenty_people_on(tmp_path: Path) -> None:
    layer = Layer()
    for number in range(20):
        interview = layer.interview(f"A{number:02}", "un deux")
        layer.person(f"P{number}", interview, group="cso")
    layer.code("i-A00", 0, 2, "E1")
    sheet = make(tmp_path, layer.dataset())["Theme×Group"]
    effects = next(row for row in sheet.iter_rows() if row[0].value == "E")
    assert [effects[i].value for i in range(2, 6)] == [1, 1, 1, 0.05]
    assert effects[5].number_format == "0%"


def test_quotes_lead_to_their_rows(tmp_path: Path) -> None:
    workbook = make(tmp_path)
    links = 0
    for row in workbook["Quotes"].iter_rows(min_row=4):
        link = row[4].hyperlink
        if link is not None:
            links += 1
            assert link.target is None and str(link.location).startswith("'Segments'!A")
            target = str(link.location).removeprefix("'Segments'!")
            assert workbook["Segments"][target].value == row[4].value
    assert links == 4


def test_a_quote_says_where_it_stands_and_how_far_its_interview_was_read(tmp_path: Path) -> None:
    dataset = half_read()
    first = dataset.segments[0]
    twin = replace(first, number=9, coding=replace(first.coding, id="k-twin", code_id="c-e1"))
    workbook = make(tmp_path, replace(dataset, segments=[first, twin, *dataset.segments[1:]]))
    found = [row for row in rows(workbook, "Quotes", "Theme") if row["Quote id"]]
    headers = [str(cell.value) for cell in workbook["Quotes"][4]]
    assert headers[4:7] == ["Quote id", "Turn.sentence", "Reading"]
    same = {(row["Theme"], row["Quote id"], row["Turn.sentence"]) for row in found if row["Quote"] == first.text}
    assert same == {("D · Drivers", "CSO_Gao_02:1", "2.1"), ("E · Effects", "CSO_Gao_02:9", "2.1")}
    assert {row["Reading"] for row in found if str(row["Quote id"]).startswith("CSO_Begun")} == {"begun"}
    assert {row["Reading"] for row in found if str(row["Quote id"]).startswith("CSO_Gao")} == {"reviewed"}
    assert "two numbers, but one place" in str(workbook["Quotes"]["A3"].value)


def test_the_consents_add_up_to_those_who_are_heard_in_the_layer(tmp_path: Path) -> None:
    gao, unread = "i-CSO_Gao_02", "i-POL_Unread_02"
    dataset = replace(half_read(), nameless={gao: 4, unread: 7})
    said = {str(row[0].value): str(row[1].value) for row in make(tmp_path, dataset)["Provenance"].iter_rows()}
    assert said["Respondents"] == "3 in the interviews reviewed · 1 more in those begun · " + (
        "4 respondents’ labels with nobody behind, in no n"
    )
    assert said["Respondents’ consent"] == "4 not recorded · 3 written · 1 oral"


def test_cells_without_quotes_say_why(tmp_path: Path) -> None:
    found = rows(make(tmp_path), "Quotes", "Theme")
    said = {(row["Theme"], row["Group"]): (row["Quote"], row["Shown"]) for row in reversed(found)}
    assert said["E · Effects", "Policymakers"] == ("(no segment; interviews reviewed: 1)", None)
    assert said["E · Effects", "Army"] == ("n = 0", None)
    assert said["E · Effects", "Civil society"] == (GAO[66:], "1 of 2 (held back: 1)")
    assert said["T · Transfer", None] == ("never used", None)
    assert not any(row["Quote"] == KAYES[33:51] for row in found)


def test_memos_and_progress(tmp_path: Path) -> None:
    workbook = make(tmp_path)
    memos = rows(workbook, "Memos", "Interview")
    assert [(m["Interview"], m["About"], m["Memo"]) for m in memos] == [
        ("CSO_Gao_02", "coding", "À revoir avec Basile."),
        (None, "project", "-1 idée"),
    ]
    progress = rows(workbook, "Progress", "Interview")
    assert [(p["Coder"], p["Status"], p["Assigned"], p["Codings"]) for p in progress[:2]] == [
        ("Anna", "reviewed", "yes", 4),
        ("Basile", "not read", "yes", 0),
    ]


def test_provenance_names_the_basis_and_marks_the_file_internal(tmp_path: Path) -> None:
    hostile = with_texts(sample(), "\x0b" * 3 + "mot " * 10_000)
    report = export(hostile, tmp_path / "a.xlsx", lang="en")
    assert (report.replaced, report.split) == (9, 3), "in three sheets"
    assert len(report.notices()) == 2
    workbook = load_workbook(report.path)
    lines = [[cell.value for cell in row] for row in workbook["Provenance"].iter_rows()]
    assert "INTERNAL" in str(lines[0][0])
    said = {str(line[0]): str(line[1]) for line in lines}
    assert said["Coding layer"].startswith("Anna: the codings of this coder only")
    assert said["Interviews"] == "3 of 4 reviewed; 0 more begun; 1 not read"
    assert said["Codings"] == "6 codings on 5 segments"
    assert said["Respondents’ consent"] == "2 written · 1 oral"
    assert said["Codebook"].endswith("(invented), version 0.2") or "rows" in said["Codebook"]
    assert said["Characters replaced"].startswith("9 ") and said["Texts over several rows"].startswith("3 ")
    assert said["Made (UTC)"] == "2016-06-01T10:00:00.000Z" and said["Tool"] == "hsreview test"
    assert set(ENGLISH[1:]) <= set(said)
    for sheet in workbook.worksheets:
        assert sheet.oddHeader is not None
        assert str(sheet.oddHeader.left.text).startswith("INTERNAL · Revue inventée · Layer: Anna")


def test_a_long_text_is_whole_in_the_segments_sheet(tmp_path: Path) -> None:
    long = "mot " * 20_000
    found = rows(make(tmp_path, with_texts(sample(), long)), "Segments", "Quote id")
    pieces = [row for row in found if row["Quote id"] == "CSO_Gao_02:1"]
    assert [row["Part"] for row in pieces] == ["1/3", "2/3", "3/3"]
    assert "".join(str(row["Text"]) for row in pieces) == long
    assert len({row["Coding id"] for row in pieces}) == 1 and pieces[1]["Start"] is None


def test_the_consensus_layer_is_named(tmp_path: Path) -> None:
    dataset = sample()
    agreed = replace(dataset, basis=replace(dataset.basis, layer="consensus", layer_coder=None))
    workbook = make(tmp_path, agreed)
    assert rows(workbook, "Segments", "Quote id")[0]["Layer"] == "consensus"
    said = [str(row[1].value) for row in workbook["Provenance"].iter_rows()]
    assert any(text.startswith("consensus: the codings agreed in common") for text in said)


def test_an_empty_project_still_gives_a_sound_file(tmp_path: Path) -> None:
    make(tmp_path, Layer().dataset())


def test_attributes_named_like_columns_stay_apart(tmp_path: Path) -> None:
    layer = Layer()
    interview = layer.interview("A", "un deux", attributes={"region": "Gao", "Text": "x"})
    layer.person("P", interview, attributes={"region": "Kayes", "": True})
    layer.code(interview, 0, 2, "E1")
    first = rows(make(tmp_path, layer.dataset()), "Segments", "Quote id")[0]
    assert (first["region"], first["region (interview)"], first["Text"], first["Text (2)"]) == (
        "Kayes",
        "Gao",
        "un",
        "x",
    )


def test_every_sheet_prints_on_landscape_pages_with_its_header(tmp_path: Path) -> None:
    for sheet in make(tmp_path).worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth or 0) >= 1
        assert sheet.page_setup.fitToHeight == (1 if sheet._charts else 0)  # type: ignore[attr-defined]
        if sheet.title != "Provenance":
            assert sheet.print_title_rows and sheet.freeze_panes
            assert bool(sheet.tables) != bool(sheet.auto_filter.ref)


def left_in(folder: Path) -> list[str]:
    """Names in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_file_that_another_program_holds_is_kept_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.xlsx"
    target.write_text("open in Excel")
    (tmp_path / "out (2).xlsx").write_text("older")
    really = os.replace

    def held(source: Path, to: Path) -> None:
        if Path(to) == target:
            raise PermissionError(errno.EACCES, "used by another process")
        really(source, to)

    monkeypatch.setattr(os, "replace", held)
    report = export(sample(), target, lang="fr")
    assert report.path.name == "out (3).xlsx" and report.kept_instead_of == target
    assert problems(report.path) == []
    assert "out.xlsx" in report.notices()[0] and "out (3).xlsx" in report.notices()[0]
    assert target.read_text() == "open in Excel"
    assert left_in(tmp_path) == ["out (2).xlsx", "out (3).xlsx", "out.xlsx"]


def test_an_existing_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    target.write_text("old")
    assert export(sample(), target, lang="fr").path == target
    assert zipfile.is_zipfile(target) and left_in(tmp_path) == ["out.xlsx"]


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "full"), (errno.EROFS, "cannot be written"), (errno.EIO, "not written")]
)
def test_a_failed_write_leaves_nothing_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def fails(*_arguments: object, **_more: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(zipfile.ZipFile, "writestr", fails)
    (tmp_path / "out.xlsx").write_text("old")
    with pytest.raises(InputRefused, match=words):
        export(sample(), tmp_path / "out.xlsx", lang="fr")
    assert (tmp_path / "out.xlsx").read_text() == "old" and left_in(tmp_path) == ["out.xlsx"]


def test_places_that_are_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="is a folder"):
        export(sample(), tmp_path, lang="fr")
    with pytest.raises(InputRefused, match="does not exist"):
        export(sample(), tmp_path / "nowhere" / "a.xlsx", lang="fr")


def test_the_export_tells_its_progress_and_can_be_stopped(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    export(sample(), tmp_path / "a.xlsx", lang="en", progress=lambda *step: told.append(step))
    assert [step[:2] for step in told] == [(n, len(ENGLISH)) for n in range(len(ENGLISH))]
    assert told[0][2] == "Codebook" and told[-1][2] == "Provenance"
    answers = iter([False, False, True])
    with pytest.raises(ExportCancelled):
        export(sample(), tmp_path / "b.xlsx", lang="en", cancelled=lambda: next(answers))
    assert left_in(tmp_path) == ["a.xlsx"]


def test_nothing_heavy_is_loaded_before_an_export_is_asked_for() -> None:
    heavy = "('pandas', 'openpyxl', 'numpy')"
    code = f"import sys, hsreview.workflows.exporting; print([m for m in {heavy} if m in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


@pytest.fixture(autouse=True)
def _no_stray_temporary_files(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Testimony must not stay in the temporary folder."""
    import tempfile

    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert left_in(folder) == []


def test_the_layer_is_anna_s(tmp_path: Path) -> None:
    assert {row["Coder"] for row in rows(make(tmp_path), "Segments", "Quote id")} == {ANNA.name}


def test_a_header_that_looks_like_an_escape_is_the_same_in_the_table_and_in_its_cell(tmp_path: Path) -> None:
    layer = Layer()
    interview = layer.interview("A_01", GAO, attributes={"_x0041_": "a"})
    layer.code(interview, 0, 5, "E1")
    make(tmp_path, layer.dataset())
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        assert b'name="_x005F_x0041_"' in archive.read("xl/tables/table2.xml")
        assert b"<t>_x005F_x0041_</t>" in archive.read("xl/worksheets/sheet3.xml")
