"""Codebooks of other states: an overlay checked against its base, shown as what it changes, made a codebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.samples import sample_dir
from hsreview.model.codebook import Codebook as Codebook
from hsreview.workflows.codebooks import export_codebook

if TYPE_CHECKING:
    from hsreview.codebook.diff import CodebookChange as CodebookChange
    from hsreview.codebook.lint import Lint as Lint
    from hsreview.codebook.overlay import OverlaySource

OVERLAYS = "overlays"
"""The folder of overlays, below the codebooks that come with hsreview and below those of a project."""


@dataclass(frozen=True, slots=True)
class Overlaid:
    """An overlay that fits its base."""

    source: OverlaySource
    base: Codebook
    """What it extends: a codebook, with the overlays below it applied."""
    base_path: Path
    """The file of the codebook under all overlays."""
    codebook: Codebook
    """The codebook of the state."""
    notes: Sequence[Lint]
    """What a careful editor would ask about."""


def overlay_file(wish: str) -> Path:
    """The file called `wish`, or the overlay of that name that comes with hsreview (`niger-sample`)."""
    path = Path(wish)
    shipped = sample_dir("codebooks") / OVERLAYS / f"{wish}.yaml"
    return shipped if path.name == wish and not path.exists() and shipped.is_file() else path


def open_overlay(path: Path, base: Path | None = None) -> Overlaid:
    """Read an overlay, find what it stands on, and put it there; no file is changed.

    The base is looked for beside the overlay, in the folder above and among the codebooks that come with hsreview;
    `base` is the file of what it extends. Raises InputRefused with every fault and its line.
    """
    from hsreview.codebook import overlay_rules as rules
    from hsreview.codebook.overlay import apply, read_overlay
    from hsreview.codebook.overlay_base import chain
    from hsreview.codebook.read import read_codebook
    from hsreview.codebook.validating import refused

    for file in (path, *([base] if base else [])):
        if not file.is_file():
            raise InputRefused(_("There is no file {name}.").format(name=file))
    source = read_overlay(path)
    if faults := rules.head_faults(source):
        raise refused(source.name, faults, overlay=True)
    shipped = sample_dir("codebooks")
    found = chain(source, [path.parent, path.resolve().parent.parent, shipped, shipped / OVERLAYS], base)
    book = below = found.base
    for each in found.overlays:
        if faults := [*rules.head_faults(each), *rules.overlay_faults(book, each)]:
            raise refused(each.name, faults, overlay=True)
        below, book = book, apply(book, each.overlay)
    notes = rules.lint_overlay(below, source)
    if found.newer is not None and not found.newer.overlay:
        notes += rules.changed_since(source, below, read_codebook(found.newer.path))
    return Overlaid(source, below, found.base_path, book, notes)


def changes(found: Overlaid) -> list[CodebookChange]:
    """What the state's codebook changes in its base, but for what it is called and where it comes from."""
    from hsreview.codebook.diff import diff_codebooks

    return [each for each in diff_codebooks(found.base, found.codebook) if each.what != "codebook"]


def write_overlaid(found: Overlaid, path: Path) -> Path:
    """Write the state's codebook, as every codebook is written; a project can begin with it."""
    if path.exists() and path.resolve() in {found.source.path.resolve(), found.base_path.resolve()}:
        raise InputRefused(_("{file} is the overlay or its base; choose another file.").format(file=path.name))
    return export_codebook(found.codebook, path)
