"""The duel of `bench.duel` in SimPy, Mesa and salabim, each by its own idioms.

Each gives rows of attackers left, defenders left and durations, (3, n).
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nobat.theory.lanchester import Duel

Rows = NDArray[np.float64]


def simpy_duels(duel: Duel, n: int, seed: int) -> Rows:
    """SimPy: one process that waits from loss to loss."""
    import simpy

    a, b = duel.attacker_rate, duel.defender_rate
    luck = random.Random(seed)
    exponential, uniform = luck.expovariate, luck.random

    def fight(env: Any) -> Any:
        x, y = int(duel.attackers), int(duel.defenders)
        while x and y:
            on_y = a * x
            both = on_y + b * y
            yield env.timeout(exponential(both))
            if uniform() * both < on_y:
                y -= 1
            else:
                x -= 1
        return x, y

    rows = np.empty((3, n))
    for k in range(n):
        env = simpy.Environment()
        x, y = env.run(env.process(fight(env)))
        rows[:, k] = x, y, env.now
    return rows


def mesa_duels(duel: Duel, n: int, seed: int) -> Rows:
    """Mesa: a model whose next loss is an event of its discrete-event simulator."""
    from mesa import Model
    from mesa.experimental.devs import DEVSimulator

    class Fight(Model):
        def __init__(self, simulator: Any, seed: int) -> None:
            super().__init__(seed=seed)
            self.simulator = simulator
            simulator.setup(self)
            self.x, self.y = int(duel.attackers), int(duel.defenders)
            self.wait()

        def wait(self) -> None:
            self.on_y = duel.attacker_rate * self.x
            self.both = self.on_y + duel.defender_rate * self.y
            self.simulator.schedule_event_relative(self.loss, self.random.expovariate(self.both))

        def loss(self) -> None:
            if self.random.random() * self.both < self.on_y:
                self.y -= 1
            else:
                self.x -= 1
            if self.x and self.y:
                self.wait()

    rows = np.empty((3, n))
    for k in range(n):
        fight = Fight(DEVSimulator(), seed + k)
        while fight.x and fight.y:
            fight.simulator.run_next_event()
        rows[:, k] = fight.x, fight.y, fight.simulator.time
    return rows


def salabim_duels(duel: Duel, n: int, seed: int) -> Rows:
    """Salabim: a component for each duel, one after the other in one environment.

    An environment for each duel takes far longer: making one reads the caller's source. Generators
    are its faster mode.
    """
    import salabim as sim

    sim.yieldless(False)
    luck = random.Random(seed)
    rows = np.empty((3, n))

    class Fight(sim.Component):
        def process(self, k: int) -> Any:
            x, y, began = int(duel.attackers), int(duel.defenders), self.env.now()
            while x and y:
                on_y = duel.attacker_rate * x
                both = on_y + duel.defender_rate * y
                yield self.hold(luck.expovariate(both))
                if luck.random() * both < on_y:
                    y -= 1
                else:
                    x -= 1
            rows[:, k] = x, y, self.env.now() - began
            if k + 1 < n:
                Fight(k=k + 1)

    env = sim.Environment(trace=False)
    Fight(k=0)
    env.run()
    return rows
