"""Which quantities decide a claim: their share of its margin's variance over the settings.

Margins differ by powers of ten from setting to setting, and a few large ones would be all that is
seen. So they are taken on a scale that is linear near 0, where a claim turns, and logarithmic far
from it: asinh(margin / its median size).

First-order index of a quantity, from the settings as they are, whatever their number (given-data
estimation, Plischke et al. 2013): the settings are put into bins of equal size along it, and the
part of the margin's variance that lies between the bins is taken, less what as many bins of noise
would show (Kelley 1935). The largest of many indices is large by chance: a quantity is named only
if its index is above what the largest one reaches in 99 % of random orders of the margins.

Total index, for the strongest few, by drawing that quantity alone anew at some of the settings and
running them again (Jansen 1999): T = mean((m' - m)^2)/2V, less the luck of finite replications.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nobat.account.runs import Floats
from nobat.study.crossing import Crossing, crossings_of
from nobat.study.estimates import LEVEL, RESAMPLES

_SEED = 20_171_119
_ORDERS, _SURE = 1000, 0.99
_FEWEST, _MOST_BINS = 4, 16
#: Fewer settings than this say nothing of what decides.
LEAST_SETTINGS = 32
#: How many quantities are looked at closely.
STRONGEST = 3


@dataclass(frozen=True, slots=True)
class Index:
    """A sensitivity index with its 95 % interval."""

    value: float
    low: float
    high: float

    def to_json(self) -> dict[str, float]:
        """Plain JSON values."""
        return {"value": self.value, "low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class First:
    """The quantities that decide: column and index, strongest first; floor: what chance reaches."""

    named: tuple[tuple[int, Index], ...]
    floor: float


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale on which margins are compared: asinh(margin / size)."""

    size: float

    @classmethod
    def of(cls, margins: Floats) -> Scale:
        """The scale for some margins: the median of their sizes, those that are 0 left out."""
        sizes = np.abs(margins[~np.isnan(margins) & (margins != 0)])
        return cls(float(np.median(sizes)) if sizes.size else 1.0)

    def at(self, margins: Floats) -> Floats:
        """Margins on the scale."""
        found: Floats = np.arcsinh(margins / self.size)
        return found

    def noise(self, margins: Floats, variances: Floats) -> Floats:
        """What small variances of margins come to on the scale."""
        found: Floats = variances / (self.size**2 + margins**2)
        return found


def bins_for(settings: int) -> int:
    """How many bins: the cube root of the settings, 4 to 16."""
    return int(min(max(round(settings ** (1 / 3)), _FEWEST), _MOST_BINS))


def binned(values: Floats, bins: int) -> np.ndarray:
    """The bin of each setting along one quantity: equal numbers in each, ties together.

    values: (settings,). A quantity of few values has one bin for each.
    """
    distinct, place = np.unique(values, return_inverse=True)
    if distinct.size <= bins:
        return place
    order = np.argsort(np.argsort(values, kind="stable"), kind="stable")
    return order * bins // values.size


def first(design: Floats, margins: Floats) -> First:
    """The quantities that decide a margin, with their first-order indices.

    design: (settings, quantities), margins: (settings,); settings without a margin are left out.
    Nothing is named where too few are left, or where the margin does not vary.
    """
    there = ~np.isnan(margins)
    x, y = design[there], margins[there]
    if y.size < LEAST_SETTINGS or np.ptp(y) == 0:
        return First((), 1.0)
    bins = bins_for(y.size)
    places = [binned(x[:, j], bins) for j in range(x.shape[1])]
    own = _adjusted(places, y[None, :])[:, 0]
    rng = np.random.Generator(np.random.Philox(_SEED))
    orders = np.stack([rng.permutation(y) for _ in range(_ORDERS)])
    floor = float(np.quantile(_adjusted(places, orders).max(axis=0), _SURE))
    strongest = [int(j) for j in np.argsort(-own, kind="stable") if own[j] > floor]
    return First(tuple((j, _interval(places[j], y, float(own[j]))) for j in strongest), floor)


