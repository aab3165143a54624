"""An archive for a data repository: made by one person, confirmed by another, the same bytes for the same project."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.messages import _, ngettext
from hsreview.base.terminal import visible
from hsreview.model.archive import ArchiveWish as ArchiveWish
from hsreview.model.archive import Chosen as Chosen
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.privacy.register import Register as Register
from hsreview.privacy.roles import Duty, check
from hsreview.project import queries
from hsreview.project.outputs import Output
from hsreview.project.project import Project
from hsreview.review import blind
from hsreview.workflows import archive_words as words
from hsreview.workflows import shipped_words
from hsreview.workflows.archive_choice import choose
from hsreview.workflows.archive_files import AUDIT, ArchiveFiles, metadata
from hsreview.workflows.files import written, written_folder
from hsreview.workflows.leaving import Leaving
from hsreview.workflows.names_check import check_files
from hsreview.workflows.outputs import digest_of, outputs, record_output
from hsreview.workflows.projects import project_name

SUMS = "SHA256SUMS"
_MASK = "mask"
_WRITTEN = (".txt", ".yaml", "translations.csv")
_NOT_CONFIRMED = ("README", AUDIT, SUMS)
"""What the names of files begin with that differ between a draft and what is released."""
_OLD = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a zip archive: that of writing it would make every archive another one."""


@dataclass(frozen=True, slots=True)
class Archived:
    """What was written."""

    path: Path
    released: bool
    """Whether it may be handed over; else it waits for a second person."""
    counts: Mapping[str, int]
    chosen: Chosen
    masks: int
    """Segments that a coder flagged to be masked and that still stand in the texts."""
    labels: tuple[str, ...]
    """How the texts call people who did not agree to be named, for somebody to look at."""
    licence: str
    """Empty where it is to be filled in."""
    authors: tuple[str, ...]
    """Original names that the codebook that comes with hsreview says itself."""


def export_archive(
    project: Project, coder: Coder, path: Path, wish: ArchiveWish, *, alone: str = "", recipient: str = "",
    register: Register | None = None,
) -> Archived:  # fmt: skip
    """Write an archive into a folder, or a file that ends in .zip, and put it on record.

    It waits for a second person (see `confirm_archive`), unless `alone` says why one person is enough. With a
    `register`, no original name of it may stand in the texts. Raises UsageProblem for who may not, InputRefused when
    nothing may be archived, the coder still codes blind somewhere, or the place cannot be written.
    """
    return _export(project, coder, path, wish, alone=alone.strip(), recipient=recipient, register=register)


def confirm_archive(
    project: Project, coder: Coder, path: Path, *, recipient: str = "", register: Register | None = None
) -> Archived:
    """Write the archive that somebody else prepared last, as released: the same content, or it is refused."""
    draft = waiting(project)
    if draft is None:
        raise InputRefused(_("No archive waits for a second person. Prepare one: hsreview export archive FOLDER"))
    if draft.coder_id == coder.id:
        raise InputRefused(_("You prepared this archive yourself: a second person confirms it."))
    return _export(
        project, coder, path, ArchiveWish(**draft.details["wish"]), draft=draft, recipient=recipient, register=register
    )


def waiting(project: Project) -> Output | None:
    """The archive that was prepared last and waits for a second person."""
    drafts = [each for each in outputs(project, "archive") if each.details.get("state") == "draft"]
    return drafts[-1] if drafts else None


