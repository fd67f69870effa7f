"""Which replications look like the dated record: approximate Bayesian computation by rejection.

Each target of the record is a range of an outcome. A replication's distance from it is how far its
outcome lies outside, in tolerances; it looks like the record if that is at most 1 for all targets
(Tavare et al. 1997; Pritchard et al. 1999). What does not happen at all is endlessly far.

The share of a run's replications that do, over settings drawn from their ranges, is its marginal
likelihood up to a constant, so that two runs' shares give a likelihood ratio (Bayes factor); and a
setting counts, given the record, with the number of its replications that do.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nobat.account.runs import Floats, Look, Run
from nobat.scenario.claims import DatedRecord, Target
from nobat.study.estimates import LEVEL, RESAMPLES

_RESAMPLING_SEED = 20_171_119
#: Fewer replications like the record than this, of both runs, give no likelihood ratio.
LEAST_ALIKE = 10

Flags = NDArray[np.bool_]


def near(target: Target, look: Look, run: Run) -> Flags:
    """Which replications of a run come near enough to one target: (replications,)."""
    value = look(run, target.outcome)
    if target.since is not None:
        value = value - look(run, target.since)
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


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as well the dated record fits one run as another.

    targets: how many of the record's targets, from the first on, are asked of a replication. ratio:
    the likelihood ratio; low, high: its 95 % interval over settings; all None where too few
    replications look like the record even by the first. own, other: how many do; of: of how many.
    """

    targets: int
    ratio: float | None
    low: float | None
    high: float | None
    own: int
    other: int
    of: int

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "targets": self.targets, "ratio": self.ratio, "low": self.low, "high": self.high,
            "replications_alike": self.own, "rival_replications_alike": self.other,
            "replications": self.of,
        }  # fmt: skip


def ratio(own: Sequence[Floats], other: Sequence[Floats], replications: int) -> Ratio:
    """The likelihood ratio of two runs from how many replications look like the record.

    own, other: for the first target, the first two, ... all of them, (settings,) each, at the same
    settings and on the same luck, of so many replications at each. As many targets are asked as
    leave LEAST_ALIKE replications.
    """
    for targets in range(len(own), 0, -1):
        a, b = own[targets - 1], other[targets - 1]
        if a.sum() + b.sum() >= LEAST_ALIKE:
            return _ratio(targets, a, b, replications)
    a, b = own[0], other[0]
    return Ratio(1, None, None, None, int(a.sum()), int(b.sum()), replications * a.size)


def _ratio(targets: int, own: Floats, other: Floats, replications: int) -> Ratio:
    """The ratio by some targets.

    Its interval: the bootstrap's over settings where both have replications enough, else from how
    many settings have any of one and of the other (Clopper and Pearson 1934).
    """
    a, b = int(own.sum()), int(other.sum())
    middle = a / b if b else math.inf
    bounds = _resampled(own, other) if min(a, b) >= LEAST_ALIKE else _counted(own, other)
    low, high = min(bounds[0], middle), max(bounds[1], middle)
    found = [None if math.isinf(x) else x for x in (middle, low, high)]
    return Ratio(targets, found[0], found[1], found[2], a, b, replications * own.size)


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


def _counted(own: Floats, other: Floats) -> tuple[float, float]:
    """The interval of a ratio from the numbers of settings that have any."""
    # scipy.stats takes two seconds to import; scipy.special alone a quarter of one.
    from scipy.special import betaincinv

    a, b = int((own > 0).sum()), int((other > 0).sum())
    tail = (1 - LEVEL) / 2
    low = float(betaincinv(a, b + 1, tail)) if a else 0.0
    high = float(betaincinv(a + 1, b, 1 - tail)) if b else 1.0
    return low / (1 - low), high / (1 - high) if high < 1 else math.inf


def effective(weights: Floats) -> float:
    """How many equal settings weighted ones are worth: (sum w)^2 / sum w^2 (Kish 1965)."""
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares > 0 else 0.0
