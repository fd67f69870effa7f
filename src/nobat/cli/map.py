"""`nobat map`: which doctrine wins where over two numbers of a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from nobat.cli.options import Jobs, Json, Seed, Set, settings, whole
from nobat.cli.output import DONE, emit, say, show
from nobat.show.language import _, latin, listed

if TYPE_CHECKING:
    from nobat.study.map_result import DecisionMap

#: What a map can be kept as, by the ending of the file's name.
_TABLES = (".csv", ".parquet")


def map_(
    scenario: Annotated[str, Parameter(help="The name of a shipped scenario, or a file.")],
    /,
    *,
    over: Annotated[
        list[str],
        Parameter(
            negative="",
            metavar="PATH[=LOW:HIGH]",
            help="A number of the scenario, and where it goes from and to (default: its own range "
            "in the scenario); PATH=A,B,C for some values alone, each with a band of its own. Give "
            "two, first the one across, then the one up.",
        ),
    ],
    doctrine: Annotated[
        list[str] | None,
        Parameter(
            negative="",
            metavar="NAME",
            help="Hold only this doctrine against the others named; repeat it (default: all).",
        ),
    ] = None,
    outcome: Annotated[
        str, Parameter(metavar="NAME", help="The outcome by which the best is found.")
    ] = "secured",
    points: Annotated[
        int,
        Parameter(converter=whole(4), metavar="N", help="At how many points at most all are run."),
    ] = 100,
    side: Annotated[
        int,
        Parameter(
            converter=whole(2),
            metavar="N",
            help="The map begins with so many values of each number, or with all that are listed; "
            "the other points go where the winner is unsure.",
        ),
    ] = 6,
    replications: Annotated[
        int,
        Parameter(
            name=("--replications", "-n"),
            converter=whole(1),
            metavar="N",
            help="Replications of each doctrine at each point; from fewer than 6 nothing is sure.",
        ),
    ] = 200,
    seed: Seed = None,
    set_: Set = None,
    jobs: Jobs = None,
    save: Annotated[
        list[Path] | None,
        Parameter(
            negative="",
            metavar="FILE",
            help="Keep the map as a picture (.png, .svg), a page (.html) or its points (.csv, "
            ".parquet); repeat it.",
        ),
    ] = None,
    json: Json = False,
) -> int:
    """Draw which doctrine wins where over two numbers, by how much, and how sure that is.

    All doctrines meet the same luck at every point. More points are run where the winner is
    unsure. Nothing is kept but what --save asks for.
    """
    from nobat import load
    from nobat.cli.scanning import Scanned
    from nobat.study.map import decision_map

    loaded = load(scenario, settings(set_))
    _check(over, save or [])
    title = _("running {name} over {paths}")
    title = title.format(name=latin(loaded.name), paths=listed(map(latin, over)))
    with Scanned(title) as progress:
        answer = decision_map(
            loaded,
            *over,
            doctrines=doctrine,
            outcome=outcome,
            points=points,
            side=side,
            replications=replications,
            seed=seed,
            jobs=jobs,
            progress=progress,
        )
    if json:
        emit(answer.to_json())
    else:
        show(answer.table())
    for path in save or []:
        _keep(answer, path)
        say(_("kept as {path}").format(path=latin(str(path))))
    return DONE


def _check(over: list[str], save: list[Path]) -> None:
    """ScenarioError unless there are two numbers, and files that can be written."""
    from nobat.scenario import Problem, ScenarioError
    from nobat.show.picture import ENDINGS

    problems = []
    if len(over) != 2:
        text = f"a map has two numbers, one across and one up: {len(over)} given"
        problems.append(Problem("over", None, text))
    for path in save:
        *others, last = (*ENDINGS, *_TABLES)
        if path.suffix.lower() not in (*others, last):
            text = f"{str(path)!r} does not end in {', '.join(others)} or {last}"
            problems.append(Problem("save", None, text))
        elif path.is_dir():
            problems.append(Problem("save", None, f"{str(path)!r} is a folder"))
        elif not path.absolute().parent.is_dir():
            problems.append(Problem("save", None, f"there is no folder {str(path.parent)!r}"))
    if problems:
        raise ScenarioError(problems)


def _keep(answer: DecisionMap, path: Path) -> None:
    """Write the map to a file, as its name ends; StoreError if that cannot be."""
    import io

    from nobat.engine.files import StoreError, reason, write_whole

    kind = path.suffix.lower()
    if kind not in _TABLES:
        try:
            answer.plot().save(path)
        except OSError as error:
            raise StoreError(f"{path} cannot be written: {reason(error)}") from None
        return
    table = answer.to_polars()
    content = io.BytesIO()
    if kind == ".csv":
        table.write_csv(content)
    else:
        table.write_parquet(content)
    write_whole(path, content.getvalue())
