"""The report on residual risk as a document in Markdown, in the user's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from hsreview.base.messages import N_, _, labelled
from hsreview.base.terminal import visible
from hsreview.model.naming import NAME_CLASSES, NameClass
from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.workflows.files import written
from hsreview.workflows.outputs import record_output, unrecorded
from hsreview.workflows.projects import project_name
from hsreview.workflows.residual_risk import Risk, TextRisk

KIND = "residual_risk"
STATEMENT = N_(
    "Names may remain in these texts, and what is said around them can tell who is meant. Replacing names lowers the "
    "risk; it does not make a text anonymous. A person has to read what is handed on."
)
OUT_WORDS = {
    "headers": N_("page headers"), "footers": N_("page footers"), "footnotes": N_("footnotes"),
    "comments": N_("comments"), "deletions": N_("tracked deletions"), "hidden": N_("hidden text"),
    "images": N_("pictures"), "objects": N_("embedded objects"), "attachments": N_("attached files"),
}  # fmt: skip


def in_classes(counts: Mapping[str, int]) -> str:
    """Counts by class in words: `a person 3, a place 1`; a dash for none."""
    order = [kind.value for kind in NameClass]
    found = sorted(counts.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))
    return ", ".join(f"{_(NAME_CLASSES[NameClass(kind)]) if kind in order else kind} {n}" for kind, n in found) or "–"


def in_turns(text: TextRisk) -> str:
    """The turns in which somebody could be recognised; a dash for none."""
    return ", ".join(map(str, text.indirect)) or "–"


def document(project: Project, risk: Risk) -> str:
    """The report as Markdown."""
    return "\n".join(_lines(project, risk)) + "\n"


def _lines(project: Project, risk: Risk) -> Iterator[str]:
    yield "# " + _("Residual risk: {project}").format(project=visible(project_name(project)))
    yield ""
    yield _(STATEMENT)
    yield ""
    yield labelled(_("Names were looked for now by"), ", ".join(risk.engines))
    for text in risk.texts:
        yield ""
        yield "## " + visible(text.name)
        yield ""
        if not text.pseudonymised:
            yield "- " + _("Names were not looked for when it was stored.")
        else:
            yield "- " + labelled(_("Names were looked for before it was stored by"), ", ".join(text.engines))
            yield "- " + labelled(_("Replaced"), in_classes(text.replaced))
            yield "- " + labelled(_("Not decided when it was stored"), in_classes(text.undecided))
        by = ", ".join(f"{engine} {n}" for engine, n in text.found_by.items())
        yield "- " + labelled(_("What rules and models take for names in the stored text"), in_classes(text.left))
        if by:
            yield "- " + labelled(_("Proposed by"), by)
        if text.refused is not None:
            yield "- " + labelled(_("Of these left as they are on purpose"), str(text.refused))
        yield "- " + labelled(_("Turns with an office beside a place, or the only one of a kind"), in_turns(text))
        out = ", ".join(f"{_(OUT_WORDS[code])} {n}" for code, n in text.left_out.items())
        yield "- " + labelled(_("Left out of the file, beside its properties (author, title)"), out or "–")


def write_document(project: Project, coder: Coder | None, risk: Risk, path: Path) -> str:
    """Write the report as Markdown and put it on record; why it is not, or an empty text.

    Raises InputRefused when it cannot be written.
    """
    with written(path) as spare:
        spare.write_text(document(project, risk), encoding="utf-8")
    recorded = record_output(project, coder, path, KIND)
    return "" if recorded else unrecorded(project, coder, path)
