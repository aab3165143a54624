"""What can be done on every screen: help, palette, jump, going to another screen, leaving."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.model.people import Coder
from hsreview.tui.action import SCOPE_TITLES, Action, Scope
from hsreview.tui.actions import actions_of, find
from hsreview.tui.base_screen import BaseScreen
from hsreview.tui.widgets.rows import Column, Row

if TYPE_CHECKING:
    from hsreview.tui.app import Workbench

WITHOUT_PROJECT = ("top", "bottom", "settings")
"""The places after `g` that are there while no project is open."""
PALETTE_WIDTH = 100
"""Cells of the palette; where it gets fewer, whole names are worth more than the part they belong to."""
GO_DELAY = 0.3
"""Seconds before the menu after `g` shows."""


def _screen(app: Workbench) -> BaseScreen | None:
    return app.screen if isinstance(app.screen, BaseScreen) else None


def _go(app: Workbench) -> None:
    from hsreview.tui.widgets.key_menu import Entry

    screen = _screen(app)
    if screen is None:
        return
    entries = [
        Entry(app.keymap.keys(entry), _(entry.label), lambda entry=entry: app.perform(entry.id))  # type: ignore[misc]
        for entry in actions_of(Scope.GO)
        if screen.can_perform(entry.id) and (app.session is not None or entry.name in WITHOUT_PROJECT)
    ]
    screen.show_menu(_("Go to"), entries, avoid=screen.selection_region(), delay=GO_DELAY)


def palette_actions(screen: BaseScreen) -> list[Action]:
    """The actions that the palette offers here: those that work now, then those after `g`."""
    live = [entry for entry in screen.live_actions() if entry.palette]
    go = [entry for entry in actions_of(Scope.GO) if screen.can_perform(entry.id)]
    return list({entry.id: entry for entry in (*live, *go)}.values())


def _palette(app: Workbench) -> None:
    from hsreview.tui.widgets.chooser import Choice

    screen = _screen(app)
    if screen is None:
        return
    actions = palette_actions(screen)
    rows = [_action_row(app, entry) for entry in actions]
    keys = max((cell_len(row.cells[2]) for row in rows), default=1)

    def search(query: str) -> Sequence[Row]:
        words = fold(query).split()
        return [row for row in rows if all(word in fold(" ".join(row.cells)) for word in words)]

    choice = Choice(
        _("What do you want to do?"),
        search,
        lambda row: app.perform(row.key),
        (Column("", hued=True), Column("", 18, least=PALETTE_WIDTH - 4), Column("", keys, right=True)),
        total=len(rows),
    )
    screen.choose(choice, width=PALETTE_WIDTH, height=18)


def _action_row(app: Workbench, entry: Action) -> Row:
    key = app.keymap.shown(entry)
    if entry.scope is Scope.GO:
        key = f"{app.keymap.shown(find('everywhere.go'))} {key}"
    return Row(entry.id, (_(entry.description), _(SCOPE_TITLES[entry.scope]), key))


def _help(app: Workbench) -> None:
    from hsreview.tui.screens.help import HelpScreen

    screen = app.screen
    if isinstance(screen, BaseScreen):
        if not isinstance(screen, HelpScreen):
            app.push_screen(HelpScreen(screen.about(), screen.help_scopes()))
    else:
        app.push_screen(HelpScreen(getattr(screen, "ABOUT", None), ()))


def _jump(app: Workbench) -> None:
    from hsreview.tui.widgets.jump import JumpLabels

    screen = _screen(app)
    if screen is not None:
        JumpLabels.show_on(screen)


def _back(app: Workbench) -> None:
    if len(app.screen_stack) > 1:
        _leave(app, [app.screen], lambda: app.pop_screen())


def _quit(app: Workbench) -> None:
    _leave(app, app.screen_stack, lambda: app.exit(0))


def _leave(app: Workbench, screens: Iterable[object], then: Callable[[], object]) -> None:
    """Do `then`, which closes these screens; words that cannot be stored are lost only when the coder says so."""
    from hsreview.tui.widgets.key_menu import Entry

    screen = _screen(app)
    before = screen.focused if screen is not None else None
    closed = [each for each in screens if isinstance(each, BaseScreen)]
    # What could be stored was when it was locked.
    stored = app.locker.locked or all(each.coder_leaves() for each in closed)
    lost = next((said for each in closed if (said := each.unstored())), "") if stored else _("The memo is not stored")
    if screen is None or not lost:
        then()
        return
    screen.set_focus(before, scroll_visible=False)  # Whoever stays goes on writing.
    stay = Entry(("s",), _("Stay here"), lambda: None)
    screen.show_menu(lost, [stay, Entry(("l",), _("Leave and lose its words"), then)])


def _opener(module: str, name: str) -> Callable[[Workbench], None]:
    """Open a screen; its module is imported only now."""

    def open_screen(app: Workbench) -> None:
        import importlib

        screen_class: type[BaseScreen] = getattr(importlib.import_module(f"hsreview.tui.screens.{module}"), name)
        if isinstance(app.screen, screen_class) or (app.session is None and name != "SettingsScreen"):
            return
        app.push_screen(screen_class())

    return open_screen


def _coder(app: Workbench) -> None:
    from hsreview.tui.widgets.chooser import Choice
    from hsreview.workflows.coders import add_coder, coders, remember_coder

    screen, session = _screen(app), app.session
    if screen is None or session is None:
        return
    team = {coder.id: coder for coder in coders(session.project)}

    def search(query: str) -> Sequence[Row]:
        return [
            Row(coder.id, (coder.name, _(coder.role.value)))
            for coder in team.values()
            if fold(query) in fold(coder.name)
        ]

    def become(coder: Coder) -> None:
        if not all(each.coder_leaves() for each in app.screen_stack if isinstance(each, BaseScreen)):
            return
        session.become(coder)
        remember_coder(session.project, coder)
        app.refresh_screens()

    def create(name: str) -> None:
        app.guarded(lambda: become(add_coder(session.project, session.coder.id if session.coder else None, name)))

    choice = Choice(
        _("Who codes? Type a new name to add a coder."),
        search,
        lambda row: app.guarded(lambda: become(team[row.key])),
        (Column("", hued=True), Column("", 12)),
        new=create,
        total=len(team),
        hint=_("Enter choose  ctrl+n new  Esc"),
        own_words=True,
    )
    screen.choose(choice, width=60)


def _practice(app: Workbench) -> None:
    from hsreview.workflows.practising import check

    if app.session is not None:
        check(app.session.project, app.session.coder)  # Outside of practice it says so.
    _opener("practice", "PracticeScreen")(app)


def _texts(app: Workbench) -> None:
    from hsreview.tui.screens.text_versions import TextVersionsScreen

    transcript = app.current_transcript()
    if transcript is None:
        raise InputRefused(_("Open a transcript first."))
    app.push_screen(TextVersionsScreen(transcript))


def _validation(app: Workbench) -> None:
    """The list of meetings; where there is one, its rows."""
    from hsreview.tui.screens.validation_meetings import first_screen

    if app.session is not None:
        app.push_screen(first_screen(app.session.project, app.session.coder))


def _next_assigned(app: Workbench) -> None:
    from hsreview.workflows.assigning import next_assigned

    if app.session is None:
        return
    here = app.current_transcript()
    following = next_assigned(app.session.project, app.coder().id, here.id if here else None)
    if following is None:
        app.notify(_("No other transcript waits for you."))
    else:
        app.open_transcript(following)


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    "everywhere.help": _help,
    "list.help": _help,
    "everywhere.palette": _palette,
    "everywhere.jump": _jump,
    "everywhere.go": _go,
    "everywhere.focus_next": lambda app: app.screen.focus_next(),
    "everywhere.focus_previous": lambda app: app.screen.focus_previous(),
    "everywhere.back": _back,
    "everywhere.lock": lambda app: app.locker.lock(),
    "everywhere.quit": _quit,
    "go.transcripts": _opener("transcripts", "TranscriptsScreen"),
    "go.codebook": _opener("codebook", "CodebookScreen"),
    "go.search": _opener("search", "SearchScreen"),
    "go.query": _opener("query", "QueryScreen"),
    "go.matrix": _opener("matrix", "MatrixScreen"),
    "go.segments": _opener("segments", "SegmentsScreen"),
    "go.quotes": _opener("quotes", "QuotesScreen"),
    "go.memos": _opener("memos", "MemosScreen"),
    "go.speakers": _opener("speakers", "SpeakersScreen"),
    "go.consent": _opener("consent", "ConsentScreen"),
    "go.audit": _opener("audit", "AuditScreen"),
    "go.settings": _opener("settings", "SettingsScreen"),
    "go.next_assigned": _next_assigned,
    "go.recode": _opener("recode", "RecodeScreen"),
    "go.practice": _practice,
    "go.texts": _texts,
    "go.carried": _opener("correction", "CarriedScreen"),
    "go.framework": _opener("framework", "FrameworkScreen"),
    "go.monitoring": _opener("monitoring", "MonitoringScreen"),
    "go.rows": _opener("framework_rows", "FrameworkRowsScreen"),
    "go.builder": _opener("framework_builder", "BuilderScreen"),
    "go.validation": _validation,
    "go.export": _opener("exporting", "ExportScreen"),
    "go.exchange": _opener("exchange", "ExchangeScreen"),
    "go.agreement": _opener("agreement", "AgreementScreen"),
    "go.adjudicate": _opener("adjudication_list", "AdjudicationsScreen"),
    "go.coder": _coder,
}
