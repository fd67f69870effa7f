"""`nobat why`: what the difference between two doctrines comes from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from nobat.cli.options import Jobs, Json, Seed, Set, settings, whole
from nobat.cli.output import DONE, emit, say, show
from nobat.cli.scanning import Scanned
from nobat.show.language import _, latin, marked

if TYPE_CHECKING:
    from nobat import Comparison, Scenario, Why

#: Seconds before the first line on how long it may take.
_SOON_S = 1.5


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
            help="The doctrine it is held against (of a run: the best one that fights differently "
            "and is clearly behind).",
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
            help="Replications of each of up to 64 mixes (default: the scenario's or the run's, "
            "but no more than make 16000 campaigns in all).",
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

    Doctrines that differ in their fire policy or corridor alone differ in no mechanism: then that
    is said, and takes two campaigns for each replication.

    Of a run, its scenario and seed are taken; unless others are named, its best doctrine is held
    against the best one that fights differently, and what tells it from any that come nearer is
    said as well. The answer is kept in the run's folder, and its report shows it. Otherwise nothing
    is kept.
    """
    from nobat.study.why import why as ask
    from nobat.study.why_pair import between

    result = _run_named(scenario)
    loaded = _asked(scenario, result, set_)
    chosen = result is not None and doctrine is None and against is None
    doctrine, against = _pair(loaded, result, doctrine, against)
    if seed is None and result is not None and solver == "monte-carlo":
        seed = result.seed
    title = _("running mixes of {a} and {b}").format(a=latin(doctrine), b=latin(against))
    with _Mixes(title) as progress:
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
    if chosen and result is not None:
        nearer = between(result, loaded, against, answer.outcome.name)
        answer = replace(answer, nearer=nearer)
    if json:
        emit(answer.to_json())
    else:
        show(answer.table())
    if result is not None:
        _keep(result, answer)
    return DONE


class _Mixes(Scanned):
    """How many campaigns of the mixes are done; how long the rest may take is said very soon."""

    counted = marked("{title}: {done} of {total} campaigns")
    going = marked("{done} of {total} campaigns, about {time} left")

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._every = _SOON_S


def _run_named(name: str) -> Comparison | None:
    """The run of that name or folder; None for a scenario.

    Raises ScenarioError for what is neither but nearly the name of a run.
    """
    from nobat import open_run
    from nobat.engine.store import RUNS
    from nobat.scenario import shipped

    path = Path(name)
    if name not in shipped() and (path.is_dir() or (RUNS / path).is_dir()):
        return open_run(name)
    if name not in shipped() and not path.exists():
        _check_runs(name)
    return None


def _check_runs(name: str) -> None:
    """ScenarioError for a name, with or without `runs/`, that is nearly that of a run."""
    from nobat import ScenarioError
    from nobat.engine.store import RUNS
    from nobat.scenario import Problem, shipped
    from nobat.scenario.words import nearest, quoted

    path = Path(name)
    below = path.parts[:1] == RUNS.parts
    runs = sorted(one.name for one in RUNS.iterdir() if one.is_dir()) if RUNS.is_dir() else []
    near = nearest(path.name, [*runs, *(() if below else shipped())])
    if near not in runs and not below:
        return
    text = f"{quoted(name)} is no run and no scenario"
    hint = f"; did you mean {(RUNS / near).as_posix()}?" if near else ""
    raise ScenarioError([Problem("RUN", None, f"{text}{hint}")])


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
    from nobat.study.why_pair import pair_of

    best = None if result is None else pair_of(result, scenario)
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
