"""What is added up on the way of an exact solution: expectations of the outcomes (MODEL 16)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from nobat.engine.exact import duties
from nobat.engine.exact.law import Floats, Law, summed
from nobat.engine.exact.numbers import Numbers
from nobat.engine.exact.situations import CARRIED, Change, Orders, Situation
from nobat.engine.exact.space import Space

#: Outcomes that no campaign solved exactly can have: their mechanisms are not there.
ABSENT = {
    "abandoned_dry": 0.0, "escaped": 0.0, "suicide_attacks": 0.0, "suicide_losses": 0.0,
    "breaks_by_isolation": 0.0, "breaks_by_leader": 0.0, "leader_believed_dead": 0.0,
    "lowest_effectiveness": 1.0, "lowest_defender_effectiveness": 1.0,
    "supply_used_t": 0.0, "supply_brought_t": 0.0, "lowest_supply_days": 999.0, "days_dry": 0.0,
    "defender_supply_used_t": 0.0, "defender_days_dry": 0.0, "false_engagements": 0.0,
    "harm_index": 0.0, "residents_left": 0.0, "residual_force": 0.0, "attacks_after": 0.0,
    "nights_displaced": 0.0, "nights_in_cold": 0.0,
    "cold_deaths": 0.0, "returned": 0.0, "still_displaced": 0.0, "mine_victims": 0.0,
    "missed_infiltrators": 0.0, "caught_infiltrators": 0.0, "false_stops": 0.0,
    "checkpoint_attacks": 0.0, "checkpoint_toll": 0.0, "infiltrator_strikes": 0.0,
    "infiltrator_toll": 0.0, "overloaded_days": 0.0, "longest_queue": 0.0,
}  # fmt: skip


class Ledger:
    """Sums by the names of outcomes; a sum of days waits for the chance that there is one."""

    def __init__(self, given: Numbers, space: Space) -> None:
        self._given, self._space = given, space
        self._sums: defaultdict[str, float] = defaultdict(float)

    def add(self, amounts: Mapping[str, float]) -> None:
        """Add to sums, by name."""
        for name, amount in amounts.items():
            self._sums[name] += float(amount)

    def count_duties(self, chance: Floats, now: Sequence[Situation], given: list[Orders]) -> None:
        """Add one step of unit-days, and tours ended; chance: of each situation, (S,)."""
        step_d = self._given.step_d
        for p, situation, orders in zip(chance.tolist(), now, given, strict=True):
            for unit in situation.units:
                self._sums[f"{unit.duty}_unit_days"] += p * step_d
            self._sums["handovers"] += p * orders.handovers
            committed = orders.posture == "commit_all"
            self._sums["days_committed"] += p * step_d if committed else 0.0

    def count_changes(
        self, chance: Floats, now: Sequence[Situation], changes: Sequence[Change], t: int
    ) -> None:
        """Add units that are spent, and the day on which the core falls for the first time.

        chance: of each change, (changes,).
        """
        core, leave = self._space.layers - 1, {0: 0}
        for p, (before, event, spent) in zip(chance.tolist(), changes, strict=True):
            if spent not in leave:
                leave[spent] = sum(spent >> (2 * i) & 1 for i in range(self._space.units))
            self._sums["units_spent"] += p * leave[spent]
            layers = now[before].layers
            if event == CARRIED and layers.carried == core and not layers.fell:
                self._sums["core_taken"] += p
                self._sums["day_core_taken"] += p * t * self._given.step_d

    def close(self, ends: Law, now: Sequence[Situation], t: int) -> float:
        """Add what campaigns that end with step t leave behind; returns their probability."""
        space, step_d, p = self._space, self._given.step_d, float(ends.p.sum())
        garrisons = range(space.garrison, space.garrison + space.layers)
        for name, columns in (
            ("attacker_present", range(space.units)),
            ("defender_present", garrisons),
            ("defender_reserve", (space.reserve,)),
        ):
            for column in columns:
                self._sums[name] += float((ends.p * space.count(ends.state, column)).sum())
        chances = summed(ends.label, ends.p, len(now))
        for n in np.flatnonzero(chances).tolist():
            chance, here = float(chances[n]), now[n]
            owed = sum(duties.owed(unit, self._given.turns, t) for unit in here.units)
            self._sums["rest_debt_unit_days"] += chance * owed * step_d
            self._sums["layers_carried"] += chance * here.layers.carried
        self._sums["duration_d"] += p * t * step_d
        return p

    def means(self, secured: Floats, abandoned: Floats, days: Floats) -> dict[str, float]:
        """What is to be expected of the outcomes, by name.

        secured, abandoned: probability of ending so with each step, (steps,); days: with which it
        ends. A day is a mean over the campaigns that have one, and left out where none has.
        """
        found = {**ABSENT, **self._sums}
        found["secured"], found["abandoned"] = float(secured.sum()), float(abandoned.sum())
        found["day_secured"] = float(secured @ days)
        core = found.pop("core_taken", 0.0)
        for name, chance in (("day_secured", found["secured"]), ("day_core_taken", core)):
            day = found.pop(name, 0.0)
            if chance > 0.0:
                found[name] = day / chance
        return found
