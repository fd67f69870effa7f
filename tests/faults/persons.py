"""Faults in what happens to persons and positions: contact, fire, works, breaking, flight."""

from __future__ import annotations

from tests.faults.fault import FACTOR, MISSING, SHAPE, SIGN, STEP, SWAP, UNIT, Fault

_HAND = "tests/oracles/test_by_hand.py::"
_LINE = "tests/oracles/test_textbook_line.py::"
_PLAIN = "tests/model/test_mechanisms.py::"
_FLIGHT = "tests/model/test_flight.py::"
_DUEL = "tests/model/test_duel.py::"
_ON_UNITS = (
    "tests/model/test_fire_on_units.py::"
    "test_each_unit_loses_a_binomial_number_independent_of_the_others[0.01]"
)
_FADING = "tests/model/test_fading.py::test_it_is_the_exponential_to_two_units_in_the_last_place"

_FIRE = _LINE + "test_losses"
_WORKS = _HAND + "test_order_and_works_after_a_break"
_SOLVED = _PLAIN + "test_works_and_order_equal_a_numerical_solution"
_PACE = _HAND + "test_suppression_sets_the_pace"
_COMING = _HAND + "test_reinforcements_come_up_at_their_rate"
_HOLDING = _HAND + "test_who_holds_against_a_counter_attack"
_REACTING = _HAND + "test_a_reserve_holds_once_it_has_had_time_to_react"
_RETAKEN = _HAND + "test_a_layer_is_retaken_and_carried_again"
_STEPS = _HAND + "test_the_layers_break_one_after_the_other_and_the_core_is_held"
_LEAVING = _FLIGHT + "test_what_a_break_leaves"

