"""The table of commands: what each is for and where it is; a command's module is imported when it runs."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click

from hsreview.base.messages import N_


@dataclass(frozen=True, slots=True)
class Entry:
    """One command or group of commands."""

    name: str
    place: str
    """`module:attribute` below `hsreview.cli`."""
    summary: str
    """What it is for, marked with N_."""

    def load(self) -> click.Command:
        """Import the command."""
        module, _colon, attribute = self.place.partition(":")
        found = getattr(importlib.import_module(f"hsreview.cli.{module}"), attribute)
        assert isinstance(found, click.Command)
        return found


SECTIONS: Sequence[tuple[str, Sequence[Entry]]] = (
    (
        N_("Begin"),
        (
            Entry("init", "init:init", N_("Create a project")),
            Entry("import", "importing:import_", N_("Import transcripts")),
            Entry("names", "names:names", N_("Decide which names are replaced, and by what")),
            Entry("demo", "demo:demo", N_("Build the sample project and open it")),
        ),
    ),
    (
        N_("Read"),
        (
            Entry(
                "transcripts", "transcripts:transcripts", N_("List, rename, describe, correct and remove transcripts")
            ),
            Entry("show", "texts:show", N_("Read a transcript with its codings")),
            Entry("turns", "texts:turns", N_("Print the turns of a transcript")),
            Entry("text", "texts:text", N_("Print the stored text of a transcript, exactly")),
            Entry("speakers", "speakers:speakers", N_("List and correct who speaks in a transcript")),
            Entry("search", "search:search", N_("Search the words of all transcripts")),
        ),
    ),
    (
        N_("Code interviews"),
        (
            Entry("codebook", "codebook:codebook", N_("Check, show, import, export and compare codebooks")),
            Entry("codings", "codings:codings", N_("List, add, import and remove codings")),
            Entry("memos", "memos:memos", N_("List, write and remove memos")),
            Entry("reviewed", "history:reviewed", N_("Mark transcripts as reviewed")),
            Entry("suggest", "suggest:suggest", N_("Propose codes for turns, each with its reason")),
            Entry("asked", "asked:asked", N_("Say which questions of the guide were asked of whom")),
            Entry("recode", "recode:recode", N_("Look again at codings whose code has other rules now")),
            Entry("carried", "carried:carried", N_("Decide about codings whose words a correction changed")),
            Entry("practice", "practice:practice", N_("Code against an answer key, outside of the data")),
            Entry("undo", "history:undo", N_("Take back your last act")),
            Entry("redo", "history:redo", N_("Do again what was undone last")),
        ),
    ),
    (
        N_("Team and results"),
        (
            Entry("coders", "coders:coders", N_("List, add and rename coders, and give roles")),
            Entry("consent", "consent:consent", N_("List and record what respondents agreed to")),
            Entry("assign", "assign:assign", N_("Give transcripts to coders, one by one or by a random draw")),
            Entry("package", "packages:package", N_("Make, show and open packages for and from coders")),
            Entry("merge", "packages:merge", N_("Take in packages of the team")),
            Entry("conflicts", "conflicts:conflicts", N_("List and decide what was changed in two ways at once")),
            Entry("keys", "keys:keys", N_("Make your key, and keep the public keys of the team")),
            Entry("progress", "progress:progress", N_("Show how far every coder is")),
            Entry("layers", "progress:layers", N_("List the layers: whose codings there are")),
            Entry("sheet", "sheet:sheet", N_("Make coding sheets for partners and read them back")),
            Entry("agreement", "agreement:agreement", N_("Measure how far coders agree")),
            Entry("disagreements", "disagreements:disagreements", N_("List where and how coders differ")),
            Entry("consensus", "consensus:consensus", N_("Settle the consensus: adopt, accept, reopen")),
            Entry("query", "query:query", N_("Ask which codings an expression picks, and whose they are")),
            Entry("queries", "query:queries", N_("List, show, run and remove saved queries")),
            Entry("matrix", "matrix:matrix", N_("Count a matrix: themes by group, co-occurrence, gaps …")),
            Entry(
                "framework-matrix",
                "framework_matrix:framework_matrix",
                N_("Sum up cases under themes, on screen or in Excel"),
            ),
            Entry("finding", "framework:finding", N_("Write findings and link them to segments")),
            Entry("framework", "framework:framework", N_("Build the framework: rows and what they stand on")),
            Entry(
                "validation",
                "validation:validation",
                N_("Validate the framework with partners: votes, rounds, sign-off"),
            ),
            Entry("journal", "journal:journal", N_("Write down what is seen after validation, and follow up")),
            Entry("trace", "framework:trace", N_("Go from a row down to the words, and from words up to the rows")),
            Entry("overlay", "overlay:overlay", N_("Derive the codebook of another state, and compare states")),
            Entry("translations", "translations:translations", N_("Keep what segments say in another language")),
            Entry("quotes", "quotes:quotes", N_("Check and release quotes for publication")),
            Entry("outputs", "outputs:outputs", N_("List what went out of the project, and to whom")),
            Entry("retention", "retention:retention", N_("Say until when the material is kept, and what is done then")),
            Entry("keyfile", "keyfile:keyfile", N_("Tell where the key file lies, and destroy it with a receipt")),
            Entry("audit", "audit:audit", N_("Tell who did what and when, without anybody’s words")),
            Entry("export", "export:export", N_("Write the theme workbook")),
        ),
    ),
    (
        N_("Care"),
        (
            Entry("mask", "mask:mask", N_("Replace names in texts that are stored already")),
            Entry("originals", "originals:originals", N_("Move imported files out of the project’s folder")),
            Entry("withdraw", "withdraw:withdraw", N_("Take a respondent out of the project for good")),
            Entry("doctor", "checking:doctor", N_("Check the project file")),
            Entry("backup", "checking:backup", N_("Make a verified copy of the project file")),
            Entry("restore", "checking:restore", N_("Put a backup in the project's place")),
            Entry("encrypt", "encrypting:encrypt", N_("Encrypt the project file and its backups")),
            Entry("decrypt", "encrypting:decrypt", N_("Make an encrypted project file plain again")),
            Entry(
                "change-passphrase",
                "encrypting:change_passphrase",
                N_("Give an encrypted project another passphrase"),
            ),
            Entry("models", "models:models", N_("List, install and check language models")),
            Entry("completion", "completion:completion", N_("Print the completion script of your shell")),
        ),
    ),
)
COMMANDS: Mapping[str, Entry] = {entry.name: entry for _title, entries in SECTIONS for entry in entries}
HELP = ("help", "aide")
"""Words that show the help, as `--help` does."""
FRENCH: Mapping[str, str] = {
    "importer": "import",
    "démo": "demo",
    "noms": "names",
    "transcriptions": "transcripts",
    "afficher": "show",
    "locuteurs": "speakers",
    "chercher": "search",
    "grille": "codebook",
    "codages": "codings",
    "mémos": "memos",
    "relu": "reviewed",
    "suggérer": "suggest",
    "suggestions": "suggest",
    "entraînement": "practice",
    "recoder": "recode",
    "reportés": "carried",
    "annuler": "undo",
    "rétablir": "redo",
    "codeurs": "coders",
    "consentement": "consent",
    "masquer": "mask",
    "originaux": "originals",
    "retrait": "withdraw",
    "retirer": "withdraw",
    "attribuer": "assign",
    "paquet": "package",
    "fusionner": "merge",
    "fusion": "merge",
    "conflits": "conflicts",
    "clés": "keys",
    "avancement": "progress",
    "couches": "layers",
    "désaccords": "disagreements",
    "feuille": "sheet",
    "accord": "agreement",
    "requête": "query",
    "requêtes": "queries",
    "constat": "finding",
    "cadre": "framework",
    "adaptation": "overlay",
    "réunion": "validation",
    "valider": "validation",
    "tracer": "trace",
    "matrice": "matrix",
    "matrices": "matrix",
    "matrice-cadre": "framework-matrix",
    "citations": "quotes",
    "sorties": "outputs",
    "journal-audit": "audit",
    "conservation": "retention",
    "fichier-de-correspondance": "keyfile",
    "traductions": "translations",
    "traduire": "translations",
    "exporter": "export",
    "modèles": "models",
    "sauvegarde": "backup",
    "restaurer": "restore",
    "chiffrer": "encrypt",
    "déchiffrer": "decrypt",
}
"""What somebody may type in French → the command; only for suggestions."""
