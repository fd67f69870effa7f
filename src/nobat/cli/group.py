"""Commands and families of commands: what the parser is built from."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

#: What is called, and an example for its help.
Command = tuple[Callable[..., int], str]


class Group(NamedTuple):
    """A family, like `nobat theory`: what its help says, and its commands in their order."""

    help: str
    commands: dict[str, Command]
