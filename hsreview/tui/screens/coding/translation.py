"""What a segment says in another language: shown under it, written and checked by one key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from hsreview.base.messages import _
from hsreview.model.text import Span
from hsreview.tui.widgets.bar import Line, Piece
from hsreview.tui.widgets.key_menu import Entry
from hsreview.workflows import translations as acts
from hsreview.workflows.translations import Placed

if TYPE_CHECKING:
    from hsreview.tui.screens.coding.screen import CodingScreen

Place = tuple[str, int, int]
"""The text version that was open when it was asked, and a stretch of it: the text may be another one by the answer."""


def shown(screen: CodingScreen) -> list[Line]:
    """The line under the status line: what the selection says in other languages; none where nobody translated it."""
    found = _here(screen)
    if not found:
        return []
    pieces = []
    for each in found[:2]:
        words = " ".join(each.translation.text.split())
        pieces += [Piece(f" ⇄ {each.translation.language}: ", "strong"), Piece(words)]
        pieces.append(Piece(f" ({each.credit})", "quiet"))
    more = [Piece(f" +{len(found) - 2}", "quiet")] if len(found) > 2 else []
    return [(pieces, more)]


def _here(screen: CodingScreen) -> list[Placed]:
    """The translations at the selection: of just it, else of what it touches."""
    desk, span = screen.desk, screen.text.selection
    if desk is None or span is None:
        return []
    just = [each for each in desk.translations if _span(each) == span]
    return just or [each for each in desk.translations if _span(each)[0] < span[1] and _span(each)[1] > span[0]]


def _span(placed: Placed) -> Span:
    return placed.translation.start, placed.translation.end


def _place(placed: Placed) -> Place:
    return placed.translation.version_id, *_span(placed)


def _translate(screen: CodingScreen) -> None:
    span, found = screen.text.selection, _here(screen)
    if screen.desk is None or span is None:
        return
    screen.coder()
    if not found:
        _ask_language(screen, (screen.desk.version_id, *span))
        return
    entries = []
    for each, keys in zip(found, "123456789", strict=False):
        language = each.translation.language
        entries.append(Entry((keys,), _("change: {language}").format(language=language), _change(screen, each)))
    first = found[0]
    entries += [
        Entry(("c",), _("it says the same: check it"), lambda: _check(screen, first)),
        Entry(("n",), _("into another language"), lambda: _ask_language(screen, _place(first))),
        Entry(("d",), _("remove"), lambda: _remove(screen, first)),
    ]
    screen.show_menu(_("Translation of this segment"), entries, avoid=screen.selection_region())


def _change(screen: CodingScreen, placed: Placed) -> Callable[[], None]:
    return lambda: _ask_words(screen, _place(placed), placed.translation.language, placed)


def _ask_language(screen: CodingScreen, place: Place) -> None:
    assert screen.desk is not None
    other = "en" if screen.desk.transcript.language == "fr" else "fr"

    def then(language: str) -> None:
        code = acts.language_code(language)
        known = next((e for e in _here(screen) if _place(e) == place and e.translation.language == code), None)
        _ask_words(screen, place, code, known)

    screen.ask(_("Translate to which language (fr, en …):"), then, text=other)


def _ask_words(screen: CodingScreen, place: Place, language: str, known: Placed | None) -> None:
    def then(words: str) -> None:
        before = known.translation if known else None
        if not words.strip() or (before is not None and before.text == words.strip()):
            _store(screen, place, language, words, before.translator if before else "")
            return
        proposed = before.translator if before else screen.coder().name
        screen.ask(
            _("Translated by (a name, or machine):"), lambda by: _store(screen, place, language, words, by),
            text=proposed,
        )  # fmt: skip

    screen.ask(_("In “{language}”:").format(language=language), then, text=known.translation.text if known else "")


def _store(screen: CodingScreen, place: Place, language: str, words: str, by: str) -> None:
    made = acts.store_translation(screen.session.project, screen.coder(), *place, language, words, by=by)
    _done(screen, _("Translation stored.") if made else _("There is no translation there any more."))


def _check(screen: CodingScreen, placed: Placed) -> None:
    done = acts.check_translation(screen.session.project, screen.coder(), placed.translation.id)
    _done(screen, done.credit)


def _remove(screen: CodingScreen, placed: Placed) -> None:
    acts.remove_translation(screen.session.project, screen.coder(), placed.translation.id)
    _done(screen, _("There is no translation there any more."))


def _done(screen: CodingScreen, said: str) -> None:
    screen.saved()
    screen.read_translations()
    screen.refresh_bars()
    screen.say(said)


HANDLERS: Mapping[str, Callable[[Any], None]] = {"text.translate": _translate}
