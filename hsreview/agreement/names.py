"""What measures and kinds of difference are called, in the user's language."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.base.messages import N_, _
from hsreview.model.review import DifferenceKind

_MEASURES = {
    "percent_agreement": N_("percent agreement"),
    "krippendorff_alpha_nominal": N_("Krippendorff's alpha"),
    "gwet_ac1": N_("Gwet's AC1"),
    "gwet_ac1_se": N_("standard error of AC1 (takes units as independent)"),
    "positive_agreement": N_("agreement on “coded”"),
    "negative_agreement": N_("agreement on “not coded”"),
    "jaccard": N_("both of either (Jaccard)"),
    "holsti": N_("Holsti"),
    "brennan_prediger": N_("Brennan–Prediger (PABAK)"),
    "cohen_kappa": N_("Cohen's kappa"),
    "cohen_kappa_mean_pairwise": N_("mean of Cohen's kappas (Light)"),
    "cohen_kappa_pooled": N_("kappa pooled over codes"),
    "scott_pi": N_("Scott's pi"),
    "fleiss_kappa": N_("Fleiss' kappa, complete data"),
    "fleiss_kappa_gwet": N_("Fleiss' kappa, gaps allowed"),
    "conger_kappa": N_("Conger's kappa"),
    "prevalence_index": N_("prevalence index"),
    "bias_index": N_("bias index"),
    "alpha_set_jaccard": N_("alpha of sets (Jaccard)"),
    "alpha_set_masi": N_("alpha of sets (MASI)"),
    "u_alpha_binary": N_("alpha of segments against gaps"),
    "u_alpha_binary_pooled": N_("alpha of segments, pooled over codes"),
    "cu_alpha_nominal": N_("alpha of codes on text that both marked"),
    "cu_coverage": N_("text that both marked"),
    "f1_any": N_("segments that match, any overlap (F1)"),
    "f1_0.5": N_("segments that match, half overlap (F1)"),
    "f1_0.8": N_("segments that match, overlap of 0.8 (F1)"),
    "f1_exact": N_("segments that match exactly (F1)"),
    "boundary_offset_start": N_("mean distance of starts, in characters"),
    "boundary_offset_end": N_("mean distance of ends, in characters"),
    "splits": N_("segments that meet several of the other coder's"),
}
KINDS = {
    DifferenceKind.MISSED: N_("missed"),
    DifferenceKind.BOUNDARY: N_("boundary"),
    DifferenceKind.DIFFERENT: N_("different"),
    DifferenceKind.SPLIT: N_("split"),
    DifferenceKind.EXTRA: N_("extra"),
}
"""In the order in which they are told."""


def measure_name(name: str) -> str:
    """What people call a measure; its own name when it has no other."""
    return _(_MEASURES.get(name, name))


def kinds_head() -> str:
    """The heading of a column of `kinds_in_brief`."""
    return _("m/b/d/s/e")


def kinds_in_brief(counts: Mapping[str, int]) -> str:
    """`2/0/1/0/0`: missed, boundary, different, split, extra; a dash for no difference at all."""
    return "/".join(str(counts.get(kind, 0)) for kind in KINDS) if any(counts.values()) else "–"


def kinds_in_words(counts: Mapping[str, int]) -> str:
    """`missed 2 · different 1`; `none` for no difference at all."""
    return " · ".join(f"{_(word)} {counts[kind]}" for kind, word in KINDS.items() if counts.get(kind)) or _("none")
