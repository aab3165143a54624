"""What the codebook that comes with hsreview says is nobody's testimony; what a team wrote into it is the team's."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id, now
from hsreview.base.samples import sample_dir
from hsreview.model.codebook import Code, node_id
from hsreview.model.codebook_json import codebook_to_json
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.privacy.register import Name, Register
from hsreview.project import queries
from hsreview.project.backups import backups
from hsreview.project.codebooks import load_codebook
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows import people
from hsreview.workflows.archiving import ArchiveWish, export_archive, told
from hsreview.workflows.codebooks import change_code, read_codebook_file, store_codebook
from hsreview.workflows.coding import in_vivo
from hsreview.workflows.correcting import store_text, with_turn
from hsreview.workflows.masking import in_words, mask, plan
from hsreview.workflows.names_check import check
from hsreview.workflows.shipped_words import is_shipped
from tests.builders import a_project, opened

BOOK = "hs-critical-review"
OWN = Localized("Mais à Mopti le marché est resté ouvert.", "But in Mopti the market stayed open.")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the shipped codebook, in which Mopti stands, and a transcript that may go into an archive."""
    folder = tmp_path_factory.mktemp("shipped")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSREVIEW_HOME", str(folder / "home"))
        book = read_codebook_file(sample_dir("codebooks") / "critical-review.yaml")
        project, awa = a_project(folder / "project", book=book)
        text = opened(project)
        people.set_speaker(project, awa, text.transcript.id, "R1", respondent="P1")
        person = queries.respondents(project.connection)[0].id
        with project.act(awa.id) as act:
            act.put("respondent", person, consent={"status": "written", "scope": ["archive", "quotes"]})
            act.put(
                "masking", new_id(), transcript_id=text.transcript.id, version_id=text.version.id, coder_id=awa.id,
                at=now(), items=[[0, 9, "person", "Entretien"]], undecided={}, engines=["rules 1"],
            )  # fmt: skip
        project.close()
    return folder / "project"


@pytest.fixture
def shipped(built: Path, tmp_path: Path) -> Iterator[tuple[Project, Coder]]:
    shutil.copytree(built, tmp_path / "project")
    with Project.open(tmp_path / "project") as project:
        yield project, queries.coders(project.connection)[0]


def code(ref: str) -> str:
    return node_id(BOOK, "code", ref)


def of(project: Project, ref: str) -> Code:
    return next(place.code for place in load_codebook(project.connection).codes() if place.code.ref == ref)


def places(*names: str) -> Register:
    """A register in which these places are generalised."""
    return Register(
        "here", tuple(Name(n, each, "place", f"[lieu {n}]") for n, each in enumerate(names, 1)), language="fr"
    )


SAID = places("Mopti", "Kayes", "Bamako", "Mali", "MINUSMA", "WANEP")
NUMBERS = range(1, 7)


def test_words_of_the_shipped_codebook_are_not_masked_not_told_and_keep_no_archive_back(
    shipped: tuple[Project, Coder], tmp_path: Path
) -> None:
    project, awa = shipped
    project.backup("test")
    before = load_codebook(project.connection)
    shutil.copy(sample_dir("codebooks") / "critical-review.yaml", project.root / "grille.yaml")
    (project.root / "grille.json").write_text(json.dumps(codebook_to_json(before)))
    found = check(project, SAID, awa)
    assert found.places == () and found.codebook > 10 and "Mopti" in found.authors
    planned = plan(project, awa, SAID, NUMBERS)
    assert planned.is_empty and not planned.codebook
    nothing, said = in_words(planned)
    assert "None of these names" in nothing and "itself says" in said and "Mopti" in said
    done = export_archive(project, awa, tmp_path / "archive", ArchiveWish(), register=SAID)
    assert "Mopti" in next((tmp_path / "archive" / "codebook").glob("v*.yaml")).read_text("utf-8")
    [line] = [each for each in told(done) if "itself says" in each]
    assert "Mopti" in line
    assert load_codebook(project.connection) == before


