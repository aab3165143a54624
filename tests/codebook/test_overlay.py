"""Overlays: what they may say, where each fault stands, and the codebook of a state that comes of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused
from hsreview.codebook.diff import diff_codebooks
from hsreview.codebook.lint import lint_file
from hsreview.codebook.overlay_schema import OVERLAY_SCHEMA_FILE, overlay_schema
from hsreview.codebook.read import read_codebook
from hsreview.codebook.write import write_codebook
from hsreview.model.codebook import Code, Codebook
from hsreview.model.derivation import Relation
from hsreview.model.localized import Localized
from hsreview.workbook.codebook_sheets import codebook_workbook, read_codebook_workbook
from hsreview.workflows.overlays import Overlaid, open_overlay, overlay_file, write_overlaid
from tests.codebook.shipped import SHIPPED, shipped

BASE = """
schema: hsreview-codebook/1
id: base
version: "1.0.0"
title: {en: Base, fr: Base}
themes:
  - id: P
    label: {en: Policy, fr: Politique}
    codes:
      - id: P1
        label: {en: Access, fr: Accès}
        definition: {en: A seat., fr: Un siège.}
        codes:
          - id: P2
            label: {en: Invitations, fr: Invitations}
      - id: H2
        label: {en: Food, fr: Nourriture}
