"""Where crews wait: a calendar of the days on which a duty ends, and queues of who goes next.

A calendar keeps, for each day, a linked list of the units whose day it is: joining and leaving
take the same time however many units there are. A queue is a binary heap by (r, index): longest
rested first. Entries are not taken out when a unit leaves otherwise than by its turn; one that is
no longer true is passed over when it comes up.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.model.compiled import piece, scalar
from nobat.model.duty import RESERVE, REST, Units

NOBODY = -1

# A queue's key is r and the unit in one number: r may be negative at the start.
_BITS = 24
_EARLIEST = 1 << 30
#: The most units that a queue's key has room for.
MOST_UNITS = 1 << _BITS


class Roster(NamedTuple):
    """A calendar and two queues for each kind of crew.

    tours, rests: the first unit whose tour (rest) ends on day t, (T + 2,); after, before: its
    neighbours in that list; day: where it waits (0: nowhere), negative for a rest; (N,).
    ready, resting: heaps of keys, one stretch of each array for each kind, from offset[k], twice
    as long as there are units of that kind; *_size: entries now. oldest: a heap to sort with.
    calling: whether crews are called from rest now, when alone the queue of those is kept, (1,).
    """

    tours: NDArray[np.int64]
    rests: NDArray[np.int64]
    after: NDArray[np.int64]
    before: NDArray[np.int64]
    day: NDArray[np.int64]
    kind: NDArray[np.int64]
    offset: NDArray[np.int64]
    ready: NDArray[np.int64]
    ready_size: NDArray[np.int64]
    resting: NDArray[np.int64]
    resting_size: NDArray[np.int64]
    oldest: NDArray[np.int64]
    calling: NDArray[np.bool_]


def roster(kind: NDArray[np.int64], kinds: int, horizon: int) -> Roster:
    """Room for units of these kinds (numbers below `kinds`) and so many days."""
    n = kind.size
    counts = np.bincount(kind, minlength=kinds)
    return Roster(
        tours=np.zeros(horizon + 2, np.int64),
        rests=np.zeros(horizon + 2, np.int64),
        after=np.zeros(n, np.int64),
        before=np.zeros(n, np.int64),
        day=np.zeros(n, np.int64),
        kind=kind,
        offset=np.concatenate([[0], 2 * np.cumsum(counts)]).astype(np.int64),
        ready=np.zeros(2 * n, np.int64),
        ready_size=np.zeros(kinds, np.int64),
        resting=np.zeros(2 * n, np.int64),
        resting_size=np.zeros(kinds, np.int64),
        oldest=np.zeros(n, np.int64),
        calling=np.zeros(1, np.bool_),
    )


@piece
def clear(q: Roster) -> None:
    """Nobody waits anywhere."""
    q.tours[:] = NOBODY
    q.rests[:] = NOBODY
    q.day[:] = 0
    q.ready_size[:] = 0
    q.resting_size[:] = 0
    q.calling[0] = False


@piece
def leave(q: Roster, i: int) -> None:
    """Unit i waits for no day any more."""
    if q.day[i] == 0:
        return
    after, before = q.after[i], q.before[i]
    if after != NOBODY:
        q.before[after] = before
    if before != NOBODY:
        q.after[before] = after
    elif q.day[i] > 0:
        q.tours[q.day[i]] = after
    else:
        q.rests[-q.day[i]] = after
    q.day[i] = 0


@piece
def wait(q: Roster, i: int, day: int, resting: bool) -> None:
    """Unit i waits for a day to end its rest or its tour; beyond the last day: for ever."""
    leave(q, i)
    t = min(day, q.tours.size - 1)
    first = q.rests[t] if resting else q.tours[t]
    q.after[i] = first
    q.before[i] = NOBODY
    if first != NOBODY:
        q.before[first] = i
    if resting:
        q.rests[t] = i
        q.day[i] = -t
    else:
        q.tours[t] = i
        q.day[i] = t


@piece
def key(r: int, i: int) -> int:
    """The rank of unit i with that r: smaller goes first."""
    return ((r + _EARLIEST) << _BITS) | i


@piece
def unit_of(rank: int) -> int:
    """The unit of a rank."""
    return rank & (MOST_UNITS - 1)


@scalar
def push(heap: NDArray[np.int64], start: int, size: int, rank: int) -> int:
    """Put a rank into the heap heap[start : start + size]; returns its new size."""
    place = size
    while place > 0:
        above = (place - 1) >> 1
        if heap[start + above] <= rank:
            break
        heap[start + place] = heap[start + above]
        place = above
    heap[start + place] = rank
    return size + 1


@scalar
def pop(heap: NDArray[np.int64], start: int, size: int) -> int:
    """Take the smallest rank, which is heap[start], out of the heap; returns its new size."""
    size -= 1
    rank = heap[start + size]
    place = 0
    while True:
        below = 2 * place + 1
        if below >= size:
            break
        if below + 1 < size and heap[start + below + 1] < heap[start + below]:
            below += 1
        if heap[start + below] >= rank:
            break
        heap[start + place] = heap[start + below]
        place = below
    heap[start + place] = rank
    return size


@piece
def be_ready(q: Roster, i: int, r: int) -> None:
    """Unit i joins those that are ready."""
    k = q.kind[i]
    q.ready_size[k] = push(q.ready, q.offset[k], q.ready_size[k], key(r, i))


@piece
def be_resting(q: Roster, u: Units, i: int) -> None:
    """Unit i joins those that may be called from rest, while there is any calling."""
    k = q.kind[i]
    if not q.calling[0]:
        return
    if q.resting_size[k] == q.offset[k + 1] - q.offset[k]:
        gather(q, u, k)  # full of entries that are no longer true; it has unit i too
        return
    rank = key(u[i].rested_from, i)
    q.resting_size[k] = push(q.resting, q.offset[k], q.resting_size[k], rank)


@piece
def gather(q: Roster, u: Units, k: int) -> None:
    """Make the queue of those of kind k that rest now anew."""
    size = 0
    for i in range(u.size):
        if u[i].duty == REST and q.kind[i] == k:
            size = push(q.resting, q.offset[k], size, key(u[i].rested_from, i))
    q.resting_size[k] = size


@piece
def first(
    heap: NDArray[np.int64], start: int, sizes: NDArray[np.int64], k: int, u: Units, duty: int
) -> int:
    """The first unit of kind k in a queue that is on that duty, NOBODY if there is none."""
    while sizes[k] > 0:
        i = unit_of(heap[start])
        if u[i].duty == duty and key(u[i].rested_from, i) == heap[start]:
            return i
        sizes[k] = pop(heap, start, sizes[k])
    return NOBODY


@piece
def first_ready(q: Roster, u: Units, k: int) -> int:
    """Who of kind k goes next from the reserve, NOBODY if there is none."""
    return first(q.ready, q.offset[k], q.ready_size, k, u, RESERVE)


@piece
def first_resting(q: Roster, u: Units, k: int) -> int:
    """Who of kind k is called from rest next, NOBODY if there is none."""
    return first(q.resting, q.offset[k], q.resting_size, k, u, REST)


@piece
def drop_ready(q: Roster, k: int) -> None:
    """The first that is ready leaves the queue."""
    q.ready_size[k] = pop(q.ready, q.offset[k], q.ready_size[k])
