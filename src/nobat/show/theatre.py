"""Where a scenario's places lie and what joins them, as tables for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from nobat.scenario import Scenario
from nobat.scenario.routes import Route, distance_km
from nobat.show.language import _, joined, latin, marked, named, parts
from nobat.show.layout import Grid, indented


def positions(scenario: Scenario) -> list[dict[str, Any]]:
    """Every place that has a position, with the status and the sources of it."""
    return [
        {"place": name, "title": place.title, "kind": place.kind, "held_by": place.held_by}
        | place.position.model_dump(mode="json")
        for name, place in scenario.places.items()
        if place.position is not None
    ]


def ways(scenario: Scenario) -> list[dict[str, Any]]:
    """Every route with its length, and how that is known: as written, or measured."""
    return [
        {
            "route": name,
            "title": route.title or name,
            "between": list(route.between),
            "side": route.side,
            "km": round(distance_km(scenario, route), 1),
            "known": _known(route),
        }
        for name, route in scenario.routes.items()
    ]


def _known(route: Route) -> str:
    """The basis of a length, or that it is the geodesic times the winding."""
    return marked("geodesic x winding") if route.km is None else route.km.basis


def theatre(scenario: Scenario) -> RenderableType:
    """Positions and routes, for people; nothing where a scenario has neither."""
    shown: list[RenderableType] = []
    if found := positions(scenario):
        rows = [
            (
                latin(one["place"]), _(one["kind"]), latin(f"{one['lat']:.5g}, {one['lon']:.5g}"),
                _(one["status"]),
                parts(filter(None, (joined(map(latin, one["source"])), named(one["note"])))),
            )
            for one in found
        ]  # fmt: skip
        heads = (_("place"), _("kind"), _("lat, lon"), _("status"), _("why"))
        shown += [Text(_("Positions"), style="bold"), _grid(heads, rows), Text()]
    if routes := ways(scenario):
        lines = [
            (latin(one["route"]), " - ".join(map(latin, one["between"])), f"{one['km']:,.1f}",
             _(one["side"]), _(one["known"]))
            for one in routes
        ]  # fmt: skip
        heads = (_("route"), _("between"), _("km"), _("used by"), _("length"))
        shown += [Text(_("Routes"), style="bold"), _grid(heads, lines), Text()]
    return Group(*shown)


def _grid(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> RenderableType:
    """Rows under dim headings, indented."""
    grid = Grid.grid(padding=(0, 2, 0, 0))
    for _head in heads:
        grid.add_column(overflow="fold")
    grid.add_row(*(Text(head, style="dim") for head in heads))
    for row in rows:
        grid.add_row(*map(Text, row))
    return indented(grid, 2)
