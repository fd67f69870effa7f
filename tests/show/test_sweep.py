"""A sweep as text: the sentence, the table at any width."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nobat.show.sweep import _at_the_only_point, sentence
from nobat.study.estimates import Estimate
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
    other = Sweep(alone.folder, alone.scenario, alone.design)
    spread = {"p_secured": Spread(0.05, 0.375, 0.9)}
    other.__dict__["summary"] = (DoctrineSpread("wait", "wait", None, None, spread),)
    assert sentence(other) == (
        "wait takes the place in 5.0 % to 90.0 % of the replications, depending on the point "
        "(median 37.5 %)."
    )
    assert "of the doctrine at each" in text
    assert alone.table().headings() == (
        "doctrine", "secured\n(%)", "day\nsecured", "attacker losses\n(persons)",
    )  # fmt: skip
    assert [len(row) for row in alone.table().rows()] == [4]
    assert "Best at" not in text
    assert "the lowest to the highest estimate over the points, in brackets the median" in (
        " ".join(text.split())
    )


def test_a_single_point_is_told_with_its_intervals(tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text("contact.frontage\n500\n")
    one = sweep(small(), design=file, replications=200, out=tmp_path / "a")
    table = one.table()
    assert table.headings()[:3] == ("doctrine", "secured", "behind the\nbest (%)")
    rows = {row[0]: row[1:] for row in table.rows()}
    estimate = one.points().collect().row(1, named=True)
    share, low, high = (100 * estimate[f"p_secured{end}"] for end in ("", "_low", "_high"))
    assert rows["commit-all"][0] == f"{share:.1f} % [{low:.1f}, {high:.1f}]"
    assert rows["commit-all"][3] == (
        f"{estimate['attacker_losses']:.0f} ± "
        f"{(estimate['attacker_losses_high'] - estimate['attacker_losses_low']) / 2:.0f}"
    )
    assert [row[1] for row in rows.values()].count("0.0 ± 0.0") >= 1
    text = " ".join(str(table).split())
    assert text.startswith("A small siege small At the one point ")
    assert "The point: contact.frontage 500 persons, assumed." in text
    assert "correlation" not in text
    alone = sweep(small(), design=file, replications=20, doctrines="rotate", out=tmp_path / "b")
    assert len(alone.table().headings()) == 4
    assert alone.sentence().startswith("At the one point rotate takes the place in ")


@pytest.mark.parametrize(
    ("rotate", "commit", "sure", "said"),
    [
        (0.4, 0.6, 1, "At the one point commit-all takes the place most often, in 60.0 % [50.0, "
         "70.0] of the replications, beyond noise."),
        (0.4, 0.6, 0, "of the replications, but not beyond noise."),
        (0.6, 0.6, None, "At the one point no doctrine takes the place most often alone: rotate "
         "and commit-all are level."),
    ],
)  # fmt: skip
def test_the_sentence_of_a_single_point(
    found: Sweep, rotate: float, commit: float, sure: int | None, said: str
) -> None:
    one = Sweep(found.folder, found.scenario, replace(found.design, points=((1.0,),)))

    def doctrine(name: str, share: float, best: int) -> DoctrineSpread:
        gap = Estimate(0.6 - share, 0.0, 0.3, 100, "mean")
        own = {"p_secured": Estimate(share, share - 0.1, share + 0.1, 100, "share")}
        return DoctrineSpread(name, name, best, sure or 0, {}, own | {"behind": gap})

    best = 0 if sure is None else 1
    summary = (doctrine("rotate", rotate, 0), doctrine("commit-all", commit, best))
    assert said in _at_the_only_point(_Told(one, summary))


class _Told(Sweep):
    """A sweep of one point with made-up estimates."""

    def __init__(self, like: Sweep, summary: tuple[DoctrineSpread, ...]) -> None:
        super().__init__(like.folder, like.scenario, like.design)
        self.__dict__["summary"] = summary

    @property
    def asked(self) -> int:
        """A single point."""
        return 1


def test_the_part_that_is_done_of_a_stopped_sweep(found: Sweep) -> None:
    """With one point done the words say that there are to be more."""
    share = Estimate(0.5, 0.4, 0.6, 20, "share")
    one = Sweep(found.folder, found.scenario, found.design)
    one.__dict__["summary"] = (DoctrineSpread("rotate", "", None, None, {}, {"p_secured": share}),)
    assert _at_the_only_point(one).startswith("At the one point that is done, rotate takes")


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
        "Varied: contact.frontage 200 to 800 persons, assumed; rotation.turns.posts 1 to 3, "
        "assumed; sleep.model none, safte, three_process. Best at" in text
    )
    assert found._repr_html_().startswith("<pre")


def test_decimals_are_those_of_the_widest_spread(found: Sweep) -> None:
    def doctrine(name: str, low: float, high: float) -> DoctrineSpread:
        days = Spread(low, (low + high) / 2, high)
        keys = ("p_secured", "day_secured_if_secured", "attacker_losses")
        return DoctrineSpread(name, name, 1, 1, dict.fromkeys(keys, days))

    other = Sweep(found.folder, found.scenario, found.design)
    other.__dict__["summary"] = (doctrine("a", 27.05, 27.06), doctrine("b", 43.1, 49.9))
    rows = other.table().rows()
    assert [row[4] for row in rows] == ["27.1 to 27.1 (27.1)", "43.1 to 49.9 (46.5)"]


def test_many_factors_are_counted(found: Sweep) -> None:
    (one, *_) = found.factors
    design = replace(found.design, factors=(one,) * 30, points=((1.0,) * 30,) * 8)
    text = " ".join(str(Sweep(found.folder, found.scenario, design).table()).split())
    assert text.count("contact.frontage") == 8
    assert "and 22 more" in text
