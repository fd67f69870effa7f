"""An axis of a map's chart: where its values lie, and the boxes that the ground is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nobat.show import map_words
from nobat.show.language import _, latin
from nobat.study.map_result import middles

if TYPE_CHECKING:
    from nobat.study.map_grid import Axis

#: Boxes a side of the coloured ground: fine enough that its steps do not show beside the line.
BOXES = 72


class ChartAxis:
    """An axis as a chart has it.

    A number over a range has an axis of numbers. One whose values are listed has a band for each,
    all as wide, with its value beside the middle: nothing is said of what lies between them. Band
    i goes from 2 i to 2 i + 2 along an axis of categories, whose middles alone have names.

    middles, edges: of the boxes, in the chart's own numbers. listed: whether it has bands.
    """

    def __init__(self, axis: Axis) -> None:
        self._axis = axis
        self.listed = axis.listed
        count = len(middles(axis, BOXES))
        if axis.listed:
            self.middles: list[float] = [2 * i + 1 for i in range(count)]
            self.edges: list[float] = [2 * i for i in range(count + 1)]
        else:
            self.middles = [self._number(part) for part in middles(axis, BOXES)]
            self.edges = [self._number(i / count) for i in range(count + 1)]

    def at(self, value: float) -> float:
        """Where a value lies."""
        axis = self._axis
        return 2 * axis.values.index(value) + 1 if axis.listed else float(f"{value:.6g}")

    def option(self, gap: int) -> dict[str, Any]:
        """The axis with its path and unit beside its middle. gap: how far from it, px."""
        axis = self._axis
        own = map_words.unit(axis).strip()
        name = latin(axis.path)
        if own:
            name = _("{number}, {unit}").format(number=name, unit=own)
        named = {"name": name, "nameLocation": "middle"}
        found: dict[str, Any] = {**named, "nameGap": gap}
        if axis.listed:
            values = [["", map_words.plain(value)] for value in axis.values]
            return found | {
                "type": "category",
                "data": [*(name for pair in values for name in pair), ""],
                "boundaryGap": False,
                "axisTick": {"show": False},
                "axisLabel": {"interval": 0},
            }
        found |= {"type": "value", "min": self.edges[0], "max": self.edges[-1]}
        if axis.factor.kind is not None and axis.factor.kind.whole:
            found["minInterval"] = 1
        return found

    def _number(self, part: float) -> float:
        """The value so far along the axis, without the digits that arithmetic leaves behind."""
        return float(f"{self._axis.low + part * (self._axis.high - self._axis.low):.6g}")
