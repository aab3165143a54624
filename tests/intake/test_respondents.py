"""`respondents.csv`: people, groups and consent by file name, with every wrong cell named at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused
from hsreview.base.messages import use_language
from hsreview.intake.respondent_words import ATTRIBUTION, CONSENT, KIND, LANGUAGE, SCOPE, Words, meaning
from hsreview.intake.respondents import read_respondents
from hsreview.model.people import Consent, ConsentStatus
from hsreview.model.staging import StagedRespondent
from tests.intake.test_tables import workbook


def write(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "respondents.csv"
    path.write_bytes(text.encode(encoding))
    return path


FULL = StagedRespondent(
    file_name="cso-01.txt",
    respondent="Cigogne",
    group="cso",
    organisation="Association Inventée",
    speaker="R1",
    consent=Consent(ConsentStatus.ORAL, ("analysis", "quotes"), "group", "2024-03-12", "bambara", "2026-01-01"),
    attributes={"Région": "Gao", "Âge": "42"},
    transcript={"language": "fr", "date": "2024-03-12", "wave": "2", "kind": "focus_group"},
)


def test_a_french_table_from_excel(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Fichier;Répondant;Groupe;Organisation;Locuteur;Consentement;Portée;Attribution;Date du consentement;"
        "Langue du consentement;Embargo;Langue;Date;Vague;Type;Région;Âge\r\n"
        "cso-01.txt;Cigogne;cso;Association Inventée;R1;Oral;analyse, citations;groupe;12/03/2024;bambara;2026-01-01;"
        "français;12.03.2024;2;Groupe de discussion;Gao;42\r\n\r\n",
        "cp1252",
    )
    assert read_respondents(path) == (FULL,)


def test_an_english_workbook(tmp_path: Path) -> None:
    path = tmp_path / "respondents.xlsx"
    header = ["file", "respondent", "group", "organisation", "speaker", "consent", "scope", "attribution",
              "consent date", "consent language", "embargo", "language", "date", "wave", "kind", "Région",
              "Âge"]  # fmt: skip
    row = ["cso-01.txt", "Cigogne", "cso", "Association Inventée", "R1", "oral", "analysis;quotes", "group",
           "2024-03-12", "bambara", "2026-01-01", "fr", "2024-03-12", 2, "focus group", "Gao", 42]  # fmt: skip
    path.write_bytes(workbook([list(header), list(row)]))
    assert read_respondents(path) == (FULL,)


def test_the_least_that_is_needed(tmp_path: Path) -> None:
    rows = read_respondents(write(tmp_path, "file,pseudonym\na,Lune\nb,Lune\n"))
    assert [(r.file_name, r.respondent, r.consent.status) for r in rows] == [
        ("a", "Lune", ConsentStatus.NOT_RECORDED),
        ("b", "Lune", ConsentStatus.NOT_RECORDED),
    ]


def test_every_wrong_cell_is_named_at_once(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "file,respondent,consent,scope,language,date,kind,speaker\n"
        "a.txt,,yes,analysis+selling,klingon,31/02/2024,party,\n"
        ",Lune,oral,,,,,\n"
        "b.txt,Lune,oral,,,,,R1,extra\n"
        "B.txt,Soleil,oral,,,,,r1\n",
    )
    with pytest.raises(InputRefused) as refused:
        read_respondents(path)
    assert [(p.place, p.code) for p in refused.value.problems] == [
        ("line 2, column 7", "unknown"),
        ("line 2, column 2", "missing"),
        ("line 2, column 5", "unknown"),
        ("line 2, column 6", "date"),
        ("line 2, column 3", "unknown"),
        ("line 2, column 4", "unknown"),
        ("line 3, column 1", "missing"),
        ("line 4, column 9", "no_heading"),
        ("line 5, column 1", "twice"),
    ]
    assert "9 wrong cells" in refused.value.message


def test_a_document_needs_no_respondent(tmp_path: Path) -> None:
    rows = read_respondents(write(tmp_path, "file,respondent,kind\naccord.pdf,,document\n"))
    assert (rows[0].respondent, rows[0].transcript) == ("", {"kind": "document"})


def test_missing_columns_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="it has: name, group"):
        read_respondents(write(tmp_path, "name,group\na,b\n"))


@pytest.fixture
def french() -> Iterator[None]:
    use_language("fr")
    yield
    use_language("en")


@pytest.mark.usefixtures("french")
def test_french_errors_list_french_words_and_both_languages_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, "file,respondent,consent,scope,attribution,kind\na,Lune,peut-être,vente,tout,fête\n")
    with pytest.raises(InputRefused) as refused:
        read_respondents(path)
    told = " ".join(problem.message for problem in refused.value.problems)
    for words in ("écrit, oral, limité, aucun, retiré, non consigné", "analyse, citations, archivage, transfert"):
        assert words in told
    assert "groupe de discussion" in told and "fonction" in told and "written" not in told
    rows = read_respondents(write(tmp_path, "file,respondent,consent\na,Lune,written\nb,Lune,Écrit\nc,Lune,signé\n"))
    assert {row.consent.status for row in rows} == {ConsentStatus.WRITTEN}


@pytest.mark.parametrize("words", [CONSENT, SCOPE, ATTRIBUTION, KIND, LANGUAGE])
def test_every_word_means_one_thing(words: Words) -> None:
    for value, names in words.items():
        assert [meaning(name, words) for name in names] == [str(value)] * len(names)


def test_the_tutorials_list_the_words_for_consent() -> None:
    for language, position in (("en", 0), ("fr", 1)):
        page = (Path(__file__).resolve().parents[2] / "docs" / f"tutorial.{language}.md").read_text(encoding="utf-8")
        for words in (CONSENT, SCOPE, ATTRIBUTION):
            assert ", ".join(f"`{names[position]}`" for names in words.values()) in page
