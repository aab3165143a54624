"""The process that does the work of a passphrase: it is started as a module.

On stdin a line of JSON, `["encrypt" or "decrypt", passphrase]`, then the bytes; on stdout the bytes that come of it.
It ends with WRONG, and what is wrong on stderr, when the bytes cannot be opened.
"""

from __future__ import annotations

import json
import sys

WRONG = 3
"""The exit code when the passphrase is another one, or the bytes are damaged."""


def main() -> int:
    """Do one piece of work; gives the exit code."""
    import pyrage

    which, passphrase = json.loads(sys.stdin.buffer.readline())
    try:
        done = getattr(pyrage.passphrase, which)(sys.stdin.buffer.read(), passphrase)
    except pyrage.DecryptError as error:
        sys.stderr.write(str(error))
        return WRONG
    sys.stdout.buffer.write(done)
    return 0


if __name__ == "__main__":
    sys.exit(main())
