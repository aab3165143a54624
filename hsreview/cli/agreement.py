"""`agreement`: how far coders agree; calculators for anybody's data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, current_language, labelled
from hsreview.cli.agreement_project import primary, project_agreement
from hsreview.cli.agreement_spans import spans
from hsreview.cli.kit import PATH, argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, emit_lines, emit_table, say, shortened
from hsreview.model.agreement import Estimate

LONGEST = 60
"""Cells of the name of a coefficient in a table; a category may be a whole sentence."""

agreement = group(
    "agreement",
    N_(
        "Measure how far coders agree.\n\n"
        "Without a further word, the coders of the project are compared; “project --help” tells the options. “table” "
        "and “spans” calculate every coefficient from a CSV file of anybody's data and need no project."
    ),
    default="project",
)
agreement.add_command(project_agreement)
agreement.add_command(primary)
agreement.add_command(spans)

delimiter_option = option(
    "--delimiter",
    metavar=N_("CHARACTER"),
    default=",",
    show_default=True,
    text=N_("What separates columns, such as ; or tab."),
)


def separator(wish: str) -> str:
    """The character that a wish such as `tab` means."""
    return {"\\t": "\t", "tab": "\t"}.get(wish, wish)


def shown(value: float) -> str:
    """A coefficient with the decimal mark of the language."""
    text = f"{value:.4f}"
    return text.replace(".", ",") if current_language() == "fr" else text


def statistics_answer(statistics: Mapping[str, Estimate]) -> tuple[dict[str, float | None], dict[str, str]]:
    """The values by name, and the reasons of those that are null."""
    from hsreview.workflows.reasons import explain

    return (
        {name: each.value for name, each in statistics.items()},
        {name: explain(each.undefined) for name, each in statistics.items() if each.undefined is not None},
    )


def emit_statistics(statistics: Mapping[str, Estimate]) -> None:
    """The values as a table; what is undefined has a dash there, and its reason below."""
    import textwrap

    from hsreview.workflows.reasons import explain

    emit_table(
        [_("coefficient"), _("value")],
        [
            (shortened(name, LONGEST), "–" if each.value is None else shown(each.value))
            for name, each in statistics.items()
        ],
    )
    missing: dict[str, list[str]] = {}
    for name, each in statistics.items():
        if each.undefined is not None:
            missing.setdefault(explain(each.undefined), []).append(name)
    if missing:
        emit()
        emit(_("Undefined (–):"))
    for reason, names in missing.items():
        told = labelled(reason, ", ".join(shortened(name, LONGEST) for name in names))
        emit_lines(textwrap.wrap(told, 79, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False))


def _categories(_ctx: click.Context, _option: click.Parameter, wish: str | None) -> tuple[str, ...] | None:
    """The values of `a,b,"c, d"`."""
    import csv

    if wish is None:
        return None
    try:
        rows = list(csv.reader([wish], strict=True))
    except csv.Error as error:
        raise UsageProblem(_("--categories names each value once, with commas between.")) from error
    return tuple(value.strip() for row in rows for value in row)


@sub(
    agreement,
    "table",
    N_(
        "Calculate agreement from a table.\n\n"
        "The first column of FILE.csv holds the units' ids, then each coder has a column. The first line names the "
        "coders. An empty cell is missing, every value is text (“1” is a label). With --sets a cell holds several "
        "codes, and the separator alone is the empty set: read, nothing coded. Brennan-Prediger and AC1 count the "
        "values that occur, unless --categories says which there are."
    ),
)
@argument("path", N_("FILE.csv"), type=PATH)
@delimiter_option
@option("--sets", metavar=N_("CHARACTER"), text=N_("What separates the codes of a cell that holds a set."))
@option(
    "--categories",
    metavar=N_("A,B,C"),
    callback=_categories,
    text=N_("All values that there are, also those that nobody used."),
)
@option(
    "--positive",
    metavar=N_("VALUE"),
    text=N_("The value that means “coded”, for positive agreement and Jaccard (known for 1 and 0, yes and no)."),
)
@as_json
def table(
    path: Path,
    delimiter: str,
    sets: str | None,
    categories: tuple[str, ...] | None,
    positive: str | None,
    as_json: bool,
) -> None:
    from hsreview.workflows.agreement_tables import calculate_table

    found = calculate_table(
        path, delimiter=separator(delimiter), sets=sets, categories=categories, positive=positive
    )  # fmt: skip
    for note in found.notes:
        say(note)
    if as_json:
        values, reasons = statistics_answer(found.statistics)
        emit_json(
            {
                "coders": list(found.coders),
                "units": found.units,
                "shared": found.shared,
                "missing": found.missing,
                "categories": list(found.categories),
                "positive": found.positive,
                "statistics": values,
                "undefined": reasons,
                "notes": list(found.notes),
            }
        )
        return
    basis = _("coders: {coders} · units: {units} · with two values or more: {shared} · empty cells: {missing}")
    emit(basis.format(coders=len(found.coders), units=found.units, shared=found.shared, missing=found.missing))
    emit(_("categories: {n}").format(n=len(found.categories)))
    if found.positive:
        emit(_("“coded” is: {value}").format(value=found.positive))
    emit_statistics(found.statistics)
