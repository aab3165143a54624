"""`models`: language models of this computer, installed from a file without a network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import EXIT_DONE, EXIT_FOUND
from hsreview.base.messages import N_, _
from hsreview.cli.kit import PATH, argument, as_json, group, sub
from hsreview.cli.output import emit, emit_json, emit_lines, emit_table, say

if TYPE_CHECKING:
    from hsreview.workflows.models import Entry

models = group(
    "models",
    N_(
        "List, install and check language models.\n\n"
        "A model of a language proposes names for pseudonyms and knows the forms of words. Everything works without "
        "one, by lists and rules. A model is installed from a file, such as one on a USB stick: hsreview never goes "
        "online, and takes only files whose name and content it knows. Without a further word, the models are listed."
    ),
    default="list",
)


@sub(
    models,
    "list",
    N_(
        "List the models of this computer, and the files that can be installed.\n\n"
        "Of several models of a language the small one is asked, because it is the fastest."
    ),
)
@as_json
def list_(as_json: bool) -> None:
    from hsreview.workflows.models import models as read
    from hsreview.workflows.models import models_dir

    entries = read()
    if as_json:
        emit_json({"models": [_entry(each) for each in entries]})
        return
    here = [each for each in entries if each.model is not None]
    if here:
        emit_table(
            [_("model"), _("language"), _("version"), _("where from"), _("state")],
            [(each.name, each.language, each.version, _source(each), _state(each)) for each in here],
        )
        say(_("They propose names for pseudonyms, and know the forms of words for searches and suggestions."))
    else:
        say(_("No model is here: names are found by lists and rules."))
    say(_("Into {folder} can be installed, with “hsreview models install FILE”:").format(folder=models_dir()))
    emit_lines(each.file.file for each in entries if each.model is None and each.file is not None)


def _source(each: Entry) -> str:
    return _("a package") if each.model is not None and each.model.package else _("a file")


def _entry(each: Entry) -> dict[str, object]:
    return {
        "name": each.name,
        "language": each.language,
        "version": each.version,
        "installed": each.model is not None,
        "package": each.model.package if each.model else None,
        "fits": each.model.fits if each.model else None,
        "spacy": each.model.wants if each.model else "",
        "asked": each.asked,
        "file": each.file.file if each.file else "",
        "sha256": each.file.sha256 if each.file else "",
    }


def _state(each: Entry) -> str:
    if each.model is not None and not each.model.fits:
        return _("needs spaCy {version}").format(version=each.model.wants)
    if each.asked:
        return _("is asked")
    return _("is here, not asked")


@sub(
    models,
    "install",
    N_(
        "Install a model from a file.\n\n"
        "The file must have the name and the content that “models list” knows. It is unpacked into your own folder of "
        "models and loaded once; when anything is wrong, nothing of it is left."
    ),
)
@argument("file", N_("FILE"), type=PATH)
def install(file: Path) -> None:
    from hsreview.workflows.models import install_model

    model = install_model(file)
    emit(model.name)
    say(
        _("{name} {version} is installed, in {folder}.").format(
            name=model.name, version=model.version, folder=model.path
        )
    )


@sub(
    models,
    "check",
    N_(
        "Check that models are whole and can be loaded.\n\n"
        "Every file is compared with the one that was installed. Exit code 1 when one differs or does not load."
    ),
)
@argument("names", N_("[MODEL …]"), nargs=-1)
@as_json
def check(names: tuple[str, ...], as_json: bool) -> int:
    from hsreview.workflows.models import check_models

    done = list(check_models(names, None if as_json else lambda name: say(f"{name} …")))
    if as_json:
        entries = [
            {"name": each.model.name, "version": each.model.version, "changed": list(each.changed), "loads": each.loads}
            for each in done
        ]
        emit_json({"models": entries})
    for each in () if as_json else done:
        if each.changed:
            told = _("{name}: {n} of its files are missing or not as they were installed. Install it again.")
            emit(told.format(name=each.model.engine, n=len(each.changed)))
        elif not each.loads:
            told = _("{name}: it cannot be loaded by the spaCy that is installed.")
            emit(told.format(name=each.model.engine))
        else:
            emit(_("{name}: whole, and it loads.").format(name=each.model.engine))
    return EXIT_DONE if all(each.loads and not each.changed for each in done) else EXIT_FOUND
