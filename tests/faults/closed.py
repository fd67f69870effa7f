"""Faults in what is known exactly (theory/), in distances, and in the way home."""

from __future__ import annotations

from tests.faults.fault import FACTOR, MISSING, SHAPE, SIGN, STEP, SWAP, UNIT, Fault

_DUEL = "tests/oracles/test_duel.py::"
_LOOKING = "tests/theory/test_duel_exact.py::test_forward_and_backward_agree"
_TWO_FORMS = "tests/theory/test_duel_decoupled.py::test_two_exact_forms_agree_within_the_bound"
_ONE_DUEL = _DUEL + "test_one_duel_of_each_law"
_BREACH = "tests/theory/test_breach.py::"
_FUSED = "tests/theory/test_fusion.py::"
_QUEUE = "tests/oracles/test_checkpoint.py::"
_LAW = "tests/oracles/test_recurrence.py::"
_RENEWAL = _LAW + "test_the_closed_forms_solve_the_renewal_equation"
_FAMILIES = _LAW + "test_the_law_of_the_number_is_that_of_the_generating_function"
_TURNS = "tests/theory/test_rotation.py::"
_HOME = "tests/model/test_homecoming.py::"
_DETECTED = _QUEUE + "test_the_detection_figures_of_the_model"

FAULTS = (
    # duel, exactly: tables in the test itself, fractions, the other form
    Fault(
        "duels, exactly",
        "theory/duel_exact.py",
        "hold = 1.0 / (on_x + on_y)",
        "hold = 1.0 / (on_x + 2.0 * on_y)",
        FACTOR,
        _ONE_DUEL,
    ),
    Fault(
        "duels, exactly",
        "theory/duel_exact.py",
        "back=duel.defender_rate * _powers(duel.defenders, law.p2)",
        "back=duel.defender_rate * _powers(duel.defenders, law.q2)",
        SWAP,
        _DUEL + "test_mixed_exponents_in_fractions",
    ),
    Fault(
        "duels, exactly",
        "theory/duel_exact.py",
        "self.square.append(2.0 * float(",
        "self.square.append(float(",
        FACTOR,
        _LOOKING,
    ),
    Fault(
        "duels, exactly",
        "theory/duel_exact.py",
        "found[1:] = np.arange(1.0, found.size) ** exponent",
        "found[1:] = np.arange(found.size - 1.0) ** exponent",
        STEP,
        _ONE_DUEL,
    ),
    Fault(
        "duels, exactly",
        "theory/duel_decoupled.py",
        "damped = np.log1p(means[None, :] / (a *",
        "damped = np.log1p(-means[None, :] / (a *",
        SIGN,
        _TWO_FORMS,
    ),
    Fault(
        "duels, exactly",
        "theory/duel_decoupled.py",
        "p = float(betainc(theirs, ours, a / (a + b)))",
        "p = float(betainc(ours, theirs, a / (a + b)))",
        SWAP,
        _TWO_FORMS,
    ),
    # breach, exactly: the double sum, the linear equations
    Fault(
        "breach, exactly",
        "theory/breach.py",
        "before, e = e, (1 + r * e) / l",
        "before, e = e, (1 - r * e) / l",
        SIGN,
        _BREACH + "test_constant_rates_are_the_double_sum",
    ),
    Fault(
        "breach, exactly",
        "theory/breach.py",
        "v = 1 / (l * (l + r)) + r / l * v",
        "v = 1 / (l * l) + r / l * v",
        MISSING,
        _BREACH + "test_moments_solve_the_linear_equations",
    ),
    Fault(
        "breach, exactly",
        "theory/breach.py",
        "return (0.0, *self.rebuild)",
        "return (*self.rebuild, 0.0)",
        STEP,
        _BREACH + "test_constant_rates_are_the_double_sum",
    ),
    # fusion: Bayes by hand
    Fault(
        "fusion of reports",
        "theory/fusion.py",
        "return found if yes else -found",
        "return found",
        SIGN,
        _FUSED + "test_one_report_by_hand",
    ),
    Fault(
        "fusion of reports",
        "theory/fusion.py",
        "unknowing = (1.0 - r) * UNINFORMED",
        "unknowing = 1.0 - r",
        FACTOR,
        _FUSED + "test_one_report_by_hand",
    ),
    Fault(
        "fusion of reports",
        "theory/fusion.py",
        "1.0 / (1.0 + (sizes[group] - 1) * rho)",
        "1.0 / (1.0 + sizes[group] * rho)",
        STEP,
        _FUSED + "test_reports_that_hang_together_by_hand",
    ),
    Fault(
        "fusion of reports",
        "theory/fusion.py",
        "return math.log(p) - math.log1p(-p)",
        "return math.log(p)",
        MISSING,
        _FUSED + "test_conflicting_reports_by_hand",
    ),
    # the checkpoint: Erlang C in fractions, screening by hand, the average by integration
    Fault(
        "checkpoint, exactly",
        "theory/checkpoint.py",
        "wait = waits * minutes / (lanes - load)",
        "wait = waits * minutes / (lanes + 1 - load)",
        STEP,
        _QUEUE + "test_the_steady_queue_is_that_of_the_balance_equations",
    ),
    Fault(
        "checkpoint, exactly",
        "theory/checkpoint.py",
        "wrong = (1.0 - infiltrator_share) * (1.0 - specificity)",
        "wrong = (1.0 - infiltrator_share) * specificity",
        SIGN,
        _DETECTED,
    ),
    Fault(
        "checkpoint, exactly",
        "theory/checkpoint.py",
        "missed_per_1000=1000.0 * infiltrator_share * (1.0 - sensitivity)",
        "missed_per_1000=1000.0 * (1.0 - sensitivity)",
        MISSING,
        _DETECTED,
    ),
    Fault(
        "checkpoint, exactly",
        "theory/checkpoint.py",
        "z, power = _NORMAL.inv_cdf(false_stop_share), minutes / tau",
        "z, power = _NORMAL.inv_cdf(false_stop_share), tau / minutes",
        SWAP,
        _QUEUE + "test_sensitivity_is_the_average_over_exponential_times",
    ),
    # recurrence: the renewal equation, the law by draws
    Fault(
        "recurrence, exactly",
        "theory/recurrence.py",
        "return 1.0 / (1.0 - self.theta)",
        "return 1.0 / (1.0 + self.theta)",
        SIGN,
        _RENEWAL,
    ),
    Fault(
        "recurrence, exactly",
        "theory/recurrence.py",
        "FIGHTERS = 30.44, 100.0",
        "FIGHTERS = 365.25, 100.0",
        UNIT,
        _LAW + "test_the_model_and_the_theory_are_written_twice_and_agree",
    ),
    Fault(
        "recurrence, exactly",
        "theory/recurrence.py",
        "own = left**2 + 2.0 * theta * left * grown.missed",
        "own = left**2 + theta * left * grown.missed",
        FACTOR,
        _RENEWAL,
    ),
    Fault(
        "recurrence, exactly",
        "theory/recurrence.py",
        "return math.exp(-process.root_rate * days)",
        "return math.exp(-process.root_rate * process.family_size * days)",
        SHAPE,
        _FAMILIES,
    ),
    # rotation, in closed form: by hand
    Fault(
        "rotation, in closed form",
        "theory/rotation.py",
        "return self.tour + self.gap if self.gap else self.tour - self.overlap",
        "return self.tour + self.gap if self.gap else self.tour + self.overlap",
        SIGN,
        _TURNS + "test_required_units_with_an_overlap",
    ),
    Fault(
        "rotation, in closed form",
        "theory/rotation.py",
        "return self.tour + self.rest + self.recovery",
        "return self.tour + self.rest",
        MISSING,
        "tests/oracles/test_rotation_forms.py::test_cover_and_days_by_duty",
    ),
    Fault(
        "rotation, in closed form",
        "theory/rotation.py",
        "need = -(-turns.posts * turns.cycle // turns.counted)",
        "need = -(-turns.posts * turns.cycle // turns.counted) - 1",
        STEP,
        _TURNS + "test_required_units_with_an_overlap",
    ),
    # distances: the figures of the record, and of the ellipsoid
    Fault(
        "distances",
        "scenario/routes.py",
        "return geodesic_km(one, other) * winding",
        "return geodesic_km(one, other) / winding",
        SIGN,
        "tests/scenario/test_routes.py::test_a_route_is_as_long_as_it_says_or_the_straight_line_times_winding",
    ),
    Fault(
        "distances",
        "scenario/routes.py",
        'Geod(ellps="WGS84")',
        'Geod(ellps="sphere")',
        SHAPE,
        "tests/scenario/test_routes.py::test_the_poles_and_the_quadrant",
    ),
    Fault(
        "distances",
        "scenario/routes.py",
        "float(metres) / 1000.0",
        "float(metres) / 1609.344",
        UNIT,
        "tests/scenario/test_routes.py::test_the_poles_and_the_quadrant",
    ),
    # the way home: what else its tests hold against something
    Fault(
        "homecoming",
        "homecoming.py",
        "row[MISSED] += infiltrators - caught",
        "row[MISSED] += caught",
        SIGN,
        _HOME + "test_missed_caught_and_stopped_are_those_of_the_closed_form",
    ),
    Fault(
        "homecoming",
        "homecoming.py",
        "return waiting - came + stopped, queued",
        "return waiting - came, queued",
        MISSING,
        _HOME + "test_nobody_is_lost_on_any_night",
    ),
    Fault(
        "homecoming",
        "homecoming.py",
        "row[RETURNED] += checked - infiltrators - stopped",
        "row[RETURNED] += checked - stopped",
        MISSING,
        _HOME + "test_nobody_is_lost_on_any_night",
    ),
    Fault(
        "homecoming",
        "homecoming.py",
        "return shelter * (1.0 - mined * mines_left)",
        "return shelter * (1.0 - mined) * mines_left",
        SHAPE,
        _HOME + "test_without_hindrance_the_return_is_the_closed_form",
    ),
)
