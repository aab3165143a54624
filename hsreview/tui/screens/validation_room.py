"""Tables of a meeting are put into the room and changed on screen."""

from __future__ import annotations

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import _, labelled
from hsreview.tui.line_editor import typed_number
from hsreview.tui.screens.framework_evidence import choose_name
from hsreview.tui.screens.validation_speaking import AtMeeting
from hsreview.workflows import validation_acts
from hsreview.workflows.validating import Party, Side
from hsreview.workflows.validation_words import side_name

_NEW = ""


def arrange_tables(screen: AtMeeting) -> None:
    """Choose a table to change, or a new one."""
    parties = screen.open_meeting.parties
    if not parties:
        _new(screen)
        return

    def chosen(key: str) -> None:
        if key == _NEW:
            _new(screen)
        else:
            _change(screen, screen.open_meeting.tables[key])

    choose_name(
        screen, _("Which table?"), {**{each.id: _told(each) for each in parties}, _NEW: _("A new table …")}, chosen
    )


def _told(party: Party) -> str:
    return f"{party.label} · {side_name(party.side)} · {party.size}"


def _new(screen: AtMeeting) -> None:
    project, coder = screen.session.project, screen.workbench.coder()

    def labelled_so(label: str) -> None:
        if not label.strip():
            raise UsageProblem(_("Give the table a label, such as A."))
        sides = {each.value: side_name(each) for each in Side}
        choose_name(
            screen, _("Who sits at table {name}?").format(name=label.strip()), sides, lambda key: sided(label, key)
        )

    def sided(label: str, key: str) -> None:
        screen.ask(
            labelled(_("How many people sit at table {name}").format(name=label.strip()), "?"),
            lambda n: counted(label, key, n),
        )

    def counted(label: str, key: str, n: str) -> None:
        made = validation_acts.add_table(project, coder, screen.open_meeting, label, Side(key), whole(n))
        screen.reread()
        screen.say(_("Table {name} is in the room.").format(name=made.label))

    screen.ask(_("Label of the table, such as A; no names:"), labelled_so)


def _change(screen: AtMeeting, party: Party) -> None:
    project, coder = screen.session.project, screen.workbench.coder()

    def done() -> None:
        screen.reread()
        screen.say(_("Table {name} was changed.").format(name=party.label))

    def size(text: str) -> None:
        validation_acts.change_table(project, coder, screen.open_meeting, party, size=whole(text))
        done()

    def label(text: str) -> None:
        validation_acts.change_table(project, coder, screen.open_meeting, party, label=text)
        done()

    def side(key: str) -> None:
        validation_acts.change_table(project, coder, screen.open_meeting, party, side=Side(key))
        done()

    def remove() -> None:
        validation_acts.remove_table(project, coder, screen.open_meeting, party)
        screen.reread()
        screen.say(_("Table {name} is out of the room.").format(name=party.label))

    def chosen(key: str) -> None:
        if key == "size":
            screen.ask(
                labelled(_("How many people sit at table {name}").format(name=party.label), "?"),
                size,
                text=str(party.size),
            )
        elif key == "label":
            screen.ask(_("Label of the table, such as A; no names:"), label, text=party.label)
        elif key == "side":
            choose_name(
                screen,
                _("Who sits at table {name}?").format(name=party.label),
                {each.value: side_name(each) for each in Side},
                side,
            )
        else:
            remove()

    options = {"size": _("how many people"), "side": _("whose table"), "label": _("label"), "remove": _("take it away")}
    choose_name(screen, _("What of table {name}?").format(name=party.label), options, chosen)


def whole(text: str) -> int:
    """A number of people as it is typed. Raises UsageProblem."""
    found = typed_number(text)
    if found is None:
        raise UsageProblem(_("“{value}” is not a number of people; write digits.").format(value=text.strip()))
    return found
