"""Faults in what needs no decision: luck, sleep, supply, reach, identification."""

from __future__ import annotations

from tests.faults.fault import FACTOR, MISSING, SHAPE, SIGN, STEP, SWAP, UNIT, Fault

_LUCK = "tests/model/test_luck.py::"
_SLEEP = "tests/oracles/test_sleep.py::"
_SLEPT = "tests/model/test_sleep.py::"
_DAY = "tests/oracles/test_sleep_in_campaign.py::test_a_day_is_what_the_equations_say"
_INERTIA = (
    "tests/oracles/test_sleep_in_campaign.py::"
    "test_inertia_is_its_sum_over_the_minutes_that_it_lasts"
)
_SUPPLY = "tests/oracles/test_supply.py::"
_REACH = "tests/model/test_reach.py::"
_IDENTIFY = "tests/model/test_identification.py::"
_HAND = "tests/oracles/test_by_hand.py::"
_LINE = "tests/oracles/test_textbook_line.py::"

_KNOWN = _LUCK + "test_philox_known_answers"
_BINOMIAL = _LUCK + "test_binomial_has_its_law"
_CAMPAIGN_CURVE = _SLEEP + "test_the_campaign_and_the_curve_agree"
_AREA = _SLEEP + "test_the_area_is_the_integral_of_effectiveness"
_WAYS = _REACH + "test_the_shortest_ways_are_those_of_networkx"
_REACHED = _REACH + "test_what_is_reached_is_what_networkx_reaches"

