"""Makes ``.venv`` beside start.py, installs the locked packages into it once, and runs nobat.

Standard library only. A part of the set-up is done when its stamp stands in ``.venv``: a digest of
all that decides what gets installed, written last. So an interrupted set-up goes on where it
stopped, a changed lock installs again, and a finished set-up costs a small read, no call of pip.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from requirements.causes import AGAIN, cause

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import FrameType
    from typing import BinaryIO, NoReturn

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = os.name == "nt"

# What each part installs from, and about how long that takes on a good line.
PARTS = {"base": ("base.txt", "build.txt"), "dev": ("dev.txt",)}
SECONDS = {"base": 30, "dev": 15}
STILL_HERE_S = 30  # between two signs of life while pip is silent


class SetUpError(Exception):
    """Why the set-up cannot go on, in words for the person at the keyboard."""


def say(words: str) -> None:
    """Print one line about the set-up on stderr: stdout belongs to nobat's own output."""
    print(f"nobat: {words}", file=sys.stderr, flush=True)


def venv_of(root: Path) -> Path:
    """The folder of the virtual environment of the checkout `root`."""
    return root / ".venv"


def program(root: Path, name: str) -> Path:
    """Where the environment keeps the program `name`."""
    return venv_of(root) / (f"Scripts/{name}.exe" if WINDOWS else f"bin/{name}")


def stamp_of(root: Path, part: str) -> Path:
    """The file that says that `part` is installed."""
    return venv_of(root) / f"nobat-{part}.stamp"


def digest(root: Path, part: str) -> str:
    """A digest of all that decides what `part` installs: locks, project, place, Python."""
    files = [root / "requirements" / name for name in PARTS[part]]
    if part == "base":
        files.append(root / "pyproject.toml")
    # The place counts because programs in .venv name it in their first line.
    state = hashlib.sha256(f"{root} {sys.version_info[:2]}".encode())
    for file in files:
        state.update(hashlib.sha256(file.read_bytes()).digest())
    return state.hexdigest()


def is_ready(root: Path, part: str) -> bool:
    """Whether `part` stands installed as the files of `root` want it, and can be run."""
    try:
        stamped = stamp_of(root, part).read_text(encoding="ascii")
    except OSError:
        return False
    # exists() follows links: a Python that was taken away since counts as not ready.
    return (
        stamped == digest(root, part)
        and program(root, "python").exists()
        and program(root, "nobat").exists()
    )


def missing_venv() -> str:
    """What to tell where this Python cannot make a virtual environment; empty where it can."""
    from importlib.util import find_spec
    from shutil import which

    absent = [name for name in ("venv", "ensurepip") if find_spec(name) is None]
    if not absent:
        return ""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    words = f"{sys.executable} (Python {version}) lacks its standard module {absent[0]}."
    if which("apt-get"):
        return f"{words} Install it: sudo apt-get install python{version}-venv (or python3-venv)"
    return f"{words} Install your system's package for it, or a Python from python.org."


