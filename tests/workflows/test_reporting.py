"""A report of a small project: its numbers are those of the layer, its quotes say how far they are released."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import new_id
from hsreview.model.framework_matrix import CaseKind, Charted
from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.workflows import assigning
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings, mark_reviewed
from hsreview.workflows.framework_matrix import Edit, write_cells
from hsreview.workflows.reading import codebook
from hsreview.workflows.reporting import FORMS, export_report
from tests.builders import TEXT, a_project, code_id, opened

WORDS = "Mais sans budget, c’était l’œuvre de tous."


@pytest.fixture
def coded(tmp_path: Path) -> tuple[Project, Coder]:
    project, awa = a_project(tmp_path / "project", transcripts=3)
    start = TEXT.index(WORDS)
    for name in ("cso-1", "cso-2"):
        text = opened(project, name)
        add_codings(project, awa, text.version.id, start, start + len(WORDS), [code_id("K4")], flags=["quote"])
        add_codings(project, awa, text.version.id, start, start + 4, [code_id("D1")])
        mark_reviewed(project, awa, text.transcript.id)
    return project, awa


def markdown(project: Project, folder: Path, *, lang: str = "en", question: str | None = None) -> str:
    export_report(project, folder / "a.md", "md", layer="Awa", lang=lang, question=question)
    return (folder / "a.md").read_text(encoding="utf-8")


def behind(page: str) -> dict[str, str]:
    """Code → the segments that the report lists for it."""
    listed = re.split("segments (?:behind|derrière)", page)[-1]
    return dict(re.findall(r"^\| (\w+) \| (cso[^|]*) \|$", listed, re.MULTILINE))


def test_the_report_goes_from_the_question_to_who_says_it(coded: tuple[Project, Coder], tmp_path: Path) -> None:
    page = markdown(coded[0], tmp_path)
    order = ["Question Q1", "D · Drivers", "Quotes", WORDS, "Who speaks of it", "Methods", "segments behind"]
    places = [page.index(each) for each in order]
    assert places == sorted(places)
    assert page.startswith("**INTERNAL")
    assert "interviews reviewed: 2 of 3" in page
    assert "| K4 | Label K4 | 2 of 2 |" in page and "| cso | 2 of 2 |" in page


def test_every_number_of_a_code_has_its_segments_in_the_list(coded: tuple[Project, Coder], tmp_path: Path) -> None:
    page = markdown(coded[0], tmp_path)
    assert behind(page) == {"D1": "cso-1: 2; cso-2: 2", "K4": "cso-1: 1; cso-2: 1"}


def test_the_list_behind_the_numbers_names_an_interview_once(coded: tuple[Project, Coder], tmp_path: Path) -> None:
    project, awa = coded
    text = opened(project, "cso-1").version.id
    for start in (200, 190, 180, 10):
        add_codings(project, awa, text, start, start + 5, [code_id("K4")])
    assert behind(markdown(project, tmp_path))["K4"] == "cso-1: 1, 2, 4, 5, 6; cso-2: 1"
    assert behind(markdown(project, tmp_path, lang="fr"))["K4"] == "cso-1\xa0: 1, 2, 4, 5, 6\u202f; cso-2\xa0: 1"


def test_a_report_says_what_its_numbers_count_and_what_its_quotes_bear(
    coded: tuple[Project, Coder], tmp_path: Path
) -> None:  # fmt: skip
    page = markdown(coded[0], tmp_path)
    unit, table = page.index("Interviews reviewed that mention each code"), page.index("| Code | Label |")
    assert unit < table and page.count("the number of the coding in it") == 1


def test_quotes_that_nobody_released_are_marked(coded: tuple[Project, Coder], tmp_path: Path) -> None:
    page = markdown(coded[0], tmp_path, lang="fr")
    said = [line for line in page.split("\n") if line.startswith("> —")]
    assert len(said) == 2 and all("brouillon, non vérifié" in line for line in said)
    assert all("consentement non consigné" in line for line in said)


def test_a_quote_of_an_interview_merely_begun_stands_in_no_report(
    coded: tuple[Project, Coder], tmp_path: Path
) -> None:  # fmt: skip
    project, awa = coded
    text = opened(project, "cso-3")
    start = TEXT.index("La sécurité")
    add_codings(project, awa, text.version.id, start, start + 12, [code_id("D2")], flags=["quote"])
    page = markdown(project, tmp_path)
    assert "La sécurité" not in page and "Interviews merely begun, which enter no number: 1" in page


@pytest.mark.parametrize("question", [None, "Q1"])
def test_the_codings_of_the_header_are_those_behind_the_tables(
    coded: tuple[Project, Coder], tmp_path: Path, question: str | None
) -> None:
    project, awa = coded
    text = opened(project, "cso-3")
    add_codings(project, awa, text.version.id, 20, 30, [code_id("D1"), code_id("D2"), code_id("K4")])
    page = markdown(project, tmp_path, question=question)
    (told,) = re.findall(r"codings of these themes: (\d+)", page)
    everybody = re.findall(r"^\| (?:cso|All) \|.*\| (\d+) \|$", page, re.MULTILINE)
    listed = "; ".join(behind(page).values())
    assert int(told) == sum(map(int, everybody)) == len(re.findall(r" \d+\b", listed)) > 0
    assert "cso-3" not in listed, "it was merely begun"


def test_summaries_of_interviews_merely_begun_are_counted_and_not_told(
    coded: tuple[Project, Coder], tmp_path: Path
) -> None:
    project, awa = coded
    theme = codebook(project).themes[0].id
    begun, read = opened(project, "cso-3"), opened(project, "cso-1")
    add_codings(project, awa, begun.version.id, 20, 30, [code_id("D1")])
    edits = [
        Edit(each.transcript.id, theme, f"Summary of {each.transcript.name}", Charted.DRAFTED) for each in (begun, read)
    ]
    write_cells(project, awa, CaseKind.TRANSCRIPT, edits)
    page = markdown(project, tmp_path)
    assert "Summary of cso-1" in page and "Summary of cso-3" not in page
    assert "no interview behind them was reviewed: 1" in page
    mark_reviewed(project, awa, begun.transcript.id)
    assert "Summary of cso-3" in markdown(project, tmp_path)


def test_summaries_of_the_framework_matrix_stand_before_the_quotes(
    coded: tuple[Project, Coder], tmp_path: Path
) -> None:  # fmt: skip
    project, awa = coded
    theme = codebook(project).themes[0].id
    assert "Summaries" not in markdown(project, tmp_path)
    write_cells(project, awa, CaseKind.GROUP, [Edit("cso", theme, "They say *budget* is missing.", Charted.DRAFTED)])
    page = markdown(project, tmp_path)
    assert "cso \\[draft\\] – They say \\*budget\\* is missing." in page
    assert page.index("Summaries") < page.index("Quotes")
    write_cells(project, awa, CaseKind.GROUP, [Edit("cso", theme, status=Charted.CHECKED)])
    assert "cso – They say" in markdown(project, tmp_path)


def test_the_methods_say_what_is_on_record(coded: tuple[Project, Coder], tmp_path: Path) -> None:
    project, awa = coded
    methods = markdown(project, tmp_path).partition("Methods")[2]
    assert "No random draw is on record." in methods and "could not be measured" in methods
    eve = store_coder(project, Coder(new_id(), "Eve"), awa.id)
    assigning.draw(project, awa, [awa, eve], size="2", seed=7)
    text = opened(project)
    add_codings(project, eve, text.version.id, 20, 40, [code_id("D1")])
    mark_reviewed(project, eve, text.transcript.id)
    methods = markdown(project, tmp_path).partition("Methods")[2]
    assert "2 of 3 transcripts, seed 7, to be coded by Awa, Eve" in methods
    assert "Interviews reviewed by at least two coders: 1 (Awa, Eve)" in methods
    assert "Krippendorff’s α" in methods and "The codings of this layer are by: Awa." in methods


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_form_is_written_in_both_languages(
    coded: tuple[Project, Coder], tmp_path: Path, form: str, lang: str
) -> None:
    done = export_report(coded[0], tmp_path / f"a.{form}", form, layer="Awa", lang=lang, question="q1")
    assert (done.layer, done.themes, done.quotes) == ("Awa", 1, 2)
    assert done.path.stat().st_size > 1000


def test_an_unknown_question_is_refused_with_those_there_are(coded: tuple[Project, Coder], tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="Q1"):
        markdown(coded[0], tmp_path, question="Q9")
    assert not (tmp_path / "a.md").exists()


def test_who_codes_blind_gets_no_report_of_others(coded: tuple[Project, Coder], tmp_path: Path) -> None:
    project, awa = coded
    eve = store_coder(project, Coder(new_id(), "Eve"), awa.id)
    assigning.assign(project, awa, [opened(project).transcript], [eve])
    with pytest.raises(InputRefused):
        export_report(project, tmp_path / "a.md", "md", layer="Awa", viewer=eve)
    assert not (tmp_path / "a.md").exists()
