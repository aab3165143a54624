"""Which spaCy models are there, and how one is loaded: installed as a package, or in the folder of hsreview."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Model:
    """A model that can be loaded."""

    name: str
    language: str
    version: str

    @property
    def engine(self) -> str:
        """Name and version, as it is told with what the model proposes."""
        return f"{self.name} {self.version}"


@cache
def _found() -> tuple[Model, ...]:
    from importlib.metadata import PackageNotFoundError, version

    from spacy.util import get_installed_models

    found = []
    for name in sorted(get_installed_models(), key=lambda each: (not _is_small(each), each)):
        try:
            found.append(Model(name, name.partition("_")[0], version(name)))
        except PackageNotFoundError:
            continue
    return tuple(found)


def installed() -> Mapping[str, Model]:
    """Language → the model that is asked: of several of a language the small one, which is the fastest."""
    models: dict[str, Model] = {}
    for model in _found():
        models.setdefault(model.language, model)
    return models


def load(name: str, *, only: Collection[str]) -> Language:
    """A model with only some of its parts, which must not lean on the others."""
    import spacy
    from spacy.util import get_model_meta, get_package_path

    parts = get_model_meta(get_package_path(name))["pipeline"]
    return spacy.load(name, exclude=[part for part in parts if part not in only])


def _is_small(name: str) -> bool:
    return name.endswith("_sm") or "_sm_" in name
