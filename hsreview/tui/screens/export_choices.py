"""The lines of the export screen: how each choice is shown, and what Enter does on it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import N_, _, current_language, labelled
from hsreview.model.public import LEAST_K
from hsreview.tui.line_editor import typed_path
from hsreview.workflows import exports
from hsreview.workflows.exports import What, Wish
from hsreview.workflows.profiles import profiles, sheet_names
from hsreview.workflows.reading import codebook
from hsreview.workflows.search_scopes import choices

if TYPE_CHECKING:
    from hsreview.tui.screens.exporting import ExportScreen

REPORTS = (What.REPORT, What.PUBLIC_REPORT)
BOOKS = (What.WORKBOOK, What.PUBLIC)
LANGUAGES = {"fr": "français", "en": "English"}
FORMS = {"docx": "Word", "html": "HTML", "md": "Markdown"}


def _what(screen: ExportScreen) -> None:
    screen.pick(
        _("What is to be written?"), {each: _(exports.NAMES[each]) for each in screen.kinds},
        lambda what: screen.change(what=What(what)),
    )  # fmt: skip


def _layer(screen: ExportScreen) -> None:
    found = {each.id or each.name: each.name for each in screen.all_layers()}
    screen.pick(_("Whose codings?"), found, lambda layer: screen.change(layer=layer))


def _lang(screen: ExportScreen) -> None:
    both = {"both": _("both")} if screen.order.what in BOOKS else {}
    screen.pick(_("In which language?"), {**LANGUAGES, **both}, lambda lang: screen.change(lang=lang))


def _form(screen: ExportScreen) -> None:
    screen.pick(_("For which program?"), FORMS, lambda form: screen.change(form=form))


def _question(screen: ExportScreen) -> None:
    book, language = codebook(screen.session.project), current_language()
    options = {"": _("all")} | {each.ref: f"{each.ref} {each.text.get(language)}" for each in book.questions}
    screen.pick(_("Which review question?"), options, lambda ref: screen.change(question=ref or None))


def _sheets(screen: ExportScreen) -> None:
    saved = profiles(screen.session.project)

    def then(key: str) -> None:
        if key == "type":
            names = ",".join(screen.order.sheets or ("codebook", "theme_group"))
            screen.ask_line(_("Sheets, with commas between them:"), names, named)
        else:
            screen.change(sheets=None if key == "all" else saved[key.removeprefix("=")])

    def named(answer: str) -> None:
        screen.change(sheets=sheet_names(answer.split(",")))

    options = {"all": _("all"), "type": _("by name …")}
    options |= {f"={name}": labelled(name, ", ".join(sheets)) for name, sheets in saved.items()}
    screen.pick(_("Which sheets? All, by name, or a saved profile."), options, then)


def _since(screen: ExportScreen) -> None:
    since = screen.order.since
    text = str(since) if since is not None else str(screen.session.project.root / "exports") + "/"

    def then(answer: str) -> None:
        path = typed_path(answer) if answer else None
        if path is not None and not path.is_file():
            raise InputRefused(_("There is no file {name}.").format(name=path))
        screen.change(since=path)

    screen.ask_line(_("What changed since which earlier workbook (empty: none):"), text, then)


def _k(screen: ExportScreen) -> None:
    def then(answer: str) -> None:
        if not answer.isdecimal() or int(answer) < LEAST_K:
            raise UsageProblem(_("At least {k} respondents stand behind every published number.").format(k=LEAST_K))
        screen.change(k=int(answer))

    screen.ask_line(_("Respondents that stand at least behind a number:"), str(screen.order.k), then)


def _by(screen: ExportScreen) -> None:
    here = screen.order.by

    def then(name: str) -> None:
        screen.change(by=() if not name else tuple(n for n in here if n != name) if name in here else (*here, name))

    names = {name: f"{'✓ ' if name in here else '  '}{name}" for name in choices(screen.session.project).attributes}
    screen.pick(_("A table by which attribute too? Chosen again, it is left out."), {"": _("none"), **names}, then)


def _partial(screen: ExportScreen) -> None:
    screen.change(partial=not screen.order.partial)
    screen.reread()


def _recipient(screen: ExportScreen) -> None:
    def then(name: str) -> None:
        screen.change(recipient=name)

    screen.ask_line(_("Who gets the file (it is put on record):"), screen.order.recipient, then)


def _path(screen: ExportScreen) -> None:
    def then(answer: str) -> None:
        if answer:
            screen.change(path=typed_path(answer))

    screen.ask_line(_("Write it to:"), str(screen.order.path), then)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the screen."""

    label: str
    shown: Callable[[ExportScreen, Wish], str]
    act: Callable[[ExportScreen], None]
    """What Enter does."""
    kinds: Collection[What] = tuple(What)
    """What the choice concerns."""


