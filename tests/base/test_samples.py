"""The samples are found in a checkout and in an installed package."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base import samples
from tests.conftest import ROOT


def test_a_checkout_has_its_samples_at_the_root() -> None:
    assert samples.sample_dir("codebooks") == ROOT / "codebooks"
    assert samples.sample_dir("transcripts") == ROOT / "transcripts"


def test_an_installed_package_has_them_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "hsreview" / "samples" / "codebooks"
    inside.mkdir(parents=True)
    monkeypatch.setattr(samples, "_PACKAGE", tmp_path / "hsreview")
    assert samples.sample_dir("codebooks") == inside
