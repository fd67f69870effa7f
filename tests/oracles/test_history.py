"""Past battles: Helmbold's relation on 660 battles, and the exponents of the Ardennes (MODEL 6)."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from nobat.theory.history import exponents, helmbold_relation


def table(reference: Path, name: str) -> list[dict[str, str]]:
    lines = (reference / "attrition" / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def columns(rows: list[dict[str, str]], *names: str) -> list[NDArray[np.float64]]:
    return [np.array([float(row[name]) for row in rows]) for name in names]


#: Rows of the table of fits: the first and last year of their battles, None for those without a
#: date too, and whether battles that are parts of others count. (The table's row for 1600-1815
#: holds two battles of 1944 that have no date there, and is left out.)
SUBSETS = {
    "all 1600-1982": ((1600, 1982), True),
    "no duplicate rows": (None, False),
    "1816-1913 no dup": ((1816, 1913), False),
    "1914-1982 no dup": ((1914, 1982), False),
}


def within(row: dict[str, str], years: tuple[int, int] | None) -> bool:
    if years is None:
        return True
    return bool(row["start"]) and years[0] <= int(row["start"][:4]) <= years[1]


@pytest.mark.parametrize("subset", SUBSETS)
@pytest.mark.parametrize("strength", ["str", "init"])
def test_helmbolds_relation(reference: Path, subset: str, strength: str) -> None:
    (fit,) = [
        row
        for row in table(reference, "cdb90_helmbold_fits.csv")
        if (row["subset"], row["strength_column"]) == (subset, strength)
    ]
    years, duplicates = SUBSETS[subset]
    names = (f"att_{strength}", "att_cas", f"def_{strength}", "def_cas")
    battles = [
        row
        for row in table(reference, "cdb90_two_sided.csv")
        if all(row[name] for name in names)
        and within(row, years)
        and (duplicates or not row["parent"])
    ]
    x0, x_lost, y0, y_lost = columns(battles, *names)
    fit_for_it = (x_lost > 0) & (x_lost < x0) & (y_lost > 0) & (y_lost < y0)
    x0, x_lost, y0, y_lost = (each[fit_for_it] for each in (x0, x_lost, y0, y_lost))
    found = helmbold_relation(x0, x0 - x_lost, y0, y0 - y_lost)
    assert found.n == int(fit["n"])
    got = found.slope, found.slope_error, found.intercept, found.r2
    told = ("helm_slope", "helm_slope_se", "helm_intercept", "helm_R2")
    assert got == pytest.approx([float(fit[name]) for name in told], abs=1e-6)
    if (subset, strength) == ("all 1600-1982", "str"):
        assert (round(found.slope, 3), round(found.slope_error, 3)) == (1.349, 0.072)


def test_the_exponents_of_the_ardennes(reference: Path) -> None:
    days = table(reference, "ardennes_weighted_forces.csv")
    fits = [
        row
        for row in table(reference, "ardennes_reference_fits.csv")
        if row["sortie_weight"] == "0"
    ]
    assert len(fits) == 12
    for fit in fits:
        chosen = [
            row for row in days if int(fit["day_from"]) <= int(row["day"]) <= int(fit["day_to"])
        ]
        kind = fit["forces"].removeprefix("reformatted_")
        what = "reformatted" if fit["forces"].startswith("reformatted") else "force"
        found = exponents(
            *columns(chosen, f"us_{kind}_{what}", f"us_{kind}_loss", f"ge_{kind}_{what}",
                     f"ge_{kind}_loss")
        )  # fmt: skip
        # There a is the rate at which the first side falls, b here.
        told = [float(fit[name]) for name in ("p", "q", "b", "a")]
        assert tuple(found) == pytest.approx(told, rel=1e-8), fit
