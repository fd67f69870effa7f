"""The list of planted faults fits the model, and the oracles catch one of each mechanism.

`python -m tests.faults` plants all of them.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from tests.faults.fault import FACTOR, KINDS, MODEL, ROOT, SIGN, STEP, Fault, occurrences
from tests.faults.page import FAULTS, PAGE, one_each, page
from tests.faults.run import CAUGHT, MISSED, Found

#: Files of the model in which no mechanism of its own could be wrong: types, records, tables, the
#: order of the step, what is written down.
NO_MECHANISM = {
    "__init__.py", "aftermath.py", "campaign.py", "compiled.py", "events.py", "ledger.py",
    "observe.py", "outcome.py", "sources.py", "state.py",
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name[:60])
def test_every_text_is_there_once_and_every_oracle_too(fault: Fault) -> None:
    assert occurrences(fault) == 1, "the model has changed: mend the list in tests/faults"
    assert fault.instead != fault.text
    assert fault.kind in KINDS
    path, _, test = fault.oracle.partition("::")
    test = test.partition("[")[0]
    assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8")


def test_every_mechanism_has_three_faults_and_every_file_one() -> None:
    assert min(Counter(fault.mechanism for fault in FAULTS).values()) >= 3
    assert {fault.kind for fault in FAULTS} >= {SIGN, FACTOR, STEP}
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
    files = {path.name for path in MODEL.glob("*.py")} - NO_MECHANISM
    assert files <= {fault.file for fault in FAULTS}


def test_the_page_lists_them() -> None:
    all_caught = [Found(fault, CAUGHT, "") for fault in reversed(FAULTS)]
    assert PAGE.read_text(encoding="utf-8") == page(all_caught), "run: python -m tests.faults"


# In processes of their own: one that forks should have no threads, and pytest's may have some.

HARMLESS = """
from dataclasses import replace
from tests.faults.page import FAULTS
from tests.faults.run import run
shield = next(fault for fault in FAULTS if fault.oracle.endswith("::test_shield"))
change = replace(shield, text="Protection of a garrison", instead="Cover of a garrison")
(found,) = run([change], jobs=1)
print(found.verdict)
"""


def python(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.faults
@pytest.mark.slow
def test_a_change_without_effect_is_not_caught() -> None:
    assert python("-c", HARMLESS).stdout.strip() == MISSED


@pytest.mark.faults
@pytest.mark.slow
def test_one_fault_of_each_mechanism_is_caught() -> None:
    done = python("-m", "tests.faults", "--one-each", "--jobs", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    count = len(one_each())
    assert f"{count} of {count} caught" in done.stdout
