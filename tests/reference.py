"""Where the figures from published work and independent programs are, for the oracle tests.

They are no part of the project. The folder is named by NOBAT_REFERENCE, else it is looked for
beside the checkout. With NOBAT_REQUIRE_REFERENCE=1, as in CI, a test that lacks it fails instead
of skipping.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parent.parent.parent / "shared" / "reference"


def folder() -> Path:
    """The folder of the reference figures; skips the test that asks where there is none."""
    path = Path(os.environ.get("NOBAT_REFERENCE") or BESIDE)
    if path.is_dir():
        return path
    words = f"no reference figures at {path}: NOBAT_REFERENCE names their folder"
    if os.environ.get("NOBAT_REQUIRE_REFERENCE") == "1":
        pytest.fail(words)
    pytest.skip(words)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of the reference table `name`, such as ``rotation/m4_surge_debt.csv``."""
    with (folder() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
