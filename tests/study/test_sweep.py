"""A sweep: its rows are those of any run, its tables, what it says, Ctrl-C."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest

from nobat.engine import sweep_manifest
from nobat.engine.cpu import simulate
from nobat.engine.manifest import RunError
from nobat.engine.plan import build
from nobat.engine.runner import Progress
from nobat.model.outcome import OUTCOMES, index
from nobat.scenario import Scenario, ScenarioError
from nobat.study.estimates import mean, paired_difference, share_of
from nobat.study.sweep import SweepInterrupted, open_sweep, resume_sweep, sweep
from nobat.study.swept import Sweep
from tests.engine.test_store import contents
from tests.small import small

OVER = ["contact.frontage", "rotation.turns.posts=1:3"]
OVER_PATHS = ["contact.frontage", "rotation.turns.posts"]
DOCTRINES = ("rotate", "commit-all", "wait")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    folder = tmp_path_factory.mktemp("made") / "sweep"
    return sweep(small(), OVER, points=8, replications=40, keep_replications=True, out=folder)


def rows_at(found: Sweep, point: int, doctrine: str) -> np.ndarray:
    """The outcomes of a point as any run gives them."""
    paths = [factor.path for factor in found.factors]
    values = dict(zip(paths, found.design.points[point], strict=True))
    return simulate(build(small().with_values(values), doctrine), 1, 0, 40)


def test_every_estimate_is_that_of_the_points_own_run(found: Sweep) -> None:
    table = found.points().collect()
    assert table["point"].to_list() == [k for k in range(8) for _ in DOCTRINES]
    assert table["doctrine"].to_list() == list(DOCTRINES) * 8
    for row in table.iter_rows(named=True):
        rows = rows_at(found, row["point"], row["doctrine"])
        assert row["contact.frontage"] == found.design.points[row["point"]][0]
        assert row["n"] == 40
        secured = share_of(rows[:, index("secured")])
        assert (row["p_secured"], row["p_secured_low"]) == (secured.mean, secured.low)
        day = mean(rows[:, index("day_secured")])
        assert (row["day_secured_if_secured"], row["day_secured_if_secured_n"]) == (day.mean, day.n)
        losses = mean(rows[:, index("attacker_losses")])
        assert (row["attacker_losses"], row["attacker_losses_high"]) == (losses.mean, losses.high)
        ended = rows[:, index("secured")] + rows[:, index("abandoned")]
        assert row["p_undecided"] == (1 - ended).mean()


def test_replications_are_those_of_the_points_own_run(found: Sweep) -> None:
    table = found.replications().filter(pl.col("point") == 5).collect()
    for doctrine in DOCTRINES:
        rows = rows_at(found, 5, doctrine)
        own = table.filter(pl.col("doctrine") == doctrine)
        for outcome in OUTCOMES:
            kept = own[outcome.name].cast(pl.Float64).fill_null(float("nan")).to_numpy()
            np.testing.assert_array_equal(kept, rows[:, index(outcome.name)])


def test_behind_is_the_paired_lead_of_the_best(found: Sweep) -> None:
    table = found.points().collect()
    for point in range(8):
        secured = {d: rows_at(found, point, d)[:, index("secured")] for d in DOCTRINES}
        best = max(DOCTRINES, key=lambda d: secured[d].mean())
        for row in table.filter(pl.col("point") == point).iter_rows(named=True):
            gap = paired_difference(secured[best], secured[row["doctrine"]])
            assert (row["behind"], row["behind_low"], row["behind_high"]) == (
                gap.mean, gap.low, gap.high,
            )  # fmt: skip


def test_the_summary_counts_points(found: Sweep) -> None:
    table = found.points().collect()
    rows = table.group_by("point").agg(pl.col("behind"), pl.col("behind_low")).sort("point")
    alone = sum(list(row).count(0.0) == 1 for row in rows["behind"])
    assert sum(one.best_at or 0 for one in found.summary) == alone
    assert found.level_at == 8 - alone
    assert all((one.surely_best_at or 0) <= (one.best_at or 0) for one in found.summary)
    commit = found.summary[1]
    column = table.filter(pl.col("doctrine") == "commit-all")["p_secured"]
    spread = commit.spreads["p_secured"]
    assert (spread.low, spread.median, spread.high) == (
        column.min(), column.median(), column.max(),
    )  # fmt: skip
    assert found.summary[2].spreads["day_secured_if_secured"].high is None


def test_duckdb_sees_the_same_tables(found: Sweep) -> None:
    with found.duckdb() as db:
        rows = db.execute(
            'SELECT doctrine, count(*), avg("contact.frontage") FROM points GROUP BY 1 ORDER BY 1'
        ).fetchall()
        assert [row[:2] for row in rows] == [("commit-all", 8), ("rotate", 8), ("wait", 8)]
        (count,) = db.execute("SELECT count(*) FROM replications").fetchall()[0]
    assert count == 8 * 3 * 40


def test_a_sweep_that_is_opened_again_is_the_same(found: Sweep) -> None:
    again = open_sweep(found.path)
    assert again.factors == found.factors
    assert again.design.points == found.design.points
    assert again.scenario == found.scenario
    assert again.to_json() == found.to_json()
    assert str(again.table()) == str(found.table())
    at = again.scenario_at(3)
    assert at.contact.frontage.value == found.design.points[3][0]


def test_nothing_is_run_again(found: Sweep) -> None:
    told: list[Progress] = []
    before = {path: path.stat().st_mtime_ns for path in found.path.rglob("*")}
    sweep(
        small(), OVER, points=8, replications=40, keep_replications=True, out=found.path,
        progress=told.append,
    )  # fmt: skip
    assert [progress.stage for progress in told] == ["done"]
    assert told[0].kept == told[0].total == 8 * 3 * 40
    assert {path: path.stat().st_mtime_ns for path in found.path.rglob("*")} == before


def test_one_replication_and_one_doctrine_have_no_lead(tmp_path: Path) -> None:
    single = sweep(small(), OVER, points=4, replications=1, out=tmp_path / "a")
    assert all(one.surely_best_at == 0 for one in single.summary)
    alone = sweep(small(), OVER, points=4, replications=9, doctrines="wait", out=tmp_path / "b")
    assert alone.summary[0].best_at is None
    assert alone.level_at is None
    assert alone.to_json()["doctrines"][0]["surely_best_at"] is None


def pressed_after(points: int) -> Callable[[Progress], None]:
    """Press Ctrl-C once so many points are done."""

    def report(progress: Progress) -> None:
        if progress.stage == "running" and progress.done >= points * 60:
            raise KeyboardInterrupt

    return report


def test_ctrl_c_keeps_whole_files_and_the_same_call_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep_manifest, "_MOST_POINTS", 2)

    def asked(folder: str, progress: Callable[[Progress], None] | None = None) -> Sweep:
        return sweep(
            small(), OVER, points=8, replications=20, out=tmp_path / folder, progress=progress,
            jobs=1,
        )  # fmt: skip

    whole = asked("whole")
    with pytest.raises(SweepInterrupted) as stop:
        asked("stopped", pressed_after(0))
    assert len(stop.value.sweep) == 0
    where = tmp_path / "stopped"
    assert str(stop.value) == f"stopped before a point was done: none is kept in {where}"
    with pytest.raises(RunError, match="no point is complete yet"):
        stop.value.sweep.points()
    with pytest.raises(SweepInterrupted) as stop:
        asked("stopped", pressed_after(5))
    assert len(stop.value.sweep) == 4
    assert str(stop.value) == (
        f"stopped: 4 of 8 points are kept in {where}; 1 point that was done will be run again"
    )
    assert stop.value.sweep.to_json()["stopped"] is True
    told: list[Progress] = []
    assert len(resume_sweep(tmp_path / "stopped", progress=told.append)) == 8
    assert told[0].kept == 4 * 60
    assert contents(tmp_path / "stopped") == contents(whole.path)


def test_a_file_that_was_not_full_is_told(tmp_path: Path) -> None:
    """Two points were done, in a file of eight."""
    with pytest.raises(SweepInterrupted) as stop:
        sweep(
            small(), OVER, points=8, replications=20, out=tmp_path / "a", jobs=1,
            progress=pressed_after(2),
        )  # fmt: skip
    assert str(stop.value) == (
        f"stopped before a file of points was full: none is kept in {tmp_path / 'a'}; 2 points "
        "that were done will be run again"
    )


@pytest.mark.parametrize("point", [8, -1, 3.0, True, "3", None])
def test_a_point_that_is_not_there(found: Sweep, point: object) -> None:
    with pytest.raises(ScenarioError, match="is not a point: a whole number from 0 to 7"):
        found.scenario_at(point)  # type: ignore[arg-type]


def test_a_point_by_any_whole_number(found: Sweep) -> None:
    assert found.scenario_at(np.int64(7)) == found.scenario_at(7)


def test_replications_that_were_not_kept_are_told_by_duckdb_too(tmp_path: Path) -> None:
    bare = sweep(small(), OVER, points=2, replications=2, out=tmp_path / "it's bare")
    with bare.duckdb() as db:
        assert db.sql("SELECT count(*) FROM points").fetchall() == [(6,)]
        for query in ("SELECT count(*) FROM replications", "SELECT a FROM replications WHERE 1=0"):
            with pytest.raises(duckdb.Error, match="has its points only: replications are kept wi"):
                db.sql(query)


def test_a_design_may_be_a_table(found: Sweep, tmp_path: Path) -> None:
    """The points of a sweep, taken from its own table, give its estimates again."""
    wanted = found.points().filter(pl.col("doctrine") == "wait").select(*(
        factor.path for factor in found.factors
    )).collect()  # fmt: skip
    same = sweep(small(), design=wanted, replications=40, out=tmp_path / "same")
    assert same.design.kind == "listed"
    own, other = (one.points().collect().drop("n") for one in (found, same))
    assert own.equals(other)


def test_the_names_of_the_columns_are_those_of_the_guide(found: Sweep) -> None:
    names = found.points().collect_schema().names()
    assert names[:5] == ["point", "doctrine", *OVER_PATHS, "n"]
    assert names[-3:] == ["behind", "behind_low", "behind_high"]
    assert names[5:8] == ["p_secured", "p_secured_low", "p_secured_high"]
    counted = {name.removesuffix("_n") for name in names if name.endswith("_n")}
    # Shares and counts that always exist are over all `n` replications.
    assert counted >= {name for name in names if "_if_" in name and name + "_low" in names}
    assert "rest_debt_unit_days" in counted
    assert not counted & {"p_secured", "attacker_losses", "layers_lost_again"}
    kept = found.replications().collect_schema().names()
    assert kept[:6] == ["point", "doctrine", *OVER_PATHS, "replication", "secured"]
    assert "day_secured" in kept


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"replications": 0}, "replications: 0 is not a count"),
        ({"seed": -1}, "seed: -1 is not a seed"),
        ({"jobs": 0}, "jobs: 0 is not a number of threads"),
        ({"doctrines": ["rotat"]}, "did you mean rotate"),
        ({"doctrines": []}, "doctrine: none is given"),
        ({"over": []}, "over: nothing is varied"),
        ({"over": "nothing"}, "nothing: no such field"),
        ({"design": "sobl"}, "did you mean sobol"),
        ({"points": 1}, "points: 1 is not allowed"),
        ({"replications": 200_000}, "replications: 200,000 are too many at each point: "),
        ({"over": ["rotation.turns.posts=5:9"], "design": "grid"}, "9 posts are more than the 6"),
    ],
)
def test_what_is_not_allowed_is_told_before_anything_is_written(
    tmp_path: Path, asked: dict[str, object], said: str
) -> None:
    given: dict[str, object] = {"over": OVER, "points": None} | asked
    with pytest.raises(ScenarioError, match=said):
        sweep(small(), out=tmp_path / "sweep", **given)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_only_a_scenario_is_swept() -> None:
    with pytest.raises(TypeError, match=r"sweep takes a Scenario: nobat\.load\('small'\)"):
        sweep("small", OVER)  # type: ignore[arg-type]


@pytest.mark.parametrize("design", [[(300,)], {"contact.frontage": [1]}, pl.LazyFrame(), 5, None])
def test_a_design_of_another_kind_is_told_what_is_allowed(design: object) -> None:
    with pytest.raises(TypeError, match=r"'grid', a CSV file or a polars DataFrame .* not a "):
        sweep(small(), OVER, design=design)  # type: ignore[arg-type]


def test_it_lies_where_its_name_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = sweep(small(), OVER, points=2, replications=2)
    (folder,) = (tmp_path / "sweeps").iterdir()
    assert made.path == Path("sweeps", folder.name)
    assert folder.name.startswith("small-")
    scenario: Scenario = made.scenario
    assert scenario.run.replications == 2
    assert repr(made) == (
        f"<Sweep {made.path}: 2 points (sobol) over contact.frontage, rotation.turns.posts>"
    )
