"""How often 95 % intervals over documents hold the true value: simulated corpora, `python -m bench coverage`.

A corpus has documents of thirty turns (20 to 399 characters each). A turn truly has the code or not; coders see it
with some sensitivity, and see it where it is not with some rate of false alarms. "Alike" is the same prevalence and
care in all documents; "differing" draws each document's prevalence from a beta distribution (six pseudo-turns) and
coders' care from uniform ones. The truth of a setting is the value of 20,000 documents drawn from it.
`python -m bench.agreement_coverage [RUNS]` prints the tables of docs/agreement.md.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from hsreview.agreement.intervals import Worse, bounds, worse_spans, worse_units
from hsreview.agreement.patterns import Floats
from hsreview.agreement.sums import Measure, columns, gwet_ac1, krippendorff_alpha_nominal, percent_agreement
from hsreview.agreement.unitizing import u_alpha_binary

TURNS = 30
SEED = 20260101
DOCUMENTS = (5, 10, 20, 50)
COMMON = (0.2, 0.5)
UNCOMMON = (0.1,)
RARE = (0.03,)


@dataclass(frozen=True)
class Setting:
    """One kind of corpus."""

    prevalence: float
    careful: bool
    differing: bool
    coders: int


@dataclass(frozen=True)
class Target:
    """A coefficient: its sums (0 of units, 1 of spans), how it follows from them, its lowest value."""

    kind: int
    measure: Measure
    worse: Worse
    lowest: float = -1.0


TARGETS: Mapping[str, Target] = {
    "krippendorff_alpha_nominal": Target(0, krippendorff_alpha_nominal, worse_units),
    "gwet_ac1": Target(0, lambda sums: gwet_ac1(sums, 2), worse_units),
    "percent_agreement": Target(0, percent_agreement, worse_units, 0.0),
    "u_alpha_binary": Target(1, u_alpha_binary, worse_spans),
}


def settings(prevalences: Sequence[float]) -> Iterator[Setting]:
    """All settings with these prevalences."""
    for prevalence, careful, differing, coders in product(prevalences, (False, True), (False, True), (2, 3)):
        yield Setting(prevalence, careful, differing, coders)


def draw(random: np.random.Generator, of: Setting, runs: int, documents: int) -> tuple[Floats, Floats]:
    """Sums of units (documents, runs, 12) and of spans (documents, runs, 6)."""
    shape = (documents, runs, 1, 1)
    prevalence: Any = of.prevalence
    sensitivity: Any
    false_alarm: Any
    if of.differing:
        prevalence = random.beta(6 * of.prevalence, 6 * (1 - of.prevalence), shape)
        sensitivity = random.uniform(0.94 if of.careful else 0.65, 1, shape)
        false_alarm = random.uniform(0, 0.02 if of.careful else 0.1, shape)
    else:
        sensitivity, false_alarm = (0.97, 0.01) if of.careful else (0.85, 0.05)
    truth = random.random((documents, runs, 1, TURNS), np.float32) < prevalence
    seen = random.random((documents, runs, of.coders, TURNS), np.float32)
    n = np.where(truth, seen < sensitivity, seen < false_alarm).sum(axis=2).astype(float)
    length = random.integers(20, 400, (documents, runs, TURNS)).astype(float)
    given = np.arange(of.coders + 1)
    hits = np.stack([(n == each).sum(axis=-1) for each in given], -1)
    units = hits @ columns(np.stack([of.coders - given, given], -1))
    spans = np.zeros((documents, runs, 6))
    spans[..., 0] = of.coders * length.sum(axis=-1)
    spans[..., 1] = (n * length).sum(axis=-1)
    spans[..., 2] = (n * length**2).sum(axis=-1)
    spans[..., 3] = (n * (n - 1) * length).sum(axis=-1) / (of.coders - 1)
    return units, spans


def covered(of: Setting, documents: int, runs: int, seed: int = SEED) -> dict[str, tuple[float, float]]:
    """Of each coefficient: the share of intervals that hold the truth, and the share of corpora without an interval."""
    random = np.random.default_rng([seed, documents, *(int(100 * float(x)) for x in vars(of).values())])
    large = draw(random, of, 400, 50)
    drawn = draw(random, of, runs, documents)
    found = {}
    for name, target in TARGETS.items():
        truth = float(target.measure(large[target.kind].sum(axis=(0, 1))))
        low, high = bounds(drawn[target.kind], target.measure, target.worse, target.lowest)
        shown = ~np.isnan(low)
        holds = (low[shown] <= truth) & (truth <= high[shown])
        found[name] = float(holds.mean()), 1 - float(shown.mean())
    return found


def table(prevalences: Sequence[float], runs: int) -> dict[str, dict[int, dict[str, float]]]:
    """By coefficient and number of documents: lowest, median and highest coverage over the settings, in per cent."""
    found: dict[str, dict[int, dict[str, float]]] = {name: {} for name in TARGETS}
    for documents in DOCUMENTS:
        each = [covered(setting, documents, runs) for setting in settings(prevalences)]
        for name in TARGETS:
            shares = sorted(one[name][0] for one in each)
            found[name][documents] = {
                "lowest": round(100 * shares[0], 1),
                "median": round(100 * float(np.median(shares)), 1),
                "highest": round(100 * shares[-1], 1),
                "without": round(100 * max(one[name][1] for one in each), 1),
            }
    return found


def measured(runs: int) -> dict[str, Any]:
    """What `python -m bench coverage` prints."""
    return {
        "runs_per_setting": runs,
        "seed": SEED,
        "settings": len([*settings(COMMON)]),
        "reach": {"5": "at least 90", "10 to 50": "92 to 97"},
        "common": table(COMMON, runs),
        "uncommon": table(UNCOMMON, runs),
        "rare": table(RARE, runs),
    }


def markdown(prevalences: Sequence[float], runs: int) -> Iterator[str]:
    """The table as the docs show it."""
    yield "| | " + " | ".join(str(documents) for documents in DOCUMENTS) + " |"
    yield "|---|" + "---|" * len(DOCUMENTS)
    for name, by_documents in table(prevalences, runs).items():
        cells = [f"{each['median']} ({each['lowest']}–{each['highest']})" for each in by_documents.values()]
        yield f"| `{name}` | " + " | ".join(cells) + " |"


def main(emit: Callable[[str], None] = print) -> None:
    """Print the tables of the docs."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    for prevalences in (COMMON, UNCOMMON, RARE):
        emit("\n".join(["", *markdown(prevalences, runs)]))


if __name__ == "__main__":
    main()