def _export(
    project: Project, coder: Coder, path: Path, wish: ArchiveWish, *, alone: str = "", draft: Output | None = None,
    recipient: str = "", register: Register | None = None,
) -> Archived:  # fmt: skip
    team = queries.coders(project.connection)
    if draft is None:
        check(Duty.ARCHIVE, coder, team)
    if blind.anywhere(project.connection, coder):
        raise InputRefused(_("You code blind: an archive holds the codings of everybody. Finish reading first."))
    chosen = choose(project, wish)
    if not chosen.transcripts:
        raise InputRefused(_("Nothing may go into an archive; nothing was written."), problems(chosen))
    names = {each.id: each.name for each in team}
    released = draft is not None or bool(alone)
    with _target(path) as target:
        with project.snapshot():
            spare, chosen = target.folder, choose(project, wish)
            counts = ArchiveFiles(project, coder, wish, chosen, spare).write()
            authors = _check_names(spare, register)
            (spare / "metadata.json").write_text(metadata(project, wish, counts) + "\n", encoding="utf-8", newline="\n")
            content = _content(spare)
            if draft is not None and draft.details.get("content") != content:
                raise InputRefused(
                    _(
                        "The project has changed since {name} prepared this archive on {day}; nothing was written. "
                        "Let it be prepared anew."
                    ).format(name=visible(names.get(draft.coder_id, "?")), day=draft.at[:10])
                )
            state = words.WAITS
            if draft is not None:
                state = _signed(words.RELEASED, chosen, draft.coder_id, second=chosen.coders[coder.id])
            elif alone:
                state = _signed(words.ALONE, chosen, coder.id, reason=alone)
            _readme(project, spare, chosen, wish, counts, state)
            _sums(spare)
        # Recorded first: an archive that somebody has and nobody knows of is worse than a record of a missing one.
        record_output(
            project, coder, path, "archive", recipient=recipient, digest=target.digest(),
            details={
                "state": "released" if released else "draft", "content": content, "wish": asdict(wish),
                "alone": alone, "confirmed_by": coder.id if draft is not None else "",
                "prepared_by": draft.coder_id if draft else coder.id, "transcripts": len(chosen.transcripts),
            },
        )  # fmt: skip
    labels = _labels(project, chosen)
    return Archived(path, released, counts, chosen, _masks(project, chosen), labels, wish.licence, authors)


def _check_names(folder: Path, register: Register | None) -> tuple[str, ...]:
    """Raise InputRefused, with the places, where an original name of the register stands in what people said or wrote.

    Tables of numbers and days, and what repeats the texts, are not looked at. Returns the names that the codebook that
    comes with hsreview says itself.
    """
    if register is None:
        return ()
    texts = {name: folder / name for name in _files(folder) if name.endswith(_WRITTEN)}
    found, authors = check_files(texts, register, [name for name in texts if name.startswith("codebook/")])
    if found:
        raise InputRefused(
            _("Original names stand in the archive; nothing was written. Replace them first: hsreview mask"),
            [
                Problem(
                    _("names of the register, by number: {numbers}").format(numbers=", ".join(map(str, each.names))),
                    each.where, "names",
                )
                for each in found
            ],
        )  # fmt: skip
    return authors


def _signed(text: Localized, chosen: Chosen, first: str, **others: str) -> Localized:
    named = {"first": chosen.coders.get(first, "?"), **others}
    return Localized(en=text.en.format(**named), fr=text.fr.format(**named))


@dataclass(frozen=True, slots=True)
class _Target:
    """Where an archive is written before it takes its place."""

    folder: Path
    file: Path | None = None
    """The file into which the folder is packed."""

    def digest(self) -> str:
        """Finish what is written; as `digest_of` gives it for the archive in its place."""
        if self.file is not None:
            _zip(self.folder, self.file)
        return digest_of(self.file or self.folder)


@contextmanager
def _target(path: Path) -> Iterator[_Target]:
    """A spare folder whose files become the archive at `path`, whole or not at all."""
    if path.suffix.lower() != ".zip":
        _check_folder(path)
        with written_folder(path) as spare:
            yield _Target(spare)
        return
    if path.is_dir():
        raise InputRefused(_("{path} is a folder. Give the name of a file.").format(path=visible(str(path))))
    with written(path) as file, TemporaryDirectory(prefix=".archive-", dir=path.parent) as folder:
        yield _Target(Path(folder), file)


