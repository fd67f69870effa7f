"""Faults in who does what when: rotation, orders, control, and the skeleton of layers."""

from __future__ import annotations

from tests.faults.fault import FACTOR, MISSING, SHAPE, SIGN, STEP, SWAP, Fault

_TURNS = "tests/oracles/test_turns_by_hand.py::"
_HAND = "tests/oracles/test_by_hand.py::"
_PLAIN = "tests/model/test_mechanisms.py::"
_CHAIN = "tests/model/test_breach.py::"

_THREE = _TURNS + "test_three_units_with_an_overlap"
_SURGE = _TURNS + "test_a_surge_is_repaid"
_REPAID = _TURNS + "test_each_step_in_reserve_repays_one"
_WINDOW = _TURNS + "test_a_reserve_unused_for_its_window_starts_over"
_COMMITTED = _TURNS + "test_everyone_committed_owes_the_rest"
_HOLD = _HAND + "test_the_hold_lasts_as_long_as_it_says"
_RULES = _PLAIN + "test_the_last_rule_that_is_true_wins_and_falls_back"
_SIMULATED = _CHAIN + "test_replications_by_hand"

FAULTS = (
    # rotation, posts, duty: schedules by hand, both ways of stepping
    Fault("rotation", "rotation.py", "t - u[i].began >= p.tour - p.overlap:",
          "t - u[i].began > p.tour - p.overlap:", STEP, _THREE),
    Fault("rotation", "rotation.py", "!= REST or t < u[i].rested_from + u[i].rest_due:",
          "!= REST or t <= u[i].rested_from + u[i].rest_due:", STEP, _THREE),
    Fault("rotation", "rotation.py",
          "return t >= u[i].rested_from + p.recovery + p.rest + p.window",
          "return t > u[i].rested_from + p.recovery + p.rest + p.window", STEP, _WINDOW),
    Fault("rotation", "rotation.py", "limit = 1 if p.handover == SEQUENTIAL else",
          "limit = 1 if p.handover != SEQUENTIAL else", SWAP,
          _TURNS + "test_how_many_posts_hand_over_at_once"),
    Fault("rotation", "rotation.py", "if p.on_tour_over and t - u[i].began >= p.tour:",
          "if p.on_tour_over and t - u[i].began >= 2 * p.tour:", FACTOR, _COMMITTED),
    Fault("rotation", "rotation.py", "if done:\n", "if done and False:\n", MISSING,
          _TURNS + "test_an_operation_that_is_done_moves_all_on"),
    Fault("posts", "posts.py", "missing = u[i].rested_from + u[i].rest_due - t",
          "missing = u[i].rested_from + u[i].rest_due + t", SIGN, _SURGE),
    Fault("posts", "posts.py", "and u[i].rested_from < best_r", "and u[i].rested_from > best_r",
          SIGN, _TURNS + "test_who_is_dispatched_next"),
    Fault("posts", "posts.py", "key = -u[i].strength", "key = u[i].strength", SIGN,
          _TURNS + "test_who_is_dispatched_next"),
    Fault("posts", "posts.py", "u[i].began = t - u[i].age", "u[i].began = t", MISSING,
          _TURNS + "test_a_pause_calls_everyone_back"),
    Fault("posts", "posts.py", "u[i].handover_until = t + p.overlap if relieves else 0",
          "u[i].handover_until = t + p.overlap + 1 if relieves else 0", STEP,
          _TURNS + "test_a_relief_counts_as_handing_over"),
    Fault("posts", "posts.py", "if extra == 0 and t < u[i].gap_until:",
          "if extra == 0 and t <= u[i].gap_until:", STEP, _TURNS + "test_two_units_with_a_gap"),
    Fault("duty", "duty.py", "return max(0, u[i].debt - (t - u[i].in_reserve_from))",
          "return max(0, u[i].debt - 2 * (t - u[i].in_reserve_from))", FACTOR, _REPAID),
    Fault("duty", "duty.py", "u[i].rest_due = p.recovery + p.rest + bill",
          "u[i].rest_due = p.recovery + p.rest - bill", SIGN, _SURGE),
    Fault("duty", "duty.py", "else u[i].debt + p.recovery + p.rest",
          "else u[i].debt + p.recovery + 2 * p.rest", FACTOR, _COMMITTED),
    Fault("duty", "duty.py", "start_at(u, p, i, -((i * p.stagger) // n))",
          "start_at(u, p, i, (i * p.stagger) // n)", SIGN, _THREE),
    Fault("duty", "duty.py", "u[i].gap_until = t + p.gap", "u[i].gap_until = t + p.gap + 1", STEP,
          _TURNS + "test_two_units_with_a_gap"),
    Fault("crews", "crews.py", "max(t + 1, u[i].began + p.tour - p.overlap), False)",
          "max(t + 1, u[i].began + p.tour - p.overlap + 1), False)", STEP, _THREE),
    Fault("crews", "crews.py", "d.closing[j, min(t + p.gap, d.closing.shape[1] - 1)] += 1",
          "d.closing[j, min(t + p.gap + 1, d.closing.shape[1] - 1)] += 1", STEP,
          _TURNS + "test_two_units_with_a_gap"),
    Fault("crews", "roster.py", "if heap[start + above] <= rank:",
          "if heap[start + above] >= rank:", SIGN,
          _TURNS + "test_a_queue_gives_the_smallest_first"),
    # orders: rules by hand
    Fault("orders", "orders.py", "return value >= number", "return value > number", STEP, _RULES),
    Fault("orders", "orders.py", "latched[r] = rules.latch[r]", "latched[r] = False", MISSING,
          _PLAIN + "test_a_latched_rule_stays_and_posts_are_ruled_apart"),
    Fault("orders", "orders.py", "posture = rules.posture[r]", "posture = rules.posture[0]", SHAPE,
          _RULES),
    Fault("orders", "command.py", "extra = u.size if committed else 0", "extra = 0", MISSING,
          _HAND + "test_who_holds_against_a_counter_attack"),
    # control: how long a core must be held
    Fault("control", "control.py",
          "return taken(d, p) and t - d.places[p].carried_at >= plan.hold[p]",
          "return taken(d, p) and t - d.places[p].carried_at > plan.hold[p]", STEP, _HOLD),
    Fault("control", "control.py", "row[ledger.DAY_SECURED] = t * plan.step_d",
          "row[ledger.DAY_SECURED] = (t - 1) * plan.step_d", STEP, _HOLD),
    Fault("control", "control.py", "ledger.date_core(core, t * plan.step_d, row)",
          "ledger.date_core(core, 2.0 * t * plan.step_d, row)", FACTOR,
          _HAND + "test_the_layers_break_one_after_the_other_and_the_core_is_held"),
    # the skeleton, event by event: the same in plain Python
    Fault("through the layers", "breach.py", "days -= math.log(w) / rate",
          "days -= math.log(w) / breach[carried]", SHAPE, _SIMULATED),
    Fault("through the layers", "breach.py", "back += 1", "back += 2", FACTOR, _SIMULATED),
    Fault("through the layers", "breach.py", "while carried < breach.size:",
          "while carried < breach.size - 1:", STEP, _SIMULATED),
)  # fmt: skip
