"""Layers in their three ways of writing, and what a changed count does to them."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from nobat.scenario.theatre import MOST_LAYERS, Layer, Layers


def garrisons(given: Any) -> list[float]:
    return [layer.garrison.value for layer in Layers.model_validate(given).expanded()]


LIST = [{"garrison": 1}, {"garrison": 2}, {"garrison": 3}]


def test_a_list_counts_itself() -> None:
    assert garrisons(LIST) == [1, 2, 3]
    assert garrisons(tuple(LIST)) == [1, 2, 3]
    assert Layers.model_validate(LIST).count.value == 3


def test_a_larger_count_repeats_the_last_and_a_smaller_one_takes_the_first() -> None:
    assert garrisons({"count": 5, "stack": LIST}) == [1, 2, 3, 3, 3]
    assert garrisons({"count": 2, "stack": LIST}) == [1, 2]


def test_one_pattern_for_all() -> None:
    assert garrisons({"count": 3, "layer": {"garrison": 7}}) == [7, 7, 7]


def test_no_layers_leave_only_the_core() -> None:
    assert garrisons([]) == []
    assert garrisons({"count": 0, "layer": {"garrison": 7}}) == []


def test_layers_without_a_pattern_are_refused() -> None:
    with pytest.raises(ValidationError, match="give at least one layer, or count 0"):
        Layers.model_validate({"count": 1, "stack": []})
    with pytest.raises(ValidationError, match="layer and stack cannot both be given"):
        Layers.model_validate({"count": 1, "stack": LIST, "layer": LIST[0]})


def test_there_is_an_end_to_layers() -> None:
    assert len(garrisons({"count": MOST_LAYERS, "stack": LIST})) == MOST_LAYERS
    with pytest.raises(ValidationError, match="201 is not a count: a whole number, 0 to 200"):
        Layers.model_validate({"count": 201, "stack": LIST})
    with pytest.raises(ValidationError, match="201 layers are too many: up to 200"):
        Layers.model_validate(LIST[:1] * 201)


def test_a_layer_starts_with_whole_works_and_full_order() -> None:
    layer = Layer.model_validate({"garrison": 1})
    assert (layer.works.value, layer.order.value) == (1, 1)
