"""What must hold in an overlay on its base, each fault with its line; what a careful editor would ask about besides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.codebook.convert import to_text
from hsreview.codebook.diff import diff_codebooks
from hsreview.codebook.lint import Level, Lint, lint_codebook
from hsreview.codebook.overlay import OverlaySource, apply
from hsreview.codebook.schema import MapEntry
from hsreview.codebook.yaml_tree import Finding
from hsreview.model.codebook import Codebook
from hsreview.model.codebook_rules import MAX_LEVELS, Path, codebook_faults, did_you_mean

_STATE = re.compile("[A-Z]{2}")
_EXTENDS = re.compile(r"[^@\s]+@[^@\s]+")


def head_faults(source: OverlaySource) -> list[Finding]:
    """What is wrong with the head of an overlay, before its base is looked for."""
    check = _Check(source, None)
    overlay = source.overlay
    if not _EXTENDS.fullmatch(overlay.extends):
        told = _("Write the id of the codebook and its version here: {example}")
        check.add(("extends",), "extends", told.format(example="hs-critical-review@1.0.0"))
    if not _STATE.fullmatch(overlay.state):
        check.add(("state",), "state", _("Write the state in two capital letters here, such as NE."))
    return check.findings


def overlay_faults(base: Codebook, source: OverlaySource) -> list[Finding]:
    """Everything that keeps the overlay from being put on `base`; empty when it can be."""
    check = _Check(source, base)
    check.names()
    check.renamed()
    check.deactivated()
    check.added()
    check.mapped()
    if not check.findings:
        check.made()
    return check.findings


class _Check:
    def __init__(self, source: OverlaySource, base: Codebook | None) -> None:
        self.source, self.base, self.overlay = source, base, source.overlay
        self.findings: list[Finding] = []
        places = list(base.codes()) if base else []
        self.themes = {theme.ref for theme in base.themes} if base else set()
        self.codes = {place.code.ref for place in places}
        self.new = {each.id for each in self.overlay.add}

    def add(self, path: Path, code: str, message: str) -> None:
        self.findings.append(Finding(self.source.tree.mark(path), code, message))

    def unknown(self, path: Path, ref: str, known: set[str]) -> None:
        told = _("There is no code “{ref}” in {base}.") if known == self.codes else _("There is no “{ref}” in {base}.")
        message = told.format(ref=visible(ref), base=visible(self.overlay.extends))
        self.add(path, "unknown_reference", message + did_you_mean(ref, sorted(known)))

    def names(self) -> None:
        assert self.base is not None
        if self.overlay.id == self.base.ref:
            told = _("The overlay needs an id of its own, not that of its base: its codebook gets it.")
            self.add(("id",), "id_of_base", told)

    def renamed(self) -> None:
        for ref, words in self.overlay.rename.items():
            if ref not in self.codes | self.themes:
                self.unknown(("rename", ref), ref, self.codes | self.themes)
            elif ref in self.themes and to_text(words.example):
                told = _("{ref} is a theme; only codes have examples.")
                self.add(("rename", ref, "example"), "theme", told.format(ref=visible(ref)))

    def deactivated(self) -> None:
        first: dict[str, int] = {}
        for i, each in enumerate(self.overlay.deactivate):
            path: Path = ("deactivate", i)
            if each.id in self.themes:
                told = _("{ref} is a theme; name the codes that are not used.")
                self.add((*path, "id"), "theme", told.format(ref=visible(each.id)))
            elif each.id not in self.codes:
                self.unknown((*path, "id"), each.id, self.codes)
            elif first.setdefault(each.id, i) != i:
                self.add((*path, "id"), "twice", _("{ref} is deactivated twice.").format(ref=visible(each.id)))
            if not each.reason.strip():
                told = _("Say why {ref} is not used here: reason: …")
                self.add(path, "no_reason", told.format(ref=visible(each.id)))

    def added(self) -> None:
        prefix = f"{self.overlay.state}-"
        first: dict[str, int] = {}
        parents = {each.id: each.under for each in self.overlay.add}
        for i, each in enumerate(self.overlay.add):
            path: Path = ("add", i)
            shown = visible(each.id)
            if each.id in self.codes | self.themes:
                told = _("The base has {ref} already. A new code needs an id of its own, such as {example}.")
                self.add((*path, "id"), "id_of_base", told.format(ref=shown, example=f"{prefix}1"))
            elif not each.id.startswith(prefix) or each.id == prefix:
                told = _("The id of a code that {state} adds begins with {prefix}, such as {example}; {ref} does not.")
                message = told.format(state=self.overlay.state, prefix=prefix, example=f"{prefix}1", ref=shown)
                self.add((*path, "id"), "prefix", message)
            if first.setdefault(each.id, i) != i:
                self.add((*path, "id"), "twice", _("{ref} is added twice.").format(ref=shown))
            if each.under not in self.codes | self.themes | self.new:
                self.unknown((*path, "under"), each.under, self.codes | self.themes | self.new)
            elif each.id in _above(each.id, parents):
                told = _("{ref} stands below itself, directly or by way of others.")
                self.add((*path, "under"), "circle", told.format(ref=shown))
            elif len(list(islice(_above(each.id, parents), MAX_LEVELS + 1))) > MAX_LEVELS:
                told = _("The code “{ref}” stands too deep: at most {n} levels of codes below a theme.")
                self.add((*path, "under"), "too_deep", told.format(ref=shown, n=MAX_LEVELS))

    def mapped(self) -> None:
        first: dict[str, MapEntry] = {}
        for i, each in enumerate(self.overlay.map):
            path: Path = ("map", i)
            self._ends(path, each)
            if each.relation == "none" and not each.note.strip():
                told = _("Say in a note why {ref} compares with nothing: note: …")
                self.add(path, "no_note", told.format(ref=visible(each.from_)))
            other = first.setdefault(each.from_, each)
            if other is each:
                continue
            if (other.to, other.relation) == (each.to, each.relation):
                told = _("{ref} is mapped twice in the same way.")
            elif other.to == each.to:
                told = _("{ref} cannot be both “{first}” and “{second}” to {to}.")
            else:
                told = _("{ref} is mapped to {other} already; a code is compared with one code only.")
            message = told.format(
                ref=visible(each.from_), first=other.relation, second=each.relation, to=visible(each.to),
                other=visible(other.to) or "–",
            )  # fmt: skip
            self.add((*path, "from"), "contradiction", message)

    def _ends(self, path: Path, each: MapEntry) -> None:
        if each.from_ not in self.new:
            if each.from_ in self.codes:
                told = _("{ref} is a code of the base and compared by its id; only added codes are mapped.")
                self.add((*path, "from"), "code_of_base", told.format(ref=visible(each.from_)))
            else:
                told = _("The overlay adds no code “{ref}”.").format(ref=visible(each.from_))
                self.add((*path, "from"), "unknown_reference", told + did_you_mean(each.from_, sorted(self.new)))
        if each.to in self.codes or (each.relation == "none" and not each.to):
            return
        if not each.to:
            self.add(path, "no_target", _("Say to which code of the base: to: …"))
        elif each.to in self.new:
            told = _("{ref} is added here; a code is mapped to a code of the base.")
            self.add((*path, "to"), "added", told.format(ref=visible(each.to)))
        else:
            self.unknown((*path, "to"), each.to, self.codes)

    def made(self) -> None:
        """What the rules of codebooks say of the codebook that would come of it."""
        assert self.base is not None
        book = apply(self.base, self.overlay)
        before = {fault.message for fault in codebook_faults(self.base)}
        for fault in codebook_faults(book):
            if fault.message not in before:
                self.add(_own_path(book, self.source, fault.path), fault.code, fault.message)


def _above(ref: str, parents: dict[str, str]) -> Iterator[str]:
    seen = set()
    while (ref := parents.get(ref, "")) and ref not in seen:
        seen.add(ref)
        yield ref


def _own_path(book: Codebook, source: OverlaySource, path: Path) -> Path:
    """Where in the overlay stands what `path` leads to in the codebook made of it; empty when it is the base's."""
    node: object = None
    rest: Path = ()
    for end in range(2, len(path) + 1):
        found = _node(book, path[:end])
        if found is not None:
            node, rest = found, path[end:]
    numbers = {each.id: i for i, each in enumerate(source.overlay.add)}
    if not isinstance(node, str):
        return path
    if node in numbers:
        return ("add", numbers[node], *rest)
    return ("rename", node, *rest) if node in source.overlay.rename else ()


