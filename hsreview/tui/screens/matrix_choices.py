"""What can be chosen on the screen of matrices: which matrix, which rows, what is counted, by what, of which layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hsreview.base.messages import _
from hsreview.workflows import matrices
from hsreview.workflows import matrix_words as words
from hsreview.workflows.matrices import Measure

if TYPE_CHECKING:
    from hsreview.tui.screens.matrix import MatrixScreen


def kind(screen: MatrixScreen) -> None:
    """Choose another matrix."""

    def then(kind: str) -> None:
        screen.column = 0
        screen.measure = None
        names = screen.opened.attributes() if screen.opened is not None else []
        # The first attribute after the group, which has a matrix of its own.
        screen.change(kind=kind, by=names[min(1, len(names) - 1)] if kind == "crosstab" and names else "")

    options = {kind: _(title) for kind, title in matrices.KINDS.items()}
    screen.menu(_("Which matrix?"), options, screen.wish.kind, then)


def level(screen: MatrixScreen) -> None:
    """Choose what the rows are."""
    options = {
        "theme": _("themes"),
        "1": _("codes, with those below them"),
        "2": _("codes to the second level"),
        "code": _("every code by itself"),
    }
    screen.menu(_("Which rows?"), options, screen.wish.level, lambda level: screen.change(level=level))


def count(screen: MatrixScreen) -> None:
    """Choose what the cells count."""
    table = screen.table
    if table is None:
        return

    def then(measure: str) -> None:
        screen.measure = Measure(measure)
        screen.reread()

    options = {str(each): words.measure_name(each) for each in table.measures}
    screen.menu(_("Count what?"), options, str(screen.measure), then)


def share(screen: MatrixScreen) -> None:
    """Show shares instead of numbers, or numbers again."""
    screen.share = not screen.share
    screen.reread()
    table = screen.table
    if screen.share and table is not None:
        told = [line for line in words.legend(table, screen.counted, share=True) if line.startswith("n/n")]
        screen.say(told[0] if told else "")


def by(screen: MatrixScreen) -> None:
    """Choose what the columns are made by, or what standing together means."""
    opened, kind = screen.opened, screen.wish.kind
    if opened is None:
        return
    if kind == "co-occurrence":
        options = {"overlap": _("on the same words"), "turn": _("in the same turn")}
        options |= {str(n): words.turns_apart(n) for n in (1, 2, 5)}
        screen.menu(_("Together how?"), options, screen.wish.within, lambda within: screen.change(within=within))
    elif kind == "timeline":
        times = {"year": _("by year"), "month": _("by month"), "day": _("by day"), "wave": _("by wave")}

        def then(time: str) -> None:
            wave = time == "wave"
            screen.change(by=time if wave else "date", period="month" if wave else time)

        screen.menu(
            _("By which time?"), times, screen.wish.by if screen.wish.by == "wave" else screen.wish.period, then
        )
    elif kind in ("crosstab", "gaps"):
        names = {name: name for name in opened.attributes()}
        screen.pick(_("By which attribute?"), names, lambda name: screen.change(by=name))
    else:
        screen.say(_("This matrix is made in one way only."))


def layer(screen: MatrixScreen) -> None:
    """Choose whose codings are counted."""

    def then(key: str) -> None:
        screen.workbench.last_layer = key
        screen.reread()

    found = matrices.layers(screen.session.project, viewer=screen.session.coder)
    screen.pick(_("Whose codings?"), {each.id or each.name: each.name for each in found}, then)
