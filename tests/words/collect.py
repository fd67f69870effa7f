"""Every text that people may be shown: marked in the code, or kept as data where it belongs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import get_args

from babel.messages.catalog import Catalog
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from nobat.model.outcome import OUTCOMES
from nobat.scenario import Crews, Scenario, load, load_crews, quantities, shipped
from nobat.scenario.doctrine import OBSERVABLES
from nobat.scenario.quantity import Basis
from nobat.scenario.routes import Route
from nobat.scenario.theatre import Holder, PlaceKind, Position
from nobat.show.audit_deciders import about
from nobat.theory.fusion import WORDS

SOURCE = Path(__file__).resolve().parents[2] / "src" / "nobat"
#: The functions that mark a text, and which of their arguments are texts.
KEYWORDS = {"_": (0,), "marked": (0,), "n_": (0, 1), "many": (1, 2)}
#: The packages that speak to people; those below them have no language.
SPEAKING = ("show", "cli")


def template() -> Catalog:
    """The texts, without translations, in the order of the files."""
    found = Catalog(project="nobat", charset="utf-8", fuzzy=False)
    for path in (path for package in SPEAKING for path in sorted((SOURCE / package).rglob("*.py"))):
        where = path.relative_to(SOURCE).as_posix()
        for texts in marked_in(path.read_text(encoding="utf-8")):
            found.add(texts if len(texts) > 1 else texts[0], locations=[(where, 0)])
    for path in sorted(SOURCE.rglob("templates/*.html")):
        for text in said_in(path.read_text(encoding="utf-8")):
            found.add(text, locations=[(path.relative_to(SOURCE).as_posix(), 0)])
    for place, text in (*_of_the_model(), *_of_the_library()):
        if text and text not in found:
            found.add(text, locations=[(place, 0)])
    return found


def marked_in(code: str) -> Iterator[tuple[str, ...]]:
    """The texts that a module marks, in its order: one, or one and several."""
    calls = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call))
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        places = KEYWORDS.get(call.func.id, ()) if isinstance(call.func, ast.Name) else ()
        given = [call.args[place] for place in places if place < len(call.args)]
        texts = [one.value for one in given if isinstance(one, ast.Constant)]
        if texts and len(texts) == len(places) and all(isinstance(text, str) for text in texts):
            yield tuple(map(str, texts))


def said_in(template: str) -> Iterator[str]:
    """The texts that a template of a page marks."""
    tree = Environment().parse(template)
    for _line, _function, text in extract_from_ast(tree, gettext_functions=("_",)):
        if isinstance(text, str):
            yield text


def _of_the_model() -> Iterator[tuple[str, str]]:
    """(where, text) of what the packages below tell: meanings, units, words with a fixed sense."""
    for outcome in OUTCOMES:
        yield "model/outcome.py", outcome.meaning
    for outcome in OUTCOMES:
        yield "model/outcome.py", outcome.name.replace("_", " ")
    for outcome in OUTCOMES:
        if not outcome.unit.isdecimal():
            yield "model/outcome.py", outcome.unit
    for observable in OBSERVABLES:
        yield "scenario/doctrine.py", observable.meaning
    for name, _most in WORDS:
        yield "theory/fusion.py", name
    status = Position.model_fields["status"].annotation
    side = Route.model_fields["side"].annotation
    for kind in (PlaceKind, Holder, Basis, status, side):
        for word in get_args(kind):
            yield "scenario/theatre.py", word
    for text in ("in turns", "all committed", "in peace", "one layer pressed"):
        yield "study/provision.py", text


def _of_the_library() -> Iterator[tuple[str, str]]:
    """(where, text) of the titles of the shipped scenarios, and of the record that is shown."""
    for name in shipped():
        scenario = load(name)
        where = f"scenario/library/{name}.yaml"
        each = (_titles(scenario), _units(scenario), _fields(scenario), _notes(scenario))
        for text in chain.from_iterable(each):
            yield where, text
    for name in shipped("crews"):
        crews = load_crews(name)
        where = f"scenario/library/{name}.yaml"
        yield where, crews.title
        for text in (*_units(crews), *_notes(crews)):
            yield where, text
        for title in (
            *(kind.title for kind in crews.crews.values()),
            *(post.title for post in crews.posts.values()),
        ):
            yield where, title
        for word in crews.words.model_dump().values():
            yield where, str(word)


def _units(scenario: Scenario | Crews) -> Iterator[str]:
    for _path, one, _kind in quantities(scenario):
        yield one.unit or ""


def _notes(scenario: Scenario | Crews) -> Iterator[str]:
    for _path, one, _kind in quantities(scenario):
        yield one.note


def _fields(scenario: Scenario) -> Iterator[str]:
    for path, _one, _kind in quantities(scenario):
        yield about(path)


def _titles(scenario: Scenario) -> Iterator[str]:
    yield scenario.title
    for doctrine in scenario.doctrines.values():
        yield doctrine.title
        yield doctrine.about
    for group in scenario.attacker.units:
        yield f"{group.name} {{n}}"
    for place in scenario.places.values():
        yield place.title
        yield place.position.note if place.position else ""
    for route in scenario.routes.values():
        yield route.title or ""
    if scenario.reports is not None:
        yield scenario.reports.matter
    for matter in scenario.contested:
        yield from (matter.matter, matter.account, matter.record, matter.finding)
    yield scenario.about
    for source in scenario.sources.values():
        yield from (source.stance, source.note)
    for claim in scenario.claims:
        yield from (claim.told, claim.test.says, claim.test.untestable or "", claim.needs)
        yield from (rival.says for rival in claim.rivals)
    if scenario.record is not None:
        yield scenario.record.note
        yield from (target.what for target in scenario.record.targets)
        yield from (way.says for way in scenario.record.stand_ins)
