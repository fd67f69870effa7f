"""A valid scenario to change, and short ways to see what is wrong with the result."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from nobat.scenario import Scenario, ScenarioError, load, starter
from nobat.scenario.reading import read_document

FILE = Path(__file__).with_name("full.yaml")
TEXT = FILE.read_text(encoding="utf-8")
PLAIN: dict[str, Any] = read_document(TEXT.encode(), "full.yaml").data
STARTER = starter("starter")


def scenario() -> Scenario:
    """The scenario of `full.yaml`, which uses every field and every way of writing one."""
    return load(FILE)


def changed(keys: Sequence[str | int], value: Any) -> dict[str, Any]:
    """The plain data of `full.yaml` with the value at some keys replaced."""
    data = copy.deepcopy(PLAIN)
    node: Any = data
    for key in keys[:-1]:
        node = node[key]
    node[keys[-1]] = value
    return data


def complaints(path: Path, text: str | bytes) -> list[str]:
    """Write a file, load it, and give back its problems, one line each."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ScenarioError) as caught:
        load(path)
    assert str(caught.value).splitlines() == [str(each) for each in caught.value.problems]
    return [str(problem) for problem in caught.value.problems]


def complaint(path: Path, text: str | bytes) -> str:
    """The only problem of a file, without the name of the file."""
    (only,) = complaints(path, text)
    return only.replace(str(path), "FILE")


def line_of(piece: str) -> int:
    """The line of `full.yaml` on which a piece of text begins, from 1."""
    assert TEXT.count(piece) == 1, f"{piece!r} stands there {TEXT.count(piece)} times"
    return TEXT[: TEXT.index(piece)].count("\n") + 1


def replaced(old: str, new: str) -> str:
    """The text of `full.yaml` with one piece replaced."""
    assert line_of(old)
    return TEXT.replace(old, new)
