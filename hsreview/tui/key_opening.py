"""Open or make the key file of the project beside the screen; passphrases are asked for at its foot."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import _, labelled
from hsreview.tui.passphrases import Answers, NewPassphraseWanted, PassphraseWanted

if TYPE_CHECKING:
    from hsreview.tui.screens.list_screen import ListScreen
    from hsreview.workflows.key_files import KeyFile


def open_key_file(
    screen: ListScreen, then: Callable[[KeyFile], None], busy: Callable[[bool], None] = lambda _now: None,
    answers: Answers | None = None,
) -> None:  # fmt: skip
    """Hand the open key file to `then`; `busy` hears, in a thread too, when work beside the screen begins and ends."""
    answers = answers or Answers({})
    busy(True)
    screen.say(_("Opening the key file …"))
    root = screen.session.project.root

    def work() -> KeyFile | PassphraseWanted:
        from hsreview.workflows.key_files import open_or_new
        from hsreview.workflows.projects import Project

        try:
            with Project.open(root) as project:
                return open_or_new(project, answers, answers.new)[0]
        except PassphraseWanted as wanted:
            return wanted
        finally:
            busy(False)

    def done(answer: KeyFile | PassphraseWanted) -> None:
        screen.say("")
        if isinstance(answer, PassphraseWanted):
            _ask(screen, answer, lambda passphrase: again(answer.question, passphrase))
        else:
            then(answer)

    def again(question: str, passphrase: str) -> None:
        open_key_file(screen, then, busy, answers.and_also(question, passphrase))

    screen.workbench.in_background(work, done)


def _ask(screen: ListScreen, wanted: PassphraseWanted, use: Callable[[str], None]) -> None:
    """Ask for a passphrase; a new one twice."""

    def done(passphrase: str) -> None:
        if not passphrase.strip():
            raise UsageProblem(_("An empty passphrase protects nothing."))
        if isinstance(wanted, NewPassphraseWanted):
            _ask_secret(screen, _("The same once more"), lambda again: twice(passphrase, again))
        else:
            use(passphrase)

    def twice(passphrase: str, again: str) -> None:
        if passphrase != again:
            raise UsageProblem(_("The two passphrases differ."))
        use(passphrase)

    if isinstance(wanted, NewPassphraseWanted):
        screen.say(_("Nobody can open the key file when its passphrase is lost."), "warn")
    _ask_secret(screen, wanted.question, done)


def _ask_secret(screen: ListScreen, question: str, done: Callable[[str], None]) -> None:
    screen.ask(labelled(question, "").rstrip(" "), done, secret=True)
