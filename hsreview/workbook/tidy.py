"""Tidy tables for R, Stata and SPSS: one thing per row, one variable per column, names that every program accepts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hsreview.model.dataset import CodedSegment, Dataset
from hsreview.model.groups import interview_groups, segment_groups
from hsreview.model.matrices import Matrices
from hsreview.model.people import AttributeValue, Respondent
from hsreview.model.transcript import Transcript
from hsreview.workbook.tidy_variables import Cell, Tidy, Variable, integer, names, text, truth

QUOTE = "quote"


def tables(dataset: Dataset, matrices: Matrices) -> list[Tidy]:
    """Every table of one layer, the dictionary of their variables last."""
    maker = _Tables(dataset, matrices)
    found = [
        maker.segments(), maker.segments_wide(), maker.interviews(), maker.respondents(), maker.codes(),
        maker.counts(), maker.memos(), maker.progress(),
    ]  # fmt: skip
    return [*found, _dictionary(found)]


def _dictionary(found: Sequence[Tidy]) -> Tidy:
    variables = (
        text("table_name", "Table", "Table"),
        text("variable", "Variable", "Variable"),
        text("kind", "Sorte de valeur", "Kind of value"),
        text("about_fr", "Ce que c’est, en français", "What it is, in French"),
        text("about_en", "Ce que c’est, en anglais", "What it is, in English"),
    )
    return Tidy(
        "dictionary", variables, [(t.name, v.name, v.kind, v.about.fr, v.about.en) for t in found for v in t.variables]
    )


def _plain(value: AttributeValue) -> Cell:
    return int(value) if isinstance(value, bool) else value


class _Tables:
    def __init__(self, dataset: Dataset, matrices: Matrices) -> None:
        self.dataset, self.matrices = dataset, matrices
        self.places = {place.code.id: place for place in dataset.codebook.codes()}
        self.transcripts = {t.id: t for t in dataset.transcripts}
        self.person_keys = list(dict.fromkeys(k for r in dataset.respondents.values() for k in r.attributes))
        self.interview_keys = list(dict.fromkeys(k for t in dataset.transcripts for k in t.attributes))
        self.languages = dataset.languages_translated
        basis = dataset.basis
        self.layer = "consensus" if basis.layer_coder is None else basis.layer

    # Columns that several tables have

    def of_person(self) -> list[Variable]:
        named = zip(names("p", self.person_keys), self.person_keys, strict=True)
        return [
            text(name, f"Attribut du répondant : {key}", f"Attribute of the respondent: {key}") for name, key in named
        ]

    def of_interview(self) -> list[Variable]:
        named = zip(names("i", self.interview_keys), self.interview_keys, strict=True)
        return [
            text(name, f"Attribut de l’entretien : {key}", f"Attribute of the interview: {key}") for name, key in named
        ]

    def person_values(self, person: Respondent | None) -> list[Cell]:
        return [_plain(person.attributes.get(key)) if person else None for key in self.person_keys]

    def organisation(self, person: Respondent | None) -> str | None:
        """The name of somebody's organisation, where it may be told."""
        if person is None or person.id in self.dataset.unnamed_organisation:
            return None
        found = self.dataset.organisations.get(person.organisation_id or "")
        return found.name if found else None

    def interview_values(self, transcript: Transcript) -> list[Cell]:
        return [_plain(transcript.attributes.get(key)) for key in self.interview_keys]

    def person(self, segment: CodedSegment) -> Respondent | None:
        return self.dataset.respondents.get(segment.respondent_id or "")

    def groups(self, segment: CodedSegment) -> str:
        found = segment_groups(self.dataset, self.transcripts[segment.transcript_id], segment)
        return ";".join(filter(None, found))

    # Tables

    def segments(self) -> Tidy:
        book = self.dataset.codebook
        modifiers = [modifier.ref for modifier in book.modifiers]
        variables = (
            text("quote_id", "Entretien et numéro du codage", "Interview and number of the coding"),
            text("coding_id", "Identifiant du codage", "Id of the coding"),
            text("layer", "Couche : nom du codeur ou consensus", "Layer: name of the coder or consensus"),
            text("coder", "Qui a codé", "Who coded"),
            text("interview", "Nom de l’entretien", "Name of the interview"),
            text("reading", "reviewed, begun, unsettled, not_read", "reviewed, begun, unsettled, not_read"),
            text("groups", "Groupes de la personne, séparés par ;", "Groups of the person, separated by ;"),
            text("respondent", "Pseudonyme", "Pseudonym"),
            text("organisation", "Organisation", "Organisation"),
            text("speaker", "Étiquette du locuteur", "Label of the speaker"),
            text("role", "interviewer, respondent, other", "interviewer, respondent, other"),
            text("theme", "Référence du thème", "Ref of the theme"),
            text("code", "Référence du code", "Ref of the code"),
            integer("turn", "Numéro du tour de parole", "Number of the turn"),
            integer("sentence", "Numéro de la phrase dans le tour", "Number of the sentence in the turn"),
            integer("start_at", "Premier caractère (à partir de 0)", "First character (from 0)"),
            integer("end_at", "Caractère après le dernier", "Character after the last one"),
            integer("words", "Mots du segment", "Words of the segment"),
            text("words_said", "Le texte", "The text"),
            text("memo", "Mémo du codage", "Memo on the coding"),
            truth("starred", "Marqué comme citation", "Marked as a quote"),
            text("flags", "Drapeaux, séparés par ;", "Flags, separated by ;"),
            text("origin", "typed, suggested, autocoded, imported", "typed, suggested, autocoded, imported"),
            text("created", "Quand (UTC)", "When (UTC)"),
            text("language", "Langue de l’entretien", "Language of the interview"),
            text("date", "Date de l’entretien", "Date of the interview"),
            text("wave", "Vague", "Wave"),
            *(
                text(name, f"Modificateur {ref}", f"Modifier {ref}")
                for name, ref in zip(names("m", modifiers), modifiers, strict=True)
            ),
            *(
                text(name, f"Le segment en {language}", f"The segment in {language}")
                for name, language in zip(names("t", self.languages), self.languages, strict=True)
            ),
            *self.of_person(),
            *self.of_interview(),
        )
        return Tidy("segments", variables, self._segment_rows(modifiers))

    def _segment_rows(self, modifiers: Sequence[str]) -> Iterator[Sequence[Cell]]:
        dataset = self.dataset
        for each in dataset.segments:
            coding, transcript, person = each.coding, self.transcripts[each.transcript_id], self.person(each)
            place, said = self.places[coding.code_id], {t.language: t.text for t in each.translated}
            coder = dataset.coders.get(coding.coder_id)
            yield [
                f"{transcript.name}:{each.number}", coding.id, self.layer, coder.name if coder else coding.coder_id,
                transcript.name, str(dataset.reading(transcript.id)), self.groups(each),
                person.name if person else None, self.organisation(person), each.speaker, each.role,
                place.theme.ref, place.code.ref, each.turn, each.sentence or None, coding.start, coding.end,
                dataset.segment_words.get(coding.id), each.text, each.memo, int(QUOTE in coding.flags),
                ";".join(coding.flags), str(coding.origin), coding.created, transcript.language, transcript.date,
                transcript.wave, *(coding.modifiers.get(ref) for ref in modifiers), *map(said.get, self.languages),
                *self.person_values(person), *self.interview_values(transcript),
            ]  # fmt: skip

    def segments_wide(self) -> Tidy:
        codes = list(self.places.values())
        variables = (
            text("interview", "Nom de l’entretien", "Name of the interview"),
            text("respondent", "Pseudonyme", "Pseudonym"),
            text("groups", "Groupes de la personne, séparés par ;", "Groups of the person, separated by ;"),
            integer("start_at", "Premier caractère (à partir de 0)", "First character (from 0)"),
            integer("end_at", "Caractère après le dernier", "Character after the last one"),
            text("words_said", "Le texte", "The text"),
            *(
                truth(name, f"Porte le code {place.code.ref}", f"Bears the code {place.code.ref}")
                for name, place in zip(names("c", (place.code.ref for place in codes)), codes, strict=True)
            ),
        )
        return Tidy("segments_wide", variables, self._wide_rows([place.code.id for place in codes]))

    def _wide_rows(self, codes: Sequence[str]) -> Iterator[Sequence[Cell]]:
        spans: dict[tuple[str, int, int], list[CodedSegment]] = {}
        for each in self.dataset.segments:
            spans.setdefault((each.transcript_id, each.coding.start, each.coding.end), []).append(each)
        for (transcript, start, end), same in spans.items():
            person, borne = self.person(same[0]), {each.coding.code_id for each in same}
            yield [
                self.transcripts[transcript].name, person.name if person else None, self.groups(same[0]), start, end,
                same[0].text, *(int(code in borne) for code in codes),
            ]  # fmt: skip

    def interviews(self) -> Tidy:
        variables = (
            text("interview", "Nom de l’entretien", "Name of the interview"),
            text("kind", "interview, focus_group, document", "interview, focus_group, document"),
            text("groups", "Groupes, séparés par ;", "Groups, separated by ;"),
            text("language", "Langue", "Language"),
            text("date", "Date", "Date"),
            text("wave", "Vague", "Wave"),
            text("reading", "reviewed, begun, unsettled, not_read", "reviewed, begun, unsettled, not_read"),
            integer("respondents", "Répondants connus", "Respondents known"),
            integer("respondent_words", "Mots des répondants", "Words of the respondents"),
            *self.of_interview(),
        )
        dataset = self.dataset
        rows = (
            [
                t.name, str(t.kind), ";".join(filter(None, interview_groups(dataset, t))), t.language, t.date, t.wave,
                str(dataset.reading(t.id)), len(dataset.respondents_of.get(t.id, ())),
                dataset.respondent_words.get(t.id), *self.interview_values(t),
            ]
            for t in dataset.transcripts
        )  # fmt: skip
        return Tidy("interviews", variables, rows)

    def respondents(self) -> Tidy:
        variables = (
            text("respondent", "Pseudonyme", "Pseudonym"),
            text("group_ref", "Groupe", "Group"),
            text("organisation", "Organisation", "Organisation"),
            text("consent", "État du consentement", "State of the consent"),
            text("interviews", "Entretiens, séparés par ;", "Interviews, separated by ;"),
            *self.of_person(),
        )
        heard: dict[str, list[str]] = {}
        for transcript, people in self.dataset.respondents_of.items():
            for person in people:
                heard.setdefault(person, []).append(self.transcripts[transcript].name)
        rows = (
            [
                r.name, r.group, self.organisation(r),
                str(r.consent.status), ";".join(heard.get(r.id, [])), *self.person_values(r),
            ]
            for r in self.dataset.respondents.values()
        )  # fmt: skip
        return Tidy("respondents", variables, rows)

    def codes(self) -> Tidy:
        variables = (
            text("code", "Référence du code", "Ref of the code"),
            text("code_id", "Identifiant du code", "Id of the code"),
            text("theme", "Référence du thème", "Ref of the theme"),
            text("parent", "Référence du code au-dessus", "Ref of the code above"),
            text("label_fr", "Libellé français", "French label"),
            text("label_en", "Libellé anglais", "English label"),
            text("status", "État du code", "Status of the code"),
        )
        rows = (
            [
                place.code.ref, place.code.id, place.theme.ref, place.parents[-1].ref if place.parents else None,
                place.code.label.fr, place.code.label.en, str(place.code.status),
            ]
            for place in self.places.values()
        )  # fmt: skip
        return Tidy("codes", variables, rows)

    def counts(self) -> Tidy:
        variables = (
            text("theme", "Référence du thème", "Ref of the theme"),
            text("code", "Référence du code ; vide : le thème", "Ref of the code; empty: the theme"),
            text("group_ref", "Groupe ; all : ensemble ; none : sans groupe", "Group; all: together; none: without"),
            integer("interviews", "Entretiens relus qui le mentionnent", "Interviews reviewed that mention it"),
            integer("interviews_n", "Entretiens relus", "Interviews reviewed"),
            integer("respondents", "Répondants qui le mentionnent", "Respondents mentioning it"),
            integer("respondents_n", "Répondants", "Respondents"),
            integer("organisations", "Organisations qui le mentionnent", "Organisations mentioning it"),
            integer("organisations_n", "Organisations", "Organisations"),
            integer("segments", "Segments", "Segments"),
        )
        themes = {theme.id: theme.ref for theme in self.dataset.codebook.themes}
        rows = (
            [
                themes[row.theme_id], self.places[row.code_id].code.ref if row.code_id else None,
                "all" if base.group is None else base.group or "none",
                count.interviews if base.reviewed else None, base.reviewed,
                count.respondents if base.respondents else None, base.respondents,
                count.organisations if base.organisations else None, base.organisations,
                count.segments if base.reviewed else None,
            ]
            for row in self.matrices.groups.rows
            for base, count in zip(self.matrices.groups.groups, row.counts, strict=True)
        )  # fmt: skip
        return Tidy("counts", variables, rows)

    def memos(self) -> Tidy:
        variables = (
            text("memo_id", "Identifiant du mémo", "Id of the memo"),
            text("coder", "De qui", "By whom"),
            text("created", "Quand (UTC)", "When (UTC)"),
            text("about", "transcript, coding, segment, code, project", "transcript, coding, segment, code, project"),
            text("interview", "Nom de l’entretien", "Name of the interview"),
            text("code", "Référence du code", "Ref of the code"),
            text("place", "Tour.phrase", "Turn.sentence"),
            text("memo", "Le mémo", "The memo"),
        )
        transcripts = {t.id: t.name for t in self.dataset.transcripts}
        rows = (
            [
                m.memo_id,
                m.coder,
                m.created,
                m.about,
                transcripts.get(m.transcript_id or ""),
                m.code_ref,
                m.place,
                m.text,
            ]
            for m in self.dataset.memos
        )
        return Tidy("memos", variables, rows)

    def progress(self) -> Tidy:
        variables = (
            text("interview", "Nom de l’entretien", "Name of the interview"),
            text("coder", "Codeur", "Coder"),
            text("reading_pass", "Lecture ; vide : la première", "Pass; empty: the first"),
            truth("assigned", "Attribué", "Assigned"),
            truth("started", "Commencé", "Started"),
            truth("reviewed", "Relu", "Reviewed"),
            integer("codings", "Codages ; vide : pas montré", "Codings; empty: not shown"),
            integer("coded_turns", "Tours des répondants codés", "Respondents’ turns coded"),
            integer("turns", "Tours des répondants", "Respondents’ turns"),
        )
        rows = (
            [
                self.transcripts[p.transcript_id].name, p.coder, p.pass_, int(p.assigned), int(p.started),
                int(p.reviewed), p.codings, p.coded_turns, p.turns,
            ]
            for p in self.dataset.progress
        )  # fmt: skip
        return Tidy("progress", variables, rows)
