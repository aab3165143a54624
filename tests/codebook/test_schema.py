"""The JSON Schema for editors says what the reader says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

from hsreview.codebook.schema import SCHEMA_FILE, CodeEntry, Hue, QuestionEntry, codebook_schema
from hsreview.model.codebook import HUES, Status
from hsreview.model.codebook_rules import ORIGINS, QUESTION_KINDS

CODEBOOKS = Path(__file__).resolve().parents[2] / "codebooks"


def test_the_shipped_schema_is_the_one_of_the_code() -> None:
    shipped = json.loads((CODEBOOKS / SCHEMA_FILE).read_text(encoding="utf-8"))
    assert shipped == codebook_schema(), "run: python -m scripts.codebook_schema"


def test_the_shipped_codebook_points_to_the_schema() -> None:
    first = (CODEBOOKS / "critical-review.yaml").read_text(encoding="utf-8").split("\n", 1)[0]
    assert first == f"# yaml-language-server: $schema={SCHEMA_FILE}"


def test_the_choices_of_the_file_are_those_of_the_model() -> None:
    assert get_args(Hue) == ("", *HUES)
    assert set(get_args(CodeEntry.model_fields["status"].annotation)) == {str(status) for status in Status}
    assert get_args(CodeEntry.model_fields["origin"].annotation) == ("", *ORIGINS)
    assert get_args(QuestionEntry.model_fields["kind"].annotation) == QUESTION_KINDS


def test_an_editor_is_told_of_unknown_keys_and_of_what_is_needed() -> None:
    schema = codebook_schema()
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == {"schema", "id", "version", "title"}
    assert schema["$defs"]["CodeEntry"]["properties"]["codes"]["items"] == {"$ref": "#/$defs/CodeEntry"}
