"""Military symbols for maps: by a numeric code (SIDC), drawn beforehand by milsymbol.

A code has the 20 digits of MIL-STD-2525D and APP-6D: version, identity, symbol set, status,
echelon, entity and modifiers. `docs/symbols.mjs` draws those that maps need; the drawings and
milsymbol's licence lie in `static/milsymbol`. The attacker is drawn as the friend and the defender
as the hostile side, because a study is made from the side whose doctrines it compares: blue
rectangles and red diamonds, told apart without colour too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from nobat.scenario.theatre import Holder, PlaceKind

_IDENTITY: dict[str, str] = {"attacker": "3", "defender": "6", "nobody": "4"}
_INSTALLATION, _LAND_UNIT = "20", "10"
#: Entities of installations: storage, military base, dwelling, military, government site, bridge,
#: displaced persons' tents.
_PLACES: dict[str, str] = {
    "rear": "112000",
    "base": "120802",
    "village": "112300",
    "strongpoint": "110000",
    "city": "120600",
    "crossing": "110701",
    "refuge": "111900",
}
_INFANTRY = "121100"
#: Echelons by the persons up to which a body of troops is shown as one: platoon, company,
#: battalion, regiment, brigade, division above. The usual strengths; a convention.
_ECHELONS = ((60, "14"), (250, "15"), (1_000, "16"), (2_500, "17"), (6_000, "18"))
_DIVISION = "21"


class UnknownSymbolError(KeyError):
    """A code that no drawing was made for."""

    def __init__(self, sidc: str) -> None:
        super().__init__(f"{sidc} is no code of a symbol that is drawn here (docs/symbols.mjs)")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A drawing: box (x, y, width, height) around it; drawn: SVG, its middle at (100, 100)."""

    sidc: str
    box: tuple[float, float, float, float]
    drawn: str

    #: Where the middle of every frame lies.
    MIDDLE = 100.0


def place_code(kind: PlaceKind, holder: Holder) -> str:
    """The code of a place in the hands of a side."""
    return _code(holder, _INSTALLATION, "00", _PLACES[kind])


def troops_code(side: str, persons: float) -> str:
    """The code of so many persons of a side: infantry, in the echelon that fits their number."""
    echelon = next((code for most, code in _ECHELONS if persons <= most), _DIVISION)
    return _code(side, _LAND_UNIT, echelon, _INFANTRY)


def _code(holder: str, symbol_set: str, echelon: str, entity: str) -> str:
    return f"130{_IDENTITY[holder]}{symbol_set}00{echelon}{entity}0000"


def symbol(sidc: str) -> Symbol:
    """The drawing of a code. Raises UnknownSymbolError (a KeyError) where there is none."""
    found = _drawings().get(sidc)
    if found is None:
        raise UnknownSymbolError(sidc)
    x, y, width, height = found["box"]
    return Symbol(sidc, (x, y, width, height), found["drawn"])


@cache
def _drawings() -> dict[str, dict[str, Any]]:
    """All drawings by code."""
    text = (files("nobat.show") / "static" / "milsymbol" / "symbols.json").read_text("utf-8")
    found: dict[str, dict[str, Any]] = json.loads(text)["symbols"]
    return found