def _licence(screen: ExportScreen) -> None:
    if screen.order.what is What.CONFIRMED:
        raise UsageProblem(_("An archive is confirmed as it was prepared. For another licence, prepare it anew."))

    def then(answer: str) -> None:
        screen.change(licence=answer)

    screen.ask_line(_("Licence of the archive (empty: to be filled in):"), screen.order.licence, then)


def _with_key(screen: ExportScreen) -> None:
    screen.change(with_key=not screen.order.with_key)
    screen.reread()


def _before(screen: ExportScreen) -> None:
    def then(answer: str) -> None:
        screen.change(names_replaced_before=answer)

    question = _("Also texts of which the project does not know that names were replaced, because (empty: no):")
    screen.ask_line(question, screen.order.names_replaced_before, then)


def _names(screen: ExportScreen, wish: Wish) -> str:
    if exports.needs_key_file(screen.session.project, wish):
        return _("looked for with the key file")
    return _("not looked for; there is no key file here") if wish.with_key else _("not looked for")


BOOK = (What.WORKBOOK,)
ARCHIVE = (What.ARCHIVE,)
OF_A_LAYER = tuple(what for what in What if what not in (What.AUDIT, *exports.ARCHIVES))
LINES: Mapping[str, Line] = {
    "what": Line(N_("What"), lambda _s, wish: _(exports.NAMES[wish.what]), _what),
    "layer": Line(N_("Whose codings"), lambda screen, wish: screen.layer_name(wish), _layer, (*OF_A_LAYER, *ARCHIVE)),
    "form": Line(N_("Program"), lambda _s, wish: FORMS[wish.form], _form, REPORTS),
    "question": Line(N_("Review question"), lambda _s, wish: wish.question or _("all"), _question, REPORTS),
    "lang": Line(
        N_("Language"), lambda _s, wish: LANGUAGES.get(wish.lang) or _("both"), _lang, (*BOOKS, *REPORTS)
    ),
    "sheets": Line(N_("Sheets"), lambda _s, wish: ", ".join(wish.sheets) if wish.sheets else _("all"), _sheets, BOOK),
    "since": Line(N_("What changed since"), lambda _s, wish: str(wish.since) if wish.since else "–", _since, BOOK),
    "k": Line(N_("Respondents at least"), lambda _s, wish: str(wish.k), _k, (What.PUBLIC,)),
    "by": Line(N_("Also by attribute"), lambda _s, wish: ", ".join(wish.by) or "–", _by, (What.PUBLIC,)),
    "partial": Line(
        N_("Unfinished consensus"), lambda _s, wish: _("as it is") if wish.partial else _("is refused"), _partial,
        OF_A_LAYER,
    ),
    "licence": Line(
        N_("Licence"), lambda screen, wish: exports.licence(screen.session.project, wish) or _("to be filled in"),
        _licence, exports.ARCHIVES,
    ),
    "before": Line(N_("Names replaced before"), lambda _s, wish: wish.names_replaced_before or "–", _before, ARCHIVE),
    "names": Line(
        N_("Original names"), _names, _with_key, exports.ARCHIVES
    ),
    "recipient": Line(N_("For whom"), lambda _s, wish: wish.recipient or "–", _recipient),
    "path": Line(N_("File"), lambda _s, wish: str(wish.path), _path),
}  # fmt: skip
"""Key → line, in their order."""
