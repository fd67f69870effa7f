"""A pytest plugin: the model as plain Python, for faults to be planted without compiling anything.

With NUMBA_DISABLE_JIT=1 the model's functions are ordinary ones, and a campaign of a hundred steps
takes a tenth of a second. Compiled code reaches the fields of a row of records by a dot; plain
Python does so too where the arrays are numpy's own arrays of records.
"""

from __future__ import annotations

from functools import wraps
from importlib import import_module
from typing import Any

import numpy as np
from hypothesis import Phase, settings

# A property that fails has done its work: no smaller example is looked for.
PROFILE = "faults"
settings.register_profile(
    PROFILE, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate)
)

_zeros = np.zeros


@wraps(_zeros)  # numpy reads its own docstrings
def _zeros_with_dots(*words: Any, **named: Any) -> Any:
    made = _zeros(*words, **named)
    return made if made.dtype.names is None else made.view(np.recarray)


vars(np)["zeros"] = _zeros_with_dots

# Imported last: what is compiled anew for another use is asked for its plain form.
luck = import_module("nobat.model.luck")
for function in (luck.philox, luck.unit_interval):
    function.py_func = function
