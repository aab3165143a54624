"""Overlays: reading what a state changes in a codebook, and making its codebook of it; the base never changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path as FilePath

from hsreview.codebook.convert import to_code, to_lexicon, to_map, to_text
from hsreview.codebook.overlay_schema import AddedEntry, OverlayEntry
from hsreview.codebook.schema import OVERLAY, CodeEntry
from hsreview.codebook.validating import file_text, known_format, refused, validated
from hsreview.codebook.yaml_tree import YamlTree, parse_yaml
from hsreview.model.codebook import Code, Codebook, Theme, node_id
from hsreview.model.derivation import Derivation
from hsreview.model.localized import Localized

_NEEDED = {"schema": OVERLAY, "extends": "?@?", "state": "", "under": "?", "from": "?", "relation": "none"}


@dataclass(frozen=True, slots=True)
class OverlaySource:
    """An overlay that was read, and where in its file each of its parts stands."""

    overlay: OverlayEntry
    path: FilePath
    tree: YamlTree

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.path.name


def read_overlay(path: FilePath) -> OverlaySource:
    """The overlay in a YAML file. Raises InputRefused with everything that does not keep to the format, by line.

    Whether it fits its base is for `overlay_rules.overlay_faults` to say.
    """
    tree = parse_yaml(file_text(path, path.name))
    entry = None
    if isinstance(tree.data, dict) and known_format(tree, tree.data.get("schema", OVERLAY), OVERLAY):
        entry = validated(tree, tree.data, OverlayEntry, _NEEDED)
    if entry is None or tree.findings:
        raise refused(path.name, tree.findings, overlay=True)
    return OverlaySource(entry, path, tree)


def apply(base: Codebook, overlay: OverlayEntry) -> Codebook:
    """The codebook of the state: codes of the base keep their ids, those that it adds get ids of the overlay's own.

    A deactivated code stays where it is and takes no codings. `overlay` must have no faults against `base`.
    """
    made = _Overlaid(base, overlay)
    title = Localized(
        fr=overlay.title.fr or f"{base.title.fr} ({overlay.state})",
        en=overlay.title.en or f"{base.title.en} ({overlay.state})",
    )
    return replace(
        base,
        ref=overlay.id,
        version=overlay.version,
        status=overlay.status,
        base_state=overlay.state,
        title=title,
        provenance=overlay.provenance or base.provenance,
        themes=tuple(map(made.theme, base.themes)),
        derived=made.derivation(),
    )


class _Overlaid:
    def __init__(self, base: Codebook, overlay: OverlayEntry) -> None:
        self.base, self.overlay = base, overlay
        self.gone = {each.id for each in overlay.deactivate}
        self.under: dict[str, list[AddedEntry]] = {}
        for each in overlay.add:
            self.under.setdefault(each.under, []).append(each)

    def theme(self, theme: Theme) -> Theme:
        words = self.overlay.rename.get(theme.ref)
        codes = (*map(self.code, theme.codes), *self.added(theme.ref))
        if words is None:
            return replace(theme, codes=codes)
        return replace(
            theme, codes=codes, label=reworded(theme.label, to_text(words.label)),
            definition=reworded(theme.definition, to_text(words.definition)),
        )  # fmt: skip

    def code(self, code: Code) -> Code:
        words = self.overlay.rename.get(code.ref)
        if words is not None:
            code = replace(
                code, label=reworded(code.label, to_text(words.label)),
                definition=reworded(code.definition, to_text(words.definition)),
                example=reworded(code.example, to_text(words.example)),
            )  # fmt: skip
        children = (*map(self.code, code.children), *self.added(code.ref))
        return replace(code, codable=code.codable and code.ref not in self.gone, children=children)

    def added(self, under: str) -> Iterator[Code]:
        for entry in self.under.get(under, ()):
            made = to_code(self.overlay.id, CodeEntry(**entry.model_dump(exclude={"under"})), {})
            yield replace(made, children=tuple(self.added(entry.id)))

    def derivation(self) -> Derivation:
        before = self.base.derived or Derivation(self.base.ref, self.base.version)
        codes = {place.code.ref: place.code for place in self.base.codes()}
        ids = {
            **{ref: code.id for ref, code in codes.items()},
            **{each.id: node_id(self.overlay.id, "code", each.id) for each in self.overlay.add},
        }
        own = Derivation(
            before.base,
            before.base_version,
            (*before.overlays, f"{self.overlay.id}@{self.overlay.version}"),
            tuple(each.id for each in self.overlay.add),
            {each.id: each.reason for each in self.overlay.deactivate},
            {
                ref: codes[ref].definition
                for ref, words in self.overlay.rename.items()
                if ref in codes and to_text(words.definition)
            },
            tuple(map(to_map, self.overlay.map)),
        ).renamed(lambda ref: ids[ref])
        return replace(
            own,
            added=(*before.added, *own.added),
            deactivated={**before.deactivated, **own.deactivated},
            reworded={**own.reworded, **before.reworded},  # What the lowest base says counts.
            maps=(*before.maps, *own.maps),
            lexicon=_together(before.lexicon, to_lexicon(self.overlay.lexicon)),
        )


def reworded(old: Localized, new: Localized) -> Localized:
    """`old` with what `new` says in its languages."""
    return Localized(fr=new.fr or old.fr, en=new.en or old.en)


def _together(old: Mapping[str, tuple[str, ...]], new: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(dict.fromkeys((*old.get(name, ()), *new.get(name, ())))) for name in (*old, *new)}
