"""Numbers of two public files are compared where both files hold them, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from hsreview.analysis.disclosure import public_tables
from hsreview.model.codebook import Codebook
from hsreview.model.public import Public
from hsreview.project.outputs import Output
from hsreview.workflows.published_before import Numbers, differences, numbers_of, on_record
from tests.analysis.layers import a_layer


def a_public(*by: str) -> tuple[Public, Codebook]:
    dataset = a_layer(3, interviews=30, codings=150)
    return public_tables(dataset, k=3, by=by)[0], dataset.codebook


def before(numbers: Numbers, **changed: str) -> Output:
    """The record of an earlier file with these numbers; those in `changed` were other ones."""
    details: Mapping[str, object] = {**numbers.record(), "cells": {**numbers.cells, **changed}}
    return Output("1", "public", "awa", "old.xlsx", "2026-01-02T00:00:00Z", "", "", details)


def test_a_theme_that_the_new_file_does_not_tell_of_is_not_compared() -> None:
    public, book = a_public()
    first, *others = book.themes
    whole = numbers_of(public, book.themes)
    theme_of = {place.code.ref: place.theme.ref for place in book.codes()}
    key = next(key for key in whole.cells if theme_of.get(key.split("/")[1], key.split("/")[1]) == first.ref)
    [said] = differences([before(whole, **{key: "x"})], whole, public, book)
    assert "(1: " in said and f"· {key.split('/')[1]} ·" in said
    assert list(differences([before(whole, **{key: "x"})], numbers_of(public, others), public, book)) == []
    part = numbers_of(public, others)
    assert list(differences([before(part)], whole, public, book)) == [], "the older file told of the others alone"
    assert len(list(differences([before(part)], replace(whole, cells={}), public, book))) == 1


def test_a_file_of_an_older_version_is_taken_to_hold_every_theme() -> None:
    public, book = a_public()
    whole = numbers_of(public, book.themes)
    old = before(whole)
    old = replace(old, details={"cells": {**old.details["cells"], "group/n/*all": "99"}, "by": []})
    [said] = differences([old], whole, public, book)
    assert "group · n · " in said


@pytest.mark.parametrize("details", [{}, {"k": "x", "by": 3, "zones": [], "cells": 1}, {"cells": {"a": 1}, "by": [[]]}])
def test_a_record_that_says_something_else_is_taken_for_a_file_of_other_data(details: dict[str, object]) -> None:
    dataset = a_layer(3, interviews=30, codings=150)
    strange = Output("1", "public", "awa", "old.xlsx", "2026-01-02T00:00:00Z", "", "", details)
    assert public_tables(dataset, k=3, earlier=on_record([strange]))[0].outdated == (0,)
