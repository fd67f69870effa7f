"""Steps 3 and 4: what both sides sleep, and what they live on (MODEL 3 and 4)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nobat.model import events, ledger, orders, sleep, state, supply
from nobat.model.compiled import piece
from nobat.model.duty import OPERATING, RELIEVING
from nobat.model.state import Desk, Plan, front_of


@piece
def intensity_in(plan: Plan, posture: float) -> float:
    """How much of an assault's fire is exchanged: all, a hold's part, or none out of contact."""
    if posture == orders.PAUSE:
        return 0.0
    return plan.front.hold_intensity if posture == orders.HOLD else 1.0


@piece
def intensity(plan: Plan, d: Desk) -> float:
    """How much of an assault's fire is exchanged in the posture that the campaign is in."""
    return intensity_in(plan, d.now[state.POSTURE])


@piece
def rest_units(plan: Plan, d: Desk, t: int) -> None:
    """Every unit lives through the step under the sleep of its duty."""
    if plan.sleep.model == sleep.NONE:
        return
    k = (t - 1) % plan.day
    for i in range(d.units.size):
        d.units[i].effect = sleep.pass_step(d.sleepers, i, d.units[i].schedule, k, plan.sleep)


@piece
def peaceful(plan: Plan) -> int:
    """The sleeper that stands for all defenders who are left in peace."""
    return plan.strength.size + plan.garrison.size


@piece
def own_sleep(plan: Plan, d: Desk, p: int, layer: int) -> int:
    """The sleeper of a layer of place p, which from now on sleeps otherwise than those in peace."""
    sleeper = plan.strength.size + layer
    if not d.layers[layer].apart:
        d.layers[layer].apart = True
        d.places[p].apart = True
        d.layers[layer].effect = d.now[state.PEACE]
        sleep.copy(d.sleepers, peaceful(plan), sleeper)
    return sleeper


@piece
def rest_layers(plan: Plan, d: Desk, t: int) -> None:
    """Every standing layer lives through the step: pressed where it is assaulted, else in peace.

    All layers that nobody has pressed yet sleep as one: `effect_of` knows how they are.
    """
    if plan.sleep.model == sleep.NONE:
        return
    k = (t - 1) % plan.day
    for p in range(plan.hold.size):
        if d.places[p].pressed:
            own_sleep(plan, d, p, front_of(d, p))
    d.now[state.PEACE] = sleep.pass_step(d.sleepers, peaceful(plan), sleep.PEACE, k, plan.sleep)
    for p in range(plan.hold.size):
        if not d.places[p].apart:
            continue
        front = front_of(d, p)
        for layer in range(front, d.places[p].end):
            if d.layers[layer].apart:
                here = layer == front and d.places[p].pressed
                schedule = sleep.PRESSED if here else sleep.PEACE
                d.layers[layer].effect = sleep.pass_step(
                    d.sleepers, plan.strength.size + layer, schedule, k, plan.sleep
                )


@piece
def feed_units(plan: Plan, d: Desk, t: int, row: NDArray[np.float64]) -> None:
    """The attacker's stock after this step, and what being short of it does to his strength."""
    if not plan.attacker.on:
        return
    u, now, terms = d.units, d.now, plan.attacker.terms
    everyone, at_posts, contact = 0.0, 0.0, False
    for p in range(plan.hold.size):
        contact = contact or d.places[p].assaulted
    for i in range(u.size):
        everyone += u[i].strength
        if u[i].duty == OPERATING or u[i].duty == RELIEVING:
            at_posts += u[i].strength
    fighting = at_posts * intensity(plan, d) if contact else 0.0
    use = supply.use(terms, fighting, everyone - fighting)
    stock, lift = now[state.STOCK], now[state.LIFT]
    dry = stock + lift * plan.step_d < use * plan.step_d
    now[state.FED] = supply.factor(terms, stock, lift, use, plan.step_d)
    now[state.STOCK], used, brought = supply.stock_after(stock, lift, use, plan.step_d)
    row[ledger.SUPPLY_USED] += used
    row[ledger.SUPPLY_BROUGHT] += brought
    days = min(state.PLENTY, supply.days_of_supply(now[state.STOCK], lift, use))
    now[state.SUPPLY_DAYS] = days
    row[ledger.SUPPLY_DAYS] = min(row[ledger.SUPPLY_DAYS], days)
    if d.log.shape[0] > 0 and dry != (now[state.DRY] > 0.0):
        kind = events.DRY if dry else events.SUPPLIED
        events.note(d, t, kind, events.NOBODY, now[state.STOCK], 0)
    now[state.DRY] = now[state.DRY] + 1.0 if dry else 0.0
    if dry:
        row[ledger.DAYS_DRY] += plan.step_d


@piece
def garrison_of(d: Desk, p: int) -> float:
    """Persons in all standing layers of place p."""
    persons = 0.0
    for layer in range(d.places[p].front, d.places[p].end):
        persons += d.layers[layer].garrison
    return persons


@piece
def feed_places(plan: Plan, d: Desk, t: int, row: NDArray[np.float64]) -> None:
    """The stock of every defended place, and what its trucks could bring besides.

    The trucks are shared by the garrisons of the places that are not cut off, by their persons.
    """
    if not plan.defender.on:
        return
    terms, connected = plan.defender.terms, 0.0
    for p in range(plan.hold.size):
        place = d.places[p]
        place.persons = garrison_of(d, p)
        if not place.cut:
            connected += place.persons
    part, used_up, dry_steps = 1.0 / connected if connected > 0.0 else 0.0, 0.0, 0
    for p in range(plan.hold.size):
        place = d.places[p]
        persons, before = place.persons, place.short
        if persons <= 0.0:
            place.spare, place.fed, place.short = 0.0, 1.0, False
            continue
        fighting = 0.0
        if place.intensity > 0.0:
            fighting = d.layers[place.front].garrison * place.intensity
        use = supply.use(terms, fighting, persons - fighting)
        lift = 0.0 if place.cut else place.lift * persons * part
        place.fed = supply.factor(terms, place.stock, lift, use, plan.step_d)
        stock, used, _ = supply.stock_after(place.stock, lift, use, plan.step_d)
        place.short = place.stock + (lift - use) * plan.step_d < 0.0
        place.stock, place.spare = stock, max(0.0, lift - use)
        used_up += used
        if place.short and place.assaulted:
            dry_steps += 1
        if d.log.shape[0] > 0 and place.short != before:
            kind = events.DEFENDER_DRY if place.short else events.DEFENDER_SUPPLIED
            events.note_at(d, t, kind, events.NOBODY, 0.0, 0, p)
    row[ledger.DEFENDER_USED] += used_up
    row[ledger.DEFENDER_DRY] += dry_steps * plan.step_d
