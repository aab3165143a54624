"""Bold and hidden in an OpenDocument file: said by a style, or by the style that it builds on."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from hsreview.intake.office.odt_tags import FO, STYLE, TEXT

_BOLD = frozenset({"bold", "600", "700", "800", "900"})


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph or span appears, as far as a reader needs it."""

    bold: bool = False
    hidden: bool = False


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class _Style:
    """What one style says itself; null where it says nothing."""

    bold: bool | None
    hidden: bool | None
    parent: str


class Styles:
    """The styles of one document, by family (`paragraph`, `text`) and name."""

    def __init__(self) -> None:
        self._styles: dict[tuple[str, str], _Style] = {}

    def add(self, root: etree._Element) -> None:
        """Take up every style below `root`."""
        for node in root.iter(f"{STYLE}style"):
            weight = display = None
            for properties in node.iterchildren(f"{STYLE}text-properties"):
                weight, display = properties.get(f"{FO}font-weight"), properties.get(f"{TEXT}display")
            key = str(node.get(f"{STYLE}family", "")), str(node.get(f"{STYLE}name", ""))
            self._styles[key] = _Style(
                bold=None if weight is None else weight in _BOLD,
                hidden=None if display is None else display == "none",
                parent=str(node.get(f"{STYLE}parent-style-name", "")),
            )

    def look(self, family: str, node: etree._Element, around: Look) -> Look:
        """How `node` looks by its style; what the style leaves open is as `around`."""
        chain: list[_Style] = []
        seen: set[str] = set()
        name = str(node.get(f"{TEXT}style-name", ""))
        while (family, name) in self._styles and name not in seen:
            seen.add(name)
            chain.append(self._styles[family, name])
            name = chain[-1].parent
        return Look(
            next((s.bold for s in chain if s.bold is not None), around.bold),
            next((s.hidden for s in chain if s.hidden is not None), around.hidden),
        )
