"""Mask one name in texts that are stored already: what stands in its place, what changes, and then it is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _
from hsreview.base.terminal import visible
from hsreview.model.naming import NAME_CLASSES, NameClass
from hsreview.tui.help import HelpText
from hsreview.tui.key_opening import open_key_file
from hsreview.tui.screens.framework_evidence import choose_name
from hsreview.tui.screens.lines import LinesScreen
from hsreview.tui.screens.names_alike import unless_alike
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Row
from hsreview.workflows.projects import Project

if TYPE_CHECKING:
    from hsreview.workflows.key_files import KeyFile
    from hsreview.workflows.masking import Plan
    from hsreview.workflows.names import Deciding


class MaskScreen(LinesScreen):
    """The lines of what would change; afterwards, of what was done and what is left."""

    ABOUT = HelpText(
        N_("Mask a name"),
        N_(
            "A name that was seen too late is replaced in all texts, memos, labels and records; codings stay on their "
            "words. The older texts are erased, in backups too. Enter on what would change asks once more and does it. "
            "Nothing undoes it."
        ),
    )

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words
        self.form = ""
        self.acts: Deciding | None = None
        self.number = 0
        self.planned: Plan | None = None
        self.rows.empty = _("Nothing was changed.")

    def fill(self) -> None:
        super().fill()
        # Before anything else is asked: whoever expects the passphrase would type it in clear.
        open_key_file(self, self._opened, given_up=self._leave)

    def title_pieces(self) -> Sequence[Piece]:
        return [Piece(f"{_('Mask a name')} ▸ ", "quiet"), Piece(self.form, "strong")]

    def _leave(self) -> None:
        self.workbench.pop_screen()

    def _opened(self, key_file: KeyFile) -> None:
        def typed(form: str) -> None:
            if not any(map(str.isalnum, form)):
                raise InputRefused(_("A name needs at least one letter and no control characters."))
            key_file.check_value(form)
            self.form = form.strip()
            self.refresh_header()
            kinds = {kind.value: _(words) for kind, words in NAME_CLASSES.items()}
            title = _("{form} is").format(form=self.form)
            choose_name(self, title, kinds, lambda kind: self._classed(key_file, NameClass(kind)))

        self.ask(_("Which name is masked?"), typed, text=self.words, given_up=self._leave)

    def _classed(self, key_file: KeyFile, kind: NameClass) -> None:
        from hsreview.workflows.names import Deciding, occurs_in

        project = self.session.project
        acts = Deciding(key_file, self.workbench.coder().id, occurs=occurs_in(project))
        number = acts.number_of(self.form, kind)
        known = acts.register.numbered(number)

        def done(text: str) -> None:
            def put(alike: bool) -> None:
                if known is None or text.strip() != known.replacement:
                    with _on_screen(acts):
                        acts.accept(number, text.strip(), alike=alike)
                self.acts, self.number = acts, number
                self._plan()

            unless_alike(self, self.form, put, ask)

        def ask() -> None:
            proposed = known.replacement if known and known.replacement else acts.proposal(number)
            self.ask(
                _("In the place of {form}:").format(form=self.form), done, text=proposed, given_up=self._leave
            )  # fmt: skip

        ask()

    def _plan(self) -> None:
        root, coder, acts, number = self.session.project.root, self.workbench.coder(), self.acts, self.number
        assert acts is not None

        def told(done: int, count: int) -> None:
            said = _("Looking for names: {done} of {count} transcripts").format(done=done, count=count)
            self.call_later(self.say, said)

        def work() -> Plan:
            from hsreview.workflows.masking import plan

            with Project.open(root) as project:
                return plan(project, coder, acts.register, {number}, told)

        self.workbench.in_background(work, self._show)

    def _show(self, planned: Plan) -> None:
        from hsreview.workflows.masking import in_words

        lines = in_words(planned, lambda _part: _("Mask it too, after this one."))
        self.planned = None if planned.is_empty else planned
        self.say("")
        self.put(lines + [f"{each.at[:10]} {visible(each.name)}" for each in planned.sent])
        self.before_action()

    def before_action(self) -> None:
        self.say(_("Enter masks the name; nothing is changed yet.") if self.planned is not None else "")

    def chosen(self, row: Row) -> None:
        if self.planned is not None:
            answers = {"no": _("no, change nothing"), "yes": _("yes, mask it everywhere")}
            choose_name(self, _("This cannot be undone. Mask these names?"), answers, self._decided)

    def _decided(self, answer: str) -> None:
        planned, acts = self.planned, self.acts
        if answer != "yes" or planned is None or acts is None:
            return
        root, coder, number = self.session.project.root, self.workbench.coder(), self.number
        self.planned = None
        self.say(_("Masking …"))

        def work() -> list[str]:
            from hsreview.workflows.masking import done_in_words, mask, only

            acts.save()  # Before anything is erased: a pseudonym of which nobody knows whose it is would be worse.
            with Project.open(root) as project:
                done = mask(project, coder, planned, only(acts.register, [number]))
            return [f"{each.label} {visible(each.where)}" for each in done.left] + done_in_words(planned, done)

        self.workbench.in_background(work, self._done)

    def _done(self, lines: list[str]) -> None:
        self.form = ""
        self.put(lines)
        self.say("")
        self.workbench.look_elsewhere()


@contextmanager
def _on_screen(acts: Deciding) -> Iterator[None]:
    """What cannot stand in the place of the name is told without commands: the question stays open."""
    from hsreview.workflows.names import NameRefused

    try:
        yield
    except NameRefused as error:
        other = acts.register.numbered(error.number)
        said = (
            _("{replacement} is the pseudonym of {form} already. Type something else.")
            if error.is_twice
            else _("{replacement} holds a word of an original name. Type something else.")
        )
        form = other.form if other is not None else ""
        raise InputRefused(said.format(replacement=error.replacement, form=form)) from error
