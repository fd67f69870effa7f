"""Which points of a trade no other point beats in both of two costs, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nobat.study.estimates import paired_difference

#: Whether a point is on the frontier: no other is as low in both costs and lower in one; one is,
#: but not beyond noise; one surely is.
Standing = Literal["frontier", "not surely", "beaten"]

Floats = NDArray[np.float64]


def standings(
    one: Sequence[Floats], other: Sequence[Floats]
) -> Iterator[tuple[Standing, int | None]]:
    """For each point whether another beats it in both costs, and which: a sure one if there is one.

    one, other: the costs, an array of replications for each point, paired by replication. Point j
    beats i where neither mean is larger and one is smaller; surely, where the 95 % intervals of
    those paired differences leave out 0 (a difference that is 0 in every replication is sure).
    """
    means = [(float(a.mean()), float(b.mean())) for a, b in zip(one, other, strict=True)]
    for i, here in enumerate(means):
        better = [
            j
            for j, there in enumerate(means)
            if there != here and there[0] <= here[0] and there[1] <= here[1]
        ]
        sure = [j for j in better if _less(one[j], one[i]) and _less(other[j], other[i])]
        standing: Standing = "beaten" if sure else "not surely" if better else "frontier"
        yield standing, min(sure or better, key=lambda j: abs(j - i), default=None)


def _less(a: Floats, b: Floats) -> bool:
    """Whether a's mean is below b's beyond noise, or the two are the same throughout."""
    gap = paired_difference(a, b)
    return not (a - b).any() or (gap.high is not None and gap.high < 0)
