"""The commands by name, and what becomes of errors: one place for exit codes and their words."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from cyclopts import App, CycloptsError, UnusedCliTokensError

from nobat import __version__
from nobat.cli.audit import audit
from nobat.cli.check import check
from nobat.cli.flip import flip
from nobat.cli.frontier import frontier
from nobat.cli.group import Command, Group
from nobat.cli.homecoming import homecoming
from nobat.cli.isolate import isolate
from nobat.cli.language import take_language, with_language
from nobat.cli.map import map_
from nobat.cli.output import DONE, FAILED, STOPPED, WRONG, Mistake, emit, fail
from nobat.cli.replay import replay
from nobat.cli.report import report
from nobat.cli.rotation import rotation
from nobat.cli.run import resume, run
from nobat.cli.scenarios import new, scenarios, schema
from nobat.cli.sensitivity import sensitivity
from nobat.cli.sweep import sweep
from nobat.cli.theory import THEORY
from nobat.cli.why import why
from nobat.show.language import ENGLISH, _, speaking

if TYPE_CHECKING:
    from nobat.scenario import Problem

_HELP = """
nobat simulates campaigns that are fought in turns and says which doctrine takes the place, how
soon, at what cost, and how sure that is.
"""

_NOTES = """Example: nobat run abu-kamal-2017

FILE is a scenario file; SCENARIO the name of a shipped one or a file; RUN a run's
folder or its name under runs/.
--lang en|fa, before or after any command, says in which language people are answered (English,
Persian), and so does the variable NOBAT_LANG; what --json prints is always English.
Exit codes: 0 done, 1 failed while running, 2 bad input, 130 stopped by Ctrl-C.
Errors go to standard error; with --json also to standard output, as
{"error": {"exit": ..., "problems": [{"path", "line", "message"}]}}."""

#: The commands in the order of their list, each with an example, and families of commands. What
#: they need is imported when they are called, so that help stays quick.
COMMANDS: dict[str, Command | Group] = {
    "run": (run, "nobat run abu-kamal-2017 --doctrine rotate --doctrine commit-all -n 2000"),
    "resume": (resume, "nobat resume runs/abu-kamal-2017-0f3a9c41d2"),
    "replay": (replay, "nobat replay runs/abu-kamal-2017-0f3a9c41d2 --doctrine rotate"),
    "report": (report, "nobat report runs/abu-kamal-2017-0f3a9c41d2 --open"),
    "frontier": (frontier, "nobat frontier my-siege.yaml --doctrine rotate --criteria 0.5,1,1.5,2"),
    "flip": (
        flip,
        "nobat flip abu-kamal-2017 sleep.commit_all_h=2:5 --doctrine commit-all --against rotate",
    ),
    "sweep": (
        sweep,
        "nobat sweep abu-kamal-2017 --over contact.frontage --over sleep.commit_all_h=2:5 "
        "--points 64",
    ),
    "sensitivity": (
        sensitivity,
        "nobat sensitivity abu-kamal-2017 --over sleep.commit_all_h --over contact.frontage",
    ),
    "audit": (audit, "nobat audit abu-kamal-2017 --given-record"),
    "map": (
        map_,
        "nobat map abu-kamal-2017 --over works.reorganise_h --over contact.frontage --save map.png",
    ),
    "why": (why, "nobat why abu-kamal-2017 --doctrine commit-all --against rotate -n 300"),
    "homecoming": (homecoming, "nobat homecoming abu-kamal-2017 -n 300"),
    "rotation": (rotation, "nobat rotation --units 5 --posts 2 --operate-d 14 --rest-d 14"),
    "isolate": (isolate, "nobat isolate abu-kamal-2017 --within 0.5"),
    "theory": THEORY,
    "scenarios": (scenarios, "nobat scenarios"),
    "check": (check, "nobat check my-siege.yaml --sources"),
    "new": (new, "nobat new my-siege.yaml --from abu-kamal-2017"),
    "schema": (schema, "nobat schema > nobat.schema.json"),
}


def build() -> App:
    """The command line's parser."""
    app = App(
        name="nobat",
        help=_flowing(_HELP),
        help_format="plaintext",
        help_epilogue=_NOTES,
        version=__version__,
        exit_on_error=False,
        print_error=False,
        suppress_keyboard_interrupt=False,
        result_action="return_value",
    )
    _add(app, COMMANDS)
    app["--version"].help = "Show the version and stop."
    return app


