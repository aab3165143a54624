"""A codebook that was written can be read again, whatever stands in it, and people can read the file too."""

from __future__ import annotations

import json

from hypothesis import given

from hsreview.codebook.read import read_codebook
from hsreview.codebook.write import write_codebook
from hsreview.model.codebook import Codebook
from hsreview.model.codebook_json import codebook_from_json, codebook_to_json
from hsreview.model.codebook_rules import codebook_faults
from tests.codebook.shipped import shipped
from tests.codebook.strategies import codebooks


@given(codebooks())
def test_what_was_written_gives_the_same_codebook(book: Codebook) -> None:
    assert codebook_faults(book) == []
    assert read_codebook(write_codebook(book)) == book
    text = json.dumps(codebook_to_json(book))
    assert codebook_from_json(json.loads(text)) == book


def test_json_names_ids_status_and_merges() -> None:
    shown = codebook_to_json(shipped())
    code = shown["themes"][0]["codes"][0]
    assert (code["ref"], code["status"], code["merged_into"]) == ("D1", "active", None)
    assert code["id"] != code["ref"]


def test_the_file_is_readable() -> None:
    text = write_codebook(shipped())
    assert max(len(line) for line in text.split("\n")) <= 120
    assert "\\u" not in text and "\\n" not in text
    assert "        label:\n          en: Crisis as trigger\n          fr: La crise comme déclencheur\n" in text
    assert 'version: "1.0.0"' in text


def test_writing_twice_gives_the_same_text() -> None:
    text = write_codebook(shipped())
    assert write_codebook(read_codebook(text)) == text


def test_an_editor_can_be_told_the_schema() -> None:
    text = write_codebook(shipped(), schema="codebook.schema.json")
    assert text.startswith("# yaml-language-server: $schema=codebook.schema.json\n")
    assert read_codebook(text) == shipped()
