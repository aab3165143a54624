"""`query` and `queries`: ask a layer with an expression; saved queries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.base.terminal import visible
from hsreview.cli.kit import argument, as_json, command, group, option, sub
from hsreview.cli.output import cells, emit, emit_csv, emit_json, emit_table, first_printed, say, shortened
from hsreview.cli.values import AT_LEAST_ONE, ProjectName
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.queries import GroupOfAnswer, QueryHit, SavedQuery
    from hsreview.project.project import Project
    from hsreview.workflows.querying import Answer, CodedSegment, GroupAnswer, Hit, OpenLayer
    from hsreview.workflows.saved_queries import SavedQuery as StoredQuery

ROOM = 74
"""Characters of a faulty expression that are printed above the mark."""


def _names(project: Project) -> Sequence[str]:
    from hsreview.workflows.saved_queries import saved_queries

    return [each.name for each in saved_queries(project)]


QUERY = ProjectName("query", _names)

_layer = option("--layer", metavar=N_("NAME"), text=N_("Whose codings: a coder, consensus, or all (each coder apart)."))
_limit = option("--limit", metavar=N_("N"), type=AT_LEAST_ONE, text=N_("At most so many codings."))
_as_csv = option("--csv", "as_csv", is_flag=True, text=N_("Print a table with a row for each coding, as CSV."))


@command(
    "query",
    N_(
        "Ask which codings an expression picks, and whose they are.\n\n"
        "Examples: D1 and not K4 · (P* or O*) within turn M1 · D1 followed by K4 within 2 turns · D and group = cso "
        'and region in (Gao, Mopti) · stance = negative · P8 not within respondent K4 · any and says "budget*"\n\n'
        "D names a theme with all its codes, D1 a code with those below it, D1! the code alone, D* what begins so. "
        "French words mean the same (D1 sauf K4). Put the expression in quotation marks of your shell. The whole "
        "language is explained in docs/queries.en.md."
    ),
)
@argument("words", N_("EXPRESSION..."), nargs=-1, required=True)
@_layer
@_limit
@option("--save", "name", metavar=N_("NAME"), text=N_("Save the expression under this name."))
@_as_csv
@as_json
@pass_world
def query(
    world: World, words: tuple[str, ...], layer: str | None, limit: int | None, name: str | None, as_csv: bool,
    as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.saved_queries import save_query

    expression = " ".join(words)
    if name is None:
        with world.reading() as project, _pointing():
            _ask(world, project, expression, layer, limit, as_csv=as_csv, as_json=as_json)
        return
    with world.writing() as (project, coder), _pointing():
        _ask(world, project, expression, layer, limit, as_csv=as_csv, as_json=as_json)
        new = save_query(project, coder, name, expression)
    say(_("Saved as {name}.").format(name=name) if new else _("{name} says this already.").format(name=name))


@contextmanager
def _pointing() -> Iterator[None]:
    """Print what is wrong with an expression with a mark under the place."""
    from hsreview.workflows.querying import QueryFault

    try:
        yield
    except QueryFault as fault:
        shown, before = fault.pointed(ROOM)
        mark = " " * cells(visible(before)) + "^"
        raise InputRefused(fault.message, [Problem(visible(shown)), Problem(mark)]) from None


def _ask(
    world: World, project: Project, expression: str, layer: str | None, limit: int | None, *, as_csv: bool,
    as_json: bool, notes: Sequence[str] = (),
) -> None:  # fmt: skip
    from hsreview.workflows.querying import open_layer

    if as_csv and as_json:
        raise UsageProblem(_("Choose one of --json and --csv."))
    opened = open_layer(project, layer, viewer=world.reader(project))
    answer = opened.ask(expression, limit, notes=notes)
    hits = [_hit(opened, hit) for hit in answer.hits]
    groups = [_group(each) for each in answer.who]
    if as_json:
        basis = answer.basis
        emit_json(
            {
                "expression": answer.expression,
                "read": answer.read,
                "basis": {
                    "layer": basis.layer,
                    "coder_id": basis.layer_coder,
                    "codebook": basis.codebook,
                    "codebook_version": basis.codebook_version,
                    "interviews": answer.who[-1].base.interviews,
                    "reviewed": answer.who[-1].base.reviewed,
                    "selection": basis.selection,
                },
                "total": answer.total,
                "hits": hits,
                "groups": groups,
                "left_out": {"codings": answer.left_out[0], "interviews": answer.left_out[1]},
                "notes": list(answer.notes),
            }
        )
    elif as_csv:
        _print_csv(answer, hits)
    else:
        _print(answer, hits, groups, opened.group_names)
    for note in answer.notes:
        say(note)


def _hit(opened: OpenLayer, hit: Hit) -> QueryHit:
    segment, coding, dataset = hit.segment, hit.segment.coding, opened.dataset
    person = dataset.respondents.get(segment.respondent_id or "")
    coder = dataset.coders.get(coding.coder_id)

    def ref(each: CodedSegment) -> str:
        return opened.refs.get(each.coding.code_id, "?")

    return {
        "id": coding.id,
        "transcript_id": segment.transcript_id,
        "transcript": opened.names[segment.transcript_id],
        "version_id": coding.version_id,
        "start": coding.start,
        "end": coding.end,
        "turn": segment.turn,
        "sentence": segment.sentence,
        "speaker": segment.speaker,
        "respondent_id": segment.respondent_id,
        "respondent": person.name if person else "",
        "code_id": coding.code_id,
        "code": ref(segment),
        "coder_id": coding.coder_id,
        "coder": coder.name if coder else "",
        "text": segment.text,
        "partners": [{"id": each.coding.id, "code": ref(each), "place": each.place} for each in hit.partners],
        "more_partners": hit.more_partners,
    }


def _group(each: GroupAnswer) -> GroupOfAnswer:
    base, count = each.base, each.count
    return {
        "group": base.group,
        "interviews": count.interviews,
        "interviews_reviewed": base.reviewed,
        "respondents": count.respondents,
        "respondents_reviewed": base.respondents,
        "organisations": count.organisations,
        "organisations_reviewed": base.organisations,
        "codings": count.segments,
        "interviews_begun": count.begun,
        "codings_begun": count.begun_segments,
    }


def _with(hit: QueryHit) -> str:
    """The partners in a few words: `K4 12.1, K4 12.3 +2`."""
    named = ", ".join(f"{partner['code']} {partner['place']}" for partner in hit["partners"])
    return f"{named} +{hit['more_partners']}" if hit["more_partners"] else named


def _print_csv(answer: Answer, hits: Sequence[QueryHit]) -> None:
    basis = answer.basis
    names = (
        "id", "transcript", "turn", "sentence", "start", "end", "speaker", "respondent", "code", "coder", "text",
    )  # fmt: skip
    emit_csv(
        [*names, "partners", "layer", "codebook", "codebook_version", "expression"],
        [
            [
                *(hit[name] for name in names),  # type: ignore[literal-required]
                _with(hit), basis.layer, basis.codebook, basis.codebook_version, answer.read,
            ]
            for hit in hits
        ],
    )  # fmt: skip


def _print(answer: Answer, hits: Sequence[QueryHit], groups: Sequence[GroupOfAnswer], names: Mapping[str, str]) -> None:
    basis, every = answer.basis, groups[-1]
    emit(labelled(_("Query"), answer.read))
    emit(
        _("Layer: {layer} · codebook {codebook} {version} · {reviewed} of {n} interviews reviewed").format(
            layer=basis.layer, codebook=basis.codebook, version=basis.codebook_version,
            reviewed=every["interviews_reviewed"], n=answer.who[-1].base.interviews,
        )
    )  # fmt: skip
    if basis.selection:
        emit(basis.selection)
    emit()
    if hits:
        _print_hits(hits, coders=basis.layer_coder is None)
        emit()
    emit_table(
        [_("group"), _("interviews"), _("respondents"), _("organisations"), _("codings")],
        [
            (
                _("all together")
                if each["group"] is None
                else names.get(each["group"], each["group"]) or _("without a group"),
                _of(each["interviews"], each["interviews_reviewed"]),
                _of(each["respondents"], each["respondents_reviewed"]),
                _of(each["organisations"], each["organisations_reviewed"]),
                each["codings"],
            )
            for each in groups
        ],
    )
    if every["interviews_begun"]:
        emit(
            ngettext(
                "Besides, {n} coding in interviews that are not reviewed; the table leaves it out.",
                "Besides, {n} codings in interviews that are not reviewed; the table leaves them out.",
                every["codings_begun"],
            ).format(n=every["codings_begun"])
        )
    say(ngettext("{n} coding.", "{n} codings.", answer.total).format(n=answer.total))
    if len(hits) < answer.total:
        say(first_printed(len(hits)))


def _print_hits(hits: Sequence[QueryHit], *, coders: bool) -> None:
    heads = [_("transcript"), _("place"), _("code"), *([_("coder")] if coders else []), _("who"), _("with"), _("words")]
    emit_table(
        heads,
        [
            (
                hit["transcript"],
                f"{hit['turn']}.{hit['sentence']}",
                hit["code"],
                *([hit["coder"]] if coders else []),
                hit["respondent"] or hit["speaker"] or "",
                shortened(_with(hit), 24),
                shortened(hit["text"], 50),
            )
            for hit in hits
        ],
    )


def _of(n: int, base: int) -> str:
    return _("{n} of {base}").format(n=n, base=base)


queries = group(
    "queries",
    N_("List, show, run and remove saved queries.\n\nWithout a further word, they are listed."),
    default="list",
)


@sub(queries, "list", N_("List the saved queries, by name."))
@as_json
@pass_world
def list_(world: World, as_json: bool) -> None:
    from hsreview.workflows.saved_queries import saved_queries

    with world.reading() as project:
        found = [_saved(each) for each in saved_queries(project)]
    if as_json:
        emit_json({"queries": found})
        return
    emit_table([_("name"), _("query")], [(each["name"], each["read"]) for each in found])
    n = len(found)
    say(ngettext("{n} saved query.", "{n} saved queries.", n).format(n=n))
    for each in found:
        for note in each["notes"]:
            say(labelled(each["name"], note))


@sub(queries, "show", N_("Print a saved query, as it was written and as it is read."))
@argument("name", N_("NAME"), type=QUERY)
@as_json
@pass_world
def show(world: World, name: str, as_json: bool) -> None:
    from hsreview.workflows.saved_queries import find_query

    with world.reading() as project:
        found = _saved(find_query(project, name))
    if as_json:
        emit_json({"queries": [found]})
        return
    emit(found["expression"])
    if found["read"] != found["expression"]:
        emit(labelled(_("Read as"), found["read"]))
    for note in found["notes"]:
        say(note)


@sub(queries, "run", N_("Ask a saved query again."))
@argument("name", N_("NAME"), type=QUERY)
@_layer
@_limit
@_as_csv
@as_json
@pass_world
def run(world: World, name: str, layer: str | None, limit: int | None, as_csv: bool, as_json: bool) -> None:
    from hsreview.workflows.saved_queries import find_query

    with world.reading() as project, _pointing():
        saved = find_query(project, name)
        _ask(world, project, saved.asked(), layer, limit, as_csv=as_csv, as_json=as_json, notes=saved.notes)


@sub(queries, "remove", N_("Take a saved query away; undo brings it back."))
@argument("name", N_("NAME"), type=QUERY)
@pass_world
def remove(world: World, name: str) -> None:
    from hsreview.workflows.saved_queries import remove_query

    with world.writing() as (project, coder):
        found = remove_query(project, coder, name)
    say(_("{name} is no longer saved.").format(name=found.name))


def _saved(each: StoredQuery) -> SavedQuery:
    return {
        "id": each.id, "name": each.name, "expression": each.expression, "read": each.today, "notes": list(each.notes),
    }  # fmt: skip
