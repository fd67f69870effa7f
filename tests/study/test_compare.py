"""The comparison of doctrines, held against its own replications worked out by hand."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from nobat.engine.manifest import RunError
from nobat.engine.runner import Interrupted, Progress
from nobat.engine.store import CHUNK
from nobat.model.outcome import OUTCOMES
from nobat.scenario import ScenarioError
from nobat.study import estimates
from nobat.study.compare import MOST_REPLICATIONS, compare, of_run, open_run, resume
from nobat.study.comparison import Comparison
from nobat.study.names import MAIN, PAIRED, UnknownNameError, key
from tests.small import small

# The keys that scripts rely on.
RUN_KEYS = {"scenario", "seed", "replications", "run_dir", "doctrines", "differences", "best"}
DOCTRINE_KEYS = {
    "name",
    "p_secured",
    "day_secured_if_secured",
    "attacker_losses",
    "defender_losses",
    "layers_lost_again",
    "rest_debt_unit_days",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return compare(small(), out=tmp_path_factory.mktemp("made") / "run", jobs=2)


def test_each_outcome_has_an_estimate_by_its_own_name(made: Comparison) -> None:
    for one in made.doctrines:
        assert set(one.estimates) == {key(o.name, o.kind) for o in OUTCOMES} | {"p_undecided"}
    assert key("secured", "share") == "p_secured"
    assert key("day_secured", "number") == "day_secured_if_secured"
    assert key("handovers", "count") == "handovers"


def test_a_conditional_mean_says_so_in_its_name(made: Comparison) -> None:
    """An outcome that is missing in some replications must have a condition in its key."""
    frame = made.outcomes().collect()
    for outcome in OUTCOMES:
        if frame[outcome.name].null_count():
            assert "_if_" in key(outcome.name, outcome.kind), outcome.name


def test_estimates_are_those_of_the_replications(made: Comparison) -> None:
    frame = made.outcomes().collect()
    assert frame.height == 3 * 60
    rotate = frame.filter(pl.col("doctrine") == "rotate")
    secured = rotate["secured"]
    assert 0 < secured.sum() < 60
    assert made["rotate"]["p_secured"] == estimates.share(int(secured.sum()), 60)
    days = rotate.filter(secured)["day_secured"]
    found = made["rotate"]["day_secured_if_secured"]
    assert found.n == secured.sum()
    assert found.mean == pytest.approx(float(days.to_numpy().mean()))
    losses = rotate["attacker_losses"].to_numpy()
    found = made["rotate"]["attacker_losses"]
    half = 2.0009953 * losses.std(ddof=1) / np.sqrt(60)
    assert found.mean == pytest.approx(losses.mean())
    assert found.high == pytest.approx(losses.mean() + half)


def test_differences_are_paired_for_all_pairs_and_main_outcomes(made: Comparison) -> None:
    names = ["rotate", "commit-all", "wait"]
    assert [one.name for one in made.doctrines] == names
    pairs = [(one.a, one.b, one.outcome) for one in made.differences]
    assert pairs == [(a, b, PAIRED[o]) for a, b in combinations(names, 2) for o in MAIN]
    frame = made.outcomes().collect()
    a, b = (
        frame.filter(pl.col("doctrine") == name)["attacker_losses"].to_numpy().astype(float)
        for name in ("rotate", "commit-all")
    )
    found = made.difference("rotate", "commit-all", "attacker_losses")
    plainly = estimates.mean(a - b)
    assert found.n == plainly.n
    assert (found.mean, found.low, found.high) == pytest.approx(
        (plainly.mean, plainly.low, plainly.high), rel=1e-12
    )
    turned = made.difference("commit-all", "rotate", "attacker_losses")
    assert found.mean is not None
    assert found.high is not None
    assert (turned.mean, turned.low) == (-found.mean, -found.high)
    for name in ("secured", "day_secured"):
        assert made.difference("rotate", "wait", name) == made.difference(
            "rotate", "wait", PAIRED[name]
        )
    with pytest.raises(UnknownNameError, match=r"'wiat' is not a doctrine.*; did you mean wait\?"):
        made.difference("rotate", "wiat", "p_secured")
    with pytest.raises(KeyError, match=r"'securd' is not compared.*; did you mean secured\?"):
        made.difference("rotate", "wait", "securd")
    with pytest.raises(KeyError, match="not 'wait' twice"):
        made.difference("wait", "wait", "secured")


def test_the_best_is_the_one_that_secures_most_often(made: Comparison) -> None:
    assert made.best.doctrine == "commit-all"
    assert made.best.by == "p_secured"
    assert made.best.p_best == 1.0


def test_json_has_the_keys_that_scripts_rely_on(made: Comparison) -> None:
    found = json.loads(json.dumps(made.to_json(), allow_nan=False))
    assert set(found) >= RUN_KEYS
    assert set(found["best"]) >= {"doctrine", "by", "p_best"}
    assert found["interval"]["level"] == 0.95
    assert (found["interval"]["share"], found["interval"]["mean"]) == ("wilson", "t")
    for one in found["doctrines"]:
        assert set(one) >= DOCTRINE_KEYS
        assert set(one["p_secured"]) >= {"mean", "low", "high"}
    for difference in found["differences"]:
        assert set(difference) >= {"a", "b", "outcome", "mean", "low", "high"}
    never = next(one for one in found["doctrines"] if one["name"] == "wait")
    assert never["p_secured"]["mean"] == 0
    assert never["day_secured_if_secured"] == {"mean": None, "low": None, "high": None, "n": 0}


def test_to_polars_has_a_row_for_each_doctrine_and_outcome(made: Comparison) -> None:
    frame = made.to_polars()
    assert frame.columns == ["doctrine", "outcome", "kind", "mean", "low", "high", "n"]
    assert frame.height == 3 * (len(OUTCOMES) + 1)
    row = frame.row(
        by_predicate=(pl.col("doctrine") == "wait") & (pl.col("outcome") == "p_secured")
    )
    assert row[3] == 0.0


def test_a_comparison_is_frozen_and_says_what_it_is(made: Comparison) -> None:
    with pytest.raises(AttributeError):
        made.replications = 3  # type: ignore[misc]  # that is the point
    assert repr(made) == (
        "<Comparison small: 3 doctrines x 60 replications, seed 1; best commit-all>"
    )
    with pytest.raises(KeyError, match="doctrines: rotate, commit-all, wait"):
        made["x"]
    assert made["rotate"]["secured"] == made["rotate"]["p_secured"]
    assert made["rotate"]["day_secured"] == made["rotate"]["day_secured_if_secured"]
    with pytest.raises(UnknownNameError) as wrong:
        made["rotate"]["p_securd"]
    assert str(wrong.value).startswith("'p_securd' is not an outcome; did you mean secured? (")
    assert (made.values("rotate", "p_secured") == made.values("rotate", "secured")).all()


def test_what_is_neither_secured_nor_abandoned_is_undecided(made: Comparison) -> None:
    for one in made.doctrines:
        parts = [one[name] for name in ("secured", "abandoned", "undecided")]
        assert [part.n for part in parts] == [60] * 3
        assert sum(part.mean or 0.0 for part in parts) == pytest.approx(1)
        assert made.values(one.name, "undecided").mean() == pytest.approx(parts[2].mean)
    assert made["wait"]["p_undecided"] == estimates.share(60, 60)
    course = compare(small(), solver="mean-field")
    assert all(
        sum(one[name].mean or 0.0 for name in ("secured", "abandoned", "undecided")) == 1
        for one in course.doctrines
    )


def test_arguments_come_before_the_scenario(tmp_path: Path) -> None:
    found = compare(
        small(), doctrines=["wait", "rotate", "wait"], replications=10, seed=7, out=tmp_path / "r"
    )
    assert [one.name for one in found.doctrines] == ["wait", "rotate"]
    assert (found.replications, found.seed) == (10, 7)
    other = compare(small(), doctrines="rotate", replications=10, seed=7, out=tmp_path / "s")
    assert other["rotate"] == found["rotate"]


def test_by_default_a_run_lies_under_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = compare(small(), replications=4)
    assert found.run is not None
    assert found.run.path.parent == Path("runs")
    assert found.run.path.name == found.run.manifest.folder_name()
    assert open_run(found.run.path.name).to_json() == found.to_json()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"doctrines": ["comit-all"]}, "doctrine: 'comit-all' is not one of small; did you mean"),
        ({"doctrines": []}, "doctrine: none is given"),
        ({"replications": 0}, "replications: 0 is not a count"),
        ({"replications": 2.5}, "replications: 2.5 is not a count"),
        ({"replications": MOST_REPLICATIONS + 1}, "replications: 10,000,001 are too many"),
        ({"seed": -1}, "seed: -1 is not a seed"),
        ({"jobs": 0}, "jobs: 0 is not a number of threads"),
        ({"jobs": 1.5}, "jobs: 1.5 is not a number of threads"),
    ],
)
def test_what_is_not_allowed_is_named(
    arguments: dict[str, object], words: str, tmp_path: Path
) -> None:
    with pytest.raises(ScenarioError, match=f"^{words}"):
        compare(small(), out=tmp_path / "run", **arguments)  # type: ignore[arg-type]  # wrong
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_called_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="progress: 3 cannot be called"):
        compare(small(), out=tmp_path / "run", progress=3)  # type: ignore[arg-type]  # wrong
    assert not list(tmp_path.iterdir())


def test_a_run_is_not_resumed_with_no_threads(made: Comparison) -> None:
    assert made.run is not None
    with pytest.raises(ScenarioError, match="jobs: 0 is not a number of threads"):
        resume(made.run, jobs=0)


def test_a_name_is_not_a_scenario() -> None:
    with pytest.raises(TypeError, match=r"nobat\.load\('abu-kamal-2017'\) gives one"):
        compare("abu-kamal-2017")  # type: ignore[arg-type]  # that is the point


def test_one_replication_has_no_spread(tmp_path: Path) -> None:
    found = compare(small(), replications=1, out=tmp_path / "run")
    one = found["rotate"]["attacker_losses"]
    assert one.mean is not None
    assert (one.low, one.high) == (None, None)
    assert found["rotate"]["p_secured"].high is not None
    assert found.best.p_best is None
    assert "says nothing about chance" in found.sentence()
    json.dumps(found.to_json(), allow_nan=False)


def test_one_doctrine_alone_is_no_choice(tmp_path: Path) -> None:
    found = compare(small(), doctrines=["rotate"], out=tmp_path / "run")
    assert found.differences == ()
    assert found.best.p_best == 1.0


def test_only_replications_that_all_doctrines_have_are_compared(
    made: Comparison, tmp_path: Path
) -> None:
    asked = 2 * CHUNK + 200
    scenario = small(replications=asked)

    def press_ctrl_c(progress: Progress) -> None:
        if progress.stage == "running" and progress.done >= 4 * CHUNK:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted) as stop:
        compare(scenario, out=tmp_path / "run", jobs=1, progress=press_ctrl_c)
    partial = of_run(stop.value.run)
    assert partial.replications == CHUNK
    assert not partial.complete
    assert partial.to_json()["replications_asked"] == asked
    assert partial.outcomes().collect().height == 3 * CHUNK
    assert made.complete


def test_nothing_complete_is_said(made: Comparison, tmp_path: Path) -> None:
    made.save(tmp_path / "run")
    for chunk in (tmp_path / "run" / "outcomes" / "wait").iterdir():
        chunk.unlink()
    with pytest.raises(RunError, match="no replication is complete in every doctrine yet"):
        open_run(tmp_path / "run")


def test_a_saved_run_is_the_same_run(made: Comparison, tmp_path: Path) -> None:
    path = made.save(tmp_path / "kept")
    assert path == tmp_path / "kept"
    again = open_run(path)
    assert again.to_json() | {"run_dir": None} == made.to_json() | {"run_dir": None}
    with pytest.raises(RunError, match="there already"):
        made.save(path)


def test_the_mean_field_answers_in_the_same_shape(made: Comparison, tmp_path: Path) -> None:
    found = compare(small(), solver="mean-field")
    assert [one.name for one in found.doctrines] == [one.name for one in made.doctrines]
    for one in found.doctrines:
        assert list(one.estimates) == list(made["rotate"].estimates)
        assert all(e.low is None and e.high is None for e in one.estimates.values())
    gap = found.difference("rotate", "commit-all", "attacker_losses")
    losses = {d: found[d]["attacker_losses"].mean or 0.0 for d in ("rotate", "commit-all")}
    assert gap.mean == losses["rotate"] - losses["commit-all"]
    assert found.difference("rotate", "wait", "day_secured_if_both_secured").mean is None
    assert found.best.doctrine == "commit-all"
    assert found.best.p_best is None
    assert found.run is None
    assert found.to_polars().height == made.to_polars().height
    table = found.outcomes().collect()
    assert table.columns[1:] == [outcome.name for outcome in OUTCOMES]
    assert found.values("wait", "attacker_losses") == pytest.approx(table["attacker_losses"][2])
    assert np.isnan(found.values("wait", "day_secured")).all()
    assert repr(found) == "<Comparison small: 3 doctrines by the mean field; best commit-all>"
    assert "day 9.0" in found.sentence()
    assert "±" not in str(found.table()) + (found.table()._repr_html_() or "")
    for outcome in ("day_secured", "secured", "attacker_losses"):
        assert "95 %" not in found.plot(outcome).note
        assert "Mean field" in found.plot(outcome).note
    with pytest.raises(RunError, match="keeps no run to save"):
        found.save(tmp_path / "kept")


def test_a_solver_takes_only_what_means_something() -> None:
    with pytest.raises(ScenarioError, match="did you mean mean-field"):
        compare(small(), solver="mean-feild")
    with pytest.raises(ScenarioError) as found:
        compare(small(), solver="mean-field", replications=5, seed=1, jobs=1, out="x")
    assert [p.path for p in found.value.problems] == ["replications", "seed", "jobs", "out"]
