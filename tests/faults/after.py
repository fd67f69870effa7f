"""Faults in what comes after the battle, what is believed and what is asked: reports to shadows."""

from __future__ import annotations

from tests.faults.fault import FACTOR, MISSING, SHAPE, SIGN, STEP, SWAP, Fault

_REPORTS = "tests/model/test_reports.py::"
_HOME = "tests/model/test_homecoming.py::"
_QUEUE = "tests/oracles/test_checkpoint.py::"
_AGAIN = "tests/model/test_recurrence.py::"
_LAW = "tests/oracles/test_recurrence.py::"
_CLOSED = _LAW + "test_a_years_attacks_have_the_mean_and_the_spread_of_the_closed_form"
_SHADOW = "tests/model/test_shadow.py::"
_ALL = _SHADOW + "test_everything_taken_over_where_much_happens"

FAULTS = (
    # reports: the hazard by hand, chances of the truth
    Fault(
        "reports",
        "reports.py",
        "return math.log1p(believed * math.expm1(weight))",
        "return believed * weight",
        SHAPE,
        _REPORTS + "test_the_expected_hazard",
    ),
    Fault(
        "reports",
        "reports.py",
        "if terms.known_from[k] < t:",
        "if terms.known_from[k] <= t:",
        STEP,
        _REPORTS + "test_what_is_known_is_read_step_by_step",
    ),
    Fault(
        "reports",
        "morale.py",
        "alive = 1.0 if u < alive else 0.0",
        "alive = 0.0 if u < alive else 1.0",
        SIGN,
        _REPORTS + "test_the_truth_has_the_probability_of_all_reports",
    ),
    # homecoming: Erlang C in fractions, the closed form of the return
    Fault(
        "homecoming",
        "checkpoint.py",
        "blocked = load * blocked / (k + load * blocked)",
        "blocked = load * blocked / (k + 1 + load * blocked)",
        STEP,
        _QUEUE + "test_erlang_c_by_hand_and_by_the_tables",
    ),
    Fault(
        "homecoming",
        "checkpoint.py",
        "return lanes * blocked / (lanes - load * (1.0 - blocked))",
        "return lanes * blocked / (lanes - load * (1.0 + blocked))",
        SIGN,
        _QUEUE + "test_erlang_c_by_hand_and_by_the_tables",
    ),
    Fault(
        "homecoming",
        "homecoming.py",
        "if night_c < band_c[b]:",
        "if night_c > band_c[b]:",
        SIGN,
        _HOME + "test_the_cold_of_a_night",
    ),
    Fault(
        "homecoming",
        "homecoming.py",
        "math.sqrt(-2.0 * math.log(u)) * math.cos",
        "math.sqrt(-math.log(u)) * math.cos",
        FACTOR,
        _HOME + "test_cold_deaths_have_their_mean_and_come_with_the_season",
    ),
    # recurrence: closed forms, the renewal equation, thinning
    Fault(
        "recurrence",
        "recurrence.py",
        "return escaped + standing * under_arms",
        "return escaped - standing * under_arms",
        SIGN,
        _AGAIN + "test_who_can_come_back",
    ),
    Fault(
        "recurrence",
        "recurrence.py",
        "left -= luck.exponential(1.0 / (omega * to_come), u)",
        "left -= luck.exponential(2.0 / (omega * to_come), u)",
        FACTOR,
        _CLOSED,
    ),
    Fault(
        "recurrence",
        "recurrence.py",
        "to_come += luck.poisson(theta, v) - 1",
        "to_come -= 1",
        MISSING,
        _CLOSED,
    ),
    Fault(
        "recurrence",
        "recurrence.py",
        "day += luck.exponential(1.0 / mu, u)",
        "day += luck.exponential(2.0 / mu, u)",
        FACTOR,
        _CLOSED,
    ),
    # a shadow: with everything taken over it is the other doctrine's campaign
    Fault(
        "why: a shadow",
        "shadow.py",
        "s.units[i].strength = d.units[i].strength",
        "s.units[i].strength = s.units[i].strength",
        MISSING,
        _ALL,
    ),
    Fault(
        "why: a shadow",
        "shadow.py",
        "d.now[state.CARRIED_AT] == t - 1 else 0.0",
        "d.now[state.CARRIED_AT] == t else 0.0",
        STEP,
        _ALL,
    ),
    Fault(
        "why: a shadow",
        "shadow.py",
        "for k in (state.STOCK, state.FED, state.DRY, state.SUPPLY_DAYS):",
        "for k in (state.STOCK, state.DRY, state.SUPPLY_DAYS):",
        MISSING,
        _ALL,
    ),
    Fault(
        "why: a shadow",
        "shadow.py",
        "stands and awake != orders.PAUSE and awake != orders.HOLD",
        "stands and awake != orders.PAUSE",
        MISSING,
        _ALL,
    ),
    Fault(
        "why: a shadow",
        "shadow.py",
        "d.places[p].hindered = contact.suppression(pressure, plan.front.pressure_half)",
        "d.places[p].hindered = contact.suppression(2.0 * pressure, plan.front.pressure_half)",
        FACTOR,
        _ALL,
    ),
    Fault(
        "why: a shadow",
        "shadow.py",
        "units, fed = s.units, s.now[state.FED]",
        "units, fed = s.units, d.now[state.FED]",
        SWAP,
        _ALL,
    ),
    Fault(
        "why: a shadow",
        "shadow.py",
        "s.now[state.DUE] = t + 1",
        "s.now[state.DUE] = t + 2",
        STEP,
        _ALL,
    ),
    Fault(
        "why: a shadow",
        "shadow.py",
        "u[i].fights, v[i].fights = v[i].fights, u[i].fights",
        "u[i].fights, v[i].fights = u[i].fights, v[i].fights",
        MISSING,
        _ALL,
    ),
)
