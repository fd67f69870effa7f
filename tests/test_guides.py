"""The code blocks of guides and tutorials do what the page says: each is run, in order.

A block of text shows what the block before it prints.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nobat.cli import main

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGES = sorted([*DOCS.glob("guides/*.md"), *DOCS.glob("tutorials/*.md")])
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: Their names hang on the versions of the model and of the compiler.
_RUN_FOLDER = ("The run is in ", "The report is in ")


def _shown(printed: str) -> str:
    """What a page shows of something printed: no run folder, no blanks at the ends of lines."""
    lines = [line.rstrip() for line in printed.splitlines() if not line.startswith(_RUN_FOLDER)]
    return "\n".join(lines).strip("\n")


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_the_blocks_of_a_page_run(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    blocks = _BLOCK.findall(page.read_text(encoding="utf-8"))
    assert {language for language, _ in blocks} <= {"sh", "python", "text"}
    names: dict[str, object] = {}
    printed = ""
    for language, block in blocks:
        if language == "text":
            assert _shown(printed) == _shown(block)
            continue
        if language == "python":
            exec(compile(block, page.name, "exec"), names)
        for line in block.splitlines() if language == "sh" else ():
            command, *words = line.split()
            assert command == "nobat"
            assert main(words) == 0, capsys.readouterr().err
        printed = capsys.readouterr().out
