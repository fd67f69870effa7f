from __future__ import annotations

import json
import math

import numpy as np
import pytest

from nobat.scenario import ScenarioError
from nobat.theory import breach as theory
from nobat.theory.breach import constant
from nobat.theory.breach_question import Report, report
from nobat.theory.breach_simulated import sample_of
from tests.statistics import family, z_mean, z_share


def test_an_exact_report() -> None:
    found = report(layers=7, breach_rate=1, rebuild_rate="0.3").to_json()
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["mean_time"] == pytest.approx(9.387889)
    assert found["p_never_rebuilt"] == pytest.approx(0.207176, rel=1e-5)
    assert found["standard_deviation"] == pytest.approx(math.sqrt(found["variance"]))
    assert found["mean_rebuilt"] == pytest.approx(2.387889)
    assert found["breach_rates"] == [1.0] * 7
    assert found["rebuild_rates"] == [0.3] * 6
    assert list(found["quantiles"]) == ["0.05", "0.25", "0.5", "0.75", "0.95"]
    assert found["method"] == "exact"
    assert "standard_error" not in found


@pytest.mark.parametrize(
    "given", ["1, 2,0.5", [1, 2, 0.5], ("1", "2", "0.5"), np.array([1, 2, 0.5])]
)
def test_rates_layer_by_layer(given: object) -> None:
    found = report(layers="3", breach_rate=given, rebuild_rate="0.25,0")
    assert found.layers == theory.Layers((1.0, 2.0, 0.5), (0.25, 0.0))


def test_a_simulation_stands_beside_the_exact_figures() -> None:
    found = report(
        layers=4, breach_rate=1, rebuild_rate=0.5, method="simulate", replications=20_000, seed=5
    ).to_json()
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    exact = found["exact"]
    zs = [
        (found["mean_time"] - exact["mean_time"]) / found["standard_error"],
        (found["p_never_rebuilt"] - exact["p_never_rebuilt"]) / found["p_standard_error"],
    ]
    family(zs)
    assert found["standard_error"] == pytest.approx(found["standard_deviation"] / 20_000**0.5)
    assert (found["replications"], found["seed"], found["method"]) == (20_000, 5, "simulate")


def test_text_is_as_good_as_numbers() -> None:
    found = report(
        layers="2", breach_rate="1", rebuild_rate="1", method="simulate", replications="50",
        seed="7",
    ).to_json()  # fmt: skip
    numbers = report(
        layers=2, breach_rate=1, rebuild_rate=1, method="simulate", replications=50, seed=7
    )
    assert found == numbers.to_json()
    assert found["seed"] == 7


def test_one_replication_has_no_standard_error() -> None:
    found = report(layers=2, breach_rate=1, rebuild_rate=0, method="simulate", replications=1)
    assert found.to_json()["standard_error"] is None
    assert found.sample is not None
    assert found.sample.p_never_rebuilt == 1.0


def test_simulations_of_other_rates_agree_too() -> None:
    layers = theory.Layers((0.5, 3.0, 1.0, 0.2), (0.1, 2.0, 0.3))
    sample, law = sample_of(layers, 40_000, 11), Report(layers)
    zs = [
        z_mean(sample.times, theory.mean_time(layers)),
        z_mean(sample.rebuilt, theory.mean_rebuilt(layers)),
        z_share(int((sample.rebuilt == 0).sum()), 40_000, theory.p_never_rebuilt(layers)),
    ]
    for share, time in law.quantiles.items():
        assert time is not None
        zs.append(z_share(int((sample.times <= time).sum()), 40_000, share))
    family(zs)
    # The variance of a sample variance, by its own fourth moment.
    spread = (sample.times - sample.times.mean()) ** 2
    assert abs(z_mean(spread, theory.variance(layers))) < 4.5


def test_a_replication_depends_on_its_own_number_alone() -> None:
    few, many = sample_of(constant(5, 1.0, 0.4), 10, 3), sample_of(constant(5, 1.0, 0.4), 500, 3)
    assert np.array_equal(few.times, many.times[:10])
    assert np.array_equal(few.rebuilt, many.rebuilt[:10])
    other = sample_of(constant(5, 1.0, 0.4), 10, 4)
    assert not np.array_equal(few.times, other.times)


def test_null_stands_for_what_is_beyond_floating_point() -> None:
    found = report(layers=200, breach_rate=1e-3, rebuild_rate=1e5).to_json()
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["mean_time"] is None
    assert found["p_never_rebuilt"] is None
    assert found["variance"] is None
    assert set(found["quantiles"].values()) == {None}
    assert found["log10_mean_time"] == pytest.approx(3 + 199 * 8, rel=1e-6)
    assert found["log10_p_never_rebuilt"] == pytest.approx(-199 * 8, rel=1e-6)


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(ScenarioError) as raised:
        report(layers=2.5, breach_rate="1,0", rebuild_rate=-1, method="exactly", seed=-1)
    assert [str(problem) for problem in raised.value.problems] == [
        "layers: 2.5 is not a number of layers: a whole number from 1 to 200",
        "breach_rate: '0' is not a rate of breaches: above 0 a day",
        "rebuild_rate: -1 is not a rate of rebuilding: 0 or more a day",
        "method: 'exactly' is not a method; did you mean exact? (methods: exact, simulate)",
        "seed: -1 is not a whole number, 0 or more",
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"breach_rate": "1,2"}, "breach_rate: 2 rates for 3 layers: one for all, or 3, one"),
        (
            {"rebuild_rate": "1,2,3"},
            "3 rates for 3 layers: one for all, or 2, one for each layer but the last",
        ),
        ({"layers": 201}, "layers: 201 is not a number of layers: a whole number from 1 to 200"),
        ({"layers": None}, "layers: is missing: layers to get through"),
        ({"breach_rate": []}, "breach_rate: 0 rates for 3 layers"),
        ({"breach_rate": True}, "breach_rate: true is not a rate of breaches"),
        ({"breach_rate": "1e-12"}, "breach_rate: '1e-12' is too little"),
        ({"rebuild_rate": "inf"}, "rebuild_rate: 'inf' is not a rate of rebuilding"),
        ({"seed": "1.5"}, "seed: '1.5' is not a whole number, 0 or more"),
        ({"seed": True}, "seed: true is not a whole number, 0 or more"),
        ({"seed": 2**63}, "is not allowed here: 9,223,372,036,854,775,807 at most"),
        ({"replications": 0}, "replications: 0 is not a whole number, 1 or more"),
        ({"replications": 10**8}, "100000000 is not allowed here: 10,000,000 at most"),
    ],
)  # fmt: skip
def test_what_does_not_fit(given: dict[str, object], said: str) -> None:
    numbers: dict[str, object] = {"layers": 3, "breach_rate": 1, "rebuild_rate": 0.3}
    with pytest.raises(ScenarioError) as raised:
        report(**(numbers | given))  # type: ignore[arg-type]
    assert said in str(raised.value)


def test_a_simulation_that_would_not_end_is_refused() -> None:
    with pytest.raises(ScenarioError, match=r"2.5e19 events each are too many to simulate"):
        report(layers=20, breach_rate=1, rebuild_rate=10, method="simulate")
