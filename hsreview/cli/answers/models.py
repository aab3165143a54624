"""Answers of `models`."""

from __future__ import annotations

from typing import TypedDict


class ModelEntry(TypedDict):
    """A language model that is on this computer, or that may be installed from a file."""

    name: str
    language: str
    version: str
    installed: bool
    package: bool | None
    """Whether it is a Python package, else it was installed from a file; null while it is not here."""
    fits: bool | None
    """Whether it is made for the spaCy that is installed; null while it is not here."""
    spacy: str
    """The versions of spaCy that it is made for; empty while it is not here."""
    asked: bool
    """Whether it is the one that is asked for its language."""
    file: str
    """The file that it may be installed from; empty when there is none."""
    sha256: str
    """What has to be in that file."""


class LanguageModels(TypedDict):
    """The models of this computer, then those that may be installed."""

    models: list[ModelEntry]


class CheckedModelEntry(TypedDict):
    """Whether a model is whole and can be used."""

    name: str
    version: str
    changed: list[str]
    """Files that are missing or not as they were installed."""
    loads: bool


class CheckedModels(TypedDict):
    """The models that were checked."""

    models: list[CheckedModelEntry]
