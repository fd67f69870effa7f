"""The code blocks of a guide do what the guide says: each is run, in the order of the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nobat.cli import main

GUIDES = Path(__file__).resolve().parents[1] / "docs" / "guides"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["rotation.md", "solvers.md", "supply.md", "isolation.md", "sleep.md", "fire.md", "flip.md"]
)
def test_the_blocks_of_a_guide_run(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (GUIDES / name).read_text(encoding="utf-8")
    blocks = _BLOCK.findall(text)
    assert {language for language, _ in blocks} == {"sh", "python"}
    names: dict[str, object] = {}
    for language, block in blocks:
        if language == "python":
            exec(compile(block, name, "exec"), names)
            continue
        for line in block.splitlines():
            command, *words = line.split()
            assert command == "nobat"
            assert main(words) == 0, capsys.readouterr().err
