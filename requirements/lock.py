"""Makes the locks beside it from pyproject.toml: ``python requirements/lock.py [--upgrade]``.

One file for the base, the build backend, each extra, dev and the peers of bench/: every package
with its version and the hashes of its ready-made files, for Python 3.11 and newer on every system.
Each file is made with the ones before it as constraints, so that any of them can be installed
together. Needs uv on the PATH. Without --upgrade, what is locked stays as long as pyproject.toml
allows it; any other words go to uv.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent / "pyproject.toml"
HEADER = "# Made by requirements/lock.py from pyproject.toml; not edited by hand.\n"
UV = (
    *("uv", "pip", "compile", "--quiet", "--no-config", "--universal", "--python-version", "3.11"),
    # One version of a package for every Python, so that answers do not depend on Python's.
    *("--fork-strategy", "fewest"),
    *("--only-binary", ":all:", "--generate-hashes"),
    # Nothing in the files but packages: no index, no path, no date.
    *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
)


def wanted(project: Path = PROJECT) -> dict[str, list[str]]:
    """What each lock is made from, in the order of making: lock name -> requirements."""
    table = tomllib.loads(project.read_text(encoding="utf-8"))
    groups = table["dependency-groups"]
    return {
        "base": table["project"]["dependencies"],
        "build": table["build-system"]["requires"] + groups["editable"],
        **table["project"]["optional-dependencies"],
        "dev": groups["dev"],
        "peers": groups["peers"],
    }


def make(name: str, requirements: list[str], before: list[Path], words: list[str]) -> Path:
    """Write the lock `name`, constrained by the locks `before` it; `words` go to uv. Its path."""
    path = HERE / f"{name}.txt"
    constraints = [word for earlier in before for word in ("--constraint", str(earlier))]
    command = [*UV, *constraints, *words, "--output-file", str(path), "-"]
    subprocess.run(
        command, input="\n".join(requirements), text=True, check=True, stdout=subprocess.DEVNULL
    )
    path.write_text(HEADER + path.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    return path


def main(words: list[str]) -> None:
    """Make every lock; `words` go to uv."""
    made: list[Path] = []
    for name, requirements in wanted().items():
        made.append(make(name, requirements, made, words))
        print(made[-1].name, file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
