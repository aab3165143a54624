"""Printed ballots and tally sheets, part by part: `GOLDEN=write pytest tests/documents/test_ballots.py`, then look."""

from __future__ import annotations

import os
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from hsreview.documents.ballot_docx import write_ballot_docx
from hsreview.documents.ballot_html import write_ballot_html
from hsreview.documents.ballot_words import long_date, shortened
from hsreview.framework.meeting_words import VOTE_WORDS
from hsreview.framework.rule_words import rule_in_words
from hsreview.model.ballot_paper import BallotPaper, PaperRow, PaperTable
from hsreview.model.localized import Localized
from hsreview.model.validation import Absent, Rule

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "ballots"
HOSTILE = "<b>{x}</b> & =1+1\x1b[31m"
KIND = Localized("indicateur", "indicator")
BADGE = Localized("entendu auprès d’au moins 6 des 16 personnes", "heard from 6 or more of the 16 people")


def paper(*languages: str, per_table: bool = False, rows: int = 2, text: str = "") -> BallotPaper:
    said = Localized(text or "Le gouvernorat invite avant de décider", text or "The office invites before it decides")
    each = tuple(PaperRow(n, f"IN{n}", KIND, said, BADGE if n == 1 else Localized()) for n in range(1, rows + 1))
    return BallotPaper(
        languages, "Réunion", "Bamako", "2016-05-12", 1, rule_in_words(Rule()), tuple(VOTE_WORDS.values()), each,
        (PaperTable("A", 8), PaperTable("B", 1)), per_table,
    )  # fmt: skip


def words(path: Path) -> str:
    """All that a Word document says, its tables included."""
    return "\n".join(each.text or "" for each in Document(str(path)).element.iter(qn("w:t")))


@pytest.mark.parametrize(
    ("form", "languages"), [("html", ("fr",)), ("html", ("en",)), ("html", ("fr", "en")), ("docx", ("fr", "en"))]
)
def test_ballots_stay_as_they_were(tmp_path: Path, form: str, languages: tuple[str, ...]) -> None:
    path = tmp_path / f"a.{form}"
    made = paper(*languages, per_table=languages == ("fr",))
    if form == "html":
        write_ballot_html(made, path)
        found = path.read_text(encoding="utf-8")
    else:
        write_ballot_docx(made, path)
        with ZipFile(path) as parts:
            found = etree.tostring(etree.fromstring(parts.read("word/document.xml")), pretty_print=True).decode()
    golden = GOLDEN / f"{'-'.join(languages)}.{form.replace('docx', 'xml')}"
    if os.environ.get("GOLDEN") == "write":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert found == golden.read_text(encoding="utf-8")


def test_a_ballot_is_large_and_no_page_parts_a_row(tmp_path: Path) -> None:
    write_ballot_docx(paper("fr"), tmp_path / "a.docx")
    document = Document(str(tmp_path / "a.docx"))
    ballot, first, _second = document.tables
    assert document.styles["Normal"].font.size.pt == 12
    says = next(run for each in ballot.rows[0].cells[1].paragraphs for run in each.runs if "gouvernorat" in run.text)
    assert says.font.size is not None and says.font.size.pt >= 12
    unparted = [
        row._tr for each in (ballot, first) for row in each.rows if row._tr.find(f".//{qn('w:cantSplit')}") is None
    ]
    assert unparted == []
    assert first.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    boxes = ballot.rows[0].cells[1].tables[0].rows[0].cells
    assert [cell.text.replace("\xa0", " ") for cell in boxes] == [
        "☐ d’accord", "☐ à modifier", "☐ à rejeter", "☐ abstention", "☐ pas compris",
    ]  # fmt: skip
    assert [round((each.page_width or 0) / 360_000, 1) for each in document.sections] == [21.0] * 3


