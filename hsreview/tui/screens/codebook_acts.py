"""What a lead does to codes on the codebook screen: every act is looked at before it is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold
from hsreview.base.messages import _, current_language
from hsreview.model.localized import Localized
from hsreview.tui.screens.codebook_change import ChangeScreen, told
from hsreview.tui.screens.coding.picker import code_choice
from hsreview.tui.undoing import Undoing
from hsreview.tui.widgets.chooser import Choice
from hsreview.tui.widgets.key_menu import Entry
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import codebook_changes as acts
from hsreview.workflows.codebook_changes import CodebookChanged, CodeNode
from hsreview.workflows.undoing import UndoResult

if TYPE_CHECKING:
    from hsreview.tui.screens.codebook import CodebookScreen

Change = Callable[..., CodebookChanged]
"""A change that still wants `because` and `preview`."""


def _look_at(screen: CodebookScreen, what: str, change: Change, *, reason: bool) -> None:
    """Ask for the reason of a change that needs one, show what it would do, and let it be stored."""
    seen = change(because="–", preview=True)  # What cannot be done is refused before anything is asked.

    def look(why: str) -> None:
        if reason and not why.strip():
            raise InputRefused(_("It needs a reason: it stands with the change in the history."))
        store = partial(change, because=why.strip(), preview=False)
        screen.app.push_screen(ChangeScreen(what, seen, store, screen.told, why.strip()))

    if reason:
        screen.ask(_("{what}. Why (it is stored with the change):").format(what=what), look)
    else:
        look("")


def _change(screen: CodebookScreen, act: Callable[..., CodebookChanged], *args: Any, **how: Any) -> Change:
    return partial(act, screen.session.project, screen.workbench.coder(), *args, **how)


def _node(screen: CodebookScreen) -> tuple[str, str]:
    """Id and ref of the code or theme under the cursor."""
    row = screen.rows.current
    names = {theme.id: theme.ref for theme in screen.session.codebook.themes}
    names |= {code_id: place.code.ref for code_id, place in screen.session.places.items()}
    if row is None or row.key not in names:
        raise InputRefused(_("Go to a code first."))
    return row.key, names[row.key]


def _merge(screen: CodebookScreen) -> None:
    code = screen.place().code

    def choose(into: str) -> None:
        what = _("Merge {code} into {target}").format(code=code.ref, target=screen.session.code_name(into).ref)
        change = _change(screen, acts.merge_codes, [code.id], into)
        screen.workbench.guarded(lambda: _look_at(screen, what, change, reason=True))

    screen.choose(code_choice(screen, _("Merge into which code?"), choose))


def _move(screen: CodebookScreen) -> None:
    node, ref = _node(screen)
    themes = {theme.id: (theme.ref, theme.label.get(current_language())) for theme in screen.session.codebook.themes}
    places = {
        code_id: (place.code.ref, place.code.label.get(current_language()))
        for code_id, place in screen.session.places.items()
    }
    targets = {
        key: name for key, name in ({**themes} if node in themes else {**themes, **places}).items() if key != node
    }
    rows = [Row(key, (f"{name[0]} {name[1]}",)) for key, name in targets.items()]

    def search(query: str) -> Sequence[Row]:
        return [row for row in rows if query.casefold() in row.cells[0].casefold()]

    def choose(row: Row) -> None:
        target = targets[row.key][0]
        ways = {"under": _("below {target}"), "before": _("before {target}"), "after": _("after {target}")}
        beside = ["before", "after"]
        possible = beside if node in themes else ["under"] if row.key in themes else ["under", *beside]
        entries = [
            Entry(screen.digit_keys(n), ways[way].format(target=target), partial(look, way, row.key, ways[way], target))
            for n, way in enumerate(possible)
        ]
        screen.show_menu(_("Where is {code} to stand?").format(code=ref), entries)

    def look(way: str, key: str, words: str, target: str) -> None:
        what = _("Move {code}: {where}").format(code=ref, where=words.format(target=target))
        change = _change(screen, acts.move_code, node, **{way: key})
        screen.workbench.guarded(lambda: _look_at(screen, what, change, reason=False))

    choice = Choice(_("Move {code} where?").format(code=ref), search, choose, (Column("", hued=True),), total=len(rows))
    screen.choose(choice, width=64)


def _rename(screen: CodebookScreen) -> None:
    node, ref = _node(screen)
    theme = next((theme for theme in screen.session.codebook.themes if theme.id == node), None)
    label = theme.label if theme is not None else screen.session.places[node].code.label

    def ask(question: str, text: str, language: str) -> None:
        def done(answer: str) -> None:
            said = answer.strip()
            if said and said != text:
                what = _("Rename {code}: {name}").format(code=ref, name=said)
                how = {"labels": {language: said}} if language else {"ref": said}
                _look_at(screen, what, _change(screen, acts.rename_code, node, **how), reason=False)

        screen.ask(question, done, text=text)

    asked = (
        (_("reference"), _("New reference:"), ref, ""),
        (_("label in French"), _("New label in French:"), label.own("fr"), "fr"),
        (_("label in English"), _("New label in English:"), label.own("en"), "en"),
    )
    entries = [
        Entry(screen.digit_keys(number), said, partial(ask, question, text, language))
        for number, (said, question, text, language) in enumerate(asked)
    ]
    screen.show_menu(_("Rename {code}").format(code=ref), entries)


def _retire(screen: CodebookScreen) -> None:
    code = screen.place().code
    what = _("Retire {code}").format(code=code.ref)
    _look_at(screen, what, _change(screen, acts.retire_code, code.id), reason=True)


def _deactivate(screen: CodebookScreen) -> None:
    code = screen.place().code
    what = _("Set {code} aside").format(code=code.ref)
    _look_at(screen, what, _change(screen, acts.deactivate_code, code.id), reason=True)


def _reactivate(screen: CodebookScreen) -> None:
    gone = {node.id: node for node in acts.set_aside(screen.session.project)}
    if not gone:
        raise InputRefused(_("Every code is in use."))
    rows = [
        Row(node.id, (f"{node.ref} {node.label.get(current_language())}", _standing(node))) for node in gone.values()
    ]

    def search(query: str) -> Sequence[Row]:
        return [row for row in rows if query.casefold() in row.cells[0].casefold()]

    def choose(row: Row) -> None:
        what = _("Bring {code} back").format(code=gone[row.key].ref)
        change = _change(screen, acts.reactivate_code, row.key)
        screen.workbench.guarded(lambda: _look_at(screen, what, change, reason=False))

    columns = (Column("", hued=True), Column("", 16))
    screen.choose(Choice(_("Bring which code back?"), search, choose, columns, total=len(rows)), width=64)


def _standing(node: CodeNode) -> str:
    words = {"merged": _("merged"), "refused": _("refused"), "retired": _("retired")}
    return words.get(node.status, _("not for coding"))


def _split(screen: CodebookScreen) -> None:
    from hsreview.tui.screens.splitting import SplitScreen, Walked
    from hsreview.workflows.codebook_splitting import Decisions, NewCode, split_code

    place, coder = screen.place(), screen.workbench.coder()
    code = place.code

    def begin(into: NewCode | str, other: str, name: str) -> None:
        seen = split_code(screen.session.project, coder, code.id, into, because="–", preview=True)
        walk = [
            Walked(each.coding_id, f"{each.transcript} {each.place}", each.coder, each.coder_id == coder.id, each.text)
            for each in sorted(seen.touched, key=lambda each: each.coder_id != coder.id)
        ]

        def store(decisions: Decisions, because: str) -> str:
            done = split_code(screen.session.project, coder, code.id, into, decisions, because=because)
            return f"{_('Split {code}').format(code=code.ref)}. {told(done)}"

        other = other or next(each.ref for each in seen.counts if each.code_id == seen.new_code)
        # What was decided about one other code says nothing about the next one.
        draft = f"split:{coder.id}:{code.id}:{name}"
        screen.app.push_screen(SplitScreen((code.ref, other), walk, draft, store, screen.told, reason=True))

    def choose(code_id: str) -> None:
        screen.workbench.guarded(lambda: begin(code_id, screen.session.code_name(code_id).ref, code_id))

    def new(label: str) -> None:
        if label.strip():
            written = Localized(fr=label.strip(), en=label.strip())
            screen.workbench.guarded(lambda: begin(NewCode(written), "", fold(label.strip())))
        else:
            screen.ask(_("Name of the new code:"), new)

    title = _("Split {code} into itself and which code?").format(code=code.ref)
    hint = _("Enter that code  ctrl+n new code  Esc")
    screen.choose(code_choice(screen, title, choose, new=new, hint=hint))


def _versions(screen: CodebookScreen) -> None:
    from hsreview.tui.screens.versions import VersionsScreen

    screen.app.push_screen(VersionsScreen())


def _undoing(screen: CodebookScreen) -> Undoing:
    def done(_result: UndoResult, said: str) -> None:
        screen.told(said)

    return Undoing(
        screen, frozenset({"code", "codebook", "setting"}), None, done, lambda reason: screen.say(reason, "warn")
    )


CHANGES: Mapping[str, Callable[[Any], None]] = {
    "codebook.merge": _merge,
    "codebook.split": _split,
    "codebook.move": _move,
    "codebook.rename": _rename,
    "codebook.retire": _retire,
    "codebook.deactivate": _deactivate,
    "codebook.reactivate": _reactivate,
    "codebook.versions": _versions,
    "codebook.undo": lambda screen: _undoing(screen).undo(),
    "codebook.redo": lambda screen: _undoing(screen).redo(),
}
"""What the codebook screen does beside its own keys."""
