"""How the run was made, and the command that makes it again."""

from __future__ import annotations

from nobat import __version__
from nobat.show.language import _, joined, latin
from nobat.show.numbers import number
from nobat.show.report.blocks import Block, Cell, Column, Section, Table, Words
from nobat.show.report.material import Material
from nobat.show.report.repeat import KEPT


def made(material: Material) -> Section:
    """Seed, versions, hashes and the command."""
    line = material.command
    blocks: list[Block] = [Words([f"`{line}`"], "command")]
    if KEPT in line:
        text = _(
            "`scenario.json` lies in the run's folder: no shipped scenario is the one that ran."
        )
        blocks.append(Words([text], "quiet"))
    blocks.append(_facts(material))
    about = _("The same command gives the same numbers, to the last bit, on any number of threads.")
    return Section("made", _("How it was made"), blocks, about)


def _facts(material: Material) -> Table:
    """What made the run, a row for each fact."""
    manifest, comparison = material.run.manifest, material.comparison
    count = number(comparison.replications, 0)
    if not comparison.complete:
        count = _("{n} of {asked}").format(n=count, asked=number(comparison.asked, 0))
    seed, horizon = str(manifest.seed), f"{comparison.horizon_d:g}"
    step = f"{material.scenario.run.step_h:g}"
    intervals = _("95 %: Wilson for shares, Student's t for means, paired differences")
    facts = [
        (_("scenario"), manifest.scenario, latin(manifest.scenario)),
        (_("doctrines"), ", ".join(manifest.doctrines), joined(map(latin, manifest.doctrines))),
        (_("replications of each"), count, count),
        (_("seed"), seed, seed),
        (_("horizon, days"), horizon, horizon),
        (_("step, hours"), step, step),
        (_("intervals"), intervals, intervals),
        _given("nobat", manifest.nobat),
        _given(_("nobat that wrote this page"), __version__),
        _given(_("the model's sources (hash)"), manifest.model),
        _given(_("the scenario (SHA-256)"), manifest.digest),
        _given(_("the run (SHA-256)"), manifest.identity()),
        *(_given(name, value) for name, value in manifest.made_with.items()),
    ]
    heads = [
        Column("what", _("what"), numeric=False),
        Column("value", _("value"), numeric=False),
    ]
    rows = [[Cell(name, name), Cell(shown, value)] for name, value, shown in facts]
    return Table("versions", _("What made this run"), heads, rows)


def _given(name: str, value: object) -> tuple[str, str, str]:
    """A fact that is written alike in every language."""
    return name, str(value), latin(str(value))
