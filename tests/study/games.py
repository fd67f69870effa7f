"""Made-up games whose answer is known, in the place of the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nobat.scenario import Scenario
from nobat.study import map as maps
from nobat.study.factors import Factor
from nobat.study.map import decision_map
from nobat.study.map_result import DecisionMap
from tests.small import small

Floats = NDArray[np.float64]
#: A doctrine's mean at a place of the map, both axes from 0 to 1.
Law = Callable[[float, float], float]

#: The axes of a made-up map: 200 to 800 persons across, 0.02 to 0.2 up.
X, Y = "contact.frontage", "attrition.attacker_rate"
OVER = (f"{X}=200:800", f"{Y}=0.02:0.2")


def played(monkeypatch: pytest.MonkeyPatch, *laws: Law, over: Sequence[str] = OVER, **words: Any
           ) -> DecisionMap:  # fmt: skip
    """The map of a game in which doctrine i secures the place with the chance laws[i](x, y).

    Each doctrine has luck of its own, the same at every point.
    """
    names = list(small().doctrines)[: len(laws)]
    given: dict[str, Any] = {"replications": 400, "doctrines": names, **words}
    luck = np.random.default_rng(5).random((len(laws), given["replications"]))

    def known(
        scenario: Scenario, factors: Sequence[Factor], points: Iterable[tuple[float, float]],
        doctrines: Sequence[str], outcomes: Sequence[str], **_: object,
    ) -> Iterator[tuple[int, Floats]]:  # fmt: skip
        for number, (x, y) in enumerate(points):
            u, v = (x - 200) / 600, (y - 0.02) / 0.18
            chances = np.array([law(u, v) for law in laws])[:, None]
            yield number, (luck < chances).astype(np.float64)[:, None]

    monkeypatch.setattr(maps, "evaluate", known)
    return decision_map(small(), *over, **given)


def diagonal(monkeypatch: pytest.MonkeyPatch, **words: Any) -> DecisionMap:
    """Rotating is better below the diagonal of the map, committing everyone above it."""
    return played(monkeypatch, lambda u, _: 0.3 + 0.4 * u, lambda _, v: 0.3 + 0.4 * v, **words)


def one_colour(monkeypatch: pytest.MonkeyPatch, **words: Any) -> DecisionMap:
    """Committing everyone is better everywhere, least so where both numbers are high."""
    return played(monkeypatch, lambda u, v: 0.2 + 0.1 * u * v, lambda _u, _v: 0.6, **words)
