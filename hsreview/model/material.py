"""What a workbook is made of beside the layer and the counts that every workbook has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hsreview.model.tables import Table


@dataclass(frozen=True, slots=True)
class Material:
    """Every part has a default: a sheet whose part is not there is not wanted, and is no error."""

    tables: Mapping[str, Table] = field(default_factory=dict)
    """Stable name of a sheet → the matrix that it draws."""
