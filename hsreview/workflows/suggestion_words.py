"""Why a code is proposed, in words."""

from __future__ import annotations

from collections.abc import Iterable

from hsreview.base.messages import _, ngettext
from hsreview.workflows.suggesting import Helper, Reason, Source


def why(reasons: Iterable[Reason]) -> str:
    """The reasons on one line: cues as the codebook has them, then typical phrases."""
    reasons = list(reasons)
    cues = [_cue(each) for each in reasons if each.source is Source.CUE]
    typical = [_typical(each) for each in reasons if each.source is Source.TYPICAL]
    said = []
    if cues:
        said.append(ngettext("cue {cues}", "cues {cues}", len(cues)).format(cues=", ".join(cues)))
    if typical:
        said.append(_("typical {phrases}").format(phrases=", ".join(typical)))
    return " · ".join(said)


def _cue(reason: Reason) -> str:
    said = _("“{words}”").format(words=reason.phrase)
    if reason.other_form:
        said += " " + _("(another form)")
    return said + (f" ×{len(reason.places)}" if len(reason.places) > 1 else "")


def _typical(reason: Reason) -> str:
    return _("“{words}”").format(words=reason.phrase) + f" ({reason.segments})"


def sources(helper: Helper) -> list[str]:
    """What proposals rest on, a sentence a line."""
    lines = []
    if helper.taught is None or not helper.typical.texts:
        lines.append(_("Cues alone: there are no codings to learn from yet."))
    else:
        n = helper.typical.texts
        lines.append(
            ngettext(
                "Typical words are those of layer {layer}, {n} transcript; (5) means: in 5 segments with the code.",
                "Typical words are those of layer {layer}, {n} transcripts; (5) means: in 5 segments with the code.",
                n,
            ).format(layer=helper.taught.name, n=n)
        )
    missing = sorted(helper.languages - helper.models.keys())
    if missing:
        told = _("No language model works for {languages}: there cues are found as they are written only.")
        lines.append(told.format(languages=", ".join(missing)))
    return lines
