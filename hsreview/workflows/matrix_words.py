"""Matrices in the user's language: titles, headers, what a cell says, what the numbers rest on."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.base.errors import UsageProblem
from hsreview.base.folding import fold
from hsreview.base.messages import N_, _, current_language, labelled, ngettext
from hsreview.model.matrices import MIN_PEOPLE, NoShare
from hsreview.model.tables import PEOPLE, Header, Measure, Note, Table, Why
from hsreview.workflows.matrices import KINDS, full_ref

MEASURES: Mapping[Measure, str] = {
    Measure.RESPONDENTS: N_("respondents"),
    Measure.ORGANISATIONS: N_("organisations"),
    Measure.INTERVIEWS: N_("interviews"),
    Measure.SEGMENTS: N_("codings"),
    Measure.WORDS: N_("words"),
    Measure.PAIRS: N_("overlapping pairs"),
    Measure.TURNS: N_("turns"),
    Measure.JACCARD: N_("Jaccard"),
    Measure.CODES: N_("codes"),
    Measure.POSITIVE: N_("positive codings"),
    Measure.NEGATIVE: N_("negative codings"),
}
_SIGNS: Mapping[Why, str] = {
    Why.NOT_READ: "–",
    Why.UNSETTLED: "–",
    Why.NOBODY: "–",
    Why.NOTHING: "–",
    Why.HEARD_SO_FAR: "+",
    Why.HEARD_NAMELESS: "(+)",
    Why.SILENT: "0",
    Why.NOT_ASKED: "–",
    Why.NOT_CODED: "…",
    Why.NOT_RECORDED: "?",
}
"""What stands in a cell without a number."""
REASONS: Mapping[Why, str] = {
    Why.NOT_READ: N_("not read in this layer"),
    Why.UNSETTLED: N_("read, not in the consensus yet"),
    Why.SO_FAR: N_("begun: what was found so far, in no sum"),
    Why.NOBODY: N_("no interview of this column was reviewed"),
    Why.SELF: N_("the code itself: how often it was given"),
    Why.NOTHING: N_("neither code was given"),
    Why.HEARD: N_("heard: so many respondents"),
    Why.HEARD_SO_FAR: N_("heard, in interviews that are only begun"),
    Why.HEARD_NAMELESS: N_("heard, from speakers to whom no respondent is linked"),
    Why.SILENT: N_("asked, and nothing said"),
    Why.NOT_ASKED: N_("not asked"),
    Why.NOT_CODED: N_("not yet coded"),
    Why.NOT_RECORDED: N_("nothing said, and not on record whether it was asked"),
}
_ALSO = {Measure.SEGMENTS: ("segment", "segments")}
_WITHOUT = {
    "all": N_("all together"),
    "none": N_("without"),
    "used": N_("codes used"),
    "new": N_("new codes"),
    "total": N_("codes so far"),
}


def title(table: Table) -> str:
    """What the matrix shows: `Themes by an attribute: region`."""
    told = _(KINDS[table.kind])
    return labelled(told, detail(table)) if table.detail else told


def detail(table: Table) -> str:
    """What the matrix was asked for beside its kind."""
    if table.kind == "co-occurrence":
        if table.detail == "overlap":
            return _("on the same words")
        turns = int(table.detail)
        return turns_apart(turns) if turns else _("in the same turn")
    words = {"year": _("by year"), "month": _("by month"), "day": _("by day"), "wave": _("by wave")}
    return words.get(table.detail, table.detail)


def turns_apart(turns: int) -> str:
    """How far two codings are from each other."""
    return ngettext("at most {n} turn apart", "at most {n} turns apart", turns).format(n=turns)


def short(header: Header) -> str:
    """A row or column in one short word."""
    if header.kind in ("used", "new", "total", "all"):
        return _(_WITHOUT[header.kind])
    if header.kind == "none":
        around = header.about.get("modifier") or header.about.get("interview")
        return f"{_('without')} {around}" if around else _("without")
    return full_ref(header) or _("without a group")


def head(header: Header) -> str:
    """A row or column in one short name for people: a group by its label, all else as `short`."""
    return header.label.get(current_language()) or short(header) if header.kind == "group" else short(header)


def full(header: Header) -> str:
    """As `head`, with the label of what is called by a ref."""
    label, name = header.label.get(current_language()), head(header)
    if header.kind == "cell" and label:
        return " · ".join(filter(None, (label, header.about.get("place", ""))))
    return f"{name} · {label}" if label and label != name else name


def cell_text(table: Table, row: int, column: int, measure: Measure, *, share: bool = False) -> str:
    """What stands in a cell: `3/12`, `41`, `38%`, `0`, or a sign that `legend` explains."""
    value, why = table.value(row, column, measure), table.reason(row, column)
    if why is Why.SELF:
        return "" if value is None else f"({value})"
    if value is None or why is Why.NOBODY:
        return _SIGNS.get(why, "–")
    if why is Why.SO_FAR:
        return f"{value}*" if value else "·"
    if measure is Measure.JACCARD:
        return decimal(value)
    part = table.share(row, column, measure) if share else None
    if part is not None:
        return percent(part)
    base = table.base(row, column, measure)
    # One interview is no n; those of words and codings show in the shares.
    if base is None or measure not in PEOPLE or table.columns[column].kind in ("interview", "speaker"):
        return str(value)
    return f"{value}/{base}"


def decimal(value: float) -> str:
    """Two decimals, with the sign of the user's language."""
    text = f"{value:.2f}"
    return text.replace(".", ",") if current_language() == "fr" else text


def percent(part: float) -> str:
    """A share in per cent."""
    return _("{n}%").format(n=round(100 * part))


