"""Reports: what the attacker can know of the defenders' leader, what they believe (MODEL 14, 8).

What is fused from reports is worked out beforehand (theory/fusion.py): it depends on no course of
events. Here are the day by day, and what is drawn: whether he is alive, with the probability of all
reports; and whether the defenders believe him dead, by a chance that hangs on the truth.

Structure, not evidence: no published figures of what such a belief does to a defence were found.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.model.compiled import part, scalar

#: The step from which something holds that never does.
NEVER = -1


class Terms(NamedTuple):
    """What the reports say, and what the defenders believe.

    known_from: steps from which the probability that he is alive is `p`, in rising order, the
    first of them 0, (K,) each; believed_from: the step from which the defenders may believe him
    dead; if_dead, if_alive: the chance that they do; weight: b4.
    """

    on: bool
    known_from: NDArray[np.int64]
    p: NDArray[np.float64]
    believed_from: int
    if_dead: float
    if_alive: float
    weight: float


@part
def p_alive(terms: Terms, t: int) -> float:
    """The probability that the leader is alive by the reports that are known before step t."""
    found = terms.p[0]
    for k in range(1, terms.p.size):
        if terms.known_from[k] < t:
            found = terms.p[k]
    return found


@scalar
def belief_chance(alive: float, if_dead: float, if_alive: float) -> float:
    """The chance that he is believed dead: (1 - alive) if_dead + alive if_alive.

    alive: 0 or 1, or the probability that he is.
    """
    return (1.0 - alive) * if_dead + alive * if_alive


@scalar
def weight_of(weight: float, believed: float) -> float:
    """What a belief adds to the exponent of a layer's hazard: ln(1 + believed (exp(b4) - 1)).

    believed: 0 or 1 gives 0 or b4; the probability of it gives what makes the hazard the expected
    one.
    """
    if believed >= 1.0:
        return weight
    return math.log1p(believed * math.expm1(weight))
