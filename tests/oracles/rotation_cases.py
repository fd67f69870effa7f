"""The rotation's cases: what an independent simulator says, and what nobat says.

Each case holds one row of a reference file against the public call, with the settings that the
files do not show (a readiness window as long as the tour in the steady state and the required
units, none for the recovery file and the `hold` surges, and so on).
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import nobat
from nobat.model.duty import OPERATING, REST
from tests.reference import folder

Row = Mapping[str, str]


@dataclass(frozen=True)
class Case:
    """One row: the figures that the file has and those that nobat finds, by name."""

    file: str
    row: Row
    expected: Mapping[str, float]
    found: Mapping[str, float]

    @property
    def difference(self) -> float:
        """The largest difference of any figure."""
        return max(abs(self.expected[name] - self.found[name]) for name in self.expected)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the rotation files, comment lines left out."""
    lines = (folder() / "rotation" / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def steady_state() -> Iterator[Case]:
    """Unit-days at posts and in handover over whole cycles, after three."""
    name = "m4_steady_state_fill.csv"
    for row in rows(name):
        b, d = int(row["operate_days"]), int(row["rest_days"])
        start = 3 * (b + d)
        answer = nobat.rotation(
            units=int(row["units"]), posts=int(row["demand"]), operate_d=b, rest_d=d,
            overlap_d=int(row["overlap_days"]), readiness_window_d=b, from_d=start,
            horizon_d=start + int(row["window_days"]),
        )  # fmt: skip
        yield _unit_days(name, row, answer)


def recovery() -> Iterator[Case]:
    """The same with travel and refit after each tour, and no readiness window."""
    name = "m4_demob_surge_hold.csv"
    for row in rows(name):
        answer = nobat.rotation(
            units=int(row["units"]), posts=int(row["demand"]),
            operate_d=int(row["operate_days"]), rest_d=int(row["rest_days"]),
            overlap_d=int(row["overlap_days"]),
            recovery_d=int(row["post_operate_recovery_days"]),
            from_d=int(row["from_day"]), horizon_d=int(row["to_day"]),
        )  # fmt: skip
        yield _unit_days(name, row, answer)


def _unit_days(name: str, row: Row, answer: nobat.Rotation) -> Case:
    expected = {
        "operating_unit_days": float(row["operating_unit_days"]),
        "overlap_unit_days": float(row["overlap_unit_days"]),
        "cover": float(row["fill"]),
    }
    found = {
        "operating_unit_days": float(answer.unit_days["operating"]),
        "overlap_unit_days": float(answer.unit_days["overlap"]),
        "cover": round(answer.cover, 6),
    }
    return Case(name, row, expected, found)


def required() -> Iterator[Case]:
    """The closed form N*, and the cover around it over the whole run and over cycles 3 to 7."""
    name = "m4_required_units.csv"
    for row in rows(name):
        b, d = int(row["operate_days"]), int(row["rest_days"])
        cycle = b + d
        columns = {"fill_whole_run_8_cycles": (1, 8), "fill_cycles_3_to_7": (3 * cycle, 7)}
        expected = {column: float(row[column]) for column in columns}
        found: dict[str, float] = {}
        for column, (first, cycles) in columns.items():
            answer = nobat.rotation(
                units=int(row["units_tried"]), posts=int(row["demand"]), operate_d=b, rest_d=d,
                overlap_d=int(row["overlap_days"]), readiness_window_d=b, from_d=first,
                horizon_d=cycles * cycle,
            )  # fmt: skip
            found[column] = round(answer.cover, 5)
        expected["closed_form_units"] = float(row["closed_form_units"])
        found["closed_form_units"] = float(answer.closed_form_required_units or 0)
        yield Case(name, row, expected, found)


def trace() -> Iterator[Case]:
    """Three units, one post: who begins a tour on which day, after how many days of rest."""
    name = "m4_three_unit_trace.csv"
    answer = nobat.rotation(
        units=3, posts=1, operate_d=365, rest_d=730, overlap_d=30, from_d=1, horizon_d=4000
    )
    spells = answer.record.spells
    tours = spells[spells[:, 1] == OPERATING]
    for row, tour in zip(rows(name), tours[tours[:, 2].argsort()], strict=False):
        unit, _, begins = tour[:3]
        earlier = (spells[:, 0] == unit) & (spells[:, 1] == REST) & (spells[:, 2] < begins)
        rested_from = spells[earlier, 2].max()
        expected = {
            "unit": float(row["unit"]) - 1,
            "day": float(row["operate_starts_day"]),
            "rest_days_before": float(row["rest_days_before"]),
        }
        found = {"unit": unit, "day": begins, "rest_days_before": begins - rested_from}
        yield Case(name, row, expected, {key: float(value) for key, value in found.items()})


def surge() -> Iterator[Case]:
    """What surges borrowed, what they cost and when, with the rest that was missed forgiven."""
    name = "m4_surge_debt.csv"
    for row in rows(name):
        yield Case(name, row, _debt_of(row), _debt(surge_answer(row)))


def surge_answer(row: Row, *, forgive_rest: bool = True) -> nobat.Rotation:
    """A row of the surge file. In some rows the policy never calls a unit from rest."""
    hold = row["post_policy"] == "hold"
    b, d = int(row["operate_days"]), int(row["rest_days"])
    called = row["post_policy"] != "no_surge_policy_window"
    start, days = int(row["surge_start_day"]), int(row["surge_days"])
    return nobat.rotation(
        units=int(row["units"]), posts=int(row["base_demand"]), operate_d=b, rest_d=d,
        readiness_window_d=None if hold else b, stagger_d=1095 if hold else None,
        surge_start_d=start if called else None, surge_days=days if called else None,
        surge_extra=int(row["surge_extra_units"]) if called else None,
        from_d=1, horizon_d=int(row["horizon_day"]), forgive_rest=forgive_rest,
    )  # fmt: skip


def _debt_of(row: Row) -> dict[str, float]:
    found = {
        "extra_unit_days": float(row["surge_extra_unit_days_delivered"]),
        "deficit_unit_days": float(row["post_deficit_unit_days"]),
    }
    if row["first_gap_starts_days_after_surge"]:
        found["gap_starts_after_d"] = float(row["first_gap_starts_days_after_surge"])
        found["gap_days"] = float(row["first_gap_days"])
        found["gap_posts"] = float(row["first_gap_units_missing"])
        found["gaps"] = float(row["n_gaps"])
    return found


def _debt(answer: nobat.Rotation) -> dict[str, float]:
    bill = answer.surge
    if bill is None:
        return {"extra_unit_days": 0.0, "deficit_unit_days": 0.0}
    start = bill.gap_starts_after_d
    return {
        "extra_unit_days": float(bill.extra_unit_days),
        "deficit_unit_days": float(bill.deficit_unit_days),
        "gap_starts_after_d": -1.0 if start is None else float(start),
        "gap_days": float(bill.gap_days),
        "gap_posts": float(bill.gap_posts),
        "gaps": float(bill.gaps),
    }


#: Every file with the cases that it holds.
FILES: dict[str, Callable[[], Iterator[Case]]] = {
    "m4_steady_state_fill.csv": steady_state,
    "m4_required_units.csv": required,
    "m4_demob_surge_hold.csv": recovery,
    "m4_three_unit_trace.csv": trace,
    "m4_surge_debt.csv": surge,
}
