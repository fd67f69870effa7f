"""What the defenders come to believe of their leader, and what that does to them (MODEL 8)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nobat.model import events, ledger, luck, reports, state
from nobat.model.compiled import rare
from nobat.model.luck import Address
from nobat.model.state import Desk, Plan


@rare
def believe(
    plan: Plan, seed: int, replication: int, d: Desk, t: int, row: NDArray[np.float64]
) -> None:
    """The defenders believe their leader dead from now on, or they do not: both are drawn.

    With deterministic events, so in the mean field too, neither is drawn: what is believed is its
    probability, and the hazard is the expected one.
    """
    terms = plan.reports
    alive = terms.p[terms.p.size - 1]
    if plan.deterministic:
        believed = reports.belief_chance(alive, terms.if_dead, terms.if_alive)
    else:
        u, v, _, _ = luck.four(Address(seed, replication, 0), luck.REPORTS, 0)
        alive = 1.0 if u < alive else 0.0
        believed = 0.0
        if v < reports.belief_chance(alive, terms.if_dead, terms.if_alive):
            believed = 1.0
            events.note(d, t, events.LEADER, events.NOBODY, 0.0, 1 - int(alive))
    d.now[state.LEADER] = reports.weight_of(terms.weight, believed)
    row[ledger.BELIEVED_DEAD] = believed
