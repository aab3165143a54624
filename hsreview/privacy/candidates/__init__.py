"""Candidates for pseudonyms: what of a text may name a person, a place or an organisation; a person decides.

The engines (lists, capitals, titles, patterns, and spans of a language model that a caller hands over) look at the text
apart from each other; a candidate is the union of what they propose.
"""

from __future__ import annotations

from hsreview.privacy.candidates.candidate import ENGINES, RULES_VERSION, Candidate, Context, Found, Group, Lists
from hsreview.privacy.candidates.everywhere import Source, candidates_of
from hsreview.privacy.candidates.finding import candidates, turn_breaks
from hsreview.privacy.candidates.grouping import grouped
from hsreview.privacy.candidates.words import form_key

__all__ = [
    "ENGINES",
    "RULES_VERSION",
    "Candidate",
    "Context",
    "Found",
    "Group",
    "Lists",
    "Source",
    "candidates",
    "candidates_of",
    "form_key",
    "grouped",
    "turn_breaks",
]
