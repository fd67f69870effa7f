"""The layout: imports go one way, rooms stay small, the front door stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "nobat"
#: A package imports only from itself and from those before it.
ORDER = ("scenario", "model", "theory", "engine", "study", "account", "show", "cli")
FILES = sorted(SOURCE.rglob("*.py"))
MOST_LINES = 400
HEAVY = {"numpy", "numba", "polars", "pydantic", "scipy", "rich", "yaml"}


def imported(tree: ast.Module) -> set[str]:
    """The packages of nobat that a module imports when it is loaded (not inside functions)."""
    found = set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("nobat."):
            found.add(str(node.module).split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("nobat.")}
    return found & set(ORDER)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_go_one_way(path: Path) -> None:
    package = path.relative_to(SOURCE).parts[0]
    if package not in ORDER:
        return
    allowed = set(ORDER[: ORDER.index(package) + 1])
    assert imported(ast.parse(path.read_text(encoding="utf-8"))) <= allowed


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_rooms_are_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_the_front_door_is_light() -> None:
    code = "import sys, nobat; print(' '.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert not HEAVY & set(loaded.stdout.split())
