"""`consent`: what every respondent agreed to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.cli.kit import PATH, argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, emit_table, say
from hsreview.cli.values import RESPONDENT, TRANSCRIPT
from hsreview.cli.world import World, pass_world
from hsreview.model.people import ATTRIBUTION_LEVELS, CONSENT_SCOPES, ConsentStatus

if TYPE_CHECKING:
    from collections.abc import Collection

    from hsreview.cli.answers.consent import ConsentEntry, ConsentRecord, TranscriptGate
    from hsreview.project.project import Project
    from hsreview.workflows.consents import PersonConsent, TranscriptConsent

consent = group(
    "consent",
    N_(
        "What every respondent agreed to, and what it allows.\n\n"
        "Nothing is coded of a newly imported transcript before the consent of all who speak in it is recorded, and no "
        "words leave in a file without the scope quotes. Without a further word, the respondents are listed."
    ),
    default="list",
)


@sub(
    consent,
    "list",
    N_(
        "List the respondents with their consent, and transcripts that wait for one.\n\n"
        "Codable and quotable say what the consent allows today; ? stands for what nobody recorded."
    ),
)
@as_json
@pass_world
def list_(world: World, as_json: bool) -> None:
    from hsreview.workflows.consent_words import attribution_word, scope_word, status_word
    from hsreview.workflows.consents import people_consents, transcript_consents
    from hsreview.workflows.withdrawn import withdrawn_notice

    with world.reading() as project:
        people, gates = people_consents(project), transcript_consents(project)
        withdrawn = withdrawn_notice(project)
    if as_json:
        emit_json({"consents": [_entry(each) for each in people], "transcripts": [_gate(each) for each in gates]})
        return
    emit_table(
        [_("respondent"), _("consent"), _("scope"), _("attribution"), _("embargo"), _("codable"), _("quotable")],
        [
            (
                each.respondent.name, status_word(each.respondent.consent.status),
                ", ".join(scope_word(part) for part in each.respondent.consent.scope),
                attribution_word(each.respondent.consent.attribution), each.respondent.consent.embargo,
                _mark(each.coding.allowed), _mark(each.quotes.allowed),
            )
            for each in people
        ],
    )  # fmt: skip
    for gate in gates:
        if not gate.coding.allowed:
            say(labelled(gate.transcript, gate.told))
    if withdrawn:
        say(withdrawn)


def _mark(allowed: bool | None) -> str:
    return "?" if allowed is None else _("yes") if allowed else _("no")


def _entry(each: PersonConsent) -> ConsentEntry:
    found = each.respondent.consent
    return {
        "respondent_id": each.respondent.id,
        "respondent": each.respondent.name,
        "transcripts": list(each.transcripts),
        "status": found.status.value,
        "scope": list(found.scope),
        "attribution": found.attribution,
        "date": found.date,
        "language": found.language,
        "embargo": found.embargo,
        "because": found.because,
        "may_code": each.coding.allowed,
        "may_quote": each.quotes.allowed,
    }


def _gate(each: TranscriptConsent) -> TranscriptGate:
    return {
        "transcript_id": each.transcript_id,
        "transcript": each.transcript,
        "gated": each.gated,
        "unnamed": list(each.unnamed),
        "may_code": each.coding.allowed,
        "why": each.coding.why,
    }


@sub(consent, "show", N_("Show what one respondent agreed to, what it allows today, and who recorded it when."))
@argument("name", N_("RESPONDENT"), type=RESPONDENT)
@as_json
@pass_world
def show(world: World, name: str, as_json: bool) -> None:
    from hsreview.workflows.consent_recording import find_respondent
    from hsreview.workflows.consent_words import records, told
    from hsreview.workflows.consents import people_consents

    with world.reading() as project:
        [found] = people_consents(project, [find_respondent(project, name).id])
        past = records(project, found.respondent.id)
    if as_json:
        entries: list[ConsentRecord] = [
            {"at": each.at, "coder": each.coder, "recorded": dict(each.said)} for each in past
        ]
        emit_json({**_entry(found), "records": entries})
        return
    for line in told(found, past):
        emit(line)


@sub(
    consent,
    "set",
    N_(
        "Record what respondents agreed to.\n\n"
        "Several may be named. With --transcript it is recorded of everybody who speaks there; a speaker whom nobody "
        "named yet is called by the pseudonym in the label, else like the transcript. Only what is named changes; what "
        "was recorded before changes with --because only. Quotes on which was decided are drafts again. A withdrawal "
        "recorded here blocks coding and files; what was said stays until it is erased."
    ),
)
@argument("names", N_("[RESPONDENT...]"), type=RESPONDENT, nargs=-1)
@option(
    "--transcript", "transcripts", metavar=N_("TRANSCRIPT"), type=TRANSCRIPT, multiple=True,
    text=N_("Of everybody who speaks there."),
)  # fmt: skip
@option("--status", type=click.Choice([each.value for each in ConsentStatus]), text=N_("How the consent was given."))
@option(
    "--scope", multiple=True, metavar="|".join(CONSENT_SCOPES),
    text=N_("To what it extends, with commas between; it replaces what was recorded."),
)  # fmt: skip
@option("--attribution", type=click.Choice(ATTRIBUTION_LEVELS), text=N_("The finest attribution allowed."))
@option("--date", "day", metavar=N_("DATE"), text=N_("When it was given, such as 2016-03-14."))
@option("--language", metavar="fr|en|…", text=N_("In which language it was given."))
@option("--embargo", metavar=N_("DATE"), text=N_("Nothing is published before this day; an empty one ends it."))
@option("--because", metavar=N_("TEXT"), default="", text=N_("Why something that was recorded changes."))
@as_json
@pass_world
def set_(
    world: World, names: tuple[str, ...], transcripts: tuple[str, ...], status: str | None, scope: tuple[str, ...],
    attribution: str | None, day: str | None, language: str | None, embargo: str | None, because: str, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.consent_recording import ConsentWish, find_respondent, read_scope, set_consent
    from hsreview.workflows.reading import find_transcript

    if not names and not transcripts:
        raise UsageProblem(_("Name respondents, or a transcript with --transcript."))
    wish = ConsentWish(
        ConsentStatus(status) if status else None, read_scope(",".join(scope)) if scope else None,
        attribution, day, language, embargo,
    )  # fmt: skip
    with world.writing() as (project, coder):
        done = set_consent(
            project, coder, [find_respondent(project, name) for name in names], wish,
            transcripts=[find_transcript(project, name) for name in transcripts], because=because,
        )  # fmt: skip
        _answer(project, [each.id for each in done], (), as_json)


@sub(
    consent,
    "table",
    N_(
        "Record what a table of respondents says of consent, of people who are in the project.\n\n"
        "FILE is a respondents.csv or .xlsx as it goes with an import. Gaps are filled and a withdrawal counts; what "
        "contradicts the project is told and left."
    ),
)
@argument("path", N_("FILE"), type=PATH)
@as_json
@pass_world
def table(world: World, path: Path, as_json: bool) -> None:
    from hsreview.workflows.consent_recording import read_consents

    with world.writing() as (project, coder):
        done = read_consents(project, coder, path)
        for remark in done.remarks:
            say(remark)
        if done.unknown:
            say(_("Not in the project, and left out: {names}").format(names=", ".join(done.unknown)))
        _answer(project, done.changed, done.unknown, as_json)


def _answer(project: Project, changed: Collection[str], unknown: Collection[str], as_json: bool) -> None:
    from hsreview.workflows.consents import people_consents

    found = people_consents(project, changed)
    if as_json:
        emit_json({"consents": [_entry(each) for each in found], "unknown": list(unknown)})
        return
    n = len(found)
    say(
        ngettext("Consent is recorded of {n} respondent: {names}", "Consent is recorded of {n} respondents: {names}", n)
        .format(n=n, names=", ".join(each.respondent.name for each in found) or "–")
    )  # fmt: skip
