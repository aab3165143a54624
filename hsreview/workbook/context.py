"""What every sheet module is given: the layer, what was counted from it, and how its things are named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from hsreview.model.codebook import CodePlace
from hsreview.model.dataset import CodedSegment, Dataset
from hsreview.model.groups import interview_groups, segment_groups
from hsreview.model.localized import Localized
from hsreview.model.material import Material
from hsreview.model.matrices import Matrices
from hsreview.model.people import AttributeValue, Respondent
from hsreview.model.transcript import Transcript
from hsreview.workbook.names import headers, short
from hsreview.workbook.sheet import Column
from hsreview.workbook.styles import EMPTY, SHORT, Look
from hsreview.workbook.words import Words

QUOTE = "quote"


@dataclass
class Context:
    """One export."""

    dataset: Dataset
    matrices: Matrices
    words: Words
    material: Material = field(default_factory=Material)
    targets: dict[int, tuple[str, int]] = field(default_factory=dict)
    """Position in `dataset.segments` → sheet and row where the quote stands; filled by the segments sheet."""
    cell_links: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """Table, row and column → where the codings behind that cell are listed; filled by the sheet of cells."""

    @cached_property
    def places(self) -> dict[str, CodePlace]:
        """Code id → its place, in the order of the codebook."""
        return {place.code.id: place for place in self.dataset.codebook.codes()}

    @cached_property
    def transcripts(self) -> dict[str, Transcript]:
        """Transcript id → transcript."""
        return {t.id: t for t in self.dataset.transcripts}

    @cached_property
    def depth(self) -> int:
        """Levels from a theme to the deepest code."""
        return max((len(place.parents) + 2 for place in self.places.values()), default=2)

    @cached_property
    def theme_labels(self) -> dict[str, str]:
        """Theme id → `D · Drivers of the strategy`."""
        return {t.id: short(self.named(t.ref, t.label)) for t in self.dataset.codebook.themes}

    @cached_property
    def _groups(self) -> dict[str, str]:
        return {g.ref: short(self.words.join(g.label)) or g.ref for g in self.dataset.codebook.groups}

    @cached_property
    def layer(self) -> str:
        """The layer's name as the workbook shows it."""
        basis = self.dataset.basis
        return self.words("consensus") if basis.layer_coder is None else basis.layer

    @cached_property
    def basis(self) -> str:
        """One line: what the numbers rest on."""
        basis = self.dataset.basis
        line = self.words(
            "basis_consensus" if basis.layer_coder is None else "basis_begun" if self.dataset.begun else "basis",
            layer=self.layer,
            reviewed=len(self.dataset.reviewed),
            begun=len(self.dataset.begun),
            all=len(self.dataset.transcripts),
            codings=len(self.dataset.segments),
            codebook=basis.codebook,
            version=basis.codebook_version,
        )
        return short(line, 1_000)

    @cached_property
    def notice(self) -> str:
        """What every sheet of a partial consensus says: how many interviews are in it; else empty."""
        partial = self.dataset.basis.partial
        return "" if partial is None else self.words("partial_consensus", n=partial[0], all=partial[1])

    @cached_property
    def attributes(self) -> tuple[list[str], list[str]]:
        """Keys of the respondents' attributes and of the interviews', each in the order in which they appear."""
        people = dict.fromkeys(k for r in self.dataset.respondents.values() for k in r.attributes)
        interviews = dict.fromkeys(k for t in self.dataset.transcripts for k in t.attributes)
        return list(people), list(interviews)

    @property
    def emptiness(self) -> Look:
        """The look of a word in place of a number: small in one language, on several lines in two."""
        return EMPTY if len(self.words.languages) == 1 else replace(EMPTY, shrink=False, wrap=True)

    def named(self, ref: str, label: Localized) -> str:
        """`D1 · Need for safety`."""
        text = self.words.join(label)
        return f"{ref} · {text}" if text and text != ref else ref

    def code_name(self, code_id: str) -> str:
        """Ref and label of a code."""
        code = self.places[code_id].code
        return self.named(code.ref, code.label)

    def group(self, ref: str) -> str:
        """A group's label, its ref when the codebook does not have it."""
        return self._groups.get(ref) or ref

    def group_title(self, ref: str) -> str:
        """As `group`, with words for those without a group."""
        return self.group(ref) or self.words("no_group")

    def groups_of(self, transcript: Transcript) -> str | None:
        """The labels of an interview's groups; null when it is in none."""
        return self._group_list(interview_groups(self.dataset, transcript))

    def groups_of_segment(self, segment: CodedSegment) -> str | None:
        """The labels of a segment's groups; null when it is in none."""
        transcript = self.transcripts[segment.transcript_id]
        return self._group_list(segment_groups(self.dataset, transcript, segment))

    def _group_list(self, refs: tuple[str, ...]) -> str | None:
        return ", ".join(self.group(ref) for ref in refs if ref) or None

    def reading(self, transcript_id: str) -> str:
        """`reviewed`, `begun` or `not read`."""
        return self.words(f"is_{self.dataset.reading(transcript_id)}")

    def consensus_status(self, transcript_id: str) -> str | None:
        """How an interview stands to the consensus: `adjudicated`, `adopted from …`; null where nobody reviews."""
        review = self.dataset.review
        found = review.statuses.get(transcript_id) if review else None
        if found is None:
            return None
        return self.words(f"entry_{found.entry}", name=found.adopted_from, open=found.open, all=found.differences)

    def readers(self, transcript_id: str) -> str | None:
        """Names of those who marked an interview reviewed."""
        review = self.dataset.review
        found = review.statuses.get(transcript_id) if review else None
        return ", ".join(found.coders) or None if found else None

    def yes_no(self, value: bool | None) -> str:
        """`yes`, `no`, or `not recorded`."""
        return self.words("not_recorded" if value is None else "yes" if value else "no")

    def translations(self, segment: CodedSegment, language: str = "") -> str | None:
        """What a segment says in one other language (empty: in all), with who translated and checked; null: nothing."""
        found = [each for each in segment.translated if language in ("", each.language)]
        said = []
        for each in found:
            key = "translation_checked" if each.checker else "translation_not_checked"
            by = self.words(key, language=each.language, translator=each.translator, checker=each.checker)
            said.append(f"{each.text} ({by})")
        return "\n".join(said) or None

    def quote_id(self, segment: CodedSegment) -> str:
        """`CSO_Gao_02:17`."""
        return f"{self.transcripts[segment.transcript_id].name}:{segment.number}"

    def respondent(self, segment: CodedSegment) -> Respondent | None:
        """Who speaks, when that is known."""
        return self.dataset.respondents.get(segment.respondent_id or "")

    def organisation(self, person: Respondent | None) -> str | None:
        """The name of the person's organisation, where it may be told."""
        if person is not None and person.id in self.dataset.unnamed_organisation:
            return None
        found = self.dataset.organisations.get((person and person.organisation_id) or "")
        return found.name if found else None

    def in_languages(self, key: str) -> list[str]:
        """The header `key`, once per language of the workbook and marked with it when there are two."""
        if len(self.words.languages) == 1:
            return [self.words(key)]
        return [f"{self.words(key)} ({language})" for language in self.words.languages]

    def texts(self, text: Localized) -> list[str]:
        """A text of the codebook for the columns of `in_languages`."""
        if len(self.words.languages) == 1:
            return [text.get(self.words.languages[0])]
        return [text.own(language) for language in self.words.languages]

    def level_headers(self) -> list[str]:
        """Headers of the level columns, theme first."""
        return [
            self.words("level", n=n) + (f" ({language})" if len(self.words.languages) > 1 else "")
            for language in self.words.languages
            for n in range(1, self.depth + 1)
        ]

    def levels(self, place: CodePlace) -> list[str | None]:
        """The labels for the columns of `level_headers`."""
        cells: list[str | None] = []
        for language in self.words.languages:
            labels = place.levels(language)
            cells += [*labels, *[None] * (self.depth - len(labels))]
        return cells

    def attribute_columns(self) -> list[Column]:
        """One column per attribute of respondents, then of interviews."""
        people, interviews = self.attributes
        marked = [self.words("attribute_of_interview", name=k) if k in people else k for k in interviews]
        return [Column(name, 16, SHORT) for name in (*people, *marked)]

    def attribute_values(self, person: Respondent | None, transcript: Transcript) -> list[AttributeValue]:
        """The values for `attribute_columns`."""
        people, interviews = self.attributes
        own = person.attributes if person else {}
        return [*(own.get(k) for k in people), *(transcript.attributes.get(k) for k in interviews)]


def table_columns(columns: Iterable[Column]) -> tuple[Column, ...]:
    """`columns` with headers that a table accepts: unique, on one line, not empty."""
    wanted = list(columns)
    return tuple(replace(c, header=name) for c, name in zip(wanted, headers(c.header for c in wanted), strict=True))
