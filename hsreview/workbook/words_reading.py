"""The words of the workbook's page that says how to read it: key → French, English."""

from __future__ import annotations

from collections.abc import Mapping

READING: Mapping[str, tuple[str, str]] = {
    "reading": ("Comment lire", "How to read"),
    "reading_zero": (
        "relu, et rien n’y porte ce thème ou ce code",
        "reviewed, and nothing there bears this theme or code",
    ),
    "reading_unsaid": (
        "non lu, ou commencé et rien de trouvé jusqu’ici : ce n’est pas un zéro",
        "not read, or begun and nothing found so far: this is not a zero",
    ),
    "reading_reviewed": (
        "lu jusqu’au bout et marqué comme relu dans cette couche",
        "read to the end and marked as reviewed in this layer",
    ),
    "reading_begun": (
        "cet entretien a des codages, mais pas de marque : le reste n’est peut-être pas lu. Ses nombres, en italique, "
        "disent ce qui est trouvé jusqu’ici",
        "this interview has codings, but no mark: the rest may not have been read. Its numbers, in italics, say what "
        "was found so far",
    ),
    "reading_unsettled": (
        "lu par un codeur ou plusieurs, mais pas dans le consensus : des désaccords sont ouverts, ou personne n’a "
        "adopté ce codage",
        "read by one coder or more, but not in the consensus: differences are open, or nobody adopted that coding",
    ),
    "reading_not_read": (
        "cet entretien n’a été ni codé ni marqué comme relu dans cette couche",
        "this interview was neither coded nor marked as reviewed in this layer",
    ),
    "reading_nobody": (
        "le groupe n’a aucun entretien relu (ou commencé, ou aucun répondant) : il n’y a rien à compter",
        "the group has no interview reviewed (or begun, or no respondent): there is nothing to count",
    ),
    "reading_never_used": (
        "aucun segment de la couche ne porte ce thème ou ce code",
        "no segment of the layer bears this theme or code",
    ),
    "reading_small": (
        "pas de pourcentage pour moins de {least} personnes : les nombres seulement",
        "no percentage of fewer than {least} people: counts only",
    ),
    "reading_not_a_number": (
        "ne peut pas être calculé (les mots de cet entretien ne sont pas connus)",
        "cannot be calculated (the words of this interview are not known)",
    ),
    "reading_mention": ("mentionne", "mentions"),
    "reading_mention_text": (
        "Un entretien mentionne un thème s’il a au moins un segment portant un de ses codes. Un répondant le mentionne "
        "si un tel segment touche ses paroles avant celles de tout autre répondant. La ligne d’un thème compte tous "
        "ses codes ensemble, chacun une fois ; la ligne d’un code ne compte que lui. La grille de codage compte tous "
        "les segments de la couche, ceux des entretiens commencés compris.",
        "An interview mentions a theme when it has at least one segment with one of its codes. A respondent mentions "
        "it when such a segment touches their words before those of any other respondent. A theme’s row counts all its "
        "codes together, everyone once; a code’s row counts that code only. The codebook counts every segment of the "
        "layer, those of interviews begun included.",
    ),
    "reading_group": ("groupe", "group"),
    "reading_group_text": (
        "Un entretien compte dans son groupe ; s’il n’en a pas, dans ceux de ses répondants. « Ensemble » compte "
        "chaque entretien et chaque répondant une seule fois. Deux personnes d’une même organisation ne sont pas deux "
        "sources indépendantes.",
        "An interview counts in its group; without one, in those of its respondents. “All” counts every interview and "
        "every respondent once. Two people of one organisation are not two independent sources.",
    ),
    "reading_words": ("% des mots", "% of words"),
    "reading_words_text": (
        "mots des répondants couverts par les segments du thème, rapportés à tous les mots des répondants de "
        "l’entretien ; un mot couvert deux fois compte une fois",
        "respondents’ words covered by the theme’s segments, of all respondents’ words of the interview; a word "
        "covered twice counts once",
    ),
    "reading_quotes": ("citations", "quotes"),
    "reading_quotes_text": (
        "d’abord les passages marqués ★ par un codeur, puis d’autres, un par entretien à tour de rôle ; ne figurent "
        "pas ceux dont le consentement exclut la citation, ni ceux à masquer",
        "first the passages that a coder marked ★, then others, one of each interview in turn; those whose consent "
        "rules out quotes, and those to be masked, are not shown",
    ),
}