def try_lock(file: BinaryIO) -> bool:
    """Lock `file` for this process if nobody else has; the system frees it when the holders end.

    Where the file system knows no locks, there is nothing to wait for: True.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(2**30)  # beyond the end: others can still read the file
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


@contextlib.contextmanager
def alone(root: Path) -> Iterator[BinaryIO]:
    """Hold the set-up of `root` for this process, waiting for another one; give the lock's file.

    The lock is on start.py itself, so that no lock file can be left behind. Opened for writing only
    because some network file systems lock nothing else.
    """
    with (root / "start.py").open("r+b", buffering=0) as file:
        if not try_lock(file):
            say("another start.py is setting up here; waiting for it")
            while not try_lock(file):
                time.sleep(0.2)
        yield file


def run_quietly(command: Sequence[str | Path], lock: BinaryIO) -> tuple[int, str]:
    """Run `command` to its end and give its exit code and all that it printed.

    It shares the lock: where start.py is killed and the command lives on, the next start.py waits.
    """
    import subprocess

    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        pass_fds=() if WINDOWS else (lock.fileno(),),
    ) as process:
        started = time.monotonic()
        while True:
            try:
                output, _ = process.communicate(timeout=STILL_HERE_S)
            except subprocess.TimeoutExpired:
                say(f"still at it after {time.monotonic() - started:.0f} s")
            except BaseException:
                process.terminate()
                raise
            else:
                return process.returncode, output


def is_sound(root: Path, lock: BinaryIO) -> bool:
    """Whether `.venv` is a whole environment of this Python version that was made in this place."""
    venv, python = venv_of(root), program(root, "python")
    try:
        made = re.search(r"^command = (.*)$", (venv / "pyvenv.cfg").read_text("utf-8"), re.M)
    except (OSError, UnicodeDecodeError):
        return False
    if (made and not made[1].endswith(f" {venv}")) or not python.exists():
        return False
    probe = (
        "import importlib.metadata as m, pip, sys; m.version('pip'); print(sys.version_info[:2])"
    )
    try:
        code, output = run_quietly([python, "-I", "-c", probe], lock)
    except OSError:
        return False
    return code == 0 and output.strip() == str(sys.version_info[:2])


def drop_unfinished(root: Path) -> None:
    """Take away what a killed pip left half done, so that pip does not count it as installed.

    pip writes INSTALLER after a package's files and programs; names with ~ are packages that it was
    about to remove.
    """
    from shutil import rmtree

    places = [*venv_of(root).glob("lib/python*/site-packages"), venv_of(root) / "Lib/site-packages"]
    for place in places:
        halves = [info for info in place.glob("*.dist-info") if not (info / "INSTALLER").exists()]
        for leftover in [*halves, *place.glob("~*")]:
            if leftover.is_dir():
                rmtree(leftover)
            else:
                leftover.unlink()


def make_venv(root: Path, lock: BinaryIO) -> None:
    """Make `.venv`, or make it anew where it is broken, of another Python or from another place."""
    drop_unfinished(root)
    if is_sound(root, lock):
        return
    if words := missing_venv():
        raise SetUpError(words)
    if venv_of(root).exists():
        say(".venv does not work here (broken, moved, or of another Python): making it anew")
    # Where start.py itself was started by a virtual environment's Python, the one behind it.
    python = getattr(sys, "_base_executable", sys.executable)
    bare = (python, "-I", "-m", "venv", "--clear", "--without-pip", venv_of(root))
    # pip comes by a command of its own: inside the first, nobody would hear why it failed.
    pip = (program(root, "python"), "-I", "-m", "ensurepip", "--upgrade", "--default-pip")
    for command in (bare, pip):
        code, output = run_quietly(command, lock)
        if code != 0:
            raise SetUpError(f"could not make {venv_of(root)}: {cause(output)}")


def pip_install(root: Path, lock: BinaryIO, *what: str | Path) -> None:
    """Have the environment's pip install `what`, quietly; raise SetUpError with the cause."""
    # A person's own settings of pip (index, proxy, cache) count; one for `--user` cannot, in here.
    habits = ("--quiet", "--no-input", "--no-user", "--disable-pip-version-check")
    pip = (program(root, "python"), "-I", "-m", "pip", "install", *habits)
    code, output = run_quietly([*pip, *what], lock)
    if code != 0:
        raise SetUpError(cause(output))


def install(root: Path, part: str, lock: BinaryIO) -> None:
    """Install `part` into the environment of `root` and stamp it."""
    stamp_of(root, part).unlink(missing_ok=True)
    locks = [word for name in PARTS[part] for word in ("-r", root / "requirements" / name)]
    pip_install(root, lock, "--require-hashes", "--only-binary", ":all:", *locks)
    if part == "base":
        # The package itself: from here, with the locked build backend, so that edits count at once.
        pip_install(root, lock, "--no-deps", "--no-build-isolation", "--editable", root)
    stamp_of(root, part).write_text(digest(root, part), encoding="ascii")


def missing(root: Path, parts: Sequence[str]) -> list[str]:
    """Those of `parts` that are not ready."""
    return [part for part in parts if not is_ready(root, part)]


def set_up(root: Path, parts: Sequence[str]) -> None:
    """Install those of `parts` that are not ready, one process at a time."""
    if not missing(root, parts):
        return
    with alone(root) as lock:
        todo = missing(root, parts)
        if not todo:
            return  # another start.py did it meanwhile
        started = time.monotonic()
        say(f"setting up in {venv_of(root)}, once: about {sum(SECONDS[p] for p in todo)} s")
        make_venv(root, lock)
        for part in missing(root, parts):
            install(root, part, lock)
        say(f"set up in {time.monotonic() - started:.0f} s")
    if "base" in todo:
        say(f"the command is {program(root, 'nobat')}; start.py runs the same")
        say("the first run compiles the model, once")


def become(command: Sequence[str | Path]) -> int:
    """Run `command` in this process's place: its signals, its exit code."""
    if not WINDOWS:
        os.execv(command[0], [str(word) for word in command])
    import subprocess

    with subprocess.Popen(command) as process:
        while True:
            # Ctrl-C reaches the command too: it decides what to do, and this waits for it.
            with contextlib.suppress(KeyboardInterrupt):
                return process.wait()


def stop(number: int, _frame: FrameType | None) -> NoReturn:
    """End the set-up on a signal, in order: what it started ends too."""
    raise SystemExit(128 + number)


def main(words: Sequence[str], root: Path = ROOT) -> int:
    """Set up what is missing, then become `nobat` with `words`, or the checks if the first is test.

    Returns the exit code: nobat's own; 1 where the set-up fails; 130 where Ctrl-C ends it.
    """
    testing = list(words[:1]) == ["test"]
    try:
        set_up(root, ["base", "dev"] if testing else ["base"])
        if testing:
            return become([program(root, "python"), "-P", root / "tests/checks.py", *words[1:]])
        return become([program(root, "nobat"), *words])
    except SetUpError as error:
        say(str(error))
    except OSError as error:
        say(cause(str(error)) if error.errno == errno.ENOSPC else str(error))
    except KeyboardInterrupt:
        say(f"stopped. {AGAIN}")
        return 130
    return 1
