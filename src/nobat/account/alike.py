"""Which replications look like the dated record: approximate Bayesian computation by rejection.

Each target of the record is a range of an outcome. A replication's distance from it is how far its
outcome lies outside, in tolerances; it looks like the record if that is at most 1 for all targets
(Tavare et al. 1997; Pritchard et al. 1999). What does not happen at all is endlessly far: no wider
tolerance would let it in.

The share of a run's replications that do, over settings drawn from their ranges, is its marginal
likelihood up to a constant, so that two runs' shares give a likelihood ratio (Bayes factor; for
these targets only, since they are no sufficient statistics: Robert et al. 2011); and a setting
counts, given the record, with the number of its replications that do. Where nobody knows what was
done, each way to put it into the model has ratios and shares of its own, side by side.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nobat.account.runs import Floats, Look, Run
from nobat.scenario.claims import DatedRecord, Target
from nobat.study.estimates import LEVEL, RESAMPLES

_RESAMPLING_SEED = 20_171_119
#: Settings with replications like the record, of either run, that are worth fewer equal ones than
#: this give no likelihood ratio.
LEAST_ALIKE = 10

Flags = NDArray[np.bool_]


def value_of(target: Target, look: Look, run: Run) -> Floats:
    """What a target is about: (replications,), NaN where it does not happen."""
    value = look(run, target.outcome)
    return value if target.since is None else value - look(run, target.since)


def near(target: Target, look: Look, run: Run) -> Flags:
    """Which replications of a run come near enough to one target: (replications,)."""
    value = value_of(target, look, run)
    away = np.zeros(value.size)
    if target.low is not None:
        away = np.maximum(away, target.low - value)
    if target.high is not None:
        away = np.maximum(away, value - target.high)
    return np.where(np.isnan(value), math.inf, away) <= target.tolerance


def alike(record: DatedRecord, look: Look, run: Run) -> Flags:
    """Which replications of a run come near to the first target, the first two, ... all of them.

    (targets, replications); the last row says which look like the record as a whole.
    """
    each = np.stack([near(one, look, run) for one in record.targets])
    found: Flags = np.logical_and.accumulate(each, axis=0)
    return found


#: Columns of a run about one target: see `counts_of`.
HAS, NEAR, SUM = "has", "near", "sum of"


def counts_of(record: DatedRecord, look: Look, run: Run) -> dict[str, float]:
    """How a run at one setting stands to each target, one by one.

    In how many replications it happens at all; in how many it comes near enough; the sum of its
    values.
    """
    found: dict[str, float] = {}
    for target in record.targets:
        value = value_of(target, look, run)
        found[f"{HAS} {target.id}"] = int((~np.isnan(value)).sum())
        found[f"{NEAR} {target.id}"] = int(near(target, look, run).sum())
        found[f"{SUM} {target.id}"] = float(np.nansum(value))
    return found


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as well the dated record fits one run as another.

    ways: the ways of putting what was done into the model that it stands for, by id. targets: how
    many of the record's targets, from the first on, are asked of a replication. ratio: the
    likelihood ratio; low, high: its 95 % interval over settings; low is None where too few settings
    look like the record to say, ratio and high are None where they are endless. own, other: how
    many replications do; of: of how many.
    """

    ways: tuple[str, ...]
    targets: int
    ratio: float | None
    low: float | None
    high: float | None
    own: int
    other: int
    of: int

    @property
    def better(self) -> bool | None:
        """Whether the record fits the first run better; None where the interval holds 1."""
        if self.low is None:
            return None
        if self.low > 1:
            return True
        return False if self.high is not None and self.high < 1 else None

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "stand_ins": list(self.ways), "targets": self.targets,
            "ratio": self.ratio, "low": self.low, "high": self.high,
            "replications_alike": self.own, "rival_replications_alike": self.other,
            "replications": self.of,
        }  # fmt: skip


#: How many replications at each setting come near to the first target, the first two, ... all.
Counts = Sequence[Floats]


def ratios(pairs: Mapping[tuple[str, ...], tuple[Counts, Counts]], of: int) -> tuple[Ratio, ...]:
    """Likelihood ratios of two runs, for each way of putting what was done into the model.

    pairs: by ids of ways, how often the one run and the other look like the record: for the first
    target, the first two, ... all of them, (settings,) each, at the same settings and on the same
    luck. of: replications at each setting. All ask for the same targets: the most, from the first
    on, that leave settings worth LEAST_ALIKE in every pair that has them by the first.
    """

    def enough(pair: tuple[Counts, Counts], k: int) -> bool:
        return effective(pair[0][k] + pair[1][k]) >= LEAST_ALIKE

    telling = [pair for pair in pairs.values() if enough(pair, 0)]
    most = max(len(own) for own, _ in pairs.values()) if telling else 0
    asked = max((k for k in range(most) if all(enough(pair, k) for pair in telling)), default=0)
    return tuple(
        _ratio(ways, asked + 1, own[asked], other[asked], of, told=enough((own, other), 0))
        for ways, (own, other) in pairs.items()
    )


def _ratio(
    ways: tuple[str, ...], targets: int, own: Floats, other: Floats, of: int, *, told: bool
) -> Ratio:
    """The ratio by some targets.

    Its interval: the bootstrap's over settings where both have settings enough, else from how many
    settings have any of one and of the other (Clopper and Pearson 1934).
    """
    a, b = int(own.sum()), int(other.sum())
    if not told:
        return Ratio(ways, targets, None, None, None, a, b, of * own.size)
    middle = a / b if b else math.inf
    any_own, any_other = int((own > 0).sum()), int((other > 0).sum())
    enough = min(any_own, any_other) >= LEAST_ALIKE
    bounds = _resampled(own, other) if enough else _counted(any_own, any_other)
    low, high = min(bounds[0], middle), max(bounds[1], middle)
    found = [None if math.isinf(x) else x for x in (middle, high)]
    return Ratio(ways, targets, found[0], low, found[1], a, b, of * own.size)


def _resampled(own: Floats, other: Floats) -> tuple[float, float]:
    """The bootstrap's interval of a ratio over settings."""
    rng = np.random.Generator(np.random.Philox(_RESAMPLING_SEED))
    n = own.size
    found = np.empty(RESAMPLES)
    for k in range(RESAMPLES):
        weights = np.bincount(rng.integers(0, n, n), minlength=n)
        found[k] = (weights @ own + 0.5) / (weights @ other + 0.5)
    low, high = (float(x) for x in np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]))
    return low, high


def _counted(a: int, b: int) -> tuple[float, float]:
    """The interval of a ratio from the numbers of settings that have any."""
    # scipy.stats takes two seconds to import; scipy.special alone a quarter of one.
    from scipy.special import betaincinv

    tail = (1 - LEVEL) / 2
    low = float(betaincinv(a, b + 1, tail)) if a else 0.0
    high = float(betaincinv(a + 1, b, 1 - tail)) if b else 1.0
    return low / (1 - low), high / (1 - high) if high < 1 else math.inf


def effective(weights: Floats) -> float:
    """How many equal settings weighted ones are worth: (sum w)^2 / sum w^2 (Kish 1965)."""
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares > 0 else 0.0
