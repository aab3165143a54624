"""The process that runs a regular expression, so that one that never ends can be ended: it is started as a script.

On stdin a line with the pattern, then lines with lists of texts; for each of these a line on stdout with the matches
`[start, end]` of every text. Nothing is written anywhere else.
"""

from __future__ import annotations

import json
import re
import sys
from itertools import islice

MOST_MATCHES = 1000
"""Of one text."""


def main() -> None:
    """Answer until nothing more is asked."""
    pattern = re.compile(json.loads(sys.stdin.readline()), re.IGNORECASE | re.MULTILINE)
    for line in iter(sys.stdin.readline, ""):
        found = []
        for text in json.loads(line):
            spans = (match.span() for match in pattern.finditer(text))
            found.append(list(islice((span for span in spans if span[0] < span[1]), MOST_MATCHES)))
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
