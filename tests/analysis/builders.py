"""Small layers made in code. Every person, place and sentence is invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from hsreview.model.codebook import Code, Codebook, Flag, Group, Modifier, ModifierValue, Question, Theme
from hsreview.model.coding import Coding
from hsreview.model.dataset import Basis, CodedSegment, CodeFacts, Dataset, MemoRow, ProgressRow, Reading
from hsreview.model.localized import Localized
from hsreview.model.people import Attributes, Coder, Consent, ConsentStatus, Organisation, Respondent
from hsreview.model.transcript import Kind, Transcript

ANNA = Coder("coder-anna", "Anna")
BASILE = Coder("coder-basile", "Basile")


def both(fr: str, en: str) -> Localized:
    """A text in both languages."""
    return Localized(fr=fr, en=en)


def small_codebook() -> Codebook:
    """Two questions, three themes, five codes; `1.10` is a child of `1.1`; nothing ever bears the theme T."""
    deeper = Code("c-1.10", "1.10", both("Marchés", "Markets"), groups=("cso",))
    return Codebook(
        ref="invented",
        version="0.2",
        title=both("Grille inventée", "Invented codebook"),
        questions=(
            Question(
                "q1", "Q1", both("Pourquoi une stratégie ?", "Why a strategy?"), both("Moteurs", "Drivers"), hue="blue"
            ),
            Question(
                "q2", "Q2", both("Avec quels effets ?", "With what effects?"), both("Effets", "Effects"), hue="green"
            ),
        ),
        themes=(
            Theme(
                "t-d",
                "D",
                both("Moteurs : /?", "Drivers"),
                questions=("Q1",),
                codes=(
                    Code(
                        "c-1.1",
                        "1.1",
                        both("Besoin de sécurité", "Need for safety"),
                        definition=both("Ce qui pousse à agir.", "What makes people act."),
                        use=both("Le locuteur donne une raison.", "The speaker gives a reason."),
                        not_use=both("Pour un effet : E1.", "For an effect: E1."),
                        example=both("« On ne dormait plus. »", "“Nobody slept.”"),
                        children=(deeper,),
                    ),
                    Code("c-01", "01", both("Appel d’un bailleur", "A donor’s call")),
                ),
            ),
            Theme(
                "t-e",
                "E",
                both("Effets", "Effects"),
                questions=("Q2",),
                codes=(Code("c-e1", "E1", both("=1+1 loi", "=1+1 law")),),
            ),
            Theme(
                "t-t",
                "T",
                both("Transfert", "Transfer"),
                questions=("Q2",),
                codes=(Code("c-t1", "T1", both("Ailleurs", "Elsewhere")),),
            ),
        ),
        modifiers=(
            Modifier(
                "stance", both("Position", "Stance"), values=(ModifierValue("positive", both("positive", "positive")),)
            ),
        ),
        flags=(Flag("quote", both("à citer", "quotable")), Flag("mask", both("à masquer", "to mask"))),
        groups=(
            Group("cso", both("Société civile", "Civil society")),
            Group("policymaker", both("Décideurs", "Policymakers")),
            Group("army", both("Armée", "Army")),
        ),
    )


@dataclass
class Layer:
    """Builds a dataset interview by interview."""

    codebook: Codebook = field(default_factory=small_codebook)
    coder: Coder = ANNA
    transcripts: list[Transcript] = field(default_factory=list)
    respondents: dict[str, Respondent] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    respondents_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    segments: list[CodedSegment] = field(default_factory=list)
    reviewed: set[str] = field(default_factory=set)
    begun: set[str] = field(default_factory=set)

    def interview(
        self,
        name: str,
        text: str,
        *,
        group: str = "cso",
        reading: Reading = Reading.REVIEWED,
        kind: Kind = Kind.INTERVIEW,
        attributes: Attributes | None = None,
    ) -> str:
        """A new interview; `text` is what its respondents say. Returns its id."""
        transcript_id = f"i-{name}"
        self.transcripts.append(
            Transcript(
                transcript_id,
                name,
                kind,
                group,
                "fr",
                "2016-03-01",
                attributes=attributes or {},
                version_id=f"v-{name}",
            )
        )
        self.texts[transcript_id] = text
        if reading is not Reading.NOT_READ:
            (self.reviewed if reading is Reading.REVIEWED else self.begun).add(transcript_id)
        return transcript_id

    def person(
        self,
        name: str,
        *interviews: str,
        group: str = "",
        organisation: str = "",
        consent: Consent = Consent(ConsentStatus.WRITTEN, ("analysis", "quotes")),
        attributes: Attributes | None = None,
    ) -> str:
        """A respondent who speaks in `interviews`. Returns their id."""
        person_id = f"r-{name}"
        organisation_id = f"o-{organisation}" if organisation else None
        if organisation_id:
            self.organisations[organisation_id] = Organisation(organisation_id, organisation)
        self.respondents[person_id] = Respondent(person_id, name, group, organisation_id, consent, attributes or {})
        for interview in interviews:
            self.respondents_of[interview] = (*self.respondents_of.get(interview, ()), person_id)
        return person_id

    def code(
        self,
        interview: str,
        start: int,
        end: int,
        code: str,
        *,
        by: str | None = None,
        flags: tuple[str, ...] = (),
        modifiers: Mapping[str, str] | None = None,
        memo: str = "",
    ) -> str:
        """A coding of `code` (such as `E1`) on `[start, end)`. Returns its id."""
        number = sum(s.transcript_id == interview for s in self.segments) + 1
        coding_id = f"k-{interview}-{number}"
        version = next(t.version_id for t in self.transcripts if t.id == interview)
        coding = Coding(
            coding_id,
            version,
            start,
            end,
            f"c-{code.lower()}",
            self.coder.id,
            modifiers=modifiers or {},
            flags=flags,
            created="2016-05-01T08:00:00.000Z",
        )
        people = self.respondents_of.get(interview, ())
        who = by if by is not None else people[0] if len(people) == 1 else None
        self.segments.append(
            CodedSegment(
                coding, interview, number, 2, 1, "R", "respondent", who, self.texts[interview][start:end], memo
            )
        )
        return coding_id

    def dataset(
        self,
        memos: Sequence[MemoRow] = (),
        progress: Sequence[ProgressRow] = (),
        code_facts: Mapping[str, CodeFacts] | None = None,
    ) -> Dataset:
        """The layer of `self.coder`, words counted as runs between blanks."""
        starts = {t: word_starts(text) for t, text in self.texts.items()}
        return Dataset(
            basis=Basis(
                "Revue inventée",
                "p-1",
                self.coder.name,
                self.coder.id,
                "invented",
                "0.2",
                "2016-06-01T10:00:00.000Z",
                "hsreview test",
            ),
            codebook=self.codebook,
            transcripts=self.transcripts,
            segments=self.segments,
            coders={c.id: c for c in (ANNA, BASILE)},
            respondents=self.respondents,
            organisations=self.organisations,
            respondents_of=self.respondents_of,
            respondent_words={t: len(s) for t, s in starts.items()},
            segment_words={s.coding.id: len(s.text.split()) for s in self.segments},
            word_starts=starts,
            code_facts=code_facts or {},
            reviewed=frozenset(self.reviewed),
            begun=frozenset(self.begun),
            memos=memos,
            progress=progress,
        )


def word_starts(text: str) -> list[int]:
    """Where the words of `text` begin."""
    return [i for i, c in enumerate(text) if not c.isspace() and (i == 0 or text[i - 1].isspace())]


GAO = "On ne dormait plus la nuit, alors on a compté les vols au marché. La mairie nous a écoutés."
KAYES = "Nobody asked us anything before. The law has changed since, and the market is open again."


def sample() -> Dataset:
    """Four interviews (one of them not read), three groups (one of them empty), two people of one organisation."""
    layer = Layer()
    gao = layer.interview("CSO_Gao_02", GAO, attributes={"region": "Gao"})
    kayes = layer.interview("CSO_Kayes_01", KAYES, attributes={"region": "Kayes"})
    ministry = layer.interview("POL_Ministry_01", GAO, group="policymaker")
    layer.interview("POL_Unread_02", KAYES, group="policymaker", reading=Reading.NOT_READ)
    layer.person("Awa K.", gao, group="cso", organisation="Collectif inventé", attributes={"gender": "f", "age": 41})
    layer.person("Issa B.", kayes, group="cso", organisation="Collectif inventé", attributes={"gender": "m", "age": 37})
    layer.person("Conseiller A", ministry, group="policymaker", consent=Consent(ConsentStatus.ORAL))
    layer.code(gao, 0, 26, "1.1", flags=("quote",), memo="=SUM(A1)", modifiers={"stance": "positive"})
    layer.code(gao, 0, 26, "1.10")
    layer.code(gao, 20, 64, "1.10")
    layer.code(gao, 66, len(GAO), "E1")
    layer.code(kayes, 33, 51, "E1", flags=("mask",))
    layer.code(ministry, 66, len(GAO), "01")
    return layer.dataset(
        memos=(
            MemoRow(
                "m-1",
                "Anna",
                "2016-05-02T09:00:00.000Z",
                "coding",
                gao,
                "1.1",
                "2.1",
                GAO[:26],
                "À revoir avec Basile.",
            ),
            MemoRow("m-2", "Anna", "", "project", None, "", "", "", "-1 idée"),
        ),
        progress=(
            ProgressRow(gao, ANNA.id, "Anna", "", True, True, True, 4, 3, 5),
            ProgressRow(gao, BASILE.id, "Basile", "", True, False, False, 0, 0, 5),
        ),
        code_facts={"c-1.1": CodeFacts("0.1", "0.2", 2)},
    )


def half_read() -> Dataset:
    """`sample` with one interview more that was begun: one coding of E1, and no mark."""
    dataset = sample()
    layer = Layer(reviewed=set(dataset.reviewed))
    layer.transcripts, layer.segments = list(dataset.transcripts), list(dataset.segments)
    layer.respondents, layer.organisations = dict(dataset.respondents), dict(dataset.organisations)
    layer.respondents_of = dict(dataset.respondents_of)
    layer.texts = {t.id: KAYES if t.name.endswith(("Kayes_01", "Unread_02")) else GAO for t in dataset.transcripts}
    begun = layer.interview("CSO_Begun_03", KAYES, group="", reading=Reading.BEGUN)
    layer.person("Fanta D.", begun, group="cso", organisation="Association inventée")
    layer.code(begun, 33, 51, "E1")
    return layer.dataset(memos=dataset.memos, progress=dataset.progress, code_facts=dataset.code_facts)


def with_texts(dataset: Dataset, text: str) -> Dataset:
    """`dataset` with `text` as the words of its first segment."""
    first, *others = dataset.segments
    return replace(dataset, segments=[replace(first, text=text), *others])
