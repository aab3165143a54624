"""Open or make the key file of the project beside the screen; passphrases are asked for at its foot."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import _, labelled
from hsreview.tui.early_keys import EarlyKeys
from hsreview.tui.passphrases import Answers, NewPassphraseWanted, PassphraseWanted

if TYPE_CHECKING:
    from hsreview.tui.screens.list_screen import ListScreen
    from hsreview.workflows.key_files import KeyFile


def open_key_file(
    screen: ListScreen, then: Callable[[KeyFile], None], busy: Callable[[bool], None] = lambda _now: None,
    answers: Answers | None = None, given_up: Callable[[], None] | None = None,
) -> None:  # fmt: skip
    """Hand the open key file to `then`; `busy` hears, in a thread too, when work beside the screen begins and ends.

    A wrong passphrase is asked for again. Keys that come meanwhile wait for what is asked or shown next.
    """
    answers = answers or Answers({})
    busy(True)
    screen.say(_("Opening the key file …"))
    root, early = screen.session.project.root, EarlyKeys()
    screen.takers.append(early)

    def work() -> KeyFile | Exception:
        from hsreview.workflows.key_files import open_or_new
        from hsreview.workflows.projects import Project

        try:
            with Project.open(root) as project:
                return open_or_new(project, answers, answers.new)[0]
        except Exception as error:  # Told on the screen's own thread, where the keys are handed on too.
            return error
        finally:
            busy(False)

    def done(answer: KeyFile | Exception) -> None:
        screen.say("")
        try:
            if isinstance(answer, PassphraseWanted):
                ask(answer)
            elif isinstance(answer, InputRefused) and answers.last is not None:
                ask(PassphraseWanted(answers.last))
                screen.prompt.complain(answer)
            elif isinstance(answer, Exception):
                early.events.clear()
                raise answer
            else:
                then(answer)
        finally:
            early.hand_on(screen)

    def ask(wanted: PassphraseWanted) -> None:
        def use(passphrase: str) -> None:
            open_key_file(screen, then, busy, answers.and_also(wanted.question, passphrase), given_up)

        _ask(screen, wanted, use, given_up)

    screen.workbench.in_background(work, done)


def _ask(
    screen: ListScreen, wanted: PassphraseWanted, use: Callable[[str], None], given_up: Callable[[], None] | None
) -> None:
    """Ask for a passphrase; a new one twice."""

    def done(passphrase: str) -> None:
        if not passphrase.strip():
            raise UsageProblem(_("An empty passphrase protects nothing."))
        if isinstance(wanted, NewPassphraseWanted):
            _ask_secret(screen, _("The same once more"), lambda again: twice(passphrase, again), given_up)
        else:
            use(passphrase)

    def twice(passphrase: str, again: str) -> None:
        if passphrase != again:
            raise UsageProblem(_("The two passphrases differ."))
        use(passphrase)

    if isinstance(wanted, NewPassphraseWanted):
        screen.say(_("Nobody can open the key file when its passphrase is lost."), "warn")
    _ask_secret(screen, wanted.question, done, given_up)


def _ask_secret(
    screen: ListScreen, question: str, done: Callable[[str], None], given_up: Callable[[], None] | None
) -> None:
    screen.ask(labelled(question, "").rstrip(" "), done, secret=True, given_up=given_up)
