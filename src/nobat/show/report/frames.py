"""Replications as the player reads them: a frame every few hours, in whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nobat.model.ledger import LAYER_TRACE, PLACE_TRACE, TRACE, UNIT_TRACE
from nobat.scenario.doctrine import POSTURES
from nobat.show.happened import clock, groups, told
from nobat.show.replay import ROUTINE
from nobat.study.course import DUTIES, parts

if TYPE_CHECKING:
    from nobat.study.replayed import Replay

#: A frame every so many hours, or less often where there would be more than so many.
_HOURS, _MOST = 6.0, 400
#: Columns of a trace that the player tells, and how many decimals they keep.
_TOLD = {
    "stage": 0, "attacker_present": 0, "attacker_losses": 0, "defender_in_layers": 0,
    "defender_reserve": 0, "defender_losses": 0, "surrendered": 0, "escaped": 0,
    "layers_carried": 0, "effectiveness": 3, "defender_effectiveness": 3, "stock_t": 0,
}  # fmt: skip


def frames(replay: Replay) -> dict[str, Any]:
    """The frames of a replication, and what happened in it but for the routine.

    day: of each frame, as it ends; clock: the number of that day, from 0 on,
    and its time. Of layers: held (1
    by the attacker), garrison, works and order in percent, each (frames, layers). Of places: cut
    off or not. duties: units by duty.
    events: (frame, clock, text, kind), the frame in which it is first to be seen.
    """
    cast, trace = replay.cast, replay.trajectory.trace
    at = _steps(replay)
    found = parts(trace, cast)
    layer = {name: found["layer"][k][at] for k, name in enumerate(LAYER_TRACE)}
    carried = found["place"][PLACE_TRACE.index("carried")][at]
    place = [cast.places.index(one.place) for one in cast.layers]
    numbers = np.array([one.number for one in cast.layers])
    duty = found["unit"][UNIT_TRACE.index("duty")][at]
    return {
        "day": np.round(trace[at, 0], 4).tolist(),
        "clock": [cast.moment(step + 1) for step in at.tolist()],
        "posture": [POSTURES[int(code)] for code in trace[at, TRACE.index("posture")]],
        "duties": {
            name: (duty == code).sum(axis=1).tolist() for code, name in enumerate(DUTIES)
        },
        **{name: _rounded(trace[at, TRACE.index(name)], places) for name, places in _TOLD.items()},
        "held": (carried[:, place] >= numbers).astype(int).tolist(),
        "garrison": _rounded(layer["garrison"], 0),
        "works": _rounded(100 * layer["works"], 0),
        "order": _rounded(100 * layer["order"], 0),
        "cut": found["place"][PLACE_TRACE.index("isolated")][at].astype(int).tolist(),
        "events": _events(replay, at),
    }  # fmt: skip


def _steps(replay: Replay) -> NDArray[np.int64]:
    """The steps that a frame shows, as rows of the trace: every few hours, and the last one."""
    steps = len(replay.trajectory.trace)
    each = max(1, round(_HOURS / replay.cast.step_h))
    each *= -(-steps // (each * _MOST))
    at = np.arange(each - 1, steps, each)
    return at if at.size and at[-1] == steps - 1 else np.append(at, steps - 1)


def _rounded(values: NDArray[np.float64], places: int) -> list[Any]:
    """Values with so many decimals; whole ones as whole numbers."""
    rounded = np.round(values, places)
    found: list[Any] = (rounded if places else rounded.astype(np.int64)).tolist()
    return found


def _events(replay: Replay, at: NDArray[np.int64]) -> list[Sequence[Any]]:
    """What happened but for the routine, a row for each line of the log."""
    cast = replay.cast
    rows: list[Sequence[Any]] = []
    for group in groups(replay.happened):
        first = group[0]
        if first.kind in ROUTINE:
            continue
        frame = int(np.searchsorted(at, first.step - 1))
        when = clock(cast, first.step, opening=first.opening)
        rows.append((min(frame, at.size - 1), when, told(group, cast), first.kind))
    return rows
