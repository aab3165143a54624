"""`package` and `merge`: hand over work as one encrypted file, and take it in."""

from __future__ import annotations

import sys
from pathlib import Path

from hsreview.base.errors import EXIT_DONE, EXIT_REFUSED, ProjectUnavailable, UsageProblem
from hsreview.base.messages import N_, _, ngettext
from hsreview.cli.answers.exchange import PackageEntry
from hsreview.cli.kit import PATH, argument, as_json, command, group, option, sub
from hsreview.cli.merged import answer, emit_work, tell, tell_fingerprints
from hsreview.cli.output import PROGRESS, cells, clear_line, emit, emit_json, emit_table, say, shortened
from hsreview.cli.passphrases import asker, choose_key, encrypted, new_passphrase_file, passphrase_file
from hsreview.cli.values import CODER
from hsreview.cli.world import World, pass_world

package = group(
    "package",
    N_(
        "Make packages of records, look into them, open them.\n\n"
        "A package is one encrypted file for e-mail or a USB stick: to a coder with what was assigned, back to the "
        "lead with what was coded. It can be taken in any number of times, in any order."
    ),
)


@sub(
    package,
    "make",
    N_(
        "Write a package; its path is printed.\n\n"
        "--for gives a coder the assigned transcripts and the codebook, and withholds what others coded; a lead or "
        "validator gets everything. --mine is for the lead: all that you did. It is encrypted to the public key of "
        "whom it is for (see “hsreview keys”), and with a passphrase when none is known. That it was made is recorded."
    ),
)
@option("--for", "recipient", type=CODER, metavar=N_("CODER"), text=N_("A package for this coder."))
@option("--mine", is_flag=True, text=N_("All that you did, for the lead."))
@option("--all", "everything", is_flag=True, text=N_("The whole project, for a lead or your other computer."))
@option("-o", "--output", "target", type=PATH, metavar=N_("FILE"), text=N_("Where it goes (else the folder exports)."))
@option("--passphrase", "by_passphrase", is_flag=True, text=N_("Use a passphrase even where a key is known."))
@passphrase_file
@option("--plain", is_flag=True, text=N_("Do not encrypt it; needs --because, which is recorded."))
@option("--because", default="", metavar=N_("TEXT"), text=N_("Why it is not encrypted."))
@as_json
@pass_world
def make(
    world: World, recipient: str | None, mine: bool, everything: bool, target: Path | None, by_passphrase: bool,
    secret_file: Path | None, plain: bool, because: str, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.coders import CoderRole, known_coder
    from hsreview.workflows.packages import Lock, Purpose, fingerprint, make_package

    if (recipient is not None) + mine + everything != 1:
        raise UsageProblem(_("Say what the package is: --for CODER, --mine or --all."))
    purpose = Purpose.FOR_CODER if recipient is not None else Purpose.MINE if mine else Purpose.ALL
    with world.writing() as (project, by):
        made = make_package(
            project, by, purpose, recipient=known_coder(project, recipient) if recipient is not None else None,
            target=target, ask=asker(secret_file, confirm=True), plain=plain, because=because,
            with_passphrase=by_passphrase or secret_file is not None,
        )  # fmt: skip
    if as_json:
        emit_json(
            {
                "path": str(made.path.resolve()),
                "lock": made.lock.value,
                "recipients": list(made.recipients),
                "records": made.records,
                "withheld": made.withheld,
                "transcripts": list(made.transcripts),
                "digest": made.digest,
            }
        )
    else:
        emit(str(made.path))
    n = made.records
    say(ngettext("{n} record in the package.", "{n} records in the package.", n).format(n=n))
    if made.withheld:
        n = made.withheld
        say(
            ngettext("Of {n} record the contents are withheld.", "Of {n} records the contents are withheld.", n).format(
                n=n
            )
        )
    if made.transcripts:
        say(_("Transcripts in it: {names}").format(names=", ".join(made.transcripts)))
    elif recipient is not None:
        if by.role is CoderRole.LEAD:
            said = _("It holds no transcript: nothing is assigned to {name} yet (hsreview assign).")
        else:
            said = _("It holds no transcript: this copy of the project has none that {name} should read. Ask the lead.")
        say(said.format(name=recipient))
    if made.lock is Lock.KEY:
        say(_("It can be opened with the key of: {names}").format(names=", ".join(made.recipients)))
    elif made.lock is Lock.PASSPHRASE:
        say(_("It can be opened with the passphrase. Tell it by another way than the file: by telephone, for example."))
    else:
        say(_("It is not encrypted: whoever gets the file can read it."))
    said = _("Fingerprint of the file: {fingerprint}. Tell it by another way, so that the receiver can compare it.")
    say(said.format(fingerprint=fingerprint(made.digest)))


@sub(package, "show", N_("Say what is in a package, without taking it in.\n\nNo project is needed for it."))
@argument("file", N_("FILE"), type=PATH)
@passphrase_file
@as_json
@pass_world
def show(world: World, file: Path, secret_file: Path | None, as_json: bool) -> None:
    from hsreview.workflows.packages import fingerprint
    from hsreview.workflows.taking_in import look_inside

    try:
        with world.reading() as project:
            inside = look_inside(file, asker(secret_file), project)
    except ProjectUnavailable:
        inside = look_inside(file, asker(secret_file))
    manifest = inside.manifest
    if as_json:
        emit_json(
            {
                "id": manifest.id,
                "project_id": manifest.project_id,
                "project": manifest.project,
                "format": manifest.format,
                "tool": manifest.tool,
                "made": manifest.made,
                "made_by": manifest.made_by,
                "made_by_name": inside.made_by,
                "made_for": manifest.made_for,
                "made_for_name": inside.made_for,
                "codebook": manifest.codebook,
                "lock": inside.lock.value,
                "records": inside.records,
                "withheld": inside.withheld,
                "erased": inside.erased,
                "transcripts": list(inside.transcripts),
                "heads": dict(manifest.heads),
                "knows": dict(manifest.knows),
                "digest": inside.digest,
            }
        )
        return
    lines = [
        (_("project"), manifest.project),
        (_("made by"), inside.made_by),
        (_("for"), inside.made_for or _("the lead")),
        (_("on"), manifest.made),
        (_("codebook"), manifest.codebook or "–"),
        (_("records"), ", ".join(f"{name} {n}" for name, n in inside.records.items()) or "–"),
        (_("withheld"), inside.withheld),
        (_("erased"), inside.erased),
        (_("transcripts"), ", ".join(inside.transcripts) or "–"),
        (_("fingerprint"), fingerprint(inside.digest)),
    ]
    emit_table([_("what"), _("value")], lines)


@sub(
    package,
    "open",
    N_(
        "Open a package that was sent to you.\n\n"
        "In a project, it is merged into it. In a folder without one, it begins one: the same project, with you as "
        "the coder whom it was made for; with --encrypt it is encrypted."
    ),
)
@argument("file", N_("FILE"), type=PATH)
@argument("folder", N_("[DIR]"), required=False, type=PATH)
@passphrase_file
@encrypted
@new_passphrase_file
@as_json
@pass_world
def open_(
    world: World, file: Path, folder: Path | None, secret_file: Path | None, encrypt: bool, new_file: int | None,
    as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.projects import place_warnings, project_name
    from hsreview.workflows.taking_in import open_package

    root = folder if folder is not None else _here(world, file)
    for warning in place_warnings(root):
        say(_("Warning: {warning}").format(warning=warning))
    opened = open_package(file, root, asker(secret_file), (lambda: choose_key(new_file)) if encrypt else None)
    with World(opened.root).reading() as project:
        merged = answer(project, opened.merged, World(opened.root).reader(project))
        name = project_name(project)
    if as_json:
        coder = opened.coder
        emit_json(
            {
                "path": str(opened.root.resolve()),
                "created": opened.created,
                "coder_id": coder.id if coder else None,
                "coder": coder.name if coder else None,
                "merged": merged,
            }
        )
    else:
        emit(str(opened.root))
    if opened.created:
        tell_fingerprints(merged)
        say(_("Project “{name}” created in {folder}").format(name=name, folder=opened.root.resolve()))
        if opened.coder:
            say(_("You code here as {name}.").format(name=opened.coder.name))
        else:
            say(_("Say who you are at the first command: hsreview --coder NAME …"))
    else:
        tell(merged, dry_run=False)


_LOCKS = {"none": N_("plain"), "key": N_("key"), "passphrase": N_("passphrase")}
_DIRECTIONS = {"sent": N_("sent"), "received": N_("received")}


@sub(
    package,
    "list",
    N_(
        "List the packages that were made, and those that were taken in on this computer.\n\n"
        "When, from whom, for whom, under what lock, and why it was not encrypted."
    ),
)
@as_json
@pass_world
def list_(world: World, as_json: bool) -> None:
    from hsreview.workflows.coders import coders
    from hsreview.workflows.package_list import packages
    from hsreview.workflows.packages import fingerprint

    with world.reading() as project:
        names = {coder.id: coder.name for coder in coders(project)}
        found = packages(project)
    if as_json:
        entries: list[PackageEntry] = [
            {
                "direction": each.direction.value,
                "at": each.at,
                "name": each.name,
                "lock": each.lock,
                "because": each.because,
                "made_by": each.made_by,
                "made_by_name": names.get(each.made_by, each.made_by),
                "made_for": each.made_for,
                "made_for_name": names.get(each.made_for, each.made_for),
                "records": each.records,
                "digest": each.digest,
                "heads": dict(each.heads),
            }
            for each in found
        ]
        emit_json({"packages": entries})
        return
    emit_table(
        [_("when"), _("what"), _("by"), _("for"), _("lock"), _("records"), _("file"), _("fingerprint")],
        [
            (
                each.at[:16].replace("T", " "),
                _(_DIRECTIONS[each.direction]),
                names.get(each.made_by, each.made_by),
                names.get(each.made_for, each.made_for) or _("the lead"),
                f"{_(_LOCKS[each.lock])}: {each.because}" if each.because else _(_LOCKS[each.lock]),
                each.records,
                each.name,
                fingerprint(each.digest),
            )
            for each in found
        ],
    )


def _here(world: World, file: Path) -> Path:
    try:
        return world.root()
    except ProjectUnavailable as error:
        raise UsageProblem(
            _("There is no project here. Say where it should go: hsreview package open {file} FOLDER").format(file=file)
        ) from error


@command(
    "merge",
    N_(
        "Take in packages of your team.\n\n"
        "All together in one step, after a backup; --dry-run says before what would come. What is known already is "
        "passed over. A file that is refused stores nothing and does not stop the others."
    ),
)
@argument("files", N_("FILE..."), nargs=-1, required=True, type=PATH)
@option("--dry-run", is_flag=True, text=N_("Only say what would come; nothing is stored."))
@passphrase_file
@as_json
@pass_world
def merge(world: World, files: tuple[Path, ...], dry_run: bool, secret_file: Path | None, as_json: bool) -> int:
    from hsreview.workflows.checking import uncleared
    from hsreview.workflows.taking_in import merge_files
    from hsreview.workflows.withdrawn import came_notices
    from hsreview.workflows.withdrawn_files import holding_lines

    with world.reading() as project:
        if not dry_run:
            world.warn_of_place(project)
        try:
            done = merge_files(project, files, asker(secret_file), dry_run=dry_run, progress=_show_progress)
        finally:
            clear_line()
        merged = answer(project, done, world.reader(project))
        notices = [*came_notices(project), *holding_lines(project), *uncleared(project)]
    if as_json:
        emit_json({**merged})
    else:
        emit_work(merged)
    tell(merged, dry_run=dry_run, notices=notices)
    return EXIT_REFUSED if merged["refused"] else EXIT_DONE


def _show_progress(number: int, count: int, name: str) -> None:
    if sys.stderr.isatty():
        line = shortened(f"[{number}/{count}] {name}", PROGRESS)
        sys.stderr.write(f"\r{line}{' ' * (PROGRESS - cells(line))}")
        sys.stderr.flush()