def _add(app: App, commands: Mapping[str, Command | Group]) -> None:
    """Give a parser its commands, in their order; a family gets a parser of its own."""
    for place, (name, command) in enumerate(commands.items()):
        if isinstance(command, Group):
            example = next(iter(command.commands.values()))[1]
            below = App(
                name=name,
                help=_flowing(command.help),
                help_epilogue=f"Example: {example}",
                version_flags=(),
                sort_key=place,
            )
            _add(below, command.commands)
            app.command(below)
            continue
        function, example = command
        app.command(
            with_language(function),
            name=name,
            help=_flowing(function.__doc__ or ""),
            help_epilogue=f"Example: {example}",
            sort_key=place,
        )
    app["--help"].help = "Show this and stop; after a command, that command's options."


def _flowing(text: str) -> str:
    """A docstring whose paragraphs are one line each, for the terminal to break."""
    paragraphs = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(paragraph.replace("\n", " ") for paragraph in paragraphs)


def answer(words: Sequence[str] | None) -> int:
    """Answer a command line and say how it went by the exit code."""
    words, spoken, mistake = take_language(sys.argv[1:] if words is None else words)
    as_json = "--json" in words
    _never_fail_to_print()
    try:
        if mistake is not None:
            return fail([mistake], WRONG, as_json)
        with speaking(ENGLISH.code if as_json else spoken):
            code = _call(words, as_json)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough (`| head`): say nothing, now or when Python shuts down.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code


def _call(words: list[str], as_json: bool) -> int:
    """Run the command; turn what went wrong into words and an exit code."""
    if set(words) == {"--version", "--json"}:
        emit({"version": __version__})
        return DONE
    try:
        code = build()(words)
    except CycloptsError as error:
        hint = f"`{' '.join(['nobat', *_called(words), '--help'])}` shows what there is."
        return fail([Mistake(_words(error))], WRONG, as_json, hint)
    except KeyboardInterrupt:
        return fail([Mistake(_("stopped"))], STOPPED, as_json)
    except BrokenPipeError:
        raise
    except Exception as error:
        found = _known(error, words)
        if found is None:
            raise
        return fail(found[0], found[1], as_json)
    return code if isinstance(code, int) else DONE


def _called(words: Sequence[str]) -> list[str]:
    """The command that the words begin with: none, one word, or a family's name and one of it."""
    commands: Mapping[str, Command | Group] = COMMANDS
    found = []
    for word in words:
        if word in commands:
            found.append(word)
            command = commands[word]
            if not isinstance(command, Group):
                break
            commands = command.commands
    return found


def _words(error: CycloptsError) -> str:
    """What the parser found wrong."""
    if isinstance(error, UnusedCliTokensError):
        return f"nothing more was expected: {' '.join(error.unused_tokens or ())!r}"
    return str(error)


def _known(error: Exception, words: Sequence[str]) -> tuple[list[Mistake], int] | None:
    """The words and the exit code of an error that is not a fault of nobat's own."""
    from nobat.engine.files import StoreError
    from nobat.engine.manifest import RunError
    from nobat.scenario import ScenarioError

    if isinstance(error, ScenarioError):
        options = _options(words)
        told = [str(replace(p, path=_typed(p, options, words))) for p in error.problems]
        each = zip(error.problems, told, strict=True)
        return [Mistake(p.message, p.path, p.line, text) for p, text in each], WRONG
    if isinstance(error, RunError):
        return [Mistake(str(error))], WRONG
    if isinstance(error, StoreError):
        return [Mistake(str(error))], FAILED
    return None


def _options(words: Sequence[str]) -> frozenset[str]:
    """The names that the options of the command have as arguments."""
    found: Command | Group | None = None
    commands: Mapping[str, Command | Group] = COMMANDS
    for word in _called(words):
        found = commands[word]
        commands = found.commands if isinstance(found, Group) else {}
    if found is None or isinstance(found, Group):
        return frozenset()
    arguments = inspect.signature(found[0]).parameters.values()
    return frozenset(one.name for one in arguments if one.kind is one.KEYWORD_ONLY)


def _typed(problem: Problem, options: frozenset[str], words: Sequence[str]) -> str:
    """Where a problem is: an option as it is typed; a field of a scenario by its path."""
    name = problem.path
    if name not in options or problem.line is not None or problem.where:
        return name
    if name == "replications" and not any(word.startswith("--replications") for word in words):
        return "-n"
    return "--" + name.replace("_", "-")


def _never_fail_to_print() -> None:
    """Print a question mark where the terminal's encoding lacks a character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
