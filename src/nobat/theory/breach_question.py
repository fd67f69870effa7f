"""What `nobat theory breach` is asked and what it answers: exact figures, and simulated beside."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nobat.scenario.problems import Problem, ScenarioError
from nobat.scenario.quantity import Kind
from nobat.scenario.words import choice, shown
from nobat.theory.asked import Option, missing, number_of, numbers_of, whole_of
from nobat.theory.breach import Layers, in_floating_point, log10
from nobat.theory.breach_simulated import SHARES, Sample, sample_of
from nobat.theory.passage import Passage

if TYPE_CHECKING:
    from nobat.show.breach import Table

EXACT, SIMULATE = "exact", "simulate"
METHODS = (EXACT, SIMULATE)
#: More layers make the doubling of their chances slow and large.
MOST_LAYERS = 200
MOST_REPLICATIONS, DEFAULT_REPLICATIONS = 10_000_000, 10_000
MOST_SEED, DEFAULT_SEED = 2**63 - 1, 1

_LAYERS = Option(
    "layers",
    Kind(
        "Layers", "a number of layers", f"a whole number from 1 to {MOST_LAYERS}", "count",
        1, MOST_LAYERS, whole=True,
    ),
    "Layers to get through.",
)  # fmt: skip
_BREACH = Option(
    "breach_rate",
    Kind("BreachRate", "a rate of breaches", "above 0 a day", "per day", 0, above=True),
    "Rate at which a layer is carried, a day.",
)
_REBUILD = Option(
    "rebuild_rate",
    Kind("RebuildRate", "a rate of rebuilding", "0 or more a day", "per day", 0),
    "Rate at which the layer carried last is rebuilt, a day.",
)


@dataclass(frozen=True)
class Report:
    """The time through layers that are rebuilt; `print` it. sample: None where none was drawn."""

    layers: Layers
    sample: Sample | None = None

    @property
    def method(self) -> str:
        """Whether it was drawn as well."""
        return EXACT if self.sample is None else SIMULATE

    @cached_property
    def passage(self) -> Passage | None:
        """The distribution; None where it is beyond floating point."""
        try:
            return Passage(self.layers)
        except OverflowError:
            return None

    @cached_property
    def quantiles(self) -> dict[float, float | None]:
        """The times by which the shares of `SHARES` are through, days, exactly."""
        law = self.passage
        return {share: law.quantile(share) if law else None for share in SHARES}

    def table(self) -> Table:
        """What `nobat theory breach` shows: `print` it, or let a notebook show it."""
        from nobat.show.breach import Table

        return Table(self)

    def to_json(self) -> dict[str, Any]:
        """The answer as plain JSON values; null stands for a number beyond floating point."""
        asked: dict[str, Any] = {
            "layers": self.layers.count,
            "breach_rates": list(self.layers.breach),
            "rebuild_rates": list(self.layers.rebuild),
            "method": self.method,
        }
        if self.sample is None:
            return asked | self._exactly()
        sample = self.sample
        return asked | {
            "replications": sample.times.size,
            "seed": sample.seed,
            "mean_time": sample.mean_time,
            "standard_error": sample.standard_error,
            "standard_deviation": sample.standard_deviation,
            "mean_rebuilt": float(sample.rebuilt.mean()),
            "p_never_rebuilt": sample.p_never_rebuilt,
            "p_standard_error": sample.p_standard_error,
            "quantiles": _by_text(sample.quantiles()),
            "exact": self._exactly(),
        }

    def _exactly(self) -> dict[str, Any]:
        found = self.layers.exact
        return {
            "mean_time": in_floating_point(found.mean_time),
            "log10_mean_time": log10(found.mean_time),
            "variance": in_floating_point(found.variance),
            "standard_deviation": in_floating_point(standard_deviation(found.variance)),
            "mean_rebuilt": in_floating_point(found.rebuilt),
            "p_never_rebuilt": in_floating_point(found.p_never_rebuilt),
            "log10_p_never_rebuilt": log10(found.p_never_rebuilt),
            "quantiles": _by_text(self.quantiles),
        }

    def __repr__(self) -> str:
        """The table."""
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def standard_deviation(variance: Decimal) -> Decimal:
    """The square root of a variance, however large it is."""
    return variance.sqrt()


def _by_text(quantiles: dict[float, float | None]) -> dict[str, float | None]:
    return {f"{share:g}": time for share, time in quantiles.items()}


def report(
    *,
    layers: object = None,
    breach_rate: object = None,
    rebuild_rate: object = None,
    method: object = None,
    replications: object = None,
    seed: object = None,
    compiling: Callable[[], None] | None = None,
) -> Report:
    """The time through so many layers: exact, or by the method `simulate` event by event as well.

    breach_rate, rebuild_rate: a day; one number for all layers or, as a sequence or as text with
    commas, one for each: of rebuilding for each but the last. replications (10,000) and seed (1)
    are those of a simulation, all as numbers or as text; compiling: called where it has to be
    compiled first. Raises ScenarioError with all that is wrong.
    """
    problems: list[Problem] = []
    count = numbers_of([_LAYERS], {"layers": layers}, problems).get("layers", math.nan)
    wanted = None if math.isnan(count) else int(count)
    breach = _rates(_BREACH, breach_rate, wanted, "layer", problems)
    between = None if wanted is None else wanted - 1
    rebuild = _rates(_REBUILD, rebuild_rate, between, "layer but the last", problems)
    runs = whole_of(
        "replications", replications, 1, MOST_REPLICATIONS, DEFAULT_REPLICATIONS, problems
    )
    if method not in (None, *METHODS):
        message = f"{shown(method)} is not a method{choice(method, METHODS, 'methods')}"
        problems.append(Problem("method", None, message))
    start = whole_of("seed", seed, 0, MOST_SEED, DEFAULT_SEED, problems)
    if problems:
        raise ScenarioError(problems)
    stack = Layers(breach, rebuild)
    if method != SIMULATE:
        return Report(stack)
    return Report(stack, sample_of(stack, runs, start, compiling))


def _rates(
    option: Option, raw: object, count: int | None, each: str, problems: list[Problem]
) -> tuple[float, ...]:
    """One rate for all, or so many of them; empty where something is wrong."""
    if raw is None:
        missing(option, problems)
        return ()
    parts = raw.split(",") if isinstance(raw, str) else raw
    several = [*parts] if isinstance(parts, Iterable) else [parts]
    before = len(problems)
    found = tuple(number_of(option, one, problems) for one in several)
    if len(problems) > before or count is None:
        return ()
    if len(found) == 1:
        return found * count
    if len(found) != count:
        rates = f"{len(found)} rate{'' if len(found) == 1 else 's'}"
        message = f"{rates} for {count + (option is _REBUILD)} layers: one for all, or {count}, "
        problems.append(Problem(option.name, None, f"{message}one for each {each}"))
    return found
