"""What is done about a name: a key each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold
from hsreview.base.messages import _, labelled
from hsreview.model.naming import NAME_CLASSES, NAME_STATES, NameClass
from hsreview.tui.screens.framework_evidence import choose_name
from hsreview.tui.screens.names_alike import unless_alike
from hsreview.tui.widgets.chooser import Choice
from hsreview.tui.widgets.rows import Column, Row

if TYPE_CHECKING:
    from hsreview.tui.screens.names import NamesScreen
    from hsreview.workflows.pseudonymising import Name


def _accept(screen: NamesScreen) -> None:
    name = screen.current()
    if name.replacement:
        raise InputRefused(
            _("{replacement} stands in its place already; {key} changes it.").format(
                replacement=name.replacement, key=screen.key("names.edit")
            )
        )
    with _with_keys(screen):
        made = screen.keeper.acts().accept(name.number, screen.proposals.get(name.number, ""))
    _told(screen, made)


def edit(screen: NamesScreen) -> None:
    """Ask for what stands in the place of the highlighted name."""
    name = screen.current()

    def done(text: str) -> None:
        def put(alike: bool) -> None:
            with _with_keys(screen):
                made = screen.keeper.acts().accept(name.number, text.strip(), alike=alike)
            _told(screen, made)

        unless_alike(screen, name.form, put, lambda: edit(screen))

    proposed = name.replacement or screen.proposals.get(name.number) or screen.names.proposal(name.number)
    screen.ask(_("In the place of {form}:").format(form=name.form), done, text=proposed)


@contextmanager
def _with_keys(screen: NamesScreen) -> Iterator[None]:
    """What cannot be decided is told with the keys that help, in the place of commands."""
    from hsreview.workflows.pseudonymising import NameRefused

    try:
        yield
    except NameRefused as error:
        other = screen.names.register.numbered(error.number)
        form = other.form if other is not None else ""
        if not error.is_twice:
            said = _("{replacement} holds a word of an original name. {key} gives {form} something else.")
            key = screen.key("names.edit")
        elif error.replacement:
            said = _("{replacement} is the pseudonym of {form} already. If both are the same, {key} joins them.")
            key = screen.key("names.merge")
        else:
            said = _("{form} has this form already; {key} joins them.")
            key = screen.key("names.merge")
        raise InputRefused(said.format(replacement=error.replacement, form=form, key=key)) from error


def _told(screen: NamesScreen, name: Name) -> None:
    said = f"{name.form} → {name.replacement}"
    if name.used:
        said += "  " + _("Texts that are stored already keep what stands in them.")
    screen.changed(said, onward=True)


def _leave(screen: NamesScreen) -> None:
    name = screen.keeper.acts().keep(screen.current().number)
    screen.changed(labelled(name.form, _("left as it is")), onward=True)


def _generalise(screen: NamesScreen) -> None:
    name = screen.current()

    def put(text: str) -> None:
        def generalise() -> None:
            with _with_keys(screen):
                made = screen.keeper.acts().generalise(name.number, text)
            _told(screen, made)

        screen.workbench.guarded(generalise)

    rows = [Row(text, (text,)) for text in screen.names.generalisations(name.number)]
    choice = Choice(
        _("In the place of {form}").format(form=name.form), _search(rows), lambda row: put(row.key),
        (Column("", hued=True),), new=put, total=len(rows),
        hint=_("ctrl+n takes what you typed"), own_words=True,
    )  # fmt: skip
    screen.choose(choice, width=60)


def _merge(screen: NamesScreen) -> None:
    from hsreview.tui.widgets.key_menu import Entry

    name = screen.current()
    others = [each for each in screen.listed.values() if each.number != name.number]
    alike, at = screen.names.resembling(name.number), screen.rows.cursor
    near = {row.key: (abs(n - at), n > at) for n, row in enumerate(screen.rows.rows)}
    far = (len(screen.listed), True)
    others.sort(key=lambda each: (each.number not in alike, near.get(str(each.number), far)))

    def into(row: Row) -> None:
        def merge() -> None:
            made = screen.keeper.acts().merge(name.number, int(row.key))
            screen.changed(_("{form} is a form of {other} now.").format(form=name.form, other=made.form), made.number)

        told = screen.names.elsewhere(name.number, int(row.key))
        if not told:
            screen.workbench.guarded(merge)
            return
        screen.say(_("One also stands where the other does not: {places}.").format(places=told), "warn")
        entries = [
            Entry(("o",), _("They may be two people: leave them apart"), lambda: screen.say("")),
            Entry(("y",), _("It is the same everywhere: join them"), lambda: screen.workbench.guarded(merge)),
        ]
        screen.show_menu(_("Is it the same everywhere?"), entries)

    rows = [Row(str(each.number), (each.form, each.replacement)) for each in others]
    title = _("{form} is the same as").format(form=name.form)
    choice = Choice(title, _search(rows), into, (Column("", hued=True), Column("", 24)), total=len(rows))
    screen.choose(choice, width=70)


def _class(screen: NamesScreen) -> None:
    name = screen.current()
    kinds = {kind.value: _(words) for kind, words in NAME_CLASSES.items()}

    def done(kind: str) -> None:
        def classify() -> None:
            screen.keeper.acts().classify(name.number, NameClass(kind))
            screen.changed(labelled(name.form, kinds[kind]), name.number)

        screen.workbench.guarded(classify)

    choose_name(screen, _("{form} is").format(form=name.form), kinds, done)


def _capital(screen: NamesScreen) -> None:
    name = screen.current()
    made = screen.keeper.acts().classify(name.number, NameClass(name.kind), not name.capital_forms)
    words = _("only with a capital") if made.cased else _("in capitals or not")
    screen.changed(labelled(made.form, words), made.number)


def _add(screen: NamesScreen) -> None:
    kinds = {kind.value: _(words) for kind, words in NAME_CLASSES.items()}

    def typed(form: str) -> None:
        known = screen.names.known(form)
        if known is not None:
            screen.state = screen.kind = screen.wanted = ""
            screen.reread()
            screen.rows.show(screen.rows.rows, str(known.number))
            said = _("{form} is in the list already, as number {number}: {name}.")
            screen.say(said.format(form=form.strip(), number=known.number, name=known.form))
            return

        def done(kind: str) -> None:
            def add() -> None:
                with _with_keys(screen):
                    made = screen.keeper.acts().add(form, NameClass(kind))
                screen.state = screen.kind = ""
                screen.changed(_("{form} was added.").format(form=made.form), made.number)

            screen.workbench.guarded(add)

        choose_name(screen, _("{form} is").format(form=form), kinds, done)

    screen.ask(_("A name that is not in the list:"), typed)


def _undo(screen: NamesScreen) -> None:
    before = {name.number: name for name in screen.names.register.names}
    screen.keeper.acts().undo()
    now = {name.number: name for name in screen.names.register.names}
    touched = [number for number in before.keys() | now.keys() if before.get(number) != now.get(number)]
    screen.changed(_("The last act on names is taken back."), min(touched, default=None))


def _state(screen: NamesScreen) -> None:
    words = {"": _("all"), **{state: _(said) for state, said in NAME_STATES.items()}}
    screen.filter_by(_("Only names in this state"), words, lambda key: setattr(screen, "state", key))


def _kind(screen: NamesScreen) -> None:
    words = {"": _("all"), **{kind.value: _(said) for kind, said in NAME_CLASSES.items()}}
    screen.filter_by(_("Only names of this class"), words, lambda key: setattr(screen, "kind", key))


def _preview(screen: NamesScreen) -> None:
    from hsreview.tui.screens.names_preview import PreviewScreen

    here = screen.current().places.files[:1]
    files = sorted(screen.names.files, key=lambda each: each.file.name not in here)
    rows = [Row(str(n), (each.file.name,)) for n, each in enumerate(files)]

    def show(row: Row) -> None:
        screen.workbench.push_screen(PreviewScreen(screen.names, files[int(row.key)]))

    if len(rows) == 1:
        show(rows[0])
    else:
        choice = Choice(_("Text before and after"), _search(rows), show, (Column("", hued=True),), total=len(rows))
        screen.choose(choice, width=60)


def _search(rows: Sequence[Row]) -> Callable[[str], Sequence[Row]]:
    return lambda query: [row for row in rows if fold(query) in fold(" ".join(row.cells))]


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    "names.accept": _accept,
    "names.edit": edit,
    "names.leave": _leave,
    "names.generalise": _generalise,
    "names.merge": _merge,
    "names.class": _class,
    "names.capital": _capital,
    "names.add": _add,
    "names.undo": _undo,
    "names.next": lambda screen: screen.next_open(screen.rows.cursor + 1),
    "names.state": _state,
    "names.kind": _kind,
    "names.preview": _preview,
}