"""
HEAD = """schema: hsreview-overlay/1
id: ne
version: "1.0.0"
extends: base@1.0.0
state: NE
"""
ADD = "add:\n  - {id: NE-1, under: P1, label: {en: Committee, fr: Comité}}\n"
MAP = "map:\n  - {from: NE-1, to: P1, relation: narrower}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    return tmp_path


def opened(folder: Path, body: str, name: str = "ne.yaml", head: str = HEAD) -> Overlaid:
    (folder / name).write_text(head + body, encoding="utf-8")
    return open_overlay(folder / name)


def code(book: Codebook, ref: str) -> Code:
    return next(place.code for place in book.codes() if place.code.ref == ref)


def test_a_state_adds_rewords_and_sets_aside_and_base_ids_stay(folder: Path) -> None:
    before = (folder / "base.yaml").read_bytes()
    found = opened(
        folder,
        ADD + MAP + "rename: {P1: {label: {fr: Sièges, en: Seats}, definition: {en: A chair., fr: Une chaise.}}}\n"
        "deactivate: [{id: H2, reason: Not asked here.}]\nlexicon: {places: [Dosso]}\n",
    )  # fmt: skip
    base, book = found.base, found.codebook
    assert (book.ref, book.version, book.base_state) == ("ne", "1.0.0", "NE")
    assert {code(book, ref).id for ref in ("P1", "P2", "H2")} == {code(base, ref).id for ref in ("P1", "P2", "H2")}
    assert [each.ref for each in code(book, "P1").children] == ["P2", "NE-1"]
    assert (code(book, "P1").label.fr, code(book, "H2").codable, code(base, "H2").codable) == ("Sièges", False, True)
    origin = book.derived
    assert origin is not None
    assert (origin.base, origin.base_version, origin.overlays) == ("base", "1.0.0", ("ne@1.0.0",))
    assert origin.deactivated == {code(base, "H2").id: "Not asked here."}
    assert origin.reworded[code(base, "P1").id].en == "A seat."
    [link] = origin.maps
    assert (link.code_id, link.to, link.relation) == (code(book, "NE-1").id, code(base, "P1").id, Relation.NARROWER)
    assert origin.lexicon == {"places": ("Dosso",)}
    assert (folder / "base.yaml").read_bytes() == before


def test_what_it_took_from_its_base_survives_every_file(folder: Path) -> None:
    book = opened(folder, ADD + MAP + "deactivate: [{id: H2, reason: Not asked here.}]\n").codebook
    assert read_codebook(write_codebook(book)) == book
    codebook_workbook(book).save(folder / "ne.xlsx")
    assert read_codebook_workbook(folder / "ne.xlsx") == book


@pytest.mark.parametrize(
    ("body", "code", "line", "told"),
    [
        ("rename:\n  P9: {label: {en: x, fr: x}}\n", "unknown_reference", 7, "“P9” in base@1.0.0"),
        ("rename:\n  P: {example: {en: x}}\n", "theme", 7, "only codes have examples"),
        ("deactivate:\n  - {id: H2}\n", "no_reason", 7, "Say why H2"),
        ("deactivate:\n  - {id: P, reason: x}\n", "theme", 7, "name the codes"),
        ("deactivate:\n  - {id: HH2, reason: x}\n", "unknown_reference", 7, "Did you mean “H2”?"),
        ("deactivate:\n  - {id: H2, reason: x}\n  - {id: H2, reason: y}\n", "twice", 8, "deactivated twice"),
        ("add:\n  - {id: P1, under: P, label: {en: x}}\n", "id_of_base", 7, "such as NE-1"),
        ("add:\n  - {id: BF-1, under: P, label: {en: x}}\n", "prefix", 7, "begins with NE-"),
        ("add:\n  - {id: NE-1, under: P8, label: {en: x}}\n", "unknown_reference", 7, "“P8”"),
        (ADD + "  - {id: NE-1, under: P, label: {en: y}}\n", "twice", 8, "added twice"),
        ("add:\n  - {id: NE-1, under: NE-2, label: {en: x}}\n  - {id: NE-2, under: NE-1, label: {en: y}}\n",
         "circle", 7, "below itself"),
        pytest.param(
            "add:\n" + "".join(f" - {{id: NE-{n}, under: {f'NE-{n - 1}' if n > 1 else 'P'}}}\n" for n in range(1, 999)),
            "too_deep", 19, "“NE-13” stands too deep", id="deep",
        ),
        ("add:\n  - {id: NE-1, under: P, label: {en: Access}}\n", "duplicate_label", 7, "used twice at the same place"),
        ("add:\n  - {id: NE-1, under: P, label: {en: x}, questions: [Q7]}\n", "unknown_reference", 7, "“Q7”"),
        (ADD + "map:\n  - {from: NE-1, to: P7, relation: same}\n", "unknown_reference", 9, "“P7”"),
        (ADD + "map:\n  - {from: NE-2, to: P1, relation: same}\n", "unknown_reference", 9, "adds no code “NE-2”"),
        (ADD + "map:\n  - {from: H2, to: P1, relation: same}\n", "code_of_base", 9, "compared by its id"),
        (ADD + "map:\n  - {from: NE-1, to: NE-1, relation: same}\n", "added", 9, "to a code of the base"),
        (ADD + "map:\n  - {from: NE-1, relation: same}\n", "no_target", 9, "to: …"),
        (ADD + "map:\n  - {from: NE-1, relation: none}\n", "no_note", 9, "compares with nothing"),
        (ADD + MAP + "  - {from: NE-1, to: P1, relation: narrower}\n", "contradiction", 10, "twice in the same way"),
        (ADD + MAP + "  - {from: NE-1, to: P1, relation: same}\n", "contradiction", 10, "both “narrower” and “same”"),
        (ADD + MAP + "  - {from: NE-1, to: H2, relation: same}\n", "contradiction", 10, "to P1 already"),
        (ADD + "map:\n  - {from: NE-1, to: P1, relation: like}\n", "unknown_value", 9, "choose one of: same"),
        ("renam: {}\n", "unknown_key", 6, "Did you mean “rename”?"),
    ],
)  # fmt: skip
def test_every_fault_is_told_with_its_line(folder: Path, body: str, code: str, line: int, told: str) -> None:
    with pytest.raises(InputRefused) as caught:
        opened(folder, body)
    found = [(each.code, each.place) for each in caught.value.problems]
    assert any(each[0] == code and each[1].startswith(f"line {line},") for each in found), caught.value.problems
    assert told in " ".join(each.message for each in caught.value.problems)
    assert "ne.yaml" in caught.value.message


def test_all_faults_of_a_file_are_told_at_once(folder: Path) -> None:
    with pytest.raises(InputRefused) as caught:
        opened(folder, "deactivate: [{id: H9, reason: x}, {id: H2}]\nadd: [{id: X1, under: P, label: {en: x}}]\n" + MAP)
    assert len(caught.value.problems) == 4


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("base@1.0.0", "base", "id of the codebook and its version"),
        ("NE\n", "Niger\n", "two capital letters"),
        ("base@1.0.0", "other@1.0.0", "no codebook or overlay other here"),
        ("base@1.0.0", "base@2.0.0", "only version 1.0.0 (base.yaml)"),
        ("base@1.0.0", "base@0.9", "write extends: base@1.0.0"),
        pytest.param("base@1.0.0", "base@" + "9" * 5000, "only version 1.0.0 (base.yaml)", id="long"),
        ("id: ne", "id: base", "an id of its own"),
    ],
)
def test_the_head_and_the_base_are_checked(folder: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(InputRefused) as caught:
        opened(folder, "", head=HEAD.replace(old, new))
    [problem] = caught.value.problems
    assert told in problem.message and problem.place.startswith("line ")


def test_overlays_extend_overlays_and_never_themselves(folder: Path) -> None:
    opened(folder, ADD + MAP)
    second = HEAD.replace("id: ne", "id: bf").replace("base@", "ne@").replace("NE", "BF")
    body = (
        "add:\n  - {id: BF-1, under: NE-1, label: {en: x, fr: y}}\nmap:\n  - {from: BF-1, to: NE-1, relation: same}\n"
    )
    found = opened(folder, body, "bf.yaml", second)
    origin = found.codebook.derived
    assert origin is not None and origin.overlays == ("ne@1.0.0", "bf@1.0.0") and origin.base == "base"
    assert len(origin.added) == len(origin.maps) == 2
    for extends, files in (("bf@1.0.0", "ne.yaml → bf.yaml → ne.yaml"), ("ne@1.0.0", "ne.yaml → ne.yaml")):
        with pytest.raises(InputRefused) as caught:
            opened(folder, ADD, head=HEAD.replace("base@1.0.0", extends))
        assert files in caught.value.problems[0].message


def test_what_the_lowest_base_says_counts_and_a_heading_stays_one(folder: Path) -> None:
    heading = BASE.replace(
        "label: {en: Food, fr: Nourriture}", "label: {en: Food, fr: Nourriture}\n        codable: false"
    )
    (folder / "base.yaml").write_text(heading, encoding="utf-8")
    words = "rename:\n  P1: {{definition: {{en: {0}., fr: {0}.}}}}\n"
    assert not code(opened(folder, words.format("First")).codebook, "H2").codable
    second = HEAD.replace("id: ne", "id: bf").replace("base@", "ne@").replace("NE", "BF")
    made = opened(folder, words.format("Second"), "bf.yaml", second).codebook
    assert made.derived is not None and code(made, "P1").definition.en == "Second."
    assert made.derived.reworded == {code(made, "P1").id: Localized(fr="Un siège.", en="A seat.")}


def test_remarks_of_a_careful_editor_have_lines_too(folder: Path) -> None:
    notes = opened(
        folder,
        "rename:\n  P1: {label: {fr: Sièges}}\n  P2: {definition: {en: x, fr: x}}\n" + ADD + "deactivate:\n"
        "  - {id: H2, reason: x}\n",
    ).notes
    found = {(each.code, each.ref, each.place.partition(",")[0]) for each in notes}
    assert {("one_language", "P1", "line 7"), ("reworded", "P2", "line 8"), ("unmapped", "NE-1", "line 10")} <= found
    assert ("no_definition", "NE-1", "line 10") in found
    assert not [each for each in notes if each.ref in ("P", "H2")], "what the base lacks is not the overlay's to mend"


def test_an_overlay_for_an_older_base_names_what_changed_since(folder: Path) -> None:
    newer = BASE.replace('"1.0.0"', '"1.10.0"').replace("A seat.", "A seat and a voice.").replace("Food", "Food etc.")
    (folder / "base-new.yaml").write_text(newer, encoding="utf-8")
    notes = [each for each in opened(folder, ADD + MAP).notes if each.code == "base_changed"]
    [note] = notes
    assert note.place is not None and note.place.startswith("line 9"), "where the overlay speaks of it"
    assert note.ref == "P1" and "A seat and a voice." in note.message and "1.10.0" in note.message
    with pytest.raises(InputRefused) as caught:
        open_overlay(folder / "ne.yaml", folder / "base-new.yaml")
    first, changed = caught.value.problems
    assert "write extends: base@1.10.0" in first.message
    assert changed.message.startswith("P1: ") and "A seat and a voice." in changed.message
    assert open_overlay(folder / "ne.yaml", folder / "base.yaml").base.version == "1.0.0"


def test_an_overlay_is_no_codebook_and_is_not_written_over(folder: Path) -> None:
    found = opened(folder, ADD + MAP)
    with pytest.raises(InputRefused) as caught:
        read_codebook(folder / "ne.yaml")
    assert "hsreview overlay apply" in caught.value.problems[0].message
    for name in ("ne.yaml", "base.yaml"):
        with pytest.raises(InputRefused):
            write_overlaid(found, folder / name)


def test_the_sample_for_niger_is_clean_and_makes_a_clean_codebook(tmp_path: Path) -> None:
    found = open_overlay(overlay_file("niger-sample"))
    assert found.notes == []
    written = write_overlaid(found, tmp_path / "ne.yaml")
    assert lint_file(written) == []
    book = read_codebook(written)
    assert book == found.codebook and book.derived is not None
    assert {link.relation for link in book.derived.maps} == {Relation.BROADER, Relation.NARROWER, Relation.NONE}
    touched = {change.ref for change in diff_codebooks(shipped(), book) if change.what == "code"}
    assert touched == {"NE-1", "NE-2", "NE-3", "NE-4", "D1", "E1", "P9"}
    assert "INVENTED" in overlay_file("niger-sample").read_text(encoding="utf-8")


def test_the_shipped_schema_is_the_one_of_the_code() -> None:
    file = SHIPPED.parent / "overlays" / OVERLAY_SCHEMA_FILE
    assert json.loads(file.read_text(encoding="utf-8")) == overlay_schema(), "run: python -m scripts.codebook_schema"