FAULTS = (
    # luck: Random123's vectors and the laws of the draws
    Fault("luck", "luck.py", "for _ in range(10):", "for _ in range(9):", STEP, _KNOWN),
    Fault("luck", "luck.py", "key0 = (key0 + _W0) & _LOW", "key0 = (key0 + _W1) & _LOW", SWAP,
          _KNOWN),
    Fault("luck", "luck.py", "p1 = _M1 * x2", "p1 = _M0 * x2", SWAP, _KNOWN),
    Fault("luck", "luck.py", "term *= odds * (n - k) / (k + 1.0)",
          "term *= odds * (n - k) / (k + 2.0)", STEP, _BINOMIAL),
    Fault("luck", "luck.py", "term_below *= below / (odds * (n - below + 1.0))",
          "term_below *= below / (odds * (n - below))", STEP, _BINOMIAL),
    Fault("luck", "luck.py", "p = -math.expm1(-x)", "p = 2.0 * -math.expm1(-x) / 2.1", FACTOR,
          _BINOMIAL),
    Fault("luck", "luck.py", "term *= mean / k", "term *= mean / (k + 1)", STEP,
          _LUCK + "test_poisson_has_its_law"),
    Fault("luck", "luck.py", "math.log(mean / (1.0 + mean))", "math.log(mean / (2.0 + mean))",
          FACTOR, _LUCK + "test_skewed_tolls_have_their_mean"),
    # sleep: the equations, stepped by time; independent programs
    Fault("sleep: SAFTE", "process.py", "return -math.sin(angle) * (1.0 + math.cos(angle))",
          "return math.sin(angle) * (1.0 + math.cos(angle))", SIGN, _AREA),
    Fault("sleep: SAFTE", "process.py", "_D1, _D2 = _F * _F + _W * _W, _F * _F + 4.0 * _W * _W",
          "_D1, _D2 = _F * _F + _W * _W, _F * _F + 2.0 * _W * _W", FACTOR, _CAMPAIGN_CURVE),
    Fault("sleep: SAFTE", "process.py", "_W = 2.0 * math.pi / DAY_MIN",
          "_W = 2.0 * math.pi / 24.0", UNIT, _CAMPAIGN_CURVE),
    Fault("sleep: SAFTE", "process.py", "return level - USE * minutes, straight_area(",
          "return level + USE * minutes, straight_area(", SIGN, _AREA),
    Fault("sleep: SAFTE", "process.py", "morning = half_days % 2.0 == 0.0",
          "morning = half_days % 2.0 == 1.0", STEP, _CAMPAIGN_CURVE),
    Fault("sleep: SAFTE", "alertness.py", "use: float = 0.5", "use: float = 1.0", FACTOR,
          _SLEEP + "test_safter_inline"),
    Fault("sleep: SAFTE", "alertness.py", "inertia_rate=0.04, inertia_min=120.0",
          "inertia_rate=0.08, inertia_min=120.0", FACTOR,
          _SLEEP + "test_inertia_after_waking_by_minutes"),
    Fault("sleep: three-process", "alertness.py", "c_peak_h: float = 16.8",
          "c_peak_h: float = 15.8", STEP, _SLEEP + "test_fips_inline"),
    Fault("sleep: three-process", "alertness.py", "rise: float = -math.log(0.3 / 6.34) / 8.0",
          "rise: float = -math.log(0.3 / 6.34) / 4.0", FACTOR, _SLEEP + "test_fips_inline"),
    Fault("sleep: three-process", "process.py",
          "return level - (level - LOW) * gone, area / WELL_RESTED",
          "return level + (level - LOW) * gone, area / WELL_RESTED", SIGN,
          _DAY),
    Fault("sleep: in a campaign", "sleep.py", "until = min(since + minutes, lasts)",
          "until = since + minutes", MISSING, _INERTIA),
    Fault("sleep: in a campaign", "sleep.py", "share = n_j / (n_i + n_j)",
          "share = n_i / (n_i + n_j)", SWAP, _SLEPT + "test_mixing_takes_the_mean_by_persons"),
    Fault("sleep: in a campaign", "sleep.py", "share -= _wear_off(s, i, terms, at)",
          "share += _wear_off(s, i, terms, at)", SIGN,
          _DAY),
    Fault("sleep: in a campaign", "sleep.py", "since = (t - bedtime + _SLIVER) % process.DAY_MIN",
          "since = (t - bedtime + 60.0) % process.DAY_MIN", STEP,
          _DAY),
    # supply: the textbooks' wagon, trucks driven one by one, numerical roots, books
    Fault("supply", "supply.py", "2.0 * km / terms.speed_km_h + terms.delay_h",
          "km / terms.speed_km_h + terms.delay_h", FACTOR,
          _SUPPLY + "test_trucks_driven_one_by_one_bring_the_lift"),
    Fault("supply", "supply.py",
          "terms.payload_t - 2.0 * km * terms.own_use_t_per_h / terms.speed_km_h",
          "terms.payload_t + 2.0 * km * terms.own_use_t_per_h / terms.speed_km_h", SIGN,
          _SUPPLY + "test_the_wagon_of_the_textbooks"),
    Fault("supply", "supply.py", "- use * terms.delay_h", "- use * terms.delay_h / 24.0", UNIT,
          _SUPPLY + "test_the_model_and_the_closed_forms_agree"),
    Fault("supply", "supply.py", "return have - used, used, brought",
          "return have - used, brought, used", SWAP,
          _SUPPLY + "test_the_books_are_kept_to_the_kilogram"),
    Fault("supply", "supply.py", "(1.0 - terms.dry_factor) * have / need",
          "(1.0 + terms.dry_factor) * have / need", SIGN,
          _HAND + "test_a_dry_force_gives_up_on_its_day"),
    Fault("supply", "control.py", "now[state.DRY] >= plan.attacker.dry_steps",
          "now[state.DRY] > plan.attacker.dry_steps", STEP,
          _HAND + "test_a_dry_force_gives_up_on_its_day"),
    Fault("supply", "upkeep.py", "use = supply.use(terms, fighting, everyone - fighting)",
          "use = supply.use(terms, everyone - fighting, fighting)", SWAP, _LINE + "test_supply"),
    # reach: networkx on random graphs
    Fault("isolation", "reach.py", "if has(blocked, here) or km_out[here] == math.inf:",
          "if km_out[here] == math.inf:", MISSING, _WAYS),
    Fault("isolation", "reach.py", "km = km_out[here] + roads.km[route]",
          "km = km_out[here] + 2.0 * roads.km[route]", FACTOR, _WAYS),
    Fault("isolation", "reach.py", "found |= neighbours[place]", "found &= neighbours[place]",
          SHAPE, _REACHED),
    Fault("isolation", "reach.py", "        return _NONE", "        return only(start)", SHAPE,
          _REACHED),
    Fault("isolation", "reach.py", "kept = kept_out[here] * roads.kept[route]",
          "kept = kept_out[here] * (1.0 - roads.kept[route])", SIGN,
          _REACH + "test_what_raids_leave_is_the_best_product_of_the_shortest_ways"),
    # identification: tails of the normal distribution, a pencil
    Fault("fire policy", "identification.py", "return passes(criterion - d_prime), ",
          "return passes(criterion + d_prime), ", SIGN,
          _IDENTIFY + "test_rates_are_tails_of_the_normal"),
    Fault("fire policy", "identification.py", "return 0.5 * math.erfc(z * 0.7071067811865476)",
          "return math.erfc(z * 0.7071067811865476)", FACTOR,
          _IDENTIFY + "test_rates_are_tails_of_the_normal"),
    Fault("fire policy", "identification.py", "near / 1000.0 * manning * fpr",
          "near / 100.0 * manning * fpr", UNIT, _IDENTIFY + "test_harm_by_hand"),
    Fault("fire policy", "identification.py", "weight += terms.gathering_share",
          "weight -= terms.gathering_share", SIGN, _IDENTIFY + "test_harm_by_hand"),
    Fault("fire policy", "assault.py", "false * (1.0 - share) * plan.step_d",
          "false * (1.0 - share)", UNIT, _LINE + "test_residents_taken_for_combatants"),
)  # fmt: skip
