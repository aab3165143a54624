"""What lies on the coder's desk: one open transcript with its codings. No Textual."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator

from hsreview.model.coding import Coding, Origin
from hsreview.model.review import reading_of
from hsreview.model.text import Role, Span, Turn
from hsreview.project import queries
from hsreview.tui.session import Session
from hsreview.tui.text.document import ViewCoding, ViewDocument
from hsreview.workflows import assigning, consents, reading
from hsreview.workflows.coders import coders
from hsreview.workflows.reading import Transcript
from hsreview.workflows.translations import Placed, translations


class Desk:
    """One transcript as its coder sees it."""

    def __init__(self, session: Session, transcript: Transcript) -> None:
        self.session = session
        self.text = reading.open_text(session.project, transcript)
        self.transcript = transcript
        self.version_id = self.text.version.id
        self.gate = consents.transcript_consent(session.project, transcript.id)
        """What the consents of all who speak there allow."""
        self.pass_ = self._current_pass()
        """The pass in which the coder works: that of the open assignment."""
        self.others_hidden = False
        self.memoed: frozenset[str] = frozenset()
        """Ids of the codings that have a memo."""
        self.translations: tuple[Placed, ...] = ()
        """What segments say in other languages."""
        self.translated: frozenset[Span] = frozenset()
        self._turn_starts = [turn.start for turn in self.text.turns]
        self._coder_names: dict[str, str] = {}
        self.codings: dict[str, Coding] = {}
        self._touched: Counter[int] = Counter()
        """Turn index → own codings that touch it."""
        asked: set[str | None] = {s.label for s in self.text.speakers.values() if s.role is Role.RESPONDENT}
        if all(turn.speaker is None for turn in self.text.turns):  # A document is the respondent's throughout.
            asked = {None}
        self._respondent_turns = frozenset(i for i, turn in enumerate(self.text.turns) if turn.speaker in asked)
        self._coded = 0
        self.take(self._stored())

    def document(self) -> ViewDocument:
        """The text as the view takes it."""
        asking = {label for label, speaker in self.text.speakers.items() if speaker.role is Role.INTERVIEWER}
        return ViewDocument(self.text.text, self.text.turns, self.text.sentences, self.text.words, frozenset(asking))

    def described_anew(self, transcript: Transcript) -> bool:
        """Whether name, speakers or turns are no longer as they were read; `transcript` is as it is now."""
        connection, text = self.session.project.connection, self.text
        speakers = {speaker.label: speaker for speaker in queries.speakers(connection, transcript.id)}
        return (
            transcript != self.transcript
            or speakers != text.speakers
            or tuple(queries.turns(connection, self.version_id)) != text.turns
        )

    # Codings

    def _stored(self) -> list[Coding]:
        return reading.visible_codings(self.session.project, self.version_id, self.session.coder, self.pass_)

    def _current_pass(self) -> str:
        coder = self.session.coder
        return assigning.current_pass(self.session.project, self.transcript.id, coder.id) if coder else ""

    def take(self, codings: Iterable[Coding]) -> None:
        """These are the codings now."""
        self.codings = {coding.id: coding for coding in codings}
        self._touched, self._coded = Counter(), 0
        for coding in self.codings.values():
            self._touch(coding, 1)

    def reread(self) -> tuple[list[Coding], list[str]]:
        """Read the codings again: those that are new or changed, and the ids of those that are gone."""
        before = self.codings
        self.gate = consents.transcript_consent(self.session.project, self.transcript.id)
        self.pass_ = self._current_pass()
        self.take(self._stored())
        changed = [coding for coding in self.codings.values() if before.get(coding.id) != coding]
        return changed, [coding_id for coding_id in before if coding_id not in self.codings]

    def put(self, coding: Coding) -> None:
        """A coding was stored."""
        old = self.codings.get(coding.id)
        if old is not None:
            self._touch(old, -1)
        self.codings[coding.id] = coding
        self._touch(coding, 1)

    def drop(self, coding_id: str) -> None:
        """A coding was removed."""
        old = self.codings.pop(coding_id, None)
        if old is not None:
            self._touch(old, -1)

    def mine(self, coding: Coding) -> bool:
        """Whether the coder at the keyboard made it."""
        return self.session.coder is not None and coding.coder_id == self.session.coder.id

    def own(self, shown: Iterable[ViewCoding]) -> list[Coding]:
        """The codings of the coder at the keyboard among those that are shown."""
        return [self.codings[each.id] for each in shown if each.mine and each.id in self.codings]

    def in_reading(self, coding: Coding) -> bool:
        """Whether a coding belongs to the reading that is shown: the coder's own current one, or a first one."""
        parts = reading.sight(self.session.project, None).parts
        now = reading_of(self.pass_, parts) if self.mine(coding) else ""
        return reading_of(coding.pass_, parts) == now

    def view_of(self, coding: Coding) -> ViewCoding:
        """The coding as the view takes it."""
        name = self.session.code_name(coding.code_id)
        signs = (
            ("≈", coding.origin is Origin.SUGGESTED), ("⚑", coding.flags), ("✎", coding.id in self.memoed),
            ("⇄", (coding.start, coding.end) in self.translated),
        )  # fmt: skip
        marks = "".join(sign for sign, there in signs if there)
        mine = self.mine(coding)
        coder = "" if mine else self.coder_name(coding.coder_id)
        return ViewCoding(
            coding.id, coding.start, coding.end, coding.code_id, str(name), name.hue, mine, coder,
            marks,
        )  # fmt: skip

    def view_codings(self) -> Iterator[ViewCoding]:
        """Everything that is to be shown."""
        return (self.view_of(c) for c in self.codings.values() if not self.others_hidden or self.mine(c))

    def read_translations(self) -> list[Coding]:
        """Read what segments say in other languages: the codings whose marks change."""
        before, viewer = self.translated, self.session.coder
        self.translations = tuple(translations(self.session.project, viewer=viewer, transcript=self.transcript))
        self.translated = frozenset((each.translation.start, each.translation.end) for each in self.translations)
        differing = before ^ self.translated
        return [coding for coding in self.codings.values() if (coding.start, coding.end) in differing]

    def coder_name(self, coder_id: str) -> str:
        """The name of a member of the team."""
        if coder_id not in self._coder_names:
            self._coder_names = {coder.id: coder.name for coder in coders(self.session.project)}
        return self._coder_names.get(coder_id, "?")

    def is_reviewed(self) -> bool:
        """Whether the coder at the keyboard marked the pass in which they work as reviewed."""
        coder = self.session.coder
        marks = queries.reviewed(self.session.project.connection)
        return coder is not None and (self.transcript.id, coder.id, self.pass_) in marks

    def sees_others(self) -> bool:
        """Whether the work of others may be shown: to the lead, and to who has finished reading."""
        return reading.sight(self.session.project, self.session.coder).transcript(self.transcript.id)

    def read_memos(self) -> None:
        """Note which codings have a memo of the coder at the keyboard."""
        coder = self.session.coder
        memos = reading.memos_of(self.session.project, coder_id=coder.id) if coder else []
        self.memoed = frozenset(memo.coding_id for memo in memos if memo.coding_id in self.codings)

    # Places and progress

    def turn_index(self, offset: int) -> int:
        """The index of the turn that holds `offset`."""
        return max(0, bisect_right(self._turn_starts, offset) - 1)

    def turn_at(self, offset: int) -> Turn | None:
        """The turn that holds `offset`."""
        return self.text.turns[self.turn_index(offset)] if self.text.turns else None

    def place(self, offset: int) -> str:
        """`12.3`: the number of the turn and of the sentence in it; `12` where there is no sentence."""
        turn = self.turn_at(offset)
        if turn is None:
            return ""
        sentences = self.text.sentences
        first = bisect_right(sentences, (turn.start, -1))
        here = bisect_right(sentences, (offset, len(self.text.text) + 1)) - first
        return f"{turn.number}.{here}" if here > 0 else str(turn.number)

    def progress(self) -> tuple[int, int]:
        """Respondents' turns with a coding of one's own, and respondents' turns."""
        return self._coded, len(self._respondent_turns)

    def _touch(self, coding: Coding, step: int) -> None:
        if not self.mine(coding):
            return
        for index in range(self.turn_index(coding.start), self.turn_index(coding.end - 1) + 1):
            before = self._touched[index]
            self._touched[index] = before + step
            if index in self._respondent_turns and (before == 0) != (before + step == 0):
                self._coded += step
