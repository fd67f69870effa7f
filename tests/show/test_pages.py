"""Values along a number, in the fewest decimals that tell them apart."""

from __future__ import annotations

import pytest

from nobat.show.pages import value_texts


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([2, 2.5, 3], ["2.0", "2.5", "3.0"]),
        ([-0.5, 0.25], ["-0.50", "0.25"]),
        ([1000.0, 1500.0], ["1,000", "1,500"]),
        ([0, 4 / 3, 8 / 3], ["0.0", "1.3", "2.7"]),
        ([0.5, 0.71875, 0.9375], ["0.50", "0.72", "0.94"]),
        ([0.0176, 0.0352], ["0.018", "0.035"]),
        ([1e-9, 3e-9], ["0.000000001", "0.000000003"]),
        ([3], ["3"]),
        ([0.0], ["0"]),
    ],
)
def test_values_have_the_same_decimals(values: list[float], texts: list[str]) -> None:
    assert value_texts(values) == texts
