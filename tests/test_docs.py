"""The pages made from the code say what the code says; links between pages lead somewhere."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


@pytest.mark.parametrize("name", ["outcomes.md", "observables.md"])
def test_made_pages_are_current(name: str) -> None:
    make = runpy.run_path(str(ROOT / "docs" / "make.py"))
    written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert written == make["PAGES"][name](), "run: python docs/make.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target
