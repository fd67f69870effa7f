"""What editions share is kept once, and each finds its own words again."""

from __future__ import annotations

from typing import Any

import pytest

from nobat.show.report.weave import GAP, woven
from tests.show.report.runs import filled

_ONE = {"name": "day", "data": [1, 2, None], "more": [{"a": "x", "b": [0.5]}, "same"]}
_OTHER = {"name": "روز", "data": [1, 2, None], "more": [{"a": "y", "b": [0.5]}, "same"]}


def test_what_is_the_same_is_kept_once() -> None:
    common, words = woven([_ONE, _OTHER])
    assert common == {
        "name": {GAP: 0},
        "data": [1, 2, None],
        "more": [{"a": {GAP: 1}, "b": [0.5]}, "same"],
    }
    assert words == [["day", "x"], ["روز", "y"]]


@pytest.mark.parametrize(
    "values",
    [
        [_ONE, _OTHER],
        [_ONE],
        [{"a": 1}, {"b": 1}],
        [[1, 2], [1]],
        [{"a": [1]}, {"a": {"b": 1}}],
        ["x", "y", "z"],
        [None, "y"],
    ],
)
def test_every_edition_is_found_again(values: list[Any]) -> None:
    common, words = woven(values)
    assert [filled(common, its) for its in words] == values