def test_each_table_has_a_tally_sheet_and_on_request_a_ballot(tmp_path: Path) -> None:
    for per_table, headers in (
        (False, ["Ballot · Réunion · round 1", "Tally sheet · Réunion · round 1 · table A",
                 "Tally sheet · Réunion · round 1 · table B"]),
        (True, ["Ballot · Réunion · round 1 · table A", "Ballot · Réunion · round 1 · table B",
                "Tally sheet · Réunion · round 1 · table A", "Tally sheet · Réunion · round 1 · table B"]),
    ):  # fmt: skip
        write_ballot_docx(paper("en", per_table=per_table), tmp_path / "a.docx")
        document = Document(str(tmp_path / "a.docx"))
        assert [each.header.paragraphs[0].text for each in document.sections] == headers
        write_ballot_html(paper("en", per_table=per_table), tmp_path / "a.html")
        page = (tmp_path / "a.html").read_text(encoding="utf-8")
        assert page.count('<section class="paper">') == len(headers) and "1 person<" in page
    counted = document.tables[-1]
    assert [cell.text for cell in counted.rows[0].cells][2:] == [
        "agree", "amend", "reject", "abstain", "not understood", "total\n(of\xa01)",
    ]  # fmt: skip
    assert [row.cells[0].text for row in counted.rows[1:]] == ["1\nIN1", "2\nIN2"]


def test_words_of_a_row_are_no_markup_and_html_fetches_nothing(tmp_path: Path) -> None:
    hostile = paper("fr", text=HOSTILE)
    write_ballot_html(hostile, tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "<b>{x}" not in page and "&lt;b&gt;{x}" in page and "\x1b" not in page
    assert not set(re.findall(r"<(\w+)", page)) & {"script", "img", "link", "a"} and "url(" not in page
    write_ballot_docx(hostile, tmp_path / "a.docx")
    assert "<b>{x}</b> & =1+1" in words(tmp_path / "a.docx") and "\x1b" not in words(tmp_path / "a.docx")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Rule(), "at least 70 % of the votes cast in the whole room agree, and at least 50 % of those of each side"),
        (Rule(overall=66, each_side=0), "at least 66 % of the votes cast in the whole room agree, and at least 0 %"),
        (Rule(), "“Not understood” counts as a vote cast that does not agree; an abstention does not count."),
        (Rule(abstentions_count=True), "does not agree; an abstention does too."),
        (Rule(not_understood_count=False), "“Not understood” is not a vote cast; nor is an abstention."),
        (Rule(not_understood_count=False, abstentions_count=True), "an abstention is one that does not agree."),
        (Rule(rounds=3), "after round 3 a row that is not accepted is rejected."),
        (Rule(rounds=1), "A row that is not accepted is rejected."),
        (Rule(), "the other side decides."),
        (Rule(absent=Absent.BLOCK), "No row is accepted if nobody of one side votes."),
    ],
)
def test_the_rule_says_what_counts_and_what_follows(rule: Rule, said: str) -> None:
    found = rule_in_words(rule)
    assert said in found.en
    assert found.fr.count(".") == found.en.count(".") and "{" not in found.fr + found.en
    assert not re.search(r"[^\u202f][;!?»]|[^\u00a0][:%]", found.fr)


@pytest.mark.parametrize(
    ("date", "fr", "en"),
    [("2016-05-12", "12 mai 2016", "12 May 2016"), ("2016-08-01", "1er août 2016", "1 August 2016"),
     ("2016-12", "décembre 2016", "December 2016"), ("2016", "2016", "2016"), ("", "", "")],
)  # fmt: skip
def test_dates_are_written_out(date: str, fr: str, en: str) -> None:
    assert (long_date(date, "fr"), long_date(date, "en")) == (fr, en)


def test_a_tally_sheet_points_to_a_row_by_its_first_words() -> None:
    assert shortened("Deux  mots\nici") == "Deux mots ici"
    long = shortened("mot " * 60)
    assert len(long) <= 90 and long.endswith("mot\xa0…")
