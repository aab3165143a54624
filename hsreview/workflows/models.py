"""Language models on this computer: which ones there are and may be installed, from a file, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import _
from hsreview.language.model_files import TRUSTED, Checked, Trusted, check, install
from hsreview.language.models import Model, found, installed, models_dir

__all__ = ["Checked", "Entry", "Model", "Trusted", "check_models", "install_model", "models", "models_dir"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A model that is here, or that may be installed from a trusted file."""

    name: str
    language: str
    version: str
    model: Model | None
    """Null while it is not here."""
    asked: bool
    """Whether it is the one that is asked for its language."""
    file: Trusted | None
    """The file that it may be installed from, where there is one."""


def models() -> list[Entry]:
    """The models of this computer, then those that may be installed; spaCy is not loaded for it."""
    asked = {model.path for model in installed().values()}
    files = {trusted.name: trusted for trusted in TRUSTED.values()}
    here = [
        Entry(each.name, each.language, each.version, each, each.path in asked, files.pop(each.name, None))
        for each in found()
    ]
    return [*here, *(Entry(each.name, each.language, each.version, None, False, each) for each in files.values())]


def install_model(path: Path) -> Model:
    """Install a model from a file. Raises InputRefused; then nothing of it is left."""
    return install(path)


def check_models(names: Sequence[str] = (), watch: Callable[[str], None] | None = None) -> Iterator[Checked]:
    """Compare the files of models (all of this computer by default) with their digests, and load each once.

    `watch` is called with the name of each before it is looked at. Raises UsageProblem for a name that is not here.
    """
    here = found()
    missing = [name for name in names if name not in {model.name for model in here}]
    if missing:
        known = ", ".join(dict.fromkeys(model.name for model in here)) or "–"
        raise UsageProblem(
            _("There is no model {name} on this computer. Here are: {names}.").format(name=missing[0], names=known)
        )
    for model in here:
        if not names or model.name in names:
            if watch is not None:
                watch(model.name)
            yield check(model)
