"""From the files of an import to the list of their names: the key file is opened, and names are looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hsreview.base.messages import _
from hsreview.tui.key_opening import open_key_file

if TYPE_CHECKING:
    from hsreview.tui.screens.staging import StagingScreen
    from hsreview.workflows.key_files import KeyFile
    from hsreview.workflows.pseudonymising import Pseudonymising


def names(screen: StagingScreen) -> None:
    """Open the list of names; the first time, or when files have changed, names are looked for."""
    if is_busy(screen):
        return
    if not screen.files.fresh():
        screen.say(_("There is nothing to store."))
    elif screen.keeper is not None and is_up_to_date(screen):
        _show(screen)
    elif screen.keeper is not None:
        screen.keeper.now()
        _look(screen, screen.keeper.names.key_file)
    else:
        _open_key_file(screen)


def is_busy(screen: StagingScreen) -> bool:
    """Whether files are being read or stored, or names looked for: it is told how far."""
    if screen.reading:
        read = len(screen.files.found)
        screen.say(_("Still reading the files ({read} of {total}) …").format(read=read, total=screen.total))
    elif screen.storing or screen.looking:
        screen.say(screen.progress)
    return screen.reading or screen.storing or screen.looking


def is_up_to_date(screen: StagingScreen) -> bool:
    """Whether names were looked for in just these files, as they are read now."""
    keeper, wanted = screen.keeper, screen.files.fresh()
    known = keeper.names.files if keeper is not None else ()
    return len(known) == len(wanted) and all(one is other for one, other in zip(known, wanted, strict=True))


def _open_key_file(screen: StagingScreen) -> None:
    screen.progress = _("Opening the key file …")
    open_key_file(screen, lambda key_file: _look(screen, key_file), lambda now: setattr(screen, "looking", now))


def _look(screen: StagingScreen, key_file: KeyFile) -> None:
    """Look for names in all files beside the screen, then show them."""
    files, paths = screen.files.fresh(), list(screen.paths)
    project, coder = screen.session.project, screen.workbench.coder()
    screen.looking, screen.progress = True, _("Names are looked for …")
    screen.say(screen.progress)

    def told(done: int, total: int) -> None:
        screen.progress = _("Names are looked for: {percent} %").format(percent=100 * done // max(1, total))
        screen.call_later(screen.say, screen.progress)

    def work() -> Pseudonymising | None:
        from hsreview.workflows.importing import respondent_rows
        from hsreview.workflows.pseudonymising import begin

        try:
            return begin(
                project, key_file, coder.id, files, respondent_rows(paths), progress=told,
                cancelled=lambda: screen.stopped,
            )  # fmt: skip
        finally:
            screen.looking = False

    def done(found: Pseudonymising | None) -> None:
        from hsreview.tui.screens.names_keeping import Keeper

        if found is not None:
            screen.keeper = Keeper(screen.workbench, found)
            screen.say("")
            screen.refresh_header()
            if screen.workbench.screen is screen:
                _show(screen)

    screen.workbench.in_background(work, done)


def _show(screen: StagingScreen) -> None:
    from hsreview.tui.screens.names import NamesScreen

    if screen.keeper is not None:
        screen.workbench.push_screen(NamesScreen(screen.keeper))
