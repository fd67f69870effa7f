"""A small campaign for tests of what is around the model: quick, and it can go either way."""

from __future__ import annotations

from pathlib import Path

from nobat.scenario import Scenario, load

FILE = Path(__file__).with_suffix(".yaml")


def small(**run: object) -> Scenario:
    """The scenario of `small.yaml`, with other values for its `run`."""
    return load(FILE, {f"run.{name}": value for name, value in run.items()})


WHOLE = FILE.with_name("whole.yaml")


def whole(**run: object) -> Scenario:
    """The scenario of `whole.yaml`, which has every mechanism, with other values for its `run`."""
    return load(WHOLE, {f"run.{name}": value for name, value in run.items()})
