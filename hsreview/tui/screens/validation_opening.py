"""A meeting is opened on screen: its name, place and day, then its rule and the language of its ballots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import _, current_language, labelled
from hsreview.tui.line_editor import typed_number
from hsreview.tui.screens.framework_evidence import choose_name
from hsreview.workflows import validating
from hsreview.workflows.framework_versions import find_version, version_name
from hsreview.workflows.validating import LANGUAGES, Absent, Meeting, Rule, check_rule
from hsreview.workflows.validation_reading import read_day

if TYPE_CHECKING:
    from hsreview.tui.screens.validation_meetings import MeetingsScreen

_T = TypeVar("_T")
_OPEN = "open"
_SHARES = ("overall", "each_side", "rounds")
"""Parts of the rule that are numbers."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is wished for so far."""

    name: str
    language: str
    rule: Rule
    place: str = ""
    day: str = ""


def open_meeting(screen: MeetingsScreen, then: Callable[[Meeting], None]) -> None:
    """Ask for name, place and day, show rule and language to be changed, and open a meeting on the newest version."""
    project, coder = screen.session.project, screen.workbench.coder()
    version = find_version(project, "last", coder)

    def named(name: str) -> None:
        if not name.strip():
            raise InputRefused(_("Give the meeting a name."))
        wish = _Wish(name, current_language(), Rule())
        screen.ask(labelled(_("Place"), "").rstrip(), lambda place: placed(replace(wish, place=place)))

    def placed(wish: _Wish) -> None:
        day = labelled(_("Day, such as 12/05/2016"), "").rstrip()
        screen.ask(day, lambda text: settle(replace(wish, day=read_day(text))))

    def settle(wish: _Wish) -> None:
        choose_name(screen, wish.name.strip(), _told(wish), lambda key: chosen(wish, key))

    def chosen(wish: _Wish, key: str) -> None:
        if key == _OPEN:
            made = validating.open_meeting(
                project, coder, name=wish.name, version=version, date=wish.day, place=wish.place,
                language=wish.language, rule=wish.rule,
            )  # fmt: skip
            then(made)
        elif key in _SHARES:
            text = str(getattr(wish.rule, key))
            screen.ask(
                labelled(_names()[key], "").rstrip(), lambda typed: settle(_counted(wish, key, typed)), text=text
            )
        else:
            settle(_turned(wish, key))

    told = _("Name of the meeting on version {version}").format(version=version_name(version))
    screen.ask(labelled(told, "").rstrip(), named)


def _names() -> dict[str, str]:
    return {
        "overall": _("Agreement needed in the whole room, in per cent"),
        "each_side": _("Agreement needed of each side, in per cent"),
        "rounds": _("Rounds of votes"),
        "abstentions_count": _("An abstention is a vote cast"),
        "not_understood_count": _("“Not understood” is a vote cast"),
        "absent": _("When nobody of one side votes"),
        "language": _("Language of the ballots"),
    }


def _told(wish: _Wish) -> dict[str, str]:
    """What can be chosen: to open the meeting so, or to change a part of it, each with what it is now."""
    rule = wish.rule
    absent = {Absent.IGNORE: _("the other side decides"), Absent.BLOCK: _("no row is accepted")}
    spoken = {"fr": _("French"), "en": _("English"), "both": _("French and English")}
    values = {
        **{key: str(getattr(rule, key)) for key in _SHARES},
        "abstentions_count": _yes(rule.abstentions_count), "not_understood_count": _yes(rule.not_understood_count),
        "absent": absent[rule.absent], "language": spoken[wish.language],
    }  # fmt: skip
    parts = {key: labelled(name, values[key]) for key, name in _names().items()}
    return {_OPEN: _("Open the meeting with this rule"), **parts}


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")


def _counted(wish: _Wish, key: str, text: str) -> _Wish:
    """The wish with another number in the rule. Raises UsageProblem."""
    number = typed_number(text)
    if number is None:
        raise UsageProblem(
            _("“{value}” is not a whole number ({name}).").format(value=text.strip(), name=_names()[key])
        )
    found = Rule.from_json({**wish.rule.to_json(), key: number})
    check_rule(found, _names())
    return replace(wish, rule=found)


def _turned(wish: _Wish, key: str) -> _Wish:
    """The wish with the next choice of one part."""
    if key == "language":
        return replace(wish, language=_after(LANGUAGES, wish.language))
    old = getattr(wish.rule, key)
    new = _after(list(Absent), old) if key == "absent" else not old
    return replace(wish, rule=Rule.from_json({**wish.rule.to_json(), key: new}))


def _after(choices: Sequence[_T], now: _T) -> _T:
    return choices[(choices.index(now) + 1) % len(choices)]
