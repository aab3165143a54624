"""One export as somebody chose it, of whatever kind: what was written, and what is not in it and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import HsreviewError
from hsreview.base.messages import N_, _, ngettext
from hsreview.model.people import Coder
from hsreview.model.public import LEAST_K, Public
from hsreview.project.project import Project
from hsreview.workflows.files import before_writing
from hsreview.workflows.outputs import unrecorded

if TYPE_CHECKING:
    from hsreview.workflows.archiving import Register


class What(StrEnum):
    """The kinds of export."""

    WORKBOOK = "workbook"
    PUBLIC = "public"
    REPORT = "report"
    PUBLIC_REPORT = "public_report"
    CSV = "csv"
    JSON = "json"
    AUDIT = "audit"
    ARCHIVE = "archive"
    CONFIRMED = "confirmed"

    @property
    def by_somebody(self) -> bool:
        """Whether it is known who writes it."""
        return self.published or self in ARCHIVES

    @property
    def published(self) -> bool:
        """Whether it holds only what may leave the team."""
        return self in (What.PUBLIC, What.PUBLIC_REPORT)


ARCHIVES = (What.ARCHIVE, What.CONFIRMED)
NAMES: Mapping[What, str] = {
    What.WORKBOOK: N_("theme workbook (internal)"),
    What.PUBLIC: N_("public workbook"),
    What.REPORT: N_("report (internal)"),
    What.PUBLIC_REPORT: N_("public report"),
    What.CSV: N_("tables as CSV, a folder (internal)"),
    What.JSON: N_("tables as JSON (internal)"),
    What.AUDIT: N_("audit"),
    What.ARCHIVE: N_("archive for a repository (a draft)"),
    What.CONFIRMED: N_("archive that somebody else prepared (confirm it)"),
}


class ExportStopped(HsreviewError):
    """The user stopped the export; nothing was written."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be written. What does not concern a kind is left as it is."""

    path: Path
    what: What = What.WORKBOOK
    layer: str | None = None
    """As `choose_layer` finds it."""
    lang: str = "fr"
    """A workbook also takes `both`."""
    form: str = "docx"
    """Of a report: `docx`, `html` or `md`."""
    question: str | None = None
    """Ref of the one review question that a report is to tell of."""
    sheets: tuple[str, ...] | None = None
    """Stable names; null: all."""
    since: Path | None = None
    """An earlier workbook of the layer."""
    k: int = LEAST_K
    by: tuple[str, ...] = ()
    """Attributes for further public tables."""
    partial: bool = False
    """Whether reviewed transcripts may be missing in the consensus."""
    recipient: str = ""
    licence: str = ""
    names_replaced_before: str = ""
    """Why texts count as pseudonymised of which the project does not know it."""
    with_key: bool = True
    """Whether original names of the key file are looked for in an archive."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    path: Path
    notices: tuple[str, ...] = ()
    """What somebody should know of it, in sentences."""
    held_back: tuple[tuple[str, str], ...] = ()
    """`(why, what)` of all that is not in a public file or an archive. It is internal: it tells what the file must
    not."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Somebody who looks on: is told of each step, and may stop it."""

    tell: Callable[[str], None]
    stopped: Callable[[], bool]

    def check(self) -> None:
        """Raise ExportStopped when it was stopped."""
        if self.stopped():
            raise ExportStopped(_("The export was stopped. Nothing was written."))


def needs_key_file(project: Project, wish: Wish) -> bool:
    """Whether the key file is opened first, since there is one on this computer and names are looked for."""
    from hsreview.workflows.key_files import place_of

    return wish.what in ARCHIVES and wish.with_key and place_of(project).exists()


def licence(project: Project, wish: Wish) -> str:
    """The licence of the archive that is wished for, or that was prepared and waits; empty where none is named."""
    if wish.what is not What.CONFIRMED:
        return wish.licence
    from hsreview.workflows.archiving import waiting

    draft = waiting(project)
    return str(draft.details.get("wish", {}).get("licence", "")) if draft is not None else ""


def export(
    project: Project, coder: Coder | None, wish: Wish, watch: Watch, register: Register | None = None
) -> Exported:
    """Write what is wished for and put it on record. A public file and an archive need a `coder`; no original name of
    `register` may stand in an archive.

    Raises ExportStopped, and what the export of that kind raises; nothing is written then.
    """
    watch.tell(_("Reading the layer …"))

    def about_to_write() -> None:
        watch.check()
        watch.tell(_("Writing the file …"))

    with before_writing(about_to_write):
        if wish.what.published:
            assert coder is not None
            return _published(project, coder, wish)
        if wish.what in ARCHIVES:
            assert coder is not None
            return _archived(project, coder, wish, register)
        if wish.what is What.WORKBOOK:
            done = _workbook(project, coder, wish, watch)
        else:
            done = _OTHERS[wish.what](project, coder, wish)
    told = unrecorded(project, coder, done.path)
    return Exported(done.path, tuple(filter(None, (*done.notices, told))))


