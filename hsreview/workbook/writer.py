"""The export: all sheets of one layer into one file, whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import HsreviewError, InputRefused
from hsreview.base.ids import new_id
from hsreview.base.messages import _, ngettext
from hsreview.base.reasons import os_reason
from hsreview.base.terminal import visible
from hsreview.model.dataset import Dataset
from hsreview.model.material import Material
from hsreview.model.matrices import Matrices
from hsreview.workbook.book import Book
from hsreview.workbook.context import Context
from hsreview.workbook.words import Words

if TYPE_CHECKING:
    from hsreview.workbook.sheets import Registered

Progress = Callable[[int, int, str], None]
"""Called before each sheet with the number of sheets done, their total, and the name of the next one."""
Cancelled = Callable[[], bool]


class ExportCancelled(HsreviewError):
    """The user stopped the export; nothing was written."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written."""

    path: Path
    """Where the file is."""
    sheets: tuple[str, ...]
    replaced: int
    """Characters that a spreadsheet cannot hold."""
    split: int
    """Texts that continue in further rows."""
    kept_instead_of: Path | None = None
    """The file that was asked for and could not be replaced."""
    left_out: tuple[str, ...] = ()
    """Stable names of the sheets that were asked for by name and for which there is nothing to hold."""

    def notices(self) -> list[str]:
        """What the user should know, in sentences; empty when all went as asked."""
        result = []
        if self.kept_instead_of is not None:
            result.append(
                _(
                    "{wanted} is open in another program or protected and was not replaced. The workbook is in {path}."
                ).format(wanted=visible(self.kept_instead_of.name), path=visible(str(self.path)))
            )
        if self.left_out:
            result.append(
                _("There is nothing yet to put into these sheets, so they were left out: {names}").format(
                    names=", ".join(self.left_out)
                )
            )
        if self.replaced:
            result.append(
                ngettext(
                    "{count} character that a spreadsheet cannot hold was replaced.",
                    "{count} characters that a spreadsheet cannot hold were replaced.",
                    self.replaced,
                ).format(count=self.replaced)
            )
        if self.split:
            result.append(
                ngettext(
                    "{count} text is longer than a cell and continues in the next row.",
                    "{count} texts are longer than a cell and continue in the next rows.",
                    self.split,
                ).format(count=self.split)
            )
        return result


def export(
    dataset: Dataset,
    matrices: Matrices,
    path: Path,
    *,
    lang: str,
    sheets: Sequence[str] | None = None,
    material: Material | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ExportReport:
    """Write the workbook of one layer to `path` in `lang` (`fr`, `en` or `both`); of all sheets, or of those that
    `sheets` names and the provenance.

    The file is written beside `path` and renamed; when `path` is in use or protected, the new file stays beside it
    under a free name and the report says so. Raises InputRefused when it cannot be written (nothing is left
    behind), UsageProblem when a sheet is unknown, ExportCancelled when `cancelled` says so between two sheets.
    """
    if path.is_dir():
        raise InputRefused(_("{path} is a folder. Give the name of a file.").format(path=visible(str(path))))
    if not path.parent.is_dir():
        raise InputRefused(_("The folder {folder} does not exist.").format(folder=visible(str(path.parent))))
    from hsreview.workbook.sheets import chosen

    asked = chosen(sheets)
    spare = path.with_name(f".{new_id()}.xlsx")
    try:
        report = _write(dataset, matrices, spare, Words(lang), material or Material(), asked, progress, cancelled)
        final, kept_instead_of = _put_in_place(spare, path)
    except OSError as error:
        raise InputRefused(_reason(error, path)) from error
    finally:
        spare.unlink(missing_ok=True)
    left_out = () if sheets is None else report.left_out
    return ExportReport(final, report.sheets, report.replaced, report.split, kept_instead_of, left_out)


def _write(
    dataset: Dataset,
    matrices: Matrices,
    spare: Path,
    words: Words,
    material: Material,
    asked: Sequence[Registered],
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> ExportReport:
    context = Context(dataset, matrices, words, material)
    # The target is tried before the work is done: a folder that refuses the file is said at once.
    spare.touch(exist_ok=False)
    header = f"{words('internal_short')} · {dataset.basis.project} · {context.basis}"
    with Book(
        title=f"{dataset.basis.project} · {context.layer}",
        header=header,
        footer=f"{dataset.basis.tool} · {dataset.basis.made}",
        undefined=words("not_a_number"),
        notice=context.notice,
    ) as book:
        wanted = [(order, sheet) for order, sheet in enumerate(asked) if sheet.wanted(context)]
        ordered = sorted(wanted, key=lambda item: item[1].last)
        for done, (order, sheet) in enumerate(ordered):
            if cancelled is not None and cancelled():
                raise ExportCancelled(_("The export was stopped. Nothing was written."))
            if progress is not None:
                progress(done, len(ordered), words.title(sheet.key))
            sheet.write(context, book, order)
        book.save(spare)
        return ExportReport(
            spare,
            tuple(part.title for _sheet, part in book.parts()),
            book.report.replaced,
            book.report.split,
            left_out=tuple(sheet.key for sheet in asked if not sheet.wanted(context)),
        )


def _put_in_place(spare: Path, path: Path) -> tuple[Path, Path | None]:
    try:
        os.replace(spare, path)
    except PermissionError:
        free = _free_name(path)
        os.replace(spare, free)
        return free, path
    return path, None


def _free_name(path: Path) -> Path:
    number = 2
    while (free := path.with_name(f"{path.stem} ({number}){path.suffix}")).exists():
        number += 1
    return free


def _reason(error: OSError, path: Path) -> str:
    where = visible(str(path.parent))
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return _("The disk is full: the workbook was not written to {folder}. Make room and export again.").format(
            folder=where
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _("The folder {folder} cannot be written to. Choose another place for the workbook.").format(
            folder=where
        )
    return _("The workbook was not written to {folder}: {reason}.").format(folder=where, reason=os_reason(error))
