"""The words that the page's scripts say: they know none of their own."""

from __future__ import annotations

from nobat.show.language import _, language


def for_scripts() -> dict[str, str | dict[str, str]]:
    """Every text of the scripts by name, and how numbers look in this language."""
    spoken = language()
    return {
        "copied": _("Copied"),
        "copy": _("Copy"),
        "not_copied": _("Could not copy"),
        "play": _("Play"),
        "pause": _("Pause"),
        "theme": _("Colours: {theme}"),
        "theme_auto": _("as the system"),
        "theme_light": _("light"),
        "theme_dark": _("dark"),
        "rows": _("{n} of {total} rows"),
        "sorted": _("Sorted by {column}"),
        "unsorted": _("In the first order again"),
        "held": _("{n} of {total} held"),
        "taken": _("taken"),
        "cut_off": _("cut off"),
        "joined": _("not cut off"),
        "core": _("core"),
        "layer": _("layer {n}"),
        "attacker": _("attacker"),
        "defender": _("defender"),
        "layer_state": _("{layer}, {holder}: {persons} persons, works {works} %, order {order} %"),
        "stage": _("stage {n} of {total}"),
        "units": _("{n} units"),
        "which": _("Replication {n}: {why}."),
        "secured": _("secured"),
        "abandoned": _("given up"),
        "undecided": _("undecided"),
        "clock": _("day {day}, {time}"),
        "percent": _("{number} %"),
        "under": _("under 0.1 %"),
        "over": _("over 99.9 %"),
        "digits": {
            "zero_to_nine": spoken.digits,
            "point": spoken.point,
            "comma": spoken.comma,
            "percent": spoken.percent,
        },
    }
