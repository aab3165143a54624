"""Which words of names are ordinary words of French or English too: Paix, Grace, petit."""

from __future__ import annotations

from collections.abc import Iterable

from hsreview.privacy.candidates.lexicon import lexicon
from hsreview.privacy.candidates.words import form_key


def is_word_too(form: str, written: Iterable[str] = ()) -> bool:
    """Whether a form is a single ordinary word, meant only with a capital; not where it is `written` without one."""
    forms = (form, *written)
    return form_key(form) in lexicon("").common and any(each[:1].isupper() for each in forms)


def is_no_name(word: str) -> bool:
    """Whether a word of a name says nothing alone: `petit`, `chef`, but not `Désiré`, which is a first name too."""
    known, key = lexicon(""), form_key(word)
    return key in known.titles or (key in known.common and not known.is_part(key))