def measure_name(measure: Measure) -> str:
    """What is counted."""
    return _(MEASURES[measure])


def measure_named(table: Table, wish: str) -> Measure:
    """What the word of a user counts, in either language. Raises UsageProblem for what this matrix does not count."""
    folded = fold(wish)
    for each in table.measures:
        if folded in {fold(str(each)), fold(MEASURES[each]), fold(measure_name(each)), *_ALSO.get(each, ())}:
            return each
    names = ", ".join(measure_name(each) for each in table.measures)
    raise UsageProblem(_("This matrix does not count {name}. It counts: {names}.").format(name=wish, names=names))


def basis_line(table: Table) -> str:
    """The line that stands with every number: layer, codebook, interviews."""
    basis, scope = table.basis, table.scope
    line = _("Layer: {layer} · codebook {codebook} {version} · {reviewed} of {n} interviews reviewed").format(
        layer=basis.layer, codebook=basis.codebook, version=basis.codebook_version,
        reviewed=scope.reviewed, n=scope.interviews,
    )  # fmt: skip
    begun = ngettext("{n} more begun", "{n} more begun", scope.begun).format(n=scope.begun) if scope.begun else ""
    return " · ".join(part for part in (line, begun, basis.selection) if part)


def legend(table: Table, measure: Measure, *, share: bool = False) -> list[str]:
    """What signs in the cells of this table mean, those only that occur; and why shares are missing."""
    found = dict.fromkeys(
        table.reason(row, column) for row in range(len(table.rows)) for column in range(len(table.columns))
    )
    told = []
    for why in found:
        # A code has no index with itself; without one code or the other there is a count (0), and no index.
        if why is Why.NUMBER or why is (Why.SELF if measure is Measure.JACCARD else Why.NOTHING):
            continue
        sign = {Why.SO_FAR: "*", Why.SELF: "( )", Why.HEARD: "n"}.get(why) or _SIGNS[why]
        told.append(f"{sign} {_(REASONS[why])}")
    if share and _small(table, measure):
        told.append(_("n/n no share of fewer than {n} people").format(n=MIN_PEOPLE))
    return told


def _small(table: Table, measure: Measure) -> bool:
    return any(
        table.no_share(row, column, measure) is NoShare.SMALL
        for row in range(len(table.rows))
        for column in range(len(table.columns))
    )


def notes(table: Table) -> list[str]:
    """What a reader should know, in sentences."""
    told = [_note(note) for note in table.notes]
    if not table.scope.reviewed:
        told.append(_("No interview is marked as reviewed in this layer, and numbers rest on those: mark them first."))
    return told


def _note(note: Note) -> str:
    n = note.n
    match note.key:
        case "begun_left_out":
            told = ngettext(
                "{n} coding in interviews that are only begun is left out.",
                "{n} codings in interviews that are only begun are left out.",
                n,
            )
        case "nameless":
            told = ngettext(
                "{n} label speaks as a respondent with nobody known behind it, and is in no number of respondents.",
                "{n} labels speak as respondents with nobody known behind them, and are in no number of respondents.",
                n,
            )
        case "without_turn":
            told = ngettext(
                "{n} coding is left out: its turn is not known.",
                "{n} codings are left out: their turns are not known.",
                n,
            )
        case "wordless":
            told = ngettext(
                "The words of {n} interview are not there (withheld or erased): what they would count stays blank.",
                "The words of {n} interviews are not there (withheld or erased): what they would count stays blank.",
                n,
            )
        case "unknown_values":
            told = ngettext(
                "{n} value of a modifier is not in the codebook and has no column.",
                "{n} values of modifiers are not in the codebook and have no column.",
                n,
            )
        case "undated":
            told = ngettext(
                "{n} interview has no date and stands at the end.",
                "{n} interviews have no date and stand at the end.",
                n,
            )
        case _:
            told = ngettext(
                "Of {n} interview it is not on record what was asked: the guide of its group stands for it.",
                "Of {n} interviews it is not on record what was asked: the guide of their group stands for it.",
                n,
            )
    return told.format(n=n)


def difference(table: Table, row: Header) -> str:
    """How groups differ about a row of divergence; empty in other tables."""
    names = {header.key: head(header) for header in table.columns}

    def named(keys: str) -> str:
        return ", ".join(names.get(key, key) for key in keys.split(", "))

    if row.about.get("how") == "one_side":
        return _("said by {group} only").format(group=named(row.about["who"]))
    if row.about.get("how") == "opposite_stance":
        return _("positive for {one}, negative for {other}").format(
            one=named(row.about["positive"]), other=named(row.about["negative"])
        )
    return ""


def shaded(table: Table, measure: Measure) -> list[list[float]]:
    """How dark each cell is (0–1): its share where it has an n of its own, else its part of the largest number."""
    rows, columns = range(len(table.rows)), range(len(table.columns))

    def number(row: int, column: int) -> float:
        value = table.value(row, column, measure)
        if value is None or table.reason(row, column) in (Why.SELF, Why.NOBODY):
            return 0.0
        base = table.base(row, column, measure) if table.kind not in ("theme-interview", "saturation") else None
        return value / base if base else float(value)

    def compared(column: int) -> bool:
        return table.columns[column].kind != "all"

    numbers = [[number(row, column) for column in columns] for row in rows]
    largest = max((n for line in numbers for column, n in enumerate(line) if compared(column)), default=0.0)
    return [[min(n / largest, 1.0) if largest else 0.0 for n in line] for line in numbers]


def behind_title(table: Table, row: int, column: int) -> str:
    """What a list of the codings behind a cell is called."""
    return f"{full(table.rows[row])} × {full(table.columns[column])}"
