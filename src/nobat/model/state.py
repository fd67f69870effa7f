"""What a replication reads (its plan) and what it writes on (its desk)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.model import (
    attrition,
    breaking,
    contact,
    duty,
    homecoming,
    identification,
    orders,
    reach,
    recurrence,
    reports,
    sleep,
    supply,
)
from nobat.model import works as rebuilding
from nobat.model.compiled import Records, piece
from nobat.model.duty import SPENT, Units


class Stages(NamedTuple):
    """The plan of the campaign: which places are assaulted together, and until when.

    first: the objectives of stage s are entries first[s] .. first[s + 1] - 1, (S + 1,);
    objective: their places; share: of the operating strength, NaN for in proportion to the
    garrisons that remain. A stage ends early when observable `until` (UNCHANGED: none) compares
    by `op` with `number`.
    """

    first: NDArray[np.int64]
    objective: NDArray[np.int64]
    share: NDArray[np.float64]
    until: NDArray[np.int64]
    op: NDArray[np.int64]
    number: NDArray[np.float64]


class Theatre(NamedTuple):
    """Where the places lie, for the roads of each side. Without routes nothing is ever cut off.

    routed: whether there are routes; node: of each place that can be taken, (P,); attacker,
    defender: the roads that each may use; rears as nodes; held by the attacker, by the defender
    at the start, and where one can flee to: bit masks of nodes; km: each side's distance from
    its rear where there are no routes.
    """

    routed: bool
    node: NDArray[np.int64]
    attacker: reach.Roads
    defender: reach.Roads
    attacker_rear: int
    defender_rear: int
    attacker_held: np.uint64
    defender_held: np.uint64
    refuges: np.uint64
    attacker_km: float
    defender_km: float


class Upkeep(NamedTuple):
    """Supply of one side: whether it is modelled, what its trucks bring and what is laid in.

    stock: tonnes at the start; dry_steps: steps without enough in a row after which the
    attacker gives up.
    """

    on: bool
    terms: supply.Terms
    stock: float
    dry_steps: int


class FirePolicies(NamedTuple):
    """How fire may be used: one entry for each policy, (K,), and what is the same for all.

    on_target: what multiplies the attacker's fire; false_rate: FPR; what is spared.
    """

    on: bool
    on_target: NDArray[np.float64]
    false_rate: NDArray[np.float64]
    spare_gatherings: NDArray[np.bool_]
    spare_fleeing: NDArray[np.bool_]
    terms: identification.Terms


class Flight(NamedTuple):
    """What becomes of those whose layer broke: see `model/flight.py`.

    residents_stay: share of the residents who are still there after a step with a way open.
    """

    on: bool
    leave_share: float
    fight_on_share: float
    nights: float
    fleeing_loss_share: float
    residents_stay: float


class Plan(NamedTuple):
    """Everything a replication depends on besides its seed and number, as plain numbers.

    step_d: the step in days; day: steps in a day; horizon: steps; deterministic: events happen
    when the integrated hazard reaches 1; expected: mean field. strength: persons of each unit at
    the start, (U,). garrison, works, order: the layers place by place, from the outermost in,
    cores included, (L,); first: the layers of place p are first[p] .. first[p + 1] - 1, the last
    of them its core, (P + 1,); hold: steps that its core must be held, (P,); residents, (P,).
    """

    step_d: float
    day: int
    horizon: int
    deterministic: bool
    expected: bool
    strength: NDArray[np.float64]
    garrison: NDArray[np.float64]
    works: NDArray[np.float64]
    order: NDArray[np.float64]
    first: NDArray[np.int64]
    hold: NDArray[np.int64]
    residents: NDArray[np.float64]
    reserve: float
    stages: Stages
    theatre: Theatre
    policy: duty.Policy
    rules: orders.Rules
    sleep: sleep.Terms
    attacker: Upkeep
    defender: Upkeep
    front: contact.Terms
    fire: attrition.Terms
    policies: FirePolicies
    suicide: attrition.Suicide
    rebuilding: rebuilding.Terms
    counterattack: rebuilding.CounterAttack
    limits: breaking.Terms
    flight: Flight
    homecoming: homecoming.Terms
    recurrence: recurrence.Terms
    reports: reports.Terms


# One row for each layer or place, and not one array for each number: a compiled function gets an
# array as seven arguments, and hundreds of arguments are slow to compile.

#: The state of a layer: garrison, works, order. whole: the persons against whom its losses count,
#: its establishment, or those who were put into it since; stand: whether its garrison fights on to
#: the last. apart: whether it has a sleep of its own, or that of all who are left in peace; effect:
#: effectiveness of its garrison, a share.
LAYER = np.dtype(
    [("garrison", "f8"), ("works", "f8"), ("order", "f8"), ("whole", "f8"), ("stand", "?"),
     ("apart", "?"), ("effect", "f8")],
    align=True,
)  # fmt: skip

#: The state of a place that can be taken. front: the layer in contact or next to be, by its index
#: among all layers; end: the index after its core, so that a place is taken where front = end.
#: carried: layers in the attacker's hands; carried_at: step at which the last was. worn: whether
#: works or order of some layer are less than whole. assaulted: whether it is fought for in this
#: step; pressed: whether its layer in contact is kept awake; intensity: of the fire for which its
#: garrison uses supplies; share: of the operating strength that is turned to it. cut: whether it is
#: isolated; way: whether a refuge can be reached; km: from the defender's rear; lift: t a day if
#: all trucks drove there; stock, t; spare: t a day that could be brought for works; fed: the supply
#: factor; short: whether it uses more than it has. apart: whether some layer of it has a sleep of
#: its own. sigma: suppression; engaged: attackers in contact; strength, hindered: what those are
#: worth, A, and sigma, as recovery feels them. persons: in its standing layers. breaking, retaking:
#: integrated hazards. residents; leaving: defenders on their way out. luck: its four numbers of the
#: step.
PLACE = np.dtype(
    [("front", "i8"), ("end", "i8"), ("carried", "i8"), ("carried_at", "i8"), ("worn", "?"),
     ("assaulted", "?"), ("pressed", "?"), ("cut", "?"), ("way", "?"),
     ("short", "?"), ("apart", "?"), ("share", "f8"), ("km", "f8"), ("lift", "f8"), ("stock", "f8"),
     ("spare", "f8"), ("fed", "f8"), ("sigma", "f8"), ("engaged", "f8"), ("strength", "f8"),
     ("persons", "f8"), ("breaking", "f8"), ("retaking", "f8"), ("residents", "f8"),
     ("leaving", "f8"), ("intensity", "f8"), ("hindered", "f8"), ("luck", "f8", (4,))],
    align=True,
)  # fmt: skip


class Desk(NamedTuple):
    """Room to work in, made once and used for one replication after another.

    units: rows of UNIT; sleepers: the sleep of the units, then of the layers, then
    of all defenders who are left in peace; layers, places: rows of LAYER and PLACE; km, kept: of
    every node of the theatre; now: single numbers, at the places named below; log: what happened,
    one row each, where asked for.
    """

    units: Units
    sleepers: sleep.Sleepers
    layers: Records
    places: Records
    seen: NDArray[np.float64]
    latched: NDArray[np.bool_]
    duties: NDArray[np.int64]
    km: NDArray[np.float64]
    kept: NDArray[np.float64]
    now: NDArray[np.float64]
    log: NDArray[np.float64]


#: Days of supply where the stock does not fall.
PLENTY = 999.0

# The single numbers of `Desk.now`.
RESERVE = 0  # persons in the defender's reserve
STAGE = 1  # the stage, 0 first
POSTURE, POSTS, FIRE, CORRIDOR = 2, 3, 4, 5  # what the doctrine orders now
DUE = 6  # the next step at which a duty can change
DONE = 7  # whether a layer has been carried since the last change of duties
CARRIED_AT = 8  # the step at which a layer was last carried
STOCK, LIFT, FED, DRY = 9, 10, 11, 12  # attacker: t, t a day, supply factor, steps dry in a row
SUPPLY_DAYS = 13
ISOLATED = 14  # whether all places of the last stage are cut off
ASKED, ENGAGED_STEPS = 15, 16  # posts asked for so far; place-steps in contact
EFFECT, DEFENDER_EFFECT = 17, 18  # mean effectiveness at the posts, and of the layers in contact
ENGAGED, PRESSURE = 19, 20  # in this step: attackers in contact, pressure
FALSE_PLAIN, FALSE_GATHERED = 21, 22  # false engagements to be expected so far
CHANGED = 23  # whether a place has changed hands in this step
PEACE = 24  # effectiveness of the layers that are left in peace
NOTED = 25  # rows of the log that are filled
LEADER = 26  # b4 where the defenders believe their leader dead by now, else 0
OWN = 27  # with a shadow: the posture that the campaign's own doctrine orders
NUMBERS = 28


def desk(plan: Plan, events: int = 0) -> Desk:
    """Room for replications of this plan, with so many rows for events (0: none are kept)."""
    units, layers, places = plan.strength.size, plan.garrison.size, plan.hold.size
    nodes = max(1, plan.theatre.attacker.neighbours.size)
    return Desk(
        units=duty.units(units),
        sleepers=sleep.sleepers(units + layers + 1),
        layers=np.zeros(layers, LAYER),
        places=np.zeros(places, PLACE),
        seen=np.zeros(plan.rules.op.size),
        latched=np.zeros(plan.rules.op.size, np.bool_),
        duties=np.zeros(duty.DUTIES, np.int64),
        km=np.zeros(nodes),
        kept=np.zeros(nodes),
        now=np.zeros(NUMBERS),
        log=np.zeros((events, 6)),
    )


@piece
def total_owed(plan: Plan, u: Units, t: int) -> float:
    """Rest owed by all units at step t, in unit-days."""
    steps = 0
    for i in range(u.size):
        steps += duty.owed(u, plan.policy, i, t)
    return steps * plan.step_d


@piece
def spent_share(u: Units) -> float:
    """Share of the units that are spent now."""
    spent = 0
    for i in range(u.size):
        if u[i].duty == SPENT:
            spent += 1
    return spent / u.size


@piece
def layers_of(plan: Plan, p: int) -> int:
    """How many layers place p has, its core included."""
    return plan.first[p + 1] - plan.first[p]


@piece
def taken(d: Desk, p: int) -> bool:
    """Whether the core of place p is in the attacker's hands."""
    return d.places[p].front == d.places[p].end


@piece
def front_of(d: Desk, p: int) -> int:
    """The layer of place p that is in contact or next to be: its index among all layers."""
    return d.places[p].front


@piece
def effect_of(d: Desk, layer: int) -> float:
    """Effectiveness of a layer's garrison, a share."""
    return d.layers[layer].effect if d.layers[layer].apart else d.now[PEACE]
