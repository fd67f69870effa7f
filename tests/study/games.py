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

#: The mean day on which a doctrine secures it, None for never.
Days = Callable[[float, float], float | None]

#: The axes of a made-up map: 200 to 800 persons across, 0.02 to 0.2 up.
X, Y = "contact.frontage", "attrition.attacker_rate"
OVER = (f"{X}=200:800", f"{Y}=0.02:0.2")


def played(monkeypatch: pytest.MonkeyPatch, *laws: Law, over: Sequence[str] = OVER, **words: Any
           ) -> DecisionMap:  # fmt: skip
    """The map of a game in which doctrine i secures the place with the chance laws[i](x, y).

    Each doctrine has luck of its own, the same at every point.
    """

    def chance(i: int, u: float, v: float, luck: Floats) -> Floats:
        return (luck < laws[i](u, v)).astype(np.float64)

    return _known(monkeypatch, len(laws), chance, over, words)


def dated(monkeypatch: pytest.MonkeyPatch, *laws: Days, over: Sequence[str] = OVER, **words: Any
          ) -> DecisionMap:  # fmt: skip
    """The map of a game in which doctrine i secures the place on a day around laws[i](x, y)."""

    def day(i: int, u: float, v: float, luck: Floats) -> Floats:
        mean = laws[i](u, v)
        return np.full(luck.shape, np.nan) if mean is None else mean + 4 * luck - 2

    return _known(monkeypatch, len(laws), day, over, {"outcome": "day_secured", **words})


def _known(
    monkeypatch: pytest.MonkeyPatch, count: int, row: Callable[[int, float, float, Floats], Floats],
    over: Sequence[str], words: dict[str, Any],
) -> DecisionMap:  # fmt: skip
    """The map of a game whose rows are made up: of the first doctrines, from their luck."""
    names = list(small().doctrines)[:count]
    given: dict[str, Any] = {"replications": 400, "doctrines": names, **words}
    luck = np.random.default_rng(5).random((count, given["replications"]))

    def known(
        scenario: Scenario, factors: Sequence[Factor], points: Iterable[tuple[float, float]],
        doctrines: Sequence[str], outcomes: Sequence[str], **_: object,
    ) -> Iterator[tuple[int, Floats]]:  # fmt: skip
        for number, (x, y) in enumerate(points):
            u, v = (x - 200) / 600, (y - 0.02) / 0.18
            yield number, np.array([row(i, u, v, luck[i]) for i in range(count)])[:, None]

    monkeypatch.setattr(maps, "evaluate", known)
    return decision_map(small(), *over, **given)


def diagonal(monkeypatch: pytest.MonkeyPatch, **words: Any) -> DecisionMap:
    """Rotating is better below the diagonal of the map, committing everyone above it."""
    return played(monkeypatch, lambda u, _: 0.3 + 0.4 * u, lambda _, v: 0.3 + 0.4 * v, **words)


def one_colour(monkeypatch: pytest.MonkeyPatch, **words: Any) -> DecisionMap:
    """Committing everyone is better everywhere, least so where both numbers are high."""
    return played(monkeypatch, lambda u, v: 0.2 + 0.1 * u * v, lambda _u, _v: 0.6, **words)
