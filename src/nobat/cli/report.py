"""`nobat report`: all that a run says, as one page that needs no network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from nobat.cli.options import Json
from nobat.cli.output import DONE, emit, say, tell
from nobat.show.language import _, latin, many

if TYPE_CHECKING:
    from nobat import Comparison
    from nobat.engine.runner import Progress, Report, Simulate

Open = Annotated[
    bool,
    Parameter(
        name="--open", negative="", show_default=False, help="Show the report in the browser."
    ),
]
#: Where pictures go, by the ending that they have.
Png = Annotated[
    Path | None,
    Parameter(
        name="--png", metavar="DIR", help="Draw all charts and maps into this folder, as PNG."
    ),
]
Svg = Annotated[
    Path | None,
    Parameter(
        name="--svg", metavar="DIR", help="Draw all charts and maps into this folder, as SVG."
    ),
]


def report(
    run: Annotated[str, Parameter(help="The run's folder, or its name under runs/.")],
    /,
    *,
    out: Annotated[
        Path | None,
        Parameter(
            metavar="FILE", help="The file, or a folder for it (default: report.html in RUN)."
        ),
    ] = None,
    open_: Open = False,
    png: Png = None,
    svg: Svg = None,
    json: Json = False,
) -> int:
    """Write the report of a run: one HTML file that shows all that the run says, without a network.

    It begins with the verdict. Doctrines side by side, the days, the ground, two campaigns with a
    slider, losses and harm, what comes after, the source of every number and the command that makes
    the run again follow. It is in English and in Persian, with a button to change over; --lang says
    which is shown first. `nobat run` writes it as well.

    --png and --svg draw its charts and maps for papers and slides, in the language of --lang.
    """
    from nobat import open_run

    check_folders(png, svg)
    result = open_run(run)
    path = write(result, out, show=open_)
    if not json:
        tell(_("The report is in {path}").format(path=latin(str(path))))
    drawn = draw(result, png, svg, json)
    if json:
        emit({"report": str(path), "bytes": path.stat().st_size, "pictures": drawn})
    return DONE


def write(result: Comparison, out: Path | None = None, *, show: bool = False) -> Path:
    """Write a run's report, compiling the model first where that is still to be done.

    show: open it in the browser, or say that there is none.
    """
    import webbrowser

    from nobat.engine.warm import USUAL_SECONDS, is_warm
    from nobat.show.report.page import address

    if not is_warm():
        text = _("compiling the model (once, about {seconds} s) ...")
        say(text.format(seconds=USUAL_SECONDS))
    path = result.report(out)
    if show and not webbrowser.open(address(path)):
        text = _("nobat: no browser was found; open {path} in one")
        say(text.format(path=latin(str(path))))
    return path


def ahead(progress: Report) -> Report:
    """Progress that also loads what a page is made with, as soon as campaigns run.

    These leave the interpreter to whoever waits for them.
    """
    begun = False

    def report(now: Progress) -> None:
        nonlocal begun
        progress(now)
        if now.stage == "running" and not begun:
            begun = True
            from nobat.show.report.page import prepare

            prepare()

    return report


def noting() -> Simulate | None:
    """The model as it runs where a report follows; None while it is still to be compiled."""
    from nobat.engine.warm import is_warm

    if not is_warm():
        return None
    from nobat.study import courses

    return courses.noting


def check_folders(png: Path | None, svg: Path | None) -> None:
    """Make the folders for pictures. Raises ScenarioError for all in which none can lie."""
    asked = [(option, it) for option, it in (("--png", png), ("--svg", svg)) if it is not None]
    if not asked:
        return
    from nobat.engine.files import StoreError
    from nobat.scenario import Problem, ScenarioError
    from nobat.show.report.pictures import make_folder

    problems = []
    for option, folder in asked:
        try:
            make_folder(folder)
        except StoreError as error:
            problems.append(Problem(option, None, str(error)))
    if problems:
        raise ScenarioError(problems)


def draw(result: Comparison, png: Path | None, svg: Path | None, json: bool) -> list[str]:
    """Draw the charts that were asked for, say where they are, and give their paths."""
    from nobat.show.report.pictures import Kind, draw

    asked: list[tuple[Kind, Path | None]] = [("png", png), ("svg", svg)]
    drawn: list[str] = []
    for kind, folder in asked:
        if folder is None:
            continue
        say(_("drawing the charts ..."))
        paths = [str(path) for path in draw(result, folder, kind)]
        drawn += paths
        if not json:
            text = many(len(paths), "{n} picture is in {path}", "{n} pictures are in {path}",
                        path=latin(str(folder)))  # fmt: skip
            tell(text)
    return drawn
