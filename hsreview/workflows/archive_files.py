"""The files of an archive: the same project and the same wish give the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.model.agreement import AgreementReport, Estimate
from hsreview.model.archive import ArchiveWish, Chosen
from hsreview.model.coding import Coding
from hsreview.model.people import CONSENT_SCOPES, Coder
from hsreview.privacy.consent import may_attribute
from hsreview.project import auditing, queries
from hsreview.project import translations as translated
from hsreview.project.codebooks import load_codebook
from hsreview.project.project import Project
from hsreview.workflows.adjudicating import consensus_codings
from hsreview.workflows.archive_codebook import books, kept_versions
from hsreview.workflows.auditing_out import write_audit
from hsreview.workflows.comparing import Selection, compare
from hsreview.workflows.exporting import choose_layer, dataset, layers

if TYPE_CHECKING:
    from hsreview.workbook.tidy_variables import Cell, Tidy

AUDIT = "audit"
"""Folder of what grows with every act, that of archiving included: it is not part of what a second person confirms."""


class ArchiveFiles:
    """Writes the files of one archive below `folder`."""

    def __init__(self, project: Project, viewer: Coder, wish: ArchiveWish, chosen: Chosen, folder: Path) -> None:
        self.project, self.viewer, self.wish, self.chosen, self.folder = project, viewer, wish, chosen, folder
        self.described: dict[str, Tidy] = {}
        """Kind of file → its table, for the dictionary."""
        self.counts: dict[str, int] = {}

    def write(self) -> Mapping[str, int]:
        """Write everything but README and checksums: how many there are of what. Raises OSError."""
        self._transcripts()
        self._codebook()
        self._codings()
        self._translations()
        self._agreement()
        self._coreq()
        self._consents()
        self._audit()
        self._dictionary()
        return self.counts

    def _table(self, path: str, table: Tidy, kind: str = "") -> int:
        from hsreview.workbook.tidy_files import write_table

        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        self.described.setdefault(kind or path, table)
        return write_table(table, target)

    def _transcripts(self) -> None:
        from hsreview.workbook.archive_tables import table

        rows: list[Sequence[Cell]] = []
        for number, each in self.chosen.transcripts.items():
            text = queries.text_of(self.project.connection, each.version_id)
            path = self.folder / "transcripts" / f"{number}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            data = text.encode("utf-8")
            path.write_bytes(data)
            turns = self._turns(number, each.id, each.version_id)
            n = self._table(f"transcripts/{number}.turns.csv", table("turns", turns), "transcripts/T….turns.csv")
            replaced = self.chosen.masked.get(each.id)
            rows.append(
                [
                    number, each.id, str(each.kind), each.language, each.date[:7], each.wave, each.group, n, len(text),
                    *(replaced or (None, None)), hashlib.sha256(data).hexdigest(),
                ]
            )  # fmt: skip
        self.counts["transcripts"] = self._table("transcripts.csv", table("transcripts", rows))
        self._table("respondents.csv", table("respondents", self._respondents()))
        self.counts["respondents"] = len(self.chosen.people)

    def _turns(self, number: str, transcript_id: str, version_id: str) -> Iterator[Sequence[Cell]]:
        speakers = {each.label: each for each in queries.speakers(self.project.connection, transcript_id)}
        for turn in queries.turns(self.project.connection, version_id):
            speaker = speakers.get(turn.speaker or "")
            yield [
                number, turn.number, turn.speaker, str(speaker.role) if speaker else None,
                self.chosen.person_of.get((speaker and speaker.respondent_id) or ""), turn.start, turn.end,
                turn.label_end,
            ]  # fmt: skip

    def _respondents(self) -> Iterator[Sequence[Cell]]:
        numbers = self.chosen.number_of
        heard: dict[str, dict[str, None]] = {}
        for speaker in queries.speakers(self.project.connection):
            if speaker.respondent_id and speaker.transcript_id in numbers:
                heard.setdefault(speaker.respondent_id, {})[numbers[speaker.transcript_id]] = None
        for number, person in self.chosen.people.items():
            group = person.group if may_attribute(person.consent, "group") is not False else ""
            yield [number, group, ";".join(sorted(heard.get(person.id, {})))]

    def _codebook(self) -> None:
        from hsreview.codebook.write import write_codebook
        from hsreview.workbook.archive_tables import codebook, table

        found, kept = kept_versions(self.project)
        numbers = {each.number for each in kept}
        rows: list[Sequence[Cell]] = [
            [each.number, each.label, each.at, self._coder(each.coder_id), int(each.number in numbers)]
            for each in found
        ]
        self._table("codebook/versions.csv", table("codebook_versions", rows))
        for version, book in zip(kept, books(self.project, kept, self._hidden_texts), strict=True):
            name = f"codebook/v{version.number:03}"
            (self.folder / f"{name}.yaml").write_text(write_codebook(book), encoding="utf-8", newline="\n")
            self._table(f"{name}.csv", codebook(book), "codebook/v….csv")
        self.counts["codebook_versions"] = len(kept)

    def _hidden_texts(self) -> Iterator[str]:
        """The texts of the transcripts that stay at home, one after the other."""
        for each in self.chosen.left_out:
            yield queries.text_of(self.project.connection, each.transcript.version_id)

    def _codings(self) -> None:
        inside = set(self.chosen.number_of)
        own = queries.codings(self.project.connection)
        by_coder: dict[str, list[Coding]] = {}
        versions = {each.version_id for each in self.chosen.transcripts.values()}
        for coding in own:
            if coding.version_id in versions:
                by_coder.setdefault(coding.coder_id, []).append(coding)
        for coder, name in self.chosen.coders.items():
            if coder in by_coder:
                file = name if not self.wish.coder_names else f"coder-{list(self.chosen.coders).index(coder) + 1}"
                self._write_codings(f"codings/{file}.csv", by_coder[coder], "codings/coder-….csv")
        consensus = consensus_codings(self.project, inside)
        if consensus:
            self._write_codings("codings/consensus.csv", consensus, "codings/coder-….csv")
        self.counts["codings"] = sum(map(len, by_coder.values()))
        self.counts["consensus"] = len(consensus)

    def _write_codings(self, path: str, found: Sequence[Coding], kind: str) -> None:
        from hsreview.workbook.archive_tables import codings
        from hsreview.workbook.tidy_variables import names

        book = load_codebook(self.project.connection)
        refs = {place.code.id: place.code.ref for place in book.codes()}
        modifiers = [each.ref for each in book.modifiers]
        numbers = {each.version_id: number for number, each in self.chosen.transcripts.items()}

        def rows() -> Iterator[Sequence[Cell]]:
            text, of = "", ""
            for each in sorted(found, key=lambda c: (numbers[c.version_id], c.start, -c.end, c.id)):
                if of != each.version_id:
                    text, of = queries.text_of(self.project.connection, each.version_id), each.version_id
                yield [
                    each.id, numbers[each.version_id], each.start, each.end, refs.get(each.code_id, "?"),
                    self._coder(each.coder_id) if each.coder_id else "consensus", each.pass_, str(each.origin),
                    ";".join(each.flags), each.created[:10], text[each.start : each.end],
                    *(each.modifiers.get(ref) for ref in modifiers),
                ]  # fmt: skip

        columns = list(zip(names("m", modifiers), modifiers, strict=True))
        self._table(path, codings(Path(path).stem, columns, rows()), kind)

    def _coder(self, coder_id: str) -> str:
        return self.chosen.coders.get(coder_id, "?")

    def _translations(self) -> None:
        from hsreview.workbook.archive_tables import table

        numbers = {each.version_id: number for number, each in self.chosen.transcripts.items()}
        rows: list[Sequence[Cell]] = [
            [numbers[each.version_id], each.start, each.end, each.language, each.text, int(bool(each.checked_by))]
            for each in translated.translations(self.project.connection)
            if each.version_id in numbers
        ]
        rows.sort(key=lambda row: [str(cell) if at in (0, 3, 4) else cell for at, cell in enumerate(row)])
        if rows:
            self._table("translations.csv", table("translations", rows))
        self.counts["translations"] = len(rows)

    def _agreement(self) -> None:
        from hsreview.workbook.archive_tables import table

        inside = tuple(each.id for each in self.chosen.transcripts.values())
        report = compare(self.project, Selection(transcripts=inside), viewer=self.viewer) if inside else None
        self.counts["compared"] = len(report.basis.transcripts) if report else 0
        if report is None or not report.basis.transcripts:
            return
        self._table("agreement/agreement.csv", table("agreement", self._values(report)))
        self._table("agreement/basis.csv", table("agreement_basis", self._basis(report)))

    def _basis(self, report: AgreementReport) -> Iterator[Sequence[Cell]]:
        basis = report.basis
        yield ["unit", str(basis.unit)]
        yield ["units", str(basis.units)]
        yield ["coders", ";".join(self._coder(each) for each in basis.coders)]
        yield ["transcripts", ";".join(sorted(self.chosen.number_of[each] for each in basis.transcripts))]
        yield ["codebook_version", basis.codebook_version]
        yield ["interviewers_count", str(int(basis.interviewer))]
        yield ["smallest_overlap", str(basis.overlap)]
        yield ["primary_measure", basis.primary]
        yield ["primary_unit", basis.primary_unit]

    def _values(self, report: AgreementReport) -> Iterator[Sequence[Cell]]:
        for part, values in (("overall", report.overall), ("where", report.where), ("what", report.what)):
            yield from _estimates(part, "", values)
        for code in report.codes:
            yield from _estimates("code", code.ref, code.values)
        for pair in report.pairs:
            yield from _estimates("pair", " / ".join(map(self._coder, pair.coders)), pair.values)
        for part, of_coder in (("without", report.without), ("intra", report.intra), ("after", report.after)):
            for coder, value in of_coder.items():
                yield from _estimates(part, self._coder(coder), {"krippendorff_alpha_nominal": value})
        for transcript, value in sorted(report.per_transcript.items()):
            number = self.chosen.number_of[transcript]
            yield from _estimates("transcript", number, {"krippendorff_alpha_nominal": value})

    def _coreq(self) -> None:
        from hsreview.analysis.layer_frame import LayerFrame
        from hsreview.analysis.matrices import matrices
        from hsreview.workbook.archive_tables import table
        from hsreview.workbook.context import Context
        from hsreview.workbook.sheets.coreq import items
        from hsreview.workbook.words import Words

        if not layers(self.project):
            return
        layer = choose_layer(self.project, self.wish.layer or None, viewer=self.viewer)
        found = dataset(self.project, layer, viewer=self.viewer)
        called = {
            key: replace(coder, name=self.chosen.coders.get(key, "?")) for key, coder in found.coders.items()
        }  # fmt: skip
        found = replace(found, coders=called)
        counted = matrices(LayerFrame(found))
        for language in ("en", "fr"):
            rows = items(Context(found, counted, Words(language)))
            self._table(f"coreq.{language}.csv", table("coreq", rows), "coreq.….csv")

    def _consents(self) -> None:
        from hsreview.workbook.archive_tables import table

        people = queries.respondents(self.project.connection)
        inside = self.chosen.person_of
        rows: list[Sequence[Cell]] = []
        for status in sorted({str(each.consent.status) for each in people}):
            same = [each for each in people if each.consent.status == status]
            rows.append([status, len(same), sum(each.id in inside for each in same)])
        for scope in CONSENT_SCOPES:
            same = [each for each in people if scope in each.consent.scope]
            rows.append([scope, len(same), sum(each.id in inside for each in same)])
        self._table("consent.csv", table("consent_summary", rows))
        reasons: dict[str, int] = {}
        for left in self.chosen.left_out:
            reasons[left.reason] = reasons.get(left.reason, 0) + 1
        self._table("left_out.csv", table("left_out", sorted(reasons.items())))

    def _audit(self) -> None:
        (self.folder / AUDIT).mkdir(parents=True, exist_ok=True)
        from hsreview.workbook.audit_file import audit_table

        for suffix in (".csv", ".jsonl"):
            found = auditing.entries(self.project.connection)
            self.counts["acts"] = write_audit(found, self.chosen.coders, self.folder / AUDIT / f"audit{suffix}")
        self.described["audit/audit.csv"] = audit_table(())

    def _dictionary(self) -> None:
        from hsreview.workbook.archive_tables import dictionary

        self._table("dictionary.csv", dictionary(list(self.described.items())))


def _estimates(part: str, subject: str, values: Mapping[str, Estimate]) -> Iterator[Sequence[Cell]]:
    for measure, each in values.items():
        interval = each.interval
        yield [
            part, subject, measure, each.value, str(each.undefined) if each.undefined else None,
            interval.low if interval else None, interval.high if interval else None,
        ]  # fmt: skip


def metadata(project: Project, wish: ArchiveWish, counts: Mapping[str, int]) -> str:
    """What a repository asks for, as JSON; what only people know is there to be filled in."""
    book = load_codebook(project.connection)
    return json.dumps(
        {
            "title": "",
            "creators": [],
            "description": "",
            "licence": wish.licence,
            "funding": "",
            "fill_in": ["title", "creators", "description", "funding", *([] if wish.licence else ["licence"])],
            "languages": sorted({each.language for each in queries.transcripts(project.connection) if each.language}),
            "codebook": {"ref": book.ref, "version": book.version},
            "counts": {name: n for name, n in sorted(counts.items()) if name != "acts"},
        },
        ensure_ascii=False, indent=1, sort_keys=True,
    )  # fmt: skip
