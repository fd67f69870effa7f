"""What comes after the campaign, once for each replication (MODEL 15, its last line)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nobat.model import ledger, recurrence
from nobat.model.compiled import rare
from nobat.model.state import Plan


@rare
def recur(plan: Plan, seed: int, replication: int, row: NDArray[np.float64]) -> None:
    """Who is left, and their attacks: drawn, or expected numbers in the mean field."""
    terms = plan.recurrence
    under_arms = row[ledger.DEFENDER] + row[ledger.IN_RESERVE]
    left = recurrence.residual_force(row[ledger.ESCAPED], under_arms, terms.standing)
    mu = recurrence.root_rate(left, terms.incidents, terms.theta)
    row[ledger.RESIDUAL] = left
    if plan.expected:
        row[ledger.ATTACKS_AFTER] = recurrence.expected_attacks(
            mu, terms.theta, terms.omega, terms.days
        )
        row[ledger.FIRST_ATTACK] = recurrence.expected_first(mu, terms.days)
    else:
        row[ledger.ATTACKS_AFTER], row[ledger.FIRST_ATTACK] = recurrence.attacks(
            seed, replication, mu, terms.theta, terms.omega, terms.days
        )
    if row[ledger.SECURED] > 0.0:
        row[ledger.ATTACKS_AFTER_SECURED] = row[ledger.ATTACKS_AFTER]
