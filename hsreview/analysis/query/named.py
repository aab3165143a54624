"""What users call things: by id or label, in either language, in the singular or plural."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hsreview.analysis.query.fault import nearest
from hsreview.base.folding import fold
from hsreview.base.messages import _, current_language
from hsreview.model.localized import Localized

LANGUAGES: Mapping[str, Localized] = {
    code: Localized(fr=french, en=english)
    for code, french, english in (
        ("fr", "français", "French"), ("en", "anglais", "English"), ("ar", "arabe", "Arabic"),
        ("bm", "bambara", "Bambara"), ("ff", "peul", "Fulfulde"), ("ha", "haoussa", "Hausa"),
        ("es", "espagnol", "Spanish"), ("pt", "portugais", "Portuguese"), ("de", "allemand", "German"),
        ("mixed", "mixte", "mixed"),
    )
}  # fmt: skip
MOST_LISTED = 12
"""Values that are all named where one was not understood."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """Something that users name."""

    key: str
    names: tuple[str, ...]
    """First its id."""
    shown: str
    """What a user is told that it is called."""


def labelled(ref: str, label: Localized, more: tuple[str, ...] = ()) -> Bearer:
    """Something with a label; `more` are other names of it."""
    name = label.get(current_language())
    shown = f"{name} ({ref})" if name and fold(name) != fold(ref) else ref
    return Bearer(ref, (ref, label.fr, label.en, *more), shown)


def bearers(known: Sequence[Bearer], wish: str, *, prefix: bool = False, loosely: bool = True) -> set[str]:
    """The keys of what bears a name (with `prefix`, one that begins so); empty when nothing does.

    With `loosely`, labels may stand in the singular or plural, masculine or feminine, where that means one thing only.
    """
    folded = fold(wish)
    found = {
        each.key
        for each in known
        if any(fold(name).startswith(folded) if prefix else fold(name) == folded for name in each.names if name)
    }
    if not found and loosely and not prefix:
        near = {each.key for each in known if _stem(folded) in {_stem(fold(name)) for name in each.names[1:] if name}}
        found = near if len(near) == 1 else set()
    return found


def those_there_are(known: Sequence[Bearer], wish: str) -> str:
    """`There are: …` where they are few, else those that are most like `wish`."""
    if 0 < len(known) <= MOST_LISTED:
        return _("There are: {names}.").format(names=", ".join(each.shown for each in known))
    return nearest(wish, (each.shown for each in known))


def _stem(name: str) -> str:
    """A folded name without the endings of number and gender: `decideurs` → `decideur`, `negative` → `negatif`."""
    words = (re.sub(r"ive$", "if", re.sub(r"[sx]$", "", word)) for word in name.split())
    return " ".join(re.sub(r"e+$", "", word) for word in words)
