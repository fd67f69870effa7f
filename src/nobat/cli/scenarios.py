"""`nobat scenarios`, `nobat schema` and `nobat new`: what there is, and a file to start from."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from nobat.cli.options import Json
from nobat.cli.output import DONE, FAILED, WRONG, Mistake, emit, fail, show, tell
from nobat.show.language import _, joined, latin, named


def scenarios(*, json: Json = False) -> int:
    """List the scenarios that come with nobat."""
    from nobat import load, load_crews, shipped

    found = [load(name) for name in shipped()]
    crews = [load_crews(name) for name in shipped("crews")]
    if json:
        rows = [
            {"name": s.name, "title": s.title, "kind": "campaign", "doctrines": list(s.doctrines)}
            for s in found
        ]
        rows += [
            {"name": c.name, "title": c.title, "kind": "crews", "posts": list(c.posts)}
            for c in crews
        ]
        emit({"scenarios": rows})
        return DONE
    for scenario in found:
        names = joined(map(latin, scenario.doctrines))
        what = _("doctrines: {names}").format(names=names)
        _entry(scenario.name, scenario.title, what)
    for each in crews:
        what = _("crews: {names}").format(names=joined(map(latin, each.crews)))
        _entry(each.name, each.title, what)
    return DONE


def _entry(name: str, title: str, what: str) -> None:
    """One scenario of the list."""
    from rich.padding import Padding
    from rich.text import Text

    below = (Padding(text, (0, 0, 0, 2)) for text in (Text(named(title)), Text(what, style="dim")))
    show(Text(latin(name), style="bold"), *below)


def schema(
    *,
    kind: Annotated[
        Literal["campaign", "crews"],
        Parameter(help="Of which kind of scenario: campaign, or crews for posts kept in turns."),
    ] = "campaign",
    json: Json = False,
) -> int:
    """Print the JSON Schema of scenario files, for an editor's completion and checks.

    It is one JSON object with --json or without.
    """
    from nobat import schema as scenario_schema

    del json  # the answer is JSON either way
    emit(scenario_schema(kind))
    return DONE


def new(
    file: Annotated[Path, Parameter(help="Where to write it; the scenario is named after it.")],
    /,
    *,
    from_: Annotated[
        str | None,
        Parameter(
            name="--from",
            metavar="SCENARIO",
            help="A shipped scenario to copy (default: a commented start).",
        ),
    ] = None,
    json: Json = False,
) -> int:
    """Write a scenario file to start from; a file that is there already is left alone."""
    from nobat.scenario import starter

    # A name is in letters that every file system has; where a file's name has none, a plain one.
    name = re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-") or "my-scenario"
    text = starter(name, from_)
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        return fail([Mistake(f"{file} is there already: choose another name")], WRONG, json)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return fail([Mistake(f"{file} cannot be written: {reason}")], FAILED, json)
    if json:
        emit({"file": str(file), "name": name, "from": from_})
    else:
        word = shlex.quote(str(file))
        text = _("{file} is written. `nobat check {word}` checks it, `nobat run {word}` runs it.")
        tell(text.format(file=latin(str(file)), word=word))
    return DONE
