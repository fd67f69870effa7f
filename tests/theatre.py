"""A theatre of places and routes around a city, for tests; what is fought over is small."""

from __future__ import annotations

from pathlib import Path

from nobat.scenario import Scenario, load

FILE = Path(__file__).with_suffix(".yaml")


def theatre(values: dict[str, object] | None = None) -> Scenario:
    """The scenario of `theatre.yaml`, with values set at their paths."""
    return load(FILE, values)
