"""Bold, hidden and numbered in a Word file: said on the run, by a style, or by the style that one builds on."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from hsreview.intake.office.container import Container

_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph or run appears, as far as a reader needs it."""

    bold: bool = False
    hidden: bool = False
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    """What one style says itself; null where it says nothing."""

    bold: bool | None
    hidden: bool | None
    numbered: bool | None
    parent: str


def value(node: etree._Element, name: str) -> str:
    """The attribute `name` in the namespace of `node` itself (`w:val` of a `w:…` element); empty when missing."""
    space = node.tag.rpartition("}")[0]
    return str(node.get(f"{space}}}{name}", ""))


def flag(node: etree._Element) -> bool:
    """Whether an on/off element is on: it is unless its value says no."""
    return value(node, "val").lower() not in _OFF


class Styles:
    """The styles of one document."""

    def __init__(self, container: Container, part: str) -> None:
        self._styles: dict[str, _Style] = {}
        self._default = ""
        self._resolved: dict[str, Look] = {}
        if part in container.names:
            for node in container.xml(part).iter("{*}style"):
                self._add(node)

    def paragraph(self, properties: etree._Element | None) -> Look:
        """How a paragraph with these `w:pPr` looks."""
        if properties is None:
            return self._look(self._default)
        style = properties.find("{*}pStyle")
        look = self._look(value(style, "val") if style is not None else self._default)
        numbered = _numbered(properties)
        return look if numbered is None else Look(look.bold, look.hidden, numbered)

    def run(self, properties: etree._Element | None, paragraph: Look) -> Look:
        """How a run with these `w:rPr` looks in a paragraph.

        Bold and hidden are toggles: a character style turns round what the paragraph's style says, while what the run
        itself says stands.
        """
        if properties is None:
            return paragraph
        style = properties.find("{*}rStyle")
        own = self._look(value(style, "val")) if style is not None else Look()
        bold, hidden = _toggle(properties, "b"), _toggle(properties, "vanish")
        return Look(
            own.bold ^ paragraph.bold if bold is None else bold,
            own.hidden ^ paragraph.hidden if hidden is None else hidden,
        )

    def _add(self, node: etree._Element) -> None:
        name = value(node, "styleId")
        look, layout, parent = node.find("{*}rPr"), node.find("{*}pPr"), node.find("{*}basedOn")
        self._styles[name] = _Style(
            bold=None if look is None else _toggle(look, "b"),
            hidden=None if look is None else _toggle(look, "vanish"),
            numbered=None if layout is None else _numbered(layout),
            parent="" if parent is None else value(parent, "val"),
        )
        if value(node, "type") == "paragraph" and value(node, "default").lower() in ("1", "true", "on"):
            self._default = name

    def _look(self, name: str) -> Look:
        if name not in self._resolved:
            chain: list[_Style] = []
            seen: set[str] = set()
            at = name
            while at in self._styles and at not in seen:
                seen.add(at)
                chain.append(self._styles[at])
                at = self._styles[at].parent
            self._resolved[name] = Look(
                next((s.bold for s in chain if s.bold is not None), False),
                next((s.hidden for s in chain if s.hidden is not None), False),
                next((s.numbered for s in chain if s.numbered is not None), False),
            )
        return self._resolved[name]


def _toggle(properties: etree._Element, name: str) -> bool | None:
    node = properties.find(f"{{*}}{name}")
    return None if node is None else flag(node)


def _numbered(properties: etree._Element) -> bool | None:
    numbering = properties.find("{*}numPr")
    if numbering is None:
        return None
    which = numbering.find("{*}numId")
    return which is None or value(which, "val") != "0"
