"""The duel of `bench.duel` in cimba: one compiled process that holds from loss to loss."""

import cimba as cb
import numpy as np
from cimba import random


class Duel(cb.Model):
    """Two sides; attackers, defenders and their rates; who is left and how long it took."""

    attackers: cb.Param[int]
    defenders: cb.Param[int]
    attacker_rate: cb.Param[float]
    defender_rate: cb.Param[float]
    attackers_left: cb.Output[float]
    defenders_left: cb.Output[float]
    duration: cb.Output[float]

    @cb.process
    def fight(self):
        """Hold until the next loss, then toss for whose it is."""
        x = self.attackers
        y = self.defenders
        while x > 0 and y > 0:
            on_y = self.attacker_rate * x
            both = on_y + self.defender_rate * y
            cb.hold(random.exponential(1.0 / both))
            if random.uniform(0.0, both) < on_y:
                y -= 1
            else:
                x -= 1
        self.attackers_left = float(x)
        self.defenders_left = float(y)
        self.duration = cb.now()


def _model(duel):
    model = Duel()
    model.attackers, model.defenders = int(duel.attackers), int(duel.defenders)
    model.attacker_rate, model.defender_rate = duel.attacker_rate, duel.defender_rate
    return model


def _run(model, experiment):
    found = experiment.run(workers=1)[model]
    columns = (found.attackers_left, found.defenders_left, found.duration)
    return np.stack([np.asarray(column).ravel() for column in columns])


def duels(duel, n, seed):
    """Rows of attackers left, defenders left and durations, (3, n): seeded as its guide does."""
    model = _model(duel)
    return _run(model, cb.Experiment(model, replications=n, seed=seed))


def duels_from_seeds(duel, n, seed):
    """The same with the seed of every trial handed over ready-made, which spares it most work."""
    model = _model(duel)
    seeds = np.random.default_rng(seed).integers(0, 2**63, n, dtype=np.uint64)
    return _run(model, cb.Experiment(model, replications=n, seeds=seeds))
