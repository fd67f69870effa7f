#!/usr/bin/env python3
"""Set nobat up and run it, on a machine that has Python 3.11 or newer and nothing else.

python3 start.py ARGS...          the same as `nobat ARGS...`; the first call makes .venv
python3 start.py test [ARGS...]   every check of the project; ARGS go to pytest

This file keeps to words that every Python can read, so that an old one can say what is missing.
The work is done in requirements/install.py.
"""

import os
import signal
import sys

OLDEST = (3, 11)

if sys.version_info < OLDEST:
    folders = os.environ.get("PATH", "").split(os.pathsep)
    newer = [
        name
        for name in ("python3.14", "python3.13", "python3.12", "python3.11")
        if any(os.path.exists(os.path.join(folder, name)) for folder in folders)
    ]
    this = ".".join(str(part) for part in sys.version_info[:3])
    sys.stderr.write("nobat: needs Python 3.11 or newer, and this is Python " + this + "\n")
    if newer:
        sys.stderr.write("nobat: this machine has " + newer[0] + ": " + newer[0] + " start.py\n")
    else:
        sys.stderr.write("nobat: install a newer one, then run start.py with it\n")
    sys.exit(1)

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

from requirements.install import main, stop

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stop)
    sys.exit(main(sys.argv[1:]))
