"""What holds for every test: one thread, no luck, the reference figures."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.reference import folder

# Nothing above imports numba, which reads this once. Workers share the cores already.
os.environ["NUMBA_NUM_THREADS"] = "1"

# No deadline: the first call of a kernel may compile it. Derandomised: a run repeats.
settings.register_profile("nobat", deadline=None, derandomize=True)
settings.load_profile("nobat")

# English, whatever the terminal that runs the tests is set to.
os.environ.pop("NOBAT_LANG", None)


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of the reference figures."""
    return folder()
