"""Write the JSON Schemas of codebook files and overlays beside them: `python -m scripts.codebook_schema`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hsreview.codebook.overlay_schema import OVERLAY_SCHEMA_FILE, overlay_schema
from hsreview.codebook.schema import SCHEMA_FILE, codebook_schema

CODEBOOKS = Path(__file__).resolve().parent.parent / "codebooks"


def write(path: Path, schema: dict[str, Any]) -> None:
    path.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(CODEBOOKS / SCHEMA_FILE, codebook_schema())
    write(CODEBOOKS / "overlays" / OVERLAY_SCHEMA_FILE, overlay_schema())
