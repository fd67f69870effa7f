"""The time through layers that are rebuilt, simulated event by event (MODEL 7)."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from nobat.scenario.problems import Problem, ScenarioError
from nobat.theory.breach import Layers

#: Events that a simulation may be expected to take in all: some seconds.
MOST_EVENTS = 4e8
#: Shares whose times are told.
SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Sample:
    """What a simulation found.

    times: days through all layers, (n,); rebuilt: layers rebuilt on the way, (n,); seed.
    """

    times: NDArray[np.float64]
    rebuilt: NDArray[np.int64]
    seed: int

    @property
    def mean_time(self) -> float:
        """Mean time, days."""
        return float(self.times.mean())

    @property
    def standard_deviation(self) -> float | None:
        """Of the times, days; None for a single one."""
        return float(self.times.std(ddof=1)) if self.times.size > 1 else None

    @property
    def standard_error(self) -> float | None:
        """Of the mean time, days; None for a single one."""
        spread = self.standard_deviation
        return None if spread is None else spread / math.sqrt(self.times.size)

    @property
    def p_never_rebuilt(self) -> float:
        """Share of the replications in which no layer was rebuilt."""
        return float((self.rebuilt == 0).mean())

    @property
    def p_standard_error(self) -> float:
        """Of that share, by the binomial law."""
        p = self.p_never_rebuilt
        return math.sqrt(p * (1.0 - p) / self.times.size)

    def quantiles(self) -> dict[float, float | None]:
        """The times by which the shares of `SHARES` were through, days."""
        found = np.quantile(self.times, SHARES)
        return dict(zip(SHARES, found.tolist(), strict=True))


def is_warm() -> bool:
    """Whether the compiled simulation of this source lies in the cache."""
    # The compiler is slow to load.
    from nobat.model.compiled import cache_folder

    return any(cache_folder().rglob("breach.passages-*.nbc"))


def sample_of(
    layers: Layers, replications: int, seed: int, compiling: Callable[[], None] | None = None
) -> Sample:
    """So many replications, event by event. Raises ScenarioError where they would never end."""
    events = replications * (layers.count + 2 * layers.exact.rebuilt)
    if events > MOST_EVENTS:
        message = (
            f"{replications:,} replications of some {_about(events / replications)} events each "
            f"are too many to simulate: {MOST_EVENTS:,.0f} events in all at most; the exact "
            f"method has no such limit"
        )
        raise ScenarioError([Problem("replications", None, message)])
    from nobat.model.breach import passages

    if compiling is not None and not is_warm():
        compiling()
    times, rebuilt = np.zeros(replications), np.zeros(replications, np.int64)
    passages(np.array(layers.breach), np.array(layers.down), seed, 0, times, rebuilt)
    for array in (times, rebuilt):
        array.flags.writeable = False
    return Sample(times, rebuilt, seed)


def _about(value: Decimal) -> str:
    """A large number in a few letters."""
    return f"{value:,.0f}" if value < 1_000_000 else f"{value:.1e}".replace("e+", "e")