FAULTS = (
    # contact: the first hour of the textbook's line; a pencil
    Fault("contact", "contact.py", "return p / (p + half)", "return half / (p + half)", SWAP,
          _PACE),
    Fault("contact", "contact.py", "return attackers / defenders", "return defenders / attackers",
          SWAP, _LINE + "test_contact_and_pressure"),
    Fault("contact", "contact.py", "return min(frontage, offered)", "return max(frontage, offered)",
          SHAPE, _LINE + "test_contact_and_pressure"),
    Fault("contact", "command.py", "d.units[i].present, d.units[i].fights = ordinary, ordinary",
          "d.units[i].present, d.units[i].fights = 1.0, 1.0", MISSING,
          _LINE + "test_contact_and_pressure"),
    Fault("contact", "command.py",
          "d.units[i].fights = front.handover_contact * front.presence_handover",
          "d.units[i].fights = front.presence_handover", MISSING,
          _HAND + "test_a_handover_weakens_the_line"),
    Fault("contact", "assault.py", "strength = fire * engaged * effect * fed",
          "strength = fire * engaged * fed", MISSING,
          _LINE + "test_contact_and_pressure"),
    # attrition: exact chains, closed forms, the textbook's first hour
    Fault("attrition", "attrition.py", "x = per_day * step_d / n", "x = 2.0 * per_day * step_d / n",
          FACTOR, _FIRE),
    Fault("attrition", "attrition.py", "return -n * math.expm1(-x)", "return n * math.expm1(x)",
          SIGN, _FIRE),
    Fault("attrition", "attrition.py", "return rate * firing * targets", "return rate * firing",
          MISSING, _PLAIN + "test_the_named_laws"),
    Fault("attrition", "attrition.py", "math.exp(p * math.log(firing) + q * math.log(targets))",
          "math.exp(q * math.log(firing) + p * math.log(targets))", SWAP,
          _PLAIN + "test_the_named_laws"),
    Fault("attrition", "attrition.py", "lost = -units[i].strength * math.expm1(-x)",
          "lost = -units[i].strength * math.expm1(-2.0 * x)", FACTOR,
          _HAND + "test_units_are_spent_at_their_quantiles"),
    Fault("attrition", "attrition.py",
          "return on_defender, loss_rate(terms.b, facing * facing_worth",
          "return on_defender, loss_rate(terms.b, facing", MISSING, _FIRE),
    Fault("attrition", "attrition.py", "if aim * chance <= units[i].unhurt * own:",
          "if aim * own <= units[i].unhurt * chance:", SWAP, _ON_UNITS),
    Fault("attrition", "attrition.py", "aim -= units[i].unhurt", "aim += units[i].unhurt", SIGN,
          _ON_UNITS),
    # a duel, event by event: the same in plain Python, and the laws of its times
    Fault("duel", "duel.py", "hit = who[lane] * both < on_y", "hit = who[lane] * both > on_y", SIGN,
          _DUEL + "test_a_duel_is_that_of_plain_python"),
    Fault("duel", "duel.py", "wait[lane] / both if on", "2.0 * wait[lane] / both if on", FACTOR,
          _DUEL + "test_a_duel_is_that_of_plain_python"),
    Fault("duel", "duel.py", "on = (x > lows[0]) & (y > lows[1])",
          "on = (x >= lows[0]) & (y > lows[1])", STEP,
          _DUEL + "test_a_side_at_its_breakpoint_is_beaten"),
    Fault("duel", "duel.py", "(bits >> 52) - 1023 - 32)", "(bits >> 52) - 1023 - 31)", STEP,
          _DUEL + "test_waiting_times_are_logarithms"),
    Fault("attrition", "assault.py", "kills *= (1.0 - shield) *", "kills *= shield *", SIGN, _FIRE),
    Fault("suicide attacks", "attrition.py", "return terms.toll_mean * contact / frontage",
          "return terms.toll_mean * frontage / contact", SWAP, _FIRE),
    Fault("suicide attacks", "attrition.py", "return per_day * math.exp(-distance_km / scale_km)",
          "return per_day * math.exp(distance_km / scale_km)", SIGN,
          _HAND + "test_distance_kept_saves_from_suicide_attacks"),
    Fault("suicide attacks", "assault.py", "rate = per_day * share * plan.step_d",
          "rate = per_day * plan.step_d", MISSING, _FIRE),
    # works and order: a numerical solution, a pencil
    Fault("works and order", "works.py", "level = rebuild / total", "level = wear / total", SWAP,
          _SOLVED),
    Fault("works and order", "works.py", "fading(total * days)", "fading(2.0 * total * days)",
          FACTOR, _SOLVED),
    Fault("works and order", "works.py", "fading((1.0 - sigma) * days / reorganise)",
          "fading((1.0 - sigma) * days * reorganise)", SHAPE, _SOLVED),
    Fault("works and order", "works.py", "1.0 - (1.0 - p_w * works) * (1.0 - p_q * order)",
          "1.0 - (1.0 - p_w * works) * (1.0 + p_q * order)", SIGN, _PLAIN + "test_shield"),
    Fault("works and order", "works.py", "(1.0 - terms.cut_off_share * (1.0 - brought))",
          "(1.0 - terms.cut_off_share * brought)", SIGN,
          _PLAIN + "test_what_is_not_brought_up_is_not_built"),
    Fault("works and order", "defence.py", "layers[behind].order *= plan.rebuilding.shock",
          "layers[behind].order *= 1.0 - plan.rebuilding.shock", SIGN, _WORKS),
    Fault("works and order", "defence.py", "math.sqrt(plan.rebuilding.shock)",
          "plan.rebuilding.shock", SHAPE, _WORKS),
    Fault("decay in a step", "fading.py", "return math.exp(-x)", "return math.exp(x)", SIGN,
          _FADING),
    Fault("decay in a step", "fading.py", "x2 * (1.0 / 2.0 - x", "x2 * (1.0 - x", FACTOR, _FADING),
    Fault("decay in a step", "fading.py", "1.0 / 720.0", "1.0 / 600.0", SHAPE, _FADING),
    # reinforcement: rates and room, by hand
    Fault("reinforcement", "works.py", "return terms.reinforce + 2.0 * km / terms.speed",
          "return terms.reinforce + km / terms.speed", FACTOR, _COMING),
    Fault("reinforcement", "works.py", "reserve * (1.0 - sigma) / delay", "reserve * sigma / delay",
          SIGN, _HAND + "test_reinforcements_come_up_slower_under_pressure"),
    Fault("reinforcement", "works.py", "return min(sent, room)", "return sent", MISSING,
          _HAND + "test_no_more_come_than_there_is_room_for"),
    Fault("reinforcement", "defence.py", "d.now[state.RESERVE] -= came",
          "d.now[state.RESERVE] += came", SIGN, _COMING),
    # counter-attack: an even chance, a pencil, the birth-death chain
    Fault("counter-attack", "works.py", "odds = holding / (ratio * attacking)",
          "odds = ratio * holding / attacking", SHAPE, _HOLDING),
    Fault("counter-attack", "works.py", "return 1.0 / (1.0 + odds * odds * odds * odds)",
          "return 1.0 / (1.0 + odds * odds * odds)", SHAPE, _HOLDING),
    Fault("counter-attack", "defence.py",
          "attempts = plan.counterattack.per_day * (1.0 - places[p].sigma) * plan.step_d",
          "attempts = plan.counterattack.per_day * places[p].sigma * plan.step_d", SIGN,
          _HAND + "test_counter_attacks_are_rarer_under_pressure"),
    Fault("counter-attack", "defence.py",
          "t - u[i].in_reserve_from >= plan.counterattack.reserve_reaction",
          "t - u[i].in_reserve_from > plan.counterattack.reserve_reaction", STEP, _REACTING),
    Fault("counter-attack", "defence.py",
          "attacking = 0.0 if d.places[p].cut else d.now[state.RESERVE]", "attacking = 0.0",
          MISSING, _HAND + "test_the_reserve_at_the_rear_strikes_back_too"),
    Fault("counter-attack", "works.py", "half = 0.5 * layers[front].garrison",
          "half = layers[front].garrison", FACTOR, _RETAKEN),
    Fault("counter-attack", "defence.py", "places[p].carried -= 1", "places[p].carried -= 0", STEP,
          _RETAKEN),
    # breaking: hazards and quantiles, by hand
    Fault("breaking", "breaking.py", "terms.hazard * math.exp(x1 + x2 + x3",
          "terms.hazard * math.exp(x1 + x2 - x3", SIGN,
          _HAND + "test_what_urges_a_layer_to_break"),
    Fault("breaking", "breaking.py", "return max(0.0, 1.0 - garrison / establishment)",
          "return max(0.0, garrison / establishment)", SIGN,
          _HAND + "test_half_of_a_garrison_missing_urges_it_to_break"),
    Fault("breaking", "defence.py", "places[p].luck[2], places[p].breaking, plan.deterministic",
          "places[p].luck[2], 0.0, plan.deterministic", MISSING, _STEPS),
    Fault("breaking", "defence.py", "if so_far >= 1.0:", "if so_far >= 2.0:", FACTOR, _STEPS),
    Fault("breaking", "defence.py", "return u < hazard and u < -math.expm1(-hazard), 0.0",
          "return u < 2.0 * hazard and u < -math.expm1(-2.0 * hazard), 0.0", FACTOR,
          _HAND + "test_events_have_their_chance"),
    Fault("breaking", "breaking.py", "own = math.exp(-total)", "own = math.exp(-2.0 * total)",
          FACTOR, _HAND + "test_what_a_break_is_put_down_to"),
    Fault("breaking", "breaking.py", "x = (unit + 0.5) / units + at.step * _GOLDEN",
          "x = (unit + 1.5) / units + at.step * _GOLDEN", STEP,
          _HAND + "test_units_are_spent_at_their_quantiles"),
    # flight: the binomial law, nights
    Fault("flight", "flight.py", "return n * p if expected else",
          "return n * (1.0 - p) if expected else", SIGN, _LEAVING),
    Fault("flight", "flight.py", "return luck.binomial(n, -math.log1p(-p), u)",
          "return luck.binomial(n, math.log1p(p), u)", SIGN,
          _FLIGHT + "test_a_share_has_its_binomial_law"),
    Fault("flight", "flight.py", "return 0.0, staying, survivors - staying",
          "return 0.0, survivors - staying, staying", SWAP, _LEAVING),
    Fault("flight", "flight.py", "DUSK_H, DAWN_H = 18.0, 6.0", "DUSK_H, DAWN_H = 19.0, 6.0", STEP,
          _FLIGHT + "test_the_night_is_from_eighteen_to_six"),
    Fault("flight", "flight.py", "x = dark_hours(hour, step_h) / (NIGHT_H * nights)",
          "x = dark_hours(hour, step_h) / (24.0 * nights)", UNIT,
          _FLIGHT + "test_the_mean_wait_is_the_nights"),
)  # fmt: skip
