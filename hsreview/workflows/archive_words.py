"""What the README of an archive says, in English and French."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from hsreview.model.localized import Localized


def readme(language: str, facts: Mapping[str, object], files: Collection[str]) -> str:
    """The README in one language, in Markdown; `facts` are put in, and of the rows about files those that are there."""
    coreq = COREQ if any(name.startswith("coreq.") for name in files) else NOTHING
    said = {key: _said(value, language) for key, value in {**facts, "coreq": coreq}.items()}
    lines = [line for line in _README.get(language).split("\n") if _is_there(line, files)]
    return "\n".join(lines).format(**said).replace("\n\n\n", "\n\n")


def _is_there(line: str, files: Collection[str]) -> bool:
    """Whether a line is none about files, or about one of these; a name that ends in a slash is a folder's."""
    if not line.startswith("| `"):
        return True
    names = _NAMES.findall(line.split("|")[1])
    return any(each.startswith(name) if name.endswith("/") else each == name for name in names for each in files)


def _said(value: object, language: str) -> object:
    return value.get(language) if isinstance(value, Localized) else value


WAITS = Localized(
    en="**Draft: not released.** A second person has not confirmed this archive yet. Do not hand it over.",
    fr="**Brouillon : pas encore libéré.** Une seconde personne n’a pas encore confirmé cette archive. "
    "Ne la transmettez pas.",
)
RELEASED = Localized(
    en="Made by {first} and confirmed by {second}.", fr="Préparée par {first} et confirmée par {second}."
)
ALONE = Localized(
    en="Made by {first} alone, because: {reason}", fr="Préparée par {first} sans seconde personne : {reason}"
)
FILL_IN = Localized(
    en="[to be filled in by whoever deposits this archive]", fr="[à remplir par la personne qui dépose cette archive]"
)
BEFORE = Localized(
    en="Of some texts the project holds no record of replaced names. They count as pseudonymised because: {reason}",
    fr="De certains textes, le projet n’a pas de trace de noms remplacés. Ils sont tenus pour pseudonymisés : {reason}",
)
NOTHING = Localized(en="", fr="")
COREQ = Localized(
    en="- Numbers of the COREQ table are those of the whole project, not of this archive.",
    fr="- Les nombres du tableau COREQ sont ceux du projet entier, non de cette archive.",
)
_NAMES = re.compile("`([^`]+)`")