def _workbook(project: Project, coder: Coder | None, wish: Wish, watch: Watch) -> Exported:
    from hsreview.workbook.writer import ExportCancelled
    from hsreview.workflows.exporting import export_excel

    try:
        done = export_excel(
            project, wish.path, layer=wish.layer, lang=wish.lang, viewer=coder, partial=wish.partial,
            sheets=wish.sheets, since=wish.since, recipient=wish.recipient, cancelled=watch.stopped,
            progress=lambda number, count, name: watch.tell(f"{number + 1}/{count} {name}"),
        )  # fmt: skip
    except ExportCancelled as stopped:
        raise ExportStopped(stopped.message) from stopped
    return Exported(done.path, tuple(done.notices()))


def _report(project: Project, coder: Coder | None, wish: Wish) -> Exported:
    from hsreview.workflows.reporting import export_report

    done = export_report(
        project, wish.path, wish.form, layer=wish.layer, lang=wish.lang, question=wish.question, viewer=coder,
        partial=wish.partial, recipient=wish.recipient,
    )  # fmt: skip
    return Exported(done.path, (_quotes(done.quotes),))


def _quotes(n: int) -> str:
    return ngettext("{n} quote is shown.", "{n} quotes are shown.", n).format(n=n)


def _tables(project: Project, coder: Coder | None, wish: Wish) -> Exported:
    from hsreview.workflows.tidying import export_csv, export_json

    write = export_csv if wish.what is What.CSV else export_json
    done = write(
        project, wish.path, layer=wish.layer, viewer=coder, partial=wish.partial, recipient=wish.recipient
    )  # fmt: skip
    n = sum(done.tables.values())
    return Exported(done.path, (ngettext("{n} row.", "{n} rows.", n).format(n=n),))


def _audit(project: Project, coder: Coder | None, wish: Wish) -> Exported:
    from hsreview.workflows.auditing_out import Filter, export_audit

    n = export_audit(project, coder, wish.path, Filter(), recipient=wish.recipient)
    return Exported(wish.path, (ngettext("{n} act.", "{n} acts.", n).format(n=n),))


_OTHERS: Mapping[What, Callable[[Project, Coder | None, Wish], Exported]] = {
    What.REPORT: _report, What.CSV: _tables, What.JSON: _tables, What.AUDIT: _audit,
}  # fmt: skip


def _archived(project: Project, coder: Coder, wish: Wish, register: Register | None) -> Exported:
    from hsreview.workflows.archiving import ArchiveWish, confirm_archive, export_archive, problems, told

    if wish.what is What.CONFIRMED:
        done = confirm_archive(project, coder, wish.path, recipient=wish.recipient, register=register)
    else:
        wanted = ArchiveWish(
            wish.layer or "", wish.licence, names_replaced_before=wish.names_replaced_before
        )  # fmt: skip
        done = export_archive(project, coder, wish.path, wanted, recipient=wish.recipient, register=register)
    left = [(each.message, each.place) for each in problems(done.chosen)]
    notices = told(done) if register is not None else [*told(done), _("Nobody looked for original names in it.")]
    return Exported(done.path, tuple(notices), tuple(left))


def _published(project: Project, coder: Coder, wish: Wish) -> Exported:
    from hsreview.workflows.public_report import export_public_report
    from hsreview.workflows.publishing import export_public

    if wish.what is What.PUBLIC_REPORT:
        report = export_public_report(
            project, coder, wish.path, wish.form, layer=wish.layer, lang=wish.lang, question=wish.question,
            partial=wish.partial, recipient=wish.recipient,
        )  # fmt: skip
        return Exported(report.path, (_quotes(report.quotes), *report.warnings))
    done = export_public(
        project, coder, wish.path, layer=wish.layer, lang=wish.lang, k=wish.k, by=wish.by, recipient=wish.recipient,
        partial=wish.partial,
    )  # fmt: skip
    return Exported(done.path, (_quotes(len(done.public.quotes)), *done.warnings), tuple(held_back(done.public)))


def held_back(public: Public) -> list[tuple[str, str]]:
    """`(why, what)` of all that is not in a public file, in words, the same reasons together."""
    from hsreview.workflows.publishing import REASONS

    grouped: dict[tuple[str, str], list[str]] = {}
    for each in public.withheld:
        reason = _(REASONS[each.why]) + (f" ({each.detail})" if each.detail else "")
        grouped.setdefault((reason, each.table), []).append(each.shown or each.what)
    return [
        (reason + (f" [{_('group') if table == 'group' else table}]" if table else ""), ", ".join(what))
        for (reason, table), what in grouped.items()
    ]
