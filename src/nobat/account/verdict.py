"""Words for how a claim stands, with fixed meanings, and the shares they are read off.

The share is that of the settings in which what is tested holds, one that is level counting half,
with Wilson's 95 % interval. The word follows from the interval alone, so that few settings give no
strong word:

    supported         the low end is 0.9 or more
    rather supported  the low end is 2/3 or more
    rejected          the high end is 0.1 or less
    rather rejected   the high end is 1/3 or less
    open              anything else

A model does not outvote a source: a claim that a source speaks against is open at best, one that a
source speaks for is open at worst; so one on which sources disagree is open.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nobat.account.alike import effective
from nobat.account.runs import Floats
from nobat.scenario.claims import Claim

SUPPORTED, RATHER_SUPPORTED, OPEN = "supported", "rather supported", "open"
RATHER_REJECTED, REJECTED = "rather rejected", "rejected"
UNTESTABLE, TOO_FEW = "cannot be tested here", "too few settings"
#: From best to worst.
WORDS = (SUPPORTED, RATHER_SUPPORTED, OPEN, RATHER_REJECTED, REJECTED)

CLEARLY, RATHER = 0.9, 2 / 3
#: Two-sided 95 % quantile of the normal distribution.
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """In what share of settings something holds, with Wilson's 95 % interval.

    share: None where no setting says anything. settings: how many do; worth: how many equal ones
    they are worth, less than that where they count unequally. holds, level, fails: how many of
    each, by number; holds_beyond_noise, fails_beyond_noise: of these, beyond the luck of the draw;
    silent: settings that say nothing.
    """

    share: float | None
    low: float | None
    high: float | None
    settings: int
    worth: float
    holds: int
    level: int
    fails: int
    holds_beyond_noise: int
    fails_beyond_noise: int
    silent: int

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {name: getattr(self, name) for name in self.__slots__}


def wilson(p: float, n: float) -> tuple[float, float]:
    """Wilson's 95 % interval of a share p of n, where n need not be whole (Wilson 1927)."""
    z2 = _Z * _Z
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = math.sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    return (0.0 if p <= 0 else max(0.0, centre - half), 1.0 if p >= 1 else min(1.0, centre + half))


def share_of(found: Floats, beyond: Floats, weights: Floats | None = None) -> Share:
    """The share of settings in which a claim holds.

    found: (settings,), 1 where it holds, 0 where not, 1/2 where level, NaN where nothing can be
    said. beyond: 1 where that is beyond noise. weights: how much each counts; all alike if None.
    """
    weight = np.ones(found.size) if weights is None else weights
    there = ~np.isnan(found) & (weight > 0)
    counts = {
        "holds": int((found[there] == 1).sum()),
        "level": int((found[there] == 0.5).sum()),
        "fails": int((found[there] == 0).sum()),
        "holds_beyond_noise": int((beyond[there & (found == 1)] > 0).sum()),
        "fails_beyond_noise": int((beyond[there & (found == 0)] > 0).sum()),
        "silent": int((np.isnan(found) & (weight > 0)).sum()),
    }
    if not there.any():
        return Share(None, None, None, 0, 0.0, **counts)
    worth = effective(weight[there])
    share = float(weight[there] @ found[there] / weight[there].sum())
    low, high = wilson(share, worth)
    return Share(share, low, high, int(there.sum()), worth, **counts)


def word_of(share: Share) -> str:
    """The word for a share: see the top of this file."""
    if share.low is None or share.high is None:
        return UNTESTABLE
    if share.low >= RATHER:
        return SUPPORTED if share.low >= CLEARLY else RATHER_SUPPORTED
    if share.high <= 1 - RATHER:
        return REJECTED if share.high <= 1 - CLEARLY else RATHER_REJECTED
    return OPEN


def sided(claim: Claim) -> str:
    """Which side the sources take: `for`, `against`, `both` or `neither`."""
    if claim.support:
        return "both" if claim.against else "for"
    return "against" if claim.against else "neither"


def common(words: Sequence[str]) -> str:
    """What holds for all of several words: the weakest if all lie on one side of open, else open.

    TOO_FEW if one of them is no verdict, or there is none.
    """
    places = [WORDS.index(word) for word in words if word in WORDS]
    if not places or len(places) < len(words):
        return TOO_FEW
    middle = WORDS.index(OPEN)
    if max(places) < middle:
        return WORDS[max(places)]
    return WORDS[min(places)] if min(places) > middle else OPEN


def with_sources(word: str, side: str) -> str:
    """The verdict: the model's word as far as the sources let it stand."""
    if word not in WORDS:
        return word
    place, middle = WORDS.index(word), WORDS.index(OPEN)
    if side in ("against", "both"):
        place = max(place, middle)
    if side in ("for", "both"):
        place = min(place, middle)
    return WORDS[place]
