"""A project file for the laptop in the room: a version of the framework and its meetings, nothing of interviews."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from hsreview import __version__
from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.ids import derived_id, new_id, now
from hsreview.base.messages import _
from hsreview.model.change import BodyState
from hsreview.model.exchange import Manifest, Package
from hsreview.model.framework import FrameworkVersion
from hsreview.model.people import Coder, CoderRole
from hsreview.project import merging, queries
from hsreview.project.cipher import Key
from hsreview.project.project import FILE_NAME, Project
from hsreview.project.schema import SCHEMA_VERSION
from hsreview.project.selecting import Selected
from hsreview.project.selecting_kit import select_kit
from hsreview.workflows.encrypting import new_key
from hsreview.workflows.framework_rows import check_sees
from hsreview.workflows.framework_versions import find_version
from hsreview.workflows.kit_check import problems
from hsreview.workflows.outputs import record_output
from hsreview.workflows.projects import project_name
from hsreview.workflows.validating import meetings

RAPPORTEUR = "Rapporteur"
"""What whoever writes on the laptop is called, in both languages."""


@dataclass(frozen=True, slots=True)
class KitMade:
    """A kit that was written."""

    root: Path
    """The folder of the project file."""
    version: FrameworkVersion
    meetings: tuple[str, ...]
    """Names of the meetings on that version that are in it."""
    records: int
    withheld: int
    """Records that cannot be read in it."""
    size: int
    """Of the project file, in bytes."""


def make_kit(
    project: Project, coder: Coder, root: Path, version: FrameworkVersion, no_names: Collection[str] = (),
    choose: Callable[[], str] | None = None,
) -> KitMade:  # fmt: skip
    """Write a project file for a meeting on `version` into the folder `root`, and put it on record.

    It is another copy of this project in which only the version and the meetings on it can be read, and in which only a
    rapporteur writes. `no_names`: what looks like the name of a person in it, and is none. The kit of an encrypted
    project is encrypted with a passphrase of its own, which `choose` gives: whoever has the laptop in the room has it.
    Raises InputRefused when a text in it repeats an interview or a memo or names somebody, with every such place; when
    there is a project there already or it cannot be written; while `coder` codes blind, and in a kit.
    """
    check_sees(project, coder)
    if project.kit_coder is not None:
        raise InputRefused(_("This is a file for a meeting already: copy its folder."))
    if (root / FILE_NAME).exists():
        raise InputRefused(_("{folder} already holds a project; nothing was changed.").format(folder=root))
    with project.write():  # What is looked through is what is written, whatever others do meanwhile.
        rapporteur = _rapporteur(project)
        selection = select_kit(project.connection, version.id, rapporteur.id)
        found = problems(project, selection, rapporteur.id, no_names)
        if found:
            raise InputRefused(
                _(
                    "What may lie on a laptop in a room repeats no testimony and names nobody. Mend the rows, freeze a "
                    "new version, and make the kit of that one. Nothing was written."
                ),
                found,
            )
    package = _package(project, coder, rapporteur, selection)

    def fill(kit: Project) -> None:
        merged = merging.merge(kit, [("kit", package)])
        if merged.refused:  # Nothing that this program wrote is refused: then the project is damaged.
            raise InputRefused(_("The project could not be copied; look at it with: hsreview doctor"), merged.refused)
        kit.become_kit(rapporteur.id)
        kit.connection.execute("vacuum")

    key = _own_key(choose) if project.is_encrypted else None
    with Project.create(root, fill, project_id=project.id, key=key) as kit:
        names = [row[0] for row in kit.connection.execute("select name from validation where removed = 0 order by id")]
        path = kit.path
    details = {
        "version": version.number, "version_id": version.id, "records": len(selection.changes),
        "heads": dict(selection.heads), "no_names": list(no_names),
    }  # fmt: skip
    record_output(project, coder, path, "kit", details=details)
    withheld = sum(change.state is BodyState.WITHHELD for change in selection.changes)
    return KitMade(root, version, tuple(names), len(selection.changes), withheld, path.stat().st_size)


def _own_key(choose: Callable[[], str] | None) -> Key:
    if choose is None:
        raise UsageProblem(_("The kit of an encrypted project needs a passphrase of its own: hsreview validation kit"))
    return new_key(choose())


def version_for_kit(project: Project, wish: str | None, viewer: Coder | None) -> FrameworkVersion:
    """The version that is wished for; else that of the only meeting that is open, else the newest one.

    Raises as `find_version`.
    """
    if wish is None:
        brought = {each.version.id for each in meetings(project, viewer) if each.version and not each.is_closed}
        wish = brought.pop() if len(brought) == 1 else "last"
    return find_version(project, wish, viewer)


def _rapporteur(project: Project) -> Coder:
    """Who writes in kits, the same in every copy of the project; joins the team with the first one."""
    identity = derived_id("coder", project.id, "rapporteur")
    team = queries.coders(project.connection)
    there = next((each for each in team if each.id == identity), None)
    if there is not None:
        return there
    taken = {fold(each.name) for each in team}
    name = next(
        each for each in (RAPPORTEUR, *(f"{RAPPORTEUR} {n}" for n in range(2, 1000))) if fold(each) not in taken
    )
    with project.act(identity) as act:  # As themselves, so that nobody's undo takes them out of the team.
        act.put("coder", identity, name=name, role=str(CoderRole.CODER))
    return Coder(identity, name)


def _package(project: Project, by: Coder, rapporteur: Coder, selection: Selected) -> Package:
    manifest = Manifest(
        id=new_id(), project_id=project.id, project=project_name(project), format=SCHEMA_VERSION,
        tool=f"hsreview {__version__}", made=now(), made_by=by.id, made_for=rapporteur.id, heads=selection.heads,
        knows=selection.knows, codebook="", digests={},
    )  # fmt: skip
    return Package(manifest, selection.changes, selection.contents)


def kit_folder(wish: Path) -> Path:
    """The folder that is meant. Raises UsageProblem for the name of another file."""
    if wish.name == FILE_NAME:
        return wish.parent
    if wish.suffix:
        raise UsageProblem(
            _("A kit is a folder with a project file in it: name the folder, without “{suffix}”.").format(
                suffix=wish.suffix
            )
        )
    return wish
