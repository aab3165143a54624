"""The audit: who did what and when, the newest act first, without anybody's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import auditing_out as audit
from hsreview.workflows.auditing_out import AuditEntry, Filter
from hsreview.workflows.coders import coders
from hsreview.workflows.exports import What

OLDER = "older"


class AuditScreen(ListScreen):
    """A page of acts; its last row leads to older ones."""

    SCOPES = (Scope.AUDIT,)
    ABOUT = HelpText(
        N_("Audit"),
        N_(
            "Every act in the log of the project, the newest first: who, what kind of act, the ref or id of what it "
            "was about. Texts, memos, labels and names of people who were interviewed are not told. Enter on the last "
            "line shows older acts."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.only = Filter()
        self.pages = 1
        self.found: dict[str, AuditEntry] = {}
        self.people: Mapping[str, str] = {}
        self.own_only = False

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("When"), 16),
            Column(_("Who"), 16),
            Column(_("What"), 30),
            Column(_("Which")),
            Column("", 22, least=100),
        )

    def all_rows(self) -> Sequence[Row]:
        project, viewer = self.session.project, self.session.coder
        self.rows.empty = _("There is no such act.")
        rows: list[Row] = []
        self.found, more = {}, False
        for number in range(1, self.pages + 1):
            page = audit.audit_page(project, viewer, self.only, number)
            self.people, self.own_only, more = page.people, page.own_only, page.more
            self.found |= {each.act: each for each in page.entries}
        rows = [self._row(each) for each in self.found.values()]
        return [*rows, Row(OLDER, ("", "", _("Older acts …"), ""))] if more else rows

    def _row(self, each: AuditEntry) -> Row:
        when = each.at[:16].replace("T", " ")
        cells = (when, audit.who(each, self.people), audit.what(each), audit.which(each), audit.standing(each))
        return Row(each.act, cells, "" if each.stands else "quiet")

    def title_pieces(self) -> Sequence[Piece]:
        only = self.only
        filters = [only.coder.name if only.coder else "", _(audit.KIND_WORDS[only.kind]) if only.kind else ""]
        shown = "".join(f" · {each}" for each in filters if each)
        blind = [Piece(f" · {_('only your own: you code blind')}", "quiet")] if self.own_only else []
        return [Piece(_("Audit"), "strong"), Piece(shown, "key"), *blind]

    def detail_of(self, row: Row) -> str:
        each = self.found.get(row.key)
        if each is None:
            return ""
        n = len(each.things)
        lines = [labelled(ngettext("{n} record", "{n} records", n).format(n=n), audit.which(each, 8))]
        lines.append(labelled(_("codebook version"), each.codebook or "–"))
        lines.append(labelled(_("replica"), each.replica))
        said = audit.standing(each)
        return "\n".join([*lines, *([said] if said else [])])

    def chosen(self, row: Row) -> None:
        if row.key == OLDER:
            self.pages += 1
            self.reread()

    def narrow(self, **wanted: Any) -> None:
        """Only such acts."""
        self.only, self.pages = replace(self.only, **wanted), 1


def _kind(screen: AuditScreen) -> None:
    kinds = {"": _("all"), **{kind: _(audit.KIND_WORDS[kind]) for kind in audit.KINDS}}
    screen.filter_by(_("Only which kind of act?"), kinds, lambda kind: screen.narrow(kind=kind or None))


def _coder(screen: AuditScreen) -> None:
    team = {each.id: each for each in coders(screen.session.project)}
    names = {"": _("all coders"), **{key: each.name for key, each in team.items()}}
    screen.filter_by(_("Only which coder?"), names, lambda key: screen.narrow(coder=team.get(key)))


def _all(screen: AuditScreen) -> None:
    screen.wanted = ""
    screen.narrow(kind=None, coder=None)
    screen.reread()


def _write(screen: AuditScreen) -> None:
    from hsreview.tui.screens.exporting import ExportScreen

    screen.app.push_screen(ExportScreen(What.AUDIT))


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "audit.kind": _kind,
    "audit.by_coder": _coder,
    "audit.all": _all,
    "audit.write": _write,
}
AuditScreen.HANDLERS = HANDLERS
