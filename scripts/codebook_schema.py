"""Write the JSON Schema of codebook files beside the codebooks: `python -m scripts.codebook_schema`."""

from __future__ import annotations

import json
from pathlib import Path

from hsreview.codebook.schema import SCHEMA_FILE, codebook_schema

if __name__ == "__main__":
    path = Path(__file__).resolve().parent.parent / "codebooks" / SCHEMA_FILE
    path.write_text(json.dumps(codebook_schema(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
