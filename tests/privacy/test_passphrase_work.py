"""In a thread, the work of a passphrase is done by another process, so that the screen can be drawn meanwhile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pyrage
import pytest

from hsreview.privacy import passphrase_work
from tests.exchange.test_sealing import CHEAP


def test_a_thread_gives_the_work_away_and_hears_of_a_wrong_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    def here(*_args: object) -> None:
        raise AssertionError("done in this process")

    monkeypatch.setattr("pyrage.passphrase.decrypt", here)
    with ThreadPoolExecutor(1) as thread:
        right = thread.submit(passphrase_work.decrypt, CHEAP, "deux chèvres")
        assert right.result() == b"PK\x03\x04"
        wrong = thread.submit(passphrase_work.decrypt, CHEAP, "trois chèvres")
        with pytest.raises(pyrage.DecryptError, match="Decryption failed"):
            wrong.result()
