"""Which points a sweep runs: grids, space-filling designs, lists; each with its own properties."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.scenario.words import choice, quoted, shown
from nobat.study import unit_designs
from nobat.study.factors import Factor, Value, factors_of
from nobat.study.listed import points_of_table, read_points
from nobat.study.points import Point, Settings
from nobat.study.unit_designs import NEARLY, worst_correlation

if TYPE_CHECKING:
    import polars as pl

#: The designs by name, and what each is.
DESIGNS = {
    "sobol": "scrambled Sobol sequence",
    "latin": "Latin hypercube",
    "nolh": "nearly orthogonal Latin hypercube",
    "grid": "grid",
}
#: A design that was read from a file or a table.
LISTED = "listed"
#: Points of a design and levels of a grid if nothing is said, and the most points.
POINTS, LEVELS, MOST_POINTS = 512, 5, 100_000
#: The seed of what a design draws. It is not that of the luck: other luck, same points.
SEED = 1
_MOST_LEVELS = 1000


@dataclass(frozen=True, repr=False)
class Design:
    """Points of some factors.

    kind: its name in DESIGNS, or `listed`. seed: of what was drawn; None where nothing was. points:
    a value for each factor, in their order. orthogonal: whether a `nolh` was built without any
    correlation; None for another design.
    """

    kind: str
    factors: tuple[Factor, ...]
    points: tuple[Point, ...]
    seed: int | None = None
    orthogonal: bool | None = None

    def __repr__(self) -> str:
        """Short: how many points of what kind, over which factors."""
        paths = ", ".join(factor.path for factor in self.factors)
        return f"<Design {self.kind}: {len(self.points):,} points over {paths}>"

    def __len__(self) -> int:
        return len(self.points)

    def columns(self) -> NDArray[np.float64]:
        """The points as numbers: (points, factors); a word or a yes/no by its place among them."""
        return np.array([self._numbers(point) for point in self.points], np.float64)

    def _numbers(self, point: Point) -> list[float]:
        return [_as_number(f, value) for f, value in zip(self.factors, point, strict=True)]

    def correlation(self) -> float:
        """The largest correlation between two factors over the points, without its sign."""
        return worst_correlation(self.columns())

    def notes(self) -> list[str]:
        """What to know about the points, a sentence each."""
        found = []
        n = len(self.points)
        if self.kind == "sobol" and n & (n - 1):
            less, more = 2 ** (n.bit_length() - 1), 2 ** n.bit_length()
            found.append(
                f"{n:,} points are no power of two: the balance of Sobol's sequence is lost; "
                f"{less:,} or {more:,} keep it."
            )
        if len(self.factors) > 1 and n > 1:
            worst = self.correlation()
            text = f"Largest correlation between two factors: {worst:.3f}"
            if self.kind == "nolh" and worst > NEARLY:
                text += f"; nearly orthogonal is up to {NEARLY}: take more points"
            found.append(f"{text}.")
        return found

    def to_json(self) -> dict[str, Any]:
        """The design as plain JSON values, without its points."""
        return {
            "kind": self.kind,
            "seed": self.seed,
            "points": len(self.points),
            "correlation": self.correlation() if len(self.factors) > 1 else None,
            "factors": [factor.to_json() for factor in self.factors],
        }


def _as_number(factor: Factor, value: Value) -> float:
    """A number itself; a word or a yes/no by its place among its values."""
    if isinstance(value, bool | str):
        return float((factor.levels or ()).index(value))
    return float(value)


def design(
    scenario: Scenario,
    over: Sequence[str] = (),
    *,
    kind: str | PathLike[str] | pl.DataFrame = "sobol",
    points: int | None = None,
    levels: int | None = None,
    seed: int | None = None,
) -> Design:
    """The points of a design over what somebody asked for, each allowed by the scenario.

    over: factors, as `factors_of` takes them. kind: `sobol`, `latin`, `nolh`, `grid`, or a list: a
    CSV file or a polars DataFrame with a path at the head of each column. points: how many (default
    POINTS; a grid and a list have their own). levels: how many values of each number a grid takes
    (default LEVELS). seed: of what is drawn (default SEED).

    Raises ScenarioError for factors, a kind or numbers that are not allowed, and for points that
    the scenario refuses; TypeError for a kind of another type.
    """
    table = _list_of(kind)
    name = str(kind)
    if table is not None:
        found = _listed(scenario, table, over, points=points, levels=levels, design_seed=seed)
    else:
        factors = _asked(scenario, name, over)
        if name == "grid":
            _refuse(name, points=points, design_seed=seed)
            found = _grid(factors, LEVELS if levels is None else levels)
        else:
            _refuse(name, levels=levels)
            asked = POINTS if points is None else points
            found = _drawn(name, factors, asked, SEED if seed is None else seed)
    Settings(scenario, found.factors).check(found.points)
    return found


def _refuse(name: str, **given: object) -> None:
    """ScenarioError for an argument that has no effect with a design."""
    why = {
        "points": f"a {name} has its own number of points" + "; give levels" * (name == "grid"),
        "levels": f"levels are those of a grid; {name} takes points",
        "design_seed": f"nothing is drawn for a {name}",
        "over": "a list says itself what is varied, by the heads of its columns: leave it out",
    }
    problems = [
        Problem(key, None, why[key]) for key, value in given.items() if value not in (None, (), [])
    ]
    if problems:
        raise ScenarioError(problems)


def _list_of(kind: object) -> Path | pl.DataFrame | None:
    """The list that a design is given as; None where it is asked by name. TypeError for others."""
    if not isinstance(kind, str | PathLike):
        return _table(kind)
    path = Path(kind)
    is_file = path.suffix.lower() == ".csv" or path.is_file()
    return path if str(kind) not in DESIGNS and is_file else None


def _asked(scenario: Scenario, name: str, over: Sequence[str]) -> tuple[Factor, ...]:
    """The factors; ScenarioError for them, and for a design that there is not."""
    problems: list[Problem] = []
    if name not in DESIGNS:
        text = f"{quoted(name)} is not a design{choice(name, DESIGNS, 'designs')}, nor a FILE.csv"
        problems.append(Problem("design", None, text))
    try:
        found = factors_of(scenario, over)
    except ScenarioError as error:
        problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return found


def _table(kind: object) -> pl.DataFrame:
    """A polars table; TypeError for anything else."""
    import polars as pl

    if isinstance(kind, pl.DataFrame):
        return kind
    names = ", ".join(repr(name) for name in DESIGNS)
    what = f"{type(kind).__module__.partition('.')[0]} {type(kind).__name__}"
    raise TypeError(
        f"design takes {names}, a CSV file or a polars DataFrame with a path at the head of each "
        f"column, not a {what.removeprefix('builtins ')}"
    )


def _listed(
    scenario: Scenario, given: Path | pl.DataFrame, over: Sequence[str], **others: object
) -> Design:
    """The points of a list; ScenarioError for it, and for arguments that have no effect with it."""
    problems: list[Problem] = []
    try:
        if isinstance(given, Path):
            factors, points = read_points(scenario, given, MOST_POINTS)
        else:
            factors, points = points_of_table(scenario, given, MOST_POINTS)
    except ScenarioError as error:
        problems += error.problems
    try:
        _refuse("list of points", over=over, **others)
    except ScenarioError as error:
        problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return Design(LISTED, factors, points)


def _check_number(path: str, value: object, least: int, most: int) -> None:
    """ScenarioError for what is no whole number in a range."""
    if type(value) is not int or not least <= value <= most:
        text = f"{shown(value)} is not allowed: a whole number from {least:,} to {most:,}"
        raise ScenarioError([Problem(path, None, text)])


def _grid(factors: tuple[Factor, ...], levels: int) -> Design:
    """Every combination of some values of each factor, the last factor changing fastest."""
    _check_number("levels", levels, 2, _MOST_LEVELS)
    values = [factor.spread(levels) for factor in factors]
    total = math.prod(len(each) for each in values)
    if total > MOST_POINTS:
        text = f"a grid of {levels} levels has {total:,} points: {MOST_POINTS:,} at most"
        raise ScenarioError([Problem("levels", None, f"{text}; sobol and nolh take fewer")])
    return Design("grid", factors, tuple(product(*values)))


def _drawn(name: str, factors: tuple[Factor, ...], points: int, seed: int) -> Design:
    """A design of the unit cube, brought to the values of the factors."""
    _check_number("points", points, 2, MOST_POINTS)
    _check_number("design_seed", seed, 0, 2**63 - 1)
    _check_combinations(factors, points)
    orthogonal = None
    if name == "nolh":
        if points <= len(factors):
            text = f"{points:,} points are too few for {len(factors)} factors: more than factors"
            raise ScenarioError([Problem("points", None, text)])
        unit, orthogonal = unit_designs.nearly_orthogonal(points, len(factors), seed)
    else:
        draw = unit_designs.sobol if name == "sobol" else unit_designs.latin
        unit = draw(points, len(factors), seed)
    return Design(name, factors, tuple(_values(factors, unit.tolist())), seed, orthogonal)


def _check_combinations(factors: tuple[Factor, ...], points: int) -> None:
    """ScenarioError where the factors have fewer combinations of values than there are points."""
    counts = [factor.count for factor in factors if factor.count is not None]
    if len(counts) == len(factors) and math.prod(counts) < points:
        there = math.prod(counts)
        text = (
            f"{points:,} are more than the {there:,} combinations there are: a grid has each once"
        )
        raise ScenarioError([Problem("points", None, text)])


def _values(factors: tuple[Factor, ...], unit: Iterable[Iterable[float]]) -> Iterable[Point]:
    """Points of the unit cube as values of factors."""
    for row in unit:
        yield tuple(factor.at(u) for factor, u in zip(factors, row, strict=True))