def _node(book: Codebook, path: Path) -> str | None:
    """The ref of the theme or code to which exactly this path leads."""
    if path[0] != "themes" or len(path) % 2:
        return None
    theme = book.themes[int(path[1])]
    codes, ref = theme.codes, theme.ref
    for key, position in zip(path[2::2], path[3::2], strict=True):
        if key != "codes":
            return None
        code = codes[int(position)]
        codes, ref = code.children, code.ref
    return ref


def lint_overlay(base: Codebook, source: OverlaySource) -> list[Lint]:
    """What a careful editor would ask about an overlay that can be used, in the order of its parts."""
    overlay, tree = source.overlay, source.tree
    book = apply(base, overlay)
    codable = {place.code.ref: place.code.codable for place in base.codes()}
    gone = {each.id for each in overlay.deactivate}
    notes: list[Lint] = []

    def add(path: Path, code: str, ref: str, message: str, level: Level = Level.WARNING) -> None:
        notes.append(Lint(level, message, tree.place(path), code, ref))

    for ref, words in overlay.rename.items():
        for field in ("label", "definition", "example"):
            missing = [each for each in base.languages if not to_text(getattr(words, field)).own(each)]
            if 0 < len(missing) < len(base.languages):
                told = _("{ref}: {field} is reworded in one language only ({missing} stays as in the base).")
                message = told.format(ref=visible(ref), field=field, missing=", ".join(missing))
                add(("rename", ref, field), "one_language", ref, message)
        if to_text(words.definition):
            told = _("{ref}: the definition is reworded. If its meaning changes, add a code instead.")
            add(("rename", ref, "definition"), "reworded", ref, told.format(ref=visible(ref)), Level.NOTE)
        if ref in gone:
            add(("rename", ref), "not_used", ref, _("{ref} is reworded and deactivated.").format(ref=visible(ref)))
    for i, each in enumerate(overlay.deactivate):
        if not codable[each.id]:
            told = _("{ref} takes no codings in the base either.")
            add(("deactivate", i), "not_used", each.id, told.format(ref=visible(each.id)), Level.NOTE)
    mapped = {each.from_ for each in overlay.map}
    for i, new in enumerate(overlay.add):
        if new.id not in mapped:
            told = _("{ref} is added and not mapped: it compares with no code of another state.")
            add(("add", i), "unmapped", new.id, told.format(ref=visible(new.id)))
    for i, link in enumerate(overlay.map):
        if link.relation == "narrower" and link.to in gone:
            told = _("{ref} is narrower than {to}, which is deactivated: nothing of it will be compared.")
            add(("map", i), "not_used", link.from_, told.format(ref=visible(link.from_), to=visible(link.to)))
    own = {*(each.id for each in overlay.add), *overlay.rename}
    notes += [n for n in lint_codebook(book, lambda path: tree.place(_own_path(book, source, path))) if n.ref in own]
    return notes


def changed_since(source: OverlaySource, base: Codebook, newer: Codebook) -> list[Lint]:
    """What the overlay touches and a later version of its base changed."""
    overlay = source.overlay
    touched: dict[str, Path] = {}
    for i, link in enumerate(overlay.map):
        touched.setdefault(link.to, ("map", i))
    for i, new in enumerate(overlay.add):
        touched.setdefault(new.under, ("add", i))
    touched |= {each.id: ("deactivate", i) for i, each in enumerate(overlay.deactivate)}
    touched |= {ref: ("rename", ref) for ref in overlay.rename}
    own = {each.id for each in overlay.add}
    found: dict[str, list[str]] = {}
    for change in diff_codebooks(base, newer):
        if change.what in ("code", "theme") and (change.ref in touched or change.ref in own):
            found.setdefault(change.ref, []).append(change.describe())
    told = _("Version {version} of the base changed it: {changes}")
    return [
        Lint(
            Level.WARNING, told.format(version=visible(newer.version), changes="; ".join(changes)),
            source.tree.place(touched.get(ref, ("extends",))), "base_changed", ref,
        )
        for ref, changes in found.items()
    ]  # fmt: skip
