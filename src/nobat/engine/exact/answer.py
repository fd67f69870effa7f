"""The second half of a step: reinforcements, counter-attacks and breaks (MODEL 7 and 8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from nobat.engine.exact.fire import Contact
from nobat.engine.exact.ground import Grounds
from nobat.engine.exact.law import Floats, Ints, Law, Trim, joined, of_rows, summed, thinned
from nobat.engine.exact.numbers import Numbers
from nobat.engine.exact.situations import CARRIED, NOTHING, RETAKEN
from nobat.engine.exact.space import Space


class Answer(NamedTuple):
    """A law after a step, labelled by cell, and what the step did to the layers, row by row, (K,).

    expected: of each cell, (C,), by the names of outcomes.
    """

    law: Law
    event: Ints
    expected: dict[str, Floats]


@dataclass(frozen=True)
class Defenders:
    """The defence in one step: reinforcements, then a counter-attack; if none succeeds, a break."""

    given: Numbers
    grounds: Grounds
    space: Space
    contact: Contact
    trim: Trim
    expected: dict[str, Floats] = field(default_factory=dict)

    def answer(self, law: Law) -> Answer:
        """What the defence does in each row of a law that is labelled by cell."""
        law = self._reinforced(law)
        tries, wins = self._counterattack(law)
        self._expect("counterattacks", law, tries)
        again, rest = _parted(law, tries * wins)
        self._expect("layers_lost_again", again, np.ones(again.p.size))
        broken, quiet = _parted(rest, self._breaks(rest))
        back, down = self._retaken(again), self._fallen_back(broken)
        event = np.repeat([RETAKEN, CARRIED, NOTHING], [back.p.size, down.p.size, quiet.p.size])
        return Answer(joined([back, down, quiet]), event, self.expected)

    def _expect(self, name: str, law: Law, amount: Floats | Ints) -> None:
        """Note what is to be expected of an outcome, from each cell."""
        self.expected[name] = summed(law.label, law.p * amount, self.contact.ground.size)

    def _front(self, law: Law) -> tuple[Ints, Ints]:
        """The layer in front of each row, and its garrison."""
        layer = self.grounds.front[self.contact.ground[law.label]]
        return layer, self.space.count(law.state, self.space.garrison + layer)

    def _own(self, layer: Ints) -> Ints:
        """The establishment of each layer."""
        return np.array(self.given.garrison)[layer]

    def _whole(self, law: Law, layer: Ints) -> Ints:
        """The persons against whom the losses of each layer count."""
        if not self.space.tracked:
            return self._own(layer)
        return self.space.count(law.state, self.space.whole + layer)

    def _set(self, law: Law, column: int | Ints, persons: Ints) -> Law:
        """The law with other counts in a column: one for all rows, or one for each."""
        change = persons - self.space.count(law.state, column)
        return law._replace(state=law.state + change * self.space.stride[column])

    def _set_whole(self, law: Law, layer: Ints, persons: Ints) -> Law:
        return self._set(law, self.space.whole + layer, persons) if self.space.tracked else law

    def _joined_by(self, law: Law, layer: Ints, persons: Ints) -> Law:
        """Persons have come into these layers: each counts as whole with them, up to its own."""
        column = self.space.garrison + layer
        there = self.space.count(law.state, column) + persons
        law = self._set(law, column, there)
        whole = np.maximum(self._whole(law, layer), np.minimum(there, self._own(layer)))
        return self._set_whole(law, layer, whole)

    def _reinforced(self, law: Law) -> Law:
        """Each of the reserve sets out at rate (1 - sigma)/delay; as many come as there is room."""
        layer, facing = self._front(law)
        standing = self.grounds.standing[self.contact.ground[law.label]]
        room = np.where(standing, self._own(layer) - facing, 0).clip(0)
        reserve = np.where(room > 0, self.space.count(law.state, self.space.reserve), 0)
        hazard = (1.0 - self.contact.sigma) / self.given.defence.delay * self.given.step_d
        sent = thinned(law, reserve, hazard, self.trim)
        came = np.minimum(sent.lost, room[sent.origin])
        self._expect("reinforcements", sent.law, came)
        left = self.space.count(sent.law.state, self.space.reserve) - came
        law = self._set(sent.law, self.space.reserve, left)
        return self._joined_by(law, layer[sent.origin], came)

    def _counterattack(self, law: Law) -> tuple[Floats, Floats]:
        """Chances that a counter-attack is tried, and that it then succeeds, of each row.

        Tried at rate h_ca (1 - sigma) where a layer has been carried; it succeeds with probability
        1/(1 + (H/(kappa G))^4): H the persons at posts and in reserve units that are ready, G those
        who face them and the reserve.
        """
        ground, terms = self.contact.ground[law.label], self.given.defence
        hazard = terms.tries * (1.0 - self.contact.sigma[law.label]) * self.given.step_d
        tries = np.where(self.grounds.carried[ground] > 0, -np.expm1(-hazard), 0.0)
        facing = np.where(self.grounds.standing[ground], self._front(law)[1], 0)
        attacking = facing + self.space.count(law.state, self.space.reserve)
        holding = np.zeros(law.p.size)
        for i in range(self.space.units):
            holds = self.grounds.holds[ground, i]
            holding += np.where(holds, self.space.count(law.state, i), 0)
        against = (terms.ratio * attacking) ** 4
        total = against + holding**4
        wins = np.divide(against, total, out=np.zeros(law.p.size), where=attacking > 0)
        return tries, wins

    def _retaken(self, law: Law) -> Law:
        """The layer carried last is retaken: by half of those in contact, or by the reserve."""
        ground, space = self.contact.ground[law.label], self.space
        layer, facing = self._front(law)
        back, reserve = self.grounds.carried[ground] - 1, space.count(law.state, space.reserve)
        inside = self.grounds.standing[ground] & (facing > 0)
        half, called = (facing + 1) // 2, np.minimum(reserve, self._own(back))
        left = np.where(inside, facing - half, facing)
        law = self._set(law, space.garrison + layer, left)
        law = self._set_whole(law, layer, np.where(inside, left, self._whole(law, layer)))
        law = self._set(law, space.reserve, np.where(inside, reserve, reserve - called))
        moved = np.where(inside, half, called)
        return self._set_whole(self._set(law, space.garrison + back, moved), back, moved)

    def _breaks(self, law: Law) -> Floats:
        """The chance that the layer in contact breaks, row by row.

        Rate sigma h0 exp(b1 loss share + b3 [no reserve]); with nobody left it breaks at once. Of
        the rate, h0 is pressure's own, and the rest is shared as the two terms of the exponent.
        """
        terms, (layer, facing) = self.given.defence, self._front(law)
        whole = self._whole(law, layer)
        left = np.divide(facing, whole, out=np.ones(law.p.size), where=whole > 0)
        losses = terms.by_losses * np.maximum(0.0, 1.0 - left)
        nobody_behind = self.space.count(law.state, self.space.reserve) == 0
        alone = np.where(nobody_behind, terms.alone, 0.0)
        urge, empty = losses + alone, facing == 0
        sigma = self.contact.sigma[law.label]
        hazard = sigma * terms.hazard * np.exp(urge) * self.given.step_d
        under = self.grounds.assault[self.contact.ground[law.label]] & self.contact.met[law.label]
        chance = np.where(under, np.where(empty, 1.0, -np.expm1(-hazard)), 0.0)
        own, held = np.exp(-urge), np.where(empty, 0.0, chance)
        part = np.divide(1.0 - own, urge, out=np.zeros(law.p.size), where=urge > 0.0)
        self._expect("breaks_by_pressure", law, held * own)
        self._expect("breaks_by_losses", law, held * part * losses)
        self._expect("breaks_by_no_reserve", law, held * part * alone)
        self._expect("breaks_by_annihilation", law, np.where(empty, chance, 0.0))
        return chance

    def _fallen_back(self, law: Law) -> Law:
        """Survivors of a broken layer fall back into the next; those of a core surrender."""
        layer, facing = self._front(law)
        core, nobody = layer == self.space.layers - 1, np.zeros_like(layer)
        self._expect("surrendered", law, np.where(core, facing, 0))
        law = self._set(law, self.space.garrison + layer, nobody)
        law = self._set_whole(law, layer, nobody)  # until somebody is put there again
        outer, inner = np.flatnonzero(~core), np.flatnonzero(core)
        down = self._joined_by(of_rows(law, outer), layer[outer] + 1, facing[outer])
        return joined([of_rows(law, inner), down])


def _parted(law: Law, chance: Floats) -> tuple[Law, Law]:
    """The rows in which something of this chance happens, and those in which it does not."""
    does, does_not = np.flatnonzero(chance > 0.0), np.flatnonzero(chance < 1.0)
    yes, no = of_rows(law, does), of_rows(law, does_not)
    return yes._replace(p=yes.p * chance[does]), no._replace(p=no.p * (1.0 - chance[does_not]))
