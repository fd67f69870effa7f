"""Finding and loading scenarios: the shipped ones by name, others from files.

There are two kinds: campaigns, and posts kept by crews, whose files say `kind: crews`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from nobat.scenario.crews import Crews, crews_of
from nobat.scenario.parts import check_name
from nobat.scenario.problems import Problem, ScenarioError, Written
from nobat.scenario.reading import read_bytes, read_document
from nobat.scenario.scenario import Scenario, scenario_of
from nobat.scenario.words import choice, listed, nearest, quoted, shown

_LIBRARY = Path(__file__).parent / "library"
_STARTER = "starter"
_LONGEST_ORIGIN = 300

#: The kinds of scenario: a fight, or posts kept in turns.
ScenarioKind = Literal["campaign", "crews"]
CREWS: Final = "crews"
#: The shipped ones of the second kind.
_CREWS = frozenset({"fire-crews"})


def shipped(kind: ScenarioKind = "campaign") -> list[str]:
    """The names of the scenarios of a kind that come with nobat, in order."""
    names = (path.stem for path in _LIBRARY.glob("*.yaml") if path.stem != _STARTER)
    return sorted(name for name in names if (name in _CREWS) == (kind == CREWS))


def load(name_or_path: str | Path, values: Mapping[str, object] | None = None) -> Scenario:
    """Load a campaign: a shipped one by name, or a file; then set `values` at their paths.

    Raises ScenarioError with every problem of the file, each with its line.
    """
    found = load_any(name_or_path, values)
    if isinstance(found, Crews):
        text = (
            "is crews, and only a campaign can be asked this: `nobat run` takes both kinds, and in "
            "Python nobat.load_crews loads it"
        )
        raise ScenarioError([Problem("kind", None, text)])
    return found


def load_crews(name_or_path: str | Path, values: Mapping[str, object] | None = None) -> Crews:
    """Load a crews scenario: a shipped one by name, or a file; then set `values` at their paths.

    Raises ScenarioError with every problem of the file, each with its line.
    """
    found = load_any(name_or_path, values)
    if isinstance(found, Scenario):
        text = "is missing: a scenario for crews says `kind: crews`; nobat.load loads a campaign"
        raise ScenarioError([Problem("kind", None, text)])
    return found


def load_any(
    name_or_path: str | Path, values: Mapping[str, object] | None = None
) -> Scenario | Crews:
    """Load a scenario of either kind; its file says which."""
    path, origin = _find(name_or_path)
    scenario = _read(read_bytes(path, origin), origin)
    return scenario.with_values(values) if values else scenario


@lru_cache(maxsize=4)
def _read(raw: bytes, origin: str) -> Scenario | Crews:
    """The scenario that a file's bytes hold; kept, for it is slow to read and never changes."""
    document = read_document(raw, origin)
    written = Written(document.data, document.lines)
    kind = document.data.get("kind") if isinstance(document.data, Mapping) else None
    if kind is not None and kind != CREWS:
        text = f"{shown(kind)} is not a kind of scenario{choice(kind, [CREWS], 'kinds')}"
        text += "; a campaign has no `kind`"
        raise ScenarioError([*document.problems, written.problem(("kind",), text)])
    build = crews_of if kind == CREWS else scenario_of
    return build(written, document.problems)


def starter(name: str, from_scenario: str | None = None) -> str:
    """A scenario file to start from: the commented starter, or a shipped file's own text.

    `name` becomes its name. Raises ScenarioError for a bad name or an unknown scenario.
    """
    try:
        check_name(name)
    except ValueError as error:
        raise ScenarioError([Problem("name", None, str(error))]) from None
    if from_scenario is not None and from_scenario not in _all():
        raise _unknown(from_scenario)
    text = (_LIBRARY / f"{from_scenario or _STARTER}.yaml").read_text(encoding="utf-8")
    return re.sub(r"(?m)^name:.*$", f"name: {name}", text, count=1)


def _all() -> list[str]:
    """The names of all scenarios that come with nobat."""
    return shipped() + shipped(CREWS)


def _find(name_or_path: str | Path) -> tuple[Path, str]:
    """The file behind a name or path, and what an error calls it."""
    given, names = str(name_or_path), _all()
    if isinstance(name_or_path, str) and given in names:
        return _LIBRARY / f"{given}.yaml", given
    path = Path(given)
    a_name = isinstance(name_or_path, str) and re.fullmatch(r"[\w-]*", given)
    if not given or ((a_name or path.stem in names) and not _exists(path)):
        raise _unknown(given)
    return path, _called(given)


def _exists(path: Path) -> bool:
    """Whether there is something at a path; no for a path that cannot be."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _called(given: str) -> str:
    """What an error calls a file: as it was given, unless that would disturb a terminal."""
    plain = given.isprintable() and 0 < len(given) < _LONGEST_ORIGIN
    return given if plain else quoted(given)


def _unknown(name: str) -> ScenarioError:
    near = nearest(Path(name).stem, _all())
    meant = f"; did you mean {near}?" if near else ""
    text = f"no shipped scenario and no file has this name{meant} (shipped: {listed(_all())}; "
    return ScenarioError([Problem(_called(name), None, text + "see `nobat scenarios`)")])
