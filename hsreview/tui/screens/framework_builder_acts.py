"""What can be done on the builder of the framework."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from hsreview.base.messages import _, current_language, labelled
from hsreview.tui.screens.framework_evidence import UNDO, choose_name
from hsreview.tui.screens.framework_rows import edit_row
from hsreview.workflows import building as acts
from hsreview.workflows.framework_rows import GROUNDED, EvidenceRole, RowKind, Stance, kind_name, stance_name

if TYPE_CHECKING:
    from hsreview.tui.screens.framework_builder import BuilderScreen


def _draft(screen: BuilderScreen, kind: RowKind | None = None) -> None:
    """Ask what the row is to say, with the segment above the question and none of its words in the answer."""
    source, coder, near = screen.source(), screen.workbench.coder(), screen.near()
    wanted = kind or source.suggestion.kind
    parent = acts.parent_for(screen.found, wanted, near)

    def write(sentence: str) -> None:
        made = acts.draft(
            screen.session.project, coder, screen.found, source, sentence, language=current_language(), kind=wanted,
            near=near,
        )  # fmt: skip
        screen.refresh_rows(to=made.id)
        said = acts.repeated(sentence, source.segment.text)
        if said:
            told = _("{ref} repeats the respondent: “{words}”. Reword it before partners read it.")
            screen.say(told.format(ref=made.ref, words=said), "warn")
        else:
            screen.say(_("{ref} stands on {place} now.").format(ref=made.ref, place=source.place))

    screen.show_segment()
    level = acts.level_name(source.suggestion) if wanted is source.suggestion.kind else ""
    what = f"{kind_name(wanted)} [{level}]" if level else kind_name(wanted)
    under = _("{kind} under {ref}").format(kind=what, ref=parent.ref) if parent else what
    screen.ask(labelled(f"{source.place} → {under}", _("in your own words")), write)


def _kind(screen: BuilderScreen) -> None:
    screen.source()
    options = {kind.value: kind_name(kind) for kind in GROUNDED}
    choose_name(screen, _("What kind of row?"), options, lambda key: _draft(screen, RowKind(key)))


def _link(screen: BuilderScreen, stance: Stance | None = None, role: EvidenceRole | None = None) -> None:
    source, row = screen.source(), screen.row()
    new = acts.link_source(
        screen.session.project, screen.workbench.coder(), screen.found, row, source, stance=stance, role=role
    )
    screen.refresh_rows()
    if not new:
        screen.say(_("{ref} stands on {place} already.").format(ref=row.ref, place=source.place))
        return
    about = (stance or source.suggestion.stance, source.suggestion.role if role is None else role)
    words = " · ".join(part for part in (stance_name(about[0]), acts.role_name(about[1])) if part)
    screen.say(labelled(_("{ref} stands on {place} now").format(ref=row.ref, place=source.place), words))


def _link_as(screen: BuilderScreen) -> None:
    screen.source()
    screen.row()
    roles = {role.value: acts.role_name(role) or _("the whole row") for role in EvidenceRole}

    def stance_chosen(key: str) -> None:
        choose_name(
            screen, _("Which part of the row is it about?"), roles,
            lambda role: _link(screen, Stance(key), EvidenceRole(role)),
        )  # fmt: skip

    choose_name(
        screen, _("What does it do to what the row says?"), {s.value: stance_name(s) for s in Stance}, stance_chosen
    )


def _code(screen: BuilderScreen) -> None:
    def then(key: str) -> None:
        screen.code_id = key

    places = acts.building_codes(screen.session.project)[0]
    names = {place.code.id: f"{place.code.ref} {place.code.label.get(current_language())}" for place in places}
    screen.filter_by(_("Only which code?"), {"": _("all codes"), **names}, then)


def _group(screen: BuilderScreen) -> None:
    def then(key: str) -> None:
        screen.group = key

    groups = sorted({source.group for source in screen.sources.values()} - {""})
    screen.filter_by(_("Only which group?"), {"": _("all groups"), **{group: group for group in groups}}, then)


def _whose(screen: BuilderScreen) -> None:
    def then(key: str) -> None:
        screen.whose = key or None

    options = {"": _("all coders"), **screen.names, acts.CONSENSUS: _("consensus")}
    screen.filter_by(_("Whose codings?"), options, then)


def _unused(screen: BuilderScreen) -> None:
    screen.unused = not screen.unused
    screen.refresh_rows()


def _all(screen: BuilderScreen) -> None:
    screen.code_id, screen.group, screen.unused, screen.wanted, screen.wanted_row = "", "", False, "", ""
    screen.reread()


def _codes(screen: BuilderScreen) -> None:
    """Ask from which codes rows are made."""
    project, coder = screen.session.project, screen.workbench.coder()

    def write(text: str) -> None:
        changed = acts.choose_codes(project, coder, re.findall(r"[^\s,;]+", text))
        screen.code_id = ""
        screen.reread()
        screen.say(_("The codes were changed.") if changed else _("These are the codes already."))

    refs = " ".join(place.code.ref for place in acts.building_codes(project)[0])
    screen.ask(_("Make rows from which codes? (nothing: the usual ones)"), write, text=refs)


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **{f"builder.{name}": act for name, act in UNDO.items()},
    "builder.draft": _draft,
    "builder.kind": _kind,
    "builder.link": _link,
    "builder.link_as": _link_as,
    "builder.code": _code,
    "builder.group": _group,
    "builder.whose": _whose,
    "builder.edit": lambda screen: edit_row(screen, screen.found),
    "builder.unused": _unused,
    "builder.all": _all,
    "builder.codes": _codes,
}