def _check_folder(folder: Path) -> None:
    """An earlier archive may be replaced, and nothing else."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    known = set()
    if (folder / SUMS).is_file():
        known = {line[66:] for line in (folder / SUMS).read_text(encoding="utf-8", errors="replace").split("\n")}
    there = {name for name in _files(folder)} if folder.is_dir() else {folder.name}
    if there - known - {SUMS}:
        raise InputRefused(
            _("{name} is there already and holds other things. Give the name of a new folder.").format(
                name=visible(str(folder))
            )
        )


def _files(folder: Path) -> list[str]:
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())


def _zip(folder: Path, path: Path) -> None:
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=9) as target:
        for name in _files(folder):
            info = ZipInfo(name, _OLD)
            info.external_attr, info.create_system, info.compress_type = 0o644 << 16, 3, ZIP_DEFLATED
            target.writestr(info, (folder / name).read_bytes())


def _sums(folder: Path) -> None:
    lines = [f"{_digest(folder / name)}  {name}\n" for name in _files(folder)]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _content(folder: Path) -> str:
    """A digest of what a second person confirms."""
    found = hashlib.sha256()
    for name in _files(folder):
        if not name.startswith(_NOT_CONFIRMED):
            found.update(f"{_digest(folder / name)}  {name}\n".encode())
    return found.hexdigest()


def _readme(
    project: Project, folder: Path, chosen: Chosen, wish: ArchiveWish, counts: Mapping[str, int],
    state: Localized,
) -> None:  # fmt: skip
    book = project.connection.execute("select ref, version from codebook").fetchone() or ("", "")
    before = words.NOTHING
    if wish.names_replaced_before:
        before = Localized(
            **{key: getattr(words.BEFORE, key).format(reason=wish.names_replaced_before) for key in ("fr", "en")}
        )
    kept = {each.id for each in chosen.transcripts.values()}
    facts = {
        **counts,
        "project": project_name(project),
        "state": state,
        "left_out": len(chosen.left_out),
        "all": len(chosen.left_out) + len(chosen.transcripts),
        "codebook": book[0],
        "version": book[1],
        "coders": ", ".join(chosen.coders.values()),
        "undecided": sum(open_ for key, (_done, open_) in chosen.masked.items() if key in kept),
        "before": before,
        "licence": wish.licence or words.FILL_IN,
    }
    files = [*_files(folder), SUMS]
    for language in ("en", "fr"):
        said = words.readme(language, facts, files)
        (folder / f"README.{language}.md").write_text(said, encoding="utf-8", newline="\n")


def problems(chosen: Chosen) -> Sequence[Problem]:
    """Every transcript that is left out, with the reason: for the team, not for the archive."""
    return [Problem(each.why, visible(each.transcript.name), each.reason) for each in chosen.left_out]


def _masks(project: Project, chosen: Chosen) -> int:
    versions = {each.version_id for each in chosen.transcripts.values()}
    return len(
        {
            (each.version_id, each.start, each.end)
            for each in queries.codings(project.connection)
            if each.version_id in versions and _MASK in each.flags
        }
    )


def _labels(project: Project, chosen: Chosen) -> tuple[str, ...]:
    leaving = Leaving(project)
    return tuple(sorted({label for each in chosen.transcripts.values() for label in leaving.labels(each.id)}))


def told(done: Archived) -> list[str]:
    """What whoever made the archive has to know, in sentences."""
    found = shipped_words.told(done.authors)
    if not done.licence:
        found.append(
            _("No licence is named, so nobody may use the archive: the README says that it is to be filled in.")
        )
    if done.masks:
        found.append(
            ngettext(
                "{n} segment is flagged to be masked and still stands in the texts: hsreview mask",
                "{n} segments are flagged to be masked and still stand in the texts: hsreview mask",
                done.masks,
            ).format(n=done.masks)
        )
    if done.labels:
        said = _("These people are not to be named, and the texts call them: {names}. See that none of it is a name.")
        found.append(said.format(names=", ".join(map(visible, done.labels))))
    if not done.released:
        found.append(
            _(
                "The archive is a draft until a second person confirms it: "
                "hsreview --coder NAME export archive {path} --confirm"
            ).format(path=visible(str(done.path)))
        )
    return found
