"""`nobat why`: what the difference between two doctrines comes from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from nobat.cli.options import Jobs, Json, Seed, Set, settings, whole
from nobat.cli.output import DONE, emit, say, show
from nobat.show.language import _, latin

if TYPE_CHECKING:
    from nobat import Comparison, Scenario, Why


def why(
    scenario: Annotated[
        str, Parameter(help="The name of a shipped scenario, a file, or a run's folder or name.")
    ],
    /,
    *,
    doctrine: Annotated[
        str | None, Parameter(metavar="NAME", help="A doctrine (of a run: the best one).")
    ] = None,
    against: Annotated[
        str | None,
        Parameter(
            metavar="NAME",
            help="The doctrine it is held against (of a run: the best one clearly behind).",
        ),
    ] = None,
    outcome: Annotated[
        str, Parameter(metavar="NAME", help="The outcome whose difference is shared out.")
    ] = "secured",
    solver: Annotated[
        str,
        Parameter(
            metavar="NAME",
            help="monte-carlo draws luck; mean-field puts expected values in its place.",
        ),
    ] = "monte-carlo",
    replications: Annotated[
        int | None,
        Parameter(
            name=("--replications", "-n"),
            converter=whole(1),
            metavar="N",
            help="Replications of each of up to 64 mixes (default: the scenario's, 1000 at most).",
        ),
    ] = None,
    seed: Seed = None,
    set_: Set = None,
    jobs: Jobs = None,
    json: Json = False,
) -> int:
    """Say what the difference between two doctrines comes from.

    It is shared out among mass, tempo, sleep, reserve, supply and what is left (`other`). Each can
    be taken from either doctrine; every mix of them is run on the same luck, and a mechanism's
    share is what it adds, mean over all orders. The shares, with 95 % intervals, add up to the
    difference.

    Of a run, its scenario and seed are taken, and its two best doctrines unless others are named;
    the answer is kept in its folder, and its report shows it. Otherwise nothing is kept.
    """
    from nobat.cli.scanning import Scanned
    from nobat.study.why import why as ask

    result = _run_named(scenario)
    loaded = _asked(scenario, result, set_)
    doctrine, against = _pair(loaded, result, doctrine, against)
    if seed is None and result is not None and solver == "monte-carlo":
        seed = result.seed
    title = _("running mixes of {a} and {b}").format(a=latin(doctrine), b=latin(against))
    with Scanned(title) as progress:
        answer = ask(
            loaded,
            doctrine=doctrine,
            against=against,
            outcome=outcome,
            solver=solver,
            replications=replications,
            seed=seed,
            jobs=jobs,
            progress=progress,
        )
    if json:
        emit(answer.to_json())
    else:
        show(answer.table())
    if result is not None:
        _keep(result, answer)
    return DONE


def _run_named(name: str) -> Comparison | None:
    """The run of that name or folder; None for a scenario."""
    from nobat import open_run
    from nobat.engine.store import RUNS
    from nobat.scenario import shipped

    path = Path(name)
    if name in shipped() or not (path.is_dir() or (RUNS / path).is_dir()):
        return None
    return open_run(name)


def _asked(name: str, result: Comparison | None, set_: list[str] | None) -> Scenario:
    """The scenario that is asked about; ScenarioError where a run's is to be changed."""
    from nobat import ScenarioError, load
    from nobat.scenario import Problem
    from nobat.study.compare import scenario_of

    if result is None or result.run is None:
        return load(name, settings(set_))
    if set_:
        text = "a run has its own numbers: ask about its scenario to change one"
        raise ScenarioError([Problem("--set", None, text)])
    return scenario_of(result.run)


def _pair(
    scenario: Scenario, result: Comparison | None, doctrine: str | None, against: str | None
) -> tuple[str, str]:
    """The two doctrines; of a run, those that are best where none are named."""
    from nobat import ScenarioError
    from nobat.scenario import Problem
    from nobat.scenario.words import listed
    from nobat.study.why_kept import pair_of

    best = None if result is None else pair_of(result)
    if best is not None:
        first, second = best
        doctrine = doctrine or (first if against != first else second)
        against = against or (second if doctrine != second else first)
    if doctrine is None or against is None:
        given = {"doctrine": doctrine, "against": against}
        text = f"none is given (doctrines: {listed(list(scenario.doctrines))})"
        raise ScenarioError(
            Problem(name, None, text) for name, value in given.items() if value is None
        )
    return doctrine, against


def _keep(result: Comparison, answer: Why) -> None:
    """Keep an answer beside the run that it is about, and show it in the run's report."""
    from nobat.cli.report import write
    from nobat.engine.folder import REPORT
    from nobat.show.words import replications as of_replications
    from nobat.study.why_kept import better, file_of, keep

    assert result.run is not None, "what is opened has a run"
    if there := better(result.run, answer):
        kept_already = _("not kept: {path} has the same question with {n}")
        kept, of = str(file_of(result.run, answer)), of_replications(there.replications)
        say(kept_already.format(path=latin(kept), n=of))
        return
    path = keep(result.run, answer)
    say(_("kept as {path}").format(path=latin(str(path))))
    if (result.run.path / REPORT).exists():
        path = write(result)
        say(_("the report shows it: {path}").format(path=latin(str(path))))
