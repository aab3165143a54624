"""The release of quotes: draft → checked by a second person → released; what changes meanwhile makes a draft again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.ids import derived_id
from hsreview.base.messages import N_, _, ngettext
from hsreview.model.people import Coder
from hsreview.privacy.roles import Duty
from hsreview.privacy.roles import check as check_role
from hsreview.project import queries
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.project.quotes import SEEN
from hsreview.review import blind
from hsreview.workflows.quoted import CHANGED as CHANGED
from hsreview.workflows.quoted import DISPUTED, MASKED, all_quotes, digests
from hsreview.workflows.quoted import STATES as STATES
from hsreview.workflows.quoted import Quote as Quote
from hsreview.workflows.quoted import State as State
from hsreview.workflows.reading import present_transcript
from hsreview.workflows.translations import Translation, by_place, language_code, translations

BLIND = N_("you code blind: mark the transcript as reviewed before you decide on quotes")


class PartlyRefused(InputRefused):
    """Some quotes are stored as `done`; the others were refused, each with its reason."""

    def __init__(self, message: str, problems: Sequence[Problem], done: Sequence[Quote]) -> None:
        super().__init__(message, problems)
        self.done = tuple(done)


def quotes(project: Project, *, viewer: Coder | None = None, state: State | None = None) -> list[Quote]:
    """Every starred or decided passage that `viewer` may see, in the order of transcripts and offsets."""
    with project.snapshot():
        found = all_quotes(project, blind.sight(project.connection, viewer))
    return [each for each in found if state in (None, each.state)]


def released_with(project: Project, quote: Quote, *, viewer: Coder | None = None) -> list[Quote]:
    """The other released quotes of the same person: together they must not tell who it is."""
    mine = {person.id for person in quote.respondents}
    return [
        each
        for each in quotes(project, viewer=viewer, state=State.RELEASED)
        if each.id != quote.id and mine & {person.id for person in each.respondents}
    ]


def check(project: Project, coder: Coder, wishes: Sequence[str]) -> list[Quote]:
    """Confirm drafts as a second person: not the one who starred them.

    Raises InputRefused with every reason, PartlyRefused when some of them are stored.
    """

    def refusal(quote: Quote) -> str:
        if quote.state is not State.DRAFT:
            return _("is {state} already").format(state=_(STATES[quote.state]))
        if quote.starred_by == coder.id:
            return _("you starred it yourself: a second person checks it")
        return _unfit(quote)

    return _decide(project, coder, wishes, refusal, state=State.CHECKED, checked_by=coder.id, released_by="", reason="")


def release(project: Project, coder: Coder, wishes: Sequence[str], *, because: str = "") -> list[Quote]:
    """Release checked quotes; a draft that nobody checked needs a reason.

    Raises InputRefused with every reason, PartlyRefused when some of them are stored.
    """

    def refusal(quote: Quote) -> str:
        if quote.state is State.RELEASED:
            return _("is {state} already").format(state=_(STATES[quote.state]))
        if quote.state is State.DRAFT and not because.strip():
            return _("no second person checked it: say why with --because, or have it checked")
        if quote.allowed is None:
            return _("whether the respondent allows quotes is not recorded")
        return _unfit(quote)

    reason = because.strip()
    return _decide(project, coder, wishes, refusal, state=State.RELEASED, released_by=coder.id, reason=reason)


def withdraw(project: Project, coder: Coder, wishes: Sequence[str], *, because: str = "") -> list[Quote]:
    """Make checked and released quotes drafts again.

    Raises InputRefused for drafts, PartlyRefused when some of them are stored.
    """

    def refusal(quote: Quote) -> str:
        return _("is a draft") if quote.state is State.DRAFT else ""

    return _decide(
        project, coder, wishes, refusal, state=State.DRAFT, checked_by="", released_by="", reason=because.strip()
    )


def translate(project: Project, coder: Coder, wish: str, language: str, text: str) -> Quote:
    """Store a translation with its translator (empty: take it away); the quote is a draft again."""
    language = language_code(language)
    with project.act(coder.id) as act:
        [quote] = find_quotes(project, [wish], viewer=coder)
        _check_sight(project, coder, quote)
        translations = {key: dict(value) for key, value in quote.translations.items() if key != language}
        if text.strip():
            translations[language] = {"text": text.strip(), "by": coder.id}
        if translations != quote.translations:
            _put(act, quote, translations=translations, state=State.DRAFT, checked_by="", released_by="", reason="")
    return find_quotes(project, [quote.id], viewer=coder)[0]


def proposed_translations(project: Project, quote: Quote, *, viewer: Coder | None = None) -> list[Translation]:
    """What the segment of a quote says in languages in which the quote has no translation of its own."""
    here = (quote.version_id, quote.start, quote.end)
    transcript = present_transcript(project, quote.transcript_id)
    found = by_place(translations(project, viewer=viewer, transcript=transcript)).get(here, ())
    return [each.translation for each in found if each.translation.language not in quote.translations]


def would_reopen(quote: Quote, language: str, text: str) -> bool:
    """Whether storing this translation takes back what was decided on the quote."""
    before = quote.translations.get(language.strip().lower(), {}).get("text", "")
    return quote.state is not State.DRAFT and text.strip() != before


def find_quotes(project: Project, wishes: Sequence[str], *, viewer: Coder | None = None) -> list[Quote]:
    """The quotes with these ids, or with the beginnings of ids. Raises InputRefused for those that are not there."""
    found, missing = _looked_up(project, wishes, viewer)
    if missing:
        raise InputRefused(_("Star a passage first (flag quote); see: hsreview quotes"), missing)
    return found


def _looked_up(project: Project, wishes: Sequence[str], viewer: Coder | None) -> tuple[list[Quote], list[Problem]]:
    """The quotes that `viewer` may see, and why the other wishes name none."""
    known = quotes(project, viewer=viewer)
    found: dict[str, Quote] = {}
    missing = []
    for wish in dict.fromkeys(wishes):
        like = [each for each in known if each.id == wish] or [each for each in known if each.id.startswith(wish)]
        if len(like) == 1:
            found[like[0].id] = like[0]
        else:
            missing.append(Problem(_("several quotes begin so") if like else _none(project, viewer), wish, "quote"))
    return list(found.values()), missing


def _none(project: Project, viewer: Coder | None) -> str:
    """That there is no such quote: to whom codes blind it is said whether or not others starred something there."""
    if blind.anywhere(project.connection, viewer):
        return _("no such quote that you may see: what others starred is not shown where you still code blind")
    return _("no such quote")


def _decide(
    project: Project, coder: Coder, wishes: Sequence[str], refusal: Callable[[Quote], str], **fields: str
) -> list[Quote]:
    check_role(Duty.QUOTES, coder, queries.coders(project.connection))
    with project.act(coder.id) as act:
        chosen, refused = _looked_up(project, wishes, coder)
        seen = blind.sight(project.connection, coder)
        fit = []
        for quote in chosen:
            if why := refusal(quote) if seen.transcript(quote.transcript_id) else _(BLIND):
                refused.append(Problem(why, f"{quote.transcript} {quote.place}", "quote"))
            else:
                fit.append(quote)
                _put(act, quote, translations=quote.translations, **fields)
    done = find_quotes(project, [each.id for each in fit], viewer=coder)
    if not refused:
        return done
    n = len(done)
    if not done:
        raise InputRefused(_("Nothing was stored."), refused)
    text = ngettext("{n} quote is stored; refused:", "{n} quotes are stored; refused:", n)
    raise PartlyRefused(text.format(n=n), refused, done)


def _check_sight(project: Project, coder: Coder, quote: Quote) -> None:
    if not blind.sight(project.connection, coder).transcript(quote.transcript_id):
        raise InputRefused(_("Nothing was stored."), [Problem(_(BLIND), quote.transcript, "blind")])


def _put(act: Act, quote: Quote, *, translations: Mapping[str, Mapping[str, str]], **fields: str) -> None:
    if DISPUTED in quote.changed:
        # What stands already is not written again, and would settle nothing.
        act.put("quote", derived_id("quote", quote.id), state=State.DRAFT)
    act.put(
        "quote", derived_id("quote", quote.id), coding_id=quote.id, version_id=quote.version_id, start=quote.start,
        end=quote.end, translation={**translations, SEEN: digests(quote, translations)}, **fields,
    )  # fmt: skip


def _unfit(quote: Quote) -> str:
    """Why a quote cannot be published whatever anybody decides; empty when nothing speaks against it."""
    if len(quote.respondents) > 1:
        return _("it holds the words of several people")
    if not quote.respondents:
        return _("it is not known who says it: name the respondent behind the speaker")
    if quote.allowed is False:
        return _("the respondent's consent does not allow quotes")
    if not quote.text.replace(MASKED, "").strip():
        return _("all its words are masked")
    return ""
