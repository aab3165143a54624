"""What the commands of `framework-matrix` share: their options."""

from __future__ import annotations

from hsreview.base.messages import N_
from hsreview.cli.kit import option

by = option(
    "--by", metavar=N_("KIND"), default="respondent", show_default=True,
    text=N_("What a row is: respondent, organisation, group or transcript."),
)  # fmt: skip
layer_option = option("--layer", metavar=N_("NAME"), text=N_("Whose codings: a coder, or consensus."))
attributes_option = option(
    "--attribute", "attributes", metavar=N_("NAME"), multiple=True,
    text=N_("A column with this attribute of the cases."),
)  # fmt: skip
