"""How long the theme workbook takes, and how much memory.

    python -m bench.workbook [--extreme] [--codings N] [--keep FILE]

Each size is measured in a process of its own that first makes an invented layer and then exports it. Prints JSON:
seconds of the export (its imports included) on the clock and of the processor, the size of the file, the highest
memory of the process, and what it was before the export, with the layer in it.

Reach: 5,000 codings in 4 s; 100,000 codings in 90 s and 400 MiB. All sheets but those of the team's work; for these
see `bench.exports`.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from array import array
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.make_text import Corpus, make_corpus
from hsreview.model.codebook import Code, Codebook, Flag, Group, Modifier, ModifierValue, Question, Theme
from hsreview.model.coding import Coding
from hsreview.model.dataset import Basis, CodedSegment, Dataset, ProgressRow
from hsreview.model.localized import Localized
from hsreview.model.people import Coder, Consent, ConsentStatus, Respondent
from hsreview.model.transcript import Transcript

SIZES = {"real": 5_000, "extreme": 100_000}
_PER_INTERVIEW = 100
_WORDS = 10_000
_TEXTS = 10
_RULE = "Ce passage nomme une raison d’agir, dite par la personne elle-même et non par l’enquêteur. "


def codebook(themes: int = 10, codes: int = 6) -> Codebook:
    """An invented codebook with rules of ordinary length."""
    rule = Localized(fr=_RULE * 2, en=_RULE * 2)

    def code(theme: int, number: int) -> Code:
        label = Localized(fr=f"Code {number} du thème {theme}", en=f"Code {number} of theme {theme}")
        return Code(f"c-{theme}.{number}", f"{chr(64 + theme)}{number}", label, rule, rule, rule, rule)

    return Codebook(
        "bench",
        "1",
        Localized(fr="Grille inventée", en="Invented codebook"),
        questions=(Question("q1", "Q1", Localized(fr="Pourquoi ?", en="Why?"), hue="blue"),),
        themes=tuple(
            Theme(
                f"t-{t}",
                chr(64 + t),
                Localized(fr=f"Thème {t}", en=f"Theme {t}"),
                questions=("Q1",),
                codes=tuple(code(t, n) for n in range(1, codes + 1)),
            )
            for t in range(1, themes + 1)
        ),
        modifiers=(
            Modifier(
                "stance", Localized(fr="Position", en="Stance"), values=(ModifierValue("pos", Localized(en="+")),)
            ),
        ),
        flags=(Flag("quote", Localized(fr="à citer", en="quotable")),),
        groups=(
            Group("cso", Localized(fr="Société civile", en="Civil society")),
            Group("policymaker", Localized(fr="Décideurs", en="Policymakers")),
        ),
    )


class _Starts(Mapping[str, Sequence[int]]):
    """Word starts unpacked when they are asked for, as from a project file."""

    def __init__(self, texts: Mapping[str, Corpus]) -> None:
        packed = {id(text): array("I", (start for start, _end in text.words())).tobytes() for text in texts.values()}
        self._texts = {name: packed[id(text)] for name, text in texts.items()}

    def __getitem__(self, transcript_id: str) -> Sequence[int]:
        return array("I", self._texts[transcript_id])

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def layer(codings: int, book: Codebook | None = None) -> Dataset:
    """A layer of exactly `codings` codings, a hundred to an interview of 10,000 words."""
    book = book or codebook()
    places = [place.code for place in book.codes()]
    interviews = max(1, codings // _PER_INTERVIEW)
    texts = [
        make_corpus(_WORDS, -(-codings // min(_TEXTS, interviews)), [c.id for c in places], seed)
        for seed in range(min(_TEXTS, interviews))
    ]
    used = {f"i-{n}": texts[n % len(texts)] for n in range(interviews)}
    dice = random.Random(1)
    segments: list[CodedSegment] = []
    for number in range(interviews):
        text, step = texts[number % len(texts)], -(-interviews // len(texts))
        mine = text.codings[number // len(texts) :: step]
        segments += _segments(number, text, mine, dice)
    del segments[codings:]
    transcripts = [
        Transcript(
            f"i-{n}", f"{'CSO' if n % 4 else 'POL'}_{n:04}", group="cso" if n % 4 else "policymaker",
            language="fr", date="2016-03-01", attributes={"region": ("Gao", "Kayes", "Mopti")[n % 3]},
            version_id=f"v-{n}",
        )
        for n in range(interviews)
    ]  # fmt: skip
    people = {
        f"r-{n}": Respondent(
            f"r-{n}", f"Personne {n}", "", None, Consent(ConsentStatus.ORAL, ("quotes",)), {"gender": "f", "age": 30}
        )
        for n in range(interviews)
    }
    return Dataset(
        basis=Basis("Bench", "p", "Anna", "anna", "bench", "1", "2016-06-01T10:00:00.000Z", "hsreview bench"),
        codebook=book,
        transcripts=transcripts,
        segments=segments,
        coders={"anna": Coder("anna", "Anna")},
        respondents=people,
        respondents_of={f"i-{n}": (f"r-{n}",) for n in range(interviews)},
        segment_words={s.coding.id: s.text.count(" ") + 1 for s in segments},
        word_starts=_Starts(used),
        reviewed=frozenset(used),
        progress=[ProgressRow(t.id, "anna", "Anna", "", True, True, True, 100, 50, 100) for t in transcripts],
    )


def _segments(
    number: int, text: Corpus, codings: Sequence[tuple[int, int, str]], dice: random.Random
) -> Iterator[CodedSegment]:
    for position, (start, end, code) in enumerate(codings, 1):
        coding = Coding(
            f"{number:08x}-{position:04x}-7000-8000-{dice.getrandbits(48):012x}",
            f"v-{number}", start, end, code, "anna",
            flags=("quote",) if dice.random() < 0.1 else (), created="2016-05-01T08:00:00.000Z",
            modifiers={"stance": "pos"} if dice.random() < 0.3 else {},
        )  # fmt: skip
        memo = "À revoir ensemble." if dice.random() < 0.05 else ""
        yield CodedSegment(
            coding, f"i-{number}", position, position, 1, "CSO", "respondent", f"r-{number}", text.text[start:end], memo
        )


def _peak() -> float:
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def measure_here(codings: int, target: Path) -> dict[str, Any]:
    """Make a layer of so many codings and export it, in this process."""
    dataset = layer(codings)
    before = _peak()
    started, worked = time.perf_counter(), time.process_time()
    from hsreview.analysis.layer_frame import LayerFrame
    from hsreview.analysis.matrices import matrices
    from hsreview.analysis.table_set import table_set
    from hsreview.model.material import Material
    from hsreview.workbook.sheets import SHEETS
    from hsreview.workbook.writer import export

    frame = LayerFrame(dataset)
    tables, overlaps = table_set(frame, {}, {sheet.key for sheet in SHEETS})
    material = Material(tables=tables, overlaps=overlaps)
    report = export(dataset, matrices(frame), target, lang="fr", material=material)
    return {
        "codings": len(dataset.segments),
        "interviews": len(dataset.transcripts),
        "seconds": round(time.perf_counter() - started, 2),
        "cpu_seconds": round(time.process_time() - worked, 2),
        "peak_mib": round(_peak(), 1),
        "layer_mib": round(before, 1),
        "file_mb": round(report.path.stat().st_size / 1e6, 2),
        "sheets": len(report.sheets),
    }


def measure(codings: int, keep: Path | None = None) -> dict[str, Any]:
    """As `measure_here`, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        target = keep or Path(folder) / "bench.xlsx"
        command = [sys.executable, "-m", "bench.workbook", "--child", str(target), "--codings", str(codings)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    result: dict[str, Any] = json.loads(answer.stdout)
    return result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--extreme", action="store_true", help="100,000 codings too")
    parser.add_argument("--codings", type=int, help="another size")
    parser.add_argument("--keep", type=Path, help="write the workbook here")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(measure_here(options.codings, options.child)))
        return
    sizes = {"asked": options.codings} if options.codings else dict(SIZES)
    if not options.extreme:
        sizes.pop("extreme", None)
    print(json.dumps({"workbook": {name: measure(n, options.keep) for name, n in sizes.items()}}, indent=1))


if __name__ == "__main__":
    main()
