"""Why a value is undefined, in the user's language."""

from __future__ import annotations

from hsreview.base.messages import N_, _
from hsreview.model.agreement import Undefined

_SENTENCES = {
    Undefined.NEVER_USED: N_("no coder used this code"),
    Undefined.ONE_VALUE: N_("only one value occurs, so there is no agreement beyond chance to measure"),
    Undefined.NOTHING_SHARED: N_("no unit was seen by two coders"),
    Undefined.NO_PAIR_DEFINED: N_("it is undefined for every pair of coders"),
    Undefined.MISSING_VALUES: N_("it is defined for complete data only, and values are missing"),
    Undefined.TWO_CODERS_ONLY: N_("it is defined for exactly two coders"),
    Undefined.NO_COVERAGE: N_("this code never meets text that another coder coded"),
    Undefined.FEW_DOCUMENTS: N_("fewer than five documents: an interval would promise too much"),
    Undefined.UNSTABLE: N_("it is undefined without one of the documents"),
    Undefined.NOT_FOR_UNIT: N_("it does not exist for this unit"),
    Undefined.OVERLAPPING: N_(
        "a coder put different codes on the same text, and it needs codes that exclude each other"
    ),
    Undefined.NO_MATCH: N_("no segment of one coder matches one of another"),
    Undefined.TOO_LITTLE: N_("too little text is coded in common to say what chance would give"),
    Undefined.PAIR_UNDEFINED: N_("it is undefined for a pair of coders"),
    Undefined.ONE_UNIT: N_("it needs two units or more"),
    Undefined.NO_POSITIVE: N_("it must be said which value means “coded”"),
}


def explain(reason: Undefined) -> str:
    """The reason as a clause without a full stop."""
    return _(_SENTENCES[reason])
