"""Rows with which a framework may begin: outcomes that were named before the review, each with where it comes from.

Three belong to another programme than the strategy that is followed, and one is an objective; so each says its source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hsreview.base.ids import derived_id
from hsreview.model.framework import RowKind

_PROGRAMME = (
    "Autre programme que la stratégie suivie\u00a0: HSC avec Norwegian Church Aid et ICCO, quatre ans, jusqu’en 2020 / "
    "Another programme than the strategy that is followed: HSC with Norwegian Church Aid and ICCO, four years, until "
    "2020"
)
_OBJECTIVE = (
    "Objectif, et non incidence de programme\u00a0: WANEP, GPPAC et HSC, trois ans à partir de décembre 2013 / "
    "An objective, not a programme outcome: WANEP, GPPAC and HSC, three years from December 2013"
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A row to begin with."""

    key: str
    kind: RowKind
    data: Mapping[str, Any]

    @property
    def id(self) -> str:
        """What rows that are made from it are derived from: the same in every project."""
        return derived_id("framework sample", self.key)


def _outcome(key: str, fr: str, en: str, source: str) -> Sample:
    data = {
        "statement_fr": fr, "statement_en": en, "level": "outcome", "programme_outcomes": [key], "source": source,
    }  # fmt: skip
    return Sample(key, RowKind.OUTCOME, data)


STRATEGY = Sample("strategy", RowKind.STRATEGY, {
    "title_fr": "Stratégie de sécurité humaine portée par la société civile, 2014-2015",
    "title_en": "Human security strategy led by civil society, 2014-2015",
    "state": "Mali", "period": "2014-2015",
    "source": "Consultations de WANEP-Mali en 2014 et 2015 / Consultations of WANEP-Mali in 2014 and 2015",
})  # fmt: skip
"""What the outcomes stand under in a project that names no strategy yet."""

OUTCOMES: tuple[Sample, ...] = (
    _outcome(
        "O1",
        "Dans les communautés, les autorités gouvernent mieux et rendent des comptes",
        "In the communities, authorities govern better and answer for what they do",
        _PROGRAMME,
    ),
    _outcome(
        "O2",
        "Les communautés savent traiter les conflits liés aux ressources naturelles, aux questions sociopolitiques, à "
        "la justice et à la religion, et portent leurs causes profondes aux échelons habilités à y répondre",
        "Communities can deal with conflicts over natural resources, socio-political questions, justice and religion, "
        "and bring their root causes to the levels that are entitled to answer them",
        _PROGRAMME,
    ),
    _outcome(
        "O3",
        "Un réseau national de la société civile, issu des communautés concernées, formule à partir de leurs intérêts "
        "une stratégie de sécurité humaine et la défend auprès des acteurs de la sécurité et du développement, du pays "
        "à l’échelon international",
        "A national civil society network that comes from the communities concerned makes a human security strategy "
        "out of their interests, and takes it to security and development actors, from the country to the "
        "international level",
        _PROGRAMME,
    ),
    _outcome(
        "O4",
        "L’extrémisme violent est contré par les moyens de la sécurité humaine, et de bonnes pratiques en sont tirées",
        "Violent extremism is countered by the means of human security, and good practice is drawn from it",
        _OBJECTIVE,
    ),
)
