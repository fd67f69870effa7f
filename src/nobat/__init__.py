"""nobat: campaigns that are fought in turns, and what each doctrine of rotation costs.

`docs/reference/python.md` has the table of what is here. Importing this package loads nothing
heavy: each name is fetched when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nobat.account.audit import AuditInterrupted as AuditInterrupted
    from nobat.account.audit import audit as audit
    from nobat.account.audit import resume_audit as resume_audit
    from nobat.account.audited import Audit as Audit
    from nobat.engine.files import StoreError as StoreError
    from nobat.engine.manifest import RunError as RunError
    from nobat.engine.runner import Interrupted as Interrupted
    from nobat.engine.runner import Progress as Progress
    from nobat.scenario import Crews as Crews
    from nobat.scenario import Scenario as Scenario
    from nobat.scenario import ScenarioError as ScenarioError
    from nobat.scenario import load as load
    from nobat.scenario import load_crews as load_crews
    from nobat.scenario import schema as schema
    from nobat.scenario import shipped as shipped
    from nobat.show.charts import Chart as Chart
    from nobat.show.language import speaking as speaking
    from nobat.study.compare import compare as compare
    from nobat.study.compare import open_run as open_run
    from nobat.study.compare import resume as resume
    from nobat.study.comparison import Comparison as Comparison
    from nobat.study.estimates import Estimate as Estimate
    from nobat.study.flip import Flip as Flip
    from nobat.study.flip import flip as flip
    from nobat.study.frontier import Frontier as Frontier
    from nobat.study.frontier import frontier as frontier
    from nobat.study.homecoming import homecoming as homecoming
    from nobat.study.isolate import isolate as isolate
    from nobat.study.isolation import Isolation as Isolation
    from nobat.study.map import decision_map as decision_map
    from nobat.study.map_result import DecisionMap as DecisionMap
    from nobat.study.replay import replay as replay
    from nobat.study.replayed import Replay as Replay
    from nobat.study.rotate import rotation as rotation
    from nobat.study.rotation import Rotation as Rotation
    from nobat.study.sensitivity import sensitivity as sensitivity
    from nobat.study.sensitivity_result import Sensitivity as Sensitivity
    from nobat.study.sweep import SweepInterrupted as SweepInterrupted
    from nobat.study.sweep import open_sweep as open_sweep
    from nobat.study.sweep import resume_sweep as resume_sweep
    from nobat.study.sweep import sweep as sweep
    from nobat.study.swept import Sweep as Sweep
    from nobat.study.way_home import WayHome as WayHome
    from nobat.study.why import Why as Why
    from nobat.study.why import why as why

__version__ = "0.1.0"

_HOMES = {
    "Audit": "nobat.account.audited",
    "AuditInterrupted": "nobat.account.audit",
    "Chart": "nobat.show.charts",
    "Comparison": "nobat.study.comparison",
    "Crews": "nobat.scenario",
    "DecisionMap": "nobat.study.map_result",
    "Estimate": "nobat.study.estimates",
    "Flip": "nobat.study.flip",
    "Frontier": "nobat.study.frontier",
    "Interrupted": "nobat.engine.runner",
    "Isolation": "nobat.study.isolation",
    "Progress": "nobat.engine.runner",
    "Replay": "nobat.study.replayed",
    "Rotation": "nobat.study.rotation",
    "RunError": "nobat.engine.manifest",
    "Scenario": "nobat.scenario",
    "ScenarioError": "nobat.scenario",
    "Sensitivity": "nobat.study.sensitivity_result",
    "StoreError": "nobat.engine.files",
    "Sweep": "nobat.study.swept",
    "SweepInterrupted": "nobat.study.sweep",
    "WayHome": "nobat.study.way_home",
    "Why": "nobat.study.why",
    "audit": "nobat.account.audit",
    "compare": "nobat.study.compare",
    "decision_map": "nobat.study.map",
    "flip": "nobat.study.flip",
    "frontier": "nobat.study.frontier",
    "homecoming": "nobat.study.homecoming",
    "isolate": "nobat.study.isolate",
    "load": "nobat.scenario",
    "load_crews": "nobat.scenario",
    "open_run": "nobat.study.compare",
    "open_sweep": "nobat.study.sweep",
    "replay": "nobat.study.replay",
    "resume": "nobat.study.compare",
    "resume_audit": "nobat.account.audit",
    "resume_sweep": "nobat.study.sweep",
    "rotation": "nobat.study.rotate",
    "schema": "nobat.scenario",
    "sensitivity": "nobat.study.sensitivity",
    "shipped": "nobat.scenario",
    "speaking": "nobat.show.language",
    "sweep": "nobat.study.sweep",
    "why": "nobat.study.why",
}

__all__ = [
    "Audit",
    "AuditInterrupted",
    "Chart",
    "Comparison",
    "Crews",
    "DecisionMap",
    "Estimate",
    "Flip",
    "Frontier",
    "Interrupted",
    "Isolation",
    "Progress",
    "Replay",
    "Rotation",
    "RunError",
    "Scenario",
    "ScenarioError",
    "Sensitivity",
    "StoreError",
    "Sweep",
    "SweepInterrupted",
    "WayHome",
    "Why",
    "__version__",
    "audit",
    "compare",
    "decision_map",
    "flip",
    "frontier",
    "homecoming",
    "isolate",
    "load",
    "load_crews",
    "open_run",
    "open_sweep",
    "replay",
    "resume",
    "resume_audit",
    "resume_sweep",
    "rotation",
    "schema",
    "sensitivity",
    "shipped",
    "speaking",
    "sweep",
    "why",
]


def __getattr__(name: str) -> object:
    """Fetch a public name when it is first used; AttributeError for any other."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'nobat' has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, for completion."""
    return list(__all__)
