"""start.py and what it stands on: requirements/install.py and requirements/causes.py."""

from __future__ import annotations

import ast
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from requirements import causes, install

ROOT = Path(__file__).resolve().parent.parent
START = ROOT / "start.py"
# A package that answers like nobat, so that these tests test the set-up alone.
ANSWERING = '''"""Prints its words, or exits with a code."""
import sys

def main() -> int:
    if sys.argv[1:2] == ["exit"]:
        return int(sys.argv[2])
    print(sys.argv[1:])
    return 0
'''
needs_posix = pytest.mark.skipif(os.name == "nt", reason="shows what POSIX signals and locks do")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout in a folder with a space and Persian letters in its name."""
    root = tmp_path / "no bat نوبت"
    package = root / "src" / "nobat"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text('"""Answers."""\n\n__version__ = "0"\n', encoding="utf-8")
    (package / "cli.py").write_text(ANSWERING, encoding="utf-8")
    (root / "README.md").write_text("nobat\n", encoding="utf-8")
    for name in ("start.py", "pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, root)
    shutil.copytree(ROOT / "requirements", root / "requirements")
    return root


def stamped(root: Path) -> Path:
    """Make `root` look set up, without a package in it; its stamp."""
    for name in ("python", "nobat"):
        program = install.program(root, name)
        program.parent.mkdir(parents=True, exist_ok=True)
        program.touch()
    stamp = install.stamp_of(root, "base")
    stamp.write_text(install.digest(root, "base"), encoding="ascii")
    return stamp


def wait_for(condition: Callable[[], bool], most_s: float = 60) -> None:
    """Return as soon as `condition` holds; fail after `most_s` seconds."""
    end = time.monotonic() + most_s
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.01)


def start(root: Path, *words: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run start.py of `root` to its end."""
    environment = {**os.environ, "PYTHONUTF8": "1"} | ({"PATH": path} if path is not None else {})
    return subprocess.run(
        [sys.executable, root / "start.py", *words],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_start_holds_only_what_an_old_python_can_read() -> None:
    source = START.read_text(encoding="ascii")
    tree = ast.parse(source, feature_version=(3, 4))
    new = (ast.JoinedStr, ast.AnnAssign, ast.FunctionDef, ast.NamedExpr, ast.Starred, ast.Match)
    assert not [node for node in ast.walk(tree) if isinstance(node, new)]
    assert "__future__" not in source


@pytest.mark.parametrize("newer", ["", "python3.12"])
def test_an_old_python_is_told_what_is_missing(tmp_path: Path, newer: str) -> None:
    if newer:
        (tmp_path / newer).touch()
    pretend = (
        f"import runpy, sys; sys.version_info = (3, 10, 4, 'final', 0); sys.argv = ['start.py'];\
 runpy.run_path({str(START)!r}, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", pretend],
        env={**os.environ, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "needs Python 3.11 or newer, and this is Python 3.10.4" in done.stderr
    assert ("python3.12 start.py" if newer else "install a newer one") in done.stderr
    assert done.stdout == ""


def test_ready_only_with_a_stamp_of_these_very_files(checkout: Path) -> None:
    assert not install.is_ready(checkout, "base")
    stamped(checkout)
    assert install.is_ready(checkout, "base")
    assert not install.is_ready(checkout, "dev")


@pytest.mark.parametrize(
    "name", ["requirements/base.txt", "requirements/build.txt", "pyproject.toml"]
)
def test_a_changed_lock_or_project_is_installed_again(checkout: Path, name: str) -> None:
    stamped(checkout)
    with (checkout / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert not install.is_ready(checkout, "base")


def test_a_moved_checkout_is_not_ready(checkout: Path) -> None:
    stamped(checkout)
    moved = checkout.rename(checkout.with_name("moved"))
    assert not install.is_ready(moved, "base")


@needs_posix
def test_a_python_that_was_taken_away_is_noticed(checkout: Path) -> None:
    stamped(checkout)
    python = install.program(checkout, "python")
    python.unlink()
    python.symlink_to("/nowhere/python3")
    assert not install.is_ready(checkout, "base")


def test_an_environment_made_elsewhere_is_not_sound(checkout: Path) -> None:
    stamped(checkout)
    config = install.venv_of(checkout) / "pyvenv.cfg"
    config.write_text("command = /usr/bin/python3 -m venv /elsewhere/.venv\n", encoding="utf-8")
    with install.alone(checkout) as lock:
        assert not install.is_sound(checkout, lock)


def test_half_installed_packages_are_taken_away_and_whole_ones_stay(checkout: Path) -> None:
    packages = install.venv_of(checkout) / "lib/python3.11/site-packages"
    for name in ("whole-1.dist-info", "half-1.dist-info", "~alf", "whole"):
        (packages / name).mkdir(parents=True)
    (packages / "half-1.dist-info" / "METADATA").touch()
    (packages / "whole-1.dist-info" / "INSTALLER").write_text("pip\n", encoding="ascii")
    install.drop_unfinished(checkout)
    assert sorted(path.name for path in packages.iterdir()) == ["whole", "whole-1.dist-info"]


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("ERROR: [Errno 28] No space left on device: '/x'", "the disk is full"),
        (
            "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError("
            "Temporary failure in name resolution')\n"
            "ERROR: No matching distribution found for numpy==2.4.6",
            "cannot be reached",
        ),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one in"),
        ("ERROR: No matching distribution found for llvmlite==0.50.0", "no ready-made llvmlite=="),
        ("SSLError(SSLCertVerificationError(1, 'CERTIFICATE_VERIFY_FAILED'))", "certificate"),
        ("ERROR: Could not install: [Errno 13] Permission denied: '/x'", "permission denied"),
        ("a\nsomething new", "a\nsomething new"),
    ],
)
def test_a_failure_of_pip_is_told_in_words(output: str, words: str) -> None:
    assert words in causes.cause(output)


def test_a_python_without_venv_names_the_package_to_install(
    monkeypatch: pytest.MonkeyPatch, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "ensurepip" else real(name)
    )
    monkeypatch.setattr(shutil, "which", lambda _name: "/usr/bin/apt-get")
    assert install.main(["--help"], checkout) == 1
    shown = capsys.readouterr()
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert f"sudo apt-get install python{version}-venv" in shown.err
    assert shown.out == ""
    assert not install.venv_of(checkout).exists()


def test_the_lock_is_held_by_one_and_free_again_after(checkout: Path) -> None:
    with install.alone(checkout), (checkout / "start.py").open("r+b", buffering=0) as second:
        assert not install.try_lock(second)
    with (checkout / "start.py").open("r+b", buffering=0) as third:
        assert install.try_lock(third)
    assert sorted(path.name for path in checkout.iterdir()) == [
        "LICENSE", "README.md", "pyproject.toml", "requirements", "src", "start.py",
    ]  # fmt: skip


@needs_posix
def test_what_a_killed_start_leaves_running_keeps_the_lock(checkout: Path) -> None:
    working = checkout / "working"
    holder = (
        "import sys; from pathlib import Path; root = Path(sys.argv[1]);"
        "sys.path.insert(0, str(root)); from requirements import install;"
        "held = install.alone(root); lock = held.__enter__();"
        "install.run_quietly(['sh', '-c', 'touch \"$0\"; sleep 1', sys.argv[2]], lock)"
    )
    with subprocess.Popen([sys.executable, "-c", holder, str(checkout), str(working)]) as process:
        wait_for(working.exists)
        process.kill()
    with (checkout / "start.py").open("r+b", buffering=0) as file:
        assert not install.try_lock(file)
        wait_for(lambda: install.try_lock(file))


@needs_posix
def test_a_set_up_that_is_told_to_end_leaves_nothing_running(checkout: Path) -> None:
    with subprocess.Popen(
        [sys.executable, START.name], cwd=checkout, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stderr is not None
        assert "once: about" in process.stderr.readline()
        process.terminate()
        assert process.wait(60) == 128 + signal.SIGTERM
    with (checkout / "start.py").open("r+b", buffering=0) as file:
        assert install.try_lock(file)


@pytest.mark.slow
@needs_posix
def test_set_up_for_real_killed_and_resumed(checkout: Path) -> None:
    """With the real pip and its index; of the locks, the build backend's alone, which is small."""
    requirements = checkout / "requirements"
    shutil.copy(requirements / "build.txt", requirements / "base.txt")
    with subprocess.Popen(
        [sys.executable, START.name, "x"],
        cwd=checkout,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        # By now pip is in the midst of the packages.
        wait_for(lambda: any(install.venv_of(checkout).glob("lib/*/site-packages/pathspec*")))
        os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert not install.is_ready(checkout, "base")

    resumed = start(checkout, "run", "a b", "--json")
    assert resumed.returncode == 0, resumed.stderr
    assert resumed.stdout == "['run', 'a b', '--json']\n"
    assert "once: about" in resumed.stderr
    assert str(install.program(checkout, "nobat")) in resumed.stderr

    warm = start(checkout, "exit", "7")
    assert (warm.returncode, warm.stdout, warm.stderr) == (7, "", "")
