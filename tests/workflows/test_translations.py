"""Translations of segments: who made them, who checked them, and that they follow their words."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import new_id
from hsreview.base.messages import use_language
from hsreview.model.people import Coder
from hsreview.workflows import assigning, quotes
from hsreview.workflows import translations as acts
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import mark_reviewed
from hsreview.workflows.exporting import export_excel
from hsreview.workflows.reporting import export_report
from hsreview.workflows.transcript_out import export_transcript
from hsreview.workflows.translation_sheet import COLUMNS, read_sheet, write_sheet
from hsreview.workflows.translations import Placed, Translation
from hsreview.workflows.undoing import undo
from tests.builders import TEXT, opened
from tests.project.teams import copied, correct, give
from tests.workflows.test_quotes import WORDS, Desk

ENGLISH = "But without a budget, it was everybody’s work."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "project")
    yield made
    made.project.close()


def stored(
    desk: Desk, text: str = ENGLISH, *, language: str = "en", by: str = "", who: Coder | None = None
) -> Translation:
    version = opened(desk.project).version.id
    end = desk.start + len(WORDS)
    made = acts.store_translation(desk.project, who or desk.awa, version, desk.start, end, language, text, by=by)
    assert made is not None
    return made


def only(desk: Desk, viewer: Coder | None = None) -> Placed:
    [found] = acts.translations(desk.project, viewer=viewer)
    return found


def test_a_translation_stands_beside_its_original_with_its_translator(desk: Desk) -> None:
    stored(desk, by="Sali")
    found = only(desk)
    assert (found.original, found.translation.text, found.place) == (WORDS, ENGLISH, "3.2")
    assert found.credit == "Sali, not checked"
    again = stored(desk, "But with no money it was everybody’s work.")
    assert (again.id, again.translator, only(desk).translation.text) == (found.translation.id, "Awa", again.text)
    stored(desk, "Sin presupuesto …", language="es")
    assert [each.translation.language for each in acts.translations(desk.project)] == ["en", "es"]


def test_somebody_else_checks_it_and_a_change_asks_for_a_new_check(desk: Desk) -> None:
    made = stored(desk)
    with pytest.raises(InputRefused, match="second person"):
        acts.check_translation(desk.project, desk.awa, made.id)
    assert acts.check_translation(desk.project, desk.daan, made.id[-8:]).credit == "Awa, checked by Daan"
    stored(desk)
    assert only(desk).checker == "Daan"
    stored(desk, "Another one")
    assert only(desk).checker == ""
    by_daan = stored(desk, "His own", by="daan")
    with pytest.raises(InputRefused, match="second person"):
        acts.check_translation(desk.project, desk.daan, by_daan.id)


def test_a_transcript_with_one_translation_names_it_and_with_more_their_ids_are_told(desk: Desk) -> None:
    made = stored(desk)
    name = only(desk).transcript
    assert acts.check_translation(desk.project, desk.daan, name.upper()).translation.id == made.id
    other = stored(desk, "Sin presupuesto …", language="es")
    with pytest.raises(InputRefused, match="by its id") as refused:
        acts.check_translation(desk.project, desk.daan, name)
    assert {problem.message.split()[0] for problem in refused.value.problems} == {made.id, other.id}


def test_it_is_undone_removed_and_emptied(desk: Desk) -> None:
    made = stored(desk)
    undo(desk.project, desk.awa)
    assert not acts.translations(desk.project)
    acts.store_translation(desk.project, desk.awa, made.version_id, made.start, made.end, "en", ENGLISH)
    acts.remove_translation(desk.project, desk.awa, only(desk).translation.id)
    assert not acts.translations(desk.project)
    undo(desk.project, desk.awa)
    assert only(desk).translation.text == ENGLISH
    assert acts.store_translation(desk.project, desk.awa, made.version_id, made.start, made.end, "en", " ") is None
    assert not acts.translations(desk.project)


@pytest.mark.parametrize(("start", "end", "language"), [(0, 10**6, "en"), (5, 5, "en"), (5, 9, "e"), (5, 9, "en-GB")])
def test_a_place_outside_of_the_text_and_what_is_no_language_are_refused(
    desk: Desk, start: int, end: int, language: str
) -> None:
    with pytest.raises((InputRefused, UsageProblem)):
        acts.store_translation(desk.project, desk.awa, opened(desk.project).version.id, start, end, language, "x")
    assert not acts.translations(desk.project)


def test_it_follows_its_words_when_the_transcript_is_corrected(desk: Desk) -> None:
    stored(desk)
    correct(desk.project, desk.awa, "Une ligne de plus\n" + TEXT)
    assert (only(desk).original, only(desk).translation.start) == (WORDS, desk.start + len("Une ligne de plus\n"))


def test_two_copies_that_translate_apart_keep_both_and_agree(desk: Desk, tmp_path: Path) -> None:
    there = copied(desk.project, tmp_path / "there")
    stored(desk)
    end = desk.start + len(WORDS)
    acts.store_translation(there, desk.daan, opened(there).version.id, desk.start, end, "en", "Without money …")
    give(there, desk.project)
    give(desk.project, there)
    assert acts.translations(there) == acts.translations(desk.project)
    assert {each.translation.translator for each in acts.translations(there)} == {"Awa", "Daan"}
    there.close()


def test_who_codes_blind_sees_their_own_translations_only(desk: Desk) -> None:
    eve = store_coder(desk.project, Coder(new_id(), "Eve"), desk.awa.id)
    assigning.assign(desk.project, desk.awa, [opened(desk.project).transcript], [eve])
    stored(desk)
    assert not acts.translations(desk.project, viewer=eve)
    stored(desk, "Eve’s", who=eve)
    assert only(desk, eve).translation.text == "Eve’s"
    assert len(acts.translations(desk.project, viewer=desk.awa)) == 2


def test_a_table_goes_to_a_translator_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    desk.star(20, 40, "unsure")
    path = tmp_path / "out.csv"
    assert write_sheet(desk.project, desk.awa, path, "EN") == 1
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert (rows[0]["original"], rows[0]["translation"], tuple(rows[0])) == (WORDS, "", COLUMNS)
    assert read_sheet(desk.project, desk.awa, path).empty == 1
    rows[0] |= {"translation": ENGLISH, "translator": "Sali"}
    _write(path, rows)
    done = read_sheet(desk.project, desk.awa, path)
    assert (done.stored, done.present, only(desk).credit) == (1, 0, "Sali, not checked")
    assert read_sheet(desk.project, desk.awa, path).present == 1
    undo(desk.project, desk.awa)
    assert not acts.translations(desk.project)


def test_a_table_for_a_french_spreadsheet_has_semicolons(desk: Desk, tmp_path: Path) -> None:
    desk.star(20, 40, "unsure")
    path = tmp_path / "out.csv"
    use_language("fr")
    write_sheet(desk.project, desk.awa, path, "en")
    [row] = csv.DictReader(path.read_text("utf-8-sig").splitlines(), delimiter=";")
    assert row["original"] == WORDS
    assert read_sheet(desk.project, desk.awa, path).empty == 1


def test_a_table_whose_originals_changed_is_refused_whole(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    desk.star(desk.start, desk.start + 9)
    write_sheet(desk.project, desk.awa, path, "en")
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    rows = [row | {"translation": "x"} for row in rows]
    rows[1]["original"] = "something else"
    rows.append(rows[0] | {"start": "x"})
    _write(path, rows)
    with pytest.raises(InputRefused) as refused:
        read_sheet(desk.project, desk.awa, path)
    assert [problem.place for problem in refused.value.problems] == ["line 3", "line 4"]
    assert not acts.translations(desk.project)
    _write(path, [{"start": "1", "end": "2"}])
    with pytest.raises(InputRefused, match="no column"):
        read_sheet(desk.project, desk.awa, path)


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_exports_show_it_beside_the_original(desk: Desk, tmp_path: Path) -> None:
    mark_reviewed(desk.project, desk.awa, opened(desk.project).transcript.id)
    export_excel(desk.project, tmp_path / "before.xlsx", layer="Awa", lang="en", viewer=desk.awa)
    stored(desk, by="Sali")
    acts.check_translation(desk.project, desk.daan, only(desk).translation.id)
    said = f"{ENGLISH} (en, transl. Sali, checked by Daan)"
    export_excel(desk.project, tmp_path / "after.xlsx", layer="Awa", lang="en", viewer=desk.awa)
    before, after = load_workbook(tmp_path / "before.xlsx"), load_workbook(tmp_path / "after.xlsx")
    rows = list(after["Segments"].iter_rows(values_only=True))
    at = rows[0].index("Translation (en)")
    assert rows[0][at - 1] == "Text" and (rows[1][at - 1], rows[1][at]) == (WORDS, said)
    assert "Translation (en)" not in next(before["Segments"].iter_rows(values_only=True))
    assert said in [cell for row in after["Quotes"].iter_rows(values_only=True) for cell in row]
    export_transcript(
        desk.project, opened(desk.project).transcript, tmp_path / "t.docx", layer="Awa", lang="en", viewer=desk.awa
    )
    document = "\n".join(
        cell.text for t in Document(str(tmp_path / "t.docx")).tables for r in t.rows for cell in r.cells
    )
    assert f"⇄ {said}" in document
    done = export_report(desk.project, tmp_path / "r.md", "md", layer="Awa", lang="en", viewer=desk.awa)
    assert ENGLISH in done.path.read_text("utf-8").replace("\\", "")


def test_a_quote_takes_it_as_a_proposal_and_a_public_file_shows_only_what_was_taken(desk: Desk) -> None:
    stored(desk, by="Sali")
    [proposal] = quotes.proposed_translations(desk.project, desk.now(), viewer=desk.awa)
    assert (proposal.language, proposal.text) == ("en", ENGLISH) and not desk.now().translations
    quotes.translate(desk.project, desk.awa, desk.id, "en", proposal.text)
    assert not quotes.proposed_translations(desk.project, desk.now(), viewer=desk.awa)


def test_no_translation_leaves_of_words_that_may_not_leave(desk: Desk, tmp_path: Path) -> None:
    stored(desk)
    desk.consent({"status": "written", "scope": ["analysis"]})
    export_excel(desk.project, tmp_path / "a.xlsx", layer="Awa", lang="en", viewer=desk.awa)
    with ZipFile(tmp_path / "a.xlsx") as book:
        told = b"".join(book.read(name) for name in book.namelist()).decode()
    assert "everybody" not in told and "Translation (en)" not in told
    with pytest.raises(InputRefused, match="that may leave"):
        write_sheet(desk.project, desk.awa, tmp_path / "a.csv", "en")
