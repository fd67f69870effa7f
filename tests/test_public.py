"""The public names: what is documented is what there is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import nobat

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "python.md"


def test_all_equals_the_documented_table() -> None:
    table = PAGE.read_text(encoding="utf-8").partition("\n## ")[0]
    names = re.findall(r"^\| `(\w+)", table, re.MULTILINE)
    assert sorted(names) == sorted(nobat.__all__)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", nobat.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(nobat, name).__doc__
    assert name in dir(nobat)


@pytest.mark.parametrize("name", ["loda", "numpy", "_private"])
def test_an_unknown_name_is_an_attribute_error(name: str) -> None:
    with pytest.raises(AttributeError, match=f"has no attribute '{name}'"):
        getattr(nobat, name)


def test_importing_is_light() -> None:
    code = "import sys, nobat; print(*{'numpy', 'numba', 'polars', 'pydantic'} & set(sys.modules))"
    source = str(Path(nobat.__file__).parents[1])
    found = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": source}, capture_output=True, check=True
    )
    assert found.stdout.strip() == b""
