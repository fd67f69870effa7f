"""Symbols: every place and side has one, and no other code is drawn."""

from __future__ import annotations

from importlib.resources import files
from itertools import product
from typing import get_args

import pytest

from nobat.scenario.theatre import Holder, PlaceKind
from nobat.show.symbols import Symbol, UnknownSymbolError, place_code, symbol, troops_code


@pytest.mark.parametrize(("kind", "holder"), list(product(get_args(PlaceKind), get_args(Holder))))
def test_every_place_has_a_symbol_in_the_frame_of_its_holder(
    kind: PlaceKind, holder: Holder
) -> None:
    found = symbol(place_code(kind, holder))
    assert len(found.sidc) == 20
    assert found.sidc.isdigit()
    colours = {"attacker": "128,224,255", "defender": "255,128,128", "nobody": "170,255,170"}
    assert f"rgb({colours[holder]})" in found.drawn
    x, y, width, height = found.box
    assert x < Symbol.MIDDLE < x + width
    assert y < Symbol.MIDDLE < y + height


@pytest.mark.parametrize("persons", [1, 100, 400, 2_000, 5_000, 50_000])
@pytest.mark.parametrize("side", ["attacker", "defender"])
def test_troops_have_a_symbol_of_their_size(side: str, persons: float) -> None:
    assert symbol(troops_code(side, persons)).drawn


def test_sizes_tell_bodies_of_troops_apart() -> None:
    codes = [troops_code("attacker", n) for n in (30, 120, 400, 2_000, 4_000, 20_000)]
    assert [code[8:10] for code in codes] == ["14", "15", "16", "17", "18", "21"]


@pytest.mark.parametrize(
    "sidc", ["", "13032000009999990000", "SFGPUCI----D---", "130320000011200000"]
)
def test_an_unknown_code_is_refused(sidc: str) -> None:
    with pytest.raises(UnknownSymbolError, match="no code of a symbol"):
        symbol(sidc)


def test_the_drawings_come_with_their_licence() -> None:
    folder = files("nobat.show") / "static" / "milsymbol"
    licence = (folder / "LICENSE").read_text(encoding="utf-8")
    assert "MIT License" in licence
    assert "Måns Beckman" in licence
