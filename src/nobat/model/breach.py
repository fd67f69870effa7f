"""Layers that are carried and rebuilt, event by event: the skeleton of the defence (MODEL 7).

A birth-death chain. With k layers carried the next one is carried at the rate breach[k], and the
last one carried is rebuilt at the rate rebuild[k]; nothing can be rebuilt before the first breach,
nor after the last. The campaign has the same skeleton inside; here it stands alone, for its exact
answers (`nobat.theory.breach`) to be held against.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from nobat.model import luck
from nobat.model.compiled import kernel, scalar
from nobat.model.luck import Address

#: What the numbers are drawn for, beside the purposes of a campaign in `luck`: step n is event n.
EVENT = 33
_FINE = 2.3283064365386963e-10  # 2^-32


@scalar
def direction(u: float, v: float) -> float:
    """One fine uniform number from two: 64 bits, so that a rare event keeps its chance."""
    return u + (v - 0.5) * _FINE


@kernel
def passages(
    breach: NDArray[np.float64],
    rebuild: NDArray[np.float64],
    seed: int,
    first: int,
    time: NDArray[np.float64],
    rebuilt: NDArray[np.int64],
) -> None:
    """Replications first, first + 1, ...: how long it took, and how many layers were rebuilt.

    breach, rebuild: rates a day with k layers carried, (L,), rebuild[0] = 0; time: days, (n,),
    filled here; rebuilt: (n,). Replication k depends on (seed, k) and the rates alone.
    """
    for n in range(time.size):
        carried, event, days, back = 0, 0, 0.0, 0
        while carried < breach.size:
            event += 1
            w, u, v, _ = luck.four(Address(seed, first + n, event), EVENT, 0)
            rate = breach[carried] + rebuild[carried]
            days -= math.log(w) / rate
            if direction(u, v) * rate < breach[carried]:
                carried += 1
            else:
                carried -= 1
                back += 1
        time[n], rebuilt[n] = days, back
