"""`suggest evaluate`: how often suggestions would have been right, as JSON and for people."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from hsreview.base.messages import N_, _, current_language, labelled, ngettext
from hsreview.cli.comparison import unit_word
from hsreview.cli.output import emit, emit_lines, emit_table

if TYPE_CHECKING:
    from hsreview.cli.answers.suggestions import (
        CodeSuggestionScores,
        SuggestionMean,
        SuggestionScore,
        SuggestionScoreTogether,
        SuggestionsScored,
    )
    from hsreview.workflows.suggestion_check import CodeScores, Evaluation, Mean, Score, Together

WAY_NAMES: Mapping[str, str] = {
    "cues": N_("Cues alone"), "typical": N_("Typical words alone"), "both": N_("Both, as they are suggested"),
}  # fmt: skip


def show_progress(done: int, count: int) -> None:
    """How many of how many transcripts are done, on a line that is written over."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r[{done + 1}/{count}] ")
        sys.stderr.flush()


def clear_progress() -> None:
    """Take that line away."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{' ' * 20}\r")
        sys.stderr.flush()


def as_answer(found: Evaluation) -> SuggestionsScored:
    """The JSON answer."""
    together = found.together
    return {
        "layer": found.layer.name,
        "coder_id": found.layer.coder_id,
        "unit": "sentence" if found.unit == "sentence" else "turn",
        "transcripts": found.transcripts,
        "units": found.units,
        "codings": found.codings,
        "began_suggested": found.began_suggested,
        "outside": found.outside,
        "codebook_version": found.codebook_version,
        "models": dict(found.helper.models),
        "base": together["both"].micro.base,
        "codes": [_code(each) for each in found.codes],
        "cues": _together(together["cues"]),
        "typical": _together(together["typical"]),
        "both": _together(together["both"]),
    }


def _code(each: CodeScores) -> CodeSuggestionScores:
    both = each.ways["both"]
    return {
        "code_id": each.place.code.id,
        "code": each.place.code.ref,
        "label": each.place.code.label.get(current_language()),
        "coded": both.coded,
        "base": both.base,
        "cues": _score(each.ways["cues"]),
        "typical": _score(each.ways["typical"]),
        "both": _score(both),
    }


def _score(found: Score) -> SuggestionScore:
    return {
        "proposed": found.proposed, "right": found.right, "precision": found.precision, "recall": found.recall,
    }  # fmt: skip


def _together(found: Together) -> SuggestionScoreTogether:
    return {
        **_score(found.micro),
        "coded": found.micro.coded,
        "macro_precision": _mean(found.precision),
        "macro_recall": _mean(found.recall),
    }


def _mean(found: Mean) -> SuggestionMean:
    return {"value": found.value, "codes": found.codes}


def print_evaluation(found: Evaluation) -> None:
    """For people: what it rests on, the codes, all of them together, and what it means."""
    emit_lines(_basis(found))
    emit()
    emit_table(
        [_("code"), _("n"), _("share"), _("cues"), _("typical"), _("both"), _("precision"), _("recall")],
        [
            (
                each.place.code.ref, both.coded, _percent(both.base), *(_counts(each.ways[way]) for way in each.ways),
                _percent(both.precision), _percent(both.recall),
            )
            for each in found.codes
            for both in (each.ways["both"],)
        ],
    )  # fmt: skip
    emit_lines(_legend(found))
    emit()
    for way, name in WAY_NAMES.items():
        emit_lines(_summary(_(name), found.together[way]))
    emit()
    emit_lines(_meaning())


def _basis(found: Evaluation) -> Iterator[str]:
    n = found.transcripts
    yield ngettext(
        "Layer {layer}: {n} transcript, {units} units ({unit}), {codings} codings; codebook {version}",
        "Layer {layer}: {n} transcripts, {units} units ({unit}), {codings} codings; codebook {version}",
        n,
    ).format(
        layer=found.layer.name, n=n, units=found.units, unit=unit_word(found.unit), codings=found.codings,
        version=found.codebook_version,
    )  # fmt: skip
    yield _("Each transcript was suggested for from the others, as if it were not coded; respondents' words only.")
    if found.outside:
        told = ngettext(
            "{n} coding lies on other words and is not counted.", "{n} codings lie on other words and are not counted.",
            found.outside,
        )  # fmt: skip
        yield told.format(n=found.outside)
    if found.began_suggested:
        told = ngettext(
            "{n} coding began as a suggestion or was made by machine, which flatters the figures.",
            "{n} codings began as suggestions or were made by machine, which flatters the figures.",
            found.began_suggested,
        )
        yield told.format(n=found.began_suggested)


def _legend(found: Evaluation) -> Iterator[str]:
    yield _("n: units with the code; share: of all units, as often as a blind guess would be right.")
    yield _("cues, typical, both: right of proposed; precision and recall are those of both.")
    yield _("–: fewer than {few}, which have counts and no percentages.").format(few=found.few)


def _summary(name: str, found: Together) -> Iterator[str]:
    score = found.micro
    if score.proposed:
        right = _("{n} of {total} proposals are right").format(n=score.right, total=score.proposed)
    else:
        right = _("nothing was proposed")
    reached = _("{n} of {total} coded are proposed").format(n=score.right, total=score.coded)
    said = f"{right} ({_percent(score.precision)}), {reached} ({_percent(score.recall)}); "
    said += _("blind guess {share}").format(share=_percent(score.base))
    yield labelled(name, said)
    yield "  " + _("mean of the codes: precision {precision}, recall {recall}").format(
        precision=_mean_said(found.precision), recall=_mean_said(found.recall)
    )


def _mean_said(mean: Mean) -> str:
    if mean.value is None:
        return _("undefined (no code has enough)")
    return ngettext("{share} ({n} code)", "{share} ({n} codes)", mean.codes).format(
        share=_percent(mean.value), n=mean.codes
    )


def _meaning() -> list[str]:
    return [
        _("Right means that the layer has the code on that unit. A wrong proposal may be one that was overlooked, and"),
        _("much of what is coded cannot be known by its words. This does not say how good the codings are."),
    ]


def _counts(score: Score) -> str:
    return _("{n} of {total}").format(n=score.right, total=score.proposed) if score.proposed else "0"


def _percent(share: float | None) -> str:
    return "–" if share is None else _("{n}%").format(n=f"{100 * share:.0f}" if share >= 0.1 else f"{100 * share:.1f}")
