"""Every check of the project, in one go: ``python3 start.py test [ARGS...]`` runs this in .venv.

ruff, mypy, the compilation of the model and a Chromium first, then pytest with ARGS. All of them
run, whatever the earlier ones found; pytest comes last, so that its closing line closes the output.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_WORKERS = 8  # more of them spend longer on importing than they save

# Before pytest. The model is compiled once, by one process: workers that start with an empty cache
# would each compile all of it.
FIRST = {
    "ruff check": ["ruff", "check", "--quiet", "."],
    "ruff format": ["ruff", "format", "--check", "--quiet", "."],
    "mypy --strict": ["mypy", "--no-error-summary"],
    "compile": ["nobat.engine.warm"],
    "browser": ["tests.chromium"],
}


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def pytest_words(arguments: Sequence[str]) -> list[str]:
    """What pytest is called with: `arguments` come last, so that they decide.

    A file's tests stay in one worker (loadfile): what a module works out once, such as a run of
    thousands of replications, is then worked out once and not in every worker.
    """
    workers = min(cores(), MOST_WORKERS)
    return ["pytest", "-n", str(workers), "--dist", "loadfile", *arguments]


def passes(module_and_words: Sequence[str]) -> bool:
    """Run a module of this Python in the project's root; whether it found nothing wrong.

    One thread in each process: the workers share the cores already.
    """
    environment = os.environ | {"NUMBA_NUM_THREADS": "1"}
    command = [sys.executable, "-m", *module_and_words]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def main(arguments: Sequence[str]) -> int:
    """Run every check; 0 if all of them pass, 1 if not, 130 after Ctrl-C."""
    failed = []
    try:
        for name, words in FIRST.items():
            started = time.monotonic()
            ok = passes(words)
            print(f"{name}: {'ok' if ok else 'FAILED'} ({time.monotonic() - started:.1f} s)")
            sys.stdout.flush()  # before the next one's own output
            if not ok:
                failed.append(name)
        if not passes(pytest_words(arguments)):
            failed.append("pytest")
    except KeyboardInterrupt:
        return 130
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