def test_what_somebody_says_in_the_words_of_the_authors_is_testimony_all_the_same(
    shipped: tuple[Project, Coder], tmp_path: Path
) -> None:
    project, awa = shipped
    store_text(project, awa, with_turn(project, opened(project), 2, "La MINUSMA et Nations unies."))
    with pytest.raises(InputRefused) as refused:
        export_archive(project, awa, tmp_path / "archive", ArchiveWish("", "", False, "by hand"), register=SAID)
    assert [each.place for each in refused.value.problems] == ["transcripts/T001.txt"]


def test_words_of_the_team_are_listed_by_code_and_field_before_they_are_masked(
    shipped: tuple[Project, Coder], tmp_path: Path
) -> None:
    project, awa = shipped
    text = opened(project)
    own, _coding = in_vivo(project, awa, text.version.id, 0, 9)
    change_code(project, awa, code("S6"), texts={"example": OWN})
    change_code(project, awa, own.id, texts={"label": Localized("Mopti")})
    book = load_codebook(project.connection)
    theme = next(each for each in book.themes if any(one.ref == "D1" for one in each.codes))
    cued = tuple(replace(c, cues={"fr": ("gens de Mopti",)}) if c.ref == "D1" else c for c in theme.codes)
    themes = tuple(replace(theme, codes=cued) if each.id == theme.id else each for each in book.themes)
    store_codebook(project, awa.id, replace(book, themes=themes))
    with pytest.raises(InputRefused) as refused:
        export_archive(project, awa, tmp_path / "archive", ArchiveWish(), register=SAID)
    assert {each.place.partition("/")[0] for each in refused.value.problems} == {"codebook"}
    planned = plan(project, awa, SAID, NUMBERS)
    assert {(each.ref, each.place, each.after) for each in planned.codebook} == {
        ("S6", "example.fr", "Mais à [lieu 1] le marché est resté ouvert."),
        ("S6", "example.en", "But in [lieu 1] the market stayed open."),
        (own.ref, "label.fr", "[lieu 1]"),
        ("D1", "cues.fr", "gens de [lieu 1]"),
    }
    lines = "\n".join(in_words(planned))
    assert "code S6, example (en): But in [lieu 1] the market stayed open." in lines
    assert {each.kind for each in check(project, SAID, awa).places} == {"code"}
    mask(project, awa, planned, SAID)
    assert of(project, "S6").example.en == "But in [lieu 1] the market stayed open."
    assert not check(project, SAID, awa).places and examine(project.connection) == []
    assert "Mali" in of(project, "T1").not_use.fr


def test_few_words_are_the_authors_where_they_stand_and_a_sentence_is_theirs_in_a_copy_too() -> None:
    assert is_shipped(code("H5"), "Personal security") and not is_shipped(code("D1"), "Personal security")
    sentence = "Fit or misfit with local reality is assessed, inside Mali."
    assert is_shipped("a code made by splitting", sentence) and not is_shipped(code("S6"), sentence + " Not Niger.")


def test_a_wording_of_the_team_that_only_the_log_knows_is_told_too(shipped: tuple[Project, Coder]) -> None:
    project, awa = shipped
    before = of(project, "D1").example
    change_code(project, awa, code("D1"), texts={"example": OWN})
    change_code(project, awa, code("D1"), texts={"example": before})
    planned = plan(project, awa, SAID, NUMBERS)
    assert [(each.ref, each.place) for each in planned.codebook] == [("D1", "")]
    assert "told anew: code D1: an earlier wording, which is erased" in in_words(planned)


def test_words_of_the_team_in_a_backup_are_found_and_those_of_the_authors_are_not(
    shipped: tuple[Project, Coder],
) -> None:
    project, awa = shipped
    change_code(project, awa, code("S6"), texts={"example": OWN})
    project.backup("test")
    [backup] = backups(project.root)
    [place] = [each for each in check(project, SAID, awa).places if each.kind == "backup"]
    assert place.where.endswith(backup.name) and place.names == (1,)
