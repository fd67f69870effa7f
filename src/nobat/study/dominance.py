"""Which points of a trade no other point beats in every one of its costs, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nobat.study.estimates import paired_difference

#: Whether a point is on the frontier: no other is as low in all costs and lower in one; one is,
#: but not beyond noise; one surely is.
Standing = Literal["frontier", "not surely", "beaten"]

Floats = NDArray[np.float64]


def standings(*costs: Sequence[Floats]) -> Iterator[tuple[Standing, int | None]]:
    """For each point whether another beats it in all costs, and which: a sure one if there is one.

    costs: each an array of replications for each point, paired by replication. Point j beats i
    where no mean is larger and one is smaller; surely, where the 95 % intervals of those paired
    differences leave out 0 (a difference that is 0 in every replication is sure).
    """
    means = np.array([[float(values.mean()) for values in cost] for cost in costs])
    for i in range(means.shape[1]):
        here = means[:, i : i + 1]
        beating = (means <= here).all(axis=0) & (means < here).any(axis=0)
        better = [int(j) for j in np.flatnonzero(beating)]
        sure = [j for j in better if all(_less(cost[j], cost[i]) for cost in costs)]
        standing: Standing = "beaten" if sure else "not surely" if better else "frontier"
        near = [(abs(j - i), j) for j in sure or better]
        yield standing, min(near)[1] if near else None


def _less(a: Floats, b: Floats) -> bool:
    """Whether a's mean is below b's beyond noise, or the two are the same throughout."""
    gap = paired_difference(a, b)
    return not (a - b).any() or (gap.high is not None and gap.high < 0)
