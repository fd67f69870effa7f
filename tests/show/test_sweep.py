"""A sweep as text: the sentence, the table at any width."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nobat.show.sweep import sentence
from nobat.study.sweep import sweep
from nobat.study.swept import DoctrineSpread, Spread, Sweep
from tests.small import small

OVER = ["contact.frontage", "rotation.turns.posts=1:3", "sleep.model"]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    return sweep(small(), OVER, points=8, replications=20, out=tmp_path_factory.mktemp("a") / "b")


def told(found: Sweep, counts: dict[str, tuple[int, int]]) -> str:
    """The sentence of a sweep with other numbers of points."""
    other = Sweep(found.folder, found.scenario, found.design)
    spread = Spread(0.0, 0.5, 1.0)
    other.__dict__["summary"] = tuple(
        DoctrineSpread(name, name, best, sure, {"p_secured": spread})
        for name, (best, sure) in counts.items()
    )
    return sentence(other)


def test_the_sentence_says_who_is_best_at_how_many_points(found: Sweep) -> None:
    assert told(found, {"rotate": (2, 1), "commit-all": (5, 4), "wait": (1, 0)}) == (
        "commit-all takes the place most often at 5 of 8 points, beyond noise at 4; "
        "rotate at 2 (1), wait at 1 (0)."
    )
    assert told(found, {"rotate": (0, 0), "commit-all": (8, 8), "wait": (0, 0)}) == (
        "commit-all takes the place most often at 8 of 8 points, beyond noise at 8; no other does "
        "anywhere."
    )
    assert told(found, {"rotate": (0, 0), "commit-all": (6, 6), "wait": (0, 0)}).endswith(
        "beyond noise at 6. At 2 several are level."
    )
    assert told(found, {"rotate": (0, 0), "commit-all": (0, 0), "wait": (0, 0)}) == (
        "No doctrine takes the place most often alone at any of 8 points."
    )


def test_a_single_doctrine_is_told_by_its_spread(tmp_path: Path) -> None:
    alone = sweep(small(), OVER, points=8, replications=9, doctrines="wait", out=tmp_path / "a")
    text = str(alone.table())
    assert "wait takes the place in 0.0 % of the replications at every point." in text
    assert "of the doctrine at each" in text


@pytest.mark.parametrize("width", [50, 60, 80, 100])
def test_it_fits_the_page(found: Sweep, width: int) -> None:
    from rich.console import Console

    page = Console(width=width)
    with page.capture() as capture:
        page.print(found.table())
    assert max(len(line.rstrip()) for line in capture.get().splitlines()) <= width


def test_the_table_says_what_was_varied_and_run(found: Sweep) -> None:
    text = " ".join(str(found.table()).split())
    assert text.startswith("A small siege small")
    assert "8 points, a scrambled Sobol sequence: 20 replications of each doctrine" in text
    assert (
        "Varied: contact.frontage 200 to 800 persons; rotation.turns.posts 1 to 3; sleep.model "
        "none, safte, three_process." in text
    )
    assert found._repr_html_().startswith("<pre")


def test_many_factors_are_counted(found: Sweep) -> None:
    (one, *_) = found.factors
    design = replace(found.design, factors=(one,) * 30, points=((1.0,) * 30,) * 8)
    text = " ".join(str(Sweep(found.folder, found.scenario, design).table()).split())
    assert text.count("contact.frontage") == 8
    assert "and 22 more" in text
