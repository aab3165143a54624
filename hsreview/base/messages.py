"""Messages in the user's language (gettext); English is the language of the source."""

from __future__ import annotations

import gettext as _gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

LANGUAGES = ("en", "fr")
_DOMAIN = "hsreview"
_LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"
_current: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"
_instead: ContextVar[tuple[str, _gettext.NullTranslations] | None] = ContextVar("_instead", default=None)
"""The language of what is being written and its catalogue, where it is not that of the interface."""


def use_language(language: str | None = None) -> str:
    """Choose the interface language and return it (`en` or `fr`).

    `language` is a wish such as `fr` or `fr_FR.UTF-8`; without one, `HSREVIEW_LANG` and then the
    locale variables decide. An unknown language falls back to English. click's own messages follow.
    """
    global _current, _language
    _language = _resolve(language)
    _current = _catalogue(_language)
    # click asks the gettext module for its texts; these three make it look in our catalogue, in our language.
    _gettext.bindtextdomain(_DOMAIN, str(_LOCALE_DIR))
    _gettext.textdomain(_DOMAIN)
    os.environ["LANGUAGE"] = _language
    return _language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say what is said inside in `language` (`en` or `fr`), as a file does that is in another one than the screen."""
    token = _instead.set((language, _catalogue(language)))
    try:
        yield
    finally:
        _instead.reset(token)


def _catalogue(language: str) -> _gettext.NullTranslations:
    return _gettext.translation(_DOMAIN, _LOCALE_DIR, languages=[language], fallback=True)


def _messages() -> _gettext.NullTranslations:
    instead = _instead.get()
    return _current if instead is None else instead[1]


def _resolve(language: str | None) -> str:
    wishes = [language, *(os.environ.get(name) for name in ("HSREVIEW_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))]
    for wish in wishes:
        if not wish:
            continue
        short = wish.replace("-", "_").split("_")[0].split(".")[0].lower()
        if short in LANGUAGES:
            return short
        if wish in ("C", "POSIX") or wish.startswith("C."):
            return "en"
    return "en"


def current_language() -> str:
    """The language in use, `en` or `fr`: that of the interface, inside `speaking` that of what is written."""
    instead = _instead.get()
    return _language if instead is None else instead[0]


def _(message: str) -> str:
    """The message in the current language; nothing stays nothing (gettext keeps its header there)."""
    return _messages().gettext(message) if message else ""


def labelled(label: str, text: str) -> str:
    """`label: text`, with the blank before the colon that the current language wants."""
    return _("{label}: {text}").format(label=label, text=text)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of the message that goes with `n`, in the current language."""
    return _messages().ngettext(singular, plural, n)


def N_(message: str) -> str:
    """Mark a message for translation where it is declared; pass it through `_` where it is shown."""
    return message