_README = Localized(
    en="""\
# {project}: interviews and their coding

{state}

## What this is

Pseudonymised interview transcripts, the codebook in its versions, and what was done to them.
The files are listed below.

- Transcripts: {transcripts}. People who speak in them: {respondents}; all of them agreed to an archive.
- Transcripts of the project that are not in it: {left_out} of {all} (`left_out.csv` says why, in numbers).
- Codings by the coders themselves: {codings}; of the consensus layer: {consensus}. Translations: {translations}.
- Codebook {codebook}, version {version}; versions kept as files: {codebook_versions}.
- Coders are called: {coders}.

## What it is not

- It is **not anonymous**. People replaced names with the help of a program; what is said may still tell who said it,
  and so may several facts together. Possible names about which nobody decided: {undecided}. {before}
- The pseudonyms have a key, which is not here and never goes into an archive.
- It is not the whole project: memos, reasons, drafts of the team, and all that those said who did not agree, stay
  outside. Words of theirs in the codebook are replaced by […].
{coreq}

## Files

| file | what it holds |
|---|---|
| `transcripts/T001.txt` | a text, UTF-8, line ends LF, exactly as it was coded |
| `transcripts/T001.turns.csv` | its turns: who speaks from where to where |
| `transcripts.csv`, `respondents.csv` | one row per text, one row per person |
| `codebook/` | versions as YAML and as tables; `versions.csv` lists all of them, also those without a file |
| `codings/` | one table per coder: every coding with its place in the text |
| `codings/consensus.csv` | the codings on which the team settled |
| `translations.csv` | segments in other languages |
| `agreement/` | agreement of coders on these transcripts, and what it rests on |
| `audit/` | who did what and when, without anybody’s words |
| `coreq.en.csv`, `coreq.fr.csv` | the 32 items; what is empty is for the team to write |
| `consent.csv`, `left_out.csv` | consent in numbers |
| `metadata.json` | what a repository asks for; fill in what is listed under `fill_in` |
| `dictionary.csv` | every column of every table |
| `SHA256SUMS` | checksums: `sha256sum -c SHA256SUMS` |

Places (`start_at`, `end_at`) count Unicode characters of the text file from 0; the end is not included. In Python:
`open("transcripts/T001.txt", encoding="utf-8", newline="").read()[start_at:end_at]`; in R:
`substr(text, start_at + 1, end_at)`. Tables are UTF-8 with a mark; an apostrophe stands before a text that a
spreadsheet would take for a formula.

## Licence

{licence}
""",
    fr="""\
# {project} : entretiens et codages

{state}

## Ce que c’est

Des transcriptions d’entretiens pseudonymisées, la grille de codage dans ses versions et ce qui en a été fait ; les
fichiers sont listés plus bas.

- Transcriptions : {transcripts}. Personnes qui y parlent : {respondents} ; toutes ont accepté une archive.
- Transcriptions du projet qui n’y sont pas : {left_out} sur {all} (`left_out.csv` dit pourquoi, en nombres).
- Codages des codeurs eux-mêmes : {codings} ; de la couche de consensus : {consensus}. Traductions : {translations}.
- Grille {codebook}, version {version} ; versions gardées comme fichiers : {codebook_versions}.
- Les codeurs s’appellent : {coders}.

## Ce que ce n’est pas

- Ce n’est **pas anonyme**. Des personnes ont remplacé les noms avec l’aide d’un programme ; ce qui est dit peut encore
  révéler qui l’a dit, et plusieurs faits ensemble aussi. Noms possibles sur lesquels personne n’a décidé : {undecided}.
  {before}
- Les pseudonymes ont une clé, qui n’est pas ici et n’entre jamais dans une archive.
- Ce n’est pas le projet entier : les mémos, les raisons, les brouillons de l’équipe et tout ce qui vient de personnes
  qui n’ont pas accepté restent dehors. Leurs mots dans la grille sont remplacés par […].
{coreq}

## Fichiers

| fichier | ce qu’il contient |
|---|---|
| `transcripts/T001.txt` | un texte, UTF-8, fins de ligne LF, exactement tel qu’il a été codé |
| `transcripts/T001.turns.csv` | ses tours de parole : qui parle d’où à où |
| `transcripts.csv`, `respondents.csv` | une ligne par texte, une ligne par personne |
| `codebook/` | des versions en YAML et en tableaux ; `versions.csv` les liste toutes, aussi celles sans fichier |
| `codings/` | un tableau par codeur : chaque codage avec sa place dans le texte |
| `codings/consensus.csv` | les codages arrêtés par l’équipe |
| `translations.csv` | des segments dans d’autres langues |
| `agreement/` | l’accord entre codeurs sur ces transcriptions, et sa base |
| `audit/` | qui a fait quoi et quand, sans les mots de personne |
| `coreq.en.csv`, `coreq.fr.csv` | les 32 points (vide : à l’équipe de l’écrire) |
| `consent.csv`, `left_out.csv` | le consentement en nombres |
| `metadata.json` | ce qu’un entrepôt demande ; remplissez ce qui est listé sous `fill_in` |
| `dictionary.csv` | chaque colonne de chaque tableau |
| `SHA256SUMS` | sommes de contrôle : `sha256sum -c SHA256SUMS` |

Les places (`start_at`, `end_at`) comptent les caractères Unicode du fichier de texte à partir de 0 ; la fin n’est pas
comprise. En Python : `open("transcripts/T001.txt", encoding="utf-8", newline="").read()[start_at:end_at]` ; en R :
`substr(text, start_at + 1, end_at)`. Les tableaux sont en UTF-8 avec une marque ; une apostrophe précède un texte qu’un
tableur prendrait pour une formule.

## Licence

{licence}
""",
)