def _adjusted(places: list[np.ndarray], ys: Floats) -> Floats:
    """Adjusted share of variance between bins: (quantities, sets). ys: (sets, settings)."""
    n = ys.shape[1]
    centred = ys - ys.mean(axis=1, keepdims=True)
    whole = (centred**2).sum(axis=1)
    found = np.empty((len(places), len(ys)))
    for j, place in enumerate(places):
        count = np.bincount(place).astype(float)
        member = np.zeros((n, count.size))
        member[np.arange(n), place] = 1.0
        between = ((centred @ member) ** 2 / np.maximum(count, 1.0)).sum(axis=1)
        found[j] = 1 - (1 - between / whole) * (n - 1) / max(n - count.size, 1)
    return found


def _interval(place: np.ndarray, y: Floats, own: float) -> Index:
    """An index with the basic bootstrap's interval over settings, which takes its bias off."""
    rng = np.random.Generator(np.random.Philox(_SEED))
    n, bins = y.size, int(place.max()) + 1
    found = np.empty(RESAMPLES)
    for k in range(RESAMPLES):
        drawn = rng.integers(0, n, n)
        p, v = place[drawn], y[drawn] - y[drawn].mean()
        count = np.maximum(np.bincount(p, minlength=bins), 1)
        between = (np.bincount(p, weights=v, minlength=bins) ** 2 / count).sum()
        whole = float((v**2).sum())
        share = between / whole if whole > 0 else 0.0
        found[k] = 1 - (1 - share) * (n - 1) / (n - bins)
    low, high = np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    low, high = 2 * own - float(high), 2 * own - float(low)
    return Index(own, max(0.0, min(low, own)), min(1.0, max(high, own)))


def total(changes: Floats, noise: Floats, variance: float) -> Index | None:
    """The total index of a quantity that was drawn anew at some settings.

    changes: (settings,), margin there minus margin before; noise: the variance of each change that
    is luck. variance: of the margins over all settings. None where nothing can be said.
    """
    there = ~np.isnan(changes) & ~np.isnan(noise)
    if there.sum() < 2 or variance <= 0:
        return None
    each = (changes[there] ** 2 - noise[there]) / (2 * variance)
    rng = np.random.Generator(np.random.Philox(_SEED))
    drawn = each[rng.integers(0, each.size, (RESAMPLES, each.size))].mean(axis=1)
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    # What lies beyond 0 and 1 is noise: no share does.
    found = (min(1.0, max(0.0, float(x))) for x in (each.mean(), low, high))
    return Index(*found)


def flips(values: Floats, margins: Floats) -> tuple[tuple[Crossing, ...], Floats, Floats]:
    """Where along a quantity the mean margin changes its sign, all others drawn.

    values, margins: (settings,). Returns the crossings of the straight lines between the bins'
    means, each with its bootstrap interval over settings; the bins' middles and their means.
    """
    there = ~np.isnan(margins)
    x, y = values[there], margins[there]
    place = binned(x, bins_for(y.size))
    bins = int(place.max()) + 1
    middles = np.array([x[place == b].mean() for b in range(bins)])
    spread = np.full((bins, y.size), np.nan)
    spread[place, np.arange(y.size)] = y
    found, _ = crossings_of(middles, spread)
    return found, middles, np.nanmean(spread, axis=1)


def thirds(values: Floats, held: Floats) -> tuple[float | None, float | None]:
    """The share of settings that hold in the lowest and in the highest third along a quantity."""
    there = ~np.isnan(held)
    x, h = values[there], held[there]
    if x.size < 3:
        return None, None
    low, high = np.quantile(x, [1 / 3, 2 / 3])
    ends = h[x <= low], h[x >= high]
    a, b = (float(end.mean()) if end.size else None for end in ends)
    return a, b
