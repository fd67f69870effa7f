"""Numbers for people."""

from __future__ import annotations

import pytest

from nobat.show import numbers
from nobat.study.estimates import Estimate


def estimate(mean: float | None, half: float | None, n: int = 9) -> Estimate:
    if mean is None or half is None:
        return Estimate(mean, None, None, n, "mean")
    return Estimate(mean, mean - half, mean + half, n, "mean")


@pytest.mark.parametrize(
    ("halves", "places"),
    [([11.0], 0), ([1.0], 0), ([0.9], 1), ([0.03], 2), ([0.0004], 3), ([12.0, 0.2], 1), ([0.0], 0)],
)
def test_decimals_follow_the_narrowest_interval(halves: list[float], places: int) -> None:
    assert numbers.decimals(halves) == places


def test_a_mean_with_half_of_its_interval() -> None:
    assert numbers.mean_text(estimate(1812.4, 11.2), 0) == "1,812 ± 11"
    assert numbers.mean_text(estimate(1812.4, None), 0) == "1,812"
    assert numbers.mean_text(estimate(None, None, 0), 2) == "-"
    assert numbers.mean_text(estimate(-0.001, 0.2), 1) == "0.0 ± 0.2"


def test_a_column_of_means_has_one_number_of_decimals() -> None:
    assert numbers.places_for([estimate(5, 0.2), estimate(7, 3), estimate(None, None)]) == 1
    assert numbers.places_for([estimate(5, None), estimate(7, 0)]) == 0
    assert numbers.places_for([estimate(5.5, None)]) == 1
    assert numbers.places_for([]) == 0


def test_a_share_with_its_interval() -> None:
    share = Estimate(0.713, 0.704, 0.722, 100, "share")
    assert numbers.share_text(share) == "71.3 % [70.4, 72.2]"
    assert numbers.share_text(share, "\n") == "71.3 %\n[70.4, 72.2]"
    assert numbers.share_text(Estimate(None, None, None, 0, "share")) == "-"
    assert numbers.share_text(Estimate(0.0, 0.0, 0.0004, 10_000, "share")) == "0.00 % [0.00, 0.04]"
    assert numbers.share_text(Estimate(0.99999, 0.99996, 1.0, 10**6, "share")).startswith(
        "99.999 %"
    )
    assert numbers.share_text(Estimate(0.9996, 0.9989, 0.9999, 9, "share")).startswith("99.96 %")
    assert numbers.share_text(Estimate(1.0, 0.9996, 1.0, 10_000, "share")) == (
        "100.00 % [99.96, 100.00]"
    )


@pytest.mark.parametrize(
    ("chance", "text"),
    [
        (1.0, "100.0 %"), (0.9999, "over 99.9 %"), (0.9995, "over 99.9 %"), (0.999, "99.9 %"),
        (0.5, "50.0 %"), (0.0004, "under 0.1 %"), (0.0, "0.0 %"),
    ],
)  # fmt: skip
def test_a_chance_shows_as_sure_only_where_it_is(chance: float, text: str) -> None:
    assert numbers.chance_text(chance) == text
